"""attrs: `asdict(instance, value_serializer=serialized)` converts the contents of collections, too."""

from __future__ import annotations

from typing import Any

import attrs

from keyview.integrations._types import builtin_of, is_collection

__all__ = ["serialized"]


@attrs.define
class _Field:
    """Has one field: `asdict` converts the contents of a field's value, but not those of a nested value."""

    value: Any


def serialized(instance: object, field: object, value: Any) -> Any:
    """A collection as a dict or a list, for `attrs.asdict`, with its contents converted."""
    if not is_collection(type(value)):
        return value
    builtin = builtin_of(type(value))
    return attrs.asdict(_Field(builtin(value)), value_serializer=serialized)["value"]

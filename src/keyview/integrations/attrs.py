"""attrs: `asdict(instance, value_serializer=serialized)` converts what is inside of collections, too."""

from __future__ import annotations

from typing import Any

import attrs

from keyview.integrations._types import builtin_of, is_collection

__all__ = ["serialized"]


@attrs.define
class _Field:
    """What `asdict` goes through: a value that is inside of another it does not convert afterwards."""

    value: Any


def serialized(instance: object, field: object, value: Any) -> Any:
    """The dict or the list that a collection is for `attrs.asdict`, with what it holds converted."""
    if not is_collection(type(value)):
        return value
    builtin = builtin_of(type(value))
    return attrs.asdict(_Field(builtin(value)), value_serializer=serialized)["value"]

"""json, orjson, msgspec and others that call a function for objects that they do not know: `default`."""

from __future__ import annotations

from typing import Any

from keyview.integrations._types import builtin_of, is_collection

__all__ = ["default"]


def default(value: Any) -> Any:
    """A collection as a dict or a list, for JSON. Raises `TypeError` for other objects.

    `json.dumps(m, default=default)`, `orjson.dumps(m, default=default)`,
    `msgspec.json.encode(m, enc_hook=default)`.
    """
    if not is_collection(type(value)):
        raise TypeError(
            f"{type(value).__name__} is no collection of keyview, and JSON does not know it; give a "
            f"function of your own as default, which calls this one for collections"
        )
    return builtin_of(type(value))(value)

"""json, orjson, msgspec and others that ask a function about objects that they do not know: `default`."""

from __future__ import annotations

from typing import Any

from keyview.integrations._types import builtin_of, is_collection

__all__ = ["default"]


def default(value: Any) -> Any:
    """The dict or the list that a collection is in JSON. Raises `TypeError` for all else.

    `json.dumps(m, default=default)`, `orjson.dumps(m, default=default)`,
    `msgspec.json.encode(m, enc_hook=default)`.
    """
    if not is_collection(type(value)):
        raise TypeError(
            f"{type(value).__name__} is no collection of keyview, and JSON knows no such thing; give a "
            f"function of your own as default, which calls this one for what it does not know itself"
        )
    return builtin_of(type(value))(value)

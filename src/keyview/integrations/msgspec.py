"""msgspec: `dec_hook` makes the collections with which the fields of a Struct are declared."""

from __future__ import annotations

from typing import Any, get_origin

import msgspec

from keyview.integrations._types import as_builtin, is_collection
from keyview.integrations.json import default as enc_hook

__all__ = ["dec_hook", "enc_hook"]


def dec_hook(hint: Any, value: Any) -> Any:
    """A collection of the type `hint`, made of a dict or a list, with its contents converted.

    Raises `NotImplementedError` for another type, as msgspec requires, and `msgspec.ValidationError`.
    """
    if not is_collection(hint):
        raise NotImplementedError(f"{hint} is no collection of keyview")
    inside = msgspec.convert(value, as_builtin(hint), dec_hook=dec_hook, str_keys=True)
    return (get_origin(hint) or hint)(inside)

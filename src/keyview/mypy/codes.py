"""The error codes of the plugin: all are parts of the first, and each can be switched off by itself."""

from __future__ import annotations

from typing import Final

from mypy.errorcodes import ErrorCode

__all__ = [
    "CODES",
    "KEY_VIEW",
    "KEY_VIEW_EQUAL",
    "KEY_VIEW_LAW",
    "KEY_VIEW_MAY_RAISE",
    "KEY_VIEW_ORDER",
    "KEY_VIEW_STORED",
    "KEY_VIEW_UNHASHABLE",
]

KEY_VIEW: Final = ErrorCode("key-view", "Check that a lookup can find a key", "keyview")


def _part(name: str, description: str) -> ErrorCode:
    return ErrorCode(f"key-view-{name}", description, "keyview", sub_code_of=KEY_VIEW)


KEY_VIEW_EQUAL: Final = _part("equal", "Check that what is compared may be equal, if asked to")
KEY_VIEW_LAW: Final = _part(
    "law", "Check that views and borrowed keys hash and compare like what they stand for"
)
KEY_VIEW_MAY_RAISE: Final = _part(
    "may-raise", "Check that a lookup can be hashed, whichever type of a union it has"
)
KEY_VIEW_ORDER: Final = _part(
    "order", "Check that the keys of a sorted collection have a total order"
)
KEY_VIEW_STORED: Final = _part("stored", "Check that no view is to be stored as a key")
KEY_VIEW_UNHASHABLE: Final = _part("unhashable", "Check that a lookup can be hashed")

#: All of them. Each has its page in `pages`.
CODES: Final = (
    KEY_VIEW,
    KEY_VIEW_EQUAL,
    KEY_VIEW_LAW,
    KEY_VIEW_MAY_RAISE,
    KEY_VIEW_ORDER,
    KEY_VIEW_STORED,
    KEY_VIEW_UNHASHABLE,
)

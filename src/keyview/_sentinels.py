"""REMOVE, which a callback returns to remove an entry, and MISSING, which stands for "there is none".

Each is the only member of an enum, because every type checker can narrow a union by an enum's members.
The sentinels of PEP 661 need Python 3.15.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["MISSING", "REMOVE", "Missing", "Remove"]


class Remove(Enum):
    """The type of `REMOVE`, for annotations.

    After `value is not REMOVE`, type checkers know that `value` is not a `Remove`.

    >>> def count_down(key: str, count: int) -> int | Remove:
    ...     return count - 1 if count > 1 else REMOVE
    >>> HashMap({"a": 1}).entry("a").and_replace_entry_with(count_down)
    Vacant('a')
    """

    REMOVE = "REMOVE"

    def __repr__(self) -> str:
        return self.name


REMOVE: Final = Remove.REMOVE


class Missing(Enum):
    """The type of `MISSING`."""

    MISSING = "MISSING"

    def __repr__(self) -> str:
        return self.name


MISSING: Final = Missing.MISSING

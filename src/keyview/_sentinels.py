"""REMOVE, which a callback returns to remove an entry, and MISSING, for "no argument was given".

Each is the one member of an enum, because every type checker narrows that away on every Python. The
sentinels of PEP 661 are of Python 3.15 alone.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["MISSING", "REMOVE", "Missing", "Remove"]


class Remove(Enum):
    """The type of `REMOVE`, for annotations; an enum of one member, so that it can be narrowed away.

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

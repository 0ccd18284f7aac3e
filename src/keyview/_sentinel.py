"""REMOVE, which a callback returns to remove an entry, and MISSING, for "no argument was given"."""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["MISSING", "REMOVE", "Missing", "Remove"]


class Remove(Enum):
    """The type of `REMOVE`; an enum of one member, so that type checkers can narrow it away."""

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

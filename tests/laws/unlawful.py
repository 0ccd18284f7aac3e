"""Views that break their law, each in one way."""

from __future__ import annotations

from typing import Any

from tests.laws.keys import HASHES, Numbered

__all__ = ["UNLAWFUL"]


class WrongHash(Numbered):
    __eq__ = Numbered.__eq__

    def __hash__(self) -> int:
        return HASHES + self.number


class Unequal(Numbered):
    __hash__ = Numbered.__hash__

    def __eq__(self, other: object) -> bool:
        return False


class ViewOfAView(Numbered):
    def __key__(self) -> Any:
        return Numbered(self.number, self.tag)


UNLAWFUL = (WrongHash, Unequal, ViewOfAView)

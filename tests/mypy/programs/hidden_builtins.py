"""A module in which `isinstance` is not Python's, so that no `__eq__` is read by it."""

from __future__ import annotations


def isinstance(thing: object, kind: type) -> bool:
    return True


class Loose:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loose)

    def __hash__(self) -> int:
        return 1


def look(loose: Loose, numbers: set[int]) -> None:
    loose in numbers
    numbers.isdisjoint([loose])

"""A stub leaves `__hash__` out: that it names an `__eq__` alone says nothing of the hash."""

from __future__ import annotations

from tests.mypy.programs.described import Described


def described(a: Described, d: dict[Described, int], o: dict[object, int], s: set[str]) -> None:
    d.get(a)
    a in d
    o[a]
    a in s

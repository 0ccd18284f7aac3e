"""The collections whose methods replace an idiom, in the words in which mypy says their types.

A class must be named exactly. A subclass may define `__missing__` or `__setitem__`, as `defaultdict` and
`Counter` do; a union may hold anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["HASHABLE", "IMMUTABLE", "Receiver", "receiver"]

#: Classes of which all that they add to, concatenate or compare is again of them, and changes nothing.
IMMUTABLE: Final = frozenset({"int", "float", "complex", "str", "bytes"})
#: Classes whose objects can all be hashed, and whose `==` raises nothing.
HASHABLE: Final = IMMUTABLE | {"bool"}

#: The classes whose methods are written, and which others have the same methods.
CLASSES: Final = {
    "dict": "dict",
    "set": "set",
    "collections.defaultdict": "defaultdict",
    "keyview.hashmap.HashMap": "HashMap",
    "keyview.sortedmap.SortedMap": "HashMap",
    "keyview.hashset.HashSet": "HashSet",
    "keyview.sortedset.SortedSet": "HashSet",
}


@dataclass(frozen=True)
class Receiver:
    """The collection that an idiom is about."""

    #: One of the values of `CLASSES`.
    like: str
    arguments: tuple[str, ...]

    @property
    def is_map(self) -> bool:
        """Whether it has the methods of a map, and none that stores a key when it is read."""
        return self.like in ("dict", "HashMap")

    @property
    def is_set(self) -> bool:
        """Whether it has the methods of a set."""
        return self.like in ("set", "HashSet")

    @property
    def is_own(self) -> bool:
        """Whether it is one of keyview's."""
        return self.like in ("HashMap", "HashSet")

    @property
    def key(self) -> str:
        """The type of a map's keys."""
        return self.arguments[0]

    @property
    def value(self) -> str:
        """The type of a map's values."""
        return self.arguments[1]


def receiver(revealed: str) -> Receiver | None:
    """The collection of a type, if its class is one of `CLASSES`."""
    name, bracket, rest = revealed.partition("[")
    like = CLASSES.get(name)
    arguments = _arguments(rest) if bracket else None
    return Receiver(like, arguments) if like is not None and arguments is not None else None


def _arguments(text: str) -> tuple[str, ...] | None:
    """The arguments before the last bracket; None if something follows, as in a union."""
    depth, start = 0, 0
    arguments: list[str] = []
    for at, character in enumerate(text):
        if character in "])":
            if depth == 0:
                return (*arguments, text[start:at].strip()) if at == len(text) - 1 else None
            depth -= 1
        elif character in "[(":
            depth += 1
        elif character == "," and depth == 0:
            arguments.append(text[start:at].strip())
            start = at + 1
    return None

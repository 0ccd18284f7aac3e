"""Keys and views that count, collide, fail and interfere, and views that break their law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keyview.views import KeyView

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "UNLAWFUL",
    "Boom",
    "Key",
    "LastWords",
    "LazyShortKey",
    "Numbered",
    "Running",
    "RunningView",
    "ShortKey",
    "Tagged",
    "Text",
    "Unbuildable",
    "Unequal",
    "ViewOfView",
    "WrongHash",
    "fail",
    "nothing",
]


class Boom(Exception):
    """The error of callbacks and hooks that are to raise."""


def fail(*_: object) -> Any:
    """A callback of any kind, and a hook of any key, that raises."""
    raise Boom


def nothing() -> None:
    """A hook of a key that does nothing."""


# -- keys -----------------------------------------------------------------------------------------


class Key:
    """A key that counts the calls of its `__hash__` and `__eq__`, and can run code in either.

    Equal to a `Key` of the same name. `on_hash` and `on_eq` are called before the result is returned.
    """

    def __init__(self, name: object, hash_: int | None = None) -> None:
        self.name = name
        self.hash = hash(name) if hash_ is None else hash_
        self.hashes = 0
        self.comparisons = 0
        self.on_hash: Callable[[], object] = nothing
        self.on_eq: Callable[[], object] = nothing

    def __hash__(self) -> int:
        self.hashes += 1
        self.on_hash()
        return self.hash

    def __eq__(self, other: object) -> bool:
        self.comparisons += 1
        self.on_eq()
        return self.name == other.name if isinstance(other, Key) else NotImplemented

    def __repr__(self) -> str:
        return f"Key({self.name!r})"


class Tagged:
    """A key that is equal to those of the same number; its tag distinguishes equal keys.

    Many share a hash. `on_hash` and `on_eq` are called before the result is returned; `on_eq` with the
    other key, on whichever side of the comparison this key is.
    """

    HASHES = 3

    def __init__(self, number: int, tag: str = "") -> None:
        self.number = number
        self.tag = tag
        self.on_hash: Callable[[], object] = nothing
        self.on_eq: Callable[[Tagged], object] | None = None

    def __hash__(self) -> int:
        self.on_hash()
        return self.number % self.HASHES

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tagged):
            return NotImplemented
        if self.on_eq is not None:
            self.on_eq(other)
        if other.on_eq is not None:
            other.on_eq(self)
        return self.number == other.number

    def __repr__(self) -> str:
        return f"Key({self.number}{self.tag})"

    def __reduce__(self) -> tuple[type[Tagged], tuple[int, str]]:
        return Tagged, (self.number, self.tag)


class Running:
    """Returns a given hash, and a given result of `==`; runs something before it returns either."""

    def __init__(self, run: Callable[[], object], hash_: int = 1, *, equal: bool = False) -> None:
        self.run = run
        self.hash = hash_
        self.equal = equal

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        self.run()
        return self.equal


class LastWords(Running):
    """A `Running` that also runs it when it is destroyed."""

    def __del__(self) -> None:
        self.run()


class Text(str):
    """A subclass of `str`."""

    __slots__ = ()


# -- views ----------------------------------------------------------------------------------------


class ShortKey(KeyView[str]):
    """Stands for `"_" + rest`, and counts how often it builds that key."""

    def __init__(self, rest: str) -> None:
        self.rest = rest
        self.built = 0

    def __key__(self) -> str:
        self.built += 1
        return "_" + self.rest

    def __repr__(self) -> str:
        return f"ShortKey({self.rest!r})"


class LazyShortKey(ShortKey):
    """A `ShortKey` that is looked up without building its key."""

    def __hash__(self) -> int:
        return hash("_" + self.rest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and other == "_" + self.rest


class Numbered:
    """Stands for a `Tagged`, structurally: it has the three methods and no base class.

    `on_key` runs before the key is built.
    """

    def __init__(self, number: int, tag: str) -> None:
        self.number = number
        self.tag = tag
        self.on_key: Callable[[], object] = nothing

    def __key__(self) -> Tagged:
        self.on_key()
        return Tagged(self.number, self.tag)

    def __hash__(self) -> int:
        return self.number % Tagged.HASHES

    def __eq__(self, other: object) -> bool:
        return self.number == other.number if isinstance(other, Tagged) else NotImplemented

    def __repr__(self) -> str:
        return f"Numbered({self.number}{self.tag})"


class RunningView(Running, KeyView[str]):
    """Stands for `"x"`, and also runs something when that key is built."""

    def __key__(self) -> str:
        self.run()
        return "x"


class Unbuildable(KeyView[str]):  # type: ignore[key-view-law]
    """Its key cannot be built."""

    def __key__(self) -> str:
        raise Boom

    def __hash__(self) -> int:
        return 7


class WrongHash(KeyView[Any]):  # type: ignore[key-view-law]
    """Unlawful: its hash is not its key's."""

    def __init__(self, key: object = "key") -> None:
        self.key = key

    def __key__(self) -> Any:
        return self.key

    def __hash__(self) -> int:
        return hash(self.key) + 1


class Unequal(WrongHash):
    """Unlawful: it is not equal to its key."""

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return False


class ViewOfView(WrongHash):  # type: ignore[key-view-law]
    """Unlawful: its key is a view."""

    def __key__(self) -> Any:
        return LazyWhole(self.key)

    def __hash__(self) -> int:
        return hash(self.key)


class LazyWhole(WrongHash):
    """Stands for the key that it is given, lawfully."""

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return bool(self.key == other)

    def __repr__(self) -> str:
        return f"LazyWhole({self.key!r})"


UNLAWFUL: tuple[Any, ...] = (WrongHash, Unequal, ViewOfView)
"""Views that break their law, each in one way; made with the key that they stand for, or without."""

"""Keys that collide, raise and interfere when they are told to, and lookups that stand for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

__all__ = ["NAN", "Asked", "Boom", "Key", "Numbered", "asked_for", "few_keys", "owned_keys"]

HASHES = 3


class Boom(Exception):
    """Raised by keys and callbacks that were told to."""


class Key:
    """A key whose equality is its number, and whose tag tells equal ones apart.

    Many share a hash. `on_hash` and `on_eq` run before the answer is given; `on_eq`, called with the
    other key, on whichever side of the comparison this one is.
    """

    def __init__(self, number: int, tag: str = "") -> None:
        self.number = number
        self.tag = tag
        self.on_hash: Callable[[], object] | None = None
        self.on_eq: Callable[[Key], object] | None = None

    def __hash__(self) -> int:
        if self.on_hash is not None:
            self.on_hash()
        return self.number % HASHES

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Key):
            return NotImplemented
        if self.on_eq is not None:
            self.on_eq(other)
        if other.on_eq is not None:
            other.on_eq(self)
        return self.number == other.number

    def __repr__(self) -> str:
        return f"Key({self.number}{self.tag})"

    def __reduce__(self) -> tuple[type[Key], tuple[int, str]]:
        return Key, (self.number, self.tag)


class Numbered:
    """Stands for a `Key`, structurally: it has the three methods and no base class.

    `on_key` runs before the key is built.
    """

    def __init__(self, number: int, tag: str) -> None:
        self.number = number
        self.tag = tag
        self.on_key: Callable[[], object] | None = None

    def __key__(self) -> Key:
        if self.on_key is not None:
            self.on_key()
        return Key(self.number, self.tag)

    def __hash__(self) -> int:
        return self.number % HASHES

    def __eq__(self, other: object) -> bool:
        return self.number == other.number if isinstance(other, Key) else NotImplemented

    def __repr__(self) -> str:
        return f"Numbered({self.number}{self.tag})"


class Asked(NamedTuple):
    """What is looked up with, and the key it stands for: itself, if it is no view."""

    query: Any
    key: Any


NAN = float("nan")
TEXTS = ["", "a", "b", "ab", "é€"]
TAGS = st.sampled_from(["", "'", '"'])

keys_of_ours = st.builds(Key, st.integers(0, 7), TAGS)
atoms = keys_of_ours | st.sampled_from([*TEXTS, *(text.encode() for text in TEXTS)])
owned_keys: SearchStrategy[Any] = (
    keys_of_ours | atoms | st.tuples(atoms, atoms) | st.sampled_from([0, False, 1, True, 1.0, NAN])
)
few_keys: SearchStrategy[Any] = (
    st.builds(Key, st.integers(0, 4), TAGS)
    | st.sampled_from(["a", "ab", b"ab", 1, True, 1.0, NAN])
    | st.tuples(st.builds(Key, st.integers(0, 1), TAGS), st.sampled_from(["ab", b"ab"]))
)
"""So few that they meet again."""


def asked_for(kv: Any, keys: SearchStrategy[Any]) -> SearchStrategy[Asked]:
    """Lookups for the keys drawn: the key itself, or any of the views that we ship or made above."""

    @st.composite
    def asked(draw: Callable[[SearchStrategy[Any]], Any]) -> Asked:
        key = draw(keys)
        return Asked(draw(lookups_of(kv, key)), key)

    return asked()


def lookups_of(kv: Any, key: Any) -> SearchStrategy[Any]:
    """The ways to ask for `key`."""
    same = st.just(key)
    if isinstance(key, Key):
        return same | st.just(Numbered(key.number, key.tag))
    if isinstance(key, tuple):
        return same | st.tuples(*[lookups_of(kv, part) for part in key])
    if isinstance(key, str | bytes):
        middle = len(key) // 2
        first: Any = key[:middle]
        views = [kv.Concat(first, key[middle:]), kv.Slice(first + key, middle, None)]
        if isinstance(key, bytes):
            views.append(memoryview(key))
        return same | st.sampled_from(views)
    return same

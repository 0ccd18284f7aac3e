"""The keys that hypothesis draws, and the queries that find them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from tests.kit.keys import Numbered, Tagged, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hypothesis.strategies import SearchStrategy

__all__ = [
    "HASHED",
    "NAN",
    "SORTED_KINDS",
    "Asked",
    "Kind",
    "Ordered",
    "asked_for",
    "few_keys",
    "owned_keys",
]


class Asked(NamedTuple):
    """A query, and the key that it stands for: itself, if it is no view."""

    query: Any
    key: Any


NAN = float("nan")
TEXTS = ["", "a", "b", "ab", "é€"]
TAGS = st.sampled_from(["", "'", '"'])

keys_of_ours = st.builds(Tagged, st.integers(0, 7), TAGS)
atoms = keys_of_ours | st.sampled_from([*TEXTS, *(text.encode() for text in TEXTS)])
owned_keys: SearchStrategy[Any] = (
    keys_of_ours | atoms | st.tuples(atoms, atoms) | st.sampled_from([0, False, 1, True, 1.0, NAN])
)
few_keys: SearchStrategy[Any] = (
    st.builds(Tagged, st.integers(0, 4), TAGS)
    | st.sampled_from(["a", "ab", b"ab", 1, True, 1.0, NAN])
    | st.tuples(st.builds(Tagged, st.integers(0, 1), TAGS), st.sampled_from(["ab", b"ab"]))
)
"""So few that they meet again."""


class Ordered(Tagged):
    """A `Tagged` in the order of its number. `on_lt` runs before the answer, as `on_eq` does."""

    def __init__(self, number: int, tag: str = "") -> None:
        super().__init__(number, tag)
        self.on_lt: Callable[[], object] = nothing

    def __lt__(self, other: Ordered) -> bool:
        self.on_lt()
        return self.number < other.number

    def __le__(self, other: Ordered) -> bool:
        return self.number <= other.number

    __hash__ = Tagged.__hash__

    def __reduce__(self) -> tuple[type[Tagged], tuple[int, str]]:
        return Ordered, (self.number, self.tag)


class NumberedInOrder(Numbered):
    """Stands for an `Ordered`, which is built when the view is looked up."""

    def __key__(self) -> Ordered:
        self.on_key()
        return Ordered(self.number, self.tag)


class AskedInOrder(NumberedInOrder):
    """The same, but it is asked, and nothing is built."""

    def __lt__(self, other: Ordered) -> bool:
        return self.number < other.number


# -- what a machine draws from --------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """The keys that one machine draws, and how to make one of a number."""

    keys: SearchStrategy[Any]
    #: Equal keys have the same number; the tag tells some of them apart.
    key: Callable[[int, str], Any]
    #: What a collection is filled with.
    starts: SearchStrategy[dict[Any, int]]
    #: Puts keys in the order of the collection, unless that is the order of insertion.
    arrange: Callable[[Iterable[Any]], list[Any]] | None = None


HASHED = Kind(
    few_keys,
    Tagged,
    st.dictionaries(few_keys, st.integers(0, 9), min_size=3, max_size=8),
)

NUMBERS = st.integers(0, 200)


def number_of(number: int, tag: str) -> float:
    return float(number) if tag else number


def text_of(number: int, _tag: str) -> str:
    return f"k{number:03}"


def tuple_of(number: int, _tag: str) -> tuple[int, str]:
    return number // 9, f"{number % 9}ab"


def _sorted_kind(key: Callable[[int, str], Any]) -> Kind:
    def filled(size: int, first: int, step: int) -> dict[Any, int]:
        numbers = [(first + n * step) % 199 for n in range(size)]
        return {key(number, ""): n % 10 for n, number in enumerate(numbers)}

    # Few and many, so that a tree is one leaf, or has inner nodes; in order, and in disorder.
    sizes, steps = st.sampled_from([3, 9, 30, 150]), st.sampled_from([1, 2, 70, 198])
    return Kind(
        st.builds(key, NUMBERS, TAGS), key, st.builds(filled, sizes, NUMBERS, steps), sorted
    )


SORTED_KINDS: dict[str, Kind] = {
    "numbers": _sorted_kind(number_of),
    "text": _sorted_kind(text_of),
    "tuples": _sorted_kind(tuple_of),
    "objects": _sorted_kind(Ordered),
}
"""The first three have digests in C; comparing the last runs Python code."""


def asked_for(kv: Any, keys: SearchStrategy[Any]) -> SearchStrategy[Asked]:
    """Queries for the keys drawn: the key itself, or any of keyview's views and those above."""

    @st.composite
    def asked(draw: Callable[[SearchStrategy[Any]], Any]) -> Asked:
        key = draw(keys)
        return Asked(draw(lookups_of(kv, key)), key)

    return asked()


def lookups_of(kv: Any, key: Any) -> SearchStrategy[Any]:
    """The queries for `key`."""
    same = st.just(key)
    if isinstance(key, Ordered):
        return same | st.builds(
            lambda cls: cls(key.number, key.tag), st.sampled_from([NumberedInOrder, AskedInOrder])
        )
    if isinstance(key, Tagged):
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

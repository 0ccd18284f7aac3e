"""The keys that hypothesis draws, and the lookups that stand for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from tests.kit.keys import Numbered, Tagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

__all__ = ["NAN", "Asked", "asked_for", "few_keys", "owned_keys"]


class Asked(NamedTuple):
    """What is looked up with, and the key it stands for: itself, if it is no view."""

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

"""Tuples in tuples: looked through for views at any depth, and each of them once.

What CPython itself does with a deep tuple is its own: `==` raises RecursionError at some depth, which
depends on the version, and before 3.14 the hash of one that holds another twice takes twice as long.
"""

from __future__ import annotations

import sys
from operator import add
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import ShortKey
from tests.kit.soundness import assert_sound, derived

if TYPE_CHECKING:
    from collections.abc import Callable


def nested(bottom: object, depth: int, times: int = 1) -> Any:
    """A tuple of a tuple of ..., each of which holds the next so many times."""
    for _ in range(depth):
        bottom = (bottom,) * times
    return bottom


def test_building_asks_each_view_once(kv: Any) -> None:
    built: Any = []

    def build(self: object) -> str:
        built.append(self)
        return "k"

    view = derived(
        object,
        __key__=build,
        __hash__=lambda self: hash("k"),
        __eq__=lambda self, other: other == "k",
    )()
    m = kv.HashMap()
    m[nested(view, 10, times=2)] = 1
    assert len(built) == 1
    [key] = m
    assert key == nested("k", 10, times=2)
    assert key[0] is key[1]


@pytest.mark.skipif(sys.version_info < (3, 14), reason="CPython: its hash alone takes 2**60 steps")
def test_a_tuple_that_holds_itself_many_times_over(kv: Any) -> None:
    key = nested("k", 60, times=2)
    m = kv.HashMap({key: 1})
    assert m.get_many(key) == (1,)
    assert m.merge(key, 1, add) == 2
    assert next(iter(m)) is key


@cases(is_view=[True, False])
def test_it_is_looked_through_once(kv: Any, is_view: bool) -> None:
    bottom = ShortKey("k") if is_view else "k"
    assert kv.views.is_view(nested(bottom, 60, times=2)) is is_view


USES: dict[str, Callable[[Any, Any], object]] = {
    "setitem": lambda m, key: m.__setitem__(key, 1),
    "update": lambda m, key: m.update({key: 1}),
    "entry": lambda m, key: m.entry(key).or_insert(1),
    "merge": lambda m, key: m.merge(key, 1, add),
}


@cases(use=USES)
def test_a_deep_tuple_without_a_view(kv: Any, use: Callable[[Any, Any], object]) -> None:
    key = nested("k", 3000)
    m = kv.HashMap()
    use(m, key)
    assert m[key] == 1
    assert m.get_many(key) == (1,)
    assert next(iter(m)) is key


def test_a_deep_tuple_with_a_view(kv: Any) -> None:
    """As deep as CPython compares tuples, whatever the limit of Python's functions is."""
    depth = 900
    limit = sys.getrecursionlimit()
    if sys.version_info < (3, 12):  # There `==` counts as a function of Python does.
        sys.setrecursionlimit(limit + depth)
    try:
        m = kv.HashMap()
        m[nested(ShortKey("k"), depth)] = 1
        [key] = m
        for _ in range(depth):
            [key] = key
    finally:
        sys.setrecursionlimit(limit)
    assert key == "_k"
    assert_sound(m)


def test_building_a_key_goes_to_any_depth(kv: Any) -> None:
    """The check that the view is equal to its key is CPython's `==`, which does not."""
    made = kv.views._build(nested((ShortKey("k"), "other"), 50_000))
    for _ in range(50_000):
        [made] = made
    assert made == ("_k", "other")


def test_parts_without_a_view_stay_the_same(kv: Any) -> None:
    plain = (1, (2, 3))
    m = kv.HashMap({(plain, ShortKey("k")): 1})
    [key] = m
    assert key == (plain, "_k")
    assert key[0] is plain

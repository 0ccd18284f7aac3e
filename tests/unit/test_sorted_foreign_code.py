"""As `test_foreign_code`, for the storage of sorted collections: other code, or Ctrl-C, at every place."""

from __future__ import annotations

import gc
from operator import add
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.sorted_tools import chunks_of
from tests.unit.test_foreign_code import ERRORS, at_every_place, interrupt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEYS = range(0, 16, 2)

OPERATIONS: dict[str, Callable[[Any], object]] = {
    "insert": lambda m: m.insert(9, 1),
    "overwrite": lambda m: m.insert(8, 2),
    "merge": lambda m: m.merge(8, 1, add),
    "get_many": lambda m: m.get_many(8, 9),
    "entry": lambda m: m.entry(8).remove(),
    "vacant entry": lambda m: m.entry(9).or_insert(1),
    "replace_key": lambda m: m.entry(8).replace_key(8.0),
    "pop": lambda m: m.pop(8, None),
    "pop that joins": lambda m: [m.pop(key, None) for key in (8, 10, 6)],
    "pop_first": lambda m: m.pop_first(),
    "neighbour": lambda m: m.lower_entry(8).remove(),
    "drain": lambda m: list(m.range(5, 15).drain()),
    "retain": lambda m: m.range(5, 15).retain(lambda k, _: k % 4),
    "extract_if": lambda m: list(m.range(7, 11).extract_if(lambda k, _: k % 4)),
    "split_off": lambda m: m.split_off(11),
    "clear": lambda m: m.clear(),
    "update": lambda m: m.update({8: 7, 9: 8}),
}
#: What each may have removed of `KEYS`.
REMOVED: dict[str, set[int]] = {
    "entry": {8},
    "neighbour": {4, 6, 8},
    "pop": {8},
    "pop that joins": {6, 8, 10},
    "pop_first": {0, 2, 4},
    "drain": set(range(5, 15)),
    "retain": set(range(5, 15)),
    "extract_if": set(range(5, 15)),
    "split_off": set(range(11, 16)),
    "clear": set(KEYS),
}
MEDDLING: dict[str, tuple[Callable[[Any], object], set[int]]] = {
    "insert": (lambda m: (m.insert(9, -1), m.insert(7, -1), m.insert(-1, 0)), set()),
    "pop": (lambda m: [m.pop(key, None) for key in (8, 6, 14)], {8, 6, 14}),
    "refill": (lambda m: (m.clear(), m.update((n, 0) for n in range(9))), set(KEYS)),
}


@pytest.fixture
def pure(kv: Any) -> Iterator[Any]:
    if kv.backend != "pure":
        pytest.skip("the native backend is not interrupted where Python code is")
    gc.freeze()
    with chunks_of(kv, 4):
        yield kv
    gc.unfreeze()


def check(m: Any, kept: set[int]) -> None:
    """It is in order and whole, has what it must have, and whatever is then done with it is done."""
    keys = list(m)
    assert keys == sorted(set(keys))
    assert len(m) == len(keys)
    assert kept <= set(keys)
    assert [m.index_of(key) for key in keys] == list(range(len(keys)))
    for key in keys:
        m.pop(key)
    m.update(dict.fromkeys((2, 1, 3), 1))
    assert list(m) == [1, 2, 3]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_ctrl_c_at_every_place(pure: Any, operation: str) -> None:
    for m in at_every_place(
        lambda: pure.SortedMap.fromkeys(KEYS, 1),
        OPERATIONS[operation],
        interrupt,
        (KeyboardInterrupt,),
    ):
        check(m, set(KEYS) - REMOVED.get(operation, set()))


@pytest.mark.parametrize("meddling", MEDDLING)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_change_at_every_place(pure: Any, operation: str, meddling: str) -> None:
    meddle, removed = MEDDLING[meddling]
    taken = REMOVED.get(operation, set())
    for m in at_every_place(
        lambda: pure.SortedMap.fromkeys(KEYS, 1), OPERATIONS[operation], meddle, ERRORS
    ):
        check(m, set(KEYS) - taken - removed)


def test_two_that_add_up_lose_nothing(pure: Any) -> None:
    count: Callable[[Any], object] = lambda m: m.merge(8, 1, add)  # noqa: E731
    for m in at_every_place(lambda: pure.SortedMap({8: 1}), count, count, ()):
        assert m[8] in (2, 3)
    assert m[8] == 2, "the last was not interrupted"

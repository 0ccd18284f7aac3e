"""Comparisons and destructors that change, or break, the sorted collection in the middle of an operation."""

from __future__ import annotations

import gc
from contextlib import suppress
from functools import partial
from itertools import count, product
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import case
from tests.kit.operations import RANGES, keyed
from tests.unit.sorted_tools import Ranked, chunks_of

if TYPE_CHECKING:
    from collections.abc import Callable

FRESH = count(1000)
KEPT = range(0, 24, 2)


def insert_fresh(m: Any) -> None:
    m.insert(Ranked(next(FRESH)), 0)


#: Each asks about the key, and says which ranks it may remove.
OPERATIONS: dict[str, tuple[Callable[[Any, Any], object], set[int]]] = {
    "in": (lambda m, k: k in m, set()),
    "get_many": (lambda m, k: m.get_many(k, k), set()),
    "insert": (lambda m, k: m.insert(k, 1), set()),
    "merge": (lambda m, k: m.merge(k, 1, max), set()),
    "entry": (lambda m, k: m.entry(k).or_insert(1), set()),
    "old entry": (lambda m, k: (m.get_entry(k), m.insert(Ranked(next(FRESH)), 0))[0].value, set()),
    "update": (lambda m, k: m.update([(k, 1), (Ranked(11), 1)]), set()),
    "pop": (lambda m, k: m.pop(k), {8}),
    "floor_entry": (lambda m, k: m.floor_entry(k).remove(), {8, 6}),
    "higher_entry": (lambda m, k: m.higher_entry(k), set()),
    "rank": (lambda m, k: m.rank(k), set()),
    "range": (lambda m, k: list(m.range(k, Ranked(14))), set()),
    "length of a range": (lambda m, k: len(m.range(k)), set()),
    "in a range": (lambda m, k: k in m.range(Ranked(4), Ranked(14)), set()),
    "drain": (lambda m, k: list(m.range(k, Ranked(14)).drain()), {8, 10, 12}),
    "extract_if": (lambda m, k: list(m.range(k).extract_if(lambda *_: True)), set(range(8, 24))),
    "split_off": (lambda m, k: m.split_off(k), set(range(8, 24))),
    "==": (lambda m, k: m == {1: 1} or m.copy() == m, set()),
}
#: Each changes the map from within a comparison, and says which ranks it may remove.
MEDDLING: dict[str, tuple[Callable[[Any], object], set[int]]] = {
    "insert below": (lambda m: m.insert(Ranked(-next(FRESH)), 0), set()),
    "insert above": (lambda m: m.insert(Ranked(next(FRESH)), 0), set()),
    "insert many": (lambda m: m.update((Ranked(next(FRESH)), 0) for _ in range(40)), set()),
    "delete the compared key": (lambda m: m.pop(Ranked(8), None), {8}),
    "delete and store it again": (
        lambda m: (m.pop(Ranked(8), None), m.insert(Ranked(8), 0)),
        set(),
    ),
    "pop_first": (lambda m: m and m.pop_first(), set(range(8))),
    "overwrite": (lambda m: m.update((k, -1) for k in list(m)), set()),
    "clear": (lambda m: m.clear(), set(KEPT)),
    "retain": (lambda m: m.retain(lambda k, _: k.rank != 10), {10}),
}


def put(m: Any, *ranks: int) -> None:
    """Store these in a map or a set."""
    for rank in ranks:
        (m.setdefault if hasattr(m, "setdefault") else m.insert)(Ranked(rank))


#: As `MEDDLING`, of what maps and sets both do.
SHARED_MEDDLING: dict[str, tuple[Callable[[Any], object], set[int]]] = {
    "insert": (lambda m: put(m, 7, 9, *(next(FRESH) for _ in range(10))), set()),
    "delete the compared key": (lambda m: m.range(Ranked(8), Ranked(9)).clear(), {8}),
    "delete others": (lambda m: m.range(Ranked(2), Ranked(15)).clear(), set(range(2, 15))),
    "pop_first": (lambda m: m and m.pop_first(), set(range(8))),
    "clear": (lambda m: m.clear(), set(KEPT)),
}


def assert_sound(m: Any, kept: set[int]) -> None:
    """It is in order, counts right, finds what it shows, and has lost nothing."""
    keys = list(m)
    ranks = [key.rank for key in keys]
    assert ranks == sorted(set(ranks))
    assert len(m) == len(keys) == len(list(reversed(m)))
    assert all(m.index_of(key) == n for n, key in enumerate(keys))
    assert kept <= set(ranks)


@pytest.mark.parametrize("meddling", MEDDLING)
def test_a_comparison_that_meddles(kv: Any, meddling: str) -> None:
    meddle, lost = MEDDLING[meddling]
    with chunks_of(kv, 4):
        for operate, removes in OPERATIONS.values():
            for hook, at in [("on_lt", n) for n in range(1, 7)] + [("on_eq", 1), ("on_eq", 2)]:
                m = kv.SortedMap((Ranked(rank), rank) for rank in KEPT)
                query, calls = Ranked(8), iter(range(1, 100))

                def hooked(m: Any = m, at: int = at, calls: Any = calls) -> None:
                    if next(calls, None) == at:
                        meddle(m)

                setattr(query, hook, hooked)
                with suppress(KeyError, AttributeError, RuntimeError):
                    operate(m, query)
                query.on_lt = query.on_eq = lambda: None
                assert_sound(m, set(KEPT) - removes - lost)


@pytest.mark.parametrize("of", ["SortedMap", "SortedSet", "Range", "SetRange"])
def test_a_comparison_that_meddles_in_each_operation_of_the_register(kv: Any, of: str) -> None:
    """It may remove what it finds, and what the code that runs meanwhile removes, and nothing else."""
    is_map = of in ("SortedMap", "Range")
    with chunks_of(kv, 4):
        for row, meddling, at in product(keyed(of=of).values(), SHARED_MEDDLING, range(1, 5)):
            if is_map:
                m = kv.SortedMap((Ranked(rank), rank) for rank in KEPT)
            else:
                m = kv.SortedSet(Ranked(rank) for rank in KEPT)
            part = m.range(Ranked(-1), Ranked(5000)) if of in RANGES else m
            query, calls = Ranked(8), count(1)
            meddle, lost = SHARED_MEDDLING[meddling]

            def hooked(m: Any = m, at: int = at, calls: Any = calls, do: Any = meddle) -> None:
                if next(calls) == at:
                    do(m)

            query.on_lt = query.on_eq = hooked
            with suppress(KeyError, AttributeError, RuntimeError):
                row.call(part, query, 1)
            query.on_lt = query.on_eq = lambda: None
            removed = set(range(8, 24)) if "split_off" in row.name else {8}
            if "intersection_update" in row.name:
                removed = set(KEPT)
            with case(row.name, meddling, at):
                assert_sound(m, set(KEPT) - removed - lost)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_comparison_that_raises(kv: Any, operation: str) -> None:
    operate, _ = OPERATIONS[operation]
    with chunks_of(kv, 4):
        for hook, at in [("on_lt", n) for n in range(1, 5)] + [("on_eq", 1)]:
            m = kv.SortedMap((Ranked(rank), rank) for rank in KEPT)
            query, calls = Ranked(8), iter(range(1, 100))

            def hooked(at: int = at, calls: Any = calls) -> None:
                if next(calls, None) == at:
                    raise ZeroDivisionError

            setattr(query, hook, hooked)
            before = list(m.items())
            try:
                operate(m, query)
            except ZeroDivisionError:
                query.on_lt = query.on_eq = lambda: None
                assert [pair for pair in m.items() if pair[0].rank < 1000] == before
            assert_sound(m, set())


def test_a_comparison_that_always_inserts_comes_to_an_end(kv: Any) -> None:
    for operate, _ in list(OPERATIONS.values())[:-1]:
        m = kv.SortedMap((Ranked(rank), rank) for rank in KEPT)
        query = Ranked(8)
        query.on_lt = partial(insert_fresh, m)
        with pytest.raises(RuntimeError, match="added or removed keys 100 times"):
            operate(m, query)
        query.on_lt = lambda: None
        assert_sound(m, set(KEPT))


def test_a_stored_key_that_meddles_when_one_is_stored_behind_it(kv: Any) -> None:
    for meddle, lost in MEDDLING.values():
        m = kv.SortedMap((Ranked(rank), rank) for rank in KEPT)
        before = m.get_key_value(Ranked(8))[0]
        times = iter(range(2))
        before.on_lt = lambda m=m, meddle=meddle, times=times: next(times, 9) < 2 and meddle(m)
        m[Ranked(9)] = 9
        before.on_lt = lambda: None
        assert_sound(m, set(KEPT) - lost | {9})


def test_a_key_that_lies_about_its_order_while_the_map_changes(kv: Any) -> None:
    m = kv.SortedMap((Ranked(rank), rank) for rank in KEPT)
    key = Ranked(float("nan"))
    times = iter(range(3))
    key.on_lt = lambda: next(times, None) is not None and m.insert(Ranked(next(FRESH)), 0)
    with pytest.raises(kv.OrderError):
        m[key] = 1
    assert_sound(m, set(KEPT))


class Dropped:
    """A value whose destructor runs code, once."""

    def __init__(self, code: Callable[[], object]) -> None:
        self.code = code

    def __del__(self) -> None:
        self.code()


REMOVALS: dict[str, Callable[[Any, Any], object]] = {
    "del": lambda m, k: m.__delitem__(k),
    "overwrite": lambda m, k: m.__setitem__(k, 0),
    "swap": lambda m, k: m.entry(k).insert(0),
    "pop_first": lambda m, _: m.pop_first(),
    "clear": lambda m, _: m.clear(),
    "retain": lambda m, _: m.retain(lambda k, _v: k > 20),
    "range": lambda m, k: m.range(None, k, inclusive="both").clear(),
    "drain": lambda m, _: list(m.drain()),
    "split_off": lambda m, k: m.split_off(k) and None,
    "replace": lambda m, k: m.update({k: 0}),
}


@pytest.mark.parametrize("removal", REMOVALS)
def test_a_destructor_that_meddles(kv: Any, removal: str) -> None:
    ran = []

    def meddle(m: Any) -> None:
        ran.append(len(m))
        assert list(m) == sorted(set(m))
        m[-1] = 0
        m[100] = 0
        m.pop(50, None)

    with chunks_of(kv, 4):
        m = kv.SortedMap.fromkeys(range(0, 60, 5), 0)
        m[0] = Dropped(lambda: meddle(m))
        m[15] = Dropped(lambda: meddle(m))
        REMOVALS[removal](m, 0 if removal in ("range", "split_off") else 15)
        gc.collect()
        assert ran
        assert {-1, 100} <= set(m)
        keys = list(m)
        assert keys == sorted(set(keys))
        assert len(m) == len(keys)


def test_a_removed_key_is_released_at_once(kv: Any) -> None:
    class Key(int):
        pass

    released = []

    class Watched(Key):
        def __del__(self) -> None:
            released.append(int(self))

    with chunks_of(kv, 4):
        m = kv.SortedMap((Watched(n), None) for n in range(20))
        for n in (0, 4, 19, 10):
            del m[n]
            assert released.pop() == n
        m.range(11, 15).clear()
        assert sorted(released) == [11, 12, 13, 14]
        released.clear()
        del m
        assert len(released) == 12


def test_iterators_notice_and_ranges_live_on(kv: Any) -> None:
    m = kv.SortedMap.fromkeys(range(5), 0)
    part = m.range(1, 4)
    for number, iterate in enumerate(
        [iter, reversed, lambda m: iter(m.values()), iter, lambda m: iter(m.range(1, 4).items())]
    ):
        iterator = iterate(part if number == 3 else m)
        next(iterator)
        m[9] = 0
        if number % 2:
            del m[9]  # The length is the same again.
        for _ in range(2):
            with pytest.raises(RuntimeError, match="changed during iteration"):
                next(iterator)
        m.pop(9, None)
    for key in m:
        m[key] = 1  # Values may change.
        m.entry(key).replace_key(key)
    m.clear()
    assert list(part) == []
    m.update(dict.fromkeys(range(3), 1))
    assert list(part) == [1, 2]
    for method in (m.retain, lambda f: list(m.extract_if(f)), part.retain):
        with pytest.raises(RuntimeError, match="SortedMap changed during"):
            method(lambda k, v: m.insert(50 + k, 0) or True)
        m.range(50).clear()


def test_an_update_that_adds_nothing_is_no_change(kv: Any) -> None:
    s = kv.SortedSet(range(5))
    iterator = iter(s)
    for source in (kv.SortedSet(range(5)), kv.HashSet([1]), {2}, [3]):
        s.update(source)
    assert list(iterator) == [0, 1, 2, 3, 4]


def test_what_is_raised_of_a_set_speaks_of_elements(kv: Any) -> None:
    s = kv.SortedSet(range(5))
    part = s.range(1, 4)
    for thing in (s, part):
        iterators = iter(thing), reversed(thing)
        s.add(9)
        for iterator in iterators:
            with pytest.raises(
                RuntimeError, match="SortedSet changed during iteration: an element"
            ):
                next(iterator)
        for method in (thing.retain, lambda f, thing=thing: list(thing.extract_if(f))):
            with pytest.raises(RuntimeError, match=r"SortedSet changed during .*: an element"):
                method(lambda element: s.insert(50 + element))
            s.range(9).clear()
    with pytest.raises(IndexError, match="SetRange with 3 elements"):
        part.at(3)

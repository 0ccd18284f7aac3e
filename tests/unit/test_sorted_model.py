"""Sorted maps, sets and ranges beside a model: a dict or a set, sorted whenever it is looked at."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest

from tests.kit.operations import keyed, outcome, whole
from tests.unit.sorted_tools import chunks_of

#: For each word, whether the bounds are part of the range.
INCLUSIVE = {
    "left": (True, False),
    "right": (False, True),
    "both": (True, True),
    "neither": (False, False),
}


def within(keys: list[Any], start: Any, stop: Any, inclusive: str) -> list[Any]:
    """The keys of a range, one comparison after the other."""
    with_start, with_stop = INCLUSIVE[inclusive]
    return [
        key
        for key in keys
        if (start is None or start < key or (with_start and start == key))
        and (stop is None or key < stop or (with_stop and stop == key))
    ]


def neighbours(keys: list[Any], query: Any) -> tuple[Any, ...]:
    """The lower, floor, ceiling and higher one."""
    return (
        max((key for key in keys if key < query), default=None),
        max((key for key in keys if key <= query), default=None),
        min((key for key in keys if key >= query), default=None),
        min((key for key in keys if key > query), default=None),
    )


def entries_beside(m: Any, query: Any) -> tuple[Any, ...]:
    """What a map or a range says the neighbours are."""
    return tuple(
        None if entry is None else entry.key
        for entry in (
            m.lower_entry(query),
            m.floor_entry(query),
            m.ceiling_entry(query),
            m.higher_entry(query),
        )
    )


def elements_beside(s: Any, query: Any) -> tuple[Any, ...]:
    return s.lower(query), s.floor(query), s.ceiling(query), s.higher(query)


def assert_shows(m: Any, model: dict[Any, Any]) -> None:
    """A map or range says in every way that it has these pairs."""
    pairs = sorted(model.items())
    keys = [key for key, _ in pairs]
    assert list(m) == list(m.keys()) == keys
    assert list(reversed(m)) == keys[::-1]
    assert list(m.items()) == pairs
    assert list(reversed(m.values())) == [value for _, value in pairs[::-1]]
    assert len(m) == len(pairs)
    assert bool(m) == bool(pairs)
    ends = [None if e is None else e.key for e in (m.first_entry(), m.last_entry())]
    assert ends == ([keys[0], keys[-1]] if keys else [None, None])
    assert [m.at(i) for i in range(-len(keys), len(keys))] == pairs + pairs
    with pytest.raises(IndexError):
        m.at(len(keys))


# -- every operation ------------------------------------------------------------------------------


def test_every_operation_of_the_register(kv: Any) -> None:
    """A dict does the same, if it is sorted before and after."""
    cases = [
        (row.name, row.call, row.on_model, q)
        for row in keyed(of="SortedMap").values()
        for q in "abx"
    ]
    for row in whole(of="SortedMap").values():
        if row.model is not None:
            cases += [(row.name, row.call, row.model, n) for n in (0, 1)]  # type: ignore[misc]
    for (name, call, on_model, given), pairs in product(
        cases, ({}, {"a": 1}, {"c": 3, "a": 1, "b": 2})
    ):
        rest = (7,) if isinstance(given, str) else ()
        m, d = kv.SortedMap(pairs), dict(sorted(pairs.items()))
        found, expected = outcome(call, m, given, *rest), outcome(on_model, d, given, *rest)
        # Both say in words of their own that they are empty.
        assert found.split(" with (")[0] == expected.split(" with (")[0], name
        assert list(m.items()) == sorted(d.items()), name


def _do_the_same(row: Any, one: Any, on_other: Any, other: Any, *given: Any) -> None:
    """The outcome is the same, except for the words in which an empty collection says that it is empty."""
    found, expected = outcome(row.call, one, *given), outcome(on_other, other, *given)
    assert found.split(" with (")[0] == expected.split(" with (")[0], row.name


def test_every_operation_of_the_register_on_a_set(kv: Any) -> None:
    """What the row says of a set, of one that is in order; a HashSet, for what a `set` has not."""
    for elements in ("", "a", "cab"):
        for row in keyed(of="SortedSet").values():
            for query in "abx":
                s, model = kv.SortedSet(elements), kv.HashSet(sorted(elements))
                _do_the_same(row, s, row.on_model, model, query, 7)
                assert list(s) == sorted(model), row.name
        for whole_row in whole(of="SortedSet").values():
            for number in (0, 1):
                s, model = kv.SortedSet(elements), kv.HashSet(sorted(elements))
                _do_the_same(whole_row, s, whole_row.model or whole_row.call, model, number)
                assert list(s) == sorted(model), whole_row.name


@pytest.mark.parametrize(("name", "of"), [("Range", "SortedMap"), ("SetRange", "SortedSet")])
def test_every_operation_of_the_register_on_a_range(kv: Any, name: str, of: str) -> None:
    """A range does to its part what a collection of that part alone does; what is outside it stays."""
    rows = [(row, (query, 7)) for row in keyed(of=name).values() for query in "abxz"]
    rows += [(row, (number,)) for row in whole(of=name).values() for number in (0, 1)]  # type: ignore[misc]
    for (row, given), part in product(rows, ("", "b", "bcd")):
        make = getattr(kv, of).fromkeys if of == "SortedMap" else kv.SortedSet
        alone, both = make(part), make("0" + part + "z")
        ranged = both.range("a", "z")
        _do_the_same(row, ranged, row.call, alone, *given)
        assert list(ranged) == list(alone), row.name
        assert list(both) == ["0", *alone, "z"], row.name


# -- random operations ----------------------------------------------------------------------------


def _insert(m: Any, model: dict[int, int], key: int, _r: Random) -> None:
    old = model.get(key)
    model[key] = key * 7
    assert m.insert(key, key * 7) == old


def _setdefault(m: Any, model: dict[int, int], key: int, _r: Random) -> None:
    assert m.setdefault(key, 1) == model.setdefault(key, 1)


def _pop(m: Any, model: dict[int, int], key: int, _r: Random) -> None:
    assert m.pop(key, None) == model.pop(key, None)


def _pop_end(m: Any, model: dict[int, int], _key: int, r: Random) -> None:
    if model:
        last = r.random() < 0.5
        key = max(model) if last else min(model)
        assert (m.pop_last if last else m.pop_first)() == (key, model.pop(key))


def _entry(m: Any, model: dict[int, int], key: int, _r: Random) -> None:
    entry = m.entry(key)
    m[-1] = 0  # The entry has to find its place again.
    assert entry.or_insert(3) == model.setdefault(key, 3)
    del m[-1]


def _remove_through_entry(m: Any, model: dict[int, int], key: int, _r: Random) -> None:
    entry = m.get_entry(key)
    assert (entry is None) == (key not in model)
    if entry is not None:
        m[-1] = 0
        assert entry.remove_entry() == (key, model.pop(key))
        del m[-1]


def _look(m: Any, model: dict[int, int], key: int, _r: Random) -> None:
    keys = sorted(model)
    assert (key in m) == (key in model)
    for query in (key, key + 0.5):
        assert entries_beside(m, query) == neighbours(keys, query)
        assert m.rank(query) == sum(each < query for each in keys)
    if key in model:
        assert m.index_of(key) == keys.index(key)


def _part(m: Any, model: dict[int, int], key: int, r: Random) -> None:
    """Take a part out: by each of the ways in which a range can be emptied."""
    part, low = m.range(key, key + 5), {k: model[k] for k in model if key <= k < key + 5}
    way = r.randrange(5)
    if way == 0:
        part.clear()
    elif way == 1:
        assert list(part.drain()) == sorted(low.items())
    elif way == 2:
        low = {k: v for k, v in low.items() if k % 2}
        assert list(part.extract_if(lambda k, _v: k % 2)) == sorted(low.items())
    elif way == 3:
        part.retain(lambda _k, _v: False)
    elif low:
        assert part.pop_last() == (max(low), low[max(low)])
        low = {max(low): 0}
    for k in low:
        del model[k]


def _halves(m: Any, model: dict[int, int], key: int, _r: Random) -> None:
    upper = m.split_off(key)
    assert list(m) == sorted(k for k in model if k < key)
    assert list(upper) == sorted(k for k in model if k >= key)
    m.update(upper.drain())
    assert not upper


def _filter(m: Any, model: dict[int, int], key: int, _r: Random) -> None:
    m.retain(lambda k, _v: k % 7 != key % 7)
    for k in [k for k in model if k % 7 == key % 7]:
        del model[k]


STEPS = [
    *(_insert, _setdefault, _entry) * 3,
    *(_pop, _pop_end, _remove_through_entry) * 2,
    _look,
    _part,
    _halves,
    _filter,
]


@pytest.mark.parametrize(
    ("chunk", "keys", "steps"), [(4, 40, 2000), (8, 200, 1000), (512, 1600, 1000)]
)
def test_a_map_beside_a_dict(kv: Any, chunk: int, keys: int, steps: int) -> None:
    r = Random(chunk)
    with chunks_of(kv, chunk):
        m = kv.SortedMap((k, k) for k in range(0, keys, 3))
        model = {k: k for k in range(0, keys, 3)}
        for number in range(steps):
            r.choice(STEPS)(m, model, r.randrange(keys), r)
            if number % 50 == 0:
                assert_shows(m, model)
        assert_shows(m, model)


def test_a_set_beside_a_set(kv: Any) -> None:
    r = Random(1)
    with chunks_of(kv, 4):
        s, model = kv.SortedSet(), set()
        for _ in range(1500):
            x = r.randrange(40)
            others = [r.randrange(40) for _ in range(r.randrange(6))]
            step = r.randrange(7)
            if step == 0:
                assert s.insert(x) == (x not in model)
                model.add(x)
            elif step == 1:
                s.discard(x)
                model.discard(x)
            elif step == 2:
                s.update(others)
                model.update(others)
            elif step == 3:
                other = r.choice([set, kv.SortedSet, frozenset])(others)
                for ours, theirs in (
                    (s | other, model | set(others)),
                    (s & other, model & set(others)),
                    (s - other, model - set(others)),
                    (s ^ other, model ^ set(others)),
                    (other | s, set(others) | model),
                    (other & s, set(others) & model),
                    (other - s, set(others) - model),
                    (other ^ s, set(others) ^ model),
                ):
                    assert type(ours) is kv.SortedSet
                    assert list(ours) == sorted(theirs)
                assert (s <= other, s < other, s >= other, s > other, s == other) == (
                    model <= set(others),
                    model < set(others),
                    model >= set(others),
                    model > set(others),
                    model == set(others),
                )
                assert s.isdisjoint(other) == model.isdisjoint(others)
            elif step == 4:
                s.symmetric_difference_update(others)
                model.symmetric_difference_update(others)
            elif step == 5:
                assert elements_beside(s, x) == neighbours(sorted(model), x)
                assert s.rank(x) == sum(each < x for each in model)
                part = s.range(x, x + 5)
                assert list(part) == sorted(y for y in model if x <= y < x + 5)
                assert elements_beside(part, x) == neighbours(list(part), x)
            elif model:
                assert s.pop_first() == min(model)
                model.remove(min(model))
            assert list(s) == sorted(model)
            assert list(reversed(s)) == sorted(model, reverse=True)
            assert (s.first(), s.last()) == (min(model, default=None), max(model, default=None))


# -- every range and neighbour of small maps --------------------------------------------------------


@pytest.mark.parametrize("chunk", [4, 512])
def test_every_range_and_neighbour(kv: Any, chunk: int) -> None:
    with chunks_of(kv, chunk):
        for size in (0, 1, 5):
            keys = list(range(1, 2 * size, 2))
            m = kv.SortedMap((key, -key) for key in keys)
            queries = [None, *range(2 * size + 2)]
            for start, stop, inclusive in product(queries, queries, INCLUSIVE):
                part = m.range(start, stop, inclusive=inclusive)
                model = within(keys, start, stop, inclusive)
                assert list(part) == model
                assert len(part) == len(model)
                if inclusive != "both":
                    continue  # What follows goes by positions, whatever the word was.
                assert_shows(part, {key: -key for key in model})
                for query in queries[1:]:
                    assert (query in part) == (query in model)
                    assert entries_beside(part, query) == neighbours(model, query)


PREFIXED: dict[str, tuple[list[Any], list[Any]]] = {
    "str": (
        ["", "a", "a\U0010ffff", "a\U0010ffff\U0010ffff", "aa", "ab", "b", "\U0010ffff", "\ue000"],
        ["", "a", "a\U0010ffff", "ab", "abc", "c", "\U0010ffff"],
    ),
    "bytes": (
        [b"", b"a", b"a\xff", b"a\xff\xff", b"b", b"\xff", b"\xff\xff"],
        [b"", b"a", b"a\xff", b"\xff"],
    ),
    "tuple": (
        [(), (1,), (1, "a"), (1, "b", 2), (2,), (2, "a"), (3, "a")],
        [(), (1,), (1, "b"), (2, "z"), (3,), (4,)],
    ),
}


@pytest.mark.parametrize("kind", PREFIXED)
def test_every_prefix(kv: Any, kind: str) -> None:
    keys, prefixes = PREFIXED[kind]
    with chunks_of(kv, 4):
        m = kv.SortedMap.fromkeys(keys)
        for prefix in prefixes:
            begin = [key for key in sorted(keys) if key[: len(prefix)] == prefix]
            part = m.range(prefix=prefix)
            assert list(part) == begin
            assert len(part) == len(begin)
            assert [key in part for key in keys] == [key in begin for key in keys]

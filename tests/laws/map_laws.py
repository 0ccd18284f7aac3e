"""What holds of every map, whatever was done to it, and what holds of its operations."""

from __future__ import annotations

import copy
import operator
import pickle
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CHANGING_LAWS", "OF_HASHED", "READING_LAWS", "check_agrees", "check_consistent"]


def check_consistent(m: Any) -> None:
    """Length, both directions of iteration and the lookup of every stored key agree."""
    items = list(m.items())
    assert len(m) == len(items) == len(list(reversed(m.items())))
    assert bool(m) == bool(items)
    assert operator.length_hint(iter(m)) == len(items)
    assert not hasattr(m, "capacity") or m.capacity >= len(items)
    backwards = list(reversed(m))
    for (key, value), other in zip(items, reversed(backwards), strict=True):
        assert other is key
        assert key in m
        found_key, found_value = m.get_key_value(key)
        assert found_key is key, "an equal key is stored twice"
        assert found_value is value
    if hasattr(m, "_HashMap__keyview"):  # On the pure backend.
        check_table(m._HashMap__keyview)


def check_table(table: Any) -> None:
    """The pure table: the buckets hold the slots that the order has, each once, under its hash."""
    place = {slot: number for number, slot in enumerate(table.order)}
    assert sum(map(len, table.buckets.values())) == len(place)
    for hash_, bucket in table.buckets.items():
        places = [place[slot] for slot in bucket]
        assert places, "an empty bucket was left behind"
        assert len(places) == len(set(places))
        assert all(hash_ == slot.hash == hash(slot.key) for slot in bucket)


def check_agrees(m: Any, d: dict[Any, Any]) -> None:
    """`m` holds what `d` holds, in its order or its own; `repr` tells equal keys apart."""
    if hasattr(m, "rank"):
        d = {key: d[key] for key in sorted(d)}
    assert repr(list(m.items())) == repr(list(d.items()))
    assert repr(list(m)) == repr(list(m.keys())) == repr(list(d))
    assert repr(list(m.values())) == repr(list(d.values()))
    assert repr(list(reversed(m))) == repr(list(reversed(d)))


def comparisons_agree(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    for operate in (operator.eq, operator.ne):
        expected = operate(d, other)
        assert operate(m, other) is expected
        assert operate(other, m) is expected
        assert operate(m, type(m)(other)) is expected
    assert m == d
    assert m != list(d.items())


def set_algebra_agrees(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    for ours, its, operand in (
        (m.keys(), d.keys(), other.keys()),
        (m.items(), d.items(), other.items()),
        (m.keys(), d.keys(), type(m)(other).keys()),
        (m.items(), d.items(), type(m)(other).items()),
    ):
        for combine in (operator.and_, operator.or_, operator.sub, operator.xor):
            assert combine(ours, operand) == combine(its, set(operand))
            assert combine(set(operand), ours) == combine(set(operand), its)
        for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt):
            assert compare(ours, operand) is compare(its, set(operand))
        assert ours.isdisjoint(operand) is its.isdisjoint(set(operand))
    pairs: list[Any] = [*other.items(), *d.items(), (None, 0), "no pair"]
    for pair in pairs:
        assert (pair in m.items()) is (pair in d.items())
    for value in other.values():
        assert (value in m.values()) is (value in d.values())


def unions_agree(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    for ours, its in (
        (m | other, d | other),
        (other | m, other | d),
        (m | type(m)(other), d | other),
        (type(m)(other) | m, other | d),
    ):
        assert type(ours) is type(m)
        check_agrees(ours, its)
    check_agrees(m, d)
    for source in (other, list(other.items()), type(m)(other)):
        ours = m.copy()
        ours.update(source)
        check_agrees(ours, d | other)
    grown = alias = m.copy()
    grown |= type(m)(other)
    assert grown is alias
    check_agrees(grown, d | other)


def copies_are_equal_and_apart(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    m.default_factory = int
    for made in (m.copy(), copy.copy(m), type(m)(m, default_factory=int)):
        assert type(made) is type(m)
        assert made.default_factory is int
        check_agrees(made, d)
        made.update(other)
        made.clear()
        check_consistent(made)
    check_agrees(m, d)
    check_agrees(copy.deepcopy(m), d)


def pickles_are_equal(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        loaded = pickle.loads(pickle.dumps(m, protocol))
        assert type(loaded) is type(m)
        check_agrees(loaded, d)
        check_consistent(loaded)


def class_methods_agree(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    keys = [*d, *other, *d]
    check_agrees(type(m).fromkeys(keys), dict.fromkeys(keys))
    check_agrees(type(m).fromkeys(keys, 7), dict.fromkeys(keys, 7))
    check_agrees(type(m).counted(keys), Counter(keys))
    groups: dict[Any, list[int]] = {}
    for number, key in enumerate(keys):
        groups.setdefault(key, []).append(number)
    check_agrees(type(m).grouped((key, n) for n, key in enumerate(keys)), groups)


def parts_merge_into_the_whole(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    """However items are cut into parts, merging the maps of the parts gives the map of the whole."""
    keys = [*d, *other, *d]
    pairs = [(key, number) for number, key in enumerate(keys)]
    largest: dict[Any, int] = {}
    for key, number in pairs:
        largest[key] = max(largest.get(key, number), number)
    reduced = type(m).reduced(pairs, max)
    check_agrees(reduced, largest)
    for cut in {0, len(d), len(keys) // 2}:
        counted = [type(m).counted(part) for part in (keys[:cut], keys[cut:])]
        grouped = [type(m).grouped(part) for part in (pairs[:cut], pairs[cut:])]
        parts = [type(m).reduced(part, max) for part in (pairs[:cut], pairs[cut:])]
        for made, whole in (
            (type(m).merged(counted, operator.add), type(m).counted(keys)),
            (type(m).merged(grouped, operator.add), type(m).grouped(pairs)),
            (type(m).merged(parts, max), reduced),
        ):
            check_agrees(made, dict(whole))


def merging_is_update_with(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    expected = d | {key: d[key] - value if key in d else value for key, value in other.items()}
    one_by_one = m.copy()
    for key, value in other.items():
        assert one_by_one.merge(key, value, operator.sub) == expected[key]
    m.update_with(other, operator.sub)
    check_agrees(m, expected)
    check_agrees(one_by_one, expected)


def filters_split_the_map(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    def wanted(key: Any, value: int) -> bool:
        return value % 2 == 0

    kept, extracted, left = m.copy(), m.copy(), {k: v for k, v in d.items() if v % 2}
    kept.retain(wanted)
    check_agrees(kept, {k: v for k, v in d.items() if v % 2 == 0})
    assert list(extracted.extract_if(wanted)) == list(kept.items())
    check_agrees(extracted, left)
    drained = m.drain()
    check_agrees(m, {})
    m.update(other)
    assert list(drained) == list(d.items())
    check_agrees(m, other)


def emptied_from_the_end(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    while d:
        assert m.popitem() == d.popitem()
        check_consistent(m)
    with pytest.raises(KeyError):
        m.popitem()


def room_is_not_content(kv: Any, m: Any, d: dict[Any, Any], other: dict[Any, Any]) -> None:
    m.reserve(100)
    assert m.capacity >= len(d) + 100
    check_agrees(m, d)
    m.shrink_to_fit()
    assert len(d) <= m.capacity < len(d) + 100
    check_agrees(m, d)
    rebuilds: list[Callable[[], None]] = [lambda: m.reserve(1), m.shrink_to_fit]
    for rebuild in rebuilds:
        iterator, ended = iter(m), iter(m)
        list(ended)
        rebuild()
        with pytest.raises(RuntimeError):
            next(iterator)
        assert list(ended) == [], "once it has ended, it stays ended"
    empty = type(m).with_capacity(50)
    assert empty.capacity >= 50
    assert not empty


Law: TypeAlias = "Callable[[Any, Any, dict[Any, Any], dict[Any, Any]], None]"

READING_LAWS: tuple[Law, ...] = (
    comparisons_agree,
    set_algebra_agrees,
    unions_agree,
    copies_are_equal_and_apart,
    pickles_are_equal,
    class_methods_agree,
)
"""Each is called with the package, a map, an equal dict, and another dict."""

CHANGING_LAWS: tuple[Law, ...] = (
    parts_merge_into_the_whole,
    merging_is_update_with,
    filters_split_the_map,
    emptied_from_the_end,
    room_is_not_content,
)
"""The same, but they leave the map and the dict changed."""

OF_HASHED: tuple[Law, ...] = (set_algebra_agrees, room_is_not_content)
"""Those that do not hold of a SortedMap: it is asked for what has no order, or for room."""

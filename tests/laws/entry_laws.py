"""What is true of the entry of any key of any map, in terms of a dict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.laws.map_laws import check_agrees

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.laws.keys import Asked

__all__ = ["ENTRY_LAWS", "FOREIGN_ENTRY_LAWS"]


def the_entry_tells_whether_the_key_is_there(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    entry = m.entry(a.query)
    match entry:
        case kv.Occupied(key, value):
            assert (key, value) == m.get_key_value(a.query)
            assert m.get_entry(a.query).key is key
        case kv.Vacant(key):
            assert repr(key) == repr(a.key)
            assert m.get_entry(a.query) is None
    assert isinstance(entry, kv.Occupied) is (a.key in d)


def or_insert_is_setdefault(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    assert m.entry(a.query).or_insert(9) == d.setdefault(a.key, 9)


def or_insert_with_is_lazy(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    there = a.key in d
    expected = d.setdefault(a.key, 9)
    calls: list[tuple[object, ...]] = []

    def factory(*arguments: object) -> int:
        calls.append(arguments)
        return 9

    fills: list[Callable[[Any], Any]] = [
        lambda c: c.entry(a.query).or_insert_with(factory),
        lambda c: c.entry(a.query).or_insert_with_key(factory),
        lambda c: c.entry(a.query).or_insert_entry_with(factory).value,
        lambda c: c.get_or_insert_with(a.query, factory),
    ]
    for fill in fills:
        calls.clear()
        filled = m.copy()
        assert fill(filled) == expected
        assert len(calls) == (0 if there else 1)
        check_agrees(filled, d)
    assert m.setdefault(a.query, 9) == expected


def insert_entry_is_assignment(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    entry = m.entry(a.query).insert_entry(9)
    d[a.key] = 9
    assert isinstance(entry, kv.Occupied)
    assert entry.value == 9


def modify_or_insert_is_merge(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    merged = m.copy()
    d[a.key] = d[a.key] * 2 if a.key in d else 1
    assert m.entry(a.query).and_modify(lambda value: value * 2).or_insert(1) == d[a.key]
    assert merged.merge(a.query, 1, lambda old, _: old * 2) == d[a.key]
    check_agrees(merged, d)


def assignment_to_value_is_seen(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    m.entry(a.query).or_insert_entry(0).value += 5
    d[a.key] = d.get(a.key, 0) + 5


def removal_is_pop(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    if entry := m.get_entry(a.query):
        key, value = m.get_key_value(a.query)
        removed = entry.remove_entry()
        assert removed[0] is key
        assert removed[1] is value
    d.pop(a.key, None)
    assert isinstance(m.entry(a.query), kv.Vacant)


def replacing_can_remove(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    there = a.key in d
    entry = m.entry(a.query).and_replace_entry_with(lambda key, value: value + 1)
    assert isinstance(entry, kv.Occupied) is there
    assert not there or entry.value == d[a.key] + 1
    removed = entry.and_replace_entry_with(lambda key, value: kv.REMOVE)
    assert isinstance(removed, kv.Vacant)
    removed.insert(3)
    d.pop(a.key, None)
    m.pop(a.query)


ENTRY_LAWS: tuple[Callable[[Any, Any, dict[Any, int], Asked], None], ...] = (
    the_entry_tells_whether_the_key_is_there,
    or_insert_is_setdefault,
    or_insert_with_is_lazy,
    insert_entry_is_assignment,
    modify_or_insert_is_merge,
    assignment_to_value_is_seen,
    removal_is_pop,
    replacing_can_remove,
)
"""Each is called with the package, a map, an equal dict and a lookup, and leaves map and dict equal."""

#: The laws that are also true of the entries of a mapping that does not show which key it stores.
FOREIGN_ENTRY_LAWS = [
    law
    for law in ENTRY_LAWS
    if law not in (the_entry_tells_whether_the_key_is_there, removal_is_pop)
]

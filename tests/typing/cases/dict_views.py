"""keys, values and items: iteration and set algebra."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from types import MappingProxyType

from typing_extensions import assert_type

from keyview import HashMap


def iteration(m: HashMap[str, int]) -> None:
    for key in m:
        assert_type(key, str)
    for key in m.keys():  # noqa: SIM118
        assert_type(key, str)
    for value in m.values():
        assert_type(value, int)
    for key, value in m.items():
        assert_type(key, str)
        assert_type(value, int)
    assert_type(iter(m), Iterator[str])
    assert_type(list(m.keys()), list[str])
    assert_type(list(m.values()), list[int])
    assert_type(list(m.items()), list[tuple[str, int]])
    assert_type(dict(m), dict[str, int])
    assert_type({**m}, dict[str, int])
    assert_type(len(m), int)


def backwards(m: HashMap[str, int]) -> None:
    for key in reversed(m):
        assert_type(key, str)
    for key in reversed(m.keys()):
        assert_type(key, str)
    for value in reversed(m.values()):
        assert_type(value, int)
    for item in reversed(m.items()):
        assert_type(item, tuple[str, int])


def are_the_abstract_views(m: HashMap[str, int]) -> None:
    keys: KeysView[str] = m.keys()
    values: ValuesView[int] = m.values()
    items: ItemsView[str, int] = m.items()
    del keys, values, items
    assert_type(m.keys().mapping, MappingProxyType[str, int])
    assert_type(m.values().mapping, MappingProxyType[str, int])
    assert_type(m.items().mapping, MappingProxyType[str, int])


def set_algebra(m: HashMap[str, int], other: HashMap[bytes, int]) -> None:
    assert_type(m.keys() & {"a"}, set[str])
    assert_type(m.keys() | other.keys(), set[str | bytes])
    assert_type(m.keys() - {"a"}, set[str])
    assert_type(m.keys() ^ other.keys(), set[str | bytes])  # E: plugin[key-view]
    assert_type(m.keys().isdisjoint(["a"]), bool)
    assert_type(m.keys() <= {"a"}, bool)
    assert_type(m.items() & {("a", 1)}, set[tuple[str, int]])
    assert_type(m.items() - {("a", 1)}, set[tuple[str, int]])
    assert_type("a" in m.keys(), bool)  # noqa: SIM118
    assert_type(1 in m.values(), bool)
    assert_type(("a", 1) in m.items(), bool)


def wants_a_mapping(m: Mapping[str, int]) -> int:
    return m["a"]


def refused(m: HashMap[str, int]) -> None:
    m.keys()[0]  # E: mypy[index] plugin[index] pyright[reportIndexIssue]
    m.values() & {1}  # E: mypy[operator] plugin[operator] pyright[reportOperatorIssue,reportUnusedExpression]
    m.keys().add("a")  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
    m.keys().mapping["a"] = 1  # E: mypy[index] plugin[index] pyright[reportIndexIssue]
    next(m)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType]
    m.keys() & 1  # E: mypy[operator] plugin[operator] pyright[reportOperatorIssue,reportUnusedExpression]

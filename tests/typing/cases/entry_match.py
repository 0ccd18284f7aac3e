"""Telling Occupied from Vacant: by `match`, and by `isinstance`."""

from __future__ import annotations

from typing_extensions import assert_never, assert_type

from keyview import Entry, HashMap, Occupied, Vacant


def positional_patterns(m: HashMap[str, int]) -> str | int:
    match m.entry("a"):
        case Occupied(key, value):
            assert_type(key, str)
            assert_type(value, int)
            return value
        case Vacant(key):
            assert_type(key, str)
            return key
        case _ as never:
            assert_never(never)


def exhaustive_without_a_default(entry: Entry[str, int]) -> int:
    match entry:
        case Occupied(_, value):
            return value
        case Vacant():
            return 0


def named_subject(m: HashMap[str, list[int]]) -> list[int]:
    match e := m.entry("a"):
        case Occupied():
            assert_type(e, Occupied[str, list[int]])
            return e.value
        case Vacant():
            assert_type(e, Vacant[str, list[int]])
            return e.insert([])
        case _ as never:
            assert_never(never)


def keyword_patterns(entry: Entry[str, int]) -> None:
    match entry:
        case Occupied(key="a", value=value):
            assert_type(entry, Occupied[str, int])
            assert_type(value, int)
        case Occupied(value=0):
            assert_type(entry, Occupied[str, int])
        case Vacant(key=key):
            assert_type(entry, Vacant[str, int])
            assert_type(key, str)
        case Occupied():
            assert_type(entry, Occupied[str, int])
        case _ as never:
            assert_never(never)


def by_isinstance(entry: Entry[str, int]) -> None:
    if isinstance(entry, Occupied):
        assert_type(entry, Occupied[str, int])
        assert_type(entry.value, int)
    else:
        assert_type(entry, Vacant[str, int])
        assert_type(entry.key, str)


def by_isinstance_of_an_expression(m: HashMap[str, int]) -> int:
    if isinstance(entry := m.entry("a"), Vacant):
        return entry.insert(1)
    assert_type(entry, Occupied[str, int])
    return entry.remove()


def unfinished(entry: Entry[str, int]) -> None:
    match entry:
        case Occupied():
            pass
        case _ as left:
            assert_never(left)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def too_many_positions(entry: Entry[str, int]) -> None:
    match entry:
        case Vacant(_, _):  # E: mypy[misc] plugin[misc] pyright[reportGeneralTypeIssues,reportUnknownVariableType,reportUnnecessaryComparison]
            pass
        case Occupied(_, _, _):  # E: mypy[misc] plugin[misc] pyright[reportGeneralTypeIssues,reportUnknownVariableType,reportUnnecessaryComparison]
            pass
        case _:
            pass

"""SortedSet: what it takes for elements, and what its methods return."""

from __future__ import annotations

from collections.abc import Iterator

from typing import Any

from typing_extensions import assert_type

from keyview import Concat, SetLookup, SetRange, SortedSet, prefixed


def construction(
    unordered: SortedSet[complex],  # E: mypy[type-var] plugin[type-var] pyright[reportInvalidTypeArguments]
) -> None:
    assert_type(SortedSet("ab"), SortedSet[str])  # E: pyrefly[assert-type]
    empty: SortedSet[int] = SortedSet()
    print(empty, unordered)


def elements(s: SortedSet[str]) -> None:
    view = Concat("a", "b")
    assert_type(s.get(view), str | None)
    assert_type(s.insert("a"), bool)
    assert_type(s.get_or_insert(view), str)
    assert_type(s.replace("a"), str | None)
    assert_type(s.take(view), str)
    assert_type(s.first(), str | None)
    assert_type(s.floor(view), str | None)
    assert_type(s.higher("a"), str | None)
    assert_type(s.last(), str | None)
    assert_type(s.lower("a"), str | None)
    assert_type(s.ceiling("a"), str | None)
    assert_type(s.index_of(view), int)
    assert_type(view in s, bool)
    assert_type(s.add("a"), None)
    assert_type(s.update(["a"]), None)
    assert_type(s.remove(view), None)
    assert_type(s.discard(view), None)
    assert_type(s.pop(), str)
    assert_type(s.pop_last(), str)
    assert_type(s.pop_first(), str)
    assert_type(s.at(0), str)
    assert_type(s.rank(view), int)
    assert_type(s.range("a", view), SetRange[str])
    assert_type(s.range(prefix="a"), SetRange[str])
    assert_type(SortedSet([("a", 1)]).range(prefix=("a",)), SetRange[tuple[str, int]])
    assert_type(s.split_off("a"), SortedSet[str])
    s.add(1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    s.lower(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def all_elements(s: SortedSet[str]) -> None:
    assert_type(s.copy(), SortedSet[str])
    assert_type(s.by(prefixed("_")), SetLookup[str, str])
    assert_type(s.by(str), SetLookup[Any, str])
    assert_type(s.retain(str.isupper), None)
    assert_type(s.extract_if(str.isupper), Iterator[str])
    assert_type(s.drain(), Iterator[str])
    assert_type(s.clear(), None)


def one_range(part: SetRange[str]) -> None:
    assert_type("a" in part, bool)
    assert_type(part.at(0), str)
    assert_type(part.first(), str | None)
    assert_type(part.last(), str | None)
    assert_type(part.lower("a"), str | None)
    assert_type(part.floor("a"), str | None)
    assert_type(part.ceiling("a"), str | None)
    assert_type(part.higher("a"), str | None)
    assert_type(part.pop_first(), str)
    assert_type(part.pop_last(), str)
    assert_type(part.retain(str.isupper), None)
    assert_type(part.extract_if(str.isupper), Iterator[str])
    assert_type(part.drain(), Iterator[str])
    assert_type(part.clear(), None)
    part.floor(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def algebra(s: SortedSet[str], t: set[str], u: SortedSet[int]) -> None:
    assert_type(s | t, SortedSet[str])
    assert_type(s | u, SortedSet[str | int])  # E: plugin[key-view-order]
    assert_type(s & u, SortedSet[str])  # E: plugin[key-view]
    assert_type(s - t, SortedSet[str])
    assert_type(s.union(t), SortedSet[str])
    assert_type(s == t, bool)
    assert_type(s.intersection(t), SortedSet[str])
    assert_type(s.difference(t), SortedSet[str])
    assert_type(s.symmetric_difference(t), SortedSet[str])
    assert_type(s.intersection_update(t), None)
    assert_type(s.difference_update(t), None)
    assert_type(s.symmetric_difference_update(t), None)
    assert_type(s.issubset(t), bool)
    assert_type(s.issuperset(t), bool)
    assert_type(s.isdisjoint(t), bool)

"""SortedSet: what it takes for elements, and what its methods return."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import assert_type

from keyview import Concat, SetRange, SortedSet


def construction(
    unordered: SortedSet[complex],  # E: mypy[type-var] plugin[type-var] pyright[reportInvalidTypeArguments]
) -> None:
    assert_type(SortedSet("ab"), SortedSet[str])
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
    assert_type(s.pop(), str)
    assert_type(s.pop_first(), str)
    assert_type(s.at(0), str)
    assert_type(s.rank(view), int)
    assert_type(s.range("a", view), SetRange[str])
    assert_type(s.range(prefix="a").last(), str | None)
    assert_type(s.range(prefix="a").drain(), Iterator[str])
    assert_type(s.split_off("a"), SortedSet[str])
    s.add(1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    s.lower(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def algebra(s: SortedSet[str], t: set[str], u: SortedSet[int]) -> None:
    assert_type(s | t, SortedSet[str])
    assert_type(s | u, SortedSet[str | int])  # E: plugin[key-view-order]
    assert_type(s & u, SortedSet[str])  # E: plugin[key-view]
    assert_type(s - t, SortedSet[str])
    assert_type(s.union(t), SortedSet[str])
    assert_type(s == t, bool)

"""Functions that look up with a method that they are given, or in their first argument."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from enum import Enum
from functools import partial
from operator import itemgetter
from typing import assert_type

from keyview import HashMap


def sets(s: set[str], numbers: list[int], texts: list[str], maybe: list[str | None]) -> None:
    list(filter(s.__contains__, numbers))  # E: plugin[key-view]
    list(filter(s.__contains__, texts))
    list(filter(s.__contains__, maybe))
    list(map(s.discard, numbers))  # E: plugin[refused]
    list(map(s.discard, texts))
    list(map(s.discard, [["a"]]))  # E: plugin[unhashable]
    partial(s.discard, 1)()  # E: plugin[refused]
    partial(s.discard, "a")()
    sorted(numbers, key=s.__contains__)  # E: plugin[key-view]
    min(texts, key=s.__contains__)
    max(numbers, key=s.__contains__)  # E: plugin[key-view]
    max(1, 2, key=s.__contains__)
    sum(1 for _ in filter(s.__contains__, numbers))  # E: plugin[key-view]


def mappings(d: dict[str, int], m: HashMap[str, int], numbers: list[int]) -> None:
    list(filter(d.__contains__, numbers))  # E: plugin[key-view]
    list(filter(m.__contains__, numbers))  # E: plugin[key-view]
    list(map(d.get, numbers))  # E: plugin[arg-type]
    list(map(d.keys().__contains__, numbers))  # E: plugin[key-view]


def operators(d: dict[str, int], items: list[str], number: int, text: str) -> None:
    operator.contains(d, number)  # E: plugin[key-view]
    operator.contains(d, text)
    operator.countOf(items, number)  # E: plugin[key-view]
    operator.countOf(items, text)
    operator.indexOf(items, number)  # E: plugin[key-view]
    operator.indexOf(items, text)


class Insensitive(set[str]):
    def __contains__(self, element: object, /) -> bool:
        return set.__contains__(self, 1)


class Below(set[str]): ...


class Opaque:
    def __eq__(self, other: object) -> bool:
        return compare(self, other)

    def __hash__(self) -> int:
        return 1


def compare(one: object, other: object) -> bool:
    return one is other


class Count(str, Enum):
    count = "a"  # E: mypy[assignment]


def through_the_class(
    s: set[str],
    d: dict[str, int],
    m: HashMap[str, int],
    items: list[str],
    below: Below,
    own: Insensitive,
    either: set[str] | set[bytes],
    number: int,
    maybe: str | None,
    whole: dict[int, int],
    opaque: Opaque,
) -> None:
    set.discard(s, number)  # E: plugin[refused]
    set.__contains__(s, maybe)
    set.discard(s, [1])  # E: plugin[unhashable]
    set.discard(below, number)  # E: plugin[refused]
    Below.discard(below, number)  # E: plugin[refused]
    set.__contains__(own, number)
    Insensitive.__contains__(own, number)
    set.discard(either, number)  # E: mypy[misc]
    dict.__contains__(d, number)  # E: plugin[key-view]
    dict.get(d, number)  # E: plugin[misc]
    dict.get(d, number, 1)  # E: plugin[misc]
    dict.get(d, number)  # type: ignore[misc]
    dict.get(d, number)  # type: ignore[key-view]
    assert_type(dict.get(d, maybe), int | None)
    dict.get(d, "a")
    dict.pop(d, number)  # E: plugin[misc]
    dict.__getitem__(d, number)  # E: plugin[misc]
    Mapping.get(d, number)  # E: plugin[misc]
    dict.get(whole, 1.0)
    dict.get(whole, opaque)  # E: mypy[misc]
    dict[str, int].get(d, number)  # E: plugin[refused]
    HashMap.__contains__(m, number)  # E: plugin[key-view]
    HashMap.get(m, number)  # E: plugin[key-view]
    list.__contains__(items, number)  # E: plugin[key-view]
    list.index(items, number)  # E: plugin[misc]
    Count.count


def algebra_through_the_class(
    s: set[str], fixed: frozenset[str], numbers: set[int], items: list[int], texts: list[str]
) -> None:
    set.difference(s, numbers)  # E: plugin[key-view]
    set.difference(s, texts, items)  # E: plugin[key-view]
    set.difference(s, texts)
    set.difference(s)
    set.intersection_update(s, items)  # E: plugin[key-view]
    set.isdisjoint(s, numbers)  # E: plugin[key-view]
    set.issubset(s, texts)
    set.__and__(s, numbers)  # E: plugin[key-view]
    set.union(s, numbers)
    frozenset.isdisjoint(fixed, {"a"})


def items(d: dict[str, int], rows: list[dict[str, int]], pairs: list[tuple[str, int]]) -> None:
    itemgetter(1)(d)  # E: plugin[key-view]
    itemgetter("a")(d)
    itemgetter(1, 2)(d)
    itemgetter(1)(pairs)
    list(map(itemgetter(1), rows))  # E: plugin[key-view]
    sorted(rows, key=itemgetter(1))  # E: plugin[key-view]
    sorted(rows, key=itemgetter("a"))
    sorted(pairs, key=itemgetter(1))
    max(d.items(), key=itemgetter(1))


def unpacked(
    d: dict[tuple[int, int], int],
    s: set[str],
    pair: tuple[list[int], int],
    lists: list[list[str]],
    texts: list[str],
) -> None:
    min((1, 2), (3, 4), key=d.__contains__)
    operator.contains(*pair)
    list(map(s.__contains__, *lists))
    list(filter(*(s.__contains__, texts)))
    partial(s.__contains__, *texts)
    sorted(*lists, key=s.__contains__)


def kept(s: set[str], numbers: list[int]) -> None:
    known = s.__contains__
    list(filter(known, numbers))

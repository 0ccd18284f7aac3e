"""Keys of sorted collections that have a `<`, and no total order: `key-view-order`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from functools import total_ordering
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from keyview import Ordered, OrderedBorrow, Reverse, SortedMap, SortedSet

T = TypeVar("T", bound=Ordered)


class Color(Enum):
    RED = 1


class Level(IntEnum):
    LOW = 1


class Row(NamedTuple):
    name: str
    data: complex


class OrderedRow(NamedTuple):
    name: str
    data: complex

    def __lt__(self, other: object) -> bool:
        return True


class Tags(AbstractSet[str]):
    def __contains__(self, tag: object) -> bool:
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class OrderedTags(Tags):
    def __lt__(self, other: object) -> bool:
        return True


class Plain: ...


class Node:
    children: SortedMap[tuple[int, Node], str]

    def __lt__(self, other: Node) -> bool:
        return True


@dataclass(order=True)
class Version:
    major: int


@total_ordering
class Totally:
    def __le__(self, other: object) -> bool:
        return True


class Host(OrderedBorrow[str]):
    def __borrow__(self) -> str:
        return ""


Json = dict[str, "Json"] | tuple["Json", ...] | int

mixed: SortedMap[str | int, int]  # E: plugin[key-view-order]
bytes_too: SortedSet[str | bytes]  # E: plugin[key-view-order]
dates: SortedSet[date | datetime]  # E: plugin[key-view-order]
sets: SortedMap[frozenset[str], int]  # E: plugin[key-view-order]
mutable: SortedMap[set[str], int]  # E: plugin[key-view-order]
tags: SortedMap[Tags, int]  # E: plugin[key-view-order]
counters: SortedSet[Counter[str]]  # E: plugin[key-view-order]
part: SortedMap[tuple[str, complex], int]  # E: plugin[key-view-order]
maybe: SortedMap[tuple[str, int | None], int]  # E: plugin[key-view-order]
many: SortedSet[tuple[str | int, ...]]  # E: plugin[key-view-order]
either: SortedSet[tuple[int, str] | tuple[int, int]]  # E: plugin[key-view-order]
enums: SortedSet[tuple[str, Color]]  # E: plugin[key-view-order]
rows: SortedSet[Row]  # E: plugin[key-view-order]
plain: SortedSet[tuple[int, Plain]]  # E: plugin[key-view-order]
objects: SortedSet[tuple[object, ...]]  # E: plugin[key-view-order]
backwards: SortedSet[Reverse[frozenset[int]]]  # E: plugin[key-view-order]
nested: list[SortedMap[tuple[int, frozenset[int]], int]]  # E: plugin[key-view-order]
ignored: SortedMap[str | int, int]  # type: ignore[key-view]

numbers: SortedSet[int | float | Decimal | Fraction | bool]
literals: SortedSet[Literal["a", "b"]]
levels: SortedSet[Level | int]
rest: SortedSet[tuple[str, None]]
paths: SortedSet[Path]
versions: SortedSet[tuple[Version, Totally]]
hosts: SortedSet[Host | str]
own: SortedSet[tuple[OrderedRow, OrderedTags]]
anything: SortedSet[tuple[Any, ...]]
json: SortedSet[tuple[Json, ...]]  # E: plugin[key-view-order]


def generic(s: SortedSet[T], pairs: SortedMap[tuple[T, int], int]) -> None:
    print(s, pairs)


def made(pairs: list[tuple[frozenset[int], int]]) -> None:
    SortedMap(pairs)  # E: plugin[key-view-order]
    SortedMap.grouped(pairs)  # E: plugin[key-view-order]
    SortedSet([frozenset([1])])  # E: plugin[key-view-order]
    SortedSet([(1, "a")])

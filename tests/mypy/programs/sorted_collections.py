"""Sorted maps and sets: lookups ask for equality and for no hash, neighbours and bounds for an order."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from keyview import (
    Concat,
    HashMap,
    KeyView,
    Ordered,
    OrderedBorrow,
    Range,
    Reverse,
    SetRange,
    SortedMap,
    SortedSet,
    entry,
)

K = TypeVar("K", bound=Ordered)


class ShortKey(KeyView[str]):
    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Host(OrderedBorrow[str]):
    def __init__(self, name: str) -> None:
        self.name = name

    def __borrow__(self) -> str:
        return self.name


class Unhashed:
    """A view by structure, which a sorted map builds, and never hashes."""

    def __key__(self) -> str:
        return ""

    def __eq__(self, other: object) -> bool:
        return False


def lookups(m: SortedMap[str, int], buffers: SortedMap[bytes, int]) -> None:
    ShortKey("a") in m
    m[Concat("a", "b")]
    m.get(Unhashed())
    buffers.get(bytearray())
    1 in m  # E: plugin[key-view]
    m[1]  # E: plugin[key-view]
    m.get([])  # E: plugin[key-view]
    m.get_many("a", 1)  # E: plugin[key-view]
    m.get_entry(b"a")  # E: plugin[key-view]
    m.get_key_value(1)  # E: plugin[key-view]
    m.entry(1)  # E: plugin[key-view]
    m.index_of(1)  # E: plugin[key-view]
    m.pop(1)  # E: plugin[key-view]
    m.remove_entry(1)  # E: plugin[key-view]
    m.merge(1, 1, max)  # E: plugin[key-view]
    m.get_or_insert_with(1, int)  # E: plugin[key-view]
    entry(m, 1)  # E: plugin[key-view]
    del m[1]  # E: plugin[key-view]
    m.by(ShortKey).get(1)  # E: plugin[call-overload]
    1 in m.by(ShortKey)  # E: plugin[key-view]


def neighbours(
    m: SortedMap[str, int],
    n: SortedMap[int, int],
    maybe: str | None,
    numbers: int | float,
    hosts: SortedMap[Host, int],
    pairs: SortedMap[tuple[int, str], int],
    anything: Any,
) -> None:
    m.floor_entry(ShortKey("a"))
    m.rank(anything)
    n.floor_entry(2.5)
    n.rank(numbers)
    n.split_off(True)
    hosts.lower_entry("a")
    hosts.higher_entry(Host("a"))
    pairs.ceiling_entry((1,))
    pairs.ceiling_entry((1.5, Concat("a", "b")))
    m.lower_entry(1)  # E: plugin[key-view]
    m.floor_entry(b"a")  # E: plugin[key-view]
    m.ceiling_entry(maybe)  # E: plugin[key-view]
    m.higher_entry(None)  # E: plugin[key-view]
    m.rank([])  # E: plugin[key-view]
    m.split_off(date.today())  # E: plugin[key-view]
    n.rank(ShortKey("a"))  # E: plugin[key-view]
    n.rank(1j)  # E: plugin[key-view]
    n.rank(1j)  # type: ignore[key-view]
    n.rank(1j)  # type: ignore[arg-type]
    hosts.rank(1)  # E: plugin[key-view]
    pairs.rank(("a", 1))  # E: plugin[key-view]


def ranges(
    m: SortedMap[str, int],
    n: SortedMap[int, int],
    maybe: str | None,
    hosts: SortedMap[Host, int],
    pairs: SortedMap[tuple[int, str], int],
    part: Range[str, int],
    elements: SetRange[str],
) -> None:
    m.range("a", maybe)
    m.range(prefix=ShortKey("a"))
    n.range(0.5, inclusive="both")
    hosts.range(prefix="a")
    pairs.range((1,), (2,))
    pairs.range(prefix=(1,))
    m.range("a", 1)  # E: plugin[key-view]
    m.range(None, 1)  # E: plugin[key-view]
    m.range(1, "a")  # E: plugin[key-view]
    m.range(1)  # type: ignore[call-overload]
    n.range("a", inclusive="both")  # E: plugin[key-view]
    n.range(1, inclusive="all")  # E: plugin[call-overload]
    m.range(prefix=1)  # E: plugin[key-view]
    m.range(prefix=b"a")  # E: plugin[key-view]
    n.range(prefix=1)  # E: plugin[key-view]
    m.range(prefix=maybe)  # E: plugin[key-view]
    pairs.range(prefix=("a",))  # E: plugin[key-view]
    pairs.range(prefix=(1, "a", 2))  # E: plugin[key-view]
    1 in part  # E: plugin[key-view]
    part.floor_entry(1)  # E: plugin[key-view]
    1 in elements  # E: plugin[key-view]
    elements.floor(1)  # E: plugin[key-view]
    elements.higher(ShortKey("a"))


def sets(s: SortedSet[str], t: SortedSet[int], u: set[str], lists: list[list[int]]) -> None:
    s.get(ShortKey("a"))
    s.take("a")
    t.floor(2.5)
    s & u
    1 in s  # E: plugin[key-view]
    [] in s  # E: plugin[key-view]
    s.get(1)  # E: plugin[key-view]
    s.take(1)  # E: plugin[key-view]
    s.discard(1)  # E: plugin[key-view]
    s.remove(1)  # E: plugin[key-view]
    s.index_of(1)  # E: plugin[key-view]
    s.get_or_insert(1)  # E: plugin[key-view]
    s.lower(1)  # E: plugin[key-view]
    s.rank(1)  # E: plugin[key-view]
    s.range(1)  # E: plugin[key-view]
    s & t  # E: plugin[key-view]
    s <= t  # E: plugin[key-view]
    s.difference(lists)  # E: plugin[key-view]
    s.isdisjoint(lists)  # E: plugin[key-view]
    s -= t  # E: plugin[key-view]


def unions(
    either: SortedMap[str, int] | SortedMap[bytes, int],
    mixed: HashMap[str, int] | SortedMap[int, int],
) -> None:
    either.rank("a")
    either.rank(1)  # E: plugin[key-view]
    mixed.get(1)
    mixed.get(b"a")  # E: plugin[key-view]


def generic(m: SortedMap[K, int], key: K, wrong: int) -> None:
    m.floor_entry(key)
    m.range(key, key)
    m[key]


def reverse(m: SortedMap[Reverse[int], int]) -> None:
    m.rank(Reverse(1))
    m.rank(1)  # E: plugin[key-view]


def stored() -> None:
    SortedMap[ShortKey, int]()  # E: plugin[type-var,key-view-stored]
    SortedSet[memoryview]()  # E: plugin[type-var,key-view-stored]

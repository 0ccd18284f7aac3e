"""A HashSet is judged as a set: membership, algebra; and its lookups as those of a HashMap."""

from __future__ import annotations

from keyview import Concat, HashSet, KeyView


class ShortKey(KeyView[str]):
    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


def lookups(s: HashSet[str], sets: HashSet[frozenset[int]]) -> None:
    ShortKey("a") in s
    s.get(ShortKey("a"))
    s.discard(Concat("a", "b"))
    s.get_or_insert(ShortKey("a"))
    1 in s  # E: plugin[key-view]
    s.get(1)  # E: plugin[key-view]
    s.take(b"a")  # E: plugin[key-view]
    s.remove(1)  # E: plugin[key-view]
    s.discard(1)  # E: plugin[key-view]
    s.swap_remove(1)  # E: plugin[key-view]
    s.index_of(1)  # E: plugin[key-view]
    s.move_to_end(1)  # E: plugin[key-view]
    s.get_or_insert(1)  # E: plugin[key-view]
    s.add(1)  # E: plugin[arg-type]
    {1} in sets
    ["a"] in s  # E: plugin[key-view-unhashable]


def algebra(s: HashSet[str], t: HashSet[int], u: set[bytes]) -> None:
    s & {"a"}
    s & t  # E: plugin[key-view]
    s - u  # E: plugin[key-view]
    s ^ t  # E: plugin[key-view]
    u & s  # E: plugin[key-view]
    s <= t  # E: plugin[key-view]
    s.isdisjoint(t)  # E: plugin[key-view]
    s.issubset([1])  # E: plugin[key-view]
    s.intersection([ShortKey("a")])
    s.difference_update([1])  # E: plugin[key-view]
    s | t


def by(s: HashSet[str]) -> None:
    short = s.by(ShortKey)
    "a" in short
    1 in short  # E: plugin[key-view]
    short.get(1)  # E: plugin[arg-type]


def stored() -> None:
    HashSet[ShortKey]()  # E: plugin[key-view-stored]
    HashSet([ShortKey("a")])  # E: plugin[key-view-stored]

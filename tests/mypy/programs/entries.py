"""entry(mapping, query) is judged as mapping[query], and as what may be stored."""

from __future__ import annotations

import os
import shelve
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict
from collections.abc import Mapping, MutableMapping
from typing import Any

import keyview
from keyview import Borrow, Concat, HashMap, KeyView, entry


class ShortKey(KeyView[str]):
    def __key__(self) -> str:
        return "_"


class Host(Borrow[str]):
    def __borrow__(self) -> str:
        return ""


def plain(
    d: dict[str, int], o: OrderedDict[str, int], c: Counter[str], m: HashMap[str, int]
) -> None:
    entry(d, "a").or_insert(1)
    entry(o, "a").or_insert(1)
    entry(c, "a").or_insert(1)
    entry(m, "a").or_insert(1)
    entry(d, ShortKey()).or_insert(1)
    entry(d, Concat("a", "b")).or_insert(1)
    entry(m, ShortKey()).or_insert(1)
    keyview.entry(d, ShortKey()).or_insert(1)
    entry(d, 1)  # E: plugin[key-view]
    entry(o, b"a")  # E: plugin[key-view]
    entry(c, None)  # E: plugin[key-view]
    entry(m, 1)  # E: plugin[key-view]
    keyview.entry(d, 1)  # E: plugin[key-view]
    entry(d, [1])  # E: plugin[key-view-unhashable]
    entry({"a": 1}, 1)  # E: plugin[key-view]


def others(
    u: UserDict[str, int],
    h: ChainMap[str, int],
    g: MutableMapping[str, int],
    s: shelve.Shelf[int],
    f: defaultdict[str, list[int]],
) -> None:
    entry(u, ShortKey()).or_insert(1)
    entry(h, ShortKey()).or_insert(1)
    entry(g, ShortKey()).or_insert(1)
    entry(s, "a").or_insert(1)
    entry(os.environ, "a").or_insert("b")
    entry(f, "a").or_insert_with(list).append(1)
    entry(u, 1)  # E: plugin[key-view]
    entry(h, 1)  # E: plugin[key-view]
    entry(g, 1)  # E: plugin[key-view]
    entry(s, 1)  # E: plugin[key-view]
    entry(os.environ, 1)  # E: plugin[key-view]


def tuples(d: dict[tuple[str, int], int]) -> None:
    entry(d, ("a", 1)).or_insert(1)
    entry(d, (ShortKey(), 1)).or_insert(1)
    entry(d, ("a", "b"))  # E: plugin[key-view]


def stored(numbers: dict[int, str], hosts: dict[Host, int], maybe: str | int) -> None:
    entry(numbers, True).or_insert("yes")
    entry(numbers, 1.0)  # E: plugin[key-view]
    entry(hosts, "example")  # E: plugin[key-view]
    entry(hosts, Host()).or_insert(1)
    entry(numbers, maybe)  # E: plugin[key-view]


def unions(
    either: dict[str, int] | UserDict[str, int], mixed: dict[str, int] | dict[int, int]
) -> None:
    entry(either, "a").or_insert(1)
    entry(either, 1)  # E: plugin[key-view]


def mappings(d: Mapping[str, int], a: Any, n: None, i: list[int]) -> None:
    entry(d, "a")  # E: plugin[arg-type]
    entry(i, 1)  # E: plugin[arg-type]
    entry(n, 1)  # E: plugin[arg-type]
    entry(a, object())


def once(d: dict[str, int]) -> None:
    for key in ("a", "b"):
        entry(d, 1 if key else 2).or_insert(1)  # E: plugin[key-view]
        if entry(d, key).or_insert(0) or [entry(d, 1)]:  # E: plugin[key-view]
            continue


class Own(dict[str, int]):
    def __getitem__(self, key: object) -> int:  # It may mean something else.
        return 1


def own(o: Own) -> None:
    entry(o, "a").or_insert(1)
    entry(o, 1)  # E: plugin[misc]

"""Functions that look up with a method that they are given, or in their first argument."""

from __future__ import annotations

import operator
from functools import partial

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


def kept(s: set[str], numbers: list[int]) -> None:
    known = s.__contains__
    list(filter(known, numbers))

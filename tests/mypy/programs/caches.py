"""cachetools, which has types of its own from 8.0 on: its lookups are judged as those of a dict."""

from __future__ import annotations

from cachetools import LRUCache, TTLCache
from typing_extensions import assert_type


def caches(
    ages: LRUCache[str, int], timed: TTLCache[str, int], maybe: str | None, number: int
) -> None:
    ages["a"]
    maybe in ages
    assert_type(ages.get(maybe), int | None)
    ages[number]  # E: plugin[refused]
    ages.get(number)  # E: plugin[refused]
    ages.pop(number)  # E: plugin[refused]
    number in ages  # E: plugin[refused]
    del ages[number]  # E: plugin[refused]
    timed[number]  # E: plugin[refused]
    number in timed  # E: plugin[refused]

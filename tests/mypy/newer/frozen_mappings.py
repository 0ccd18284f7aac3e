"""Python 3.15's frozendict (PEP 814): looked up in, and a key that equals every equal mapping."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from types import MappingProxyType

from keyview import Concat, HashMap
from typing_extensions import assert_type


class Ages(frozendict[str, int]): ...


def looked_up_in(
    d: frozendict[str, int], ages: Ages, maybe: str | None, numbers: frozendict[int, int]
) -> None:
    d["a"]
    d[1]  # E: plugin[refused]
    d.get(1)  # E: plugin[refused]
    d.get(1, 0)  # E: plugin[refused]
    d.get(["a"])  # E: plugin[unhashable]
    1 in d  # E: plugin[refused]
    d.keys() & {1}  # E: plugin[refused]
    ("a", "b") in d.items()  # E: plugin[refused]
    "a" in d.values()  # E: plugin[refused]
    ages[1]  # E: plugin[refused]
    1 in ages  # E: plugin[refused]
    maybe in d
    assert_type(d[maybe], int)
    assert_type(d.get(maybe), int | None)
    assert_type(d.get(maybe, "x"), int | str)
    assert_type(ages.get(maybe), int | None)
    (d | numbers)[1]
    (d | numbers)["a"]
    (d | numbers)[b"a"]  # E: plugin[refused]
    match d:
        case {1: _}:  # E: plugin[refused]
            pass


def united(d: frozendict[str, int], plain: dict[str, int], numbers: frozendict[int, int]) -> None:
    assert_type(d | plain, frozendict[str, int])
    assert_type(plain | d, dict[str, int])
    assert_type(d | numbers, frozendict[str | int, int])


def keys(
    m: HashMap[frozendict[str, int], int],
    d: dict[frozendict[str, int], int],
    frozen: frozendict[str, int],
    floats: frozendict[str, float],
    numbers: frozendict[int, int],
    ages: Ages,
    plain: dict[str, int],
    ordered: OrderedDict[str, int],
    mapping: Mapping[str, int],
    shown: MappingProxyType[str, int],
    shown_numbers: MappingProxyType[int, int],
) -> None:
    m[frozen]
    m[floats]
    m[ages]
    m[mapping]
    m[shown]
    m[plain]  # E: plugin[key-view-unhashable]
    m[ordered]  # E: plugin[key-view-unhashable]
    m[numbers]  # E: plugin[key-view]
    m[shown_numbers]  # E: plugin[key-view]
    m["a"]  # E: plugin[key-view]
    m[("a", 1)]  # E: plugin[key-view]
    d[frozen]
    d[shown]
    d[plain]  # E: plugin[unhashable]
    d[numbers]  # E: plugin[refused]
    plain in d  # E: plugin[unhashable]


def compared(
    frozen: frozendict[str, int],
    plain: dict[str, int],
    shown: MappingProxyType[str, int],
    own: HashMap[str, int],
    numbers: frozendict[int, int],
    items: list[frozendict[str, int]],
    plains: list[dict[str, int]],
) -> None:
    plain in items
    shown in items
    own in items
    frozen in plains
    numbers in items  # E: plugin[refused]
    numbers in plains  # E: plugin[refused]
    "a" in items  # E: plugin[refused]


def hashed_by_its_values(
    m: HashMap[frozendict[str, list[int]], int],
    texts: HashMap[str, int],
    s: set[Hashable],
    frozen: frozendict[str, list[int]],
    nested: tuple[frozendict[str, list[int]], int],
    viewed: frozendict[str, Concat[str]],
    stored: set[frozendict[str, str]],
) -> None:
    m[frozen]  # E: plugin[key-view-unhashable]
    texts[frozen]  # E: plugin[key-view-unhashable]
    frozen in s  # E: plugin[unhashable]
    nested in s  # E: plugin[unhashable]
    viewed in stored


views: HashMap[frozendict[str, Concat[str]], int]  # E: plugin[key-view-stored]

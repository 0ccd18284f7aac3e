"""sortedcontainers, with the types of `stubs/`: its lookups are judged as those of dict, set and list."""

from __future__ import annotations

from sortedcontainers import SortedDict, SortedKeyList, SortedList, SortedSet
from typing_extensions import assert_type


def dicts(ages: SortedDict[str, int], maybe: str | None, number: int) -> None:
    ages["a"]
    assert_type(ages.get(maybe), int | None)
    assert_type(ages.pop(maybe, "x"), int | str)
    maybe in ages
    ages[number]  # E: plugin[refused]
    ages.get(number)  # E: plugin[refused]
    ages.pop(number)  # E: plugin[refused]
    number in ages  # E: plugin[refused]
    del ages[number]  # E: plugin[refused]
    assert_type(ages.keys()[0], str)
    assert_type(ages.items()[:1], list[tuple[str, int]])
    assert_type(ages.peekitem(), tuple[str, int])
    ages.setdefault(number, 1)  # E: plugin[refused]


def views(ages: SortedDict[str, int], number: int) -> None:
    number in ages.keys()  # E: plugin[refused]
    "a" in ages.values()  # E: plugin[refused]
    (1, 1) in ages.items()  # E: plugin[refused]
    ages.keys() & {number}  # E: plugin[refused]
    "a" in ages.keys()
    1 in ages.values()
    ("a", 1) in ages.items()


def sets(names: SortedSet[str], number: int, maybe: str | None) -> None:
    "a" in names
    names.discard("a")
    names.discard(maybe)
    number in names  # E: plugin[refused]
    names.discard(number)  # E: plugin[refused]
    names.remove(number)  # E: plugin[refused]
    names & {number}  # E: plugin[refused]
    names - {number}  # E: plugin[refused]
    names - {"a"}
    names.isdisjoint({number})  # E: plugin[refused]
    names.difference({number})  # E: plugin[refused]
    names.issubset({number})  # E: plugin[refused]
    assert_type(names[0], str)
    assert_type(names | {number}, SortedSet[str | int])


def lists(names: SortedList[str], by_length: SortedKeyList[str], number: int) -> None:
    "a" in names
    names.index("a")
    number in names  # E: plugin[refused]
    names.index(number)  # E: plugin[refused]
    names.count(number)  # E: plugin[refused]
    names.remove(number)  # E: plugin[refused]
    number in by_length  # E: plugin[refused]


def made() -> None:
    assert_type(SortedDict({"a": 1}), SortedDict[str, int])
    assert_type(SortedDict(str.casefold, {"a": 1}), SortedDict[str, int])
    assert_type(SortedDict(a=1), SortedDict[str, int])
    assert_type(SortedList([1]), SortedList[int])
    assert_type(SortedKeyList(["a"], key=len), SortedKeyList[str])
    assert_type(SortedSet([1], key=lambda number: -number), SortedSet[int])

"""entry(mapping, query): one signature is precise for every mutable mapping."""

from __future__ import annotations

import os
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict
from collections.abc import Mapping, MutableMapping

from typing_extensions import assert_type

from keyview import REMOVE, Concat, Entry, HashMap, KeyView, Occupied, Vacant, entry


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __key__(self) -> str:
        return "_"


class Number(KeyView[int]):
    """A view of another type of key."""

    def __key__(self) -> int:
        return 1


class Registry(HashMap[str, int]):
    """A map of somebody's own."""


def mappings(
    d: dict[str, int],
    lists: defaultdict[str, list[int]],
    ordered: OrderedDict[int, str],
    chain: ChainMap[str, bytes],
    user: UserDict[str, float],
    general: MutableMapping[str, int],
    ours: HashMap[str, int],
    registry: Registry,
) -> None:
    assert_type(entry(d, "a"), Entry[str, int])
    assert_type(entry(d, "a"), Occupied[str, int] | Vacant[str, int])
    assert_type(entry(lists, "a"), Entry[str, list[int]])
    assert_type(entry(ordered, 1), Entry[int, str])
    assert_type(entry(chain, "a"), Entry[str, bytes])
    assert_type(entry(user, "a"), Entry[str, float])
    assert_type(entry(general, "a"), Entry[str, int])
    assert_type(entry(os.environ, "a"), Entry[str, str])
    assert_type(entry(Counter(["a"]), "a"), Entry[str, int])
    assert_type(entry({"a": 1}, "a"), Entry[str, int])
    assert_type(entry(ours, "a"), Entry[str, int])
    assert_type(entry(registry, "a"), Entry[str, int])


def queries(d: dict[str, int], view: ShortKey, either: str | ShortKey) -> None:
    assert_type(entry(d, view), Entry[str, int])
    assert_type(entry(d, either), Entry[str, int])
    assert_type(entry(d, Concat("a", "b")), Entry[str, int])
    entry(d, 1)  # E: mypy[misc] plugin[key-view] pyright[reportArgumentType]
    entry(d, Number())  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    entry(d)  # E: mypy[call-arg] plugin[call-arg] pyright[reportCallIssue]


def uses(d: dict[str, list[int]], counts: dict[str, int]) -> None:
    assert_type(entry(d, "a").or_insert_with(list), list[int])
    entry(d, "a").or_insert([]).append(1)
    assert_type(entry(counts, "a").and_modify(lambda n: n + 1).or_insert(1), int)
    entry(counts, "a").or_insert_entry(0).value += 1
    entry(counts, "a").and_replace_entry_with(lambda _, n: n - 1 if n > 1 else REMOVE)
    match entry(counts, "a"):
        case Occupied(key, value):
            assert_type(key, str)
            assert_type(value, int)
        case Vacant(key):
            assert_type(key, str)


def no_mutable_mapping(mapping: Mapping[str, int], numbers: list[int]) -> None:
    entry(mapping, "a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    entry(numbers, 1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]

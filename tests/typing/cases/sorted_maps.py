"""SortedMap: what it takes for keys, and what its own methods return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from typing import Any

from typing_extensions import assert_type

from keyview import (
    Concat,
    Entry,
    HashMap,
    KeyView,
    Lookup,
    Occupied,
    Ordered,
    OrderedBorrow,
    Range,
    Reverse,
    SortedMap,
    entry,
    prefixed,
)


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Host(OrderedBorrow[str]):
    """A key that may be found by a str."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __borrow__(self) -> str:
        return self.name


@dataclass(frozen=True, order=True)
class Version:
    major: int


@dataclass(frozen=True)
class Unordered:
    major: int


def keys_that_order(
    a: SortedMap[str, int],
    b: SortedMap[tuple[int, str], int],
    c: SortedMap[Version, int],
    d: SortedMap[Host, int],
    e: SortedMap[Reverse[str], int],
    f: SortedMap[tuple[Reverse[int], str], int],
) -> None:
    ordered: Ordered = Version(1)
    assert_type(Reverse("a").key, str)
    print(a, b, c, d, e, f, ordered)


def keys_that_do_not(
    a: SortedMap[complex, int],  # E: mypy[type-var] plugin[type-var] pyright[reportInvalidTypeArguments]
    b: SortedMap[str | None, int],  # E: mypy[type-var] plugin[type-var] pyright[reportInvalidTypeArguments]
    c: SortedMap[object, int],  # E: mypy[type-var] plugin[type-var] pyright[reportInvalidTypeArguments]
    d: SortedMap[memoryview, int],  # E: mypy[type-var] plugin[type-var,key-view-stored] pyright[reportInvalidTypeArguments]
    e: SortedMap[Unordered, int],  # E: mypy[type-var] plugin[type-var] pyright[reportInvalidTypeArguments]
) -> None:
    print(a, b, c, d, e)


def construction(pairs: list[tuple[str, int]], numbers: dict[int, str]) -> None:
    assert_type(SortedMap(pairs), SortedMap[str, int])
    assert_type(SortedMap(numbers), SortedMap[int, str])
    assert_type(SortedMap(a=1), SortedMap[str, int])
    assert_type(SortedMap({"a": 1}, b=2), SortedMap[str, int])
    assert_type(SortedMap.fromkeys("ab", 0), SortedMap[str, int])  # E: pyrefly[assert-type]
    assert_type(SortedMap.counted("ab"), SortedMap[str, int])  # E: pyrefly[assert-type]
    assert_type(SortedMap.grouped(pairs), SortedMap[str, list[int]])
    assert_type(SortedMap.reduced(pairs, max), SortedMap[str, int])
    assert_type(SortedMap.reduced([1.5, 2.5], max, key=int), SortedMap[int, float])
    by_length: SortedMap[int, list[str]] = SortedMap(default_factory=list)
    nested: HashMap[str, SortedMap[int, str]] = HashMap()
    assert_type(nested.entry("a").or_insert_with(SortedMap), SortedMap[int, str])
    by_length.entry(1).or_default().append("a")


def lookups(m: SortedMap[str, int], view: ShortKey) -> None:
    assert_type(m[view], int)
    assert_type(m.get("a"), int | None)
    assert_type(m.get("a", 1.5), int | float)
    assert_type(m.get_many("a", view), tuple[int | None, ...])
    assert_type(m.entry(view), Entry[str, int])
    assert_type(entry(m, "a"), Entry[str, int])
    assert_type(m.by(prefixed("_")), Lookup[str, str, int])
    assert_type(m.by(str), Lookup[Any, str, int])
    assert_type(view in m, bool)
    m[1]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    m.pop(b"a")  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]
    m[view] = 1  # E: mypy[index] plugin[index] pyright[reportArgumentType]


def borrowed(key: Host, lookup: OrderedBorrow[str]) -> None:
    assert_type(key.__borrow__(), str)
    assert_type(lookup.__borrow__(), str)


def storing(m: SortedMap[str, int], view: ShortKey) -> None:
    assert_type(m.insert("a", 1), int | None)
    assert_type(m.try_insert("a", 1), int)
    assert_type(m.setdefault("a", 1), int)
    assert_type(m.get_or_insert_with(view, int), int)
    assert_type(m.merge(view, 1, max), int)
    assert_type(m.update({"a": 1}), None)
    assert_type(m.update_with({"a": 1}, max), None)
    assert_type(SortedMap.merged([m, {"a": 1}], max), SortedMap[str, int])
    m.insert(1, 1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def removing(m: SortedMap[str, int], view: ShortKey) -> None:
    assert_type(m.pop(view), int)
    assert_type(m.popitem(), tuple[str, int])
    assert_type(m.remove_entry(view), tuple[str, int])
    assert_type(m.retain(lambda key, value: key.isupper() or value > 1), None)
    assert_type(m.extract_if(lambda key, value: key.isupper()), Iterator[tuple[str, int]])
    assert_type(m.drain(), Iterator[tuple[str, int]])
    assert_type(m.clear(), None)


def all_pairs(m: SortedMap[str, int]) -> None:
    assert_type(m.get_entry("a"), Occupied[str, int] | None)
    assert_type(m.get_key_value("a"), tuple[str, int] | None)
    assert_type(list(m.keys()), list[str])
    assert_type(list(m.values()), list[int])
    assert_type(list(m.items()), list[tuple[str, int]])
    assert_type(m.default_factory, Callable[[], int] | None)


def neighbours(m: SortedMap[str, int], view: ShortKey) -> None:
    assert_type(m.first_entry(), Occupied[str, int] | None)
    assert_type(m.last_entry(), Occupied[str, int] | None)
    assert_type(m.lower_entry("a"), Occupied[str, int] | None)
    assert_type(m.floor_entry(view), Occupied[str, int] | None)
    assert_type(m.ceiling_entry(Concat("a", "b")), Occupied[str, int] | None)
    assert_type(m.higher_entry("a"), Occupied[str, int] | None)
    assert_type(m.pop_first(), tuple[str, int])
    assert_type(m.pop_last(), tuple[str, int])
    assert_type(m.at(-1), tuple[str, int])
    assert_type(m.rank(view), int)
    assert_type(m.index_of("a"), int)
    assert_type(m.split_off("b"), SortedMap[str, int])
    m.floor_entry(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m.rank(None)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def ranges(m: SortedMap[str, int], view: ShortKey) -> None:
    assert_type(m.range(), Range[str, int])
    assert_type(m.range("a", view), Range[str, int])
    assert_type(m.range(None, "b", inclusive="both"), Range[str, int])
    assert_type(m.range(prefix=view), Range[str, int])
    m.range(1)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]
    m.range("a", inclusive="start")  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType]
    m.range("a", prefix="a")  # E: mypy[call-overload] plugin[call-overload] pyright[reportCallIssue]


def ranges_of_tuples(
    m: SortedMap[tuple[str, int], float],
    three: SortedMap[tuple[str, int, bytes], float],
    any_length: SortedMap[tuple[str, ...], float],
) -> None:
    """A prefix may be shorter than the keys, and has the types of their first items."""
    assert_type(m.range(prefix=("a",)), Range[tuple[str, int], float])
    assert_type(m.range(prefix=("a", 1)), Range[tuple[str, int], float])
    assert_type(three.range(prefix=("a", 1)), Range[tuple[str, int, bytes], float])
    assert_type(any_length.range(prefix=("a",)), Range[tuple[str, ...], float])
    m.range(prefix=(1,))  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType] pyright[reportCallIssue]
    m.range(prefix=("a", "b"))  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType] pyright[reportCallIssue]
    m.range(prefix="a")  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType] pyright[reportCallIssue]


def one_range(part: Range[str, int]) -> None:
    assert_type(list(part), list[str])
    assert_type(list(part.items()), list[tuple[str, int]])
    assert_type(list(reversed(part)), list[str])
    assert_type(list(part.values()), list[int])
    assert_type(part.first_entry(), Occupied[str, int] | None)
    assert_type(part.floor_entry("a"), Occupied[str, int] | None)
    assert_type(part.pop_first(), tuple[str, int])
    assert_type(part.drain(), Iterator[tuple[str, int]])
    assert_type(len(part), int)
    assert_type("a" in part, bool)
    assert_type(list(part.keys()), list[str])
    assert_type(part.at(0), tuple[str, int])
    assert_type(part.last_entry(), Occupied[str, int] | None)
    assert_type(part.lower_entry("a"), Occupied[str, int] | None)
    assert_type(part.ceiling_entry("a"), Occupied[str, int] | None)
    assert_type(part.higher_entry("a"), Occupied[str, int] | None)
    assert_type(part.pop_last(), tuple[str, int])
    assert_type(part.extract_if(lambda key, value: key.isupper()), Iterator[tuple[str, int]])
    assert_type(part.retain(lambda key, value: key.isupper() or value > 1), None)
    assert_type(part.clear(), None)
    part.floor_entry(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def unions(m: SortedMap[str, int], other: dict[str, int], more: dict[bytes, float]) -> None:
    assert_type(m | other, SortedMap[str, int])
    assert_type(m | more, SortedMap[str | bytes, int | float])  # E: plugin[key-view-order]
    assert_type(m.copy(), SortedMap[str, int])
    m |= other


def no_room(m: SortedMap[str, int]) -> None:
    m.reserve(1)  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
    m.sort()  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownMemberType]

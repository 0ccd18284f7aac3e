"""HashSet: every method."""

from __future__ import annotations

from collections.abc import Iterator

from typing import Any

from typing_extensions import assert_type

from keyview import Concat, HashSet, KeyView, SetLookup, prefixed


class Tags(HashSet[str]): ...


class Host(KeyView[str]):
    def __key__(self) -> str:
        return "host"


def construction(words: list[str]) -> None:
    assert_type(HashSet(words), HashSet[str])
    empty: HashSet[int] = HashSet()
    assert_type(empty, HashSet[int])
    assert_type(HashSet[str].with_capacity(3), HashSet[str])
    assert_type(HashSet(words).copy(), HashSet[str])
    HashSet(1)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType]


def one_element(s: HashSet[str]) -> None:
    assert_type(s.get("a"), str | None)
    assert_type(s.get(Host()), str | None)
    assert_type(s.add("a"), None)
    assert_type(s.insert("a"), bool)
    assert_type(s.get_or_insert(Concat("a", "b")), str)
    assert_type(s.replace("a"), str | None)
    assert_type(s.remove("a"), None)
    assert_type(s.discard(Host()), None)
    assert_type(s.take(Host()), str)
    assert_type(s.pop(), str)
    assert_type(s.swap_remove("a"), str)
    assert_type(s.first(), str | None)
    assert_type(s.last(), str | None)
    assert_type(s.at(0), str)
    assert_type(s.index_of("a"), int)
    assert_type(s.move_to_end("a", last=False), None)
    assert_type("a" in s, bool)
    s.add(1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    s.get(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    s.get_or_insert(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def all_elements(s: HashSet[str], unordered: HashSet[complex]) -> None:
    assert_type(iter(s), Iterator[str])
    assert_type(reversed(s), Iterator[str])
    assert_type(s.drain(), Iterator[str])
    assert_type(s.extract_if(lambda element: element.isupper()), Iterator[str])
    assert_type(s.retain(lambda element: element.isupper()), None)
    assert_type(s.sort(), None)
    assert_type(s.sort(key=len, reverse=True), None)
    assert_type(s.clear(), None)
    assert_type(s.capacity, int)
    assert_type(s.reserve(1), None)
    assert_type(s.shrink_to_fit(), None)
    unordered.sort()  # E: pyright[reportCallIssue]


def algebra(s: HashSet[str], t: HashSet[int], words: list[str], tags: Tags) -> None:
    assert_type(s | s, HashSet[str])
    assert_type(s | t, HashSet[str | int])
    assert_type(s & {"a"}, HashSet[str])
    assert_type(s - {"a"}, HashSet[str])
    assert_type(s ^ s, HashSet[str])
    assert_type(s.union(words), HashSet[str])
    assert_type(s.union([1]), HashSet[str | int])
    assert_type(s.intersection(words), HashSet[str])
    assert_type(s.difference(words, words), HashSet[str])
    assert_type(s.symmetric_difference(words), HashSet[str])
    assert_type(tags & s, Tags)
    assert_type(tags | s, Tags)
    assert_type(tags.copy(), Tags)
    assert_type(s.update(words, s), None)
    assert_type(s.intersection_update(words), None)
    assert_type(s.difference_update(words), None)
    assert_type(s.symmetric_difference_update(words), None)
    assert_type(s.issubset(words), bool)
    assert_type(s.issuperset(words), bool)
    assert_type(s.isdisjoint(words), bool)
    assert_type(s <= {"a"}, bool)
    s |= {"a"}
    s &= {"a"}
    assert_type(s, HashSet[str])
    s.update([1])  # E: mypy[list-item] plugin[list-item] pyright[reportArgumentType]


def by(s: HashSet[str], short: SetLookup[str, str]) -> None:
    assert_type(s.by(prefixed("_")), SetLookup[str, str])
    assert_type(s.by(str), SetLookup[Any, str])
    assert_type("a" in short, bool)
    assert_type(short.get("a"), str | None)
    assert_type(short.get_or_insert("a"), str)
    assert_type(short.take("a"), str)
    short.take(1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]

"""Storing: what a map stores is a key, never a view."""

from __future__ import annotations

from operator import add

from typing_extensions import assert_type

from keyview import HashMap, KeyView


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


def assignment(m: HashMap[str, int]) -> None:
    m["a"] = 1
    m["a"] += 1
    m[1] = 1  # E: mypy[index] plugin[index] pyright[reportArgumentType]
    m["a"] = "one"  # E: mypy[assignment] plugin[assignment] pyright[reportArgumentType]
    m[ShortKey("a")] = 1  # E: mypy[index] plugin[index] pyright[reportArgumentType]


def setdefault(m: HashMap[str, int], lists: HashMap[str, list[int]], optional: HashMap[str, int | None]) -> None:
    assert_type(m.setdefault("a", 1), int)
    assert_type(lists.setdefault("a", []), list[int])
    assert_type(optional.setdefault("a"), int | None)
    assert_type(optional.setdefault("a", 1), int | None)
    m.setdefault("a")  # E: mypy[call-arg] plugin[call-arg] pyright[reportCallIssue]
    m.setdefault("a", "one")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.setdefault(1, 1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.setdefault(ShortKey("a"), 1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def insert(m: HashMap[str, int], lists: HashMap[str, list[int]]) -> None:
    assert_type(m.insert("a", 1), int | None)
    assert_type(lists.insert("a", []), list[int] | None)
    m.insert("a", "one")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.insert(1, 1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.insert(ShortKey("a"), 1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def try_insert(m: HashMap[str, int], lists: HashMap[str, list[int]]) -> None:
    assert_type(m.try_insert("a", 1), int)
    assert_type(lists.try_insert("a", []), list[int])
    m.try_insert("a", "one")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.try_insert(1, 1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.try_insert(ShortKey("a"), 1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def get_or_insert_with(
    m: HashMap[str, int],
    lists: HashMap[str, list[int]],
    maps: HashMap[str, HashMap[str, int]],
    view: ShortKey,
) -> None:
    assert_type(m.get_or_insert_with("a", int), int)
    assert_type(m.get_or_insert_with(view, lambda: 1), int)
    assert_type(lists.get_or_insert_with("a", list), list[int])
    assert_type(lists.get_or_insert_with("a", lambda: []), list[int])
    assert_type(maps.get_or_insert_with("a", HashMap), HashMap[str, int])
    m.get_or_insert_with(1, int)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m.get_or_insert_with("a", str)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.get_or_insert_with("a", len)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def merge(m: HashMap[str, int], lists: HashMap[str, list[int]], view: ShortKey) -> None:
    assert_type(m.merge("a", 1, add), int)
    assert_type(m.merge(view, 1, max), int)
    assert_type(m.merge("a", 1, lambda old, new: old + new), int)
    assert_type(lists.merge("a", [1], lambda old, new: old + new), list[int])
    m.merge(1, 1, add)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m.merge("a", "one", add)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.merge("a", 1, lambda old, new: str(old + new))  # E: mypy[arg-type,return-value] plugin[arg-type,return-value] pyright[reportArgumentType]
    m.merge("a", 1, len)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]

"""Looking up by a key, or by a view of one."""

from __future__ import annotations

from typing import Literal

from typing_extensions import assert_type

from keyview import HashMap, KeyView, Occupied


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Number(KeyView[int]):
    """A view of another type of key."""

    def __key__(self) -> int:
        return 1


def subscript(m: HashMap[str, int], view: ShortKey) -> None:
    assert_type(m["a"], int)
    assert_type(m[view], int)
    m[1]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    m[b"a"]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    m[Number()]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]


def contains(m: HashMap[str, int], view: ShortKey, maybe: str | None) -> None:
    assert_type("a" in m, bool)
    assert_type(view in m, bool)
    assert_type(maybe in m, bool)
    assert_type(maybe not in m, bool)
    assert_type(1 in m, bool)  # E: mypy[comparison-overlap] plugin[key-view]
    assert_type(b"a" not in m, bool)  # E: mypy[comparison-overlap] plugin[key-view]
    assert_type(Number() in m, bool)  # E: plugin[key-view]


def get(m: HashMap[str, int], view: ShortKey) -> None:
    assert_type(m.get("a"), int | None)
    assert_type(m.get("a", None), int | None)
    assert_type(m.get("a", 0), int)
    assert_type(m.get("a", "none"), int | str)  # E: ty[type-assertion-failure]
    assert_type(m.get(view), int | None)
    assert_type(m.get(view, 0), int)
    assert_type(m.get(view, b""), int | bytes)  # E: ty[type-assertion-failure]
    m.get(1)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]
    m.get(1, 0)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType,reportCallIssue]
    m.get(b"a", "none")  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType,reportCallIssue]
    m.get(Number())  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def get_with_a_container_as_default(m: HashMap[str, list[int]]) -> None:
    assert_type(m.get("a", []), list[int])
    for number in m.get("a", ()):
        assert_type(number, int)


def get_key_value(m: HashMap[str, int], view: ShortKey) -> None:
    assert_type(m.get_key_value("a"), tuple[str, int] | None)
    assert_type(m.get_key_value(view), tuple[str, int] | None)
    m.get_key_value(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m.get_key_value(Number())  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def get_many(m: HashMap[str, int], view: ShortKey) -> None:
    assert_type(m.get_many(), tuple[int | None, ...])
    assert_type(m.get_many("a", view, "a"), tuple[int | None, ...])
    m.get_many("a", 1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m.get_many(Number())  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def get_entry(m: HashMap[str, int], view: ShortKey) -> None:
    assert_type(m.get_entry("a"), Occupied[str, int] | None)
    assert_type(m.get_entry(view), Occupied[str, int] | None)
    if entry := m.get_entry("a"):
        assert_type(entry, Occupied[str, int])
        entry.value += 1
    m.get_entry(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m.get_entry(Number())  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def narrower_keys(m: HashMap[str | int, bytes], literal: Literal["a"], either: str | int, flag: bool) -> None:
    assert_type(m[literal], bytes)
    assert_type(m[either], bytes)
    assert_type(m[flag], bytes)
    assert_type(m[ShortKey("a")], bytes)
    assert_type(m.get(Number()), bytes | None)
    m[b"a"]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]

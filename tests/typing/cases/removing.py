"""Removing keys."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import assert_type

from keyview import HashMap, KeyView


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


def delete(m: HashMap[str, int], view: ShortKey) -> None:
    del m["a"]
    del m[view]
    del m[1]  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    del m[b"a"]  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def pop(m: HashMap[str, int], lists: HashMap[str, list[int]], view: ShortKey) -> None:
    assert_type(m.pop("a"), int)
    assert_type(m.pop("a", 0), int)
    assert_type(m.pop("a", None), int | None)
    assert_type(m.pop("a", "none"), int | str)  # E: ty[type-assertion-failure]
    assert_type(m.pop(view), int)
    assert_type(m.pop(view, None), int | None)
    assert_type(lists.pop("a", []), list[int])
    m.pop(1)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]
    m.pop(1, 0)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType,reportCallIssue]
    m.pop(b"a", None)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType,reportCallIssue]
    m.pop()  # E: mypy[call-overload] plugin[call-overload] pyright[reportCallIssue]


def remove_entry(m: HashMap[str, int], view: ShortKey) -> None:
    assert_type(m.remove_entry("a"), tuple[str, int])
    assert_type(m.remove_entry(view), tuple[str, int])
    m.remove_entry(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def popitem(m: HashMap[str, int]) -> None:
    assert_type(m.popitem(), tuple[str, int])


def several(m: HashMap[str, int]) -> None:
    assert_type(m.clear(), None)
    assert_type(m.drain(), Iterator[tuple[str, int]])
    assert_type(m.retain(lambda key, value: key.startswith("_") and value.bit_count()), None)
    assert_type(m.extract_if(lambda key, value: key == "a" or value), Iterator[tuple[str, int]])
    m.retain(lambda key: True)  # E: mypy[misc,arg-type] plugin[misc,arg-type] pyright[reportArgumentType]
    m.retain(5)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.extract_if(str.startswith)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]

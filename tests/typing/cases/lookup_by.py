"""Lookup: a map looked up through an adapter."""

from __future__ import annotations

from typing_extensions import assert_type

from keyview import Concat, Entry, HashMap, KeyView, Lookup, Slice, prefixed, slices_of


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


def by_a_view_class(m: HashMap[str, int]) -> None:
    assert_type(m.by(ShortKey), Lookup[str, str, int])
    assert_type(m.by(ShortKey)["a"], int)


def by_a_function(m: HashMap[str, int], words: HashMap[int, str]) -> None:
    assert_type(m.by(str.casefold), Lookup[str, str, int])
    assert_type(m.by(str.casefold)["A"], int)
    assert_type(words.by(len)["abc"], str)
    number: Lookup[int, str, int] = m.by(lambda number: str(number))
    assert_type(number[1], int)


def by_a_prefix(m: HashMap[str, int], lines: HashMap[bytes, int]) -> None:
    assert_type(m.by(prefixed("_")), Lookup[str, str, int])
    assert_type(m.by(prefixed("_"))["x"], int)
    assert_type(lines.by(prefixed(b"_"))[b"x"], int)
    assert_type(lines.by(prefixed(b"_"))[memoryview(b"x")], int)


def by_slices(m: HashMap[str, int], lines: HashMap[bytes, int], page: bytearray) -> None:
    assert_type(lines.by(slices_of(b"..")), Lookup[slice, bytes, int])
    assert_type(lines.by(slices_of(b".."))[1:2], int)
    assert_type(lines.by(slices_of(page))[1:], int)
    assert_type(m.by(slices_of("text"))[:2], int)
    assert_type(slice(1, 2) in m.by(slices_of("text")), bool)
    assert_type(m.by(slices_of("text")).get(slice(1, 2)), int | None)


def methods(lookup: Lookup[bytes, str, int]) -> None:
    assert_type(lookup[b"a"], int)
    assert_type(b"a" in lookup, bool)
    assert_type(lookup.get(b"a"), int | None)
    assert_type(lookup.get(b"a", 0), int)
    assert_type(lookup.get(b"a", "none"), int | str)
    assert_type(lookup.get_key_value(b"a"), tuple[str, int] | None)
    assert_type(lookup.entry(b"a"), Entry[str, int])
    assert_type(lookup.entry(b"a").or_insert(1), int)
    assert_type(lookup.pop(b"a"), int)
    assert_type(lookup.pop(b"a", 0), int)
    assert_type(lookup.pop(b"a", None), int | None)


def refused(m: HashMap[str, int], lines: HashMap[bytes, int], lookup: Lookup[bytes, str, int]) -> None:
    lookup["a"]  # E: mypy[index] plugin[index] pyright[reportArgumentType]
    lookup.get("a")  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType]
    lookup.get("a", 0)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    lookup.get_key_value("a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lookup.entry("a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lookup.pop("a")  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType]
    lookup.pop("a", 0)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    lookup[b"a"] = 1  # E: mypy[index] plugin[index] pyright[reportIndexIssue]
    del lookup[b"a"]  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportIndexIssue]
    for _ in lookup:  # E: mypy[misc] plugin[misc] pyright[reportGeneralTypeIssues,reportUnknownVariableType]
        pass
    len(lookup)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.by(len)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.by(prefixed(b"_"))  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lines.by(ShortKey)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.by("_")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lines.by(slices_of(b".."))["a"]  # E: mypy[index] plugin[index] pyright[reportArgumentType]


def adapters() -> None:
    assert_type(prefixed("_")("x"), Concat[str])
    assert_type(prefixed(b"_")(b"x"), Concat[bytes])
    assert_type(slices_of("text")(slice(1, 2)), Slice[str])
    assert_type(slices_of(b"text")(slice(1, 2)), Slice[bytes])
    prefixed(1)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    prefixed("_")(b"x")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    prefixed(b"_")("x")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    slices_of(1)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    slices_of("text")(1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def is_made_by_a_map(m: HashMap[str, int]) -> None:
    Lookup(m, str)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]

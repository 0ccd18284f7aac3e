"""Concat and Slice, the views that keyview ships."""

from __future__ import annotations

from typing_extensions import assert_type

from keyview import Concat, HashMap, KeyView, Slice


def concat(m: HashMap[str, int], lines: HashMap[bytes, int], page: memoryview) -> None:
    assert_type(Concat("_", "hello"), Concat[str])
    assert_type(Concat(b"GET ", page), Concat[bytes])
    assert_type(Concat(bytearray(b"GET "), page, b"\n"), Concat[bytes])
    assert_type(Concat("a").__key__(), str)
    assert_type(Concat(b"a").__key__(), bytes)
    assert_type(m[Concat("_", "hello")], int)
    assert_type(lines.get(Concat(b"GET ", page)), int | None)
    assert_type(m.entry(Concat("_", "hello")).or_insert(1), int)


def concat_refused(m: HashMap[str, int], lines: HashMap[bytes, int]) -> None:
    Concat()  # E: mypy[call-overload] plugin[call-overload] pyright[reportCallIssue]
    Concat("a", b"b")  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    Concat(b"a", "b")  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    Concat(1)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    m[Concat(b"a")]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    lines.get(Concat("a"))  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def slices(m: HashMap[str, int], lines: HashMap[bytes, int], page: memoryview) -> None:
    assert_type(Slice("text", 0, 2), Slice[str])
    assert_type(Slice(page, None, -1), Slice[bytes])
    assert_type(Slice(bytearray(b"text"), 1, None), Slice[bytes])
    assert_type(Slice("text", 0, 2).__key__(), str)
    assert_type(Slice(b"text", 0, 2).__key__(), bytes)
    assert_type(m[Slice("text", 0, 2)], int)
    assert_type(lines.get(Slice(page, 0, 2)), int | None)


def slices_refused(m: HashMap[str, int], lines: HashMap[bytes, int]) -> None:
    Slice("text")  # E: mypy[call-overload] plugin[call-overload] pyright[reportCallIssue]
    Slice("text", "a", "b")  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    Slice(1, 0, 1)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    m[Slice(b"text", 0, 2)]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    lines.get(Slice("text", 0, 2))  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def both_are_views() -> None:
    text: list[KeyView[str]] = [Concat("a", "b"), Slice("ab", 0, 1)]
    data: list[KeyView[bytes]] = [Concat(b"a", b"b"), Slice(b"ab", 0, 1)]
    wrong: KeyView[str] = Concat(b"a")  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    del text, data, wrong


class Subclassed(Concat[str]):  # E: mypy[misc] plugin[misc] pyright[reportGeneralTypeIssues]
    """The views that keyview ships are final."""

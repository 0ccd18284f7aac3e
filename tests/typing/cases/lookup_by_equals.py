"""Looking up by what can be equal to a key, though only the plugin knows: plain types cannot say it."""

from __future__ import annotations

from typing_extensions import assert_type

from keyview import Borrow, HashMap, KeyView


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Host(Borrow[str]):
    """A key that may be found by a `str`."""

    def __init__(self, name: str) -> None:
        self.name = name.lower()

    def __borrow__(self) -> str:
        return self.name


def an_optional_key(m: HashMap[str, int], maybe: str | None, either: str | bytes) -> None:
    assert_type(m.get(maybe), int | None)  # E: mypy[arg-type] pyright[reportArgumentType]
    assert_type(m.get(maybe, 0), int)  # E: mypy[arg-type] pyright[reportArgumentType,reportAssertTypeFailure,reportCallIssue]
    assert_type(m.get(maybe, "none"), int | str)  # E: mypy[arg-type] pyright[reportArgumentType,reportAssertTypeFailure,reportCallIssue]
    assert_type(m.get(either), int | None)  # E: mypy[arg-type] pyright[reportArgumentType]
    assert_type(m[either], int)  # E: mypy[index] pyright[reportArgumentType]
    assert_type(m.pop(maybe, None), int | None)  # E: mypy[arg-type] pyright[reportArgumentType,reportAssertTypeFailure,reportCallIssue]
    assert_type(m.get_many("a", maybe), tuple[int | None, ...])  # E: mypy[arg-type] pyright[reportArgumentType]


def a_supertype(m: HashMap[str, int], anything: object) -> None:
    assert_type(m.get(anything), int | None)  # E: mypy[assert-type,call-overload] pyright[reportArgumentType]


def a_memoryview(m: HashMap[bytes, int], window: memoryview) -> None:
    assert_type(m[window], int)  # E: mypy[index] pyright[reportArgumentType]
    assert_type(m.get(window), int | None)  # E: mypy[assert-type,call-overload] pyright[reportArgumentType]
    assert_type(m.get_key_value(window), tuple[bytes, int] | None)  # E: mypy[arg-type] pyright[reportArgumentType]
    assert_type(m.pop(window), int)  # E: mypy[assert-type,call-overload] pyright[reportArgumentType]
    assert_type(m.entry(window).or_insert(0), int)  # E: mypy[arg-type] pyright[reportArgumentType]
    assert_type(window in m, bool)
    del m[window]  # E: mypy[arg-type] pyright[reportArgumentType]


def tuples_of_views(m: HashMap[tuple[str, int], bool], request: HashMap[tuple[bytes, bytes], int]) -> None:
    assert_type(m[ShortKey("a"), 3], bool)  # E: mypy[index] pyright[reportArgumentType]
    assert_type(m.get((ShortKey("a"), 3)), bool | None)  # E: mypy[arg-type] pyright[reportArgumentType]
    assert_type(m.entry((ShortKey("a"), 3)).or_insert(True), bool)  # E: mypy[arg-type] pyright[reportArgumentType]
    assert_type((ShortKey("a"), 3) in m, bool)  # E: mypy[comparison-overlap]
    assert_type(request[memoryview(b"GET"), memoryview(b"/")], int)  # E: mypy[index] pyright[reportArgumentType]
    m[ShortKey("a"), "3"]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    m[ShortKey("a"), 3, 4]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    m[3, ShortKey("a")]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]


def borrowed(ports: HashMap[Host, int]) -> None:
    assert_type(ports[Host("example")], int)
    assert_type(ports["example"], int)  # E: mypy[index] pyright[reportArgumentType]
    assert_type(ports.get("example"), int | None)  # E: mypy[assert-type,call-overload] pyright[reportArgumentType]
    assert_type(ports.pop("example"), int)  # E: mypy[assert-type,call-overload] pyright[reportArgumentType]
    assert_type(ports.remove_entry("example"), tuple[Host, int])  # E: mypy[arg-type] pyright[reportArgumentType]
    assert_type("example" in ports, bool)
    del ports["example"]  # E: mypy[arg-type] pyright[reportArgumentType]
    ports[1]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    ports.get(b"example")  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]
    assert_type(1 in ports, bool)  # E: plugin[key-view]


def equal_numbers(m: HashMap[int, str], ratio: float) -> None:
    assert_type(m[True], str)
    assert_type(m.get(ratio), str | None)  # E: mypy[assert-type,call-overload] pyright[reportArgumentType]
    assert_type(m[1.0], str)  # E: mypy[index] pyright[reportArgumentType]

"""Lookup: a map looked up through an adapter."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

from keyview import Concat, Entry, HashMap, KeyView, Lookup, Occupied, Slice, prefixed, slices_of


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


def by_a_lambda(m: HashMap[str, int], pairs: HashMap[tuple[str, int], bytes]) -> None:
    lower = m.by(lambda text: text.lower())  # E: pyrefly[implicit-any-lambda]
    assert_type(lower, Lookup[str, str, int])  # E: mypy[assert-type] ty[type-assertion-failure] pyrefly[assert-type]
    assert_type(lower["A"], int)  # E: mypy[assert-type]
    assert_type(m.by(lambda rest: ShortKey(rest)).get("a"), int | None)  # E: mypy[assert-type] pyrefly[implicit-any-lambda]
    assert_type(pairs.by(lambda pair: (pair[0].lower(), pair[1]))["A", 1], bytes)  # E: mypy[assert-type] pyrefly[implicit-any-lambda]
    lower[1]  # E: plugin[index] pyright[reportArgumentType] ty[accepted] pyrefly[accepted]
    m.by(lambda text: text.nothing())  # E: plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownLambdaType,reportUnknownMemberType] ty[accepted] pyrefly[implicit-any-lambda]


def by_the_class_of_the_keys(m: HashMap[str, int], numbers: HashMap[int, str]) -> None:
    assert_type(m.by(str), Lookup[Any, str, int])
    assert_type(m.by(str)[1], int)
    assert_type(numbers.by(int)["5"], str)
    assert_type(numbers.by(int)[5], str)


def by_a_function_that_takes_more_than_a_key(m: HashMap[str, int]) -> None:
    def text(number: int) -> str:
        return str(number)

    def shown(thing: object) -> str:
        return str(thing)

    assert_type(m.by(text), Lookup[int, str, int])
    assert_type(m.by(shown), Lookup[object, str, int])  # E: mypy[assert-type] pyright[reportAssertTypeFailure]
    assert_type(m.by(shown)["a"], int)
    m.by(shown)[1]  # E: mypy[index] pyright[reportArgumentType]


def a_lookup_may_be_asked_for_less(m: Lookup[object, str, int]) -> Lookup[int, str, int]:
    return m


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
    assert_type(lookup.get(b"a", "none"), int | str)  # E: ty[type-assertion-failure]
    assert_type(lookup.get_key_value(b"a"), tuple[str, int] | None)
    assert_type(lookup.entry(b"a"), Entry[str, int])
    assert_type(lookup.entry(b"a").or_insert(1), int)
    lookup[b"a"] = 1
    del lookup[b"a"]
    assert_type(lookup.get_entry(b"a"), Occupied[str, int] | None)
    assert_type(lookup.get_many(b"a", b"b"), tuple[int | None, ...])
    assert_type(lookup.setdefault(b"a", 1), int)
    assert_type(lookup.insert(b"a", 1), int | None)
    assert_type(lookup.try_insert(b"a", 1), int)
    assert_type(lookup.get_or_insert_with(b"a", int), int)
    assert_type(lookup.merge(b"a", 1, max), int)
    assert_type(lookup.index_of(b"a"), int)
    assert_type(lookup.move_to_end(b"a", last=False), None)
    assert_type(lookup.remove_entry(b"a"), tuple[str, int])
    assert_type(lookup.swap_remove(b"a"), int)
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
    lookup["a"] = 1  # E: mypy[index] plugin[index] pyright[reportArgumentType]
    lookup[b"a"] = "1"  # E: mypy[assignment] plugin[assignment] pyright[reportArgumentType]
    del lookup["a"]  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lookup.get_entry("a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lookup.get_many(b"a", "a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lookup.merge("a", 1, max)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lookup.move_to_end("a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lookup.pop("a", 0)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    for _ in lookup:  # E: mypy[misc] plugin[misc] pyright[reportGeneralTypeIssues,reportUnknownVariableType]
        pass
    len(lookup)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.by(len)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType,reportCallIssue]
    m.by(prefixed(b"_"))  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType,reportCallIssue]
    lines.by(ShortKey)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType,reportCallIssue]
    m.by("_")  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
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

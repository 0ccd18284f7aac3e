"""Making a HashMap."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from typing_extensions import assert_type

from keyview import HashMap


def from_nothing() -> None:
    assert_type(HashMap[str, int](), HashMap[str, int])
    declared: HashMap[str, list[int]] = HashMap()
    assert_type(declared, HashMap[str, list[int]])
    bare = HashMap()  # E: mypy[var-annotated] plugin[var-annotated] pyright[reportUnknownVariableType] ty[accepted] pyrefly[accepted]
    del bare


def from_a_mapping(mapping: Mapping[str, bytes], words: list[str]) -> None:
    assert_type(HashMap({"a": 1}), HashMap[str, int])
    assert_type(HashMap({1: "a"}), HashMap[int, str])
    assert_type(HashMap(mapping), HashMap[str, bytes])
    ordered: OrderedDict[str, int] = OrderedDict()
    assert_type(HashMap(ordered), HashMap[str, int])
    assert_type(HashMap(HashMap({"a": 1})), HashMap[str, int])
    assert_type(HashMap({word: len(word) for word in words}), HashMap[str, int])
    widened: HashMap[str, int | None] = HashMap({"a": 1})
    assert_type(widened, HashMap[str, int | None])
    nested: HashMap[str, list[int]] = HashMap({"a": []})
    assert_type(nested, HashMap[str, list[int]])


def from_pairs(pairs: Iterable[tuple[bytes, int]], words: list[str]) -> None:
    declared: HashMap[str, int] = HashMap([("a", 1), ("b", 2)])
    assert_type(declared, HashMap[str, int])
    # pyright keeps the literals: HashMap[Literal["a"], Literal[1]]. So it does for dict.
    assert_type(HashMap([("a", 1)]), HashMap[str, int])  # E: pyright[reportAssertTypeFailure] ty[accepted] pyrefly[accepted]
    assert_type(dict([("a", 1)]), dict[str, int])  # E: pyright[reportAssertTypeFailure] ty[accepted] pyrefly[accepted]
    assert_type(HashMap(pairs), HashMap[bytes, int])
    assert_type(HashMap(zip(words, range(3), strict=False)), HashMap[str, int])
    assert_type(HashMap((len(word), word) for word in words), HashMap[int, str])
    assert_type(HashMap(enumerate(words)), HashMap[int, str])


def from_keywords(pairs: Iterable[tuple[str, int]]) -> None:
    assert_type(HashMap(a=1), HashMap[str, int])
    assert_type(HashMap({"a": 1}, b=2), HashMap[str, int])
    assert_type(HashMap(pairs, b=2), HashMap[str, int])


def with_a_default_factory(pairs: Iterable[tuple[str, int]]) -> None:
    lists: HashMap[str, list[int]] = HashMap(default_factory=list)
    assert_type(lists, HashMap[str, list[int]])
    assert_type(HashMap[str, int](default_factory=int), HashMap[str, int])
    assert_type(HashMap({"a": 1}, default_factory=int), HashMap[str, int])
    assert_type(HashMap(pairs, default_factory=int), HashMap[str, int])
    assert_type(HashMap([("a", 1)], default_factory=int, b=2), HashMap[str, int])
    assert_type(HashMap(a=1, default_factory=int), HashMap[str, int])
    none: HashMap[str, int] = HashMap(default_factory=None)
    assert_type(none.default_factory is None, bool)


def class_methods(words: list[str], pairs: Iterable[tuple[int, str]]) -> None:
    assert_type(HashMap.fromkeys(words), HashMap[str, Any | None])
    assert_type(HashMap.fromkeys(words, 0), HashMap[str, int])
    assert_type(HashMap.grouped(pairs), HashMap[int, list[str]])
    assert_type(HashMap.grouped((len(word), word) for word in words), HashMap[int, list[str]])
    assert_type(HashMap.counted(words), HashMap[str, int])
    assert_type(HashMap.counted("abracadabra"), HashMap[str, int])  # E: pyrefly[assert-type]
    assert_type(HashMap.grouped(words, key=len), HashMap[int, list[str]])
    assert_type(HashMap.counted(words, key=len), HashMap[int, int])
    assert_type(HashMap.reduced(pairs, max), HashMap[int, str])
    assert_type(HashMap.reduced(words, max, key=len), HashMap[int, str])
    assert_type(HashMap.merged([HashMap.counted(words), {"a": 1}], max), HashMap[str, int])
    assert_type(HashMap[str, int].with_capacity(100), HashMap[str, int])
    roomy: HashMap[str, int] = HashMap.with_capacity(100)  # E: pyright[reportUnknownVariableType] ty[accepted] pyrefly[accepted]
    assert_type(roomy, HashMap[str, int])


def copies(m: HashMap[str, int]) -> None:
    assert_type(m.copy(), HashMap[str, int])


def refused(words: list[str]) -> None:
    HashMap(5)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    HashMap([1, 2])  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType,reportCallIssue]
    HashMap([("a", 1, 2)])  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType,reportCallIssue]
    HashMap({1: "one"}, two="two")  # E: mypy[dict-item] plugin[dict-item] pyright[reportArgumentType,reportCallIssue]
    HashMap({"a": 1}, {"b": 2})  # E: mypy[call-overload] plugin[call-overload] pyright[reportCallIssue]
    HashMap({"a": 1}, default_factory=5)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]
    numbers: HashMap[str, int] = HashMap({"a": "one"})  # E: mypy[dict-item] plugin[dict-item] pyright[reportAssignmentType]
    by_number: HashMap[int, str] = HashMap(one="one")  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    lists: HashMap[str, int] = HashMap(default_factory=list)  # E: mypy[arg-type] plugin[arg-type] pyright[reportAssignmentType,reportUnknownVariableType]
    HashMap.grouped(words)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    HashMap.counted(5)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType]
    HashMap.reduced([("a", 1)], len)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    HashMap.merged([HashMap.counted(words)], len)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    HashMap.with_capacity("100")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    del numbers, by_number, lists

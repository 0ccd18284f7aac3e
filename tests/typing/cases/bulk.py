"""Whole maps at once: update, update_with, and room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import add

from typing_extensions import assert_type

from keyview import HashMap


def update(m: HashMap[str, int], mapping: Mapping[str, int], pairs: Iterable[tuple[str, int]]) -> None:
    assert_type(m.update(mapping), None)
    m.update(pairs)
    m.update(m)
    m.update({"a": 1}, b=2)
    m.update([("a", 1)], b=2)
    m.update(a=1)
    m.update()
    m.update({1: 1})  # E: mypy[dict-item] plugin[dict-item] pyright[reportArgumentType,reportCallIssue]
    m.update({"a": "one"})  # E: mypy[dict-item] plugin[dict-item] pyright[reportArgumentType,reportCallIssue]
    m.update(a="one")  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType]
    m.update([1, 2])  # E: mypy[list-item] plugin[list-item] pyright[reportArgumentType,reportCallIssue]
    m.update(5)  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType,reportCallIssue]


def update_by_keywords_needs_str_keys(m: HashMap[int, str]) -> None:
    m.update({1: "one"})
    m.update(one="one")  # E: mypy[call-overload] plugin[call-overload] pyright[reportCallIssue]
    m.update({1: "one"}, two="two")  # E: mypy[call-overload] plugin[call-overload] pyright[reportCallIssue]


def update_with(m: HashMap[str, int], lists: HashMap[str, list[int]], pairs: Iterable[tuple[str, int]]) -> None:
    assert_type(m.update_with({"a": 1}, add), None)
    m.update_with(pairs, max)
    m.update_with(m, lambda old, new: old - new)
    lists.update_with({"a": [1]}, lambda old, new: old + new)
    m.update_with({1: 1}, add)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.update_with({"a": "one"}, add)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.update_with({"a": 1}, lambda old, new: str(old + new))  # E: mypy[arg-type,return-value] plugin[arg-type,return-value] pyright[reportArgumentType]
    m.update_with({"a": 1})  # E: mypy[call-arg] plugin[call-arg] pyright[reportCallIssue]


def room(m: HashMap[str, int]) -> None:
    assert_type(m.capacity, int)
    assert_type(m.reserve(100), None)
    assert_type(m.shrink_to_fit(), None)
    m.reserve("100")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.capacity = 5  # E: mypy[misc] plugin[misc] pyright[reportAttributeAccessIssue]


def default_factory(m: HashMap[str, list[int]]) -> None:
    assert_type(m.default_factory, Callable[[], list[int]] | None)
    m.default_factory = list
    m.default_factory = None
    m.default_factory = str  # E: mypy[assignment] plugin[assignment] pyright[reportAttributeAccessIssue]
    m.default_factory = 5  # E: mypy[assignment] plugin[assignment] pyright[reportAttributeAccessIssue]

"""The operators between a HashMap and other mappings."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping

from typing_extensions import assert_type

from keyview import HashMap


def union(m: HashMap[str, int], mapping: Mapping[str, int]) -> None:
    assert_type(m | m, HashMap[str, int])
    assert_type(m | {"b": 2}, HashMap[str, int])
    assert_type(m | mapping, HashMap[str, int])
    assert_type({"b": 2} | m, HashMap[str, int])
    assert_type(OrderedDict(b=2) | m, HashMap[str, int])
    assert_type(mapping | m, HashMap[str, int])


def union_with_wider_types(m: HashMap[str, int], other: HashMap[bytes, float]) -> None:
    assert_type(m | other, HashMap[str | bytes, int | float])
    assert_type(m | {1: None}, HashMap[str | int, int | None])  # E: ty[type-assertion-failure]
    assert_type({1: None} | m, HashMap[str | int, int | None])  # E: ty[type-assertion-failure]


def update_in_place(m: HashMap[str, int], mapping: Mapping[str, int]) -> None:
    m |= {"b": 2}
    m |= mapping
    m |= [("b", 2)]
    assert_type(m, HashMap[str, int])
    m |= {1: 2}  # E: mypy[arg-type] plugin[arg-type] pyright[reportAssignmentType]
    m |= {"b": "two"}  # E: mypy[arg-type] plugin[arg-type] pyright[reportAssignmentType]
    m |= [1, 2]  # E: mypy[list-item] plugin[list-item] pyright[reportOperatorIssue,reportUnknownVariableType]


def equality(m: HashMap[str, int], mapping: Mapping[str, int]) -> None:
    assert_type(m == mapping, bool)
    assert_type(m == {"a": 1}, bool)
    assert_type(m != HashMap(a=1), bool)


def refused(m: HashMap[str, int]) -> None:
    m | [("b", 2)]  # E: mypy[operator] plugin[operator] pyright[reportOperatorIssue,reportUnusedExpression]
    [("b", 2)] | m  # E: mypy[operator] plugin[operator] pyright[reportOperatorIssue,reportUnusedExpression]
    m < m  # E: mypy[operator] plugin[operator] pyright[reportOperatorIssue,reportUnusedExpression]
    hashable: Hashable = m  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    del hashable

"""What is read off the body of an `__eq__`, against what its instances really say."""

from __future__ import annotations

from itertools import product
from typing import Any

from keyview.mypy.facts.relation import Kind
from tests.mypy.law.equality import CLASSES, Friend, Stranger
from tests.mypy.law.test_law import verdict

#: Values to compare with, by their types.
OTHERS: dict[str, list[object]] = {
    "str": ["", "a"],
    "e.Friend": [Friend(), Friend("")],
    "e.Stranger": [Stranger(), Stranger("")],
    "int": [0, 1],
    "float": [1.0],
    "None": [None],
    "frozenset[int]": [frozenset(), frozenset([1])],
}


def test_each_is_read() -> None:
    read = {
        cls: (
            verdict(f"e.{cls.__name__}", "str").kind,
            verdict("e.Friend", f"e.{cls.__name__}").kind,
        )
        for cls in CLASSES
    }
    assert {cls: found for cls, found in read.items() if found != CLASSES[cls]} == {}


def test_never_is_never_and_what_is_admitted_is_equal() -> None:
    """Of every pair of a class and another type, and of every pair of the classes."""
    wrong: list[tuple[str, str, Kind]] = []
    made = {f"e.{cls.__name__}": [cls(), cls("")] for cls in CLASSES}
    for one, other in product(made, OTHERS | made):
        if one == other:
            continue
        kind = verdict(one, other, hashed=False).kind
        is_equal = any(
            map(are_equal, *zip(*product(made[one], (OTHERS | made)[other]), strict=True))
        )
        if kind is Kind.NEVER and is_equal:
            wrong.append((one, other, kind))
        if kind is Kind.ADMITTED and other in OTHERS and not is_equal:
            wrong.append((one, other, kind))
    assert wrong == []


def are_equal(left: Any, right: Any) -> bool:
    """Whether a lookup would find the one by the other, whichever is stored."""
    found = False
    for one, other in ((left, right), (right, left)):
        try:
            found = found or bool(one == other)
        except (TypeError, AssertionError):
            continue
    return found

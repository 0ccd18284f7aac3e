"""mypy checks some expressions more than once, or in vain: a lookup is reported once, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload
from uuid import UUID

from typing_extensions import assert_type

from keyview import HashMap, KeyView


class ShortKey(KeyView[str]):
    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


@overload
def pick(value: int) -> int: ...
@overload
def pick(value: None) -> str: ...
def pick(value: int | None) -> int | str:
    return value or ""


@overload
def with_key(function: Callable[[str], object]) -> str: ...
@overload
def with_key(function: Callable[[int, int], object]) -> int: ...
def with_key(function: object) -> object:
    return function


def apply(function: Callable[[str], object], more: Callable[[int], object]) -> None: ...


def overloads(
    m: HashMap[str, int], pairs: HashMap[tuple[str, int], int], maybe: str | None
) -> None:
    assert_type(m.get(maybe), int | None)
    assert_type(m.get(maybe, "x"), int | str)
    assert_type(m.pop(maybe, "x"), int | str)
    assert_type(m.get(1, 2), Any)  # E: plugin[key-view]
    pick(m.get(1, 0))  # E: plugin[key-view]
    pick(m[1])  # E: plugin[key-view]
    pick(1 in m)  # E: plugin[key-view]
    assert_type(pick(m["a"]), int)
    assert_type(pick((ShortKey("a"), 1) in pairs), int)
    print(m.get(1) if maybe else m.get("a"))  # E: plugin[key-view]
    print([m.get(n) for n in range(3)])  # E: plugin[key-view]
    for _ in range(2):
        m.get(1)  # E: plugin[key-view]


def operands(d: dict[str, str], nested: dict[str, dict[str, int]], s: set[str], k: bytes) -> None:
    """mypy checks the left operand of `in` once more, at the place where the comparison begins."""
    assert_type(d[k] in s, bool)  # E: plugin[index]
    assert_type(d[k].lower() in s or d["a"] in s, bool)  # E: plugin[index]
    assert_type(nested[k]["a"] in {1}, bool)  # E: plugin[index]
    assert_type(nested[k][k] in {1}, bool)  # E: plugin[index] plugin[index]
    assert_type(nested["a"].get(k) in {1}, bool)  # E: plugin[call-overload]
    nested[k]["a"] += 1  # E: plugin[index]
    nested[k][k] += 1  # E: plugin[index] plugin[index]


def lambdas(m: HashMap[str, int]) -> None:
    apply(lambda text: m.get(text), lambda number: m.get(str(number)))
    with_key(lambda text: m.get(text))
    with_key(lambda left, right: m.get(str(left + right)))
    apply(m.get_entry, m.get_entry)  # E: plugin[arg-type]
    sorted([3, 1], key=lambda number: m[number])  # E: plugin[key-view]
    list(map(lambda number: m.get(number), [1]))  # E: plugin[key-view]


def where_mypy_is_silent(d: dict[str, int], asked: list[UUID]) -> None:
    assert_type(list(filter(lambda x: x in d, asked)), list[UUID])  # E: plugin[key-view]
    assert_type(sum(1 for one in asked if one in d), int)  # E: plugin[key-view]
    assert_type(max(asked, key=lambda one: one in d), UUID)  # E: plugin[key-view]


def unbound(m: HashMap[str, int]) -> None:
    get = m.get
    get("a")
    get(1)  # E: plugin[call-overload]


def star(m: HashMap[str, int], asked: list[int], texts: list[str]) -> None:
    m.get_many(*texts)
    m.get_many("a", b"b")  # E: plugin[key-view]
    m.get_many("a", *asked)  # E: plugin[key-view]


def silenced(m: HashMap[str, int]) -> None:
    m.get(1)  # type: ignore[key-view]
    1 in m  # type: ignore[key-view]
    m[1]  # type: ignore


def never_runs(k: int, ks: list[int], d: dict[str, int], s: set[str], u: UUID) -> bool:
    """As far as mypy knows; what it drops there, the plugin does not say past it."""
    isinstance(k, str) and k in d
    isinstance(k, int) or u in s
    isinstance(k, str) and (s or (k in d and s))
    [q for q in ks if isinstance(q, str) and q in d]
    (
        isinstance(k, str) and list(filter(lambda one: one in s, [u]))
    ) or u in s  # E: plugin[key-view]
    d if s else u in s  # E: plugin[key-view]
    return k in d if isinstance(k, str) else False

"""Whatever is a HashMap is looked up as one: subclasses, unions, optionals, type variables, attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from typing_extensions import Self, assert_type

from keyview import HashMap, KeyView

K = TypeVar("K")
M = TypeVar("M", bound=HashMap[str, int])
C = TypeVar("C", int, str)


class Registry(HashMap[str, int]):
    def own(self) -> None:
        self.get(1)  # E: plugin[key-view]
        self.get("a")

    def fluent(self) -> Self:
        # mypy asks no plugin about a method of a type variable, which Self is: its own word stands.
        self.get_entry(b"a")  # E: plugin[arg-type]
        return self


class Tagged(HashMap[tuple[str, K], int]): ...


class ById(HashMap[int, str]):
    def get_key_value(self, query: object, /) -> tuple[int, str] | None:
        """An override is its author's business."""
        return None


class Holder:
    index: HashMap[str, int]

    def lookup(self) -> None:
        self.index[1]  # E: plugin[key-view]


def subclasses(registry: Registry, tagged: Tagged[int], by_id: ById) -> None:
    registry[1]  # E: plugin[key-view]
    registry["a"]
    tagged["a", 1]
    tagged["a", "b"]  # E: plugin[key-view]
    by_id.get_key_value("anything")
    by_id.get_entry("anything")  # E: plugin[key-view]


def unions(
    either: HashMap[str, int] | HashMap[bytes, int],
    foreign: HashMap[str, int] | dict[int, int],
    optional: HashMap[str, int] | None,
    unknown: dict[str, int] | Any,
    anything: Any,
) -> None:
    either["a"]
    either[b"a"]
    either[1]  # E: plugin[key-view]
    1 in either  # E: plugin[key-view]
    either.get(1)  # E: plugin[key-view]
    b"a" in either
    assert_type(either.get("a"), int | None)
    1 in foreign
    # What is Any may find it, and mypy's own verdict of the rest stands.
    unknown.get(1)  # E: plugin[call-overload]
    unknown.get("a")
    result = next(anything, {}).get("a", {})  # E: plugin[call-overload]
    assert_type(result, Any)
    1 in unknown
    if optional is not None:
        optional[1]  # E: plugin[key-view]
    (optional or Registry())[1]  # E: plugin[key-view]


def variables(bound: M, unknown: HashMap[K, int], key: K, anything: HashMap[Any, int]) -> None:
    bound.get_entry(1)  # E: plugin[arg-type]
    unknown.get(key)
    unknown.get("a")
    unknown["a"]
    anything[1]


def constrained(m: HashMap[C, int], key: C) -> None:
    m[key]
    m.get(key)
    m[1]
    "a" in m
    m[b"a"]  # E: plugin[key-view]
    m.get(b"a")  # E: plugin[key-view]


def operators(m: HashMap[str, int]) -> None:
    1 in m  # E: plugin[key-view]
    1 not in m  # E: plugin[key-view]
    "a" in m
    del m[1]  # E: plugin[key-view]
    m[1] = 1  # E: plugin[index]
    m["a"] += 1
    m[1] += 1  # E: plugin[key-view] plugin[index]


class ShortKey(KeyView[str]):
    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


def views_in_tuples(
    m: HashMap[tuple[str, int], int], deep: HashMap[tuple[tuple[str], int], int]
) -> None:
    (ShortKey("a"), 1) in m
    (1, ShortKey("a")) in m  # E: plugin[key-view]
    m[ShortKey("a"), 1]
    m.get((ShortKey("a"), "b"))  # E: plugin[key-view]
    m.entry((ShortKey("a"), 1)).or_insert(1)
    deep[(ShortKey("a"),), 1]
    deep[(1,), 1]  # E: plugin[key-view]


def patterns(m: HashMap[str, int]) -> None:
    match m:
        case {1: _}:  # E: plugin[key-view]
            pass
        case {"a": _}:
            pass


def through_an_adapter(m: HashMap[str, int], maybe: str | None) -> None:
    1 in m.by(ShortKey)  # E: plugin[key-view]
    "a" in m.by(ShortKey)
    maybe in m.by(ShortKey)
    m.by(ShortKey)[1]  # E: plugin[index]
    m.index_of(1)  # E: plugin[key-view]
    m.move_to_end(b"a", last=False)  # E: plugin[key-view]
    m.swap_remove(1)  # E: plugin[key-view]
    m.move_to_end(ShortKey("a"))
    m.by(ShortKey).move_to_end(1)  # E: plugin[arg-type]
    m.by(lambda rest: ShortKey(rest))["a"]
    m.by(lambda rest: ShortKey(rest))[1]  # E: plugin[index]


def f(o: object) -> int:
    return 0


def functions(m: HashMap[Callable[[int], int], str], g: Callable[[str], int], n: int) -> None:
    """One function may be of both types."""
    m.get(f)
    m.get(g)
    m.get(len)
    m.get(n)  # E: plugin[key-view]

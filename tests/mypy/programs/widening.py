"""Types that grow while mypy goes round a loop, or differ from one way through to another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, TypeVarTuple, Unpack

C = TypeVar("C", int, str)
Ts = TypeVarTuple("Ts")


def loops(texts: list[str], d: dict[str, int]) -> None:
    previous = None
    for text in texts:
        previous in d
        {"a"} - {previous}
        {"a"} & {previous}
        d.get(previous)
        (previous, 1) in {("a", 1)}
        previous = text
    number = None
    for _ in texts:
        number in d.values()
        {"a"} & {number}  # E: plugin[refused]
        number = 1
    while number:
        if number in {"a", 2}:
            number = None


def ways(d: dict[str, int], maybe: str | None) -> None:
    found = None
    try:
        found = "a"
        d[found]
    finally:
        {"a"} & {found}
        d.get(found)
        {1} & {found}  # E: plugin[refused]
        {"a"}.isdisjoint([d[1]])  # E: plugin[index,key-view]
    if maybe is None:
        maybe in d  # E: plugin[refused]
        return
    maybe in d


def variants(one: C, d: dict[C, int], s: set[C]) -> None:
    d[one]
    one in d
    1 in d
    "a" in s
    s & {1}
    s & {b"a"}  # E: plugin[refused]


def variadic(*args: Unpack[Ts]) -> tuple[Unpack[Ts]]:
    args in {args: 1}
    1 in args
    {args: 1}.get(args)
    {("a", *args): 1}.get(("a", *args))
    return args


Nested = str | tuple["Nested", ...]
Tree = dict[str, "Tree"] | list["Tree"] | int


class Ring(frozenset["Ring"]): ...


def recursive(
    nested: Nested, by_nested: dict[Nested, int], tree: Tree, trees: list[Tree], ring: Ring
) -> None:
    by_nested[nested]
    by_nested.get(("a", ("b",)))
    by_nested.get(1)  # E: plugin[refused]
    nested in by_nested
    tree in trees
    trees.index(tree)
    trees.count({"a": tree})
    ring in ring
    ring in {ring: 1}
    isinstance(tree, dict) and ("a", tree) in tree.items()


def lambdas(texts: Iterable[str], d: dict[str, int]) -> None:
    sorted(texts, key=lambda text: d[text])
    sorted(texts, key=lambda text: (text in d, d.get(text)))
    sorted([1, 2], key=lambda number: number in d)  # E: plugin[refused]

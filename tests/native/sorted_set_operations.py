"""As `sorted_operations`, for a SortedSet: its operations and those of its ranges, with the ways to fail.

Each operation gets a set of 16 str, one full leaf, so that storing another element needs a larger leaf.
"""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

from keyview import HashSet, SortedSet, prefixed
from tests.kit.keys import ShortKey, Unbuildable, fail
from tests.kit.operations import uses
from tests.native.drawn import algebra, made, of_the_whole
from tests.native.sorted_operations import CHANGES, Ordered, Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OPERATIONS", "QUERIES", "SEQUENCES", "make"]


def make() -> Any:
    """A set of objects to which only the set has references, so that a leak of one is seen."""
    return SortedSet(["".join(["_", "k", f"{n:02}"]) for n in range(16)])


def large() -> Any:
    return SortedSet([f"{n * 7919 % 1000:03}" for n in range(400)])


def of_objects() -> Any:
    return SortedSet([Ordered(n * 7 % 16) for n in range(16)])


def wanted(element: str) -> bool:
    return int(element[-1]) % 3 > 0


QUERIES: dict[str, Any] = {
    "present": "_k05",
    "absent": "x",
    "absent, of another class": Text("_k"),
    "number": 4.0,
    "view": ShortKey("k05"),
    "absent view": ShortKey("x"),
    "failing": Ordered(1, fail),
    "unbuildable": Unbuildable(),
}

#: Operations with one query.
USES: dict[str, Callable[[Any, Any], object]] = {
    **uses(of="SortedSet"),
    "in a range": lambda s, q: q in s.range("_k04", "_k09"),
}


#: Other sets and iterables. Each operation makes its own.
SOURCES: dict[str, Callable[[], Any]] = {
    "sorted set": lambda: SortedSet(["_k03", "_k05", "x"]),
    "large sorted set": large,
    "sorted set of objects": of_objects,
    "sorted set of texts": lambda: SortedSet([Text("_k05"), Text("x")]),
    "HashSet": lambda: HashSet(["_k05", "x"]),
    "set": lambda: {"_k05", "x", 4},
    "list": lambda: ["x", "_k05", "x"],
    "generator": lambda: (f"_k{n:02}" for n in range(10, 20)),
    "failing list": lambda: ["_k05", Ordered(1, fail)],
    "no iterable": lambda: 4,
}

NAMED = [
    *("union", "intersection", "difference", "symmetric_difference"),
    *("issubset", "issuperset", "isdisjoint"),
    *("intersection_update", "symmetric_difference_update"),
]
OPERATORS = ["or_", "and_", "sub", "xor", "iand", "ixor", "eq", "le", "lt", "ge", "gt"]

#: Operations on a range of the set.
RANGES: dict[str, Callable[[Any], object]] = {
    "len": len,
    "list": list,
    "reversed": lambda r: list(reversed(r)),
    "repr": repr,
    "at": lambda r: r.at(1),
    "at, beyond": lambda r: r.at(99),
    "ends": lambda r: (r.first(), r.last()),
    "neighbours": lambda r: [f("_k07") for f in (r.lower, r.floor, r.ceiling, r.higher)],
    "pop_first": lambda r: r.pop_first(),
    "pop_last": lambda r: r.pop_last(),
    "clear": lambda r: r.clear(),
    "drain": lambda r: list(r.drain()),
    "retain": lambda r: r.retain(wanted),
    "retain fails": lambda r: r.retain(fail),
    "extract_if": lambda r: list(r.extract_if(wanted)),
    "copy": copy.copy,
}

OPERATIONS: dict[str, Callable[[Any], object]] = {
    **{
        f"{name}, {kind}": (lambda s, use=use, query=query: use(s, query))  # type: ignore[misc]
        for name, use in USES.items()
        for kind, query in QUERIES.items()
    },
    **of_the_whole("SortedSet"),
    **made(SortedSet),
    **algebra(NAMED, OPERATORS, SOURCES, left={"_k05", "x"}),
    **{
        f"range, {name}": (lambda s, use=use: use(s.range("_k04", "_k09")))  # type: ignore[misc]
        for name, use in RANGES.items()
    },
    **{
        f"update, {kind}": (lambda s, of=of: s.update(of(), of()))  # type: ignore[misc]
        for kind, of in SOURCES.items()
    },
    **{
        f"update by difference of a {kind}": (lambda s, of=of: s.difference_update(of()))  # type: ignore[misc]
        for kind, of in SOURCES.items()
    },
    "without itself": lambda s: s.difference_update(s),
    "several": lambda s: (s.intersection(["_k01", "_k02"], {"_k01"}), s.difference([], ["x"])),
    "none": lambda s: (s.intersection(), s.union(), s.difference(), s.intersection_update()),
    "range of a prefix": lambda s: list(s.range(prefix="_k1")),
    "range of nothing that there is": lambda s: s.range(inclusive="middle"),
    "make": lambda s: [SortedSet(of()) for of in list(SOURCES.values())[:8]],
    "make of what does not compare": lambda s: SortedSet[Any]([1, "a"]),
    "make of no numbers": lambda s: SortedSet([float("nan")]),
    "make of tuples": lambda s: SortedSet([(1, "b"), (1, "a"), (0, "c")]),
    "make with too much": lambda s: type(s)(1, 2),
    "make by name": lambda s: type(s)(source=[]),
    "made by hand": lambda s: type(s.range())(),
    "objects": lambda s: (of_objects() | of_objects(), of_objects() ^ {Text("a")}),
    "grow": lambda s: s.update([f"{n * 7 % 1000:03}" for n in range(1000)]),
    "copy": lambda s: (s.copy(), copy.copy(large()), copy.deepcopy(s)),
    "pickle": lambda s: pickle.loads(pickle.dumps(s)),
    "split_off in a tree": lambda s: large().split_off("500"),
    "split_off everything": lambda s: s.split_off(""),
    "equal to a number": lambda s: (s == 5, s != s.copy()),
    "iterators": lambda s: (pickle.dumps(iter(s)), list(reversed(s)), repr(s)),
    "iterate and change": lambda s: [s.discard(element) for element in s],
    "ends": lambda s: (s.first(), s.last(), SortedSet[str]().first()),
    "pop of nothing": lambda s: SortedSet[str]().pop(),
    "retain": lambda s: s.retain(wanted),
    "retain changes": lambda s: s.retain(s.remove),
    "extract_if": lambda s: list(s.extract_if(wanted)),
    "extract_if changes": lambda s: list(s.extract_if(s.remove)),
    "positions": lambda s: (s.at(5), s.at(-1), large().at(300)),
    "positions, failing": lambda s: s.at("a"),
    "by a prefix": lambda s: s.by(prefixed("_")).get("k05"),
    "by a failing adapter": lambda s: s.by(fail).get("a"),
}


def meddled(s: Any, use: Callable[[Any, Any], object], change: Callable[[Any], object]) -> None:
    objects = of_objects()
    use(objects, Ordered(9, lambda: change(objects)))


def with_other(name: str) -> Callable[[Any, Any], object]:
    """An operation that calls a method with another sorted set, of one element."""
    return lambda objects, q: getattr(objects, name)(SortedSet([q]))


#: Changes of the set while an element is compared: those of a map, with other names.
SET_CHANGES: dict[str, Callable[[Any], object]] = {
    **{name: CHANGES[name] for name in ("fail", "clear")},
    "remove": lambda s: s.pop(),
    "insert": lambda s: s.add(Ordered(len(s) + 1000)),
}

SEQUENCES: dict[str, Callable[[Any], object]] = {
    **{
        f"{name} when comparing is to {kind}": (
            lambda s, use=use, change=change: meddled(s, use, change)  # type: ignore[misc]
        )
        for name, use in USES.items()
        for kind, change in SET_CHANGES.items()
    },
    **{
        f"{name} when comparing the other is to {kind}": (
            lambda s, name=name, change=change: meddled(s, with_other(name), change)  # type: ignore[misc]
        )
        for name in (*NAMED, "update", "difference_update")
        for kind, change in SET_CHANGES.items()
    },
}

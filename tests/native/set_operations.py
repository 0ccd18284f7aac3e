"""As `operations`, of a HashSet: all that can be asked of it and of its algebra, and the ways to fail.

Each operation gets a set of 5 elements, all that fit into its room, so that what it stores takes more.
"""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

from keyview import Concat, HashSet, SortedSet, prefixed
from tests.kit.keys import (
    UNLAWFUL,
    Running,
    RunningView,
    ShortKey,
    Text,
    Unbuildable,
    fail,
)
from tests.kit.operations import insertions, uses
from tests.native.drawn import algebra, made, of_the_whole

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OPERATIONS", "QUERIES", "SEQUENCES", "make"]


def make() -> Any:
    """A set of objects that are nobody else's: one that is never released is seen."""
    return HashSet(["".join(["a", "a"]), "".join(["_", "b"]), ("c", 3), 2**64, object()])


MANY = [f"{n * 7919 % 1000:03}" for n in range(400)]


def large() -> Any:
    """A set of many, every third of which is gone."""
    made = HashSet(MANY)
    made.difference_update(MANY[::3])
    return made


def running(change: Callable[[], object] = lambda: None) -> list[Any]:
    """Elements that compare with `"aa"` by Python code, which is run first."""
    return [Running(change, hash("aa")), Running(change, hash("aa"))]


QUERIES: dict[str, Any] = {
    "present": "aa",
    "absent": "x",
    "absent, of another class": Text("x"),
    "tuple": ("c", 3),
    "view": ShortKey("b"),
    "absent view": ShortKey("x"),
    "tuple with a view": (Concat("c"), 3),
    "absent tuple with a view": (Concat("c"), 4),
    "unhashable": [],
    "set": {"aa"},
    "failing": Running(fail, hash("aa")),
    "unbuildable": Unbuildable(),
    **{cls.__name__: cls("x") for cls in UNLAWFUL},
}

#: What another set, or any other iterable, may be. An operation makes its own.
SOURCES: dict[str, Callable[[], Any]] = {
    "HashSet": lambda: HashSet(["aa", "x", "y"]),
    "large HashSet": large,
    "HashSet of objects": lambda: HashSet(running()),
    "SortedSet": lambda: SortedSet(["aa", "x"]),
    "set": lambda: {"aa", "x", 4},
    "frozenset": lambda: frozenset(range(99)),
    "set of objects": lambda: {*running()},
    "keys": lambda: dict.fromkeys(["aa", "x"]).keys(),
    "list": lambda: ["x", "aa", "x"],
    "generator": lambda: (f"{n}" for n in range(20)),
    "list with a view": lambda: [ShortKey("b"), ShortKey("x")],
    "failing list": lambda: ["y", Running(fail, hash("aa"))],
    "unhashable": lambda: ["y", []],
    "no iterable": lambda: 4,
}

NAMED = [
    *("union", "intersection", "difference", "symmetric_difference"),
    *("issubset", "issuperset", "isdisjoint"),
    *("update", "intersection_update", "difference_update", "symmetric_difference_update"),
]
OPERATORS = [
    "or_",
    "and_",
    "sub",
    "xor",
    "ior",
    "iand",
    "isub",
    "ixor",
    "eq",
    "le",
    "lt",
    "ge",
    "gt",
]

OPERATIONS: dict[str, Callable[[Any], object]] = {
    **{
        f"{name}, {kind}": (lambda s, use=use, query=query: use(s, query))  # type: ignore[misc]
        for name, use in uses(of="HashSet").items()
        for kind, query in QUERIES.items()
        if name[:3] != "by " or kind in ("present", "absent", "view", "failing")
    },
    **of_the_whole("HashSet"),
    **made(HashSet),
    **algebra(NAMED, OPERATORS, SOURCES, left={"aa", "x"}),
    **{
        f"large, {name}": (lambda s, name=name: getattr(large(), name)(large()))  # type: ignore[misc]
        for name in NAMED
    },
    **{
        f"{name} itself": (lambda s, name=name: getattr(s, name)(s))  # type: ignore[misc]
        for name in NAMED
    },
    "several": lambda s: (
        s.intersection(["aa"], {"aa"}),
        s.difference([], ["x"]),
        s.union([], "xy"),
    ),
    "none": lambda s: (s.intersection(), s.union(), s.difference(), s.intersection_update()),
    "make": lambda s: [HashSet(of()) for of in list(SOURCES.values())[:11]],
    "make with too much": lambda s: type(s)(1, 2),
    "make by name": lambda s: type(s)(source=[]),
    "with_capacity": lambda s: HashSet[int].with_capacity(100),
    "with_capacity, failing": lambda s: HashSet[int].with_capacity(-1),
    "too much room": lambda s: s.reserve(2**59),
    "grow": lambda s: s.update(range(1000)),
    "copy": lambda s: (s.copy(), copy.copy(large()), copy.deepcopy(s)),
    "pickle": lambda s: pickle.loads(pickle.dumps(HashSet(["aa", ("c", 3)]))),
    "equal to a number": lambda s: (s == 5, s != s.copy()),
    "iterators": lambda s: (pickle.dumps(iter(HashSet("ab"))), list(reversed(s)), repr(s)),
    "iterate and change": lambda s: [s.discard(element) for element in s],
    "ends": lambda s: (s.first(), s.last(), HashSet[str]().first()),
    "positions": lambda s: (s.at(3), s.at(-1), s.index_of("aa"), large().at(200)),
    "positions, failing": lambda s: s.at("a"),
    "pop of nothing": lambda s: HashSet[str]().pop(),
    "retain fails": lambda s: s.retain(fail),
    "retain changes": lambda s: s.retain(s.remove),
    "extract_if fails": lambda s: list(s.extract_if(fail)),
    "extract_if changes": lambda s: list(s.extract_if(s.remove)),
    "sort fails": lambda s: s.sort(fail),
    "sort does not compare": lambda s: s.sort(),
    "sort changes": lambda s: s.sort(s.discard),
    "by a prefix": lambda s: (s.by(prefixed("_")).get("b"), s.by(prefixed("_")).get_or_insert("x")),
    "by a failing adapter": lambda s: s.by(fail).get("a"),
    "by no adapter": lambda s: s.by(5),
    "bad arguments": lambda s: s.get(),
    "abandoned": lambda s: [
        next(i) for i in (iter(s), reversed(s), s.extract_if(lambda x: x == "aa"), s.drain())
    ],
}

#: What may be done while an element is compared, built or released.
CHANGES: dict[str, Callable[[Any], object]] = {
    "fail": fail,
    "clear": lambda s: s.clear(),
    "remove": lambda s: s.discard("aa"),
    "insert": lambda s: s.update(range(30)),
    "shrink": lambda s: s.shrink_to_fit(),
}


class Mortal:
    """An element that is nobody else's, and runs something when it is released."""

    def __init__(self, run: Callable[[], object]) -> None:
        self.run = run

    def __hash__(self) -> int:
        return 7

    def __del__(self) -> None:
        self.run()


def released(s: Any, use: Callable[[Any, Any], object], change: Callable[[Any], object]) -> None:
    s.add(Mortal(lambda: change(s)))
    use(s, Running(lambda: None, 7, equal=True))


def meddled(s: Any, name: str, change: Callable[[Any], object], *, listed: bool) -> None:
    """An operation with another set, or a list, of elements whose comparison changes the set."""
    meddles = [True]
    elements = running(lambda: change(s) if meddles else None)
    try:
        getattr(s, name)(elements if listed else HashSet(elements[:1]))
    finally:
        meddles.clear()  # They are at rest when the set is looked at.


SEQUENCES: dict[str, Callable[[Any], object]] = {
    **{
        f"{name} when comparing is to {kind}{', equal' * equal}": (
            lambda s, use=use, change=change, equal=equal: use(  # type: ignore[misc]
                s, Running(lambda: change(s), hash("aa"), equal=equal)
            )
        )
        for name, use in uses(of="HashSet").items()
        for kind, change in CHANGES.items()
        for equal in (False, True)
        if name[:3] != "by "
    },
    **{
        f"{name} when building is to {kind}": (
            lambda s, use=use, change=change: use(  # type: ignore[misc]
                s, RunningView(lambda: change(s), hash("x"))
            )
        )
        for name, use in insertions("HashSet").items()
        for kind, change in CHANGES.items()
    },
    **{
        f"{name} when the element is released to {kind}": (
            lambda s, use=use, change=change: released(s, use, change)  # type: ignore[misc]
        )
        for name, use in uses(of="HashSet").items()
        for kind, change in CHANGES.items()
        if kind != "fail" and name[:3] != "by "
    },
    **{
        f"{name} of a {'list' if listed else 'HashSet'} when comparing is to {kind}": (
            lambda s, name=name, change=change, listed=listed: meddled(  # type: ignore[misc]
                s, name, change, listed=listed
            )
        )
        for name in NAMED
        for kind, change in CHANGES.items()
        for listed in (False, True)
    },
}

"""As `operations`, for a SortedMap: its operations and those of its ranges, with the ways they can fail.

Each operation gets a map of 16 str, one full leaf, so that storing another key needs a larger leaf.
"""

from __future__ import annotations

import copy
import pickle
from operator import add
from typing import TYPE_CHECKING, Any

from keyview import REMOVE, Concat, HashMap, SortedMap
from keyview._backend import count, group
from tests.kit.keys import ShortKey, Unbuildable, fail
from tests.kit.operations import of_entries, through_entry, uses
from tests.native.drawn import of_the_whole

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OPERATIONS", "QUERIES", "SEQUENCES", "make"]


class Ordered:
    """A key whose comparisons are Python code."""

    def __init__(self, name: int, when_asked: Callable[[], object] = lambda: None) -> None:
        self.name = name
        self.when_asked = when_asked

    def __lt__(self, other: Any) -> bool:
        self.when_asked()
        return bool(self.name < other.name)

    def __gt__(self, other: Any) -> bool:
        self.when_asked()
        return bool(other < "k05")

    def __eq__(self, other: object) -> bool:
        self.when_asked()
        return isinstance(other, Ordered) and self.name == other.name

    __hash__ = None  # type: ignore[assignment]


class Text(str):
    """A subclass of str, which has no digest."""

    __slots__ = ()


def make() -> Any:
    """A map of objects to which only the map has references, so that a leak of one is seen."""
    return SortedMap([("".join(["_", "k", f"{n:02}"]), [n]) for n in range(16)])


def large() -> Any:
    """A map with inner nodes, half of whose keys share no prefix."""
    return SortedMap([(f"{n * 7919 % 1000:03}", n) for n in range(400)])


def of_objects() -> Any:
    return SortedMap([(Ordered(n * 7 % 16), n) for n in range(16)])


def group_and_count(m: Any) -> Any:
    count(m, ["x", "x"], None)
    group(m, [("y", 1), ("y", 2)], None)
    grouped = SortedMap.grouped((key[-1], value) for key, value in m.items())
    return grouped, SortedMap.counted(["b", "a", "b"]), m.keys().isdisjoint({"x"})


def shrink(m: Any) -> None:
    for key in list(m):
        del m[key]


def wanted(_key: object, value: Any) -> bool:
    return bool(value[0] % 3)


def use_stale(m: Any) -> None:
    entry, vacant = m.entry("_k01"), m.entry("x")
    m.pop("_k01")
    m["x"] = 1
    entry.or_insert(vacant.or_insert(1))


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

#: Operations on a range of the map.
RANGES: dict[str, Callable[[Any], object]] = {
    "len": len,
    "list": list,
    "reversed": lambda r: list(reversed(r)),
    "in": lambda r: ("_k05" in r, ("_k05", 1) in r.items(), "_k05" in r.values()),
    "repr": repr,
    "at": lambda r: r.at(1),
    "at, beyond": lambda r: r.at(99),
    "ends": lambda r: (r.first_entry(), r.last_entry()),
    "neighbours": lambda r: [
        method("_k07") for method in (r.lower_entry, r.floor_entry, r.ceiling_entry, r.higher_entry)
    ],
    "live views": lambda r: [list(r.keys() & {"_k05"}), list(r.values()), list(r.items())],
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
        f"{name}, {kind}": (lambda m, use=use, query=query: use(m, query))  # type: ignore[misc]
        for name, use in uses(of="SortedMap").items()
        for kind, query in QUERIES.items()
        if name[:3] != "by " or kind in ("present", "absent", "failing")
    },
    **{
        f"{name} of an entry, {kind}": (
            lambda m, row=row, query=query: through_entry(row, REMOVE)(m, query, 1)  # type: ignore[misc]
        )
        for name, row in of_entries().items()
        for kind, query in QUERIES.items()
        if kind in ("present", "absent", "absent, of another class", "view")
    },
    **{
        f"range, {name}": (lambda m, use=use: use(m.range("_k04", "_k09")))  # type: ignore[misc]
        for name, use in RANGES.items()
    },
    "range of a prefix": lambda m: [list(m.range(prefix=prefix)) for prefix in ("_k1", "", "x")],
    "range of a prefix of objects": lambda m: (
        list(SortedMap({("a", 1.5): 1, ("a", 2): 2}).range(prefix=("a", 2.0))),
        list(SortedMap[Any, int]({Text("ab"): 1}).range(prefix="a")),
        list(of_objects().range(prefix="a")),
    ),
    "range of nothing that there is": lambda m: m.range(inclusive="middle"),
    "range of a prefix that is none": lambda m: m.range(prefix=5),
    "range of a prefix and bounds": lambda m: m.range("a", prefix="b"),
    "range of views": lambda m: len(m.range(ShortKey("k04"), Concat("_", "k09"))),
    "range of an unbuildable": lambda m: m.range(Unbuildable()),
    "range by number": lambda m: len(m.range(1)),
    "replace": lambda m: m.entry("_k05").replace_key("".join(["_k0", "5"])),
    "replace by another class": lambda m: m.entry("_k05").replace_key(Text("_k05")),
    "replace by unequal": lambda m: m.entry("_k05").replace_key("b"),
    "replace by view": lambda m: m.entry("_k05").replace_key(ShortKey("k05")),
    "or_insert_with fails": lambda m: m.entry("x").or_insert_with(fail),
    "or_default": lambda m: m.entry("x").or_default(),
    "merge with a value": lambda m: m.merge("_k05", [1], add),
    "merge with none": lambda m: m.merge("x", 1, add),
    "merge fails": lambda m: m.merge("_k05", 1, fail),
    "update dict": lambda m: m.update({"_k05": 5, "y": 6}, z=7),
    "update HashMap": lambda m: m.update(HashMap({"_k05": 5, "y": 6})),
    "update pairs": lambda m: m.update([("_k05", 5), ["y", 6]]),
    "update mapping": lambda m: m.update(make().items().mapping),
    "update map": lambda m: m.update(SortedMap({"_k05": 5, "y": 6})),
    "update generator": lambda m: m.update((f"{n}", n) for n in range(20)),
    "update no pairs": lambda m: m.update([("_k05", 5), 6]),
    "update number": lambda m: m.update(5),
    "update_with": lambda m: m.update_with({"_k05": [5], "y": 6}, add),
    "fill": lambda m: SortedMap.fromkeys(["b", "a"], 1),
    "reduced": lambda m: SortedMap.reduced([("b", [1]), ("a", [2]), ("b", [3])], add),
    "merged": lambda m: SortedMap.merged([m, {"x": [1]}], add),
    "make": lambda m: (
        SortedMap(a=1),
        SortedMap([("b", 1), ("a", 2)]),
        SortedMap(iter([("b", 1)])),
    ),
    "make at once": lambda m: [
        SortedMap({n * 7 % 1000: n for n in range(1000)}),
        SortedMap([(("a", n * 7 % 100), n) for n in range(100)]),
        SortedMap(HashMap({f"common {n * 7 % 100}": n for n in range(100)})),
    ],
    "make of parts": lambda m: SortedMap.merged([m, m], add),
    "make of what does not compare": lambda m: SortedMap[Any, int]([(1, 1), ("a", 2)]),
    "make of no numbers": lambda m: SortedMap({float("nan"): 1}),
    "make of sets": lambda m: SortedMap(  # type: ignore[key-view-order]
        [(frozenset([1]), 1), (frozenset([2]), 2)]
    ),
    "make of tuples with views": lambda m: SortedMap(  # type: ignore[key-view-order]
        [((1, ShortKey("a")), 1), ((1, "b"), 2)]
    ),
    "make of tuples that ask": lambda m: SortedMap([((1, Ordered(2)), 1), ((1, Ordered(1)), 2)]),
    "make of objects": lambda m: of_objects(),
    "objects": lambda m: use_objects(of_objects()),
    "grow": lambda m: m.update({f"{n * 7 % 1000:03}": n for n in range(1000)}),
    "shrink": lambda m: shrink(large()),
    "copy": lambda m: (m.copy(), copy.copy(large()), copy.deepcopy(m)),
    "pickle": lambda m: pickle.loads(pickle.dumps(m)),
    "split off in a leaf": lambda m: m.split_off("_k05"),
    "split off in a tree": lambda m: large().split_off("500"),
    "split off everything": lambda m: m.split_off(""),
    "equal": lambda m: (m == make(), m == dict(m), m == HashMap(m), m == {"a": 1}, m != 5),
    "group and count": group_and_count,
    "iterators": lambda m: (pickle.dumps(iter(m)), iter(m.items()).__length_hint__()),
    "iterate and change": lambda m: [m.pop(key) for key in m],
    "retain": lambda m: m.retain(wanted),
    "retain changes": lambda m: m.retain(lambda key, value: m.pop(key)),
    "retain a few of many": lambda m: large().retain(lambda key, value: value % 100 == 0),
    "extract_if": lambda m: list(m.extract_if(wanted)),
    "extract_if changes": lambda m: list(m.extract_if(lambda key, value: m.pop(key))),
    "neighbours": lambda m: [
        method(query)
        for method in (m.lower_entry, m.floor_entry, m.ceiling_entry, m.higher_entry)
        for query in ("_k07", "", "x", ShortKey("k07"))
    ],
    "positions": lambda m: (m.at(5), m.at(-1), m.rank("_k07"), m.index_of("_k07"), large().at(300)),
    "positions, failing": lambda m: m.at("a"),
    "bad arguments": lambda m: m.get(),
    "stale": use_stale,
    "by": lambda m: [m.by(str)[key] for key in ("_k01", "_k02")],
    "by a failing adapter": lambda m: m.by(fail).get("a"),
    "cannot reorder": lambda m: m.by(str).swap_remove("_k01"),
    "made by hand": lambda m: type(m.range())(),
    **of_the_whole("SortedMap"),
}


def use_objects(m: Any) -> None:
    m.pop(Ordered(5))
    m[Ordered(5)] = m.get(Ordered(6))
    m.entry(Ordered(500)).or_insert(1)
    m.floor_entry(Ordered(9)).remove()
    list(m.range(Ordered(3), Ordered(30)).drain())


#: What may change the map while a key is compared.
CHANGES: dict[str, Callable[[Any], object]] = {
    "fail": fail,
    "remove": lambda m: m.popitem(),
    "insert": lambda m: m.update({Ordered(len(m) + 1000): 1}),
    "clear": lambda m: m.clear(),
}


def meddled(m: Any, use: Callable[[Any, Any], object], change: Callable[[Any], object]) -> None:
    objects = of_objects()
    use(objects, Ordered(9, lambda: change(objects)))


SEQUENCES: dict[str, Callable[[Any], object]] = {
    f"{name} when comparing is to {kind}": (
        lambda m, use=use, change=change: meddled(m, use, change)  # type: ignore[misc]
    )
    for name, use in uses(of="SortedMap").items()
    for kind, change in CHANGES.items()
    if name[:3] != "by "
}

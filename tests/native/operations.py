"""Everything that can be asked of a map, its entries, iterators and lookups; the ways it can fail, too.

Each operation gets a map with the keys `"aa"`, `"_b"`, `("c", 3)` and `4`, and may change it.
"""

from __future__ import annotations

import copy
import pickle
from contextlib import suppress
from operator import add
from typing import TYPE_CHECKING, Any

from keyview import (
    REMOVE,
    Concat,
    HashMap,
    KeyView,
    Slice,
    StaleEntryError,
    prefixed,
    slices_of,
)
from tests.unit.tools import KEYED, UNLAWFUL, ShortKey

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OPERATIONS", "QUERIES", "attempt", "make"]


def make() -> Any:
    """A map of objects that are nobody else's: one that is not let go of is seen."""
    pairs: Any = [
        ("".join(["a", "a"]), 2**64),
        ("".join(["_", "b"]), [2]),
        (("c", 3), 3.5),
        (4, object()),
    ]
    return HashMap(pairs)


def attempt(operation: Callable[[Any], object], m: Any) -> None:
    """Do it, whatever it raises; but being out of memory is for the caller to see."""
    try:
        operation(m)
    except MemoryError:
        raise
    except Exception:
        return


def fail(*_args: object) -> Any:
    raise ZeroDivisionError


class FailingKey:
    """Its hash is that of a stored key, and its `__eq__` raises."""

    def __init__(self, hash_: int) -> None:
        self.hash = hash_

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError


class Unbuildable(KeyView[str]):  # type: ignore[key-view-law]
    def __key__(self) -> str:
        raise ZeroDivisionError

    def __hash__(self) -> int:
        return 7


def always(_key: object, _value: object) -> bool:
    return True


def never(_key: object, _value: object) -> bool:
    return False


def use_stale(m: Any) -> None:
    occupied, vacant = m.entry("aa"), m.entry("x")
    del m["aa"]
    m["x"] = 1
    repr(occupied)
    with suppress(StaleEntryError):
        repr(occupied.value)
    with suppress(StaleEntryError):
        vacant.insert(1)


def iterate_and_change(m: Any) -> None:
    iterator = iter(m.items())
    next(iterator)
    m["new"] = 1
    next(iterator)


def abandon(m: Any) -> None:
    for iterator in (iter(m), reversed(m.items()), m.extract_if(lambda k, v: k == 4), m.drain()):
        next(iterator)


LONG = "long " * 300
QUERIES: dict[str, Any] = {
    "present": "aa",
    "absent": "x",
    "tuple": ("c", 3),
    "absent tuple": ("c", 4),
    "number": 4.0,
    "view": ShortKey("b"),
    "absent view": ShortKey("x"),
    "tuple of views": (ShortKey("x"), 1),
    "concat": Concat("_", "b"),
    "absent concat": Concat(b"_", bytearray(b"x")),
    "slice": Slice("x_b", 1, None),
    "memoryview": memoryview(b"bytes"),
    "unhashable": [],
    "failing eq": FailingKey(hash("aa")),
    "unbuildable": Unbuildable(),
    **{view.__name__: view() for view in UNLAWFUL},
}

OPERATIONS: dict[str, Callable[[Any], object]] = {
    **{
        f"{name}, {kind}": (lambda m, use=use, query=query: use(m, query))  # type: ignore[misc]
        for name, use in KEYED.items()
        for kind, query in QUERIES.items()
    },
    "replace": lambda m: m.entry("aa").replace_key("".join(["aa"])),
    "replace by unequal": lambda m: m.entry("aa").replace_key("b"),
    "replace by view": lambda m: m.entry("_b").replace_key(ShortKey("b")),
    "and_modify": lambda m: m.entry("aa").and_modify(lambda v: v + 1).insert_entry(3).remove(),
    "and_modify fails": lambda m: m.entry("aa").and_modify(fail),
    "and_modify_in_place": lambda m: m.entry("_b").and_modify_in_place(list.sort),
    "lost result": lambda m: m.entry("aa").and_modify_in_place(lambda v: v),
    "replace_entry": lambda m: m.entry("aa").and_replace_entry_with(lambda k, v: (k, v)),
    "REMOVE": lambda m: m.entry("aa").and_replace_entry_with(lambda k, v: REMOVE).or_insert(1),
    "remove_entry of an entry": lambda m: m.entry(("c", 3)).remove_entry(),
    "or_insert_with fails": lambda m: m.entry("x").or_insert_with(fail),
    "or_default": lambda m: m.entry("x").or_default(),
    "or_default of a view": lambda m: (
        HashMap[Any, Any](default_factory=list).entry(ShortKey("x")).or_default()
    ),
    "get_or_insert_with fails": lambda m: m.get_or_insert_with("x", fail),
    "merge fails": lambda m: m.merge("aa", 1, fail),
    "or_insert_with": lambda m: m.entry("x").or_insert_with(list),
    "or_insert_with_key": lambda m: m.entry(ShortKey("x")).or_insert_with_key(str),
    "or_insert_entry_with": lambda m: m.entry("x").or_insert_entry_with(list),
    "get_or_insert_with": lambda m: m.get_or_insert_with(ShortKey("x"), list),
    "merge": lambda m: (m.merge("aa", 1, add), m.merge("x", 1, add)),
    "and_modify by a builtin": lambda m: m.entry("aa").and_modify(str),
    "and_replace by a builtin": lambda m: m.entry("aa").and_replace_entry_with(max),
    "retain by a builtin": lambda m: m.retain(never),
    "extract_if by a builtin": lambda m: list(m.extract_if(always)),
    "by a builtin": lambda m: (m.by(str).get("aa"), m.by(str).entry("x"), m.by(str).pop("aa")),
    "stale": use_stale,
    "match": lambda m: [(e.key, e.value) for e in [m.entry("aa")]],
    "update dict": lambda m: m.update({"aa": 5, "y": 6}, z=7),
    "update map": lambda m: m.update(make()),
    "update pairs": lambda m: m.update([("aa", 5), ["y", 6]]),
    "update mapping": lambda m: m.update(make().items().mapping),
    "update generator": lambda m: m.update((n, n) for n in range(20)),
    "update no pairs": lambda m: m.update([("aa", 5), 6]),
    "update long pairs": lambda m: m.update([("aa", 5), (6, 7, 8)]),
    "update number": lambda m: m.update(5),
    "update_with": lambda m: m.update_with({"aa": 5, "y": 6}, add),
    "update_with map": lambda m: m.update_with(make(), lambda old, new: new),
    "update_with fails": lambda m: m.update_with({"aa": 5}, fail),
    "fromkeys": lambda m: HashMap.fromkeys("abcabc", []),
    "grouped": lambda m: HashMap.grouped([("aa", 1), ("b", 2), ("aa", 3), (ShortKey("x"), 4)]),
    "grouped no pairs": lambda m: HashMap.grouped([("aa", 1), 5]),  # type: ignore[arg-type]
    "counted": lambda m: HashMap.counted(["aa", "b", "aa", ("aa", 1)]),
    "counted unhashable": lambda m: HashMap.counted(["aa", []]),
    "popitem": lambda m: m.popitem(),
    "popitem empty": lambda m: HashMap().popitem(),
    "clear": lambda m: m.clear(),
    "retain": lambda m: m.retain(lambda k, v: k == "aa"),
    "retain fails": lambda m: m.retain(fail),
    "retain changes": lambda m: m.retain(lambda k, v: m.clear()),
    "extract_if": lambda m: list(m.extract_if(lambda k, v: k != "aa")),
    "extract_if fails": lambda m: list(m.extract_if(fail)),
    "extract_if changes": lambda m: list(m.extract_if(lambda k, v: m.clear() or True)),
    "drain": lambda m: list(m.drain()),
    "abandoned iterators": abandon,
    "iterate": lambda m: (list(m), list(m.values()), list(m.items()), list(reversed(m))),
    "iterate and change": iterate_and_change,
    "pickle an iterator": lambda m: pickle.dumps(iter(m.items())),
    "views": lambda m: (m.keys() & {"aa"}, m.items() | set(), repr(m.items()), len(m.values())),
    "in values": lambda m: (3 in m.values(), 99 in m.values(), ("aa", 1) in m.items()),
    "pickle a view": lambda m: pickle.dumps(m.keys()),
    "copy": lambda m: (m.copy(), copy.copy(m), copy.deepcopy(m), pickle.loads(pickle.dumps(m))),
    "union": lambda m: (m | {"z": 1}, {"z": 1} | m),
    "compare": lambda m: (m == make(), m == dict(m), m == {}, m != 5, m == HashMap(m)),
    "repr": lambda m: (repr(m), repr(m.by(prefixed("_"))), repr(m.entry("aa")), repr(m.entry("x"))),
    "reserve": lambda m: (m.reserve(100), m.capacity, m.shrink_to_fit()),
    "reserve less than none": lambda m: m.reserve(-1),
    "reserve too much": lambda m: m.reserve(2**70),
    "grow": lambda m: [m.insert(n, n) for n in range(300)],
    "default_factory": lambda m: setattr(m, "default_factory", 5),
    "subscript": lambda m: HashMap[str, int](a=1),
    "prefixed": lambda m: (m.by(prefixed("_"))["b"], m.by(prefixed(LONG)).get(LONG)),
    "prefixed bytes": lambda m: m.by(prefixed(bytearray(b"_"))).get(memoryview(b"x")),
    "prefixed mixed": lambda m: m.by(prefixed("_"))[b"b"],
    "prefixed entry": lambda m: m.by(prefixed("_")).entry("new").or_insert(1),
    "slices_of": lambda m: (
        m.by(slices_of("x_by"))[1:3],
        m.by(slices_of(bytearray(b"ab"))).get(slice(0, 1)),
    ),
    "slices_of step": lambda m: m.by(slices_of("x_by"))[1:3:2],
    "slices_of number": lambda m: m.by(slices_of("x_by"))[1],
    "by missing": lambda m: m.by(ShortKey)["x"],
    "by pop": lambda m: m.by(ShortKey).pop("b"),
    "by fails": lambda m: m.by(fail)["x"],
    "by number": lambda m: m.by(5),
    "concat": lambda m: (hash(Concat("aa", "é")), Concat(b"aa") == b"aa", repr(Concat("aa", "b"))),
    "concat in a dict": lambda m: {LONG: 1}[Concat(LONG, "")],
    "concat of nothing": lambda m: Concat(),  # type: ignore[call-overload]
    "concat mixed": lambda m: Concat("aa", b"b"),  # type: ignore[call-overload]
    "concat of a number": lambda m: Concat(5),  # type: ignore[call-overload]
    "concat strided": lambda m: Concat(memoryview(b"abcd")[::2]),
    "slice of a number": lambda m: Slice(5, 0, 1),  # type: ignore[call-overload]
    "slice bound": lambda m: Slice("aa", "b", 1),  # type: ignore[call-overload]
    "slice": lambda m: (
        hash(Slice("日本語x", -1, None)),
        Slice(b"ab", 0, 1) == b"aa",
        repr(Slice("aa", 0, 1)),
    ),
}

"""All operations of a map, its entries, iterators and lookups, with the ways they can fail.

Each operation gets a map with the keys `"aa"`, `"_b"`, `("c", 3)` and `4`, and may change it.
"""

from __future__ import annotations

import copy
import pickle
import sys
import types
import weakref
from collections import OrderedDict, UserDict, defaultdict
from contextlib import suppress
from operator import add
from typing import TYPE_CHECKING, Any

from keyview import (
    REMOVE,
    Concat,
    HashMap,
    Slice,
    StaleEntryError,
    entry,
    prefixed,
    slices_of,
)
from keyview._backend import count, group
from tests.kit.keys import (
    UNLAWFUL,
    LastWords,
    Running,
    RunningView,
    ShortKey,
    Text,
    Unbuildable,
    fail,
)
from tests.kit.operations import constructions, insertions, uses, whole

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OPERATIONS", "QUERIES", "SEQUENCES", "attempt", "make"]


def make() -> Any:
    """A map of objects to which only the map has references, so that a leak of one is seen."""
    pairs: Any = [
        ("".join(["a", "a"]), 2**64),
        ("".join(["_", "b"]), [2]),
        (("c", 3), 3.5),
        (4, object()),
    ]
    return HashMap(pairs)


def attempt(operation: Callable[[Any], object], m: Any) -> None:
    """Do it, and ignore what it raises, except MemoryError."""
    try:
        operation(m)
    except MemoryError:
        raise
    except Exception:
        return


def group_and_count(m: Any, pairs: list[tuple[Any, Any]]) -> None:
    count(m, [key for key, _ in pairs], None)
    group(m, pairs, None)


def always(_key: object, _value: object) -> bool:
    return True


def never(_key: object, _value: object) -> bool:
    return False


def compared(key: object, _value: object) -> str:
    return str(type(key))


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


class Missing(HashMap[Any, Any]):
    def __missing__(self, key: object) -> object:
        return [key]


class NoMapping:
    @property
    def keys(self) -> Any:
        raise ZeroDivisionError


class HalfMapping:
    def keys(self) -> list[str]:
        return ["aa", "y"]

    def __getitem__(self, key: str) -> int:
        return {"aa": 1}[key]


CHANGES: dict[str, Callable[[Any], object]] = {
    "clear": lambda m: m.clear(),
    "pop": lambda m: m.pop("aa", None),
    "insert": lambda m: m.update((n, n) for n in range(30)),
    "shrink": lambda m: m.shrink_to_fit(),
    "fail": fail,
}


def colliding(m: Any, query: object) -> None:
    """More keys of one hash than a lookup keeps on the stack."""
    for n in range(10):
        m[Running(lambda: None, 7)] = n
    m.get(query)


def fails_at_last() -> Running:
    countdown = iter(range(8))
    return Running(lambda: next(countdown), 7)


def with_holes(m: Any) -> Any:
    """The map with its first key and another removed."""
    del m["aa"], m["c", 3]
    return m


def each(*uses: Any) -> None:
    """Do all of them, whatever they raise."""
    for use in uses:
        with suppress(LookupError, TypeError, ValueError, AttributeError, RuntimeError):
            use()


ENTRY_METHODS: list[tuple[str, tuple[Any, ...]]] = [
    ("insert", (1,)),
    ("insert_entry", (1,)),
    ("or_insert", (1,)),
    ("or_insert_with", (list,)),
    ("or_insert_with_key", (str,)),
    ("or_default", ()),
    ("or_insert_entry", (1,)),
    ("or_insert_entry_with", (list,)),
    ("and_modify", (str,)),
    ("and_modify_in_place", (lambda value: None,)),
    ("and_replace_entry_with", (max,)),
    ("replace_key", ("aa",)),
    ("replace_key", ([],)),
    ("__reduce__", ()),
    ("__repr__", ()),
    ("remove_entry", ()),
    ("remove", ()),
    ("remove_entry", ()),
]


def entry_after(m: Any, key: str, *changes: Callable[[Any], object]) -> None:
    """Use an entry of a map, or of another mapping, in every way after that has changed."""
    found: Any = entry(m, key)
    for change in changes:
        change(m)
    each(lambda: found.key, lambda: found.value, lambda: delattr(found, "value"))
    for name, arguments in ENTRY_METHODS:
        each(lambda name=name, arguments=arguments: getattr(found, name)(*arguments))
    each(lambda: found.value)


def wrong_numbers(m: Any) -> None:
    """Call every method with no argument, and with far too many."""
    for thing in (m, m.entry("aa"), m.entry("x"), m.by(str), m.keys(), iter(m), prefixed("a")):
        for name in dir(type(thing)):
            method = getattr(thing, name, None)
            if callable(method) and not name.startswith("_") and name not in NO_ARGUMENTS:
                each(method, lambda method=method: method(*range(9)))
    each(Concat, Slice, prefixed, slices_of, prefixed("a"), slices_of("a"), lambda: m.by(str)[...])


NO_ARGUMENTS = {"clear", "popitem", "drain", "remove", "remove_entry"}


class FailingRepr:
    def __repr__(self) -> str:
        raise ZeroDivisionError


class FailingText(str):
    __slots__ = ()

    def __repr__(self) -> str:
        raise ZeroDivisionError


class Fails:
    def __index__(self) -> int:
        raise ZeroDivisionError


def reserve_too_much(m: Any) -> None:
    with suppress(MemoryError):
        m.reserve(2**59)


def extract_itself(m: Any) -> None:
    iterator: Any = m.extract_if(lambda key, value: next(iterator))
    next(iterator)


def last_words_in_extract_if(m: Any) -> None:
    """The pair for which the predicate is called has the last reference to a value."""
    for key in list(m):
        m[key] = LastWords(m.clear, 1)
    list(m.extract_if(lambda key, value: m.insert(key, 1)))


class Unwilling(UserDict[Any, Any]):
    """A mapping with lookups, in which storing and removing raise errors."""

    def __setitem__(self, key: object, value: object) -> None:
        if hasattr(self, "made"):
            raise ZeroDivisionError
        super().__setitem__(key, value)

    def pop(self, *_: object) -> Any:
        raise KeyError

    def __init__(self, pairs: Any) -> None:
        super().__init__(pairs)
        self.made = True


#: Other mappings, with the pairs of a map.
FOREIGN: dict[str, Callable[[Any], Any]] = {
    "dict": dict,
    "defaultdict": lambda m: defaultdict(list, m),
    "OrderedDict": OrderedDict,
    "UserDict": UserDict,
    "unwilling": Unwilling,
}
FOREIGN_USES: dict[str, Callable[[Any], object]] = {
    "entry": repr,
    "or_insert": lambda e: e.or_insert(1),
    "or_insert_with": lambda e: e.or_insert_with(list),
    "or_insert_with_key": lambda e: e.or_insert_with_key(str),
    "or_default": lambda e: e.or_default(),
    "or_insert_entry": lambda e: e.or_insert_entry(1),
    "or_insert_entry_with": lambda e: e.or_insert_entry_with(list),
    "insert": lambda e: e.insert(1),
    "insert_entry": lambda e: e.insert_entry(1).value,
    "key": lambda e: e.key,
    "and_modify": lambda e: e.and_modify(str),
    "replace_key": lambda e: e.replace_key("aa"),
    "and_replace_entry_with": lambda e: e.and_replace_entry_with(lambda k, v: REMOVE).or_insert(1),
    "remove": lambda e: e.remove(),
    "remove_entry": lambda e: e.remove_entry(),
}

LONG = "long " * 300
WIDE = ("a", "é", "語", "\N{PILE OF POO}")
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
    "failing eq": Running(fail, hash("aa")),
    "unequal": Running(lambda: None, hash("aa")),
    "unbuildable": Unbuildable(),
    **{view.__name__: view() for view in UNLAWFUL},
}

FOREIGN_SEQUENCES: dict[str, tuple[Any, ...]] = {
    "entry": ("aa",),
    "entry, removed,": ("aa", lambda d: d.pop("aa")),
    "entry, back again,": ("aa", lambda d: d.pop("aa"), lambda d: d.update({Text("aa"): 1})),
    "vacant": ("x",),
    "vacant, filled,": ("x", lambda d: d.update(x=[])),
}
FOREIGN_CHANGES: dict[str, Callable[[Any], object]] = {
    "clear": lambda d: d.clear(),
    "insert": lambda d: d.update((n, n) for n in range(30)),
    "fail": fail,
}


def in_foreign(
    d: Any,
    use: Callable[[Any], object],
    change: Callable[[Any], object],
    hash_: int,
    *,
    equal: bool,
) -> None:
    """Look up a key that changes the mapping when it is compared; the entry is used meanwhile, too."""
    entries: list[Any] = []
    running = False

    def run() -> None:
        nonlocal running
        if not running:
            running = True
            change(d)
            each(*(lambda e=e: use(e) for e in entries))
            running = False

    query = Running(run, hash_, equal=equal)
    entries.append(entry(d, query))
    each(lambda: use(entries[0]), lambda: use(entry(d, query)))


#: The uses of a key that are tried with a `Lookup`; the others would test the map again.
OF_LOOKUPS = {"present", "absent", "failing eq", "unbuildable", "unhashable", "clear", "fail"}


def is_worth_it(use: str, kind: str) -> bool:
    """Whether a use of a key is tried with such a query, or with such a change in its middle."""
    return not use.startswith("by ") or kind in OF_LOOKUPS


OPERATIONS: dict[str, Callable[[Any], object]] = {
    **{
        f"{name}, {kind}": (lambda m, use=use, query=query: use(m, query))  # type: ignore[misc]
        for name, use in uses().items()
        for kind, query in QUERIES.items()
        if is_worth_it(name, kind)
    },
    **{
        name: (lambda m, row=row: row.call(m, 3))  # type: ignore[misc]
        for name, row in whole().items()
    },
    **{
        f"made by {name}": (lambda m, make=make: make(type(m), "aa"))  # type: ignore[misc]
        for name, make in constructions().items()
    },
    **{
        f"{name} of a {kind}, {asked}": (
            lambda m, use=use, of=of, query=query: use(entry(of(m), query))  # type: ignore[misc]
        )
        for name, use in FOREIGN_USES.items()
        for kind, of in FOREIGN.items()
        for asked, query in QUERIES.items()
        if kind != "OrderedDict" or asked in ("present", "absent")
    },
    "entry of a map": lambda m: (entry(m, "aa"), entry(Missing(m), "x")),
    "entry of no mapping": lambda m: entry(5, "aa"),  # type: ignore[arg-type]
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
    "vacant, modified": lambda m: (
        m.entry("x").and_modify(fail).and_modify_in_place(fail).and_replace_entry_with(fail)
    ),
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
    "grouped by a key": lambda m: HashMap.grouped(["aa", "b", ShortKey("x")], key=hash),
    "grouped by a bad key": lambda m: HashMap.grouped(["aa", ""], key=lambda text: text[0]),
    "counted by a key": lambda m: HashMap.counted(["aa", "b"], key=len),
    "counted by a bad key": lambda m: HashMap.counted(["aa", ""], key=lambda text: text[0]),
    "reduced by a key": lambda m: HashMap.reduced(["aa", "b", "cc"], max, key=len),
    "reduced by a bad key": lambda m: HashMap.reduced(["aa", ""], max, key=lambda text: text[0]),
    "grouped no pairs": lambda m: HashMap.grouped([("aa", 1), 5]),  # type: ignore[arg-type]
    "counted": lambda m: HashMap.counted(["aa", "b", "aa", ("aa", 1)]),
    "reduced": lambda m: HashMap.reduced([("aa", 1), ("b", 2), ("aa", 3), ("aa", 1 << 70)], add),
    "reduced no pairs": lambda m: HashMap.reduced([("aa", 1), 5], add),  # type: ignore[arg-type]
    "merged": lambda m: HashMap.merged([m, {"x": 1}], lambda _old, new: new),
    "counted unhashable": lambda m: HashMap.counted(["aa", []]),
    "popitem": lambda m: m.popitem(),
    "popitem, the first": lambda m: m.popitem(last=False),
    "popitem by another name": lambda m: m.popitem(first=True),
    "first_entry and last_entry": lambda m: (
        m.first_entry(),
        m.last_entry(),
        HashMap().first_entry(),
    ),
    "at": lambda m: (m.at(0), m.at(-1)),
    "at no position": lambda m: m.at(4),
    "at no position at all": lambda m: m.at(2**70),
    "at a text": lambda m: m.at("0"),
    "move_to_end of the first": lambda m: m.move_to_end("aa"),
    "move_to_end of the last": lambda m: m.move_to_end(4, last=False),
    "move_to_end, last fails": lambda m: m.move_to_end("aa", fail),
    "move_to_end twice": lambda m: m.move_to_end("aa", True, last=True),
    "sort": lambda m: m.sort(),
    "sort by": lambda m: m.sort(lambda key, value: str(key), reverse=True),
    "sort by a builtin": lambda m: m.sort(compared),
    "sort fails": lambda m: m.sort(fail),
    "sort by another name": lambda m: m.sort(by=fail),
    "sort changes": lambda m: m.sort(lambda key, value: m.pop("aa", None)),
    "sort, reverse fails": lambda m: m.sort(compared, Running(fail, 1)),
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
    "prefixed get_many": lambda m: m.by(prefixed("_")).get_many("b", "x", 5),
    "prefixed get_entry": lambda m: m.by(prefixed("_")).get_entry("b"),
    "prefixed index_of": lambda m: m.by(prefixed("_")).index_of("b"),
    "prefixed remove_entry": lambda m: m.by(prefixed("_")).remove_entry("b"),
    "prefixed del": lambda m: m.by(prefixed("_")).__delitem__("b"),
    "prefixed []=": lambda m: m.by(prefixed("_")).__setitem__("b", 5),
    "prefixed swap_remove": lambda m: m.by(prefixed("_")).swap_remove("b"),
    "prefixed move_to_end": lambda m: m.by(prefixed("_")).move_to_end("b"),
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
    "update long lists": lambda m: m.update([["aa", 5], [6, 7, 8]]),
    "update no mapping": lambda m: m.update(NoMapping()),
    "update half a mapping": lambda m: m.update(HalfMapping()),
    "update itself": lambda m: m.update_with(m, lambda old, new: new),
    "update map fails": lambda m: m.update_with(make(), fail),
    "update unhashable": lambda m: m.update([([], 1)]),
    "update map over holes": lambda m: m.update(with_holes(make())),
    "update_with number": lambda m: m.update_with(5, add),
    "fromkeys of a number": lambda m: HashMap.fromkeys(5),  # type: ignore[call-overload]
    "fromkeys unhashable": lambda m: HashMap.fromkeys([[]]),
    "grouped of a number": lambda m: HashMap.grouped(5),  # type: ignore[call-overload]
    "grouped unhashable": lambda m: HashMap.grouped([([], 1)]),
    "counted of a number": lambda m: HashMap.counted(5),  # type: ignore[call-overload]
    "with_capacity": lambda m: HashMap.with_capacity(int("1000")),
    "with_capacity of less than none": lambda m: HashMap.with_capacity(-int("1000")),
    "reserve a number": lambda m: m.reserve(int("1000")),
    "reserve a text": lambda m: m.reserve("5"),
    "size": lambda m: (sys.getsizeof(m), len(m), bool(m), m.capacity),
    "missing": lambda m: Missing(m)["zz"],
    "missing of none": lambda m: m["zz"],
    "weak reference": lambda m: weakref.ref(make(), lambda reference: None),
    "delete default_factory": lambda m: delattr(m, "default_factory"),
    "set default_factory": lambda m: setattr(m, "default_factory", [].append),
    "compare with a mapping": lambda m: (
        m == types.MappingProxyType(dict(m)),
        m == types.MappingProxyType(dict.fromkeys("abcd")),
    ),
    "compare fails": lambda m: m == dict.fromkeys(m, Running(fail, 1)),
    "compare map fails": lambda m: m == HashMap.fromkeys(m, Running(fail, 1)),
    "less": lambda m: m < m,
    "or number": lambda m: m | 5,
    "iterate again": lambda m: [next(iterator) for iterator in [iter([*m])] * 6],
    "length hint": lambda m: iter(m).__length_hint__(),
    "keys and number": lambda m: m.keys() & 5,
    "keys and fails": lambda m: m.keys() & [[]],
    "items and": lambda m: m.items() & [("aa", 2**64), 5, ("x", 1)],
    "values and": lambda m: m.values() & [1],
    "isdisjoint": lambda m: (m.keys().isdisjoint([1]), m.items().isdisjoint([1])),
    "reversed views": lambda m: [list(reversed(v)) for v in (m.keys(), m.values(), m.items())],
    "mapping of a view": lambda m: m.keys().mapping["aa"],
    "repr of views": lambda m: repr([m.keys(), m.values(), m.items()]),
    "repr fails": lambda m: repr({1: HashMap(a=FailingRepr()).values()}),
    "in items, no pair": lambda m: "aa" in m.items(),
    "in values fails": lambda m: Running(fail, 1) in m.values(),
    "view without a map": lambda m: type(m.keys())(),
    "adapters": lambda m: (repr(slices_of("ab")), repr(prefixed(b"a")), prefixed("a")("b")),
    "slices_of called": lambda m: slices_of("abc")(slice(1, 2)).__key__(),
    "slices_of step of one": lambda m: m.by(slices_of("x_by"))[1:3:1],
    "slices_of step fails": lambda m: m.by(slices_of("x_by"))[1 : 3 : Running(fail, 1)],
    "slices_of an index": lambda m: m.by(slices_of("x_by")).get(slice(Fails(), 3)),
    "slices_of a view": lambda m: m.by(slices_of(memoryview(b"x_by"))).get(slice(1, 3)),
    "slices_of a number": lambda m: slices_of(5),  # type: ignore[call-overload]
    "prefixed another str": lambda m: m.by(prefixed("_")).get(Text("b")),
    "prefixed, asks a Text": lambda m: m.by(prefixed("_")).get("text"),
    "prefixed, wide": lambda m: [m.by(prefixed(a)).get(b) for a in WIDE for b in WIDE],
    "prefixed, keywords": lambda m: prefixed("_")(asked="b"),  # type: ignore[call-arg]
    "prefixed a text that is long": lambda m: m.by(prefixed(LONG * 100)).get(LONG),
    "by itself": lambda m: type(m.by(str))(m, 5),
    "by keywords": lambda m: type(m.by(str))(m, adapter=str),
    "by no map": lambda m: type(m.by(str))(5, str),
    "iterate a lookup": lambda m: iter(m.by(str)),
    "by get_key_value": lambda m: (m.by(str).get_key_value("aa"), m.by(str).get_key_value("x")),
    "pieces are compared": lambda m: (
        Concat("aa") == 5,
        Concat("aa") != Text("aa"),
        Slice("aa", 0, 1) == bytearray(b"a"),
    ),
    "pieces are ordered": lambda m: Concat("aa") < Concat("b"),
    "pieces are pickled": lambda m: pickle.loads(
        pickle.dumps([Concat("a", "b"), Slice("abc", 1, 2)])
    ),
    "pieces have keywords": lambda m: Concat("a", b="b"),  # type: ignore[call-overload]
    "pieces that are long": lambda m: hash(
        Concat(b"a" * 400, b"b" * 400, bytearray(b"c" * 4000), memoryview(b"d"))
    ),
    "pieces that are wide": lambda m: [hash(Concat(a, b, LONG)) for a in WIDE for b in WIDE],
    "parts that are wide": lambda m: [
        hash(Slice(a + b + LONG, 1, None)) for a in WIDE for b in WIDE
    ],
    "concat, repr fails": lambda m: repr(Concat(Text("a"), FailingText("b"))),
    "slice, an index": lambda m: hash(Slice("abc", Fails(), None)),
    "deep tuples": lambda m: m.setdefault(("a", (1, (ShortKey("x"), ())), ShortKey("y")), 1),
}

#: Operations of several steps: those before a step that fails are not undone.
SEQUENCES: dict[str, Callable[[Any], object]] = {
    **{
        f"{name} when comparing is to {kind}{', equal' * equal}": (
            lambda m, use=use, change=change, equal=equal: use(  # type: ignore[misc]
                m, Running(lambda: change(m), hash("aa"), equal=equal)
            )
        )
        for name, use in uses().items()
        for kind, change in CHANGES.items()
        for equal in (False, True)
        if is_worth_it(name, kind)
    },
    **{
        f"{name} when building is to {kind}": (
            lambda m, use=use, change=change: use(  # type: ignore[misc]
                m, RunningView(lambda: change(m), hash("x"))
            )
        )
        for name, use in insertions().items()
        for kind, change in CHANGES.items()
    },
    **{
        f"{name} when the old value is to {kind}": (
            lambda m, use=use, change=change: (  # type: ignore[misc]
                m.insert("aa", LastWords(lambda: change(m), 1)),
                use(m, "aa"),
            )
        )
        for name, use in uses().items()
        for kind, change in CHANGES.items()
        if kind != "fail" and is_worth_it(name, kind)
    },
    "colliding": lambda m: colliding(m, Running(lambda: None, 7)),
    "colliding, fails at last": lambda m: colliding(m, fails_at_last()),
    "entry": lambda m: entry_after(m, "aa"),
    "entry, removed": lambda m: entry_after(m, "aa", lambda m: m.pop("aa")),
    "entry, back again": lambda m: entry_after(
        m, "aa", lambda m: m.pop("aa"), lambda m: m.update({Text("aa"): 1})
    ),
    "entry, moved": lambda m: entry_after(m, "_b", lambda m: m.pop("aa"), lambda m: m.reserve(50)),
    "vacant": lambda m: entry_after(m, "x"),
    "vacant, filled": lambda m: entry_after(m, "x", lambda m: m.insert("x", [])),
    "vacant, elsewhere": lambda m: entry_after(m, "x", lambda m: m.insert("y", [])),
    **{
        f"{name} of a {kind}": (
            lambda m, of=of, key=key, changes=changes: entry_after(  # type: ignore[misc]
                of(m), key, *changes
            )
        )
        for kind, of in FOREIGN.items()
        for name, (key, *changes) in FOREIGN_SEQUENCES.items()
    },
    **{
        f"{name} of a {kind} when comparing is to {change}{', equal' * equal}": (
            lambda m, use=use, of=of, run=run, equal=equal: in_foreign(  # type: ignore[misc]
                of(m), use, run, hash("aa"), equal=equal
            )
        )
        for name, use in FOREIGN_USES.items()
        for kind, of in FOREIGN.items()
        for change, run in FOREIGN_CHANGES.items()
        for equal in (False, True)
        if kind in ("dict", "UserDict")
    },
    "wrong numbers": wrong_numbers,
    "by position with holes": lambda m: (
        with_holes(m).update(y=1),
        [(m.at(n), m.index_of(m.at(n)[0])) for n in range(len(m))],
        m.sort(lambda key, value: str(key), reverse=True),
        m.swap_remove("_b"),
        m.move_to_end("y", last=False),
    ),
    "sort changes at last": lambda m: m.sort(
        lambda key, value: Running(lambda: None, 1) if key != 4 else m.clear()
    ),
    "move for ever": lambda m: [m.move_to_end(m.first_entry().key) for _ in range(30)],
    "move back for ever": lambda m: [m.move_to_end(m.last_entry().key, False) for _ in range(30)],
    "queue": lambda m: [(m.insert(n, n), m.popitem(last=False)) for n in range(100)],
    "retain with holes": lambda m: with_holes(m).retain(never),
    "extract_if with holes": lambda m: list(with_holes(m).extract_if(always)),
    "compare with holes": lambda m: with_holes(m) == m.copy(),
    "extract_if itself": extract_itself,
    "extract_if, last words": last_words_in_extract_if,
    "group in a map": lambda m: group_and_count(m, [("_b", 1), ("aa", 1)]),
    "group and count in a map": lambda m: group_and_count(m, [(("c", 3), 4)]),
    "count unhashable in a map": lambda m: group_and_count(m, [([], 4)]),
    "source changes": lambda m: m.update_with(n := make(), lambda old, new: n.clear()),
    "dict changes": lambda m: m.update_with(d := {"aa": 1, "x": 2}, lambda old, new: d.clear()),
    "iterator changes": lambda m: (i := iter(m), next(i), m.clear(), i.__reduce__()),
    "iterator ends": lambda m: (list(i := iter(m)), next(i, None), i.__reduce__(), next(i)),
    "churn": lambda m: [(m.insert(n, [n]), m.pop(n - 3, None)) for n in range(100)],
    "empty and shrink": lambda m: (m.clear(), m.shrink_to_fit(), m.reserve(3), m.copy()),
    "a Text is stored": lambda m: (m.insert(Text("_t"), 1), m.by(prefixed("_"))["t"]),
    "too much room": reserve_too_much,
}

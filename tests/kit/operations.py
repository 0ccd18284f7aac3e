"""The register of operations: each public method of the collections, entries and lookups, once.

A row says how the method is called, what it does, for which collections it holds, and what a `dict` or a
`set` does instead. Tests of hash counting, re-entrancy, leaks, failing allocations, the random drivers and
the laws draw from it; `tests/house/test_register.py` fails for a public method that no row names.

- `KEYED`: what is given one key or query. Each row that holds for a `Lookup` is also a row `by ...`.
- `OF_ENTRIES`: what an entry can do. `through_entry` makes each of them a use of a key.
- `WHOLE`: what is given no key, but perhaps a number.
- `CONSTRUCTIONS`: what makes a collection of one key.

A new collection is added to the groups of names below, and rows of its own say `of={"ItsName"}`.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from enum import Enum
from itertools import cycle
from operator import add, ge, gt, le, lt
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "ALL",
    "BY_HASH",
    "CONSTRUCTIONS",
    "FINDS",
    "KEYED",
    "MAPS",
    "OF_ENTRIES",
    "RANGES",
    "SETS",
    "SORTED",
    "WHOLE",
    "Construction",
    "Does",
    "Keyed",
    "OfEntries",
    "Whole",
    "after",
    "constructions",
    "insertions",
    "keyed",
    "methods",
    "of_entries",
    "outcome",
    "stored_key",
    "through_entry",
    "uses",
    "whole",
]

# -- which collections there are, and will be -----------------------------------------------------

MAPS = frozenset({"HashMap", "SortedMap"})
SETS = frozenset({"HashSet", "SortedSet"})
BY_HASH = frozenset({"HashMap", "HashSet"})
SORTED = frozenset({"SortedMap", "SortedSet"})
ALL = MAPS | SETS
#: Parts of sorted collections, which do within their bounds what those do.
RANGES = frozenset({"Range", "SetRange"})


class Does(Enum):
    """What an operation does with the key that it is given."""

    FINDS = "looks a query up"
    FINDS_OR_STORES = "looks a query up, and stores its key if that is absent"
    STORES = "stores a key"
    MOVES = "looks a query up, and changes the order"
    REMOVES = "looks a query up, and removes what it finds"


FINDS = frozenset(Does) - {Does.STORES}
"""What takes a query, which need not be a key: the plugin judges it."""

OnKey: TypeAlias = "Callable[[Any, Any, int], Any]"
"""Called with a collection, a query or key, and a value."""


@dataclass(frozen=True)
class Keyed:
    """One way to call one method that is given a key."""

    name: str
    does: Does
    call: OnKey
    #: What a `dict` or a `set` does; None if `call` does for it, too.
    model: OnKey | None = None
    #: Its name in the class, if `name` is not that; behind a dot, in the class of what a method returns.
    method: str = ""
    of: frozenset[str] = MAPS
    #: Whether a `Lookup` has it, and whether a `SetLookup` has.
    of_lookups: bool = True
    of_set_lookups: bool = False
    #: Whether it is done in one step, so that what happens meanwhile is as if it had happened before.
    at_once: bool = True

    def on_model(self, model: Any, key: Any, value: int) -> Any:
        """What the row says of a `dict` or a `set`."""
        return (self.model or self.call)(model, key, value)


# -- what a dict does instead ---------------------------------------------------------------------


def outcome(function: Callable[..., Any], container: Any, query: Any, *rest: Any) -> str:
    """What the call returned, or what it raised; a KeyError must carry what was asked."""
    try:
        return repr(function(container, query, *rest))
    except KeyError as error:
        carried = len(error.args) == 1 and error.args[0] is query
        return f"KeyError with {'what was asked' if carried else repr(error.args)}"
    except Exception as error:
        return f"raised {type(error).__name__}"


def stored_key(d: Iterable[Any], key: Any) -> Any:
    """The key in `d` that `key`, which is there, is equal to."""
    return next(stored for stored in d if stored is key or stored == key)


def try_insert(m: Any, key: Any, value: int) -> Any:
    try:
        return m.try_insert(key, value)
    except KeyError as error:
        if not hasattr(error, "entry"):
            raise
        taken: Any = error
        return "taken", taken.entry.value, taken.value


def dict_try_insert(d: dict[Any, int], key: Any, value: int) -> Any:
    return ("taken", d[key], value) if key in d else dict_or_insert(d, key, value)


def dict_or_insert(d: dict[Any, int], key: Any, value: int) -> int:
    return d.setdefault(key, value)


def dict_insert(d: dict[Any, int], key: Any, value: int) -> int | None:
    old = d.get(key)
    d[key] = value
    return old


def dict_store(d: dict[Any, int], key: Any, value: int) -> int:
    d[key] = value
    return value


def dict_merge(d: dict[Any, int], key: Any, value: int) -> int:
    old = d.get(key)
    return dict_store(d, key, value if old is None else old + value)


def dict_get_key_value(d: dict[Any, int], key: Any, _: int) -> Any:
    return (stored_key(d, key), d[key]) if key in d else None


def dict_remove_entry(d: dict[Any, int], key: Any, _: int) -> Any:
    pair = dict_get_key_value(d, key, 0)
    return (pair or (key,))[0], d.pop(key)


def dict_index_of(d: dict[Any, int], key: Any, _: int) -> int:
    return list(d).index(stored_key(d, key)) if key in d else {}[key]


def dict_move_to_end(d: dict[Any, int], key: Any, last: bool) -> None:
    stored, value = dict_remove_entry(d, key, 0)
    others = dict(d)
    d.clear()
    d.update({**others, stored: value} if last else {stored: value, **others})


def dict_swap_remove(d: dict[Any, int], key: Any, _: int) -> int:
    pairs = list(d.items())
    position = dict_index_of(d, key, 0)
    removed, pairs[position] = pairs[position], pairs[-1]
    d.clear()
    d.update(pairs[:-1])
    return removed[1]


def neighbour(keys: Iterable[Any], key: Any, name: str) -> Any:
    """What `lower` or `lower_entry`, and their kin, find."""
    is_it, nearest = {
        "lower": (lt, max),
        "floor": (le, max),
        "ceiling": (ge, min),
        "higher": (gt, min),
    }[name.removesuffix("_entry")]
    return nearest((each for each in keys if is_it(each, key)), default=None)


def dict_neighbour(d: dict[Any, int], key: Any, name: str) -> Any:
    found = neighbour(d, key, name)
    return None if found is None else (found, d[found])


def dict_split_off(d: dict[Any, int], key: Any, _: int) -> Any:
    return [(each, d.pop(each)) for each in sorted(d) if not each < key]


def key_and_value(entry: Any) -> Any:
    return entry and (entry.key, entry.value)


def remove_if_occupied(m: Any, query: Any, _: int) -> Any:
    entry = m.get_entry(query)
    return None if entry is None else entry.remove()


# -- what is given one key ------------------------------------------------------------------------

_KEYED = (
    Keyed("[]", Does.FINDS, lambda m, q, v: m[q], method="__getitem__"),
    Keyed(
        "in",
        Does.FINDS,
        lambda m, q, v: q in m,
        method="__contains__",
        of=ALL | RANGES,
        of_set_lookups=True,
    ),
    Keyed("get", Does.FINDS, lambda m, q, v: m.get(q)),
    Keyed("get, default", Does.FINDS, lambda m, q, v: m.get(q, v), method="get"),
    Keyed("get_key_value", Does.FINDS, lambda m, q, v: m.get_key_value(q), dict_get_key_value),
    Keyed(
        "get_many",
        Does.FINDS,
        lambda m, q, v: m.get_many(q),
        lambda d, k, v: (d.get(k),),
    ),
    Keyed(
        "get_entry",
        Does.FINDS,
        lambda m, q, v: key_and_value(m.get_entry(q)),
        dict_get_key_value,
    ),
    Keyed(
        "entry",
        Does.FINDS,
        lambda m, q, v: type(m.entry(q)).__name__,
        lambda d, k, v: "Occupied" if k in d else "Vacant",
    ),
    Keyed(
        "entry, or_insert",
        Does.FINDS_OR_STORES,
        lambda m, q, v: m.entry(q).or_insert(v),
        dict_or_insert,
        method="entry",
    ),
    Keyed(
        "entry, insert_entry",
        Does.FINDS_OR_STORES,
        lambda m, q, v: m.entry(q).insert_entry(v).value,
        dict_store,
        method="entry",
        at_once=False,
    ),
    Keyed(
        "entry, and_modify",
        Does.FINDS_OR_STORES,
        lambda m, q, v: m.entry(q).and_modify(lambda old: old + v).or_insert(v),
        dict_merge,
        method="entry",
        at_once=False,
    ),
    Keyed("index_of", Does.FINDS, lambda m, q, v: m.index_of(q), dict_index_of, of=ALL),
    *(
        Keyed(
            name,
            Does.FINDS,
            lambda m, q, v, name=name: key_and_value(getattr(m, name)(q)),  # type: ignore[misc]
            lambda d, k, v, name=name: dict_neighbour(d, k, name),  # type: ignore[misc]
            of=frozenset({"SortedMap", "Range"}),
            of_lookups=False,
        )
        for name in ("lower_entry", "floor_entry", "ceiling_entry", "higher_entry")
    ),
    Keyed(
        "rank",
        Does.FINDS,
        lambda m, q, v: m.rank(q),
        lambda d, k, v: sum(key < k for key in d),
        of=SORTED,
        of_lookups=False,
    ),
    Keyed(
        "range",
        Does.FINDS,
        lambda m, q, v: list(m.range(q)),
        lambda d, k, v: [key for key in sorted(d) if not key < k],
        of=SORTED,
        of_lookups=False,
        at_once=False,  # A list asks for the length, too.
    ),
    Keyed(
        "in keys",
        Does.FINDS,
        lambda m, q, v: q in m.keys(),  # noqa: SIM118
        method="keys.__contains__",
        of=MAPS | {"Range"},
        of_lookups=False,
    ),
    Keyed(
        "in items",
        Does.FINDS,
        lambda m, q, v: (q, v) in m.items(),
        method="items.__contains__",
        of=MAPS | {"Range"},
        of_lookups=False,
    ),
    Keyed("[]=", Does.STORES, lambda m, q, v: m.__setitem__(q, v), method="__setitem__"),
    Keyed("setdefault", Does.STORES, lambda m, q, v: m.setdefault(q, v)),
    Keyed("insert", Does.STORES, lambda m, q, v: m.insert(q, v), dict_insert),
    Keyed("try_insert", Does.STORES, try_insert, dict_try_insert),
    Keyed(
        "get_or_insert_with",
        Does.FINDS_OR_STORES,
        lambda m, q, v: m.get_or_insert_with(q, lambda: v),
        dict_or_insert,
    ),
    Keyed("merge", Does.FINDS_OR_STORES, lambda m, q, v: m.merge(q, v, add), dict_merge),
    Keyed("update", Does.STORES, lambda m, q, v: m.update([(q, v)]), of_lookups=False),
    Keyed(
        "|=",
        Does.STORES,
        lambda m, q, v: m.__ior__([(q, v)]) is m,
        method="__ior__",
        of_lookups=False,
    ),
    Keyed(
        "update_with",
        Does.STORES,
        lambda m, q, v: m.update_with([(q, v)], add),
        lambda d, k, v: (dict_merge(d, k, v), None)[1],
        of_lookups=False,
    ),
    Keyed(
        "move_to_end",
        Does.MOVES,
        lambda m, q, v: m.move_to_end(q),
        lambda d, k, v: dict_move_to_end(d, k, last=True),
        of=BY_HASH,
    ),
    Keyed(
        "move_to_end, first",
        Does.MOVES,
        lambda m, q, v: m.move_to_end(q, last=False),
        lambda d, k, v: dict_move_to_end(d, k, last=False),
        method="move_to_end",
        of=BY_HASH,
    ),
    Keyed("del", Does.REMOVES, lambda m, q, v: m.__delitem__(q), method="__delitem__"),
    Keyed("pop", Does.REMOVES, lambda m, q, v: m.pop(q)),
    Keyed("pop, default", Does.REMOVES, lambda m, q, v: m.pop(q, v), method="pop"),
    Keyed("remove_entry", Does.REMOVES, lambda m, q, v: m.remove_entry(q), dict_remove_entry),
    Keyed(
        "split_off",
        Does.REMOVES,
        lambda m, q, v: list(m.split_off(q).items()),
        dict_split_off,
        of=frozenset({"SortedMap"}),
        of_lookups=False,
    ),
    Keyed(
        "swap_remove", Does.REMOVES, lambda m, q, v: m.swap_remove(q), dict_swap_remove, of=BY_HASH
    ),
    Keyed(
        "get_entry, remove",
        Does.REMOVES,
        remove_if_occupied,
        lambda d, k, v: d.pop(k, None),
        method="get_entry",
    ),
)


# -- what a set is given ----------------------------------------------------------------------------


def set_add(s: set[Any], key: Any) -> bool:
    """Whether it is new."""
    new = key not in s
    s.add(key)
    return new


def set_take(s: set[Any], key: Any) -> Any:
    stored = stored_key(s, key) if key in s else key
    s.remove(key)
    return stored


def set_replace(s: set[Any], key: Any) -> Any:
    old = set_take(s, key) if key in s else None
    s.add(key)
    return old


def set_split_off(s: set[Any], key: Any) -> list[Any]:
    return [set_take(s, each) for each in sorted(s) if not each < key]


_KEYED_OF_SETS = (
    Keyed(
        "get",
        Does.FINDS,
        lambda s, q, v: s.get(q),
        lambda s, k, v: stored_key(s, k) if k in s else None,
        of=SETS,
        of_set_lookups=True,
    ),
    Keyed("add", Does.STORES, lambda s, q, v: s.add(q), of=SETS),
    Keyed(
        "insert",
        Does.STORES,
        lambda s, q, v: s.insert(q),
        lambda s, k, v: set_add(s, k),
        of=SETS,
    ),
    Keyed(
        "get_or_insert",
        Does.FINDS_OR_STORES,
        lambda s, q, v: s.get_or_insert(q),
        lambda s, k, v: (set_add(s, k), stored_key(s, k))[1],
        of=SETS,
        of_set_lookups=True,
    ),
    Keyed(
        "replace",
        Does.STORES,
        lambda s, q, v: s.replace(q),
        lambda s, k, v: set_replace(s, k),
        of=SETS,
    ),
    Keyed(
        "take",
        Does.REMOVES,
        lambda s, q, v: s.take(q),
        lambda s, k, v: set_take(s, k),
        of=SETS,
        of_set_lookups=True,
    ),
    *(
        Keyed(
            name,
            Does.FINDS,
            lambda s, q, v, name=name: getattr(s, name)(q),  # type: ignore[misc]
            lambda s, k, v, name=name: neighbour(s, k, name),  # type: ignore[misc]
            of=frozenset({"SortedSet", "SetRange"}),
        )
        for name in ("lower", "floor", "ceiling", "higher")
    ),
    Keyed(
        "split_off",
        Does.REMOVES,
        lambda s, q, v: list(s.split_off(q)),
        lambda s, k, v: set_split_off(s, k),
        of=frozenset({"SortedSet"}),
    ),
    Keyed("remove", Does.REMOVES, lambda s, q, v: s.remove(q), of=SETS),
    Keyed("discard", Does.REMOVES, lambda s, q, v: s.discard(q), of=SETS),
    Keyed("update", Does.STORES, lambda s, q, v: s.update([q]), of=SETS),
    *(
        Keyed(
            name,
            does,
            lambda s, q, v, name=name: sorted(map(repr, getattr(s, name)([q]) or ())),  # type: ignore[misc]
            of=SETS,
            at_once=False,
        )
        for does, names in (
            (Does.STORES, ("union", "symmetric_difference", "symmetric_difference_update")),
            (Does.FINDS, ("intersection", "difference")),
            (Does.REMOVES, ("intersection_update", "difference_update")),
        )
        for name in names
    ),
    *(
        Keyed(
            name,
            Does.FINDS,
            lambda s, q, v, name=name: getattr(s, name)([q]),  # type: ignore[misc]
            of=SETS,
        )
        for name in ("issubset", "issuperset", "isdisjoint")
    ),
)


def _same(asked: Any) -> Any:
    return asked


def _through_lookup(row: Keyed) -> Keyed:
    maps = MAPS if row.of_lookups else frozenset()
    return replace(
        row,
        name=f"by {row.name}",
        of=row.of & (maps | SETS if row.of_set_lookups else maps),
        call=lambda m, q, v: row.call(m.by(_same), q, v),
        model=row.on_model,
        method=f"by.{row.method or row.name}",
    )


_DIRECT = (*_KEYED, *_KEYED_OF_SETS)
_THROUGH_LOOKUPS = (_through_lookup(row) for row in _DIRECT)
KEYED = (*_DIRECT, *(row for row in _THROUGH_LOOKUPS if row.of))


# -- what an entry can do -------------------------------------------------------------------------

OnEntry: TypeAlias = "Callable[[Any, int, Callable[[], object], Any], Any]"
"""Called with an entry, a value, what a callback does before it answers, and REMOVE."""


@dataclass(frozen=True)
class OfEntries:
    """One way to use an entry; `tests/laws/model.py` has entries that do the same to a `dict`."""

    name: str
    call: OnEntry
    #: Its name in the class, if `name` is not that.
    method: str = ""
    #: Of an `Occupied` alone: a `Vacant` has no such method.
    of_occupied: bool = False


def after(do: Callable[[], object], result: Any) -> Any:
    """The result, once that is done."""
    do()
    return result


def assign(entry: Any, value: int) -> None:
    entry.value = value


OF_ENTRIES = (
    OfEntries("key", lambda e, v, do, gone: e.key),
    OfEntries("value", lambda e, v, do, gone: e.value, of_occupied=True),
    OfEntries("value =", lambda e, v, do, gone: assign(e, v), "value", of_occupied=True),
    OfEntries("insert", lambda e, v, do, gone: e.insert(v)),
    OfEntries("insert_entry", lambda e, v, do, gone: e.insert_entry(v)),
    OfEntries("or_insert", lambda e, v, do, gone: e.or_insert(v)),
    OfEntries("or_insert_with", lambda e, v, do, gone: e.or_insert_with(lambda: after(do, v))),
    OfEntries(
        "or_insert_with_key",
        lambda e, v, do, gone: e.or_insert_with_key(lambda key: after(do, v + len(repr(key)))),
    ),
    OfEntries("or_default", lambda e, v, do, gone: e.or_default()),
    OfEntries("or_insert_entry", lambda e, v, do, gone: e.or_insert_entry(v)),
    OfEntries(
        "or_insert_entry_with",
        lambda e, v, do, gone: e.or_insert_entry_with(lambda: after(do, v)),
    ),
    OfEntries(
        "and_modify", lambda e, v, do, gone: e.and_modify(lambda old: after(do, add(old, v)))
    ),
    OfEntries(
        "and_modify_in_place",
        lambda e, v, do, gone: e.and_modify_in_place(lambda old: after(do, None)),
    ),
    OfEntries(
        "and_modify_in_place, losing the result",
        lambda e, v, do, gone: e.and_modify_in_place(lambda old: after(do, add(old, v))),
        "and_modify_in_place",
    ),
    OfEntries(
        "and_replace_entry_with",
        lambda e, v, do, gone: e.and_replace_entry_with(
            lambda key, old: after(do, old + v + len(repr(key)))
        ),
    ),
    OfEntries(
        "and_replace_entry_with REMOVE",
        lambda e, v, do, gone: e.and_replace_entry_with(lambda key, old: after(do, gone)),
        "and_replace_entry_with",
    ),
    OfEntries("replace_key", lambda e, v, do, gone: e.replace_key(e.key), of_occupied=True),
    OfEntries("remove", lambda e, v, do, gone: e.remove(), of_occupied=True),
    OfEntries("remove_entry", lambda e, v, do, gone: e.remove_entry(), of_occupied=True),
)


# -- what is given no key -------------------------------------------------------------------------

OnWhole: TypeAlias = "Callable[[Any, int], Any]"
"""Called with a collection and a number that is not negative."""


@dataclass(frozen=True)
class Whole:
    """One way to call one method that is given no key. It hashes no key that is stored."""

    name: str
    call: OnWhole
    #: What a `dict` or a `set` does; None if it has nothing like that.
    model: OnWhole | None = None
    #: Its name in the class, if `name` is not that.
    method: str = ""
    of: frozenset[str] = MAPS
    #: Whether it may change the collection.
    changes: bool = False


def every_other(first: int) -> Callable[..., bool]:
    """A predicate that says yes to every other pair, and first if the number is odd."""
    answers = cycle([first % 2 == 1, first % 2 == 0])
    return lambda *_: next(answers)


def as_text(_key: object, value: object) -> str:
    return repr(value)


def dict_popitem(d: dict[Any, int], last: bool) -> Any:
    key = list(d)[-1 if last else 0] if d else d.popitem()
    return key, d.pop(key)


def dict_retain(d: dict[Any, int], first: int) -> None:
    wanted = every_other(first)
    for key in [key for key in d if not wanted()]:
        del d[key]


def dict_extract(d: dict[Any, int], first: int) -> Any:
    wanted = every_other(first)
    return [(key, d.pop(key)) for key in list(d) if wanted()]


def dict_drain(d: dict[Any, int], _: int) -> Any:
    pairs = list(d.items())
    d.clear()
    return pairs


def dict_sort(d: dict[Any, int], number: int) -> None:
    pairs = sorted(d.items(), key=lambda pair: as_text(*pair), reverse=number % 2 == 1)
    d.clear()
    d.update(pairs)


def new_pairs(number: int) -> list[tuple[str, int]]:
    return [(f"new {n}", n) for n in range(number)]


_PAIRS = MAPS | {"Range"}
_ELEMENTS = SETS | {"SetRange"}

WHOLE = (
    Whole("len", lambda m, n: len(m), lambda d, n: len(d), method="__len__",
          of=ALL | RANGES),
    Whole("iter", lambda m, n: list(m), lambda d, n: list(d), method="__iter__",
          of=ALL | RANGES),
    Whole(
        "reversed",
        lambda m, n: list(reversed(m)),
        lambda d, n: list(d)[::-1],
        method="__reversed__",
        of=ALL | RANGES,
    ),
    Whole("keys", lambda m, n: list(m.keys()), lambda d, n: list(d.keys()), of=_PAIRS),
    Whole("values", lambda m, n: list(m.values()), lambda d, n: list(d.values()), of=_PAIRS),
    Whole("items", lambda m, n: list(m.items()), lambda d, n: list(d.items()), of=_PAIRS),
    Whole(
        "reversed items",
        lambda m, n: [list(reversed(view)) for view in (m.keys(), m.values(), m.items())],
        lambda d, n: [list(view)[::-1] for view in (d.keys(), d.values(), d.items())],
        method="items",
        of=_PAIRS,
    ),
    Whole("==", lambda m, n: m == m.copy(), lambda d, n: True, method="__eq__", of=ALL),
    Whole("|", lambda m, n: len(m | m), lambda d, n: len(d), method="__or__", of=ALL),
    Whole(
        "|=", lambda m, n: m.__ior__(m) is m, lambda d, n: True, method="__ior__", changes=True
    ),
    Whole("repr", lambda m, n: repr(m).count("Map"), method="__repr__"),
    Whole("copy", lambda m, n: len(m.copy()), lambda d, n: len(d), of=ALL),
    Whole("copy.copy", lambda m, n: len(copy.copy(m)), lambda d, n: len(d), "__copy__", of=ALL),
    Whole("made of itself", lambda m, n: len(type(m)(m)), lambda d, n: len(d), "__init__", of=ALL),
    Whole("sizeof", lambda m, n: m.__sizeof__() > 0, method="__sizeof__", of=ALL),
    Whole("first_entry", lambda m, n: key_and_value(m.first_entry()),
          lambda d, n: next(iter(d.items()), None), of=_PAIRS),
    Whole("last_entry", lambda m, n: key_and_value(m.last_entry()),
          lambda d, n: next(reversed(d.items()), None), of=_PAIRS),
    Whole("at", lambda m, n: m.at(n), lambda d, n: list(d.items())[n], of=_PAIRS),
    Whole("at, from the end", lambda m, n: m.at(-1 - n), lambda d, n: list(d.items())[-1 - n], "at",
          of=_PAIRS),
    Whole("capacity", lambda m, n: m.capacity >= len(m), lambda d, n: True, of=BY_HASH),
    Whole("default_factory", lambda m, n: m.default_factory),
    Whole("popitem", lambda m, n: m.popitem(), lambda d, n: dict_popitem(d, last=True),
          changes=True),
    Whole("popitem, first", lambda m, n: m.popitem(last=False),
          lambda d, n: dict_popitem(d, last=False), "popitem", changes=True),
    Whole("pop_first", lambda m, n: m.pop_first(), lambda d, n: dict_popitem(d, last=False),
          of=frozenset({"SortedMap", "Range"}), changes=True),
    Whole("pop_last", lambda m, n: m.pop_last(), lambda d, n: dict_popitem(d, last=True),
          of=frozenset({"SortedMap", "Range"}), changes=True),
    Whole("sort", lambda m, n: m.sort(as_text, reverse=n % 2 == 1), dict_sort,
          of=frozenset({"HashMap"}), changes=True),
    Whole("clear", lambda m, n: m.clear(), lambda d, n: d.clear(), of=ALL | RANGES,
          changes=True),
    Whole("retain", lambda m, n: m.retain(every_other(n)), dict_retain, of=_PAIRS, changes=True),
    Whole("extract_if", lambda m, n: list(m.extract_if(every_other(n))), dict_extract,
          of=_PAIRS, changes=True),
    Whole("drain", lambda m, n: list(m.drain()), dict_drain, of=_PAIRS, changes=True),
    Whole("first", lambda s, n: s.first(), of=_ELEMENTS),
    Whole("last", lambda s, n: s.last(), of=_ELEMENTS),
    Whole("at", lambda s, n: s.at(n), of=_ELEMENTS),
    Whole("pop", lambda s, n: s.pop(), of=SETS, changes=True),
    Whole("pop_first", lambda s, n: s.pop_first(), lambda s, n: set_take(s, min(s)) if s else s.pop(),
          of=frozenset({"SortedSet", "SetRange"}), changes=True),
    Whole("pop_last", lambda s, n: s.pop_last(), lambda s, n: set_take(s, max(s)) if s else s.pop(),
          of=frozenset({"SortedSet", "SetRange"}), changes=True),
    Whole("sort", lambda s, n: s.sort(repr, reverse=n % 2 == 1), lambda s, n: None,
          of=frozenset({"HashSet"}), changes=True),
    Whole("retain", lambda s, n: s.retain(every_other(n)), of=_ELEMENTS, changes=True),
    Whole("extract_if", lambda s, n: len(list(s.extract_if(every_other(n)))), of=_ELEMENTS,
          changes=True),
    Whole("drain", lambda s, n: sorted(map(repr, s.drain())), of=_ELEMENTS,
          changes=True),
    Whole("reserve", lambda m, n: m.reserve(n), lambda d, n: None, of=BY_HASH, changes=True),
    Whole("shrink_to_fit", lambda m, n: m.shrink_to_fit(), lambda d, n: None, of=BY_HASH,
          changes=True),
    Whole("update with a map", lambda m, n: m.update(type(m)(new_pairs(n))),
          lambda d, n: d.update(new_pairs(n)), "update", changes=True),
    Whole("update with a dict", lambda m, n: m.update(dict(new_pairs(n))),
          lambda d, n: d.update(new_pairs(n)), "update", changes=True),
    Whole("update with pairs", lambda m, n: m.update(iter(new_pairs(n))),
          lambda d, n: d.update(new_pairs(n)), "update", changes=True),
    Whole("update with itself", lambda m, n: m.update(m), lambda d, n: None, "update",
          changes=True),
    Whole("update_with itself", lambda m, n: m.update_with(m, lambda old, new: old),
          lambda d, n: None, "update_with", changes=True),
)  # fmt: skip


# -- what makes a collection ----------------------------------------------------------------------


@dataclass(frozen=True)
class Construction:
    """One way to make a collection of one key."""

    name: str
    call: Callable[[Any, Any], Any]
    method: str = ""
    of: frozenset[str] = MAPS


CONSTRUCTIONS = (
    Construction("pairs", lambda cls, q: cls([(q, 1)]), "__init__"),
    Construction("fromkeys", lambda cls, q: cls.fromkeys([q], 1)),
    Construction("grouped", lambda cls, q: cls.grouped([(q, 1)])),
    Construction("counted", lambda cls, q: cls.counted([q])),
    Construction("reduced", lambda cls, q: cls.reduced([(q, 1)], max)),
    Construction("merged", lambda cls, q: cls.merged([cls([(q, 1)])], max)),
    Construction(
        "with_capacity",
        lambda cls, q: filled(cls.with_capacity(10), q),
        of=BY_HASH,
    ),
    Construction("elements", lambda cls, q: cls([q]), "__init__", of=SETS),
)


def filled(m: Any, key: Any) -> Any:
    if hasattr(m, "add"):
        m.add(key)
        return m
    m[key] = 1
    return m


# -- what tests draw ------------------------------------------------------------------------------


def _named(rows: Iterable[Any]) -> dict[str, Any]:
    drawn = list(rows)
    named = {row.name: row for row in drawn}
    assert len(named) == len(drawn), "two rows of one collection have the same name"
    return named


def keyed(*does: Does, of: str = "HashMap", direct: bool = False) -> dict[str, Keyed]:
    """The rows of a collection that are given a key, by name; `direct` leaves out those of a `Lookup`."""
    return _named(
        row
        for row in KEYED
        if of in row.of
        and (not does or row.does in does)
        and not (direct and row.name[:3] == "by ")
    )


def of_entries(*, of_vacant: bool = False) -> dict[str, OfEntries]:
    """What every entry can do, or what a `Vacant` can do, too."""
    return _named(row for row in OF_ENTRIES if not (of_vacant and row.of_occupied))


def whole(*, of: str = "HashMap", changing: bool | None = None) -> dict[str, Whole]:
    """The rows of a collection that are given no key; those that change it, or those that do not."""
    return _named(row for row in WHOLE if of in row.of and changing in (None, row.changes))


def methods(cls: str) -> dict[str, set[Does]]:
    """The methods that a row names, and what they do: of a collection, range, entry, or what `by` returns."""
    found: dict[str, set[Does]] = {}
    if cls in ("Occupied", "Vacant"):
        for row in of_entries(of_vacant=cls == "Vacant").values():
            found.setdefault(row.method or row.name, set())
        return found
    for keyed_row in KEYED:
        owner, _, member = (keyed_row.method or keyed_row.name).partition(".")
        if cls in keyed_row.of:
            found.setdefault(owner, set()).update(() if member else (keyed_row.does,))
        elif owner == "by" and keyed_row.of & {"Lookup": MAPS, "SetLookup": SETS}.get(cls, set()):
            found.setdefault(member, set()).add(keyed_row.does)
    for other in (*WHOLE, *CONSTRUCTIONS):
        if cls in other.of:
            found.setdefault(other.method or other.name, set())
    return found


def constructions(of: str = "HashMap") -> dict[str, Callable[[Any, Any], Any]]:
    """The ways to make that collection of one key, called with its class and the key."""
    return {name: row.call for name, row in _named(r for r in CONSTRUCTIONS if of in r.of).items()}


def through_entry(row: OfEntries, remove: Any = None) -> OnKey:
    """The use of an entry as a use of a key: the entry is asked for first."""
    return lambda m, q, v: row.call(m.entry(q), v, lambda: None, remove)


def uses(*does: Does, of: str = "HashMap") -> dict[str, Callable[[Any, Any], Any]]:
    """Every way to use a key of a collection, called with the collection and the key alone.

    Whatever inserts by an entry is among those that store.
    """
    drawn: dict[str, Callable[[Any, Any], Any]] = {
        name: (lambda m, q, row=row: row.call(m, q, 1))  # type: ignore[misc]
        for name, row in keyed(*does, of=of).items()
    }
    if of in MAPS and (not does or Does.FINDS_OR_STORES in does):
        for name, row in of_entries(of_vacant=True).items():
            if "insert" in name:
                use = through_entry(row)
                drawn[f"entry, {name}"] = lambda m, q, use=use: use(m, q, 1)  # type: ignore[misc]
    return drawn


def insertions(of: str = "HashMap") -> dict[str, Callable[[Any, Any], Any]]:
    """Those of `uses` that insert the key if it is absent."""
    return uses(Does.STORES, Does.FINDS_OR_STORES, of=of)

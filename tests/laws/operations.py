"""Every operation on one key, for a HashMap and, in terms of what a dict has, for a dict."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AT_ONCE",
    "LOOKUPS",
    "MOVES",
    "OPERATIONS",
    "REMOVALS",
    "STORES",
    "Operation",
    "outcome",
    "stored_key",
]


class Operation(NamedTuple):
    """The same job for both: called with the container, the lookup or key, and a value."""

    on_map: Callable[[Any, Any, int], Any]
    on_dict: Callable[[dict[Any, int], Any, int], Any]


def outcome(function: Callable[..., Any], container: Any, query: Any, *rest: Any) -> str:
    """What the call returned, or what it raised; a KeyError must carry what was asked."""
    try:
        return repr(function(container, query, *rest))
    except KeyError as error:
        carried = len(error.args) == 1 and error.args[0] is query
        return f"KeyError with {'what was asked' if carried else repr(error.args)}"
    except Exception as error:
        return f"raised {type(error).__name__}"


def stored_key(d: dict[Any, int], key: Any) -> Any:
    """The key in `d` that `key`, which is there, is equal to."""
    return next(stored for stored in d if stored is key or stored == key)


def try_insert(m: Any, key: Any, value: int) -> Any:
    try:
        return m.try_insert(key, value)
    except KeyError as error:
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


def remove_if_occupied(m: Any, query: Any, _: int) -> Any:
    entry = m.get_entry(query)
    return None if entry is None else entry.remove()


def dict_index_of(d: dict[Any, int], key: Any, _: int) -> int:
    return list(d).index(dict_get_key_value(d, key, 0)[0]) if key in d else d[key]


def dict_move_to_end(d: dict[Any, int], key: Any, last: int) -> None:
    """Last if the number is odd, else first."""
    stored, value = dict_remove_entry(d, key, 0)
    others = dict(d)
    d.clear()
    d.update({**others, stored: value} if last % 2 else {stored: value, **others})


def dict_swap_remove(d: dict[Any, int], key: Any, _: int) -> int:
    pairs = list(d.items())
    position = dict_index_of(d, key, 0)
    removed, pairs[position] = pairs[position], pairs[-1]
    d.clear()
    d.update(pairs[:-1])
    return removed[1]


def shared(function: Callable[[Any, Any, int], Any]) -> Operation:
    return Operation(function, function)


LOOKUPS = {
    "[]": shared(lambda m, q, v: m[q]),
    "in": shared(lambda m, q, v: q in m),
    "get": shared(lambda m, q, v: m.get(q)),
    "get, default": shared(lambda m, q, v: m.get(q, v)),
    "get_key_value": Operation(lambda m, q, v: m.get_key_value(q), dict_get_key_value),
    "get_many": Operation(lambda m, q, v: m.get_many(q, q), lambda d, k, v: (d.get(k), d.get(k))),
    "get_entry": Operation(
        lambda m, q, v: (entry := m.get_entry(q)) and (entry.key, entry.value),
        dict_get_key_value,
    ),
    "index_of": Operation(lambda m, q, v: m.index_of(q), dict_index_of),
    "by": Operation(lambda m, q, v: m.by(lambda asked: asked)[q], lambda d, k, v: d[k]),
}

STORES = {
    "[]=": shared(lambda m, q, v: m.__setitem__(q, v)),
    "setdefault": shared(lambda m, q, v: m.setdefault(q, v)),
    "update": shared(lambda m, q, v: m.update([(q, v)])),
    "|=": shared(lambda m, q, v: m.__ior__([(q, v)]) is m),
    "insert": Operation(lambda m, q, v: m.insert(q, v), dict_insert),
    "try_insert": Operation(try_insert, dict_try_insert),
    "merge": Operation(lambda m, q, v: m.merge(q, v, operator.add), dict_merge),
    "update_with": Operation(
        lambda m, q, v: m.update_with([(q, v)], lambda old, new: old + new),
        lambda d, k, v: (dict_merge(d, k, v), None)[1],
    ),
    "get_or_insert_with": Operation(
        lambda m, q, v: m.get_or_insert_with(q, lambda: v), dict_or_insert
    ),
    "entry, or_insert": Operation(lambda m, q, v: m.entry(q).or_insert(v), dict_or_insert),
    "entry, insert_entry": Operation(lambda m, q, v: m.entry(q).insert_entry(v).value, dict_store),
    "entry, and_modify": Operation(
        lambda m, q, v: m.entry(q).and_modify(lambda old: old + v).or_insert(v), dict_merge
    ),
}

AT_ONCE = {
    name: operation
    for name, operation in STORES.items()
    if name not in ("entry, insert_entry", "entry, and_modify")
}
"""Those that store in one step: what happens meanwhile is as if it had happened before."""

MOVES = {
    "move_to_end": Operation(lambda m, q, v: m.move_to_end(q, v % 2), dict_move_to_end),
}

REMOVALS = {
    "del": shared(lambda m, q, v: m.__delitem__(q)),
    "pop": shared(lambda m, q, v: m.pop(q)),
    "pop, default": shared(lambda m, q, v: m.pop(q, v)),
    "remove_entry": Operation(lambda m, q, v: m.remove_entry(q), dict_remove_entry),
    "swap_remove": Operation(lambda m, q, v: m.swap_remove(q), dict_swap_remove),
    "get_entry, remove": Operation(remove_if_occupied, lambda d, k, v: d.pop(k, None)),
}

OPERATIONS = LOOKUPS | STORES | MOVES | REMOVALS

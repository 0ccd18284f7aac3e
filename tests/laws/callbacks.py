"""What a callback, or the `__eq__` of a key, may do to the very container that called it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.laws.keys import Boom, Key

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ENTRY_USES", "MISCHIEF", "OCCUPIED_USES", "after", "fail"]


def store(container: Any, key: Any) -> None:
    container[key] = -1


def store_another(container: Any, key: Any) -> None:
    container[Key(100)] = -2


def remove(container: Any, key: Any) -> None:
    container.pop(key, None)


def clear(container: Any, key: Any) -> None:
    container.clear()


def fail(container: Any, key: Any) -> None:
    raise Boom


MISCHIEF: dict[str, tuple[Callable[[Any, Any], None], ...]] = {
    "nothing": (),
    "store this": (store,),
    "store another": (store_another,),
    "remove this": (remove,),
    "restore this": (remove, store),
    "clear": (clear,),
    "raise": (fail,),
}
"""Steps to be taken one after the other, on the container and the key in question."""


def after(do: Callable[[], None], result: Any) -> Any:
    do()
    return result


def assign(entry: Any, value: int) -> None:
    entry.value = value


ENTRY_USES: dict[str, Callable[[Any, Callable[[], None], int, Any], Any]] = {
    "key": lambda e, do, v, _: e.key,
    "insert": lambda e, do, v, _: e.insert(v),
    "insert_entry": lambda e, do, v, _: e.insert_entry(v),
    "or_insert": lambda e, do, v, _: e.or_insert(v),
    "or_insert_with": lambda e, do, v, _: e.or_insert_with(lambda: after(do, v)),
    "or_insert_with_key": lambda e, do, v, _: e.or_insert_with_key(
        lambda key: after(do, v + len(repr(key)))
    ),
    "or_default": lambda e, do, v, _: e.or_default(),
    "or_insert_entry": lambda e, do, v, _: e.or_insert_entry(v),
    "or_insert_entry_with": lambda e, do, v, _: e.or_insert_entry_with(lambda: after(do, v)),
    "and_modify": lambda e, do, v, _: e.and_modify(lambda old: after(do, old + v)),
    "and_modify_in_place": lambda e, do, v, _: e.and_modify_in_place(lambda old: do()),
    "and_modify_in_place, losing the result": lambda e, do, v, _: e.and_modify_in_place(
        lambda old: after(do, old + v)
    ),
    "and_replace_entry_with": lambda e, do, v, _: e.and_replace_entry_with(
        lambda key, old: after(do, old + v + len(repr(key)))
    ),
    "and_replace_entry_with REMOVE": lambda e, do, v, gone: e.and_replace_entry_with(
        lambda key, old: after(do, gone)
    ),
}
"""Called with an entry, the mischief for its callback, a value, and REMOVE."""

OCCUPIED_USES = ENTRY_USES | {
    "value": lambda e, do, v, _: e.value,
    "value =": lambda e, do, v, _: assign(e, v),
    "remove": lambda e, do, v, _: e.remove(),
    "remove_entry": lambda e, do, v, _: e.remove_entry(),
}
"""These and what only an `Occupied` has."""

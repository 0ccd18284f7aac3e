"""The functions with which a map's methods store, merge and remove a pair."""

from __future__ import annotations

from types import BuiltinFunctionType
from typing import TYPE_CHECKING, Any, TypeVar

from keyview._pure.hash_storage import runs_no_python
from keyview._sentinels import MISSING, Missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyview._pure.hash_storage import HashStorage, Slot

__all__ = ["insert", "merge", "take"]

K = TypeVar("K")
V = TypeVar("V")


def insert(table: HashStorage[K, V], query: Any, hash_: int, value: V) -> V | Missing:
    """Store `value` under the key that `query` finds. Returns the old value, or MISSING if there was none."""
    while True:
        slot, added = table.find_or_add(query, hash_, value)
        if added:
            return MISSING
        old = table.replace_value(slot, value)
        if old is not MISSING:
            return old
        # The slot was removed in between: begin again.


def merge(
    table: HashStorage[K, V], query: Any, hash_: int, value: V, combine: Callable[[V, V], V]
) -> V:
    """Store `value` under a new key; under one that is there, `combine(old value, value)`. Returns it."""
    # If no Python code runs in `combine`, nobody sees it called twice, so that it may be called again
    # when another thread was faster: the merge is then one step.
    repeatable = isinstance(combine, BuiltinFunctionType) and runs_no_python(value)
    while True:
        slot, added = table.find_or_add(query, hash_, value)
        if added:
            return value
        if slot not in table.order:
            continue  # The slot was removed in between: begin again.
        old = slot.value
        merged = combine(old, value)
        if table.replace_value_if(slot, old, merged):
            return merged
        if not (repeatable and runs_no_python(old)):
            insert(table, query, hash_, merged)
            return merged
        # The value was replaced, or the slot removed, in between: combine again.


def take(table: HashStorage[K, V], query: object, hash_: int) -> Slot[K, V] | None:
    """Remove the slot that `query` finds, and return it."""
    while (slot := table.find(query, hash_)) is not None:
        if table.discard(slot):
            return slot
        # The slot was removed in between: look again.
    return None

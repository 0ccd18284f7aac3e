"""What is written on finding or adding a slot: to store, to merge, to take."""

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
    """Store `value`; the old value, or MISSING if there was none."""
    while True:
        slot, added = table.find_or_add(query, hash_, value)
        if added:
            return MISSING
        old = table.swap(slot, value)
        if old is not MISSING:
            return old
        # The key was removed meanwhile: store it again.


def merge(
    table: HashStorage[K, V], query: Any, hash_: int, value: V, combine: Callable[[V, V], V]
) -> V:
    """Store `value`, or what `combine` makes of the old value and it; what was stored."""
    # Where no Python code runs, combining again is seen by nobody, so that the merge can be one step.
    repeatable = isinstance(combine, BuiltinFunctionType) and runs_no_python(value)
    while True:
        slot, added = table.find_or_add(query, hash_, value)
        if added:
            return value
        if slot not in table.order:
            continue  # It was removed meanwhile.
        old = slot.value
        merged = combine(old, value)
        if table.swap_if(slot, old, merged):
            return merged
        if not (repeatable and runs_no_python(old)):
            insert(table, query, hash_, merged)
            return merged
        # The value was replaced, or the key removed, meanwhile: combine again.


def take(table: HashStorage[K, V], query: object, hash_: int) -> Slot[K, V] | None:
    """The slot that `query` finds, removed."""
    while (slot := table.find(query, hash_)) is not None:
        if table.discard(slot):
            return slot
        # It was removed meanwhile: look again.
    return None

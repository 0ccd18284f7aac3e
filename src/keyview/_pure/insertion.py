"""The functions with which a map's methods store, merge and remove a pair."""

from __future__ import annotations

from types import BuiltinFunctionType
from typing import TYPE_CHECKING, Any, TypeVar

from keyview._pure.hash_storage import runs_no_python
from keyview._sentinels import MISSING, Missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyview._pure.storage import OwnStorage, Place

__all__ = ["insert", "merge", "take"]

K = TypeVar("K")
V = TypeVar("V")


def insert(storage: OwnStorage[K, V], query: Any, hash_: int | None, value: V) -> V | Missing:
    """Store `value` under the key that `query` finds. Returns the old value, or MISSING if there was none."""
    while True:
        place, added = storage.find_or_add(query, hash_, value)
        if added:
            return MISSING
        old = storage.replace_value(place, value)
        if old is not MISSING:
            return old
        # The pair was removed in between: begin again.


def merge(
    storage: OwnStorage[K, V], query: Any, hash_: int | None, value: V, combine: Callable[[V, V], V]
) -> V:
    """Store `value` under a new key; under one that is there, `combine(old value, value)`. Returns it."""
    # If no Python code runs in `combine`, nobody sees it called twice, so that it may be called again
    # when another thread was faster: the merge is then one step.
    repeatable = isinstance(combine, BuiltinFunctionType) and runs_no_python(value)
    while True:
        place, added = storage.find_or_add(query, hash_, value)
        if added:
            return value
        if not storage.holds(place):
            continue  # The pair was removed in between: begin again.
        old = place.value
        merged = combine(old, value)
        if storage.replace_value_if(place, old, merged):
            return merged
        if not (repeatable and runs_no_python(old)):
            insert(storage, query, hash_, merged)
            return merged
        # The value was replaced, or the place removed, in between: combine again.


def take(storage: OwnStorage[K, V], query: object, hash_: int | None) -> Place[K, V] | None:
    """Remove the pair that `query` finds, and return its place."""
    while (place := storage.probe(query, hash_)[0]) is not None:
        if storage.discard(place):
            return place
        # The pair was removed in between: look again.
    return None

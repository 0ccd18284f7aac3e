"""The table: buckets of slots by hash, beside the order in which they were inserted.

Nothing here knows about views, entries or iterators; everything else here is written on it. Keys and
queries arrive with their hash, so no key is ever hashed in this file.

Three things make it safe while `__eq__`, destructors and other threads do what they like:

- A bucket is an immutable tuple, replaced at each change: whoever walked a bucket can tell by
  identity whether it is still the one that is there.
- A slot is in the table exactly while it is in `order`, and never comes back once removed.
- The lock is held only while no code of the user's can run; every decision that needed such code is
  checked again under the lock.
"""

from __future__ import annotations

import sys
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from keyview._sentinel import MISSING, Missing
from keyview.views import PLAIN, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Bucket", "Slot", "Table", "is_plain"]

K = TypeVar("K")
V = TypeVar("V")

SMALLEST_CAPACITY = 5


def is_plain(thing: object) -> bool:
    """Whether hashing, comparing or adding `thing` runs no Python code, its own or of what it holds."""
    return id(type(thing)) in PLAIN or not holds(thing, _is_any_class)


def _is_any_class(_cls: type) -> bool:
    return True


class Slot(Generic[K, V]):
    """One stored key with its hash and its value. Equal only to itself."""

    __slots__ = ("hash", "key", "value")

    def __init__(self, hash_: int, key: K, value: V) -> None:
        self.hash: int = hash_
        self.key: K = key
        self.value: V = value


Bucket: TypeAlias = tuple[Slot[K, V], ...]
"""The slots of one hash."""


class Table(Generic[K, V]):
    """The storage of one map."""

    __slots__ = ("buckets", "capacity", "default_factory", "lock", "order", "version")

    def __init__(self) -> None:
        self.buckets: dict[int, Bucket[K, V]] = {}
        self.order: dict[Slot[K, V], None] = {}
        #: Counts the changes that iterators must notice: keys added and removed, rebuilds.
        self.version: int = 0
        #: What was asked for with `reserve`; a dict cannot be sized in advance.
        self.capacity: int = 0
        # Re-entrant, because a destructor or a signal handler may run between any two lines.
        self.lock: RLock = RLock()
        self.default_factory: Callable[[], V] | None = None

    def probe(
        self, query: object, hash_: int, seen: Bucket[K, V] = ()
    ) -> tuple[Slot[K, V] | None, Bucket[K, V]]:
        """The slot that `query` finds, and the bucket in which that was decided.

        The slots of `seen` are known not to match. No slot is asked about twice, however often
        `__eq__` changes the table: an `__eq__` that inserts keeps this going only if it inserts a new
        key of this very hash each time, which keeps a `dict` going, too.
        """
        while (bucket := self.buckets.get(hash_, ())) is not seen:
            for slot in bucket:
                if (
                    slot.key is query or (slot not in seen and query == slot.key)
                ) and slot in self.order:
                    return slot, bucket
            seen = bucket
        return None, seen

    def find(self, query: object, hash_: int) -> Slot[K, V] | None:
        """The slot that `query` finds."""
        return self.probe(query, hash_)[0]

    def add(self, key: K, hash_: int, value: V, seen: Bucket[K, V]) -> Slot[K, V] | None:
        """A new slot, or None if `seen`, in which the key was not found, has changed since."""
        slot = Slot(hash_, key, value)
        grown = (*seen, slot)
        with self.lock:
            if self.buckets.get(hash_, ()) is not seen:
                return None
            # In this order: a thread that finds it in the bucket must not take it for a removed one.
            self.order[slot] = None
            self.buckets[hash_] = grown
            self.version += 1
            if len(self.order) > self.capacity:
                self.capacity = max(2 * self.capacity, SMALLEST_CAPACITY)
        return slot

    def discard(self, slot: Slot[K, V]) -> bool:
        """Remove `slot`; False if it was no longer there."""
        with self.lock:
            if slot not in self.order:
                return False
            bucket = tuple([other for other in self.buckets[slot.hash] if other is not slot])
            if bucket:
                self.buckets[slot.hash] = bucket
            else:
                del self.buckets[slot.hash]
            del self.order[slot]
            self.version += 1
        return True

    def discard_last(self) -> Slot[K, V] | None:
        """Remove the slot that was inserted last."""
        with self.lock:
            for slot in reversed(self.order):
                self.discard(slot)
                return slot
        return None

    def discard_all(self) -> dict[Slot[K, V], None]:
        """Remove every slot, and hand them over; the room is given up, too, as a dict's is."""
        with self.lock:
            slots, self.buckets, self.order = self.order, {}, {}
            self.capacity = 0
            if slots:
                self.version += 1
        return slots

    def swap(self, slot: Slot[K, V], value: V) -> V | Missing:
        """Put `value` into `slot`; the old value, which thus outlives the lock.

        MISSING if the slot is no longer there: nobody would ever see the value.
        """
        with self.lock:
            if slot not in self.order:
                return MISSING
            old, slot.value = slot.value, value
        return old

    def swap_key(self, slot: Slot[K, V], key: K) -> K | Missing:
        """Put an equal `key` into `slot`; the old key, or MISSING, as in `swap`."""
        with self.lock:
            if slot not in self.order:
                return MISSING
            old, slot.key = slot.key, key
        return old

    def snapshot(self) -> list[tuple[K, int, V]]:
        """Every key with its hash and its value, as they are at one moment."""
        with self.lock:
            return [(slot.key, slot.hash, slot.value) for slot in self.order]

    def is_quiet(self, hashed: Iterable[tuple[Any, ...]]) -> bool:
        """Whether looking these (key, hash, ...) up runs no Python code, so that the lock may be held."""
        return all(
            is_plain(key) and all(is_plain(slot.key) for slot in self.buckets.get(hash_, ()))
            for key, hash_, *_ in hashed
        )

    def reserve(self, additional: int) -> None:
        """Promise room for `additional` more keys; counts as a rebuild."""
        with self.lock:
            self.capacity = max(self.capacity, len(self.order) + additional)
            self.version += 1

    def shrink(self) -> None:
        """Give up the room that is not used; counts as a rebuild."""
        with self.lock:
            # A dict keeps its size when it loses keys: only a new one is small.
            self.buckets, self.order = dict(self.buckets), dict(self.order)
            self.capacity = len(self.order)
            self.version += 1

    def copy_from(self, other: Table[Any, Any]) -> bool:
        """Copy the slots of `other`, if this table is empty; hashes and compares nothing."""
        with other.lock:
            copies = [Slot(slot.hash, slot.key, slot.value) for slot in other.order]
        with self.lock:
            if self.order:
                return False
            for slot in copies:
                self.order[slot] = None
                self.buckets[slot.hash] = (*self.buckets.get(slot.hash, ()), slot)
            if copies:
                self.version += 1
                self.capacity = max(self.capacity, len(copies))
        return True

    def __sizeof__(self) -> int:
        return (
            object.__sizeof__(self)
            + sys.getsizeof(self.buckets)
            + sys.getsizeof(self.order)
            + sum(map(sys.getsizeof, self.buckets.values()))
            + sum(map(sys.getsizeof, self.order))
        )

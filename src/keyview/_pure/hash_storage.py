"""The storage of a HashMap: slots in the order of insertion, and buckets that find a slot by its key's hash.

Nothing here knows of entries or iterators, which use this module. Keys and queries come with their
hashes; nothing is hashed here but a key that a view builds.

User code may run in the middle of any method: an `__eq__`, a destructor, a callback of a weak reference
or of the garbage collector, a signal handler, another thread. Ctrl-C may end a method there. CPython
runs such code only at certain points: after a call, at the start of a function, where a loop jumps back,
and up to 3.11 where an object is made that the garbage collector tracks. Between two instructions that
do none of this, no user code runs. Hence three rules:

- A bucket is an immutable tuple, which each change replaces by a new one. A method that walked over a bucket
  can tell by identity whether the bucket was changed.
- A slot is in the table exactly while it is in `order`. A slot that was removed never comes back. `order` is
  an OrderedDict, because a dict takes time for its first or last key if many were removed at that end.
- ONE STEP. A method that changes the table first computes what to store. Then, in lines under the comment
  "One step", it checks that what it computed from is unchanged, and stores. In these lines nothing is called,
  no loop jumps back, no container is made, and each object that is replaced is kept alive by a variable
  until after them. Nobody can therefore see a change half made. There is no lock, because a fork could leave
  it locked, and a destructor could wait for the thread that it interrupted.

The tests run user code, and raise KeyboardInterrupt, at every point where CPython could. Two cases are
not covered: a build of Python without the GIL, and several threads under a debugger that traces this
file.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from itertools import islice, repeat
from operator import attrgetter, is_, setitem
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from keyview._messages import unequal_keys
from keyview._sentinels import MISSING, Missing
from keyview.views import RUNS_NO_PYTHON, holds, owned_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from keyview._pure.map import Map

__all__ = [
    "Bucket",
    "HashStorage",
    "Slot",
    "item_of",
    "key_of",
    "runs_no_python",
    "table_of",
    "triple_of",
    "value_of",
]

K = TypeVar("K")
V = TypeVar("V")

SMALLEST_CAPACITY = 5

#: How often a change of several keys is prepared again when the table was changed in between.
ATTEMPTS = 8

# These functions are written in C, as `map` is: while `map(key_of, slots)` is read, no user code runs.
key_of: Callable[[Slot[Any, Any]], Any] = attrgetter("key")
value_of: Callable[[Slot[Any, Any]], Any] = attrgetter("value")
item_of: Callable[[Slot[Any, Any]], tuple[Any, Any]] = attrgetter("key", "value")
triple_of: Callable[[Slot[Any, Any]], tuple[Any, int, Any]] = attrgetter("key", "hash", "value")

#: The table of a map. The attribute has a name that no subclass is likely to use.
table_of: Callable[[Map[Any, Any]], HashStorage[Any, Any]] = attrgetter("_HashMap__keyview")


def runs_no_python(thing: object) -> bool:
    """Whether hashing, comparing and adding `thing` run no Python code. A tuple counts with what is in it."""
    return id(type(thing)) in RUNS_NO_PYTHON or not holds(thing, _is_any_class)


def _is_any_class(_cls: type) -> bool:
    return True


class Slot(Generic[K, V]):
    """A stored key with its hash and its value. A slot is equal only to itself."""

    __slots__ = ("hash", "key", "value")

    def __init__(self, hash_: int, key: K, value: V) -> None:
        self.hash: int = hash_
        self.key: K = key
        self.value: V = value


Bucket: TypeAlias = tuple[Slot[K, V], ...]
"""The slots of one hash."""

NO_SLOT: Final[Slot[Any, None]] = Slot(0, None, None)
"""Used in place of the slot of an absent key where values are read: its value is None."""


class HashStorage(Generic[K, V]):
    """The storage of one map. `storage.Storage` says what the methods do that all storages have."""

    __slots__ = ("buckets", "capacity", "default_factory", "order", "version")

    def __init__(self) -> None:
        self.buckets: dict[int, Bucket[K, V]] = {}
        self.order: OrderedDict[Slot[K, V], None] = OrderedDict()
        #: Counts the changes that end iterators: a key was added, removed or moved, or the table
        #: rebuilt.
        self.version: int = 0
        #: The capacity that was asked for. Only a number here: a dict cannot be sized in advance.
        self.capacity: int = 0
        self.default_factory: Callable[[], V] | None = None

    def probe(
        self, query: object, hash_: int, seen: Bucket[K, V] = ()
    ) -> tuple[Slot[K, V] | None, Bucket[K, V]]:
        """The slot that `query` finds, or None; and the bucket that was searched last.

        The slots in `seen` were compared before and are not equal. No slot is compared twice, even if an
        `__eq__` changes the table and the search has to begin again. The search does not end only if
        each `__eq__` inserts a new key with this hash, and then the search of a `dict` does not end
        either.
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

    @staticmethod
    def hash_of(query: object) -> int:
        """The hash with which the storage is asked about `query`."""
        return hash(query)

    def look(self, query: object) -> Slot[K, V] | None:
        """As `find`, of a query that is yet to be hashed."""
        return self.find(query, hash(query))

    def walk(self, *, backwards: bool = False) -> tuple[int, int, Iterator[Slot[K, V]]]:
        """The version, how many slots there are, and an iterator over them, good for that version."""
        version = self.version  # Before the order is read: a change after this is noticed.
        order = self.order
        return version, len(order), reversed(order) if backwards else iter(order)

    def add(self, key: K, hash_: int, value: V, seen: Bucket[K, V]) -> Slot[K, V] | None:
        """A new slot; None if the bucket is no longer `seen`, in which the key was not found."""
        slot = Slot(hash_, key, value)
        grown = (*seen, slot)
        # One step. If memory runs out at the second store, the bucket has a slot that is not in `order`,
        # and lookups ignore it.
        if (self.buckets[hash_] if hash_ in self.buckets else ()) is not seen:  # noqa: SIM401 -- no call
            return None
        self.buckets[hash_] = grown
        self.order[slot] = None
        self.version += 1
        # End of the step.
        if len(self.order) > self.capacity:
            self.capacity = max(2 * self.capacity, SMALLEST_CAPACITY)
        return slot

    def find_or_add(
        self, query: Any, hash_: int, value: V, seen: Bucket[K, V] = ()
    ) -> tuple[Slot[K, V], bool]:
        """The slot that `query` finds, or else a new one with `value`; and whether it is new.

        A view's key is built only if a slot is added.
        """
        slot, seen = self.probe(query, hash_, seen)
        if slot is not None:
            return slot, False
        key: K = owned_key(query, hash_)
        while True:
            added = self.add(key, hash_, value, seen)
            if added is not None:
                return added, True
            # The bucket was changed while the key was built, or by another thread: look again.
            slot, seen = self.probe(query, hash_, seen)
            if slot is not None:
                return slot, False

    def holds(self, slot: Slot[K, V]) -> bool:
        """Whether `slot` is still in the table."""
        return slot in self.order

    def find_again(self, slot: Slot[K, V]) -> Slot[K, V] | None:
        """The slot of the same key now, or None."""
        return self.find(slot.key, slot.hash)

    def discard(self, slot: Slot[K, V]) -> bool:
        """Remove `slot`. False if the slot was no longer there."""
        hash_ = slot.hash
        while slot in self.order:
            bucket = self.buckets[hash_]
            rest = () if len(bucket) == 1 else tuple([one for one in bucket if one is not slot])
            # One step. `slot` and `bucket` keep what is removed alive.
            if slot in self.order and self.buckets[hash_] is bucket:
                del self.order[slot]
                if rest:
                    self.buckets[hash_] = rest
                else:
                    del self.buckets[hash_]
                self.version += 1
                return True
        return False

    def slot_at(self, position: int) -> Slot[K, V] | None:
        """The slot at a position, which may be negative as in a list; None if there is none."""
        order = self.order
        direction, skipped = (reversed, ~position) if position < 0 else (iter, position)
        if skipped >= len(order):
            return None
        walk: Callable[..., Any] = islice
        # One call, of `next`, which makes all the others in C: no user code runs in between.
        return next(map(next, map(walk, map(direction, (order,)), (skipped,), (None,))), None)

    def discard_at(self, position: int) -> Slot[K, V] | None:
        """Remove the slot at a position, and return it; None if there is none."""
        while True:
            slot = self.slot_at(position)
            if slot is None or self.discard(slot):
                return slot

    def discard_swapping(self, slot: Slot[K, V]) -> bool:
        """Remove `slot`, and let the last one take its place. False if the slot was no longer there.

        O(n): an OrderedDict can move a key only to an end.
        """
        hash_ = slot.hash
        while slot in self.order:
            version = self.version
            slots = list(self.order)
            bucket = self.buckets.get(hash_, ())
            if slot not in slots or slot not in bucket:
                continue  # The slot was removed in between.
            slots[slots.index(slot)] = slots[-1]
            order = OrderedDict.fromkeys(slots[:-1])
            rest = tuple([one for one in bucket if one is not slot])
            # One step. `slot` and `bucket` keep what is removed alive.
            if self.version == version:
                self.order, order = order, self.order
                if rest:
                    self.buckets[hash_] = rest
                else:
                    del self.buckets[hash_]
                self.version += 1
                return True
        return False

    def discard_all(self) -> dict[Slot[K, V], None]:
        """Remove every slot, and return them all. The capacity becomes 0, as a dict gives its memory back."""
        buckets: dict[int, Bucket[K, V]] = {}
        order: OrderedDict[Slot[K, V], None] = OrderedDict()
        # One step. `order` and `buckets` then keep what is removed alive.
        self.buckets, buckets = buckets, self.buckets
        self.order, order = order, self.order
        self.capacity = 0
        if order:
            self.version += 1
        return order

    def replace_value(self, slot: Slot[K, V], value: V) -> V | Missing:
        """Put `value` into `slot`. Returns the old value, or MISSING if the slot was no longer there."""
        # One step.
        if slot not in self.order:
            return MISSING
        old, slot.value = slot.value, value
        return old

    def replace_value_if(self, slot: Slot[K, V], expected: V, value: V) -> bool:
        """Put `value` into `slot`, if the slot is still there and its value still is `expected`."""
        # One step.
        if slot not in self.order or slot.value is not expected:
            return False
        slot.value = value
        return True

    def admit(self, slot: Slot[K, V], key: K) -> K:
        """The owned key to store in place of the stored one. Raises `ValueError` if the two are not equal."""
        hash_ = hash(key)
        if hash_ != slot.hash or not (key is slot.key or key == slot.key):
            raise unequal_keys(key, slot.key)
        owned: K = owned_key(key, hash_)
        return owned

    def replace_key(self, slot: Slot[K, V], key: K) -> K | Missing:
        """Put an equal `key` into `slot`. Returns the old key, or MISSING if the slot was no longer there."""
        # One step.
        if slot not in self.order:
            return MISSING
        old, slot.key = slot.key, key
        return old

    def move_to_end(self, slot: Slot[K, V], *, last: bool) -> bool:
        """Make `slot` the last, or the first. False if the slot was no longer there."""
        done: list[None] = []
        while slot in self.order:
            order = self.order
            if self.slot_at(-1 if last else 0) is slot:
                return True
            move = map(order.move_to_end, (slot,), (last,))
            # One step: reading `move` is one call, in C.
            if self.order is order and slot in order:
                done += move
                self.version += 1
                return True
        return False

    def reorder(self, slots: list[Slot[K, V]], version: int) -> bool:
        """Put the slots, of which there must be all, into this order. False if the version is another."""
        order: OrderedDict[Slot[K, V], None] = OrderedDict.fromkeys(slots)
        # One step.
        if self.version != version:
            return False
        self.order, order = order, self.order
        self.version += 1
        return True

    def snapshot(self) -> Iterable[tuple[Slot[K, V], V]]:
        """Every slot with its value, all as they are at one moment."""
        slots: list[Slot[K, V]] = []
        values: list[V] = []
        read = map(value_of, slots)
        # One step: `read` reads the slots that the line before has added.
        slots += self.order
        values += read
        # End of the step.
        return zip(slots, values, strict=True)

    def values_of(self, hashed: list[tuple[object, int]]) -> tuple[V | None, ...]:
        """The value that each (query, hash) finds, or None, all as they are at one moment.

        If the keys have changed during each of `ATTEMPTS` attempts, the values may be of several
        moments.
        """
        values: list[V | None] = []
        for _attempt in range(ATTEMPTS):
            buckets = self.buckets
            seen: dict[int, Bucket[K, V]] = {}
            slots: list[Slot[Any, Any]] = []
            for query, hash_ in hashed:
                slot, bucket = self.probe(query, hash_)
                slots.append(NO_SLOT if slot is None else slot)
                seen.setdefault(hash_, bucket)
            values = []
            read, still = map(value_of, slots), unchanged(buckets, seen)
            # One step: reading each of the two iterators is one call, in C.
            values += read
            if self.buckets is buckets and False not in still:
                break
        return tuple(values)

    def store_all(self, pairs: Iterable[tuple[Any, int, V]]) -> bool:
        """Store values under keys that are no views, each given with its hash, in one step.

        False, and nothing is stored, if comparing a stored key may run Python code, or if the keys have
        changed during each of `ATTEMPTS` attempts.
        """
        for _attempt in range(ATTEMPTS):
            buckets, order = self.buckets, self.order
            seen: dict[int, Bucket[K, V]] = {}
            grown: dict[int, Bucket[K, V]] = {}
            added: dict[Slot[K, V], None] = {}
            slots: list[Slot[K, V]] = []
            values: list[V] = []
            for key, hash_, value in pairs:
                if hash_ not in seen:
                    seen[hash_] = buckets.get(hash_, ())
                    if not all(runs_no_python(slot.key) for slot in seen[hash_]):
                        return False
                bucket = grown.get(hash_) or seen[hash_]
                for slot in bucket:
                    if (key is slot.key or key == slot.key) and (slot in order or slot in added):
                        slots.append(slot)
                        values.append(value)
                        break
                else:
                    slot = Slot(hash_, key, value)
                    grown[hash_] = (*bucket, slot)
                    added[slot] = None
            replaced: list[Any] = []
            read, stores = map(value_of, slots), map(setattr, slots, repeat("value"), values)
            still = unchanged(buckets, seen)
            # Not `order |= added`: an OrderedDict makes a list for that, and on 3.11 the garbage
            # collector may then run.
            appends = map(setitem, repeat(order), added, repeat(None))
            # One step: reading each iterator is one call, in C. `replaced` keeps what is replaced alive.
            if self.buckets is buckets and self.order is order and False not in still:
                replaced += read
                buckets |= grown
                replaced += appends
                replaced += stores
                if added:
                    self.version += 1
                # End of the step.
                self.capacity = max(self.capacity, len(self.order))
                return True
        return False

    def reserve(self, additional: int) -> None:
        """Make the capacity enough for `additional` more keys. Counts as a rebuild."""
        self.capacity = max(self.capacity, len(self.order) + additional)
        self.version += 1

    def shrink(self) -> None:
        """Give back memory that is not used. Counts as a rebuild."""
        # A dict does not become smaller when keys are removed; a copy is small.
        for _attempt in range(ATTEMPTS):
            version, old_buckets, old_order = self.version, self.buckets, self.order
            buckets, order = dict(old_buckets), OrderedDict(old_order)
            # One step.
            if self.version == version:
                self.buckets = buckets
                self.order = order
                self.version += 1
                # End of the step.
                self.capacity = len(self.order)
                return

    def copy_from(self, other: HashStorage[Any, Any]) -> bool:
        """Copy the slots of `other` if this table is empty, and return whether it was. Compares no keys."""
        if self.order:
            return False
        buckets: dict[int, Bucket[K, V]] = {}
        order: OrderedDict[Slot[K, V], None] = OrderedDict()
        for original, value in other.snapshot():
            slot = Slot(original.hash, original.key, value)
            order[slot] = None
            buckets[slot.hash] = (*buckets.get(slot.hash, ()), slot)
        # One step.
        if self.order:
            return False
        self.buckets, buckets = buckets, self.buckets
        self.order = order
        if order:
            self.version += 1
        # End of the step.
        self.capacity = max(self.capacity, len(self.order))
        return True

    def become(self, other: HashStorage[K, V]) -> dict[Slot[K, V], None]:
        """Take the slots of `other`, which nobody else has. Returns the old slots."""
        buckets, order = other.buckets, other.order
        # One step. `order` and `buckets` then keep what is removed alive.
        self.buckets, buckets = buckets, self.buckets
        self.order, order = order, self.order
        self.version += 1
        # End of the step.
        self.capacity = max(self.capacity, len(self.order))
        return order

    def __len__(self) -> int:
        return len(self.order)

    def __sizeof__(self) -> int:
        return (
            object.__sizeof__(self)
            + sys.getsizeof(self.buckets)
            + sys.getsizeof(self.order)
            + sum(map(sys.getsizeof, list(self.buckets.values())))
            + sum(map(sys.getsizeof, list(self.order)))
        )


def unchanged(buckets: dict[int, Bucket[K, V]], seen: dict[int, Bucket[K, V]]) -> Iterator[bool]:
    """An iterator that, when it is read, yields for each bucket that was seen whether it is still there."""
    return map(is_, map(buckets.get, seen, repeat(())), seen.values())

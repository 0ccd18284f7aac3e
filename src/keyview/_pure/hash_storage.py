"""The storage of a HashMap: buckets of slots by hash, beside the order in which they were inserted.

Nothing here knows about entries or iterators; they are written on it. Keys and queries arrive with their
hash, so no key is ever hashed in this file, but for one that a view builds.

Foreign code may run in the middle of any method: `__eq__`, a destructor, a callback of a weak
reference or of the collector, a signal handler, another thread; and Ctrl-C may end it there. CPython
lets it in at known places: after a call, at the start of a function, where a loop jumps back, and up to
3.11 where an object that the collector watches is made. It never does between two instructions that do
none of this. Hence three rules:

- A bucket is an immutable tuple, replaced at each change: whoever walked a bucket can tell by
  identity whether it is still the one that is there.
- A slot is in the table exactly while it is in `order`, and never comes back once removed. `order` is an
  OrderedDict because a dict finds its first or last key by crawling over all that were removed there.
- A method that changes the table first computes what it will store. Then, in lines under the comment
  "One step", it checks that what it computed from is still so, and stores. In these lines nothing is
  called, no loop jumps back, no container is made, and whatever they replace is kept alive by a
  variable until after them. So nobody ever finds a change half made, and no lock is needed, which
  could be left held by a fork, or by a thread that waits for what its own destructor took.

The tests let foreign code in, and Ctrl-C, at every place where CPython could. Two things are beyond this:
a build of Python without the GIL, for which nothing is promised, and several threads under a debugger
that traces this file.
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

#: How often a change of several keys is prepared again because another got in between.
ATTEMPTS = 8

# Written in C, as `map` is: while an iterator of both is read, nobody comes in between.
key_of: Callable[[Slot[Any, Any]], Any] = attrgetter("key")
value_of: Callable[[Slot[Any, Any]], Any] = attrgetter("value")
item_of: Callable[[Slot[Any, Any]], tuple[Any, Any]] = attrgetter("key", "value")
triple_of: Callable[[Slot[Any, Any]], tuple[Any, int, Any]] = attrgetter("key", "hash", "value")

#: The table of a map, which has it under a name that no subclass takes by chance.
table_of: Callable[[Map[Any, Any]], HashStorage[Any, Any]] = attrgetter("_HashMap__keyview")


def runs_no_python(thing: object) -> bool:
    """Whether hashing, comparing or adding `thing` runs no Python code, its own or of what it holds."""
    return id(type(thing)) in RUNS_NO_PYTHON or not holds(thing, _is_any_class)


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

NO_SLOT: Final[Slot[Any, None]] = Slot(0, None, None)
"""Stands for the slot of an absent key where values are read."""


class HashStorage(Generic[K, V]):
    """The storage of one map; see `storage` for what the methods that it shares with others do."""

    __slots__ = ("buckets", "capacity", "default_factory", "order", "version")

    def __init__(self) -> None:
        self.buckets: dict[int, Bucket[K, V]] = {}
        self.order: OrderedDict[Slot[K, V], None] = OrderedDict()
        #: Counts the changes that iterators must notice: keys added, removed and moved, rebuilds.
        self.version: int = 0
        #: What was asked for with `reserve`; a dict cannot be sized in advance.
        self.capacity: int = 0
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
        # One step. If memory runs out at the second store, the bucket holds a slot that is not in the
        # table, and lookups pass it over.
        if (self.buckets[hash_] if hash_ in self.buckets else ()) is not seen:  # noqa: SIM401 -- no call
            return None
        self.buckets[hash_] = grown
        self.order[slot] = None
        self.version += 1
        # The step is over.
        if len(self.order) > self.capacity:
            self.capacity = max(2 * self.capacity, SMALLEST_CAPACITY)
        return slot

    def find_or_add(
        self, query: Any, hash_: int, value: V, seen: Bucket[K, V] = ()
    ) -> tuple[Slot[K, V], bool]:
        """The slot that `query` finds, or else a new one holding `value`; and whether it is new.

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
            # Building the key, or another thread, got there first.
            slot, seen = self.probe(query, hash_, seen)
            if slot is not None:
                return slot, False

    def holds(self, slot: Slot[K, V]) -> bool:
        """Whether `slot` is still there."""
        return slot in self.order

    def find_again(self, slot: Slot[K, V]) -> Slot[K, V] | None:
        """The slot that has the key of `slot` now."""
        return self.find(slot.key, slot.hash)

    def discard(self, slot: Slot[K, V]) -> bool:
        """Remove `slot`; False if it was no longer there."""
        hash_ = slot.hash
        while slot in self.order:
            bucket = self.buckets[hash_]
            rest = () if len(bucket) == 1 else tuple([one for one in bucket if one is not slot])
            # One step. `slot` and `bucket` keep alive what is removed.
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
        """The slot at this position, also counted from the end; None if there is none."""
        order = self.order
        turned, skipped = (reversed, ~position) if position < 0 else (iter, position)
        if skipped >= len(order):
            return None
        walk: Callable[..., Any] = islice
        # One call: `next` calls the rest, and nobody comes in between.
        return next(map(next, map(walk, map(turned, (order,)), (skipped,), (None,))), None)

    def discard_at(self, position: int) -> Slot[K, V] | None:
        """Remove the slot at this position."""
        while True:
            slot = self.slot_at(position)
            if slot is None or self.discard(slot):
                return slot

    def discard_swapping(self, slot: Slot[K, V]) -> bool:
        """Remove `slot`, and let the last one take its place; False if it was no longer there.

        O(n): only at its ends does an OrderedDict change its order at once.
        """
        hash_ = slot.hash
        while slot in self.order:
            version = self.version
            slots = list(self.order)
            bucket = self.buckets.get(hash_, ())
            if slot not in slots or slot not in bucket:
                continue  # It was removed meanwhile.
            slots[slots.index(slot)] = slots[-1]
            order = OrderedDict.fromkeys(slots[:-1])
            rest = tuple([one for one in bucket if one is not slot])
            # One step. `slot` and `bucket` keep alive what is removed.
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
        """Remove every slot, and hand them over; the room is given up, too, as a dict's is."""
        buckets: dict[int, Bucket[K, V]] = {}
        order: OrderedDict[Slot[K, V], None] = OrderedDict()
        # One step. `order` and `buckets` then keep alive what is removed.
        self.buckets, buckets = buckets, self.buckets
        self.order, order = order, self.order
        self.capacity = 0
        if order:
            self.version += 1
        return order

    def swap(self, slot: Slot[K, V], value: V) -> V | Missing:
        """Put `value` into `slot`; the old value.

        MISSING if the slot is no longer there: nobody would ever see the value.
        """
        # One step.
        if slot not in self.order:
            return MISSING
        old, slot.value = slot.value, value
        return old

    def swap_if(self, slot: Slot[K, V], expected: V, value: V) -> bool:
        """Put `value` into `slot`, if it is still there and its value is still `expected`."""
        # One step.
        if slot not in self.order or slot.value is not expected:
            return False
        slot.value = value
        return True

    def admit(self, slot: Slot[K, V], key: K) -> K:
        """The key to store in place of that of `slot`; `ValueError` if it is not equal."""
        hash_ = hash(key)
        if hash_ != slot.hash or not (key is slot.key or key == slot.key):
            raise unequal_keys(key, slot.key)
        owned: K = owned_key(key, hash_)
        return owned

    def swap_key(self, slot: Slot[K, V], key: K) -> K | Missing:
        """Put an equal `key` into `slot`; the old key, or MISSING, as in `swap`."""
        # One step.
        if slot not in self.order:
            return MISSING
        old, slot.key = slot.key, key
        return old

    def move_to_end(self, slot: Slot[K, V], *, last: bool) -> bool:
        """Make `slot` the last, or the first; False if it is no longer there."""
        done: list[None] = []
        while slot in self.order:
            order = self.order
            if self.slot_at(-1 if last else 0) is slot:
                return True
            move = map(order.move_to_end, (slot,), (last,))
            # One step: an iterator written in C is read.
            if self.order is order and slot in order:
                done += move
                self.version += 1
                return True
        return False

    def reorder(self, slots: list[Slot[K, V]], version: int) -> bool:
        """Put the slots, all that there are, into this order; False if it is not this version any more."""
        order: OrderedDict[Slot[K, V], None] = OrderedDict.fromkeys(slots)
        # One step.
        if self.version != version:
            return False
        self.order, order = order, self.order
        self.version += 1
        return True

    def snapshot(self) -> Iterable[tuple[Slot[K, V], V]]:
        """Every slot with its value, as they are at one moment."""
        slots: list[Slot[K, V]] = []
        values: list[V] = []
        read = map(value_of, slots)
        # One step: `read` reads what `slots` has by then.
        slots += self.order
        values += read
        # The step is over.
        return zip(slots, values, strict=True)

    def values_of(self, hashed: list[tuple[object, int]]) -> tuple[V | None, ...]:
        """The value that each (query, hash) finds, or None, as they are at one moment.

        Only if the keys change again and again meanwhile, they may be of several moments.
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
            # One step: iterators written in C are read.
            values += read
            if self.buckets is buckets and False not in still:
                break
        return tuple(values)

    def store_all(self, pairs: Iterable[tuple[Any, int, V]]) -> bool:
        """Store values under plain keys, each given with its hash, in one step.

        False, and nothing is stored, if comparing a key that is there may run Python code, or if the
        keys change again and again meanwhile.
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
            # Not `order |= added`: an OrderedDict makes a list for that, which on 3.11 lets the collector in.
            filed = map(setitem, repeat(order), added, repeat(None))
            # One step: iterators written in C are read. `replaced` keeps alive what the stores replace.
            if self.buckets is buckets and self.order is order and False not in still:
                replaced += read
                buckets |= grown
                replaced += filed
                replaced += stores
                if added:
                    self.version += 1
                # The step is over.
                self.capacity = max(self.capacity, len(self.order))
                return True
        return False

    def reserve(self, additional: int) -> None:
        """Promise room for `additional` more keys; counts as a rebuild."""
        self.capacity = max(self.capacity, len(self.order) + additional)
        self.version += 1

    def shrink(self) -> None:
        """Give up the room that is not used; counts as a rebuild."""
        # A dict keeps its size when it loses keys: only a new one is small.
        for _attempt in range(ATTEMPTS):
            version, old_buckets, old_order = self.version, self.buckets, self.order
            buckets, order = dict(old_buckets), OrderedDict(old_order)
            # One step.
            if self.version == version:
                self.buckets = buckets
                self.order = order
                self.version += 1
                # The step is over.
                self.capacity = len(self.order)
                return

    def copy_from(self, other: HashStorage[Any, Any]) -> bool:
        """Copy the slots of `other`, if this table is empty; hashes and compares nothing."""
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
        # The step is over.
        self.capacity = max(self.capacity, len(self.order))
        return True

    def __sizeof__(self) -> int:
        return (
            object.__sizeof__(self)
            + sys.getsizeof(self.buckets)
            + sys.getsizeof(self.order)
            + sum(map(sys.getsizeof, list(self.buckets.values())))
            + sum(map(sys.getsizeof, list(self.order)))
        )


def unchanged(buckets: dict[int, Bucket[K, V]], seen: dict[int, Bucket[K, V]]) -> Iterator[bool]:
    """An iterator that compares, when it is read, each bucket that was seen with the one that is there."""
    return map(is_, map(buckets.get, seen, repeat(())), seen.values())

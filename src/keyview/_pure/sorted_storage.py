"""The storage of a SortedMap and a SortedSet: slots in the order of their keys, in a list of chunks.

No hash is used. A search asks `query < key` about log2 n times, of the first keys of the chunks and then
within one chunk. Then it asks once whether the query is equal to its predecessor, the last key that the
query is not less than. A stored key is compared with another key only if that one is about to be inserted
beside it.

Python code that changes the storage may run in each comparison, or in another thread. Hence three rules:

- `version` counts the keys added and removed. A search compares it before it reads a chunk, and starts over,
  at most `ATTEMPTS` times, if the version has changed. What it finds is true of that version.
- A place is valid while the version is the one in which it was found. After that, its key is looked up again.
- A change is prepared, and is then one store into a list, in lines under the comment "One step", as in
  `hash_storage`: they check the version and store, and no other code runs between them.

There is always a first chunk, and no other chunk is empty.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from keyview._messages import (
    changed_during,
    not_a_prefix,
    restless_order,
    unequal_keys,
    unordered_itself,
    unordered_keys,
    unordered_view,
)
from keyview._pure.hash_storage import Slot, value_of
from keyview._pure.text_views import TextView
from keyview._sentinels import MISSING, Missing
from keyview.views import built_key, is_view, orders_itself, owned_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = [
    "CEILING",
    "EVERYTHING",
    "FLOOR",
    "HIGHER",
    "LOWER",
    "Bounds",
    "Neighbour",
    "SortedPlace",
    "SortedStorage",
    "Span",
    "bounds_of",
    "orderable",
    "prefix_bounds",
]

K = TypeVar("K")
V = TypeVar("V")

#: The most slots of one chunk. A chunk of a quarter of it or less is joined with a neighbour, if both fit.
CHUNK = 512

#: How often an operation starts over because a comparison, or another thread, changed the keys.
ATTEMPTS = 100

Chunk: TypeAlias = list[Slot[K, V]]
Spot: TypeAlias = tuple[int, int, int, Slot[K, V] | None]
"""Where a query belongs: the version, the number of a chunk, the index in it, and the slot before that index
if the query is equal to its key. The slot before is in the same chunk; at index 0, the query is less than
every key."""


class Neighbour(NamedTuple):
    """Which neighbour is wanted: the first key not less (`past_equal`: greater), or the one `before` that."""

    past_equal: bool
    before: bool


LOWER: Final = Neighbour(past_equal=False, before=True)
FLOOR: Final = Neighbour(past_equal=True, before=True)
CEILING: Final = Neighbour(past_equal=False, before=False)
HIGHER: Final = Neighbour(past_equal=True, before=False)


class Bounds(NamedTuple):
    """Where a range starts and stops; MISSING is no bound. `past_` puts a bound behind the equal key."""

    start: Any = MISSING
    past_start: bool = False
    stop: Any = MISSING
    past_stop: bool = False


EVERYTHING: Final = Bounds()


def orderable(query: Any) -> Any:
    """What is compared for `query`: the query, or the built key of a view that does not order itself.

    A text view would build its key for each comparison.
    """
    if not is_view(query) or (orders_itself(query) and not isinstance(query, TextView)):
        return query
    return built_key(query)


def bounds_of(start: Any, stop: Any, *, with_start: bool, with_stop: bool) -> Bounds:
    """The bounds of a range; None is no bound, and the key of a view is built."""
    return Bounds(
        MISSING if start is None else built_key(start),
        not with_start,
        MISSING if stop is None else built_key(stop),
        with_stop,
    )


def prefix_bounds(prefix: Any) -> Bounds:
    """The bounds of the keys that begin with `prefix`."""
    prefix = built_key(prefix)
    if not isinstance(prefix, str | bytes | tuple):
        raise not_a_prefix(prefix)
    return Bounds(prefix, False, PrefixEnd(prefix), False)


class PrefixEnd:
    """A query whose place is after every key that begins with a prefix, and before the next key."""

    __slots__ = ("_prefix",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, prefix: str | bytes | tuple[Any, ...]) -> None:
        self._prefix = prefix

    def __lt__(self, key: Any) -> bool:
        return not begins_with(key, self._prefix) and bool(self._prefix < key)

    def __eq__(self, _key: object) -> bool:
        return False


def begins_with(key: Any, prefix: Any) -> bool:
    """Whether `key`, or what its `__borrow__` returns, begins with `prefix`."""
    if isinstance(prefix, tuple):
        if isinstance(key, tuple):
            return bool(prefix == tuple.__getitem__(key, slice(len(prefix))))
    elif isinstance(key, str if isinstance(prefix, str) else bytes):
        return bool(key.startswith(prefix))
    borrow = getattr(type(key), "__borrow__", None)
    return borrow is not None and begins_with(borrow(key), prefix)


class SortedPlace(Generic[K, V]):
    """Where a slot is, at one version of the storage; see `storage.Place`."""

    __slots__ = ("index", "number", "slot", "version")

    #: Sorted keys need no hash.
    hash: Final[None] = None

    def __init__(self, version: int, number: int, index: int, slot: Slot[K, V]) -> None:
        self.version = version
        self.number = number
        self.index = index
        self.slot = slot

    @property
    def key(self) -> K:
        """The key."""
        return self.slot.key

    @property
    def value(self) -> V:
        """The value."""
        return self.slot.value


class SortedStorage(Generic[K, V]):
    """The storage of one sorted map or set. `storage` describes the methods that every storage has."""

    __slots__ = ("chunks", "default_factory", "ends", "size", "version")

    #: What has such a storage, for messages.
    kind = "map"

    def __init__(self) -> None:
        self.chunks: list[Chunk[K, V]] = [[]]
        self.size: int = 0
        #: Counts the changes that iterators must notice: keys added and removed.
        self.version: int = 0
        #: A version, and for each chunk how many slots there are up to its end, at that version.
        self.ends: tuple[int, list[int]] = (0, [0])
        self.default_factory: Callable[[], V] | None = None

    # -- searching ----------------------------------------------------------------------------------

    def locate(self, query: Any) -> Spot[K, V]:
        """Where `query`, which must be `orderable`, belongs."""
        for _attempt in range(ATTEMPTS):
            # One step.
            version, chunks = self.version, self.chunks
            # The step is over. Below, each read of a chunk directly follows a comparison of the version.
            low, high = 1, len(chunks)
            while low < high:
                middle = (low + high) // 2
                if self.version != version:
                    break
                if query < chunks[middle][0].key:
                    high = middle
                else:
                    low = middle + 1
            number = low - 1
            if self.version != version:
                continue
            chunk = chunks[number]
            low, high = 1 if number else 0, len(chunk)
            while low < high:
                middle = (low + high) // 2
                if self.version != version:
                    break
                if query < chunk[middle].key:
                    high = middle
                else:
                    low = middle + 1
            if self.version != version:
                continue
            if low == 0:
                return version, 0, 0, None
            slot = chunk[low - 1]
            equal = slot.key is query or query == slot.key
            found = slot if equal else None
            if self.version == version:
                return version, number, low, found
        raise restless_order()

    def find(self, query: Any) -> Slot[K, V] | None:
        """The slot that `query` finds."""
        return self.locate(orderable(query))[3]

    #: The name by which live views call it.
    look = find

    @staticmethod
    def hash_of(_query: Any) -> None:
        """None: no hash is needed."""

    def probe(
        self, query: Any, _hash: None = None, seen: Spot[K, V] | tuple[()] = ()
    ) -> tuple[SortedPlace[K, V] | None, Spot[K, V]]:
        """The place that `query` finds, and its spot. `seen`, an earlier spot, is used while it is true."""
        spot = seen if seen and seen[0] == self.version else self.locate(orderable(query))
        version, number, index, slot = spot
        place = None if slot is None else SortedPlace(version, number, index - 1, slot)
        return place, spot

    def holds(self, place: SortedPlace[K, V]) -> bool:
        """Whether no key has been added or removed since the place was found."""
        return self.version == place.version

    def find_again(self, place: SortedPlace[K, V]) -> SortedPlace[K, V] | None:
        """The place that has the key of `place` now."""
        return self.probe(place.key)[0]

    # -- changing -----------------------------------------------------------------------------------

    def find_or_add(
        self, query: Any, _hash: None, value: V, seen: Spot[K, V] | tuple[()] = ()
    ) -> tuple[SortedPlace[K, V], bool]:
        """The place that `query` finds, or else a new one holding `value`; and whether it is new."""
        query = orderable(query)
        key: Any = MISSING
        for _attempt in range(ATTEMPTS):
            place, spot = self.probe(query, None, seen)
            if place is not None:
                return place, False
            if key is MISSING:
                key = owned_key(query, None)
            error = self._error_of(spot, key, query)
            version, number, index, _ = spot
            if self.version == version:
                if error is not None:
                    raise error
                added = self._add(version, number, index, Slot(0, key, value))
                if added is not None:
                    return added, True
            seen = ()  # Building the key, comparing, or another thread, changed the keys: look again.
        raise restless_order()

    def _error_of(self, spot: Spot[K, V], key: Any, query: Any) -> Exception | None:
        """Why `key` cannot stand between the keys at this spot; None if it can."""
        version, number, index, _ = spot
        first = max(index - 1, 0)
        # One step.
        if self.version != version:
            return None
        around = self.chunks[number][first : index + 1]
        # The step is over. On 3.11 a slice may begin a collection of garbage, which lets other threads run.
        if self.version != version:
            return None
        if index == 0 and not around:
            return None if not key < key and key == key else unordered_itself(key)
        if key is not query:  # A view found the spot.
            after = around[-1].key if len(around) > (index > 0) else self._first_after(number)
            if after is not MISSING and not key < after:
                return unordered_view(query, key, after)
        if index > 0 and not around[0].key < key:
            before = around[0].key
            return (
                unordered_keys(key, before) if key is query else unordered_view(query, key, before)
            )
        return None

    def _first_after(self, number: int) -> Any:
        """The first key behind a chunk, or MISSING."""
        for chunk in self.chunks[number + 1 : number + 2]:
            for slot in chunk[:1]:
                return slot.key
        return MISSING

    def _add(
        self, version: int, number: int, index: int, slot: Slot[K, V]
    ) -> SortedPlace[K, V] | None:
        """Insert `slot` there. If the version has changed, return None and change nothing."""
        # One step.
        if self.version != version:
            return None
        chunks, chunk = self.chunks, self.chunks[number]
        # The step is over.
        into: list[Any] = chunk
        part = slice(index, index)
        new: list[Any] = [slot]
        if len(chunk) >= CHUNK:
            # Keys that come in order leave full chunks behind.
            middle = index if index == len(chunk) and number == len(chunks) - 1 else CHUNK // 2
            halves = [chunk[:middle], chunk[middle:]]
            half = int(index >= middle)
            part, into = slice(number, number + 1), chunks
            number, index = number + half, index - half * middle
            halves[half].insert(index, slot)
            new = halves
        # One step.
        if self.version != version:
            return None
        into[part] = new
        self.version += 1
        self.size += 1
        # The step is over.
        return SortedPlace(version + 1, number, index, slot)

    def _remove(self, version: int, number: int, index: int) -> Slot[K, V] | None:
        """Remove the slot there. If the version has changed, return None and change nothing."""
        # One step.
        if self.version != version:
            return None
        chunks, chunk = self.chunks, self.chunks[number]
        slot = chunk[index]
        # The step is over.
        into: list[Any] = chunk
        part = slice(index, index + 1)
        new: list[Any] = []
        if len(chunk) <= CHUNK // 4 and len(chunks) > 1:
            first = max(number - 1, 0)
            pair = slice(first, first + 2)
            joined = [each for near in chunks[pair] for each in near if each is not slot]
            if len(joined) <= CHUNK:
                into, part, new = chunks, pair, [joined]
            elif len(chunk) == 1:
                into, part = chunks, slice(number, number + 1)
        # One step. `slot` and `chunk` keep alive what is removed.
        if self.version != version:
            return None
        into[part] = new
        self.version += 1
        self.size -= 1
        # The step is over.
        return slot

    def discard(self, place: SortedPlace[K, V]) -> bool:
        """Remove the pair; False if a key was added or removed since the place was found."""
        return self._remove(place.version, place.number, place.index) is not None

    def replace_value(self, place: SortedPlace[K, V], value: V) -> V | Missing:
        """Store `value` there. Returns the old value, or MISSING if the place is no longer valid."""
        slot = place.slot
        # One step.
        if self.version != place.version:
            return MISSING
        old, slot.value = slot.value, value
        return old

    def replace_value_if(self, place: SortedPlace[K, V], expected: V, value: V) -> bool:
        """Store `value` there if the place is still valid and its value is still `expected`."""
        slot = place.slot
        # One step.
        if self.version != place.version or slot.value is not expected:
            return False
        slot.value = value
        return True

    def admit(self, place: SortedPlace[K, V], key: K) -> K:
        """The key to store in place of that of `place`; `ValueError` if it is not equal."""
        stored = place.key
        if not (key is stored or key == stored):
            raise unequal_keys(key, stored)
        owned: K = owned_key(key, None)
        return owned

    def replace_key(self, place: SortedPlace[K, V], key: K) -> K | Missing:
        """Store an equal `key` there. Returns the old key, or MISSING, as `replace_value` does."""
        slot = place.slot
        # One step.
        if self.version != place.version:
            return MISSING
        old, slot.key = slot.key, key
        return old

    def replace_all(self, version: int, slots: Sequence[Slot[K, V]]) -> bool:
        """Replace all slots by these, which are in order; False if the version has changed."""
        chunks = [list(slots[n : n + CHUNK]) for n in range(0, len(slots), CHUNK)] or [[]]
        size = len(slots)
        # One step. `chunks` then keeps alive what is removed.
        if self.version != version:
            return False
        self.chunks, chunks = chunks, self.chunks
        self.version += 1
        self.size = size
        return True

    def copy_from(self, other: SortedStorage[K, V]) -> bool:
        """Copy the slots of `other` without a comparison; False if this storage is not empty."""
        version = self.version
        if self.size:
            return False
        copies = [Slot(0, slot.key, value) for slot, value in other.snapshot()]
        return not copies or self.replace_all(version, copies)

    # -- positions and bounds -----------------------------------------------------------------------
    # A method that takes bounds is about the slots within them; without bounds, about all slots.

    def ends_at(self, version: int) -> list[int]:
        """How many slots there are up to each chunk's end; true if the version is the same afterwards."""
        known, ends = self.ends
        if known != version:
            ends = list(accumulate(map(len, self.chunks)))
            if self.version == version:
                self.ends = version, ends
        return ends

    def place_at(self, version: int, position: int) -> SortedPlace[K, V] | None:
        """The place at this position, which must exist; None if the version has changed."""
        ends = self.ends_at(version)
        number = bisect_right(ends, position)
        # One step.
        if self.version != version:
            return None
        chunk = self.chunks[number]
        index = position - (ends[number - 1] if number else 0)
        slot = chunk[index]
        # The step is over.
        return SortedPlace(version, number, index, slot)

    def edge(self, query: Any, *, past_equal: bool) -> tuple[int, int, bool]:
        """The version, how many keys are less than `query` (`past_equal`: or equal), whether one is equal."""
        query = orderable(query)
        for _attempt in range(ATTEMPTS):
            version, number, index, slot = self.locate(query)
            ends = self.ends_at(version)
            if self.version == version:
                position = index + (ends[number - 1] if number else 0)
                if slot is not None and not past_equal:
                    position -= 1
                return version, position, slot is not None
        raise restless_order()

    def span(self, bounds: Bounds = EVERYTHING) -> tuple[int, int, int]:
        """The version, and the positions at which the bounds start and stop."""
        for _attempt in range(ATTEMPTS):
            # One step.
            version, start, stop = self.version, 0, self.size
            # The step is over.
            first = last = version
            if bounds.start is not MISSING:
                first, start, _ = self.edge(bounds.start, past_equal=bounds.past_start)
            if bounds.stop is not MISSING:
                last, stop, _ = self.edge(bounds.stop, past_equal=bounds.past_stop)
            if first == last == version == self.version:
                return version, start, max(start, stop)
        raise restless_order()

    def rank(self, query: Any) -> int:
        """How many keys are less than `query`."""
        return self.edge(query, past_equal=False)[1]

    def position_of(self, query: Any) -> int | None:
        """The position of the key that `query` finds."""
        _, position, found = self.edge(query, past_equal=False)
        return position if found else None

    def find_within(self, query: Any, bounds: Bounds) -> Slot[K, V] | None:
        """The slot that `query` finds, if it is within the bounds."""
        query = orderable(query)
        for _attempt in range(ATTEMPTS):
            version, start, stop = self.span(bounds)
            then, position, found = self.edge(query, past_equal=False)
            if then == version:
                if not (found and start <= position < stop):
                    return None
                place = self.place_at(version, position)
                if place is not None:
                    return place.slot
        raise restless_order()

    def neighbour(
        self, which: Neighbour, query: Any, bounds: Bounds = EVERYTHING
    ) -> SortedPlace[K, V] | None:
        """The place beside `query` that is nearest to it within the bounds."""
        query = orderable(query)
        for _attempt in range(ATTEMPTS):
            version, start, stop = self.span(bounds)
            then, position, _ = self.edge(query, past_equal=which.past_equal)
            if then == version:
                position = min(position, stop) - 1 if which.before else max(position, start)
                if not start <= position < stop:
                    return None
                place = self.place_at(version, position)
                if place is not None:
                    return place
        raise restless_order()

    def end(self, bounds: Bounds = EVERYTHING, *, last: bool) -> SortedPlace[K, V] | None:
        """The first or last place within the bounds."""
        return self._place(-1 if last else 0, bounds)

    def at(self, position: int, bounds: Bounds = EVERYTHING) -> Slot[K, V] | None:
        """The slot at this position within the bounds, also counted from the end."""
        place = self._place(position, bounds)
        return None if place is None else place.slot

    def _place(self, position: int, bounds: Bounds) -> SortedPlace[K, V] | None:
        for _attempt in range(ATTEMPTS):
            version, start, stop = self.span(bounds)
            found = position + (stop if position < 0 else start)
            if not start <= found < stop:
                return None
            place = self.place_at(version, found)
            if place is not None:
                return place
        raise restless_order()

    # -- many slots ---------------------------------------------------------------------------------

    def slots(self, bounds: Bounds = EVERYTHING) -> tuple[int, int, list[Slot[K, V]]]:
        """The version, the position of the first slot within the bounds, and all of them."""
        for _attempt in range(ATTEMPTS):
            version, start, stop = self.span(bounds)
            slots = list(chain.from_iterable(self.chunks))[start:stop]
            if self.version == version:
                return version, start, slots
        raise restless_order()

    def walk(
        self, bounds: Bounds = EVERYTHING, *, backwards: bool = False
    ) -> tuple[int, int, Iterator[Slot[K, V]]]:
        """The version, how many slots are within the bounds, and an iterator, valid for that version."""
        if bounds is EVERYTHING:
            # One step.
            version, size, chunks = self.version, self.size, self.chunks
            # The step is over.
            if backwards:
                return version, size, chain.from_iterable(map(reversed, reversed(chunks)))
            return version, size, chain.from_iterable(chunks)
        for _attempt in range(ATTEMPTS):
            version, start, stop = self.span(bounds)
            parts = parts_of(self.chunks, start, stop)
            if self.version == version:
                if backwards:
                    parts = list(map(reversed, reversed(parts)))  # type: ignore[arg-type]
                return version, stop - start, chain.from_iterable(parts)
        raise restless_order()

    def snapshot(self, bounds: Bounds = EVERYTHING) -> Iterable[tuple[Slot[K, V], V]]:
        """Every slot within the bounds with its value, as they are at one moment."""
        for _attempt in range(ATTEMPTS):
            version, _, slots = self.slots(bounds)
            values: list[V] = []
            read = map(value_of, slots)
            # One step.
            values += read
            if self.version == version:
                return zip(slots, values, strict=True)
        raise restless_order()

    def values_of(self, queries: Iterable[Any]) -> tuple[V | None, ...]:
        """The value that each query finds, or None, as they are at one moment."""
        asked = list(map(orderable, queries))
        for _attempt in range(ATTEMPTS):
            version = self.version
            slots = [self.locate(query)[3] or NO_SLOT for query in asked]
            values: list[V | None] = []
            read = map(value_of, slots)
            # One step.
            values += read
            if self.version == version:
                return tuple(values)
        raise restless_order()

    def take_end(self, bounds: Bounds = EVERYTHING, *, last: bool) -> Slot[K, V] | None:
        """Remove the first or last slot within the bounds."""
        for _attempt in range(ATTEMPTS):
            place = self.end(bounds, last=last)
            if place is None or self.discard(place):
                return None if place is None else place.slot
        raise restless_order()

    def take_all(self, bounds: Bounds = EVERYTHING) -> list[Slot[K, V]]:
        """Remove every slot within the bounds, and return them."""
        for _attempt in range(ATTEMPTS):
            version, start, taken = self.slots(bounds)
            if not taken:
                return taken
            every = list(chain.from_iterable(self.chunks))
            del every[start : start + len(taken)]
            if self.replace_all(version, every):
                return taken
        raise restless_order()

    def retain(
        self, name: str, predicate: Callable[[Slot[K, V]], object], bounds: Bounds = EVERYTHING
    ) -> None:
        """Within the bounds, keep only the slots for which `predicate` is true; `name` is for an error."""
        version, _, slots = self.slots(bounds)
        doomed = set()
        for slot in slots:
            if not predicate(slot):
                doomed.add(slot)
            if self.version != version:
                raise changed_during(name, "retain", self.kind)
        if doomed:
            every = chain.from_iterable(self.chunks)
            if not self.replace_all(version, [slot for slot in every if slot not in doomed]):
                raise changed_during(name, "retain", self.kind)

    def extract(
        self, name: str, predicate: Callable[[Slot[K, V]], object], bounds: Bounds = EVERYTHING
    ) -> Iterator[Slot[K, V]]:
        """An iterator that removes and yields the slots within the bounds for which `predicate` is true."""
        return self._extract(name, predicate, *self.slots(bounds))

    def _extract(
        self,
        name: str,
        predicate: Callable[[Slot[K, V]], object],
        version: int,
        position: int,
        slots: list[Slot[K, V]],
    ) -> Iterator[Slot[K, V]]:
        for slot in slots:
            if self.version != version:
                raise changed_during(name, "extract_if", self.kind)
            wanted = bool(predicate(slot))
            if self.version != version:
                raise changed_during(name, "extract_if", self.kind)
            if not wanted:
                position += 1
                continue
            place = self.place_at(version, position)
            if place is None or not self.discard(place):
                raise changed_during(name, "extract_if", self.kind)
            version += 1
            yield slot

    def split_off(self, query: Any, into: SortedStorage[K, V]) -> None:
        """Move the slots that are not less than `query` into an empty storage."""
        taken = self.take_all(Bounds(orderable(query)))
        into.replace_all(into.version, taken)

    def same_pairs(self, other: SortedStorage[Any, Any]) -> bool:
        """Whether both have equal keys and values, one by one."""
        if self.size != other.size:
            return False
        ours, theirs = list(self.snapshot()), list(other.snapshot())
        return len(ours) == len(theirs) and all(
            same(slot.key, slot_there.key) and same(value, value_there)
            for (slot, value), (slot_there, value_there) in zip(ours, theirs, strict=True)
        )

    def __len__(self) -> int:
        return self.size

    def __sizeof__(self) -> int:
        return (
            object.__sizeof__(self)
            + sys.getsizeof(self.chunks)
            + sys.getsizeof(self.ends[1])
            + sum(map(sys.getsizeof, list(self.chunks)))
            + sum(map(sys.getsizeof, chain.from_iterable(list(self.chunks))))
        )


NO_SLOT: Final[Slot[Any, None]] = Slot(0, None, None)
"""Stands for the slot of an absent key where values are read."""


class Span(Generic[K, V]):
    """The part of a storage within bounds, for the iterators and live views of a range."""

    __slots__ = ("_bounds", "_storage")

    def __init__(self, storage: SortedStorage[K, V], bounds: Bounds) -> None:
        self._storage = storage
        self._bounds = bounds

    @property
    def version(self) -> int:
        """Counts the keys added and removed."""
        return self._storage.version

    def look(self, query: Any) -> Slot[K, V] | None:
        """The slot that `query` finds."""
        return self._storage.find_within(query, self._bounds)

    def walk(self, *, backwards: bool = False) -> tuple[int, int, Iterator[Slot[K, V]]]:
        """Call the storage's method."""
        return self._storage.walk(self._bounds, backwards=backwards)

    def snapshot(self) -> Iterable[tuple[Slot[K, V], V]]:
        """Call the storage's method."""
        return self._storage.snapshot(self._bounds)

    def __len__(self) -> int:
        _, start, stop = self._storage.span(self._bounds)
        return stop - start


def same(ours: object, theirs: object) -> bool:
    """Whether two objects are equal, as a dict compares values."""
    return ours is theirs or bool(ours == theirs)


def parts_of(chunks: list[Chunk[K, V]], start: int, stop: int) -> list[Chunk[K, V]]:
    """The slots from one position to another: whole chunks, and slices of the chunks at the ends."""
    parts = []
    first = 0
    for chunk in list(chunks):
        size = len(chunk)
        if start <= first and first + size <= stop:
            parts.append(chunk)
        elif first < stop and start < first + size:
            parts.append(chunk[max(start - first, 0) : stop - first])
        first += size
    return parts

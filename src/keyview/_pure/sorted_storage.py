"""The storage of a SortedMap and a SortedSet: slots in the order of their keys, in a list of chunks.

Nothing here asks for a hash. One question decides everything: is the query less than a stored key? It is
asked about log2 n times, of the chunks' first keys and then within one chunk; after that it is asked once
whether the query is equal to its predecessor, the last key that it is not less than. A stored key is asked
about another one only when that one is about to be inserted beside it.

Foreign code may run in each comparison and change the storage, and so may other threads. Hence three rules:

- `version` counts the keys added and removed. Whoever searches compares it before reading a chunk, and starts
  over, `ATTEMPTS` times, where it is another. What was found is true of that version.
- A place is valid while the version is the one that it was found in. Afterwards its key is looked for again.
- A change is one store into a list, prepared before it, and made in lines under the comment "One step", as in
  `hash_storage`: they check the version, then store, and nobody comes in between.

There is always a first chunk, and only that may be empty.
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

#: The most slots of one chunk; a quarter of it is the fewest, where there are neighbours to join.
CHUNK = 512

#: How often an operation starts over because what it asked, or another thread, changed the keys.
ATTEMPTS = 100

Chunk: TypeAlias = list[Slot[K, V]]
Spot: TypeAlias = tuple[int, int, int, Slot[K, V] | None]
"""Where a query belongs: the version, the number of the chunk, the index there, and the slot before it if
that is the query's own. The slot before is always in the same chunk; without one, the query is less than
every key."""


class Neighbour(NamedTuple):
    """Which slot beside a query is wanted: before or from the first key that is not less, or is greater."""

    past_equal: bool
    before: bool


LOWER: Final = Neighbour(past_equal=False, before=True)
FLOOR: Final = Neighbour(past_equal=True, before=True)
CEILING: Final = Neighbour(past_equal=False, before=False)
HIGHER: Final = Neighbour(past_equal=True, before=False)


class Bounds(NamedTuple):
    """From where to where; MISSING is no bound. `past_` means that a bound stands behind its equal."""

    start: Any = MISSING
    past_start: bool = False
    stop: Any = MISSING
    past_stop: bool = False


EVERYTHING: Final = Bounds()


def orderable(query: Any) -> Any:
    """What is compared for `query`: itself, or the key of a view that does not order itself."""
    if not is_view(query) or orders_itself(query):
        return query
    return built_key(query)


def bounds_of(start: Any, stop: Any, *, with_start: bool, with_stop: bool) -> Bounds:
    """The bounds of a range; None is no bound, and a view is built."""
    return Bounds(
        MISSING if start is None else built_key(start),
        not with_start,
        MISSING if stop is None else built_key(stop),
        with_stop,
    )


def prefix_bounds(prefix: Any) -> Bounds:
    """The bounds of what begins with `prefix`."""
    prefix = built_key(prefix)
    if not isinstance(prefix, str | bytes | tuple):
        raise not_a_prefix(prefix)
    return Bounds(prefix, False, PrefixEnd(prefix), False)


class PrefixEnd:
    """Stands behind every key that begins with a prefix, and before the next; asked as a query is."""

    __slots__ = ("_prefix",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, prefix: str | bytes | tuple[Any, ...]) -> None:
        self._prefix = prefix

    def __lt__(self, key: Any) -> bool:
        return not begins_with(key, self._prefix) and bool(self._prefix < key)

    def __eq__(self, _key: object) -> bool:
        return False


def begins_with(key: Any, prefix: Any) -> bool:
    """Whether `key`, or what it may be found by, begins with `prefix`."""
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
    """The storage of one sorted map or set; see `storage` for what the methods that others have, too, do."""

    __slots__ = ("chunks", "default_factory", "ends", "size", "version")

    #: What has such a storage, for messages.
    kind = "map"

    def __init__(self) -> None:
        self.chunks: list[Chunk[K, V]] = [[]]
        self.size: int = 0
        #: Counts the changes that iterators must notice: keys added and removed.
        self.version: int = 0
        #: A version, and how many slots end with each chunk at that version.
        self.ends: tuple[int, list[int]] = (0, [0])
        self.default_factory: Callable[[], V] | None = None

    # -- searching ----------------------------------------------------------------------------------

    def locate(self, query: Any) -> Spot[K, V]:
        """Where `query`, which must be `orderable`, belongs."""
        for _attempt in range(ATTEMPTS):
            # One step.
            version, chunks = self.version, self.chunks
            # The step is over. Each read of a chunk follows a comparison of the version in one step.
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

    #: What live views ask.
    look = find

    @staticmethod
    def hash_of(_query: Any) -> None:
        """No hash is needed."""

    def probe(
        self, query: Any, _hash: None = None, seen: Spot[K, V] | tuple[()] = ()
    ) -> tuple[SortedPlace[K, V] | None, Spot[K, V]]:
        """The place that `query` finds, and where that was decided. `seen` is good while its version is."""
        spot = seen if seen and seen[0] == self.version else self.locate(orderable(query))
        version, number, index, slot = spot
        place = None if slot is None else SortedPlace(version, number, index - 1, slot)
        return place, spot

    def holds(self, place: SortedPlace[K, V]) -> bool:
        """Whether no key has come or gone since the place was found."""
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
        # One step.
        if self.version != version:
            return None
        chunk = self.chunks[number]
        # The step is over.
        around = chunk[max(index - 1, 0) : index + 1]
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
        """Put `slot` there; None, and nothing is changed, if this is not the version any more."""
        # One step.
        if self.version != version:
            return None
        chunks, chunk = self.chunks, self.chunks[number]
        # The step is over.
        into: list[Any] = chunk
        gap = slice(index, index)
        new: list[Any] = [slot]
        if len(chunk) >= CHUNK:
            # Keys that come in order leave full chunks behind.
            middle = index if index == len(chunk) and number == len(chunks) - 1 else CHUNK // 2
            halves = [chunk[:middle], chunk[middle:]]
            half = int(index >= middle)
            gap, into = slice(number, number + 1), chunks
            number, index = number + half, index - half * middle
            halves[half].insert(index, slot)
            new = halves
        # One step.
        if self.version != version:
            return None
        into[gap] = new
        self.version += 1
        self.size += 1
        # The step is over.
        return SortedPlace(version + 1, number, index, slot)

    def _remove(self, version: int, number: int, index: int) -> Slot[K, V] | None:
        """Take the slot from there; None, and nothing is changed, if this is not the version any more."""
        # One step.
        if self.version != version:
            return None
        chunks, chunk = self.chunks, self.chunks[number]
        slot = chunk[index]
        # The step is over.
        into: list[Any] = chunk
        gap = slice(index, index + 1)
        new: list[Any] = []
        if len(chunk) <= CHUNK // 4 and len(chunks) > 1:
            first = max(number - 1, 0)
            pair = slice(first, first + 2)
            joined = [each for near in chunks[pair] for each in near if each is not slot]
            if len(joined) <= CHUNK:
                into, gap, new = chunks, pair, [joined]
            elif len(chunk) == 1:
                into, gap = chunks, slice(number, number + 1)
        # One step. `slot` and `chunk` keep alive what is removed.
        if self.version != version:
            return None
        into[gap] = new
        self.version += 1
        self.size -= 1
        # The step is over.
        return slot

    def discard(self, place: SortedPlace[K, V]) -> bool:
        """Remove the pair; False if a key came or went since the place was found."""
        return self._remove(place.version, place.number, place.index) is not None

    def replace_value(self, place: SortedPlace[K, V], value: V) -> V | Missing:
        """Put `value` there; the old value, or MISSING if a key came or went since the place was found."""
        slot = place.slot
        # One step.
        if self.version != place.version:
            return MISSING
        old, slot.value = slot.value, value
        return old

    def replace_value_if(self, place: SortedPlace[K, V], expected: V, value: V) -> bool:
        """Put `value` there if its place is still good and its value is still `expected`."""
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
        """Put an equal `key` there; the old key, or MISSING, as in `replace_value`."""
        slot = place.slot
        # One step.
        if self.version != place.version:
            return MISSING
        old, slot.key = slot.key, key
        return old

    def replace_all(self, version: int, slots: Sequence[Slot[K, V]]) -> bool:
        """Hold these slots, which are in order, and no others; False if it is not this version any more."""
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
        """Copy the slots of `other`, if this storage is empty; compares nothing."""
        version = self.version
        if self.size:
            return False
        copies = [Slot(0, slot.key, value) for slot, value in other.snapshot()]
        return not copies or self.replace_all(version, copies)

    # -- positions and bounds -----------------------------------------------------------------------
    # What takes bounds does for a range what it does for the whole storage without them.

    def ends_at(self, version: int) -> list[int]:
        """How many slots end with each chunk. Good if the version is still this one afterwards."""
        known, ends = self.ends
        if known != version:
            ends = list(accumulate(map(len, self.chunks)))
            if self.version == version:
                self.ends = version, ends
        return ends

    def place_at(self, version: int, position: int) -> SortedPlace[K, V] | None:
        """The place at a position that there is; None if it is not this version any more."""
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
        """The version, how many keys are less than `query`, or not greater, and whether one is equal."""
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
        """The version, and the positions from which and to which the bounds lead."""
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
        """The version, how many slots are within the bounds, and an iterator, good for that version."""
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
        """Remove every slot within the bounds, and hand them over."""
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
        """Keep only the slots within the bounds for which `predicate` is true; `name` is for an error."""
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
    """A storage within bounds: what the iterators and live views of a range ask."""

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
        """As the storage's."""
        return self._storage.walk(self._bounds, backwards=backwards)

    def snapshot(self) -> Iterable[tuple[Slot[K, V], V]]:
        """As the storage's."""
        return self._storage.snapshot(self._bounds)

    def __len__(self) -> int:
        _, start, stop = self._storage.span(self._bounds)
        return stop - start


def same(ours: object, theirs: object) -> bool:
    """As a dict compares its values."""
    return ours is theirs or bool(ours == theirs)


def parts_of(chunks: list[Chunk[K, V]], start: int, stop: int) -> list[Chunk[K, V]]:
    """The slots from one position to another, as whole chunks where they are whole."""
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

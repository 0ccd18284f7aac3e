"""Range and SetRange: live views of what is between two bounds in a sorted map or set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import index
from reprlib import recursive_repr
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    Literal,
    Never,
    NoReturn,
    Self,
    TypeAlias,
    TypeVar,
    final,
)

from keyview._final import final_class
from keyview._messages import (
    cannot_copy,
    no_position,
    not_made_by_hand,
    nothing_to_pop,
    prefix_and_bounds,
    unknown_inclusive,
)
from keyview._pure.entry import Occupied
from keyview._pure.hash_storage import Slot, item_of, key_of
from keyview._pure.iterators import StorageIterator
from keyview._pure.live_views import Items, Keys, Values, live_view
from keyview._pure.sorted_storage import (
    CEILING,
    FLOOR,
    HIGHER,
    LOWER,
    Bounds,
    Neighbour,
    SortedStorage,
    Span,
    bounds_of,
    prefix_bounds,
)
from keyview.views import KeyView

__all__ = ["Inclusive", "Range", "SetRange", "range_of", "ranged"]

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
R = TypeVar("R", bound="AnyRange[Any, Any]")

Inclusive: TypeAlias = Literal["left", "right", "both", "neither"]

#: Whether the start is part of the range, and whether the stop is.
INCLUSIVE = {
    "left": (True, False),
    "right": (False, True),
    "both": (True, True),
    "neither": (False, False),
}


def ranged(start: Any, stop: Any, inclusive: Any, prefix: Any) -> Bounds:
    """The bounds that `range` was asked for."""
    if not isinstance(inclusive, str) or inclusive not in INCLUSIVE:
        raise unknown_inclusive(inclusive)
    if prefix is None:
        with_start, with_stop = INCLUSIVE[inclusive]
        return bounds_of(start, stop, with_start=with_start, with_stop=with_stop)
    if start is not None or stop is not None or inclusive != "left":
        raise prefix_and_bounds()
    return prefix_bounds(prefix)


def range_of(cls: type[R], owner: object, storage: SortedStorage[Any, Any], bounds: Bounds) -> R:
    """A sorted map or set calls this function to make a range."""
    made = object.__new__(cls)
    made._owner = owner
    made._storage = storage
    made._bounds = bounds
    return made


class AnyRange(Generic[K, V]):
    """What `Range` and `SetRange` share."""

    __slots__ = ("_bounds", "_owner", "_storage")

    if TYPE_CHECKING:
        _owner: object  # A range keeps its map alive.
        _storage: SortedStorage[K, V]
        _bounds: Bounds

    def __new__(cls, *args: Never, **kwargs: Never) -> Self:
        raise not_made_by_hand(cls.__name__, "range", "sorted map or set")

    def __len__(self) -> int:
        """The number of keys in the range now. O(log n)."""
        return len(Span(self._storage, self._bounds))

    def __contains__(self, query: object, /) -> bool:
        """Whether the key that `query` is or stands for is in the range. O(log n)."""
        return self._storage.find_within(query, self._bounds) is not None

    def __iter__(self) -> Iterator[K]:
        """The keys, the least first. Raises `RuntimeError` if a key is added or removed meanwhile."""
        span = Span(self._storage, self._bounds)
        return StorageIterator(self._owner, span, key_of, kind=self._storage.kind)

    def __reversed__(self) -> Iterator[K]:
        """The keys, the greatest first."""
        span = Span(self._storage, self._bounds)
        return StorageIterator(self._owner, span, key_of, backwards=True, kind=self._storage.kind)

    def clear(self) -> None:
        """Remove every key of the range. O(n).

        >>> m = SortedMap({1: "a", 2: "b"})
        >>> m.range(2).clear()
        >>> m
        SortedMap({1: 'a'})
        """
        self._storage.take_all(self._bounds)

    def _at(self, position: int) -> Slot[K, V]:
        number = index(position)
        slot = self._storage.at(number, self._bounds)
        if slot is None:
            noun = "elements" if self._storage.kind == "set" else "keys"
            raise no_position(type(self).__name__, number, len(self), noun)
        return slot

    def _take(self, method: str, *, last: bool) -> Slot[K, V]:
        slot = self._storage.take_end(self._bounds, last=last)
        if slot is None:
            raise nothing_to_pop(method, type(self).__name__)
        return slot

    def __reduce__(self) -> NoReturn:
        raise cannot_copy(f"a {type(self).__name__}", "make a list of it")


@final_class
@final
class Range(AnyRange[K, V]):
    """The part of a sorted map between two bounds, or with one prefix. Made by `SortedMap.range`.

    It is live: it shows the map as it is now, and its methods change the map. It has `len`, `in`, iteration
    over its keys and `reversed`. Rust's `range`, Java's `subMap`.

    >>> m = SortedMap({1: "a", 2: "b", 3: "c"})
    >>> low = m.range(None, 3)
    >>> del m[1]
    >>> low
    Range({2: 'b'})
    """

    __slots__ = ()

    def at(self, position: int, /) -> tuple[K, V]:
        """The pair at a position in the range, which may be negative as in a list. O(log n).

        Raises `IndexError`.

        >>> SortedMap({1: "a", 2: "b"}).range(2).at(0)
        (2, 'b')
        """
        slot = self._at(position)
        return slot.key, slot.value

    def first_entry(self) -> Occupied[K, V] | None:
        """The `Occupied` entry of the first key, or None if the range is empty. O(log n).

        >>> SortedMap({1: "a", 2: "b"}).range(2).first_entry()
        Occupied(2, 'b')
        """
        return self._entry(self._storage.end(self._bounds, last=False))

    def last_entry(self) -> Occupied[K, V] | None:
        """The `Occupied` entry of the last key, or None if the range is empty. O(log n).

        >>> SortedMap({1: "a", 2: "b"}).range(None, 2).last_entry()
        Occupied(1, 'a')
        """
        return self._entry(self._storage.end(self._bounds, last=True))

    def lower_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The entry of the greatest key of the range that is less than `query`, or None. O(log n).

        >>> SortedMap({1: "a", 2: "b"}).range(2).lower_entry(9)
        Occupied(2, 'b')
        """
        return self._neighbour(LOWER, query)

    def floor_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The entry of the greatest key of the range that is not greater than `query`, or None. O(log n).

        >>> SortedMap({1: "a", 2: "b"}).range(2).floor_entry(1)
        """
        return self._neighbour(FLOOR, query)

    def ceiling_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The entry of the least key of the range that is not less than `query`, or None. O(log n).

        >>> SortedMap({1: "a", 2: "b"}).range(2).ceiling_entry(0)
        Occupied(2, 'b')
        """
        return self._neighbour(CEILING, query)

    def higher_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The entry of the least key of the range that is greater than `query`, or None. O(log n).

        >>> SortedMap({1: "a", 2: "b"}).range(None, 2).higher_entry(1)
        """
        return self._neighbour(HIGHER, query)

    def _neighbour(self, which: Neighbour, query: object) -> Occupied[K, V] | None:
        return self._entry(self._storage.neighbour(which, query, self._bounds))

    def _entry(self, place: Any) -> Occupied[K, V] | None:
        return None if place is None else Occupied(self._owner, self._storage, place)

    def pop_first(self) -> tuple[K, V]:
        """Remove and return the first pair of the range. O(log n). Raises `KeyError` if there is none.

        >>> m = SortedMap({1: "a", 2: "b"})
        >>> m.range(2).pop_first(), m
        ((2, 'b'), SortedMap({1: 'a'}))
        """
        slot = self._take("pop_first", last=False)
        return slot.key, slot.value

    def pop_last(self) -> tuple[K, V]:
        """Remove and return the last pair of the range. O(log n). Raises `KeyError` if there is none.

        >>> m = SortedMap({1: "a", 2: "b"})
        >>> m.range(None, 2).pop_last(), m
        ((1, 'a'), SortedMap({2: 'b'}))
        """
        slot = self._take("pop_last", last=True)
        return slot.key, slot.value

    def retain(self, predicate: Callable[[K, V], object], /) -> None:
        """Within the range, keep only the pairs for which `predicate(key, value)` is true. O(n).

        As `SortedMap.retain`; the pairs outside the range stay.

        >>> m = SortedMap({1: "a", 2: "b", 3: "c"})
        >>> m.range(2).retain(lambda key, value: value == "c")
        >>> m
        SortedMap({1: 'a', 3: 'c'})
        """
        name = type(self._owner).__name__
        self._storage.retain(name, lambda slot: predicate(slot.key, slot.value), self._bounds)

    def extract_if(self, predicate: Callable[[K, V], object], /) -> Iterator[tuple[K, V]]:
        """An iterator that removes and yields the pairs of the range for which `predicate` is true.

        As `SortedMap.extract_if`. Rust's `extract_if` takes a range, too.

        >>> m = SortedMap({1: "a", 2: "b", 3: "c"})
        >>> list(m.range(2).extract_if(lambda key, value: True)), m
        ([(2, 'b'), (3, 'c')], SortedMap({1: 'a'}))
        """
        storage, name = self._storage, type(self._owner).__name__
        wanted = lambda slot: predicate(slot.key, slot.value)  # noqa: E731
        return map(item_of, storage.extract(name, wanted, self._bounds))

    def drain(self) -> Iterator[tuple[K, V]]:
        """Remove the pairs of the range now, as `clear` does; returns an iterator over them. O(n).

        >>> m = SortedMap({1: "a", 2: "b"})
        >>> list(m.range(2).drain()), m
        ([(2, 'b')], SortedMap({1: 'a'}))
        """
        return map(item_of, self._storage.take_all(self._bounds))

    def keys(self) -> Keys[K, V]:
        """A live, set-like, reversible view of the keys of the range. O(1).

        >>> list(SortedMap({1: "a", 2: "b"}).range(2).keys())
        [2]
        """
        return live_view(Keys, self._owner, Span(self._storage, self._bounds))

    def values(self) -> Values[K, V]:
        """A live, reversible view of the values of the range. O(1).

        >>> list(SortedMap({1: "a", 2: "b"}).range(2).values())
        ['b']
        """
        return live_view(Values, self._owner, Span(self._storage, self._bounds))

    def items(self) -> Items[K, V]:
        """A live, set-like, reversible view of the pairs of the range. O(1).

        >>> list(SortedMap({1: "a", 2: "b"}).range(2).items())
        [(2, 'b')]
        """
        return live_view(Items, self._owner, Span(self._storage, self._bounds))

    @recursive_repr("Range({...})")
    def __repr__(self) -> str:
        pairs = ", ".join(f"{key!r}: {value!r}" for key, value in self.items())
        return f"Range({{{pairs}}})"


@final_class
@final
class SetRange(AnyRange[T, None], Generic[T]):
    """The part of a sorted set between two bounds, or with one prefix. Made by `SortedSet.range`.

    It is live, as a `Range` is. Its methods return elements where those of a `Range` return entries.

    >>> low = SortedSet([1, 2, 3]).range(None, 3)
    >>> low, low.last(), 3 in low
    (SetRange({1, 2}), 2, False)
    """

    __slots__ = ()

    def at(self, position: int, /) -> T:
        """The element at a position in the range, which may be negative as in a list. O(log n).

        Raises `IndexError`.

        >>> SortedSet([1, 2, 3]).range(2).at(-1)
        3
        """
        return self._at(position).key

    def first(self) -> T | None:
        """The first element, or None if the range is empty. O(log n).

        >>> SortedSet([1, 2, 3]).range(2).first()
        2
        """
        return self._element(self._storage.end(self._bounds, last=False))

    def last(self) -> T | None:
        """The last element, or None if the range is empty. O(log n).

        >>> SortedSet([1, 2, 3]).range(None, 3).last()
        2
        """
        return self._element(self._storage.end(self._bounds, last=True))

    def lower(self, query: T | KeyView[T], /) -> T | None:
        """The greatest element of the range that is less than `query`, or None. O(log n).

        >>> SortedSet([1, 2, 3]).range(2).lower(3)
        2
        """
        return self._neighbour(LOWER, query)

    def floor(self, query: T | KeyView[T], /) -> T | None:
        """The greatest element of the range that is not greater than `query`, or None. O(log n).

        >>> SortedSet([1, 2, 3]).range(2).floor(1)
        """
        return self._neighbour(FLOOR, query)

    def ceiling(self, query: T | KeyView[T], /) -> T | None:
        """The least element of the range that is not less than `query`, or None. O(log n).

        >>> SortedSet([1, 2, 3]).range(2).ceiling(0)
        2
        """
        return self._neighbour(CEILING, query)

    def higher(self, query: T | KeyView[T], /) -> T | None:
        """The least element of the range that is greater than `query`, or None. O(log n).

        >>> SortedSet([1, 2, 3]).range(2).higher(2)
        3
        """
        return self._neighbour(HIGHER, query)

    def _neighbour(self, which: Neighbour, query: object) -> T | None:
        return self._element(self._storage.neighbour(which, query, self._bounds))

    def _element(self, place: Any) -> T | None:
        return None if place is None else place.key

    def pop_first(self) -> T:
        """Remove and return the first element of the range. O(log n). Raises `KeyError` if there is none.

        >>> SortedSet([1, 2, 3]).range(2).pop_first()
        2
        """
        return self._take("pop_first", last=False).key

    def pop_last(self) -> T:
        """Remove and return the last element of the range. O(log n). Raises `KeyError` if there is none.

        >>> SortedSet([1, 2, 3]).range(None, 3).pop_last()
        2
        """
        return self._take("pop_last", last=True).key

    def retain(self, predicate: Callable[[T], object], /) -> None:
        """Within the range, keep only the elements for which `predicate(element)` is true. O(n).

        >>> s = SortedSet([1, 2, 3, 4])
        >>> s.range(2).retain(lambda n: n % 2 == 0)
        >>> s
        SortedSet({1, 2, 4})
        """
        name = type(self._owner).__name__
        self._storage.retain(name, lambda slot: predicate(slot.key), self._bounds)

    def extract_if(self, predicate: Callable[[T], object], /) -> Iterator[T]:
        """An iterator that removes and yields the elements of the range for which `predicate` is true.

        As `SortedSet.extract_if`.

        >>> s = SortedSet([1, 2, 3])
        >>> list(s.range(2).extract_if(lambda n: True)), s
        ([2, 3], SortedSet({1}))
        """
        storage, name = self._storage, type(self._owner).__name__
        wanted = lambda slot: predicate(slot.key)  # noqa: E731
        return map(key_of, storage.extract(name, wanted, self._bounds))

    def drain(self) -> Iterator[T]:
        """Remove the elements of the range now, as `clear` does; returns an iterator over them. O(n).

        >>> s = SortedSet([1, 2, 3])
        >>> list(s.range(2).drain()), s
        ([2, 3], SortedSet({1}))
        """
        return map(key_of, self._storage.take_all(self._bounds))

    def __repr__(self) -> str:
        return f"SetRange({{{', '.join(map(repr, self))}}})" if self else "SetRange()"

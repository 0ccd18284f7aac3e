"""SortedSet: every operation of a sorted set that has to work on the storage itself.

The algebra is in `set_algebra`. It works on the storage that is here: that of a sorted map, without values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from operator import index
from typing import Any, Generic, Self, TypeVar, TypeVarTuple, overload

from keyview._messages import no_position, nothing_to_pop, unordered_keys
from keyview._protocols import Ordered
from keyview._pure.hash_storage import Slot, key_of
from keyview._pure.insertion import take
from keyview._pure.iterators import StorageIterator
from keyview._pure.range import Inclusive, SetRange, range_of, ranged
from keyview._pure.set_algebra import SetAlgebra, elements_of, found_in, give_elements, made_like
from keyview._pure.sorted_storage import (
    CEILING,
    FLOOR,
    HIGHER,
    LOWER,
    Neighbour,
    SortedStorage,
    orderable,
    same,
)
from keyview._sentinels import MISSING
from keyview.views import KeyView, owned_key

__all__ = ["SortedSetBase", "split_off_set"]

T = TypeVar("T", bound=Ordered)
S = TypeVar("S", bound="SortedSetBase[Any]")
E = TypeVar("E")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
Ts = TypeVarTuple("Ts")


class SortedElements(SortedStorage[E, None]):
    """The storage of a SortedSet, and what `SetAlgebra` asks of it; see `ElementStorage`.

    Two sorted sets are merged. In any other set, the elements of this one are looked up: elements there that
    do not compare with these are not found, and raise nothing.
    """

    __slots__ = ()

    #: The name of a set with this storage, for messages.
    name = "SortedSet"
    kind = "set"

    def holds_all(self, source: Iterable[Any]) -> bool:
        """Whether every element of the source finds one."""
        if (theirs := sorted_elements(source)) is not None:
            return all(here is not None for here, _ in merged(self, theirs))
        if isinstance(source, AbstractSet):
            return len(self._those_in(source)) == len(source)
        return all(self.find(element) is not None for element in source)

    def holds_any(self, source: Iterable[Any]) -> bool:
        """Whether an element of the source finds one."""
        if (theirs := sorted_elements(source)) is not None:
            return any(None not in pair for pair in merged(self, theirs))
        if isinstance(source, AbstractSet):
            return any(found_in(source, slot.key) for slot in self.slots()[2])
        return any(self.find(element) is not None for element in source)

    def within(self, other: AbstractSet[Any]) -> bool:
        """Whether every element is found in the other set."""
        if (theirs := sorted_elements(other)) is not None:
            # Of sets of one length, `==` decides, which does not raise for elements that do not compare.
            if len(self) == len(theirs):
                return self.same_pairs(theirs)
            return all(there is not None for _, there in merged(self, theirs))
        return all(found_in(other, slot.key) for slot in self.slots()[2])

    def empty(self) -> SortedElements[E]:
        """A new storage without elements."""
        return SortedElements()

    def copied(self) -> SortedElements[E]:
        """A new storage with the same elements."""
        return filled_with(self.slots()[2])

    def add_all(self, source: Iterable[Any]) -> None:
        """Add every element of the source."""
        theirs = sorted_elements(source)
        if theirs is self or (theirs is not None and self.copy_from(theirs)):
            return
        for element in source if theirs is None else map(key_of, theirs.slots()[2]):
            self.find_or_add(element, None, None)

    def discard_each(self, source: Iterable[Any]) -> None:
        """Remove every element that one of the source finds."""
        if isinstance(source, AbstractSet):
            for element in map(key_of, self.common(source).slots()[2]):
                take(self, element, None)
        else:
            for element in source:
                take(self, element, None)

    def common(self, source: Iterable[Any]) -> SortedElements[E]:
        """A new storage with the elements that the source finds."""
        if (theirs := sorted_elements(source)) is not None:
            return filled_with([here for here, there in merged(self, theirs) if here and there])
        if isinstance(source, AbstractSet):
            return filled_with(self._those_in(source))
        found = {self.find(element) for element in source}
        return filled_with([slot for slot in self.slots()[2] if slot in found])

    def without(self, source: Iterable[Any]) -> SortedElements[E]:
        """A new storage with the elements that none of the source finds."""
        found = set(map(id, map(key_of, self.common(source).slots()[2])))
        return filled_with([slot for slot in self.slots()[2] if id(slot.key) not in found])

    def exclusive(self, source: Iterable[Any]) -> SortedElements[E]:
        """A new storage with what only one of the two has."""
        theirs = sorted_elements(source)
        if theirs is None:
            theirs = self.empty()
            theirs.add_all(source)
        pairs = merged(self, theirs, strict=True)
        return filled_with([here or there for here, there in pairs if not (here and there)])

    def discard_all(self) -> object:
        """Remove every element, and return them."""
        return self.take_all()

    def become(self, other: SortedElements[E]) -> object:
        """Take the elements of `other`, which nobody else has. Returns the old elements."""
        chunks, size = other.chunks, other.size
        # One step. `chunks` then keeps alive what is removed.
        self.chunks, chunks = chunks, self.chunks
        self.size = size
        self.version += 1
        # The step is over.
        return chunks

    def _those_in(self, other: AbstractSet[Any]) -> list[Slot[E, None]]:
        return [slot for slot in self.slots()[2] if found_in(other, slot.key)]


def filled_with(slots: Iterable[Any]) -> SortedElements[Any]:
    """A new storage with the elements of these slots, which are in order."""
    made: SortedElements[Any] = SortedElements()
    made.replace_all(made.version, [Slot(0, slot.key, None) for slot in slots])
    return made


def sorted_elements(source: object) -> SortedElements[Any] | None:
    """The storage of a source that is a SortedSet and iterates as one."""
    if isinstance(source, SortedElements):
        return source
    exact = isinstance(source, SortedSet) and type(source).__iter__ is SortedSet.__iter__
    return elements_of(source) if exact else None  # type: ignore[arg-type]


def merged(
    ours: SortedElements[Any], theirs: SortedElements[Any], *, strict: bool = False
) -> Iterator[tuple[Slot[Any, None] | None, Slot[Any, None] | None]]:
    """The slots of both in one order, equal ones together.

    If two are neither less nor equal, they have no common order. With `strict`, that raises `OrderError`.
    """
    ahead, behind = iter(ours.slots()[2]), iter(theirs.slots()[2])
    here, there = next(ahead, None), next(behind, None)
    while here is not None and there is not None:
        if here.key is not there.key and here.key < there.key:
            yield here, None
            here = next(ahead, None)
        elif here.key is not there.key and there.key < here.key:
            yield None, there
            there = next(behind, None)
        elif same(here.key, there.key):
            yield here, there
            here, there = next(ahead, None), next(behind, None)
        elif strict:
            raise unordered_keys(here.key, there.key)
        else:
            yield here, None
            here = next(ahead, None)
    while here is not None:
        yield here, None
        here = next(ahead, None)
    while there is not None:
        yield None, there
        there = next(behind, None)


# Called SortedSet here, because type checkers name the class that defines a method.
class SortedSet(SetAlgebra[T], Generic[T]):
    """The base of `keyview.SortedSet` in pure Python; see there."""

    def __new__(cls, *_args: object, **_kwargs: object) -> Self:
        # Made here, so that a set can be used before __init__ has run, as pickle and copy do.
        self = super().__new__(cls)
        give_elements(self, SortedElements())
        return self

    def __init__(self, source: Iterable[T] = (), /) -> None:
        storage = elements_of(self)
        storage.discard_all()
        storage.add_all(source)

    __new__.__wrapped__ = __init__  # type: ignore[attr-defined]  # Its signature, for `inspect`.

    # -- lookup -----------------------------------------------------------------------------------

    def __contains__(self, query: object, /) -> bool:
        """Whether the element that `query` is or stands for is stored. O(log n).

        >>> "b" in SortedSet(["a"])
        False
        """
        return storage_of(self).find(query) is not None

    def get(self, query: T | KeyView[T], /) -> T | None:
        """The stored element, or None. O(log n). Rust's `get`.

        >>> SortedSet([1]).get(True)
        1
        """
        slot = storage_of(self).find(query)
        return None if slot is None else slot.key

    # -- insertion --------------------------------------------------------------------------------

    def add(self, element: T, /) -> None:
        """Store an element. If an equal one is there, that one stays. O(log n).

        A view is never stored: if its key is absent, the key is built, checked and stored. Raises
        `KeyViewError` if the view is unlawful, `OrderError` if the element is neither less than, equal to nor
        greater than the one beside which it would be stored.

        >>> s = SortedSet([1])
        >>> s.add(True)
        >>> s
        SortedSet({1})
        """
        storage_of(self).find_or_add(element, None, None)

    def insert(self, element: T, /) -> bool:
        """Store an element, and return whether it is new. O(log n). Rust's `insert`.

        If an equal one is there, that one stays.

        >>> s = SortedSet(["a"])
        >>> s.insert("a"), s.insert("b")
        (False, True)
        """
        return storage_of(self).find_or_add(element, None, None)[1]

    def get_or_insert(self, query: T | KeyView[T], /) -> T:
        """The stored element that is equal to `query`, after storing it if there was none. O(log n).

        Rust's (unstable) `get_or_insert`.

        >>> s = SortedSet([1])
        >>> s.get_or_insert(True), s.get_or_insert(2)
        (1, 2)
        """
        return storage_of(self).find_or_add(query, None, None)[0].key

    def replace(self, element: T, /) -> T | None:
        """Store an element in place of the equal one, which is returned; None if there was none. O(log n).

        Rust's `replace`.

        >>> s = SortedSet([1, 2])
        >>> s.replace(True), s
        (1, SortedSet({True, 2}))
        """
        storage, query = storage_of(self), orderable(element)
        owned: Any = MISSING
        while True:
            place, added = storage.find_or_add(query, None, None)
            if added:
                return None
            # Build the key once: the loop then ends even if `__key__` removes the element each time.
            if owned is MISSING:
                owned = owned_key(query, None)
            old = storage.replace_key(place, owned)
            if old is not MISSING:
                return old
            # The element was removed meanwhile: store it again.

    def update(self, *others: Iterable[T]) -> None:
        """Store every element of all the others. O(number of their elements · log n).

        If an element raises, those before it have been stored, as with `set.update`.

        >>> s = SortedSet([2])
        >>> s.update([1], (3, 1))
        >>> s
        SortedSet({1, 2, 3})
        """
        for other in others:
            storage_of(self).add_all(other)

    # -- removal ----------------------------------------------------------------------------------

    def remove(self, query: T | KeyView[T], /) -> None:
        """Remove the element that `query` is or stands for. O(log n). Raises `KeyError`.

        >>> s = SortedSet(["a"])
        >>> s.remove("a")
        >>> s
        SortedSet()
        """
        if take(storage_of(self), query, None) is None:
            raise KeyError(query)

    def discard(self, query: T | KeyView[T], /) -> None:
        """Remove the element that `query` is or stands for, if it is there. O(log n).

        >>> SortedSet(["a"]).discard("b")
        """
        take(storage_of(self), query, None)

    def take(self, query: T | KeyView[T], /) -> T:
        """Remove the element and return the stored one. O(log n). Rust's `take`. Raises `KeyError`.

        >>> SortedSet([1]).take(True)
        1
        """
        place = take(storage_of(self), query, None)
        if place is None:
            raise KeyError(query)
        element: T = place.key
        return element

    def pop(self) -> T:
        """Remove and return the greatest element. O(log n). Raises `KeyError` if the set is empty.

        >>> SortedSet([1, 2]).pop()
        2
        """
        return taken(self, "pop", last=True)

    def pop_first(self) -> T:
        """Remove and return the least element. O(log n). Raises `KeyError` if the set is empty.

        Rust's `pop_first`.

        >>> SortedSet([2, 1]).pop_first()
        1
        """
        return taken(self, "pop_first", last=False)

    def pop_last(self) -> T:
        """Remove and return the greatest element. O(log n). Raises `KeyError` if the set is empty.

        Rust's `pop_last`.

        >>> SortedSet([2, 1]).pop_last()
        2
        """
        return taken(self, "pop_last", last=True)

    def clear(self) -> None:
        """Remove every element. O(n).

        >>> s = SortedSet(["a"])
        >>> s.clear()
        >>> s
        SortedSet()
        """
        storage_of(self).take_all()

    def retain(self, predicate: Callable[[T], object], /) -> None:
        """Keep only the elements for which `predicate(element)` is true. O(n). Rust's `retain`.

        The predicate is called for all elements before any is removed. Raises `RuntimeError` if the predicate
        adds or removes one, and what the predicate raises; then nothing has been removed.

        >>> s = SortedSet([1, 2, 3])
        >>> s.retain(lambda number: number % 2)
        >>> s
        SortedSet({1, 3})
        """
        storage_of(self).retain(type(self).__name__, lambda slot: predicate(slot.key))

    def extract_if(self, predicate: Callable[[T], object], /) -> Iterator[T]:
        """An iterator that removes and yields the elements for which `predicate(element)` is true.

        Each element is removed when it is yielded. If the iterator is not read to its end, the others stay.
        Raises `RuntimeError` if anything else, also the predicate, adds or removes an element during the
        iteration, and what the predicate raises. Rust's `extract_if`.

        >>> s = SortedSet([1, 2, 3])
        >>> list(s.extract_if(lambda number: number % 2)), s
        ([1, 3], SortedSet({2}))
        """
        extracted = storage_of(self).extract(type(self).__name__, lambda slot: predicate(slot.key))
        return map(key_of, extracted)

    def drain(self) -> Iterator[T]:
        """Remove every element now, as `clear` does; returns an iterator over them. O(n). Rust's `drain`.

        >>> s = SortedSet([1])
        >>> drained = s.drain()
        >>> s, list(drained)
        (SortedSet(), [1])
        """
        return map(key_of, storage_of(self).take_all())

    # -- neighbours and ends ----------------------------------------------------------------------

    def first(self) -> T | None:
        """The least element, or None if the set is empty. O(log n). Rust's `first`.

        >>> SortedSet([2, 1]).first()
        1
        """
        place = storage_of(self).end(last=False)
        return None if place is None else place.key

    def last(self) -> T | None:
        """The greatest element, or None if the set is empty. O(log n). Rust's `last`.

        >>> SortedSet([2, 1]).last()
        2
        """
        place = storage_of(self).end(last=True)
        return None if place is None else place.key

    def lower(self, query: T | KeyView[T], /) -> T | None:
        """The greatest element that is less than `query`, or None. O(log n). Java's `lower`.

        >>> SortedSet([1, 3]).lower(3)
        1
        """
        return beside(self, LOWER, query)

    def floor(self, query: T | KeyView[T], /) -> T | None:
        """The greatest element that is not greater than `query`, or None. O(log n). Java's `floor`.

        >>> SortedSet([1, 3]).floor(2)
        1
        """
        return beside(self, FLOOR, query)

    def ceiling(self, query: T | KeyView[T], /) -> T | None:
        """The least element that is not less than `query`, or None. O(log n). Java's `ceiling`.

        >>> SortedSet([1, 3]).ceiling(2)
        3
        """
        return beside(self, CEILING, query)

    def higher(self, query: T | KeyView[T], /) -> T | None:
        """The least element that is greater than `query`, or None. O(log n). Java's `higher`.

        >>> SortedSet([1, 3]).higher(1)
        3
        """
        return beside(self, HIGHER, query)

    # -- ranges and positions ---------------------------------------------------------------------

    @overload
    def range(
        self,
        start: T | KeyView[T] | None = None,
        stop: T | KeyView[T] | None = None,
        /,
        *,
        inclusive: Inclusive = "left",
    ) -> SetRange[T]: ...
    @overload
    def range(self, /, *, prefix: T | KeyView[T]) -> SetRange[T]: ...
    # A shorter tuple than the keys are: its first items.
    @overload
    def range(self: SortedSet[tuple[A, *Ts]], /, *, prefix: tuple[A]) -> SetRange[T]: ...
    @overload
    def range(self: SortedSet[tuple[A, B, *Ts]], /, *, prefix: tuple[A, B]) -> SetRange[T]: ...
    @overload
    def range(
        self: SortedSet[tuple[A, B, C, *Ts]], /, *, prefix: tuple[A, B, C]
    ) -> SetRange[T]: ...
    def range(
        self, start: Any = None, stop: Any = None, /, *, inclusive: str = "left", prefix: Any = None
    ) -> SetRange[T]:
        """The elements between two bounds, or that begin with a prefix: live, and in order. O(1).

        As `SortedMap.range`.

        >>> s = SortedSet(["a", "ab", "b"])
        >>> s.range("ab"), s.range(prefix="a")
        (SetRange({'ab', 'b'}), SetRange({'a', 'ab'}))
        """
        return range_of(SetRange, self, storage_of(self), ranged(start, stop, inclusive, prefix))

    def at(self, position: int, /) -> T:
        """The element at a position, which may be negative as in a list. O(log n). Raises `IndexError`.

        In the pure backend, `at`, `index_of`, `rank` and ranges cost O(n / 512) if an element was added or
        removed since the last of them.

        >>> s = SortedSet([2, 1])
        >>> s.at(0), s.at(-1)
        (1, 2)
        """
        number = index(position)
        slot = storage_of(self).at(number)
        if slot is None:
            raise no_position(type(self).__name__, number, len(self), "elements")
        return slot.key

    def index_of(self, query: T | KeyView[T], /) -> int:
        """The position of the element. O(log n). Raises `KeyError`. indexmap's `get_index_of`.

        >>> SortedSet(["b", "a"]).index_of("b")
        1
        """
        position = storage_of(self).position_of(query)
        if position is None:
            raise KeyError(query)
        return position

    def rank(self, query: T | KeyView[T], /) -> int:
        """How many elements are less than `query`. O(log n). sortedcontainers' `bisect_left`.

        >>> SortedSet([10, 20]).rank(15)
        1
        """
        return storage_of(self).rank(query)

    # -- iteration --------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[T]:
        """The elements, the least first. Raises `RuntimeError` if one is added or removed meanwhile."""
        return StorageIterator(self, storage_of(self), key_of, kind="set")

    def __reversed__(self) -> Iterator[T]:
        """The elements, the greatest first."""
        return StorageIterator(self, storage_of(self), key_of, backwards=True, kind="set")

    # -- operators with another set on the left ---------------------------------------------------

    def __rand__(self, other: AbstractSet[Any], /) -> Self:
        # Unlike a HashSet's: the elements of `other` need no order.
        return SetAlgebra.__and__(self, other)

    def __rsub__(self, other: AbstractSet[Any], /) -> Any:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        found = map(key_of, storage_of(self).common(other).slots()[2])
        made = storage_of(self).empty()
        made.add_all(set(other).difference(found))
        return made_like(self, made)

    def __sizeof__(self) -> int:
        return object.__sizeof__(self) + storage_of(self).__sizeof__()


#: Other modules call it SortedSetBase, because `keyview.SortedSet` is a subclass of it.
SortedSetBase = SortedSet


def storage_of(set_: SortedSet[T]) -> SortedElements[T]:
    storage: SortedElements[T] = elements_of(set_)
    return storage


def beside(set_: SortedSet[T], which: Neighbour, query: object) -> T | None:
    place = storage_of(set_).neighbour(which, query)
    return None if place is None else place.key


def taken(set_: SortedSet[T], method: str, *, last: bool) -> T:
    slot = storage_of(set_).take_end(last=last)
    if slot is None:
        raise nothing_to_pop(method, type(set_).__name__)
    return slot.key


def split_off_set(set_: S, query: object) -> S:
    """Move the elements that are not less than `query` into a new set of the same class."""
    made = made_like(set_, SortedElements())
    storage_of(set_).split_off(query, storage_of(made))
    return made

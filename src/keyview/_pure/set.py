"""Set: every operation of a HashSet that has to work on the table itself; and SetLookup, what `by` returns.

The algebra is in `set_algebra`. It works on the storage that is here: that of a map, without values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import repeat
from operator import attrgetter, index
from typing import TYPE_CHECKING, Any, Generic, Never, Self, TypeGuard, TypeVar, final, overload

from keyview._final import final_class
from keyview._messages import (
    adapter_not_callable,
    changed_during,
    empty_pop,
    no_position,
    not_made_by_hand,
)
from keyview._protocols import Ordered
from keyview._pure.hash_storage import HashStorage, Slot, key_of, runs_no_python
from keyview._pure.insertion import take
from keyview._pure.iterators import StorageIterator
from keyview._pure.map import move_to_end, position_of, reserve_in, take_swapping
from keyview._pure.set_algebra import SetAlgebra, elements_of, found_in, give_elements, made_like
from keyview._pure.sorted_set import SortedSetBase
from keyview._sentinels import MISSING
from keyview.views import KeyView, owned_key

__all__ = ["Set", "SetLookup", "adapted_set", "copied_set", "reserve_set", "specialize_set"]

T = TypeVar("T")
A = TypeVar("A")
R = TypeVar("R", bound=Ordered)
S = TypeVar("S", bound=SetAlgebra[Any])

#: An element with its hash; written in C, as `key_of`.
hashed_of: Callable[[Slot[Any, None]], tuple[Any, int]] = attrgetter("key", "hash")


class SetStorage(HashStorage[T, None]):
    """The storage of a HashSet, and what `SetAlgebra` asks of it; see `ElementStorage`.

    A source that is a HashSet knows the hashes of its elements: they are not computed again.
    """

    __slots__ = ("cls",)

    #: The name of a set with this storage, for messages.
    name = "HashSet"

    def __init__(self, cls: type) -> None:
        super().__init__()
        self.cls = cls  # The class of the set, for the message if an operation changes the set.

    def elements(self) -> Iterator[Slot[T, None]]:
        """Every slot. Raises `RuntimeError` if an element is added, removed or moved meanwhile."""
        version = self.version
        for slot in list(self.order):
            yield slot
            if self.version != version:
                raise changed_during(self.cls.__name__, "iteration", "set")

    def holds_all(self, source: Iterable[Any]) -> bool:
        """Whether every element of the source finds one; the first that does not ends the search."""
        if (theirs := hashed_elements(source)) is not None and len(theirs) > len(self):
            return False
        return all(self.find(key, hash_) is not None for key, hash_ in hashed(source))

    def holds_any(self, source: Iterable[Any]) -> bool:
        """Whether an element of the source finds one. Of two HashSets, the smaller one is iterated."""
        if (theirs := hashed_elements(source)) is not None and len(theirs) > len(self):
            return any(theirs.find(slot.key, slot.hash) is not None for slot in self.elements())
        return any(self.find(key, hash_) is not None for key, hash_ in hashed(source))

    def within(self, other: AbstractSet[Any]) -> bool:
        """Whether every element is found in the other set."""
        theirs = hashed_elements(other)
        if theirs is not None:
            return all(theirs.find(slot.key, slot.hash) is not None for slot in self.elements())
        return all(found_in(other, slot.key) for slot in self.elements())

    def empty(self) -> SetStorage[T]:
        """A new storage without elements."""
        return SetStorage(self.cls)

    def copied(self) -> SetStorage[T]:
        """A new storage with the same elements."""
        made = self.empty()
        made.copy_from(self)
        return made

    def made_of(self, slots: Iterable[Slot[T, None]]) -> SetStorage[T]:
        """A new storage with the elements of these slots, which are known to differ."""
        made = self.empty()
        for slot in slots:
            made.add(slot.key, slot.hash, None, made.buckets.get(slot.hash, ()))
        return made

    def add_all(self, source: Iterable[Any]) -> None:
        """Add every element of the source: at once, if that runs no Python code."""
        theirs = hashed_elements(source)
        if theirs is self or (theirs is not None and self.copy_from(theirs)):
            return
        if type(source) in (set, frozenset) or theirs is not None:
            elements = list(source)
            if all(map(runs_no_python, elements)) and self.store_all(
                zip(elements, map(hash, elements), repeat(None), strict=False)
            ):
                return
        for key, hash_ in hashed(source):
            self.find_or_add(key, hash_, None)

    def discard_each(self, source: Iterable[Any]) -> None:
        """Remove every element that one of the source finds."""
        for key, hash_ in hashed(source):
            take(self, key, hash_)

    def common(self, source: Iterable[Any]) -> SetStorage[T]:
        """A new storage with what the source finds. Of two HashSets, the smaller one is iterated."""
        theirs = hashed_elements(source)
        if theirs is not None and len(theirs) >= len(self):
            return self.made_of(
                [s for s in self.elements() if theirs.find(s.key, s.hash) is not None]
            )
        found = {self.find(key, hash_) for key, hash_ in hashed(source)}
        return self.made_of([slot for slot in list(self.order) if slot in found])

    def without(self, source: Iterable[Any]) -> SetStorage[T]:
        """A new storage with the elements that none of the source finds."""
        theirs = hashed_elements(source)
        if theirs is not None:
            return self.made_of([s for s in self.elements() if theirs.find(s.key, s.hash) is None])
        made = self.copied()
        made.discard_each(source)
        return made

    def exclusive(self, source: Iterable[Any]) -> SetStorage[T]:
        """A new storage with what only one of the two has."""
        theirs = hashed_elements(source)
        if theirs is None:
            theirs = self.empty()
            theirs.add_all(source)
        version = self.version
        found = [(slot, self.find(slot.key, slot.hash)) for slot in theirs.elements()]
        right = [slot for slot, same in found if same is None]
        if self.version == version:
            shared = {same for _, same in found}
            left = [slot for slot in self.elements() if slot not in shared]
        else:  # Comparing changed this set.
            left = [s for s in self.elements() if theirs.find(s.key, s.hash) is None]
        return self.made_of(left + right)


def is_exact_set(source: object) -> TypeGuard[Set[Any]]:
    """Whether `source` is a HashSet that does not override `__iter__`. Others are read as any iterable."""
    return isinstance(source, Set) and type(source).__iter__ is Set.__iter__


def hashed_elements(source: object) -> SetStorage[Any] | None:
    """The storage of a source that is a HashSet."""
    return (
        source
        if isinstance(source, SetStorage)
        else table_of(source)
        if is_exact_set(source)
        else None
    )


def hashed(source: Any) -> Iterator[tuple[Any, int]]:
    """The elements of a source, each with its hash, which a HashSet knows."""
    if is_exact_set(source):
        yield from StorageIterator(source, table_of(source), hashed_of, kind="set")
        return
    for element in source:
        yield element, hash(element)


def frozen(query: Any) -> tuple[Any, int]:
    """The query with its hash. A set has none: a frozenset of it is looked up, as `set` does."""
    try:
        return query, hash(query)
    except TypeError:
        if not isinstance(query, set | SetAlgebra):
            raise
    frozen_query: frozenset[Any] = frozenset(query)
    return frozen_query, hash(frozen_query)


# Called HashSet here, because type checkers name the class that defines a method.
class HashSet(SetAlgebra[T], Generic[T]):
    """The base of `keyview.HashSet` in pure Python; see there."""

    __slots__ = ()

    def __new__(cls, *_args: object, **_kwargs: object) -> Self:
        # Made here, so that a set can be used before __init__ has run, as pickle and copy do.
        self = super().__new__(cls)
        give_elements(self, SetStorage(cls))
        return self

    def __init__(self, source: Iterable[T] = (), /) -> None:
        table = table_of(self)
        table.discard_all()
        table.add_all(source)

    __new__.__wrapped__ = __init__  # type: ignore[attr-defined]  # Its signature, for `inspect`.

    # -- lookup -----------------------------------------------------------------------------------

    def __contains__(self, query: object, /) -> bool:
        """Whether the element that `query` is or stands for is stored. O(1).

        >>> "b" in HashSet(["a"])
        False
        """
        return table_of(self).find(*frozen(query)) is not None

    def get(self, query: T | KeyView[T], /) -> T | None:
        """The stored element, or None. O(1). Rust's `get`.

        >>> HashSet([1]).get(True)
        1
        """
        slot = table_of(self).find(query, hash(query))
        return None if slot is None else slot.key

    # -- insertion --------------------------------------------------------------------------------

    def add(self, element: T, /) -> None:
        """Store an element. If an equal one is there, that one stays. O(1).

        A view is never stored: if its key is absent, the key is built, checked and stored. Raises
        `KeyViewError` if the view is unlawful.

        >>> s = HashSet([1])
        >>> s.add(True)
        >>> s
        HashSet({1})
        """
        table_of(self).find_or_add(element, hash(element), None)

    def insert(self, element: T, /) -> bool:
        """Store an element, and return whether it is new. O(1). Rust's `insert`.

        If an equal one is there, that one stays.

        >>> s = HashSet(["a"])
        >>> s.insert("a"), s.insert("b")
        (False, True)
        """
        return table_of(self).find_or_add(element, hash(element), None)[1]

    def get_or_insert(self, query: T | KeyView[T], /) -> T:
        """The stored element that is equal to `query`, after storing it if there was none. O(1).

        This is interning: of equal elements, all callers get the first. If `query` is a view, its key is
        built only if it is absent. Rust's (unstable) `get_or_insert`.

        >>> s: HashSet[str] = HashSet()
        >>> s.get_or_insert("a") is s.get_or_insert("A".lower())
        True
        """
        return table_of(self).find_or_add(query, hash(query), None)[0].key

    def replace(self, element: T, /) -> T | None:
        """Store an element in place of the equal one, which is returned; None if there was none. O(1).

        Rust's `replace`.

        >>> s = HashSet([1, 2])
        >>> s.replace(True), s
        (1, HashSet({True, 2}))
        """
        table = table_of(self)
        hash_ = hash(element)
        owned: Any = MISSING
        while True:
            slot, added = table.find_or_add(element, hash_, None)
            if added:
                return None
            # Build the key once: the loop then ends even if `__key__` removes the element each time.
            if owned is MISSING:
                owned = owned_key(element, hash_)
            old = table.replace_key(slot, owned)
            if old is not MISSING:
                return old
            # The element was removed meanwhile: store it again.

    def update(self, *others: Iterable[T]) -> None:
        """Store every element of all the others. O(number of their elements).

        If an element raises, those before it have been stored, as with `set.update`.

        >>> s = HashSet([1])
        >>> s.update([2], (3, 1))
        >>> s
        HashSet({1, 2, 3})
        """
        for other in others:
            table_of(self).add_all(other)

    # -- removal ----------------------------------------------------------------------------------

    def remove(self, query: T | KeyView[T], /) -> None:
        """Remove the element that `query` is or stands for. O(1). Raises `KeyError`.

        >>> s = HashSet(["a"])
        >>> s.remove("a")
        >>> s
        HashSet()
        """
        if take(table_of(self), *frozen(query)) is None:
            raise KeyError(query)

    def discard(self, query: T | KeyView[T], /) -> None:
        """Remove the element that `query` is or stands for, if it is there. O(1).

        >>> HashSet(["a"]).discard("b")
        """
        take(table_of(self), *frozen(query))

    def take(self, query: T | KeyView[T], /) -> T:
        """Remove the element and return the stored one. O(1). Rust's `take`. Raises `KeyError`.

        >>> HashSet([1]).take(True)
        1
        """
        slot = take(table_of(self), query, hash(query))
        if slot is None:
            raise KeyError(query)
        element: T = slot.key
        return element

    def pop(self) -> T:
        """Remove and return the last element. O(1). Raises `KeyError` if the set is empty.

        >>> HashSet([1, 2]).pop()
        2
        """
        slot = table_of(self).discard_at(-1)
        if slot is None:
            raise empty_pop(type(self).__name__)
        return slot.key

    def swap_remove(self, query: T | KeyView[T], /) -> T:
        """Remove the element and return it; the last one takes its place. indexmap's `swap_take`.

        O(1), in the pure backend O(n). It leaves no hole in the order, so that `at` stays O(1). Raises
        `KeyError`.

        >>> s = HashSet(["a", "b", "c"])
        >>> s.swap_remove("a"), s
        ('a', HashSet({'c', 'b'}))
        """
        slot = take_swapping(table_of(self), query)
        if slot is None:
            raise KeyError(query)
        return slot.key

    def clear(self) -> None:
        """Remove every element, and give the memory back. O(n).

        >>> s = HashSet(["a"])
        >>> s.clear()
        >>> s
        HashSet()
        """
        table_of(self).discard_all()

    def retain(self, predicate: Callable[[T], object], /) -> None:
        """Keep only the elements for which `predicate(element)` is true. O(n). Rust's `retain`.

        The predicate is called for all elements before any is removed. Raises `RuntimeError` if the predicate
        adds or removes one, and what the predicate raises; then nothing has been removed.

        >>> s = HashSet([1, 2, 3])
        >>> s.retain(lambda number: number % 2)
        >>> s
        HashSet({1, 3})
        """
        table = table_of(self)
        version = table.version
        doomed = []
        for slot in list(table.order):
            if not predicate(slot.key):
                doomed.append(slot)
            if table.version != version:
                raise changed_during(type(self).__name__, "retain", "set")
        for slot in doomed:
            table.discard(slot)

    def extract_if(self, predicate: Callable[[T], object], /) -> Iterator[T]:
        """An iterator that removes and yields the elements for which `predicate(element)` is true.

        Each element is removed when it is yielded. If the iterator is not read to its end, the others stay.
        O(n) in all. Raises `RuntimeError` if anything else, also the predicate, adds or removes an element
        during the iteration, and what the predicate raises. Rust's `extract_if`.

        >>> s = HashSet([1, 2, 3])
        >>> list(s.extract_if(lambda number: number % 2))
        [1, 3]
        >>> s
        HashSet({2})
        """
        return extract(self, predicate, table_of(self).version, list(table_of(self).order))

    def drain(self) -> Iterator[T]:
        """Remove every element now, as `clear` does; returns an iterator over them. O(n). Rust's `drain`.

        >>> s = HashSet([1])
        >>> drained = s.drain()
        >>> s, list(drained)
        (HashSet(), [1])
        """
        return map(key_of, table_of(self).discard_all())

    # -- by position ------------------------------------------------------------------------------

    def first(self) -> T | None:
        """The first element, or None if the set is empty. O(1). indexmap's `first`.

        >>> HashSet(["a", "b"]).first()
        'a'
        """
        slot = table_of(self).slot_at(0)
        return None if slot is None else slot.key

    def last(self) -> T | None:
        """The last element, or None if the set is empty. O(1). indexmap's `last`.

        >>> HashSet(["a", "b"]).last()
        'b'
        """
        slot = table_of(self).slot_at(-1)
        return None if slot is None else slot.key

    def at(self, position: int, /) -> T:
        """The element at a position, which may be negative as in a list. indexmap's `get_index`.

        O(1) if no element was removed or moved since the set was last rebuilt, else O(n); in the pure
        backend O(n). Raises `IndexError`.

        >>> s = HashSet(["a", "b", "c"])
        >>> s.at(0), s.at(-1)
        ('a', 'c')
        """
        number = index(position)
        slot = table_of(self).slot_at(number)
        if slot is None:
            raise no_position(type(self).__name__, number, len(self), "elements")
        return slot.key

    def index_of(self, query: T | KeyView[T], /) -> int:
        """The position of the element. As fast as `at`. indexmap's `get_index_of`. Raises `KeyError`.

        >>> HashSet(["a", "b"]).index_of("b")
        1
        """
        position = position_of(table_of(self), query)
        if position is None:
            raise KeyError(query)
        return position

    def move_to_end(self, query: T | KeyView[T], /, last: bool = True) -> None:
        """Make the element the last, or the first if `last` is false. O(1). `OrderedDict.move_to_end`.

        Raises `KeyError`. Iterators over the set then raise `RuntimeError`.

        >>> s = HashSet(["a", "b", "c"])
        >>> s.move_to_end("a")
        >>> s
        HashSet({'b', 'c', 'a'})
        """
        if not move_to_end(table_of(self), query, last=bool(last)):
            raise KeyError(query)

    @overload
    def sort(self: Set[R], key: None = None, reverse: bool = False) -> None: ...
    @overload
    def sort(self, key: Callable[[T], Ordered], reverse: bool = False) -> None: ...
    def sort(self, key: Any = None, reverse: bool = False) -> None:
        """Sort the elements in place, or by `key(element)`. O(n log n).

        Like `list.sort` it is stable, also if `reverse` is true. No element is hashed. Raises what
        comparing or `key` raises, and `RuntimeError` if either adds, removes or moves an element; then the
        order is as it was. Iterators over the set then raise `RuntimeError`. indexmap's `sort_by`.

        >>> s = HashSet(["b", "c", "a"])
        >>> s.sort()
        >>> s
        HashSet({'a', 'b', 'c'})
        """
        table = table_of(self)
        version = table.version
        slots = list(table.order)
        ranks: list[Any] = []
        for slot in slots:
            ranks.append(slot.key if key is None else key(slot.key))
            if table.version != version:
                raise changed_during(type(self).__name__, "sort", "set")
        order = sorted(range(len(slots)), key=ranks.__getitem__, reverse=reverse)
        if not table.reorder([slots[number] for number in order], version):
            raise changed_during(type(self).__name__, "sort", "set")

    # -- iteration --------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[T]:
        """The elements, in order. Raises `RuntimeError` if one is added, removed or moved meanwhile."""
        return StorageIterator(self, table_of(self), key_of, kind="set")

    def __reversed__(self) -> Iterator[T]:
        """The elements, last inserted first."""
        return StorageIterator(self, table_of(self), key_of, backwards=True, kind="set")

    # -- capacity ---------------------------------------------------------------------------------

    @property
    def capacity(self) -> int:
        """The number of elements that fit before the set has to grow; at least its length. Rust's `capacity`.

        >>> HashSet.with_capacity(100).capacity >= 100
        True
        """
        return max(table_of(self).capacity, len(self))

    def reserve(self, additional: int, /) -> None:
        """Make the capacity enough for `additional` more elements. O(n). Rust's `reserve`.

        Raises `ValueError` if `additional` is negative, `OverflowError` if no machine has enough memory,
        `MemoryError` if this one does not. Iterators over the set then raise `RuntimeError`.

        >>> s = HashSet(["a"])
        >>> s.reserve(99)
        >>> s.capacity >= 100
        True
        """
        reserve_set(self, "reserve", additional)

    def shrink_to_fit(self) -> None:
        """Give back memory that is not used. O(n). Rust's `shrink_to_fit`.

        Iterators over the set then raise `RuntimeError`.

        >>> s = HashSet[str].with_capacity(100)
        >>> s.shrink_to_fit()
        >>> s.capacity < 100
        True
        """
        table_of(self).shrink()

    def __sizeof__(self) -> int:
        return object.__sizeof__(self) + table_of(self).__sizeof__()


#: Other modules call it Set, because `keyview.HashSet` is a subclass of it.
Set = HashSet

if TYPE_CHECKING:

    def table_of(set_: Set[T], /) -> SetStorage[T]:
        """The storage of a HashSet."""
        ...
else:
    table_of = elements_of


# -- what HashSet is made from --------------------------------------------------------------------


def specialize_set(_cls: type[SetAlgebra[Any]]) -> None:
    """Make the methods of this one class faster, if there is a way. In pure Python there is none."""


def copied_set(set_: S) -> S:
    """A new set of the same class, with the same elements."""
    return made_like(set_, elements_of(set_).copied())


def reserve_set(set_: Set[Any], caller: str, additional: int) -> None:
    """Reserve memory for `additional` more elements; `caller` is the function that a message names."""
    reserve_in(table_of(set_), caller, additional, "elements")


def extract(
    set_: Set[T],
    predicate: Callable[[T], object],
    version: int,
    slots: list[Slot[T, None]],
) -> Iterator[T]:
    """The iterator that `extract_if` returns."""
    table = table_of(set_)
    for slot in slots:
        if table.version != version:
            raise changed_during(type(set_).__name__, "extract_if", "set")
        wanted = bool(predicate(slot.key))
        if table.version != version:
            raise changed_during(type(set_).__name__, "extract_if", "set")
        if wanted and table.discard(slot):
            version += 1
            yield slot.key


# -- what `by` returns ----------------------------------------------------------------------------


def adapted_set(
    set_: Set[T] | SortedSetBase[Any], adapter: Callable[[A], T | KeyView[T]], /
) -> SetLookup[A, T]:
    """`HashSet.by` and `SortedSet.by` call this function to make a `SetLookup`."""
    if not callable(adapter):
        raise adapter_not_callable(adapter)
    made: SetLookup[A, T] = object.__new__(SetLookup)
    made._set = set_  # type: ignore[assignment]
    made._base = Set if isinstance(set_, Set) else SortedSetBase  # type: ignore[assignment]
    made._adapter = adapter
    return made


@final_class
@final
class SetLookup(Generic[A, T]):
    """A set that is looked up by an `A` instead of a `T`. Made by `HashSet.by`, never directly.

    Each method calls the adapter, and looks up the element or view that the adapter returns. Methods that
    a subclass of `HashSet` overrides are not called. A `KeyError` carries the `A`, not the element. A
    `SetLookup` is not iterable: it would have to yield objects of type `A`, and the set has only elements.
    .NET's alternate lookup, Zig's adapted functions.

    >>> s = HashSet(["straße", "strasse"])
    >>> s.by(str.casefold).get("STRASSE")
    'strasse'
    """

    __slots__ = ("_adapter", "_base", "_set")

    # As in `Lookup`.
    __iter__ = None

    if TYPE_CHECKING:
        # Or a sorted set and its base, which have the same methods.
        _set: Set[T]
        _base: type[Set[T]]
        _adapter: Callable[[A], T | KeyView[T]]

    def __new__(cls, *args: Never, **kwargs: Never) -> Self:
        raise not_made_by_hand("SetLookup", "by", "set")

    def __contains__(self, asked: object, /) -> bool:
        """Whether the set has the element that `asked` stands for. O(1).

        >>> "b" in HashSet(["_a"]).by(prefixed("_"))
        False
        """
        adapt: Callable[[Any], Any] = self._adapter
        return elements_of(self._set).look(adapt(asked)) is not None

    def get(self, asked: A, /) -> T | None:
        """The stored element that `asked` stands for, or None. O(1).

        >>> HashSet(["_a"]).by(prefixed("_")).get("a")
        '_a'
        """
        return self._base.get(self._set, self._adapter(asked))

    def get_or_insert(self, asked: A, /) -> T:
        """The stored element that `asked` stands for; it is built only to be stored, if it was absent. O(1).

        >>> s: HashSet[str] = HashSet()
        >>> s.by(prefixed("_")).get_or_insert("a"), s
        ('_a', HashSet({'_a'}))
        """
        return self._base.get_or_insert(self._set, self._adapter(asked))

    def take(self, asked: A, /) -> T:
        """Remove the element that `asked` stands for, and return it. O(1). Raises `KeyError`.

        >>> HashSet(["_a"]).by(prefixed("_")).take("a")
        '_a'
        """
        query = self._adapter(asked)
        storage = elements_of(self._set)
        slot = take(storage, query, storage.hash_of(query))
        if slot is None:
            raise KeyError(asked)
        element: T = slot.key
        return element

    def __repr__(self) -> str:
        return f"{self._set!r}.by({self._adapter!r})"

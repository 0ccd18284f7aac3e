"""SortedMap: every operation of a sorted map that has to work on the storage itself.

`map` is the same for a HashMap. Keys need no hash: entries, and functions that both maps share, get None
where a HashMap gives them a hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter, index
from typing import (
    Any,
    ClassVar,
    Generic,
    Self,
    TypeGuard,
    TypeVar,
    TypeVarTuple,
    overload,
)

from keyview._messages import no_position, nothing_to_pop
from keyview._protocols import Ordered, SupportsKeysAndGetItem
from keyview._pure.entry import Entry, Occupied, Vacant
from keyview._pure.hash_storage import item_of, key_of
from keyview._pure.insertion import insert, merge, take
from keyview._pure.iterators import StorageIterator
from keyview._pure.live_views import Items, Keys, Values, live_view
from keyview._pure.range import Inclusive, Range, range_of, ranged
from keyview._pure.sorted_storage import (
    CEILING,
    FLOOR,
    HIGHER,
    LOWER,
    SortedStorage,
    orderable,
)
from keyview._pure.sources import pairs_of, set_default_factory, special_method
from keyview._sentinels import MISSING
from keyview.errors import OccupiedError
from keyview.views import KeyView

__all__ = ["SortedMapBase", "sorted_storage_of"]

K = TypeVar("K", bound=Ordered)
V = TypeVar("V")
D = TypeVar("D")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
Ts = TypeVarTuple("Ts")


# Called SortedMap here, because type checkers name the class that defines a method.
class SortedMap(Generic[K, V]):
    """The base of `keyview.SortedMap` in pure Python; see there."""

    # The name of the class makes it `_SortedMap__keyview`: a subclass may use any other name.
    __slots__ = ("__keyview", "__weakref__")
    __keyview: SortedStorage[K, V]

    def __new__(cls, *_args: object, **_kwargs: object) -> Self:
        # Made here, so that a map can be used before __init__ has run, as pickle and copy do.
        self = super().__new__(cls)
        self.__keyview = SortedStorage()
        return self

    def __init__(self, source: Any = (), /, *, default_factory: Any = None, **kwargs: Any) -> None:
        set_default_factory(self.__keyview, default_factory)
        update_sorted(self.__keyview, type(self).__name__, source, kwargs)

    __new__.__wrapped__ = __init__  # type: ignore[attr-defined]  # Its signature, for `inspect`.

    # -- lookup -----------------------------------------------------------------------------------

    def __len__(self) -> int:
        """The number of pairs. O(1)."""
        return self.__keyview.size

    def __getitem__(self, query: K | KeyView[K], /) -> V:
        """The value under the key that `query` is or stands for. O(log n). Raises `KeyError`.

        A subclass may define `__missing__`, as for a `dict`.

        >>> SortedMap({"a": 1})["a"]
        1
        """
        slot = self.__keyview.find(query)
        if slot is not None:
            return slot.value
        missing = special_method(self, "__missing__")
        if missing is MISSING:
            raise KeyError(query)
        value: V = missing(query)
        return value

    def __contains__(self, query: object, /) -> bool:
        """Whether the key that `query` is or stands for is stored. O(log n).

        >>> "b" in SortedMap({"a": 1})
        False
        """
        return self.__keyview.find(query) is not None

    @overload
    def get(self, query: K | KeyView[K], default: None = None, /) -> V | None: ...
    @overload
    def get(self, query: K | KeyView[K], default: V, /) -> V: ...
    @overload
    def get(self, query: K | KeyView[K], default: D, /) -> V | D: ...
    def get(self, query: Any, default: Any = None, /) -> Any:
        """The value under the key, or `default`. O(log n).

        >>> SortedMap({"a": 1}).get("b", 0)
        0
        """
        slot = self.__keyview.find(query)
        return default if slot is None else slot.value

    def get_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The `Occupied` entry of the key, or None. O(log n). Rust's `get_mut`.

        >>> m = SortedMap({"a": 1})
        >>> if found := m.get_entry("a"):
        ...     found.value += 1
        >>> m
        SortedMap({'a': 2})
        """
        place, _ = self.__keyview.probe(query)
        return None if place is None else Occupied(self, self.__keyview, place)

    def get_key_value(self, query: K | KeyView[K], /) -> tuple[K, V] | None:
        """The stored key with its value, or None. O(log n). Rust's `get_key_value`.

        >>> SortedMap({1: "one"}).get_key_value(True)
        (1, 'one')
        """
        slot = self.__keyview.find(query)
        return None if slot is None else (slot.key, slot.value)

    def get_many(self, *queries: K | KeyView[K]) -> tuple[V | None, ...]:
        """The values under several keys, in order, None for an absent one.

        O(number of queries · log n). A key may be given twice. Rust's `get_disjoint_mut`.

        >>> SortedMap({"a": 1, "b": 2}).get_many("b", "c", "a")
        (2, None, 1)
        """
        return self.__keyview.values_of(queries)

    def entry(self, query: K | KeyView[K], /) -> Entry[K, V]:
        """The entry of the key: `Occupied` or `Vacant`, from one lookup. O(log n).

        The methods of the entry do not compare keys again while the map's keys stay the same. If `query` is
        a view that orders itself, its key is built only if a pair is stored or `Vacant.key` is read. Rust's
        `entry`.

        >>> m: SortedMap[str, list[int]] = SortedMap()
        >>> m.entry("a").or_insert_with(list).append(1)
        >>> m.entry("a").or_insert_with(list).append(2)
        >>> m
        SortedMap({'a': [1, 2]})
        """
        query = orderable(query)
        place, seen = self.__keyview.probe(query)
        if place is None:
            return Vacant(self, self.__keyview, query, None, seen)
        return Occupied(self, self.__keyview, place)

    # -- insertion --------------------------------------------------------------------------------

    def __setitem__(self, key: K, value: V, /) -> None:
        """Store `value` under `key`. If an equal key is there, that key stays. O(log n).

        A view is never stored: if its key is absent, the key is built, checked and stored. Raises
        `KeyViewError` if the view is unlawful, `OrderError` if the key is neither less than, equal to nor
        greater than the key beside which it would be stored.

        >>> m = SortedMap({1: "one"})
        >>> m[True] = "uno"
        >>> m
        SortedMap({1: 'uno'})
        """
        insert(self.__keyview, key, None, value)

    @overload
    def setdefault(
        self: SortedMapBase[K, D | None], key: K, default: None = None, /
    ) -> D | None: ...
    @overload
    def setdefault(self, key: K, default: V, /) -> V: ...
    def setdefault(self, key: Any, default: Any = None, /) -> Any:
        """The value under `key`, after storing `default` if the key was absent. O(log n).

        `get_or_insert_with` makes its default only if it is needed.

        >>> SortedMap({"a": 1}).setdefault("b", 2)
        2
        """
        return self.__keyview.find_or_add(key, None, default)[0].value

    def insert(self, key: K, value: V, /) -> V | None:
        """Store `value` under `key` and return the old value, or None. O(log n). Rust's `insert`.

        If an equal key is there, that key stays.

        >>> SortedMap({"a": 1}).insert("a", 2)
        1
        """
        old = insert(self.__keyview, key, None, value)
        return None if old is MISSING else old

    def try_insert(self, key: K, value: V, /) -> V:
        """Store `value` under `key` and return it. O(log n). Rust's (unstable) `try_insert`.

        Raises `OccupiedError`, a `KeyError` that carries the entry and the value, if `key` is there.

        >>> m: SortedMap[str, int] = SortedMap()
        >>> m.try_insert("a", 1)
        1
        """
        place, added = self.__keyview.find_or_add(key, None, value)
        if not added:
            there = Occupied(self, self.__keyview, place)
            raise OccupiedError(there, value, place.key, place.value)
        return value

    def get_or_insert_with(self, query: K | KeyView[K], factory: Callable[[], V], /) -> V:
        """The value under the key, after storing `factory()` if the key was absent. O(log n).

        The same as `entry(query).or_insert_with(factory)`, and faster. `factory` is called only if the
        key is absent, and may use the map.

        >>> m: SortedMap[str, list[int]] = SortedMap()
        >>> m.get_or_insert_with("a", list).append(1)
        >>> m
        SortedMap({'a': [1]})
        """
        query = orderable(query)
        place, seen = self.__keyview.probe(query)
        if place is None:
            place, _ = self.__keyview.find_or_add(query, None, factory(), seen)
        return place.value

    def merge(self, query: K | KeyView[K], value: V, combine: Callable[[V, V], V], /) -> V:
        """Store `value`, or `combine(old, value)` if the key is there; return what was stored. O(log n).

        Java's `Map.merge`. Raises what `combine` raises, and then nothing is stored. If `combine` is a
        builtin such as `operator.add`, other threads see the old value or the new one, and no addition
        is lost.

        >>> from operator import add
        >>> m: SortedMap[str, int] = SortedMap()
        >>> for word in ["b", "a", "b"]:
        ...     _ = m.merge(word, 1, add)
        >>> m
        SortedMap({'a': 1, 'b': 2})
        """
        return merge(self.__keyview, query, None, value, combine)

    @overload
    def update(self, other: SupportsKeysAndGetItem[K, V], /) -> None: ...
    @overload
    def update(
        self: SortedMapBase[str, V], other: SupportsKeysAndGetItem[str, V], /, **kwargs: V
    ) -> None: ...
    @overload
    def update(self, other: Iterable[tuple[K, V]], /) -> None: ...
    @overload
    def update(
        self: SortedMapBase[str, V], other: Iterable[tuple[str, V]], /, **kwargs: V
    ) -> None: ...
    @overload
    def update(self: SortedMapBase[str, V], /, **kwargs: V) -> None: ...
    def update(self, other: Any = (), /, **kwargs: Any) -> None:
        """Store every pair of a mapping, an iterable of pairs, or keywords. O(number of pairs · log n).

        Raises `TypeError` or `ValueError` if an element is not a pair; the message says which. As with
        `dict.update`, the pairs before that element have been stored.

        >>> m = SortedMap({"b": 1})
        >>> m.update([("c", 2)], a=3)
        >>> m
        SortedMap({'a': 3, 'b': 1, 'c': 2})
        """
        update_sorted(self.__keyview, "update", other, kwargs)

    def update_with(
        self,
        other: SupportsKeysAndGetItem[K, V] | Iterable[tuple[K, V]],
        combine: Callable[[V, V], V],
        /,
    ) -> None:
        """Store every pair of `other`; where a key is there, store `combine(old, new)`.

        O(number of pairs · log n). Raises what `combine` raises; the pairs before that one have been stored.
        Swift's `merge(_:uniquingKeysWith:)`.

        >>> m = SortedMap({"a": 1})
        >>> m.update_with({"a": 10, "b": 20}, max)
        >>> m
        SortedMap({'a': 10, 'b': 20})
        """
        if not adopted(self.__keyview, other):
            for key, value in sorted_pairs("update_with", other):
                merge(self.__keyview, key, None, value, combine)

    # -- removal ----------------------------------------------------------------------------------

    def __delitem__(self, query: K | KeyView[K], /) -> None:
        """Remove the key that `query` is or stands for. O(log n). Raises `KeyError`.

        >>> m = SortedMap({"a": 1})
        >>> del m["a"]
        >>> m
        SortedMap({})
        """
        if take(self.__keyview, query, None) is None:
            raise KeyError(query)

    @overload
    def pop(self, query: K | KeyView[K], /) -> V: ...
    @overload
    def pop(self, query: K | KeyView[K], default: V, /) -> V: ...
    @overload
    def pop(self, query: K | KeyView[K], default: D, /) -> V | D: ...
    def pop(self, query: Any, default: Any = MISSING, /) -> Any:
        """Remove the key and return its value, or `default`. O(log n).

        Raises `KeyError` if the key is absent and no default is given.

        >>> SortedMap({"a": 1}).pop("a")
        1
        """
        place = take(self.__keyview, query, None)
        if place is not None:
            return place.value
        if default is MISSING:
            raise KeyError(query)
        return default

    def remove_entry(self, query: K | KeyView[K], /) -> tuple[K, V]:
        """Remove the key and return the stored key with its value. O(log n).

        Raises `KeyError`. Rust's `remove_entry`.

        >>> SortedMap({1: "one"}).remove_entry(True)
        (1, 'one')
        """
        place = take(self.__keyview, query, None)
        if place is None:
            raise KeyError(query)
        return place.key, place.value

    def popitem(self, last: bool = True) -> tuple[K, V]:
        """Remove and return the last pair, or the first if `last` is false. O(log n).

        Raises `KeyError` if the map is empty. `OrderedDict.popitem`.

        >>> m = SortedMap({"a": 1, "b": 2, "c": 3})
        >>> m.popitem(), m.popitem(last=False)
        (('c', 3), ('a', 1))
        """
        slot = self.__keyview.take_end(last=bool(last))
        if slot is None:
            raise nothing_to_pop("popitem", type(self).__name__)
        return slot.key, slot.value

    def pop_first(self) -> tuple[K, V]:
        """Remove and return the pair with the least key. O(log n). Rust's `pop_first`.

        Raises `KeyError` if the map is empty.

        >>> m = SortedMap({"b": 2, "a": 1})
        >>> m.pop_first(), m
        (('a', 1), SortedMap({'b': 2}))
        """
        slot = self.__keyview.take_end(last=False)
        if slot is None:
            raise nothing_to_pop("pop_first", type(self).__name__)
        return slot.key, slot.value

    def pop_last(self) -> tuple[K, V]:
        """Remove and return the pair with the greatest key. O(log n). Rust's `pop_last`.

        Raises `KeyError` if the map is empty.

        >>> m = SortedMap({"b": 2, "a": 1})
        >>> m.pop_last(), m
        (('b', 2), SortedMap({'a': 1}))
        """
        slot = self.__keyview.take_end(last=True)
        if slot is None:
            raise nothing_to_pop("pop_last", type(self).__name__)
        return slot.key, slot.value

    def clear(self) -> None:
        """Remove every key. O(n).

        >>> m = SortedMap({"a": 1})
        >>> m.clear()
        >>> len(m)
        0
        """
        self.__keyview.take_all()

    def retain(self, predicate: Callable[[K, V], object], /) -> None:
        """Keep only the pairs for which `predicate(key, value)` is true. O(n). Rust's `retain`.

        The predicate is called for all pairs before any is removed. Raises `RuntimeError` if the
        predicate adds or removes a key, and what the predicate raises; then nothing has been removed.

        >>> m = SortedMap({"a": 1, "b": 2})
        >>> m.retain(lambda key, value: value > 1)
        >>> m
        SortedMap({'b': 2})
        """
        self.__keyview.retain(type(self).__name__, lambda slot: predicate(slot.key, slot.value))

    def extract_if(self, predicate: Callable[[K, V], object], /) -> Iterator[tuple[K, V]]:
        """An iterator that removes and yields the pairs for which `predicate(key, value)` is true.

        Each pair is removed when it is yielded. If the iterator is not read to its end, the other pairs
        stay. Raises `RuntimeError` if anything else, also the predicate, adds or removes a key during the
        iteration, and what the predicate raises. Rust's `extract_if`.

        >>> m = SortedMap({"a": 1, "b": 2})
        >>> list(m.extract_if(lambda key, value: value > 1))
        [('b', 2)]
        >>> m
        SortedMap({'a': 1})
        """
        storage, name = self.__keyview, type(self).__name__
        extracted = storage.extract(name, lambda slot: predicate(slot.key, slot.value))
        return map(item_of, extracted)

    def drain(self) -> Iterator[tuple[K, V]]:
        """Remove every key now, as `clear` does; returns an iterator over the pairs. O(n). Rust's `drain`.

        >>> m = SortedMap({"a": 1})
        >>> drained = m.drain()
        >>> m, list(drained)
        (SortedMap({}), [('a', 1)])
        """
        return map(item_of, self.__keyview.take_all())

    # -- neighbours and ends ----------------------------------------------------------------------

    def first_entry(self) -> Occupied[K, V] | None:
        """The `Occupied` entry of the least key, or None if the map is empty. O(log n).

        Rust's `first_entry`.

        >>> SortedMap({"b": 2, "a": 1}).first_entry()
        Occupied('a', 1)
        """
        place = self.__keyview.end(last=False)
        return None if place is None else Occupied(self, self.__keyview, place)

    def last_entry(self) -> Occupied[K, V] | None:
        """The `Occupied` entry of the greatest key, or None if the map is empty. O(log n).

        Rust's `last_entry`.

        >>> SortedMap({"b": 2, "a": 1}).last_entry()
        Occupied('b', 2)
        """
        place = self.__keyview.end(last=True)
        return None if place is None else Occupied(self, self.__keyview, place)

    def lower_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The entry of the greatest key that is less than `query`, or None. O(log n).

        Java's `lowerEntry`.

        >>> SortedMap({1: "one", 3: "three"}).lower_entry(3)
        Occupied(1, 'one')
        """
        place = self.__keyview.neighbour(LOWER, query)
        return None if place is None else Occupied(self, self.__keyview, place)

    def floor_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The entry of the greatest key that is not greater than `query`, or None. O(log n).

        Java's `floorEntry`.

        >>> SortedMap({1: "one", 3: "three"}).floor_entry(2)
        Occupied(1, 'one')
        """
        place = self.__keyview.neighbour(FLOOR, query)
        return None if place is None else Occupied(self, self.__keyview, place)

    def ceiling_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The entry of the least key that is not less than `query`, or None. O(log n).

        Java's `ceilingEntry`.

        >>> SortedMap({1: "one", 3: "three"}).ceiling_entry(2)
        Occupied(3, 'three')
        """
        place = self.__keyview.neighbour(CEILING, query)
        return None if place is None else Occupied(self, self.__keyview, place)

    def higher_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The entry of the least key that is greater than `query`, or None. O(log n).

        Java's `higherEntry`.

        >>> SortedMap({1: "one", 3: "three"}).higher_entry(1)
        Occupied(3, 'three')
        """
        place = self.__keyview.neighbour(HIGHER, query)
        return None if place is None else Occupied(self, self.__keyview, place)

    # -- ranges and positions ---------------------------------------------------------------------

    @overload
    def range(
        self,
        start: K | KeyView[K] | None = None,
        stop: K | KeyView[K] | None = None,
        /,
        *,
        inclusive: Inclusive = "left",
    ) -> Range[K, V]: ...
    @overload
    def range(self, /, *, prefix: K | KeyView[K]) -> Range[K, V]: ...
    # A shorter tuple than the keys are: its first items.
    @overload
    def range(self: SortedMap[tuple[A, *Ts], V], /, *, prefix: tuple[A]) -> Range[K, V]: ...
    @overload
    def range(self: SortedMap[tuple[A, B, *Ts], V], /, *, prefix: tuple[A, B]) -> Range[K, V]: ...
    @overload
    def range(
        self: SortedMap[tuple[A, B, C, *Ts], V], /, *, prefix: tuple[A, B, C]
    ) -> Range[K, V]: ...
    def range(
        self, start: Any = None, stop: Any = None, /, *, inclusive: str = "left", prefix: Any = None
    ) -> Range[K, V]:
        """The pairs whose keys are between two bounds, or begin with a prefix: live, and in order. O(1).

        `inclusive` says which bounds are part of the range: `"left"`, `"right"`, `"both"` or `"neither"`;
        another word raises `ValueError`. None is no bound, and a range whose `start` is beyond `stop` is
        empty. A prefix is a `str`, `bytes` or a tuple; another type, or a prefix with bounds, raises
        `TypeError`. Rust's `range`, Java's `subMap`.

        >>> m = SortedMap({"a": 1, "ab": 2, "b": 3})
        >>> list(m.range("ab"))
        ['ab', 'b']
        >>> list(m.range(prefix="a").items())
        [('a', 1), ('ab', 2)]
        """
        return range_of(Range, self, self.__keyview, ranged(start, stop, inclusive, prefix))

    def at(self, position: int, /) -> tuple[K, V]:
        """The pair at a position, which may be negative as in a list. O(log n). Raises `IndexError`.

        sortedcontainers' `peekitem`. In the pure backend, `at`, `index_of`, `rank` and ranges cost
        O(n / 512) if a key was added or removed since the last of them.

        >>> m = SortedMap({"b": 2, "a": 1})
        >>> m.at(0), m.at(-1)
        (('a', 1), ('b', 2))
        """
        number = index(position)
        slot = self.__keyview.at(number)
        if slot is None:
            raise no_position(type(self).__name__, number, self.__keyview.size)
        return slot.key, slot.value

    def index_of(self, query: K | KeyView[K], /) -> int:
        """The position of the key. O(log n). Raises `KeyError`. indexmap's `get_index_of`.

        >>> SortedMap({"b": 2, "a": 1}).index_of("b")
        1
        """
        position = self.__keyview.position_of(query)
        if position is None:
            raise KeyError(query)
        return position

    def rank(self, query: K | KeyView[K], /) -> int:
        """How many keys are less than `query`. O(log n). sortedcontainers' `bisect_left`.

        >>> SortedMap({10: "a", 20: "b"}).rank(15)
        1
        """
        return self.__keyview.rank(query)

    # -- iteration --------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[K]:
        """The keys, the least first. Raises `RuntimeError` if a key is added or removed meanwhile."""
        return StorageIterator(self, self.__keyview, key_of)

    def __reversed__(self) -> Iterator[K]:
        """The keys, the greatest first."""
        return StorageIterator(self, self.__keyview, key_of, backwards=True)

    def keys(self) -> Keys[K, V]:
        """A live, set-like, reversible view of the keys. O(1).

        >>> list(SortedMap({"b": 2, "a": 1}).keys())
        ['a', 'b']
        """
        return live_view(Keys, self, self.__keyview)

    def values(self) -> Values[K, V]:
        """A live, reversible view of the values, in the order of their keys. O(1).

        >>> list(SortedMap({"b": 2, "a": 1}).values())
        [1, 2]
        """
        return live_view(Values, self, self.__keyview)

    def items(self) -> Items[K, V]:
        """A live, set-like, reversible view of the pairs. O(1).

        >>> list(SortedMap({"b": 2, "a": 1}).items())
        [('a', 1), ('b', 2)]
        """
        return live_view(Items, self, self.__keyview)

    # -- what SortedMap is made from --------------------------------------------------------------

    @property
    def default_factory(self) -> Callable[[], V] | None:
        """The function that `or_default` calls for the value of an absent key, or None.

        Reading never inserts: this is not a `defaultdict`. Rust's `V: Default`.

        >>> SortedMap(default_factory=list).default_factory
        <class 'list'>
        """
        return self.__keyview.default_factory

    @default_factory.setter
    def default_factory(self, factory: Callable[[], V] | None) -> None:
        set_default_factory(self.__keyview, factory)

    def __eq__(self, other: object, /) -> bool:
        """Whether `other` is a mapping with equal keys and values, in any order. O(n).

        Two sorted maps are compared pair by pair. In another mapping, the keys of this map are looked up.
        """
        if isinstance(other, SortedMap):
            return self.__keyview.same_pairs(sorted_storage_of(other))
        if not isinstance(other, Mapping):
            return NotImplemented
        if len(self) != len(other):
            return False
        for slot, value in self.__keyview.snapshot():
            try:
                found = other.get(slot.key, MISSING)
            except TypeError:  # A key that cannot be looked up there is not there.
                return False
            if found is MISSING or not (found is value or value == found):
                return False
        return True

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __sizeof__(self) -> int:
        return object.__sizeof__(self) + self.__keyview.__sizeof__()


def is_exact_sorted_map(source: object) -> TypeGuard[SortedMap[Any, Any]]:
    """Whether `source` is a SortedMap that does not override `__iter__`, which dict.update asks of a dict."""
    return isinstance(source, SortedMap) and type(source).__iter__ is SortedMap.__iter__


def sorted_pairs(caller: str, source: Any) -> Iterator[tuple[Any, Any]]:
    """As `pairs_of`, but the keys of a sorted map are not looked up for their values."""
    if is_exact_sorted_map(source):
        return StorageIterator(source, sorted_storage_of(source), item_of)
    return pairs_of(caller, source)


def update_sorted(
    storage: SortedStorage[Any, Any], caller: str, other: Any, kwargs: dict[str, Any]
) -> None:
    for source in (other, kwargs) if kwargs else (other,):
        if not adopted(storage, source):
            for key, value in sorted_pairs(caller, source):
                insert(storage, key, None, value)


def adopted(storage: SortedStorage[Any, Any], source: object) -> bool:
    """Whether the pairs were copied without a comparison: of a sorted map, into an empty storage."""
    return is_exact_sorted_map(source) and storage.copy_from(sorted_storage_of(source))


#: The storage of a sorted map; the map has it under a name that no subclass uses by chance.
sorted_storage_of: Callable[[SortedMap[Any, Any]], SortedStorage[Any, Any]] = attrgetter(
    "_SortedMap__keyview"
)

# Else `object.__getstate__` would take the storage for an attribute of a subclass, and a copy would share it.
type.__delattr__(SortedMap, "__slots__")

#: Other modules call it SortedMapBase, because `keyview.SortedMap` is a subclass of it.
SortedMapBase = SortedMap

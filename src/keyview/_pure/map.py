"""Map, the base class of HashMap: the methods that need access to the table.

A method is here if it must hash a key once, must be one step, or is a loop that the native backend has
in C. All other methods are in `keyview.hashmap`.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import index
from typing import Any, ClassVar, Generic, Self, TypeGuard, TypeVar, overload

from keyview._messages import (
    MOST_KEYS,
    changed_during,
    empty_popitem,
    negative_capacity,
    no_position,
    not_a_map,
    too_much_capacity,
)
from keyview._protocols import Ordered, SupportsKeysAndGetItem
from keyview._pure.entry import Entry, Occupied, Vacant
from keyview._pure.hash_storage import (
    HashStorage,
    Slot,
    item_of,
    key_of,
    runs_no_python,
    table_of,
    triple_of,
)
from keyview._pure.insertion import insert, merge, take
from keyview._pure.iterators import StorageIterator
from keyview._pure.live_views import Items, Keys, Values, live_view
from keyview._pure.sorted_map import SortedMapBase, is_exact_sorted_map, sorted_storage_of
from keyview._pure.sources import pairs_of, set_default_factory, special_method
from keyview._sentinels import MISSING
from keyview._state import take_state
from keyview.errors import OccupiedError
from keyview.views import KeyView

__all__ = [
    "Map",
    "move_to_end",
    "position_of",
    "reserve",
    "specialize",
    "take_swapping",
]

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")
R = TypeVar("R", bound=Ordered)
M = TypeVar("M", bound="Map[Any, Any]")

#: Python 3.15 has a frozendict, which is read like a dict.
DICTS = (dict, getattr(builtins, "frozendict", dict))


# Called HashMap here, because type checkers name the class that defines a method: '"insert" of
# "HashMap"'.
class HashMap(Generic[K, V]):
    """The base of `keyview.HashMap` in pure Python; see there."""

    # The attribute is `_HashMap__keyview`, so that a subclass may have an attribute of any other name,
    # `_table` for example. For the same reason the private operations here are functions, not methods.
    __slots__ = ("__keyview", "__weakref__")
    __keyview: HashStorage[K, V]

    def __new__(cls, *_args: object, **_kwargs: object) -> Self:
        # The storage is made here, so that a map can be used before __init__ has run, as pickle and copy
        # do.
        self = super().__new__(cls)
        self.__keyview = HashStorage()
        return self

    def __init__(self, source: Any = (), /, *, default_factory: Any = None, **kwargs: Any) -> None:
        set_default_factory(self.__keyview, default_factory)
        update_from(self.__keyview, type(self).__name__, source, kwargs)

    __new__.__wrapped__ = __init__  # type: ignore[attr-defined]  # Its signature, for `inspect`.

    # -- lookup -----------------------------------------------------------------------------------

    def __len__(self) -> int:
        """The number of pairs. O(1)."""
        return len(self.__keyview.order)

    def __getitem__(self, query: K | KeyView[K], /) -> V:
        """The value under the key that `query` is or stands for. O(1). Raises `KeyError`.

        A subclass may define `__missing__`, as for a `dict`.

        >>> HashMap({"a": 1})["a"]
        1
        """
        slot = self.__keyview.find(query, hash(query))
        if slot is not None:
            return slot.value
        missing = special_method(self, "__missing__")
        if missing is MISSING:
            raise KeyError(query)
        value: V = missing(query)
        return value

    def __contains__(self, query: object, /) -> bool:
        """Whether the key that `query` is or stands for is stored. O(1).

        >>> "b" in HashMap({"a": 1})
        False
        """
        return self.__keyview.find(query, hash(query)) is not None

    @overload
    def get(self, query: K | KeyView[K], default: None = None, /) -> V | None: ...
    @overload
    def get(self, query: K | KeyView[K], default: V, /) -> V: ...
    @overload
    def get(self, query: K | KeyView[K], default: D, /) -> V | D: ...
    def get(self, query: Any, default: Any = None, /) -> Any:
        """The value under the key, or `default`. O(1).

        >>> HashMap({"a": 1}).get("b", 0)
        0
        """
        slot = self.__keyview.find(query, hash(query))
        return default if slot is None else slot.value

    def get_entry(self, query: K | KeyView[K], /) -> Occupied[K, V] | None:
        """The `Occupied` entry of the key, or None. O(1). Rust's `get_mut`.

        >>> m = HashMap({"a": 1})
        >>> if found := m.get_entry("a"):
        ...     found.value += 1
        >>> m
        HashMap({'a': 2})
        """
        slot = self.__keyview.find(query, hash(query))
        return None if slot is None else Occupied(self, self.__keyview, slot)

    def get_key_value(self, query: K | KeyView[K], /) -> tuple[K, V] | None:
        """The stored key with its value, or None. O(1). Rust's `get_key_value`.

        >>> HashMap({1: "one"}).get_key_value(True)
        (1, 'one')
        """
        slot = self.__keyview.find(query, hash(query))
        return None if slot is None else (slot.key, slot.value)

    def get_many(self, *queries: K | KeyView[K]) -> tuple[V | None, ...]:
        """The values under several keys, in order, None for an absent one. O(number of queries).

        A key may be given twice. Rust's `get_disjoint_mut`.

        >>> HashMap({"a": 1, "b": 2}).get_many("b", "c", "a")
        (2, None, 1)
        """
        return self.__keyview.values_of([(query, hash(query)) for query in queries])

    def entry(self, query: K | KeyView[K], /) -> Entry[K, V]:
        """The entry of the key: `Occupied` or `Vacant`, from one lookup. O(1).

        The methods of the entry do not hash the key again. If `query` is a view, its key is built only
        if a pair is stored or `Vacant.key` is read. Rust's `entry`, hashbrown's `entry_ref`.

        >>> m: HashMap[str, list[int]] = HashMap()
        >>> m.entry("a").or_insert_with(list).append(1)
        >>> m.entry("a").or_insert_with(list).append(2)
        >>> m
        HashMap({'a': [1, 2]})
        """
        hash_ = hash(query)
        slot, seen = self.__keyview.probe(query, hash_)
        if slot is None:
            return Vacant(self, self.__keyview, query, hash_, seen)
        return Occupied(self, self.__keyview, slot)

    # -- insertion --------------------------------------------------------------------------------

    def __setitem__(self, key: K, value: V, /) -> None:
        """Store `value` under `key`. If an equal key is there, that key stays. O(1).

        A view is never stored: if its key is absent, the key is built, checked and stored. Raises
        `KeyViewError` if the view is unlawful.

        >>> m = HashMap({1: "one"})
        >>> m[True] = "uno"
        >>> m
        HashMap({1: 'uno'})
        """
        insert(self.__keyview, key, hash(key), value)

    @overload
    def setdefault(self: Map[K, D | None], key: K, default: None = None, /) -> D | None: ...
    @overload
    def setdefault(self, key: K, default: V, /) -> V: ...
    def setdefault(self, key: Any, default: Any = None, /) -> Any:
        """The value under `key`, after storing `default` if the key was absent. O(1).

        `get_or_insert_with` makes its default only if it is needed.

        >>> HashMap({"a": 1}).setdefault("b", 2)
        2
        """
        return self.__keyview.find_or_add(key, hash(key), default)[0].value

    def insert(self, key: K, value: V, /) -> V | None:
        """Store `value` under `key` and return the old value, or None. O(1). Rust's `insert`.

        If an equal key is there, that key stays.

        >>> HashMap({"a": 1}).insert("a", 2)
        1
        """
        old = insert(self.__keyview, key, hash(key), value)
        return None if old is MISSING else old

    def try_insert(self, key: K, value: V, /) -> V:
        """Store `value` under `key` and return it. O(1). Rust's (unstable) `try_insert`.

        Raises `OccupiedError`, a `KeyError` that carries the entry and the value, if `key` is there.

        >>> m: HashMap[str, int] = HashMap()
        >>> m.try_insert("a", 1)
        1
        """
        slot, added = self.__keyview.find_or_add(key, hash(key), value)
        if not added:
            raise OccupiedError(Occupied(self, self.__keyview, slot), value, slot.key, slot.value)
        return value

    def get_or_insert_with(self, query: K | KeyView[K], factory: Callable[[], V], /) -> V:
        """The value under the key, after storing `factory()` if the key was absent. O(1).

        The same as `entry(query).or_insert_with(factory)`, and faster. `factory` is called only if the
        key is absent, and may use the map.

        >>> m: HashMap[str, list[int]] = HashMap()
        >>> m.get_or_insert_with("a", list).append(1)
        >>> m
        HashMap({'a': [1]})
        """
        hash_ = hash(query)
        slot, seen = self.__keyview.probe(query, hash_)
        if slot is None:
            slot, _ = self.__keyview.find_or_add(query, hash_, factory(), seen)
        return slot.value

    def merge(self, query: K | KeyView[K], value: V, combine: Callable[[V, V], V], /) -> V:
        """Store `value`, or `combine(old, value)` if the key is there; return what was stored. O(1).

        Java's `Map.merge`. Raises what `combine` raises, and then nothing is stored. If `combine` is a
        builtin such as `operator.add`, other threads see the old value or the new one, and no addition
        is lost.

        >>> from operator import add
        >>> m: HashMap[str, int] = HashMap()
        >>> for word in ["a", "b", "a"]:
        ...     _ = m.merge(word, 1, add)
        >>> m
        HashMap({'a': 2, 'b': 1})
        """
        return merge(self.__keyview, query, hash(query), value, combine)

    @overload
    def update(self, other: SupportsKeysAndGetItem[K, V], /) -> None: ...
    @overload
    def update(
        self: Map[str, V], other: SupportsKeysAndGetItem[str, V], /, **kwargs: V
    ) -> None: ...
    @overload
    def update(self, other: Iterable[tuple[K, V]], /) -> None: ...
    @overload
    def update(self: Map[str, V], other: Iterable[tuple[str, V]], /, **kwargs: V) -> None: ...
    @overload
    def update(self: Map[str, V], /, **kwargs: V) -> None: ...
    def update(self, other: Any = (), /, **kwargs: Any) -> None:
        """Store every pair of a mapping, an iterable of pairs, or keywords. O(number of pairs).

        Raises `TypeError` or `ValueError` if an element is not a pair; the message says which. As with
        `dict.update`, the pairs before that element have been stored.

        >>> m = HashMap({"a": 1})
        >>> m.update([("b", 2)], c=3)
        >>> m
        HashMap({'a': 1, 'b': 2, 'c': 3})
        """
        update_from(self.__keyview, "update", other, kwargs)

    def update_with(
        self,
        other: SupportsKeysAndGetItem[K, V] | Iterable[tuple[K, V]],
        combine: Callable[[V, V], V],
        /,
    ) -> None:
        """Store every pair of `other`; where a key is there, store `combine(old, new)`.

        O(number of pairs). Raises what `combine` raises; the pairs before that one have been stored.
        Swift's `merge(_:uniquingKeysWith:)`.

        >>> m = HashMap({"a": 1})
        >>> m.update_with({"a": 10, "b": 20}, max)
        >>> m
        HashMap({'a': 10, 'b': 20})
        """
        if not adopted(self.__keyview, other):
            for key, hash_, value in hashed_pairs("update_with", other):
                merge(self.__keyview, key, hash_, value, combine)

    # -- removal ----------------------------------------------------------------------------------

    def __delitem__(self, query: K | KeyView[K], /) -> None:
        """Remove the key that `query` is or stands for. O(1). Raises `KeyError`.

        >>> m = HashMap({"a": 1})
        >>> del m["a"]
        >>> m
        HashMap({})
        """
        if take(self.__keyview, query, hash(query)) is None:
            raise KeyError(query)

    @overload
    def pop(self, query: K | KeyView[K], /) -> V: ...
    @overload
    def pop(self, query: K | KeyView[K], default: V, /) -> V: ...
    @overload
    def pop(self, query: K | KeyView[K], default: D, /) -> V | D: ...
    def pop(self, query: Any, default: Any = MISSING, /) -> Any:
        """Remove the key and return its value, or `default`. O(1).

        Raises `KeyError` if the key is absent and no default is given.

        >>> HashMap({"a": 1}).pop("a")
        1
        """
        slot = take(self.__keyview, query, hash(query))
        if slot is not None:
            return slot.value
        if default is MISSING:
            raise KeyError(query)
        return default

    def remove_entry(self, query: K | KeyView[K], /) -> tuple[K, V]:
        """Remove the key and return the stored key with its value. O(1). Rust's `remove_entry`.

        Raises `KeyError`.

        >>> HashMap({1: "one"}).remove_entry(True)
        (1, 'one')
        """
        slot = take(self.__keyview, query, hash(query))
        if slot is None:
            raise KeyError(query)
        return slot.key, slot.value

    def popitem(self, last: bool = True) -> tuple[K, V]:
        """Remove and return the last pair, or the first if `last` is false. O(1).

        Raises `KeyError` if the map is empty. `OrderedDict.popitem`, indexmap's `pop`.

        >>> m = HashMap({"a": 1, "b": 2, "c": 3})
        >>> m.popitem(), m.popitem(last=False)
        (('c', 3), ('a', 1))
        """
        slot = self.__keyview.discard_at(-1 if last else 0)
        if slot is None:
            raise empty_popitem(type(self).__name__)
        return slot.key, slot.value

    def swap_remove(self, query: K | KeyView[K], /) -> V:
        """Remove the key and return its value; the last pair takes its place. indexmap's `swap_remove`.

        O(1), in the pure backend O(n). It leaves no hole in the order, so that `at` stays O(1). Raises
        `KeyError`.

        >>> m = HashMap({"a": 1, "b": 2, "c": 3})
        >>> m.swap_remove("a")
        1
        >>> m
        HashMap({'c': 3, 'b': 2})
        """
        slot = take_swapping(self.__keyview, query)
        if slot is None:
            raise KeyError(query)
        return slot.value

    def clear(self) -> None:
        """Remove every key, and give the memory back. O(n).

        >>> m = HashMap({"a": 1})
        >>> m.clear()
        >>> len(m)
        0
        """
        self.__keyview.discard_all()

    def retain(self, predicate: Callable[[K, V], object], /) -> None:
        """Keep only the pairs for which `predicate(key, value)` is true. O(n). Rust's `retain`.

        The predicate is called for all pairs before any is removed. Raises `RuntimeError` if the
        predicate adds or removes a key, and what the predicate raises; then nothing has been removed.

        >>> m = HashMap({"a": 1, "b": 2})
        >>> m.retain(lambda key, value: value > 1)
        >>> m
        HashMap({'b': 2})
        """
        table = self.__keyview
        version = table.version
        doomed = []
        for slot in list(table.order):
            if not predicate(slot.key, slot.value):
                doomed.append(slot)
            if table.version != version:
                raise changed_during(type(self).__name__, "retain")
        for slot in doomed:
            table.discard(slot)

    def extract_if(self, predicate: Callable[[K, V], object], /) -> Iterator[tuple[K, V]]:
        """An iterator that removes and yields the pairs for which `predicate(key, value)` is true.

        Each pair is removed when it is yielded. If the iterator is not read to its end, the other pairs
        stay. O(n) in all. Raises `RuntimeError` if anything else, also the predicate, adds or removes a
        key during the iteration, and what the predicate raises. Rust's `extract_if`.

        >>> m = HashMap({"a": 1, "b": 2})
        >>> list(m.extract_if(lambda key, value: value > 1))
        [('b', 2)]
        >>> m
        HashMap({'a': 1})
        """
        return extract(self, predicate, self.__keyview.version, list(self.__keyview.order))

    def drain(self) -> Iterator[tuple[K, V]]:
        """Remove every key now, as `clear` does; returns an iterator over the pairs. O(n). Rust's `drain`.

        >>> m = HashMap({"a": 1})
        >>> drained = m.drain()
        >>> m, list(drained)
        (HashMap({}), [('a', 1)])
        """
        return map(item_of, self.__keyview.discard_all())

    # -- by position ------------------------------------------------------------------------------

    def first_entry(self) -> Occupied[K, V] | None:
        """The `Occupied` entry of the first key, or None if the map is empty. O(1).

        indexmap's and BTreeMap's `first_entry`.

        >>> HashMap({"a": 1, "b": 2}).first_entry()
        Occupied('a', 1)
        """
        slot = self.__keyview.slot_at(0)
        return None if slot is None else Occupied(self, self.__keyview, slot)

    def last_entry(self) -> Occupied[K, V] | None:
        """The `Occupied` entry of the last key, or None if the map is empty. O(1).

        indexmap's and BTreeMap's `last_entry`.

        >>> HashMap({"a": 1, "b": 2}).last_entry()
        Occupied('b', 2)
        """
        slot = self.__keyview.slot_at(-1)
        return None if slot is None else Occupied(self, self.__keyview, slot)

    def at(self, position: int, /) -> tuple[K, V]:
        """The pair at a position, which may be negative as in a list. indexmap's `get_index`.

        O(1) if no key was removed or moved since the map was last rebuilt, else O(n); in the pure
        backend O(n). Raises `IndexError`.

        >>> m = HashMap({"a": 1, "b": 2, "c": 3})
        >>> m.at(0), m.at(-1)
        (('a', 1), ('c', 3))
        """
        number = index(position)
        slot = self.__keyview.slot_at(number)
        if slot is None:
            raise no_position(type(self).__name__, number, len(self.__keyview.order))
        return slot.key, slot.value

    def index_of(self, query: K | KeyView[K], /) -> int:
        """The position of the key. As fast as `at`. indexmap's `get_index_of`. Raises `KeyError`.

        >>> HashMap({"a": 1, "b": 2}).index_of("b")
        1
        """
        position = position_of(self.__keyview, query)
        if position is None:
            raise KeyError(query)
        return position

    def move_to_end(
        self,
        query: K | KeyView[K],
        /,
        last: bool = True,
    ) -> None:
        """Make the key the last, or the first if `last` is false. O(1). `OrderedDict.move_to_end`.

        Raises `KeyError`. Iterators over the map then raise `RuntimeError`; entries stay valid.

        >>> m = HashMap({"a": 1, "b": 2, "c": 3})
        >>> m.move_to_end("a")
        >>> m.move_to_end("c", last=False)
        >>> m
        HashMap({'c': 3, 'b': 2, 'a': 1})
        """
        if not move_to_end(self.__keyview, query, last=bool(last)):
            raise KeyError(query)

    @overload
    def sort(
        self: Map[R, V],
        key: None = None,
        reverse: bool = False,
    ) -> None: ...
    @overload
    def sort(
        self,
        key: Callable[[K, V], Ordered],
        reverse: bool = False,
    ) -> None: ...
    def sort(self, key: Any = None, reverse: bool = False) -> None:
        """Sort the pairs in place by their keys, or by `key(key, value)`. O(n log n).

        Like `list.sort` it is stable, also if `reverse` is true. No key is hashed. Raises what comparing
        or `key` raises, and `RuntimeError` if either adds, removes or moves a key; then the order is as
        it was. Iterators over the map then raise `RuntimeError`; entries stay valid. indexmap's
        `sort_by`.

        >>> m = HashMap({"b": 1, "c": 3, "a": 2})
        >>> m.sort()
        >>> m
        HashMap({'a': 2, 'b': 1, 'c': 3})
        >>> m.sort(lambda key, value: value, reverse=True)
        >>> m
        HashMap({'c': 3, 'a': 2, 'b': 1})
        """
        table = self.__keyview
        version = table.version
        slots = list(table.order)
        ranks: list[Any] = []
        for slot in slots:
            ranks.append(slot.key if key is None else key(slot.key, slot.value))
            if table.version != version:
                raise changed_during(type(self).__name__, "sort")
        order = sorted(range(len(slots)), key=ranks.__getitem__, reverse=reverse)
        if not table.reorder([slots[number] for number in order], version):
            raise changed_during(type(self).__name__, "sort")

    # -- iteration --------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[K]:
        """The keys, in order. Raises `RuntimeError` if a key is added, removed or moved meanwhile."""
        return StorageIterator(self, self.__keyview, key_of)

    def __reversed__(self) -> Iterator[K]:
        """The keys, last inserted first."""
        return StorageIterator(self, self.__keyview, key_of, backwards=True)

    def keys(self) -> Keys[K, V]:
        """A live, set-like, reversible view of the keys. O(1).

        >>> HashMap({"a": 1}).keys() & {"a", "b"}
        {'a'}
        """
        return live_view(Keys, self, self.__keyview)

    def values(self) -> Values[K, V]:
        """A live, reversible view of the values. O(1).

        >>> sum(HashMap({"a": 1, "b": 2}).values())
        3
        """
        return live_view(Values, self, self.__keyview)

    def items(self) -> Items[K, V]:
        """A live, set-like, reversible view of the pairs. O(1).

        >>> list(HashMap({"a": 1}).items())
        [('a', 1)]
        """
        return live_view(Items, self, self.__keyview)

    # -- capacity ---------------------------------------------------------------------------------

    @property
    def capacity(self) -> int:
        """The number of keys that fit before the map has to grow; at least its length. Rust's `capacity`.

        >>> HashMap.with_capacity(100).capacity >= 100
        True
        """
        return max(self.__keyview.capacity, len(self.__keyview.order))

    def reserve(self, additional: int, /) -> None:
        """Make the capacity enough for `additional` more keys. O(n). Rust's `reserve`.

        Raises `ValueError` if `additional` is negative, `OverflowError` if no machine has enough memory,
        `MemoryError` if this one does not. Iterators over the map then raise `RuntimeError`; entries
        stay valid.

        >>> m = HashMap({"a": 1})
        >>> m.reserve(99)
        >>> m.capacity >= 100
        True
        """
        reserve(self, "reserve", additional)

    def shrink_to_fit(self) -> None:
        """Give back memory that is not used. O(n). Rust's `shrink_to_fit`.

        Iterators over the map then raise `RuntimeError`; entries stay valid.

        >>> m = HashMap[str, int].with_capacity(100)
        >>> m.shrink_to_fit()
        >>> m.capacity < 100
        True
        """
        self.__keyview.shrink()

    # -- default_factory, comparison, size --------------------------------------------------------

    @property
    def default_factory(self) -> Callable[[], V] | None:
        """The function that `or_default` calls for the value of an absent key, or None.

        Reading never inserts: this is not a `defaultdict`. Rust's `V: Default`.

        >>> HashMap(default_factory=list).default_factory
        <class 'list'>
        """
        return self.__keyview.default_factory

    @default_factory.setter
    def default_factory(self, factory: Callable[[], V] | None) -> None:
        set_default_factory(self.__keyview, factory)

    def copy(self) -> Self:
        """A shallow copy, of the same class and with the same `default_factory`. O(n).

        No key is hashed. The attributes of a subclass are copied too.

        >>> HashMap({"a": 1}).copy()
        HashMap({'a': 1})
        """
        cls = type(self)
        made = cls.__new__(cls)
        if not isinstance(made, HashMap):
            raise not_a_map(cls, made)
        made.__keyview.copy_from(self.__keyview)
        made.__keyview.default_factory = self.__keyview.default_factory
        take_state(made, self)
        return made

    __copy__ = copy

    def __eq__(self, other: object, /) -> bool:
        """Whether `other` is a mapping with equal keys and values, in any order. O(n)."""
        if not isinstance(other, Mapping | Map) or isinstance(other, SortedMapBase):
            return NotImplemented  # A sorted map looks up its keys here: ours may not compare with them.
        if len(self) != len(other):
            return False
        table = table_of(other) if isinstance(other, Map) else None
        for slot in list(self.__keyview.order):
            if slot not in self.__keyview.order:
                continue  # Like dict, skip a pair that an `__eq__` has removed during this loop.
            value = slot.value  # Read now: an `__eq__` may have replaced it.
            if table is None:
                found = other.get(slot.key, MISSING)
            else:
                same = table.find(slot.key, slot.hash)
                found = MISSING if same is None else same.value
            if found is MISSING or not (found is value or value == found):
                return False
        return True

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __sizeof__(self) -> int:
        return object.__sizeof__(self) + self.__keyview.__sizeof__()


# object.__getstate__ reads `__slots__` of a class. It must not find the storage there: a copy would
# share it.
type.__delattr__(HashMap, "__slots__")

#: The name of the class in this package, where HashMap is the class of `keyview.hashmap`.
Map = HashMap


# -- storing many pairs ---------------------------------------------------------------------------


def is_exact_map(source: object) -> TypeGuard[Map[Any, Any]]:
    """Whether `source` is a map whose class does not override __iter__, so that its table may be read.

    As dict.update does with a subclass of dict, any other map is read by its methods.
    """
    return isinstance(source, Map) and type(source).__iter__ is Map.__iter__


def hashed_pairs(caller: str, source: Any) -> Iterator[tuple[Any, int, Any]]:
    """As `pairs_of`, with the hash of each key. The keys of another map are not hashed again."""
    if is_exact_map(source):
        yield from StorageIterator(source, table_of(source), triple_of)
        return
    pairs: Iterator[tuple[Any, Any]]
    if type(source) in DICTS:
        pairs = dict_pairs(source)
    elif is_exact_sorted_map(source):
        pairs = StorageIterator(source, sorted_storage_of(source), item_of)
    else:
        pairs = pairs_of(caller, source)
    for key, value in pairs:
        yield key, hash(key), value


def dict_pairs(source: dict[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """The pairs of a dict, without looking up each key, which would hash each key once more.

    All pairs are read first: a `__hash__` may reorder the dict during the loop.
    """
    pairs = list(source.items())
    for pair in pairs:
        yield pair
        if len(source) != len(pairs):
            raise RuntimeError("dictionary changed size during iteration")


def update_from(
    table: HashStorage[Any, Any], caller: str, other: Any, kwargs: dict[str, Any]
) -> None:
    for source in (other, kwargs) if kwargs else (other,):
        if not (adopted(table, source) or updated_at_once(table, source)):
            for key, hash_, value in hashed_pairs(caller, source):
                insert(table, key, hash_, value)


def adopted(table: HashStorage[Any, Any], source: object) -> bool:
    """Copy `source` without comparing keys, if it is a map and the table is empty; return whether it was."""
    return is_exact_map(source) and table.copy_from(table_of(source))


def updated_at_once(table: HashStorage[Any, Any], source: Any) -> bool:
    """Store every pair of a dict or map in one step. False, and nothing stored, if that runs Python code."""
    if type(source) is dict:
        pairs = list(source.items())
    elif is_exact_map(source):
        pairs = [(slot.key, value) for slot, value in table_of(source).snapshot()]
    else:
        return False
    if len(pairs) == 1 or not all(map(runs_no_python, [key for key, _ in pairs])):
        return False
    return table.store_all([(key, hash(key), value) for key, value in pairs])


# -- by position, for Map and Lookup --------------------------------------------------------------


def take_swapping(table: HashStorage[K, V], query: object) -> Slot[K, V] | None:
    """Remove the slot that `query` finds, and return it. The last slot takes its place."""
    hash_ = hash(query)
    while (slot := table.find(query, hash_)) is not None:
        if table.discard_swapping(slot):
            return slot
        # The slot was removed in between: look again.
    return None


def position_of(table: HashStorage[K, V], query: object) -> int | None:
    """The position of the slot that `query` finds, or None."""
    hash_ = hash(query)
    while (slot := table.find(query, hash_)) is not None:
        slots = list(table.order)
        if slot in slots:
            return slots.index(slot)
        # The slot was removed in between: look again.
    return None


def move_to_end(table: HashStorage[K, V], query: object, *, last: bool) -> bool:
    """Make the slot that `query` finds the last, or the first. False if it finds none."""
    hash_ = hash(query)
    while (slot := table.find(query, hash_)) is not None:
        if table.move_to_end(slot, last=last):
            return True
        # The slot was removed in between: look again.
    return False


# -- functions for keyview.hashmap ----------------------------------------------------------------


def specialize(_cls: type[object]) -> None:
    """Do nothing. The native backend has a faster way to call the methods of one class."""


def reserve(map_: Map[Any, Any], caller: str, additional: int) -> None:
    """Reserve memory for `additional` more keys; `caller` is the function that a message names."""
    reserve_in(table_of(map_), caller, additional)


def reserve_in(
    table: HashStorage[Any, Any], caller: str, additional: int, noun: str = "keys"
) -> None:
    """Reserve memory for `additional` more keys in a storage."""
    count = index(additional)
    if count < 0:
        raise negative_capacity(caller, count, noun)
    if count > MOST_KEYS - len(table.order):
        raise too_much_capacity(caller, count, noun)
    # Allocate the memory that the native backend would need, and free it: if the system does not have as
    # much, MemoryError is raised here, too. For a bytes of zeros, Python does not write to the memory.
    bytes(24 * count)
    table.reserve(count)


def extract(
    map_: Map[K, V],
    predicate: Callable[[K, V], object],
    version: int,
    slots: list[Slot[K, V]],
) -> Iterator[tuple[K, V]]:
    """The iterator that `extract_if` returns."""
    table = table_of(map_)
    for slot in slots:
        if table.version != version:
            raise changed_during(type(map_).__name__, "extract_if")
        wanted = bool(predicate(slot.key, slot.value))
        if table.version != version:
            raise changed_during(type(map_).__name__, "extract_if")
        if wanted and table.discard(slot):
            version += 1
            yield slot.key, slot.value

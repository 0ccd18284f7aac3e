"""Lookup, which HashMap.by returns: a map whose queries an adapter makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, Never, Self, TypeVar, cast, final, overload

from keyview._final import final_class
from keyview._messages import adapter_not_callable, cannot_reorder, not_made_by_hand
from keyview._pure.bulk import base_of, storage_of
from keyview._pure.entry import Entry, Occupied
from keyview._pure.hash_storage import HashStorage
from keyview._pure.insertion import take
from keyview._pure.map import Map, move_to_end, position_of, take_swapping
from keyview._pure.sorted_map import SortedMapBase
from keyview._sentinels import MISSING
from keyview.views import KeyView

__all__ = ["Lookup", "adapted"]

A = TypeVar("A")
A_contra = TypeVar("A_contra", contravariant=True)
K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")


def adapted(
    map_: Map[K, V] | SortedMapBase[Any, V], adapter: Callable[[A], K | KeyView[K]], /
) -> Lookup[A, K, V]:
    """HashMap.by and SortedMap.by call this function to make a Lookup."""
    if not callable(adapter):
        raise adapter_not_callable(adapter)
    made: Lookup[A, K, V] = object.__new__(Lookup)
    made._map = map_  # type: ignore[assignment]
    made._base = base_of(map_)
    made._storage = storage_of(map_)
    made._adapter = adapter
    return made


@final_class
@final
class Lookup(Generic[A_contra, K, V]):
    """A map that is looked up by an `A` instead of a `K`. Made by `HashMap.by`, never directly.

    It has every method of a map that is about one key. Each method calls the adapter, and looks up the
    key or view that the adapter returns. Methods that a subclass of `HashMap` overrides are not called.
    A `KeyError` carries the `A`, not the key. A `Lookup` is not iterable: it would have to yield objects
    of type `A`, and the map has only keys. .NET's alternate lookup, Zig's adapted functions.

    >>> m = HashMap({"straße": 1, "strasse": 2})
    >>> m.by(str.casefold)["STRASSE"]
    2
    """

    __slots__ = ("_adapter", "_base", "_map", "_storage")

    # Without `__iter__ = None`, iter() would make an iterator that calls __getitem__ with 0, 1, ...
    __iter__ = None

    if TYPE_CHECKING:
        # Or a sorted map and its base, which have the same methods.
        _map: Map[K, V]
        _base: type[Map[K, V]]
        _storage: Any
        _adapter: Callable[[A_contra], K | KeyView[K]]

    def __new__(cls, *args: Never, **kwargs: Never) -> Self:
        raise not_made_by_hand("Lookup", "by")

    def __getitem__(self, asked: A_contra, /) -> V:
        """The value under the key that `asked` stands for. O(1). Raises `KeyError`.

        >>> HashMap({"_a": 1}).by(prefixed("_"))["a"]
        1
        """
        value = self._base.get(self._map, self._adapter(asked), MISSING)
        if value is MISSING:
            raise KeyError(asked)
        return value

    def __contains__(self, asked: object, /) -> bool:
        """Whether the map has the key that `asked` stands for. O(1).

        >>> "b" in HashMap({"_a": 1}).by(prefixed("_"))
        False
        """
        adapt: Callable[[Any], Any] = self._adapter
        return self._base.__contains__(self._map, adapt(asked))

    @overload
    def get(self, asked: A_contra, default: None = None, /) -> V | None: ...
    @overload
    def get(self, asked: A_contra, default: V, /) -> V: ...
    @overload
    def get(self, asked: A_contra, default: D, /) -> V | D: ...
    def get(self, asked: A_contra, default: Any = None, /) -> Any:
        """The value under the key that `asked` stands for, or `default`. O(1).

        >>> HashMap({"_a": 1}).by(prefixed("_")).get("b", 0)
        0
        """
        return self._base.get(self._map, self._adapter(asked), default)

    def get_key_value(self, asked: A_contra, /) -> tuple[K, V] | None:
        """The stored key and its value, or None. O(1).

        >>> HashMap({"_a": 1}).by(prefixed("_")).get_key_value("a")
        ('_a', 1)
        """
        return self._base.get_key_value(self._map, self._adapter(asked))

    def get_entry(self, asked: A_contra, /) -> Occupied[K, V] | None:
        """The `Occupied` entry of the key that `asked` stands for, or None. O(1).

        >>> HashMap({"_a": 1}).by(prefixed("_")).get_entry("a")
        Occupied('_a', 1)
        """
        return self._base.get_entry(self._map, self._adapter(asked))

    def get_many(self, *asked: A_contra) -> tuple[V | None, ...]:
        """The values under several keys, in order, None for an absent one. O(length of `asked`).

        >>> HashMap({"_a": 1, "_b": 2}).by(prefixed("_")).get_many("b", "c", "a")
        (2, None, 1)
        """
        return self._base.get_many(self._map, *map(self._adapter, asked))

    def entry(self, asked: A_contra, /) -> Entry[K, V]:
        """The entry of the key that `asked` stands for; the key is built only to store it. O(1).

        >>> m = HashMap({"_a": 1})
        >>> m.by(prefixed("_")).entry("b").or_insert(2)
        2
        >>> m
        HashMap({'_a': 1, '_b': 2})
        """
        return self._base.entry(self._map, self._adapter(asked))

    def index_of(self, asked: A_contra, /) -> int:
        """The position of the key that `asked` stands for, as of `HashMap.index_of`. Raises `KeyError`.

        >>> HashMap({"_a": 1, "_b": 2}).by(prefixed("_")).index_of("b")
        1
        """
        query = self._adapter(asked)
        position: int | None
        if isinstance(self._storage, HashStorage):
            position = position_of(self._storage, query)
        else:
            position = self._storage.position_of(query)
        if position is None:
            raise KeyError(asked)
        return position

    def __setitem__(self, asked: A_contra, value: V, /) -> None:
        """Store `value` under the key that `asked` stands for; a key that is there stays. O(1).

        >>> m = HashMap({"_a": 1})
        >>> m.by(prefixed("_"))["b"] = 2
        >>> m
        HashMap({'_a': 1, '_b': 2})
        """
        self._base.__setitem__(self._map, cast("K", self._adapter(asked)), value)

    @overload
    def setdefault(
        self: Lookup[A_contra, K, D | None], asked: A_contra, default: None = None, /
    ) -> D | None: ...
    @overload
    def setdefault(self, asked: A_contra, default: V, /) -> V: ...
    def setdefault(self, asked: Any, default: Any = None, /) -> Any:
        """The value under the key that `asked` stands for, after storing `default` if it was absent. O(1).

        >>> HashMap({"_a": 1}).by(prefixed("_")).setdefault("b", 2)
        2
        """
        return self._base.setdefault(self._map, cast("K", self._adapter(asked)), default)

    def insert(self, asked: A_contra, value: V, /) -> V | None:
        """Store `value` under the key that `asked` stands for; return the old value, or None. O(1).

        >>> HashMap({"_a": 1}).by(prefixed("_")).insert("a", 2)
        1
        """
        return self._base.insert(self._map, cast("K", self._adapter(asked)), value)

    def try_insert(self, asked: A_contra, value: V, /) -> V:
        """Store `value` under the key that `asked` stands for, and return it. O(1).

        Raises `OccupiedError`, which carries the entry and the value, if the key is there.

        >>> HashMap({"_a": 1}).by(prefixed("_")).try_insert("b", 2)
        2
        """
        return self._base.try_insert(self._map, cast("K", self._adapter(asked)), value)

    def get_or_insert_with(self, asked: A_contra, factory: Callable[[], V], /) -> V:
        """The value under the key that `asked` stands for, after storing `factory()` if it was absent. O(1).

        >>> m: HashMap[str, list[int]] = HashMap()
        >>> m.by(prefixed("_")).get_or_insert_with("a", list).append(1)
        >>> m
        HashMap({'_a': [1]})
        """
        return self._base.get_or_insert_with(self._map, self._adapter(asked), factory)

    def merge(self, asked: A_contra, value: V, combine: Callable[[V, V], V], /) -> V:
        """Store `value`, or `combine(old, value)` if the key that `asked` stands for is there. O(1).

        Returns what was stored.

        >>> from operator import add
        >>> HashMap({"_a": 1}).by(prefixed("_")).merge("a", 2, add)
        3
        """
        return self._base.merge(self._map, self._adapter(asked), value, combine)

    def move_to_end(self, asked: A_contra, /, last: bool = True) -> None:
        """Make the key that `asked` stands for the last, or the first if `last` is false. O(1).

        Raises `KeyError`.

        >>> m = HashMap({"_a": 1, "_b": 2})
        >>> m.by(prefixed("_")).move_to_end("a")
        >>> m
        HashMap({'_b': 2, '_a': 1})
        """
        to_last = bool(last)
        if not move_to_end(self._table("move_to_end"), self._adapter(asked), last=to_last):
            raise KeyError(asked)

    def __delitem__(self, asked: A_contra, /) -> None:
        """Remove the key that `asked` stands for. O(1). Raises `KeyError`.

        >>> m = HashMap({"_a": 1})
        >>> del m.by(prefixed("_"))["a"]
        >>> m
        HashMap({})
        """
        self.remove_entry(asked)

    def remove_entry(self, asked: A_contra, /) -> tuple[K, V]:
        """Remove the key that `asked` stands for and return it with its value. O(1). Raises `KeyError`.

        >>> HashMap({"_a": 1}).by(prefixed("_")).remove_entry("a")
        ('_a', 1)
        """
        query = self._adapter(asked)
        slot = take(self._storage, query, self._storage.hash_of(query))
        if slot is None:
            raise KeyError(asked)
        return slot.key, slot.value

    def swap_remove(self, asked: A_contra, /) -> V:
        """Remove the key that `asked` stands for, and let the last pair take its place. Raises `KeyError`.

        Returns the value, and costs what `HashMap.swap_remove` does.

        >>> m = HashMap({"_a": 1, "_b": 2, "_c": 3})
        >>> m.by(prefixed("_")).swap_remove("a"), m
        (1, HashMap({'_c': 3, '_b': 2}))
        """
        slot = take_swapping(self._table("swap_remove"), self._adapter(asked))
        if slot is None:
            raise KeyError(asked)
        value: V = slot.value
        return value

    @overload
    def pop(self, asked: A_contra, /) -> V: ...
    @overload
    def pop(self, asked: A_contra, default: V, /) -> V: ...
    @overload
    def pop(self, asked: A_contra, default: D, /) -> V | D: ...
    def pop(self, asked: A_contra, default: Any = MISSING, /) -> Any:
        """Remove the key that `asked` stands for and return its value, or `default`. O(1).

        Raises `KeyError` if the key is absent and no default is given.

        >>> HashMap({"_a": 1}).by(prefixed("_")).pop("a")
        1
        """
        query = self._adapter(asked)
        slot = take(self._storage, query, self._storage.hash_of(query))
        if slot is not None:
            return slot.value
        if default is MISSING:
            raise KeyError(asked)
        return default

    def _table(self, method: str) -> HashStorage[K, V]:
        """The storage of a map whose pairs can be moved."""
        if not isinstance(self._storage, HashStorage):
            raise cannot_reorder(method, type(self._map).__name__)
        return self._storage

    def __repr__(self) -> str:
        return f"{self._map!r}.by({self._adapter!r})"

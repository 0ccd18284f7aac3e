"""Occupied and Vacant: the entry of one key, on which operations need no second lookup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NoReturn, TypeVar, final

from keyview._final import final_class
from keyview._messages import (
    cannot_copy,
    entry_consumed,
    key_removed,
    key_stored,
    lost_result,
    no_default_factory,
)
from keyview._protocols import TypeAliasType
from keyview._pure.storage import Place, Storage
from keyview._sentinels import MISSING, REMOVE, Remove
from keyview.errors import StaleEntryError
from keyview.views import owned_key

__all__ = ["Entry", "Occupied", "Vacant"]

K = TypeVar("K")
V = TypeVar("V")


@final_class
@final
class Occupied(Generic[K, V]):
    """An entry whose key is in the map. Made by `HashMap.entry`, `entry` and others, never directly.

    An entry is valid while its key is in the map, whatever happens to other keys. After that, every use
    raises `StaleEntryError` and changes nothing. Rust's and hashbrown's `OccupiedEntry`.

    Reading: `key`, `value`. Changing: `value = ...`, `insert`, `insert_entry`, `and_modify`,
    `and_modify_in_place`, `replace_key`. Removing: `remove`, `remove_entry`,
    `and_replace_entry_with`. The `or_...` methods return the value, or this entry.

    >>> m = HashMap({"a": 1})
    >>> match m.entry("a"):
    ...     case Occupied(key, value):
    ...         print(key, value)
    a 1
    """

    __slots__ = ("_consumed", "_map", "_place", "_storage")
    __match_args__ = ("key", "value")

    def __init__(self, map_: object, storage: Storage[K, V], place: Place[K, V]) -> None:
        self._map = map_  # Keeps the map alive.
        self._storage = storage
        self._place = place
        self._consumed = False

    def _current(self) -> Place[K, V]:
        """The place of the key. Looks the key up again only if the storage may have changed."""
        place = self._place
        if self._consumed:
            raise entry_consumed(place.key)
        if self._storage.holds(place):
            return place
        found = self._storage.find_again(place)
        if self._consumed:  # By an `__eq__` that ran in find_again.
            raise entry_consumed(place.key)
        if found is None:
            raise key_removed(place.key)
        self._place = found
        return found

    # In the loops below, a change fails if the pair was removed after `_current` had found its place.
    # Then `_current` is called again, and finds the key in another place, or raises `StaleEntryError`.

    def _replace_value(self, value: V) -> V:
        while (old := self._storage.replace_value(self._current(), value)) is MISSING:
            pass
        return old

    def _discard(self) -> Place[K, V]:
        while not self._storage.discard(place := self._current()):
            pass
        return place

    @property
    def key(self) -> K:
        """The stored key, which may be another object than the query. O(1).

        Raises `StaleEntryError`. Rust's `OccupiedEntry::key`.

        >>> HashMap({1: "one"}).entry(True).key
        1
        """
        return self._current().key

    @property
    def value(self) -> V:
        """The value, which an assignment replaces. O(1). Raises `StaleEntryError`.

        Rust's `OccupiedEntry::get`, `get_mut` and `insert` in one attribute.

        >>> m = HashMap({"a": 1})
        >>> m.entry("a").or_insert_entry(0).value += 1
        >>> m
        HashMap({'a': 2})
        """
        return self._current().value

    @value.setter
    def value(self, value: V) -> None:
        self._replace_value(value)

    def insert(self, value: V, /) -> V:
        """Replace the value and return the old one. O(1). Raises `StaleEntryError`.

        Rust's `OccupiedEntry::insert`.

        >>> m = HashMap({"a": 1})
        >>> found = m.get_entry("a")
        >>> assert found is not None
        >>> found.insert(2)
        1
        """
        return self._replace_value(value)

    def insert_entry(self, value: V, /) -> Occupied[K, V]:
        """Replace the value and return this entry. O(1). Raises `StaleEntryError`.

        Rust's `Entry::insert_entry`.

        >>> HashMap({"a": 1}).entry("a").insert_entry(2)
        Occupied('a', 2)
        """
        self._replace_value(value)
        return self

    def remove(self) -> V:
        """Remove the key and return its value. The entry is then stale for good. O(1).

        Raises `StaleEntryError`. Rust's `OccupiedEntry::remove`.

        >>> m = HashMap({"a": 1})
        >>> if found := m.get_entry("a"):
        ...     print(found.remove(), m)
        1 HashMap({})
        """
        return self.remove_entry()[1]

    def remove_entry(self) -> tuple[K, V]:
        """Remove the key and return the stored key with its value. The entry is then stale for good.

        O(1). Raises `StaleEntryError`. Rust's `OccupiedEntry::remove_entry`.

        >>> m = HashMap({"a": 1})
        >>> if found := m.get_entry("a"):
        ...     print(found.remove_entry())
        ('a', 1)
        """
        place = self._discard()
        self._consumed = True
        return place.key, place.value

    def replace_key(self, key: K, /) -> K:
        """Store `key` in place of the stored key, which must be equal; return the old key.

        O(1). Raises `ValueError` if the keys are not equal, `StaleEntryError`, and `TypeError` if the
        map is not a `HashMap`. hashbrown's `OccupiedEntry::replace_key`.

        >>> m = HashMap({1: "one"})
        >>> if found := m.get_entry(1):
        ...     print(found.replace_key(True), m)
        1 HashMap({True: 'one'})
        """
        owned = self._storage.admit(self._current(), key)
        while (old := self._storage.replace_key(self._current(), owned)) is MISSING:
            pass
        return old

    def or_insert(self, value: V, /) -> V:
        """The value that is there; `value` is not used. O(1). Raises `StaleEntryError`.

        Rust's `Entry::or_insert`.

        >>> HashMap({"a": 1}).entry("a").or_insert(0)
        1
        """
        return self._current().value

    def or_insert_with(self, factory: Callable[[], V], /) -> V:
        """The value that is there; `factory` is not called. O(1). Raises `StaleEntryError`.

        Rust's `Entry::or_insert_with`.

        >>> HashMap({"a": [1]}).entry("a").or_insert_with(list)
        [1]
        """
        return self._current().value

    def or_insert_with_key(self, factory: Callable[[K], V], /) -> V:
        """The value that is there; `factory` is not called. O(1). Raises `StaleEntryError`.

        Rust's `Entry::or_insert_with_key`.

        >>> HashMap({"a": 9}).entry("a").or_insert_with_key(len)
        9
        """
        return self._current().value

    def or_default(self) -> V:
        """The value that is there; `default_factory` is not called. O(1). Raises `StaleEntryError`.

        Rust's `Entry::or_default`.

        >>> HashMap({"a": [1]}, default_factory=list).entry("a").or_default()
        [1]
        """
        return self._current().value

    def or_insert_entry(self, value: V, /) -> Occupied[K, V]:
        """This entry; `value` is not used. O(1). Raises `StaleEntryError`.

        hashbrown's `or_insert_entry`.

        >>> HashMap({"a": 1}).entry("a").or_insert_entry(0)
        Occupied('a', 1)
        """
        self._current()
        return self

    def or_insert_entry_with(self, factory: Callable[[], V], /) -> Occupied[K, V]:
        """This entry; `factory` is not called. O(1). Raises `StaleEntryError`.

        >>> HashMap({"a": [1]}).entry("a").or_insert_entry_with(list)
        Occupied('a', [1])
        """
        self._current()
        return self

    def and_modify(self, function: Callable[[V], V], /) -> Occupied[K, V]:
        """Replace the value by `function(value)`; return this entry. O(1).

        Raises `StaleEntryError`, also if `function` removed the key, and what `function` raises; then no
        value is replaced. Rust's `Entry::and_modify` changes the value in place, as
        `and_modify_in_place` does here.

        >>> HashMap({"a": 1}).entry("a").and_modify(lambda n: n + 1).or_insert(0)
        2
        """
        self._replace_value(function(self._current().value))
        return self

    def and_modify_in_place(self, function: Callable[[V], None], /) -> Occupied[K, V]:
        """Call `function(value)`, which changes the value in place; return this entry. O(1).

        Raises `StaleEntryError`, and `TypeError` if `function` returns anything but None: that result
        would be lost. Rust's `Entry::and_modify`.

        >>> HashMap({"a": [2, 1]}).entry("a").and_modify_in_place(list.sort).or_insert([])
        [1, 2]
        """
        # mypy reports that the result of a function that returns None is used.
        result: object = function(self._current().value)  # type: ignore[func-returns-value]
        if result is not None:
            raise lost_result(result)
        self._current()
        return self

    def and_replace_entry_with(self, function: Callable[[K, V], V | Remove], /) -> Entry[K, V]:
        """Replace the value by `function(key, value)`, or remove the key if that is `REMOVE`.

        Returns this entry, or a `Vacant` entry for the key that was removed. O(1). Raises
        `StaleEntryError`, also if `function` removed the key. hashbrown's
        `Entry::and_replace_entry_with`.

        >>> m = HashMap({"a": 1})
        >>> m.entry("a").and_replace_entry_with(lambda k, v: v - 1 or REMOVE)
        Vacant('a')
        >>> m
        HashMap({})
        """
        place = self._current()
        result = function(place.key, place.value)
        if result is not REMOVE:
            self._replace_value(result)
            return self
        place = self._discard()
        return Vacant(self._map, self._storage, place.key, place.hash)

    def __repr__(self) -> str:
        try:
            place = self._current()
        except StaleEntryError:
            return f"<stale Occupied {self._place.key!r}>"
        return f"Occupied({place.key!r}, {place.value!r})"

    def __reduce__(self) -> NoReturn:
        raise cannot_copy("an Occupied entry", "pickle or copy its map")


@final_class
@final
class Vacant(Generic[K, V]):
    """An entry whose key is not in the map. Made by `HashMap.entry` and `entry`, never directly.

    `insert` and `insert_entry` store a value, and raise `StaleEntryError` if the key has been stored
    since. The `or_...` methods never raise it: they store a value, or return the one that has been
    stored since, by a factory or another thread. The first insertion wins. Rust's and hashbrown's
    `VacantEntry`.

    If the query is a view, its key is built once, when it is first needed.

    >>> m: HashMap[str, int] = HashMap()
    >>> match m.entry("a"):
    ...     case Vacant(key) as found:
    ...         print(key, found.or_insert(1))
    a 1
    """

    __slots__ = ("_hash", "_map", "_query", "_seen", "_storage")
    __match_args__ = ("key",)

    def __init__(
        self,
        map_: object,
        storage: Storage[K, V],
        query: Any,
        hash_: int | None,
        seen: Any = (),
    ) -> None:
        self._map = map_  # Keeps the map alive.
        self._storage = storage
        #: The query; from when a view's key was built, that key.
        self._query = query
        self._hash = hash_
        self._seen = seen

    def _find(self) -> Place[K, V] | None:
        place, seen = self._storage.probe(self._query, self._hash, self._seen)
        if place is None:
            self._seen = seen  # Only then do all keys that were seen differ.
        return place

    def _find_or_add(self, value: V) -> tuple[Place[K, V], bool]:
        place, added = self._storage.find_or_add(self._query, self._hash, value, self._seen)
        if added:
            self._query = place.key
        return place, added

    def _check(self) -> None:
        if self._find() is not None:
            raise key_stored(self._query)

    @property
    def key(self) -> K:
        """The key that would be stored; a view's key is built now, once. O(1).

        Never raises `StaleEntryError`. Raises `KeyViewError` if the view is unlawful. Rust's
        `VacantEntry::key`.

        >>> m: HashMap[str, int] = HashMap()
        >>> m.entry(Concat("a", "b")).key
        'ab'
        """
        self._query = owned_key(self._query, self._hash)
        key: K = self._query
        return key

    def insert(self, value: V, /) -> V:
        """Store `value` and return it. O(1).

        Raises `StaleEntryError` if the key has been stored since, `KeyViewError`. Rust's
        `VacantEntry::insert`.

        >>> m: HashMap[str, int] = HashMap()
        >>> match m.entry("a"):
        ...     case Vacant() as found:
        ...         print(found.insert(1))
        1
        """
        self.insert_entry(value)
        return value

    def insert_entry(self, value: V, /) -> Occupied[K, V]:
        """Store `value` and return the `Occupied` entry. O(1).

        Raises `StaleEntryError` if the key has been stored since, `KeyViewError`. Rust's
        `Entry::insert_entry`.

        >>> m: HashMap[str, int] = HashMap()
        >>> m.entry("a").insert_entry(1)
        Occupied('a', 1)
        """
        self._check()  # Not only by `added`: it is true, too, for a dict that has got this very value since.
        place, added = self._find_or_add(value)
        if not added:
            raise key_stored(self._query)
        return Occupied(self._map, self._storage, place)

    def or_insert(self, value: V, /) -> V:
        """Store `value` and return it, or return the value that has been stored since. O(1).

        Raises `KeyViewError`. Rust's `Entry::or_insert`.

        >>> m: HashMap[str, int] = HashMap()
        >>> m.entry("a").or_insert(1)
        1
        """
        return self._find_or_add(value)[0].value

    def or_insert_with(self, factory: Callable[[], V], /) -> V:
        """Store `factory()` and return it, or return the value that has been stored since. O(1).

        The factory may use the map, so that a recursive function can memoise itself; if it stores a
        value under this key, that value stays. Raises `KeyViewError`, and what `factory` raises; then
        nothing is stored here. Rust's `Entry::or_insert_with`.

        >>> m: HashMap[str, list[int]] = HashMap()
        >>> m.entry("a").or_insert_with(list).append(1)
        >>> m
        HashMap({'a': [1]})
        """
        place = self._find()
        return place.value if place is not None else self.or_insert(factory())

    def or_insert_with_key(self, factory: Callable[[K], V], /) -> V:
        """Store `factory(key)` and return it, or return the value that has been stored since. O(1).

        As `or_insert_with`, but the factory is called with the key, which is built if the query is a
        view. Rust's `Entry::or_insert_with_key`.

        >>> m: HashMap[str, int] = HashMap()
        >>> m.entry("hello").or_insert_with_key(len)
        5
        """
        place = self._find()
        return place.value if place is not None else self.or_insert(factory(self.key))

    def or_default(self) -> V:
        """Store `default_factory()` and return it, or return the value that has been stored since. O(1).

        Raises `TypeError` if the map has no `default_factory`, and what `or_insert_with` raises. Rust's
        `Entry::or_default`.

        >>> m: HashMap[str, list[int]] = HashMap(default_factory=list)
        >>> m.entry("a").or_default()
        []
        """
        place = self._find()
        if place is not None:
            return place.value
        factory = self._storage.default_factory
        if factory is None:
            raise no_default_factory(type(self._map).__name__)
        return self.or_insert(factory())

    def or_insert_entry(self, value: V, /) -> Occupied[K, V]:
        """As `or_insert`, but returns the `Occupied` entry. O(1). Raises `KeyViewError`.

        hashbrown's `or_insert_entry`.

        >>> m: HashMap[str, int] = HashMap()
        >>> m.entry("a").or_insert_entry(0).value += 1
        >>> m
        HashMap({'a': 1})
        """
        return Occupied(self._map, self._storage, self._find_or_add(value)[0])

    def or_insert_entry_with(self, factory: Callable[[], V], /) -> Occupied[K, V]:
        """As `or_insert_with`, but returns the `Occupied` entry. O(1).

        >>> m: HashMap[str, list[int]] = HashMap()
        >>> m.entry("a").or_insert_entry_with(list)
        Occupied('a', [])
        """
        place = self._find()
        if place is None:
            return self.or_insert_entry(factory())
        return Occupied(self._map, self._storage, place)

    def and_modify(self, function: Callable[[V], V], /) -> Vacant[K, V]:
        """This entry; `function` is not called. O(1). Raises `StaleEntryError`.

        Rust's `Entry::and_modify`.

        >>> m: HashMap[str, int] = HashMap()
        >>> m.entry("a").and_modify(lambda n: n + 1).or_insert(0)
        0
        """
        self._check()
        return self

    def and_modify_in_place(self, function: Callable[[V], None], /) -> Vacant[K, V]:
        """This entry; `function` is not called. O(1). Raises `StaleEntryError`.

        >>> m: HashMap[str, list[int]] = HashMap()
        >>> m.entry("a").and_modify_in_place(list.clear).or_insert([1])
        [1]
        """
        self._check()
        return self

    def and_replace_entry_with(self, function: Callable[[K, V], V | Remove], /) -> Entry[K, V]:
        """This entry; `function` is not called. O(1). Raises `StaleEntryError`.

        hashbrown's `Entry::and_replace_entry_with`.

        >>> m: HashMap[str, int] = HashMap()
        >>> m.entry("a").and_replace_entry_with(lambda k, v: REMOVE)
        Vacant('a')
        """
        self._check()
        return self

    def __repr__(self) -> str:
        return f"Vacant({self._query!r})"

    def __reduce__(self) -> NoReturn:
        raise cannot_copy("a Vacant entry", "pickle or copy its map")


Entry = TypeAliasType("Entry", Occupied[K, V] | Vacant[K, V], type_params=(K, V))
"""What `HashMap.entry` and `entry` return: `Occupied[K, V]` or `Vacant[K, V]`.

A union of two final classes, so that `match` on it is exhaustive. Rust's `Entry` enum.

>>> m = HashMap({"a": 1})
>>> found: Entry[str, int] = m.entry("a")
"""

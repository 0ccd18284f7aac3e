"""The storage of any mapping that is not a HashMap: a dict, os.environ, a class of the user's. And `entry`.

Such a mapping does not say when it has changed, so an entry looks its key up again at each use.
Exceptions of the mapping propagate. Only views are hashed here; hashing a key is left to the mapping.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, Generic, NoReturn, TypeVar

from keyview._messages import cannot_replace_key, not_a_mutable_mapping
from keyview._pure.entry import Entry, Occupied, Vacant
from keyview._pure.map import Map
from keyview._pure.sorted_map import SortedMapBase
from keyview._sentinels import MISSING
from keyview.views import KeyView, is_view, owned_key

__all__ = ["ForeignStorage", "entry"]

K = TypeVar("K")
V = TypeVar("V")


def entry(mapping: MutableMapping[K, V], query: K | KeyView[K], /) -> Entry[K, V]:
    """The entry of a key of any mutable mapping: a `dict`, `os.environ`, a class of your own.

    It is `HashMap.entry` for those who cannot change the type of their mapping; for a `HashMap` or
    `SortedMap` it returns `mapping.entry(query)`. For another mapping, the entry calls `mapping.get` at
    each use, so the key is hashed at each use. It stores with `dict.setdefault` if a dict does not override
    `__setitem__`, else with `mapping[key] = value`, and removes with `mapping.pop(key)`; their
    exceptions propagate.

    If `query` is a view, its key is built when a pair is stored, or if the key is there. `Occupied.key`
    is the key of the query, not the stored key. `or_default` calls the mapping's own `default_factory`.

    Raises `TypeError` if `mapping` is not a mutable mapping, `KeyViewError` if the view is unlawful.

    >>> groups: dict[str, list[int]] = {}
    >>> entry(groups, "a").or_insert_with(list).append(1)
    >>> entry(groups, "a").or_insert_with(list).append(2)
    >>> groups
    {'a': [1, 2]}
    """
    if isinstance(mapping, Map | SortedMapBase):
        return mapping.entry(query)
    if not isinstance(mapping, MutableMapping):
        raise not_a_mutable_mapping(mapping)
    storage = ForeignStorage(mapping)
    hash_ = hash(query) if is_view(query) else 0
    place, seen = storage.probe(query, hash_)
    if place is None:
        return Vacant(mapping, storage, query, hash_, seen)
    return Occupied(mapping, storage, place)


def stores_as_dict(mapping: object) -> bool:
    """Whether `mapping[key] = value` does what it does for a dict, so that dict.setdefault may store."""
    return isinstance(mapping, dict) and type(mapping).__setitem__ is dict.__setitem__


class ForeignPlace(Generic[K, V]):
    """The key of a query, and the value that the mapping returned for it."""

    __slots__ = ("hash", "key", "value")

    def __init__(self, hash_: int, key: K, value: V) -> None:
        self.hash: int = hash_  # The hash of a view; 0 for a key.
        self.key: K = key
        self.value: V = value


class ForeignStorage(Generic[K, V]):
    """A mapping with the interface of a storage; `storage.Storage` says what each method does."""

    __slots__ = ("_mapping",)

    def __init__(self, mapping: MutableMapping[K, V]) -> None:
        self._mapping = mapping

    @property
    def default_factory(self) -> Callable[[], V] | None:
        """mapping.default_factory, or None if there is no such attribute."""
        factory: Callable[[], V] | None = getattr(self._mapping, "default_factory", None)
        return factory

    def probe(
        self, query: Any, hash_: int, _seen: tuple[()] = ()
    ) -> tuple[ForeignPlace[K, V] | None, tuple[()]]:
        """Call `get`. A mapping does not say which keys it compared, so what was seen is nothing."""
        value: Any = self._mapping.get(query, MISSING)
        if value is MISSING:
            return None, ()
        return ForeignPlace(hash_, owned_key(query, hash_), value), ()

    def holds(self, _place: ForeignPlace[K, V]) -> bool:
        """Never known: a mapping does not say whether it has changed."""
        return False

    def find_again(self, place: ForeignPlace[K, V]) -> ForeignPlace[K, V] | None:
        """Call `get` again."""
        return self.probe(place.key, place.hash)[0]

    def find_or_add(
        self, query: Any, hash_: int, value: V, _seen: tuple[()] = ()
    ) -> tuple[ForeignPlace[K, V], bool]:
        """Call `dict.setdefault` where that is allowed, else `get` and then `[]=`."""
        key: K = owned_key(query, hash_)
        mapping = self._mapping
        if stores_as_dict(mapping):
            there = dict.setdefault(mapping, key, value)
            return ForeignPlace(hash_, key, there), there is value
        place, _ = self.probe(key, hash_)
        if place is not None:
            return place, False
        mapping[key] = value
        return ForeignPlace(hash_, key, value), True

    def discard(self, place: ForeignPlace[K, V]) -> bool:
        """Call `pop`. A `KeyError` propagates if the key is there nevertheless."""
        try:
            place.value = self._mapping.pop(place.key)
        except KeyError:
            if self.find_again(place) is None:
                return False
            raise
        return True

    def replace_value(self, place: ForeignPlace[K, V], value: V) -> V:
        """Assign with `[]=`. The old value is the one that was read last."""
        self._mapping[place.key] = value
        old, place.value = place.value, value
        return old

    def admit(self, _place: ForeignPlace[K, V], _key: K) -> NoReturn:
        """Raise `TypeError`: only a HashMap can replace a key."""
        raise cannot_replace_key(type(self._mapping).__name__)

    replace_key = admit

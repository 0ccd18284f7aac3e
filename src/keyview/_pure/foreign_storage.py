"""The storage of a mapping of the user's: a dict, os.environ, a class of one's own. And `entry`, over any.

The mapping is asked again at each use, because it does not tell when it has changed. Its own errors
propagate. No key is hashed here but a view: what a key needs is the mapping's business.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, Generic, NoReturn, TypeVar

from keyview._messages import cannot_replace_key, not_a_mutable_mapping
from keyview._pure.entry import Entry, Occupied, Vacant
from keyview._pure.map import Map
from keyview._sentinels import MISSING
from keyview.views import KeyView, is_view, owned_key

__all__ = ["ForeignStorage", "entry"]

K = TypeVar("K")
V = TypeVar("V")


def entry(mapping: MutableMapping[K, V], query: K | KeyView[K], /) -> Entry[K, V]:
    """The entry of a key of any mutable mapping: a `dict`, `os.environ`, a class of one's own.

    What `HashMap.entry` does, for those who cannot change the type of their mapping; for a `HashMap` it
    is `mapping.entry(query)`. Of another mapping, the entry asks `mapping.get` again at each use, and
    hashes again with it. It stores by `dict.setdefault` if a dict does not override `__setitem__`, else by
    `mapping[key] = value`, and removes by `mapping.pop(key)`; errors of these propagate.

    If `query` is a view, its key is built before anything is stored, and where the key is there.
    `Occupied.key` is the key that was asked for, not the one that is stored. `or_default` calls
    the mapping's own `default_factory`.

    Raises `TypeError` if `mapping` is not a mutable mapping, `KeyViewError` if the view is unlawful.

    >>> groups: dict[str, list[int]] = {}
    >>> entry(groups, "a").or_insert_with(list).append(1)
    >>> entry(groups, "a").or_insert_with(list).append(2)
    >>> groups
    {'a': [1, 2]}
    """
    if isinstance(mapping, Map):
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
    """Whether `mapping[key] = value` is what it is for a dict, and `dict.setdefault` therefore allowed."""
    return isinstance(mapping, dict) and type(mapping).__setitem__ is dict.__setitem__


class ForeignPlace(Generic[K, V]):
    """A key that was asked for, and the value that the mapping gave."""

    __slots__ = ("hash", "key", "value")

    def __init__(self, hash_: int, key: K, value: V) -> None:
        self.hash: int = hash_  # Of a view; 0 for a key.
        self.key: K = key
        self.value: V = value


class ForeignStorage(Generic[K, V]):
    """A mapping, as entries want it; see `storage` for what each method does."""

    __slots__ = ("_mapping",)

    def __init__(self, mapping: MutableMapping[K, V]) -> None:
        self._mapping = mapping

    @property
    def default_factory(self) -> Callable[[], V] | None:
        """The mapping's own, as a defaultdict has one."""
        factory: Callable[[], V] | None = getattr(self._mapping, "default_factory", None)
        return factory

    def probe(
        self, query: Any, hash_: int, _seen: tuple[()] = ()
    ) -> tuple[ForeignPlace[K, V] | None, tuple[()]]:
        """Asks the mapping; a mapping tells nothing of what it has seen."""
        value: Any = self._mapping.get(query, MISSING)
        if value is MISSING:
            return None, ()
        return ForeignPlace(hash_, owned_key(query, hash_), value), ()

    def holds(self, _place: ForeignPlace[K, V]) -> bool:
        """Never: a mapping does not tell whether it has changed."""
        return False

    def find_again(self, place: ForeignPlace[K, V]) -> ForeignPlace[K, V] | None:
        """Asks the mapping again."""
        return self.probe(place.key, place.hash)[0]

    def find_or_add(
        self, query: Any, hash_: int, value: V, _seen: tuple[()] = ()
    ) -> tuple[ForeignPlace[K, V], bool]:
        """In one step where a dict can, else asks first."""
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
        """Lets the mapping remove the key. Its `KeyError` is for the user, unless the key is gone."""
        try:
            place.value = self._mapping.pop(place.key)
        except KeyError:
            if self.find_again(place) is None:
                return False
            raise
        return True

    def swap(self, place: ForeignPlace[K, V], value: V) -> V:
        """Assigns; the old value is what the mapping gave last."""
        self._mapping[place.key] = value
        old, place.value = place.value, value
        return old

    def admit(self, _place: ForeignPlace[K, V], _key: K) -> NoReturn:
        """Refuses."""
        raise cannot_replace_key(type(self._mapping).__name__)

    swap_key = admit

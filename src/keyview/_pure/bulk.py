"""What is done to a whole map of either kind: what HashMap and SortedMap are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import add
from typing import Any, TypeAlias, TypeVar

from keyview._messages import not_a_map
from keyview._pure.hash_storage import table_of
from keyview._pure.insertion import insert, merge
from keyview._pure.map import Map
from keyview._pure.sorted_map import SortedMapBase, sorted_storage_of
from keyview._pure.sorted_storage import SortedStorage
from keyview._pure.sources import pairs_of
from keyview._pure.storage import OwnStorage

__all__ = ["base_of", "copied", "count", "fill", "group", "reduce", "split_off", "storage_of"]

AnyMap: TypeAlias = Map[Any, Any] | SortedMapBase[Any, Any]
S = TypeVar("S", bound="SortedMapBase[Any, Any]")


def base_of(map_: AnyMap) -> Any:
    """The class of ours that a map is an instance of: what a subclass overrides is not asked."""
    return Map if isinstance(map_, Map) else SortedMapBase


def storage_of(map_: AnyMap) -> OwnStorage[Any, Any]:
    """The storage of a map of either kind."""
    return table_of(map_) if isinstance(map_, Map) else sorted_storage_of(map_)


def copied(map_: S) -> S:
    """A new sorted map of the same class, with the same pairs and default_factory."""
    cls = type(map_)
    made = cls.__new__(cls)
    storage_like(map_, made).copy_from(sorted_storage_of(map_))
    return made


def split_off(map_: S, query: object) -> S:
    """Move the keys that are not less than `query` into a new map of the same class and default_factory."""
    cls = type(map_)
    made = cls.__new__(cls)
    sorted_storage_of(map_).split_off(query, storage_like(map_, made))
    return made


def storage_like(map_: SortedMapBase[Any, Any], made: object) -> SortedStorage[Any, Any]:
    """The storage of `made`, which the class of `map_` made, with the default_factory of `map_`."""
    if not isinstance(made, SortedMapBase):
        raise not_a_map(type(map_), made, "SortedMap")
    storage = sorted_storage_of(made)
    storage.default_factory = sorted_storage_of(map_).default_factory
    return storage


def fill(map_: AnyMap, keys: Iterable[Any], value: Any) -> None:
    """Store one value under every one of the keys."""
    storage = storage_of(map_)
    for key in keys:
        insert(storage, key, storage.hash_of(key), value)


def group(map_: AnyMap, pairs: Iterable[Any], key: Callable[[Any], Any] | None) -> None:
    """Append the value of every pair to the list under its key; with `key`, every item under key(item)."""
    base = base_of(map_)
    if key is None:
        for of, value in pairs_of("grouped", iter(pairs)):
            base.get_or_insert_with(map_, of, list).append(value)
    else:  # Not by a generator, in which `key` could raise no StopIteration.
        for item in pairs:
            base.get_or_insert_with(map_, key(item), list).append(item)


def reduce(
    map_: AnyMap,
    pairs: Iterable[Any],
    combine: Callable[[Any, Any], Any],
    key: Callable[[Any], Any] | None,
) -> None:
    """Store the value of every pair; where the key is there, what is made of both values.

    With `key`, every item under key(item).
    """
    storage = storage_of(map_)
    if key is None:
        for of, value in pairs_of("reduced", iter(pairs)):
            merge(storage, of, storage.hash_of(of), value, combine)
    else:
        for item in pairs:
            of = key(item)
            merge(storage, of, storage.hash_of(of), item, combine)


def count(map_: AnyMap, items: Iterable[Any], key: Callable[[Any], Any] | None) -> None:
    """Add one to the number under every item; with `key`, under key(item)."""
    storage = storage_of(map_)
    for item in items:
        of = item if key is None else key(item)
        merge(storage, of, storage.hash_of(of), 1, add)

"""Storage: the interface through which entries reach the pairs of a mapping. Read this first.

`hash_storage` is the storage of a `HashMap`, `sorted_storage` that of a `SortedMap`. `foreign_storage` is
the storage of any other mapping: a `dict`, `os.environ`, a class of the user's. `entry` uses only `Place`
and `Storage`, so that entries do the same with all three. What maps of ours share besides, `insertion`,
`iterators` and `live_views`, uses `OwnStorage` and `Walked`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from keyview._sentinels import Missing

__all__ = ["OwnStorage", "Place", "Storage", "Walked"]

K = TypeVar("K")
V = TypeVar("V")
K_co = TypeVar("K_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)


class Place(Protocol[K_co, V_co]):
    """Where a storage has a pair. Opaque to everybody but its storage, except for these three attributes."""

    @property
    def hash(self) -> int | None:
        """The hash of the key; None or 0 in a storage that does not need it."""
        ...

    @property
    def key(self) -> K_co:
        """The key."""
        ...

    @property
    def value(self) -> V_co:
        """The value, as it was when the storage last read it."""
        ...


class Storage(Protocol[K, V]):
    """Pairs that are found by a query and its hash.

    User code, such as an `__eq__`, may run in each method here, and may remove a pair after one method
    has found it and before another changes it. A method that changes a pair therefore returns whether
    the pair was still there.
    """

    @property
    def default_factory(self) -> Callable[[], V] | None:
        """The function that makes the value of an absent key, or None."""
        ...

    def probe(self, query: object, hash_: Any, seen: Any = (), /) -> tuple[Place[K, V] | None, Any]:
        """The place of the key that `query` finds, or None; and what the storage saw during the search.

        What was seen is opaque to the caller. If it is passed to the next search for the same query,
        keys that were compared are not compared again.
        """
        ...

    def holds(self, place: Any, /) -> bool:
        """Whether the pair is known to be there still. Runs no user code."""
        ...

    def find_again(self, place: Any, /) -> Place[K, V] | None:
        """The place of the same key now, or None: for a place of which `holds` is false."""
        ...

    def find_or_add(
        self, query: Any, hash_: Any, value: V, seen: Any = (), /
    ) -> tuple[Place[K, V], bool]:
        """The place of the key that `query` finds, or of a new pair with `value`; and whether it is new.

        A view's key is built only if a pair is added. Raises `KeyViewError` if the view is unlawful.
        """
        ...

    def discard(self, place: Any, /) -> bool:
        """Remove the pair; the place keeps its key and value. False if the pair was no longer there."""
        ...

    def replace_value(self, place: Any, value: V, /) -> V | Missing:
        """Replace the value. Returns the old value, or MISSING if the pair was no longer there."""
        ...

    def admit(self, place: Any, key: K, /) -> K:
        """The owned key to store in place of the stored one.

        Raises `ValueError` if the two are not equal, `TypeError` if the storage cannot replace keys.
        """
        ...

    def replace_key(self, place: Any, key: K, /) -> K | Missing:
        """Replace the key by one that `admit` returned. Returns the old key, or MISSING as above."""
        ...


class OwnStorage(Storage[K, V], Protocol[K, V]):
    """The storage of a map of ours."""

    @staticmethod
    def hash_of(query: Any, /) -> Any:
        """The hash with which it is asked about `query`."""
        ...

    def replace_value_if(self, place: Any, expected: V, value: V, /) -> bool:
        """Replace the value, if the pair is still there and its value is still `expected`."""
        ...


class Walked(Protocol):
    """What iterators and live views ask: a storage of ours, or a part of one."""

    @property
    def version(self) -> int:
        """Counts the changes that iterators must notice."""
        ...

    def __len__(self) -> int: ...

    def look(self, query: Any, /) -> Any:
        """The pair that `query` finds, or None."""
        ...

    def walk(self, *, backwards: bool = False) -> tuple[int, int, Iterator[Any]]:
        """The version, how many pairs there are, and an iterator over them that is good for that version."""
        ...

    def snapshot(self) -> Iterable[tuple[Any, Any]]:
        """Every pair with its value, as they are at one moment."""
        ...

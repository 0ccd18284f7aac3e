"""The iterator of a map or set, of its live views, and of a range."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, final

from keyview._messages import changed_during
from keyview._pure.hash_storage import HashStorage

if TYPE_CHECKING:
    from keyview._pure.storage import Walked

__all__ = ["StorageIterator"]

T = TypeVar("T")

#: The storage of an iterator that has noticed a change. Its version never is that of the iterator, which
#: is -1.
NO_STORAGE: Final[Walked] = HashStorage[Any, Any]()


@final
class StorageIterator(Iterator[T], Generic[T]):
    """Iterates over a storage, and notices every structural change of it."""

    __slots__ = (
        "_backwards",
        "_kind",
        "_left",
        "_name",
        "_owner",
        "_pick",
        "_slots",
        "_storage",
        "_version",
    )

    def __init__(
        self,
        owner: object,
        storage: Walked,
        pick: Callable[[Any], T],
        *,
        backwards: bool = False,
        kind: str = "map",
    ) -> None:
        self._kind = kind
        self._owner: object = owner  # Keeps the map or set alive until the iterator ends.
        self._name = type(owner).__name__
        self._storage: Walked | None = storage
        self._version, self._left, self._slots = storage.walk(backwards=backwards)
        self._pick = pick
        self._backwards = backwards

    def __next__(self) -> T:
        storage = self._storage
        if storage is None:
            raise StopIteration
        if storage.version != self._version:
            self._owner, self._storage, self._version = None, NO_STORAGE, -1
            self._slots = iter(())
            raise changed_during(self._name, "iteration", self._kind)
        for slot in self._slots:
            self._left -= 1
            return self._pick(slot)
        self._storage = self._owner = None  # Like a dict's, the iterator stays ended.
        raise StopIteration

    def __length_hint__(self) -> int:
        storage = self._storage
        return self._left if storage is not None and storage.version == self._version else 0

    def __reduce__(self) -> tuple[Any, ...]:
        # Like a dict's iterator: a copy or pickle is an iterator over what is left, and this one stays
        # where it is.
        if self._storage is None or not self._left:
            return iter, ([],)
        version, count, slots = self._storage.walk(backwards=self._backwards)
        if version != self._version:
            raise changed_during(self._name, "iteration", self._kind)
        return iter, ([self._pick(slot) for slot in islice(slots, count - self._left, None)],)

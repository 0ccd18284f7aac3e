"""The iterator of a map and of its live views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, final

from keyview._messages import changed_during
from keyview._pure.hash_storage import HashStorage

if TYPE_CHECKING:
    from keyview._pure.hash_storage import Slot

__all__ = ["TableIterator"]

T = TypeVar("T")

#: The table of an iterator that has noticed a change. Its version never is that of the iterator, which
#: is -1.
NO_STORAGE: Final[HashStorage[Any, Any]] = HashStorage()


@final
class TableIterator(Iterator[T], Generic[T]):
    """Iterates over a table, and notices every structural change of it."""

    __slots__ = ("_kind", "_left", "_name", "_owner", "_pick", "_slots", "_table", "_version")

    def __init__(
        self,
        owner: object,
        table: HashStorage[Any, Any],
        pick: Callable[[Slot[Any, Any]], T],
        *,
        backwards: bool = False,
        kind: str = "map",
    ) -> None:
        self._kind = kind
        self._owner: object = owner  # Keeps the map or set alive until the iterator ends.
        self._name = type(owner).__name__
        self._table: HashStorage[Any, Any] | None = table
        self._version = table.version  # Read before the order, so that any later change is noticed.
        self._left = len(table.order)
        self._slots = reversed(table.order) if backwards else iter(table.order)
        self._pick = pick

    def __next__(self) -> T:
        table = self._table
        if table is None:
            raise StopIteration
        if table.version != self._version:
            self._owner, self._table, self._version = None, NO_STORAGE, -1
            self._slots = iter(())
            raise changed_during(self._name, "iteration", self._kind)
        for slot in self._slots:
            self._left -= 1
            return self._pick(slot)
        self._table = self._owner = None  # Like a dict's, the iterator stays ended.
        raise StopIteration

    def __length_hint__(self) -> int:
        table = self._table
        return self._left if table is not None and table.version == self._version else 0

    def __reduce__(self) -> tuple[Any, ...]:
        # Like a dict's iterator: a copy or pickle is an iterator over what is left, and this one stays
        # where it is.
        if self._table is not None and self._left and self._table.version != self._version:
            raise changed_during(self._name, "iteration", self._kind)
        rest = () if self._table is None else copy(self._slots)
        return iter, ([self._pick(slot) for slot in rest],)

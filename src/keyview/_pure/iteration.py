"""Iterators and live views: the map's keys, values and items, in the order of insertion."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, ValuesView
from copy import copy
from operator import attrgetter
from reprlib import recursive_repr
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, cast, final

from keyview._refusals import cannot_copy, changed_during

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyview._pure.map import Map
    from keyview._pure.table import Slot, Table

__all__ = [
    "Items",
    "Keys",
    "TableIterator",
    "Values",
    "item_of",
    "key_of",
    "value_of",
]

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

key_of = attrgetter("key")
value_of = attrgetter("value")
item_of = attrgetter("key", "value")


@final
class TableIterator(Iterator[T], Generic[T]):
    """Iterates over a table, and notices every structural change of it."""

    __slots__ = ("_left", "_pick", "_slots", "_table", "_version")

    def __init__(
        self,
        table: Table[Any, Any],
        slots: Iterable[Slot[Any, Any]],
        pick: Callable[[Slot[Any, Any]], T],
    ) -> None:
        self._table: Table[Any, Any] | None = table
        self._version = table.version
        self._left = len(table.order)
        self._slots = iter(slots)
        self._pick = pick

    def __next__(self) -> T:
        table = self._table
        if table is None:
            raise StopIteration
        if table.version != self._version:
            raise changed_during("iteration")
        for slot in self._slots:
            self._left -= 1
            return self._pick(slot)
        self._table = None  # As a dict's: once it has ended, it stays ended.
        raise StopIteration

    def __length_hint__(self) -> int:
        table = self._table
        return self._left if table is not None and table.version == self._version else 0

    def __reduce__(self) -> tuple[Any, ...]:
        # As a dict's: copied and pickled as an iterator over what is left, and not advanced by it.
        rest = () if self._table is None else copy(self._slots)
        return iter, ([self._pick(slot) for slot in rest],)


class View(Generic[K, V]):
    """What the three live views share; a mixin before their abstract base class."""

    __slots__ = ()
    _mapping: Map[K, V]

    @property
    def mapping(self) -> MappingProxyType[K, V]:
        """The map itself, read-only."""
        return MappingProxyType(self._mapping)

    # Like a dict's, the views look into the table; a subclass's `get` or `__contains__` is not asked.
    def _find(self, key: object) -> Slot[K, V] | None:
        return self._mapping._table.find(key, hash(key))

    def _iterate(self, pick: Callable[[Slot[K, V]], T], *, backwards: bool = False) -> Iterator[T]:
        table = self._mapping._table
        order = table.order
        return TableIterator(table, reversed(order) if backwards else order, pick)

    def __repr__(self) -> str:
        return f"HashMap{type(self).__name__}({list(cast('Iterable[object]', self))!r})"

    def __reduce__(self) -> NoReturn:
        raise cannot_copy(f"HashMap{type(self).__name__}", "make a list of it")


@final
class Keys(View[K, V], KeysView[K]):
    """The live view that `HashMap.keys` returns; set-like, and reversible."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return self._find(key) is not None

    # The stored keys, whatever equal objects or views of them `other` holds.
    def __and__(self, other: Iterable[Any]) -> set[K]:
        if not isinstance(other, Iterable):
            return NotImplemented
        return {slot.key for slot in map(self._find, other) if slot is not None}

    def __rand__(self, other: Iterable[Any]) -> set[Any]:
        return self & other

    def __iter__(self) -> Iterator[K]:
        return self._iterate(key_of)

    def __reversed__(self) -> Iterator[K]:
        return self._iterate(key_of, backwards=True)

    @recursive_repr("HashMapKeys(...)")
    def __repr__(self) -> str:
        return super().__repr__()


@final
class Values(View[K, V], ValuesView[V]):
    """The live view that `HashMap.values` returns; reversible."""

    __slots__ = ()

    def __iter__(self) -> Iterator[V]:
        return self._iterate(value_of)

    def __reversed__(self) -> Iterator[V]:
        return self._iterate(value_of, backwards=True)

    def __contains__(self, value: object) -> bool:
        stored = self._mapping._table.snapshot()
        return any(value is v or value == v for _, _, v in stored)

    @recursive_repr("HashMapValues(...)")
    def __repr__(self) -> str:
        return super().__repr__()


@final
class Items(View[K, V], ItemsView[K, V]):
    """The live view that `HashMap.items` returns; set-like, and reversible."""

    __slots__ = ()

    def __iter__(self) -> Iterator[tuple[K, V]]:
        return self._iterate(item_of)

    def __reversed__(self) -> Iterator[tuple[K, V]]:
        return self._iterate(item_of, backwards=True)

    def _find_item(self, item: object) -> tuple[K, V] | None:
        if not isinstance(item, tuple) or len(item) != 2:
            return None
        slot = self._find(item[0])
        if slot is None:
            return None
        found = slot.value  # Read once: comparing may replace it.
        return (slot.key, found) if item[1] is found or item[1] == found else None

    def __contains__(self, item: object) -> bool:
        return self._find_item(item) is not None

    def __and__(self, other: Iterable[Any]) -> set[tuple[K, V]]:
        if not isinstance(other, Iterable):
            return NotImplemented
        return {found for found in map(self._find_item, other) if found is not None}

    def __rand__(self, other: Iterable[Any]) -> set[Any]:
        return self & other

    @recursive_repr("HashMapItems(...)")
    def __repr__(self) -> str:
        return super().__repr__()

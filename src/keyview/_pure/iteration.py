"""Iterators and live views: the map's keys, values and items, in the order of insertion."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, ValuesView
from collections.abc import Set as AbstractSet
from copy import copy
from reprlib import recursive_repr
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Generic, Never, NoReturn, Self, TypeVar, cast, final

from keyview._pure.hash_storage import (
    HashStorage,
    Slot,
    is_plain,
    item_of,
    key_of,
    table_of,
    value_of,
)
from keyview._refusals import cannot_copy, changed_during, not_made_by_hand
from keyview._sentinel import MISSING, Missing

if TYPE_CHECKING:
    from keyview._pure.map import Map

__all__ = [
    "Items",
    "Keys",
    "TableIterator",
    "Values",
    "live_view",
]

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
U = TypeVar("U")
L = TypeVar("L", bound="View[Any, Any]")

#: What an iterator holds once it has noticed a change: whatever its own version, this has another.
NO_STORAGE: Final[HashStorage[Any, Any]] = HashStorage()

DictItems: Final[type[ItemsView[Any, Any]]] = type({}.items())


@final
class TableIterator(Iterator[T], Generic[T]):
    """Iterates over a table, and notices every structural change of it."""

    __slots__ = ("_left", "_map", "_name", "_pick", "_slots", "_table", "_version")

    def __init__(
        self,
        map_: Map[Any, Any],
        pick: Callable[[Slot[Any, Any]], T],
        *,
        backwards: bool = False,
    ) -> None:
        table = table_of(map_)
        self._map: Map[Any, Any] | None = map_  # An iterator keeps its map alive, until it ends.
        self._name = type(map_).__name__
        self._table: HashStorage[Any, Any] | None = table
        self._version = table.version  # Before the order is read: a change after this is noticed.
        self._left = len(table.order)
        self._slots = reversed(table.order) if backwards else iter(table.order)
        self._pick = pick

    def __next__(self) -> T:
        table = self._table
        if table is None:
            raise StopIteration
        if table.version != self._version:
            self._map, self._table, self._version = None, NO_STORAGE, -1
            self._slots = iter(())
            raise changed_during(self._name, "iteration")
        for slot in self._slots:
            self._left -= 1
            return self._pick(slot)
        self._table = self._map = None  # As a dict's: once it has ended, it stays ended.
        raise StopIteration

    def __length_hint__(self) -> int:
        table = self._table
        return self._left if table is not None and table.version == self._version else 0

    def __reduce__(self) -> tuple[Any, ...]:
        # As a dict's: copied and pickled as an iterator over what is left, and not advanced by it.
        if self._table is not None and self._left and self._table.version != self._version:
            raise changed_during(self._name, "iteration")
        rest = () if self._table is None else copy(self._slots)
        return iter, ([self._pick(slot) for slot in rest],)


class View(Generic[K, V]):
    """What the three live views share; a mixin before their abstract base class."""

    __slots__ = ()
    if TYPE_CHECKING:
        _mapping: Map[K, V]

    def __new__(cls, *args: Never, **kwargs: Never) -> Self:
        raise not_made_by_hand(f"HashMap{cls.__name__}", cls.__name__.lower())

    @property
    def mapping(self) -> MappingProxyType[K, V]:
        """The map itself, read-only."""
        return MappingProxyType(self._mapping)

    # Like a dict's, the views look into the table; a subclass's `get` or `__contains__` is not asked.
    def _find(self, key: object) -> Slot[K, V] | None:
        return table_of(self._mapping).find(key, hash(key))

    def _iterate(self, pick: Callable[[Slot[K, V]], T], *, backwards: bool = False) -> Iterator[T]:
        return TableIterator(self._mapping, pick, backwards=backwards)

    def __repr__(self) -> str:
        return f"HashMap{type(self).__name__}({list(cast('Iterable[object]', self))!r})"

    def __reduce__(self) -> NoReturn:
        raise cannot_copy(f"HashMap{type(self).__name__}", "make a list of it")


def live_view(cls: type[L], map_: Map[Any, Any]) -> L:
    """How a map makes its live views; nobody else does."""
    made = object.__new__(cls)
    made._mapping = map_
    return made


class SetView(View[K, V], AbstractSet[T], Generic[K, V, T]):
    """The set operations of keys and items: as a dict's, they take any iterable, and give a set."""

    __slots__ = ()

    def _find_stored(self, element: object) -> T | Missing:
        raise NotImplementedError

    # What is stored, whatever equal objects or views of them `other` holds; a dict gives either.
    def __and__(self, other: Iterable[Any], /) -> set[T]:
        return {found for found in map(self._find_stored, other) if found is not MISSING}

    def __rand__(self, other: Iterable[Any], /) -> set[Any]:
        return self & other

    def __or__(self, other: Iterable[U], /) -> set[T | U]:
        return set(self).union(other)

    def __ror__(self, other: Iterable[U], /) -> set[T | U]:
        return set(other).union(self)

    def __sub__(self, other: Iterable[Any], /) -> set[T]:
        return set(self).difference(other)

    def __rsub__(self, other: Iterable[U], /) -> set[U]:
        return set(other).difference(self)

    def __xor__(self, other: Iterable[U], /) -> set[T | U]:
        ours: set[T | U] = set(self)
        return ours.symmetric_difference(other)

    def __rxor__(self, other: Iterable[U], /) -> set[T | U]:
        theirs: set[T | U] = set(other)
        return theirs.symmetric_difference(self)


@final
class Keys(SetView[K, V, K], KeysView[K]):
    """The live view that `HashMap.keys` returns; set-like, and reversible."""

    __slots__ = ()

    def __contains__(self, key: object, /) -> bool:
        return self._find(key) is not None

    def _find_stored(self, key: object) -> K | Missing:
        slot = self._find(key)
        return MISSING if slot is None else slot.key

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

    def __contains__(self, value: object, /) -> bool:
        table = table_of(self._mapping)
        version = table.version
        for _, stored in table.snapshot():
            if value is stored or value == stored:
                return True
            # As a dict's. Where no Python code runs no other thread does, and this is one step.
            if table.version != version and not (is_plain(value) and is_plain(stored)):
                raise changed_during(type(self._mapping).__name__, "iteration")
        return False

    @recursive_repr("HashMapValues(...)")
    def __repr__(self) -> str:
        return super().__repr__()


@final
class Items(SetView[K, V, tuple[K, V]], ItemsView[K, V]):
    """The live view that `HashMap.items` returns; set-like, and reversible."""

    __slots__ = ()

    def __iter__(self) -> Iterator[tuple[K, V]]:
        return self._iterate(item_of)

    def __reversed__(self) -> Iterator[tuple[K, V]]:
        return self._iterate(item_of, backwards=True)

    def __contains__(self, item: object, /) -> bool:
        return self._find_stored(item) is not MISSING

    def _find_stored(self, item: object) -> tuple[K, V] | Missing:
        if not isinstance(item, tuple) or len(item) != 2:
            return MISSING
        slot = self._find(item[0])
        if slot is None:
            return MISSING
        found = slot.value  # Read once: comparing may replace it.
        return (slot.key, found) if item[1] is found or item[1] == found else MISSING

    def __xor__(self, other: Iterable[U], /) -> set[tuple[K, V] | U]:
        if isinstance(other, Items | DictItems):  # A pair that both have need not be hashable.
            return {
                *(item for item in self if item not in other),
                *(item for item in other if item not in self),
            }
        return super().__xor__(other)

    @recursive_repr("HashMapItems(...)")
    def __repr__(self) -> str:
        return super().__repr__()

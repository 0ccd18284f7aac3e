"""Live views: the objects that keys(), values() and items() of a map, or of a range, return."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, ValuesView
from collections.abc import Set as AbstractSet
from reprlib import recursive_repr
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Generic, Never, NoReturn, Self, TypeVar, cast, final

from keyview._messages import cannot_copy, changed_during, not_made_by_hand
from keyview._pure.hash_storage import HashStorage, item_of, key_of, runs_no_python, value_of
from keyview._pure.iterators import StorageIterator
from keyview._sentinels import MISSING, Missing

if TYPE_CHECKING:
    from keyview._pure.storage import Walked

__all__ = ["Items", "Keys", "Values", "live_view"]

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
U = TypeVar("U")
L = TypeVar("L", bound="LiveView[Any, Any]")

DictItems: Final[type[ItemsView[Any, Any]]] = type({}.items())


class LiveView(Generic[K, V]):
    """What the three live views share. Each has it as a base before its abstract class."""

    __slots__ = ()
    if TYPE_CHECKING:
        #: The map itself, also if only a range of it is viewed.
        _mapping: Any
        _storage: Walked

    def __new__(cls, *args: Never, **kwargs: Never) -> Self:
        raise not_made_by_hand(f"HashMap{cls.__name__}", cls.__name__.lower())

    def __len__(self) -> int:
        return len(self._storage)

    @property
    def mapping(self) -> MappingProxyType[K, V]:
        """The map itself, read-only."""
        return MappingProxyType(self._mapping)

    # Like a dict's live views, these read the storage, and do not call `get` or `__contains__` of a
    # subclass.
    def _find(self, key: object) -> Any:
        return self._storage.look(key)

    def _iterate(self, pick: Callable[[Any], T], *, backwards: bool = False) -> Iterator[T]:
        return StorageIterator(self._mapping, self._storage, pick, backwards=backwards)

    def _name(self) -> str:
        kind = "HashMap" if isinstance(self._storage, HashStorage) else "SortedMap"
        return f"{kind}{type(self).__name__}"

    @recursive_repr("...")
    def _shown(self) -> str:
        return repr(list(cast("Iterable[object]", self)))

    def __repr__(self) -> str:
        return f"{self._name()}({self._shown()})"

    def __reduce__(self) -> NoReturn:
        raise cannot_copy(self._name(), "make a list of it")


def live_view(cls: type[L], map_: object, storage: Walked) -> L:
    """A map, or a range of one, calls this function to make its live views."""
    made = object.__new__(cls)
    made._mapping = map_
    made._storage = storage
    return made


class SetView(LiveView[K, V], AbstractSet[T], Generic[K, V, T]):
    """The set operations of keys and items. Like a dict's, they take any iterable and return a set."""

    __slots__ = ()

    def _find_stored(self, element: object) -> T | Missing:
        raise NotImplementedError

    # The stored keys or pairs, not those of `other`, which may be equal objects or views. A dict's live
    # view returns either.
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

    __slots__ = ("_storage",)

    def __contains__(self, key: object, /) -> bool:
        return self._find(key) is not None

    def _find_stored(self, key: object) -> K | Missing:
        slot = self._find(key)
        return MISSING if slot is None else cast("K", slot.key)

    def __iter__(self) -> Iterator[K]:
        return self._iterate(key_of)

    def __reversed__(self) -> Iterator[K]:
        return self._iterate(key_of, backwards=True)


@final
class Values(LiveView[K, V], ValuesView[V]):
    """The live view that `HashMap.values` returns; reversible."""

    __slots__ = ("_storage",)

    def __iter__(self) -> Iterator[V]:
        return self._iterate(value_of)

    def __reversed__(self) -> Iterator[V]:
        return self._iterate(value_of, backwards=True)

    def __contains__(self, value: object, /) -> bool:
        storage = self._storage
        version = storage.version
        for _, stored in storage.snapshot():
            if value is stored or value == stored:
                return True
            # Like a dict. If comparing runs no Python code, no other thread runs, and this loop is one
            # step.
            if storage.version != version and not (
                runs_no_python(value) and runs_no_python(stored)
            ):
                raise changed_during(type(self._mapping).__name__, "iteration")
        return False


@final
class Items(SetView[K, V, tuple[K, V]], ItemsView[K, V]):
    """The live view that `HashMap.items` returns; set-like, and reversible."""

    __slots__ = ("_storage",)

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
        found = slot.value  # Read once: comparing may replace the value.
        return (slot.key, found) if item[1] is found or item[1] == found else MISSING

    def __xor__(self, other: Iterable[U], /) -> set[tuple[K, V] | U]:
        # Compare pair by pair, without a set of both: a pair that is in both need not be hashable.
        if isinstance(other, Items | DictItems):
            return {
                *(item for item in self if item not in other),
                *(item for item in other if item not in self),
            }
        return super().__xor__(other)

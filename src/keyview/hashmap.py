"""HashMap, the class that users see: the methods that need no access to the table. The others are in Map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from keyview._backend import (
    Lookup,
    Map,
    adapted,
    count,
    group,
    reduce,
    reserve,
    specialize,
)
from keyview._hooks import Hooks
from keyview._mapping import PickledMap, fill_keys, made_by, made_with, reversed_union, shown
from keyview._protocols import Buffer, BytesPrefix, SupportsKeysAndGetItem
from keyview.views import KeyView

__all__ = ["HashMap"]

A = TypeVar("A")
K = TypeVar("K")
V = TypeVar("V")
K2 = TypeVar("K2")
V2 = TypeVar("V2")


class HashMap(Map[K, V], PickledMap[K, V]):
    """An insertion-ordered hash map with Rust's Entry API, looked up by keys or by views of them.

    It has every method of `dict`, with the same results and exceptions, and more:

    - Entries, for several operations with one lookup: `entry`, `get_entry`; in one call:
      `get_or_insert_with`, `merge`.
    - Lookup: `[]`, `in`, `get`, `get_key_value`, `get_many`, `by`.
    - Insertion: `[]=`, `insert`, `try_insert`, `setdefault`, `update`, `update_with`.
    - Removal: `del`, `pop`, `popitem`, `remove_entry`, `swap_remove`, `clear`, `retain`, `extract_if`,
      `drain`.
    - Position: `first_entry`, `last_entry`, `at`, `index_of`, `move_to_end`, `sort`.
    - Iteration: `keys`, `values`, `items`, each live and reversible.
    - Construction: from a mapping, pairs or keywords; `fromkeys`, `grouped`, `counted`, `reduced`, `merged`,
      `with_capacity`; `copy`, `|`.
    - Capacity: `capacity`, `reserve`, `shrink_to_fit`.

    A query is a `K` or a `KeyView[K]`. What is stored is the key, never the view. `or_default` calls
    `default_factory`; reading never inserts. Rust's `std::collections::HashMap`, in indexmap's order.

    Raises `TypeError` or `ValueError` if an element of the source is not a pair; the message says which.

    >>> m = HashMap({"a": 1}, b=2)
    >>> m.entry("c").or_insert(3)
    3
    >>> m
    HashMap({'a': 1, 'b': 2, 'c': 3})
    """

    __slots__ = ()

    if TYPE_CHECKING:
        # At run time the backend's Map has this method, so that the native backend makes a map without
        # Python code. The overload without arguments comes first: else pyright reports
        # `or_insert_with(HashMap)`.
        @overload
        def __init__(self, /) -> None: ...
        @overload
        def __init__(self, /, *, default_factory: Callable[[], V] | None) -> None: ...
        @overload
        def __init__(
            self: HashMap[str, V], /, *, default_factory: Callable[[], V] | None = None, **kwargs: V
        ) -> None: ...
        @overload
        def __init__(
            self,
            source: SupportsKeysAndGetItem[K, V],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
        ) -> None: ...
        @overload
        def __init__(
            self: HashMap[str, V],
            source: SupportsKeysAndGetItem[str, V],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
            **kwargs: V,
        ) -> None: ...
        @overload
        def __init__(
            self,
            source: Iterable[tuple[K, V]],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
        ) -> None: ...
        @overload
        def __init__(
            self: HashMap[str, V],
            source: Iterable[tuple[str, V]],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
            **kwargs: V,
        ) -> None: ...
        def __init__(
            self, source: Any = (), /, *, default_factory: Any = None, **kwargs: Any
        ) -> None: ...

    # -- construction -----------------------------------------------------------------------------

    @overload
    @classmethod
    def fromkeys(cls, keys: Iterable[K2], value: None = None, /) -> HashMap[K2, Any | None]: ...
    @overload
    @classmethod
    def fromkeys(cls, keys: Iterable[K2], value: V2, /) -> HashMap[K2, V2]: ...
    @classmethod
    def fromkeys(cls, keys: Iterable[Any], value: Any = None, /) -> HashMap[Any, Any]:
        """A map of these keys, each with the same value. O(number of keys).

        >>> HashMap.fromkeys("ab", 0)
        HashMap({'a': 0, 'b': 0})
        """
        made: HashMap[Any, Any] = cls()
        fill_keys(made, Map, keys, value)
        return made

    @overload
    @classmethod
    def grouped(
        cls, pairs: Iterable[tuple[K2, V2]], /, *, key: None = None
    ) -> HashMap[K2, list[V2]]: ...
    @overload
    @classmethod
    def grouped(
        cls, items: Iterable[V2], /, *, key: Callable[[V2], K2]
    ) -> HashMap[K2, list[V2]]: ...
    @classmethod
    def grouped(cls, pairs: Iterable[Any], /, *, key: Any = None) -> HashMap[Any, Any]:
        """A map from each key to a list of the values that are paired with it. O(number of pairs).

        With a function `key`, the values are the items themselves, and `key(item)` is the key of each.

        Raises `TypeError` or `ValueError` if an element is not a pair; the message says which. Rust
        itertools' `into_group_map`, and with `key` its `into_group_map_by`.

        >>> HashMap.grouped([(2, "to"), (2, "be"), (3, "not")])
        HashMap({2: ['to', 'be'], 3: ['not']})
        >>> HashMap.grouped(["to", "be", "not"], key=len)
        HashMap({2: ['to', 'be'], 3: ['not']})
        """
        made: HashMap[Any, Any] = made_by(cls, HashMap)
        group(made, pairs, key)
        return made

    @overload
    @classmethod
    def counted(cls, items: Iterable[K2], /, *, key: None = None) -> HashMap[K2, int]: ...
    @overload
    @classmethod
    def counted(cls, items: Iterable[V2], /, *, key: Callable[[V2], K2]) -> HashMap[K2, int]: ...
    @classmethod
    def counted(cls, items: Iterable[Any], /, *, key: Any = None) -> HashMap[Any, int]:
        """A map from each item to the number of times it occurs. O(number of items).

        With a function `key`, `key(item)` is counted instead of each item. Rust itertools' `counts` and
        `counts_by`.

        >>> HashMap.counted("abracadabra")
        HashMap({'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1})
        >>> HashMap.counted(["to", "be", "not"], key=len)
        HashMap({2: 2, 3: 1})
        """
        made: HashMap[Any, Any] = made_by(cls, HashMap)
        count(made, items, key)
        return made

    @overload
    @classmethod
    def reduced(
        cls, pairs: Iterable[tuple[K2, V2]], combine: Callable[[V2, V2], V2], /, *, key: None = None
    ) -> HashMap[K2, V2]: ...
    @overload
    @classmethod
    def reduced(
        cls, items: Iterable[V2], combine: Callable[[V2, V2], V2], /, *, key: Callable[[V2], K2]
    ) -> HashMap[K2, V2]: ...
    @classmethod
    def reduced(
        cls, pairs: Iterable[Any], combine: Any, /, *, key: Any = None
    ) -> HashMap[Any, Any]:
        """A map from each key to one value, made from two at a time by `combine`. O(number of pairs).

        With a function `key`, the values are the items themselves, and `key(item)` is the key of each.

        Raises `TypeError` or `ValueError` if an element is not a pair; the message says which. Raises what
        `combine` raises. Rust itertools' `into_grouping_map().reduce`, toolz' `reduceby`.

        >>> HashMap.reduced([("a", 3), ("b", 2), ("a", 4)], max)
        HashMap({'a': 4, 'b': 2})
        >>> HashMap.reduced(["to", "be", "not"], min, key=len)
        HashMap({2: 'be', 3: 'not'})
        """
        made: HashMap[Any, Any] = made_by(cls, HashMap)
        reduce(made, pairs, combine, key)
        return made

    @classmethod
    def merged(
        cls, parts: Iterable[Mapping[K2, V2]], combine: Callable[[V2, V2], V2], /
    ) -> HashMap[K2, V2]:
        """A map of the pairs of all `parts`; `combine` makes one value of two under the same key.

        O(number of pairs). If `combine` is associative, as `+` is, counting or grouping parts and merging
        the results is the same as counting or grouping the whole. A part may be any mapping. No part is
        changed, unless `combine` changes values. Haskell's `unionsWith`.

        >>> HashMap.merged([HashMap.counted("abra"), HashMap.counted("cadabra")], int.__add__)
        HashMap({'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1})
        """
        made: HashMap[Any, Any] = made_by(cls, HashMap)
        for part in parts:
            made.update_with(part, combine)
        return made

    @classmethod
    def with_capacity(cls, capacity: int, /) -> Self:
        """An empty map with a capacity of `capacity` keys or more. Raises `ValueError`, `OverflowError`.

        Rust's `with_capacity`.

        >>> HashMap[str, int].with_capacity(100)
        HashMap({})
        """
        made = made_by(cls, HashMap)
        reserve(made, "with_capacity", capacity)
        return made

    # -- lookup through an adapter ----------------------------------------------------------------

    # The third overload is for a lambda, whose argument type checkers then take to be a key. They would do
    # the same with a function that takes more than keys. The first two overloads are for such functions:
    # bytes after a prefix, and the class of the keys, as in `by(int)["5"]`.
    @overload
    def by(  # type: ignore[overload-overlap]  # It takes more than the third, of whose kind it is.
        self: HashMap[bytes, V], adapter: BytesPrefix[KeyView[bytes]], /
    ) -> Lookup[Buffer, bytes, V]: ...
    @overload
    def by(self, adapter: type[K], /) -> Lookup[Any, K, V]: ...
    @overload
    def by(self, adapter: Callable[[K], K | KeyView[K]], /) -> Lookup[K, K, V]: ...
    @overload
    def by(self, adapter: Callable[[A], K | KeyView[K]], /) -> Lookup[A, K, V]: ...
    def by(self, adapter: Callable[[Any], Any], /) -> Lookup[Any, Any, V]:
        """This map, looked up by an `A`, from which `adapter` makes a key or a view. O(1).

        Raises `TypeError` if `adapter` cannot be called. .NET's `GetAlternateLookup`, Zig's adapted
        functions.

        >>> short = HashMap({"_hello": 1}).by(prefixed("_"))
        >>> short["hello"]
        1
        """
        return adapted(self, adapter)

    # -- union ------------------------------------------------------------------------------------

    @overload
    def __or__(self, other: Mapping[K, V], /) -> Self: ...
    @overload
    def __or__(self, other: Mapping[K2, V2], /) -> HashMap[K | K2, V | V2]: ...
    def __or__(self, other: Mapping[Any, Any], /) -> HashMap[Any, Any]:
        """A copy of this map, updated from `other`. O(n)."""
        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    @overload
    def __ror__(self, other: Mapping[K, V], /) -> Self: ...
    @overload
    def __ror__(self, other: Mapping[K2, V2], /) -> HashMap[K | K2, V | V2]: ...
    def __ror__(self, other: Mapping[Any, Any], /) -> HashMap[Any, Any]:
        """A map of this class with the pairs of `other`, updated from this map. O(n)."""
        if not isinstance(other, Mapping):
            return NotImplemented
        return reversed_union(self, other)

    def __ior__(  # type: ignore[misc]  # as in typeshed: __ior__ takes what update takes, __or__ takes less
        self, other: SupportsKeysAndGetItem[K, V] | Iterable[tuple[K, V]], /
    ) -> Self:
        """Update this map from `other`. O(length of `other`)."""
        self.update(other)
        return self

    # -- repr -------------------------------------------------------------------------------------

    _repr_pretty_ = Hooks._repr_pretty_  # IPython looks for it beside __repr__.

    @recursive_repr("HashMap({...})")
    def __repr__(self) -> str:
        return shown(self)


specialize(HashMap)

#: Pickles that were made before there was a SortedMap have this name.
_made_with = made_with

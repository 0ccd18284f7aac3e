"""SortedMap: the class that users see; what makes it a mapping, on top of the backend's base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from keyview._backend import (
    Lookup,
    SortedMapBase,
    adapted,
    copied,
    count,
    group,
    reduce,
    specialize,
    split_off,
)
from keyview._hooks import Hooks
from keyview._mapping import PickledMap, fill_keys, made_by, reversed_union, shown
from keyview._protocols import Buffer, BytesPrefix, Ordered, SupportsKeysAndGetItem
from keyview._state import take_state
from keyview.views import KeyView

__all__ = ["SortedMap"]

A = TypeVar("A")
K = TypeVar("K", bound=Ordered)
V = TypeVar("V")
K2 = TypeVar("K2", bound=Ordered)
V2 = TypeVar("V2")


class SortedMap(SortedMapBase[K, V], PickledMap[K, V]):
    """A map in the order of its keys, with Rust's Entry API, looked up by keys or by views of them.

    Keys need a total order: of any two keys, one is less, or they are equal. They need no hash. It has every
    method of `dict`, with the same results and exceptions, and:

    - Several operations with one lookup: `entry`, `get_entry`; `get_or_insert_with`, `merge`.
    - Lookup: `get_key_value`, `get_many`, `by`.
    - Neighbours: `lower_entry`, `floor_entry`, `ceiling_entry`, `higher_entry`.
    - Ends: `first_entry`, `last_entry`, `pop_first`, `pop_last`; `popitem`, of either end.
    - Ranges: `range` between bounds or with a prefix, each a live `Range`; `split_off`.
    - Positions: `at`, `index_of`, `rank`.
    - Insertion: `insert`, `try_insert`, `update_with`.
    - Removal: `remove_entry`, `retain`, `extract_if`, `drain`.
    - Construction: `grouped`, `counted`, `reduced`, `merged`; `default_factory` for `or_default`.

    A query is a `K` or a `KeyView[K]`. A lookup evaluates `query < key` about log2 n times, then
    `query == key` once; of a view without `__lt__`, the key is built first. Rust's
    `std::collections::BTreeMap`.

    Raises `TypeError` or `ValueError` if an element of the source is not a pair, `OrderError` if a key has
    no place in the order.

    >>> m = SortedMap({"b": 2}, a=1)
    >>> m.entry("c").or_insert(3)
    3
    >>> m
    SortedMap({'a': 1, 'b': 2, 'c': 3})
    >>> list(m.range("b"))
    ['b', 'c']
    """

    __slots__ = ()

    if TYPE_CHECKING:
        # At run time the backend's base has this method, so that the native backend makes a map without
        # Python code. The overload without arguments comes first: else pyright reports
        # `or_insert_with(SortedMap)`.
        @overload
        def __init__(self, /) -> None: ...
        @overload
        def __init__(self, /, *, default_factory: Callable[[], V] | None) -> None: ...
        @overload
        def __init__(
            self: SortedMap[str, V],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
            **kwargs: V,
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
            self: SortedMap[str, V],
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
            self: SortedMap[str, V],
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
    def fromkeys(cls, keys: Iterable[K2], value: None = None, /) -> SortedMap[K2, Any | None]: ...
    @overload
    @classmethod
    def fromkeys(cls, keys: Iterable[K2], value: V2, /) -> SortedMap[K2, V2]: ...
    @classmethod
    def fromkeys(cls, keys: Iterable[Any], value: Any = None, /) -> SortedMap[Any, Any]:
        """A map of these keys, each with the same value. O(number of keys · log n).

        >>> SortedMap.fromkeys("ab", 0)
        SortedMap({'a': 0, 'b': 0})
        """
        made: SortedMap[Any, Any] = cls()
        fill_keys(made, SortedMapBase, keys, value)
        return made

    @overload
    @classmethod
    def grouped(
        cls, pairs: Iterable[tuple[K2, V2]], /, *, key: None = None
    ) -> SortedMap[K2, list[V2]]: ...
    @overload
    @classmethod
    def grouped(
        cls, items: Iterable[V2], /, *, key: Callable[[V2], K2]
    ) -> SortedMap[K2, list[V2]]: ...
    @classmethod
    def grouped(cls, pairs: Iterable[Any], /, *, key: Any = None) -> SortedMap[Any, Any]:
        """A map from each key to a list of the values that are paired with it. O(number of pairs · log n).

        With a function `key`, the values are the items themselves, and `key(item)` is the key of each.

        Raises `TypeError` or `ValueError` if an element is not a pair; the message says which. Rust
        itertools' `into_group_map`, and with `key` its `into_group_map_by`.

        >>> SortedMap.grouped([(2, "to"), (2, "be"), (3, "not")])
        SortedMap({2: ['to', 'be'], 3: ['not']})
        >>> SortedMap.grouped(["to", "be", "not"], key=len)
        SortedMap({2: ['to', 'be'], 3: ['not']})
        """
        made: SortedMap[Any, Any] = made_by(cls, SortedMap)
        group(made, pairs, key)
        return made

    @overload
    @classmethod
    def counted(cls, items: Iterable[K2], /, *, key: None = None) -> SortedMap[K2, int]: ...
    @overload
    @classmethod
    def counted(cls, items: Iterable[V2], /, *, key: Callable[[V2], K2]) -> SortedMap[K2, int]: ...
    @classmethod
    def counted(cls, items: Iterable[Any], /, *, key: Any = None) -> SortedMap[Any, int]:
        """A map from each item to the number of times it occurs. O(number of items · log n).

        With a function `key`, `key(item)` is counted instead of each item. Rust itertools' `counts` and
        `counts_by`.

        >>> SortedMap.counted("abracadabra")
        SortedMap({'a': 5, 'b': 2, 'c': 1, 'd': 1, 'r': 2})
        >>> SortedMap.counted(["to", "be", "not"], key=len)
        SortedMap({2: 2, 3: 1})
        """
        made: SortedMap[Any, Any] = made_by(cls, SortedMap)
        count(made, items, key)
        return made

    @overload
    @classmethod
    def reduced(
        cls, pairs: Iterable[tuple[K2, V2]], combine: Callable[[V2, V2], V2], /, *, key: None = None
    ) -> SortedMap[K2, V2]: ...
    @overload
    @classmethod
    def reduced(
        cls, items: Iterable[V2], combine: Callable[[V2, V2], V2], /, *, key: Callable[[V2], K2]
    ) -> SortedMap[K2, V2]: ...
    @classmethod
    def reduced(
        cls, pairs: Iterable[Any], combine: Any, /, *, key: Any = None
    ) -> SortedMap[Any, Any]:
        """A map from each key to one value, made from two at a time by `combine`. O(number of pairs · log n).

        With a function `key`, the values are the items themselves, and `key(item)` is the key of each.

        Raises `TypeError` or `ValueError` if an element is not a pair; the message says which. Raises what
        `combine` raises. Rust itertools' `into_grouping_map().reduce`, toolz' `reduceby`.

        >>> SortedMap.reduced([("a", 3), ("b", 2), ("a", 4)], max)
        SortedMap({'a': 4, 'b': 2})
        >>> SortedMap.reduced(["to", "be", "not"], min, key=len)
        SortedMap({2: 'be', 3: 'not'})
        """
        made: SortedMap[Any, Any] = made_by(cls, SortedMap)
        reduce(made, pairs, combine, key)
        return made

    @classmethod
    def merged(
        cls, parts: Iterable[Mapping[K2, V2]], combine: Callable[[V2, V2], V2], /
    ) -> SortedMap[K2, V2]:
        """A map of the pairs of all `parts`; `combine` makes one value of two under the same key.

        O(number of pairs · log n). If `combine` is associative, as `+` is, counting or grouping parts and
        merging the results is the same as counting or grouping the whole. A part may be any mapping. No part
        is changed, unless `combine` changes values. Haskell's `unionsWith`.

        >>> SortedMap.merged([SortedMap.counted("abra"), SortedMap.counted("cadabra")], int.__add__)
        SortedMap({'a': 5, 'b': 2, 'c': 1, 'd': 1, 'r': 2})
        """
        made: SortedMap[Any, Any] = made_by(cls, SortedMap)
        for part in parts:
            made.update_with(part, combine)
        return made

    def copy(self) -> Self:
        """A shallow copy, of the same class and with the same `default_factory`. O(n).

        No key is compared. The attributes of a subclass are copied too.

        >>> SortedMap({"a": 1}).copy()
        SortedMap({'a': 1})
        """
        made = copied(self)
        if type(self) is not SortedMap:
            take_state(made, self)
        return made

    __copy__ = copy

    def split_off(self, query: K | KeyView[K], /) -> Self:
        """Move the keys that are not less than `query` into a new map, of the same class. O(n).

        It has the same `default_factory`. Rust's `split_off`.

        >>> m = SortedMap({1: "a", 2: "b", 3: "c"})
        >>> m.split_off(2), m
        (SortedMap({2: 'b', 3: 'c'}), SortedMap({1: 'a'}))
        """
        made = split_off(self, query)
        if type(self) is not SortedMap:
            take_state(made, self)
        return made

    # -- lookup through an adapter ----------------------------------------------------------------

    # See HashMap.by.
    @overload
    def by(
        self: SortedMap[bytes, V], adapter: BytesPrefix[KeyView[bytes]], /
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

        >>> short = SortedMap({"_hello": 1}).by(prefixed("_"))
        >>> short["hello"]
        1
        """
        return adapted(self, adapter)

    # -- union ------------------------------------------------------------------------------------

    @overload
    def __or__(self, other: Mapping[K, V], /) -> Self: ...
    @overload
    def __or__(self, other: Mapping[K2, V2], /) -> SortedMap[K | K2, V | V2]: ...
    def __or__(self, other: Mapping[Any, Any], /) -> SortedMap[Any, Any]:
        """A copy of this map, updated from `other`. O(n)."""
        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    @overload
    def __ror__(self, other: Mapping[K, V], /) -> Self: ...
    @overload
    def __ror__(self, other: Mapping[K2, V2], /) -> SortedMap[K | K2, V | V2]: ...
    def __ror__(self, other: Mapping[Any, Any], /) -> SortedMap[Any, Any]:
        """A map of this class with the pairs of `other`, updated from this map. O(n)."""
        if not isinstance(other, Mapping):
            return NotImplemented
        return reversed_union(self, other)

    def __ior__(  # type: ignore[misc]  # as in typeshed: it takes what update takes, __or__ less
        self, other: SupportsKeysAndGetItem[K, V] | Iterable[tuple[K, V]], /
    ) -> Self:
        """Update this map from `other`. O(length of `other`)."""
        self.update(other)
        return self

    # -- repr -------------------------------------------------------------------------------------

    _repr_pretty_ = Hooks._repr_pretty_  # IPython looks for it beside __repr__.

    @recursive_repr("SortedMap({...})")
    def __repr__(self) -> str:
        return shown(self)


specialize(SortedMap)

"""SortedSet: the class that users see; what makes it a set, on top of the backend's base."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from keyview._backend import (
    SetLookup,
    SortedSetBase,
    adapted_set,
    copied_set,
    specialize_set,
    split_off_set,
)
from keyview._protocols import Buffer, BytesPrefix, Ordered
from keyview._set import PickledSet
from keyview._state import take_state
from keyview.views import KeyView

__all__ = ["SortedSet"]

A = TypeVar("A")
T = TypeVar("T", bound=Ordered)
T2 = TypeVar("T2", bound=Ordered)


class SortedSet(SortedSetBase[T], PickledSet[T]):
    """A set in the order of its elements, looked up by elements or by views of them.

    Elements need a total order, as the keys of a `SortedMap`, but no hash. Everything a `set` has, with a
    `set`'s results and exceptions, and:

    - Lookup: `in`, `get`, `by`; `lower`, `floor`, `ceiling`, `higher`; `first`, `last`.
    - Insertion: `add`, `insert`, `get_or_insert`, `replace`, `update`.
    - Removal: `remove`, `discard`, `take`, `pop` (the greatest), `pop_first`, `pop_last`, `clear`, `retain`,
      `extract_if`, `drain`.
    - Ranges: `range` between bounds or with a prefix, each a live `SetRange`; `split_off`.
    - Positions: `at`, `index_of`, `rank`; `reversed`.
    - Algebra: that of `set`. Two sorted sets are merged. In any other set, the elements of this one are
      looked up, so the elements there need no order.

    Rust's `std::collections::BTreeSet`.

    >>> s = SortedSet(["b", "a", "b"])
    >>> s
    SortedSet({'a', 'b'})
    >>> s | {"0"}
    SortedSet({'0', 'a', 'b'})
    """

    __slots__ = ()

    if TYPE_CHECKING:
        # At run time, all of these are the backend's, which does not know the name of this class.
        @overload
        def __init__(self, /) -> None: ...
        @overload
        def __init__(self, source: Iterable[T], /) -> None: ...
        def __init__(self, source: Any = (), /) -> None: ...

        @overload
        def union(self, *others: Iterable[T]) -> Self: ...
        @overload
        def union(self, *others: Iterable[T2]) -> SortedSet[T | T2]: ...
        def union(self, *others: Iterable[Any]) -> Any: ...  # noqa: D102
        @overload
        def symmetric_difference(self, other: Iterable[T], /) -> Self: ...
        @overload
        def symmetric_difference(self, other: Iterable[T2], /) -> SortedSet[T | T2]: ...
        def symmetric_difference(self, other: Iterable[Any], /) -> Any: ...  # noqa: D102
        @overload  # type: ignore[override]  # elements of a sorted set must have an order
        def __or__(self, other: AbstractSet[T], /) -> Self: ...
        @overload
        def __or__(self, other: AbstractSet[T2], /) -> SortedSet[T | T2]: ...
        def __or__(self, other: AbstractSet[Any], /) -> Any: ...
        @overload
        def __ror__(self, other: AbstractSet[T], /) -> Self: ...
        @overload
        def __ror__(self, other: AbstractSet[T2], /) -> SortedSet[T | T2]: ...  # type: ignore[misc]
        def __ror__(self, other: AbstractSet[Any], /) -> Any: ...
        def __and__(self, other: AbstractSet[object], /) -> Self: ...
        def __rand__(self, other: AbstractSet[T2], /) -> SortedSet[T2]: ...
        def __sub__(self, other: AbstractSet[object], /) -> Self: ...
        def __rsub__(self, other: AbstractSet[T2], /) -> SortedSet[T2]: ...
        @overload  # type: ignore[override]  # as __or__
        def __xor__(self, other: AbstractSet[T], /) -> Self: ...
        @overload
        def __xor__(self, other: AbstractSet[T2], /) -> SortedSet[T | T2]: ...
        def __xor__(self, other: AbstractSet[Any], /) -> Any: ...
        @overload
        def __rxor__(self, other: AbstractSet[T], /) -> Self: ...
        @overload
        def __rxor__(self, other: AbstractSet[T2], /) -> SortedSet[T | T2]: ...  # type: ignore[misc]
        def __rxor__(self, other: AbstractSet[Any], /) -> Any: ...

    # -- copies and parts -------------------------------------------------------------------------

    def copy(self) -> Self:
        """A shallow copy, of the same class. O(n).

        No element is compared. The attributes of a subclass are copied too.

        >>> SortedSet(["a"]).copy()
        SortedSet({'a'})
        """
        made = copied_set(self)
        if type(self) is not SortedSet:
            take_state(made, self)
        return made

    __copy__ = copy

    def split_off(self, query: T | KeyView[T], /) -> Self:
        """Move the elements that are not less than `query` into a new set, of the same class. O(n).

        Rust's `split_off`.

        >>> s = SortedSet([1, 2, 3])
        >>> s.split_off(2), s
        (SortedSet({2, 3}), SortedSet({1}))
        """
        made = split_off_set(self, query)
        if type(self) is not SortedSet:
            take_state(made, self)
        return made

    # -- lookup through an adapter ----------------------------------------------------------------

    # See HashMap.by.
    @overload
    def by(
        self: SortedSet[bytes], adapter: BytesPrefix[KeyView[bytes]], /
    ) -> SetLookup[Buffer, bytes]: ...
    @overload
    def by(self, adapter: type[T], /) -> SetLookup[Any, T]: ...
    @overload
    def by(self, adapter: Callable[[T], T | KeyView[T]], /) -> SetLookup[T, T]: ...
    @overload
    def by(self, adapter: Callable[[A], T | KeyView[T]], /) -> SetLookup[A, T]: ...
    def by(self, adapter: Callable[[Any], Any], /) -> SetLookup[Any, Any]:
        """This set, looked up by an `A`, from which `adapter` makes an element or a view. O(1).

        Raises `TypeError` if `adapter` cannot be called. .NET's `GetAlternateLookup`, Zig's adapted
        functions.

        >>> short = SortedSet(["_hello"]).by(prefixed("_"))
        >>> short.get("hello")
        '_hello'
        """
        return adapted_set(self, adapter)


specialize_set(SortedSet)

"""HashSet: the class that users see; what makes it a set, on top of the backend's Set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from keyview._backend import (
    Set,
    SetLookup,
    adapted_set,
    copied_set,
    reserve_set,
    specialize_set,
)
from keyview._messages import not_a_set
from keyview._protocols import Buffer, BytesPrefix
from keyview._set import PickledSet
from keyview._state import take_state
from keyview.views import KeyView

__all__ = ["HashSet"]

A = TypeVar("A")
T = TypeVar("T")
T2 = TypeVar("T2")


class HashSet(Set[T], PickledSet[T]):
    """An insertion-ordered hash set that is looked up by elements or by views of them.

    Everything a `set` has, with a `set`'s results and exceptions, and:

    - Lookup: `in`, `get`, `by`.
    - Insertion: `add`, `insert`, `get_or_insert` (interning), `replace`, `update`.
    - Removal: `remove`, `discard`, `take`, `pop` (the last), `swap_remove`, `clear`, `retain`, `extract_if`,
      `drain`.
    - Algebra: `union`, `intersection`, `difference`, `symmetric_difference` with any iterables, their
      `..._update`, and `|`, `&`, `-`, `^` with sets on either side; `issubset`, `issuperset`, `isdisjoint`,
      `==`, `<=`, `<`.
    - Position: `first`, `last`, `at`, `index_of`, `move_to_end`, `sort`; `reversed`.
    - Construction: from an iterable; `with_capacity`, `copy`.
    - Capacity: `capacity`, `reserve`, `shrink_to_fit`.

    A query is a `T` or a `KeyView[T]`. What is stored is the element, never the view. Operations of two
    HashSets hash no element. Rust's `std::collections::HashSet`, in indexmap's order.

    >>> s = HashSet(["b", "a", "b"])
    >>> s
    HashSet({'b', 'a'})
    >>> s | {"c"}
    HashSet({'b', 'a', 'c'})
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
        def union(self, *others: Iterable[T2]) -> HashSet[T | T2]: ...
        def union(self, *others: Iterable[Any]) -> Any: ...  # noqa: D102
        @overload
        def symmetric_difference(self, other: Iterable[T], /) -> Self: ...
        @overload
        def symmetric_difference(self, other: Iterable[T2], /) -> HashSet[T | T2]: ...
        def symmetric_difference(self, other: Iterable[Any], /) -> Any: ...  # noqa: D102
        @overload
        def __or__(self, other: AbstractSet[T], /) -> Self: ...
        @overload
        def __or__(self, other: AbstractSet[T2], /) -> HashSet[T | T2]: ...
        def __or__(self, other: AbstractSet[Any], /) -> Any: ...
        @overload
        def __ror__(self, other: AbstractSet[T], /) -> Self: ...
        @overload
        def __ror__(self, other: AbstractSet[T2], /) -> HashSet[T | T2]: ...  # type: ignore[misc]
        def __ror__(self, other: AbstractSet[Any], /) -> Any: ...
        def __and__(self, other: AbstractSet[object], /) -> Self: ...
        def __rand__(self, other: AbstractSet[T2], /) -> HashSet[T2]: ...  # type: ignore[misc]
        def __sub__(self, other: AbstractSet[object], /) -> Self: ...
        def __rsub__(self, other: AbstractSet[T2], /) -> HashSet[T2]: ...  # type: ignore[misc]
        @overload
        def __xor__(self, other: AbstractSet[T], /) -> Self: ...
        @overload
        def __xor__(self, other: AbstractSet[T2], /) -> HashSet[T | T2]: ...
        def __xor__(self, other: AbstractSet[Any], /) -> Any: ...
        @overload
        def __rxor__(self, other: AbstractSet[T], /) -> Self: ...
        @overload
        def __rxor__(self, other: AbstractSet[T2], /) -> HashSet[T | T2]: ...  # type: ignore[misc]
        def __rxor__(self, other: AbstractSet[Any], /) -> Any: ...

    # -- construction -----------------------------------------------------------------------------

    @classmethod
    def with_capacity(cls, capacity: int, /) -> Self:
        """An empty set with a capacity of `capacity` elements or more. Raises `ValueError`, `OverflowError`.

        Rust's `with_capacity`.

        >>> HashSet[str].with_capacity(100)
        HashSet()
        """
        made = cls()
        if not isinstance(made, HashSet):  # A class may have a `__new__` of its own.
            raise not_a_set(cls, made, "HashSet")
        reserve_set(made, "with_capacity", capacity)
        return made

    def copy(self) -> Self:
        """A shallow copy, of the same class. O(n).

        No element is hashed. The attributes of a subclass are copied too.

        >>> HashSet(["a"]).copy()
        HashSet({'a'})
        """
        made = copied_set(self)
        if type(self) is not HashSet:
            take_state(made, self)
        return made

    __copy__ = copy

    # -- lookup through an adapter ----------------------------------------------------------------

    # See HashMap.by.
    @overload
    def by(
        self: HashSet[bytes], adapter: BytesPrefix[KeyView[bytes]], /
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

        >>> short = HashSet(["_hello"]).by(prefixed("_"))
        >>> short.get("hello")
        '_hello'
        """
        return adapted_set(self, adapter)


specialize_set(HashSet)

"""SortedSet: the class that users see; what makes it a set, on top of the backend's base."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, MutableSet
from collections.abc import Set as AbstractSet
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from keyview._backend import (
    SetLookup,
    SortedSetBase,
    adapted_set,
    copied_set,
    specialize_set,
    split_off_set,
)
from keyview._hooks import Hooks
from keyview._protocols import Buffer, BytesPrefix, Ordered
from keyview._state import set_state
from keyview.views import KeyView

__all__ = ["SortedSet"]

A = TypeVar("A")
T = TypeVar("T", bound=Ordered)
T2 = TypeVar("T2", bound=Ordered)
S = TypeVar("S", bound="SortedSet[Any]")


class SortedSet(SortedSetBase[T], Hooks, MutableSet[T]):
    """A set in the order of its elements, looked up by elements or by views of them.

    Elements need no hash, but a total order, as the keys of a `SortedMap`. Everything a `set` has, with a
    `set`'s results and exceptions, and:

    - Lookup: `in`, `get`, `by`; `lower`, `floor`, `ceiling`, `higher`; `first`, `last`.
    - Insertion: `add`, `insert`, `get_or_insert`, `replace`, `update`.
    - Removal: `remove`, `discard`, `take`, `pop` (the greatest), `pop_first`, `pop_last`, `clear`, `retain`,
      `extract_if`, `drain`.
    - Ranges: `range` between bounds or behind a prefix, each a live `SetRange`; `split_off`.
    - Positions: `at`, `index_of`, `rank`; `reversed`.
    - Algebra: that of `set`. Two sorted sets are merged. Of any other set it is asked whether that one has an
      element of ours: nothing need compare with what is there.

    Rust's `std::collections::BTreeSet`.

    >>> s = SortedSet(["b", "a", "b"])
    >>> s
    SortedSet({'a', 'b'})
    >>> s | {"0"}
    SortedSet({'0', 'a', 'b'})
    """

    __slots__ = ()

    if TYPE_CHECKING:
        # At run time all of this is the backend's, which does not know the name of this class.
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
            state: Any = self.__getstate__()
            if state is not None:
                made.__setstate__(state)
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
            state: Any = self.__getstate__()
            if state is not None:
                made.__setstate__(state)
        return made

    # -- lookup through an adapter ----------------------------------------------------------------

    # The second is for a lambda: it takes an element; see HashMap.by.
    @overload
    def by(
        self: SortedSet[bytes], adapter: BytesPrefix[KeyView[bytes]], /
    ) -> SetLookup[Buffer, bytes]: ...
    @overload
    def by(self, adapter: Callable[[T], T | KeyView[T]], /) -> SetLookup[T, T]: ...
    @overload
    def by(self, adapter: Callable[[A], T | KeyView[T]], /) -> SetLookup[A, T]: ...
    def by(self, adapter: Callable[[Any], Any], /) -> SetLookup[Any, Any]:
        """This set, to be looked up by an `A`: whatever `adapter` makes an element or a view of. O(1).

        Raises `TypeError` if `adapter` cannot be called. .NET's `GetAlternateLookup`, Zig's adapted
        functions.

        >>> short = SortedSet(["_hello"]).by(prefixed("_"))
        >>> short.get("hello")
        '_hello'
        """
        return adapted_set(self, adapter)

    # -- repr and pickle --------------------------------------------------------------------------

    _repr_pretty_ = Hooks._repr_pretty_  # IPython looks for it beside __repr__.

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(self)})"

    def __setstate__(self, state: Any) -> None:
        """Takes what `__getstate__` returns, or, from a pickle, the elements with it."""
        if isinstance(state, tuple) and len(state) == 2 and isinstance(state[0], list):
            elements, state = state
            SortedSetBase.update(self, elements)
        if state is not None:
            set_state(self, state)

    def __reduce__(self) -> tuple[Any, ...]:
        # One form for every protocol and both backends. The elements come with the state, so that they may
        # have the set as an attribute; but before it, where a subclass takes its state in its own way.
        state: object = self.__getstate__()
        if type(self).__setstate__ is SortedSet.__setstate__:
            make = copyreg.__newobj__  # type: ignore[attr-defined]
            return make, (type(self),), (list(self), state)
        return made_of, (type(self), list(self)), state


specialize_set(SortedSet)


def made_of(cls: type[S], elements: Iterable[Any]) -> S:
    """A set of these elements, for `pickle` and `copy`; pickles name this function."""
    made = cls.__new__(cls)
    SortedSetBase.update(made, elements)
    return made


@recursive_repr("...")
def shown(set_: SortedSet[Any]) -> str:
    """The elements in braces; nothing if there are none."""
    return f"{{{', '.join(map(repr, list(set_)))}}}" if set_ else ""

"""HashSet: the class that users see; what makes it a set, on top of the backend's Set."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, MutableSet
from collections.abc import Set as AbstractSet
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from keyview._backend import (
    Set,
    SetLookup,
    adapted_set,
    copied_set,
    reserve_set,
    specialize_set,
)
from keyview._hooks import Hooks
from keyview._messages import not_a_set
from keyview._protocols import Buffer, BytesPrefix
from keyview._state import set_state
from keyview.views import KeyView

__all__ = ["HashSet"]

A = TypeVar("A")
T = TypeVar("T")
T2 = TypeVar("T2")
S = TypeVar("S", bound="HashSet[Any]")


class HashSet(Set[T], Hooks, MutableSet[T]):
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
    - Room: `capacity`, `reserve`, `shrink_to_fit`.

    Lookups take a `T` or a `KeyView[T]`, and store the element, never the view. Between two of these sets no
    hash is asked for again. Rust's `std::collections::HashSet`, in indexmap's order.

    >>> s = HashSet(["b", "a", "b"])
    >>> s
    HashSet({'b', 'a'})
    >>> s | {"c"}
    HashSet({'b', 'a', 'c'})
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
        """An empty set with room for `capacity` elements. Raises `ValueError`, `OverflowError`.

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
            state: Any = self.__getstate__()
            if state is not None:
                made.__setstate__(state)
        return made

    __copy__ = copy

    # -- lookup through an adapter ----------------------------------------------------------------

    # The second is for a lambda: it takes an element; see HashMap.by.
    @overload
    def by(
        self: HashSet[bytes], adapter: BytesPrefix[KeyView[bytes]], /
    ) -> SetLookup[Buffer, bytes]: ...
    @overload
    def by(self, adapter: Callable[[T], T | KeyView[T]], /) -> SetLookup[T, T]: ...
    @overload
    def by(self, adapter: Callable[[A], T | KeyView[T]], /) -> SetLookup[A, T]: ...
    def by(self, adapter: Callable[[Any], Any], /) -> SetLookup[Any, Any]:
        """This set, to be looked up by an `A`: whatever `adapter` makes an element or a view of. O(1).

        Raises `TypeError` if `adapter` cannot be called. .NET's `GetAlternateLookup`, Zig's adapted
        functions.

        >>> short = HashSet(["_hello"]).by(prefixed("_"))
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
            Set.update(self, elements)
        if state is not None:
            set_state(self, state)

    def __reduce__(self) -> tuple[Any, ...]:
        # One form for every protocol and both backends. The elements come with the state, so that they may
        # have the set as an attribute; but before it, where a subclass takes its state in its own way.
        state: object = self.__getstate__()
        if type(self).__setstate__ is HashSet.__setstate__:
            make = copyreg.__newobj__  # type: ignore[attr-defined]
            return make, (type(self),), (list(self), state)
        return made_of, (type(self), list(self)), state


specialize_set(HashSet)


def made_of(cls: type[S], elements: Iterable[Any]) -> S:
    """A set of these elements, for `pickle` and `copy`; pickles name this function."""
    made = cls.__new__(cls)
    Set.update(made, elements)
    return made


@recursive_repr("...")
def shown(set_: HashSet[Any]) -> str:
    """The elements in braces; nothing if there are none."""
    return f"{{{', '.join(map(repr, list(set_)))}}}" if set_ else ""

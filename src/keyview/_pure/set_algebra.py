"""SetAlgebra: what every set does, whatever its storage: `union`, `&`, `<=` and the like.

This class calls the few methods of a storage that `ElementStorage` lists. As those of `set`, the named
methods take any iterables, and the operators take sets only. The order of a result is that of the left
operand, then that of the right one; of two equal elements, the result has the left one.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypeVar

from keyview._messages import not_a_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ElementStorage", "SetAlgebra", "elements_of", "found_in", "give_elements", "made_like"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
S = TypeVar("S", bound="SetAlgebra[Any]")


class ElementStorage(Protocol[T_co]):
    """The methods of a storage that the operations of a set call.

    A source is any iterable. A set of the same class knows what need not be computed again, such as the
    hashes of its elements.
    """

    #: The name of a set with such a storage, for messages.
    name: str

    def __len__(self) -> int: ...

    def holds_all(self, source: Iterable[Any], /) -> bool:
        """Whether every element of the source finds one; the first that does not ends the search."""
        ...

    def holds_any(self, source: Iterable[Any], /) -> bool:
        """Whether an element of the source finds one; the first that does ends the search."""
        ...

    def within(self, other: AbstractSet[Any], /) -> bool:
        """Whether every element is found in the other set, which is at least as large."""
        ...

    def empty(self) -> Self:
        """A new storage of this class, without elements."""
        ...

    def copied(self) -> Self:
        """A new storage with the same elements, which are not hashed or compared."""
        ...

    def add_all(self, source: Iterable[Any], /) -> None:
        """Add every element of the source; if one raises, those before it have been added."""
        ...

    def discard_each(self, source: Iterable[Any], /) -> None:
        """Remove every element that one of the source finds; if one raises, those before it are removed."""
        ...

    def common(self, source: Iterable[Any], /) -> Self:
        """A new storage with the elements that one of the source finds, in the order they have here."""
        ...

    def without(self, source: Iterable[Any], /) -> Self:
        """A new storage with the elements that none of the source finds."""
        ...

    def exclusive(self, source: Iterable[Any], /) -> Self:
        """A new storage with the elements that are only here, then those that are only in the source."""
        ...

    def discard_all(self) -> object:
        """Remove every element, and return them all, so that none is released before all are removed."""
        ...

    def become(self, other: Any, /) -> object:
        """Take the elements of another storage, which nobody else has. Returns the old elements."""
        ...


#: The storage of a set; the set has it under a name that no subclass uses by chance.
elements_of: Callable[[SetAlgebra[Any]], Any] = attrgetter("_SetAlgebra__elements")


def give_elements(set_: SetAlgebra[Any], elements: ElementStorage[Any]) -> None:
    """Give a new set its storage."""
    set_._SetAlgebra__elements = elements  # type: ignore[attr-defined]


def made_like(set_: S, elements: ElementStorage[Any]) -> S:
    """A new set of the class of `set_`, with these elements."""
    cls = type(set_)
    made = cls.__new__(cls)
    storage = elements_of(made) if isinstance(made, SetAlgebra) else None
    if type(storage) is not type(elements):  # A class may have a `__new__` of its own.
        raise not_a_set(cls, made, elements.name)
    elements_of(made).become(elements)
    return made


def found_in(other: AbstractSet[Any], element: object) -> bool:
    """Whether another set has this element. An element that cannot be looked up there is not there."""
    try:
        return element in other
    except TypeError:
        return False


class SetAlgebra(Generic[T]):
    """The operations that sets have in common; see the head of this file."""

    __slots__ = ("__elements", "__weakref__")
    __elements: ElementStorage[T]

    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[T]: ...
        def __contains__(self, query: object, /) -> bool: ...

    def __len__(self) -> int:
        """The number of elements. O(1)."""
        return len(self.__elements)

    # -- named: with any iterables ----------------------------------------------------------------

    def union(self, *others: Iterable[Any]) -> Any:
        """A new set with the elements of this set and of all the others. O(number of elements).

        >>> HashSet([1, 2]).union([3], (2, 4))
        HashSet({1, 2, 3, 4})
        """
        made = self.__elements.copied()
        for other in others:
            made.add_all(other)
        return made_like(self, made)

    def intersection(self, *others: Iterable[Any]) -> Self:
        """A new set with the elements of this set that are in all the others, too. O(number of elements).

        >>> HashSet([1, 2, 3]).intersection([3, 2, 9])
        HashSet({2, 3})
        """
        made = self.__elements if others else self.__elements.copied()
        for other in others:
            made = made.common(other)
        return made_like(self, made)

    def difference(self, *others: Iterable[Any]) -> Self:
        """A new set with the elements of this set that are in none of the others. O(number of elements).

        >>> HashSet([1, 2, 3]).difference([2], [9])
        HashSet({1, 3})
        """
        made = self.__elements if others else self.__elements.copied()
        for other in others:
            made = made.without(other)
        return made_like(self, made)

    def symmetric_difference(self, other: Iterable[Any], /) -> Any:
        """A new set with the elements that are in this set or in the other, but not in both.

        O(number of elements).

        >>> HashSet([1, 2, 3]).symmetric_difference([3, 4])
        HashSet({1, 2, 4})
        """
        return made_like(self, self.__elements.exclusive(other))

    def intersection_update(self, *others: Iterable[Any]) -> None:
        """Keep only the elements that are in all the others, too. O(number of elements).

        >>> s = HashSet([1, 2, 3])
        >>> s.intersection_update([3, 2, 9])
        >>> s
        HashSet({2, 3})
        """
        made = self.__elements
        for other in others:
            made = made.common(other)
        if made is not self.__elements:
            self.__elements.become(made)

    def difference_update(self, *others: Iterable[Any]) -> None:
        """Remove the elements that are in any of the others. O(number of their elements).

        >>> s = HashSet([1, 2, 3])
        >>> s.difference_update([2], [9])
        >>> s
        HashSet({1, 3})
        """
        for other in others:
            if other is self:
                self.__elements.discard_all()
            else:
                self.__elements.discard_each(other)

    def symmetric_difference_update(self, other: Iterable[T], /) -> None:
        """Remove the elements that are in the other, too, and add those that are only there.

        O(number of elements).

        >>> s = HashSet([1, 2, 3])
        >>> s.symmetric_difference_update([3, 4])
        >>> s
        HashSet({1, 2, 4})
        """
        self.__elements.become(self.__elements.exclusive(other))

    def issubset(self, other: Iterable[Any], /) -> bool:
        """Whether every element is in the other, too. O(number of elements).

        >>> HashSet([1, 2]).issubset([3, 2, 1])
        True
        """
        if isinstance(other, AbstractSet):
            return SetAlgebra.__le__(self, other)
        return len(self.__elements.common(other)) == len(self.__elements)

    def issuperset(self, other: Iterable[Any], /) -> bool:
        """Whether every element of the other is in this set, too. O(number of its elements).

        >>> HashSet([1, 2, 3]).issuperset([2, 1])
        True
        """
        return self.__elements.holds_all(other)

    def isdisjoint(self, other: Iterable[Any], /) -> bool:
        """Whether no element of the other is in this set. O(number of its elements).

        >>> HashSet([1, 2]).isdisjoint([3, 4])
        True
        """
        return not self.__elements.holds_any(other)

    # -- operators: with sets ---------------------------------------------------------------------

    def __or__(self, other: AbstractSet[Any], /) -> Any:
        return SetAlgebra.union(self, other) if isinstance(other, AbstractSet) else NotImplemented

    def __ror__(self, other: AbstractSet[Any], /) -> Any:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        made = self.__elements.empty()
        made.add_all(other)
        made.add_all(self)
        return made_like(self, made)

    def __and__(self, other: AbstractSet[Any], /) -> Self:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        return SetAlgebra.intersection(self, other)

    def __rand__(self, other: AbstractSet[Any], /) -> Self:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        theirs = self.__elements.empty()
        theirs.add_all(other)
        return made_like(self, theirs.common(self))

    def __sub__(self, other: AbstractSet[Any], /) -> Self:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        return SetAlgebra.difference(self, other)

    def __rsub__(self, other: AbstractSet[Any], /) -> Any:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        theirs = self.__elements.empty()
        theirs.add_all(other)
        return made_like(self, theirs.without(self))

    def __xor__(self, other: AbstractSet[Any], /) -> Any:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        return SetAlgebra.symmetric_difference(self, other)

    def __rxor__(self, other: AbstractSet[Any], /) -> Any:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        theirs = self.__elements.empty()
        theirs.add_all(other)
        return made_like(self, theirs.exclusive(self))

    def __ior__(self, other: AbstractSet[T], /) -> Self:  # type: ignore[misc]  # as in typeshed
        if not isinstance(other, AbstractSet):
            return NotImplemented
        self.__elements.add_all(other)
        return self

    def __iand__(self, other: AbstractSet[Any], /) -> Self:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        SetAlgebra.intersection_update(self, other)
        return self

    def __isub__(self, other: AbstractSet[Any], /) -> Self:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        SetAlgebra.difference_update(self, other)
        return self

    def __ixor__(self, other: AbstractSet[T], /) -> Self:  # type: ignore[misc]  # as in typeshed
        if not isinstance(other, AbstractSet):
            return NotImplemented
        SetAlgebra.symmetric_difference_update(self, other)
        return self

    # -- comparison: with any set -----------------------------------------------------------------

    def __eq__(self, other: object, /) -> bool:
        """Whether `other` is a set with equal elements, in any order. O(n)."""
        if not isinstance(other, AbstractSet):
            return NotImplemented
        return len(self) == len(other) and self.__elements.within(other)

    def __le__(self, other: AbstractSet[Any], /) -> bool:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        return len(self) <= len(other) and self.__elements.within(other)

    def __lt__(self, other: AbstractSet[Any], /) -> bool:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        return len(self) < len(other) and self.__elements.within(other)

    def __ge__(self, other: AbstractSet[Any], /) -> bool:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        return len(self) >= len(other) and self.__elements.holds_all(other)

    def __gt__(self, other: AbstractSet[Any], /) -> bool:
        if not isinstance(other, AbstractSet):
            return NotImplemented
        return len(self) > len(other) and self.__elements.holds_all(other)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]


# Else `object.__getstate__` would take the storage for an attribute of a subclass, and a copy would share it.
type.__delattr__(SetAlgebra, "__slots__")

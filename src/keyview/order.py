"""Ordered, OrderedBorrow and Reverse: what is asked of keys that are sorted, and what helps them."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, runtime_checkable

from keyview._backend import Reverse
from keyview._protocols import Ordered
from keyview.views import Borrow

__all__ = ["Ordered", "OrderedBorrow", "Reverse"]

Q = TypeVar("Q", bound=Ordered)


# Invariant, as Borrow is.
@runtime_checkable
class OrderedBorrow(Borrow[Q], Protocol[Q]):  # type: ignore[misc]  # pyright: ignore[reportInvalidTypeVarUse]
    """What the class of a sorted collection's keys declares when its keys may also be found by a `Q`.

    Subclass it and write `__borrow__`; `__lt__` and `__gt__` follow from it, beside what `Borrow` supplies.
    The law, for a key `k` and any lookup `q` of type `Q`: that of `Borrow`, and ``k < q`` exactly when
    ``k.__borrow__() < q``. The lookup is asked, and asks the key in turn: ``"a" < Host("b")`` reaches
    ``Host.__gt__``.

    >>> class Host(OrderedBorrow[str]):
    ...     def __init__(self, name: str) -> None:
    ...         self.name = name.lower()
    ...     def __borrow__(self) -> str:
    ...         return self.name
    >>> ports: SortedMap[Host, int] = SortedMap([(Host("B.example"), 80), (Host("A.example"), 22)])
    >>> ports["a.example"], ports.rank("b")
    (22, 1)
    """

    __slots__ = ()

    # Of the other only what Q has is asked, so that two such keys compare: each is reduced to a Q in turn.
    def __lt__(self, other: object, /) -> bool:
        return self.__borrow__() < other

    def __gt__(self, other: object, /) -> bool:
        mine: Any = self.__borrow__()
        return bool(mine > other)

"""Ordered, OrderedBorrow and Reverse: what the keys of sorted collections must have, and helpers."""

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
    """A base for the class of a sorted collection's keys, if they may also be found by a `Q`.

    Subclass it and define `__borrow__`; `OrderedBorrow` adds `__lt__` and `__gt__` to what `Borrow` adds.
    The law, for a key `k` and any query `q` of type `Q`: that of `Borrow`, and ``k < q`` exactly when
    ``k.__borrow__() < q``. A search evaluates ``q < k``, for which Python calls the key's ``__gt__`` if the
    query's ``__lt__`` does not know the key.

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

    # `other` may be such a key, too: then Q's method does not know it, and Python calls the one of `other`.
    def __lt__(self, other: object, /) -> bool:
        return self.__borrow__() < other

    def __gt__(self, other: object, /) -> bool:
        mine: Any = self.__borrow__()
        return bool(mine > other)

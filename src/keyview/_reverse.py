"""Reverse: a key that orders backwards. Both backends have this one."""

from __future__ import annotations

from types import GenericAlias
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, final

from keyview._final import final_class
from keyview._hooks import ReverseHooks
from keyview._protocols import Ordered

__all__ = ["Reverse"]

K = TypeVar("K", bound=Ordered)


@final_class
@final
class Reverse(ReverseHooks, Generic[K]):
    """A key that orders backwards: `Reverse(a) < Reverse(b)` where `a > b`. Rust's `cmp::Reverse`.

    It is a key alone, or an item of a tuple of which only some items descend. It is equal to a `Reverse` of
    an equal `key`, and can be hashed and pickled.

    >>> best = SortedMap({(Reverse(10), "bob"): 1, (Reverse(30), "ann"): 2, (Reverse(10), "al"): 3})
    >>> [name for score, name in best]
    ['ann', 'al', 'bob']
    """

    __slots__ = ("_key",)
    __match_args__ = ("key",)

    def __init__(self, key: K, /) -> None:
        self._key = key

    @property
    def key(self) -> K:
        """What is ordered backwards. O(1).

        >>> Reverse(1).key
        1
        """
        return self._key

    def __lt__(self, other: Reverse[K], /) -> bool:
        # Not `other.key < self.key`: the query is on the left, and its method is to be called first.
        return bool(self._key > other._key) if isinstance(other, Reverse) else NotImplemented

    def __gt__(self, other: Reverse[K], /) -> bool:
        return self._key < other._key if isinstance(other, Reverse) else NotImplemented

    def __le__(self, other: Reverse[K], /) -> bool:
        if not isinstance(other, Reverse):
            return NotImplemented
        return bool(self._key >= other._key)  # type: ignore[operator]

    def __ge__(self, other: Reverse[K], /) -> bool:
        if not isinstance(other, Reverse):
            return NotImplemented
        return bool(self._key <= other._key)  # type: ignore[operator]

    def __eq__(self, other: object, /) -> bool:
        return self._key == other._key if isinstance(other, Reverse) else NotImplemented

    def __hash__(self) -> int:
        return hash((Reverse, self._key))

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), (self._key,)

    def __repr__(self) -> str:
        return f"Reverse({self._key!r})"


if not TYPE_CHECKING:
    Reverse.__class_getitem__ = classmethod(GenericAlias)

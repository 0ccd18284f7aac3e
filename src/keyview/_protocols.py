"""Protocols for the annotations of arguments. typeshed has such protocols, too, but not at run time."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if sys.version_info >= (3, 12):
    from collections.abc import Buffer
    from typing import TypeAliasType
else:
    from typing_extensions import Buffer, TypeAliasType

__all__ = ["Buffer", "BytesPrefix", "Ordered", "SupportsKeysAndGetItem", "TypeAliasType"]

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


class SupportsKeysAndGetItem(Protocol[K, V_co]):
    """What `dict` and `HashMap` read as a mapping: any object that has `keys` and `[]`."""

    def keys(self) -> Iterable[K]:
        """The keys."""
        ...

    def __getitem__(self, key: K, /) -> V_co: ...


class Ordered(Protocol):
    """An object that can be sorted: it has `<`. The bound of the keys of sorted collections.

    >>> key: Ordered = "a"
    >>> key < "b"
    True
    """

    def __lt__(self, other: Any, /) -> bool: ...


class BytesPrefix(Generic[V_co]):
    """The type of `prefixed(b"...")` for type checkers.

    Such an adapter takes any buffer, not only a key of the map. `HashMap.by` has an overload for this
    class.
    """

    if TYPE_CHECKING:

        def __call__(self, asked: Buffer, /) -> V_co: ...

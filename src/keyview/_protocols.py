"""What arguments must have, for annotations; typeshed has it, too, but not at run time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from typing_extensions import Buffer

__all__ = ["BytesPrefix", "Ordered", "SupportsKeysAndGetItem"]

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


class SupportsKeysAndGetItem(Protocol[K, V_co]):
    """What `dict` takes for a mapping: whatever has `keys` and `[]`."""

    def keys(self) -> Iterable[K]:
        """The keys."""
        ...

    def __getitem__(self, key: K, /) -> V_co: ...


class Ordered(Protocol):
    """What can be sorted."""

    def __lt__(self, other: Any, /) -> bool: ...


class BytesPrefix(Generic[V_co]):
    """What `prefixed` makes of bytes, as type checkers see it.

    It takes more than the map's keys. `HashMap.by` tells it from a lambda by its class.
    """

    if TYPE_CHECKING:

        def __call__(self, asked: Buffer, /) -> V_co: ...

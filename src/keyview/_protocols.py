"""What arguments must have, for annotations; typeshed has it, too, but not at run time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

__all__ = ["SupportsKeysAndGetItem"]

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


class SupportsKeysAndGetItem(Protocol[K, V_co]):
    """What `dict` takes for a mapping: whatever has `keys` and `[]`."""

    def keys(self) -> Iterable[K]:
        """The keys."""
        ...

    def __getitem__(self, key: K, /) -> V_co: ...

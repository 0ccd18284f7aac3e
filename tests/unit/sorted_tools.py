"""What the tests of sorted collections look up with: keys whose comparisons are counted, or run code."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.keys import LazyShortKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def chunks_of(kv: Any, size: int) -> Iterator[None]:
    """The pure chunks hold at most `size` keys; the nodes in C are what they were compiled to be."""
    if kv.backend == "native":
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kv._pure.sorted_storage, "CHUNK", size)
        yield


class Ranked:
    """A key without a hash that orders by `rank`, counts what it is asked, and can run code first."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, rank: Any) -> None:
        self.rank = rank
        self.less = self.equal = 0
        self.on_lt: Callable[[], object] = lambda: None
        self.on_eq: Callable[[], object] = lambda: None

    def __lt__(self, other: Ranked) -> bool:
        self.less += 1
        self.on_lt()
        return bool(self.rank < other.rank)

    def __eq__(self, other: object) -> bool:
        self.equal += 1
        self.on_eq()
        return self.rank == other.rank if isinstance(other, Ranked) else NotImplemented

    def __repr__(self) -> str:
        return f"Ranked({self.rank!r})"


class OrderedShortKey(LazyShortKey):
    """A `ShortKey` that orders and compares without building."""

    def __lt__(self, other: str) -> bool:
        return "_" + self.rest < other

"""SortedDict and SortedSet of sortedcontainers, by their names, on top of ours. Nothing is copied from it."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def sortedcontainers_of(kv: Any) -> types.ModuleType:
    """A module that the tests of sortedcontainers can import in its place."""

    class SortedDict(kv.SortedMap):  # type: ignore[misc]
        key = None  # Key functions there are none.

        def peekitem(self, index: int = -1) -> Any:
            return self.at(index)

        def bisect_left(self, key: Any) -> int:
            rank: int = self.rank(key)
            return rank

        index = kv.SortedMap.index_of

        def bisect_right(self, key: Any) -> int:
            return self.bisect_left(key) + (key in self)

        bisect = bisect_right

        def popitem(self, index: int = -1) -> Any:
            return (self.pop_first if index == 0 else self.pop_last)()

        def irange(
            self,
            minimum: Any = None,
            maximum: Any = None,
            inclusive: Any = (True, True),
            reverse: bool = False,
        ) -> Iterator[Any]:
            return _irange(self, minimum, maximum, inclusive, reverse=reverse)

        def _reset(self, _load: int) -> None:
            """The sizes of our chunks and nodes are not to be set."""

        def _check(self) -> None:
            _check(self)

    class SortedSet(kv.SortedSet):  # type: ignore[misc]
        key = None
        bisect_left = kv.SortedSet.rank
        index = kv.SortedSet.index_of

        def __init__(self, iterable: Any = (), key: None = None) -> None:
            if key is not None:
                raise TypeError("there are no key functions")
            super().__init__(() if iterable is None else iterable)

        def bisect_right(self, value: Any) -> int:
            rank: int = self.rank(value)
            return rank + (value in self)

        bisect = bisect_right

        @property
        def _set(self) -> set[Any]:
            return set(self)

        def count(self, value: Any) -> int:
            return int(value in self)

        def __getitem__(self, index: int) -> Any:
            return self.at(index)

        def __delitem__(self, index: int) -> None:
            self.remove(self.at(index))

        def pop(self, index: int = -1) -> Any:
            return self.take(self.at(index))

        def irange(
            self,
            minimum: Any = None,
            maximum: Any = None,
            inclusive: Any = (True, True),
            reverse: bool = False,
        ) -> Iterator[Any]:
            return _irange(self, minimum, maximum, inclusive, reverse=reverse)

        def _reset(self, _load: int) -> None:
            """As SortedDict's."""

        def _check(self) -> None:
            _check(self)

    module = types.ModuleType("sortedcontainers")
    module.__dict__.update(SortedDict=SortedDict, SortedSet=SortedSet)
    return module


def _irange(m: Any, minimum: Any, maximum: Any, inclusive: Any, *, reverse: bool) -> Iterator[Any]:
    words = {(True, False): "left", (False, True): "right", (True, True): "both"}
    part = m.range(minimum, maximum, inclusive=words.get(tuple(inclusive), "neither"))
    return reversed(part) if reverse else iter(part)


def _check(m: Any) -> None:
    keys = list(m)
    assert keys == sorted(keys)
    assert len(m) == len(keys)
    assert [m.index_of(key) for key in keys] == list(range(len(keys)))

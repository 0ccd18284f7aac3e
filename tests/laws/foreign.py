"""Other mappings, with `keyview.entry` as the method `entry` that the laws call."""

from __future__ import annotations

from collections import ChainMap, OrderedDict, UserDict, defaultdict
from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FOREIGN", "Foreign"]


class Own(MutableMapping[Any, Any]):
    """A user's mapping, which inherits the methods of `MutableMapping`."""

    def __init__(self, pairs: Any) -> None:
        self._pairs = dict(pairs)

    def __getitem__(self, key: object) -> Any:
        return self._pairs[key]

    def __setitem__(self, key: object, value: object) -> None:
        self._pairs[key] = value

    def __delitem__(self, key: object) -> None:
        del self._pairs[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)


FOREIGN: dict[str, Callable[[Any], Any]] = {
    "dict": dict,
    "defaultdict": lambda d: defaultdict(list, d),
    "OrderedDict": OrderedDict,
    "ChainMap": lambda d: ChainMap(dict(d)),
    "UserDict": UserDict,
    "own": Own,
}


class Foreign:
    """Another mapping, with the methods of a map that the laws of entries call."""

    def __init__(self, kv: Any, mapping: Any) -> None:
        self.kv = kv
        self.mapping = mapping

    def __getattr__(self, name: str) -> Any:
        return getattr(self.mapping, name)

    def __iter__(self) -> Iterator[Any]:
        return iter([*self.mapping])

    def __reversed__(self) -> Iterator[Any]:
        return iter([*self.mapping][::-1])  # Not every mapping is reversible.

    def copy(self) -> Foreign:
        has_copy = hasattr(self.mapping, "copy")
        return Foreign(self.kv, self.mapping.copy() if has_copy else Own(self.mapping))

    def entry(self, query: Any) -> Any:
        return self.kv.entry(self.mapping, query)

    def get_or_insert_with(self, query: Any, factory: Callable[[], Any]) -> Any:
        return self.entry(query).or_insert_with(factory)

    def merge(self, query: Any, value: Any, combine: Callable[[Any, Any], Any]) -> Any:
        return self.entry(query).and_modify(lambda old: combine(old, value)).or_insert(value)

    def setdefault(self, query: Any, value: Any) -> Any:
        return self.entry(query).or_insert(value)

    def pop(self, query: Any) -> Any:
        return self.entry(query).remove()

"""Lookup: a map seen through an adapter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, Never, Self, TypeVar, final, overload

from keyview._pure.entry import Entry
from keyview._pure.map import Map
from keyview._pure.sealed import sealed
from keyview._refusals import adapter_not_callable, not_made_by_hand
from keyview._sentinel import MISSING
from keyview.views import KeyView

__all__ = ["Lookup", "adapted"]

A = TypeVar("A")
K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")


def adapted(map_: Map[K, V], adapter: Callable[[A], K | KeyView[K]], /) -> Lookup[A, K, V]:
    """How `HashMap.by` makes a `Lookup`; nobody else does."""
    if not callable(adapter):
        raise adapter_not_callable(adapter)
    made: Lookup[A, K, V] = object.__new__(Lookup)
    made._map = map_
    made._adapter = adapter
    return made


@sealed
@final
class Lookup(Generic[A, K, V]):
    """A map, looked up by an `A` instead of a `K`. Made by `HashMap.by`, never directly.

    Each lookup calls the adapter, then looks into the map, as a dict's views do: what a subclass of
    `HashMap` overrides is not asked. A `KeyError` carries the `A` that was asked for. It is not
    iterable, because the map's keys are not what it is asked with. .NET's alternate lookup, Zig's
    adapted functions.

    >>> m = HashMap({"straße": 1, "strasse": 2})
    >>> m.by(str.casefold)["STRASSE"]
    2
    """

    __slots__ = ("_adapter", "_map")

    # Without this, Python would iterate by calling __getitem__ with 0, 1, 2, ...
    __iter__ = None

    if TYPE_CHECKING:
        _map: Map[K, V]
        _adapter: Callable[[A], K | KeyView[K]]

    def __new__(cls, *args: Never, **kwargs: Never) -> Self:
        raise not_made_by_hand("Lookup", "by")

    def __getitem__(self, asked: A, /) -> V:
        """The value under the key that `asked` stands for. O(1). Raises `KeyError`.

        >>> HashMap({"_a": 1}).by(prefixed("_"))["a"]
        1
        """
        value = Map.get(self._map, self._adapter(asked), MISSING)
        if value is MISSING:
            raise KeyError(asked)
        return value

    def __contains__(self, asked: object, /) -> bool:
        """Whether the map has the key that `asked` stands for. O(1).

        >>> "b" in HashMap({"_a": 1}).by(prefixed("_"))
        False
        """
        adapt: Callable[[Any], Any] = self._adapter
        return Map.__contains__(self._map, adapt(asked))

    @overload
    def get(self, asked: A, default: None = None, /) -> V | None: ...
    @overload
    def get(self, asked: A, default: V, /) -> V: ...
    @overload
    def get(self, asked: A, default: D, /) -> V | D: ...
    def get(self, asked: A, default: Any = None, /) -> Any:
        """The value under the key that `asked` stands for, or `default`. O(1).

        >>> HashMap({"_a": 1}).by(prefixed("_")).get("b", 0)
        0
        """
        return Map.get(self._map, self._adapter(asked), default)

    def get_key_value(self, asked: A, /) -> tuple[K, V] | None:
        """The stored key and its value, or None. O(1).

        >>> HashMap({"_a": 1}).by(prefixed("_")).get_key_value("a")
        ('_a', 1)
        """
        return Map.get_key_value(self._map, self._adapter(asked))

    def entry(self, asked: A, /) -> Entry[K, V]:
        """The entry of the key that `asked` stands for; the key is built only to store it. O(1).

        >>> m = HashMap({"_a": 1})
        >>> m.by(prefixed("_")).entry("b").or_insert(2)
        2
        >>> m
        HashMap({'_a': 1, '_b': 2})
        """
        return Map.entry(self._map, self._adapter(asked))

    @overload
    def pop(self, asked: A, /) -> V: ...
    @overload
    def pop(self, asked: A, default: V, /) -> V: ...
    @overload
    def pop(self, asked: A, default: D, /) -> V | D: ...
    def pop(self, asked: A, default: Any = MISSING, /) -> Any:
        """Remove the key that `asked` stands for and return its value, or `default`. O(1).

        Raises `KeyError` if the key is absent and no default is given.

        >>> HashMap({"_a": 1}).by(prefixed("_")).pop("a")
        1
        """
        value = Map.pop(self._map, self._adapter(asked), default)
        if value is MISSING:
            raise KeyError(asked)
        return value

    def __repr__(self) -> str:
        return f"{self._map!r}.by({self._adapter!r})"

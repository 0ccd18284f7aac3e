"""HashMap: the class that users see; what makes it a dict, on top of the backend's Map."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from typing_extensions import Buffer

from keyview._backend import (
    Lookup,
    Map,
    adapted,
    copied,
    count,
    fill,
    group,
    reserve,
    specialize,
)
from keyview._messages import not_a_map, not_a_state
from keyview._protocols import BytesPrefix, SupportsKeysAndGetItem
from keyview.views import KeyView

__all__ = ["HashMap"]

A = TypeVar("A")
K = TypeVar("K")
V = TypeVar("V")
K2 = TypeVar("K2")
V2 = TypeVar("V2")
M = TypeVar("M", bound="HashMap[Any, Any]")


class HashMap(Map[K, V], MutableMapping[K, V]):
    """An insertion-ordered hash map with Rust's Entry API, looked up by keys or by views of them.

    Everything a `dict` has, with a `dict`'s results and exceptions, and:

    - One lookup, then anything: `entry`, `get_entry`, and the fused `get_or_insert_with`, `merge`.
    - Lookup: `[]`, `in`, `get`, `get_key_value`, `get_many`, `by`.
    - Insertion: `[]=`, `insert`, `try_insert`, `setdefault`, `update`, `update_with`.
    - Removal: `del`, `pop`, `popitem`, `remove_entry`, `swap_remove`, `clear`, `retain`, `extract_if`,
      `drain`.
    - Position: `first_entry`, `last_entry`, `at`, `index_of`, `move_to_end`, `sort`.
    - Iteration: `keys`, `values`, `items`, each live and reversible.
    - Construction: from a mapping, pairs or keywords; `fromkeys`, `grouped`, `counted`,
      `with_capacity`; `copy`, `|`.
    - Room: `capacity`, `reserve`, `shrink_to_fit`.

    Lookups take a `K` or a `KeyView[K]`, and store the key, never the view. `default_factory` is what
    `or_default` calls; reading never inserts. Rust's `std::collections::HashMap`, in indexmap's order.

    Raises `TypeError` or `ValueError` if what it is made from is not pairs, saying which is not.

    >>> m = HashMap({"a": 1}, b=2)
    >>> m.entry("c").or_insert(3)
    3
    >>> m
    HashMap({'a': 1, 'b': 2, 'c': 3})
    """

    __slots__ = ()

    if TYPE_CHECKING:
        # At run time it is the backend's, so that the native core makes a map without running Python.
        # The bare overload first: without it pyright refuses `or_insert_with(HashMap)`.
        @overload
        def __init__(self, /) -> None: ...
        @overload
        def __init__(self, /, *, default_factory: Callable[[], V] | None) -> None: ...
        @overload
        def __init__(
            self: HashMap[str, V], /, *, default_factory: Callable[[], V] | None = None, **kwargs: V
        ) -> None: ...
        @overload
        def __init__(
            self,
            source: SupportsKeysAndGetItem[K, V],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
        ) -> None: ...
        @overload
        def __init__(
            self: HashMap[str, V],
            source: SupportsKeysAndGetItem[str, V],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
            **kwargs: V,
        ) -> None: ...
        @overload
        def __init__(
            self,
            source: Iterable[tuple[K, V]],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
        ) -> None: ...
        @overload
        def __init__(
            self: HashMap[str, V],
            source: Iterable[tuple[str, V]],
            /,
            *,
            default_factory: Callable[[], V] | None = None,
            **kwargs: V,
        ) -> None: ...
        def __init__(
            self, source: Any = (), /, *, default_factory: Any = None, **kwargs: Any
        ) -> None: ...

    # -- construction -----------------------------------------------------------------------------

    @overload
    @classmethod
    def fromkeys(cls, keys: Iterable[K2], value: None = None, /) -> HashMap[K2, Any | None]: ...
    @overload
    @classmethod
    def fromkeys(cls, keys: Iterable[K2], value: V2, /) -> HashMap[K2, V2]: ...
    @classmethod
    def fromkeys(cls, keys: Iterable[Any], value: Any = None, /) -> HashMap[Any, Any]:
        """A map of these keys, each with the same value. O(number of keys).

        >>> HashMap.fromkeys("ab", 0)
        HashMap({'a': 0, 'b': 0})
        """
        made: HashMap[Any, Any] = cls()
        if type(made).__setitem__ is Map.__setitem__:
            fill(made, keys, value)
        else:  # As dict.fromkeys: a subclass that stores in its own way is asked to.
            for key in keys:
                made[key] = value
        return made

    @classmethod
    def grouped(cls, pairs: Iterable[tuple[K2, V2]], /) -> HashMap[K2, list[V2]]:
        """A map from each key to the list of the values it was paired with. O(number of pairs).

        Raises `TypeError` or `ValueError` saying which element is not a pair. Rust itertools'
        `into_group_map`.

        >>> HashMap.grouped((len(word), word) for word in ["to", "be", "not"])
        HashMap({2: ['to', 'be'], 3: ['not']})
        """
        made: HashMap[Any, Any] = _made(cls)
        group(made, pairs)
        return made

    @classmethod
    def counted(cls, items: Iterable[K2], /) -> HashMap[K2, int]:
        """A map from each item to how often it comes. O(number of items). Rust itertools' `counts`.

        >>> HashMap.counted("abracadabra")
        HashMap({'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1})
        """
        made: HashMap[Any, Any] = _made(cls)
        count(made, items)
        return made

    @classmethod
    def with_capacity(cls, capacity: int, /) -> Self:
        """An empty map with room for `capacity` keys. Raises `ValueError`, `OverflowError`.

        Rust's `with_capacity`.

        >>> HashMap[str, int].with_capacity(100)
        HashMap({})
        """
        made = _made(cls)
        reserve(made, "with_capacity", capacity)
        return made

    def copy(self) -> Self:
        """A shallow copy, of the same class and with the same `default_factory`. O(n).

        No key is hashed. The attributes of a subclass are copied too.

        >>> HashMap({"a": 1}).copy()
        HashMap({'a': 1})
        """
        made = copied(self)
        if type(self) is not HashMap:
            _take_state(made, self)
        return made

    __copy__ = copy

    # -- lookup through an adapter ----------------------------------------------------------------

    # The third is for a lambda, which takes a key. To type checkers, so does then a function that takes more
    # than keys. The first two are adapters for which that would be wrong: bytes after a prefix, and the class
    # of the keys, as in `by(int)["5"]`.
    @overload
    def by(  # type: ignore[overload-overlap]  # It takes more than the third, of whose kind it is.
        self: HashMap[bytes, V], adapter: BytesPrefix[KeyView[bytes]], /
    ) -> Lookup[Buffer, bytes, V]: ...
    @overload
    def by(self, adapter: type[K], /) -> Lookup[Any, K, V]: ...
    @overload
    def by(self, adapter: Callable[[K], K | KeyView[K]], /) -> Lookup[K, K, V]: ...
    @overload
    def by(self, adapter: Callable[[A], K | KeyView[K]], /) -> Lookup[A, K, V]: ...
    def by(self, adapter: Callable[[Any], Any], /) -> Lookup[Any, Any, V]:
        """This map, to be looked up by an `A`: whatever `adapter` makes a key or a view of. O(1).

        Raises `TypeError` if `adapter` cannot be called. .NET's `GetAlternateLookup`, Zig's adapted
        functions.

        >>> short = HashMap({"_hello": 1}).by(prefixed("_"))
        >>> short["hello"]
        1
        """
        return adapted(self, adapter)

    # -- union ------------------------------------------------------------------------------------

    @overload
    def __or__(self, other: Mapping[K, V], /) -> Self: ...
    @overload
    def __or__(self, other: Mapping[K2, V2], /) -> HashMap[K | K2, V | V2]: ...
    def __or__(self, other: Mapping[Any, Any], /) -> HashMap[Any, Any]:
        """A copy of this map, updated with `other`. O(n)."""
        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    @overload
    def __ror__(self, other: Mapping[K, V], /) -> Self: ...
    @overload
    def __ror__(self, other: Mapping[K2, V2], /) -> HashMap[K | K2, V | V2]: ...
    def __ror__(self, other: Mapping[Any, Any], /) -> HashMap[Any, Any]:
        """A map like this one, but of `other` updated with this map. O(n)."""
        if not isinstance(other, Mapping):
            return NotImplemented
        made = type(self).__new__(type(self))
        made.default_factory = self.default_factory
        _take_state(made, self)
        made.update(other)
        made.update(self)
        return made

    def __ior__(  # type: ignore[misc]  # as in typeshed: it takes what update takes, __or__ less
        self, other: SupportsKeysAndGetItem[K, V] | Iterable[tuple[K, V]], /
    ) -> Self:
        """Update this map with `other`. O(length of `other`)."""
        self.update(other)
        return self

    # -- repr and pickle --------------------------------------------------------------------------

    @recursive_repr("HashMap({...})")
    def __repr__(self) -> str:
        pairs = ", ".join(f"{key!r}: {value!r}" for key, value in self.items())
        factory = self.default_factory
        suffix = "" if factory is None else f", default_factory={factory!r}"
        return f"{type(self).__name__}({{{pairs}}}{suffix})"

    def __getstate__(self) -> tuple[Callable[[], V] | None, object]:
        """The default_factory and, for a subclass, what its instances hold; not the pairs."""
        return self.default_factory, object.__getstate__(self)

    def __setstate__(self, state: Any) -> None:
        """Takes what `__getstate__` returns and, as `object` does, what a subclass's own may return."""
        if isinstance(state, tuple) and len(state) == 2 and _is_factory(state[0]):
            factory, state = state
            if factory is not None:  # Nothing is to be forgotten: the map was made a moment ago.
                self.default_factory = factory
        attributes, slots = state if isinstance(state, tuple) and len(state) == 2 else (state, None)
        for names in (attributes, slots):
            if not (names is None or isinstance(names, Mapping)):
                raise not_a_state(type(self), state)
        for name, value in (attributes or {}).items():
            # `(None, slots)` is what `object.__getstate__` returns, and reads like ours without a factory.
            if isinstance(getattr(type(self), name, None), MemberDescriptorType):
                setattr(self, name, value)
            else:
                self.__dict__[name] = value
        for name, value in (slots or {}).items():
            setattr(self, name, value)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...], object, None, Iterator[tuple[K, V]]]:
        # One form for every protocol and both backends: the class, its state, then the pairs.
        make: tuple[Any, tuple[Any, ...]] = copyreg.__newobj__, (type(self),)  # type: ignore[attr-defined]
        if type(self).__getstate__ is not HashMap.__getstate__ and self.default_factory is not None:
            make = _made_with, (type(self), self.default_factory)  # Its state may not tell it.
        return *make, self.__getstate__(), None, iter(self.items())


specialize(HashMap)


def _made(cls: type[M]) -> M:
    made = cls()
    if not isinstance(made, HashMap):  # A class may have a `__new__` of its own.
        raise not_a_map(cls, made)
    return made


def _made_with(cls: type[M], default_factory: Callable[[], Any]) -> M:
    """An empty map, for `pickle` and `copy`; pickles name this function."""
    made = cls.__new__(cls)
    made.default_factory = default_factory
    return made


def _take_state(made: HashMap[K, V], original: HashMap[K, V]) -> None:
    """As `copy` does."""
    state: object = original.__getstate__()
    if state is not None:
        made.__setstate__(state)


def _is_factory(thing: object) -> bool:
    return thing is None or callable(thing)

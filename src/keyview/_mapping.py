"""What HashMap and SortedMap have in common on top of their bases: state, pickles, unions, reprs."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, TypeVar

from keyview._backend import fill
from keyview._hooks import Hooks
from keyview._messages import not_a_map
from keyview._state import set_state, take_state

__all__ = ["PickledMap", "fill_keys", "made_by", "made_with", "reversed_union", "shown"]

K = TypeVar("K")
V = TypeVar("V")
M = TypeVar("M", bound="PickledMap[Any, Any]")


class PickledMap(Hooks, MutableMapping[K, V]):
    """A map with a default_factory, as it is pickled and copied."""

    __slots__ = ()

    default_factory: Callable[[], V] | None

    def __getstate__(self) -> tuple[Callable[[], V] | None, object]:
        """The default_factory, and the attributes that a subclass's instance has; not the pairs."""
        return self.default_factory, object.__getstate__(self)

    def __setstate__(self, state: Any) -> None:
        """Restore a state from `__getstate__`, also from object's, which a subclass may use instead."""
        if isinstance(state, tuple) and len(state) == 2 and is_factory(state[0]):
            factory, state = state
            if factory is not None:  # A new map has no factory, so None need not be set.
                self.default_factory = factory
        set_state(self, state)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...], object, None, Iterator[tuple[K, V]]]:
        # The same for each protocol and both backends: the class, the state if it says something, the pairs.
        if PickledMap in type(self).__bases__ and self.default_factory is None:
            # A class of keyview's own has no other state. To look for it would take most of the time.
            return type(self), (), None, None, iter(self.items())
        make: tuple[Any, tuple[Any, ...]] = copyreg.__newobj__, (type(self),)  # type: ignore[attr-defined]
        if (
            type(self).__getstate__ is not PickledMap.__getstate__
            and self.default_factory is not None
        ):
            make = (
                made_with,
                (type(self), self.default_factory),
            )  # The subclass's state may be without it.
        state: object = self.__getstate__()
        if is_empty(state) and type(self).__setstate__ is PickledMap.__setstate__:
            state = None  # To set it would take twice as long as to make a map of three keys.
        return *make, state, None, iter(self.items())


def made_by(cls: type[M], base: type[Any]) -> M:
    """What a class makes without arguments, which must be a `base`."""
    made = cls()
    if not isinstance(made, base):  # A class may have a `__new__` of its own.
        raise not_a_map(cls, made, base.__name__)
    return made


def fill_keys(made: Any, base: Any, keys: Iterable[Any], value: Any) -> None:
    """Store one value under each of the keys. `base` is the backend's class of the map."""
    if type(made).__setitem__ is base.__setitem__:
        fill(made, keys, value)
    else:  # Like dict.fromkeys, call the __setitem__ of a subclass that overrides it.
        for key in keys:
            made[key] = value


def made_with(cls: type[M], default_factory: Callable[[], Any]) -> M:
    """An empty map, for `pickle` and `copy`. Pickles have the name of this function: do not rename it."""
    made = cls.__new__(cls)
    made.default_factory = default_factory
    return made


def reversed_union(map_: M, other: Mapping[Any, Any]) -> M:
    """A map like this one, but of `other` updated with this map."""
    made = type(map_).__new__(type(map_))
    made.default_factory = map_.default_factory
    take_state(made, map_)
    made.update(other)
    made.update(map_)
    return made


def shown(map_: PickledMap[Any, Any]) -> str:
    """How a map shows itself."""
    pairs = ", ".join(f"{key!r}: {value!r}" for key, value in map_.items())
    factory = map_.default_factory
    suffix = "" if factory is None else f", default_factory={factory!r}"
    return f"{type(map_).__name__}({{{pairs}}}{suffix})"


def is_empty(state: object) -> bool:
    """Whether a state has neither a default_factory nor attributes."""
    return isinstance(state, tuple) and len(state) == 2 and state[0] is state[1] is None


def is_factory(thing: object) -> bool:
    return thing is None or callable(thing)

"""What maps of both kinds do with what they are given: pairs, a default_factory, `__missing__`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from keyview._messages import factory_not_callable, not_a_pair, wrong_length
from keyview._sentinels import MISSING

__all__ = ["pairs_of", "set_default_factory", "special_method"]

V = TypeVar("V")


def special_method(thing: object, name: str) -> Any:
    """The bound method that Python would call for a special method such as `__len__`, or MISSING."""
    cls = type(thing)
    for base in cls.__mro__:
        if name in base.__dict__:
            found = base.__dict__[name]
            bind = getattr(type(found), "__get__", None)
            return found if bind is None else bind(found, thing, cls)
    return MISSING


def set_default_factory(table: Any, factory: Callable[[], V] | None) -> None:
    if factory is not None and not callable(factory):
        raise factory_not_callable(factory)
    table.default_factory = factory


def pairs_of(caller: str, source: Any) -> Iterator[tuple[Any, Any]]:
    """The pairs of a mapping, which is any object that has `keys`, or of an iterable of pairs, as in dict().

    Raises `TypeError` or `ValueError` if an element is not a pair.
    """
    if hasattr(source, "keys"):
        for key in source.keys():  # noqa: SIM118 -- what has keys need not be iterable
            yield key, source[key]
        return
    for position, element in enumerate(source):
        try:
            pair = tuple(element)
        except TypeError:
            if is_iterable(
                element
            ):  # A TypeError that the element's own __iter__ raised propagates.
                raise
            raise not_a_pair(caller, element, position) from None
        if len(pair) != 2:
            raise wrong_length(caller, element, position, len(pair))
        yield pair


def is_iterable(value: object) -> bool:
    """Whether the class of `value` defines __iter__. A metaclass, such as that of an Enum, does not count."""
    return any("__iter__" in vars(base) for base in type(value).__mro__)

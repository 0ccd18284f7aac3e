"""What the type of a collection says, for every library that is given it as an annotation."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from keyview._hooks import Hooks

if sys.version_info >= (3, 12):
    from types import get_original_bases
else:
    from typing_extensions import get_original_bases

__all__ = ["arguments_of", "as_builtin", "builtin_of", "is_collection"]


def is_collection(hint: Any) -> bool:
    """Whether it is one of the collections or of their subclasses: `HashMap`, `HashMap[str, int]`."""
    cls = get_origin(hint) or hint
    return isinstance(cls, type) and issubclass(cls, Hooks)


def builtin_of(cls: type) -> Any:
    """What a collection is converted to: `dict`, or `list`, which keeps the order of a set."""
    return dict if issubclass(cls, Mapping) else list


def as_builtin(hint: Any) -> Any:
    """`dict[K, V]` for a `HashMap[K, V]`, and so on."""
    builtin = builtin_of(get_origin(hint) or hint)
    return builtin[arguments_of(hint) or ((Any, Any) if builtin is dict else (Any,))]


def arguments_of(hint: Any) -> tuple[Any, ...]:
    """`(K, V)` of a `HashMap[K, V]`, or of a class that inherits from one; `()` if nothing says them."""
    origin = get_origin(hint) or hint
    if origin.__module__.startswith("keyview."):  # Else it is a subclass of somebody's.
        return get_args(hint)
    for base in get_original_bases(origin):
        if is_collection(base):
            variables = getattr(
                origin, "__parameters__", ()
            )  # The core has none where all is said.
            given = dict(zip(variables, get_args(hint), strict=False))
            return tuple(_filled_in(argument, given) for argument in arguments_of(base))
    return ()


def _filled_in(argument: Any, given: dict[Any, Any]) -> Any:
    """`argument` with the type variables that are `given`: `list[T]` as `list[int]`."""
    if isinstance(argument, TypeVar):
        return given.get(argument, argument)
    inside = getattr(argument, "__parameters__", ())
    return argument[tuple(given.get(each, each) for each in inside)] if inside else argument

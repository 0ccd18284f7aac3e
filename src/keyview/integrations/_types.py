"""What an annotation that names a collection says, for all libraries that read annotations."""

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
    """Whether `hint` is a collection or a subclass of one: `HashMap`, `HashMap[str, int]`."""
    cls = get_origin(hint) or hint
    return isinstance(cls, type) and issubclass(cls, Hooks)


def builtin_of(cls: type) -> Any:
    """The class to which a collection is converted: `dict`, or `list`, which keeps the order of a set."""
    return dict if issubclass(cls, Mapping) else list


def as_builtin(hint: Any) -> Any:
    """`dict[K, V]` for a `HashMap[K, V]`, and so on."""
    builtin = builtin_of(get_origin(hint) or hint)
    return builtin[arguments_of(hint) or ((Any, Any) if builtin is dict else (Any,))]


def arguments_of(hint: Any) -> tuple[Any, ...]:
    """`(K, V)` of a `HashMap[K, V]`, or of a class that inherits from it; `()` if they are not given."""
    origin = get_origin(hint) or hint
    if origin.__module__.startswith("keyview."):  # Else it is a user's subclass.
        return get_args(hint)
    for base in get_original_bases(origin):
        if is_collection(base):
            # With the native backend, a subclass without type variables has no `__parameters__`.
            variables = getattr(origin, "__parameters__", ())
            given = dict(zip(variables, get_args(hint), strict=False))
            return tuple(_filled_in(argument, given) for argument in arguments_of(base))
    return ()


def _filled_in(argument: Any, given: dict[Any, Any]) -> Any:
    """`argument`, with its type variables replaced: `list[T]` becomes `list[int]`."""
    if isinstance(argument, TypeVar):
        return given.get(argument, argument)
    inside = getattr(argument, "__parameters__", ())
    return argument[tuple(given.get(each, each) for each in inside)] if inside else argument

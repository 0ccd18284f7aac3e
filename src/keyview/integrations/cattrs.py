"""cattrs: `configure(converter)` has a converter structure and unstructure the collections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, get_origin

from keyview._hooks import Hooks
from keyview.integrations._arguments import arguments_of

if TYPE_CHECKING:
    from cattrs import BaseConverter

__all__ = ["configure"]


def configure(converter: BaseConverter) -> None:
    """Have `converter` make a collection of a dict or a list, and the reverse, with all that is inside.

    A set is made of a list and unstructured to one, to keep its order.
    """

    def structure_hook(hint: Any) -> Callable[[Any, Any], Any]:
        _, inside = _as_builtin(hint)
        structure, make = converter.get_structure_hook(inside), get_origin(hint) or hint
        return lambda value, _: make(structure(value, inside))

    def unstructure_hook(hint: Any) -> Callable[[Any], Any]:
        builtin, inside = _as_builtin(hint)
        unstructure = converter.get_unstructure_hook(inside)
        return lambda value: unstructure(builtin(value))

    converter.register_structure_hook_factory(_is_collection, structure_hook)
    converter.register_unstructure_hook_factory(_is_collection, unstructure_hook)


def _is_collection(hint: Any) -> bool:
    cls = get_origin(hint) or hint
    return isinstance(cls, type) and issubclass(cls, Hooks)


def _as_builtin(hint: Any) -> tuple[type[Any], Any]:
    """The builtin collection that `hint` is like, and the same with the types of what is inside."""
    is_map = issubclass(get_origin(hint) or hint, Mapping)
    arguments = arguments_of(hint) or ((Any, Any) if is_map else (Any,))
    builtin: Any = dict if is_map else list
    return builtin, builtin[arguments]

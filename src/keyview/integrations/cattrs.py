"""cattrs: `configure(converter)` makes a converter structure and unstructure the collections."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_origin

from keyview.integrations._types import as_builtin, builtin_of, is_collection

if TYPE_CHECKING:
    from cattrs import BaseConverter

__all__ = ["configure"]


def configure(converter: BaseConverter) -> None:
    """Make `converter` structure a dict or a list as a collection, and unstructure it, with its contents.

    A set is structured from a list and unstructured to one, to keep its order.
    """

    def structure_hook(hint: Any) -> Callable[[Any, Any], Any]:
        inside, make = as_builtin(hint), get_origin(hint) or hint
        structure = converter.get_structure_hook(inside)
        return lambda value, _: make(structure(value, inside))

    def unstructure_hook(hint: Any) -> Callable[[Any], Any]:
        builtin = builtin_of(get_origin(hint) or hint)
        unstructure = converter.get_unstructure_hook(as_builtin(hint))
        return lambda value: unstructure(builtin(value))

    converter.register_structure_hook_factory(is_collection, structure_hook)
    converter.register_unstructure_hook_factory(is_collection, unstructure_hook)

"""cattrs: `configure(converter)` makes a converter structure and unstructure the collections."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_origin

from cattrs import IterableValidationError

from keyview.errors import OrderError
from keyview.integrations._types import as_builtin, builtin_of, is_collection

if TYPE_CHECKING:
    from cattrs import BaseConverter

__all__ = ["configure"]


def configure(converter: BaseConverter) -> None:
    """Make `converter` structure a dict or a list as a collection, and unstructure it, with its contents.

    A set is structured from a list and unstructured to one, to keep its order. What cannot be structured is
    an `IterableValidationError`, as cattrs raises for a wrong element.
    """

    def structure_hook(hint: Any) -> Callable[[Any, Any], Any]:
        inside, make = as_builtin(hint), get_origin(hint) or hint
        structure = converter.get_structure_hook(inside)

        def structured(value: Any, _: Any) -> Any:
            try:
                _check(value, make)
                return make(structure(value, inside))
            except (TypeError, OrderError) as error:
                if not getattr(converter, "detailed_validation", False):
                    raise
                raise IterableValidationError(
                    f"While structuring {hint!r}", [error], hint
                ) from None

        return structured

    def unstructure_hook(hint: Any) -> Callable[[Any], Any]:
        builtin = builtin_of(get_origin(hint) or hint)
        unstructure = converter.get_unstructure_hook(as_builtin(hint))
        return lambda value: unstructure(builtin(value))

    converter.register_structure_hook_factory(is_collection, structure_hook)
    converter.register_unstructure_hook_factory(is_collection, unstructure_hook)


def _check(value: Any, cls: type) -> None:
    """Raise `TypeError` if cattrs could not even begin to structure `value` as a `cls`."""
    is_map = builtin_of(cls) is dict
    if not hasattr(value, "items" if is_map else "__iter__"):
        needed = "a mapping, such as a dict" if is_map else "an iterable, such as a list"
        raise TypeError(f"a {cls.__name__} is structured from {needed}, not from {value!r}")

"""The methods that libraries look for on a collection by their names: nothing has to be registered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["Hooks", "ReverseHooks"]


class Hooks:
    """A base of every public collection. Each method imports its library's module in `integrations`."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any, /) -> Any:
        """The schema of a field of this type, for pydantic."""
        from keyview.integrations.pydantic import schema_of_collection

        return schema_of_collection(cls, source, handler)

    def __rich_repr__(self) -> Iterator[Any]:
        """The arguments of the repr, which rich breaks over lines."""
        from keyview.integrations._printing import for_rich

        return for_rich(self)

    def _repr_pretty_(self, printer: Any, cycle: bool, /) -> None:
        """Print the repr, which IPython breaks over lines."""
        from keyview.integrations._printing import for_ipython

        for_ipython(self, printer, cycle)

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        from keyview.integrations._printing import html

        return html(self)


class ReverseHooks:
    """A base of `Reverse`, as `Hooks` is of the collections."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any, /) -> Any:
        """The schema of a field of this type, for pydantic."""
        from keyview.integrations.pydantic import schema_of_reverse

        return schema_of_reverse(cls, source, handler)

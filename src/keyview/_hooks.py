"""What libraries look for by its name on a collection, so that nothing has to be registered."""

from __future__ import annotations

from typing import Any

__all__ = ["Hooks"]


class Hooks:
    """A base of every public collection. Each method imports its library's module in `integrations`."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any, /) -> Any:
        """What pydantic asks of the type of a field."""
        from keyview.integrations.pydantic import core_schema_of

        return core_schema_of(cls, source, handler)

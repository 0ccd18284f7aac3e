"""A view where a key is stored: collections of ours whose keys would be views.

Where such a type is written, it is seen as it is analysed; where it is inferred, at the call that makes
the collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, RefExpr
from mypy.types import Instance, get_proper_type

from keyview.mypy.compat import Checker, report_in_analysis
from keyview.mypy.messages import KEY_VIEW_STORED, stored
from keyview.mypy.views import held_view

if TYPE_CHECKING:
    from mypy.options import Options
    from mypy.plugin import AnalyzeTypeContext, FunctionContext, MethodContext
    from mypy.types import Type

__all__ = ["COLLECTION", "MAKERS", "Storing"]

#: The collection whose type is written, and the base that the keys of every collection belong to.
COLLECTION = "keyview.hashmap.HashMap"
BASE = "keyview._pure.map.Map"

#: How mypy calls the class methods that make a collection.
MAKERS = frozenset(
    f"{method} of HashMap" for method in ("fromkeys", "grouped", "counted", "with_capacity")
)


class Storing:
    """The hooks, and what they have to remember for one another."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._is_analysing = False

    def claims(self, fullname: str) -> bool:
        """Whether the type of this name is to be analysed by us: not if it is us who ask for it."""
        if fullname != COLLECTION:
            return False
        self._is_analysing = not self._is_analysing
        return self._is_analysing

    def written(self, ctx: AnalyzeTypeContext) -> Type:
        """The type, as mypy analyses it; an error if its keys are views."""
        typ = ctx.api.analyze_type(ctx.type)
        found = _judged(typ, self._options)
        if found is not None:
            report_in_analysis(ctx.api, *found, ctx.context, KEY_VIEW_STORED)
        return typ

    def made(self, ctx: FunctionContext | MethodContext) -> Type:
        """The type of the new collection, unchanged; an error if its keys are views."""
        found = _judged(ctx.default_return_type, self._options)
        if found is not None and not _is_told(ctx):
            # Past all speculation: whichever overload is meant, the keys that it is given are views.
            Checker(ctx.api).report(0, *found, ctx.context, KEY_VIEW_STORED)
        return ctx.default_return_type


def _is_told(ctx: FunctionContext | MethodContext) -> bool:
    """Whether a call without arguments took the type from elsewhere, where it is reported."""
    call = ctx.context
    return isinstance(call, CallExpr) and not call.args and isinstance(call.callee, RefExpr)


def _judged(collection: Type, options: Options) -> tuple[str, str] | None:
    """What to report of a collection of ours whose keys are views, or hold them."""
    proper = get_proper_type(collection)
    if not isinstance(proper, Instance):
        return None
    base = next((base for base in proper.type.mro if base.fullname == BASE), None)
    if base is None:
        return None
    key = map_instance_to_supertype(proper, base).args[0]
    view = held_view(key)
    return stored(proper.type.name, key, view, options) if view is not None else None

"""A view where a key is stored: collections of ours whose keys would be views.

Where such a type is written, it is seen as it is analysed; where it is inferred, at the call that makes
the collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, RefExpr
from mypy.types import Instance, get_proper_type

from keyview.mypy.compat import Checker, Depths, report_in_analysis
from keyview.mypy.messages import KEY_VIEW_STORED, stored
from keyview.mypy.views import held_view

if TYPE_CHECKING:
    from mypy.options import Options
    from mypy.plugin import (
        AnalyzeTypeContext,
        FunctionContext,
        FunctionSigContext,
        MethodContext,
        MethodSigContext,
    )
    from mypy.types import FunctionLike, Type

__all__ = ["COLLECTION", "MAKERS", "Storing"]

#: The collection whose type is written, and the base that the keys of every collection belong to.
COLLECTION = "keyview.hashmap.HashMap"
BASE = "keyview._pure.map.Map"

#: How mypy calls the class methods that make a collection of whatever keys they are given.
MAKERS = frozenset(f"{method} of HashMap" for method in ("fromkeys", "grouped", "counted"))


class Storing:
    """The hooks, and what they have to remember for one another."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._depths = Depths()
        self._is_analysing = False

    def forget(self) -> None:
        """A file has been read, perhaps anew."""
        self._depths.forget()

    def claims(self, fullname: str) -> bool:
        """Whether the type of this name is to be analysed by us: not if it is us who ask for it."""
        if fullname != COLLECTION:
            return False
        self._is_analysing = not self._is_analysing
        return self._is_analysing

    def written(self, ctx: AnalyzeTypeContext) -> Type:
        """The type, as mypy analyses it; an error if its keys are views."""
        typ = ctx.api.analyze_type(ctx.type)
        found = _stored_view(typ)
        if found is not None:
            report_in_analysis(
                ctx.api, *stored(typ, found, self._options), ctx.context, KEY_VIEW_STORED
            )
        return typ

    def expect(self, ctx: FunctionSigContext | MethodSigContext) -> FunctionLike:
        """The signature, unchanged: mypy is about to speculate which overload is meant."""
        self._depths.remember(Checker(ctx.api), ctx.context)
        return ctx.default_signature

    def made(self, ctx: FunctionContext | MethodContext) -> Type:
        """The type of the new collection, unchanged; an error if its keys are views."""
        found = _stored_view(ctx.default_return_type)
        if found is not None and not _is_told(ctx):
            checker = Checker(ctx.api)
            error, note = stored(ctx.default_return_type, found, checker.options)
            depth = self._depths.of(checker, ctx.context)
            checker.report(depth, error, note, ctx.context, KEY_VIEW_STORED)
        return ctx.default_return_type


def _is_told(ctx: FunctionContext | MethodContext) -> bool:
    """Whether a call without arguments took the type from elsewhere, where it is reported."""
    call = ctx.context
    return isinstance(call, CallExpr) and not call.args and isinstance(call.callee, RefExpr)


def _stored_view(collection: Type) -> Type | None:
    """The view among the keys of a collection of ours."""
    proper = get_proper_type(collection)
    if not isinstance(proper, Instance):
        return None
    base = next((base for base in proper.type.mro if base.fullname == BASE), None)
    if base is None:
        return None
    return held_view(map_instance_to_supertype(proper, base).args[0])

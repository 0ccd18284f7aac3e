"""`key-view-stored`: a collection of keyview whose keys would be views.

If the type of the collection is written, it is judged when mypy analyses the annotation. If the type is
inferred, it is judged at the call that makes the collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, RefExpr
from mypy.types import Instance, get_proper_type

from keyview.mypy import names
from keyview.mypy.facts.views import classes_in, held_view
from keyview.mypy.host.checker import Checker
from keyview.mypy.host.program import depend_on
from keyview.mypy.host.reporting import report_in_analysis
from keyview.mypy.messages import Diagnostic, stored

if TYPE_CHECKING:
    from mypy.options import Options
    from mypy.plugin import AnalyzeTypeContext, FunctionContext, MethodContext
    from mypy.types import Type

__all__ = ["MAKERS", "StoredViews"]

#: mypy's names for the class methods that make a collection.
MAKERS = frozenset(
    {
        *(f"{method} of HashMap" for method in ("fromkeys", "grouped", "counted", "with_capacity")),
        "with_capacity of HashSet",
        *(f"{method} of SortedMap" for method in ("fromkeys", "grouped", "counted")),
    }
)

#: The names with which programs write the type of a collection.
WRITTEN = (names.HASH_MAP, names.HASH_SET, names.SORTED_MAP, names.OUR_SORTED_SET)


class Keys(NamedTuple):
    """The name of a collection's class, and the type of its keys."""

    collection: str
    type: Type


class StoredViews:
    """The hooks of this rule, and the state that they share."""

    def __init__(self, options: Options) -> None:
        self._options = options
        #: Whether the next call of `claims` is for the type that `written` has just asked mypy to
        #: analyse.
        self._is_ours = False

    def claims(self, fullname: str) -> bool:
        """Whether `written` analyses a type of this name."""
        claimed = fullname in WRITTEN and not self._is_ours
        self._is_ours = False
        return claimed

    def written(self, ctx: AnalyzeTypeContext) -> Type:
        """The type, as mypy analyses it. Reports an error if its keys are views."""
        self._is_ours = True
        typ = ctx.api.analyze_type(ctx.type)
        keys = _keys(typ)
        if keys is not None:
            for info in classes_in(keys.type):
                depend_on(info, ctx.api)
            found = self._judge(keys)
            if found is not None:
                report_in_analysis(ctx.api, found.error, found.notes, ctx.context, found.codes)
        return typ

    def made(self, ctx: FunctionContext | MethodContext) -> Type:
        """The type of the new collection, unchanged. Reports an error if its keys are views."""
        keys = _keys(ctx.default_return_type)
        if keys is not None and not _is_told(ctx):
            checker = Checker(ctx.api)
            for info in classes_in(keys.type):
                checker.depend_on(info)
            found = self._judge(keys)
            if found is not None:
                # Depth 0, past all speculation: whichever overload matches, the keys are views.
                checker.reporter.report(0, found.error, found.notes, ctx.context, found.codes)
        return ctx.default_return_type

    def _judge(self, keys: Keys) -> Diagnostic | None:
        """The diagnostic for keys that are views, or have views in them; None if they are no views."""
        view = held_view(keys.type)
        return stored(keys.collection, keys.type, view, self._options) if view is not None else None


def _is_told(ctx: FunctionContext | MethodContext) -> bool:
    """Whether a call without arguments has its type from an annotation, where it is reported."""
    call = ctx.context
    return isinstance(call, CallExpr) and not call.args and isinstance(call.callee, RefExpr)


def _keys(collection: Type) -> Keys | None:
    """The keys of a collection of keyview; None for any other type."""
    proper = get_proper_type(collection)
    if not isinstance(proper, Instance):
        return None
    base = next((base for base in proper.type.mro if base.fullname in names.COLLECTIONS), None)
    if base is None:
        return None
    return Keys(proper.type.name, map_instance_to_supertype(proper, base).args[0])

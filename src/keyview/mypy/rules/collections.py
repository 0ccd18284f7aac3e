"""The hooks of types of collections: they ask the rules about the type of the keys.

If the type of the collection is written, it is judged when mypy analyses the annotation. If the type is
inferred, it is judged at the call that makes the collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, RefExpr
from mypy.types import (
    CallableType,
    Instance,
    TupleType,
    TypeList,
    TypeType,
    UnionType,
    UnpackType,
    get_proper_type,
)

from keyview.mypy import names
from keyview.mypy.facts.views import classes_in
from keyview.mypy.host.checker import Checker
from keyview.mypy.host.program import depend_on
from keyview.mypy.host.reporting import report_in_analysis
from keyview.mypy.rules import key_view_order, key_view_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy.options import Options
    from mypy.plugin import AnalyzeTypeContext, FunctionContext, MethodContext
    from mypy.types import Type

    from keyview.mypy.messages import Diagnostic

__all__ = ["MAKERS", "Collections"]

#: mypy's names for the class methods that make a collection of what is no map yet.
MAKERS = frozenset(
    f"{method} of {collection}"
    for collection, methods in (
        ("HashMap", ("fromkeys", "grouped", "counted", "reduced", "with_capacity")),
        ("HashSet", ("with_capacity",)),
        ("SortedMap", ("fromkeys", "grouped", "counted", "reduced")),
    )
    for method in methods
)

#: The names with which programs write the type of a collection.
WRITTEN = (names.HASH_MAP, names.HASH_SET, names.SORTED_MAP, names.OUR_SORTED_SET)


class Keys(NamedTuple):
    """The name of a collection's class, the type of its keys, and whether it sorts them."""

    collection: str
    type: Type
    are_ordered: bool


class Collections:
    """The hooks, and the state that they share."""

    def __init__(self, options: Options) -> None:
        self._options = options
        #: The hooks of the types that programs write; of none while mypy analyses such a type.
        self.hooks: dict[str, Callable[[AnalyzeTypeContext], Type]] = {}
        self._claim()

    def _claim(self) -> None:
        self.hooks.update(dict.fromkeys(WRITTEN, self._written))

    def _written(self, ctx: AnalyzeTypeContext) -> Type:
        """The type, as mypy analyses it. Reports an error if its keys cannot be keys."""
        self.hooks.clear()
        try:
            typ = ctx.api.analyze_type(ctx.type)
        finally:
            self._claim()
        for part in _instances(typ):
            keys = _keys(part)
            if keys is None:
                continue
            for info in classes_in(keys.type):
                depend_on(info, ctx.api)
            found = self._judge(keys)
            if found is not None:
                report_in_analysis(ctx.api, found.error, found.notes, part, found.codes)
        return typ

    def made(self, ctx: FunctionContext | MethodContext) -> Type:
        """The type of the new collection, unchanged. Reports an error if its keys cannot be keys."""
        keys = _keys(ctx.default_return_type)
        if keys is not None and not _is_told(ctx):
            checker = Checker(ctx.api)
            for info in classes_in(keys.type):
                checker.depend_on(info)
            found = self._judge(keys)
            if found is not None:
                # Depth 0, past all speculation: whichever overload matches, the keys are the same.
                checker.reporter.report(0, found.error, found.notes, ctx.context, found.codes)
        return ctx.default_return_type

    def _judge(self, keys: Keys) -> Diagnostic | None:
        """The diagnostic for keys that cannot be keys of their collection; None if they can."""
        found = key_view_stored.judge(keys.collection, keys.type, self._options)
        if found is None and keys.are_ordered:
            return key_view_order.judge(keys.collection, keys.type, self._options)
        return found


def _is_told(ctx: FunctionContext | MethodContext) -> bool:
    """Whether a call without arguments has its type from an annotation, where it is reported."""
    call = ctx.context
    return isinstance(call, CallExpr) and not call.args and isinstance(call.callee, RefExpr)


def _instances(written: Type) -> Iterator[Instance]:
    """The instances in a type, without those in an alias, which are judged where that is."""
    match written:
        case Instance(args=parts):
            yield written
        case UnionType(items=parts) | TupleType(items=parts) | TypeList(items=parts):
            pass
        case CallableType(arg_types=taken, ret_type=result):
            parts = (*taken, result)
        case UnpackType(type=part) | TypeType(item=part):
            parts = (part,)
        case _:
            return
    for part in parts:
        yield from _instances(part)


def _keys(collection: Type) -> Keys | None:
    """The keys of a collection of keyview; None for any other type."""
    proper = get_proper_type(collection)
    if not isinstance(proper, Instance):
        return None
    base = next((base for base in proper.type.mro if base.fullname in names.COLLECTIONS), None)
    if base is None:
        return None
    are_ordered = base.fullname in (names.ORDERED_MAP, names.ORDERED_SET)
    return Keys(proper.type.name, map_instance_to_supertype(proper, base).args[0], are_ordered)

"""Functions that look something up with a method that they are given, or in their first argument.

`filter(known.__contains__, words)`, `operator.contains(known, word)` and `set.discard(known, word)` look up
as the methods do. mypy checks them by the signature of the method, which for sets takes any object, or not
at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import ARG_POS, ARG_STAR, ARG_STAR2, MemberExpr
from mypy.types import FunctionLike, Instance, TupleType, UnionType, get_proper_type

from keyview.mypy import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import Expression
    from mypy.plugin import AttributeContext, FunctionContext, MethodContext
    from mypy.types import Type

    from keyview.mypy.host.checker import Checker

__all__ = ["FUNCTIONS", "Passed", "name_callee", "passed"]


class Passed(NamedTuple):
    """A lookup that a function makes."""

    #: The receiver, or the collection of receivers, as it is written; and the type of a receiver.
    written: Expression
    receiver: Type | None
    method: str
    query: Type | None
    #: Whether mypy checks the lookup by the signature of the method.
    is_checked: bool
    #: The arguments of a method that is called through its class.
    arguments: list[Expression] = []  # noqa: RUF012 -- nobody appends to it


#: Functions that call their first argument with each element of the second.
OF_EACH: Final = frozenset({names.MAP_EACH, names.FILTER})
#: Functions that call their argument `key` with each element of the first.
BY_KEY: Final = frozenset({names.SORTED, names.MIN, names.MAX})
#: Functions that call a method of their first argument with the second, of which they take anything.
OF_FIRST: Final = {
    names.CONTAINS: "__contains__",
    names.COUNT_OF: "count",
    names.INDEX_OF: "index",
}
FUNCTIONS: Final = frozenset(
    {*OF_EACH, *BY_KEY, names.PARTIAL, *OF_FIRST, f"{names.ITEM_GETTER}.__call__"}
)


def name_callee(ctx: AttributeContext, fullname: str) -> Type:
    """The type of a method of a class, unchanged. mypy will call the function hook of this name.

    By itself it calls no hook for `set.discard(known, word)`: the type of a class whose constructor is
    overloaded has no name, and a method that is called through the class has none, either.
    """
    typ = get_proper_type(ctx.default_attr_type)
    if isinstance(ctx.context, MemberExpr) and isinstance(typ, FunctionLike):
        ctx.context.fullname = fullname
    return ctx.default_attr_type


def passed(
    ctx: FunctionContext | MethodContext, function: str, checker: Checker
) -> Iterator[Passed]:
    """The lookups that a call makes; none if it is not seen what it calls, and with what."""
    kinds = [kind for kinds in ctx.arg_kinds for kind in kinds]
    if ARG_STAR in kinds or ARG_STAR2 in kinds:
        return
    positional = [
        expression
        for expressions, kinds in zip(ctx.args, ctx.arg_kinds, strict=True)
        for expression, kind in zip(expressions, kinds, strict=True)
        if kind is ARG_POS
    ]
    if function in BY_KEY:
        keys = dict(zip(ctx.callee_arg_names, ctx.args, strict=True)).get("key", [])
        if len(keys) == len(positional) == 1:
            yield from _by_each(keys[0], positional[0], checker)
    elif isinstance(getter := getattr(ctx, "type", None), Instance):
        yield from _item(getter, positional[0], checker.type_of(positional[0]))
    elif len(positional) < 2:
        return
    elif function in OF_EACH:
        yield from _by_each(positional[0], positional[1], checker)
    elif function == names.PARTIAL:
        yield from _by_method(positional[0], checker.type_of(positional[1]), checker)
    else:
        receiver, query = map(checker.type_of, positional[:2])
        if function not in OF_FIRST and isinstance(get_proper_type(receiver), UnionType):
            return  # mypy finds no common type of the members, and says so.
        method = OF_FIRST.get(function, function.rpartition(".")[2])
        yield Passed(
            positional[0], receiver, method, query, function not in OF_FIRST, positional[1:]
        )


def _by_each(called: Expression, iterable: Expression, checker: Checker) -> Iterator[Passed]:
    """The lookups of what is called with each element of an iterable."""
    typ = checker.type_of(iterable)
    getter = get_proper_type(checker.type_of(called))
    for element in checker.elements_of(typ) if typ is not None else []:
        yield from _by_method(called, element, checker)
        if isinstance(getter, Instance):
            yield from _item(getter, iterable, element)


def _by_method(called: Expression, query: Type | None, checker: Checker) -> Iterator[Passed]:
    if isinstance(called, MemberExpr):
        receiver = checker.type_of(called.expr)
        yield Passed(called.expr, receiver, called.name, query, is_checked=True)


def _item(getter: Instance, written: Expression, receiver: Type | None) -> Iterator[Passed]:
    """The lookup of an `itemgetter`; none if it may be of several, which look like one tuple."""
    if getter.type.fullname != names.ITEM_GETTER:
        return
    item = get_proper_type(getter.args[0])
    if isinstance(item, TupleType) or (
        isinstance(item, Instance) and item.type.has_base(names.TUPLE)
    ):
        return
    yield Passed(written, receiver, "__getitem__", item, is_checked=False)

"""Functions that look something up with a method that they are given, or in their first argument.

`filter(known.__contains__, words)` and `operator.contains(known, word)` look up as `word in known` does. mypy
checks them by the signature of the method, which for sets takes any object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import MemberExpr

from keyview.mypy import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import Expression
    from mypy.plugin import FunctionContext
    from mypy.types import Type

    from keyview.mypy.host.checker import Checker

__all__ = ["FUNCTIONS", "OF_FIRST", "Passed", "passed"]


class Passed(NamedTuple):
    """A lookup that a function makes."""

    receiver: Expression
    method: str
    query: Type


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
FUNCTIONS: Final = frozenset({*OF_EACH, *BY_KEY, names.PARTIAL, *OF_FIRST})


def passed(ctx: FunctionContext, function: str, checker: Checker) -> Iterator[Passed]:
    """The lookups that a call makes; none if it is not seen what it calls."""
    arguments = dict(zip(ctx.callee_arg_names, ctx.args, strict=True))
    each = [one[0] for one in ctx.args if len(one) == 1]
    if function in OF_FIRST:
        if len(each) == len(ctx.args) == 2:
            yield from _looked_up(each[0], OF_FIRST[function], checker.type_of(each[1]))
        return
    if function in BY_KEY:
        key = arguments.get("key", [])
        if len(key) == 1 and len(ctx.args[0]) == 1 and isinstance(key[0], MemberExpr):
            for element in _elements(ctx.args[0][0], checker):
                yield from _looked_up(key[0].expr, key[0].name, element)
        return
    if len(ctx.args) < 2 or not ctx.args[0] or not ctx.args[1]:
        return
    called, first = ctx.args[0][0], ctx.args[1][0]
    if isinstance(called, MemberExpr):
        asked = [checker.type_of(first)] if function == names.PARTIAL else _elements(first, checker)
        for query in asked:
            yield from _looked_up(called.expr, called.name, query)


def _looked_up(receiver: Expression, method: str, query: Type | None) -> Iterator[Passed]:
    if query is not None:
        yield Passed(receiver, method, query)


def _elements(iterable: Expression, checker: Checker) -> list[Type]:
    typ = checker.type_of(iterable)
    return checker.elements_of(typ) if typ is not None else []

"""Changes a source as fixes say, with LibCST, which preserves the rest of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst
from libcst.codemod import CodemodContext
from libcst.codemod.visitors import AddImportsVisitor
from libcst.metadata import MetadataWrapper, PositionProvider

from keyview.cli.fix.advice import UNHASHABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keyview.cli.fix.advice import Fix
    from keyview.mypy.host.run import Message

__all__ = ["fixed"]

#: Expressions to which `.name` can be added without parentheses.
PRIMARY = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)


def fixed(source: str, fixes: Sequence[tuple[Message, Fix]]) -> tuple[str, list[Message]]:
    """The source with the fixes, and the errors that were fixed.

    An error whose query cannot be found for certain is not fixed.
    """
    wrapper = MetadataWrapper(cst.parse_module(source))
    queries: dict[cst.CSTNode, tuple[Message, Fix]] = {}
    for message, fix in fixes:
        query = _query(message, wrapper)
        if query is not None and query not in queries:
            queries[query] = message, fix
    module = wrapper.module.visit(_Convert({query: fix for query, (_, fix) in queries.items()}))
    context = CodemodContext()
    for _, fix in queries.values():
        if fix.module:
            AddImportsVisitor.add_needed_import(context, fix.module, fix.name)
    return AddImportsVisitor(context).transform_module(module).code, [
        m for m, _ in queries.values()
    ]


class _Convert(cst.CSTTransformer):
    """Converts the queries that have a fix."""

    def __init__(self, fixes: Mapping[cst.CSTNode, Fix]) -> None:
        super().__init__()
        self._fixes = fixes

    def on_leave(  # type: ignore[override]  # LibCST has no type for "whatever stands there".
        self, original_node: cst.CSTNode, updated_node: cst.CSTNode
    ) -> cst.CSTNode:
        updated = super().on_leave(original_node, updated_node)
        fix = self._fixes.get(original_node)
        if fix is None or not isinstance(updated, cst.BaseExpression):
            return updated  # type: ignore[return-value]
        code = cst.Module([]).code_for_node(updated)
        # Before a dot, an operator needs parentheses; so does a generator.
        if not isinstance(updated, PRIMARY) and not updated.lpar and fix.code.startswith("{}"):
            code = f"({code})"
        return cst.parse_expression(fix.code.format(code))


def _query(message: Message, wrapper: MetadataWrapper) -> cst.BaseExpression | None:
    """The query at the place of an error, if there is only one lookup of that kind."""
    found = [
        query
        for node, place in wrapper.resolve(PositionProvider).items()
        if (place.start.line, place.start.column + 1) == (message.line, message.column)
        and (place.end.line, place.end.column + 1) == (message.end_line, message.end_column)
        and (query := _looked_up(node, message.text)) is not None
    ]
    return found[0] if len(found) == 1 else None


def _looked_up(node: cst.CSTNode, text: str) -> cst.BaseExpression | None:
    """What a node looks up, if it is the operation that an error is about."""
    is_any = UNHASHABLE in text  # The operation is not named.
    match node:
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=query, star=None))]):
            is_named = text.startswith(("Invalid index type", '"[]" '))
        case cst.Comparison(
            left=query, comparisons=[cst.ComparisonTarget(operator=cst.In() | cst.NotIn())]
        ):
            is_named = text.startswith('"in" ')
        case cst.Call(
            func=cst.Attribute(attr=cst.Name(value=name)),
            args=[cst.Arg(value=query, star="", keyword=None), *_],
        ):
            is_named = text.startswith(f"{name}() looks up ")
        case _:
            return None
    return query if is_named or is_any else None

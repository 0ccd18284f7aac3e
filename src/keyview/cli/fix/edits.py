"""Changes a source as fixes say, with LibCST, which preserves the rest of the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst.codemod import CodemodContext
from libcst.codemod.visitors import AddImportsVisitor
from libcst.metadata import MetadataWrapper, PositionProvider

from keyview.cli.fix.advice import UNHASHABLE
from keyview.cli.fix.idioms.bound import Names
from keyview.cli.fix.writing import Replacing, mark, replaced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keyview.cli.fix.advice import Fix
    from keyview.cli.fix.writing import Enclose
    from keyview.mypy.host.run import Message

__all__ = ["fixed"]

#: Expressions to which `.name` can be added without parentheses.
PRIMARY: Final = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)


def fixed(source: str, fixes: Sequence[tuple[Message, Fix]]) -> tuple[str, list[Message]]:
    """The source with the fixes, and the errors that were fixed.

    An error is not fixed if its query cannot be found for certain, or the fix's name may mean something else.
    """
    wrapper = MetadataWrapper(cst.parse_module(source))
    lines = re.split(r"\r\n|\r|\n", source)
    names = Names(wrapper.module)
    queries: dict[cst.CSTNode, tuple[Message, Fix]] = {}
    for message, fix in fixes:
        query = _query(message, wrapper, lines)
        if query is not None and query not in queries and _is_meant(fix, names):
            queries[query] = message, fix
    done = {query: fix for query, (_, fix) in queries.items()}
    module = replaced(wrapper.module, lambda enclose: _Convert(done, enclose))
    context = CodemodContext()
    for _, fix in queries.values():
        if fix.module:
            AddImportsVisitor.add_needed_import(context, fix.module, fix.name)
    new = AddImportsVisitor(context).transform_module(module).code
    return mark(source) + new, [message for message, _ in queries.values()]


def _is_meant(fix: Fix, names: Names) -> bool:
    """Whether the name that the code of a fix begins with has the meaning that it has there."""
    name = re.match(r"\w*", fix.code)
    return name is None or names.means(name[0], fix.module, fix.name)


class _Convert(Replacing):
    """Converts the queries that have a fix."""

    def __init__(self, fixes: Mapping[cst.CSTNode, Fix], enclose: Enclose) -> None:
        super().__init__()
        self._fixes = fixes
        self._enclose = enclose

    def instead(self, original: cst.CSTNode, updated: cst.CSTNode) -> cst.CSTNode:
        fix = self._fixes.get(original)
        if fix is None or not isinstance(updated, cst.BaseExpression):
            return updated
        code = cst.Module([]).code_for_node(updated)
        # Before a dot, an operator needs parentheses; so does a generator.
        if not isinstance(updated, PRIMARY) and not updated.lpar and fix.code.startswith("{}"):
            code = f"({code})"
        return self._enclose(updated, cst.parse_expression(fix.code.format(code)))


def _query(
    message: Message, wrapper: MetadataWrapper, lines: Sequence[str]
) -> cst.BaseExpression | None:
    """The query at the place of an error, if there is only one lookup of that kind."""
    # mypy counts bytes or characters, and some of its versions count neither.
    has_columns = all(line.isascii() for line in lines[message.line - 1 : message.end_line])
    found = []
    for node, place in wrapper.resolve(PositionProvider).items():
        query = _looked_up(node, message.text)
        if query is None or place.start.line != message.line:
            continue
        is_there = place.start.column + 1 == message.column
        # Of `del`, mypy says no end.
        if not isinstance(node, cst.Del):
            if place.end.line != message.end_line:
                continue
            is_there = is_there and place.end.column + 1 == message.end_column
        if is_there or not has_columns:
            found.append(query)
    return found[0] if len(found) == 1 else None


def _looked_up(node: cst.CSTNode, text: str) -> cst.BaseExpression | None:
    """What a node looks up, if it is the operation that an error is about."""
    is_any = UNHASHABLE in text  # The operation is not named.
    match node:
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=query, star=None))]):
            is_named = text.startswith(("Invalid index type", '"[]" '))
        case cst.Del(
            target=cst.Subscript(
                slice=[cst.SubscriptElement(slice=cst.Index(value=query, star=None))]
            )
        ):
            is_named = text.startswith('"del" ')
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

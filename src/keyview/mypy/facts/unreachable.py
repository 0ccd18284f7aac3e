"""Whether a lookup is in a part of an expression that, as mypy has it, never runs.

mypy checks such a part, too, and drops what is said of it: a branch of a conditional expression, and the
right operand of `and` and `or`. It drops what is said of an experiment in the same way, so only the
expression tells the two apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.nodes import ConditionalExpr, Node, OpExpr
from mypy.types import UninhabitedType, get_proper_type

from keyview.mypy.facts.nodes import parts_of

if TYPE_CHECKING:
    from mypy.nodes import Context, Expression
    from mypy.types import Type

    from keyview.mypy.host.checker import Checker

__all__ = ["never_runs"]


def never_runs(context: Context, checker: Checker) -> bool:
    """Whether the node is in such a part."""
    inner, around = context, _around(context, checker)
    for outer in around:
        if _is_cut_off(outer, inner, checker):
            return True
        inner = outer
    return False


def _around(context: Context, checker: Checker) -> list[Node]:
    """The nodes that a node of the module is in, from the inside to the outside."""
    pending: list[tuple[object, _Link | None]] = [(checker.tree, None)]
    while pending:
        node, link = pending.pop()
        if node is context:
            return _unlinked(link)
        if isinstance(node, list | tuple):
            pending.extend((each, link) for each in node)
        elif isinstance(node, Node):
            here = _Link(node, link)
            pending.extend((part, here) for part in parts_of(node))
    return []


class _Link(NamedTuple):
    """A node, and what it is in."""

    node: Node
    outer: _Link | None


def _unlinked(link: _Link | None) -> list[Node]:
    nodes = []
    while link is not None:
        nodes.append(link.node)
        link = link.outer
    return nodes


def _is_cut_off(outer: Node, inner: Context, checker: Checker) -> bool:
    """Whether mypy knows that the outer node never runs the inner one."""
    match outer:
        case ConditionalExpr(cond=condition, if_expr=part) if inner is part:
            return _is_never(checker.narrowed_by(condition)[0])
        case ConditionalExpr(cond=condition, else_expr=part) if inner is part:
            return _is_never(checker.narrowed_by(condition)[1])
        case OpExpr(op="and" | "or", left=condition, right=part) if inner is part:
            narrowed = checker.narrowed_by(condition)[outer.op == "or"]
            return outer.right_unreachable or _is_never(narrowed)
        case _:
            return False


def _is_never(narrowed: dict[Expression, Type] | None) -> bool:
    """Whether these types, or None before mypy 1.20, say that no value has them."""
    return narrowed is None or any(
        isinstance(get_proper_type(typ), UninhabitedType) for typ in narrowed.values()
    )

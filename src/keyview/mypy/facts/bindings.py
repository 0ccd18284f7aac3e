"""What the names and attributes of a module are bound to, wherever in the module."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import (
    AssignmentExpr,
    AssignmentStmt,
    DictionaryComprehension,
    ForStmt,
    GeneratorExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    StarExpr,
    TupleExpr,
    WithStmt,
)

from keyview.mypy.facts.nodes import every_node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import Expression, MypyFile, Var

    from keyview.mypy.host.checker import Checker

__all__ = ["ANY_ELEMENT", "Binding", "bound_to"]

#: What a loop binds: each element of the value in turn.
ANY_ELEMENT: Final = -1


class Binding(NamedTuple):
    """A target that is bound to a value."""

    target: NameExpr | MemberExpr
    value: Expression
    #: The way from the value to the part that the target is bound to: positions in tuples, or `ANY_ELEMENT`.
    #: None if it is not known, as what the value gives a `with`.
    path: tuple[int, ...] | None


def bound_to(variable: Var, checker: Checker) -> Iterator[Binding]:
    """The bindings of a variable."""
    for binding in checker.once(_by_name).get(variable.name, ()):
        if binding.target.node is variable:
            yield binding


def _by_name(tree: MypyFile) -> dict[str, list[Binding]]:
    """The bindings of a module. By name, since mypy's daemon makes new variables without reading a file."""
    found = defaultdict(list)
    for node in every_node(tree):
        for binding in _bound_by(node):
            found[binding.target.name].append(binding)
    return found


def _bound_by(node: Node) -> Iterator[Binding]:
    """What a node binds, without the nodes in it."""
    match node:
        case AssignmentStmt(lvalues=targets, rvalue=value):
            for target in targets:
                yield from _bound(target, value, ())
        case AssignmentExpr(target=target, value=value):
            yield from _bound(target, value, ())
        case ForStmt(index=target, expr=value):
            yield from _bound(target, value, (ANY_ELEMENT,))
        case GeneratorExpr() | DictionaryComprehension():
            for target, value in zip(node.indices, node.sequences, strict=True):
                yield from _bound(target, value, (ANY_ELEMENT,))
        case WithStmt():
            for maybe, value in zip(node.target, node.expr, strict=True):
                yield from _bound(maybe, value, None)
        case _:
            return


def _bound(
    target: Expression | None, value: Expression, path: tuple[int, ...] | None
) -> Iterator[Binding]:
    match target:
        case NameExpr() | MemberExpr():
            yield Binding(target, value, path)
        case StarExpr():
            yield from _bound(target.expr, value, None)
        case TupleExpr(items=targets) | ListExpr(items=targets):
            items = value.items if isinstance(value, TupleExpr | ListExpr) and not path else []
            is_starred = any(isinstance(one, StarExpr) for one in (*targets, *items))
            is_in_pairs = len(items) == len(targets) and not is_starred
            for position, one in enumerate(targets):
                if is_in_pairs:
                    yield from _bound(one, items[position], path)
                else:
                    inner = None if path is None or is_starred else (*path, position)
                    yield from _bound(one, value, inner)
        case _:
            return

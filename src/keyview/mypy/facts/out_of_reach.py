"""Finds lookups that mypy does not show to plugins: in objects that are `Any`, or in unchecked functions.

Whether they are lookups cannot be known: `x[0]`, `a in x` and `x.get(a)` look like lookups. Types are taken
from declarations, because mypy does not keep those of expressions when a module has been checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.expandtype import expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    CallExpr,
    ComparisonExpr,
    Decorator,
    Expression,
    FuncDef,
    IndexExpr,
    MemberExpr,
    Node,
    RefExpr,
    SliceExpr,
    Var,
)
from mypy.types import AnyType, CallableType, Instance, ProperType, Type, get_proper_type

from keyview.mypy.facts.nodes import parts_of
from keyview.mypy.host.tally import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import MypyFile, SymbolNode
    from mypy.options import Options

__all__ = ["out_of_reach"]

#: Methods that are nearly always lookups.
METHODS: Final = frozenset({"get", "pop", "discard", "setdefault"})


def out_of_reach(tree: MypyFile, options: Options) -> Iterator[Fate]:
    """For each such lookup, why mypy does not show it to plugins."""
    pending: list[tuple[object, bool]] = [(tree, True)]
    while pending:
        node, is_checked = pending.pop()
        if isinstance(node, list | tuple):
            pending.extend((each, is_checked) for each in node)
        elif isinstance(node, Node):
            if isinstance(node, FuncDef) and node.type is None and not options.check_untyped_defs:
                is_checked = False
            receiver = _looked_in(node)
            if receiver is not None:
                if not is_checked:
                    yield Fate.UNCHECKED
                elif isinstance(_type(receiver), AnyType):
                    yield Fate.IN_ANY
            pending.extend((part, is_checked) for part in parts_of(node))


def _looked_in(node: Node) -> Expression | None:
    """The object in which a node looks something up, if the node may be a lookup."""
    match node:
        case IndexExpr(base=base, index=index, analyzed=None) if not isinstance(index, SliceExpr):
            return base
        case ComparisonExpr(operators=operators, operands=operands) if operators[-1] in (
            "in",
            "not in",
        ):
            return operands[-1]
        case CallExpr(callee=MemberExpr(expr=expr, name=name), args=[_, *_]) if name in METHODS:
            return None if _is_missing_module(expr) else expr
        case _:
            return None


def _is_missing_module(expression: Expression) -> bool:
    """Whether an expression is a module that mypy does not find: `requests.get(address)` is no lookup."""
    node = expression.node if isinstance(expression, RefExpr) else None
    return isinstance(node, Var) and node.is_suppressed_import


def _type(expression: Expression) -> ProperType | None:
    """The type of an expression, as far as declarations tell."""
    match expression:
        case RefExpr(node=Var() as variable):
            return get_proper_type(variable.type)
        case MemberExpr(expr=owner, name=name):
            return _of_member(_type(owner), name)
        case CallExpr(callee=RefExpr(node=FuncDef() as function)):
            return _result(function.type)
        case CallExpr(callee=MemberExpr(expr=owner, name=name)):
            return _result(_of_member(_type(owner), name))
        case CallExpr(callee=callee):
            called = _type(callee)
            return called if isinstance(called, AnyType) else None
        case IndexExpr(base=base):
            return _result(_of_member(_type(base), "__getitem__"))
        case _:
            return None


def _of_member(owner: ProperType | None, name: str) -> ProperType | None:
    if isinstance(owner, AnyType):
        return owner
    definer = owner.type.get_containing_type_info(name) if isinstance(owner, Instance) else None
    if not isinstance(owner, Instance) or definer is None:
        return None
    typ = _declared(definer.names[name].node)
    if typ is None:
        return None
    return get_proper_type(expand_type_by_instance(typ, map_instance_to_supertype(owner, definer)))


def _declared(node: SymbolNode | None) -> Type | None:
    match node:
        case Var(type=typ) | FuncDef(type=typ):
            return typ
        case Decorator(func=function, var=variable) if variable.is_property:
            return _result(function.type)
        case _:
            return None


def _result(function: Type | None) -> ProperType | None:
    proper = get_proper_type(function)
    if isinstance(proper, AnyType):
        return proper
    return get_proper_type(proper.ret_type) if isinstance(proper, CallableType) else None

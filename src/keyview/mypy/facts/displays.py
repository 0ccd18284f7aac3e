"""What literals a container is written of: mypy takes `("a", "b")` for a tuple of two `str`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import ListExpr, NameExpr, SetExpr, TupleExpr, Var
from mypy.types import (
    Instance,
    LiteralType,
    NoneType,
    TupleType,
    UnionType,
    flatten_nested_unions,
    get_proper_type,
    get_proper_types,
)

from keyview.mypy.facts.inference import declared_type, variable_of

if TYPE_CHECKING:
    from mypy.nodes import Expression
    from mypy.types import Type

    from keyview.mypy.host.checker import Checker

__all__ = ["asks_for_literals", "declared_in", "has_none", "literals_in"]


def has_none(container: Expression | None) -> bool:
    """Whether None is written among the items of a container, so that to find it is meant."""
    match container:
        case TupleExpr(items=items) | ListExpr(items=items) | SetExpr(items=items):
            return any(isinstance(one, NameExpr) and one.name == "None" for one in items)
        case _:
            return False


def declared_in(container: Expression | None, checker: Checker) -> Type | None:
    """The type that the items of a container were declared to have, if mypy may have narrowed one."""
    match container:
        case TupleExpr(items=items) | ListExpr(items=items) | SetExpr(items=items):
            declared = [declared_type(item, checker) for item in items]
            if any(declared):
                pairs = zip(declared, items, strict=True)
                types = [typ or checker.type_of(item) for typ, item in pairs]
                return UnionType.make_union([typ for typ in types if typ is not None])
    return None


def asks_for_literals(query: Expression, checker: Checker) -> bool:
    """Whether a query is declared to be one of some literals, or None.

    What mypy has narrowed a variable to does not count: it does not see each assignment.
    """
    variable = variable_of(query, checker)
    typ = variable.type if isinstance(variable, Var) else checker.type_of(query)
    arms = get_proper_types(flatten_nested_unions([typ])) if typ is not None else []
    kinds = set(map(type, arms))
    return LiteralType in kinds and kinds <= {LiteralType, NoneType}


def literals_in(container: Expression, checker: Checker) -> Type | None:
    """The type of the literals that a container has; None if it may have anything else."""
    match container:
        case TupleExpr(items=items) | ListExpr(items=items) | SetExpr(items=items):
            types = [checker.type_of(item) for item in items]
        case _:
            typ = checker.type_of(container)
            proper = get_proper_type(typ) if typ is not None else None
            types = list(proper.items) if isinstance(proper, TupleType) else []
    known = [_literal(typ) for typ in types]
    literals = [typ for typ in known if typ is not None]
    return UnionType.make_union(literals) if literals and len(literals) == len(known) else None


def _literal(typ: Type | None) -> Type | None:
    proper = get_proper_type(typ)
    if isinstance(proper, Instance):
        return proper.last_known_value
    return proper if isinstance(proper, LiteralType) else None

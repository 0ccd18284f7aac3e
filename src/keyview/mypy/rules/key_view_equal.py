"""`key-view-equal`: `==` and `!=` between what can never be equal, if the options ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.nodes import ComparisonExpr
from mypy.types import (
    AnyType,
    Instance,
    LiteralType,
    NoneType,
    TypeType,
    TypeVarType,
    UninhabitedType,
    UnionType,
    flatten_nested_unions,
    get_proper_type,
    get_proper_types,
)

from keyview.mypy import names
from keyview.mypy.facts.hash_origin import is_of_standard_library
from keyview.mypy.facts.inference import declared_type, is_asserted_unequal
from keyview.mypy.facts.relation import Kind, as_instance, relate
from keyview.mypy.messages import never_equal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import Context, Expression
    from mypy.types import ProperType, Type

    from keyview.mypy.facts.relation import Program, Verdict
    from keyview.mypy.host.checker import Checker
    from keyview.mypy.messages import Diagnostic

__all__ = ["METHODS", "Comparison", "comparisons", "judge"]

#: The methods that mypy asks plugins about.
METHODS = frozenset({"__eq__", "__ne__"})


class Comparison(NamedTuple):
    """One `==` or `!=` of a chain."""

    #: Its position in the chain.
    number: int
    operator: str
    operands: tuple[Expression, Expression]
    types: tuple[Type, Type]


def comparisons(context: Context, checker: Checker) -> Iterator[Comparison]:
    """The comparisons of an expression of which mypy knows both types by now."""
    if not isinstance(context, ComparisonExpr):
        return
    pairs = zip(context.operators, context.operands, context.operands[1:], strict=False)
    for number, (operator, left, right) in enumerate(pairs):
        types = (checker.type_of(left), checker.type_of(right))
        if operator in ("==", "!=") and types[0] is not None and types[1] is not None:
            yield Comparison(number, operator, (left, right), (types[0], types[1]))


def judge(
    compared: Comparison, context: Context, program: Program, checker: Checker
) -> Diagnostic | None:
    """The diagnostic for a comparison whose answer is known; None if it is not, or if mypy reports it."""
    program = program.with_hashing(False)
    left, right = (_exact(get_proper_type(typ)) for typ in compared.types)
    if checker.in_unannotated_function or _is_beside_the_point(left, right):
        return None
    verdict = _relate(left, right, program)
    if verdict is None or checker.refuses_comparison(*compared.types):
        return None
    # What a variable was narrowed to holds until somebody else assigns to it.
    first, second = (
        _exact(get_proper_type(declared_type(operand, checker) or typ))
        for operand, typ in zip(compared.operands, compared.types, strict=True)
    )
    if compared.operator == "!=" and any(_has_own_ne(one, program) for one in (left, right)):
        return None
    if _relate(first, second, program) is None or is_asserted_unequal(context, checker):
        return None
    return never_equal(compared.operator, left, right, verdict, checker.options)


def _relate(left: Type, right: Type, program: Program) -> Verdict | None:
    """Why the two are never equal, whichever is asked; None if they may be."""
    verdicts = [relate(left, right, program), relate(right, left, program)]
    if any(verdict.kind is not Kind.NEVER for verdict in verdicts):
        return None
    return verdicts[0]


def _has_own_ne(typ: ProperType, program: Program) -> bool:
    """Whether a value may be of a class of the program with a `__ne__`, of which `__eq__` tells nothing."""
    arms = [typ.upper_bound] if isinstance(typ, TypeVarType) else [typ]
    for arm in get_proper_types(flatten_nested_unions(arms)):
        instance = as_instance(arm)
        for info in [instance.type, *program.below(instance.type)] if instance is not None else ():
            owner = info.get_containing_type_info("__ne__")
            if owner is not None and not is_of_standard_library(owner):
                return True
    return False


def _exact(typ: ProperType) -> ProperType:
    """The literal that a value is known to be, or the type as it is."""
    return typ.last_known_value or typ if isinstance(typ, Instance) else typ


def _is_beside_the_point(left: ProperType, right: ProperType) -> bool:
    """Whether the comparison is with None, with `Any` itself, with what is never reached, or of two bools.

    `x == None` is asked of what is None by mistake, and mypy narrows flags that calls change.
    """
    for one in (left, right):
        if isinstance(one, (NoneType, UninhabitedType)):
            return True
        if isinstance(one, TypeType) and isinstance(one.item, AnyType):
            return True
    return all(map(_is_bool, (left, right)))


def _is_bool(typ: ProperType) -> bool:
    if isinstance(typ, UnionType):
        return all(_is_bool(get_proper_type(item)) for item in typ.items)
    if isinstance(typ, LiteralType):
        typ = typ.fallback
    return isinstance(typ, Instance) and typ.type.fullname == names.BOOL

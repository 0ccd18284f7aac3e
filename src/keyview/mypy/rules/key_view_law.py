"""`key-view-law`: a class that declares `KeyView` or `Borrow`, and breaks its law.

Such a class is judged where it is defined. mypy asks plugins about a class while it analyses it, when the
types of its methods are not yet known. They are known when it checks the class, and there it calls, as
Python does, `__init_subclass__` of the base: that call is where a class is judged. It makes none for enums
and tuples; those are judged early.

A class that has declared nothing, and yet stands for another, is judged where it is looked up with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import CallExpr, MemberExpr, NameExpr
from mypy.subtypes import find_member
from mypy.types import CallableType, Instance, flatten_nested_unions, get_proper_type
from mypy.typevars import fill_typevars

from keyview.mypy import names
from keyview.mypy.facts.law import Fault, breach_of, declared_by, declares
from keyview.mypy.facts.relation import Kind, is_unhashable, may_be_unhashable
from keyview.mypy.facts.views import held_view
from keyview.mypy.host.checker import Checker
from keyview.mypy.host.reporting import report_in_analysis
from keyview.mypy.messages import Diagnostic, broken, returned

if TYPE_CHECKING:
    from mypy.nodes import TypeInfo
    from mypy.plugin import ClassDefContext, MethodContext
    from mypy.types import Type

    from keyview.mypy.facts.relation import Verdict
    from keyview.mypy.rules.query import Query

__all__ = ["check_class", "check_special_class", "judge_query"]


def check_class(ctx: MethodContext) -> Type:
    """Judge the class that is being defined; the type of the call is unchanged."""
    checker = Checker(ctx.api)
    if checker.class_named(names.KEY_VIEW) is None:
        return ctx.default_return_type  # The program has never heard of us.
    info = _defined(ctx, checker)
    method = declared_by(info) if info is not None else None
    if info is None or method is None:
        return ctx.default_return_type
    reporter = checker.reporter
    if (found := _broken(info, method)) is not None:
        reporter.report(reporter.depth, found.error, found.notes, info.defn, found.code)
    if method in info.names and (found := _returned(info, method, checker)) is not None:
        place = info.names[method].node or info.defn
        reporter.report(reporter.depth, found.error, found.notes, place, found.code)
    return ctx.default_return_type


def check_special_class(ctx: ClassDefContext) -> None:
    """Judge an enum or a tuple, for which mypy makes no call."""
    info = ctx.cls.info
    method = declared_by(info)
    if method is not None and (info.is_enum or info.tuple_type is not None):
        found = _broken(info, method)
        if found is not None:
            report_in_analysis(ctx.api, found.error, found.notes, ctx.cls, found.code)


def judge_query(query: Query, verdicts: list[Verdict]) -> Diagnostic | None:
    """What to report of a class that stands for another without having declared it.

    One that has declared it was judged where it is defined.
    """
    sides = [(query.type, "__key__", Kind.VIEWED), (query.key, "__borrow__", Kind.BORROWED)]
    for typ, method, kind in sides:
        for arm in flatten_nested_unions([typ]):
            info = arm.type if isinstance(arm := get_proper_type(arm), Instance) else None
            if info is None or info.get(method) is None or declares(info):
                continue
            breach = breach_of(info)
            is_meant = any(verdict.kind is kind for verdict in verdicts)
            if breach is not None and (is_meant or breach.fault is Fault.EQ_ALONE):
                return broken(info.name, method, breach)
    return None


def _defined(ctx: MethodContext, checker: Checker) -> TypeInfo | None:
    """The class that a call of `__init_subclass__` is about."""
    call = ctx.context
    callee = call.callee if isinstance(call, CallExpr) else None
    if isinstance(callee, MemberExpr) and isinstance(callee.expr, NameExpr):
        return checker.class_at(call.line, callee.expr.name)
    return None


def _broken(info: TypeInfo, method: str) -> Diagnostic | None:
    """What to report of the hash and equality of a class, unless a base has it already."""
    breach = breach_of(info)
    bases = (base for base in info.mro[1:] if declared_by(base) is not None)
    if breach is None or any(breach_of(base) == breach for base in bases):
        return None
    return broken(info.name, method, breach)


def _returned(info: TypeInfo, method: str, checker: Checker) -> Diagnostic | None:
    """What to report of the type that a class says it stands for."""
    self_type = fill_typevars(info)
    if not isinstance(self_type, Instance):
        return None
    member = get_proper_type(find_member(method, self_type, self_type))
    if not isinstance(member, CallableType):
        return None
    result = get_proper_type(member.ret_type)
    if is_unhashable(result) or may_be_unhashable(result):
        return returned(info.name, method, result, Fault.UNHASHABLE, checker.options)
    # What a key may be found by may well be a view: a key that lends the buffer it keeps.
    if method == "__key__" and held_view(result) is not None:
        return returned(info.name, method, result, Fault.VIEW_OF_VIEW, checker.options)
    return None

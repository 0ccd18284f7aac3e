"""`key-view-law`: a class that declares `KeyView` or `Borrow`, and breaks its law.

The class is judged where it is defined. mypy's hooks for classes run during semantic analysis, when the
types of methods are not known. When mypy checks the class, the types are known, and mypy checks a call
of `__init_subclass__` of the base: the hook of that call judges the class. mypy makes no such call for
enums and tuples, which are judged during semantic analysis.

A class that implements a protocol without inheriting from it is judged where it is looked up with.
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
from keyview.mypy.facts.total_order import gap_in
from keyview.mypy.facts.views import held_view
from keyview.mypy.host.checker import Checker
from keyview.mypy.host.program import has_module
from keyview.mypy.host.reporting import report_in_analysis
from keyview.mypy.messages import Diagnostic, borrowed_unordered, broken, foreign_less, returned

if TYPE_CHECKING:
    from mypy.nodes import TypeInfo
    from mypy.plugin import ClassDefContext, MethodContext
    from mypy.types import ProperType, Type

    from keyview.mypy.facts.relation import Verdict
    from keyview.mypy.rules.query import Query

__all__ = ["check_class", "check_special_class", "judge_query"]


def check_class(ctx: MethodContext) -> Type:
    """Judge the class that is being defined. Returns the type of the call, unchanged."""
    if not has_module(names.VIEWS):
        return ctx.default_return_type
    checker = Checker(ctx.api)
    info = _defined(ctx, checker)
    method = declared_by(info) if info is not None else None
    if info is None or method is None:
        return ctx.default_return_type
    reporter = checker.reporter
    if (found := _broken(info, method)) is not None:
        reporter.report(reporter.depth, found.error, found.notes, info.defn, found.codes)
    if method in info.names and (found := _returned(info, method, checker)) is not None:
        place = info.names[method].node or info.defn
        reporter.report(reporter.depth, found.error, found.notes, place, found.codes)
    if "__lt__" in info.names and (found := _foreign_less(info, method, checker)) is not None:
        place = info.names["__lt__"].node or info.defn
        reporter.report(reporter.depth, found.error, found.notes, place, found.codes)
    return ctx.default_return_type


def check_special_class(ctx: ClassDefContext) -> None:
    """Judge an enum or a tuple, for which mypy checks no call of `__init_subclass__`."""
    info = ctx.cls.info
    method = declared_by(info)
    if method is not None and (info.is_enum or info.tuple_type is not None):
        found = _broken(info, method)
        if found is not None:
            report_in_analysis(ctx.api, found.error, found.notes, ctx.cls, found.codes)


def judge_query(query: Query, verdicts: list[Verdict]) -> Diagnostic | None:
    """The diagnostic for a class that implements a protocol without inheriting from it, and breaks its law.

    A class that inherits from the protocol is judged where it is defined.
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
    """The class for whose definition mypy checks a call of `__init_subclass__`."""
    call = ctx.context
    callee = call.callee if isinstance(call, CallExpr) else None
    if isinstance(callee, MemberExpr) and isinstance(callee.expr, NameExpr):
        return checker.class_at(call.line, callee.expr.name)
    return None


def _broken(info: TypeInfo, method: str) -> Diagnostic | None:
    """The diagnostic for the hash and equality of a class; None if a base has the same breach."""
    breach = breach_of(info)
    bases = (base for base in info.mro[1:] if declared_by(base) is not None)
    if breach is None or any(breach_of(base) == breach for base in bases):
        return None
    return broken(info.name, method, breach)


def _returned(info: TypeInfo, method: str, checker: Checker) -> Diagnostic | None:
    """The diagnostic for the type that `__key__` or `__borrow__` returns."""
    result = _result(info, method)
    if result is None:
        return None
    if is_unhashable(result) or may_be_unhashable(result):
        return returned(info.name, method, result, Fault.UNHASHABLE, checker.options)
    # `__borrow__` may return a view, for example a memoryview of a buffer that the key has.
    if method == "__key__" and held_view(result) is not None:
        return returned(info.name, method, result, Fault.VIEW_OF_VIEW, checker.options)
    if info.has_base(names.ORDERED_BORROW) and (gap := gap_in(result)) is not None:
        return borrowed_unordered(info.name, result, gap, checker.options)
    return None


def _foreign_less(info: TypeInfo, method: str, checker: Checker) -> Diagnostic | None:
    """The diagnostic for the `<` of a view that does not take the key with which it is called."""
    self_type, key = fill_typevars(info), _result(info, method)
    if method != "__key__" or key is None or checker.accepts_less(self_type, key, info.defn):
        return None
    return foreign_less(info.name, key, checker.options)


def _result(info: TypeInfo, method: str) -> ProperType | None:
    """The type that `__key__` or `__borrow__` returns; None if that is no method."""
    self_type = fill_typevars(info)
    if not isinstance(self_type, Instance):
        return None
    member = get_proper_type(find_member(method, self_type, self_type))
    return get_proper_type(member.ret_type) if isinstance(member, CallableType) else None

"""Classes that declare `KeyView` or `Borrow`, judged where they are defined.

mypy asks plugins about a class while it analyses it, when the types of its methods are not yet known.
They are known when it checks the class, and there it calls, as Python does, `__init_subclass__` of the
base: that call is where a class is judged. It makes none for enums and tuples; those are judged early.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import CallExpr, MemberExpr, NameExpr
from mypy.subtypes import find_member
from mypy.types import CallableType, Instance, get_proper_type
from mypy.typevars import fill_typevars

from keyview.mypy.compat import Checker, report_in_analysis
from keyview.mypy.law import Fault, breach_of, declared_by
from keyview.mypy.messages import Complaint, broken, returned
from keyview.mypy.relation import is_unhashable, may_be_unhashable
from keyview.mypy.views import held_view

if TYPE_CHECKING:
    from mypy.nodes import TypeInfo
    from mypy.plugin import ClassDefContext, MethodContext
    from mypy.types import Type

__all__ = ["check_class", "check_special_class"]


def check_class(ctx: MethodContext) -> Type:
    """Judge the class that is being defined; the type of the call is unchanged."""
    checker = Checker(ctx.api)
    if checker.class_named("keyview.views", "KeyView") is None:
        return ctx.default_return_type  # The program has never heard of us.
    info = _defined(ctx, checker)
    method = declared_by(info) if info is not None else None
    if info is None or method is None:
        return ctx.default_return_type
    if (found := _broken(info, method)) is not None:
        checker.report(checker.depth, found.error, found.notes, info.defn, found.code)
    if method in info.names and (found := _returned(info, method, checker)) is not None:
        place = info.names[method].node or info.defn
        checker.report(checker.depth, found.error, found.notes, place, found.code)
    return ctx.default_return_type


def check_special_class(ctx: ClassDefContext) -> None:
    """Judge an enum or a tuple, for which mypy makes no call."""
    info = ctx.cls.info
    method = declared_by(info)
    if method is not None and (info.is_enum or info.tuple_type is not None):
        found = _broken(info, method)
        if found is not None:
            report_in_analysis(ctx.api, found.error, found.notes, ctx.cls, found.code)


def _defined(ctx: MethodContext, checker: Checker) -> TypeInfo | None:
    """The class that a call of `__init_subclass__` is about."""
    call = ctx.context
    callee = call.callee if isinstance(call, CallExpr) else None
    if isinstance(callee, MemberExpr) and isinstance(callee.expr, NameExpr):
        return checker.class_at(call.line, callee.expr.name)
    return None


def _broken(info: TypeInfo, method: str) -> Complaint | None:
    """What to report of the hash and equality of a class, unless a base has it already."""
    breach = breach_of(info)
    bases = (base for base in info.mro[1:] if declared_by(base) is not None)
    if breach is None or any(breach_of(base) == breach for base in bases):
        return None
    return broken(info.name, method, breach)


def _returned(info: TypeInfo, method: str, checker: Checker) -> Complaint | None:
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

"""The hooks of lookups: they gather the types, ask `relation`, and report what the rules say.

The signature hook widens the parameter of the key to `object`, so that mypy itself refuses no lookup;
the method hook, which runs when the argument's type is known, judges it. An error that mypy would have
reported too keeps mypy's own code, so that whatever silenced it still does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from mypy.errorcodes import INDEX
from mypy.nodes import (
    ARG_STAR,
    CallExpr,
    ComparisonExpr,
    IndexExpr,
    MemberExpr,
    OperatorAssignmentStmt,
    OpExpr,
)
from mypy.patterns import MappingPattern
from mypy.plugin import MethodContext
from mypy.typeops import get_all_type_vars
from mypy.types import Instance, UnionType, get_proper_type

from keyview.mypy import names
from keyview.mypy.facts.inference import is_guessed
from keyview.mypy.facts.receivers import Use, entry_method, lookup_method
from keyview.mypy.facts.relation import Program, relate
from keyview.mypy.host.checker import Checker
from keyview.mypy.host.program import CommonSubclasses
from keyview.mypy.host.reporting import OverlapSilencer
from keyview.mypy.messages import worded_by_mypy
from keyview.mypy.rules import key_view, key_view_law, key_view_unhashable
from keyview.mypy.rules.query import Query

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.errorcodes import ErrorCode
    from mypy.errors import ErrorInfo
    from mypy.nodes import Context, Expression, TypeInfo
    from mypy.plugin import FunctionContext, FunctionSigContext, MethodSigContext
    from mypy.types import CallableType, FunctionLike, ProperType, Type

    from keyview.mypy.config import Config
    from keyview.mypy.facts.receivers import LookupMethod
    from keyview.mypy.messages import Diagnostic
    from keyview.mypy.rules.query import Place

__all__ = ["Lookups"]


@dataclass
class Outcome:
    """What was said of a lookup so far."""

    #: The variants of the function in which it was refused when it was checked last.
    refused_in: set[tuple[int, ...]] = field(default_factory=set)
    reports: list[ErrorInfo] = field(default_factory=list)


class Lookups:
    """The two hooks, and what the first has to remember for the second."""

    def __init__(self, config: Config) -> None:
        self._config = config
        #: The file being checked, and for each lookup in it how deep in speculation mypy was when it
        #: came to it. Keyed by the node itself: an id is recycled when mypy makes a node up.
        self._file: str | None = None
        self._depths: dict[Context, int] = {}
        #: The lookups in it whose signature could not be widened, so that mypy judges them itself.
        self._left_to_mypy: set[Context] = set()
        #: The calls of `entry` in it whose signature was widened.
        self._widened: set[Context] = set()
        #: For each place, what was said of it when it was checked last: mypy checks the body of a loop
        #: until its types are wide enough, and a function once for each variant of its type variables.
        self._outcomes: dict[Place, Outcome] = {}
        self._silencer = OverlapSilencer()
        self._common_subclasses = CommonSubclasses()

    def forget(self) -> None:
        """A file has been read, perhaps again: nothing that was remembered of places holds now."""
        self._file = None
        self._silencer.forget()
        self._common_subclasses.forget()

    def widen(
        self,
        ctx: MethodSigContext,
        method: str,
        instead: Callable[[MethodSigContext], FunctionLike] | None,
    ) -> FunctionLike:
        """The signature with `object` for what is looked up, if the receiver is ours to judge.

        Otherwise what `instead`, mypy's own hook, makes of it.
        """
        lookup = self.lookup_method(get_proper_type(ctx.type), method)
        signature = ctx.default_signature
        if lookup is None or not signature.arg_types:
            return signature if instead is None else instead(ctx)
        self._remember(Checker(ctx.api), ctx.context, method)
        if lookup.use is not Use.FIND_EACH and _tells_the_result(signature):
            self._left_to_mypy.add(ctx.context)
            return signature
        anything = ctx.api.named_generic_type(names.OBJECT, [])
        if lookup.use is not Use.FIND_EACH:
            return signature.copy_modified(arg_types=[anything, *signature.arg_types[1:]])
        return _widen_elements(signature, anything)

    def widen_entry(self, ctx: FunctionSigContext) -> FunctionLike:
        """As `widen`, for the function `entry`, whose second argument is looked up in its first."""
        signature = ctx.default_signature
        if [*map(len, ctx.args)] != [1, 1]:
            return signature
        checker = Checker(ctx.api)
        mapping = checker.type_without_context(ctx.args[0][0])
        if mapping is None or None in map(entry_method, _united(mapping)):
            return signature
        self._remember(checker, ctx.context, "entry")
        anything = ctx.api.named_generic_type(names.OBJECT, [])
        self._widened.add(ctx.context)
        return signature.copy_modified(arg_types=[signature.arg_types[0], anything])

    def judge_entry(self, ctx: FunctionContext) -> Type:
        """As `judge`, for the function `entry`."""
        if ctx.context not in self._widened:
            return ctx.default_return_type
        checker = Checker(ctx.api)
        mapping = ctx.args[0][0]
        receivers = _united(checker.type_of(mapping) or ctx.arg_types[0][0])
        known = [lookup for lookup in map(entry_method, receivers) if lookup is not None]
        call = MethodContext(
            type=receivers[0],
            arg_types=ctx.arg_types[1:],
            arg_kinds=ctx.arg_kinds[1:],
            callee_arg_names=ctx.callee_arg_names[1:],
            arg_names=ctx.arg_names[1:],
            default_return_type=ctx.default_return_type,
            args=ctx.args[1:],
            context=ctx.context,
            api=ctx.api,
        )
        if known and len(known) == len(receivers):
            self._judge_each(call, "entry", receivers, known, mapping, checker)
        return ctx.default_return_type

    def lookup_method(self, receiver: ProperType, method: str) -> LookupMethod | None:
        """What `method` does on a receiver; None if that is not a lookup, or not ours to judge."""
        return lookup_method(receiver, method, self._config.lookups)

    def _remember(self, checker: Checker, context: Context, method: str) -> None:
        if checker.reporter.file != self._file:
            self._file = checker.reporter.file
            self._depths.clear()
            self._left_to_mypy.clear()
            self._widened.clear()
            self._outcomes.clear()
            self._silencer.forget()
        self._depths[context] = checker.reporter.depth - _own_watchers(context, method)

    def judge(
        self,
        ctx: MethodContext,
        method: str,
        instead: Callable[[MethodContext], Type] | None,
    ) -> Type:
        """The return type, unchanged; an error for what can never be found.

        Where the receiver is not ours to judge, what `instead`, mypy's own hook, makes of it.
        """
        if self.lookup_method(ctx.type, method) is None or not ctx.args or not ctx.args[0]:
            return ctx.default_return_type if instead is None else instead(ctx)
        if ctx.context in self._left_to_mypy:
            return ctx.default_return_type
        checker = Checker(ctx.api)
        expression = _receiver(ctx.context, ctx.args[0][0])
        receivers = _members(ctx.type, checker.type_of(expression) if expression else None)
        methods = [self.lookup_method(receiver, method) for receiver in receivers]
        known = [lookup for lookup in methods if lookup is not None]
        if receivers[0] != ctx.type or len(known) < len(methods):
            # A union is judged with its first member; and one that is not ours may well find it.
            return ctx.default_return_type
        self._judge_each(ctx, method, receivers, known, expression, checker)
        if method == "__contains__":
            self._silencer.expect(checker.reporter, ctx.context)
        return ctx.default_return_type

    def _judge_each(
        self,
        ctx: MethodContext,
        method: str,
        receivers: list[ProperType],
        methods: list[LookupMethod],
        receiver: Expression | None,
        checker: Checker,
    ) -> None:
        """Judge all that one call looks up."""
        for number, typ in enumerate(_types_looked_up(ctx, checker, methods[0].use)):
            query = Query(ctx, method, receivers, methods, typ, number)
            self._report(query, self._diagnostic(query, checker, receiver), checker)

    def _diagnostic(
        self, query: Query, checker: Checker, receiver: Expression | None
    ) -> Diagnostic | None:
        """What to report of a query."""
        program = self._program(checker)
        verdicts = [
            relate(query.type, each.key, program.with_hashing(each.hashes(query.type)))
            for each in query.methods
        ]
        unlawful = key_view_law.judge_query(query, verdicts)
        if unlawful is not None:
            return unlawful
        if any(verdict.accepted for verdict in verdicts):
            return key_view.judge_stored(query, program, checker.options)
        if _is_doubtful(query, receiver, checker):
            return None
        return key_view_unhashable.judge(
            query, verdicts[0], checker.options
        ) or key_view.judge_found(query, verdicts[0], checker.options)

    def _program(self, checker: Checker) -> Program:
        return Program(
            key_view=checker.class_named(names.KEY_VIEW),
            borrow=checker.class_named(names.BORROW),
            bytes_type=checker.class_named(names.BYTES),
            share_subclass=partial(self._share_subclass, checker),
            policy=self._config.policy,
        )

    def _share_subclass(self, checker: Checker, left: TypeInfo, right: TypeInfo) -> bool:
        subclass = self._common_subclasses.find(checker.modules, left, right)
        if subclass is not None:
            checker.depend_on(subclass)
        return subclass is not None

    def _report(self, query: Query, diagnostic: Diagnostic | None, checker: Checker) -> None:
        """Report what every variant refuses; take back what was said before."""
        reporter = checker.reporter
        depth = self._depths.get(query.context, reporter.depth)
        outcome = self._outcomes.setdefault(query.place, Outcome())
        if reporter.is_experiment(depth):
            # What is said now is dropped, and yet tells mypy how the experiment went.
            outcome = Outcome()
        variant, count = checker.variant
        reporter.retract(outcome.reports)
        if diagnostic is None:
            outcome.refused_in.discard(variant)
            return
        outcome.refused_in.add(variant)
        if len(outcome.refused_in) == count:
            code = None if query.is_own else _code_of_mypy(query, checker)
            if code is INDEX:
                diagnostic = worded_by_mypy(
                    diagnostic, query.receiver, query.type, query.key, checker.options
                )
            outcome.reports.append(
                reporter.report(
                    depth,
                    diagnostic.error,
                    diagnostic.notes,
                    query.context,
                    code or diagnostic.code,
                )
            )


def _is_doubtful(query: Query, receiver: Expression | None, checker: Checker) -> bool:
    """Whether only a type that nobody wrote speaks against the lookup, and mypy does not."""
    if query.is_own or receiver is None or not is_guessed(receiver, checker):
        return False
    return _code_of_mypy(query, checker) is None


def _code_of_mypy(query: Query, checker: Checker) -> ErrorCode | None:
    """The code that mypy itself would have refused this with; None if it would have said nothing."""
    each = query.methods[0].use is Use.FIND_EACH
    code = checker.code_of_call(query.call, query.method, query.receivers, each=each)
    if code is None and query.method == "__contains__":
        code = checker.code_of_overlap(query.type, query.receiver)
    return code


def _tells_the_result(signature: CallableType) -> bool:
    """Whether the type of the result is found from that of what is looked up, as in `context[var]`."""
    own = {variable.id for variable in signature.variables}
    return any(variable.id in own for variable in get_all_type_vars(signature.arg_types[0]))


def _widen_elements(signature: CallableType, anything: Type) -> CallableType:
    """`Iterable[object]` for `Iterable[T]`, unless the result depends on what T is."""
    widened = []
    for formal in signature.arg_types:
        proper = get_proper_type(formal)
        if isinstance(proper, Instance) and len(proper.args) == 1 and not signature.variables:
            proper = proper.copy_modified(args=[anything])
        widened.append(proper)
    return signature.copy_modified(arg_types=widened)


def _own_watchers(context: Context, method: str) -> int:
    """How many of the watchers, at the time a signature is asked for, belong to this very lookup."""
    if isinstance(context, ComparisonExpr):
        return 1 if method == "__contains__" else 3
    if isinstance(context, OpExpr):
        return 2
    return 1 if isinstance(context, MappingPattern) else 0


def _types_looked_up(ctx: MethodContext, checker: Checker, use: Use) -> list[Type]:
    """The types of what is looked up.

    Of the expressions, not `ctx.arg_types`: those may be one item of a union that mypy has taken apart.
    """
    types: list[Type] = []
    for expression, inferred, kind in zip(
        ctx.args[0], ctx.arg_types[0], ctx.arg_kinds[0], strict=True
    ):
        if use is Use.FIND_EACH:
            # Again: in the context of Iterable[object], {1} has been inferred as set[object].
            elements = checker.elements_of(checker.type_without_context(expression) or inferred)
            if kind is not ARG_STAR and elements:
                types.append(UnionType.make_union(elements))
            continue
        typ = checker.type_of(expression) or inferred
        types.extend(checker.elements_of(typ) if kind is ARG_STAR else [typ])
    return types


def _receiver(context: Context, argument: Expression) -> Expression | None:
    """The expression that is looked up in."""
    if isinstance(context, CallExpr) and isinstance(context.callee, MemberExpr):
        return context.callee.expr
    if isinstance(context, IndexExpr):
        return context.base
    if isinstance(context, ComparisonExpr):
        pairs = list(zip(context.operands, context.operands[1:], context.operators, strict=False))
        for left, right, operator in pairs:
            if left is argument and operator in ("in", "not in"):
                return right
            if right is argument:
                return left
    if isinstance(context, OpExpr):
        return context.left if context.right is argument else context.right
    if isinstance(context, OperatorAssignmentStmt):
        return context.lvalue
    return None


def _united(typ: Type) -> list[ProperType]:
    """The members of a union, or the type itself."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return [get_proper_type(member) for member in proper.relevant_items()]
    return [proper]


def _members(receiver: ProperType, whole: Type | None) -> list[ProperType]:
    """The members of the receiver's type, if it is a union: mypy asks about one at a time."""
    union = get_proper_type(whole) if whole is not None else None
    if not isinstance(union, UnionType):
        return [receiver]
    members = [get_proper_type(member) for member in union.relevant_items()]
    return members if receiver in members else [receiver]

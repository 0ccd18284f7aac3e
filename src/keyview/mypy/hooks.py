"""mypy's hooks for lookups: gather the types, ask `relation`, hand the verdict to `messages`.

The signature hook widens the parameter of the key to `object`, so that mypy itself refuses no lookup;
the method hook, which runs when the argument's type is known, judges it. A refusal that mypy would have
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
from mypy.subtypes import is_subtype
from mypy.typeops import get_all_type_vars
from mypy.types import Instance, UnionType, flatten_nested_unions, get_proper_type

from keyview.mypy.compat import Checker, Heirs, OverlapSilencer
from keyview.mypy.evidence import is_weak
from keyview.mypy.law import Fault, breach_of, declares
from keyview.mypy.messages import Complaint, broken, refused, unstorable, worded_by_mypy
from keyview.mypy.receivers import Lookup, Use, lookup_of
from keyview.mypy.relation import Kind, Verdict, World, owned_type, relate

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.errorcodes import ErrorCode
    from mypy.errors import ErrorInfo
    from mypy.nodes import Context, Expression, TypeInfo
    from mypy.plugin import MethodContext, MethodSigContext
    from mypy.types import CallableType, FunctionLike, ProperType, Type

    from keyview.mypy.config import Config

    Place = tuple[int, int, int | None, int | None, str, int]

__all__ = ["Lookups"]


@dataclass(frozen=True)
class Question:
    """One lookup, with all that is needed to judge it."""

    call: MethodContext
    method: str
    #: The members of the receiver's type if that is a union, else itself alone.
    receivers: list[ProperType]
    lookups: list[Lookup]
    query: Type
    #: Which of several things that the same call looks up.
    number: int

    @property
    def context(self) -> Context:
        return self.call.context

    @property
    def place(self) -> Place:
        """Where it stands; not the node, for mypy copies those."""
        at = self.context
        return (at.line, at.column, at.end_line, at.end_column, self.method, self.number)

    @property
    def receiver(self) -> Type:
        return UnionType.make_union(list(self.receivers))

    @property
    def key(self) -> Type:
        return UnionType.make_union([lookup.key for lookup in self.lookups])

    @property
    def is_own(self) -> bool:
        return any(lookup.own for lookup in self.lookups)


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
        #: For each place, what was said of it when it was checked last: mypy checks the body of a loop
        #: until its types are wide enough, and a function once for each variant of its type variables.
        self._outcomes: dict[Place, Outcome] = {}
        self._silencer = OverlapSilencer()
        self._heirs = Heirs()

    def forget(self) -> None:
        """A file has been read, perhaps anew: nothing that was remembered of places holds now."""
        self._file = None
        self._silencer.forget()
        self._heirs.forget()

    def widen(
        self,
        ctx: MethodSigContext,
        method: str,
        instead: Callable[[MethodSigContext], FunctionLike] | None,
    ) -> FunctionLike:
        """The signature with `object` for what is looked up, if the receiver is ours to judge.

        Otherwise what `instead`, mypy's own hook, makes of it.
        """
        lookup = self._lookup_of(get_proper_type(ctx.type), method)
        signature = ctx.default_signature
        if lookup is None or not signature.arg_types:
            return signature if instead is None else instead(ctx)
        checker = Checker(ctx.api)
        self._remember(checker, ctx.context, method)
        if lookup.use is not Use.FIND_EACH and _tells_the_result(signature):
            self._left_to_mypy.add(ctx.context)
            return signature
        anything = ctx.api.named_generic_type("builtins.object", [])
        if lookup.use is not Use.FIND_EACH:
            return signature.copy_modified(arg_types=[anything, *signature.arg_types[1:]])
        return _widen_elements(signature, anything)

    def _lookup_of(self, receiver: ProperType, method: str) -> Lookup | None:
        return lookup_of(receiver, method, self._config.lookups)

    def _remember(self, checker: Checker, context: Context, method: str) -> None:
        if checker.file != self._file:
            self._file = checker.file
            self._depths.clear()
            self._left_to_mypy.clear()
            self._outcomes.clear()
            self._silencer.forget()
        self._depths[context] = checker.depth - _own_watchers(context, method)

    def judge(
        self,
        ctx: MethodContext,
        method: str,
        instead: Callable[[MethodContext], Type] | None,
    ) -> Type:
        """The return type, unchanged; an error for what can never be found.

        Where the receiver is not ours to judge, what `instead`, mypy's own hook, makes of it.
        """
        if self._lookup_of(ctx.type, method) is None or not ctx.args or not ctx.args[0]:
            return ctx.default_return_type if instead is None else instead(ctx)
        if ctx.context in self._left_to_mypy:
            return ctx.default_return_type
        checker = Checker(ctx.api)
        expression = _receiver(ctx.context, ctx.args[0][0])
        receivers = _members(ctx.type, checker.type_of(expression) if expression else None)
        lookups = [self._lookup_of(receiver, method) for receiver in receivers]
        known = [lookup for lookup in lookups if lookup is not None]
        if receivers[0] != ctx.type or len(known) < len(lookups):
            # A union is judged with its first member; and one that is not ours may well find it.
            return ctx.default_return_type
        for number, query in enumerate(_queries(ctx, checker, known[0].use)):
            question = Question(ctx, method, receivers, known, query, number)
            self._settle(question, self._complaint(question, checker, expression), checker)
        if method == "__contains__":
            self._silencer.expect(checker, ctx.context)
        return ctx.default_return_type

    def _complaint(
        self, question: Question, checker: Checker, receiver: Expression | None
    ) -> Complaint | None:
        """What there is to say against a lookup."""
        world = self._world(checker)
        verdicts = [
            relate(question.query, lookup.key, world.with_hashing(lookup.hashes(question.query)))
            for lookup in question.lookups
        ]
        lawless = _lawless(question, verdicts)
        if lawless is not None:
            return lawless
        if not any(verdict.accepted for verdict in verdicts):
            if _is_doubtful(question, receiver, checker):
                return None
            return _refusal(question, verdicts[0], checker)
        if question.lookups[0].use is Use.FIND_OR_STORE and not all(
            is_subtype(owned_type(question.query, world), lookup.key) for lookup in question.lookups
        ):
            return unstorable(
                question.method, question.receiver, question.query, question.key, checker.options
            )
        return None

    def _world(self, checker: Checker) -> World:
        return World(
            key_view=checker.class_named("keyview.views", "KeyView"),
            borrow=checker.class_named("keyview.views", "Borrow"),
            bytes_type=checker.class_named("builtins", "bytes"),
            share_subclass=partial(self._share_subclass, checker),
            policy=self._config.policy,
        )

    def _share_subclass(self, checker: Checker, left: TypeInfo, right: TypeInfo) -> bool:
        heir = self._heirs.heir(checker.modules, left, right)
        if heir is not None:
            checker.depend_on(heir)
        return heir is not None

    def _settle(self, question: Question, complaint: Complaint | None, checker: Checker) -> None:
        """Report what every variant refuses; take back what was said before."""
        depth = self._depths.get(question.context, checker.depth)
        outcome = self._outcomes.setdefault(question.place, Outcome())
        if checker.is_experiment(depth):
            # What is said now is dropped, and yet tells mypy how the experiment went.
            outcome = Outcome()
        variant, count = checker.variant
        checker.retract(outcome.reports)
        if complaint is None:
            outcome.refused_in.discard(variant)
            return
        outcome.refused_in.add(variant)
        if len(outcome.refused_in) == count:
            code = None if question.is_own else _code_of_mypy(question, checker)
            if code is INDEX:
                complaint = worded_by_mypy(
                    complaint, question.receiver, question.query, question.key, checker.options
                )
            outcome.reports.append(
                checker.report(
                    depth,
                    complaint.error,
                    complaint.notes,
                    question.context,
                    code or complaint.code,
                )
            )


def _is_doubtful(question: Question, receiver: Expression | None, checker: Checker) -> bool:
    """Whether only a type that nobody wrote speaks against the lookup, and mypy does not."""
    if question.is_own or receiver is None or not is_weak(receiver, checker):
        return False
    return _code_of_mypy(question, checker) is None


def _refusal(question: Question, verdict: Verdict, checker: Checker) -> Complaint:
    return refused(
        question.method,
        question.receiver,
        question.query,
        question.key,
        question.lookups[0].noun,
        verdict,
        checker.options,
    )


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


def _code_of_mypy(question: Question, checker: Checker) -> ErrorCode | None:
    """The code that mypy itself would have refused this with; None if it would have said nothing."""
    each = question.lookups[0].use is Use.FIND_EACH
    code = checker.code_of_call(question.call, question.method, question.receivers, each=each)
    if code is None and question.method == "__contains__":
        code = checker.code_of_overlap(question.query, question.receiver)
    return code


def _lawless(question: Question, verdicts: list[Verdict]) -> Complaint | None:
    """What to report of a class that stands for another without having declared it.

    One that has declared it was judged where it is defined.
    """
    sides = [(question.query, "__key__", Kind.VIEWED), (question.key, "__borrow__", Kind.BORROWED)]
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


def _queries(ctx: MethodContext, checker: Checker, use: Use) -> list[Type]:
    """The types of what is looked up.

    Of the expressions, not `ctx.arg_types`: those may be one item of a union that mypy has taken apart.
    """
    queries: list[Type] = []
    for expression, inferred, kind in zip(
        ctx.args[0], ctx.arg_types[0], ctx.arg_kinds[0], strict=True
    ):
        if use is Use.FIND_EACH:
            # Afresh: in the context of Iterable[object], {1} has been inferred as set[object].
            elements = checker.elements_of(checker.type_without_context(expression) or inferred)
            if kind is not ARG_STAR and elements:
                queries.append(UnionType.make_union(elements))
            continue
        query = checker.type_of(expression) or inferred
        queries.extend(checker.elements_of(query) if kind is ARG_STAR else [query])
    return queries


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


def _members(receiver: ProperType, whole: Type | None) -> list[ProperType]:
    """The members of the receiver's type, if it is a union: mypy asks about one at a time."""
    union = get_proper_type(whole) if whole is not None else None
    if not isinstance(union, UnionType):
        return [receiver]
    members = [get_proper_type(member) for member in union.relevant_items()]
    return members if receiver in members else [receiver]

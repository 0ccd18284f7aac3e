"""The hooks of lookups: they collect the types, call `relate`, and report what the rules return.

The signature hook widens the type of the query's parameter to `object`, so that mypy itself reports no
lookup. The method hook, which runs when the type of the query is known, judges the lookup. An error that
mypy itself would have reported keeps mypy's code, so that `type: ignore` comments and options for that
code still work.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from mypy.errorcodes import CALL_OVERLOAD, COMPARISON_OVERLAP, INDEX, MISC
from mypy.nodes import (
    ARG_POS,
    ARG_STAR,
    CallExpr,
    ComparisonExpr,
    IndexExpr,
    IntExpr,
    MemberExpr,
    OperatorAssignmentStmt,
    OpExpr,
    StrExpr,
    TempNode,
)
from mypy.patterns import MappingPattern
from mypy.plugin import MethodContext
from mypy.typeops import get_all_type_vars
from mypy.types import AnyType, Instance, TypeOfAny, TypeVarType, UnionType, get_proper_type

from keyview.mypy import names
from keyview.mypy.codes import KEY_VIEW, KEY_VIEW_MAY_RAISE, KEY_VIEW_UNHASHABLE
from keyview.mypy.facts.displays import asks_for_literals, declared_in, has_none, literals_in
from keyview.mypy.facts.inference import (
    declared_type,
    is_asserted_absent,
    is_contradicted,
    is_guessed,
    is_unsettled,
)
from keyview.mypy.facts.own_equality import claimed
from keyview.mypy.facts.receivers import (
    Use,
    decides_elements,
    decides_itself,
    entry_method,
    lookup_method,
)
from keyview.mypy.facts.relation import Kind, Program, is_always_accepted, relate
from keyview.mypy.facts.unreachable import never_runs
from keyview.mypy.facts.views import classes_in
from keyview.mypy.host.checker import Checker
from keyview.mypy.host.program import Subclasses
from keyview.mypy.host.reporting import Silencer
from keyview.mypy.host.tally import Fate
from keyview.mypy.messages import Diagnostic, worded_by_mypy
from keyview.mypy.rules import key_view, key_view_equal, key_view_law, key_view_unhashable
from keyview.mypy.rules.functions import passed
from keyview.mypy.rules.query import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mypy.errorcodes import ErrorCode
    from mypy.errors import ErrorInfo
    from mypy.nodes import Context, Expression, MypyFile, TypeInfo
    from mypy.plugin import (
        CheckerPluginInterface,
        FunctionContext,
        FunctionSigContext,
        MethodSigContext,
    )
    from mypy.types import CallableType, FunctionLike, ProperType, Type

    from keyview.mypy.config import Config
    from keyview.mypy.facts.receivers import LookupMethod
    from keyview.mypy.facts.relation import Verdict
    from keyview.mypy.host.tally import Tally
    from keyview.mypy.rules.query import Place

    #: Something of ours to report, or errors of mypy's that stand, or nothing.
    Finding = Diagnostic | list[ErrorInfo] | None
    Judgement = tuple[Finding, ErrorCode | None]

__all__ = ["Lookups"]


#: The types of what is written as a single value.
WRITTEN: Final[dict[type[Expression], str]] = {StrExpr: names.STR, IntExpr: names.INT}

#: The uses of a method that looks up its argument itself, as a key.
OF_ONE: Final = (Use.FIND, Use.FIND_OR_STORE)

#: The uses of a method that is passed to a function, or called through its class, that are judged.
PASSED: Final = (Use.FIND, Use.FIND_EACH)

#: What an ignore may name where a stricter mypy would report what we do not.
OF_DOUBT: Final = (
    *(KEY_VIEW, KEY_VIEW_UNHASHABLE, KEY_VIEW_MAY_RAISE),
    COMPARISON_OVERLAP,
)
#: The finding of a lookup that only doubtful evidence speaks against: nothing is reported.
DOUBTFUL: Final[list[ErrorInfo]] = []


class Outcome:
    """The result of checking a lookup so far."""

    def __init__(self) -> None:
        #: The variants of the function in which the lookup had an error when it was checked last.
        self.wrong_in: set[tuple[int, ...]] = set()
        self.reports: list[ErrorInfo] = []
        #: Past how many watchers they were not reported.
        self.depth = 0


class Lookups:
    """The two hooks, and what the first remembers for the second."""

    def __init__(self, config: Config, tally: Tally) -> None:
        self._config = config
        self._tally = tally
        #: The file being checked.
        self._file: str | None = None
        #: For each lookup in the file, how deep in speculation mypy was when it reached the lookup. The
        #: keys are nodes, not ids: mypy makes nodes that live for a short time, and an id may then be
        #: used again.
        self._depths: dict[Context, int] = {}
        #: The lookups in the file whose signature could not be widened, so that mypy itself judges them.
        self._left_to_mypy: set[Context] = set()
        #: The calls of functions in the file whose signature was widened, each with the code with which mypy
        #: reports a wrong query there; None if that is the code for a call of the method.
        self._widened: dict[Context, ErrorCode | None] = {}
        #: The calls in the file of which mypy, alone, finds no variant: it says nothing of what they return.
        self._without_result: set[Context] = set()
        #: The outcome of each place when it was checked last. mypy checks the body of a loop several
        #: times, until its types are wide enough, and a function once for each variant of its type
        #: variables.
        self._outcomes: dict[Place, Outcome] = {}
        #: The lookup that was judged last, and what was found of it, by all that the result depends on.
        self._context: Context | None = None
        self._judged: dict[object, Judgement] = {}
        self._silencer = Silencer()
        self._subclasses = Subclasses()
        #: The type checker of the module being checked, and what is asked again and again of it.
        self._checker: Checker | None = None
        self._program = Program()
        self._methods: dict[tuple[ProperType, str], LookupMethod | None] = {}

    def forget(self) -> None:
        """Forget all places: mypy has read a file, perhaps a new version of one."""
        self._file = None
        self._context = None
        self._checker = None
        self._methods.clear()
        self._silencer.forget()
        self._subclasses.forget()

    def widen(
        self,
        ctx: MethodSigContext,
        method: str,
        instead: Callable[[MethodSigContext], FunctionLike] | None,
    ) -> FunctionLike:
        """The signature with `object` for the query, if the receiver is judged.

        Otherwise the signature that `instead`, mypy's own hook, returns.
        """
        checker = self._checker_of(ctx.api)
        lookup = self.lookup_method(get_proper_type(ctx.type), method)
        signature = ctx.default_signature
        if lookup is None or not signature.arg_types:
            return signature if instead is None else instead(ctx)
        is_by_name = lookup.use is not Use.BOUND and not (ctx.args and ctx.args[0])
        if is_by_name or _is_of_key(ctx.args, lookup):
            return signature
        self._remember(checker, ctx.context, method)
        if lookup.use is not Use.FIND_EACH and _tells_the_result(signature):
            self._left_to_mypy.add(ctx.context)
            return signature
        anything = checker.object
        if lookup.use is Use.BOUND:
            return _widen_bounds(signature, anything)
        if lookup.use is not Use.FIND_EACH:
            return signature.copy_modified(arg_types=[anything, *signature.arg_types[1:]])
        return _widen_elements(signature, anything)

    def widen_entry(self, ctx: FunctionSigContext) -> FunctionLike:
        """As `widen`, for the function `entry`, which looks up its second argument in the first."""
        signature = ctx.default_signature
        if [*map(len, ctx.args)] != [1, 1]:
            return signature
        checker = self._checker_of(ctx.api)
        mapping = checker.type_without_context(ctx.args[0][0])
        if mapping is None or None in map(entry_method, _united(mapping)):
            return signature
        self._remember(checker, ctx.context, "entry")
        self._widened[ctx.context] = None
        return signature.copy_modified(arg_types=[signature.arg_types[0], checker.object])

    def judge_entry(self, ctx: FunctionContext) -> Type:
        """As `judge`, for the function `entry`."""
        if ctx.context not in self._widened:
            return ctx.default_return_type
        checker = self._checker_of(ctx.api)
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

    def judge_passed(
        self, ctx: FunctionContext | MethodContext, function: str, result: Type
    ) -> Type:
        """The `result` type, unchanged. Reports a lookup of a function of which mypy says nothing."""
        checker = self._checker_of(ctx.api)
        for found in passed(ctx, function, checker):
            if found.receiver is None or found.query is None:
                continue
            receivers = _united(found.receiver)
            methods = [self.lookup_method(receiver, found.method) for receiver in receivers]
            known = [one for one in methods if one is not None and one.use in PASSED]
            if len(known) < len(methods) or _is_view_of_its_own(found.written, checker):
                continue
            is_each = known[0].use is Use.FIND_EACH
            alone: list[Expression] = [TempNode(found.query, context=ctx.context)]
            given = found.arguments if is_each else alone
            call = MethodContext(
                type=receivers[0],
                arg_types=[[found.query] * len(given)],
                arg_kinds=[[ARG_POS] * len(given)],
                callee_arg_names=[None],
                arg_names=[[None] * len(given)],
                default_return_type=result,
                args=[given],
                context=ctx.context,
                api=ctx.api,
            )
            is_widened = ctx.context in self._widened
            if not is_widened:
                self._remember(checker, ctx.context, found.method)
            asked = _types_looked_up(call, checker, known[0].use) if given else []
            for number, (typ, whole) in enumerate(asked):
                query = Query(call, found.method, receivers, known, typ, whole, number)
                finding, mypys = self._judged_before(query, checker, found.written)
                # What mypy reports of a method that is passed, it reports by itself, of the argument.
                is_silent = mypys in (None, COMPARISON_OVERLAP)
                if is_widened:
                    own = None if is_silent else self._widened[ctx.context] or mypys
                    self._report(query, finding, own, checker)
                    continue
                ours = finding if isinstance(finding, Diagnostic) else None
                if ours is None or is_silent or not found.is_checked:
                    self._report(query, ours, None, checker)
        return result

    def widen_called(self, ctx: FunctionSigContext, method: str) -> FunctionLike:
        """As `widen`, for a method that is called through its class: `dict.get(prices, name)`.

        mypy looks for one type of the key and the query, and finds none if the query is of a wider type.
        """
        signature = ctx.default_signature
        if not all(len(given) == 1 for given in ctx.args[:2]) or len(signature.arg_types) < 2:
            return signature
        checker = self._checker_of(ctx.api)
        receiver = get_proper_type(checker.type_without_context(ctx.args[0][0]))
        lookup = self.lookup_method(receiver, method) if receiver is not None else None
        query = checker.type_without_context(ctx.args[1][0])
        if lookup is None or lookup.use is not Use.FIND or query is None:
            return signature
        if relate(query, lookup.key, self._program).kind is Kind.UNKNOWN:
            return signature  # It is left to mypy.
        self._remember(checker, ctx.context, method)
        first, formal, *others = signature.arg_types
        is_inferred = isinstance(get_proper_type(formal), TypeVarType)
        self._widened[ctx.context] = MISC if is_inferred else None
        return signature.copy_modified(arg_types=[first, checker.object, *others])

    def judge_comparison(self, ctx: MethodContext) -> Type:
        """The return type of `==` or `!=`, unchanged. Reports what can never be equal."""
        returned = get_proper_type(ctx.default_return_type)
        if isinstance(returned, Instance) and returned.type.fullname == names.BOOL:
            checker = self._checker_of(ctx.api)
            self._enter(checker)
            for compared in key_view_equal.comparisons(ctx.context, checker):
                left, right = compared.types
                query = Query(
                    *(ctx, "__eq__", [get_proper_type(left)], [], right, None, compared.number)
                )
                self._depend(query, checker)
                finding = key_view_equal.judge(compared, ctx.context, self._program, checker)
                self._report(query, finding, None, checker)
        return ctx.default_return_type

    def lookup_method(self, receiver: ProperType, method: str) -> LookupMethod | None:
        """A method of a receiver; None if it does not look up, or is not judged."""
        asked = (receiver, method)
        if asked not in self._methods:
            self._methods[asked] = lookup_method(receiver, method, self._config.lookups)
        return self._methods[asked]

    def _checker_of(self, api: CheckerPluginInterface) -> Checker:
        """The type checker of the module being checked."""
        if self._checker is None or not self._checker.is_of(api):
            self._checker = Checker(api)
            if self._checker.is_fine_grained:  # Classes change between two files, too.
                self._methods.clear()
            self._program = self._program_of(self._checker)
        return self._checker

    def _enter(self, checker: Checker) -> None:
        """Forget the places of another file."""
        if checker.reporter.file != self._file:
            self._file = checker.reporter.file
            self._depths.clear()
            self._left_to_mypy.clear()
            self._widened.clear()
            self._without_result.clear()
            self._outcomes.clear()
            self._silencer.forget()
            self._subclasses.look_again()

    def _remember(self, checker: Checker, context: Context, method: str) -> None:
        self._enter(checker)
        self._depths[context] = checker.reporter.depth - _own_watchers(context, method)

    def judge(
        self,
        ctx: MethodContext,
        method: str,
        instead: Callable[[MethodContext], Type] | None,
    ) -> Type:
        """The return type. Reports an error for a query that can never find a key.

        It is Any where mypy would have found no variant of the method for the query, so that nothing else is
        said of the result. If the receiver is not judged, it is what `instead`, mypy's own hook, returns.
        """
        checker = self._checker_of(ctx.api)
        lookup = self.lookup_method(ctx.type, method)
        if lookup is None or not ctx.args or not ctx.args[0]:
            return ctx.default_return_type if instead is None else instead(ctx)
        if self._is_simple(ctx, method, lookup, checker) or ctx.context in self._left_to_mypy:
            return ctx.default_return_type
        expression = _receiver(ctx.context, ctx.args[0][0])
        receivers = _members(ctx.type, checker.type_of(expression) if expression else None)
        methods = [self.lookup_method(receiver, method) for receiver in receivers]
        known = [lookup for lookup in methods if lookup is not None]
        if _is_view_of_its_own(expression, checker):
            return ctx.default_return_type
        if len(known) < len(methods):
            # A member of the union that is not judged may find the query.
            return self._leave_to_mypy(ctx, method, lookup, checker)
        if receivers[0] == ctx.type:  # A union is judged once, with its first member.
            if (
                method == "__contains__"
                and expression
                and asks_for_literals(ctx.args[0][0], checker)
            ):
                literals = literals_in(expression, checker)
                if literals is not None:
                    known = [lookup._replace(key=literals) for lookup in known]
            self._judge_each(ctx, method, receivers, known, expression, checker)
        if ctx.context in self._without_result:
            return AnyType(TypeOfAny.from_error)
        return ctx.default_return_type

    def _leave_to_mypy(
        self, ctx: MethodContext, method: str, lookup: LookupMethod, checker: Checker
    ) -> Type:
        """The return type. Reports what mypy would have of each query, had its signature not been widened."""
        returned = ctx.default_return_type
        if lookup.use is Use.BOUND:
            return returned
        for number, (typ, whole) in enumerate(_types_looked_up(ctx, checker, lookup.use)):
            receiver = get_proper_type(ctx.type)
            query = Query(ctx, method, [receiver], [lookup], typ, whole, number)
            verdict = _verdict(typ, lookup, self._program)
            if not verdict.accepted or verdict.kind is Kind.UNKNOWN:
                errors = _errors_of_mypy(query, checker)
                self._report(query, errors or None, None, checker)
                if CALL_OVERLOAD in _codes_of_mypy(errors, None):
                    returned = AnyType(TypeOfAny.from_error)
        return returned

    def _is_simple(
        self, ctx: MethodContext, method: str, lookup: LookupMethod, checker: Checker
    ) -> bool:
        """Whether a lookup is one of the many that need no judgement, and nothing is to be noted of it."""
        if lookup.use not in OF_ONE or ctx.arg_kinds[0] != [ARG_POS]:
            return False
        if self._outcomes or self._tally.is_kept:
            return False
        if checker.is_fine_grained or not is_always_accepted(
            checker.type_of(ctx.args[0][0]) or ctx.arg_types[0][0], lookup.key
        ):
            return False
        if method != "__contains__":
            return True
        # mypy may say of another member of a union that it has no such key.
        receiver = _receiver(ctx.context, ctx.args[0][0])
        return receiver is None or not isinstance(
            get_proper_type(checker.type_of(receiver)), UnionType
        )

    def _judge_each(
        self,
        ctx: MethodContext,
        method: str,
        receivers: list[ProperType],
        methods: list[LookupMethod],
        receiver: Expression | None,
        checker: Checker,
    ) -> None:
        """Judge each query of a call."""
        self._without_result.discard(ctx.context)
        for number, (typ, whole) in enumerate(_types_looked_up(ctx, checker, methods[0].use)):
            query = Query(ctx, method, receivers, methods, typ, whole, number)
            finding, mypys = self._judged_before(query, checker, receiver)
            self._report(query, finding, mypys, checker)
            if CALL_OVERLOAD in _codes_of_mypy(finding, mypys):
                self._without_result.add(ctx.context)
            if self._tally.is_kept:
                fate = Fate.JUDGED if finding else _fate(query, finding, checker)
                self._tally.note(checker.tree.fullname, query.place, fate)

    def _judged_before(
        self, query: Query, checker: Checker, receiver: Expression | None
    ) -> Judgement:
        """What to report of a query, and the code that mypy itself has for it.

        mypy checks a call once for each member of a union, and asks each time.
        """
        if query.context is not self._context:
            self._context = query.context
            self._judged.clear()
        receivers = tuple(query.receivers)
        asked = (query.method, query.number, query.type, receivers, checker.variant)
        if asked not in self._judged:
            finding = self._finding(query, checker, receiver)
            is_ours = isinstance(finding, Diagnostic)
            self._judged[asked] = finding, _code_of_mypy(query, checker) if is_ours else None
        return self._judged[asked]

    def _finding(self, query: Query, checker: Checker, receiver: Expression | None) -> Finding:
        """What to report of a query: a diagnostic of ours, or mypy's own errors, or nothing."""
        program = self._program
        if has_none(receiver):
            program = program._replace(policy=program.policy._replace(strict_only_none=False))
        self._depend(query, checker)
        if query.methods[0].use.asks_order:
            return key_view.judge_place(query, program, checker)
        if query.whole is not None and any(map(decides_elements, _united(query.whole))):
            return _errors_of_mypy(query, checker) or None
        if query.whole is not None and not checker.is_operand(
            query.whole, query.method, query.receivers
        ):
            return None  # Python raises TypeError, and mypy says so by itself.
        verdicts = [_verdict(query.type, each, program) for each in query.methods]
        is_unknown = _is_unknown(verdicts)
        if query.method == "__contains__" and not is_unknown:
            self._silencer.expect(checker.reporter, query.context)
        is_ordered = all(each.ordered for each in query.methods)
        unlawful = None if is_ordered else key_view_law.judge_query(query, verdicts)
        if unlawful is not None:
            return unlawful
        if any(verdict.accepted for verdict in verdicts) or any(
            each.finds_part(query.type) for each in query.methods
        ):
            finding = key_view.judge_stored(query, program, checker.options)
            if finding is None and (is_unknown or _stores_elsewhere(query)):
                return _errors_of_mypy(query, checker) or None
            return finding
        asked = declared_type(query.call.args[0][0], checker)
        held = declared_in(receiver, checker)
        is_narrowed = any(
            _verdict(asked or query.type, each._replace(key=held or each.key), program).accepted
            for each in (query.methods if asked or held else ())
        )
        if (is_narrowed or _is_doubtful(query, receiver, checker)) and not _code_of_mypy(
            query, checker
        ):
            # A stricter mypy would report it.
            checker.reporter.use_ignores(query.context, OF_DOUBT)
            return DOUBTFUL
        return key_view_unhashable.judge(
            query, verdicts[0], checker.options
        ) or key_view.judge_found(query, verdicts[0], program, checker.options)

    def _depend(self, query: Query, checker: Checker) -> None:
        """Have the daemon judge the query again when a class of its types, or of their `__eq__`, changes."""
        if checker.is_fine_grained:
            for typ in (query.type, query.key, *query.receivers):
                for info in classes_in(typ):
                    for each in (info, *(claimed(info) or ())):
                        checker.depend_on(each)

    def _program_of(self, checker: Checker) -> Program:
        return Program(
            key_view=checker.class_named(names.KEY_VIEW),
            borrow=checker.class_named(names.BORROW),
            bytes_type=checker.class_named(names.BYTES),
            share_subclass=partial(self._share_subclass, checker),
            subclasses=partial(self._find_subclasses, checker, self._subclasses.deciding),
            below=partial(self._find_subclasses, checker, self._subclasses.below),
            policy=self._config.policy,
        )

    def _share_subclass(self, checker: Checker, left: TypeInfo, right: TypeInfo) -> bool:
        subclass = self._subclasses.common(checker.modules, left, right)
        if subclass is not None:
            checker.depend_on(subclass)
        return subclass is not None

    def _find_subclasses(
        self,
        checker: Checker,
        find: Callable[[Iterable[MypyFile], TypeInfo], list[TypeInfo]],
        base: TypeInfo,
    ) -> Iterator[TypeInfo]:
        for subclass in find(checker.modules, base):
            checker.depend_on(subclass)
            yield subclass

    def _report(
        self, query: Query, finding: Finding, mypys: ErrorCode | None, checker: Checker
    ) -> None:
        """Report an error that every variant has, in place of what was reported for the lookup before."""
        reporter = checker.reporter
        if reporter.is_own_experiment:
            return
        variant, count = checker.variant
        if not finding:
            if outcome := self._outcomes.get(query.place):
                reporter.retract(outcome.reports)
                outcome.wrong_in.discard(variant)
            return
        outcome = self._outcomes.setdefault(query.place, Outcome())
        # Where mypy says nothing, nothing may tell it how its experiment went: that would change which
        # item of an overload it takes.
        is_silent = isinstance(finding, Diagnostic) and mypys is None
        depth = self._depths.get(query.context, reporter.depth)
        if is_silent:
            if reporter.is_experiment(depth) and never_runs(query.context, checker):
                return
            depth = 0
        if reporter.is_experiment(depth):
            outcome = Outcome()  # What is said now is dropped.
        if outcome.depth < depth and reporter.shows(outcome.reports):
            # mypy checks `d[k]` once more for the `in` of `d[k] in s`, and drops what is said of it there.
            return
        reporter.retract(outcome.reports)
        outcome.depth = depth
        outcome.wrong_in.add(variant)
        if len(outcome.wrong_in) < count:
            return
        if not isinstance(finding, Diagnostic):
            reporter.repeat(depth, finding)
            outcome.reports.extend(finding)
            return
        codes = _codes(query, finding, mypys)
        code = reporter.code_for(query.context, codes)
        if code is not codes[0]:
            # Else mypy would say it once more, with its own code.
            self._silencer.expect(reporter, query.context)
        if code is INDEX:
            finding = worded_by_mypy(
                finding, query.receiver, query.type, query.key, checker.options
            )
        info = reporter.report(depth, finding.error, finding.notes, query.context, codes)
        if info is not None:
            outcome.reports.append(info)


def _codes_of_mypy(finding: Finding, mypys: ErrorCode | None) -> list[ErrorCode | None]:
    """The codes with which mypy, alone, reports what was found."""
    return [mypys] if isinstance(finding, Diagnostic) else [error.code for error in finding or ()]


def _codes(query: Query, diagnostic: Diagnostic, mypys: ErrorCode | None) -> list[ErrorCode]:
    """The codes that an ignore may name, and first the one to report with where there is none.

    That is mypy's own if mypy would have reported the lookup, however strict it is.
    """
    if query.is_own or mypys is None or mypys is COMPARISON_OVERLAP:
        codes = [*diagnostic.codes, *([mypys] if mypys else [])]
    else:
        codes = [mypys, *diagnostic.codes]
    compares = query.method in ("__contains__", "__eq__")
    return [*codes, COMPARISON_OVERLAP] if compares and mypys is None else codes


def _verdict(query: Type, lookup: LookupMethod, program: Program) -> Verdict:
    """Whether a query can find a key of what the method looks up in, and why."""
    return relate(query, lookup.key, program.with_hashing(lookup.hashes(query)))


def _is_unknown(verdicts: Iterable[Verdict]) -> bool:
    """Whether a lookup is accepted for no other reason than that nothing is known."""
    accepted = [verdict.kind for verdict in verdicts if verdict.accepted]
    return bool(accepted) and all(kind is Kind.UNKNOWN for kind in accepted)


def _stores_elsewhere(query: Query) -> bool:
    """Whether a query is stored as it is, in a collection that is not of keyview: in a defaultdict."""
    return query.methods[0].use is Use.FIND_OR_STORE and not query.is_own


def _fate(query: Query, finding: Finding, checker: Checker) -> Fate:
    """What became of a lookup that was not refused."""
    if isinstance(get_proper_type(query.type), AnyType):
        return Fate.OF_ANY
    if all(isinstance(get_proper_type(method.key), AnyType) for method in query.methods):
        return Fate.AMONG_ANY
    is_guess = finding is DOUBTFUL and not is_asserted_absent(query.context, checker)
    return Fate.GUESSED if is_guess else Fate.JUDGED


def _is_doubtful(query: Query, receiver: Expression | None, checker: Checker) -> bool:
    """Whether it may be meant as it is, or only a type that nobody wrote speaks against it."""
    if is_asserted_absent(query.context, checker):
        return True
    asked = query.call.args[0][0]
    if query.whole is None and (is_contradicted(asked, checker) or is_unsettled(asked, checker)):
        return True
    return not query.is_own and receiver is not None and is_guessed(receiver, checker)


def _code_of_mypy(query: Query, checker: Checker) -> ErrorCode | None:
    """The code that mypy itself would have refused this with; None if it would have said nothing."""
    errors = _errors_of_mypy(query, checker)
    code = errors[-1].code if errors else None
    if code is None and query.method == "__contains__":
        code = checker.code_of_overlap(query.type, query.receiver)
    return code


def _errors_of_mypy(query: Query, checker: Checker) -> list[ErrorInfo]:
    """What mypy itself would have said of the call."""
    each = query.methods[0].use is Use.FIND_EACH
    return checker.errors_of_call(query.call, query.method, query.receivers, each=each)


def _is_of_key(arguments: list[list[Expression]], lookup: LookupMethod) -> bool:
    """Whether what is looked up is written down, and of the type of the keys, so that mypy accepts it."""
    if lookup.use not in OF_ONE or not arguments or len(arguments[0]) != 1:
        return False
    key, kind = get_proper_type(lookup.key), WRITTEN.get(type(arguments[0][0]))
    return kind is not None and (
        isinstance(key, AnyType) or (isinstance(key, Instance) and key.type.fullname == kind)
    )


def _tells_the_result(signature: CallableType) -> bool:
    """Whether the type of the result depends on the type of the query, as in `context[var]`."""
    own = {variable.id for variable in signature.variables}
    return bool(own) and any(
        variable.id in own for variable in get_all_type_vars(signature.arg_types[0])
    )


def _widen_bounds(signature: CallableType, anything: Type) -> CallableType:
    """The signature with `object` for each bound, and for the prefix."""
    pairs = zip(signature.arg_types, signature.arg_names, strict=True)
    widened = [formal if name == "inclusive" else anything for formal, name in pairs]
    return signature.copy_modified(arg_types=widened)


def _widen_elements(signature: CallableType, anything: Type) -> CallableType:
    """The signature with `Iterable[object]` for `Iterable[T]`, unless the result depends on T."""
    widened = []
    for formal in signature.arg_types:
        proper = get_proper_type(formal)
        if isinstance(proper, Instance) and len(proper.args) == 1 and not signature.variables:
            proper = proper.copy_modified(args=[anything])
        widened.append(proper)
    return signature.copy_modified(arg_types=widened)


def _own_watchers(context: Context, method: str) -> int:
    """How many of mypy's error watchers belong to this lookup itself, when its signature is asked for."""
    if isinstance(context, ComparisonExpr):
        return 1 if method == "__contains__" else 3
    if isinstance(context, OpExpr):
        return 2
    return 1 if isinstance(context, MappingPattern) else 0


def _types_looked_up(
    ctx: MethodContext, checker: Checker, use: Use
) -> list[tuple[Type, Type | None]]:
    """The types of the queries, each with that of the collection whose elements they are, if of one.

    They are read from the expressions, not from `ctx.arg_types`, which may be one item of a union that
    mypy checks item by item.
    """
    if use is Use.BOUND:
        bounds = zip(ctx.args[:2], ctx.arg_types[:2], strict=True)
        return [(checker.type_of(one[0]) or typ[0], None) for one, typ in bounds if one]
    types: list[tuple[Type, Type | None]] = []
    for expression, inferred, kind in zip(
        ctx.args[0], ctx.arg_types[0], ctx.arg_kinds[0], strict=True
    ):
        if use is Use.FIND_EACH:
            # Infer the type again: in the context of Iterable[object], {1} was inferred as set[object].
            whole = checker.type_without_context(expression) or inferred
            elements = checker.elements_of(whole)
            if kind is not ARG_STAR and elements:
                types.append((UnionType.make_union(elements), whole))
            continue
        typ = checker.type_of(expression) or inferred
        each = checker.elements_of(typ) if kind is ARG_STAR else [typ]
        types.extend((one, None) for one in each)
    return types


def _receiver(context: Context, argument: Expression) -> Expression | None:
    """The expression of the receiver."""
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


def _is_view_of_its_own(receiver: Expression | None, checker: Checker) -> bool:
    """Whether it is `mapping.keys()` of a class that decides itself what its keys are found by."""
    match receiver:
        case CallExpr(callee=MemberExpr(name="keys" | "items" | "values", expr=mapping)):
            owner = checker.type_of(mapping)
            return owner is not None and any(map(decides_itself, _united(owner)))
        case _:
            return False


def _united(typ: Type) -> list[ProperType]:
    """The members of a union, or the type itself."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return [get_proper_type(member) for member in proper.relevant_items()]
    return [proper]


def _members(receiver: ProperType, whole: Type | None) -> list[ProperType]:
    """The members of the receiver's type, if it is a union, of which mypy checks one member at a time."""
    union = get_proper_type(whole) if whole is not None else None
    if not isinstance(union, UnionType):
        return [receiver]
    members = [get_proper_type(member) for member in union.relevant_items()]
    return members if receiver in members else [receiver]

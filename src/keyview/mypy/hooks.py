"""mypy's hooks for lookups: gather the types, ask `relation`, hand the verdict to `messages`.

The signature hook widens the parameter of the key to `object`, so that mypy itself refuses no lookup;
the method hook, which runs when the argument's type is known, judges it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import ARG_STAR, CallExpr, ComparisonExpr, IndexExpr, MemberExpr
from mypy.subtypes import is_subtype
from mypy.types import UnionType, get_proper_type

from keyview.mypy.compat import Checker, OverlapSilencer
from keyview.mypy.messages import KEY_VIEW, refused, unstorable
from keyview.mypy.receivers import LOOKUPS, Use, stored_key
from keyview.mypy.relation import World, owned_type, relate

if TYPE_CHECKING:
    from mypy.nodes import Context, Expression
    from mypy.plugin import MethodContext, MethodSigContext
    from mypy.types import CallableType, FunctionLike, ProperType, Type

__all__ = ["Lookups"]


class Lookups:
    """The two hooks, and what the first has to remember for the second."""

    def __init__(self) -> None:
        #: The file being checked, and for each lookup in it how deep in speculation mypy was when it
        #: came to it. Keyed by the node itself: an id is recycled when mypy makes a node up.
        self._file: str | None = None
        self._depths: dict[Context, int] = {}
        #: For each place in a function that mypy checks in several variants, those that are refused.
        self._refusals: dict[tuple[int, int, str], set[tuple[int, ...]]] = {}
        self._silencer = OverlapSilencer()

    def forget(self) -> None:
        """A file has been read, perhaps anew: nothing that was remembered of places holds now."""
        self._file = None
        self._silencer.forget()

    def widen(self, ctx: MethodSigContext, method: str) -> FunctionLike:
        """The signature with `object` for the key, if the receiver is ours."""
        if stored_key(get_proper_type(ctx.type), method) is None:
            return ctx.default_signature
        checker = Checker(ctx.api)
        self._remember(checker, ctx.context, method)
        anything = ctx.api.named_generic_type("builtins.object", [])
        signature: CallableType = ctx.default_signature
        return signature.copy_modified(arg_types=[anything, *signature.arg_types[1:]])

    def _remember(self, checker: Checker, context: Context, method: str) -> None:
        if checker.file != self._file:
            self._file = checker.file
            self._depths.clear()
            self._refusals.clear()
        # The watcher around `__contains__` is already there when its signature is asked for.
        own = 1 if method == "__contains__" and isinstance(context, ComparisonExpr) else 0
        self._depths[context] = checker.depth - own

    def judge(self, ctx: MethodContext, method: str) -> Type:
        """The return type, unchanged; an error if one of the keys asked for can never be found."""
        key = stored_key(ctx.type, method)
        if key is None or not ctx.args or not ctx.args[0]:
            return ctx.default_return_type
        checker = Checker(ctx.api)
        receivers = self._receivers(ctx, checker)
        keys = [stored_key(receiver, method) for receiver in receivers]
        if method == "__contains__" and None not in keys:
            self._silencer.expect(checker, ctx.context)
        if receivers[0] != ctx.type:
            return ctx.default_return_type  # Judged with the first member of the union.
        for query in _queries(ctx, checker):
            self._judge_one(ctx, checker, method, receivers, keys, query)
        return ctx.default_return_type

    def _judge_one(
        self,
        ctx: MethodContext,
        checker: Checker,
        method: str,
        receivers: list[ProperType],
        keys: list[Type | None],
        query: Type,
    ) -> None:
        world = _world(checker)
        known = [key for key in keys if key is not None]
        if len(known) < len(keys):
            return  # Another member of the union may well find it.
        verdicts = [relate(query, key, world) for key in known]
        receiver = UnionType.make_union(list(receivers))
        key = UnionType.make_union(known)
        if not any(verdict.accepted for verdict in verdicts):
            error, note = refused(method, receiver, query, key, verdicts[0], checker.options)
        elif LOOKUPS[method] is Use.FIND_OR_STORE and not all(
            is_subtype(owned_type(query, world), one) for one in known
        ):
            error, note = unstorable(method, receiver, query, key, checker.options)
        else:
            return
        if self._is_refused_throughout(ctx.context, checker, error):
            depth = self._depths.get(ctx.context, checker.depth)
            checker.report(depth, error, note, ctx.context, KEY_VIEW)

    def _is_refused_throughout(self, context: Context, checker: Checker, error: str) -> bool:
        """Whether the lookup was refused in every variant of the function it stands in."""
        variant, count = checker.variant
        operation = error.partition(" ")[0]
        refused_in = self._refusals.setdefault((context.line, context.column, operation), set())
        if not any(variant):
            refused_in.clear()  # The first variant: the function is checked anew.
        refused_in.add(variant)
        return len(refused_in) == count

    @staticmethod
    def _receivers(ctx: MethodContext, checker: Checker) -> list[ProperType]:
        """The members of the receiver's type, if it is a union: mypy asks about one at a time."""
        expression = _receiver(ctx.context, ctx.args[0][0])
        whole = checker.type_of(expression) if expression is not None else None
        union = get_proper_type(whole) if whole is not None else None
        if not isinstance(union, UnionType):
            return [ctx.type]
        members = [get_proper_type(member) for member in union.relevant_items()]
        return members if ctx.type in members else [ctx.type]


def _queries(ctx: MethodContext, checker: Checker) -> list[Type]:
    """The types of what is looked up.

    Of the expressions, not `ctx.arg_types`: those may be one item of a union that mypy has taken apart.
    """
    queries: list[Type] = []
    for expression, inferred, kind in zip(
        ctx.args[0], ctx.arg_types[0], ctx.arg_kinds[0], strict=True
    ):
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
        pairs = zip(context.operands, context.operands[1:], strict=False)
        return next((right for left, right in pairs if left is argument), None)
    return None


def _world(checker: Checker) -> World:
    return World(
        key_view=checker.class_named("keyview.views", "KeyView"),
        borrow=checker.class_named("keyview.views", "Borrow"),
        bytes_type=checker.class_named("builtins", "bytes"),
        share_subclass=checker.share_subclass,
    )

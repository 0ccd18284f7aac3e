"""Checker: what mypy's type checker knows about expressions, and what it would report for a call."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, Final, TypeVar

from mypy.errorcodes import ARG_TYPE, CALL_OVERLOAD, COMPARISON_OVERLAP, INDEX, LIST_ITEM, OPERATOR
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import FuncItem, OpExpr, TempNode, TypeInfo
from mypy.operators import reverse_op_methods
from mypy.patterns import MappingPattern
from mypy.server.trigger import make_trigger, make_wildcard_trigger
from mypy.subtypes import find_member
from mypy.typeops import tuple_fallback
from mypy.types import (
    CallableType,
    Instance,
    PartialType,
    ProperType,
    TupleType,
    TypeVarLikeType,
    TypeVarType,
    UnpackType,
    get_proper_type,
)

from keyview.mypy import names
from keyview.mypy.host.program import classes_of
from keyview.mypy.host.reporting import Reporter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mypy.checker import TypeChecker
    from mypy.errorcodes import ErrorCode
    from mypy.errors import ErrorInfo
    from mypy.nodes import ArgKind, Context, Expression, MemberExpr, MypyFile, Var
    from mypy.options import Options
    from mypy.plugin import CheckerPluginInterface, MethodContext
    from mypy.types import Type

__all__ = ["Checker"]

Found = TypeVar("Found")

#: The codes with which mypy reports an argument of a wrong type.
OF_CALLS: Final = (ARG_TYPE, LIST_ITEM, OPERATOR)
OF_METHODS: Final[dict[str, tuple[ErrorCode, ...]]] = {
    "__getitem__": (INDEX,),
    **dict.fromkeys(("get", "pop", "range"), (ARG_TYPE, CALL_OVERLOAD)),
}


class Checker:
    """mypy's type checker, behind the interface that plugins are given."""

    def __init__(self, api: CheckerPluginInterface) -> None:
        checker: TypeChecker = api  # type: ignore[assignment]  # the only implementation
        self._checker = checker
        self.reporter: Reporter = Reporter(checker.msg)
        #: The type of any object.
        self.object: Instance = api.named_generic_type(names.OBJECT, [])
        self._found: dict[object, Any] = {}
        #: Whether mypy keeps dependencies, as its daemon does.
        self.is_fine_grained: bool = (
            checker.options.fine_grained_incremental or checker.options.cache_fine_grained
        )

    def once(self, find: Callable[[MypyFile], Found]) -> Found:
        """What a function finds in the module being checked, which it is asked for once."""
        if find not in self._found:
            self._found[find] = find(self.tree)
        found: Found = self._found[find]
        return found

    def is_of(self, api: CheckerPluginInterface) -> bool:
        """Whether it is this type checker."""
        return self._checker is api

    @property
    def options(self) -> Options:
        """The options in force for the file being checked."""
        return self._checker.options

    def type_of(self, expression: Expression) -> Type | None:
        """The type that was inferred for an expression; None for an expression that mypy itself has made."""
        try:
            return self._checker.lookup_type(expression)
        except KeyError:
            return None

    def type_without_context(self, expression: Expression) -> Type | None:
        """The type that is inferred for an expression without the context in which it is used."""
        if isinstance(expression, TempNode):
            return expression.type
        expressions = self._checker.expr_checker
        # mypy before 1.20 caches the type of {x} from the first check of a loop's body.
        remembered: dict[Expression, ProperType] = getattr(expressions, "resolved_type", {})
        remembered.pop(expression, None)
        with self._checker.local_type_map, self.reporter.experiment():
            return expressions.accept(expression)

    def type_of_attribute(self, attribute: MemberExpr) -> Type:
        """The type that reading an attribute has, whatever mypy has narrowed it to."""
        with self._checker.local_type_map, self.reporter.experiment():
            return self._checker.expr_checker.analyze_ordinary_member_access(attribute, False)

    def narrowed_by(
        self, condition: Expression
    ) -> tuple[dict[Expression, Type] | None, dict[Expression, Type] | None]:
        """The types that expressions have where a condition is true, and where it is false."""
        with self.reporter.experiment():
            return self._checker.find_isinstance_check(condition)

    def code_of_overlap(self, query: Type, container: Type) -> ErrorCode | None:
        """The code with which mypy reports `query in container`; None if it reports nothing."""
        element = self._checker.analyze_container_item_type(container)
        refuses = element is not None and self._checker.expr_checker.dangerous_comparison(
            query, element, original_container=container, prefer_literal=False
        )
        return COMPARISON_OVERLAP if refuses else None

    def refuses_comparison(self, left: Type, right: Type) -> bool:
        """Whether mypy reports `left == right` by itself."""
        return self._checker.expr_checker.dangerous_comparison(left, right)

    def accepts_less(self, left: Type, right: Type, near: Context) -> bool:
        """Whether mypy accepts `left < right`, by a method of either."""
        # Of its own, because lookups remember things by the node that they are written as.
        at = TempNode(left, context=near)
        with (
            self._checker.local_type_map,
            self._checker.msg.filter_errors(save_filtered_errors=True) as errors,
        ):
            self._checker.expr_checker.check_op(
                "__lt__", left, TempNode(right, context=near), at, allow_reverse=True
            )
        return not errors.has_new_errors()

    def errors_of_call(
        self, call: MethodContext, method: str, receivers: Iterable[ProperType], *, each: bool
    ) -> list[ErrorInfo]:
        """The errors that mypy reports of this call for the receivers.

        The call is checked without a name, so that mypy calls no plugin. With `each`, the argument is a
        collection, whose inferred type depends on the parameter.
        """
        if isinstance(call.context, MappingPattern):
            return []
        arguments = [
            # The inferred type may be an item of a union that mypy checks item by item.
            expression
            if each
            else TempNode(self.type_of(expression) or inferred, context=expression)
            for expressions, types in zip(call.args, call.arg_types, strict=True)
            for expression, inferred in zip(expressions, types, strict=True)
        ]
        kinds = [kind for kinds in call.arg_kinds for kind in kinds]
        keywords = [name for each in call.arg_names for name in each]
        found: list[ErrorInfo] = []
        for receiver in receivers:
            errors = self._errors_of(receiver, method, arguments, kinds, keywords, call.context)
            if not errors:
                continue
            reflected = reverse_op_methods.get(method)
            if isinstance(call.context, OpExpr) and reflected is not None:
                operand = get_proper_type(self.type_without_context(arguments[0]))
                this: list[Expression] = [TempNode(receiver, context=call.context)]
                if (
                    operand is not None
                    and _bound(reflected, operand) is not None
                    and not self._errors_of(operand, reflected, this, kinds, keywords, call.context)
                ):
                    continue
            found += errors
        return found

    def is_operand(self, operand: Type, method: str, receivers: Iterable[ProperType]) -> bool:
        """Whether a method of a receiver takes a collection of that class, whatever its elements are."""
        given = get_proper_type(operand)
        if isinstance(given, TupleType):
            given = tuple_fallback(given)
        if not isinstance(given, Instance):
            return True
        for receiver in receivers:
            member = get_proper_type(_bound(method, receiver))
            if not isinstance(member, CallableType) or not member.arg_types:
                return True
            formal = get_proper_type(member.arg_types[0])
            if not isinstance(formal, Instance) or formal.type.is_protocol:
                return True
            if given.type.has_base(formal.type.fullname):
                return True
        return False

    def _errors_of(
        self,
        receiver: ProperType,
        method: str,
        arguments: list[Expression],
        kinds: list[ArgKind],
        keywords: list[str | None],
        context: Context,
    ) -> list[ErrorInfo]:
        """The errors that mypy reports of these arguments."""
        member = _bound(method, receiver)
        if member is None:
            return []
        with (
            self._checker.local_type_map,
            self.reporter.experiment(),
            self._checker.msg.filter_errors(save_filtered_errors=True) as errors,
        ):
            self._checker.expr_checker.check_call(
                *(member, arguments, kinds, context, keywords), object_type=receiver
            )
        # Errors with other codes, and all but the last, are about expressions inside an argument.
        own = OF_METHODS.get(method, OF_CALLS)
        return [error for error in errors.filtered_errors() if error.code in own]

    @property
    def in_unannotated_function(self) -> bool:
        """Whether the function being checked has no annotations."""
        return bool(self._checker.dynamic_funcs) and self._checker.dynamic_funcs[-1]

    def is_open_outside(self, variable: Var) -> bool:
        """Whether an enclosing function, not the one being checked, has yet to tell a variable's type."""
        is_open = isinstance(variable.type, PartialType)
        return is_open and variable not in self._checker.partial_types[-1].map

    def class_at(self, line: int, name: str) -> TypeInfo | None:
        """The class that is defined at a line of the module being checked."""
        around = self._checker.tscope.classes  # Without classes inside functions.
        return next(
            (
                info
                for info in (*around[-1:], *classes_of(self.tree))
                if info.name.partition("@")[0] == name and info.defn.line == line
            ),
            None,
        )

    def depend_on(self, info: TypeInfo) -> None:
        """Make mypy's daemon check the current function again when a class or a member of it changes."""
        if not self.is_fine_grained:
            return
        for trigger in (make_trigger(info.fullname), make_wildcard_trigger(info.fullname)):
            targets = self.tree.plugin_deps.setdefault(trigger, set())
            targets.add(self._checker.tscope.current_target())

    @property
    def in_function(self) -> bool:
        """Whether the code being checked is in a function."""
        return self._checker.scope.current_function() is not None

    @property
    def tree(self) -> MypyFile:
        """The module being checked."""
        return self._checker.tree

    def class_named(self, fullname: str) -> TypeInfo | None:
        """A class of the program, if the program imports its module."""
        module, _, name = fullname.rpartition(".")
        tree = self._checker.modules.get(module)
        symbol = tree.names.get(name) if tree is not None else None
        return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None

    @property
    def modules(self) -> Iterable[MypyFile]:
        """The modules of the program that mypy has analysed so far."""
        return self._checker.modules.values()

    @property
    def variant(self) -> tuple[tuple[int, ...], int]:
        """Which variant of the code is being checked, and how many variants there are.

        mypy checks the body of a function once for each combination of its constrained type variables.
        """
        numbers, count = [], 1
        for function in self._checker.scope.stack:
            if isinstance(function, FuncItem) and (combinations := _combinations(function)) > 1:
                numbers.append((len(function.expanded) - 1) % combinations)
                count *= combinations
        return tuple(numbers), count

    def elements_of(self, typ: Type) -> list[Type]:
        """The types of the elements of an iterable, as far as they are known."""
        iterable = get_proper_type(typ)
        if isinstance(iterable, TupleType):
            return [item for item in iterable.items if not isinstance(item, UnpackType)]
        if isinstance(iterable, Instance) and iterable.type.has_base(names.ITERABLE):
            base = self._checker.lookup_typeinfo(names.ITERABLE)
            return list(map_instance_to_supertype(iterable, base).args)
        return []


def _bound(method: str, receiver: ProperType) -> Type | None:
    if isinstance(receiver, TupleType):
        receiver = tuple_fallback(receiver)
    return find_member(method, receiver, receiver) if isinstance(receiver, Instance) else None


def _combinations(function: FuncItem) -> int:
    """How many combinations of constrained type variables a function is checked for."""
    variables: list[TypeVarLikeType] = []
    if isinstance(function.type, CallableType):
        variables.extend(function.type.variables)
    if function.info:
        variables.extend(function.info.defn.type_vars)
    return prod(len(v.values) for v in variables if isinstance(v, TypeVarType) and v.values)

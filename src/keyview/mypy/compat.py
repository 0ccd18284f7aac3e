"""Everything the plugin uses of mypy that is private or changes between versions, with its fallback.

mypy checks some expressions in speculation, and drops the errors that are raised meanwhile: the items
of an overload, and `__contains__` behind `in`. It does so with a stack of watchers. A verdict of ours
is not speculative, so it is reported past those watchers that belong to the very lookup it is about,
and to no others.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from math import prod
from typing import TYPE_CHECKING, Any, Final

from mypy import version
from mypy.errorcodes import ARG_TYPE, CALL_OVERLOAD, COMPARISON_OVERLAP, INDEX, LIST_ITEM, OPERATOR
from mypy.errors import Errors, ErrorWatcher
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    FuncItem,
    MypyFile,
    OpExpr,
    TempNode,
    TypeInfo,
)
from mypy.operators import reverse_op_methods
from mypy.options import Options
from mypy.patterns import MappingPattern
from mypy.server.trigger import make_trigger, make_wildcard_trigger
from mypy.subtypes import find_member
from mypy.typeops import tuple_fallback
from mypy.types import (
    CallableType,
    Instance,
    ProperType,
    TupleType,
    TypeVarLikeType,
    TypeVarType,
    UnpackType,
    get_proper_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mypy.checker import TypeChecker
    from mypy.errorcodes import ErrorCode
    from mypy.errors import ErrorInfo
    from mypy.nodes import ArgKind, Context, Expression
    from mypy.plugin import (
        CheckerPluginInterface,
        MethodContext,
        SemanticAnalyzerPluginInterface,
        TypeAnalyzerPluginInterface,
    )
    from mypy.types import Type

__all__ = [
    "REPORTED",
    "Checker",
    "Heirs",
    "OverlapSilencer",
    "depend_on",
    "missing_of_mypy",
    "report_in_analysis",
]

#: The file, line and sentence of every error of ours in this process. With a code of mypy's, nothing
#: else tells it from mypy's own.
REPORTED: Final[set[tuple[str, int, str]]] = set()

#: The oldest mypy that the tests run with.
OLDEST: Final = (1, 19)

#: What is used here and in no interface of mypy's: whose it is, and its name.
PRIVATE: Final = (
    (Errors(Options()), "_watchers"),
    (Errors(Options()), "error_info_map"),
    (ErrorWatcher, "on_error"),
)

#: The codes with which mypy refuses an argument.
OF_CALLS: Final = (ARG_TYPE, LIST_ITEM, OPERATOR)
OF_METHODS: Final[dict[str, tuple[ErrorCode, ...]]] = {
    "__getitem__": (INDEX,),
    **dict.fromkeys(("get", "pop"), (ARG_TYPE, CALL_OVERLOAD)),
}


def missing_of_mypy() -> str:
    """One line that says why this mypy will not do; nothing if it will."""
    known = version.__version__.split(".")[:2]
    if all(map(str.isdecimal, known)) and tuple(map(int, known)) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        return f"keyview.mypy needs mypy {oldest} or later, and this is {version.__version__}"
    missing = [name for owner, name in PRIVATE if not hasattr(owner, name)]
    if missing:
        return (
            f"keyview.mypy does not know mypy {version.__version__}, which has no {missing[0]}; "
            f"update keyview, or use an older mypy"
        )
    return ""


class Checker:
    """mypy's type checker, behind the interface that plugins are given."""

    def __init__(self, api: CheckerPluginInterface) -> None:
        checker: TypeChecker = api  # type: ignore[assignment]  # the only implementation
        self._checker = checker
        self._errors = checker.msg.errors

    @property
    def options(self) -> Options:
        """The options in force for the file being checked."""
        return self._checker.options

    @property
    def file(self) -> str:
        """The file being checked."""
        return self._errors.file

    def type_of(self, expression: Expression) -> Type | None:
        """The type that was inferred for an expression; None for one that mypy made up itself."""
        try:
            return self._checker.lookup_type(expression)
        except KeyError:
            return None

    def type_without_context(self, expression: Expression) -> Type | None:
        """The type that an expression has by itself, whatever was inferred for it where it stands."""
        if isinstance(expression, TempNode):
            return expression.type
        expressions = self._checker.expr_checker
        # Before 1.20, mypy remembers {x} as it was when the body of a loop was checked first.
        remembered: dict[Expression, ProperType] = getattr(expressions, "resolved_type", {})
        remembered.pop(expression, None)
        with self._checker.local_type_map, expressions.msg.filter_errors():
            return expressions.accept(expression)

    def code_of_overlap(self, query: Type, container: Type) -> ErrorCode | None:
        """The code with which mypy refuses `query in container`, if it does."""
        element = self._checker.analyze_container_item_type(container)
        refuses = element is not None and self._checker.expr_checker.dangerous_comparison(
            query, element, original_container=container, prefer_literal=False
        )
        return COMPARISON_OVERLAP if refuses else None

    def code_of_call(
        self, call: MethodContext, method: str, receivers: Iterable[ProperType], *, each: bool
    ) -> ErrorCode | None:
        """The code with which mypy refuses this call of a method of some receiver, if it does.

        Asked of mypy itself, and of no plugin: a call without a name has no hooks. With `each`, the
        argument is a collection, whose own type depends on what it is passed to.
        """
        if isinstance(call.context, MappingPattern):
            return None
        arguments = [
            # mypy may be in the midst of an expression, and have taken its type apart.
            expression
            if each
            else TempNode(self.type_of(expression) or inferred, context=call.context)
            for expressions, types in zip(call.args, call.arg_types, strict=True)
            for expression, inferred in zip(expressions, types, strict=True)
        ]
        kinds = [kind for kinds in call.arg_kinds for kind in kinds]
        names = [name for names in call.arg_names for name in names]
        for receiver in receivers:
            code = self._refusal(receiver, method, arguments, kinds, names, call.context)
            if code is None:
                continue
            reflected = reverse_op_methods.get(method)
            if isinstance(call.context, OpExpr) and reflected is not None:
                operand = get_proper_type(self.type_without_context(arguments[0]))
                this: list[Expression] = [TempNode(receiver, context=call.context)]
                if (
                    operand is not None
                    and _bound(reflected, operand) is not None
                    and self._refusal(operand, reflected, this, kinds, names, call.context) is None
                ):
                    continue
            return code
        return None

    def _refusal(
        self,
        receiver: ProperType,
        method: str,
        arguments: list[Expression],
        kinds: list[ArgKind],
        names: list[str | None],
        context: Context,
    ) -> ErrorCode | None:
        """The code with which mypy refuses these arguments, if it does."""
        member = _bound(method, receiver)
        if member is None:
            return None
        with (
            self._checker.local_type_map,
            self._checker.msg.filter_errors(),  # By this, lookups inside see that it is an experiment.
            self._checker.msg.filter_errors(save_filtered_errors=True) as errors,
        ):
            self._checker.expr_checker.check_call(member, arguments, kinds, context, names)
        # Other codes, and what comes before, are about what is wrong inside of an argument.
        own = OF_METHODS.get(method, OF_CALLS)
        codes = [error.code for error in errors.filtered_errors() if error.code in own]
        return codes[-1] if codes else None

    @property
    def in_unannotated_function(self) -> bool:
        """Whether the function being checked has no annotations."""
        return bool(self._checker.dynamic_funcs) and self._checker.dynamic_funcs[-1]

    def class_at(self, line: int, name: str) -> TypeInfo | None:
        """The class that is defined at a line of the module being checked."""
        around = self._checker.tscope.classes  # Without those inside of functions.
        return next(
            (
                info
                for info in (*around[-1:], *_classes(self.tree))
                if info.name.partition("@")[0] == name and info.defn.line == line
            ),
            None,
        )

    def depend_on(self, info: TypeInfo) -> None:
        """Have the daemon check the function being checked again when a class or a member of it changes."""
        for trigger in (make_trigger(info.fullname), make_wildcard_trigger(info.fullname)):
            targets = self.tree.plugin_deps.setdefault(trigger, set())
            targets.add(self._checker.tscope.current_target())

    @property
    def in_function(self) -> bool:
        """Whether the code being checked is that of a function."""
        return self._checker.scope.current_function() is not None

    @property
    def tree(self) -> MypyFile:
        """The module being checked."""
        return self._checker.tree

    def class_named(self, module: str, name: str) -> TypeInfo | None:
        """A class of the program, if the program imports its module."""
        tree = self._checker.modules.get(module)
        symbol = tree.names.get(name) if tree is not None else None
        return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None

    @property
    def modules(self) -> Iterable[MypyFile]:
        """The modules of the program, as far as they are analysed."""
        return self._checker.modules.values()

    @property
    def variant(self) -> tuple[tuple[int, ...], int]:
        """Which variant of the code is being checked, and how many there are.

        mypy checks the body of a function once for each combination of its constrained type variables.
        """
        numbers, count = [], 1
        for function in self._checker.scope.stack:
            if isinstance(function, FuncItem) and (combinations := _combinations(function)) > 1:
                numbers.append((len(function.expanded) - 1) % combinations)
                count *= combinations
        return tuple(numbers), count

    def elements_of(self, typ: Type) -> list[Type]:
        """What `*argument` passes, as far as it is known."""
        iterable = get_proper_type(typ)
        if isinstance(iterable, TupleType):
            return [item for item in iterable.items if not isinstance(item, UnpackType)]
        if isinstance(iterable, Instance) and iterable.type.has_base("typing.Iterable"):
            base = self._checker.lookup_typeinfo("typing.Iterable")
            return list(map_instance_to_supertype(iterable, base).args)
        return []

    @property
    def depth(self) -> int:
        """How many watchers there are: what is deeper than this belongs to what happens next."""
        return len(self._errors._watchers)

    def report(
        self, depth: int, error: str, notes: Iterable[str], context: Context, code: ErrorCode
    ) -> ErrorInfo:
        """Report an error with its notes past the watchers that are deeper than `depth`."""
        with self._without_watchers(depth):
            info = self._checker.msg.fail(error, context, code=code)
            REPORTED.add((os.path.abspath(self.file), info.line, error))
            for text in notes:
                self._checker.msg.note(text, context, code=code, parent_error=info)
        return info

    def is_experiment(self, depth: int) -> bool:
        """Whether what is reported past the watchers that are deeper than `depth` is dropped for good."""
        return any(
            watcher._filter is True and watcher._filtered is None
            for watcher in self._errors._watchers[:depth]
        )

    def retract(self, errors: list[ErrorInfo]) -> None:
        """Take errors with their notes back, and empty the list of them."""
        infos = self._errors.error_info_map.get(self.file, [])
        infos[:] = [
            info for info in infos if info not in errors and info.parent_error not in errors
        ]
        errors.clear()

    @contextmanager
    def _without_watchers(self, depth: int) -> Iterator[None]:
        watchers = self._errors._watchers
        hidden = watchers[depth:]
        del watchers[depth:]
        try:
            yield
        finally:
            watchers.extend(hidden)


def report_in_analysis(
    api: SemanticAnalyzerPluginInterface | TypeAnalyzerPluginInterface,
    error: str,
    notes: Iterable[str],
    context: Context,
    code: ErrorCode,
) -> None:
    """Report an error with its notes while classes and types are analysed, before they are checked."""
    analyzer: Any = api  # Notes are in the implementations of both, and in neither interface.
    analyzer.fail(error, context, code=code)
    for note in notes:
        analyzer.note(note, context, code=code)


def depend_on(info: TypeInfo, api: TypeAnalyzerPluginInterface) -> None:
    """Have the daemon analyse a type again when a member of a class changes."""
    analyzer: Any = api  # Its own API, of the semantic analyser, is in no interface.
    analyzer.api.add_plugin_dependency(make_wildcard_trigger(info.fullname))


class Heirs:
    """Finds classes that inherit from two others."""

    def __init__(self) -> None:
        #: The classes of each module, if it is analysed, that join several others.
        self._joining: dict[MypyFile, list[TypeInfo]] = {}

    def forget(self) -> None:
        """The program has changed."""
        self._joining.clear()

    def heir(self, modules: Iterable[MypyFile], left: TypeInfo, right: TypeInfo) -> TypeInfo | None:
        """A class of the program that inherits from both."""
        joining = (info for module in modules for info in self._joining_in(module))
        return next((info for info in joining if left in info.mro and right in info.mro), None)

    def _joining_in(self, module: MypyFile) -> list[TypeInfo]:
        joining = self._joining.get(module)
        if joining is None:
            joining = [info for info in _classes(module) if len(info.bases) > 1]
            if module.names:
                self._joining[module] = joining
        return joining


class OverlapSilencer:
    """Drops mypy's own `comparison-overlap` for each `in` that was judged.

    mypy raises it after its call of `__contains__`, knowing nothing of views or of our verdict; and not
    at once if the `in` is part of an expression whose errors it keeps, to repeat them if need be.
    """

    def __init__(self) -> None:
        self._places: set[tuple[str, int, int]] = set()
        self._watcher: ErrorWatcher | None = None

    def forget(self) -> None:
        """Whatever is said of places from now on is mypy's business."""
        self._places.clear()

    def expect(self, checker: Checker, context: Context) -> None:
        """What mypy says of the `in` at this place is to be dropped."""
        self._places.add((checker.file, context.line, context.column))
        errors = checker._errors
        if not any(watcher is self._watcher for watcher in errors._watchers):
            # At the bottom, where nothing that mypy pushes and pops ever meets it.
            self._watcher = ErrorWatcher(errors, filter_errors=self._is_expected)
            errors._watchers.insert(0, self._watcher)

    def _is_expected(self, file: str, info: ErrorInfo) -> bool:
        return (
            info.code is COMPARISON_OVERLAP
            # Not ours, which may have the same code; not of an `==` in the same chain.
            and info.message.startswith("Non-overlapping container check")
            and (file, info.line, info.column) in self._places
        )


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


def _classes(tree: MypyFile) -> Iterator[TypeInfo]:
    """The classes that a module defines, nested ones included."""
    pending = [symbol.node for symbol in tree.names.values()]
    while pending:
        node = pending.pop()
        if isinstance(node, TypeInfo) and node.module_name == tree.fullname:
            yield node
            pending.extend(symbol.node for symbol in node.names.values())

"""Whether the type of a receiver is only a guess of mypy's. The receiver is the object that is looked up in.

From `seen = set()` and `seen.add(1)`, mypy infers `set[int]`, by the first element that is added. The
author may add other elements later, so the plugin does not report a lookup of another type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import (
    GDEF,
    AssertStmt,
    AssignmentExpr,
    AssignmentStmt,
    AwaitExpr,
    CallExpr,
    ComparisonExpr,
    ConditionalExpr,
    Decorator,
    DictExpr,
    DictionaryComprehension,
    Expression,
    FuncDef,
    GeneratorExpr,
    IndexExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    OpExpr,
    OverloadedFuncDef,
    SetComprehension,
    SetExpr,
    StarExpr,
    TupleExpr,
    TypeInfo,
    UnaryExpr,
    Var,
)
from mypy.subtypes import is_subtype
from mypy.types import (
    AnyType,
    FunctionLike,
    Instance,
    NoneType,
    PartialType,
    TupleType,
    TypeOfAny,
    TypeType,
    UnionType,
    get_proper_type,
)

from keyview.mypy import names
from keyview.mypy.facts.bindings import ANY_ELEMENT, bound_to
from keyview.mypy.facts.nodes import every_statement
from keyview.mypy.host.metadata import note, noted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mypy.nodes import Context, MypyFile
    from mypy.plugin import ClassDefContext
    from mypy.types import ProperType, Type

    from keyview.mypy.facts.bindings import Binding
    from keyview.mypy.host.checker import Checker

__all__ = [
    "declared_type",
    "is_asserted_absent",
    "is_contradicted",
    "is_guessed",
    "is_unsettled",
    "note_guesses",
    "variable_of",
]

GUESSED: Final = "guessed"


def note_guesses(ctx: ClassDefContext) -> None:
    """Keep which attributes of a class are bound to an empty container without an annotation.

    mypy's daemon compares types. It does not see that one which was inferred has been written down.
    """
    targets = {
        target.name: True
        for statement in every_statement(ctx.cls)
        if isinstance(statement, AssignmentStmt) and statement.unanalyzed_type is None
        for target in statement.lvalues
        if isinstance(target, (NameExpr, MemberExpr)) and _looks_empty(statement.rvalue)
    }
    if targets or noted(ctx.cls.info, GUESSED) is not None:
        note(ctx.cls.info, GUESSED, targets or None, ctx.api)


def is_guessed(receiver: Expression, checker: Checker) -> bool:
    """Whether mypy inferred the type of a receiver from what is put into an empty container.

    Or from what it has narrowed an Any to: after `kind is MISSING`, `(MISSING, None)` is said to have a Kind.
    """
    if checker.in_unannotated_function:
        # There, only what is annotated elsewhere says what its author means.
        variable = variable_of(_container(receiver), checker)
        return not isinstance(variable, Var) or _is_inferred(variable)
    if isinstance(receiver, TupleExpr | ListExpr | SetExpr) and any(
        isinstance(get_proper_type(declared_type(item, checker)), AnyType)
        for item in receiver.items
    ):
        return True
    # An expression is as sure as the variables that it is made from, and these as what they are bound to.
    asked: set[Var] = set()
    pending = [receiver]
    while pending:
        expression = pending.pop()
        if not isinstance(expression, (NameExpr, MemberExpr)):
            pending.extend(_made_from(expression, checker))
            continue
        variable = variable_of(expression, checker)
        if not isinstance(variable, Var) or variable in asked:
            continue
        asked.add(variable)
        if variable.info:
            checker.depend_on(variable.info)
        bindings = list(bound_to(variable, checker))
        if _is_contradicted(variable, bindings, checker):
            return True
        if not _is_inferred(variable):
            continue
        if _module_of(variable) not in ("", checker.tree.fullname):
            # The statement is in another module, and mypy's cache has no statements.
            if not variable.is_final and _has_parts(variable):
                return True
            continue
        values = [binding.value for binding in bindings]
        if any(map(_is_empty, values)):
            return True
        pending.extend(values)
    return False


def is_contradicted(expression: Expression, checker: Checker) -> bool:
    """Whether a variable is also bound to something that is not of its type.

    mypy reports the assignment, and still believes the type: of a parameter, or of the first value.
    """
    variable = variable_of(expression, checker)
    return isinstance(variable, Var) and _is_contradicted(
        variable, bound_to(variable, checker), checker
    )


def is_unsettled(expression: Expression, checker: Checker) -> bool:
    """Whether a variable is of any type, and mypy takes it for what is in a container of a guessed type."""
    variable = variable_of(expression, checker)
    if not isinstance(variable, Var) or not isinstance(get_proper_type(variable.type), AnyType):
        return False
    return is_guessed(expression, checker)


def _is_contradicted(variable: Var, bindings: Iterable[Binding], checker: Checker) -> bool:
    typ = get_proper_type(variable.type)
    if typ is None or isinstance(typ, PartialType):
        return False
    types = (_bound_type(binding, checker) for binding in bindings)
    return any(bound is not None and not is_subtype(bound, typ) for bound in types)


def _bound_type(binding: Binding, checker: Checker) -> Type | None:
    """The type of what a target is bound to, if mypy has checked it already."""
    typ = checker.type_of(binding.value) if binding.path is not None else None
    for position in binding.path or ():
        proper = get_proper_type(typ)
        if proper is None:
            break
        elements = checker.elements_of(proper)
        if position != ANY_ELEMENT and isinstance(proper, TupleType):
            is_known = len(elements) == len(proper.items)  # Without an `*tuple[...]` among them.
            elements = elements[position : position + 1] if is_known else []
        typ = UnionType.make_union(elements) if elements else None
    return typ


def _is_inferred(variable: Var) -> bool:
    # mypy calls `self.seen: set[int] = set()` inferred, too.
    return variable.is_inferred and not variable.explicit_self_type


def _has_parts(variable: Var) -> bool:
    """Whether the type of a variable has parts of which mypy may know no more than a guess."""
    typ = get_proper_type(variable.type)
    return not isinstance(typ, Instance) or bool(typ.args)


def _made_from(expression: Expression, checker: Checker) -> list[Expression]:
    """The expressions from whose types mypy infers the type of one that is not a name."""
    match expression:
        case CallExpr(callee=callee, args=arguments):
            owner = [callee.expr] if isinstance(callee, MemberExpr) else []
            return [*owner, *arguments] if _is_generic(callee, checker) else owner
        case IndexExpr(base=inner) | StarExpr(expr=inner) | AwaitExpr(expr=inner):
            return [inner]
        case UnaryExpr(expr=inner) | AssignmentExpr(value=inner) | GeneratorExpr(left_expr=inner):
            return [inner]
        case ListComprehension(generator=inner) | SetComprehension(generator=inner):
            return [inner]
        case OpExpr(left=one, right=other) | ConditionalExpr(if_expr=one, else_expr=other):
            return [one, other]
        case DictionaryComprehension(key=key, value=value):
            return [part for part in (key, value) if part is not None]
        case TupleExpr(items=items) | ListExpr(items=items) | SetExpr(items=items):
            return items
        case DictExpr(items=pairs):
            return [part for pair in pairs for part in pair if part is not None]
        case _:
            return []


def _is_generic(callee: Expression, checker: Checker) -> bool:
    """Whether the type of what a call returns depends on its arguments, as far as is known."""
    # Not by the type of the expression, in which mypy has put types for the type variables.
    node = variable_of(callee, checker)
    if isinstance(node, TypeInfo):
        return bool(node.type_vars)
    if not isinstance(node, (FuncDef, OverloadedFuncDef, Decorator, Var)):
        return True
    typ = get_proper_type(node.type)
    if isinstance(typ, FunctionLike):
        return any(variant.variables for variant in typ.items)
    return typ is None


def declared_type(expression: Expression, checker: Checker) -> Type | None:
    """The declared type of an attribute or a global, which mypy may have narrowed; None of nearly all else.

    What it was narrowed to holds until somebody else assigns to it, as any call may. And None that mypy
    inferred, from `self.reason = None`, is what it is at first: code that mypy does not check, or that
    has values of type Any, puts something else there. So may the rest of a function, in a variable that a
    function inside it uses.
    """
    if isinstance(expression, NameExpr) and (
        expression.kind != GDEF or expression.fullname == names.NONE
    ):
        is_open = isinstance(expression.node, Var) and checker.is_open_outside(expression.node)
        return AnyType(TypeOfAny.unannotated) if is_open else None
    variable = variable_of(expression, checker)
    if isinstance(expression, MemberExpr) and _is_property(variable):
        return checker.type_of_attribute(expression)  # Its setter may keep something else.
    if not isinstance(variable, Var) or variable.is_final:
        return None
    # Before it knows more, mypy may have a partial type, of which nothing can be asked.
    if _is_inferred(variable) and isinstance(
        get_proper_type(variable.type), (NoneType, PartialType)
    ):
        return AnyType(TypeOfAny.unannotated)
    # A descriptor is not what reading it gives, nor is T what reading an attribute of a Box[int] gives.
    return (
        checker.type_of_attribute(expression)
        if isinstance(expression, MemberExpr)
        else variable.type
    )


def _is_property(node: Node | None) -> bool:
    if isinstance(node, Decorator):
        node = node.var
    return isinstance(node, (OverloadedFuncDef, Var)) and node.is_property


def is_asserted_absent(context: Context, checker: Checker) -> bool:
    """Whether it is asserted that nothing is found: that is what such a test is for."""
    match context:
        case CallExpr(callee=MemberExpr(name="isdisjoint")):
            return checker.once(_assertions).get(context) is False
        case CallExpr(callee=MemberExpr(name="intersection")) | OpExpr(op="&"):
            return checker.once(_assertions).get(context) is True
    return _is_asserted(context, "not in", "in", checker)


def is_asserted_unequal(context: Context, checker: Checker) -> bool:
    """Whether it is asserted that two are not equal, as tests of an `__eq__` do."""
    return _is_asserted(context, "!=", "==", checker)


def _is_asserted(context: Context, operator: str, negated: str, checker: Checker) -> bool:
    """Whether a comparison by an operator is asserted, or `not` one by another."""
    if not isinstance(context, ComparisonExpr) or context.operators not in ([operator], [negated]):
        return False
    is_negated = checker.once(_assertions).get(context)
    return is_negated is not None and context.operators == [negated if is_negated else operator]


def _assertions(tree: MypyFile) -> dict[Expression, bool]:
    """What a module asserts, each with whether `not` stands before it."""
    found: dict[Expression, bool] = {}
    for statement in every_statement(tree):
        if isinstance(statement, AssertStmt):
            for one in _conjuncts(statement.expr):
                is_not = isinstance(one, UnaryExpr) and one.op == "not"
                found[one.expr if isinstance(one, UnaryExpr) and is_not else one] = is_not
    return found


def _conjuncts(expression: Expression) -> list[Expression]:
    if isinstance(expression, OpExpr) and expression.op == "and":
        return [*_conjuncts(expression.left), *_conjuncts(expression.right)]
    return [expression]


def _container(receiver: Expression) -> Expression:
    """The container of which a receiver is a part or a live view: `d` for `d.keys()` and `d[key]`."""
    while True:
        match receiver:
            case CallExpr(callee=MemberExpr(expr=inner)) | IndexExpr(base=inner):
                receiver = inner
            case _:
                return receiver


def variable_of(container: Expression, checker: Checker) -> Node | None:
    """What a name or an attribute is bound to; None of any other expression, and if it is not known."""
    if isinstance(container, MemberExpr):
        owner = _class_of(get_proper_type(checker.type_of(container.expr)))
        symbol = owner.get(container.name) if owner is not None else None
        return symbol.node if symbol is not None else container.node
    return container.node if isinstance(container, NameExpr) else None


def _class_of(owner: ProperType | None) -> TypeInfo | None:
    """The class of an object, or the class that it is; of an enum no, whose members are no variables."""
    if isinstance(owner, FunctionLike) and owner.is_type_obj():
        info = owner.type_object()
    elif isinstance(owner, TypeType) and isinstance(owner.item, Instance):
        info = owner.item.type
    else:
        return owner.type if isinstance(owner, Instance) else None
    return None if info.is_enum else info


def _module_of(variable: Var) -> str:
    """The module in which an attribute or a global is bound; empty for what is local to a function."""
    if variable.info:
        return variable.info.module_name
    return variable.fullname.rpartition(".")[0]


def _is_empty(expression: Expression) -> bool:
    """Whether an expression makes an empty container, the type of whose elements is yet to be guessed."""
    if not isinstance(expression, CallExpr):
        return _looks_empty(expression)
    match expression.callee:
        case MemberExpr(node=None, expr=inner):  # A method of an object: mypy sets no node.
            return _is_empty(inner)
        case NameExpr(node=node) | MemberExpr(node=node):
            if isinstance(node, (FuncDef, OverloadedFuncDef, Decorator)):
                return False  # Its author has said what it returns.
            if isinstance(node, TypeInfo) and not node.type_vars:
                return False  # Its elements are of the type that the class has for them.
    return _looks_empty(expression)


def _looks_empty(expression: Expression) -> bool:
    """As `_is_empty`, while mypy analyses a class, and the names in it are not resolved yet."""
    if isinstance(expression, DictExpr | ListExpr):
        return not expression.items
    if not isinstance(expression, CallExpr):
        return False
    callee = expression.callee
    if not isinstance(callee, (NameExpr, MemberExpr)):
        return False
    called = callee.fullname or callee.name
    return not expression.args or called in (names.DEFAULTDICT, "defaultdict")

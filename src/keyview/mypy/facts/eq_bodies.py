"""To which classes an instance may be equal, according to the body of its `__eq__`; read once for each class.

A body is read before mypy knows what its names mean, so names are noted as they are written. Each function
answers the same question: if this code is reached, with this result, which classes can `other` have? The
answer is a set of names (`Classes`), or None, which is every class. A set that is too large is not wrong:
lookups are accepted that a smaller set would reject.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from mypy.nodes import (
    AssertStmt,
    AssignmentExpr,
    AssignmentStmt,
    Block,
    CallExpr,
    ClassDef,
    ComparisonExpr,
    ConditionalExpr,
    Decorator,
    DelStmt,
    Expression,
    ExpressionStmt,
    ForStmt,
    FuncDef,
    GlobalDecl,
    IfStmt,
    Import,
    ImportFrom,
    ListExpr,
    MatchStmt,
    MemberExpr,
    NameExpr,
    NonlocalDecl,
    OperatorAssignmentStmt,
    OpExpr,
    OverloadedFuncDef,
    PassStmt,
    RaiseStmt,
    ReturnStmt,
    SetExpr,
    StarExpr,
    Statement,
    StrExpr,
    SuperExpr,
    TryStmt,
    TupleExpr,
    UnaryExpr,
    WhileStmt,
    WithStmt,
)
from mypy.patterns import (
    AsPattern,
    ClassPattern,
    MappingPattern,
    OrPattern,
    Pattern,
    SequencePattern,
    SingletonPattern,
    StarredPattern,
)

from keyview.mypy.facts.nodes import every_node, every_statement, statements_of
from keyview.mypy.host.decorators import is_rebuilt, last_name
from keyview.mypy.host.metadata import has_notes, note, noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mypy.nodes import MypyFile, Node, TypeInfo
    from mypy.plugin import ClassDefContext

__all__ = [
    "BUILTINS",
    "NONE",
    "REGISTERED",
    "REGISTERING",
    "SUPER",
    "SUPER_TESTED",
    "EqBody",
    "eq_body",
    "forget",
    "loses_hash",
    "note_eq_body",
]

TOPIC: Final = "eq"

HASH: Final = "hash"
FINAL: Final = "final"
#: For `Base.register(K)`: that others count as subclasses of a class, and that a class counts as one.
REGISTERING: Final = "registering"
REGISTERED: Final = "registered"

#: Names of classes as they are written, dotted or not, and the names below; None is every class.
Classes: TypeAlias = frozenset[str] | None

#: The class of `self`.
SAME: Final = "type(self)"
#: The class of None.
NONE: Final = "None"
#: The classes to which the next `__eq__` of the bases may say equal, if its result is returned.
SUPER: Final = "super()"
#: The same, if its result is used as a condition, in which NotImplemented is true.
SUPER_TESTED: Final = "bool(super())"

NOTHING: Final[frozenset[str]] = frozenset()

#: The names that are read as Python's own, unless a body or its module binds them.
BUILTINS: Final = frozenset(
    {"NotImplemented", "bool", "id", "isinstance", "issubclass", "super", "type"}
)

#: The decorators that do not change a method.
HARMLESS: Final = frozenset({"override"})

#: The comparison that is true where another is false.
OPPOSITE: Final = {
    "is": "is not",
    "==": "!=",
    "in": "not in",
    "is not": "is",
    "!=": "==",
    "not in": "in",
}


class EqBody(NamedTuple):
    """What was read of an `__eq__`."""

    #: The classes of which `other` must have one to be equal.
    classes: list[str]
    #: Whether it may answer NotImplemented.
    abstains: bool


def note_eq_body(ctx: ClassDefContext) -> None:
    """Note what the body of a class says of its equality and its hash, unless the module is a stub."""
    info = ctx.cls.info
    tree = ctx.api.modules.get(info.module_name)
    if tree is None or tree.is_stub:
        return
    is_final = bool(ctx.cls.decorators) and "final" in map(last_name, ctx.cls.decorators)
    registering, registered = (info.name in names for names in _registrations(tree))
    registered = registered or any(map(_registers, ctx.cls.decorators))
    is_noted = is_final or registering or registered or has_notes(info)
    if not (is_noted or any(_binding(ctx.cls.defs, "__eq__"))):
        return  # Most classes say nothing.
    may_be_replaced = is_rebuilt(ctx.cls) or (ctx.cls.name, "__eq__") in _set_later(tree)
    body = None if may_be_replaced else read_eq_body(ctx.cls)
    facts = {
        TOPIC: None if body is None else body._asdict(),
        HASH: {"lost": True} if _loses_hash(ctx.cls, tree) else None,
        # mypy knows it, too, but its daemon does not see it change.
        FINAL: {"is_final": True} if is_final else None,
        REGISTERING: {"is_registering": True} if registering else None,
        REGISTERED: {"is_registered": True} if registered else None,
    }
    for topic, found in facts.items():
        if found is not None or noted(info, topic) is not None:
            note(info, topic, found, ctx.api)


def forget() -> None:
    """Forget what was found in modules: mypy has read a file, perhaps one of them again."""
    _set_later.cache_clear()
    _registrations.cache_clear()


def loses_hash(info: TypeInfo) -> bool:
    """Whether this class defines `__eq__` and therefore has no `__hash__`, as far as its module tells."""
    return noted(info, HASH) is not None


def _loses_hash(definition: ClassDef, tree: MypyFile) -> bool:
    """Whether a class body defines `__eq__` for certain, and nothing that could add a `__hash__`."""
    if is_rebuilt(definition) or any(_binding(definition.defs, "__hash__")):
        return False
    if any(_names_hash(slots) for slots in _binding(definition.defs, "__slots__")):
        return False
    is_certain = any(one in definition.defs.body for one in _binding(definition.defs, "__eq__"))
    return is_certain and (definition.name, "__hash__") not in _set_later(tree)


def _names_hash(slots: Statement) -> bool:
    """Whether a statement makes a slot for `__hash__`, in which each instance keeps one of its own."""
    return any(isinstance(node, StrExpr) and node.value == "__hash__" for node in every_node(slots))


@cache
def _set_later(tree: MypyFile) -> frozenset[tuple[str, str]]:
    """The attributes of classes that statements of a module set, each with the name of the class."""
    found: set[tuple[str, str]] = set()
    for statement in every_statement(tree):
        # Nearly all statements of the program come here, and `match` is slower.
        if type(statement) is AssignmentStmt:
            for target in statement.lvalues:
                if type(target) is MemberExpr:
                    found.add((last_name(target.expr) or "", target.name))
        elif type(statement) is ExpressionStmt and type(statement.expr) is CallExpr:
            match statement.expr:
                case CallExpr(
                    callee=NameExpr(name="setattr"), args=[owner, StrExpr(value=attribute), _]
                ):
                    found.add((last_name(owner) or "", attribute))
    return frozenset(found)


@cache
def _registrations(tree: MypyFile) -> tuple[frozenset[str], frozenset[str]]:
    """The abstract classes for which statements of a module register others, and those others, by name."""
    calls = [
        statement.expr
        for statement in tree.defs
        if type(statement) is ExpressionStmt and type(statement.expr) is CallExpr
    ]
    made = [call for call in calls if _registers(call.callee) and len(call.args) == 1]
    owners = (call.callee.expr for call in made if isinstance(call.callee, MemberExpr))
    return _last_names(owners), _last_names(call.args[0] for call in made)


def _registers(function: Expression) -> bool:
    """Whether a function, or a decorator, is the method with which an abstract class registers another."""
    return isinstance(function, MemberExpr) and function.name == "register"


def _last_names(expressions: Iterable[Expression]) -> frozenset[str]:
    return frozenset(name for name in map(last_name, expressions) if name is not None)


def eq_body(info: TypeInfo) -> EqBody | None:
    """What was read of the `__eq__` that this class itself defines; None if that is not known."""
    found = noted(info, TOPIC)
    return EqBody(**found) if found is not None else None


def read_eq_body(definition: ClassDef) -> EqBody | None:
    """Read the `__eq__` in the body of a class; None if there is none, or it cannot be read."""
    body = definition.defs
    found = [*_binding(body, "__eq__")]
    method = _method(found[0]) if len(found) == 1 and found[0] in body.body else None
    if method is None or method.is_generator or method.is_coroutine or len(method.arguments) != 2:
        return None
    if any(argument.kind.is_star() for argument in method.arguments):
        return None
    self, other = (argument.variable.name for argument in method.arguments)
    local = {name for statement in statements_of(method.body) for name in _bound_by(statement)}
    if self in local or other in local or not BUILTINS.isdisjoint({self, other, *local}):
        return None
    return _Reader(definition.name, self, other, frozenset(local)).read(method)


def _method(statement: Statement) -> FuncDef | None:
    """The function that a statement of a class body defines, if the statement does nothing else."""
    if isinstance(statement, OverloadedFuncDef):
        return _method(statement.impl) if statement.impl is not None else None
    if isinstance(statement, Decorator):
        is_harmless = all(
            isinstance(decorator, (NameExpr, MemberExpr)) and decorator.name in HARMLESS
            for decorator in statement.original_decorators
        )
        return statement.func if is_harmless else None
    return statement if isinstance(statement, FuncDef) else None


# -- what a statement binds -----------------------------------------------------------------------


#: The most frequent statements that bind no name.
BINDING_NOTHING: Final = frozenset({ExpressionStmt, IfStmt, PassStmt, RaiseStmt, ReturnStmt})


def _binding(block: Block, name: str) -> Iterator[Statement]:
    """The statements of a block, at any depth, that bind a name."""
    for statement in statements_of(block):
        if type(statement) is FuncDef:  # As `_bound_by` says, and sooner.
            if statement.name == name:
                yield statement
        elif name in _bound_by(statement):
            yield statement


def _bound_by(statement: Statement) -> Iterator[str]:
    """The names that a statement binds, without the statements in it."""
    if type(statement) in BINDING_NOTHING:
        return  # As below, and sooner.
    match statement:
        case FuncDef() | ClassDef():
            yield statement.name
        case Decorator():
            yield statement.func.name
        case OverloadedFuncDef():
            yield from (name for item in statement.items for name in _bound_by(item))
        case AssignmentStmt():
            yield from (name for target in statement.lvalues for name in _targets(target))
        case OperatorAssignmentStmt():
            yield from _targets(statement.lvalue)
        case DelStmt():
            yield from _targets(statement.expr)
        case ForStmt():
            yield from _targets(statement.index)
        case WithStmt():
            yield from (name for target in statement.target for name in _targets(target))
        case TryStmt():
            yield from (variable.name for variable in statement.vars if variable is not None)
        case GlobalDecl() | NonlocalDecl():
            yield from statement.names
        case Import():
            yield from (alias or name.partition(".")[0] for name, alias in statement.ids)
        case ImportFrom():
            yield from (alias or name for name, alias in statement.names)
        case MatchStmt():
            yield from (name for pattern in statement.patterns for name in _captured(pattern))
        case _:
            return


def _targets(target: Node | None) -> Iterator[str]:
    match target:
        case NameExpr():
            yield target.name
        case TupleExpr() | ListExpr():
            yield from (name for item in target.items for name in _targets(item))
        case StarExpr():
            yield from _targets(target.expr)
        case _:
            return


def _captured(pattern: Pattern | None) -> Iterator[str]:
    match pattern:
        case AsPattern():
            yield from _targets(pattern.name)
            yield from _captured(pattern.pattern)
        case OrPattern() | SequencePattern():
            yield from (name for inner in pattern.patterns for name in _captured(inner))
        case ClassPattern():
            inside = (*pattern.positionals, *pattern.keyword_values)
            yield from (name for inner in inside for name in _captured(inner))
        case MappingPattern():
            yield from _targets(pattern.rest)
            yield from (name for inner in pattern.values for name in _captured(inner))
        case StarredPattern():
            yield from _targets(pattern.capture)
        case _:
            return


# -- sets of classes ------------------------------------------------------------------------------


def _either(left: Classes, right: Classes) -> Classes:
    """The classes of what is in one of the two."""
    return None if left is None or right is None else left | right


def _both(left: Classes, right: Classes) -> Classes:
    """The classes of what is in both; approximated by one of the two, as inheritance is not known yet."""
    if left is None or right is None:
        return left if right is None else right
    # The later test is usually the narrower one.
    return left if len(left) < len(right) else right


# -- the reader -----------------------------------------------------------------------------------


class _Reader:
    """Reads the body of one `__eq__`."""

    def __init__(self, name: str, self_name: str, other: str, local: frozenset[str]) -> None:
        self._class = name
        self._self = self_name
        self._other = other
        #: The names that mean something else here than in the module.
        self._local = local
        #: The classes that `other` may have where something is returned that is neither False nor
        #: NotImplemented; so far nothing is returned.
        self._equal: Classes = NOTHING
        self._abstains = False
        self._returns = False

    def read(self, method: FuncDef) -> EqBody | None:
        """Read the body. None if `other` may have any class, or nothing is returned."""
        # It could bind `other` again.
        if any(isinstance(node, AssignmentExpr) for node in every_node(method.body)):
            return None
        self._block(method.body.body, None)
        if self._equal is None or not self._returns:
            return None
        return EqBody(sorted(self._equal - {SAME}), self._abstains)

    # The next methods take the classes that `other` can have before a statement, and return those after it.

    def _block(self, statements: Sequence[Statement], known: Classes) -> Classes:
        for statement in statements:
            known = self._statement(statement, known)
        return known

    def _body(self, block: Block | None, known: Classes) -> Classes:
        return known if block is None else self._block(block.body, known)

    def _statement(self, statement: Statement, known: Classes) -> Classes:
        match statement:
            case ReturnStmt():
                self._returns = self._returns or statement.expr is not None
                if statement.expr is not None:
                    self._equal = _either(self._equal, _both(known, self._value(statement.expr)))
                return NOTHING
            case RaiseStmt():
                return NOTHING
            case IfStmt():
                after: Classes = NOTHING
                for condition, block in zip(statement.expr, statement.body, strict=True):
                    after = _either(after, self._body(block, _both(known, self._if(condition))))
                    known = _both(known, self._unless(condition))
                return _either(after, self._body(statement.else_body, known))
            case AssertStmt():
                return _both(known, self._if(statement.expr))
            case ForStmt() | WhileStmt():
                self._body(statement.body, known)
                return _either(known, self._body(statement.else_body, known))
            case WithStmt():
                return _either(known, self._body(statement.body, known))
            case TryStmt():
                after = self._body(statement.else_body, self._body(statement.body, known))
                for handler in statement.handlers:
                    after = _either(after, self._body(handler, known))
                if statement.finally_body is None:
                    return after
                self._body(statement.finally_body, known)
                return after
            case MatchStmt():
                return self._match(statement, known)
            case Block():
                return self._body(statement, known)
            case _:
                return known

    def _match(self, statement: MatchStmt, known: Classes) -> Classes:
        is_about_other = self._is(statement.subject, self._other)
        after: Classes = NOTHING
        for pattern, guard, block in zip(
            statement.patterns, statement.guards, statement.bodies, strict=True
        ):
            here = _both(known, self._pattern(pattern)) if is_about_other else known
            if guard is not None:
                here = _both(here, self._if(guard))
            after = _either(after, self._body(block, here))
            if guard is None and isinstance(pattern, AsPattern) and pattern.pattern is None:
                return after  # `case _` matches all that no case before it matched.
        return _either(after, known)

    def _pattern(self, pattern: Pattern | None) -> Classes:
        """The classes of what a pattern matches."""
        match pattern:
            case ClassPattern():
                return self._classes(pattern.class_ref)
            case SingletonPattern(value=None):
                return frozenset({NONE})
            case AsPattern():
                return self._pattern(pattern.pattern)
            case OrPattern():
                matched: Classes = NOTHING
                for inner in pattern.patterns:
                    matched = _either(matched, self._pattern(inner))
                return matched
            case _:
                return None

    # Which classes `other` can have if an expression ...

    def _value(self, expression: Expression) -> Classes:
        """... is returned, and says that the two are equal."""
        match expression:
            case NameExpr(name="NotImplemented"):
                self._abstains = True
                return NOTHING
            case CallExpr() if self._is_super(expression):
                self._abstains = True
                return frozenset({SUPER})
            case OpExpr(op="and", left=left, right=right):
                return _both(self._if(left), self._value(right))
            case OpExpr(op="or", left=left, right=right):
                return _either(self._value(left), _both(self._unless(left), self._value(right)))
            case ConditionalExpr(cond=condition, if_expr=then, else_expr=otherwise):
                return _either(
                    _both(self._if(condition), self._value(then)),
                    _both(self._unless(condition), self._value(otherwise)),
                )
            case _:
                return self._if(expression)

    def _if(self, expression: Expression) -> Classes:
        """... is true."""
        match expression:
            case NameExpr(name="False"):
                return NOTHING
            case UnaryExpr(op="not", expr=inner):
                return self._unless(inner)
            case OpExpr(op="and", left=left, right=right):
                return _both(self._if(left), self._if(right))
            case OpExpr(op="or", left=left, right=right):
                return _either(self._if(left), _both(self._unless(left), self._if(right)))
            case ConditionalExpr(cond=condition, if_expr=then, else_expr=otherwise):
                return _either(
                    _both(self._if(condition), self._if(then)),
                    _both(self._unless(condition), self._if(otherwise)),
                )
            case ComparisonExpr():
                known: Classes = None
                pairs = zip(expression.operands, expression.operands[1:], strict=False)
                for operator, (left, right) in zip(expression.operators, pairs, strict=True):
                    known = _both(known, self._compared(operator, left, right))
                return known
            case CallExpr():
                return self._called(expression)
            case _:
                return None

    def _unless(self, expression: Expression) -> Classes:
        """... is false."""
        match expression:
            case NameExpr(name="True"):
                return NOTHING
            case UnaryExpr(op="not", expr=inner):
                return self._if(inner)
            case OpExpr(op="and", left=left, right=right):
                return _either(self._unless(left), _both(self._if(left), self._unless(right)))
            case OpExpr(op="or", left=left, right=right):
                return _both(self._unless(left), self._unless(right))
            case ComparisonExpr(operators=[operator], operands=[left, right]):
                return self._compared(OPPOSITE.get(operator, operator), left, right)
            case _:
                return None

    def _compared(self, operator: str, left: Expression, right: Expression) -> Classes:
        """... is this comparison, and true."""
        if operator == "in" and isinstance(right, (TupleExpr, ListExpr, SetExpr)):
            found: Classes = NOTHING
            for item in right.items:
                found = _either(found, self._compared("is", left, item))
            return found
        if operator not in ("is", "=="):
            return None
        if isinstance(left, TupleExpr) and isinstance(right, TupleExpr):
            known: Classes = None
            for one, two in zip(left.items, right.items, strict=False):
                known = _both(known, self._compared("==", one, two))
            return known
        for one, two in ((left, right), (right, left)):
            if self._is_class_of(one, self._other):
                return self._classes(two)
            if operator == "is" and self._is(one, self._other):
                if self._is(two, self._self):
                    return frozenset({SAME})
                return frozenset({NONE}) if self._is(two, "None") else None
        if self._is_id(left, self._self) and self._is_id(right, self._other):
            return frozenset({SAME})
        if self._is_id(left, self._other) and self._is_id(right, self._self):
            return frozenset({SAME})
        return None

    def _called(self, call: CallExpr) -> Classes:
        """... is this call, and true."""
        if self._is_super(call):
            return frozenset({SUPER_TESTED})
        match call:
            case CallExpr(callee=NameExpr(name="bool"), args=[inner]):
                return self._if(inner)
            case CallExpr(callee=NameExpr(name="isinstance"), args=[value, classes]) if self._is(
                value, self._other
            ):
                return self._classes(classes)
            case CallExpr(callee=NameExpr(name="issubclass"), args=[value, classes]) if (
                self._is_class_of(value, self._other)
            ):
                return self._classes(classes)
            case _:
                return None

    # What kind of expression it is.

    def _classes(self, expression: Expression) -> Classes:
        """The classes that an expression names; None if it is something else."""
        if self._is_class_of(expression, self._self):
            return frozenset({SAME})
        match expression:
            case NameExpr() | MemberExpr():
                name = _dotted(expression)
                if name is None or name.partition(".")[0] in {
                    *self._local,
                    self._self,
                    self._other,
                }:
                    return None
                return frozenset({SAME} if name == "__class__" else {name})
            case TupleExpr():
                items = expression.items
            case OpExpr(op="|", left=left, right=right):
                items = [left, right]
            case CallExpr(callee=NameExpr(name="type"), args=[NameExpr(name="None")]):
                return frozenset({NONE})
            case _:
                return None
        found: Classes = NOTHING
        for item in items:
            found = _either(found, self._classes(item))
        return found

    def _is(self, expression: Expression, name: str) -> bool:
        return isinstance(expression, NameExpr) and expression.name == name

    def _is_class_of(self, expression: Expression, name: str) -> bool:
        """Whether the expression is `type(name)` or `name.__class__`."""
        match expression:
            case CallExpr(callee=NameExpr(name="type"), args=[value]):
                return self._is(value, name)
            case MemberExpr(name="__class__", expr=value):
                return self._is(value, name)
            case _:
                return False

    def _is_id(self, expression: Expression, name: str) -> bool:
        match expression:
            case CallExpr(callee=NameExpr(name="id"), args=[value]):
                return self._is(value, name)
            case _:
                return False

    def _is_super(self, expression: Expression) -> bool:
        """Whether the expression is `super().__eq__(other)`."""
        match expression:
            case CallExpr(
                callee=SuperExpr(name="__eq__", call=CallExpr(args=arguments)), args=[value]
            ):
                return self._is(value, self._other) and not arguments
            case _:
                return False


def _dotted(expression: Expression) -> str | None:
    """A name as it is written."""
    match expression:
        case NameExpr(name=name):
            return name
        case MemberExpr(expr=inner, name=name):
            before = _dotted(inner)
            return f"{before}.{name}" if before is not None else None
        case _:
            return None

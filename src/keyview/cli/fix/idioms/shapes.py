"""Shapes of code that several idioms have: a lookup, a single statement, a value that is easily made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers as m

from keyview.cli.fix.writing import Replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keyview.cli.fix.idioms.bound import Names

__all__ = [
    "Site",
    "can_be_in_lambda",
    "code",
    "factory",
    "is_arithmetic",
    "is_constructor",
    "is_literal",
    "is_pure",
    "leading",
    "only",
    "replaced",
    "site",
    "site_of_item",
    "tested",
]

#: Literals, and the empty collections.
LITERAL: Final = (
    m.SimpleString()
    | m.Integer()
    | m.Float()
    | m.OneOf(*(m.Name(name) for name in ("None", "True", "False")))
    | m.UnaryOperation(operator=m.Minus(), expression=m.Integer() | m.Float())
)
EMPTY: Final = m.List(elements=[]) | m.Dict(elements=[]) | m.Tuple(elements=[])
#: Calls that make an empty collection, and that no more happens in.
CONSTRUCTORS: Final = frozenset({"set", "list", "dict", "tuple", "frozenset"})
#: Functions that would mean another thing in a lambda.
NOT_IN_LAMBDA: Final = frozenset({"super", "locals", "vars", "eval", "dir"})


def code(node: cst.CSTNode) -> str:
    """The code of a node."""
    return cst.Module([]).code_for_node(node)


@dataclass(frozen=True)
class Site:
    """A collection and a key, as two expressions that mean the same each time."""

    collection: cst.Name | cst.Attribute
    key: cst.BaseExpression

    @property
    def has_attribute(self) -> bool:
        """Whether a name with a dot is among them, which may be a property."""
        parts = (
            [each.value for each in self.key.elements]
            if isinstance(self.key, cst.Tuple)
            else [self.key]
        )
        return any(isinstance(each, cst.Attribute) for each in (self.collection, *parts))

    def call(self, method: str, *arguments: str) -> str:
        """A call of a method with the key."""
        return f"{code(self.collection)}.{method}({', '.join([_text(self.key), *arguments])})"

    def is_item(self, node: cst.CSTNode) -> bool:
        """Whether a node is `collection[key]`."""
        return (
            isinstance(node, cst.Subscript)
            and node.value.deep_equals(self.collection)
            and (index := _index(node.slice)) is not None
            and _text(index) == _text(self.key)
        )

    def is_call(self, node: cst.CSTNode, method: str, number: int = 1) -> bool:
        """Whether a node calls a method with the key and so many arguments in all."""
        match node:
            case cst.Call(func=cst.Attribute(value=value, attr=cst.Name(value=name)), args=args):
                return (
                    name == method
                    and value.deep_equals(self.collection)
                    and len(args) == number
                    and all(arg.keyword is None and not arg.star for arg in args)
                    and _text(args[0].value) == _text(self.key)
                )
            case _:
                return False


def site(collection: cst.BaseExpression, key: cst.BaseExpression) -> Site | None:
    """The two, if both can be evaluated twice."""
    if (
        isinstance(collection, (cst.Name, cst.Attribute))
        and _is_dotted(collection)
        and _is_key(key)
    ):
        return Site(collection, key)
    return None


def site_of_item(node: cst.CSTNode) -> Site | None:
    """What `collection[key]` is about."""
    if isinstance(node, cst.Subscript) and (index := _index(node.slice)) is not None:
        return site(node.value, index)
    return None


def tested(test: cst.BaseExpression) -> tuple[Site, bool] | None:
    """What `key in collection` or `key not in collection` is about, and whether it is the former."""
    match test:
        case cst.Comparison(
            left=key,
            comparisons=[
                cst.ComparisonTarget(
                    operator=(cst.In() | cst.NotIn()) as operator, comparator=value
                )
            ],
        ):
            found = site(value, key)
            return (found, isinstance(operator, cst.In)) if found is not None else None
        case _:
            return None


def only(body: cst.CSTNode | None) -> cst.BaseSmallStatement | None:
    """The statement of a body, if it has one that is simple."""
    match body:
        case cst.IndentedBlock(body=[cst.SimpleStatementLine(body=[statement])]):
            return statement
        case cst.SimpleStatementSuite(body=[statement]):
            return statement
        case _:
            return None


class _Replace(Replacing):
    """Writes one expression in place of others."""

    def __init__(self, is_old: Callable[[cst.CSTNode], bool], new: str) -> None:
        super().__init__()
        self._is_old = is_old
        self._new = new

    def instead(self, original: cst.CSTNode, updated: cst.CSTNode) -> cst.CSTNode:
        if self._is_old(original):
            return cst.parse_expression(self._new)
        return updated


def replaced(node: cst.CSTNode, is_old: Callable[[cst.CSTNode], bool], new: str) -> str:
    """The code of a node, with `new` in place of each expression for which `is_old` is true."""
    changed = node.visit(_Replace(is_old, new))
    assert isinstance(changed, cst.CSTNode)
    return code(changed).strip()


def is_literal(node: cst.BaseExpression) -> bool:
    """Whether a node is a literal or empty."""
    return m.matches(node, LITERAL | EMPTY)


def is_pure(node: cst.BaseExpression, names: Names) -> bool:
    """Whether making the value changes nothing and cannot fail, so that it may be made in vain."""
    if is_literal(node):
        return True
    return isinstance(node, cst.Name) and names.is_bound(node.value, node)


def is_constructor(node: cst.CSTNode, names: Names) -> bool:
    """Whether a node makes an empty collection by a call of its class."""
    return (
        isinstance(node, cst.Call)
        and not node.args
        and isinstance(node.func, cst.Name)
        and node.func.value in CONSTRUCTORS
        and names.is_builtin(node.func.value)
    )


def factory(value: cst.BaseExpression, names: Names) -> str | None:
    """The code of a function that makes the value, if there can be one."""
    if not can_be_in_lambda(value, names):
        return None
    match value:
        case cst.Call(func=cst.Name() | cst.Attribute() as function, args=[]) if _is_dotted(
            function
        ):
            return code(function)
        case _:
            return f"lambda: {code(value)}"


def can_be_in_lambda(node: cst.CSTNode, names: Names) -> bool:
    """Whether a node means the same in a lambda, which does not see the names of a class around it."""
    scope = names.parents.get(node)
    while scope is not None and not isinstance(scope, (cst.FunctionDef, cst.Lambda, cst.ClassDef)):
        scope = names.parents.get(scope)
    return (
        not isinstance(scope, cst.ClassDef)
        and not any(names.within(node, cst.Await, cst.Asynchronous, cst.Yield, cst.NamedExpr))
        and not any(each.value in NOT_IN_LAMBDA for each in names.within(node, cst.Name))
    )


def is_arithmetic(node: cst.CSTNode, hole: Site) -> bool:
    """Whether a node only applies operators to names, literals and the item of a site."""
    if hole.is_item(node):
        return True
    match node:
        case cst.BinaryOperation():
            return is_arithmetic(node.left, hole) and is_arithmetic(node.right, hole)
        case cst.UnaryOperation(operator=cst.Minus() | cst.Plus() | cst.BitInvert()):
            return is_arithmetic(node.expression, hole)
        case cst.BaseExpression():
            return isinstance(node, cst.Name) or m.matches(node, LITERAL)
        case _:
            return False


def leading(node: cst.CSTNode, hole: Site) -> cst.CSTNode | None:
    """The item of a site, if it is what a node evaluates first."""
    if hole.is_item(node):
        return node
    match node:
        case cst.SimpleStatementLine(body=[statement]):
            return leading(statement, hole)
        case cst.Expr(value=first) | cst.Assign(value=first) | cst.Attribute(value=first):
            return leading(first, hole)
        case cst.Return(value=cst.BaseExpression() as first) | cst.Call(func=first):
            return leading(first, hole)
        case cst.Subscript(value=first) | cst.BinaryOperation(left=first):
            return leading(first, hole)
        case cst.Comparison(left=first) | cst.BooleanOperation(left=first):
            return leading(first, hole)
        case _:
            return None


def _is_dotted(node: cst.CSTNode) -> bool:
    """Whether a node is a name, perhaps with dots."""
    return isinstance(node, cst.Name) or (
        isinstance(node, cst.Attribute) and _is_dotted(node.value)
    )


def _is_key(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Tuple):
        return bool(node.elements) and all(
            isinstance(each, cst.Element) and _is_simple_key(each.value) for each in node.elements
        )
    return _is_simple_key(node)


def _is_simple_key(node: cst.CSTNode) -> bool:
    return _is_dotted(node) or m.matches(node, LITERAL)


def _index(slices: Sequence[cst.SubscriptElement]) -> cst.BaseExpression | None:
    """The key in the brackets; `a, b` is a tuple there."""
    values = []
    for each in slices:
        if not isinstance(each.slice, cst.Index) or each.slice.star is not None:
            return None
        values.append(each.slice.value)
    return values[0] if len(values) == 1 else cst.Tuple([cst.Element(value) for value in values])


def _text(key: cst.BaseExpression) -> str:
    """The code of a key, the same for `a, b` as for `(a,b)`."""
    if isinstance(key, cst.Tuple):
        inner = ", ".join(_text(each.value) for each in key.elements)
        return f"({inner},)" if len(key.elements) == 1 else f"({inner})"
    return code(key.with_changes(lpar=[], rpar=[]))

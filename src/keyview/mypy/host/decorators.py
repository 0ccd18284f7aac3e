"""What a dataclass decorator, and the fields of its class or of one of attrs, say of hash and equality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import AssignmentStmt, CallExpr, MemberExpr, NameExpr
from mypy.plugins.attrs import (
    attr_class_makers,
    attr_dataclass_makers,
    attr_define_makers,
    attr_frozen_makers,
)
from mypy.plugins.dataclasses import dataclass_makers

from keyview.mypy.host.metadata import note, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy.nodes import ClassDef, Expression, TypeInfo
    from mypy.plugin import ClassDefContext

__all__ = [
    "DataclassFacts",
    "compares_fields",
    "dataclass_facts",
    "is_rebuilt",
    "last_name",
    "makes_attrs_classes",
    "makes_dataclasses",
    "may_be_given_hash",
    "note_attrs",
    "note_dataclass",
    "uncompared",
]

TOPIC: Final = "dataclass"
ATTRS: Final = "attrs"
#: What an argument of the decorator is that is not given.
DEFAULTS: Final = (("eq", True), ("frozen", False), ("unsafe_hash", False))
#: The decorators of a class that add no hash and no equality, or of which it is known whether they do.
KNOWN_DECORATORS: Final = frozenset(
    {
        *("dataclass", "total_ordering", "final", "runtime_checkable", "unique"),
        *("define", "frozen", "mutable", "attrs", "s"),
    }
)


class DataclassFacts(NamedTuple):
    """The arguments of a dataclass decorator that decide its hash and equality; None is not known."""

    eq: bool | None
    frozen: bool | None
    unsafe_hash: bool | None
    #: The fields of this very class that equality leaves out, or may leave out.
    uncompared: list[str]


def is_rebuilt(definition: ClassDef, besides: Expression | None = None) -> bool:
    """Whether a decorator of a class, `besides` one, may change it in a way that is not known."""
    return any(
        each is not besides and last_name(each) not in KNOWN_DECORATORS
        for each in definition.decorators
    )


def last_name(expression: Expression) -> str | None:
    """The last part of a name, or of the name of the function in a call."""
    if isinstance(expression, CallExpr):
        expression = expression.callee
    return expression.name if isinstance(expression, (NameExpr, MemberExpr)) else None


def makes_dataclasses(decorator: str) -> bool:
    """Whether mypy treats a decorator of this full name as the dataclass decorator."""
    return decorator in dataclass_makers


def makes_attrs_classes(decorator: str) -> bool:
    """Whether mypy treats a decorator of this full name as one of attrs."""
    makers = (attr_class_makers, attr_dataclass_makers, attr_define_makers, attr_frozen_makers)
    return any(decorator in each for each in makers)


def note_attrs(ctx: ClassDefContext, first: Callable[[ClassDefContext], None]) -> None:
    """Call `first`, mypy's own hook, and then store which fields are not compared, if they are at all."""
    first(ctx)
    fields = [*_uncompared(ctx, "eq"), *_uncompared(ctx, "cmp")]
    given = _given(ctx)
    compares = None not in given and given.get("eq", given.get("cmp", True)) is True
    rebuilt = is_rebuilt(ctx.cls, besides=ctx.reason)
    says = bool(fields) or not compares or rebuilt
    if says or noted(ctx.cls.info, ATTRS) is not None:
        facts = {"uncompared": fields, "compares": compares, "rebuilt": rebuilt}
        note(ctx.cls.info, ATTRS, facts if says else None, ctx.api)


def note_dataclass(ctx: ClassDefContext, first: Callable[[ClassDefContext], None]) -> None:
    """Call `first`, mypy's own hook, and then store the arguments of the decorator."""
    first(ctx)
    given = _given(ctx)
    eq, frozen, unsafe_hash = (
        None if None in given else given.get(name, default) for name, default in DEFAULTS
    )
    if is_rebuilt(ctx.cls, besides=ctx.reason):
        unsafe_hash = None  # Another decorator may give it a hash.
    facts = DataclassFacts(eq, frozen, unsafe_hash, [*_uncompared(ctx, "compare")])
    note(ctx.cls.info, TOPIC, facts._asdict(), ctx.api)


def _given(ctx: ClassDefContext) -> dict[str | None, bool | None]:
    """The arguments of a decorator by name; None where one is not literally a bool, and for `**others`."""
    if not isinstance(ctx.reason, CallExpr):
        return {}
    arguments = zip(ctx.reason.arg_names, ctx.reason.args, strict=True)
    return {name: ctx.api.parse_bool(argument) for name, argument in arguments}


def _uncompared(ctx: ClassDefContext, argument: str) -> Iterator[str]:
    """The fields that an argument tells not to be compared, or of which it is not known."""
    for statement in ctx.cls.defs.body:
        match statement:
            case AssignmentStmt(lvalues=[NameExpr(name=name)], rvalue=CallExpr() as call):
                if argument in call.arg_names:
                    compared = call.args[call.arg_names.index(argument)]
                    if ctx.api.parse_bool(compared) is not True:
                        yield name


def dataclass_facts(info: TypeInfo) -> DataclassFacts | None:
    """The facts of the class's own decorator; None if the class has no dataclass decorator."""
    facts = noted(info, TOPIC)
    return DataclassFacts(**facts) if facts is not None else None


def compares_fields(info: TypeInfo) -> bool:
    """Whether a decorator may have given this very class an equality of its fields."""
    facts = dataclass_facts(info)
    if facts is not None:
        return facts.eq is not False
    of_attrs = noted(info, ATTRS)
    return of_attrs is None or bool(of_attrs["compares"])


def may_be_given_hash(info: TypeInfo) -> bool:
    """Whether a decorator besides that of attrs may have given this very class a hash."""
    of_attrs = noted(info, ATTRS)
    return of_attrs is not None and bool(of_attrs["rebuilt"])


def uncompared(info: TypeInfo) -> list[str]:
    """The fields of this very class that equality leaves out, or may leave out."""
    facts = noted(info, TOPIC) or noted(info, ATTRS)
    return list(facts["uncompared"]) if facts is not None else []

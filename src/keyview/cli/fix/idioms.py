"""Idioms that look one key up twice, and the method of `dict` or `set` that does the same once.

The collection is a name and the key is a name or a literal, so both are the same in both lookups, and nothing
happens in between. Whether the collection is a `dict` or a `set`, mypy says, through `reveal_type`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keyview.mypy.host.run import Message

__all__ = ["Idiom", "idioms", "proved", "revealing", "rewritten"]

NAME: Final = m.Name()
KEY: Final = m.Name() | m.SimpleString() | m.Integer()
#: Values for `setdefault`, which makes its value in any case: making one of these has no effect.
VALUE: Final = (
    m.List(elements=[]) | m.Dict(elements=[]) | m.SimpleString() | m.Integer() | m.Name("None")
)
REVEALED: Final = re.compile(r'Revealed type is "(builtins\.)?(?P<type>.*)"')


@dataclass(frozen=True)
class Idiom:
    """A statement that can be written shorter, if its collection is of the class `of`."""

    statement: cst.If
    #: The name in `key in name`.
    name: cst.Name
    line: int
    #: `dict` or `set`.
    of: str
    #: The new statement.
    new: str

    def note(self, file: str) -> Message:
        """The note that `keyview check --idioms` shows."""
        from keyview.mypy.host.run import Message

        text = f"This looks the same key up twice; `{self.new}` does so once"
        return Message(file, self.line, 1, self.line, 1, "note", text, None, ())


def idioms(source: str) -> tuple[cst.Module, list[Idiom]]:
    """The module of a source, and the statements in it that may be such idioms."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    places = wrapper.resolve(PositionProvider)
    found = []
    for node in m.findall(wrapper.module, m.If(orelse=None, body=m.IndentedBlock())):
        assert isinstance(node, cst.If)
        idiom = _idiom(node, places[node].start.line)
        # A comment would be lost.
        if idiom is not None and not m.findall(node.with_changes(leading_lines=[]), m.Comment()):
            found.append(idiom)
    return wrapper.module, found


def revealing(module: cst.Module, found: Iterable[Idiom]) -> str:
    """The source with `reveal_type` around the names, so that mypy says their types."""
    return module.visit(_Reveal({id(idiom.name) for idiom in found})).code


def proved(found: Iterable[Idiom], messages: Iterable[Message]) -> list[Idiom]:
    """The idioms of which mypy says that they are about a `dict` or a `set`."""
    revealed: dict[int, set[str]] = {}
    for message in messages:
        if match := REVEALED.fullmatch(message.text):
            revealed.setdefault(message.line, set()).add(match["type"])
    return [
        idiom
        for idiom in found
        if (said := revealed.get(idiom.line))
        and all(_is_one(typ) and typ.startswith(f"{idiom.of}[") for typ in said)
    ]


def _is_one(typ: str) -> bool:
    """Whether `typ` is one class with its arguments, and not a union, in which more would follow."""
    depth = 0
    for at, character in enumerate(typ, 1):
        depth += {"[": 1, "]": -1}.get(character, 0)
        if character == "]" and depth == 0:
            return at == len(typ)
    return False


def rewritten(module: cst.Module, found: Iterable[Idiom]) -> str:
    """The source with each idiom replaced."""
    return module.visit(_Rewrite({id(idiom.statement): idiom.new for idiom in found})).code


class _Reveal(cst.CSTTransformer):
    """Puts `reveal_type` around names."""

    def __init__(self, names: set[int]) -> None:
        super().__init__()
        self._names = names

    def leave_Name(  # noqa: N802 -- LibCST's
        self, original_node: cst.Name, updated_node: cst.Name
    ) -> cst.BaseExpression:
        if id(original_node) not in self._names:
            return updated_node
        return cst.Call(cst.Name("reveal_type"), [cst.Arg(updated_node)])


class _Rewrite(cst.CSTTransformer):
    """Replaces statements."""

    def __init__(self, new: dict[int, str]) -> None:
        super().__init__()
        self._new = new

    def leave_If(  # noqa: N802 -- LibCST's
        self, original_node: cst.If, updated_node: cst.If
    ) -> cst.BaseStatement:
        if id(original_node) not in self._new:
            return updated_node
        statement = cst.parse_statement(self._new[id(original_node)])
        return statement.with_changes(leading_lines=updated_node.leading_lines)


def _idiom(node: cst.If, line: int) -> Idiom | None:
    match node:
        case cst.If(
            test=cst.Comparison(
                left=key,
                comparisons=[
                    cst.ComparisonTarget(operator=operator, comparator=cst.Name() as name)
                ],
            ),
            body=cst.IndentedBlock(body=[cst.SimpleStatementLine(body=[statement])]),
        ) if m.matches(key, KEY) and not key.deep_equals(name):
            is_in = isinstance(operator, cst.In)
            if not is_in and not isinstance(operator, cst.NotIn):
                return None
            new = _new(statement, key, name, is_in=is_in)
            return Idiom(node, name, line, *new) if new is not None else None
        case _:
            return None


def _new(
    statement: cst.BaseSmallStatement, key: cst.BaseExpression, name: cst.Name, *, is_in: bool
) -> tuple[str, str] | None:
    """The class that the collection must have, and the new statement; None if this is no such idiom."""
    written = cst.Module([]).code_for_node
    same: m.MatchIfTrue[cst.BaseExpression] = m.MatchIfTrue(key.deep_equals)
    item = m.Subscript(
        value=m.Name(name.value), slice=[m.SubscriptElement(m.Index(value=same, star=None))]
    )
    if is_in and m.matches(statement, m.Del(target=item)):
        return "dict", f"{name.value}.pop({written(key)}, None)"
    if not is_in and m.matches(
        statement, m.Assign(targets=[m.AssignTarget(target=item)], value=VALUE)
    ):
        assert isinstance(statement, cst.Assign)
        return "dict", f"{name.value}.setdefault({written(key)}, {written(statement.value)})"
    for method, needs_in, instead in (("add", False, "add"), ("remove", True, "discard")):
        call = m.Call(
            func=m.Attribute(value=m.Name(name.value), attr=m.Name(method)),
            args=[m.Arg(value=same, keyword=None, star="")],
        )
        if is_in == needs_in and m.matches(statement, m.Expr(value=call)):
            return "set", f"{name.value}.{instead}({written(key)})"
    return None

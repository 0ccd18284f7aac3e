"""Idioms that look one key up again, or make a value in vain, and what does the same once.

`patterns` knows them by their code; of what classes the collections are, mypy says, through `reveal_type`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers as m
from libcst.codemod import CodemodContext
from libcst.codemod.visitors import AddImportsVisitor
from libcst.metadata import MetadataWrapper, PositionProvider

from keyview.cli.fix.idioms.bound import Names
from keyview.cli.fix.idioms.patterns import in_block, in_expression, in_function
from keyview.cli.fix.idioms.receivers import receiver
from keyview.cli.fix.idioms.shapes import code
from keyview.cli.fix.writing import Replacing, mark, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from keyview.cli.fix.idioms.patterns import Candidate, Fix
    from keyview.cli.fix.writing import Enclose
    from keyview.mypy.host.run import Message

__all__ = ["Idiom", "Source"]

#: What is asked, with a number: mypy says no two equal things of one line.
REVEALING: Final = "reveal_type(({}, {}))[0]"
REVEALED: Final = re.compile(
    r'Revealed type is "tuple\[(?P<type>.*), Literal\[(?P<number>\d+)\]\?\]"'
)


@dataclass(frozen=True)
class Idiom:
    """Code, and what does the same."""

    nodes: Sequence[cst.CSTNode]
    line: int
    column: int
    fix: Fix
    #: The note that `keyview check --idioms` shows, with `{}` for the new code.
    why: str

    def note(self, file: str) -> Message:
        """The note that `keyview check --idioms` shows."""
        from keyview.mypy.host.run import Message

        unsafe = (f"Not safe: {self.fix.unsafe}",) if self.fix.unsafe else ()
        text = self.why.format(self.fix.code)
        return Message(
            file, self.line, self.column, self.line, self.column, "note", text, None, unsafe
        )


class Source:
    """A source, and the code in it that may be idioms."""

    def __init__(self, text: str) -> None:
        self._mark = mark(text)
        self._wrapper = MetadataWrapper(cst.parse_module(text))
        self._module = self._wrapper.module
        self._names = Names(self._module)
        found = _candidates(self._module, self._names)
        self.candidates: list[Candidate] = [each for each in found if _is_clear(each, self._names)]

    def _asked(self) -> dict[int, int]:
        """The expressions whose types must be known, by identity, each with a number."""
        asked = dict.fromkeys(
            id(node) for candidate in self.candidates for node in _asked(candidate)
        )
        return {node: number for number, node in enumerate(asked)}

    def revealing(self) -> str:
        """The source with `reveal_type` around what must be known, so that mypy says the types."""
        return self._module.visit(_Reveal(self._asked())).code

    def proved(self, messages: Iterable[Message]) -> list[Idiom]:
        """The candidates that are idioms, given what mypy says of `revealing`. No two of them overlap."""
        types = self._types(messages)
        found: list[tuple[Candidate, Fix]] = []
        taken: set[cst.CSTNode] = set()
        for candidate in self.candidates:
            fix = _fix(candidate, [types.get(id(node), set()) for node in _asked(candidate)])
            if fix is None or (fix.imported and not self._can_import(fix.imported)):
                continue
            parts = {part for node in candidate.nodes for part in self._names.parts(node)}
            if taken & parts:
                continue
            taken |= parts
            found.append((candidate, fix))
        places = self._wrapper.resolve(PositionProvider) if found else {}
        idioms = [
            Idiom(candidate.nodes, start.line, start.column + 1, fix, candidate.why)
            for candidate, fix in found
            for start in [places[candidate.nodes[0]].start]
        ]
        return sorted(idioms, key=lambda idiom: (idiom.line, idiom.column))

    def _types(self, messages: Iterable[Message]) -> dict[int, set[str]]:
        """For each expression that was asked for, the types that mypy says; several in a generic function."""
        nodes = list(self._asked())
        types: dict[int, set[str]] = {}
        for message in messages:
            if match := REVEALED.fullmatch(message.text):
                node = nodes[int(match["number"])]
                types.setdefault(node, set()).add(match["type"].replace("builtins.", ""))
        return types

    def _can_import(self, name: str) -> bool:
        """Whether a name is free for the one that is imported, or is that one already."""
        names = self._names
        ours = [
            each.value
            for statement in names.within(self._module, cst.ImportFrom)
            if m.matches(statement, m.ImportFrom(module=m.Name("keyview")))
            for each in names.within(statement, cst.Name)
        ]
        used = (each.value for each in names.within(self._module, cst.Name))
        return names.means(name, "keyview", name) and (name in ours or name not in used)

    def rewritten(self, idioms: Sequence[Idiom]) -> str:
        """The source with each idiom replaced."""
        new = {id(idiom.nodes[0]): idiom for idiom in idioms}
        gone = {id(node) for idiom in idioms for node in idiom.nodes[1:]}
        module = replaced(self._module, lambda enclose: _Rewrite(new, gone, enclose))
        context = CodemodContext()
        for idiom in idioms:
            if idiom.fix.imported:
                AddImportsVisitor.add_needed_import(context, "keyview", idiom.fix.imported)
        return self._mark + AddImportsVisitor(context).transform_module(module).code


def _candidates(module: cst.Module, names: Names) -> Iterator[Candidate]:
    """All candidates; of two that overlap, the outer and longer first."""
    for node in names.parts(module):
        match node:
            case cst.IndentedBlock() | cst.Module():
                block = [each for each in node.body if isinstance(each, cst.BaseStatement)]
                yield from in_block(block, names)
            case cst.FunctionDef():
                yield from in_function(node, names)
            case cst.IfExp() | cst.Call():
                candidate = in_expression(node, names)
                if candidate is not None:
                    yield candidate


def _is_clear(candidate: Candidate, names: Names) -> bool:
    """Whether no comment would be lost. Those above the first statement and behind the last line are kept."""
    first, last = candidate.nodes[0], candidate.nodes[-1]
    kept: list[cst.CSTNode] = []
    if isinstance(first, (cst.BaseCompoundStatement, cst.SimpleStatementLine)):
        kept.extend(first.leading_lines)
    if isinstance(last, cst.SimpleStatementLine):
        kept.append(last.trailing_whitespace)
    comments = sum(len([*names.within(each, cst.Comment)]) for each in candidate.nodes)
    return comments == sum(len([*names.within(each, cst.Comment)]) for each in kept)


def _asked(candidate: Candidate) -> list[cst.BaseExpression]:
    return [candidate.collection, *candidate.asked]


def _fix(candidate: Candidate, types: Sequence[set[str]]) -> Fix | None:
    """The fix, if mypy says one type of each expression that was asked for."""
    if any(len(each) != 1 for each in types):
        return None
    (revealed,), *others = types
    of = receiver(revealed)
    return candidate.written(of, [one for (one,) in others]) if of is not None else None


class _Reveal(Replacing):
    """Puts `reveal_type` around expressions."""

    def __init__(self, asked: Mapping[int, int]) -> None:
        super().__init__()
        self._asked = asked

    def instead(self, original: cst.CSTNode, updated: cst.CSTNode) -> cst.CSTNode:
        number = self._asked.get(id(original))
        if number is None or not isinstance(updated, cst.BaseExpression):
            return updated
        return cst.parse_expression(REVEALING.format(code(updated), number))


class _Rewrite(Replacing):
    """Replaces statements and expressions."""

    def __init__(self, new: Mapping[int, Idiom], gone: set[int], enclose: Enclose) -> None:
        super().__init__()
        self._new = new
        self._gone = gone
        self._enclose = enclose

    def instead(
        self, original: cst.CSTNode, updated: cst.CSTNode
    ) -> cst.CSTNode | cst.RemovalSentinel:
        if id(original) in self._gone:
            return cst.RemoveFromParent()
        idiom = self._new.get(id(original))
        if idiom is None:
            return updated
        if isinstance(updated, cst.BaseExpression):
            new = cst.parse_expression(idiom.fix.code)
            # `return(x)` needs its parentheses.
            return self._enclose(updated, new.with_changes(lpar=updated.lpar, rpar=updated.rpar))
        assert isinstance(updated, (cst.SimpleStatementLine, cst.BaseCompoundStatement))
        statement = cst.parse_statement(idiom.fix.code)
        statement = statement.with_changes(leading_lines=updated.leading_lines)
        last = idiom.nodes[-1]
        if isinstance(last, cst.SimpleStatementLine):
            return statement.with_changes(trailing_whitespace=last.trailing_whitespace)
        return statement

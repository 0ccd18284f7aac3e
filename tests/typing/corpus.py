"""Reads the corpus: what its comments promise, and whose types it asserts. `test_corpus` explains them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = sorted((Path(__file__).parent / "cases").glob("*.py"))

COMMENT = re.compile(r"# E:(?P<errors>.*)")
EXPECTED = re.compile(r"(?P<checker>\w+)\[(?P<codes>[\w,-]+)\]")


#: They accept and refuse what pyright does, under whatever code. A comment names them where they do not.
LIKE_PYRIGHT = {"ty", "pyrefly"}
#: What a comment says of one of them that accepts what pyright refuses.
ACCEPTED = "accepted"
ANY_CODE = "any code"


class Expected(NamedTuple):
    """An error that a comment expects."""

    line: int
    checker: str
    code: str


def expected_in(case: Path) -> Iterator[Expected]:
    """The errors that the comments of `case` expect."""
    for number, line in enumerate(case.read_text("utf-8").splitlines(), 1):
        if comment := COMMENT.search(line):
            texts = comment["errors"].split()
            assert texts, f"{case.name}:{number}: the comment names no checker"
            for text in texts:
                expected = EXPECTED.fullmatch(text)
                assert expected, f"{case.name}:{number}: {text!r} is not like mypy[arg-type]"
                for code in expected["codes"].split(","):
                    yield Expected(number, expected["checker"], code)


def promises(case: Path, checker: str) -> dict[int, set[str]]:
    """The codes that a checker is to give, by line."""
    expected = list(expected_in(case))
    promised: dict[int, set[str]] = {}
    for line, name, code in expected:
        if name == checker:
            promised.setdefault(line, set()).add(code)
    if checker in LIKE_PYRIGHT:
        pyright = {line for line, name, _ in expected if name == "pyright"}
        promised = {**{line: {ANY_CODE} for line in pyright}, **promised}
    return {line: codes for line, codes in promised.items() if codes != {ACCEPTED}}


def names() -> set[str]:
    """Every name and attribute that the corpus uses."""
    nodes = [node for case in CASES for node in ast.walk(_tree_of(case))]
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


def asserted_members() -> set[str]:
    """The members in expressions whose type is asserted: `HashMap.get`, of `m.get("a")`.

    The class is that of the annotated parameter, or that which is named in the expression.
    """
    members = set()
    for expression, classes in _asserted_expressions():
        for node in ast.walk(expression):
            match node:
                case ast.Attribute(value=owner, attr=member):
                    pass
                case ast.Subscript(value=owner):
                    member = "__getitem__"
                case ast.Compare(ops=[ast.In()], comparators=[owner]):
                    member = "__contains__"
                case _:
                    continue
            name = _class_in(owner)
            cls = classes.get(name, name)
            for each in ("Occupied", "Vacant") if cls == "Entry" else (cls,):
                members.add(f"{each}.{member}")
    return members


def _asserted_expressions() -> Iterator[tuple[ast.expr, dict[str, str]]]:
    """Each expression whose type is asserted, with the classes of the parameters in its scope."""
    for case in CASES:
        for function in ast.walk(_tree_of(case)):
            if isinstance(function, ast.FunctionDef):
                classes = {
                    parameter.arg: _class_in(parameter.annotation)
                    for parameter in function.args.args
                    if parameter.annotation
                }
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and ast.unparse(call.func) == "assert_type":
                        yield call.args[0], classes


def _class_in(expression: ast.expr) -> str:
    """`HashMap`, of `HashMap`, `HashMap[str, int]` or `HashMap()`."""
    while not isinstance(expression, ast.Name):
        match expression:
            case ast.Subscript(value=inner) | ast.Call(func=inner):
                expression = inner
            case _:
                return ""
    return expression.id


def _tree_of(case: Path) -> ast.Module:
    return ast.parse(case.read_text("utf-8"))

"""The lookups that the checkers are compared on: their truth, what the plugin says, and their page."""

from __future__ import annotations

import tomllib
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

import pytest

from tests.typing.checkers import mypy_with_plugin
from tools import checkers

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = tomllib.loads(checkers.SNIPPETS.read_text("utf-8"))
SNIPPETS: list[dict[str, Any]] = SHOWN["snippet"]

#: Accepted though they never find anything, which the page says: a datetime is a date to every checker.
ACCEPTED = ["days.get(moment)"]


def finds(container: Any, query: Any) -> bool:
    """Whether one thing is found among others, or one of a set of them is."""
    asked = query if isinstance(query, AbstractSet) else [query]
    try:
        return any(hash(key) == hash(one) and one == key for key in container for one in asked)
    except TypeError:
        return False  # Unhashable.


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet["code"])
def test_what_finds_is_true(snippet: dict[str, Any]) -> None:
    names: dict[str, Any] = {}
    exec(SHOWN["preamble"], names)
    container, query = [eval(value, names) for value in snippet["values"]]
    assert finds(container, query) == snippet["finds"]


def test_the_plugin_knows(tmp_path: Path) -> None:
    program = tmp_path / "snippets.py"
    lines = checkers.write_snippets(program, SHOWN)
    refused = {diagnostic.line for diagnostic in mypy_with_plugin([program], tmp_path)}
    assert refused <= set(lines)
    wrong = [
        snippet["code"]
        for line, snippet in zip(lines, SNIPPETS, strict=True)
        if (line in refused) == snippet["finds"]
    ]
    assert wrong == ACCEPTED


def test_the_page_shows_them_all() -> None:
    """Only the command knows the answers: the page is the one that it would write with its own."""
    page = checkers.MATRIX.read_text("utf-8")
    [head] = [line for line in page.splitlines() if line.startswith("| lookup ")]
    _, _, *names = [cell.strip() for cell in head.strip("|").split("|")]
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    answers = {
        name: ["error" in row.rstrip(" |").split(" | ")[2 + index] for row in rows]
        for index, name in enumerate(names)
    }
    assert page == checkers.page_of_snippets(answers, SNIPPETS)

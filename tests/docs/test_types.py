"""Every example of the docstrings and the pages means to the type checkers what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import (
    DOCSTRINGS,
    PAGES,
    EachDocstring,
    EachPage,
    program_of_docstring,
    programs_of_page,
)
from tests.docs.running import assert_same, output_of
from tests.typing.checkers import mypy_with_plugin
from tools.blocks import CONFIGURATION, Block, story

if TYPE_CHECKING:
    import doctest
    from pathlib import Path

    from tests.typing.checkers import Diagnostic

PROGRAMS = dict(program for page in PAGES for program in programs_of_page(page))
PROMISED = re.compile(r"# E: (?P<start>.*)$")


@pytest.fixture(scope="module")
def diagnostics(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Diagnostic]]:
    """What mypy with the plugin says about each docstring and page, by name; mypy runs once."""
    folder = tmp_path_factory.mktemp("docs")
    programs = {test.name: program_of_docstring(test) for test in DOCSTRINGS}
    programs |= PROGRAMS
    files = {}
    for number, (name, program) in enumerate(programs.items()):
        file = folder / f"example_{number}.py"
        file.write_text(program, "utf-8")
        files[file] = name
    found: dict[str, list[Diagnostic]] = {name: [] for name in programs}
    for diagnostic in mypy_with_plugin(files, folder):
        found[files[diagnostic.file]].append(diagnostic)
    return found


def assert_kept(promised_by: str, diagnostics: list[Diagnostic]) -> None:
    """The errors are those that the `# E:` comments of a program promise."""
    promised = {
        number: found["start"]
        for number, line in enumerate(promised_by.splitlines(), 1)
        if (found := PROMISED.search(line))
    }
    unexpected = [c for c in diagnostics if c.line not in promised]
    assert not unexpected
    assert promised.keys() == {c.line for c in diagnostics}
    for diagnostic in diagnostics:
        assert diagnostic.message.startswith(promised[diagnostic.line])


@EachDocstring
def test_docstrings_are_typed(
    diagnostics: dict[str, list[Diagnostic]], test: doctest.DocTest
) -> None:
    assert_kept(program_of_docstring(test), diagnostics[test.name])


@pytest.mark.parametrize("name", PROGRAMS)
def test_pages_are_typed(diagnostics: dict[str, list[Diagnostic]], name: str) -> None:
    assert_kept(PROGRAMS[name], diagnostics[name])


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy keeps of the standard library and of keyview, for all pages."""
    return tmp_path_factory.mktemp("cache")


@EachPage
def test_checkers_say_what_they_are_shown_to_say(page: Path, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION, "utf-8")
    for step in story(page):
        if isinstance(step, Block):
            assert step.file
            (tmp_path / step.file).write_text(step.code, "utf-8")
        elif step.words[0] in ("mypy", "keyview"):
            assert_same(output_of(step, tmp_path, "pure", cache), step.output)
        else:
            assert step.words[0] == "python", f"{step.text!r} is not run; say so above the block"

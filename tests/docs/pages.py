"""The examples of every docstring and of every page, as programs that can be run and type-checked."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import keyview
from tests.conftest import fresh_keyview
from tools.blocks import Block, Command, is_shown, programs, story

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TOP = [ROOT / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING", "SECURITY")]
#: What needs other libraries is run where these are: in tests/integrations.
ECOSYSTEM = [p for p in sorted((ROOT / "docs/ecosystem").glob("*.md")) if p.stem != "index"]
PAGES = [*TOP, *(p for p in sorted((ROOT / "docs").rglob("*.md")) if p not in ECOSYSTEM)]

#: Docstring examples use keyview's public names without importing them.
IMPORTS = f"from keyview import {', '.join(keyview.__all__)}\n"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def docstrings() -> list[doctest.DocTest]:
    """Every docstring of the package that has an example."""
    finder = doctest.DocTestFinder()
    with fresh_keyview("pure") as pure:  # A finder passes over a C class's properties.
        tests = [
            test
            for module in pkgutil.walk_packages(pure.__path__, "keyview.")
            if not module.name.startswith(("keyview.__main__", "keyview.integrations."))
            for test in finder.find(importlib.import_module(module.name))
        ]
        for name in pure.__all__:
            public = getattr(pure, name)
            # A backend's class passes for the package's own; its methods are of a module of the backend.
            if isinstance(public, type) and public.__module__ == "keyview":
                tests += finder.find(public, f"keyview.{name}", module=False)
    return list({test.name: test for test in tests if test.examples}.values())


def program_of_docstring(test: doctest.DocTest) -> str:
    """The examples of a docstring, one after the other."""
    return IMPORTS + "".join(example.source for example in test.examples)


def programs_of_page(page: Path) -> Iterator[tuple[str, str]]:
    """What mypy is to check and the page does not show it to: names, and programs.

    Each is in the lines that it has in the page.
    """
    for program in programs(page):
        lines: list[str] = []
        for block, _ in program:
            lines += [""] * (block.line - 1 - len(lines)) + block.code.splitlines()
        yield f"{name_of(page)}:{program[0].block.line}", "\n".join(lines) + "\n"
    steps = story(page)
    for file in python_files(steps):
        if not is_shown(steps, file, "mypy"):
            yield f"{name_of(page)}:{file.line}", "\n" * (file.line - 1) + file.code


def python_files(steps: list[Block | Command]) -> list[Block]:
    return [step for step in steps if isinstance(step, Block) and step.language == "python"]


DOCSTRINGS = docstrings()
EachDocstring = pytest.mark.parametrize("test", DOCSTRINGS, ids=lambda test: test.name)
EachPage = pytest.mark.parametrize("page", PAGES, ids=name_of)

"""The examples of every docstring and of every page, as programs that can be run and type-checked."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser

import keyview
from tests.conftest import fresh_keyview

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

#: The first line of a block that is a file of its own, with what mypy says about it shown below.
FILE_NAME = re.compile(r"# (?P<name>\w+\.py)\n")

#: Docstring examples use keyview's public names without importing them.
IMPORTS = f"from keyview import {', '.join(keyview.__all__)}\n"


class Block(NamedTuple):
    """A code block of a page; `line` is that of its first line of code."""

    language: str
    line: int
    code: str


def docstrings() -> list[doctest.DocTest]:
    """Every docstring of the package that has an example."""
    finder = doctest.DocTestFinder()
    with fresh_keyview("pure") as pure:  # A finder passes over a C class's properties.
        tests = [
            test
            for module in pkgutil.walk_packages(pure.__path__, "keyview.")
            if module.name != "keyview.__main__"
            for test in finder.find(importlib.import_module(module.name))
        ]
        for name in pure.__all__:
            public = getattr(pure, name)
            # A backend's class passes for the package's own; its methods are of a module of the backend.
            if isinstance(public, type) and public.__module__ == "keyview":
                tests += finder.find(public, f"keyview.{name}", module=False)
    return list({test.name: test for test in tests if test.examples}.values())


def blocks(page: Path) -> list[Block]:
    """The code blocks of a page, in order."""
    parsers = [CodeBlockParser(language) for language in ("python", "console")]
    document = Sybil(parsers=parsers).parse(page)
    return [
        Block(example.region.lexemes["arguments"], example.line + 1, str(example.parsed))
        for example in document.examples()
    ]


def python_blocks(page: Path) -> Iterator[Block]:
    return (block for block in blocks(page) if block.language == "python")


def program_of_docstring(test: doctest.DocTest) -> str:
    """The examples of a docstring, one after the other."""
    return IMPORTS + "".join(example.source for example in test.examples)


def program_of_page(page: Path) -> str:
    """The Python blocks of a page that belong together, each in the lines that it has in the page."""
    lines = [""] * len(page.read_text("utf-8").splitlines())
    for block in python_blocks(page):
        if not FILE_NAME.match(block.code):
            code = block.code.splitlines()
            lines[block.line - 1 : block.line - 1 + len(code)] = code
    return "\n".join(lines) + "\n"


def shown_files(page: Path) -> Iterator[tuple[str, str, str]]:
    """Each block that is a file of its own: its name, the code, and the console block below it."""
    all_blocks = blocks(page)
    for number, block in enumerate(all_blocks):
        if named := FILE_NAME.match(block.code):
            yield named["name"], block.code, all_blocks[number + 1].code

"""The codes of the plugin: each by itself, and `key-view` for all of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from keyview.mypy.codes import CODES
from tests.mypy.project import Project

if TYPE_CHECKING:
    from pathlib import Path

LINES = {
    "key-view": "def wrong(m: HashMap[str, int]) -> None: m[1]",
    "key-view-equal": "def compared(a: str, b: bytes) -> bool: return a == b",
    "key-view-law": "class View(KeyView[str]):",
    "key-view-may-raise": "def maybe(m: HashMap[str, int], q: str | list[int]) -> None: m[q]",
    "key-view-order": "def unordered(m: SortedSet[str | int]) -> None: ...",
    "key-view-stored": "def stored(m: HashMap[memoryview, int]) -> None: ...",
    "key-view-unhashable": "def unhashable(m: HashMap[str, int]) -> None: m[[]]",
}
PROGRAM = f"""\
from keyview import HashMap, KeyView, SortedSet
{LINES["key-view"]}
{LINES["key-view-equal"]}
{LINES["key-view-law"]}
    __hash__ = None  # type: ignore[assignment]
    def __key__(self) -> str: return ""
class Special(str, KeyView[str]):
    def __key__(self) -> str: return ""
{LINES["key-view-may-raise"]}
{LINES["key-view-order"]}
{LINES["key-view-stored"]}
def made(items: list[View]) -> None: HashMap.counted(items)
{LINES["key-view-unhashable"]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("pyproject.toml", "[tool.keyview]\ncomparisons = true\n")
    project.write("program.py", PROGRAM)
    return project


def codes(output: str) -> list[str]:
    """The codes in mypy's output as JSON."""
    return [json.loads(line)["code"] for line in output.splitlines()]


def test_each_is_told_apart(project: Project) -> None:
    assert codes(project.check("--output", "json")) == [
        "key-view",
        "key-view-equal",
        "key-view-law",
        "key-view-law",
        "key-view-may-raise",
        "key-view-order",
        "key-view-stored",
        "key-view-stored",
        "key-view-unhashable",
    ]


@pytest.mark.parametrize("code", LINES)
def test_each_can_be_ignored(project: Project, code: str) -> None:
    before = project.check()
    for ignored in {code, "key-view"}:
        project.write(
            "program.py", PROGRAM.replace(line := LINES[code], f"{line}  # type: ignore[{ignored}]")
        )
        after = project.check()
        assert f":{PROGRAM[: PROGRAM.index(line)].count(chr(10)) + 1}:" not in after
        assert after.count(": error:") == before.count(": error:") - 1


def test_each_is_in_the_list() -> None:
    assert tuple(LINES) == tuple(code.code for code in CODES)


@pytest.mark.parametrize("code", LINES)
def test_each_can_be_disabled(project: Project, code: str) -> None:
    found = codes(project.check("--output", "json", "--disable-error-code", code))
    is_parent = code == "key-view"
    assert found == (
        []
        if is_parent
        else [one for one in codes(project.check("--output", "json")) if one != code]
    )

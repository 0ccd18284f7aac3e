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


def project_of(folder: Path, programs: dict[str, str], more: str = "") -> Project:
    """A project of several files, which mypy checks in one run."""
    project = Project(folder)
    project.write("mypy.ini", f"[mypy]\nplugins = keyview.mypy\nfiles = *.py\n{more}")
    project.write("pyproject.toml", "[tool.keyview]\ncomparisons = true\n")
    for name, text in programs.items():
        project.write(f"{name}.py", text)
    return project


def found(project: Project, *arguments: str) -> dict[str, list[tuple[int, str]]]:
    """The line and the code of each error in each file."""
    errors: dict[str, list[tuple[int, str]]] = {}
    for line in project.run("--no-error-summary", "--output", "json", *arguments).splitlines():
        error = json.loads(line)
        errors.setdefault(error["file"].removesuffix(".py"), []).append(
            (error["line"], error["code"])
        )
    return errors


def module(code: str) -> str:
    return code.replace("-", "_")


def test_each_is_told_apart_and_can_be_ignored(tmp_path: Path) -> None:
    ignored = {
        module(code) + suffix: (code, f"{LINES[code]}  # type: ignore[{name}]")
        for code in LINES
        for suffix, name in (("", code), ("_by_the_parent", "key-view"))
    }
    programs = {name: PROGRAM.replace(LINES[code], line) for name, (code, line) in ignored.items()}
    errors = found(project_of(tmp_path, {"program": PROGRAM, **programs}))
    assert [code for _, code in errors["program"]] == [
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
    for name, (code, _) in ignored.items():
        line = PROGRAM[: PROGRAM.index(LINES[code])].count("\n") + 1
        assert errors[name] == [error for error in errors["program"] if error[0] != line], name


def test_each_is_in_the_list() -> None:
    assert tuple(LINES) == tuple(code.code for code in CODES)


def without(code: str, errors: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """What is left if a code is disabled; with the parent, all are."""
    return [error for error in errors if error[1] != code] if code != "key-view" else []


def test_each_can_be_disabled(tmp_path: Path) -> None:
    more = "".join(f"[mypy-{module(code)}]\ndisable_error_code = {code}\n" for code in LINES)
    programs = dict.fromkeys(["program", *map(module, LINES)], PROGRAM)
    errors = found(project_of(tmp_path, programs, more))
    for code in LINES:
        assert errors.get(module(code), []) == without(code, errors["program"]), code


@pytest.mark.parametrize("code", ["key-view", "key-view-stored"])
def test_it_can_be_disabled_for_every_file(tmp_path: Path, code: str) -> None:
    project = project_of(tmp_path, {"program": PROGRAM})
    before = found(project)["program"]
    after = found(project, "--disable-error-code", code)
    assert after.get("program", []) == without(code, before)

"""One ignore for all runs: whichever code it names, for mypy, a strict mypy and `keyview check`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.mypy.project import Project

if TYPE_CHECKING:
    pass

#: A wrong lookup, and the codes that mypy and the plugin have for it.
LOOKUPS = {
    "plain[path]": ["index", "key-view"],
    "plain.get(path)": ["call-overload", "key-view"],
    "path in plain": ["comparison-overlap", "key-view"],
    "plain[path] += 1": ["index", "key-view"],
    "[] in plain": ["key-view-unhashable", "comparison-overlap", "key-view"],
    "plain.keys() & {path}": ["key-view"],
    "ours[path]": ["key-view"],
    "path in ours": ["key-view"],
    "ours[[]]": ["key-view-unhashable", "key-view"],
    "HashMap.counted([memoryview(b'')])": ["key-view-stored", "key-view"],
    "plain[path], path in plain": ["index, comparison-overlap", "index, key-view", "key-view"],
}
HEAD = """\
from pathlib import Path
from keyview import HashMap, KeyView
def look(plain: dict[str, int], ours: HashMap[str, int], path: Path) -> None:
"""
CLASSES = """\
class ViewN(KeyView[str]):  # IGNORE[key-view-law|key-view]
    __hash__ = None  # type: ignore[assignment]
    def __key__(self) -> str: return ""
class SpecialN(str, KeyView[str]):  # IGNORE[key-view-law|key-view]
    def __key__(self) -> str: return ""
def storedN(
    m: HashMap[memoryview, int],  # IGNORE[key-view-stored|key-view]
) -> None: ...
def guessedN() -> None:
    seen = set()
    seen |= {1}
    "a" in seen  # IGNORE[key-view|comparison-overlap]
"""


def program(comment: str) -> str:
    """Each lookup with each of its codes in a comment, or once if that names none."""
    lines = [
        f"    {lookup}  {comment.format(code)}"
        for lookup, codes in LOOKUPS.items()
        for code in (codes if "{}" in comment else codes[:1])
    ]
    variants = [
        re.sub(
            r"# IGNORE\[(.*)\|(.*)\]",
            lambda match: comment.format(match[number]),  # noqa: B023 -- called at once
            CLASSES.replace("N(", f"{number}("),
        )
        for number in (1, 2)
    ]
    return HEAD + "\n".join(lines) + "\n" + "".join(variants)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("ignores"))


RUNS = {
    "mypy": ["--warn-unused-ignores"],
    "mypy --strict": ["--strict", "--disable-error-code", "no-untyped-def"],
}
COMMENTS = ("# type: ignore[{}]", "# type: ignore", "# keyview: ignore[{}]", "# keyview: ignore")


@pytest.mark.parametrize("run", RUNS)
def test_any_code_in_any_comment_ignores_the_error(project: Project, run: str) -> None:
    for number, comment in enumerate(COMMENTS):
        project.write(f"program{number}.py", program(comment))
    files = [f"program{number}.py" for number in range(len(COMMENTS))]
    assert project.run("--no-error-summary", *RUNS[run], *files) == ""
    checked = project.run("check", *files, "--", *RUNS[run], tool="keyview")
    assert "0 wrong lookups in 4 files\n" in checked
    assert "error" not in checked


def test_what_is_shown_does_not_depend_on_strictness(project: Project) -> None:
    project.write("program.py", program("# only a comment"))
    runs = [project.check(*options) for options in ([], ["--strict"])]
    guessed = re.compile(r'.*elements of "set\[int\]".*\n(.*note: .*\n)*')
    assert ": error: " in runs[0]
    assert runs[0] == guessed.sub("", runs[1])


def test_an_ignore_of_something_else_ignores_nothing(project: Project) -> None:
    shown = []
    for comment in ("# nothing", "# type: ignore[misc] # keyview: ignore[misc]"):
        project.write("program.py", program(comment))
        shown.append(set(re.findall(r"^program.py:(\d+): error: ", project.check(), re.MULTILINE)))
    assert shown[0] == shown[1]
    assert len(shown[0]) > len(LOOKUPS)


#: `defaultdict` stores what is looked up, so mypy's own verdict stands.
SPREAD = """\
from collections import defaultdict
def look(stored: defaultdict[int, int], key: int | None) -> None:
    stored[
        key
    ]
"""


def test_what_mypy_refuses_is_reported_at_its_own_line(project: Project) -> None:
    project.write("program.py", SPREAD)
    [line] = project.check().splitlines()
    assert line.startswith('program.py:4: error: Invalid index type "int | None"')
    project.write("program.py", SPREAD.replace("  key\n", "  key  # type: ignore[index]\n"))
    assert project.check("--warn-unused-ignores") == ""

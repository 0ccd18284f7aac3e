"""What editors run, as docs/how-to/editors.md says: the error of an edit is there after one check.

An editor's extension reads of each line a place, `error` or `note`, the text, and a code at the end.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mypy.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "editors.md"
#: The tool and the options of each extension in the page's table that runs a command of mypy's.
COMMANDS = {
    row.split("|")[1].strip(): re.findall(r"`((?:dmypy|mypy) [^`]*)`", row)[0].split()
    for row in PAGE.read_text("utf-8").splitlines()
    if re.match(r"\|.*`d?mypy .* FILE`", row)
}
KEYS = "from uuid import UUID\nsessions: dict[{key}, int] = {{}}\n"
RIGHT = (
    "from keys import sessions\ndef age(session: str) -> int | None: return sessions.get(session)\n"
)
WRONG = RIGHT.replace("session: str", "session: int")
MESSAGE = re.compile(
    r"(?P<file>..[^:]*):(?P<line>\d+):(?P<column>\d+):(?:(?P<end_line>\d+):(?P<end>\d+):)? "
    r"(?P<severity>error|note): (?P<text>.*?)(?:  \[(?P<code>[\w-]+)\])?"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project(tmp_path)
    project.write("keys.py", KEYS.format(key="str"))
    project.write("program.py", RIGHT)
    yield project
    project.attempt("--status-file", "status.json", "stop", tool="mypy.dmypy")


def saved(project: Project, command: list[str], file: str) -> list[re.Match[str]]:
    """What the extension reads when a file is saved."""
    tool, *options = command
    status = ["--status-file", "status.json"] if tool == "dmypy" else []
    path = str(project.folder / file)
    options = [path if option == "FILE" else option for option in options]
    output = project.run(*status, *options, tool=f"mypy.{tool}" if tool == "dmypy" else tool)
    return [match for line in output.splitlines() if (match := MESSAGE.fullmatch(line))]


@pytest.mark.parametrize("extension", COMMANDS)
def test_an_edit_is_judged_by_the_next_check(extension: str, project: Project) -> None:
    command = COMMANDS[extension]
    assert saved(project, command, "program.py") == []
    # The same edit, in the file itself and in another one that it imports.
    for file, wrong, right in (
        ("program.py", WRONG, RIGHT),
        ("keys.py", KEYS.format(key="UUID"), KEYS.format(key="str")),
    ):
        project.write(file, wrong)
        error, *notes = saved(project, command, "program.py")
        assert Path(error["file"]).name == "program.py"
        assert (error["line"], error["severity"]) == ("2", "error")
        assert error["text"].startswith("get() looks up ")
        # One plugin of PyCharm shows what comes before the next colon.
        assert ":" not in error["text"]
        assert error["code"] in ("key-view", "arg-type", "call-overload")
        assert any("never compare equal" in note["text"] for note in notes)
        assert {note["severity"] for note in notes} == {"note"}
        if "--show-error-end" in command:
            assert error["end_line"] == "2"
            assert int(error["end"]) > int(error["column"])
        project.write(file, right)
        assert saved(project, command, "program.py") == []


def test_one_daemon_serves_all_checks(project: Project) -> None:
    (command,) = (one for one in COMMANDS.values() if one[0] == "dmypy")
    daemons = set()
    for text in (RIGHT, WRONG, RIGHT):
        project.write("program.py", text)
        saved(project, command, "program.py")
        daemons.add(json.loads((project.folder / "status.json").read_text("utf-8"))["pid"])
    assert len(daemons) == 1

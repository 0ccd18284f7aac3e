"""What was there before: baselines, and revisions of git."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import APP

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Check

LOOKUP = "\ndef again(session: UUID) -> int:\n    return sessions[session]\n"
#: It has the same code and the same text, and is another.
SAME = "\ndef same(session: UUID) -> int | None:\n    return sessions.get(session)\n"


def lines(shown: str) -> list[int]:
    """The line of each error."""
    return [int(line.split(":")[1]) for line in shown.splitlines() if ": error: " in line]


def test_a_baseline_keeps_what_was_there_apart(project: Path, check: Check) -> None:
    with_baseline = ("app.py", "--baseline", "known.json")
    said = check(*with_baseline)
    assert said.status == 2
    assert "there is no baseline 'known.json'; write it with --update-baseline" in said.err

    said = check(*with_baseline, "--update-baseline")
    assert said.status == 0
    assert (
        said.out
        == "0 wrong lookups in 1 file\n1 lookup judged\n1 not shown: known from known.json\n"
    )
    assert list(json.loads((project / "known.json").read_text())["files"]) == ["app.py"]

    # Its line does not matter; how many there are does.
    (project / "app.py").write_text("import sys\n" + APP + SAME + LOOKUP)
    said = check(*with_baseline)
    assert said.status == 1
    assert lines(said.out) == [14, 17]

    (project / "app.py").write_text(APP.replace("session: UUID", "session: str"))
    said = check(*with_baseline)
    assert said.status == 0
    assert (
        said.out
        == "0 wrong lookups in 1 file\n1 lookup judged\n1 known from known.json no longer found\n"
    )

    # What was not checked is kept, unless the file is gone.
    (project / "other.py").write_text("ages: dict[str, int] = {}\n1 in ages\n")
    check("other.py", "--baseline", "known.json", "--update-baseline")
    assert list(json.loads((project / "known.json").read_text())["files"]) == ["app.py", "other.py"]
    (project / "other.py").unlink()
    check(*with_baseline, "--update-baseline")
    assert json.loads((project / "known.json").read_text())["files"] == {}


@pytest.mark.parametrize("text", ["", "[]", '{"version": 9}', '{"version": 1, "files": {"a": 1}}'])
def test_what_is_no_baseline(project: Path, check: Check, text: str) -> None:
    (project / "known.json").write_text(text)
    said = check("app.py", "--baseline", "known.json")
    assert said.status == 2
    assert "'known.json' is no baseline that this keyview can read" in said.err


def test_a_diff_shows_what_a_change_brought(project: Path, check: Check) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=me", "-c", "user.email=me@host", *arguments]
        subprocess.run(command, cwd=project, check=True, capture_output=True)

    folder = project / "part"
    folder.mkdir()
    (folder / "keys.py").write_text("Key = str\n")
    (folder / "use.py").write_text(
        "from keys import Key\nages: dict[Key, int] = {}\n'a' in ages\n1.5 in ages\n"
    )
    (project / ".git").rmdir()
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "before")

    # A change of one file makes a lookup wrong in another, which has another name now.
    git("mv", "part/use.py", "part/used.py")
    (folder / "keys.py").write_text("Key = bytes\n")
    (folder / "new.py").write_text("")
    said = check("part", "--diff", "HEAD")
    assert said.status == 1
    assert lines(said.out) == [3, 4]
    (folder / "keys.py").write_text("Key = str  # as before\n")
    said = check("part", "--diff", "HEAD")
    assert said.status == 0
    assert (
        said.out == "0 wrong lookups in 3 files\n2 lookups judged\n1 not shown: known from HEAD\n"
    )
    assert check("part/new.py", "--diff", "HEAD").status == 0
    said = check("part", "--diff", "nope")
    assert said.status == 2
    assert "--diff: git rev-parse says: fatal: Needed a single revision" in said.err

    (folder / "keys.py").write_text("def (:\n")
    git("commit", "-q", "-a", "-m", "broken")
    (folder / "keys.py").write_text("Key = str\n")
    said = check("part", "--diff", "HEAD")
    assert said.status == 2
    assert "HEAD cannot be checked: keyview check could not run: part/keys.py:1: " in said.err

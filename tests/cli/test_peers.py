"""docs/why/idioms.md: what keyview and ruff find in the functions of the page is what its table says."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.cli.conftest import Check

PAGE = (Path(__file__).parents[2] / "docs" / "why" / "idioms.md").read_text("utf-8")
(CODE,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ROWS = {
    row[0]: row[1:] for row in re.findall(r"^\| `(\w+)` \| (\S+) \| (\S+) \|", PAGE, re.MULTILINE)
}
#: The families of ruff's rules that may be about lookups, and the rules in them that are not.
RULES = "SIM,RUF,FURB,PERF,C4"
NOT_OF_LOOKUPS = "SIM105,SIM108"


def by_function(found: Iterable[tuple[int, str]]) -> dict[str, str]:
    """For each function of the table, what was found in it."""
    spans = {
        node.name: range(node.lineno, (node.end_lineno or 0) + 1)
        for node in ast.parse(CODE).body
        if isinstance(node, ast.FunctionDef)
    }
    lines = list(found)
    return {
        name: ", ".join(what for line, what in lines if line in spans[name]) or "-" for name in ROWS
    }


def test_ruff(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(CODE)
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--preview", "--no-cache"]
    rules = [f"--select={RULES}", f"--ignore={NOT_OF_LOOKUPS}", "--output-format=json"]
    done = subprocess.run(
        [*command, *rules, "page.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    found = [(one["location"]["row"], one["code"]) for one in json.loads(done.stdout)]
    assert by_function(found) == {name: ruff for name, (_, ruff) in ROWS.items()}


def test_keyview(project: Path, check: Check) -> None:
    (project / "app.py").write_text(CODE)
    said = check("app.py", "--idioms", "--format", "json")
    found = []
    for line in said.out.splitlines():
        note = json.loads(line)
        is_read = note["message"].startswith("Reading")
        found.append(
            (note["line"], "reported" if is_read else "unsafe" if note["notes"] else "safe")
        )
    assert by_function(found) == {name: ours for name, (ours, _) in ROWS.items()}

"""False errors and misses of type checkers over the cases of `tests/mypy/cases`, for each way to look up.

`python -m tools.checkers` asks mypy, mypy with the plugin and pyright, and ty and pyrefly, which it
installs from PyPI, about every pair of types in `lookups.toml`; it writes `docs/proof/checkers.md`, and
exits with 1 if mypy with the plugin is wrong anywhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import venv
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from tests.typing.checkers import mypy, mypy_with_plugin, pyright
from tools.packages import ROOT, Table, python_of

if TYPE_CHECKING:
    from collections.abc import Callable

CASES: Final = ROOT / "tests" / "mypy" / "cases"
PAGE: Final = ROOT / "docs" / "proof" / "checkers.md"
OURS: Final = "mypy with keyview"
FROM_PYPI: Final = {"ty": "0.0.104", "pyrefly": "1.4.1"}

#: How to look `q` up in a dict `d`, a set `s`, a HashMap `m`; `qs` is a set of such lookups.
OPERATIONS: Final = (
    *("d.get(q)", "d.get(q, None)", "d[q]", "q in d", "d.pop(q)", "d.pop(q, None)", "del d[q]"),
    *("q in d.keys()", "q in s", "s.discard(q)", "s.remove(q)", "s - qs", "s & qs", "s ^ qs"),
    *("s.isdisjoint(qs)", "m[q]", "q in m", "m.get(q)", "m.pop(q)", "m.get_entry(q)"),
)

#: Those that have no value.
STATEMENTS: Final = ("del d[q]", "s.discard(q)", "s.remove(q)")

#: What pyright's strict mode says of a type that is only partly known, which no lookup is to blame for.
BESIDE_THE_POINT: Final = ("reportUnknown", "reportMissing", "reportPrivate", "reportDeprecated")


@dataclass(frozen=True)
class Question:
    """One lookup of one case."""

    operation: str
    case: int


def main() -> int:
    """Ask, print and write; the exit status."""
    parser = ArgumentParser(prog="python -m tools.checkers", description=__doc__)
    parser.add_argument("--scratch", type=Path, default=ROOT / ".venv" / "checkers")
    parser.add_argument("--output", type=Path, default=PAGE)
    arguments = parser.parse_args()
    cases = tomllib.loads((CASES / "lookups.toml").read_text("utf-8"))["case"]
    with TemporaryDirectory() as folder:
        program = Path(folder, "program.py")
        places = write_program(program, cases)
        results = {
            name: judge(refuses(program, Path(folder)), places, cases)
            for name, refuses in checkers(arguments.scratch).items()
        }
    text = page(results, cases)
    print(text)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(text, "utf-8")
    wrong = sum(sum(counts) for counts in results[f"{OURS} {version('mypy')}"].values())
    return 1 if wrong else 0


def write_program(program: Path, cases: list[dict[str, str]]) -> dict[int, Question]:
    """Write all questions, one on a line and in a function of its own; the questions by line."""
    lines = (CASES / "preamble.py").read_text("utf-8").splitlines()
    lines.append("from keyview import HashMap")
    places = {}
    for number, case in enumerate(cases):
        stored, lookup = case["stored"], case["lookup"]
        for index, operation in enumerate(OPERATIONS):
            needed = {
                "d": f"dict[{stored}, int]",
                "s": f"set[{stored}]",
                "m": f"HashMap[{stored}, int]",
            }
            container = next(name for name in needed if name in _names(operation))
            query = f"qs: set[{lookup}]" if "qs" in operation else f"q: {lookup}"
            lines.append(
                f"def f{number}_{index}({container}: {needed[container]}, {query}) -> None:"
            )
            lines.append(f"    {operation if operation in STATEMENTS else f'_ = {operation}'}")
            places[len(lines)] = Question(operation, number)
    program.write_text("\n".join(lines) + "\n", "utf-8")
    return places


def _names(operation: str) -> set[str]:
    return set("".join(one if one.isalnum() else " " for one in operation).split())


def judge(
    refused: set[int], places: dict[int, Question], cases: list[dict[str, str]]
) -> dict[str, tuple[int, int]]:
    """For each operation, how many good lookups were refused and how many wrong ones accepted."""
    false, missed = Counter[str](), Counter[str]()
    for line, question in places.items():
        wrong = cases[question.case]["verdict"].startswith("reject")
        false[question.operation] += line in refused and not wrong
        missed[question.operation] += line not in refused and wrong
    return {operation: (false[operation], missed[operation]) for operation in OPERATIONS}


def checkers(scratch: Path) -> dict[str, Callable[[Path, Path], set[int]]]:
    """Each checker, as a function from a program and a folder to the lines that it refuses."""

    def lines(checker: Callable[..., Any], program: Path, folder: Path) -> set[int]:
        return {
            one.line
            for one in checker([program], folder)
            if not one.code.startswith(BESIDE_THE_POINT)
        }

    return {
        f"mypy {version('mypy')}": partial(lines, mypy),
        f"{OURS} {version('mypy')}": partial(lines, mypy_with_plugin),
        f"pyright {version('pyright')}": partial(lines, pyright),
        **{
            f"{name} {release}": partial(
                {"ty": ty, "pyrefly": pyrefly}[name], install(name, release, scratch)
            )
            for name, release in FROM_PYPI.items()
        },
    }


def install(name: str, release: str, scratch: Path) -> Path:
    """The folder with the command of a checker from PyPI, in an environment of its own."""
    home = scratch / f"{name}-{release}"
    command = python_of(home).with_name(name)
    if not command.exists():
        venv.create(home, clear=True)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        where = ["--python", str(python_of(home))]
        subprocess.run([*pip, *where, "install", f"{name}=={release}"], check=True)
    return command


def ty(command: Path, program: Path, folder: Path) -> set[int]:
    """The lines that ty refuses."""
    places = ["--python", sys.executable, "--extra-search-path", str(ROOT / "src")]
    output = _run([str(command), "check", "--output-format=gitlab", *places, str(program)], folder)
    found = json.loads(output)
    return {one["location"]["positions"]["begin"]["line"] for one in found}


def pyrefly(command: Path, program: Path, folder: Path) -> set[int]:
    """The lines that pyrefly refuses."""
    places = [f"--python-interpreter-path={sys.executable}", f"--search-path={ROOT / 'src'}"]
    output = _run(
        [str(command), "check", "--preset=strict", "--output-format=json", *places, str(program)],
        folder,
    )
    found = json.loads(output)["errors"]
    return {one["line"] for one in found if one["severity"] == "error"}


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def page(results: dict[str, dict[str, tuple[int, int]]], cases: list[dict[str, str]]) -> str:
    """The table for people to read."""
    wrong = sum(case["verdict"].startswith("reject") for case in cases)
    rows = [
        (
            f"`{operation}`",
            *("{} / {}".format(*counts[operation]) for counts in results.values()),
        )
        for operation in OPERATIONS
    ]
    return f"""\
# Type checkers on lookups

{len(cases) - wrong} pairs of a stored key type and a lookup type of which a lookup may succeed, and
{wrong} of which none can (`tests/mypy/cases/lookups.toml`; what really happens at run time is tested). In
each column: how many of the former are refused, falsely / how many of the latter are missed. All checkers
are as strict as they can be told to be. Written by `python -m tools.checkers`.

{Table(("lookup", *results), rows)}
"""


if __name__ == "__main__":
    sys.exit(main())

"""Whether published packages pass their own tests after `keyview fix --idioms --write`.

`python -m tools.fix_packages` takes the newest sdist of each package of `fix_packages.toml` from PyPI, by
name, installs it in an environment of its own, and runs its tests: as it is, with the safe fixes, and with
all fixes. It writes `docs/proof/fixes.json` and, for people, `docs/proof/fixes.md`. With names, the results
of the other packages stay. A package of which no test passes in time is left out. The exit status is 1 if a
test that passed fails after the fixes.

This runs the code of those packages, so it is no part of CI.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from tools.packages import ROOT, Table, python_of

if TYPE_CHECKING:
    from argparse import Namespace

LIST = Path(__file__).with_suffix(".toml")
PROOF = ROOT / "docs" / "proof"
WRITTEN: Final = re.compile(r"^(\d+) fix(?:es)? in \d+ files? written", re.MULTILINE)


class FailedError(Exception):
    """A package cannot be measured. The message says why."""


@dataclass
class Result:
    """How the tests of one package went."""

    package: str
    version: str = ""
    #: How many tests pass as the package is.
    passed: int = 0
    #: How many fixes were written, in all, and files that mypy did not accept.
    safe: int = 0
    all: int = 0
    refused: int = 0
    #: Tests that passed before and do not any more.
    lost_by_safe: list[str] = field(default_factory=list)
    lost_by_all: list[str] = field(default_factory=list)
    failure: str = ""


def measure(name: str, entry: dict[str, list[str]], options: Namespace) -> Result:
    """Run the tests of a package three times."""
    result = Result(name)
    home = options.scratch / name
    try:
        source = _unpacked(name, home)
        result.version = source.name.rpartition("-")[2]
        python = _installed(source, home, entry.get("needs", []))
        before = _passed(source, python, entry, options)
        result.passed = len(before)
        result.safe, result.refused = _fix(source, python, entry["sources"], options)
        if result.safe:
            result.lost_by_safe = sorted(before - _passed(source, python, entry, options))
        more, refused = _fix(source, python, entry["sources"], options, "--unsafe")
        result.all = result.safe + more
        result.refused += refused
        if more:
            result.lost_by_all = sorted(before - _passed(source, python, entry, options))
    except (FailedError, subprocess.SubprocessError, tarfile.TarError) as error:
        result.failure = str(error).strip().splitlines()[-1]
    return result


def _unpacked(name: str, home: Path) -> Path:
    """The folder of a fresh copy of the newest sdist."""
    if not list(home.glob("*.tar.gz")):
        home.mkdir(parents=True, exist_ok=True)
        wanted = ["--no-deps", f"--no-binary={name}", f"--dest={home}", name]
        _run([*_pip(), "download", *wanted], home, 600)
    (archive,) = home.glob("*.tar.gz")
    source = home / archive.name.removesuffix(".tar.gz")
    shutil.rmtree(source, ignore_errors=True)
    with tarfile.open(archive) as opened:
        opened.extractall(home, filter="data")
    return source


def _installed(source: Path, home: Path, needs: Iterable[str]) -> Path:
    """The Python of an environment in which the folder is installed, to be edited."""
    environment = home / "environment"
    python = python_of(environment)
    if not python.exists():
        venv.create(environment, with_pip=False)
    install = [*_pip(), "--python", str(python), "install"]
    _run([*install, "pytest", "pytest-timeout", *needs], home, 600)
    _run([*install, "--editable", str(source)], home, 600)
    return python


def _passed(
    source: Path, python: Path, entry: dict[str, list[str]], options: Namespace
) -> set[str]:
    """The names of the tests that pass."""
    report = source / "keyview-tests.xml"
    report.unlink(missing_ok=True)
    command = [
        *(str(python), "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider"),
        *(f"--junit-xml={report}", "--timeout=60", *entry["tests"], *entry.get("options", [])),
    ]
    # Fixed code may import keyview.
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "0"}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        command,
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        timeout=options.timeout,
        check=False,
    )
    if not report.exists():
        raise FailedError(
            f"pytest ended with {done.returncode}: {(done.stdout + done.stderr)[-300:]}"
        )
    passed = {
        f"{case.get('classname')}.{case.get('name')}"
        for case in ET.parse(report).iter("testcase")
        if not list(case.iterfind("failure")) + list(case.iterfind("error"))
        if case.find("skipped") is None
    }
    if not passed:
        raise FailedError(f"no test passes: {done.stdout[-300:]}")
    return passed


def _fix(
    source: Path, python: Path, paths: list[str], options: Namespace, *more: str
) -> tuple[int, int]:
    """Write the fixes. How many, and in how many files mypy did not accept them."""
    config = source / "keyview-mypy.ini"
    config.write_text("[mypy]\nignore_missing_imports = true\ncheck_untyped_defs = true\n", "utf-8")
    command = [
        *(sys.executable, "-m", "keyview", "fix", "--idioms", "--write", *more),
        f"--cache-dir={source.parent / 'cache'}",
        *(*paths, "--", f"--config-file={config}", f"--python-executable={python}"),
    ]
    said = _run(command, source, options.timeout, PYTHONPATH=str(ROOT / "src"))
    found = WRITTEN.search(said)
    if found is None:
        raise FailedError(f"keyview fix said: {said[-300:]}")
    return int(found[1]), said.count(": not changed, because mypy")


def _pip() -> list[str]:
    return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def _run(command: list[str], folder: Path, timeout: float, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        last = lines[-1] if lines else f"status {done.returncode}"
        raise FailedError(f"{command[2]} {command[-1]}: {last}")
    return done.stdout


def page(results: list[Result]) -> str:
    """The table for people to read."""
    rows = [
        (
            f"{one.package} {one.version}",
            *(f"{number:,}" for number in (one.passed, one.safe, len(one.lost_by_safe))),
            *(str(number) for number in (one.all - one.safe, len(one.lost_by_all))),
        )
        for one in results
    ]
    head = ("package", "tests that pass", "safe fixes", "then fail", "unsafe fixes", "then fail")
    lost = [
        f"- {one.package}, {kind}: `{test}`"
        for one in results
        for kind, tests in (("safe", one.lost_by_safe), ("unsafe", one.lost_by_all))
        for test in tests
    ]
    tests, safe = sum(one.passed for one in results), sum(one.safe for one in results)
    unsafe = sum(one.all for one in results) - safe
    refused = sum(one.refused for one in results)
    changed = sum(one.all > 0 for one in results)
    return f"""\
# `keyview fix --idioms` on published packages

`keyview fix --idioms --write` was run on the newest release of {len(results)} packages from PyPI, first
without and then with `--unsafe`. The table shows how many of a package's own tests pass, how many fixes were
made, and how many of these tests then fail. Written by `python -m tools.fix_packages`.

{Table(head, rows)}

In all, there are {tests:,} tests; safe fixes: {safe}, unsafe fixes: {unsafe}, in {changed} of the packages.
In the others there was nothing to fix, so their tests prove nothing. Files whose fixes mypy did not accept:
{refused}.

## Tests that fail after the fixes

{chr(10).join(lost) or "None."}
"""


def read(path: Path) -> list[Result]:
    """The results in a file."""
    return [Result(**fields) for fields in json.loads(path.read_text("utf-8"))]


def write(results: list[Result], folder: Path) -> None:
    """Write the results, and the page about them."""
    data = json.dumps([asdict(one) for one in results], indent=1)
    (folder / "fixes.json").write_text(data + "\n", "utf-8")
    (folder / "fixes.md").write_text(page(results), "utf-8")


def main() -> int:
    """Measure the packages. Returns the exit status."""
    parser = ArgumentParser(prog="python -m tools.fix_packages", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="PACKAGE", help="default: all of the list")
    parser.add_argument("--scratch", type=Path, default=ROOT / ".venv" / "fixed")
    parser.add_argument("--timeout", type=float, default=300, help="seconds for one run of tests")
    parser.add_argument("--output", type=Path, default=PROOF, help="the folder to write into")
    options = parser.parse_args()
    listed = tomllib.loads(LIST.read_text("utf-8"))
    path = options.output / "fixes.json"
    kept = {one.package: one for one in read(path)} if path.exists() else {}
    results = []
    for name in options.names or listed:
        one = measure(name, listed[name], options)
        lost = len(one.lost_by_safe) + len(one.lost_by_all)
        print(
            f"{name} {one.version}: {one.failure or f'{one.passed} pass, {one.all} fixes, {lost} lost'}",
            flush=True,
        )
        results.append(one)
        if not one.failure:
            kept[name] = one
        else:
            kept.pop(name, None)
        write([kept[name] for name in listed if name in kept], options.output)
    return int(any(one.lost_by_safe or one.lost_by_all for one in results))


if __name__ == "__main__":
    raise SystemExit(main())

"""Runs a type checker once, over many files, and reads what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import keyview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: The directory to be searched for keyview: `src`, or the site-packages it is installed in.
SOURCE = Path(keyview.__file__).parents[1]

#: Types of packages that come without.
STUBS = Path(__file__).parents[2] / "stubs"


class Diagnostic(NamedTuple):
    """One error that a checker reported."""

    file: Path
    line: int
    code: str
    message: str


def _run(command: Sequence[str]) -> str:
    """The output of a checker, which may find errors (exit 1) but must not fail (2 and above)."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(SOURCE)}
    # In site-packages mypy finds it, and refuses to be told of it.
    places = [STUBS] if SOURCE.name == "site-packages" else [STUBS, SOURCE]
    environment["MYPYPATH"] = os.pathsep.join(map(str, places))
    done = subprocess.run(
        [sys.executable, "-m", *command],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode in (0, 1), f"{command[0]} failed:\n{done.stdout}{done.stderr}"
    return done.stdout


def mypy(
    cases: Iterable[Path], scratch: Path, *options: str, plugins: str = ""
) -> list[Diagnostic]:
    """`mypy --strict` with more options, and no configuration but `plugins`."""
    config = scratch / "mypy.ini"
    config.write_text(f"[mypy]\nplugins = {plugins}\n", "utf-8")
    output = _run(
        [
            *("mypy", "--strict", f"--config-file={config}", f"--cache-dir={os.devnull}"),
            *("--output=json", "--show-absolute-path", "--no-error-summary"),
            *options,
            *map(str, cases),
        ]
    )
    return [
        Diagnostic(Path(error["file"]), error["line"], error["code"], error["message"])
        for error in map(json.loads, output.splitlines())
        if error["severity"] == "error"
    ]


def mypy_with_plugin(cases: Iterable[Path], scratch: Path, *options: str) -> list[Diagnostic]:
    """`mypy --strict`, with the plugin."""
    return mypy(cases, scratch, *options, plugins="keyview.mypy")


def pyright(cases: Iterable[Path], scratch: Path) -> list[Diagnostic]:
    """Pyright in strict mode, for the Python that it finds first, which is this one."""
    project = scratch / "pyrightconfig.json"
    settings: dict[str, Any] = {
        "include": [os.path.relpath(case, scratch) for case in cases],  # It ignores absolute ones.
        "extraPaths": [str(SOURCE)],
        "typeCheckingMode": "strict",
    }
    project.write_text(json.dumps(settings), "utf-8")
    report = json.loads(_run(["pyright", "--outputjson", f"--project={project}"]))
    assert report["summary"]["filesAnalyzed"] == len(settings["include"])
    return [
        Diagnostic(
            Path(error["file"]),
            error["range"]["start"]["line"] + 1,
            error.get("rule", "syntax"),
            error["message"],
        )
        for error in report["generalDiagnostics"]
    ]


def ty(cases: Iterable[Path], scratch: Path, *options: str) -> list[Diagnostic]:
    """What ty says with more options, with the packages that are installed beside this Python."""
    command = ["ty", "check", f"--python={sys.prefix}", f"--project={scratch}", *options]
    command += [f"--extra-search-path={SOURCE}", "--output-format=gitlab", "--no-progress"]
    return [
        Diagnostic(
            Path(error["location"]["path"]).resolve(),
            error["location"]["positions"]["begin"]["line"],
            error["check_name"],
            error["description"],
        )
        for error in json.loads(_run([*command, *map(str, cases)]))
    ]


def pyrefly(cases: Iterable[Path], scratch: Path, *rules: str) -> list[Diagnostic]:
    """Pyrefly's strict preset, with more rules."""
    config = scratch / "pyrefly.toml"
    config.write_text("\n".join(["[errors]", *(f'{rule} = "error"' for rule in rules)]), "utf-8")
    command = ["pyrefly", "check", "--preset=strict", f"--config={config}"]
    command += [f"--python-interpreter-path={sys.executable}", "--output-format=json"]
    if (
        SOURCE.name != "site-packages"
    ):  # There, what is installed would hide the standard library's types.
        command += [f"--search-path={SOURCE}"]
    return [
        Diagnostic(
            Path(error["path"]).resolve(), error["line"], error["name"], error["description"]
        )
        for error in json.loads(_run([*command, *map(str, cases)]))["errors"]
        if error["severity"] == "error"
    ]


def incompletely_typed() -> list[str]:
    """The names of keyview's run time that a user may see and whose types pyright must guess at."""
    report = json.loads(
        _run(["pyright", "--outputjson", "--verifytypes=keyview", "--ignoreexternal"])
    )["typeCompleteness"]
    assert any(symbol["name"] == "keyview.HashMap" for symbol in report["symbols"])
    return [
        f"{symbol['name']}: {[found['message'] for found in symbol['diagnostics']]}"
        for symbol in report["symbols"]
        if symbol["isTypeAmbiguous"] or not symbol["isTypeKnown"]
    ]


#: Each checker, under the name that the comments of the corpus give it.
CHECKERS: dict[str, Callable[[Iterable[Path], Path], list[Diagnostic]]] = {
    "mypy": mypy,
    "plugin": mypy_with_plugin,
    "pyright": pyright,
    "ty": ty,
    "pyrefly": pyrefly,
}

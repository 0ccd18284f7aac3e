"""The packages on which the plugin is measured, and runs of mypy over them.

`packages.toml` has their versions. Each package is installed from PyPI in an environment of its own, with its
dependencies if they have wheels for this Python, else alone. mypy checks the package's own code, as
installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from benchmarks.instructions import COUNTING, counted

if TYPE_CHECKING:
    from argparse import ArgumentParser

__all__ = [
    "DAY",
    "ROOT",
    "Error",
    "FailedError",
    "Package",
    "Table",
    "add_arguments",
    "earlier",
    "instructions",
    "left_out",
    "mypy",
    "packages",
    "python_of",
]

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("packages.toml")

#: What the stamp of an environment says.
WITH_DEPENDENCIES: Final = "with dependencies"
ALONE: Final = "alone"

#: The day of the years for which `packages.toml` has earlier releases.
DAY: Final = "26 November"

#: The seconds that pip may take for a package with all its dependencies.
PATIENCE: Final = 240

#: The options for all packages, whatever their own: those that are about lookups.
OPTIONS = (
    *("--no-incremental", f"--cache-dir={os.devnull}", "--no-error-summary"),
    *("--ignore-missing-imports", "--check-untyped-defs", "--strict-equality"),
    *("--warn-unused-ignores", "--output=json"),
)


class FailedError(Exception):
    """There is no result: the package cannot be installed, or mypy crashed or took too long."""


class Error(NamedTuple):
    """One error that mypy reported."""

    file: str
    line: int
    code: str
    text: str


@dataclass(frozen=True)
class Package:
    """A release on PyPI."""

    name: str
    version: str
    #: Its top-level packages.
    modules: tuple[str, ...]
    #: Whether people run it, rather than import it. Few applications are typed throughout.
    is_application: bool
    #: For an earlier release, the year in which it was the newest, on the day of `DAY`.
    year: str = ""

    def lines(self, home: Path) -> int:
        """How many lines with code its modules have."""
        site = _site(home)
        return sum(
            bool(line.strip()) and not line.lstrip().startswith(b"#")
            for module in self.modules
            for file in site.joinpath(*module.split(".")).rglob("*.py")
            for line in file.read_bytes().splitlines()
        )

    def install(self, scratch: Path) -> Path:
        """The folder in which the release is installed. Installs it if it is not there."""
        home = scratch / f"{self.name}-{self.version}"
        stamp = home / "installed"
        if not stamp.exists():
            venv.create(home, clear=True)
            how = WITH_DEPENDENCIES
            if not self._pip(home, "--only-binary=:all:", timeout=PATIENCE):
                venv.create(home, clear=True)
                how = ALONE
                if not self._pip(home, "--no-deps", timeout=PATIENCE):
                    raise FailedError(f"pip cannot install {self.name} {self.version}")
            for module in self.modules:
                # Without it, mypy reads nothing of an installed package.
                _site(home).joinpath(*module.split("."), "py.typed").touch()
            stamp.write_text(how, "utf-8")
        return home

    def is_alone(self, home: Path) -> bool:
        """Whether it was installed without its dependencies."""
        return (home / "installed").read_text("utf-8") == ALONE

    def _pip(self, home: Path, *options: str, timeout: float) -> bool:
        """Have pip install the release. Returns whether it did."""
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        where = ["--python", str(python_of(home))]
        command = [*pip, *where, "install", "--no-compile", *options]
        try:
            done = subprocess.run(
                [*command, f"{self.name}=={self.version}"], timeout=timeout, check=False
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


@dataclass(frozen=True)
class Table:
    """A table in Markdown."""

    head: tuple[str, ...]
    rows: list[tuple[str, ...]]

    def __str__(self) -> str:
        lines = [self.head, ("--",) * len(self.head), *self.rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def packages(names: list[str]) -> list[Package]:
    """The packages of the list, or those of these names."""
    return [
        Package(name, entry["version"], tuple(entry["modules"]), entry.get("is_application", False))
        for name, entry in _entries(names)
        if "left_out" not in entry
    ]


def earlier(names: list[str]) -> list[Package]:
    """The earlier releases of these packages, or of all."""
    return [
        Package(name, version, tuple(entry["modules"]), entry.get("is_application", False), year)
        for name, entry in _entries(names)
        for year, version in entry.get("earlier", {}).items()
    ]


def left_out() -> dict[str, str]:
    """Why some packages of the list are not measured."""
    return {name: entry["left_out"] for name, entry in _entries([]) if "left_out" in entry}


def _entries(names: list[str]) -> list[tuple[str, dict[str, Any]]]:
    listed = tomllib.loads(LIST.read_text("utf-8"))
    return [(name, listed[name]) for name in names or listed]


def _absolute(folder: str) -> Path:
    return Path(folder).absolute()  # mypy runs in another folder.


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of every measurement."""
    parser.add_argument("names", nargs="*", metavar="PACKAGE", help="of packages.toml; default all")
    parser.add_argument("--scratch", type=_absolute, default=ROOT / ".venv" / "packages")
    parser.add_argument("--timeout", type=float, default=300, help="seconds for one run of mypy")


def mypy(
    package: Package,
    home: Path,
    *options: str,
    plugin: str,
    timeout: float,
    instead: Path | None = None,
) -> list[Error]:
    """What mypy reports in the package.

    `plugin` is a plugin or "". With `instead`, the modules are read from that folder.
    """
    done = _run(package, home, *options, plugin=plugin, timeout=timeout, instead=instead)
    if done.stderr:
        raise FailedError(done.stdout + done.stderr)
    diagnostics = map(json.loads, done.stdout.splitlines())
    return [
        Error(_short(one["file"]), one["line"], one["code"] or "", one["message"])
        for one in diagnostics
        if one["severity"] == "error"
    ]


def instructions(package: Package, home: Path, *, plugin: str, timeout: float) -> int:
    """How many instructions mypy takes for the package, without a cache."""
    done = _run(package, home, plugin=plugin, timeout=timeout, before=COUNTING)
    count = counted(done.stderr)
    if count is None:
        raise FailedError(done.stderr)
    return count


def _run(
    package: Package,
    home: Path,
    *options: str,
    plugin: str,
    timeout: float,
    instead: Path | None = None,
    before: tuple[str, ...] = (),
) -> subprocess.CompletedProcess[str]:
    config = home / "mypy.ini"
    config.write_text(f"[mypy]\nplugins = {plugin}\n", "utf-8")
    path = [ROOT / "src", ROOT] if plugin else []
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(map(str, path)),
    }
    if instead is not None:
        environment["MYPYPATH"] = str(instead)
    modules = [argument for module in package.modules for argument in ("-p", module)]
    command = [
        *(*before, sys.executable, "-m", "mypy", *OPTIONS, *options, f"--config-file={config}"),
        *("--python-executable", str(python_of(home)), *modules),
    ]
    try:
        done = subprocess.run(
            command,
            cwd=home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FailedError(f"mypy took more than {timeout:g} seconds") from None
    if done.returncode not in (0, 1):
        raise FailedError(done.stdout + done.stderr)
    return done


def python_of(home: Path) -> Path:
    """The Python of a virtual environment."""
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _site(home: Path) -> Path:
    """The folder with what is installed in a virtual environment."""
    return Path(sysconfig.get_path("purelib", vars={"base": str(home)}))


def _short(file: str) -> str:
    """The path of a module below the folder that its package was read from."""
    path = Path(file)
    parts = path.parts
    if "site-packages" in parts:
        return Path(*parts[parts.index("site-packages") + 1 :]).as_posix()
    return path.as_posix()

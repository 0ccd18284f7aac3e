"""Runs mypy with the plugin. All other files of the plugin are called by mypy; this one calls mypy."""

from __future__ import annotations

import json
import os
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from mypy.build import build
from mypy.defaults import RECURSION_LIMIT
from mypy.errors import CompileError
from mypy.fscache import FileSystemCache
from mypy.main import process_options

from keyview.mypy import names
from keyview.mypy.host.reporting import REPORTED

if TYPE_CHECKING:
    from mypy.build import State
    from mypy.options import Options

__all__ = ["CouldNotCheckError", "Message", "Report", "check"]


class CouldNotCheckError(Exception):
    """mypy ended without a result. The message is all of its output."""


@dataclass(frozen=True)
class Message:
    """An error or note of mypy, with the notes that explain it."""

    file: str
    line: int
    severity: str
    text: str
    code: str | None
    notes: tuple[str, ...]
    #: Whether the plugin reported the error, perhaps with one of mypy's codes.
    is_ours: bool

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def __str__(self) -> str:
        code = f"  [{self.code}]" if self.is_error and self.code else ""
        return "\n".join(
            [
                f"{self.file}:{self.line}: {self.severity}: {self.text}{code}",
                *(f"{self.file}:{self.line}: note: {note}" for note in self.notes),
            ]
        )


@dataclass(frozen=True)
class Report:
    """The messages of a run of mypy, and the number of source files it checked."""

    messages: tuple[Message, ...]
    files: int


def check(paths: list[str], mypy_options: list[str]) -> Report:
    """Run mypy over `paths`, with the user's configuration, these options and the plugin.

    What plugins print is written to standard error. Raises `CouldNotCheckError`.
    """
    for path in paths:
        if not os.path.exists(path):
            raise CouldNotCheckError(f"there is no file or directory {path!r}")
    sys.setrecursionlimit(RECURSION_LIMIT)
    lines: list[str] = []
    output, printed = StringIO(), StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            report = _run([*mypy_options, "--", *paths], lines, output)
    except CompileError:
        raise CouldNotCheckError("\n".join(map(_shown, lines))) from None
    except SystemExit:  # mypy raises it also after it has reported a crash.
        raise CouldNotCheckError((printed.getvalue() + output.getvalue()).rstrip()) from None
    print(printed.getvalue(), end="", file=sys.stderr)
    return report


def _run(arguments: list[str], lines: list[str], output: StringIO) -> Report:
    cache = FileSystemCache()
    sources, options = process_options(arguments, stdout=output, stderr=output, fscache=cache)
    # mypy ignores a part of a configuration that it cannot read, and continues. Its results would then
    # not be those of the user's project.
    if output.getvalue():
        raise CouldNotCheckError(output.getvalue().rstrip())
    _prepare(options)
    try:
        result = build(
            sources,
            options,
            flush_errors=lambda _file, new, _serious: lines.extend(new),
            fscache=cache,
            stdout=output,
            stderr=output,
        )
    except CompileError:
        raise
    except Exception as error:
        # A plugin cannot be made, or mypy crashed outside of any file.
        raise CouldNotCheckError(output.getvalue() + traceback.format_exc().rstrip()) from error
    if any(_misses_keyview(state) for state in result.graph.values()):
        raise CouldNotCheckError(
            "mypy finds no keyview among the packages of the Python it checks for, so every HashMap "
            "is Any to it; install keyview there"
        )
    return Report(tuple(_message(line) for line in lines), len(sources))


def _misses_keyview(state: State) -> bool:
    """Whether a module that is checked imports keyview, and mypy did not find it."""
    return not state.ignore_all and any(
        module.partition(".")[0] == "keyview" for module in state.suppressed
    )


def _prepare(options: Options) -> None:
    """Add the plugin, have the output as JSON, and let mypy use no cache and write no reports."""
    if names.PLUGIN not in options.plugins:
        options.plugins.append(names.PLUGIN)
    # Without a configuration file, mypy loads no plugins. The plugin's own options may be in a
    # pyproject.toml that has none for mypy.
    options.config_file = options.config_file or "pyproject.toml"
    options.output = "json"
    options.warn_unused_configs = False
    # Do not use the user's cache, which may be from runs without the plugin.
    options.cache_dir = os.devnull
    options.cache_map = {}
    options.num_workers = 0
    options.report_dirs = {}


def _message(line: str) -> Message:
    fields = json.loads(line)
    place = (os.path.abspath(fields["file"]), fields["line"], fields["message"])
    return Message(
        is_ours=place in REPORTED,
        file=fields["file"],
        line=fields["line"],
        severity=fields["severity"],
        text=fields["message"],
        code=fields["code"],
        notes=tuple((fields["hint"] or "").splitlines()),
    )


def _shown(line: str) -> str:
    """A line of output as text. If a run fails early, its lines are not yet JSON."""
    return str(_message(line)) if line.startswith("{") else line

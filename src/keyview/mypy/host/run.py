"""Runs mypy with the plugin over some paths: the one file that calls mypy, and is not called by it."""

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
    """mypy did not get as far as a result; the message is everything that it said."""


@dataclass(frozen=True)
class Message:
    """One error or note of mypy, with the notes that explain it."""

    file: str
    line: int
    severity: str
    text: str
    code: str | None
    notes: tuple[str, ...]
    #: Whether the plugin reported it, perhaps with a code of mypy's.
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
    """What mypy said about how many source files."""

    messages: tuple[Message, ...]
    files: int


def check(paths: list[str], mypy_options: list[str]) -> Report:
    """What mypy says about `paths`, with their own configuration, these options and the plugin.

    What mypy's plugins print meanwhile goes to standard error. Raises `CouldNotCheckError`.
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
    except SystemExit:  # mypy reports its crashes, and its plugins', in this way, too.
        raise CouldNotCheckError((printed.getvalue() + output.getvalue()).rstrip()) from None
    print(printed.getvalue(), end="", file=sys.stderr)
    return report


def _run(arguments: list[str], lines: list[str], output: StringIO) -> Report:
    cache = FileSystemCache()
    sources, options = process_options(arguments, stdout=output, stderr=output, fscache=cache)
    # mypy goes on without the part of a configuration that it cannot read; its verdict would be
    # one about another project.
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
        # A plugin that cannot be made, or a crash outside of any file.
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
    """Add the plugin; make the output readable, and mypy read and write nothing but the sources."""
    if names.PLUGIN not in options.plugins:
        options.plugins.append(names.PLUGIN)
    # mypy loads no plugins without a configuration file, whatever the list says; and ours may be
    # configured in one that says nothing of mypy.
    options.config_file = options.config_file or "pyproject.toml"
    options.output = "json"
    options.warn_unused_configs = False
    # Neither believe nor replace the cache of their own runs, which were perhaps without the plugin.
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
    """A line of a run that failed, which may have failed before it spoke JSON."""
    return str(_message(line)) if line.startswith("{") else line

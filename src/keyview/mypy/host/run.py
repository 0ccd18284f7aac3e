"""Runs mypy with the plugin. All other files of the plugin are called by mypy; this one calls mypy."""

from __future__ import annotations

import json
import os
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from mypy.build import build
from mypy.defaults import RECURSION_LIMIT
from mypy.errors import CompileError
from mypy.fscache import FileSystemCache
from mypy.main import process_options

from keyview.mypy import names
from keyview.mypy.host import tally
from keyview.mypy.host.notes import code_named

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from mypy.build import State
    from mypy.options import Options

    from keyview.mypy.host.tally import Fate

__all__ = ["CouldNotCheckError", "Message", "Report", "Settings", "check"]


#: How mypy says that there is nothing to check.
NO_TARGET: Final = "Missing target module, package, files, or command."


class CouldNotCheckError(Exception):
    """mypy ended without a result. The message is all of its output."""


@dataclass(frozen=True)
class Message:
    """An error or note of mypy, with the notes that explain it."""

    file: str
    line: int
    #: From 1; 0 if mypy names none.
    column: int
    end_line: int
    end_column: int
    severity: str
    text: str
    code: str | None
    notes: tuple[str, ...]

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def rule(self) -> str | None:
        """The code of ours that it is about, which `keyview explain` knows; `code` may be one of mypy's."""
        return code_named(self.notes)

    @property
    def is_ours(self) -> bool:
        """Whether the plugin reported it, perhaps with a code of mypy's."""
        return self.rule is not None

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
    """What mypy said about which source files."""

    messages: tuple[Message, ...]
    files: tuple[str, ...]
    #: How many lookups of these files were judged, and why others were not.
    lookups: Counter[Fate]


@dataclass(frozen=True)
class Settings:
    """What to check, and how to run mypy."""

    #: The folder of the cache; not that of mypy's other runs, which are perhaps without the plugin.
    cache_dir: str
    #: Without any, what mypy's configuration names.
    paths: tuple[str, ...] = ()
    #: Further options of mypy's.
    mypy_options: tuple[str, ...] = ()
    #: How many processes check; with 0 it is this one.
    workers: int = 0


def check(settings: Settings, progress: Callable[[str], None] = lambda _file: None) -> Report:
    """What mypy says with a project's own configuration and the plugin.

    `progress` is called with each file that has been checked. What mypy's plugins print meanwhile goes to
    standard error. Raises `CouldNotCheckError`.
    """
    for path in settings.paths:
        if not os.path.exists(path):
            raise CouldNotCheckError(f"there is no file or directory {path!r}")
    sys.setrecursionlimit(RECURSION_LIMIT)
    lines: list[str] = []
    output, printed = StringIO(), StringIO()

    def flush(file: str | None, new: list[str], _serious: bool) -> None:
        lines.extend(new)
        if file is not None:
            progress(file)

    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            report = _run(settings, lines, output, flush)
    except CompileError:
        raise CouldNotCheckError("\n".join(map(_shown, lines))) from None
    except SystemExit:  # mypy reports its crashes, and its plugins', in this way, too.
        said = (printed.getvalue() + output.getvalue()).rstrip()
        if said.endswith(NO_TARGET):
            said = "no PATH is given, and mypy's configuration names no files"
        raise CouldNotCheckError(said) from None
    print(printed.getvalue(), end="", file=sys.stderr)
    return report


def _run(
    settings: Settings,
    lines: list[str],
    output: StringIO,
    flush: Callable[[str | None, list[str], bool], None],
) -> Report:
    cache = FileSystemCache()
    arguments = [*settings.mypy_options, *(["--", *settings.paths] if settings.paths else [])]
    sources, options = process_options(arguments, stdout=output, stderr=output, fscache=cache)
    # mypy ignores a part of a configuration that it cannot read, and continues. Its results would then
    # not be those of the user's project.
    if output.getvalue():
        raise CouldNotCheckError(output.getvalue().rstrip())
    _prepare(options, settings)
    tally.prepare(settings.cache_dir)
    try:
        result = build(
            sources, options, flush_errors=flush, fscache=cache, stdout=output, stderr=output
        )
    except CompileError:
        raise
    except Exception as error:
        if settings.workers and "build worker" in str(error):
            raise CouldNotCheckError(
                "mypy's workers did not start in time; try again, or without -n"
            ) from error
        # A plugin that cannot be made, or a crash outside of any file.
        raise CouldNotCheckError(output.getvalue() + traceback.format_exc().rstrip()) from error
    if any(_misses_keyview(state) for state in result.graph.values()):
        raise CouldNotCheckError(
            "mypy finds no keyview among the packages of the Python it checks for, so every HashMap "
            "is Any to it; install keyview there"
        )
    # A line that is no JSON is of no file: "unused section(s)" of mypy's configuration.
    print(*(line for line in lines if not _is_message(line)), sep="\n", end="", file=sys.stderr)
    messages = tuple(_message(line) for line in lines if _is_message(line))
    lookups = tally.total(settings.cache_dir, (source.module for source in sources))
    return Report(messages, tuple(source.path for source in sources if source.path), lookups)


def _misses_keyview(state: State) -> bool:
    """Whether a module that is checked imports keyview, and mypy did not find it."""
    return not state.ignore_all and any(
        module.partition(".")[0] == "keyview" for module in state.suppressed
    )


def _prepare(options: Options, settings: Settings) -> None:
    """Add the plugin, make the output readable, and have nothing else written than our cache."""
    if names.PLUGIN not in options.plugins:
        options.plugins.append(names.PLUGIN)
    # Without a configuration file, mypy loads no plugins. The plugin's own options may be in a
    # pyproject.toml that has none for mypy.
    options.config_file = options.config_file or "pyproject.toml"
    options.output = "json"
    # Some paths of a project need not use every section of its configuration.
    options.warn_unused_configs = options.warn_unused_configs and not settings.paths
    # mypy would hide errors where there are many.
    options.many_errors_threshold = -1
    options.cache_dir = settings.cache_dir
    options.cache_map = {}
    options.num_workers = settings.workers
    options.report_dirs = {}


def _is_message(line: str) -> bool:
    return line.startswith("{")


def _message(line: str) -> Message:
    fields = json.loads(line)
    return Message(
        file=fields["file"],
        line=fields["line"],
        column=fields["column"] + 1,
        end_line=fields.get("end_line", fields["line"]),
        end_column=fields.get("end_column", fields["column"]) + 1,
        severity=fields["severity"],
        text=fields["message"],
        code=fields["code"],
        notes=tuple((fields["hint"] or "").splitlines()),
    )


def _shown(line: str) -> str:
    """A line of a run that failed, which may have failed before it spoke JSON."""
    return str(_message(line)) if _is_message(line) else line

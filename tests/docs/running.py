"""Runs the programs of a page, and compares what they print with what it shows."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import traceback
from types import ModuleType
from typing import TYPE_CHECKING

from tests.typing.checkers import SOURCE
from tools.blocks import programs

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tools.blocks import Command

TRACEBACK = "Traceback (most recent call last):\n"


def run_programs(
    page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The programs of a page print what it shows."""
    for program in programs(page):
        module = ModuleType("__main__")
        monkeypatch.setitem(sys.modules, "__main__", module)  # As for a reader; pickle asks there.
        for block, shown in program:
            # The lines of the page, for the traceback.
            code = compile("\n" * (block.line - 1) + block.code, page, "exec", dont_inherit=True)
            error = ""
            try:
                exec(code, vars(module))
            except Exception as raised:
                if TRACEBACK not in shown:
                    raise
                error = TRACEBACK + "".join(traceback.format_exception_only(raised))
            assert_same(capsys.readouterr().out + error, shown)


def output_of(command: Command, folder: Path, backend: str, cache: Path | str = os.devnull) -> str:
    """What a command prints, on either stream; only what shows its error may fail."""
    program, *arguments = command.words
    ours = [] if program == "python" else ["-m", program]
    done = subprocess.run(
        [sys.executable, *ours, *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(SOURCE),
            "PYTHONUNBUFFERED": "1",
            "KEYVIEW_BACKEND": backend,
            "MYPY_CACHE_DIR": str(cache),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout.replace(f"{folder}{os.sep}", "")


def assert_same(printed: str, shown: str) -> None:
    """What is printed is what is shown, but for the frames of tracebacks and what `...` stands for."""
    frames = re.compile(rf"(?<={re.escape(TRACEBACK)})( .*\n)+", re.MULTILINE)
    printed, shown = frames.sub("", printed), frames.sub("", shown)
    if not doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS):
        assert printed == shown

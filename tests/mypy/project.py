"""A project in a directory of its own, and mypy runs over it."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import mypy

from tests.typing.checkers import SOURCE

#: Whether the typeshed of this mypy has Python 3.15's `frozendict`.
TYPESHED_HAS_FROZENDICT = "class frozendict" in (
    Path(mypy.__file__).parent / "typeshed" / "stdlib" / "builtins.pyi"
).read_text("utf-8")

#: How often a run is tried whose workers have not started in time.
ATTEMPTS = 10


class Project:
    """A directory with a program, and mypy runs over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # mypy tells by whole seconds whether a file is new.
        self._seconds = count(1_000_000_000)
        self.write("mypy.ini", "[mypy]\nplugins = keyview.mypy\n")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text, "utf-8")
        written = next(self._seconds)
        os.utime(path, (written, written))

    def run(self, *arguments: str, tool: str = "mypy") -> str:
        """What mypy says of a project that it can check."""
        done = self.attempt(*arguments, tool=tool)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return done.stdout

    def attempt(self, *arguments: str, tool: str = "mypy") -> subprocess.CompletedProcess[str]:
        """A run of mypy, or of its daemon's client, that may fail.

        mypy waits three seconds for its workers to start, which is too short on a machine that is busy:
        such a run is tried again.
        """
        for _ in range(ATTEMPTS):
            done = self._attempt(*arguments, tool=tool)
            if "Failed to establish connection with worker" not in done.stdout + done.stderr:
                break
        return done

    def _attempt(self, *arguments: str, tool: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", tool, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )

    def check(self, *arguments: str) -> str:
        return self.run("--no-error-summary", *arguments, "program.py")

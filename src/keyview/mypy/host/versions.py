"""The versions of mypy that the plugin works with."""

from __future__ import annotations

from typing import Final, Never

from mypy import version
from mypy.errors import CompileError, Errors, ErrorWatcher
from mypy.options import Options

__all__ = ["missing_of_mypy", "stop"]

#: The oldest mypy that the tests run with.
OLDEST: Final = (1, 19)

#: The private attributes of mypy that `host` uses: the object or class, and the name.
PRIVATE: Final = (
    (Errors(Options()), "_watchers"),
    (Errors(Options()), "error_info_map"),
    (ErrorWatcher, "on_error"),
)


def missing_of_mypy() -> str:
    """A message if the plugin does not work with this version of mypy; else an empty string."""
    known = version.__version__.split(".")[:2]
    if all(map(str.isdecimal, known)) and tuple(map(int, known)) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        return f"keyview.mypy needs mypy {oldest} or later, and this is {version.__version__}"
    missing = [name for owner, name in PRIVATE if not hasattr(owner, name)]
    if missing:
        return (
            f"keyview.mypy does not know mypy {version.__version__}, which has no {missing[0]}; "
            f"update keyview, or use an older mypy"
        )
    return ""


def stop(reason: str) -> Never:
    """End the run of mypy, which shows the reason as its only output."""
    raise CompileError([reason])

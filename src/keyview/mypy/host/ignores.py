"""What ignores an error of ours: mypy's comment with any code that fits, and a comment of our own.

An error may be reported with a code of ours or with mypy's, and which depends on what mypy would say by
itself. An ignore is to mean the same in each run, so it may name any of the codes. Without the plugin, mypy
reports an ignore that only the plugin needs as unused: `# keyview: ignore` is for whoever runs both.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy.errorcodes import ErrorCode
    from mypy.errors import Errors
    from mypy.nodes import Context

__all__ = ["Ignores"]

COMMENT: Final = re.compile(r"#\s*keyview:\s*ignore(?:\[(?P<codes>[\w\s,-]*)\])?")


class Ignores:
    """The ignores at one place in the file that mypy is at, for an error with any of some codes."""

    def __init__(self, errors: Errors, context: Context, codes: Sequence[ErrorCode]) -> None:
        self._errors = errors
        self._codes = codes
        self._lines = range(context.line, max(context.end_line or 0, context.line) + 1)

    @property
    def code(self) -> ErrorCode:
        """The code to report with: one that an ignore of mypy's names, else the first."""
        return next((code for code in self._codes if any(self._naming(code))), self._codes[0])

    @property
    def has_comment(self) -> bool:
        """Whether a comment of ours says not to report the error."""
        names = {code.code for code in self._codes}
        source = _lines(self._errors.file)
        found = (
            COMMENT.search(line) for line in source[self._lines.start - 1 : self._lines.stop - 1]
        )
        return any(
            match["codes"] is None or names & set(re.split(r"[\s,]+", match["codes"]))
            for match in found
            if match
        )

    def use(self) -> None:
        """Have mypy take each of the codes that an ignore names for used."""
        for code in self._codes:
            for line in self._naming(code):
                self._errors.used_ignored_lines[self._errors.file][line].append(code.code)

    def _naming(self, code: ErrorCode) -> list[int]:
        ignored = self._errors.ignored_lines.get(self._errors.file, {})
        # One without a code names each.
        named = ((line, ignored[line]) for line in self._lines if line in ignored)
        return [line for line, codes in named if not codes or code.code in codes]


def _lines(file: str) -> list[str]:
    """The lines of a file; none of a program that is in none, as with `mypy -c`."""
    try:
        status = os.stat(file)
    except OSError:
        return []
    return _read(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(file: str, _mtime: int, _size: int) -> list[str]:
    with open(file, encoding="utf-8", errors="replace") as source:
        return source.read().splitlines()

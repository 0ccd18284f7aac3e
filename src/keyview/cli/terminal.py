"""Output for a terminal: colours, and a line that shows the progress of a run."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TextIO

from keyview.cli.status import CUT_OFF

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Progress", "Style", "output", "style_of"]

#: The escape code for each kind of text.
MARKS: Final = {
    "file": "1",
    "heading": "1",
    "error": "1;31",
    "note": "36",
    "example": "36",
    "code": "33",
    "faint": "2",
    "added": "32",
    "removed": "31",
}
#: Goes back to the start of the line, and erases the line.
ERASE: Final = "\r\x1b[K"


@dataclass(frozen=True)
class Style:
    """Marks text for a terminal, or leaves it as it is."""

    is_coloured: bool = False

    def mark(self, kind: str, text: str) -> str:
        """Mark a text of one of the kinds in `MARKS`."""
        return f"\x1b[{MARKS[kind]}m{text}\x1b[0m" if self.is_coloured and text else text


def style_of(stream: TextIO) -> Style:
    """Colours if the stream is a terminal that has them, or FORCE_COLOR is set; none if NO_COLOR is."""
    if os.environ.get("NO_COLOR"):
        return Style()
    return Style(bool(os.environ.get("FORCE_COLOR")) or _is_terminal(stream))


def _is_terminal(stream: TextIO) -> bool:
    # The old console of Windows shows the marks as they are.
    has_colours = sys.platform != "win32" or "WT_SESSION" in os.environ
    return has_colours and os.environ.get("TERM") != "dumb" and stream.isatty()


@contextmanager
def output() -> Iterator[None]:
    """Where standard output is written: if nobody reads it any more, the command ends quietly."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        with open(os.devnull, "wb") as nowhere:  # For what Python writes when it ends.
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        raise SystemExit(CUT_OFF) from None


class Progress:
    """A line on standard error that says how many files have been checked; on a terminal only."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_shown = _is_terminal(stream)
        self._files = 0

    def file_checked(self, file: str) -> None:
        """Say that one more file has been checked."""
        self._files += 1
        self._show(f"{self._files} checked: {file}"[:78])

    def stage(self, text: str) -> None:
        """Say what is done now."""
        self._show(text)

    def end(self) -> None:
        """Remove the line."""
        self._show("")

    def _show(self, text: str) -> None:
        if self._is_shown:
            print(ERASE + text, end="", file=self._stream, flush=True)

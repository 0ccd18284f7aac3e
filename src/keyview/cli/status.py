"""The exit statuses of the command."""

from __future__ import annotations

from typing import Final

__all__ = ["CLEAN", "CUT_OFF", "FAILED", "FOUND", "StoppedError"]

CLEAN: Final = 0
FOUND: Final = 1
FAILED: Final = 2
#: What a shell says of a tool that SIGPIPE has ended, as the reader of its output has gone.
CUT_OFF: Final = 141


class StoppedError(Exception):
    """The command cannot run. The message says why, and what to do."""

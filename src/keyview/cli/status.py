"""The exit statuses of the command."""

from __future__ import annotations

from typing import Final

__all__ = ["CLEAN", "FAILED", "FOUND", "StoppedError"]

CLEAN: Final = 0
FOUND: Final = 1
FAILED: Final = 2


class StoppedError(Exception):
    """The command cannot run. The message says why, and what to do."""

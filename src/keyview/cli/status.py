"""How the command exits."""

from __future__ import annotations

from typing import Final

__all__ = ["CLEAN", "FAILED", "FOUND", "StoppedError"]

CLEAN: Final = 0
FOUND: Final = 1
FAILED: Final = 2


class StoppedError(Exception):
    """The command cannot do what it was asked to; the message says why, and what to do."""

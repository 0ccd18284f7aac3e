"""The command `keyview`.

`keyview check` shows the lookups that mypy's plugin refuses, `keyview explain` what its error codes mean.
`arguments` says what can be asked of it; each subcommand has a file of its own.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from keyview.cli import check, explain
from keyview.cli.arguments import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = parsed(sys.argv[1:] if argv is None else argv)
    if options.command == "explain":
        return explain.run(options.code)
    return check.run(options)

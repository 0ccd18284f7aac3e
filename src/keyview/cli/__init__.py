"""The command `keyview`.

`keyview check` runs mypy with the plugin, and shows the errors that the plugin reports. `keyview fix` fixes
some of them, and `keyview explain` shows what the error codes mean. The arguments are in `arguments`; each
subcommand has a file or folder of its own.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from keyview.cli import check, explain, fix
from keyview.cli.arguments import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Returns its exit status."""
    options = parsed(sys.argv[1:] if argv is None else argv)
    if options.command == "explain":
        return explain.run(options.code)
    if options.command == "fix":
        return fix.run(options)
    return check.run(options)

"""`keyview explain`: show what an error code means."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

from keyview.cli.pages import WIDTH, UnknownCodeError, explained, summaries
from keyview.cli.status import CLEAN, FAILED
from keyview.cli.terminal import output, style_of

__all__ = ["run"]


def run(code: str | None) -> int:
    """Show the page of a code, or list all codes. Returns the exit status."""
    style = style_of(sys.stdout)
    if code is None:
        codes = summaries()
        width = max(map(len, codes))
        with output():
            for each, summary in codes.items():
                print(f"{style.mark('code', each)}{' ' * (width - len(each))}  {summary}")
        return CLEAN
    columns = get_terminal_size((WIDTH + 1, 0)).columns
    try:
        page = explained(code, style, min(WIDTH, columns - 1))
    except UnknownCodeError as error:
        print(f"keyview explain: {error}", file=sys.stderr)
        return FAILED
    with output():
        print(page, end="")
    return CLEAN

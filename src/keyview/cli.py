"""The command `keyview`: `keyview check` shows the lookups that mypy's plugin refuses."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keyview import __version__, backend

if TYPE_CHECKING:
    from keyview.mypy.host.run import Report

__all__ = ["main"]

CLEAN, FOUND, COULD_NOT_CHECK = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    arguments, mypy_options = _split(sys.argv[1:] if argv is None else argv)
    options = _parser().parse_args(arguments)
    try:
        from keyview.mypy.host.run import CouldNotCheckError, check
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "mypy":
            raise
        return _could_not_check("mypy is not installed; run `pip install keyview[mypy]`")
    try:
        report = check(options.paths, mypy_options)
    except CouldNotCheckError as error:
        return _could_not_check(str(error))
    return _show(report, everything=options.all)


def _split(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """Our arguments, and mypy's: what comes after `--`."""
    ours, mypys = list(argv), []
    if "--" in ours:
        at = ours.index("--")
        ours, mypys = ours[:at], ours[at + 1 :]
    return ours, mypys


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="keyview", description="Typed maps with views of their keys."
    )
    version = f"keyview {__version__}, {backend} backend"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="find lookups that can never succeed",
        usage="%(prog)s [-h] [--all] PATH... [-- MYPY OPTIONS]",
        description="Run mypy with keyview's plugin, and show the lookups that can never succeed. "
        "Your mypy configuration is respected; its cache is not touched. Exits with 1 if there is "
        "something to show, 2 if mypy could not run.",
    )
    check.add_argument("paths", nargs="+", metavar="PATH", help="a file or directory to check")
    check.add_argument("--all", action="store_true", help="show mypy's other errors, too")
    return parser


def _could_not_check(reason: str) -> int:
    print(f"keyview check could not run: {reason}", file=sys.stderr)
    return COULD_NOT_CHECK


def _show(report: Report, *, everything: bool) -> int:
    shown = [message for message in report.messages if everything or message.is_ours]
    for message in shown:
        print(message)
    ours = sum(message.is_error and message.is_ours for message in report.messages)
    others = sum(message.is_error and not message.is_ours for message in report.messages)
    print(
        f"{_count(ours, 'wrong lookup')} in {_count(report.files, 'file')}"
        + (f"; {_count(others, 'other error')} of mypy's" if others else "")
        + ("" if everything or not others else ", which --all shows")
    )
    return FOUND if any(message.is_error for message in shown) else CLEAN


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

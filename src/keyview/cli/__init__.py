"""The command `keyview`.

`keyview check` shows the lookups that mypy's plugin refuses, `keyview explain` what its error codes mean.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keyview import __version__, backend
from keyview.cli.explain import UnknownCodeError, explained, summaries

if TYPE_CHECKING:
    from keyview.mypy.host.run import Report

__all__ = ["main"]

CLEAN, FOUND, FAILED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    arguments, mypy_options = _split(sys.argv[1:] if argv is None else argv)
    options = _parser().parse_args(arguments)
    if options.command == "explain":
        return _explain(options.code)
    return _check(options.paths, mypy_options, everything=options.all)


def _explain(code: str | None) -> int:
    if code is None:
        codes = summaries()
        width = max(map(len, codes))
        for each, summary in codes.items():
            print(f"{each:{width}}  {summary}")
        return CLEAN
    try:
        print(explained(code), end="")
    except UnknownCodeError as error:
        print(f"keyview explain: {error}", file=sys.stderr)
        return FAILED
    return CLEAN


def _check(paths: list[str], mypy_options: list[str], *, everything: bool) -> int:
    try:
        from keyview.mypy.host.run import CouldNotCheckError, check
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "mypy":
            raise
        return _could_not_check("mypy is not installed; run `pip install keyview[mypy]`")
    try:
        report = check(paths, mypy_options)
    except CouldNotCheckError as error:
        return _could_not_check(str(error))
    return _show(report, everything=everything)


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
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
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
    explain = commands.add_parser(
        "explain",
        help="say what an error code means",
        description="Show the page of one of the plugin's error codes: why it is given, how to fix "
        "it, and when to silence it. Without a code, list them all.",
    )
    explain.add_argument("code", nargs="?", metavar="CODE", help="an error code, such as key-view")
    return parser


def _could_not_check(reason: str) -> int:
    print(f"keyview check could not run: {reason}", file=sys.stderr)
    return FAILED


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

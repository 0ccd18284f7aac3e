"""The command `keyview`.

`keyview check` runs mypy with the plugin, and shows the errors that the plugin reports. `keyview
explain` shows what its error codes mean.
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
    """Run the command. Returns its exit status."""
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
    """The arguments of this command, and those for mypy, which come after `--`."""
    own, mypy_options = list(argv), []
    if "--" in own:
        at = own.index("--")
        own, mypy_options = own[:at], own[at + 1 :]
    return own, mypy_options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="keyview", description="Find lookups that can never find a key."
    )
    version = f"keyview {__version__}, {backend} backend"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="find lookups that can never succeed",
        usage="%(prog)s [-h] [--all] PATH... [-- MYPY OPTIONS]",
        description="Run mypy with keyview's plugin, and show the lookups that can never succeed. "
        "mypy reads your configuration, and does not use its cache. The exit status is 1 if errors "
        "were shown, 2 if mypy could not run.",
    )
    check.add_argument("paths", nargs="+", metavar="PATH", help="a file or directory to check")
    check.add_argument("--all", action="store_true", help="show mypy's other errors, too")
    explain = commands.add_parser(
        "explain",
        help="say what an error code means",
        description="Show the page of an error code: what the error means, how to fix it, and when "
        "to silence it. Without a code, list all codes.",
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

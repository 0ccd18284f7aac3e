"""The arguments of the command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from keyview import __version__, backend
from keyview.cli.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CACHE", "CheckOptions", "parsed"]

#: The folder of the cache of `keyview check`, in the current folder.
CACHE: Final = ".keyview_cache"


class CheckOptions(argparse.Namespace):
    """The arguments of `keyview check`, and those of the command as a whole."""

    command: str
    #: The argument of `explain`.
    code: str | None
    paths: list[str]
    #: The options after `--`.
    mypy_options: list[str]
    all: bool
    format: str
    baseline: str | None
    update_baseline: bool
    diff: str | None
    workers: int
    #: None for no cache.
    cache_dir: str | None
    #: Of `fix`.
    write: bool
    unsafe: bool
    idioms: bool


def parsed(argv: Sequence[str]) -> CheckOptions:
    """Parse the arguments of the command. Wrong arguments end the program."""
    own, mypy_options = _split(argv)
    parser, check = _parsers()
    options = parser.parse_args(own, CheckOptions(mypy_options=mypy_options))
    if options.command == "check" and options.update_baseline and options.baseline is None:
        check.error("--update-baseline needs --baseline FILE, the file to write")
    return options


def _split(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """The arguments of this command, and those for mypy, which come after `--`."""
    own, mypy_options = list(argv), []
    if "--" in own:
        at = own.index("--")
        own, mypy_options = own[:at], own[at + 1 :]
    return own, mypy_options


def _parsers() -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """The parser of the command, and that of `check`."""
    parser = argparse.ArgumentParser(
        prog="keyview", description="Find lookups that can never find a key."
    )
    version = f"keyview {__version__}, {backend} backend"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="find lookups that can never succeed",
        usage="%(prog)s [-h] [OPTIONS] [PATH...] [-- MYPY OPTIONS]",
        description="Run mypy with keyview's plugin, and show the lookups that can never succeed. "
        "mypy reads your configuration, but uses a separate cache. The exit status is 1 if "
        "errors were shown, 2 if mypy could not run.",
    )
    _add_check(check)
    fix = commands.add_parser(
        "fix",
        help="fix lookups that can never succeed",
        usage="%(prog)s [-h] [OPTIONS] [PATH...] [-- MYPY OPTIONS]",
        description="Convert the query, if the note of an error says how, and show the difference. "
        "mypy checks the new sources first. The exit status is 1 if fixes were shown and not written, "
        "2 if mypy could not run.",
    )
    _add_paths(fix)
    fix.add_argument("--write", action="store_true", help="write the fixes into the files")
    fix.add_argument("--unsafe", action="store_true", help="also make fixes that are not safe")
    fix.add_argument(
        "--idioms",
        action="store_true",
        help="instead of fixing errors, rewrite code that looks the same key up twice",
    )
    _add_run(fix)
    explain = commands.add_parser(
        "explain",
        help="say what an error code means",
        description="Show the page of an error code: what the error means, how to fix it, and when "
        "to silence it. Without a code, list all codes.",
    )
    explain.add_argument("code", nargs="?", metavar="CODE", help="an error code, such as key-view")
    return parser, check


def _add_check(check: argparse.ArgumentParser) -> None:
    _add_paths(check)
    check.add_argument(
        "--idioms",
        action="store_true",
        help="also show code that looks the same key up twice; needs LibCST, as `keyview fix` does",
    )
    check.add_argument("--all", action="store_true", help="show mypy's other errors, too")
    check.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="the format of the output: %(choices)s; the default is text",
        metavar="FORMAT",
    )
    before = check.add_mutually_exclusive_group()
    before.add_argument(
        "--baseline",
        metavar="FILE",
        help="do not show errors that this file lists from an earlier run",
    )
    before.add_argument(
        "--diff", metavar="REVISION", help="show only errors that are not in this revision of git"
    )
    check.add_argument(
        "--update-baseline", action="store_true", help="write the errors of this run to that file"
    )
    _add_run(check)


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file or folder to check; if none is given, those that mypy's configuration names",
    )


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-n",
        "--workers",
        type=_count,
        default=0,
        metavar="N",
        help="check with N processes at once; needs mypy 2 or later",
    )
    parser.add_argument(
        "--cache-dir",
        default=CACHE,
        metavar="DIR",
        help="the folder of the cache, which makes the next run faster; the default is %(default)s",
    )
    parser.add_argument(
        "--no-cache",
        dest="cache_dir",
        action="store_const",
        const=None,
        help="neither read nor write a cache",
    )


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes, such as 4")
    return int(text)

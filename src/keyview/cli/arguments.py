"""What can be asked of the command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from keyview import __version__, backend
from keyview.cli.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CACHE", "CheckOptions", "parsed"]

#: Where the cache of `keyview check` is, from the current folder.
CACHE: Final = ".keyview_cache"


class CheckOptions(argparse.Namespace):
    """What is asked of `keyview check`, and of the command as a whole."""

    command: str
    #: Of `explain`.
    code: str | None
    paths: list[str]
    #: What comes after `--`.
    mypy_options: list[str]
    all: bool
    format: str
    baseline: str | None
    update_baseline: bool
    diff: str | None
    workers: int
    #: None for no cache.
    cache_dir: str | None


def parsed(argv: Sequence[str]) -> CheckOptions:
    """The arguments of the command; what is wrong with them ends the program."""
    ours, mypy_options = _split(argv)
    parser, check = _parsers()
    options = parser.parse_args(ours, CheckOptions(mypy_options=mypy_options))
    if options.command == "check" and options.update_baseline and options.baseline is None:
        check.error("--update-baseline needs --baseline FILE, the file to write")
    return options


def _split(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """Our arguments, and mypy's: what comes after `--`."""
    ours, mypys = list(argv), []
    if "--" in ours:
        at = ours.index("--")
        ours, mypys = ours[:at], ours[at + 1 :]
    return ours, mypys


def _parsers() -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """The parser of the command, and that of `check`."""
    parser = argparse.ArgumentParser(
        prog="keyview", description="Typed maps with views of their keys."
    )
    version = f"keyview {__version__}, {backend} backend"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="find lookups that can never succeed",
        usage="%(prog)s [-h] [OPTIONS] [PATH...] [-- MYPY OPTIONS]",
        description="Run mypy with keyview's plugin, and show the lookups that can never succeed. "
        "Your mypy configuration is respected; the cache is not mypy's own. Exits with 1 if there is "
        "something to show, 2 if mypy could not run.",
    )
    _add_check(check)
    explain = commands.add_parser(
        "explain",
        help="say what an error code means",
        description="Show the page of one of the plugin's error codes: why it is given, how to fix "
        "it, and when to silence it. Without a code, list them all.",
    )
    explain.add_argument("code", nargs="?", metavar="CODE", help="an error code, such as key-view")
    return parser, check


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file or folder to check; without any, what mypy's configuration names",
    )
    check.add_argument("--all", action="store_true", help="show mypy's other errors, too")
    check.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="how to show what is found: %(choices)s; text if not given",
        metavar="FORMAT",
    )
    before = check.add_mutually_exclusive_group()
    before.add_argument(
        "--baseline", metavar="FILE", help="do not show again what this file has of an earlier run"
    )
    before.add_argument(
        "--diff", metavar="REVISION", help="show only what is not in this revision of git"
    )
    check.add_argument(
        "--update-baseline", action="store_true", help="write what is found now into that file"
    )
    check.add_argument(
        "-n",
        "--workers",
        type=_count,
        default=0,
        metavar="N",
        help="let N processes check at once; mypy 2 and later can",
    )
    check.add_argument(
        "--cache-dir",
        default=CACHE,
        metavar="DIR",
        help="where to keep what the next run need not check again; %(default)s if not given",
    )
    check.add_argument(
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

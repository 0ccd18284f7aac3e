"""`keyview fix`: converts what is looked up, where the plugin's note says how.

Nothing is changed that is not proved: mypy checks the new sources in place of the old ones, and a file stays
as it is if an error is still there, or a new one is.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from keyview.cli.check import report_of
from keyview.cli.fix.advice import fix_for
from keyview.cli.mypy_options import refuse
from keyview.cli.status import CLEAN, FAILED, FOUND, StoppedError
from keyview.cli.summary import counted
from keyview.cli.terminal import Progress, style_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keyview.cli.arguments import CheckOptions
    from keyview.cli.fix.advice import Fix
    from keyview.cli.terminal import Style
    from keyview.mypy.host.run import Message, Report

__all__ = ["run"]


class Change(NamedTuple):
    """A file as it is and as it is to be."""

    file: str
    old: str
    new: str
    fixed: list[Message]


@dataclass(frozen=True)
class Outcome:
    """What can be fixed, and what cannot."""

    changes: list[Change]
    #: Files that mypy does not accept as they were to be, and why.
    refused: list[tuple[Change, str]]
    #: How many errors have a fix that is not safe, and was not asked for.
    unsafe: int
    #: How many have none.
    rest: int


def run(options: CheckOptions) -> int:
    """Show the fixes, or write them; the exit status."""
    progress = Progress(sys.stderr)
    try:
        try:
            outcome = _outcome(options, progress)
        finally:
            progress.end()
    except StoppedError as error:
        print(f"keyview fix could not run: {error}", file=sys.stderr)
        return FAILED
    for change in outcome.changes:
        if options.write:
            _write(change)
        else:
            print(_shown(change, style_of(sys.stdout)), end="")
    for change, why in outcome.refused:
        print(f"{change.file}: left as it is, for mypy would then report: {why}")
    for line in _summary(outcome, is_written=options.write):
        print(line)
    return FOUND if outcome.changes and not options.write else CLEAN


def _outcome(options: CheckOptions, progress: Progress) -> Outcome:
    try:
        from keyview.cli.fix.edits import fixed
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "libcst":
            raise
        raise StoppedError("LibCST is not installed; run `pip install keyview[fix]`") from None
    refuse(options.mypy_options)
    report = report_of(options, progress)
    fixable: dict[str, list[tuple[Message, Fix]]] = {}
    unsafe = 0
    for message in report.messages:
        fix = fix_for(message) if message.is_ours else None
        if fix is not None and (fix.is_safe or options.unsafe):
            fixable.setdefault(message.file, []).append((message, fix))
        elif fix is not None:
            unsafe += 1
    changes = []
    for file, fixes in fixable.items():
        old = _read(file)
        new, done = fixed(old, fixes)
        if done:
            changes.append(Change(file, old, new, done))
    proved, refused = _proved(changes, report, options, progress)
    ours = sum(message.is_ours and message.is_error for message in report.messages)
    rest = ours - unsafe - sum(len(change.fixed) for change in proved)
    return Outcome(proved, refused, unsafe, rest)


def _proved(
    changes: list[Change], before: Report, options: CheckOptions, progress: Progress
) -> tuple[list[Change], list[tuple[Change, str]]]:
    """The changes that mypy accepts, and those that it does not, with what it says."""
    if not changes:
        return [], []
    progress.stage("checking the fixes")
    with TemporaryDirectory(prefix="keyview-fix-") as folder:
        shadows = []
        for number, change in enumerate(changes):
            shadow = Path(folder) / f"{number}.py"
            _write(change._replace(file=str(shadow)))
            shadows += ["--shadow-file", change.file, str(shadow)]
        after = report_of(options, progress, shadows)
    proved, refused = [], []
    said = _said(before.messages)
    for change in changes:
        gone = Counter((change.file, message.text) for message in change.fixed)
        new = _said(after.messages) - (said - gone)
        others = [text for file, text in new if file == change.file or file not in _files(changes)]
        if others:
            refused.append((change, others[0]))
        else:
            proved.append(change)
    return proved, refused


def _said(messages: Iterable[Message]) -> Counter[tuple[str, str]]:
    return Counter((message.file, message.text) for message in messages if message.is_error)


def _files(changes: list[Change]) -> set[str]:
    return {change.file for change in changes}


def _read(file: str) -> str:
    with open(file, encoding="utf-8", newline="") as source:
        return source.read()


def _write(change: Change) -> None:
    with open(change.file, "w", encoding="utf-8", newline="") as source:
        source.write(change.new)


def _shown(change: Change, style: Style) -> str:
    lines = unified_diff(
        change.old.splitlines(keepends=True),
        change.new.splitlines(keepends=True),
        change.file,
        change.file,
    )
    kinds = {"+": "added", "-": "removed", "@": "note"}
    return "".join(
        style.mark(kinds[line[0]], line.rstrip("\r\n")) + "\n" if line[0] in kinds else line
        for line in lines
    )


def _summary(outcome: Outcome, *, is_written: bool) -> list[str]:
    number = sum(len(change.fixed) for change in outcome.changes)
    done = "written" if is_written else "shown; --write writes"
    done += " it" if not is_written and number == 1 else "" if is_written else " them"
    lines = [f"{counted(number, 'fix', 'fixes')} in {counted(len(outcome.changes), 'file')} {done}"]
    if outcome.unsafe:
        lines.append(
            f"{counted(outcome.unsafe, 'fix', 'fixes')} more with --unsafe: the conversion can fail"
        )
    if outcome.rest:
        lines.append(f"{counted(outcome.rest, 'error')} without a fix")
    return lines

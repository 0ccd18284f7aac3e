"""`keyview fix`: converts the query of a wrong lookup, if the plugin's note says how.

Each change is proved: mypy checks the new sources in place of the old ones. A file is not changed if an
error that was to be fixed is still reported, or a new one is.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from difflib import unified_diff
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from keyview.cli.fix.advice import fix_for
from keyview.cli.mypy_options import refuse
from keyview.cli.report import report_of
from keyview.cli.status import CLEAN, FAILED, FOUND, StoppedError
from keyview.cli.summary import counted
from keyview.cli.terminal import Progress, output, style_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keyview.cli.arguments import CheckOptions
    from keyview.cli.fix.advice import Fix
    from keyview.cli.fix.idioms import Idiom, Source
    from keyview.cli.terminal import Style
    from keyview.mypy.host.run import Message, Report

__all__ = ["run"]

#: How often fixes are made in what fixes have made.
AGAIN: Final = 5


class Change(NamedTuple):
    """The old and the new source of a file."""

    file: str
    old: str
    new: str
    #: The errors that the change is to fix.
    gone: list[Message]
    #: How many fixes are made, also of what mypy says only once.
    number: int


@dataclass(frozen=True)
class Outcome:
    """What can be fixed, and what cannot."""

    changes: list[Change]
    #: Changes that mypy does not accept, and why.
    refused: list[tuple[Change, str]]
    #: How many errors have a fix that is not safe, without --unsafe.
    unsafe: int
    #: How many errors have no fix.
    rest: int


def run(options: CheckOptions) -> int:
    """Show the fixes, or write them. Returns the exit status."""
    progress = Progress(sys.stderr)
    try:
        try:
            outcome = _outcome(options, progress)
        finally:
            progress.end()
    except StoppedError as error:
        print(f"keyview fix could not run: {error}", file=sys.stderr)
        return FAILED
    with output():
        for change in outcome.changes:
            if options.write:
                _write(change.file, change.new)
            else:
                print(_shown(change, style_of(sys.stdout)), end="")
        for change, why in outcome.refused:
            print(f"{change.file}: not changed, because mypy would then report: {why}")
        for line in _summary(outcome, is_written=options.write):
            print(line)
    return FOUND if outcome.changes and not options.write else CLEAN


def _outcome(options: CheckOptions, progress: Progress) -> Outcome:
    _need_libcst()
    refuse(options.mypy_options)
    if options.idioms:
        return _outcome_of_idioms(options, progress)
    report = report_of(options, progress)
    changes = _changes(report, options)
    proved, refused, after = _proved(changes, report, options, progress)
    for _ in range(AGAIN):
        again = _changes(after, options, {change.file: change for change, _ in refused})
        if not again:
            break
        changes = [*{change.file: change for change in (*changes, *again)}.values()]
        proved, refused, after = _proved(changes, report, options, progress)
    ours = [message for message in report.messages if message.is_ours and message.is_error]
    fixes = [fix for message in ours if (fix := fix_for(message)) is not None]
    unsafe = 0 if options.unsafe else sum(not fix.is_safe for fix in fixes)
    rest = len(ours) - unsafe - sum(len(change.gone) for change in proved)
    return Outcome(proved, refused, unsafe, rest)


def _changes(
    report: Report, options: CheckOptions, made: Mapping[str, Change] | None = None
) -> list[Change]:
    """The files that a report has fixable errors of, changed.

    With changes that were made already, only what they were to fix and is still there is fixed, in what they
    made: mypy says the same of a line only once.
    """
    from keyview.cli.fix.edits import fixed

    fixable: dict[str, list[tuple[Message, Fix]]] = {}
    for message in report.messages:
        fix = fix_for(message) if message.is_ours else None
        if fix is None or not (fix.is_safe or options.unsafe):
            continue
        if made is None or message.text in _gone(made.get(message.file)):
            fixable.setdefault(message.file, []).append((message, fix))
    changes = []
    for file, fixes in fixable.items():
        change = made[file] if made is not None else _unchanged(file)
        if change is None:
            continue
        new, done = fixed(change.new, fixes)
        if done:
            gone = change.gone or done
            changes.append(change._replace(new=new, gone=gone, number=change.number + len(done)))
    return changes


def _gone(change: Change | None) -> set[str]:
    return {message.text for message in change.gone} if change is not None else set()


def _unchanged(file: str) -> Change | None:
    """The source in a file; None, and a line on standard error, if it cannot be read."""
    from libcst import ParserSyntaxError, parse_module

    try:
        text = _read(file)
        parse_module(text)
    except (UnicodeDecodeError, ParserSyntaxError) as error:
        print(f"{file}: nothing is fixed, because it cannot be read: {error}", file=sys.stderr)
        return None
    return Change(file, text, text, [], 0)


def _outcome_of_idioms(options: CheckOptions, progress: Progress) -> Outcome:
    report, found = idioms_found(options, progress)
    changes, unsafe = [], 0
    for file, (source, idioms) in found.items():
        fixable = [idiom for idiom in idioms if idiom.fix.code]
        chosen = [idiom for idiom in fixable if options.unsafe or not idiom.fix.unsafe]
        unsafe += len(fixable) - len(chosen)
        if chosen:
            new = source.rewritten(chosen)
            changes.append(Change(file, _read(file), new, [], len(chosen)))
    proved, refused, _ = _proved(changes, report, options, progress)
    return Outcome(proved, refused, unsafe, rest=0)


def idioms_found(
    options: CheckOptions, progress: Progress
) -> tuple[Report, dict[str, tuple[Source, list[Idiom]]]]:
    """What mypy reports, and for each file its source and its idioms."""
    _need_libcst()
    report = report_of(options, progress)
    files = map(os.path.relpath, report.files)
    read = {file: source for file in files if (source := _source(file)) is not None}
    sources = {file: source for file, source in read.items() if source.candidates}
    if not sources:
        return report, {}
    with TemporaryDirectory(prefix="keyview-fix-") as folder:
        texts = {file: source.revealing() for file, source in sources.items()}
        asked = report_of(options, progress, _shadows(texts, Path(folder)))
    said: dict[str, list[Message]] = {}
    for message in asked.messages:
        said.setdefault(os.path.relpath(message.file), []).append(message)
    found = {file: (source, source.proved(said.get(file, ()))) for file, source in sources.items()}
    return report, {file: each for file, each in found.items() if each[1]}


def _source(file: str) -> Source | None:
    """The source in a file; None, and a line on standard error, if it cannot be read."""
    from libcst import ParserSyntaxError

    from keyview.cli.fix.idioms import Source

    try:
        return Source(_read(file))
    except (UnicodeDecodeError, ParserSyntaxError) as error:
        print(
            f"{file}: no idioms are looked for, because it cannot be read: {error}", file=sys.stderr
        )
        return None


def _need_libcst() -> None:
    if find_spec("libcst") is None:
        raise StoppedError("LibCST is not installed; run `pip install keyview[fix]`")


def _shadows(sources: Mapping[str, str], folder: Path) -> list[str]:
    """Write sources into a folder. Returns the options with which mypy checks them in place of the files."""
    options = []
    for number, (file, source) in enumerate(sources.items()):
        shadow = folder / f"{number}.py"
        _write(str(shadow), source)
        options += ["--shadow-file", file, str(shadow)]
    return options


def _proved(
    changes: list[Change], before: Report, options: CheckOptions, progress: Progress
) -> tuple[list[Change], list[tuple[Change, str]], Report]:
    """The changes that mypy accepts, those that it does not accept, with the error, and all that it says."""
    if not changes:
        return [], [], before
    progress.stage("checking the fixes")
    with TemporaryDirectory(prefix="keyview-fix-") as folder:
        shadows = _shadows({change.file: change.new for change in changes}, Path(folder))
        after = report_of(options, progress, shadows)
    proved, refused = [], []
    said = _said(before.messages)
    for change in changes:
        gone = Counter((change.file, message.text) for message in change.gone)
        new = _said(after.messages) - (said - gone)
        others = [text for file, text in new if file == change.file or file not in _files(changes)]
        if others:
            refused.append((change, others[0]))
        else:
            proved.append(change)
    return proved, refused, after


def _said(messages: Iterable[Message]) -> Counter[tuple[str, str]]:
    return Counter((message.file, message.text) for message in messages if message.is_error)


def _files(changes: list[Change]) -> set[str]:
    return {change.file for change in changes}


def _read(file: str) -> str:
    with open(file, encoding="utf-8", newline="") as source:
        return source.read()


def _write(file: str, text: str) -> None:
    with open(file, "w", encoding="utf-8", newline="") as source:
        source.write(text)


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
    number = sum(change.number for change in outcome.changes)
    done = "written" if is_written else "shown; --write writes"
    done += " it" if not is_written and number == 1 else "" if is_written else " them"
    lines = [f"{counted(number, 'fix', 'fixes')} in {counted(len(outcome.changes), 'file')} {done}"]
    if outcome.unsafe:
        more = counted(outcome.unsafe, "more fix", "more fixes")
        lines.append(f"{more} with --unsafe, which may do something else")
    if outcome.rest:
        lines.append(f"{counted(outcome.rest, 'error')} without a fix")
    return lines

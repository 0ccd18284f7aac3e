"""`keyview check`: run mypy with the plugin, and show the errors."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from keyview.cli import baseline, diff
from keyview.cli.formats import FORMATS
from keyview.cli.mypy_options import refuse
from keyview.cli.report import report_of
from keyview.cli.result import Result
from keyview.cli.status import CLEAN, FAILED, FOUND, StoppedError
from keyview.cli.summary import summary
from keyview.cli.terminal import Progress, output, style_of

if TYPE_CHECKING:
    from keyview.cli.arguments import CheckOptions
    from keyview.mypy.host.run import Message

__all__ = ["run"]


def run(options: CheckOptions) -> int:
    """Run the check that the options describe, and show the result. Returns the exit status."""
    progress = Progress(sys.stderr)
    try:
        try:
            result = _result(options, progress)
        finally:
            progress.end()
    except StoppedError as error:
        print(f"keyview check could not run: {error}", file=sys.stderr)
        return FAILED
    style = style_of(sys.stdout)
    # The summary is for people: keep it out of an output that a program reads.
    stream = sys.stdout if options.format == "text" else sys.stderr
    with output():
        print(FORMATS[options.format](result, style), end="")
        for line in summary(result, style_of(stream)):
            print(line, file=stream)
    return CLEAN if result.is_clean else FOUND


def _result(options: CheckOptions, progress: Progress) -> Result:
    refuse(options.mypy_options)
    # Read the baseline before mypy runs, which may take minutes, so that an error in the file is shown
    # at once.
    before = _baseline(options)
    if options.idioms:
        from keyview.cli.fix import idioms_found

        report, found = idioms_found(options, progress)
    else:
        report, found = report_of(options, progress), {}
    shown = tuple(each for each in report.messages if options.all or each.is_ours)
    notes = tuple(idiom.note(file) for file, (_, idioms) in found.items() for idiom in idioms)
    shown = _in_order(shown + notes) if notes else shown
    if options.baseline is not None and options.update_baseline:
        before = before.updated(shown, report.files)
        baseline.write(Path(options.baseline), before)
    if options.diff is not None:
        progress.stage(f"checking {options.diff}")
        before = diff.found_at(options.diff, options)
    new = tuple(before.new(shown))
    return Result(
        report,
        options.all,
        new,
        known=len(shown) - len(new),
        known_from=options.diff or options.baseline or "",
        gone=before.gone(shown, report.files),
    )


def _in_order(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The messages by file, in the order in which mypy checked the files, and by line in each."""
    files = dict.fromkeys(message.file for message in messages)
    order = {file: number for number, file in enumerate(files)}
    return tuple(sorted(messages, key=lambda one: (order[one.file], one.line)))


def _baseline(options: CheckOptions) -> baseline.Baseline:
    path = Path(options.baseline or "")
    if options.baseline is None or (options.update_baseline and not path.exists()):
        return baseline.Baseline(path.absolute().parent)
    return baseline.read(path)

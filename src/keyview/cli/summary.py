"""The summary of a run: the numbers of errors, by code and by folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyview.cli.result import Result
    from keyview.cli.terminal import Style

__all__ = ["counted", "summary"]

#: The most folders that the summary names.
FOLDERS: Final = 10
#: Why a lookup was not judged, in words.
WHY: Final = {
    "in Any": "in collections of type Any",
    "unchecked": "in functions that mypy does not check",
    "of Any": "of something of type Any",
    "among Any": "in collections with keys of type Any",
    "guessed": "in collections without a declared type",
}


def summary(result: Result, style: Style) -> list[str]:
    """The lines of the summary."""
    ours, codes, folders = len(result.ours), result.by_code(), result.by_folder()
    found = f"{counted(ours, 'wrong lookup')} in {counted(len(result.report.files), 'file')}"
    lines = [style.mark("heading", found) + _others(result)]
    if len(codes) > 1:
        lines.append(f"  by code: {_listed(codes)}")
    if len(folders) > 1:
        more = len(folders) - FOLDERS
        rest = f", and {counted(more, 'folder')} more" if more > 0 else ""
        lines.append(f"  by folder: {_listed(folders[:FOLDERS])}{rest}")
    lines.append(_judged(result))
    if result.known:
        lines.append(f"{result.known} not shown: known from {result.known_from}")
    if result.gone:
        lines.append(f"{result.gone} known from {result.known_from} no longer found")
    return lines


def _others(result: Result) -> str:
    if not result.others:
        return ""
    others = f"; {counted(result.others, 'other error')} of mypy's"
    return others if result.everything else f"{others}, which --all shows"


def _judged(result: Result) -> str:
    counts = result.report.lookups
    reasons = [(WHY[fate], number) for fate, number in counts.most_common() if fate in WHY]
    judged = f"{counted(counts.total() - sum(n for _, n in reasons), 'lookup')} judged"
    total = sum(number for _, number in reasons)
    return f"{judged}; {total} not: {_listed(reasons)}" if reasons else judged


def _listed(numbers: list[tuple[str, int]]) -> str:
    return ", ".join(f"{number} {name}" for name, number in numbers)


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"

"""What got slower since the results that are kept: `python -m benchmarks.compare FOLDER`.

FOLDER is what `python -m benchmarks.run --into FOLDER` wrote. Each ratio is compared with that in
benchmarks/results, on the same Python. A row is named if its median is worse by more than 0.05, and three
quarters of its turns were slower than the median that is kept. The command ends with 1 if it names one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import results
from benchmarks.measuring import COUNTED
from benchmarks.tables import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.results import Result

#: Less than that is noise, on most machines.
WORSE: Final = 0.05


def slower(before: list[Result], after: list[Result]) -> Iterator[str]:
    """A line for each row that got slower. Rows that only one of the two has are left out."""
    kept = dict(rows(before))
    for row, (low, middle, _) in rows(after):
        old = kept.get(row)
        if old is not None and middle > old[1] + WORSE and low > old[1]:
            yield f"{row}: {middle:.2f}, and was {old[1]:.2f}"


def rows(found: list[Result]) -> Iterator[tuple[str, list[float]]]:
    """The name of each ratio, and its quartiles."""
    for result in found:
        parameters = ", ".join(f"{name} {value}" for name, value in result["parameters"].items())
        for ours, theirs, quartiles in pairs(result):
            yield f"{result['job']} ({parameters}): {ours} / {theirs}", quartiles


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the results of a run")
    new = results.folder_of_this_python(parser.parse_args().folder)
    old = results.folder_of_this_python(results.FOLDER)
    suites = sorted(
        {path.stem for path in new.glob("*.json")} & {path.stem for path in old.glob("*.json")}
    )
    suites = [suite for suite in suites if suite not in COUNTED]
    if not suites:
        print(
            f"There is nothing to compare: {new} and {old} have no suite in common.",
            file=sys.stderr,
        )
        return 2
    lines = [
        f"{suite}: {line}"
        for suite in suites
        for line in slower(results.read(old, suite)["results"], results.read(new, suite)["results"])
    ]
    print(*lines, f"{len(lines)} rows are slower, of {', '.join(suites)}.", sep="\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

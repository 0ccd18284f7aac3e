"""What got worse since the results that are kept: `python -m benchmarks.compare FOLDER`.

FOLDER is what `python -m benchmarks.run --into FOLDER` wrote. Each ratio, of times or of bytes, is compared
with that in benchmarks/results, on the same Python. A row is named if its median is worse by more than 0.05,
and three quarters of its turns were slower than the median that is kept. The command ends with 1 if it names
one, and with 2 if no row could be compared.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks import results
from benchmarks.measuring import COUNTED
from benchmarks.tables import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The quartiles of each ratio, by its name.
Rows = dict[str, list[float]]

#: Less than that is noise, on most machines.
WORSE: Final = 0.05
#: Of the suite "memory": whose bytes are compared with whose.
BYTES: Final = {"HashMap": "dict", "HashSet": "set", "SortedMap": "dict"}
#: Suites whose numbers are counts, which tests and `benchmarks.instructions` guard.
LEFT_OUT: Final = COUNTED - {"memory"}


def worse(before: Rows, after: Rows) -> Iterator[str]:
    """A line for each row that got worse. Rows that only one of the two has are left out."""
    for row, (low, middle, _) in after.items():
        old = before.get(row)
        if old is not None and middle > old[1] + WORSE and low > old[1]:
            yield f"{row}: {middle:.2f}, and was {old[1]:.2f}"


def rows(found: list[Any]) -> Iterator[tuple[str, list[float]]]:
    """The name of each ratio, and its quartiles. Bytes are the same in each turn."""
    for result in found:
        if taken := result.get("bytes"):
            for ours, theirs in BYTES.items():
                if ours in taken:
                    name = (
                        f"bytes (keys {result['keys']}, size {result['size']}): {ours} / {theirs}"
                    )
                    yield name, [taken[ours] / taken[theirs]] * 3
            continue
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
    suites = [suite for suite in suites if suite not in LEFT_OUT]
    if not suites:
        print(
            f"There is nothing to compare: {new} and {old} have no suite in common.",
            file=sys.stderr,
        )
        return 2
    lines, compared = [], 0
    for suite in suites:
        kept = dict(rows(results.read(old, suite)["results"]))
        found = dict(rows(results.read(new, suite)["results"]))
        lines += [f"{suite}: {line}" for line in worse(kept, found)]
        compared += len(kept.keys() & found.keys())
    if not compared:
        print(
            f"There is nothing to compare: {new} and {old} have no row in common.", file=sys.stderr
        )
        return 2
    print(*lines, f"{len(lines)} of {compared} rows are worse, of {', '.join(suites)}.", sep="\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

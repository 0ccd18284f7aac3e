"""Compare `HashMap` with other ways to do the same: `python -m benchmarks.run [SUITE...] [--into FOLDER]`.

The variants take turns in one process, and several processes run one after another. Each turn gives a
ratio, keyview's time over the other's. The median of all ratios is printed, with the quartiles. Below 1,
keyview is faster.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import measuring, results
from benchmarks.modes import MODES

#: Without the largest maps.
SUITES = ["maps", "others", "pure", "borrowed", "lru", "ordered", "sets", "memory", "allocations"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "suites",
        nargs="*",
        metavar="SUITE",
        help=f"of {', '.join(SUITES)}, and large; all but large by default",
    )
    parser.add_argument("--mode", choices=MODES, default="full", help="quick: in seven minutes")
    parser.add_argument(
        "--into",
        type=Path,
        help="write JSON into a folder there that is named for this Python; the pages are made of "
        "benchmarks/results",
    )
    chosen = parser.parse_args()
    if unknown := {*chosen.suites} - {*SUITES, "large"}:
        parser.error(f"there is no suite {', '.join(sorted(unknown))}")
    measuring.needs_the_core()
    for suite in chosen.suites or SUITES:
        found = measuring.measure(suite, chosen.mode)
        if chosen.into:
            folder = results.folder_of_this_python(chosen.into)
            results.write(folder, suite, chosen.mode, found)


if __name__ == "__main__":
    main()

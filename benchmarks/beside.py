"""Instructions of each job, with keyview and without: `python -m benchmarks.beside [JOB...]`.

Runs the statements of `jobs` under valgrind, which counts all instructions, Python's own included; the
machine's load does not change the counts. Without `--keys` and `--size`, what the pages show is counted,
and `--write` keeps it for them.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from timeit import Timer
from typing import TYPE_CHECKING, Final

from benchmarks import results
from benchmarks.data import KINDS, NAMES
from benchmarks.instructions import ROOT, needs_valgrind
from benchmarks.jobs import JOBS
from benchmarks.measuring import needs_the_core
from benchmarks.modes import MODES
from benchmarks.racing import setup
from benchmarks.suites import races
from benchmarks.tables import instructions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.racing import Race

SUITE: Final = "instructions"
#: What the pages show: kinds of keys, and how many.
SHOWN: Final = (("str", 10), ("str", 1000), ("int", 1000), ("tuple", 1000), ("dataclass", 1000))
#: So many operations are done first, for CPython to specialise the statement.
WARM_UP: Final = 1000
#: So many are counted.
OPERATIONS: Final = 3000


def chosen(kind: str, size: int, names: list[str]) -> list[Race]:
    jobs = [job for job in JOBS if not names or job.name in names]
    return list(races(jobs, kind, size, MODES["quick"]._replace(operations=size)))


def run(kind: str, size: int, names: list[str]) -> None:
    """Run every variant of the jobs; callgrind writes what it has counted at each call of `getppid`."""
    for race in chosen(kind, size, names):
        for statement in {**race.ours, **race.theirs}.values():
            timer = Timer(
                statement, setup(statement, race.data), globals={**NAMES, "data": race.data}
            )
            timer.timeit(runs(race, WARM_UP))
            os.getppid()
            timer.timeit(runs(race, OPERATIONS))
            os.getppid()


def runs(race: Race, operations: int) -> int:
    """How many runs of a statement do at least about so many operations."""
    return max(2, operations // race.operations)


def counts(kind: str, size: int, names: list[str]) -> Iterator[int]:
    """The instructions of every variant, in the order of `run`."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        subprocess.run(
            [
                *("valgrind", "-q", "--tool=callgrind", "--dump-before=getppid"),
                *(f"--callgrind-out-file={out}", sys.executable, "-m", "benchmarks.beside"),
                *("--run", "--keys", kind, "--size", str(size), *names),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0", "KEYVIEW_BACKEND": "native"},
            check=True,
        )
        number = 2  # The first file has all that came before the first variant.
        while (part := out.with_name(f"out.{number}")).exists():
            found = re.search(r"^totals: (\d+)", part.read_text("utf-8"), re.MULTILINE)
            assert found is not None
            yield int(found[1])
            number += 2


def counted(kind: str, size: int, names: list[str]) -> Iterator[dict[str, object]]:
    """For each job, the instructions of one operation with each variant."""
    totals = counts(kind, size, names)
    for race in chosen(kind, size, names):
        done = runs(race, OPERATIONS) * race.operations
        yield {
            "job": race.job,
            "parameters": race.parameters,
            "ours": list(race.ours),
            "instructions": {
                variant: round(next(totals) / done, 1) for variant in (*race.ours, *race.theirs)
            },
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", nargs="*", metavar="JOB", help="a job's name in the tables")
    parser.add_argument("--keys", choices=KINDS)
    parser.add_argument("--size", type=int)
    parser.add_argument("--write", action="store_true", help="keep the results for the pages")
    parser.add_argument("--run", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := {*asked.jobs} - {job.name for job in JOBS}:
        parser.error(f"there is no job {', '.join(sorted(unknown))}")
    if asked.write and (asked.jobs or asked.keys or asked.size):
        parser.error(
            "the pages show every job: --write keeps them, and takes no JOB, --keys or --size"
        )
    needs_the_core()
    shown = SHOWN if asked.keys is asked.size is None else [(asked.keys or "str", asked.size or 10)]
    if asked.run:
        run(*shown[0], asked.jobs)
        return
    needs_valgrind()
    found = []
    for kind, size in shown:
        for one in counted(kind, size, asked.jobs):
            for job, text in instructions(one):
                print(f"{kind:9} {size:9,} {job:64} {text}", flush=True)
            found.append(one)
    if asked.write:
        results.write(results.folder_of_this_python(results.FOLDER), SUITE, "full", found)


if __name__ == "__main__":
    main()

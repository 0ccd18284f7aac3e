"""One process that measures a suite: `python -m benchmarks.worker SUITE MODE`, a line of JSON a race.

`measuring` starts several, one after the other. The spread of the results then includes differences
between processes, such as the layout of memory and the seed of the hashes, and other work of the machine.
"""

from __future__ import annotations

import gc
import json
import sys

from benchmarks.modes import MODES
from benchmarks.racing import run
from benchmarks.suites import SUITES


def main(suite: str, mode: str) -> None:
    for race in SUITES[suite](MODES[mode]):
        turns = {
            "job": race.job,
            "parameters": race.parameters,
            "ours": list(race.ours),
            "seconds": run(race, MODES[mode]),
        }
        print(json.dumps(turns), flush=True)
        gc.collect()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Counts the status codes of a web server's log that may be larger than memory, with dask.

    python examples/ecosystem/count_log.py access.log
    python examples/ecosystem/count_log.py 's3://logs/*.log' --scheduler tcp://scheduler:8786

The first starts a worker for each processor of this machine; the second, the same program, counts on the
machines of a cluster. Each block of the log is counted where it is read, and only the counts travel.
"""

from __future__ import annotations

import argparse
import sys
from operator import add

from keyview import HashMap


def status(line: str) -> str:
    """The status code of a line in the common log format."""
    return line.rpartition('" ')[2].split(" ", 1)[0]


def merged(parts: list[HashMap[str, int]]) -> HashMap[str, int]:
    return HashMap.merged(parts, add)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("log", help="a file, or a pattern of several")
    parser.add_argument("--scheduler", help="the address of a cluster; default a new one, here")
    parser.add_argument("--block", default="32MiB", help="how much of it is read at once")
    options = parser.parse_args(arguments)

    import dask.bag
    from distributed import Client, progress

    # Without the dashboard, whose web server this does not need.
    local = {} if options.scheduler else {"dashboard_address": None, "threads_per_worker": 1}
    with Client(options.scheduler, **local) as client:
        lines = dask.bag.read_text(options.log, blocksize=options.block)
        counts = client.compute(lines.map(status).reduction(HashMap.counted, merged, split_every=8))
        progress(counts, notebook=False)
        for code, count in sorted(counts.result().items()):
            print(f"\n{code} {count}", end="")
    print()


if __name__ == "__main__":
    main(sys.argv[1:])

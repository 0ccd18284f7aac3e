"""Measures one suite: for `python -m benchmarks.borrowed`, `.lru`, `.ordered` and `.sets`."""

from __future__ import annotations

import argparse

from benchmarks import plots, results
from benchmarks.measuring import measure, needs_the_core
from benchmarks.modes import MODES


def measure_alone(suite: str, description: str | None) -> None:
    """The command of a suite; if a plot has the name of the suite, it is drawn, too."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--mode", choices=MODES, default="full")
    parser.add_argument("--write", action="store_true", help="keep the results and draw the plot")
    arguments = parser.parse_args()
    needs_the_core()
    found = measure(suite, arguments.mode)
    if arguments.write:
        folder = results.folder_of_this_python(results.FOLDER)
        results.write(folder, suite, arguments.mode, found)
        if suite in plots.PLOTS:
            plots.draw([suite])

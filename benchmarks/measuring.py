"""Measures a suite in worker processes, one after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keyview
from benchmarks.modes import MODES
from benchmarks.results import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.results import Result, Turns

ROOT = Path(__file__).parents[1]
#: Suites whose numbers are no times.
COUNTED = {"allocations", "instructions", "memory"}


def measure(suite: str, mode: str) -> list[Any]:
    """Measure a suite, print its results, and return them."""
    if suite in COUNTED:  # The numbers are the same in every process: one worker is enough.
        found = list(output(suite, mode))
        print(*found, sep="\n")
        return found
    races: defaultdict[int, list[Turns]] = defaultdict(list)
    workers = 1 if suite == "large" else MODES[mode].workers  # It takes minutes, and varies less.
    for worker in range(workers):
        for number, turns in enumerate(output("worker", suite, mode, seed=worker)):
            races[number].append(turns)
            progress(f"{suite}, process {worker + 1} of {workers}: {number + 1} {turns['job']}")
    progress("")
    results = [summary(turns) for turns in races.values()]
    print(*map(text, results), sep="\n")
    return results


def output(module: str, *arguments: str, seed: int = 0) -> Iterator[Any]:
    """The lines of JSON that one of the modules here prints in a process of its own."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    backend = "pure" if "pure" in arguments else "native"  # "pure" is the name of a suite.
    environment = {**os.environ, "KEYVIEW_BACKEND": backend, "PYTHONHASHSEED": str(seed)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield from map(json.loads, process.stdout)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def needs_the_core() -> None:
    """Raise if the backend that is to be measured is not the one that runs."""
    if keyview.backend != "native":
        sys.exit(
            "The benchmarks are of the native backend, and the pure one runs here; "
            "install it with KEYVIEW_REQUIRE_EXTENSION=1 and unset KEYVIEW_BACKEND."
        )


def progress(line: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def text(result: Result) -> str:
    """The ratios of a race, with their quartiles."""
    parameters = " ".join(map(str, result["parameters"].values()))
    return "\n".join(
        f"{parameters:16} {result['job'][:26]:26} {f'{ours} / {theirs}':64}"
        f" {middle:6.2f}  [{low:.2f} to {high:.2f}]"
        for ours, ratios in result["ratios"].items()
        for theirs, (low, middle, high) in ratios.items()
    )

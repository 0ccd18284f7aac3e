"""What was measured: medians and quartiles of the turns, and the files in which they are stored."""

from __future__ import annotations

import json
import platform
import statistics
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import keyview
from benchmarks.data import PACKAGES

#: The results that the pages show, in a folder for each Python; the one that most people run is first.
FOLDER = Path(__file__).parent / "results"
PYTHONS = ["3.14", "3.13"]

DISTRIBUTIONS = {"BTrees.OOBTree": "BTrees", "rpds": "rpds-py"}


class Turns(TypedDict):
    """What a worker measured in a race: seconds for one operation, of each variant, in each turn."""

    job: str
    parameters: dict[str, str | int]
    ours: list[str]
    seconds: dict[str, list[float]]


class Result(TypedDict):
    """A race: nanoseconds for an operation (medians), and ratios of keyview to the others (quartiles).

    The spread is between the quartiles of the nanoseconds; older results are without.
    """

    job: str
    parameters: dict[str, str | int]
    ns: dict[str, float]
    spread: NotRequired[dict[str, list[float]]]
    ratios: dict[str, dict[str, list[float]]]


class Results(TypedDict):
    """A file of results; those of "memory" are bytes."""

    about: dict[str, str]
    results: list[Any]


def summary(workers: list[Turns]) -> Result:
    """The result of a race that several workers ran; a ratio is of two times in the same turn."""
    first = workers[0]
    seconds = {
        variant: [time for worker in workers for time in worker["seconds"][variant]]
        for variant in first["seconds"]
    }
    theirs = [variant for variant in seconds if variant not in first["ours"]]
    return {
        "job": first["job"],
        "parameters": first["parameters"],
        "ns": {
            variant: round(statistics.median(times) * 1e9, 1) for variant, times in seconds.items()
        },
        "spread": {variant: spread(times) for variant, times in seconds.items()},
        "ratios": {
            ours: {their: quartiles(seconds[ours], seconds[their]) for their in theirs}
            for ours in first["ours"]
        },
    }


def spread(times: list[float]) -> list[float]:
    """The outer quartiles of times, in nanoseconds."""
    low, _, high = statistics.quantiles(times, n=4, method="inclusive")
    return [round(low * 1e9, 1), round(high * 1e9, 1)]


def quartiles(ours: list[float], theirs: list[float]) -> list[float]:
    ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
    return [round(ratio, 3) for ratio in statistics.quantiles(ratios, n=4, method="inclusive")]


def about(mode: str) -> dict[str, str]:
    """What the results depend on, without anything that identifies the machine's owner."""
    packages = {
        package: version(DISTRIBUTIONS.get(package, package))
        for package in PACKAGES
        if find_spec(package.partition(".")[0])  # find_spec("a.b") would import a.
    }
    return {
        "mode": mode,
        "keyview": keyview.__version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "compiler": platform.python_compiler(),
        "platform": f"{sys.platform} {platform.machine()}",
        **packages,
    }


def folder_of_this_python(folder: Path) -> Path:
    """The folder, among all results, for those of the running Python."""
    return folder / f"{sys.version_info.major}.{sys.version_info.minor}"


def write(folder: Path, suite: str, mode: str, results: list[Any]) -> None:
    """Store the results of a suite, each on a line so that changes can be read."""
    lines = ",\n".join(json.dumps(result) for result in results)
    text = f'{{"about": {json.dumps(about(mode))},\n"results": [\n{lines}\n]}}\n'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{suite}.json").write_text(text, "utf-8")


def read(folder: Path, suite: str) -> Results:
    found: Results = json.loads((folder / f"{suite}.json").read_text("utf-8"))
    return found

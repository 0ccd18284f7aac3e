"""The races of each suite: every job, with each kind of key, in each size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.borrowed import borrowed
from benchmarks.data import KINDS, Data
from benchmarks.jobs import JOBS, OTHERS, PLAIN
from benchmarks.lru import lru
from benchmarks.ordered import large, ordered
from benchmarks.racing import Race
from benchmarks.sets import sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.jobs import Job
    from benchmarks.modes import Mode


def maps(mode: Mode) -> Iterator[Race]:
    """Every job with every kind of key in every size."""
    for kind in KINDS:
        for size in mode.sizes:
            yield from races(JOBS, kind, size, mode)


def others(mode: Mode) -> Iterator[Race]:
    """The maps of other packages."""
    return races(OTHERS, "str", mode.middle, mode)


def pure(mode: Mode) -> Iterator[Race]:
    """The jobs that a `dict` does, too; for the pure backend."""
    return races(PLAIN, "str", mode.middle, mode)


def races(jobs: Iterable[Job], kind: str, size: int, mode: Mode) -> Iterator[Race]:
    data = Data(kind, size, mode.operations)
    for job in jobs:
        if not job.theirs:  # None of the packages is installed.
            continue
        operations = len(getattr(data, job.over))
        yield Race(job.name, {"keys": kind, "size": size}, data, operations, job.ours, job.theirs)


SUITES: dict[str, Callable[[Mode], Iterator[Race]]] = {
    "maps": maps,
    "others": others,
    "pure": pure,
    "borrowed": borrowed,
    "lru": lru,
    "ordered": ordered,
    "large": large,
    "sets": sets,
}

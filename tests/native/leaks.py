"""A script: repeat each operation until what it holds must have settled; print what it does not let go."""

from __future__ import annotations

import gc
import itertools
import json
import sys
from typing import TYPE_CHECKING

from tests.native.operations import OPERATIONS, QUERIES, attempt, make

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 120


def growth(operation: Callable[[object], object]) -> tuple[int, int]:
    """How many blocks, and references to what everyone shares, the rounds have added."""
    shared = list(QUERIES.values())

    def measure() -> tuple[int, int]:
        gc.collect()
        return sys.getallocatedblocks(), sum(map(sys.getrefcount, shared))

    def rounds() -> None:
        for _ in range(ROUNDS):
            attempt(operation, make())

    rounds()
    measured = [measure()]
    for _ in range(3):
        rounds()
        measured.append(measure())
    grown = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(measured)]
    # A leak is there every time; a cache that has grown once is none.
    return min(grown, key=max)


if __name__ == "__main__":
    gc.freeze()
    leaked = {
        name: found
        for name, operation in OPERATIONS.items()
        if max(found := growth(operation)) >= ROUNDS // 2
    }
    print(json.dumps({"operations": len(OPERATIONS), "leaked": leaked}))

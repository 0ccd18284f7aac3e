"""A script: make each allocation of each operation fail, one after the other; the map must stay sound.

Only allocations by the C of keyview, or by functions of CPython that it calls, are made to fail, not those of
Python code: CPython 3.13 crashes if there is no memory for a function or a generator. An interpreter with
tail calls does not show whose an allocation is, if keyview calls the Python code. So collections are made
from lists, not from generators.

Its argument is a module of operations: `operations` (of a HashMap), `set_operations` (of a HashSet),
`sorted_operations`, or `sorted_set_operations`.
"""

from __future__ import annotations

import gc
import importlib
import itertools
import json
import sys
from pathlib import Path
from typing import Any

import allocations  # type: ignore[import-not-found]

from tests.kit.soundness import assert_sound
from tests.native.operations import attempt

tested = importlib.import_module(f"tests.native.{sys.argv[1]}")
OPERATIONS, SEQUENCES, make = tested.OPERATIONS, tested.SEQUENCES, tested.make

#: CPython's own Py_ReprLeave does not report the failure; "too much room" expects a MemoryError.
SILENT = ("repr of views", "too much room", "range, repr")
#: Operations that are not undone by a failure: several in one, or those that handle one pair at a time.
SEVERAL = (
    "abandoned",
    "by a",
    "by pop",
    "difference_update",
    "drain",
    "extract_if",
    "group and",
    "grow",
    "ior",
    "iterate and",
    "range, extract_if",
    "retain changes",
    "sort changes",
    "split_off",
    "stale",
    "update",
)


def place_of_the_core() -> tuple[int, int]:
    """The addresses between which the code of the native backend is."""
    core = str(importlib.import_module("keyview._core").__file__)
    mapped = Path("/proc/self/maps").read_text().splitlines()
    ranges = [line.split()[0].split("-") for line in mapped if line.endswith(core)]
    return int(ranges[0][0], 16), int(ranges[-1][1], 16)


def pairs(m: Any) -> list[tuple[int, int]]:
    if not hasattr(m, "items"):
        return [(id(element), 0) for element in m]
    return [(id(key), id(value)) for key, value in m.items()]


def entries(m: Any) -> list[Any]:
    """Entries of a map, more than fit on the free list of each class."""
    there = next(iter(m))
    if not hasattr(m, "entry"):
        return []
    return [entry for n in range(20) for entry in (m.entry(there), m.entry(f"~{n}"))]


def main() -> None:
    # CPython makes a dict of the thread for its first repr, and without memory goes on without one.
    repr([0])
    gc.freeze()
    unraised: list[object] = []  # The errors of destructors, which are reported nowhere else.
    sys.unraisablehook = lambda said: unraised.append(said.exc_type)
    place = place_of_the_core()
    failures = 0
    changed, silent = [], []
    for name, operation in {**OPERATIONS, **SEQUENCES}.items():
        for number in itertools.count():
            m = make()
            before = pairs(m)
            # Empty the free lists of entries, and those of CPython: all objects are to be allocated.
            spare = entries(m)
            gc.collect()
            told = False
            unraised.clear()
            allocations.fail(number, *place)
            try:
                attempt(operation, m)
            except MemoryError:
                told = True
            failed = allocations.stop()
            del spare
            assert_sound(m)
            if failed and not told and MemoryError not in unraised and name not in SILENT:
                silent.append([name, number])
            if not failed:
                break
            keeps_what_is_done = name in SEQUENCES or name.startswith(SEVERAL)
            if pairs(m) != before and not keeps_what_is_done:
                changed.append([name, number])
            failures += 1
    print(json.dumps({"failures": failures, "changed": changed, "silent": silent}))


if __name__ == "__main__":
    main()

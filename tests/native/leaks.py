"""A script: repeat each operation until its memory must be steady; print the operations that leak.

Its argument is a module of operations: `operations` (of a HashMap), `set_operations` (of a HashSet),
`sorted_operations`, or `sorted_set_operations`.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
from typing import TYPE_CHECKING, Any

from keyview import Concat, Lookup, Occupied, Slice, Vacant, prefixed, slices_of
from tests.native.operations import attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType

ROUNDS = 120
LEAK = ROUNDS // 2


core = importlib.import_module("keyview._core")
tested = importlib.import_module(f"tests.native.{sys.argv[1]}")
OPERATIONS, QUERIES, SEQUENCES, make = (
    tested.OPERATIONS,
    tested.QUERIES,
    tested.SEQUENCES,
    tested.make,
)
made = make()
is_map = hasattr(made, "items")
views = [made.keys(), made.values(), made.items()] if is_map else [made.by(str)]
CLASSES = [type(thing) for thing in (*views, iter(made), made.extract_if(max), made)]
if sys.argv[1] == "operations":
    CLASSES += [type(prefixed("")), type(slices_of("")), Occupied, Vacant, Lookup, Concat, Slice]
    FUNCTIONS = {"entry", "prefixed", "slices_of"}
else:
    CLASSES += [type(made.range())] if hasattr(made, "range") else []
    FUNCTIONS = set()


def public_methods() -> set[str]:
    """All public methods and functions."""
    methods = set(FUNCTIONS)
    for cls in CLASSES:
        for name in dir(cls):
            method = getattr(cls, name)
            if callable(method) and not name.startswith("_"):
                is_python = hasattr(method, "__code__")
                methods.add(method.__qualname__ if is_python else f"{cls.__name__}.{name}")
    return methods


def called(operations: Iterable[Callable[[object], object]]) -> set[str]:
    """What these operations call, and what returns without an error."""
    seen = set()

    def watch(frame: FrameType, event: str, argument: Any) -> None:
        if event == "c_return":
            seen.add(argument.__qualname__)
        elif event == "return" and argument is not None:
            seen.add(frame.f_code.co_qualname)

    sys.setprofile(watch)
    for operation in operations:
        attempt(operation, make())
    sys.setprofile(None)
    return seen


def growth(operation: Callable[[object], object]) -> tuple[int, int]:
    """How many blocks of memory, and references to shared objects, the rounds have added."""
    shared = [*QUERIES.values(), *CLASSES, core]

    def measure() -> tuple[int, int]:
        gc.collect()
        return sys.getallocatedblocks(), sum(map(sys.getrefcount, shared))

    def rounds() -> None:
        for _ in range(ROUNDS):
            attempt(operation, make())

    rounds()
    before = measure()
    grown: list[tuple[int, int]] = []
    # A leak grows each time; a cache that fills stops growing sooner or later.
    while not grown or (max(min(grown, key=max)) >= LEAK and len(grown) < 20):
        rounds()
        after = measure()
        grown.append((after[0] - before[0], after[1] - before[1]))
        before = after
    return min(grown, key=max)


if __name__ == "__main__":
    gc.freeze()
    operations = {**OPERATIONS, **SEQUENCES}
    leaked = {
        name: found
        for name, operation in operations.items()
        if max(found := growth(operation)) >= LEAK
    }
    missing = sorted(public_methods() - called(operations.values()))
    print(json.dumps({"operations": len(operations), "leaked": leaked, "missing": missing}))

"""A script: let each allocation of each operation fail, one after the other; the map must stay sound."""

from __future__ import annotations

import _testcapi  # type: ignore[import-not-found]
import json
import sys
from types import CodeType
from typing import Any

from tests.native.operations import OPERATIONS, attempt, make
from tests.unit.tools import assert_sound

#: CPython 3.13 crashes, too, if there is no memory for a generator, which building such a key takes.
IN_PYTHON = (
    "views",
    "View",
    "View of view",
    "ViewOfView",
    "WrongHash",
    "Unequal",
    "generator",
    "unbuildable",
    "repr",
    "copy",
)
#: What they have done before the failure stays: these are several operations, or do one pair at a time.
SEVERAL = (
    "abandoned",
    "by a",
    "by pop",
    "drain",
    "extract_if",
    "grow",
    "iterate and",
    "merge",
    "stale",
    "update",
)
#: Rust's insert_entry and the like store, and then there is no memory for the entry that they return.
STORED_FIRST = ("insert_entry", "or_insert_entry")


def pairs(m: Any) -> list[tuple[int, int]]:
    return [(id(key), id(value)) for key, value in m.items()]


def makes_a_function(operation: Any) -> bool:
    """Whether it has a function inside: CPython 3.13 crashes if there is no memory for one."""
    codes = [
        operation.__code__,
        *[f.__code__ for f in operation.__defaults__ or () if hasattr(f, "__code__")],
    ]
    return any(isinstance(const, CodeType) for code in codes for const in code.co_consts)


def fails_at(operation: Any, number: int) -> tuple[bool, Any]:
    """Whether the operation ran out of memory at that allocation, and the map it worked on."""
    m = make()
    before = pairs(m)
    failed = True
    _testcapi.set_nomemory(number, number + 1)
    try:
        attempt(operation, m)
        failed = False
    except MemoryError:
        pass
    finally:
        _testcapi.remove_mem_hooks()
    return failed, (m, before)


def main() -> None:
    failures = 0
    changed = []
    for name, operation in OPERATIONS.items():
        if makes_a_function(operation) or name.endswith(IN_PYTHON):
            continue
        fails_at(operation, 10**9)
        for number in range(400):
            failed, (m, before) = fails_at(operation, number)
            assert_sound(m)
            if failed and pairs(m) != before and not name.startswith((*SEVERAL, *STORED_FIRST)):
                changed.append([name, number])
            failures += failed
            if not failed and number > 60:
                break
    print(json.dumps({"failures": failures, "changed": changed}))
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Allocations of a lookup: `python -m benchmarks.allocations MODE` prints lines of JSON.

What Python's allocators are asked for is counted; an object from a free list asks for nothing. A lookup that
allocates n times fails if its nth allocation fails, and not if the next does. The count is the same in every
run, however busy the machine is.
"""

from __future__ import annotations

import argparse
import json
from _testcapi import remove_mem_hooks, set_nomemory  # type: ignore[import-not-found]  # CPython's own
from typing import TYPE_CHECKING

from benchmarks.data import NAMES
from benchmarks.modes import MODES
from benchmarks.racing import setup
from benchmarks.suites import SUITES

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.racing import Race

#: More than any lookup needs.
MANY = 100
#: Shorter keys, and windows of one byte, are objects that Python keeps.
LENGTH = 16


def allocations(race: Race, statement: str) -> int:
    """How often a lookup allocates. It runs twice before that: the first time may fill caches."""
    look_up = function(race, statement)
    look_up()
    look_up()
    for number in range(MANY):
        set_nomemory(number, number + 1)  # As many succeed, and the next fails.
        try:
            look_up()
        except MemoryError:
            continue
        finally:
            remove_mem_hooks()
        return number
    raise RuntimeError(f"{statement!r} allocates more than {MANY} times")


def function(race: Race, statement: str) -> Callable[[], None]:
    """The body of the loop of a statement, for the first of the queries."""
    loop, body = statement.split("\n")
    names, source = loop.removeprefix("for ").removesuffix(":").split(" in ")
    lines = [setup(statement, race.data), f"{names} = {source}[0]"]
    inner = ["def look_up():", f"    {body.strip()}"]
    made = {**NAMES, "data": race.data}
    exec("\n".join([*lines, *inner]), made)
    look_up: Callable[[], None] = made["look_up"]
    return look_up


def main(mode: str) -> None:
    for race in SUITES["borrowed"](MODES[mode]):
        if race.parameters["length"] == LENGTH or mode == "smoke":
            found = {
                variant: allocations(race, statement)
                for variant, statement in {**race.ours, **race.theirs}.items()
            }
            print(json.dumps({**race.parameters, "allocations": found}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=MODES)
    main(parser.parse_args().mode)

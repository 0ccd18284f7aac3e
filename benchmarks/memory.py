"""Bytes for each entry, without keys and values: `python -m benchmarks.memory MODE` prints lines of JSON.

An element of a set is an entry, too. The keys are stored one after the other. The memory is that which
Python has allocated for the collections, not their `__sizeof__`. rpds is left out: Python does not see
its allocations.
"""

from __future__ import annotations

import argparse
import json
import tracemalloc
from collections.abc import MutableSet
from typing import Any

from benchmarks.data import KINDS, NAMES
from benchmarks.modes import MODES
from keyview import HashSet

MAPS = {
    "dict": dict,
    "HashMap": NAMES["HashMap"],
    "set": set,
    "HashSet": HashSet,
    "SortedMap": NAMES["SortedMap"],
}
OTHERS = {"multidict": "MultiDict", "immutables": "Map", "sortedcontainers": "SortedDict"}
ONLY_STR = {"multidict"}
ONLY_ORDERED = {"SortedMap", "sortedcontainers"}

ENTRIES = 100_000


def filled(make: Any, keys: list[Any]) -> Any:
    """A map or set of the keys; an immutable map has no `[]=`."""
    made = make()
    for key in keys:
        if hasattr(made, "set"):
            made = made.set(key, None)
        elif isinstance(made, MutableSet):
            made.add(key)
        else:
            made[key] = None
    return made


def bytes_for_an_entry(make: Any, keys: list[Any]) -> float:
    """The bytes for an entry, of many small maps or one large map. Memory from a free list is not counted."""
    maps: list[Any] = [None] * max(1, ENTRIES // len(keys))
    tracemalloc.start()
    for number in range(len(maps)):
        maps[number] = filled(make, keys)
    total = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return round(total / len(maps) / len(keys), 1)


def main(mode: str) -> None:
    maps = {**MAPS, **{name: NAMES[class_] for name, class_ in OTHERS.items() if class_ in NAMES}}
    for size in MODES[mode].sizes:
        for kind, key in KINDS.items():
            keys = [key(n) for n in range(size)]
            found = {
                name: bytes_for_an_entry(make, keys)
                for name, make in maps.items()
                if kind == "str" or name not in ONLY_STR
                if kind != "dataclass" or name not in ONLY_ORDERED
            }
            print(json.dumps({"keys": kind, "size": size, "bytes": found}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=MODES)
    main(parser.parse_args().mode)

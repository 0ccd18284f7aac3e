"""Bytes for each entry, keys and values apart: `python -m benchmarks.memory MODE`, JSON by lines.

What was allocated is counted, not asked of the maps. rpds allocates where Python does not see it.
"""

from __future__ import annotations

import json
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

from benchmarks.data import KINDS, NAMES, Data
from benchmarks.modes import MODES

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTED = {"HashMap": "HashMap", "multidict": "MultiDict", "immutables": "Map"}


def filled(make: Callable[[], Any], keys: list[Any]) -> Any:
    """Each key stored after the other; an immutable map has no `[]=`."""
    map_ = make()
    if hasattr(map_, "set"):
        for key in keys:
            map_ = map_.set(key, None)
    else:
        for key in keys:
            map_[key] = None
    return map_


def allocated(make: Callable[[], Any]) -> int:
    """Bytes of what is made, kept until they are counted."""
    tracemalloc.start()
    made = make()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del made
    return size


def main(mode: str) -> None:
    for size in MODES[mode].sizes:
        for kind in KINDS:
            keys = Data(kind, size, operations=1).keys
            makers = {"dict": dict, **{n: NAMES[t] for n, t in COUNTED.items() if t in NAMES}}
            if kind != "str":
                makers.pop("multidict", None)
            bytes_ = {
                name: round(allocated(lambda make=make: filled(make, keys)) / size, 1)
                for name, make in makers.items()
            }
            print(json.dumps({"keys": kind, "size": size, "bytes": bytes_}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

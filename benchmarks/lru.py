"""Removing the oldest key and adding another, for ever: `python -m benchmarks.lru [--mode MODE]`.

The queue inside every bounded cache. A `dict` finds its first key by passing the holes of all keys that
were removed before it. The sizes go from 10 to 100,000. Prints the ratios, and with `--write` stores the
results and draws the plot.
"""

from __future__ import annotations

from collections import OrderedDict
from itertools import count
from typing import TYPE_CHECKING, Any

from benchmarks.racing import Race
from keyview import HashMap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.modes import Mode

SIZES = (10, 100, 1000, 10_000, 100_000)
OPERATIONS = 2000

OURS = {
    "m.popitem(last=False)": "for _ in turns:\n    v = m.popitem(last=False)\n    m[next(new_m)] = 1",
}
THEIRS = {
    "d.pop(next(iter(d)))": (
        "for _ in turns:\n    k = next(iter(d))\n    v = k, d.pop(k)\n    d[next(new_d)] = 1"
    ),
    "OrderedDict": "for _ in turns:\n    v = o.popitem(last=False)\n    o[next(new_o)] = 1",
}


class Queues:
    """One of each kind, with as many keys, and the keys that come."""

    def __init__(self, size: int, operations: int) -> None:
        self.turns = range(operations)
        self.d: dict[int, Any] = dict.fromkeys(range(size), 1)
        self.m, self.o = HashMap(self.d), OrderedDict(self.d)
        self.new_d, self.new_m, self.new_o = count(size), count(size), count(size)


def lru(mode: Mode) -> Iterator[Race]:
    """The suite: the job with each size."""
    operations = min(mode.operations, OPERATIONS)
    for size in SIZES if mode.operations >= OPERATIONS else SIZES[:2]:
        parameters: dict[str, str | int] = {"keys": "int", "size": size}
        data = Queues(size, operations)
        yield Race("remove the oldest", parameters, data, operations, OURS, THEIRS)


if __name__ == "__main__":
    from benchmarks.alone import measure_alone

    measure_alone("lru", __doc__)

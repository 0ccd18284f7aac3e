"""HashSet beside `set`: `python -m benchmarks.sets [--mode MODE]`.

Lookups, iteration, adding, building and algebra, with every kind of element in every size. The operands share
half of their elements; none of those is the same object in both. Prints the ratios, and with `--write`
stores the results.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from benchmarks.data import KINDS, MOST_READ, in_orders
from benchmarks.racing import Race
from keyview import HashSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.modes import Mode

#: Each job, with the list that has one item for each operation, as a statement about a set `{s}`, another one
#: `{t}`, which has half of its elements, `{u}`, which is equal, and the class `{C}`.
JOBS = {
    "look up": ("some", "for k in some:\n    v = k in {s}"),
    "look up, absent": ("absent", "for k in absent:\n    v = k in {s}"),
    "iterate": ("keys", "for k in {s}:\n    v = None"),
    "add": ("keys", "r = {C}()\nfor k in keys:\n    r.add(k)"),
    "build from a list": ("keys", "r = {C}(keys)"),
    "build from one of its kind": ("keys", "r = {C}({s})"),
    "s | t": ("keys", "r = {s} | {t}"),
    "s & t": ("keys", "r = {s} & {t}"),
    "s - t": ("keys", "r = {s} - {t}"),
    "s ^ t": ("keys", "r = {s} ^ {t}"),
    "s == u": ("keys", "v = {s} == {u}"),
    "s <= u": ("keys", "v = {s} <= {u}"),
}


class Sets:
    """The elements and sets of one race."""

    def __init__(self, kind: str, size: int, operations: int) -> None:
        make, dice = KINDS[kind], random.Random(size)
        count = min(max(operations, size), MOST_READ)
        self.keys = [make(n) for n in range(size)]
        self.some = [make(dice.randrange(size)) for _ in range(count)]
        self.absent = [make(size + n) for n in range(count)]
        other = [make(n) for n in range(size // 2, size + size // 2)]
        same = [make(n) for n in range(size)]
        self.s, self.t, self.u = set(self.keys), set(other), set(same)
        self.hs, self.ht, self.hu = HashSet(self.keys), HashSet(other), HashSet(same)
        self.set, self.HashSet = set, HashSet
        self.orders = in_orders(dice, keys=self.keys, some=self.some, absent=self.absent)


def sets(mode: Mode) -> Iterator[Race]:
    """The suite: every job with every kind of element in every size."""
    for kind in KINDS:
        for size in mode.sizes:
            data = Sets(kind, size, mode.operations)
            parameters: dict[str, str | int] = {"keys": kind, "size": size}
            for job, (over, statement) in JOBS.items():
                ours = statement.format(s="hs", t="ht", u="hu", C="HashSet")
                theirs = statement.format(s="s", t="t", u="u", C="set")
                operations = len(getattr(data, over))
                yield Race(job, parameters, data, operations, {"HashSet": ours}, {"set": theirs})


if __name__ == "__main__":
    from benchmarks.alone import measure_alone

    measure_alone("sets", __doc__)

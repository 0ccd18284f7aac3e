"""SortedMap beside sortedcontainers, BTrees, and a `dict` that is sorted: `python -m benchmarks.ordered`.

Random keys: int, str, tuples, and str that begin alike. A query is never the stored object. Prints the
ratios, and with `--write` stores the results. A million str are a suite of their own, `large`, since they
take as long as all the rest: `python -m benchmarks.run large`.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.data import NAMES, in_orders
from benchmarks.racing import Race
from keyview import SortedMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.modes import Mode

SIZES = (1000, 100_000)
LARGE = 1_000_000
SMOKE = 20
#: The most keys that are looked up in a large map: more tells nothing new.
MOST_ASKED = 20_000
#: The number of keys in each range.
SPAN = 100

KINDS: dict[str, Callable[[int], Any]] = {
    "int": lambda n: n * 7919,
    "str": lambda n: f"{n * 2654435761 % 2**32:08x}",
    "tuple": lambda n: (n % 1000, f"{n:07}"),
    "str, common prefix": lambda n: f"https://example.org/items/{n:09}",
}


class Job(NamedTuple):
    """A statement for each map that can do the job; the statement has the name of the map."""

    name: str
    ours: str
    sorted_dict: str = ""
    tree: str = ""
    plain: str = ""


def each(keys: str, body: str) -> str:
    return f"for k in {keys}:\n    {body}"


def filled_and_emptied(made: str, take: str) -> str:
    return f"c = {made}(pairs)\nfor k in asked:\n    {take}"


JOBS = [
    Job(
        "build",
        "r = SortedMap(d)",
        "r = SortedDict(d)",
        "r = OOBTree(d)",
        "r = dict(sorted(d.items()))",
    ),
    Job(
        "insert",
        "r = SortedMap()\n" + each("keys", "r[k] = 1"),
        "r = SortedDict()\n" + each("keys", "r[k] = 1"),
        "r = OOBTree()\n" + each("keys", "r[k] = 1"),
    ),
    Job(
        "build, then delete",
        filled_and_emptied("SortedMap", "del c[k]"),
        filled_and_emptied("SortedDict", "del c[k]"),
        filled_and_emptied("OOBTree", "del c[k]"),
    ),
    Job(
        "build, then pop the first",
        filled_and_emptied("SortedMap", "v = c.pop_first()"),
        filled_and_emptied("SortedDict", "v = c.popitem(0)"),
        filled_and_emptied("OOBTree", "v = c.minKey()\n    v = v, c.pop(v)"),
    ),
    Job(
        "look up",
        each("asked", "v = m[k]"),
        each("asked", "v = s[k]"),
        each("asked", "v = t[k]"),
        each("asked", "v = d[k]"),
    ),
    Job(
        "look up what is absent",
        each("absent", "v = m.get(k)"),
        each("absent", "v = s.get(k)"),
        each("absent", "v = t.get(k)"),
        each("absent", "v = d.get(k)"),
    ),
    Job("at", each("places", "v = m.at(k)"), each("places", "v = s.peekitem(k)")),
    Job("rank", each("asked", "v = m.rank(k)"), each("asked", "v = s.bisect_left(k)")),
    Job(
        "items",
        "for v in m.items():\n    pass",
        "for v in s.items():\n    pass",
        "for v in t.items():\n    pass",
        "for v in sorted(d.items()):\n    pass",
    ),
    Job(
        "keys of a range",
        "for i, j in spans:\n    v = list(m.range(i, j))",
        "for i, j in spans:\n    v = list(s.irange(i, j, (True, False)))",
        "for i, j in spans:\n    v = list(t.keys(i, j, False, True))",
    ),
    Job(
        "items of a range",
        "for i, j in spans:\n    v = list(m.range(i, j).items())",
        "for i, j in spans:\n    v = [(k, s[k]) for k in s.irange(i, j, (True, False))]",
        "for i, j in spans:\n    v = list(t.items(i, j, False, True))",
    ),
]
#: The list with one item for each operation of a job, if that is not the list of queries.
OPERATIONS = {"build": "keys", "insert": "keys", "items": "keys"}
RANGES = ("keys of a range", "items of a range")


class Sorted:
    """The maps, and the queries."""

    def __init__(self, kind: str, size: int) -> None:
        make, dice = KINDS[kind], random.Random(size)
        numbers = dice.sample(range(2 * size), 2 * size)
        self.keys = [make(n) for n in numbers[:size]]
        asked = dice.sample(numbers[:size], min(size, MOST_ASKED))
        self.asked = [make(n) for n in asked]
        self.absent = [make(n) for n in numbers[size : size + len(asked)]]
        self.places = [dice.randrange(size) for _ in asked]
        self.pairs = [(key, 1) for key in self.keys]
        self.d = dict(self.pairs)
        in_order = sorted(self.keys)
        starts = [dice.randrange(size) for _ in range(max(1, len(asked) // SPAN))]
        self.spans = [(in_order[n], in_order[min(n + SPAN, size - 1)]) for n in starts]
        self.orders = in_orders(
            dice, keys=self.keys, asked=self.asked, absent=self.absent, places=self.places
        )
        self.m = SortedMap(self.d)
        if "SortedDict" in NAMES:
            self.s = NAMES["SortedDict"](self.d)
        if "OOBTree" in NAMES:
            self.t = NAMES["OOBTree"](self.d)


def ordered(mode: Mode) -> Iterator[Race]:
    """The suite: every job with every kind of key in each size."""
    return races(SIZES if mode.operations >= SIZES[0] else (SMOKE,))


def large(mode: Mode) -> Iterator[Race]:
    """The same with a million keys, of one kind."""
    return races((LARGE if mode.operations >= SIZES[0] else SMOKE,), ("str",))


def races(sizes: Iterable[int], kinds: Iterable[str] = tuple(KINDS)) -> Iterator[Race]:
    for kind in kinds:
        for size in sizes:
            data = Sorted(kind, size)
            for job in JOBS:
                theirs = {
                    "sortedcontainers": job.sorted_dict if "SortedDict" in NAMES else "",
                    "OOBTree": job.tree if "OOBTree" in NAMES else "",
                    "dict, sorted": job.plain,
                }
                operations = len(getattr(data, OPERATIONS.get(job.name, "asked")))
                if job.name in RANGES:
                    operations = SPAN * len(data.spans)
                yield Race(
                    job.name,
                    {"keys": kind, "size": size},
                    data,
                    operations,
                    {"SortedMap": job.ours},
                    {name: statement for name, statement in theirs.items() if statement},
                )


if __name__ == "__main__":
    from benchmarks.alone import measure_alone

    measure_alone("ordered", __doc__)

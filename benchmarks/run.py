"""HashMap beside what one would write otherwise: `python benchmarks/run.py [--quick] [--json FILE]`.

Ours and theirs take turns in one process; the ratio of each turn is taken, and what is shown is the
median of these ratios with the quartiles. Below 1 is in our favour. Needs the native core; toolz and
cytoolz are compared with if they are installed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from operator import add
from typing import TYPE_CHECKING, Any, TypeAlias

import keyview
from keyview import HashMap, prefixed, slices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Work: TypeAlias = "Callable[[], object]"


@dataclass(frozen=True)
class Point:
    x: int
    y: int


KEYS: dict[str, Callable[[int], Any]] = {
    "str": lambda n: f"key {n}",
    "int": lambda n: n * 7919,
    "tuple": lambda n: (n, str(n)),
    "dataclass": lambda n: Point(n, n),
}


class Data:
    """The keys of one benchmark: each once, and many at random; equal ones that are other objects."""

    def __init__(self, kind: str, size: int, operations: int) -> None:
        make, dice = KEYS[kind], random.Random(size)
        self.keys = [make(n) for n in range(size)]
        self.asked = [make(dice.randrange(size)) for _ in range(operations)]
        self.absent = [make(size + n) for n in range(operations)]
        self.pairs = [(key, 1) for key in self.asked]
        self.dict = {key: n for n, key in enumerate(self.keys)}
        self.map = HashMap(self.dict)


# -- workloads: each gives ours and, by name, theirs ----------------------------------------------


def grouping(data: Data) -> tuple[dict[str, Work], dict[str, Work]]:
    asked, pairs = data.asked, data.pairs

    def chain() -> object:
        m: HashMap[Any, list[int]] = HashMap()
        for key in asked:
            m.entry(key).or_insert_with(list).append(1)
        return m

    def fused() -> object:
        m: HashMap[Any, list[int]] = HashMap()
        for key in asked:
            m.get_or_insert_with(key, list).append(1)
        return m

    def setdefault() -> object:
        d: dict[Any, list[int]] = {}
        for key in asked:
            d.setdefault(key, []).append(1)
        return d

    def with_defaultdict() -> object:
        d: defaultdict[Any, list[int]] = defaultdict(list)
        for key in asked:
            d[key].append(1)
        return d

    def if_not_in() -> object:
        d: dict[Any, list[int]] = {}
        for key in asked:
            if key not in d:
                d[key] = []
            d[key].append(1)
        return d

    def try_except() -> object:
        d: dict[Any, list[int]] = {}
        for key in asked:
            try:
                d[key].append(1)
            except KeyError:
                d[key] = [1]
        return d

    theirs: dict[str, Work] = {
        "setdefault": setdefault,
        "defaultdict": with_defaultdict,
        "if not in": if_not_in,
        "try/except": try_except,
    }
    ours: dict[str, Work] = {"entry chain": chain, "get_or_insert_with": fused}
    ours["grouped"] = lambda: HashMap.grouped(pairs)
    for name in ("toolz", "cytoolz"):
        if (module := optional(name)) is not None:
            theirs[f"{name}.groupby"] = partial(module.groupby, 0, pairs)
    return ours, theirs


def counting(data: Data) -> tuple[dict[str, Work], dict[str, Work]]:
    asked = data.asked

    def merge() -> object:
        m: HashMap[Any, int] = HashMap()
        for key in asked:
            m.merge(key, 1, add)
        return m

    def get_plus_one() -> object:
        d: dict[Any, int] = {}
        for key in asked:
            d[key] = d.get(key, 0) + 1
        return d

    return (
        {"merge": merge, "counted": lambda: HashMap.counted(asked)},
        {"d.get(k, 0) + 1": get_plus_one, "Counter": lambda: Counter(asked)},
    )


def reading(data: Data, hits: bool) -> Iterator[tuple[str, Work, Work]]:
    m, d, asked = data.map, data.dict, data.asked if hits else data.absent

    def each(container: Any, use: str) -> Work:
        names: dict[str, Any] = {"c": container, "asked": asked}
        code = f"def work():\n for key in asked: {use}"
        exec(code, names)
        work: Work = names["work"]
        return work

    uses = {"in": "key in c", "get": "c.get(key)"}
    if hits:
        uses["[]"] = "c[key]"
    for name, use in uses.items():
        yield f"{name}, {'hits' if hits else 'misses'}", each(m, use), each(d, use)


def whole(data: Data) -> Iterator[tuple[str, Work, Work]]:
    m, d, asked, pairs, keys = data.map, data.dict, data.asked, data.pairs, data.keys
    same_map, same_dict = m.copy(), d.copy()

    def store(make: Callable[[], Any]) -> Work:
        def work() -> None:
            container = make()
            for key in asked:
                container[key] = 1

        return work

    def delete(make: Callable[[], Any]) -> Work:
        def work() -> None:
            container = make()
            for key in keys:
                del container[key]

        return work

    def loop(iterable: Callable[[], Any]) -> Work:
        def work() -> None:
            for _ in iterable():
                pass

        return work

    yield "[]=", store(HashMap), store(dict)
    yield "copy, then del each", delete(m.copy), delete(d.copy)
    yield "for key in", loop(lambda: m), loop(lambda: d)
    yield "for item in items()", loop(m.items), loop(d.items)
    yield "copy", m.copy, d.copy
    yield "from a dict", lambda: HashMap(d), lambda: dict(d)
    yield "from its own kind", lambda: HashMap(m), lambda: dict(d)
    yield "from pairs", lambda: HashMap(pairs), lambda: dict(pairs)
    yield (
        "update",
        lambda: HashMap[Any, Any]().update(pairs),
        lambda: dict[Any, int]().update(pairs),
    )
    yield "fromkeys", lambda: HashMap.fromkeys(asked), lambda: dict.fromkeys(asked)
    yield "== its own kind", lambda: m == same_map, lambda: d == same_dict
    yield "== a dict", lambda: m == d, lambda: d == same_dict


def borrowed(length: int, operations: int) -> Iterator[tuple[str, Work, Work]]:
    """The three variants of looking up `"_" + key`, and windows of a buffer."""
    dice = random.Random(length)
    rests = [f"{n:04}".rjust(length, "k") for n in range(1000)]
    m = HashMap({"_" + rest: 1 for rest in rests})
    d = dict(m)
    asked = [dice.choice(rests) for _ in range(operations)]
    short = m.by(prefixed("_"))
    buffer = "".join(rests).encode()
    windows = [slice(n * length, (n + 1) * length) for n in range(1000)]
    by_bytes = {rest.encode(): 1 for rest in rests}
    word = HashMap(by_bytes).by(slices_of(buffer))

    def ours() -> None:
        for rest in asked:
            short[rest]

    def concatenating() -> None:
        for rest in asked:
            d["_" + rest]

    def formatting() -> None:
        for rest in asked:
            d[f"_{rest}"]

    def our_windows() -> None:
        for window in windows:
            word[window]

    def their_windows() -> None:
        for window in windows:
            by_bytes[buffer[window]]

    yield f"prefixed, {length} characters / concatenating", ours, concatenating
    yield f"prefixed, {length} characters / formatting", ours, formatting
    yield f"slices_of, {length} bytes / d[buffer[a:b]]", our_windows, their_windows


# -- measuring ------------------------------------------------------------------------------------


def optional(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


def seconds(work: Any, times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return time.perf_counter() - start


def ratio(ours: Any, theirs: Any, budget: float) -> dict[str, float]:
    """The ratio of turns that take `budget` seconds in all."""
    once = max(min(seconds(theirs, 1) for _ in range(3)), 1e-7)
    turns = 9
    times = max(1, int(budget / turns / 2 / once))
    ratios = [seconds(ours, times) / seconds(theirs, times) for _ in range(turns)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return {"ratio": round(middle, 3), "low": round(low, 3), "high": round(high, 3)}


def comparisons(sizes: list[int], operations: int) -> Iterator[tuple[str, str, int, Any, Any]]:
    """Everything to be compared: the workload, the kind of key, the size, ours and theirs."""
    for kind in KEYS:
        for size in sizes:
            data = Data(kind, size, max(operations, size))
            for ours, theirs in (grouping(data), counting(data)):
                for our_name, our_work in ours.items():
                    for their_name, their_work in theirs.items():
                        yield f"{our_name} / {their_name}", kind, size, our_work, their_work
            for workload in (reading(data, hits=True), reading(data, hits=False), whole(data)):
                for name, our_work, their_work in workload:
                    yield name, kind, size, our_work, their_work
    for length in (4, 16, 64, 256, 1024, 4096):
        for name, our_work, their_work in borrowed(length, operations):
            yield name, "borrowed", 1000, our_work, their_work


def memory(size: int) -> dict[str, dict[str, float]]:
    """Bytes for each key, without the keys and values themselves."""
    found = {}
    for kind in KEYS:
        data = Data(kind, size, 1)
        found[kind] = {
            "HashMap": round(sys.getsizeof(data.map) / size, 1),
            "dict": round(sys.getsizeof(data.dict) / size, 1),
        }
    return found


def main() -> int:
    """Measure, print, and write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="in less than two minutes")
    parser.add_argument("--json", help="a file to write the results to")
    parser.add_argument("--only", default="", help="workloads with this in their name")
    arguments = parser.parse_args()
    if keyview.backend != "native":
        print("the native core is not built: there is nothing to measure", file=sys.stderr)
        return 1
    sizes = [10, 1000] if arguments.quick else [10, 1000, 1_000_000]
    budget = 0.15 if arguments.quick else 1.0
    results = []
    for name, kind, size, ours, theirs in comparisons(sizes, 2000):
        if arguments.only in name:
            found = ratio(ours, theirs, budget)
            results.append({"workload": name, "keys": kind, "size": size, **found})
            spread = f"{found['low']:.2f} to {found['high']:.2f}"
            print(f"{name:48} {kind:9} {size:8} {found['ratio']:6.2f}  [{spread}]", flush=True)
    report = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "keyview": keyview.__version__,
        "results": results,
        "bytes per key": {str(size): memory(size) for size in sizes},
    }
    print(json.dumps(report["bytes per key"], indent=1))
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())

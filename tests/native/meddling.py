"""Every operation of a map, from inside every other: `python -m tests.native.meddling --seconds N --seed N`.

The `__hash__` and `__eq__` of keys, destructors of values, and callbacks use entries, iterators and the map
itself, several calls deep; some of them raise. `driver` compares the two backends, and avoids what they may
do in another order. Here nothing is compared, but nothing may break.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import UserDict
from typing import TYPE_CHECKING, Any

import keyview
from keyview import HashMap
from tests.kit.keys import Key
from tests.kit.operations import keyed, of_entries, whole
from tests.kit.soundness import assert_sound

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH = 4
EXPECTED = (
    *(LookupError, RuntimeError, ValueError, AttributeError, TypeError, ZeroDivisionError),
    *(keyview.StaleEntryError, keyview.OccupiedError),
)


class Meddler:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.depth = 0
        self.map: HashMap[Any, Any] = HashMap()
        #: Other mappings, for `entry`.
        self.foreign: list[Any] = [{}, UserDict()]
        self.entries: list[Any] = [self.map.entry(0)]
        self.iterators: list[Any] = [iter(self.map)]

    def meddle(self) -> None:
        """The code of keys, values and callbacks: sometimes does an operation, sometimes raises."""
        if 0 < self.depth < DEPTH and self.random.random() < 0.15:
            self.operate()
        if self.depth and self.random.random() < 0.01:
            raise ZeroDivisionError

    def made(self, *_: object) -> Any:
        self.meddle()
        return Value(self)

    def operate(self) -> None:
        self.depth += 1
        try:
            self.random.choice(OPERATIONS)(self, self.map, self.key())
        finally:
            self.depth -= 1

    def key(self) -> object:
        number = self.random.randrange(12)
        key = Key(number, number % 3)
        key.on_hash = key.on_eq = self.meddle
        return key

    def entry(self) -> Any:
        return self.random.choice(self.entries)

    def is_wanted(self, *_: object) -> bool:
        self.meddle()
        return self.random.random() < 0.7

    def rank(self, *_: object) -> Rank:
        self.meddle()
        return Rank(self)

    def keep(self, kept: list[Any], *more: Any) -> None:
        kept += more
        del kept[:-5]

    def iterate(self) -> Any:
        m = self.map
        makers: list[Callable[[], Any]] = [m.keys, m.values, m.items, m.__reversed__]
        make: Callable[[], Any] = self.random.choice([*makers, self.extract])
        return iter(make())

    def extract(self) -> Any:
        return self.map.extract_if(self.is_wanted)


class Value:
    def __init__(self, meddler: Meddler) -> None:
        self.meddler = meddler

    def __add__(self, other: object) -> Value:
        self.meddler.meddle()
        return self

    __radd__ = __add__

    def __del__(self) -> None:
        self.meddler.meddle()


class Rank(Value):
    def __lt__(self, other: object) -> bool:
        return self.meddler.is_wanted()


OPERATIONS: list[Callable[[Meddler, HashMap[Any, Any], Any], object]] = [
    *(lambda own, m, k, row=row: row.call(m, k, own.made()) for row in keyed(direct=True).values()),
    *(
        lambda own, m, k, row=row: row.call(own.entry(), own.made(), own.meddle, keyview.REMOVE)
        for row in of_entries().values()
    ),
    *(lambda own, m, k, row=row: row.call(m, own.random.randrange(12)) for row in whole().values()),
    # Half of the operations must find something: store keys, keep entries and iterators.
    *[lambda own, m, k: m.__setitem__(k, own.made())] * 8,
    *[lambda own, m, k: own.keep(own.entries, m.entry(k), m.entry(own.key()))] * 4,
    *[lambda own, m, k: own.keep(own.iterators, own.iterate())] * 4,
    *[lambda own, m, k: next(own.random.choice(own.iterators), None)] * 4,
    *[lambda own, m, k: own.keep(own.entries, keyview.entry(own.random.choice(own.foreign), k))]
    * 2,
    lambda own, m, k: own.random.choice(own.foreign).pop(k, None),
    lambda own, m, k: own.random.choice(own.foreign).clear(),
    lambda own, m, k: own.keep(own.entries, *filter(None, (m.first_entry(), m.last_entry()))),
    lambda own, m, k: own.keep(own.entries, m.by(own.random.choice).entry([k, own.key()])),
    lambda own, m, k: own.entry().replace_key(k),
    lambda own, m, k: (own.entry().key, repr(own.entry())),
    lambda own, m, k: m.get_many(k, own.key()),
    lambda own, m, k: m.get_or_insert_with(k, own.made),
    lambda own, m, k: m.merge(k, own.made(), own.made),
    lambda own, m, k: m.update_with({k: own.made()}, own.made),
    lambda own, m, k: m.update([(own.key(), own.made()), (k, 2)]),
    lambda own, m, k: m.retain(own.is_wanted),
    lambda own, m, k: m.sort(own.rank),
    lambda own, m, k: m.move_to_end(k, last=own.is_wanted()),
    lambda own, m, k: m == dict(m),
    lambda own, m, k: m.items() & {(k, 1)},
    lambda own, m, k: m.by(own.random.choice).__delitem__([k, own.key()]),
    lambda own, m, k: m.by(own.random.choice).merge([k, own.key()], own.made(), own.made),
]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--operations", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    sys.unraisablehook = lambda _: None  # The errors of destructors are expected.
    meddler = Meddler(asked.seed)
    end, operations = time.monotonic() + asked.seconds, 0
    while operations < asked.operations or time.monotonic() < end:
        for _ in range(100):
            operations += 1
            try:
                meddler.operate()
            except EXPECTED:
                continue
        assert_sound(meddler.map)
    print(operations)


if __name__ == "__main__":
    main()

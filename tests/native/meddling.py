"""Every operation of a map, from inside every other: `python -m tests.native.meddling --seconds N --seed N`.

Keys hash, keys compare, values die and callbacks run while entries, iterators and the map itself are used by
what they call, several calls deep; some of them raise. The driver compares with the twin, and so keeps away
from what the twin may do in another order; here nothing is compared, but nothing may break.
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
from tests.unit.tools import assert_sound

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
        #: Mappings that are not ours, and have entries.
        self.foreign: list[Any] = [{}, UserDict()]
        self.entries: list[Any] = [self.map.entry(0)]
        self.iterators: list[Any] = [iter(self.map)]

    def meddle(self) -> None:
        """What a key, a value or a callback does: sometimes an operation, sometimes raise."""
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
        return Key(self, self.random.randrange(12))

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


class Key:
    def __init__(self, meddler: Meddler, number: int) -> None:
        self.meddler, self.number = meddler, number

    def __hash__(self) -> int:
        self.meddler.meddle()
        return self.number % 3

    def __eq__(self, other: object) -> bool:
        self.meddler.meddle()
        return isinstance(other, Key) and self.number == other.number


class Value:
    def __init__(self, meddler: Meddler) -> None:
        self.meddler = meddler

    def __del__(self) -> None:
        self.meddler.meddle()


class Rank(Value):
    def __lt__(self, other: object) -> bool:
        return self.meddler.is_wanted()


OPERATIONS: list[Callable[[Meddler, HashMap[Any, Any], Any], object]] = [
    lambda own, m, k: m.__setitem__(k, own.made()),
    lambda own, m, k: m.insert(k, own.made()),
    lambda own, m, k: m.pop(k, None),
    lambda own, m, k: m.get_many(k, own.key()),
    lambda own, m, k: m.clear(),
    lambda own, m, k: own.keep(own.entries, m.entry(k)),
    lambda own, m, k: own.keep(own.entries, m.entry(k), m.entry(own.key())),
    lambda own, m, k: own.entry().or_insert_with(own.made),
    lambda own, m, k: own.entry().or_insert_entry(own.made()),
    lambda own, m, k: own.entry().insert_entry(own.made()),
    lambda own, m, k: own.entry().replace_key(k),
    lambda own, m, k: own.entry().remove_entry(),
    lambda own, m, k: own.entry().and_modify(own.made),
    lambda own, m, k: own.entry().and_replace_entry_with(
        lambda *_: own.made() if own.is_wanted() else keyview.REMOVE
    ),
    lambda own, m, k: (own.entry().key, repr(own.entry())),
    lambda own, m, k: m.retain(own.is_wanted),
    lambda own, m, k: own.keep(own.iterators, own.iterate()),
    lambda own, m, k: next(own.random.choice(own.iterators), None),
    lambda own, m, k: m.merge(k, own.made(), own.made),
    lambda own, m, k: m.update_with({k: own.made()}, own.made),
    lambda own, m, k: m.update([(own.key(), own.made()), (k, 2)]),
    lambda own, m, k: m.try_insert(k, own.made()),
    lambda own, m, k: m.get_or_insert_with(k, own.made),
    lambda own, m, k: m.copy() == m,
    lambda own, m, k: m == dict(m),
    lambda own, m, k: m.items() & {(k, 1)},
    lambda own, m, k: list(m.drain()),
    lambda own, m, k: m.popitem(),
    lambda own, m, k: m.popitem(last=False),
    lambda own, m, k: m.move_to_end(k, last=own.is_wanted()),
    lambda own, m, k: m.swap_remove(k),
    lambda own, m, k: m.sort(own.rank),
    lambda own, m, k: m.at(m.index_of(k)),
    lambda own, m, k: own.keep(own.entries, *filter(None, (m.first_entry(), m.last_entry()))),
    lambda own, m, k: m.by(own.random.choice).__delitem__([k, own.key()]),
    lambda own, m, k: m.by(own.random.choice).merge([k, own.key()], own.made(), own.made),
    lambda own, m, k: m.reserve(50),
    lambda own, m, k: m.shrink_to_fit(),
    lambda own, m, k: own.keep(own.entries, keyview.entry(own.random.choice(own.foreign), k)),
    lambda own, m, k: own.keep(own.entries, keyview.entry(own.random.choice(own.foreign), k)),
    lambda own, m, k: own.random.choice(own.foreign).pop(k, None),
    lambda own, m, k: own.random.choice(own.foreign).clear(),
    lambda own, m, k: own.entry().or_insert_entry_with(own.made),
    lambda own, m, k: own.keep(own.entries, m.by(own.random.choice).entry([k, own.key()])),
]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--operations", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    sys.unraisablehook = lambda _: None  # What a destructor raises is expected, too.
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

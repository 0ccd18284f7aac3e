"""The names that the statements of `jobs` use: keys, maps that have them, and functions."""

from __future__ import annotations

import copy
import importlib
import operator
import pickle
import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from keyview import Concat, HashMap, SortedMap, entry

if TYPE_CHECKING:
    from collections.abc import Callable


#: The globals of the statements.
NAMES: dict[str, Any] = {
    "Concat": Concat,
    "Counter": Counter,
    "HashMap": HashMap,
    "SortedMap": SortedMap,
    "add": operator.add,
    "deepcopy": copy.deepcopy,
    "defaultdict": defaultdict,
    "dumps": pickle.dumps,
    "entry": entry,
    "f": operator.itemgetter(0),
    "loads": pickle.loads,
    "neg": operator.neg,
}

#: Packages that are compared with if they are installed, and what is used of them.
PACKAGES = {
    "BTrees.OOBTree": "OOBTree",
    "cytoolz": "cytoolz",
    "immutables": "Map",
    "multidict": "MultiDict",
    "rpds": "HashTrieMap",
    "sortedcontainers": "SortedDict",
    "toolz": "toolz",
}
for package, name in PACKAGES.items():
    if find_spec(package.partition(".")[0]):
        module = importlib.import_module(package)
        NAMES[name] = getattr(module, name, module)


@dataclass(frozen=True)
class Point:
    """A key whose `__hash__` and `__eq__` are written in Python."""

    x: int
    y: int


KINDS: dict[str, Callable[[int], Any]] = {
    "str": lambda n: f"key {n}",
    "int": lambda n: n * 7919,
    "tuple": lambda n: (n, str(n)),
    "dataclass": lambda n: Point(n, n),
}

#: The most keys that are read of a large map: reading more tells nothing new, and is measured in fewer turns.
MOST_READ = 50_000
#: In so many orders are short lists gone through.
ORDERS = 25


def in_orders(dice: random.Random, **lists: list[Any]) -> dict[str, list[list[Any]]]:
    """Each list in random orders, for `racing.in_each_order`; a long one only as it is."""
    orders = {}
    for name, things in lists.items():
        count = ORDERS if len(things) * ORDERS <= MOST_READ else 1
        orders[name] = [things, *(dice.sample(things, len(things)) for _ in range(1, count))]
    return orders


class Data:
    """The keys and maps of one race.

    `asked` are `keys` in random order, `some` those of them that are read, `absent` are in no map. None of
    them is a stored object, so `==` is needed, as for keys that come from outside.
    """

    def __init__(self, kind: str, size: int, operations: int) -> None:
        make, dice = KINDS[kind], random.Random(size)
        count = max(operations, size)
        self.keys = [make(n) for n in range(size)]
        self.asked = [make(dice.randrange(size)) for _ in range(count)]
        self.some = self.asked[:MOST_READ]
        self.absent = [make(size + n) for n in range(min(count, MOST_READ))]
        self.pairs = [(key, 1) for key in self.asked]
        self.d = {key: n for n, key in enumerate(self.keys)}
        self.m = HashMap(self.d)
        self.d2, self.m2 = self.d.copy(), self.m.copy()  # equal ones
        self.d3, self.m3 = self.d.copy(), self.m.copy()  # those that are changed
        self.d4 = dict(zip(map(make, range(size)), self.d.values(), strict=True))  # of equal keys
        self.m4 = HashMap(self.d4)
        few = self.keys[:MOST_READ]
        self.small = [few[n : n + 3] for n in range(0, len(few), 3)]
        self.dsmall = [dict.fromkeys(keys, 1) for keys in self.small]
        self.msmall = [HashMap(small) for small in self.dsmall]
        self.dd = defaultdict[Any, Any](list, self.d)
        self.orders = in_orders(
            dice,
            keys=self.keys,
            asked=self.asked,
            some=self.some,
            absent=self.absent,
            pairs=self.pairs,
        )

    @cached_property
    def multi(self) -> Any:
        return NAMES["MultiDict"](self.d)

    @cached_property
    def trie(self) -> Any:
        return NAMES["Map"](self.d)

    @cached_property
    def rust(self) -> Any:
        return NAMES["HashTrieMap"](self.d)

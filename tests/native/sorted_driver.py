"""Random operations on a SortedMap of both backends side by side: `python -m tests.native.sorted_driver`.

Each round has keys of one kind, because each kind has its own digests. The `__lt__` and `__eq__` of the last
kind change the map; when these are called may differ between the backends, so then only soundness is checked.
Tests run this with nodes of 64, and with nodes of 8 and a native backend that checks itself.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from typing import TYPE_CHECKING, Any

from tests.conftest import fresh_keyview
from tests.kit.keys import nothing
from tests.kit.operations import keyed, of_entries, whole
from tests.kit.soundness import assert_sound

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = 150
START = 300
WORDS = ["", "a", "ab", "\0", "a\0", "\x01", "\x02", "é", "日本", "\U0010ffff", "\ud800", "z" * 9]
EDGES = [0, 1, -1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**70, -(2**70)]


class Restless:
    """A key that is ordered by name, and runs code whenever it is compared."""

    do: Callable[[], object] = staticmethod(nothing)

    def __init__(self, name: int) -> None:
        self.name = name

    def __lt__(self, other: Restless) -> bool:
        Restless.do()
        return self.name < other.name

    def __eq__(self, other: object) -> bool:
        Restless.do()
        return isinstance(other, Restless) and self.name == other.name

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Restless({self.name})"


KINDS: dict[str, Callable[[random.Random], Any]] = {
    "int": lambda dice: dice.randrange(-200, 400),
    "long int": lambda dice: dice.choice(EDGES) + dice.randrange(-3, 4),
    "float": lambda dice: dice.choice(
        [dice.randrange(400) / 7 - 20, -0.0, 0.0, 1e-310, float("inf")]
    ),
    "str": lambda dice: (
        dice.choice(WORDS) + dice.choice(WORDS) + dice.choice(["", str(dice.random())])
    ),
    "common prefix": lambda dice: f"https://example.org/items/{dice.randrange(600)}",
    "a prefix lost": lambda dice: dice.choice(["common/"] * 99 + [""]) + str(dice.randrange(400)),
    "bytes": lambda dice: (
        dice.choice(WORDS).encode("utf-8", "surrogatepass") + bytes([dice.randrange(99)])
    ),
    "(str, int)": lambda dice: (dice.choice(WORDS), dice.randrange(-40, 40)),
    "(int, str)": lambda dice: (dice.choice(EDGES), dice.choice(WORDS), dice.randrange(9)),
    "(bytes, float)": lambda dice: (
        dice.choice([b"", b"\0", b"\1", b"a\0"]),
        dice.randrange(40) / 3,
    ),
    "(str, tuple)": lambda dice: ("same", dice.randrange(9), (dice.randrange(40), None)),
    "mixed": lambda dice: dice.choice(
        [dice.randrange(90), dice.randrange(90) / 2, dice.random() < 0.5]
    ),
    "class": lambda dice: Restless(dice.randrange(300)),
    "meddling": lambda dice: Restless(dice.randrange(40)),
}

RANGES: list[Callable[[Any, Any, int], object]] = [
    lambda r, k, n: len(r),
    lambda r, k, n: list(r.items()),
    lambda r, k, n: list(reversed(r)),
    lambda r, k, n: [k in r, (k, n) in r.items()],
    lambda r, k, n: r.at(n % 5 - 2),
    lambda r, k, n: [r.first_entry(), r.last_entry()],
    lambda r, k, n: [r.lower_entry(k), r.floor_entry(k), r.ceiling_entry(k), r.higher_entry(k)],
    lambda r, k, n: [r.pop_first(), r.pop_last()],
    lambda r, k, n: list(r.extract_if(lambda key, value: value % 3 == n % 3)),
    lambda r, k, n: r.retain(lambda key, value: value % 3 != n % 3),
    lambda r, k, n: list(r.drain()) if n % 5 == 0 else repr(r),
    lambda r, k, n: r.clear() if n % 5 == 0 else bool(r),
]


class World:
    """One backend: a map, with the entries and iterators that were taken from it."""

    def __init__(self, kv: Any, start: list[tuple[Any, int]]) -> None:
        self.kv = kv
        self.map = kv.SortedMap(start, default_factory=int)
        self.entries: list[Any] = [None]
        self.iterators: list[Any] = [iter(self.map)]

    def do(self, step: Callable[[World], object]) -> str:
        """Do a step. Returns the result in words that are the same for both backends."""
        try:
            said = repr(step(self))
        except RecursionError:
            raise
        except Exception as error:
            said = f"{type(error).__name__}: {error}".replace("'keyview.", "'")
            # Which key is compared first may differ between the backends.
            said = re.sub(r"(between instances of '\w+' and) .*", r"\1 another", said)
        return re.sub(r" at 0x[0-9a-f]+|keyview\._core\.", "", said)


def random_step(
    dice: random.Random, key_of: Callable[[random.Random], Any]
) -> Callable[[World], object]:
    """A step, the same for both backends."""
    key, other, number, which = key_of(dice), key_of(dice), dice.randrange(40), dice.random()
    if which < 0.5:
        operation = dice.choice(list(keyed(of="SortedMap").values())).call
        return lambda world: operation(world.map, key, number)
    if which < 0.6:
        return lambda world: world.entries.append(world.map.entry(key))
    if which < 0.7:
        use = dice.choice(list(of_entries().values())).call
        return lambda world: use(
            world.entries[number % len(world.entries)], number, nothing, world.kv.REMOVE
        )
    if which < 0.72:
        return lambda world: world.iterators.append(iter(world.map.items()))
    if which < 0.75:
        return lambda world: next(world.iterators[number % len(world.iterators)])
    if which < 0.9:
        use_range, inclusive = (
            dice.choice(RANGES),
            dice.choice(["left", "right", "both", "neither"]),
        )
        return lambda world: use_range(
            world.map.range(key, other, inclusive=inclusive), key, number
        )
    if which < 0.94 and isinstance(key, str | bytes | tuple):
        use_range = dice.choice(RANGES[:6])
        return lambda world: use_range(world.map.range(prefix=key[: number % 3]), key, number)
    rows = whole(of="SortedMap")
    rare = dice.choice(list(rows.values())).call
    if number and rare in (rows["clear"].call, rows["drain"].call):
        return lambda world: list(world.map.split_off(key)) if number < 4 else len(world.map)
    return lambda world: rare(world.map, number) if number else world.map.clear()


def play(kvs: list[Any], seed: int, kind: str) -> None:
    """One round."""
    dice = random.Random(seed)
    key_of = KINDS[kind]
    start = [(key_of(dice), n) for n in range(dice.randrange(START))]
    worlds = [World(kv, start) for kv in kvs]
    for number in range(STEPS):
        step = random_step(dice, key_of)
        done = []
        for world in worlds:
            if kind == "meddling":
                Restless.do = staticmethod(meddler(world, random.Random(seed * STEPS + number)))
            done.append(world.do(step))
            Restless.do = staticmethod(nothing)
        if kind == "meddling" or number % 25 == 0:
            for world in worlds:
                assert_sound(world.map)
        if kind != "meddling":
            shown = [repr(list(world.map.items())) for world in worlds]
            assert len({*done}) == len({*shown}) == 1, (kind, seed, number, done, shown)


def meddler(world: World, dice: random.Random) -> Callable[[], None]:
    """The code with which keys now and then change their map."""
    steps = [random_step(dice, KINDS["meddling"]) for _ in range(5)]

    def meddle() -> None:
        if dice.random() < 0.02:
            Restless.do = staticmethod(nothing)
            world.do(dice.choice(steps))
            Restless.do = staticmethod(meddle)

    return meddle


def main() -> None:
    """Play a round of each kind, and more of them until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=0, help="that of the first rounds")
    arguments = parser.parse_args()
    end = time.monotonic() + arguments.seconds
    seed = arguments.seed
    with fresh_keyview("pure") as pure, fresh_keyview("native") as native:
        while seed == arguments.seed or time.monotonic() < end:
            for kind in KINDS:
                play([pure, native], seed, kind)
            seed += 1
    print(f"{seed - arguments.seed} times {len(KINDS)} rounds agree")


if __name__ == "__main__":
    main()

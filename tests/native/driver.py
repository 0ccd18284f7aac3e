"""Random operations on both backends side by side: `python -m tests.native.driver --seconds 60`.

Each round does the same to a map of each backend, and compares the results, the errors with their words, and
the order. In every other round, the `__eq__` and `__hash__` of keys change the map; when these are called may
differ between the backends, so then only soundness is checked.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from typing import TYPE_CHECKING, Any

from tests.conftest import fresh_keyview
from tests.kit.keys import Key, nothing
from tests.kit.operations import keyed, of_entries, whole
from tests.kit.soundness import assert_sound

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = 40
STEPS = 200


class Meddling:
    """The code that each key runs before it hashes or compares."""

    do: Callable[[], object] = staticmethod(nothing)


def meddle_if_told() -> None:
    Meddling.do()


def key_of(name: int) -> Key:
    """A key that shares its hash with others, and runs that code."""
    key = Key(name, name % 13 * 8)
    key.on_hash = key.on_eq = meddle_if_told
    return key


class Pair:
    """One backend: a map and a dict, with the entries and iterators that were taken from it."""

    def __init__(self, kv: Any) -> None:
        self.kv = kv
        self.map = kv.HashMap(default_factory=int)
        self.dict: dict[Any, int] = {}
        self.entries: list[Any] = []
        self.iterators: list[Any] = []

    def do(self, step: Callable[[Pair], object]) -> str:
        """Do a step. Returns the result in words that are the same for both backends."""
        try:
            said = repr(step(self))
        except RecursionError:
            raise
        except Exception as error:
            # CPython's own messages name a class of C with its module, a class of Python without.
            said = f"{type(error).__name__}: {error}".replace("'keyview.", "'")
        return re.sub(r" at 0x[0-9a-f]+|keyview\._core\.", "", said)


ENTRY_USES: list[Callable[[Any, int, Any], object]] = [
    *(
        lambda e, n, kv, row=row: row.call(e, n, nothing, kv.REMOVE)
        for row in of_entries().values()
    ),
    lambda e, n, kv: e.replace_key(key_of(n)),
    lambda e, n, kv: repr(e),
]
WHOLE: list[Callable[[Any, int], object]] = [
    *(row.call for name, row in whole().items() if name not in ("clear", "drain")),
    lambda m, n: m.clear() if n == 0 else None,
    lambda m, n: list(m.drain()) if n == 1 else None,
    lambda m, n: m.sort(lambda key, value: hash((key.name, n)), reverse=n % 2),
    lambda m, n: m.update([(key_of(n), 1), (key_of(n), 2), 5]),
    lambda m, n: m == dict(m.items()),
    lambda m, n: m | {key_of(n): n},
    lambda m, n: m.keys() & {key_of(n)},
    lambda m, n: type(m).grouped((key_of(i % 3), i) for i in range(n)),
    lambda m, n: type(m).reduced(((key_of(i % 3), i) for i in range(n)), max),
    lambda m, n: type(m).counted(key_of(i % 3) for i in range(n)),
]


def random_step(dice: random.Random) -> Callable[[Pair], object]:
    """A step, the same for both backends."""
    key, number, which = key_of(dice.randrange(NAMES)), dice.randrange(NAMES), dice.random()
    if which < 0.55:
        operation = dice.choice(list(keyed().values())).call
        return lambda world: operation(world.map, key, number)
    if which < 0.62:
        return lambda world: world.entries.append(world.map.entry(key))
    if which < 0.64:
        return lambda world: world.entries.append(world.kv.entry(world.dict, key))
    if which < 0.65:
        return lambda world: world.dict.pop(key)
    if which < 0.8:
        use = dice.choice(ENTRY_USES)
        return lambda world: use(world.entries[number % len(world.entries)], number, world.kv)
    if which < 0.85:
        return lambda world: world.iterators.append(iter(world.map.items()))
    if which < 0.9:
        return lambda world: next(world.iterators[number % len(world.iterators)])
    whole = dice.choice(WHOLE)
    return lambda world: whole(world.map, number)


def meddler(world: Pair, dice: random.Random) -> Callable[[], None]:
    """The code with which keys now and then change their map."""
    steps = [random_step(dice) for _ in range(20)]

    def meddle() -> None:
        if dice.random() < 0.05:
            Meddling.do = staticmethod(nothing)
            world.do(dice.choice(steps))
            Meddling.do = staticmethod(meddle)

    return meddle


def play(kvs: list[Any], seed: int) -> None:
    """One round."""
    worlds = [Pair(kv) for kv in kvs]
    dice = random.Random(seed)
    for number in range(STEPS):
        step = random_step(dice)
        done = []
        for world in worlds:
            if seed % 2:
                Meddling.do = staticmethod(meddler(world, random.Random(seed * STEPS + number)))
            done.append(world.do(step))
            Meddling.do = staticmethod(nothing)
            assert_sound(world.map)
        if seed % 2 == 0:
            shown = [repr([*world.map.items(), world.dict]) for world in worlds]
            assert len({*done}) == len({*shown}) == 1, (seed, number, done, shown)


def main() -> None:
    """Play some rounds, and more of them until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=0, help="that of the first round")
    arguments = parser.parse_args()
    end = time.monotonic() + arguments.seconds
    seed = arguments.seed
    with fresh_keyview("pure") as pure, fresh_keyview("native") as native:
        while seed < arguments.seed + arguments.rounds or time.monotonic() < end:
            play([pure, native], seed)
            seed += 1
    print(f"{seed - arguments.seed} rounds agree")


if __name__ == "__main__":
    main()

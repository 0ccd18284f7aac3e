"""Races: variants of one job that take turns in one process."""

from __future__ import annotations

import math
import random
from textwrap import indent
from time import process_time
from timeit import Timer
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.data import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.modes import Mode


class Race(NamedTuple):
    """A job, its parameters, and its variants as statements about `data`."""

    job: str
    parameters: Mapping[str, str | int]
    data: object
    operations: int
    ours: Mapping[str, str]
    theirs: Mapping[str, str]


def setup(statement: str, data: object) -> str:
    """The setup: attributes of `data` that a statement uses become local names, as in a user's function."""
    names = compile(statement, "<job>", "exec").co_names
    return "\n".join(f"{name} = data.{name}" for name in names if hasattr(data, name))


def in_each_order(statement: str, data: object) -> tuple[str, int]:
    """The statement in a loop over the orders of the list that it goes through, and how many there are.

    A processor learns where the branches of 2,000 lookups lead, if the same are made again and again; and it
    learns those of the one map before those of the other. A program does not repeat itself so.
    """
    orders: dict[str, list[list[object]]] = getattr(data, "orders", {})
    for name in compile(statement, "<job>", "exec").co_names:
        if name in orders:
            loop = f"for {name} in data.orders[{name!r}]:"
            return f"{loop}\n{indent(statement, '    ')}", len(orders[name])
    return statement, 1


def run(race: Race, mode: Mode) -> dict[str, list[float]]:
    """For each variant, the seconds that one operation took in each turn.

    In a turn, all variants run once, in random order. Finding the number of runs that fill a turn is the
    warm-up. The time is that of the processor, without other processes. As in `timeit`, the garbage
    collector is off.
    """
    dice = random.Random(race.job)
    names = {**NAMES, "data": race.data}
    timers, operations = {}, {}
    for variant, statement in {**race.ours, **race.theirs}.items():
        looped, orders = in_each_order(statement, race.data)
        timers[variant] = Timer(looped, setup(statement, race.data), process_time, names)
        operations[variant] = orders * race.operations
    numbers = {variant: runs(timer, mode.seconds) for variant, timer in timers.items()}
    found: dict[str, list[float]] = {variant: [] for variant in timers}
    for _ in range(mode.turns_for(race.operations)):
        for variant in dice.sample(list(timers), len(timers)):
            number = numbers[variant]
            seconds = timers[variant].timeit(number)
            found[variant].append(seconds / number / operations[variant])
    return found


def runs(timer: Timer, seconds: float) -> int:
    """How many runs take about this many seconds."""
    number = 1
    while (taken := timer.timeit(number)) < seconds:
        needed = number * 1.1 * seconds / max(taken, 1e-9)  # a coarse clock may not have moved
        number = min(math.ceil(needed), 10 * number)
    return number

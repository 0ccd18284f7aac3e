"""Generic classes of attrs: they are equal by their compared fields, not by their arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import attr
import attrs

T = TypeVar("T")


@attrs.frozen
class Phantom(Generic[T]):
    name: str


@attrs.frozen
class Empty(Generic[T]): ...


@attrs.frozen
class Tagged(Generic[T]):
    name: str
    tag: T = attrs.field(eq=False)


@attrs.frozen
class BelowTagged(Tagged[T]):
    number: int = 0


@attr.s(frozen=True)
class Old(Generic[T]):
    name: str = attr.ib()
    tag: T = attr.ib(cmp=False)


@attrs.frozen
class Folded(Generic[T]):
    name: T = attrs.field(eq=str)


@attrs.frozen
class Held(Generic[T]):
    value: T = attrs.field(eq=True)


@attrs.frozen
class Many(Generic[T]):
    values: tuple[T, ...]


@dataclass(frozen=True)
class ManyToo(Generic[T]):
    values: tuple[T, ...]


def generic(
    a: Phantom[int],
    b: set[Phantom[str]],
    c: Empty[int],
    d: set[Empty[str]],
    e: Tagged[int],
    f: set[Tagged[str]],
    g: BelowTagged[int],
    h: set[BelowTagged[str]],
    i: Old[int],
    j: set[Old[str]],
    k: Folded[int],
    l: set[Folded[str]],
    m: Held[int],
    n: set[Held[str]],
) -> None:
    a in b
    c in d
    e in f
    g in h
    i in j
    k in l
    m in n  # E: plugin[refused]


# As tuples alone: equal if both are empty, which is nothing that one looks up on purpose.
def only_empty(
    a: Many[int],
    b: set[Many[str]],
    c: ManyToo[int],
    d: set[ManyToo[str]],
    e: tuple[int, ...],
    f: set[tuple[str, ...]],
) -> None:
    a in b  # E: plugin[refused]
    c in d  # E: plugin[refused]
    e in f  # E: plugin[refused]


@attrs.define
class State(Generic[T]):
    data: T


@attrs.define(eq=False)
class Channel(Generic[T]):
    """Equal to itself alone, and hashed by that: its field, which has no hash, is not asked."""

    state: State[T]


def by_identity(
    broken: set[Channel[int]], channels: set[Channel[int]], channel: Channel[int]
) -> None:
    channel in channels
    channels -= broken


by_identity(set(), {one := Channel(State(1))}, one)

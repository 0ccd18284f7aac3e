"""What can be hashed depends on what a decorator is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from keyview import HashMap


@dataclass
class Plain:
    x: int


@dataclass(eq=True, frozen=False)
class Told:
    x: int


@dataclass(frozen=True)
class Frozen:
    x: int


@dataclass(unsafe_hash=True)
class Unsafe:
    x: int


@dataclass(eq=False)
class ById:
    x: int


@dataclass
class WithHash:
    x: int

    def __hash__(self) -> int:
        return self.x


class BelowPlain(Plain): ...


@dataclass(frozen=True)
class OwnEq:
    x: int

    def __eq__(self, other: object) -> bool:
        return True


class NoHash:
    __hash__ = None  # type: ignore[assignment]


class BelowFrozen(Frozen): ...


class Named(NamedTuple):
    """The body of a NamedTuple leaves the hash of a tuple."""

    x: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and other.x == self.x


class BelowNamed(Named):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, BelowNamed) and other.x == self.x


def look(
    m: HashMap[object, int], d: dict[object, int], s: set[object], items: list[object]
) -> None:
    m[Plain(1)]  # E: plugin[key-view-unhashable]
    m[Told(1)]  # E: plugin[key-view-unhashable]
    m[BelowPlain(1)]  # E: plugin[key-view-unhashable]
    m[NoHash()]  # E: plugin[key-view-unhashable]
    m[1, Plain(1)]  # E: plugin[key-view-unhashable]
    m.entry([1])  # E: plugin[key-view-unhashable]
    m[Frozen(1)]
    m[Unsafe(1)]
    m[ById(1)]
    m[WithHash(1)]
    m[OwnEq(1)]
    m[BelowFrozen(1)]
    m[Named(1)]
    m[BelowNamed(1)]  # E: plugin[key-view-unhashable]
    m[1, BelowNamed(1)]  # E: plugin[key-view-unhashable]
    d[Plain(1)]  # E: plugin[key-view-unhashable]
    Plain(1) in s  # E: plugin[key-view-unhashable]
    s.discard(Plain(1))  # E: plugin[key-view-unhashable]
    Plain(1) in items


def silent(m: HashMap[object, int]) -> None:
    m[Plain(1)]  # type: ignore[key-view-unhashable]


def mypys_own(m: HashMap[str, int], d: dict[str, int], maybe: str | list[str]) -> None:
    m[maybe]  # E: plugin[key-view-may-raise]
    maybe in d  # E: plugin[key-view-may-raise]
    d[maybe]  # E: plugin[index]
    d.get([1])  # E: plugin[call-overload]

"""Classes of every kind that decides about equality in its own way; `zoo` has values of them."""

# ruff: noqa: SLOT000, SLOT001, UP042
from __future__ import annotations

import datetime as dt
from collections import UserString
from dataclasses import dataclass
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum
from typing import Generic, NamedTuple, NewType, NotRequired, Protocol, TypedDict, TypeVar, final

from keyview import Borrow, KeyView

T = TypeVar("T")

UserId = NewType("UserId", int)
OrderId = NewType("OrderId", int)
Name = NewType("Name", str)


class Animal: ...


class Dog(Animal): ...


class Cat(Animal): ...


class Left: ...


class Right: ...


class Both(Left, Right): ...


@final
class Sealed: ...


@final
class Closed: ...


class IntSub(int): ...


class StrSub(str): ...


class CaseInsensitive(str):
    """Equal to what no str of its own would be, and hashed accordingly."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.lower() == other.lower()

    def __hash__(self) -> int:
        return hash(self.lower())


class UserStringSub(UserString): ...


class Color(Enum):
    RED = 1
    BLUE = "a"


class Shape(Enum):
    ROUND = 1


class Text(StrEnum):
    A = "a"
    B = "b"


class OldText(str, Enum):
    A = "a"
    C = "c"


class Number(IntEnum):
    ZERO = 0
    ONE = 1


class Bits(IntFlag):
    R = 1
    W = 2


class Perm(Flag):
    R = 1
    W = 2


class Ratio(float, Enum):
    ONE = 1.0
    HALF = 0.5


class Raw(bytes, Enum):
    A = b"a"


class Point(tuple[int, int], Enum):
    ORIGIN = (0, 0)


class Day(dt.date, Enum):
    FIRST = 2020, 1, 1


class Tolerant(Enum):
    """An enum with an equality of its own."""

    A = "a"

    def __eq__(self, other: object) -> bool:
        return self is other or other == self.value

    def __hash__(self) -> int:
        return hash(self.value)


class Pair(NamedTuple):
    x: int
    y: int


class NamedEq(NamedTuple):  # noqa: PLW1641
    """A NamedTuple's body adds its methods to a class that is there already, and so leaves the hash."""

    x: int

    def __eq__(self, other: object) -> bool:
        return other in (self.x, (self.x,), (self.x, self.x))


class NamedEqSub(NamedEq):  # noqa: PLW1641
    """Its own class body takes the hash away."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NamedEqSub) and other.x == self.x


class Extent(NamedTuple):
    width: float
    height: float


class Tagged(NamedTuple):
    tag: str
    value: int


class Swapped(tuple[int, int]):
    """A tuple with an equality of its own."""

    def __eq__(self, other: object) -> bool:
        return tuple(self) == other or tuple(reversed(self)) == other

    def __hash__(self) -> int:
        return hash(tuple(sorted(self)))


@dataclass(frozen=True)
class Frozen:
    x: int


@dataclass(frozen=True)
class FrozenAlike:
    x: int


@dataclass(frozen=True)
class FrozenSub(Frozen):
    pass


@dataclass(frozen=True)
class FrozenMore(Frozen):
    y: int = 0


class PlainSub(Frozen):
    """Inherits the generated `__eq__`, which wants the same class."""


@dataclass(eq=False)
class ByIdentity:
    x: int


@dataclass(unsafe_hash=True)
class Mutable:
    x: int


@dataclass(frozen=True)
class Box(Generic[T]):
    value: T


@dataclass(frozen=True)
class TextBox(Box[str]):
    pass


class Crate(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value


class LikeText:
    """Says nothing of what it equals."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return self.text == (other.text if isinstance(other, LikeText) else other)

    def __hash__(self) -> int:
        return hash(self.text)


class LikeTextSub(LikeText): ...


class SaysInt:
    """Says what it equals."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __eq__(self, other: int | SaysInt) -> bool:  # type: ignore[override]
        return self.value == (other.value if isinstance(other, SaysInt) else other)

    def __hash__(self) -> int:
        return hash(self.value)


class Short(KeyView[str]):
    def __init__(self, text: str) -> None:
        self.text = text

    def __key__(self) -> str:
        return self.text


class Structural:
    """A view that does not say so."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __key__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        return self.number == (other.number if isinstance(other, Structural) else other)

    def __hash__(self) -> int:
        return hash(self.number)


class Host(Borrow[str]):
    def __init__(self, text: str) -> None:
        self.text = text

    def __borrow__(self) -> str:
        return self.text


class HasText(Protocol):
    text: str


class Meta(type): ...


class WithMeta(metaclass=Meta): ...


class Film(TypedDict):
    a: str


class Clip(TypedDict):
    a: int


class Series(TypedDict):
    b: str
    a: NotRequired[str]

"""Classes that declare KeyView or Borrow, judged where they are defined; structural ones where used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from keyview import Borrow, HashMap, KeyView, OrderedBorrow

T = TypeVar("T")


class ShortKey(KeyView[str]):
    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class BothOwn(ShortKey):
    def __hash__(self) -> int:
        return hash(self.__key__())

    def __eq__(self, other: object) -> bool:
        return self.__key__() == other


class BothLent(ShortKey):
    def __eq__(self, other: object) -> bool:
        return self.__key__() == other

    __hash__ = KeyView.__hash__


class HashAlone(ShortKey):  # E: plugin[key-view-law]
    def __hash__(self) -> int:
        return 1


class InheritsIt(HashAlone):
    """Reported where it comes from."""


class EqAlone(ShortKey):  # E: plugin[key-view-law]
    def __eq__(self, other: object) -> bool:
        return True


class NoHash(Borrow[str]):  # E: plugin[key-view-law]
    __hash__ = None  # type: ignore[assignment]

    def __borrow__(self) -> str:
        return ""


class Mixin:
    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        return True


class FromMixin(Mixin, KeyView[str]):
    def __key__(self) -> str:
        return ""


class Named(KeyView[str], Protocol):
    name: str


class Generated(KeyView[T], Generic[T]):
    def __init__(self, key: T) -> None:
        self.key = key

    def __key__(self) -> T:
        return self.key


# -- dataclasses ----------------------------------------------------------------------------------


@dataclass
class Replaced(KeyView[str]):  # E: plugin[key-view-law]
    rest: str

    def __key__(self) -> str:
        return self.rest


@dataclass(frozen=True)
class ReplacedToo(KeyView[str]):  # E: plugin[key-view-law]
    rest: str

    def __key__(self) -> str:
        return self.rest


@dataclass(frozen=True)
class ReplacedKey(Borrow[str]):  # E: plugin[key-view-law]
    rest: str

    def __borrow__(self) -> str:
        return self.rest


@dataclass(frozen=True, eq=False)
class Kept(KeyView[str]):
    rest: str

    def __key__(self) -> str:
        return self.rest


@dataclass(eq=False)
class Assignable(Borrow[str]):  # E: plugin[key-view-law]
    rest: str

    def __borrow__(self) -> str:
        return self.rest


@dataclass(frozen=True)
class KeptByHand(KeyView[str]):
    rest: str

    def __key__(self) -> str:
        return self.rest

    def __hash__(self) -> int:
        return hash(self.rest)

    def __eq__(self, other: object) -> bool:
        return self.rest == other


@dataclass(frozen=True)
class Below(ShortKey):  # E: plugin[key-view-law]
    more: str


def local() -> None:
    class Local(ShortKey):  # E: plugin[key-view-law]
        def __hash__(self) -> int:
            return 1


class Outer:
    class Inner(ShortKey):  # E: plugin[key-view-law]
        def __hash__(self) -> int:
            return 1


class Silenced(ShortKey):  # type: ignore[key-view-law]
    def __hash__(self) -> int:
        return 1


# -- other bases ----------------------------------------------------------------------------------


class Point(NamedTuple):
    x: int


class PointFirst(Point, KeyView[tuple[int]]):  # E: plugin[key-view-law]
    def __key__(self) -> tuple[int]:
        return (self.x,)


class PointLast(KeyView[tuple[int]], Point):
    def __key__(self) -> tuple[int]:
        return (self.x,)


class Colour(KeyView[str], Enum):  # E: plugin[key-view-law]
    RED = 1

    def __key__(self) -> str:
        return "red"


class TextFirst(str, KeyView[str]):  # E: plugin[key-view-law]
    def __key__(self) -> str:
        return "_" + self


# -- what they stand for --------------------------------------------------------------------------


class OfView(KeyView[ShortKey]):
    def __key__(self) -> ShortKey:  # E: plugin[key-view-law]
        return ShortKey("")


class OfTuple(KeyView[tuple[ShortKey, int]]):
    def __key__(self) -> tuple[ShortKey, int]:  # E: plugin[key-view-law]
        return ShortKey(""), 1


class OfBuffer(KeyView[memoryview]):
    def __key__(self) -> memoryview:  # E: plugin[key-view-law]
        return memoryview(b"")


class OfList(KeyView[list[str]]):
    def __key__(self) -> list[str]:  # E: plugin[key-view-law]
        return []


class LendsList(Borrow[list[str]]):
    def __borrow__(self) -> list[str]:  # E: plugin[key-view-law]
        return []


class LendsBuffer(Borrow[memoryview]):
    def __borrow__(self) -> memoryview:
        return memoryview(b"")


class OfOther(KeyView[str]):
    def __key__(self) -> int:  # E: plugin[override]
        return 1


class OfAnything(KeyView[Any]):
    def __key__(self):  # type: ignore[no-untyped-def]
        return ShortKey("")


# -- structural -----------------------------------------------------------------------------------


class Lawful:
    def __key__(self) -> str:
        return "_"

    def __hash__(self) -> int:
        return hash("_")

    def __eq__(self, other: object) -> bool:
        return other == "_"


class OfObject:
    def __key__(self) -> str:
        return "_"


class WithoutHash(OfObject):
    def __eq__(self, other: object) -> bool:
        return other == "_"


@dataclass(frozen=True)
class Structural:
    rest: str

    def __key__(self) -> str:
        return self.rest


Unknown: Any = object


class BesideUnknown(Unknown, KeyView[str]):  # type: ignore[misc]
    """Its other base may bring the __eq__."""

    def __key__(self) -> str:
        return "_"

    def __hash__(self) -> int:
        return hash("_")


class Lender:
    def __borrow__(self) -> str:
        return "_"


def use(m: HashMap[str, int], d: dict[str, int], lent: HashMap[Lender, int]) -> None:
    m[Lawful()]
    m[OfObject()]  # E: plugin[key-view-law]
    m[WithoutHash()]  # E: plugin[key-view-law]
    m[BesideUnknown()]
    m[Structural("_")]  # E: plugin[key-view-law]
    m[HashAlone("_")]
    OfObject() in m  # E: plugin[key-view-law]
    d[Lawful()]
    d[OfObject()]  # E: plugin[index]
    OfObject() in d  # E: plugin[key-view-law]
    lent[Lender()]
    lent["_"]  # E: plugin[key-view-law]


class OrdersKeys(ShortKey):
    def __lt__(self, other: str) -> bool:
        return self.__key__() < other


class OrdersAll(ShortKey):
    def __lt__(self, other: object) -> bool:
        return True


class OrdersViews(ShortKey):
    def __lt__(self, other: ShortKey) -> bool:  # E: plugin[key-view-law]
        return self.rest < other.rest


class OrdersNumbers(KeyView[T]):
    def __lt__(self, other: float) -> bool:  # E: plugin[key-view-law]
        return True


class OrdersNumbersOfNumbers(KeyView[int]):
    def __key__(self) -> int:
        return 1

    def __lt__(self, other: float) -> bool:
        return True


class OrderedHost(OrderedBorrow[str]):
    def __borrow__(self) -> str:
        return ""


class MixedHost(OrderedBorrow[str | int]):
    def __borrow__(self) -> str | int:  # E: plugin[key-view-law]
        return ""


class SetHost(OrderedBorrow[frozenset[int]]):
    def __borrow__(self) -> frozenset[int]:  # E: plugin[key-view-law]
        return frozenset()


class HashedSet(Borrow[frozenset[int]]):
    def __borrow__(self) -> frozenset[int]:
        return frozenset()

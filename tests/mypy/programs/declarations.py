"""What a class declares, and what it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, NewType

from keyview import Borrow, Concat, HashMap, KeyView, Slice, slices_of

UserId = NewType("UserId", str)
TeamId = NewType("TeamId", str)


class ShortKey(KeyView[str]):
    def __key__(self) -> str:
        return "_"


class Structural:
    """Has the three methods, without the base class."""

    def __key__(self) -> str:
        return "_"

    def __hash__(self) -> int:
        return hash("_")

    def __eq__(self, other: object) -> bool:
        return other == "_"


class Host(Borrow[str]):
    def __init__(self, name: str) -> None:
        self.name = name

    def __borrow__(self) -> str:
        return self.name


class OwnEq:
    """Says nothing of what it equals."""

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        return other == "a"


class EqOnly:
    """A class body with __eq__ and no __hash__ cannot be hashed."""

    def __eq__(self, other: object) -> bool:
        return True


class EqStr:
    """Says what it equals."""

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: str) -> bool:  # type: ignore[override]
        return True


class Point(NamedTuple):
    x: int
    y: int


@dataclass(frozen=True)
class Pair:
    left: str
    right: str


def views(
    m: HashMap[str, int], by_bytes: HashMap[bytes, int], by_number: HashMap[int, int]
) -> None:
    m[ShortKey()]
    m[Structural()]
    m[Concat("a", "b")]
    m[Slice("abc", 0, 1)]
    m[Slice(b"abc", 0, 1)]  # E: plugin[key-view]
    by_bytes[Slice(b"abc", 0, 1)]
    by_bytes[memoryview(b"abc")]
    by_bytes[bytearray(b"abc")]  # E: plugin[key-view-unhashable]
    by_bytes.entry(memoryview(b"abc")).or_insert(1)
    by_number[ShortKey()]  # E: plugin[key-view]
    by_bytes.by(slices_of(b"abc"))[0:1]


def borrowing(m: HashMap[Host, int], pairs: HashMap[tuple[Host, int], int]) -> None:
    m["example"]
    "example" in m
    m[1]  # E: plugin[key-view]
    m.entry("example")  # E: plugin[key-view]
    m.entry(Host("example")).or_insert(1)
    pairs["example", 1]
    pairs["example", "b"]  # E: plugin[key-view]


def equality(m: HashMap[str, int], by_number: HashMap[int, int], odd: HashMap[OwnEq, int]) -> None:
    # What cannot be read is left to mypy's own signature.
    m[OwnEq()]  # E: plugin[index]
    odd["a"]  # E: plugin[index]
    OwnEq() in m
    "a" in odd
    m[EqOnly()]  # E: plugin[key-view-unhashable]
    m[EqStr()]
    by_number[EqStr()]  # E: plugin[key-view]
    m[Pair("a", "b")]  # E: plugin[key-view]


def brands(users: HashMap[UserId, int], text: HashMap[str, int], team: TeamId, name: str) -> None:
    users[name]
    users[team]  # E: plugin[key-view]
    users[7]  # E: plugin[key-view]
    text[team]
    users.entry(name)  # E: plugin[key-view]


def tuples(m: HashMap[tuple[int, int], int], rows: HashMap[tuple[int, ...], int], p: Point) -> None:
    m[p]
    m[1, 2, 3]  # E: plugin[key-view]
    rows[1, 2, 3]
    rows[1, "a"]  # E: plugin[key-view]
    rows[()]


def storing(m: HashMap[str, int], maybe: str | None, anything: Any) -> None:
    m.entry(maybe)  # E: plugin[key-view]
    m.get_or_insert_with(maybe, int)  # E: plugin[key-view]
    m.merge(maybe, 1, max)  # E: plugin[key-view]
    m.entry(anything)
    m.insert(maybe, 1)  # E: plugin[arg-type]
    m.setdefault(maybe, 1)  # E: plugin[arg-type]
    if maybe is not None:
        m.entry(maybe)

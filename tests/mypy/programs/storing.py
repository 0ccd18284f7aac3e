"""Views where keys are stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from keyview import Borrow, HashMap, KeyView

K = TypeVar("K")
V = TypeVar("V")


class ShortKey(KeyView[str]):
    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Structural:
    def __key__(self) -> str:
        return "_"


class Host(Borrow[str]):
    def __borrow__(self) -> str:
        return ""


class Row(NamedTuple):
    key: ShortKey
    number: int


@dataclass(frozen=True)
class Frozen:
    key: ShortKey


@dataclass(frozen=True)
class Holder(Generic[K]):
    key: K


@dataclass(frozen=True, eq=False)
class ById:
    key: ShortKey


@dataclass(frozen=True)
class Chain:
    next: Chain | None


Nested = str | tuple["Nested", ...]


# -- where the type is written --------------------------------------------------------------------


def views(m: HashMap[ShortKey, int]) -> None: ...  # E: plugin[key-view-stored]
def structural(m: HashMap[Structural, int]) -> None: ...  # E: plugin[key-view-stored]
def any_view(m: HashMap[KeyView[str], int]) -> None: ...  # E: plugin[key-view-stored]
def arms(m: HashMap[str | ShortKey, int]) -> None: ...  # E: plugin[key-view-stored]
def buffers(m: HashMap[memoryview, int]) -> None: ...  # E: plugin[key-view-stored]
def tuples(m: HashMap[tuple[ShortKey, int], int]) -> None: ...  # E: plugin[key-view-stored]
def rows(m: HashMap[tuple[ShortKey, ...], int]) -> None: ...  # E: plugin[key-view-stored]
def sets(m: HashMap[frozenset[ShortKey], int]) -> None: ...  # E: plugin[key-view-stored]
def named(m: HashMap[Row, int]) -> None: ...  # E: plugin[key-view-stored]
def frozen(m: HashMap[Frozen, int]) -> None: ...  # E: plugin[key-view-stored]
def held(m: HashMap[Holder[ShortKey], int]) -> None: ...  # E: plugin[key-view-stored]
def nested(m: list[HashMap[ShortKey, int]]) -> None: ...  # E: plugin[key-view-stored]
def inner(m: HashMap[str, HashMap[ShortKey, int]]) -> None: ...  # E: plugin[key-view-stored]
def result() -> HashMap[ShortKey, int] | None: ...  # E: plugin[key-view-stored]
def silent(m: HashMap[ShortKey, int]) -> None: ...  # type: ignore[key-view-stored]


def fine(
    m: HashMap[Host, int],
    by_identity: HashMap[ById, int],
    views_as_values: HashMap[str, ShortKey],
    held: HashMap[Holder[str], int],
    chains: HashMap[Chain, int],
    recursive: HashMap[Nested, int],
    plain: dict[ShortKey, int],
) -> None: ...


def generic(pairs: Iterable[tuple[K, V]]) -> HashMap[K, V]:
    return HashMap(pairs)


class Index(HashMap[ShortKey, int]): ...  # E: plugin[key-view-stored]


class Sub(HashMap[K, V]): ...


Alias = HashMap[ShortKey, int]  # E: plugin[key-view-stored]
declared: HashMap[ShortKey, int] = HashMap()  # E: plugin[key-view-stored]
aliased: Alias = HashMap()


class Owner:
    def __init__(self) -> None:
        self.kept: HashMap[Later, int] = HashMap()  # E: plugin[key-view-stored]


class Later(ShortKey): ...


# -- where it is inferred -------------------------------------------------------------------------


def made(items: list[ShortKey], names: list[str]) -> None:
    HashMap([(ShortKey("a"), 1)])  # E: plugin[key-view-stored]
    HashMap({ShortKey("a"): 1})  # E: plugin[key-view-stored]
    HashMap([((ShortKey("a"), 1), 1)])  # E: plugin[key-view-stored]
    HashMap([(Frozen(ShortKey("a")), 1)])  # E: plugin[key-view-stored]
    HashMap[ShortKey, int]()  # E: plugin[key-view-stored]
    HashMap[ShortKey, int].with_capacity(1)  # E: plugin[key-view-stored]
    HashMap.fromkeys(items)  # E: plugin[key-view-stored]
    HashMap.fromkeys(items, 1)  # E: plugin[key-view-stored]
    HashMap.grouped((item, 1) for item in items)  # E: plugin[key-view-stored]
    HashMap.counted(items)  # E: plugin[key-view-stored]
    HashMap.reduced(((item, 1) for item in items), max)  # E: plugin[key-view-stored]
    Sub({ShortKey("a"): 1})  # E: plugin[key-view-stored]
    print(len(HashMap([(ShortKey("a"), 1)])))  # E: plugin[key-view-stored]
    Index()
    HashMap([("a", ShortKey("a"))])
    HashMap.counted(names)
    {ShortKey("a"): 1}
    {ShortKey("a")}


def stored(m: HashMap[str, int], numbers: HashMap[tuple[str, int], int]) -> None:
    m[ShortKey("a")] = 1  # E: plugin[index]
    m.insert(ShortKey("a"), 1)  # E: plugin[arg-type]
    m.entry(ShortKey("a")).or_insert(1)
    numbers.entry((ShortKey("a"), 1)).or_insert(1)
    numbers.entry(Row(ShortKey("a"), 1))  # E: plugin[key-view]

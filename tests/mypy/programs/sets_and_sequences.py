"""Sets, and whatever is searched from the front."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import (
    Collection,
    Container,
    Iterator,
    MutableSequence,
    MutableSet,
    Sequence,
    Set,
)
from enum import Enum
from pathlib import Path
from typing import Final, Literal, NamedTuple, NotRequired, Protocol, TypedDict


class Point(NamedTuple):
    x: int
    y: int


def elements(s: set[str], maybe: str | None) -> None:
    1 in s  # E: plugin[refused]
    1 not in s  # E: plugin[refused]
    s.discard(1)  # E: plugin[refused]
    s.remove(1)  # E: plugin[refused]
    s.discard(maybe)
    s.remove(maybe)
    s.add(1)  # E: plugin[arg-type]
    s.add(maybe)  # E: plugin[arg-type]
    s.discard(["a"])  # E: plugin[unhashable]
    maybe in s


def sets_of_sets(s: set[frozenset[str]], d: dict[frozenset[str], int]) -> None:
    {"a"} in s
    s.discard({"a"})
    s.remove({"a"})
    {1} in s  # E: plugin[refused]
    {"a"} in d  # E: plugin[unhashable]
    d.get({"a"})  # E: plugin[unhashable]


def algebra(
    s: set[str], numbers: set[int], frozen: frozenset[int], both: set[int | str], some: list[int]
) -> None:
    s & numbers  # E: plugin[refused]
    s - numbers  # E: plugin[refused]
    s ^ numbers  # E: plugin[refused]
    s < numbers  # E: plugin[refused]
    s <= numbers  # E: plugin[refused]
    s > numbers  # E: plugin[refused]
    s >= numbers  # E: plugin[refused]
    s - {1}  # E: plugin[refused]
    s & frozen  # E: plugin[refused]
    frozen - s  # E: plugin[refused]
    frozen <= s  # E: plugin[refused]
    s.isdisjoint(some)  # E: plugin[refused]
    s.issubset(some)  # E: plugin[refused]
    s.issuperset(some)  # E: plugin[refused]
    s.intersection(some)  # E: plugin[refused]
    s.difference(some)  # E: plugin[refused]
    s.difference(["a"], some)  # E: plugin[refused]
    s.difference_update(some)  # E: plugin[refused]
    s.intersection_update(some)  # E: plugin[refused]
    frozen.isdisjoint(s)  # E: plugin[refused]
    frozen.difference(s)  # E: plugin[refused]
    frozen.intersection(s)  # E: plugin[refused]
    s | numbers
    s.union(some)
    s & both
    both - s
    s - both
    s.isdisjoint(both)
    s & set("abc")
    s - {x for x in "abc"}
    s - set()
    s.difference([])
    frozen & {1.0, None}
    print(s - {1})  # E: plugin[refused]
    print(len(s & numbers) if s else 0)  # E: plugin[refused]


def in_place(s: set[str], numbers: set[int], both: set[int | str]) -> None:
    s &= numbers  # E: plugin[refused]
    s -= numbers  # E: plugin[refused]
    s -= both
    s -= {"a"}
    s &= {"a", "b"}


def abstract(abstract: Set[str], mutable: MutableSet[str]) -> None:
    1 in abstract  # E: plugin[refused]
    abstract & {1}  # E: plugin[refused]
    abstract - {1}  # E: plugin[refused]
    abstract <= {1}  # E: plugin[refused]
    abstract.isdisjoint({1})  # E: plugin[refused]
    mutable.discard(1)  # E: plugin[refused]
    mutable.remove(1)  # E: plugin[refused]
    mutable.discard("a" if abstract else None)


class Even(Container[int]):
    """What a class of the program finds is its author's business."""

    def __contains__(self, item: object) -> bool:
        return str(item)[-1:] in "02468"


class Named(Collection[str], Protocol):
    name: str


def any_container(
    container: Container[str],
    collection: Collection[str],
    named: Named,
    even: Even,
    numbers: Collection[int],
    sets: Collection[frozenset[int]],
    either: Collection[int] | list[str],
    maybe: str | None,
) -> None:
    1 in container  # E: plugin[refused]
    "a" in container
    maybe in container
    1 not in collection  # E: plugin[refused]
    "a" in collection
    1 in named  # E: plugin[refused]
    "4" in even  # E: mypy[comparison-overlap]
    b"ab" in numbers
    "a" in numbers  # E: plugin[refused]
    {1} in sets
    [1] in sets  # E: plugin[refused]
    "a" in either


def sequences(
    xs: list[str],
    pair: tuple[int, str],
    many: tuple[int, ...],
    queue: deque[int],
    sequence: Sequence[str],
    mutable: MutableSequence[str],
    text: str,
    maybe: str | None,
) -> None:
    1 in xs  # E: plugin[refused]
    xs.index(1)  # E: plugin[refused]
    xs.count(1)  # E: plugin[refused]
    xs.remove(1)  # E: plugin[refused]
    xs.index(maybe)
    xs.count(maybe)
    xs.remove(maybe)
    b"a" in pair  # E: plugin[refused]
    "a" in many  # E: plugin[refused]
    many.index("a")  # E: plugin[refused]
    many.count("a")  # E: plugin[refused]
    "a" in queue  # E: plugin[refused]
    queue.index("a")  # E: plugin[refused]
    queue.count("a")  # E: plugin[refused]
    queue.remove("a")  # E: plugin[refused]
    1 in sequence  # E: plugin[refused]
    sequence.index(1)  # E: plugin[refused]
    sequence.count(1)  # E: plugin[refused]
    mutable.remove(1)  # E: plugin[refused]
    "a" in range(3)  # E: plugin[refused]
    range(3).index("a")  # E: plugin[refused]
    1 in pair
    "a" in pair
    1.0 in many
    "a" in text
    1 in b"abc"
    [1] in [[1], [2]]
    bytearray(b"a") in [b"a"]
    b"a" in [bytearray(b"a"), memoryview(b"a")]
    {1} in [frozenset({1})]
    xs[0]
    many[0]
    pair.index("a")


class Side(Enum):
    LEFT = 1
    RIGHT = 2
    BOTH = 3


NAMES = ("a", "b")
CONSTANTS: Final = ("a", "b")


class Switch:
    side: Literal[Side.LEFT, Side.RIGHT] = Side.LEFT

    def turn(self) -> None: ...

    def turned(self) -> bool:
        self.side = Side.LEFT
        self.turn()
        return self.side in (Side.RIGHT, Side.BOTH)


def literals(
    x: Literal["x"],
    either: Literal["a", "x"],
    maybe: Literal["x"] | None,
    left: Literal[Side.LEFT],
    one: Literal[1],
    text: str,
    side: Side,
    listed: list[Literal["a", "b"]],
) -> None:
    """To mypy `("a", "b")` is a tuple of two str."""
    x in ("a", "b")  # E: plugin[refused]
    x not in ["a", "b"]  # E: plugin[refused]
    x in {"a", "b"}  # E: plugin[refused]
    x in CONSTANTS  # E: plugin[refused]
    maybe in ("a", "b")  # E: plugin[refused]
    left in (Side.RIGHT, Side.BOTH)  # E: plugin[refused]
    one in (0, 2)  # E: plugin[refused]
    x in ("a", b"x")  # E: plugin[refused]
    "c" in listed  # E: plugin[refused]
    x in NAMES
    x in ("a", text)
    x in ("a", *NAMES)
    x in ()
    either in ("a", "b")
    maybe in ("a", None)
    left in (Side.LEFT, Side.BOTH)
    one in (1.0, True)
    "c" in ("a", "b")
    side = Side.LEFT

    def turn() -> None:
        nonlocal side
        side = Side.RIGHT

    turn()
    side in (Side.RIGHT, Side.BOTH)


def named_tuples(points: list[Point], point: Point, paths: list[Path]) -> None:
    1 in point
    "a" in point  # E: plugin[refused]
    point.index("a")  # E: plugin[refused]
    (1, 2) in points
    (1, "a") in points  # E: plugin[refused]
    "a" in paths  # E: plugin[refused]
    paths.index("a")  # E: plugin[refused]


def of_any_length(
    one: tuple[int, *tuple[str, ...], bytes],
    bare: set[tuple[int]],
    texts: set[tuple[int, str]],
    pairs: set[tuple[int, bytes]],
    others: set[tuple[*tuple[int, ...], str]],
    numbers: tuple[int, ...],
    named: set[tuple[int, *tuple[str, ...]]],
) -> None:
    """The elements are counted from both ends."""
    one in bare  # E: plugin[refused]
    one in texts  # E: plugin[refused]
    one in pairs
    one in others  # E: plugin[refused]
    numbers in named
    (1,) in named
    (1, "a") in named
    (1, 2) in named  # E: plugin[refused]
    () in named  # E: plugin[refused]


class Film(TypedDict):
    title: str


class Clip(TypedDict):
    title: int


class Series(TypedDict):
    seasons: int
    title: NotRequired[str]


def typed_dicts(
    film: Film,
    films: list[Film],
    clips: list[Clip],
    series: list[Series],
    texts: list[dict[str, str]],
    numbers: list[dict[int, int]],
    either: dict[str, object],
    counts: dict[str, int],
) -> None:
    """They are dicts, which are equal if their items are."""
    film in clips  # E: plugin[key-view]
    clips.count(film)  # E: plugin[arg-type]
    film in series  # E: plugin[comparison-overlap]
    series.index(film)  # E: plugin[arg-type]
    film in texts
    films.count(texts[0])
    film in numbers  # E: plugin[key-view]
    counts in films  # E: plugin[key-view]
    {"title": 1} in films  # E: plugin[key-view]
    {"title": "Solaris"} in films
    counts in clips
    clips.index(counts)
    either in films
    films.count(either)


def contents(
    ll: list[list[int]],
    ld: list[dict[str, int]],
    dl: dict[str, list[int]],
    dq: list[deque[int]],
    texts: list[str],
) -> None:
    """Collections that cannot be hashed are compared by what they contain."""
    ["a"] in ll  # E: plugin[refused]
    [1] in ll
    [None, 1] in ll
    ll.index(texts)  # E: plugin[refused]
    ll.remove(texts)  # E: plugin[refused]
    {1: "a"} in ld  # E: plugin[refused]
    [].index(1)  # E: plugin[arg-type]
    {"a": "b"} in ld  # E: plugin[refused]
    {"a": 1} in ld
    ["a"] in dl.values()  # E: plugin[refused]
    ("k", ["a"]) in dl.items()  # E: plugin[refused]
    ("k", [1]) in dl.items()
    deque(["a"]) in dq  # E: plugin[refused]


def assigned(c: Counter[str], d: dict[str, int], k: int) -> None:
    """mypy judges the index twice, and says it once."""
    c[k] += 1  # E: plugin[index]
    d[k] -= 1  # E: plugin[index]
    d[k] = d[k] + 1  # E: plugin[index]
    d["a"] += 1


# What is no set raises TypeError, which mypy says by itself, and nothing else is to be said.
class Shelf:
    """Subtracts itself from a set."""

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __rsub__(self, other: set[int]) -> set[int]:
        return other


def no_sets(numbers: set[int], by_name: dict[str, int], names: list[str], shelf: Shelf) -> None:
    numbers - by_name  # E: plugin[operator]
    numbers & names  # E: plugin[operator]
    numbers ^ ("a",)  # E: plugin[operator]
    numbers <= names  # E: plugin[operator]
    numbers -= names  # E: plugin[arg-type]
    numbers - shelf
    numbers - by_name.keys()  # E: plugin[refused]
    by_name.keys() & [1]  # E: plugin[refused]
    numbers.difference(by_name)  # E: plugin[refused]

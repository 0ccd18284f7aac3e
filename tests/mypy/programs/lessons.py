"""What 64 real packages taught, each lesson made from the pattern it was learned from."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import copy, deepcopy
from datetime import datetime
from typing import Any, Generic, NewType, TypeVar

from typing_extensions import assert_type

from keyview import HashMap
from tests.mypy.programs.syntax_tree import FuncDef
from tests.mypy.programs.syntax_tree_kinds import Node, Statement, Symbol


T = TypeVar("T")


# 1. What __eq__ says it takes, classes included: the data types of polars.
class DataTypeClass(type): ...


class DataType(metaclass=DataTypeClass):
    def __eq__(self, other: DataType | type[DataType]) -> bool:  # type: ignore[override]
        return True

    def __hash__(self) -> int:
        return 0


class Int64(DataType): ...


class Money:
    def __eq__(self, other: Money | int) -> bool:  # type: ignore[override]
        return True

    def __hash__(self) -> int:
        return 0


def equality(
    by_type: dict[DataType, int],
    by_class: dict[type[DataType], int],
    either: DataType | type[DataType],
    amounts: dict[Money, int],
    numbers: set[int],
    money: Money,
) -> None:
    by_type.get(Int64)
    Int64 in by_type
    by_type[either]
    by_class.get(Int64())
    either in by_class
    "Int64" in by_type  # E: plugin[refused]
    Int64() in [Int64, DataType]
    Int64 in (Int64(), DataType())
    amounts[1]
    money in numbers
    amounts["1"]  # E: plugin[refused]
    amounts.get(b"1")  # E: plugin[refused]


# 2. Siblings under distinct NewTypes.
UserId = NewType("UserId", int)
TeamId = NewType("TeamId", int)
AdminId = NewType("AdminId", UserId)
Slug = NewType("Slug", str)
Title = NewType("Title", str)


def siblings(
    users: dict[UserId, int],
    user: UserId,
    team: TeamId,
    admin: AdminId,
    slugs: set[Slug],
    title: Title,
) -> None:
    users[user]
    users[admin]
    users[team]  # E: plugin[refused]
    team in users  # E: plugin[refused]
    slugs.discard(title)  # E: plugin[refused]
    slugs - {title}  # E: plugin[refused]
    users.get(1)
    (user, 1) in {(team, 1): 1}  # E: plugin[refused]


# 3. A class of the program that is both: mypy's FuncDef, docutils' Text.
def both(
    symbols: dict[Symbol, int],
    statement: Statement,
    symbol: Symbol,
    seen: set[Statement],
    node: Node,
) -> None:
    symbols.get(statement)
    statement in symbols
    symbol in seen
    seen.discard(symbol)
    [FuncDef()].index(statement)
    node in {"text"}
    {"text": 1}.get(node)
    statement in {"text"}  # E: plugin[refused]
    symbol in {"text"}  # E: plugin[refused]


# 4. Where something was silenced, it stays so; where nothing was, it is ours.
def silenced(d: dict[str, int], s: set[str]) -> None:
    d.get(1)  # type: ignore[call-overload]
    d[1]  # type: ignore[index]
    1 in d  # type: ignore[comparison-overlap]
    d.pop(1, None)  # type: ignore[call-overload]
    del d[1]  # type: ignore[arg-type]
    s.remove(1)  # type: ignore[arg-type]
    d.get(  # type: ignore[call-overload]
        1,
    )
    s & {1}  # E: plugin[refused]


# 5. Weak evidence: what was put in first is not what is meant. What mypy refuses stays refused.
class Registry:
    def __init__(self) -> None:
        self.names = {}  # type: ignore[var-annotated]
        self.by_id = {}
        self.by_id[1] = "a"
        self.groups = defaultdict(list)
        self.groups["a"].append(1)

    def find(self, key: str) -> None:
        self.by_id.get(key)  # E: plugin[refused]
        key in self.by_id  # E: plugin[refused]
        self.by_id.keys() & {key}
        self.groups["b"].count(key)  # E: plugin[refused]
        self.by_id.keys() <= {key}


def first_write(key: str) -> None:
    seen = set()
    seen.add(1)
    key in seen  # E: plugin[refused]
    seen & {key}
    seen.isdisjoint([key])


def unannotated(d):  # type: ignore[no-untyped-def]
    {"a"} & {1}
    return 1 in {"a": 1}  # E: plugin[refused]


class Shared:
    names: set[str] = set()
    name: str | None = None

    def load(self) -> None: ...


def unannotated_too(d):  # type: ignore[no-untyped-def]
    Shared().names.discard(1)  # E: plugin[refused]
    shared = Shared()
    1 in shared.names  # E: plugin[refused]
    shared.names & {1}  # E: plugin[refused]


def narrowed(shared: Shared, names: set[str]) -> None:
    shared.name = None
    shared.load()
    shared.name in names
    None in names  # E: plugin[refused]


# An attribute is not what its class says it is bound to, as those of SQLAlchemy.
class Mapped(Generic[T]):
    def __get__(self, instance: object, owner: object) -> T:
        raise NotImplementedError

    def __set__(self, instance: object, value: T) -> None: ...

    def __eq__(self, other: Any) -> Any:
        return self

    def __hash__(self) -> int:
        return 1


class Row(Generic[T]):
    number: Mapped[int]
    maybe: Mapped[str | None]
    value: T


def attributes(row: Row[int], names: set[str]) -> None:
    row.number in names  # E: plugin[refused]
    row.value in names  # E: plugin[refused]
    row.maybe = None
    row.maybe in names


MISSING: Any = object()


class Flake: ...


def narrowed_by_a_comparison(flake: Flake | None = MISSING, end: datetime = MISSING) -> None:
    end in (None, None)  # E: plugin[refused]
    if flake is not MISSING:
        raise TypeError
    end in (MISSING, None)
    end in [MISSING, None]


# What a function returns is no empty container, although it is called without arguments.
def known_names() -> set[str]:
    return set()


class Known:
    def __init__(self) -> None:
        self.names = self.load()
        self.later = set()
        self.later.add("a")

    def load(self) -> set[str]:
        return set()

    def ask(self) -> None:
        None in self.names  # E: plugin[refused]
        None in self.later


def returned() -> None:
    names = known_names()
    None in names  # E: plugin[refused]
    later = set()
    later.add("a")
    None in later


# What is made from a guess is a guess, in whichever way it is made; not what a function is said to return.
def without_zero(numbers: Iterable[int]) -> set[int]:
    return {number for number in numbers if number}


class Numbers(set[int]): ...


def conversions(key: str, numbers: set[int]) -> None:
    seen = set()
    seen.add(1)
    as_set, as_list, as_tuple = set(seen), list(seen), tuple(seen)
    as_set & {key}
    set(as_list) & {key}
    set(as_tuple).isdisjoint([key])
    frozen = frozenset(sorted(seen))
    set(frozen) & {key}
    united = seen | numbers
    united & {key}
    joined = numbers.union(seen)
    joined & {key}
    shown = {*seen}
    shown & {key}
    filtered = {number for number in seen if number}
    filtered & {key}
    copied, deeply = copy(seen), deepcopy(seen)
    copied & {key}
    deeply & {key}
    either = numbers or seen
    either & {key}
    chosen = numbers if key else seen
    chosen & {key}
    if walrus := seen:
        walrus & {key}
    for each in [seen, numbers]:
        each & {key}
    [each for each in (seen, numbers) if each & {key}]
    first, (second, *_) = numbers, (seen, numbers)
    second & {key}
    {*seen} & {key}
    (seen | numbers) & {key}
    first & {key}  # E: plugin[refused]
    without_zero(seen) & {key}  # E: plugin[refused]
    without = without_zero(seen)
    without & {key}  # E: plugin[refused]
    own = Numbers(seen)
    own & {key}  # E: plugin[refused]
    lengths = {len(str(number)) for number in seen}
    lengths & {key}  # E: plugin[refused]
    where_seen = {number for number in numbers if number in seen}
    where_seen & {key}  # E: plugin[refused]
    written_down: set[int] = set(seen)
    written_down & {key}  # E: plugin[refused]
    around: set[int] = seen and numbers
    around = around | seen
    around & {key}  # E: plugin[refused]


def conversions_of_rows(key: str) -> None:
    rows = []
    rows.append(1)
    cut, longer, later = rows[:], rows + [], []
    later.extend(rows)
    set(cut) & {key}
    set(longer) & {key}
    set(later) & {key}
    by_number = {}
    by_number[1] = "a"
    merged, converted = {**by_number}, dict(by_number)
    merged.keys() & {key}
    converted.keys() & {key}
    turned = {number: text for number, text in by_number.items()}
    turned.keys() & {key}
    for number in rows:
        {number} & {key}


# 6. Every comparison of sets, and the views of a dict.
def comparisons(s: set[str], d: dict[str, int], numbers: frozenset[int]) -> None:
    s < numbers  # E: plugin[refused]
    s <= numbers  # E: plugin[refused]
    s > numbers  # E: plugin[refused]
    s >= numbers  # E: plugin[refused]
    d.keys() < numbers  # E: plugin[refused]
    d.items() & {(1, "a")}  # E: plugin[refused]
    d.keys().isdisjoint(numbers)  # E: plugin[refused]


# 7. Nodes that mypy makes up, one after the other.
def deletions(d: dict[str, int], e: dict[int, str], text: str, number: int) -> None:
    del d[text]
    del e[number]
    del d[number]  # E: plugin[refused]
    del e[text]  # E: plugin[refused]
    del d[text], e[number]


# 8. A typeshed alias that is a class when it runs, and types that are called.
def callables(
    by_function: dict[Callable[..., Any], str],
    by_class: dict[type, str],
    function: Callable[[int], str],
    call: Callable[..., object],
) -> None:
    by_function.get(int)
    by_function.get(function)
    call in by_function
    by_class.get(function)
    call in by_class
    by_class.get(call)


class Unread:
    def __eq__(self, other: object) -> bool:
        return bool(hash(other))

    def __hash__(self) -> int:
        return 1


class Kind(enum.Enum):
    A = 1

    def __call__(self) -> int:
        return 1


def callable_objects(handlers: dict[Callable[[], int], str], kind: Kind) -> None:
    handlers[kind]
    kind in handlers


# 9. What is found has a type, where mypy had Any.
def uncovered(d: dict[str, int], maybe: str | None, keys: Iterable[str | None]) -> None:
    assert_type(d.get(maybe), int | None)
    assert_type([d.get(key, "x") for key in keys], list[int | str])
    d.get(maybe).bit_length()  # E: plugin[union-attr]


# Of a refused call, mypy alone says nothing more, where none of the method's variants takes the query.
def refused_results(
    d: dict[str, int],
    either: dict[str, str] | dict[bytes, str],
    own: HashMap[str, int],
    unread: Unread,
) -> None:
    d.get(1).bit_length()  # E: plugin[refused]
    d.get(1, None).bit_length()  # E: plugin[refused]
    found = d.get(b"")  # E: plugin[refused]
    found.bit_length()
    number: int = d.get(1)  # E: plugin[refused]
    either.get(1).upper()  # E: plugin[refused]
    own.get(1).bit_length()  # E: plugin[key-view]
    [d.get(key).bit_length() for key in (1, 2)]  # E: plugin[refused]
    d.get(1).bit_length()  # type: ignore[call-overload]
    d.get(1).bit_length()  # keyview: ignore
    d.get(unread).bit_length()  # E: plugin[call-overload]
    d.get("a").bit_length()  # E: plugin[union-attr]

"""`==` and `!=` between what can never be equal, with `comparisons = true`, under `mypy --strict`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, Literal, TypedDict, TypeVar
from unittest import mock
from uuid import UUID

from keyview import Concat

T = TypeVar("T")
C = TypeVar("C", int, str)


class Side(Enum):
    LEFT = 1
    RIGHT = 2


class Word(StrEnum):
    A = "a"


class Own:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)


class OfText:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, (OfText, str))


class Unread:
    def __eq__(self, other: object) -> bool:
        return bool(hash(other))


class Column:
    """It has operators that build something."""

    def __eq__(self, other: object) -> Column:  # type: ignore[override]
        return self


class OwnNe(Own):
    """`!=` does what this says, and `==` what is inherited."""

    def __ne__(self, other: object) -> bool:
        return False


class Inherited(OwnNe): ...


class OfSubclass:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, OfSubclass)


class Below(OfSubclass):
    def __ne__(self, other: object) -> bool:
        return False


class Meta(type):
    def __eq__(cls, other: object) -> bool:
        return isinstance(other, Meta)

    def __ne__(cls, other: object) -> bool:
        return False


class Made(metaclass=Meta): ...


class Plain: ...


class Row(TypedDict):
    x: int


def where_mypy_is_silent(
    text: str,
    ident: UUID,
    amount: Decimal,
    own: Own,
    of_text: OfText,
    whole: Concat[str],
) -> None:
    text == ident  # E: plugin[key-view-equal]
    text != ident  # E: plugin[key-view-equal]
    amount == text  # E: plugin[key-view-equal]
    own == 1  # E: plugin[key-view-equal]
    "a" == own  # E: plugin[key-view-equal]
    of_text == 1  # E: plugin[key-view-equal]
    whole == 1  # E: plugin[key-view-equal]
    1 < 2 == own  # E: plugin[key-view-equal]
    "a" == ident == 1  # E: plugin[key-view-equal] plugin[key-view-equal]
    if text == ident and amount:  # E: plugin[key-view-equal]
        print([one for one in text if one == ident])  # E: plugin[key-view-equal]
    max(text, key=lambda one: one == ident)  # E: plugin[key-view-equal]


def where_mypy_reports(
    text: str,
    number: int,
    side: Side,
    plain: Plain,
    word: Literal["a", "b"],
    function: Callable[[], int],
) -> None:
    """What mypy reports is reported once."""
    text == number  # E: mypy[comparison-overlap]
    side == 1  # E: mypy[comparison-overlap]
    plain == text  # E: mypy[comparison-overlap]
    word == "c"  # E: mypy[comparison-overlap]
    function == 1  # E: mypy[comparison-overlap]


def accepted(
    anything: Any,
    thing: object,
    t: T,
    text: str,
    maybe: str | None,
    number: int | None,
    amount: Decimal,
    word: Word,
    own: Own,
    of_text: OfText,
    unread: Unread,
    column: Column,
    row: Row,
    day: date,
    moment: datetime,
    whole: Concat[str],
    path: Path,
    flag: bool,
) -> None:
    anything == text
    thing == amount
    t == amount
    text == None
    amount == None
    maybe == None
    amount == 1
    amount == number
    word == "a"
    own == own
    of_text == "a"
    "a" == of_text
    unread == 1
    1 == unread
    column == 1
    1 == column
    row == {"x": 1}
    day == moment
    whole == text
    path == Path(text)
    flag == 1
    text == mock.ANY
    assert text != amount
    assert not text == amount
    assert own != 1 and own != "a"
    assert own == 1  # E: plugin[key-view-equal]


def with_a_ne(
    own: OwnNe, below: Inherited, base: OfSubclass, made: type[Made], either: OwnNe | Own
) -> None:
    own != 1
    1 != own
    below != 1
    base != 1
    made != 1
    either != 1
    own == 1  # E: plugin[key-view-equal]
    below == 1  # E: plugin[key-view-equal]
    base == 1  # E: plugin[key-view-equal]
    made == 1  # E: plugin[key-view-equal]
    either == 1  # E: plugin[key-view-equal]


def unannotated():  # type: ignore[no-untyped-def]
    """In which a variable is often used for something else later."""
    text = "1"
    return text == UUID(int=0)


def constrained(x: C, ident: UUID) -> None:
    x == 1
    x == ident  # E: plugin[key-view-equal]


class Door:
    key: str | UUID = ""

    def close(self) -> None: ...

    def opened(self, ident: UUID) -> bool:
        self.key = ""
        self.close()
        return self.key == ident


def silenced(text: str, ident: UUID) -> None:
    text == ident  # type: ignore[key-view-equal]
    text == ident  # type: ignore[comparison-overlap]
    text == ident  # keyview: ignore

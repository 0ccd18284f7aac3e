"""Lookups that can never succeed, as they are made by mistake in real programs.

Each of them runs, and finds nothing, though the key that was meant is there. mypy with keyview's plugin
reports each, with an error of the code `key-view` that begins as the comment beside it:

    keyview check examples/wrong_lookups.py
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import NewType
from uuid import UUID

from keyview import HashMap, KeyView

UserId = NewType("UserId", str)


class Color(Enum):
    RED = "red"


@dataclass(frozen=True)
class Product:
    id: int
    name: str


@dataclass(frozen=True)
class Point:
    x: int
    y: int


class ShortKey(KeyView[str]):
    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


def path_for_text() -> object:
    sizes = HashMap({"setup.py": 512})
    return sizes.get(Path("setup.py"))  # E: get() looks up "Path"


def text_for_path() -> object:
    sizes = HashMap({Path("setup.py"): 512})
    return "setup.py" in sizes  # E: "in" looks up "str"


def uuid_for_its_text() -> object:
    sessions = HashMap({"12345678-1234-5678-1234-567812345678": "ann"})
    asked = UUID("12345678123456781234567812345678")
    return sessions.pop(asked, None)  # E: pop() looks up "UUID"


def bytes_for_text() -> object:
    headers = HashMap({"Host": "example.org"})
    return headers[b"Host"]  # E: "[]" looks up "bytes"


def number_for_new_type_of_text() -> object:
    names = HashMap({UserId("42"): "ann"})
    return names.get(42)  # E: get() looks up "int"


def number_for_json_key() -> object:
    pages = HashMap({"1": "cover"})
    return pages.get_key_value(1)  # E: get_key_value() looks up "int"


def member_for_its_value() -> object:
    stock = HashMap({"red": 3})
    return Color.RED in stock  # E: "in" looks up "Color"


def pair_the_wrong_way_round() -> object:
    seats = HashMap({("A", 12): "ann"})
    return seats.get((12, "A"))  # E: get() looks up "tuple[int, str]"


def forgotten_comma() -> object:
    shapes = HashMap({("batch",): "free"})
    return shapes.get("batch")  # E: get() looks up "str"


def moment_for_text() -> object:
    meetings = HashMap({"2026-01-31": "planning"})
    return meetings.get(datetime(2026, 1, 31))  # E: get() looks up "datetime"


def day_for_text() -> object:
    meetings = HashMap({"2026-01-31": "planning"})
    del meetings[date(2026, 1, 31)]  # E: "del" looks up "date"
    return meetings


def decimal_for_its_text() -> object:
    prices = HashMap({"9.99": "socks"})
    return prices.get_entry(Decimal("9.99"))  # E: get_entry() looks up "Decimal"


def forgotten_id() -> object:
    socks = Product(7, "socks")
    stock = HashMap({socks.id: 3})
    return stock.get(socks, 0)  # E: get() looks up "Product"


def object_for_its_fields() -> object:
    cells = HashMap({(1, 2): "x"})
    return cells.remove_entry(Point(1, 2))  # E: remove_entry() looks up "Point"


def view_of_another_type() -> object:
    ids = HashMap({17: "ann"})
    return ids.get(ShortKey("17"))  # E: get() looks up "ShortKey"


MISTAKES: list[Callable[[], object]] = [
    path_for_text,
    text_for_path,
    uuid_for_its_text,
    bytes_for_text,
    number_for_new_type_of_text,
    number_for_json_key,
    member_for_its_value,
    pair_the_wrong_way_round,
    forgotten_comma,
    moment_for_text,
    day_for_text,
    decimal_for_its_text,
    forgotten_id,
    object_for_its_fields,
    view_of_another_type,
]


def result_of(mistake: Callable[[], object]) -> object:
    """What the lookup finds; for those that raise, the `KeyError`."""
    try:
        return mistake()
    except KeyError as error:
        return error


def main() -> None:
    for mistake in MISTAKES:
        print(f"{mistake.__name__.replace('_', ' ')}: {result_of(mistake)!r}")


if __name__ == "__main__":
    main()

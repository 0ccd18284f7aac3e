"""What the messages of lookups say, word for word: one run of mypy, a row for each message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.mypy.project import Project

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
from __future__ import annotations
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

import attrs

class Point:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point)

class Below(Point): ...

class Without:
    __hash__ = None  # type: ignore[assignment]

@dataclass
class Row:
    x: int

@attrs.define
class Cell:
    x: int

class Item(TypedDict):
    x: int

def name() -> str:
    return ""

def named(prefix: str) -> str:
    return prefix

Json = str | int | list[str] | Item | None

"""


class Said(NamedTuple):
    """Parameters of a function, the lookup in it, and the error with its notes but the last."""

    parameters: str
    lookup: str
    error: str
    note: str


RAISES = "cannot be hashed, so this lookup in"
SAID = [
    # -- two sets without a common element
    *(
        Said(
            *("s: set[str], q: set[int]", operation),
            error,
            '"int" and "str" never compare equal; look up str(number)',
        )
        for operation, error in {
            "s & q": '"set[str]" & "set[int]" is always empty',
            "s - q": '"set[str]" - "set[int]" removes nothing',
            "s -= q": '"set[str]" -= "set[int]" removes nothing',
            "s &= q": '"set[str]" &= "set[int]" always leaves nothing',
            "s ^ q": '"set[str]" ^ "set[int]" is always the union',
            "s <= q": '"set[str]" <= "set[int]" is true only if the first is empty',
            "s > q": '"set[str]" > "set[int]" is true only if the second is empty',
            "s.isdisjoint([1])": 'isdisjoint() of "set[str]" and "list[int]" is always true',
            "s.difference(q)": 'difference() of "set[str]" and "set[int]" removes nothing',
        }.items()
    ),
    # -- what seems to be meant
    Said(
        *("d: dict[str, int], q: Callable[[], str]", "q in d"),
        '"in" looks up "Callable[[], str]", which can never find one of the "str" keys of "dict[str, int]"',
        '"Callable[[], str]" and "str" never compare equal; did you mean to call it?',
    ),
    Said(
        *("d: dict[str, int], q: str", "q.upper in d"),
        '"in" looks up "Callable[[], str]", which can never find one of the "str" keys of "dict[str, int]"',
        '"Callable[[], str]" and "str" never compare equal; did you mean to call it?',
    ),
    Said(
        *("d: dict[str, int]", "named in d"),
        '"in" looks up "Callable[[str], str]", which can never find one of the "str" keys of '
        '"dict[str, int]"',
        '"Callable[[str], str]" and "str" never compare equal',
    ),
    Said(
        *("d: dict[str, int], q: str", "q in d.items()"),
        '"in" looks up "str", which can never find one of the "tuple[str, int]" items of '
        '"dict_items[str, int]"',
        '"str" and "tuple[str, int]" never compare equal; an item is a pair of key and value; look in the '
        "mapping itself",
    ),
    Said(
        *("d: dict[str, int], q: bytes", "q in d.items()"),
        '"in" looks up "bytes", which can never find one of the "tuple[str, int]" items of '
        '"dict_items[str, int]"',
        '"bytes" and "tuple[str, int]" never compare equal',
    ),
    Said(
        *("q: dict[str, str], s: list[Item]", "q in s"),
        '"in" looks up "dict[str, str]", which can never find one of the "Item" elements of "list[Item]"',
        'Dicts are equal item by item, and "str" and "int" never compare equal',
    ),
    # -- what cannot be hashed
    Said(
        *("d: dict[Point, int], q: Point", "q in d"),
        f'"Point" {RAISES} "dict[Point, int]" raises TypeError',
        '"Point" has an __eq__, and so no hash; define __hash__ beside __eq__',
    ),
    Said(
        *("s: set[str], q: Below", "s.discard(q)"),
        f'"Below" {RAISES} "set[str]" raises TypeError',
        '"Point" has an __eq__, and so no hash; define __hash__ beside __eq__',
    ),
    Said(
        *("s: set[object], q: Without", "q in s"),
        f'"Without" {RAISES} "set[object]" raises TypeError',
        '"Without" has no hash, because its __hash__ is None',
    ),
    Said(
        *("s: set[object], q: Cell", "q in s"),
        f'"Cell" {RAISES} "set[object]" raises TypeError',
        '"Cell" has no hash, because its decorator removes it; give the decorator frozen=True',
    ),
    Said(
        *("s: set[tuple[int, Row]], q: tuple[int, Row]", "q in s"),
        f'"tuple[int, Row]" {RAISES} "set[tuple[int, Row]]" raises TypeError',
        '"tuple[int, Row]" is hashed by what is in it, and "Row" has no hash, because its decorator '
        "removes it; write @dataclass(frozen=True)",
    ),
    Said(
        *("s: set[object], q: Item", "q in s"),
        f'"Item" {RAISES} "set[object]" raises TypeError',
        '"Item" is a dict, which can change, and so has no hash',
    ),
    Said(
        *("s: set[bytes], q: bytearray", "q in s"),
        f'"bytearray" {RAISES} "set[bytes]" raises TypeError',
        '"bytearray" can change, and so has no hash; look up bytes(buffer)',
    ),
    Said(
        *("s: set[object], q: tuple[Row, ...]", "q in s"),
        '"tuple[Row, ...]" cannot be hashed unless it is empty, so this lookup in "set[object]" may '
        "raise TypeError",
        '"tuple[Row, ...]" is hashed by what is in it, and "Row" has no hash, because its decorator '
        "removes it; write @dataclass(frozen=True)",
    ),
    Said(
        *("s: set[str], q: Json", "q in s"),
        '"list[str] | Item" cannot be hashed, so this lookup of "str | int | list[str] | Item | None" '
        'in "set[str]" may raise TypeError',
        '"list[str] | Item" cannot be hashed; test isinstance(..., (list, dict)) first',
    ),
    Said(
        *("d: dict[tuple[str, str], int], q: tuple[str, str | list[str]]", "q in d"),
        '"list[str]" cannot be hashed, so this lookup of "tuple[str, str | list[str]]" in '
        '"dict[tuple[str, str], int]" may raise TypeError',
        '"list[str]" cannot be hashed; test isinstance(..., list) first',
    ),
]


def test_messages(tmp_path: Path) -> None:
    functions = [
        f"def look_{n}({one.parameters}) -> None: {one.lookup}" for n, one in enumerate(SAID)
    ]
    project = Project(tmp_path)
    project.write("program.py", HEAD + "\n".join(functions) + "\n")
    said = [line.partition(": ")[2] for line in project.check("--hide-error-codes").splitlines()]
    found = [line for line in said if not line.startswith("note: For more, run")]
    assert found == [line for one in SAID for line in (f"error: {one.error}", f"note: {one.note}")]


def test_a_large_type_does_not_make_a_message_large(tmp_path: Path) -> None:
    some, others = (", ".join(f"'{letter}{number}'" for number in range(400)) for letter in "ab")
    project = Project(tmp_path)
    project.write(
        "program.py",
        "from typing import Literal\n"
        f"def look(d: dict[Literal[{some}], int], q: Literal[{others}]) -> None: q in d\n",
    )
    lines = project.check().splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) < 1000
    few, other_few = (
        f"{', '.join(shown.split(', ')[:5])}, <395 more items>" for shown in (some, others)
    )
    assert f'looks up "Literal[{other_few}]"' in lines[0]
    assert f'keys of "dict[Literal[{few}], int]"' in lines[0]


def test_literals_with_quotes_and_commas_are_counted(tmp_path: Path) -> None:
    odd = ["a, b", "it's", 'a "b"]', "\\"]
    literals = ", ".join(map(repr, [*odd, *map(str, range(100))]))
    project = Project(tmp_path)
    project.write(
        "program.py",
        "from typing import Literal\n"
        f"def look(d: dict[Literal[{literals}], int], q: int) -> None: q in d\n",
    )
    few = ", ".join(map(repr, [*odd, "0"]))
    assert f"Literal[{few}, <99 more items>]" in project.check()


#: What only mypy's signatures speak against, as no one can read this `__eq__`.
LEFT_TO_MYPY = """\
from collections import defaultdict
from collections.abc import Mapping

class Unread:
    def __eq__(self, other: object) -> bool:
        return bool(hash(other))
    def __hash__(self) -> int:
        return 1

def look(
    d: dict[Unread, int],
    m: Mapping[Unread, int],
    groups: defaultdict[Unread, list[int]],
    either: dict[Unread, int] | dict[bytes, int],
    names: list[Unread],
) -> None:
    d["a"]
    d["a"] += 1
    m["a"]
    m.get("a")
    d.get("a").bit_length()
    d.pop(key="a")
    del d["a"]
    groups["a"].append(1)
    either["a"]
    either.get("a")
    names.index("a")
"""


def test_what_is_left_to_mypy_is_said_in_its_words(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("program.py", LEFT_TO_MYPY)
    said = project.check()
    assert said.count("Invalid index type") == 6
    assert said == project.check("--config-file=")

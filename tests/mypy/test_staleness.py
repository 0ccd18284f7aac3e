"""Errors about a class are reported again when the class, in another module, has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from mypy.version import __version__ as mypy_version

from tests.mypy.project import Project

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
from __future__ import annotations
from typing import Literal
from keyview import HashMap, SortedMap
import views as v
from views import Child, Lazy, Left, Member, Parent, Right, Row, Short, Structural, Text, Thing

def unhashable(m: HashMap[object, int]) -> None:
    m[Thing(1)]

def structural(m: HashMap[str, int]) -> None:
    m[Structural("a")]

def stored(m: HashMap[Short, int]) -> None: ...

def stored_too(m: HashMap[Lazy, int]) -> None: ...

def holds(m: HashMap[Row, int]) -> None: ...

def inferred(key: Row, other: Lazy) -> None:
    HashMap([(key, 1)])
    HashMap({other: 1})

def joined(m: HashMap[Left, int], right: Right) -> None:
    m[right]

def narrowed(m: HashMap[str, int], text: Text) -> None:
    text in m

def inherited(m: HashMap[str, int], child: Child) -> None:
    child in m

def overridden(m: HashMap[str, int], parent: Parent) -> None:
    parent in m

def member(m: HashMap[Literal[Member.A], int]) -> None:
    "a" in m
"""
FAR = """\
class Base:
    def __eq__(self, other: object) -> bool:
        return str(self) == other
    def __hash__(self) -> int:
        return 1

class Hashed:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hashed)
    def __hash__(self) -> int:
        return 2
"""
VIEWS = """\
from __future__ import annotations
from collections import UserDict
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Final, Generic, Literal, NamedTuple, NewType, Protocol, TypeVar, Union
from typing import Collection, final
from keyview import Borrow, KeyView
import abc, far

T = TypeVar("T")

@dataclass(frozen=True)
class Thing:
    x: int

@dataclass(frozen=True, eq=False)
class Declared(KeyView[str]):
    rest: str
    def __key__(self) -> str:
        return self.rest

@dataclass(frozen=True, eq=False)
class Structural:
    rest: str
    def __key__(self) -> str:
        return self.rest
    def __hash__(self) -> int:
        return hash(self.rest)
    def __eq__(self, other: object) -> bool:
        return self.rest == other

class Short:
    pass

class Lazy:
    pass

@dataclass(frozen=True)
class Row:
    key: str

class Left: ...
class Right: ...
class Both(Left, Right): ...

class Text:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)
    def __hash__(self) -> int:
        return 1

class Base:
    def __eq__(self, other: object) -> bool:
        return str(self) == other
    def __hash__(self) -> int:
        return 1

class Child(Base): ...

class Parent:
    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)
    def __hash__(self) -> int:
        return 1

class Grandchild(Parent):
    def __eq__(self, other: object) -> bool:
        return str(self) == other
    def __hash__(self) -> int:
        return 1

class Member(str, Enum):
    A = "a"

class Over:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Over)
    def __hash__(self) -> int:
        return 3
class Under(Over): ...

class Chosen:
    name: str = ""

class Unhashed:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unhashed)
class WithHash(Unhashed):
    def __hash__(self) -> int:
        return 4

class Later:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later)
Later.__hash__ = lambda self: 5  # type: ignore[assignment,method-assign]

def marks(cls: Any) -> Any:
    return cls
@marks
class Marked:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marked)

class Hooks:
    def __init_subclass__(cls) -> None: ...
class Hooked(Hooks):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hooked)

class Register:
    names: set[str] = set()
class Guesses:
    def __init__(self) -> None:
        self.seen = set()
        self.seen.add("a")
class Shelf:
    labels: Collection[str] = ()
    marks: set[str] = set()

Tag = NewType("Tag", int)
UserId = int

@dataclass(frozen=True)
class Box(Generic[T]):
    x: T = field(compare=False)

class Point(NamedTuple):
    x: int
    name: str

class BelowPoint(Point):
    def compares(self, other: object) -> bool: ...  # type: ignore[empty-body]

Kind = Literal["a", "b"]

class Mixed(str, Enum):
    B = "a"

class Judge(Enum):
    B = "a"
    def __eq__(self, other: object) -> bool:
        return bool(self.value == other)
    def __hash__(self) -> int:
        return hash(self.value)

@dataclass(frozen=True, eq=False)
class View(KeyView[str]):
    rest: str
    def __key__(self) -> str:
        return eval("self.rest")

@dataclass(frozen=True, eq=False)
class Found(Borrow[str]):
    rest: str
    def __borrow__(self) -> str:
        return eval("self.rest")

class Shape(Protocol):
    def area(self) -> float: ...
class Closed:
    def edge(self) -> float: ...  # type: ignore[empty-body]

class Named: ...
class Guest(Named): ...
class Friendly:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Friendly, Named))
    def __hash__(self) -> int:
        return 6

class Meta(type):
    def __eq__(cls, other: object) -> bool:
        return str(cls) == str(other)
    def __hash__(cls) -> int:
        return 7
class One(metaclass=Meta): ...
class Other: ...

Pair = tuple[str, int]

class Rank:
    def __lt__(self, other: Rank | int) -> bool: ...  # type: ignore[empty-body]
    def __gt__(self, other: Rank | int) -> bool: ...  # type: ignore[empty-body]
class Size:
    def __lt__(self, other: Size) -> bool: ...  # type: ignore[empty-body]
    def __gt__(self, other: Size | int) -> bool: ...  # type: ignore[empty-body]

class Loose(dict[str, int]):
    def __contains__(self, key: object) -> bool: ...  # type: ignore[empty-body]
class Cache(dict[str, int]):
    def get(self, key: object, default: object = None) -> Any: ...  # type: ignore[override]
class Table(UserDict[str, int]):
    def __getitem__(self, key: str | int) -> int: ...  # type: ignore[empty-body]

Json = Union[str, int]

class Far(far.Base): ...
class Distant(far.Hashed): ...

Level = Literal[1, 2]
LIMIT: Final = 2

class Species(abc.ABC): ...

Species.register(int)

class OfSpecies:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Species)

class Colour(StrEnum):
    RED = "red"
    GREEN = "green"
"""


#: Edits with a lookup of their own: what it is given, the lookup, before and after the edit, the file.
ROWS: dict[str, tuple[str, ...]] = {
    "the __hash__ of a base is gone": (
        "sets: set[object], under: v.Under",
        "under in sets",
        "    def __hash__(self) -> int:\n        return 3\n",
        "",
    ),
    "a __hash__ becomes None": (
        "sets: set[object], chosen: v.Chosen",
        "chosen in sets",
        '    name: str = ""\n',
        "    __hash__ = None  # type: ignore[assignment]\n",
    ),
    "no subclass has a hash any more": (
        "sets: set[object], base: v.Unhashed",
        "base in sets",
        "def __hash__(self) -> int:\n        return 4",
        "def hashed(self) -> int:\n        return 4",
    ),
    "no hash is assigned any more": (
        "sets: set[object], later: v.Later",
        "later in sets",
        "Later.__hash__ =",
        "Later.other =",
    ),
    "no decorator may bring a hash any more": (
        "sets: set[object], marked: v.Marked",
        "marked in sets",
        "@marks\n",
        "",
    ),
    "no __init_subclass__ may bring a hash any more": (
        "sets: set[object], hooked: v.Hooked",
        "hooked in sets",
        "def __init_subclass__(cls)",
        "def init(cls)",
    ),
    "an attribute has another type": (
        "register: v.Register",
        '"a" in register.names',
        "names: set[str]",
        "names: set[int]",
    ),
    "an attribute is annotated with the type that it had": (
        "guesses: v.Guesses",
        "1 in guesses.seen",
        "self.seen = set()",
        "self.seen: set[str] = set()",
    ),
    "what is copied into a set is annotated with the type that it had": (
        "guesses: v.Guesses",
        "1 in set(guesses.seen)",
        "self.seen = set()",
        "self.seen: set[str] = set()",
    ),
    "a Collection is of other elements": (
        "shelf: v.Shelf",
        '"a" in shelf.labels',
        "labels: Collection[str]",
        "labels: Collection[int]",
    ),
    "what is looked in through its class has another type": (
        "shelf: v.Shelf",
        'set.__contains__(shelf.marks, "a")',
        "marks: set[str]",
        "marks: set[int]",
    ),
    "a NewType has another base": (
        "tags: HashMap[v.Tag, int], number: v.UserId",
        "number in tags",
        'NewType("Tag", int)',
        'NewType("Tag", str)',
    ),
    "a field is compared": (
        "boxes: HashMap[v.Box[str], int], box: v.Box[int]",
        "box in boxes",
        "field(compare=False)",
        "field(compare=True)",
    ),
    "a field of a NamedTuple has another type": (
        "points: HashMap[v.Point, int]",
        '(1, "a") in points',
        "    x: int\n    name: str\n",
        "    x: str\n    name: str\n",
    ),
    "a class below a NamedTuple loses its hash": (
        "points: set[object], point: v.BelowPoint",
        "point in points",
        "    def compares(self, other: object)",
        "    def __eq__(self, other: object)",
    ),
    "an alias names other literals": (
        "kinds: HashMap[v.Kind, int]",
        '"a" in kinds',
        'Literal["a", "b"]',
        'Literal["b", "c"]',
    ),
    "an enum mixes nothing in": (
        "mixed: HashMap[v.Mixed, int]",
        '"a" in mixed',
        "class Mixed(str, Enum)",
        "class Mixed(Enum)",
    ),
    "an enum has no __eq__ any more": (
        "judges: HashMap[v.Judge, int]",
        '"a" in judges',
        "    def __eq__(self, other: object) -> bool:\n        return bool(",
        "    def equals(self, other: object) -> bool:\n        return bool(",
    ),
    "a view stands for another type": (
        "texts: HashMap[str, int], view: v.View",
        "view in texts",
        "class View(KeyView[str]):\n    rest: str\n    def __key__(self) -> str",
        "class View(KeyView[int]):\n    rest: str\n    def __key__(self) -> int",
    ),
    "a key is found by another type": (
        "found: HashMap[v.Found, int]",
        '"a" in found',
        "class Found(Borrow[str]):\n    rest: str\n    def __borrow__(self) -> str",
        "class Found(Borrow[int]):\n    rest: str\n    def __borrow__(self) -> int",
    ),
    "a class is final and implements no protocol": (
        "finals: HashMap[v.Closed, int], shape: v.Shape",
        "shape in finals",
        "class Closed",
        "@final\nclass Closed",
    ),
    "a class named in an __eq__ is no base any more": (
        "friends: HashMap[v.Friendly, int], guest: v.Guest",
        "guest in friends",
        "class Guest(Named)",
        "class Guest",
    ),
    "a metaclass has no __eq__ any more": (
        "types: HashMap[type[v.One], int]",
        "v.Other in types",
        "def __eq__(cls",
        "def equals(cls",
    ),
    "an alias of a tuple changes": (
        "pairs: HashMap[v.Pair, int]",
        '("a", 1) in pairs',
        "Pair = tuple[str, int]",
        "Pair = tuple[int, int]",
    ),
    "a __contains__ is gone": (
        "loose: v.Loose",
        "1 in loose",
        "def __contains__(self",
        "def contains(self",
    ),
    "a get is gone": (
        "cache: v.Cache",
        "cache.get(1)",
        "def get(self",
        "def got(self",
    ),
    "a __getitem__ takes less": (
        "table: v.Table",
        "1 in table",
        "def __getitem__(self, key: str | int)",
        "def __getitem__(self, key: str)",
    ),
    "an alias has a member without a hash": (
        "texts: HashMap[str, int], json: v.Json",
        "json in texts",
        "Union[str, int]",
        "Union[str, list[str]]",
    ),
    "an __eq__ two modules away admits less": (
        "texts: HashMap[str, int], far: v.Far",
        "far in texts",
        "return str(self) == other",
        "return isinstance(other, Base)",
        "far.py",
    ),
    "a __hash__ two modules away is gone": (
        "sets: set[object], distant: v.Distant",
        "distant in sets",
        "    def __hash__(self) -> int:\n        return 2\n",
        "",
        "far.py",
    ),
    "a __lt__ admits less": (
        "ranks: SortedMap[v.Rank, int]",
        "ranks.floor_entry(1)",
        "def __gt__(self, other: Rank | int)",
        "def __gt__(self, other: Rank)",
    ),
    "a __gt__ admits less": (
        "sizes: SortedMap[v.Size, int]",
        "sizes.floor_entry(1)",
        "def __gt__(self, other: Size | int)",
        "def __gt__(self, other: Size)",
    ),
    "an abstract class registers no other": (
        "species: list[v.OfSpecies]",
        "1 in species",
        "Species.register(int)\n",
        "",
    ),
    "a member of an enum has another value": (
        "colours: HashMap[v.Colour, int]",
        "'red' in colours",
        'RED = "red"',
        'RED = "blue"',
    ),
    "a constant has another value": (
        "levels: HashMap[v.Level, int]",
        "v.LIMIT in levels",
        "LIMIT: Final = 2",
        "LIMIT: Final = 3",
    ),
}

#: The line of the first of them. Each is in a function of its own, which the daemon checks by itself.
FIRST = PROGRAM.count("\n") + 1
PROGRAM += "".join(
    f"def row_{number}({given}) -> None: {lookup}\n"
    for number, (given, lookup, *_) in enumerate(ROWS.values())
)


class Edit(NamedTuple):
    """A change of `views.py`, and what is reported for as long as it lasts."""

    before: str
    after: str
    report: str
    file: str = "views.py"

    @property
    def source(self) -> str:
        """The file as it is before."""
        return SOURCES[self.file]

    @property
    def edited(self) -> str:
        return self.source.replace(self.before, self.after)


SOURCES = {"views.py": VIEWS, "far.py": FAR}


EDITS = {
    "a dataclass is no longer frozen": Edit(
        "@dataclass(frozen=True)\nclass Thing",
        "@dataclass\nclass Thing",
        'program.py:8: error: "Thing" cannot be hashed',
    ),
    "a dataclass is told eq=True": Edit(
        "eq=False)\nclass Declared",
        "eq=True)\nclass Declared",
        'views.py:17: error: "Declared" declares __key__() but its decorator replaces',
    ),
    "a structural view loses its hash": Edit(
        "    def __hash__(self) -> int:\n        return hash(self.rest)\n",
        "",
        'program.py:11: error: "Structural" declares __key__() but its __eq__ comes without',
    ),
    "a class becomes a view": Edit(
        "class Short:\n    pass\n",
        "class Short(KeyView[str]):\n    def __key__(self) -> str: return ''\n",
        'program.py:13: error: The keys of a HashMap would be "Short"',
    ),
    "a class becomes a structural view": Edit(
        "class Lazy:\n    pass\n",
        "class Lazy:\n    def __key__(self) -> str: return ''\n",
        'program.py:15: error: The keys of a HashMap would be "Lazy"',
    ),
    "a class holds a view": Edit(
        "    key: str\n",
        "    key: Declared\n",
        'program.py:17: error: The keys of a HashMap would be "Row", which hold "Declared"',
    ),
    "a stored class holds a view": Edit(
        "    key: str\n",
        "    key: Declared\n",
        'program.py:20: error: The keys of a HashMap would be "Row", which hold "Declared"',
    ),
    "a stored class becomes a view": Edit(
        "class Lazy:\n    pass\n",
        "class Lazy:\n    def __key__(self) -> str: return ''\n",
        'program.py:21: error: The keys of a HashMap would be "Lazy"',
    ),
    "a class no longer joins two": Edit(
        "class Both(Left, Right)",
        "class Both(Left)",
        'program.py:24: error: "[]" looks up "Right"',
    ),
    "an __eq__ admits less": Edit(
        "isinstance(other, str)",
        "isinstance(other, Text)",
        'program.py:27: error: "in" looks up "Text"',
    ),
    "the __eq__ of a base admits less": Edit(
        "class Base:\n    def __eq__(self, other: object) -> bool:\n        return str(self) == other\n",
        "class Base:\n    def __eq__(self, other: object) -> bool:\n        return self is other\n",
        'program.py:30: error: "in" looks up "Child"',
    ),
    "the __eq__ of a subclass is gone": Edit(
        "class Grandchild(Parent):\n    def __eq__",
        "class Grandchild(Parent):\n    def equals",
        'program.py:33: error: "in" looks up "Parent"',
    ),
    "a member of an enum has another value": Edit(
        'A = "a"',
        'A = "b"',
        'program.py:36: error: "in" looks up "Literal[',
    ),
    "a class that joined two is gone": Edit(
        "class Both(Left, Right): ...\n",
        "",
        'program.py:24: error: "[]" looks up "Right"',
    ),
    **{
        name: Edit(before, after, f"program.py:{number}: error: ", *file)
        for number, (name, (_, _, before, after, *file)) in enumerate(ROWS.items(), FIRST)
    },
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("program.py", PROGRAM)
    return project


WORKERS = pytest.param(
    ("-n", "2"),
    id="by workers",
    marks=pytest.mark.skipif(mypy_version < "2", reason="mypy has workers since 2.0"),
)


@pytest.mark.parametrize("options", [pytest.param((), id="cached"), WORKERS])
def test_edits_are_noticed(project: Project, options: tuple[str, ...]) -> None:
    edited = dict(SOURCES)
    for edit in EDITS.values():
        edited[edit.file] = edited[edit.file].replace(edit.before, edit.after)

    def check(sources: dict[str, str]) -> str:
        for name, text in sources.items():
            project.write(name, text)
        return project.run(*options, "program.py", "views.py")

    assert "error:" not in check(SOURCES)
    output = check(edited)
    missed = [name for name, edit in EDITS.items() if edit.report not in output]
    assert missed == [], output
    assert "error:" not in check(SOURCES)


def test_the_daemon_notices_each(project: Project) -> None:
    """It checks again what depends on a change and no more, so each change is made by itself."""

    def check(file: str, text: str) -> str:
        project.write(file, text)
        return project.run("run", "--", "program.py", "views.py", tool="mypy.dmypy")

    missed: list[str] = []
    try:
        for name, text in SOURCES.items():
            project.write(name, text)
        assert "error:" not in check("views.py", VIEWS)
        for name, edit in EDITS.items():
            assert edit.source.count(edit.before) == 1, name
            if edit.report not in check(edit.file, edit.edited):
                missed.append(f"{name}: not reported")
            if "error:" in check(edit.file, edit.source):
                missed.append(f"{name}: still reported")
        assert not missed, "\n".join(missed)
    finally:
        project.run("stop", tool="mypy.dmypy")


#: A class, and what its module does with it, which each edit replaces.
REPLACED = """\
from base import Base

class Point(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point)
    def __hash__(self) -> int:
        return 1

def equal(point: object, other: object) -> bool:
    return True
"""
REPLACE = "Point.__eq__ = equal  # type: ignore[method-assign]\n"


def test_the_daemon_notices_what_is_set_later(tmp_path: Path) -> None:
    """It keeps the tree of a module and changes what is in it, and then reads the class once more."""
    project = Project(tmp_path)
    project.write("base.py", "class Base: ...\n")
    project.write(
        "program.py", "from point import Point\ndef f(d: dict[Point, int]) -> None: 's' in d\n"
    )

    def check(file: str, text: str) -> bool:
        project.write(file, text)
        return "[key-view" in project.run("run", "--", "program.py", tool="mypy.dmypy")

    try:
        assert check("point.py", REPLACED)
        assert not check("point.py", REPLACED + REPLACE)
        assert not check("base.py", "class More: ...\nclass Base(More): ...\n")
        assert check("point.py", REPLACED)
        assert check("base.py", "class Base: ...\n")
    finally:
        project.run("stop", tool="mypy.dmypy")

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
from keyview import HashMap
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
VIEWS = """\
from __future__ import annotations
from dataclasses import dataclass
from enum import Enum
from keyview import KeyView

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
"""


class Edit(NamedTuple):
    """A change of `views.py`, and what is reported for as long as it lasts."""

    before: str
    after: str
    report: str


EDITS = {
    "a dataclass is no longer frozen": Edit(
        "@dataclass(frozen=True)\nclass Thing",
        "@dataclass\nclass Thing",
        'program.py:7: error: "Thing" cannot be hashed',
    ),
    "a dataclass is told eq=True": Edit(
        "eq=False)\nclass Declared",
        "eq=True)\nclass Declared",
        'views.py:11: error: "Declared" declares __key__() but its decorator replaces',
    ),
    "a structural view loses its hash": Edit(
        "    def __hash__(self) -> int:\n        return hash(self.rest)\n",
        "",
        'program.py:10: error: "Structural" declares __key__() but its __eq__ comes without',
    ),
    "a class becomes a view": Edit(
        "class Short:\n    pass\n",
        "class Short(KeyView[str]):\n    def __key__(self) -> str: return ''\n",
        'program.py:12: error: The keys of a HashMap would be "Short"',
    ),
    "a class becomes a structural view": Edit(
        "class Lazy:\n    pass\n",
        "class Lazy:\n    def __key__(self) -> str: return ''\n",
        'program.py:14: error: The keys of a HashMap would be "Lazy"',
    ),
    "a class holds a view": Edit(
        "    key: str\n",
        "    key: Declared\n",
        'program.py:16: error: The keys of a HashMap would be "Row", which hold "Declared"',
    ),
    "a stored class holds a view": Edit(
        "    key: str\n",
        "    key: Declared\n",
        'program.py:19: error: The keys of a HashMap would be "Row", which hold "Declared"',
    ),
    "a stored class becomes a view": Edit(
        "class Lazy:\n    pass\n",
        "class Lazy:\n    def __key__(self) -> str: return ''\n",
        'program.py:20: error: The keys of a HashMap would be "Lazy"',
    ),
    "a class no longer joins two": Edit(
        "class Both(Left, Right)",
        "class Both(Left)",
        'program.py:23: error: "[]" looks up "Right"',
    ),
    "an __eq__ admits less": Edit(
        "isinstance(other, str)",
        "isinstance(other, Text)",
        'program.py:26: error: "in" looks up "Text"',
    ),
    "the __eq__ of a base admits less": Edit(
        "class Base:\n    def __eq__(self, other: object) -> bool:\n        return str(self) == other\n",
        "class Base:\n    def __eq__(self, other: object) -> bool:\n        return self is other\n",
        'program.py:29: error: "in" looks up "Child"',
    ),
    "the __eq__ of a subclass is gone": Edit(
        "class Grandchild(Parent):\n    def __eq__",
        "class Grandchild(Parent):\n    def equals",
        'program.py:32: error: "in" looks up "Parent"',
    ),
    "a member of an enum has another value": Edit(
        'A = "a"',
        'A = "b"',
        'program.py:35: error: "in" looks up "Literal[',
    ),
    "a class that joined two is gone": Edit(
        "class Both(Left, Right): ...\n",
        "",
        'program.py:23: error: "[]" looks up "Right"',
    ),
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
    edited = VIEWS
    for edit in EDITS.values():
        edited = edited.replace(edit.before, edit.after)

    def check(views: str) -> str:
        project.write("views.py", views)
        return project.run(*options, "program.py", "views.py")

    assert "error:" not in check(VIEWS)
    output = check(edited)
    assert [edit.report for edit in EDITS.values() if edit.report not in output] == []
    assert "error:" not in check(VIEWS)


def test_the_daemon_notices_each(project: Project) -> None:
    """It checks again what depends on a change and no more, so each change is made by itself."""

    def check(views: str) -> str:
        project.write("views.py", views)
        return project.run("run", "--", "program.py", "views.py", tool="mypy.dmypy")

    try:
        for name, edit in EDITS.items():
            assert VIEWS.count(edit.before) == 1, name
            assert "error:" not in check(VIEWS), name
            assert edit.report in check(VIEWS.replace(edit.before, edit.after)), name
        assert "error:" not in check(VIEWS)
    finally:
        project.run("stop", tool="mypy.dmypy")

"""The plugin's options: where they stand, what each does, what a wrong one says, and that a change counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.mypy.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Each line is one lookup; what it is about is its name. Those of the second half are accepted if
#: nothing is said of them.
PROGRAM = """\
from collections.abc import Hashable
from datetime import date, datetime
from enum import IntEnum
from typing import Generic, NamedTuple, NewType, TypeVar

from keyview import HashMap

T = TypeVar("T")
Base = NewType("Base", int)
Other = NewType("Other", int)

class One(NamedTuple):
    x: int

class Two(NamedTuple):
    x: int

class Red(IntEnum):
    A = 1

class Blue(IntEnum):
    A = 1

class Opaque:
    def __eq__(self, other: object) -> bool:
        return True
    def __hash__(self) -> int:
        return 1

class Left: ...
class Right: ...

class Index(Generic[T]):
    def find(self, key: T | str) -> None: ...

class Finder(Index[int]): ...

def look(
    texts: dict[str, int], numbers: dict[int, int], bases: dict[Base, int], ones: dict[One, int],
    reds: dict[Red, int], lefts: dict[Left, int], maybes: dict[str | None, int],
    own: HashMap[str, int], index: Index[int], finder: Finder,
    maybe: str | None, anything: object, hashable: Hashable, number: int, base: Base,
    other: Other, two: Two, blue: Blue, flag: bool, opaque: Opaque, right: Right,
    maybe_bytes: bytes | None, days: dict[date, int], moments: list[datetime],
    day: date, moment: datetime,
) -> None:
    number in texts  # builtin
    own[number]  # own
    other in bases  # newtypes
    two in ones  # namedtuples
    blue in reds  # enums
    maybe_bytes in maybes  # only_none
    right in lefts  # classes
    maybe in texts  # none
    anything in texts  # object
    hashable in texts  # hashable
    number in bases  # newtype
    flag in numbers  # bool
    opaque in texts  # unknown
    index.find("a")  # find
    finder.find("a")  # find_inherited
    right == number  # comparisons
    moment in days  # datetime
    day in moments  # date
"""
REFUSED = frozenset(
    {"builtin", "own", "newtypes", "namedtuples", "enums", "only_none", "classes"},
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("program.py", PROGRAM)
    return project


def refused(output: str) -> set[str]:
    """The names of the lookups that were refused."""
    lines = PROGRAM.splitlines()
    numbers = [int(line.split(":")[1]) for line in output.splitlines() if ": error: " in line]
    names = [lines[number - 1].partition("# ")[2] for number in numbers]
    assert len(set(names)) == len(names), output
    return set(names)


def in_pyproject(project: Project, **options: Any) -> None:
    project.write("pyproject.toml", "[tool.keyview]\n" + _lines(options, _toml))


def in_pyproject_alone(project: Project, **options: Any) -> None:
    (project.folder / "mypy.ini").unlink()
    project.write(
        "pyproject.toml",
        '[tool.mypy]\nplugins = ["keyview.mypy"]\n[tool.keyview]\n' + _lines(options, _toml),
    )


def in_mypy_ini(project: Project, **options: Any) -> None:
    project.write("mypy.ini", "[mypy]\nplugins = keyview.mypy\n[keyview]\n" + _lines(options, _ini))


def in_setup_cfg(project: Project, **options: Any) -> None:
    (project.folder / "mypy.ini").unlink()
    project.write(
        "setup.cfg", "[mypy]\nplugins = keyview.mypy\n[keyview]\n" + _lines(options, _ini)
    )


def _lines(options: dict[str, Any], spelled: Callable[[Any], str]) -> str:
    return "".join(f"{name} = {spelled(value)}\n" for name, value in options.items())


def _toml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _ini(value: Any) -> str:
    return "\n    ".join(["", *value]) if isinstance(value, list) else str(value)


PLACES = [in_pyproject, in_pyproject_alone, in_mypy_ini, in_setup_cfg]
Places = pytest.mark.parametrize("write", PLACES, ids=lambda write: write.__name__)
FileKinds = pytest.mark.parametrize("write", [in_pyproject, in_mypy_ini], ids=["toml", "ini"])


# -- what each does -------------------------------------------------------------------------------


def test_nothing_is_said(project: Project) -> None:
    assert refused(project.check()) == REFUSED


@Places
def test_everything_is_said(project: Project, write: Callable[..., None]) -> None:
    """Every option at once, in each place that they may stand in."""
    write(
        project,
        collections="all",
        comparisons=True,
        strict_none=True,
        strict_only_none=False,
        strict_object=True,
        strict_newtype=True,
        strict_siblings=False,
        strict_bool=True,
        strict_datetime=True,
        strict_unknown=True,
        equal=["program.Left = program.Right"],
        lookups=["program.Index.find"],
    )
    more = {"none", "object", "hashable", "newtype", "bool", "unknown", "find", "find_inherited"}
    more |= {"comparisons", "datetime", "date"}
    assert refused(project.check()) == {"builtin", "own"} | more


#: Each strictness, what it is by default, and what it is about.
STRICTNESSES = [
    ("strict_none", False, {"none"}),
    ("strict_only_none", True, {"only_none"}),
    ("strict_object", False, {"object", "hashable"}),
    ("strict_newtype", False, {"newtype"}),
    ("strict_siblings", True, {"newtypes", "namedtuples", "enums"}),
    ("strict_bool", False, {"bool"}),
    ("strict_datetime", False, {"datetime", "date"}),
    ("strict_unknown", False, {"unknown"}),
]


def test_the_default_of_each_strictness_may_be_said(project: Project) -> None:
    in_pyproject(project, **{option: by_default for option, by_default, _ in STRICTNESSES})
    assert refused(project.check()) == REFUSED


@pytest.mark.parametrize(("option", "by_default", "names"), STRICTNESSES)
def test_a_strictness_changes_what_it_is_about_and_nothing_else(
    project: Project, option: str, by_default: bool, names: set[str]
) -> None:
    in_pyproject(project, **{option: not by_default})
    assert refused(project.check()) == (REFUSED - names if by_default else REFUSED | names)


def test_comparisons_are_judged_if_asked(project: Project) -> None:
    in_pyproject(project, comparisons=True)
    assert refused(project.check()) == REFUSED | {"comparisons"}


def test_other_collections_can_be_left_alone(project: Project) -> None:
    in_pyproject(project, collections="keyview")
    assert refused(project.check()) == {"own"}


def test_classes_can_be_called_equal_whatever_their_order(project: Project) -> None:
    in_pyproject(project, equal=["program.Right=program.Left", "uuid.UUID = builtins.str"])
    assert refused(project.check()) == REFUSED - {"classes"}


def test_methods_of_other_classes_can_be_called_lookups(project: Project) -> None:
    in_pyproject(project, lookups=["program.Index.find"])
    assert refused(project.check()) == REFUSED | {"find", "find_inherited"}
    in_pyproject(project, lookups=["program.Index.find"], collections="keyview")
    assert refused(project.check()) == {"own", "find", "find_inherited"}


def test_the_options_of_the_ini_file_come_first(project: Project) -> None:
    in_pyproject(project, strict_none=True)
    in_mypy_ini(project, strict_bool=True)
    assert refused(project.check()) == REFUSED | {"bool"}


# -- a wrong one ----------------------------------------------------------------------------------

KNOWN = (
    "collections, comparisons, equal, lookups, strict_none, strict_only_none, strict_object, "
    "strict_newtype, strict_siblings, strict_bool, strict_datetime, strict_unknown"
)
PAIRS = 'a list of pairs of classes, such as ["uuid.UUID = package.Id"]'
METHODS = 'a list of methods, such as ["package.Class.method"]'
WRONG = [
    ("strict", True, f"keyview has no option 'strict'; its options are {KNOWN}"),
    ("collections", "ours", """'ours'; it must be "all" or "keyview\""""),
    ("strict_none", "maybe", "'maybe'; it must be true or false"),
    ("equal", ["uuid.UUID"], f"['uuid.UUID']; it must be {PAIRS}"),
    ("equal", ["a.A = b.B = c.C"], f"['a.A = b.B = c.C']; it must be {PAIRS}"),
    ("equal", ["a.A = a.A"], f"['a.A = a.A']; it must be {PAIRS}"),
    ("equal", ["UUID = a.A"], f"['UUID = a.A']; it must be {PAIRS}"),
    ("lookups", ["Index.find"], f"['Index.find']; it must be {METHODS}"),
    ("lookups", ["a.Index.find()"], f"['a.Index.find()']; it must be {METHODS}"),
]


def diagnostic_of(project: Project) -> str:
    """What a run says that must fail for a wrong option: one line, and no traceback."""
    done = project.attempt("program.py")
    assert (done.returncode, done.stdout) == (2, ""), done.stdout + done.stderr
    [line] = done.stderr.splitlines()
    return line


@FileKinds
@pytest.mark.parametrize(("name", "value", "diagnostic"), WRONG)
def test_a_wrong_option(
    project: Project, write: Callable[..., None], name: str, value: object, diagnostic: str
) -> None:
    write(project, **{name: value})
    file = "pyproject.toml" if write is in_pyproject else "mypy.ini"
    line = diagnostic_of(project)
    assert line.startswith(f"{file}: keyview")
    assert line.endswith(diagnostic)


@pytest.mark.parametrize(
    ("text", "diagnostic"),
    [
        ("[tool]\nkeyview = 3\n", "keyview is 3; it must be a table"),
        ("[tool.keyview]\nlookups = 'a.b.c'\n", f"lookups is 'a.b.c'; it must be {METHODS}"),
        ("[tool.keyview]\nequal = [1]\n", f"equal is [1]; it must be {PAIRS}"),
        ("[tool.keyview]\ncollections = ['all']\n", "collections is ['all']"),
        ("[tool.keyview]\nstrict_bool = 1\n", "strict_bool is 1; it must be true or false"),
        ("[tool.keyview\n", "cannot be read: "),
        ("tool = 3\n", "tool is 3; it must be a table"),
    ],
)
def test_what_only_toml_can_say(project: Project, text: str, diagnostic: str) -> None:
    project.write("pyproject.toml", text)
    line = diagnostic_of(project)
    assert line.startswith("pyproject.toml: ")
    assert diagnostic in line


@pytest.mark.parametrize("word", ["1", "yes", "True", "on"])
def test_an_ini_file_has_its_own_words_for_true(project: Project, word: str) -> None:
    in_mypy_ini(project, strict_bool=word)
    assert refused(project.check()) == REFUSED | {"bool"}


def test_parallel_workers_stop_at_a_wrong_option(project: Project) -> None:
    in_pyproject(project, strict_none="maybe")
    done = project.attempt("-n", "2", "program.py")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [diagnostic_of(project)]


# -- a change -------------------------------------------------------------------------------------

CHANGES: list[dict[str, Any]] = [
    {},
    {"collections": "keyview"},
    {"strict_none": True},
    {"equal": ["program.Left = program.Right"]},
    {"lookups": ["program.Index.find"]},
]
EXPECTED = [
    REFUSED,
    {"own"},
    REFUSED | {"none"},
    REFUSED - {"classes"},
    REFUSED | {"find", "find_inherited"},
]


def test_a_warm_cache_is_not_believed_after_a_change(project: Project) -> None:
    for options, names in zip(CHANGES, EXPECTED, strict=True):
        in_pyproject(project, **options)
        assert refused(project.check()) == names
        assert refused(project.check()) == names
    in_pyproject(project, strict_none="maybe")
    diagnostic_of(project)
    in_pyproject(project)
    assert refused(project.check()) == REFUSED


def test_the_daemon_starts_again_after_a_change(project: Project) -> None:
    try:
        for options, names in zip(CHANGES, EXPECTED, strict=True):
            in_pyproject(project, **options)
            assert refused(project.run("run", "--", "program.py", tool="mypy.dmypy")) == names
        in_pyproject(project, strict_none="maybe")
        done = project.attempt("run", "--", "program.py", tool="mypy.dmypy")
        assert done.returncode == 2
        assert done.stderr == (
            "pyproject.toml: keyview's option strict_none is 'maybe'; it must be true or false\n"
        )
        in_pyproject(project)
        output = project.run("run", "--", "program.py", tool="mypy.dmypy")
        assert refused(output) == REFUSED
    finally:
        project.run("stop", tool="mypy.dmypy")

"""The plugin in mypy's different ways of running: cached, silenced, configured, as JSON, in the daemon."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from mypy.options import Options
from mypy.plugin import ReportConfigContext

from keyview.mypy import FINGERPRINT, KeyViewPlugin, fingerprint
from tests.mypy.project import Project

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
from keyview import HashMap
from views import Short

def look(m: HashMap[str, int]) -> None:
    m[1]
    m[Short()]
"""
VIEW = """\
from keyview import KeyView

class Short(KeyView[str]):
    def __key__(self) -> str:
        return "_"
"""
NOT_A_VIEW = """\
class Short:
    pass
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("program.py", PROGRAM)
    project.write("views.py", VIEW)
    return project


#: What is bound without an annotation, and looked in by the same module and by another.
BOUND = """\
from typing import Final
seen = set()
seen.add(1)
rows = []
rows.append("a")
names = {"a": 1}
FIXED: Final = {"a": 1}
written: set[str] = set()

class Worker:
    seen = set()
    seen.add(1)
    limits = {"a": 1}
    kinds: set[str] = set()
    current = None

class Index(dict[str, int]): ...

index = Index()

def look(number: int) -> None:
    number in names  # here
    number in Worker.limits  # here
    number in rows
    "a" in Worker.seen
"""
ELSEWHERE = """\
import bound
from bound import FIXED, Worker, index, names, rows, seen, written

class Below(Worker): ...

def look(text: str, number: int, worker: type[Worker]) -> None:
    text in seen
    text in bound.seen
    number in rows
    seen.isdisjoint([text])
    number in names
    number in FIXED  # here
    number in written  # here
    number in index  # here
    mine = set(rows)
    mine & {number}
    {*bound.rows, "b"} & {number}
    theirs = {key: 1 for key in index}
    number in theirs  # here
    number in bound.written  # here
    text in Worker.seen
    text in worker.seen
    text in Below.seen
    number in Worker.limits
    number in Worker.kinds  # here
    number in worker.kinds  # here

def narrowed(d: dict[str, int]) -> None:
    Worker.current in d
    Worker.current = None
    narrowed({})
    Worker.current in d
"""

ONE = 'program.py:5: error: "[]" looks up "int", which can never find one of the "str" keys of'
OTHER = 'program.py:6: error: "[]" looks up "Short", which can never find one of the "str" keys of'


def test_a_warm_cache_says_the_same(project: Project) -> None:
    cold = project.check()
    assert ONE in cold
    assert OTHER not in cold
    assert project.check() == cold


def test_what_another_module_binds_without_an_annotation_has_a_guessed_type(
    project: Project,
) -> None:
    project.write("bound.py", BOUND)
    project.write("program.py", ELSEWHERE)
    due = {
        f"{name}:{number}"
        for name, text in (("bound.py", BOUND), ("program.py", ELSEWHERE))
        for number, line in enumerate(text.splitlines(), 1)
        if line.endswith("# here")
    }
    for _ in range(2):  # Also if mypy has the other module from its cache, without its statements.
        project.write("program.py", ELSEWHERE)
        said = project.check("bound.py").splitlines()
        assert {line.partition(": error")[0] for line in said if ": error" in line} == due, said


def test_a_view_that_is_no_longer_one_is_noticed(project: Project) -> None:
    project.check()
    project.write("views.py", NOT_A_VIEW)
    assert OTHER in project.check()
    project.write("views.py", VIEW)
    assert OTHER not in project.check()


def test_the_daemon_notices_it_too(project: Project) -> None:
    def check() -> str:
        return project.run("run", "--", "program.py", tool="mypy.dmypy")

    try:
        assert OTHER not in check()
        project.write("views.py", NOT_A_VIEW)
        assert OTHER in check()
        project.write("views.py", VIEW)
        again = check()
        assert OTHER not in again
        assert ONE in again
    finally:
        project.run("stop", tool="mypy.dmypy")


def test_a_changed_plugin_makes_the_cache_stale(tmp_path: Path) -> None:
    (tmp_path / "relation.py").write_text("one", "utf-8")
    before = fingerprint(tmp_path)
    (tmp_path / "relation.py").write_text("two", "utf-8")
    after = fingerprint(tmp_path)
    assert after != before
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rule.py").write_text("one", "utf-8")
    assert fingerprint(tmp_path) != after


def test_every_module_is_kept_with_the_fingerprint() -> None:
    """Mypy compares its plugins once, and would later believe what it kept of the other modules."""
    context = ReportConfigContext("program", "program.py", is_check=True)
    assert KeyViewPlugin(Options()).report_config_data(context)["fingerprint"] == FINGERPRINT


def test_it_can_be_switched_off(project: Project) -> None:
    assert project.check("--disable-error-code", "key-view") == ""
    project.write(
        "mypy.ini",
        "[mypy]\nplugins = keyview.mypy\n[mypy-program]\ndisable_error_code = key-view\n",
    )
    assert project.check() == ""


@pytest.mark.parametrize("comment", ["# type: ignore", "# type: ignore[key-view]"])
def test_an_ignored_line_is_silent_with_its_note(project: Project, comment: str) -> None:
    project.write("program.py", PROGRAM.replace("m[1]", f"m[1]  {comment}"))
    assert project.check("--warn-unused-ignores") == ""


def test_an_ignore_that_is_not_needed_is_reported(project: Project) -> None:
    project.write("program.py", PROGRAM.replace("m[Short()]", "m[Short()]  # type: ignore"))
    output = project.check("--warn-unused-ignores")
    assert 'program.py:6: error: Unused "type: ignore" comment' in output


def test_json(project: Project) -> None:
    [line] = project.check("--output", "json").splitlines()
    diagnostic = json.loads(line)
    assert (diagnostic["code"], diagnostic["line"], diagnostic["severity"]) == (
        "key-view",
        5,
        "error",
    )
    assert diagnostic["hint"].splitlines() == [
        '"int" and "str" never compare equal; look up str(number)',
        "For more, run `keyview explain key-view`",
    ]


def test_parallel_workers_say_the_same(project: Project) -> None:
    assert project.check("-n", "2") == project.check()


FORMS = """\
from typing import Any
from typing_extensions import TypeForm
def look(forms: dict[TypeForm[Any], int], some: set[TypeForm[Any]], text: str) -> None:
    some.discard(text)
    some.discard(None)
    some.discard([text])
    forms[int | str], forms[list[int]]
"""


def test_a_type_form_may_be_any_object_that_stands_for_a_type(project: Project) -> None:
    """As annotations may be, so a `str` and None, too."""
    project.write("program.py", FORMS)
    output = project.check("--enable-incomplete-feature=TypeForm")  # Newer ones have it anyway.
    [error] = [line for line in output.splitlines() if " error: " in line]
    assert error.startswith('program.py:6: error: "list[str]" cannot be hashed')

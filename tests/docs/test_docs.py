"""Every example of the docstrings and the pages runs, and means to mypy what it says."""

from __future__ import annotations

import doctest
import inspect
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import fresh_keyview
from tests.docs import pages
from tests.typing.checkers import SOURCE, mypy_with_plugin

if TYPE_CHECKING:
    from tests.typing.checkers import Complaint

DOCSTRINGS = pages.docstrings()
PROMISED = re.compile(r"# E: (?P<start>.*)$")

EachDocstring = pytest.mark.parametrize("test", DOCSTRINGS, ids=lambda test: test.name)
EachPage = pytest.mark.parametrize("page", pages.PAGES, ids=lambda page: page.name)


# -- they run -------------------------------------------------------------------------------------


@EachDocstring
def test_docstrings_run(kv: Any, test: doctest.DocTest) -> None:
    test.globs = {name: getattr(kv, name) for name in kv.__all__}
    report = io.StringIO()
    failed, tried = doctest.DocTestRunner().run(test, out=report.write, clear_globs=False)
    assert tried
    assert not failed, report.getvalue()


@EachPage
def test_pages_run(kv: Any, page: Path) -> None:
    namespace: dict[str, Any] = {"__name__": page.stem}
    for block in pages.python_blocks(page):
        # The lines of the page, for the traceback.
        code = "\n" * (block.line - 1) + block.code
        exec(compile(code, page, "exec", dont_inherit=True), namespace)


def public_objects() -> list[str]:
    """Every class and function of keyview, and every method of the classes, as `module.Class.name`.

    The examples are those of the pure twin, which is the specification.
    """
    found = []
    with fresh_keyview("pure") as pure:
        everything = [getattr(pure, name) for name in pure.__all__]
    for public in everything:
        if inspect.isroutine(public) or inspect.isclass(public):
            found.append(f"{public.__module__}.{public.__qualname__}")
        if inspect.isclass(public):
            for owner in public.__mro__:
                ours = owner.__module__.partition(".")[0] == "keyview"
                members = vars(owner) if ours else {}
                path = f"{owner.__module__}.{owner.__qualname__}"
                found += [
                    f"{path}.{name}"
                    for name, member in members.items()
                    if not name.startswith("_") and not isinstance(member, owner)  # of an enum
                ]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("name", public_objects())
def test_everything_public_has_an_example(name: str) -> None:
    assert name in [test.name for test in DOCSTRINGS]


# -- they are typed -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Complaint]]:
    """What mypy with the plugin says about each docstring and page, by name; mypy runs once."""
    folder = tmp_path_factory.mktemp("docs")
    programs = {test.name: pages.program_of_docstring(test) for test in DOCSTRINGS}
    programs |= {page.name: pages.program_of_page(page) for page in pages.PAGES}
    files = {}
    for number, (name, program) in enumerate(programs.items()):
        file = folder / f"example_{number}.py"
        file.write_text(program, "utf-8")
        files[file] = name
    found: dict[str, list[Complaint]] = {name: [] for name in programs}
    for complaint in mypy_with_plugin(files, folder):
        found[files[complaint.file]].append(complaint)
    return found


def assert_kept(promised_by: str, complaints: list[Complaint]) -> None:
    """The errors are those that the `# E:` comments of a program promise."""
    promised = {
        number: found["start"]
        for number, line in enumerate(promised_by.splitlines(), 1)
        if (found := PROMISED.search(line))
    }
    unexpected = [c for c in complaints if c.line not in promised]
    assert not unexpected
    assert promised.keys() == {c.line for c in complaints}
    for complaint in complaints:
        assert complaint.message.startswith(promised[complaint.line])


@EachDocstring
def test_docstrings_are_typed(
    complaints: dict[str, list[Complaint]], test: doctest.DocTest
) -> None:
    assert_kept(pages.program_of_docstring(test), complaints[test.name])


@EachPage
def test_pages_are_typed(complaints: dict[str, list[Complaint]], page: Path) -> None:
    assert_kept(pages.program_of_page(page), complaints[page.name])


def test_what_mypy_is_shown_to_say_is_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = keyview.mypy\n", "utf-8")
    shown = [file for page in pages.PAGES for file in pages.shown_files(page)]
    assert "README.md" in [page.name for page in pages.PAGES]
    assert shown
    for name, code, console in shown:
        (tmp_path / name).write_text(code, "utf-8")
        command, _, output = console.partition("\n")
        assert command == f"$ mypy {name}"
        done = subprocess.run(
            [sys.executable, "-m", "mypy", f"--cache-dir={os.devnull}", name],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == (output, "")

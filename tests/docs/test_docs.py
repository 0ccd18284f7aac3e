"""Every example of the docstrings and the pages runs, and every block is of a kind that is tested."""

from __future__ import annotations

import doctest
import inspect
import io
import json
import re
import tomllib
import traceback
from configparser import ConfigParser
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import fresh_keyview
from tests.docs import pages
from tests.docs.pages import DOCSTRINGS, EachDocstring, EachPage
from tests.docs.running import assert_same, output_of, run_programs
from tools.blocks import (
    CONFIGURATION,
    Command,
    blocks,
    is_shown,
    program_of_session,
    programs,
    story,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# -- they run -------------------------------------------------------------------------------------


@EachDocstring
def test_docstrings_run(kv: Any, test: doctest.DocTest) -> None:
    test.globs = {name: getattr(kv, name) for name in kv.__all__}
    report = io.StringIO()
    failed, tried = doctest.DocTestRunner().run(test, out=report.write, clear_globs=False)
    assert tried
    assert not failed, report.getvalue()


@EachDocstring
def test_docstrings_run_as_programs(
    kv: Any, test: doctest.DocTest, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ""
    try:
        exec(program_of_session(test.docstring or ""), {"__name__": "__main__"})
    except Exception as raised:
        error = "".join(traceback.format_exception_only(raised))
    shown = "".join(example.exc_msg or example.want for example in test.examples)
    assert_same(capsys.readouterr().out + error, shown)


@EachPage
def test_programs_run(
    kv: Any, page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_programs(page, capsys, monkeypatch)


@EachPage
def test_files_run(kv: Any, page: Path, tmp_path: Path) -> None:
    steps = story(page)
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION, "utf-8")
    for step in steps:
        if isinstance(step, Command):
            if step.words[0] == "python":
                assert_same(output_of(step, tmp_path, kv.backend), step.output)
        elif step.file:
            (tmp_path / step.file).write_text(step.code, "utf-8")
            if step.language == "python" and not is_shown(steps, step, "python"):
                command = Command(f"python {step.file}", ["python", step.file], "")
                assert output_of(command, tmp_path, kv.backend) == ""


def public_objects() -> list[str]:
    """Every class and function of keyview, and every method of the classes, as `module.Class.name`.

    The examples are those of the pure backend, which is the specification.
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


# -- the rest of a page ---------------------------------------------------------------------------

PARSERS: dict[str, Callable[[str], object]] = {
    "ini": lambda text: ConfigParser().read_string(text),
    "json": json.loads,
    "toml": tomllib.loads,
    "yaml": yaml.safe_load,
}
#: Nothing is asked of these: other languages, and drawings.
FOREIGN = {"cpp", "csharp", "java", "rust", "text", "zig"}
DIRECTIVES = {"{eval-rst}", "{include}", "{raw} html", "{toctree}"}


@EachPage
def test_every_block_is_of_a_kind_that_is_tested(page: Path) -> None:
    above = ""
    for block in blocks(page):
        if block.language in PARSERS:
            PARSERS[block.language](block.code)
        elif block.language == "output":
            assert above == "python program", f"line {block.line}: it is the output of no program"
        elif block.language == "console":
            assert block.code.startswith("$ "), f"line {block.line}: what is the command?"
        else:
            assert block.language == "python" or block.language in FOREIGN
        allowed = {"python": "new program", "console": "not run: "}.get(block.language, "nothing")
        assert block.note.startswith(allowed) or not block.note
        above = "python program" if block.language == "python" and not block.file else ""


@EachPage
def test_only_known_directives_are_used(page: Path) -> None:
    text = text_of(page)
    assert text.startswith(("# ", "---\n"))
    used = re.findall(r"^ *`{3,}(\{.*)$|^ *:{3,}(\{.*)$", text, re.MULTILINE)
    assert {fence for fence, _ in used if fence} <= DIRECTIVES


def test_the_pages_show_programs_output_and_checks() -> None:
    """None of these tests is empty."""
    steps = [step for page in pages.PAGES for step in story(page)]
    assert {step.words[0] for step in steps if isinstance(step, Command)} >= {"python", "mypy"}
    assert any(s.output for page in pages.PAGES for program in programs(page) for s in program)

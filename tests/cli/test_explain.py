"""`keyview explain`: the pages of the error codes on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from keyview.cli import main
from keyview.cli.status import CUT_OFF
from keyview.mypy import codes

CODES = tuple(code.code for code in codes.CODES)


def test_it_lists_the_codes_with_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert tuple(line.split()[0] for line in lines) == CODES
    assert lines[0] == f"{'key-view':21}A lookup that can never succeed"
    assert max(map(len, lines)) < 80


@pytest.mark.parametrize("code", CODES)
def test_it_shows_the_page_of_a_code_as_text(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{code}\n{'=' * len(code)}\n\nA ")
    for part in ("\nWhy. ", "\nHow to fix it. ", "\nWhen to silence it. ", "\n    $ mypy "):
        assert part in shown
    for mark in ("```", "**", "](", "\0", "\n\n\n"):
        assert mark not in shown
    prose = [line for line in shown.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) < 80


def test_code_is_shown_as_it_is_and_what_is_quoted_is_not_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["explain", "key-view-law"])
    shown = capsys.readouterr().out
    program = (
        "    @dataclass(frozen=True)\n    class ShortKey(KeyView[str]):\n        rest: str\n\n"
    )
    assert program in shown
    assert "\n`# type: ignore[key-view-law]`.\n" in shown
    items = "\n- if the class body defines only one of the two, or `__hash__ = None`;\n- if another"
    assert items in shown
    assert "as with `key-view`.\n" in shown


def test_a_code_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "index"]) == 2
    assert capsys.readouterr() == (
        "",
        f"keyview explain: there is no error code 'index'; there are {', '.join(CODES)}\n",
    )


def test_it_needs_no_mypy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("keyview.mypy")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mypy", None)
    assert main(["explain", "key-view"]) == 0


@pytest.mark.parametrize("arguments", [["explain"], ["explain", "key-view"]])
@pytest.mark.parametrize("is_buffered", [True, False])
def test_it_ends_quietly_if_nobody_reads_on(arguments: list[str], is_buffered: bool) -> None:
    """As `keyview explain | head -0`."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "keyview", *arguments],
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": "" if is_buffered else "1"},
        )
    assert done.stderr == ""
    assert done.returncode == CUT_OFF

"""Each error code has its page, which is installed with the package, and each page its code."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from mypy.errorcodes import ErrorCode

from keyview import _about
from keyview.mypy import codes, messages
from keyview.mypy.codes import CODES, KEY_VIEW

ROOT = Path(__file__).parents[2]
PAGES = files("keyview") / "mypy" / "pages"
PARTS = ("**Why.**", "**How to fix it.**", "**When to silence it.**")


def note_of(code: ErrorCode) -> str:
    *_, note = messages.Diagnostic("error", "why", code).notes
    return note


def test_each_code_is_in_the_list_and_a_part_of_the_first() -> None:
    named = [getattr(codes, name) for name in codes.__all__ if name != "CODES"]
    assert sorted(map(str, named)) == sorted(map(str, CODES))
    assert [code.sub_code_of for code in CODES] == [None] + [KEY_VIEW] * (len(CODES) - 1)


def test_codes_and_pages_are_the_same() -> None:
    names = {f"{code.code}.md" for code in CODES}
    assert {page.name for page in PAGES.iterdir()} == names
    on_the_site = {page.name for page in (ROOT / "docs" / "errors").glob("*.md")}
    assert on_the_site == {*names, "index.md"}
    index, reference = (
        (ROOT / "docs" / page).read_text("utf-8")
        for page in ("errors/index.md", "reference/plugin.md")
    )
    for code in CODES:
        assert f"| [`{code.code}`]({code.code}.md) |" in index
        assert f"\n{code.code}\n" in index
        assert f"[{code.code}](../errors/{code.code}.md)" in reference


@pytest.mark.parametrize("code", CODES, ids=str)
def test_a_page_is_about_its_code_and_shows_the_note_that_names_it(code: ErrorCode) -> None:
    text = (PAGES / f"{code.code}.md").read_text("utf-8")
    assert text.startswith(f"# {code.code}\n")
    assert note_of(code) == f"For more, run `keyview explain {code.code}`"
    for part in (f"  [{code.code}]\n", f"note: {note_of(code)}\n", *PARTS):
        assert part in text


def test_once_there_is_an_address_a_note_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_about, "REPOSITORY", "https://host/owner/keyview")
    note = note_of(KEY_VIEW)
    start = "For more, run `keyview explain key-view` or see https://host/owner/keyview/blob/main/"
    assert note.startswith(start)
    assert (ROOT / note.removeprefix(start)).is_file()

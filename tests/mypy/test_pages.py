"""Each error code has its page, and each page its code."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy.errorcodes import ErrorCode

from keyview.mypy import messages

ROOT = Path(__file__).parents[2]
PARTS = ("**Why.**", "**How to fix it.**", "**When to silence it.**")
CODES = [getattr(messages, name) for name in messages.__all__ if name.startswith("KEY_VIEW")]


def test_codes_and_pages_are_the_same() -> None:
    pages = {page.stem for page in (ROOT / messages.PAGES).glob("*.md")} - {"index"}
    assert {code.code for code in CODES} == pages


@pytest.mark.parametrize("code", CODES, ids=str)
def test_a_complaint_names_the_page_of_its_code(code: ErrorCode) -> None:
    *_, page = messages.Diagnostic("error", "why", code).notes
    path = ROOT / page.removeprefix("See ")
    text = path.read_text("utf-8")
    assert text.startswith(f"# {code.code}\n")
    for part in (f"  [{code.code}]\n", f"note: {page}\n", *PARTS):
        assert part in text

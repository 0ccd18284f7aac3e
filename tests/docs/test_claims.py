"""What the pages say outside of their blocks, where a test can know it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from keyview import HashMap, Occupied, Vacant
from tests.docs.pages import ROOT
from tests.typing.checkers import CHECKERS
from tools.blocks import blocks, programs

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"


def test_the_table_of_the_question_has_the_numbers_that_its_program_counts() -> None:
    page = DOCS / "the-question.md"
    (shown,) = [block.code for block in blocks(page) if "$ python hash_calls.py" in block.code]
    counted = re.findall(r"^\w+ +(\d+) +(\d+)$", shown, re.MULTILINE)
    table = re.findall(r"^\| [^|]+ \| (\d+) \| (\d+) \|", page.read_text("utf-8"), re.MULTILINE)
    assert len(counted) == 7
    assert table == counted


def test_the_cheat_sheet_of_the_question_names_what_is_there() -> None:
    text = (DOCS / "the-question.md").read_text("utf-8")
    sheet = text.partition("## Cheat sheet\n")[2].partition("\n## ")[0]
    names = set(re.findall(r"(?<=\w\.)\w+|(?<=\)\.)\w+", sheet))
    owners = (HashMap, Occupied, Vacant, list)
    assert len(names) > 10
    assert [n for n in sorted(names) if not any(hasattr(owner, n) for owner in owners)] == []


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_what_other_checkers_accept_before_and_after(checker: str, tmp_path: Path) -> None:
    program, *_ = programs(DOCS / "how-to" / "other-type-checkers.md")
    file = tmp_path / "page.py"
    file.write_text("".join(snippet.block.code for snippet in program), "utf-8")
    before = re.compile(r"def before.*\n((?:    assert .*\n)+)").search(file.read_text("utf-8"))
    assert before
    refused = {diagnostic.line for diagnostic in CHECKERS[checker]([file], tmp_path)}
    lines = file.read_text("utf-8").splitlines()
    assert [lines[number - 1] for number in sorted(refused)] == before[1].splitlines()


def test_the_index_of_how_tos_has_each_in_its_list_and_in_its_tree() -> None:
    text = (DOCS / "how-to" / "index.md").read_text("utf-8")
    pages = {page.stem for page in (DOCS / "how-to").glob("*.md")} - {"index"}
    assert set(re.findall(r"\]\(([\w-]+)\.md\)$", text, re.MULTILINE)) == pages
    assert set(re.findall(r"^([\w-]+)$", text, re.MULTILINE)) == pages

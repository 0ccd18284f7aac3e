"""What the pages say outside of their blocks, where a test can know it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import keyview
from keyview import HashMap, Occupied, Vacant
from tests.docs.pages import ROOT
from tests.typing.checkers import CHECKERS
from tools.blocks import blocks, programs
from tools.compare_packages import PROOF, VERDICTS, Comparison, cost, stored, verdicts
from tools.pictures import EDITS, shares

if TYPE_CHECKING:
    from collections import Counter
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


@pytest.mark.parametrize("page", ["README.md", "docs/index.md"])
def test_the_front_pages_say_what_was_measured(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    *operations, whole = shares(EDITS.read_text("utf-8"))
    assert f"{whole.edits:,} lookups" in text
    assert set(re.findall(r"[\d.]+%", text)) == {f"{whole.alone:g}%", f"{whole.ours:g}%"}
    packages = EDITS.read_text("utf-8").partition(" in ")[2].partition(" was")[0]
    assert len(re.split(", | or ", packages)) == 9
    [discard] = [share for share in operations if share.operation == "discard()"]
    assert (discard.alone, discard.ours) == (0, 100)


@pytest.fixture
def measured() -> tuple[list[Comparison], list[Comparison]]:
    """What the plugin changed in packages that are typed throughout, and in applications."""
    results = stored(PROOF / "packages.json")
    assert not any(one.failure for one in results)
    libraries = [one for one in results if not one.is_application]
    return libraries, [one for one in results if one.is_application]


def text_of(page: str) -> str:
    return " ".join((DOCS / page).read_text("utf-8").split())


def test_the_front_page_says_what_was_seen_in_packages_as_they_are(
    measured: tuple[list[Comparison], list[Comparison]],
) -> None:
    libraries, applications = measured
    found = verdicts([*libraries, *applications])
    text = text_of("index.md").replace("[", "")
    assert (
        f"In {len(libraries)} published packages and {len(applications)} applications there were "
        f"{found.total()} reports: {_by_verdict(found)}" in text
    )


def _in_words(found: Counter[str]) -> str:
    return f"of {found.total()} reports, {_by_verdict(found)}"


def _by_verdict(found: Counter[str]) -> str:
    bugs, harmless, false = (found[verdict] for verdict in VERDICTS)
    return f"{bugs} bug{'s' * (bugs != 1)}, {harmless} harmless, {false} false alarms"


def test_the_page_for_a_team_says_what_was_measured(
    measured: tuple[list[Comparison], list[Comparison]],
) -> None:
    libraries, applications = measured
    earlier = stored(PROOF / "releases.json")
    page = text_of("team/adoption.md")
    of_libraries, of_applications, of_earlier = map(verdicts, (libraries, applications, earlier))
    vanished, freed = (
        sum(len(getattr(one, part)) for one in libraries)
        for part in ("vanished", "ignores_not_needed")
    )
    counted = sum(bool(one.instructions) for one in libraries)
    for words in (
        f"**{len(libraries)} packages as they are published**: {_in_words(of_libraries)}",
        f"It removed {vanished} errors of mypy's about lookups that can succeed, and {freed} `# type:",
        f"mypy takes {100 * (cost(libraries) - 1):.1f}% more instructions, over {counted} of these packages",
        f"**{len(applications)} applications**: {_in_words(of_applications)}",
        f"**{len(earlier)} releases of three and five years ago**: {_in_words(of_earlier)}",
    ):
        assert words in page
    *operations, whole = shares(EDITS.read_text("utf-8"))
    assert (
        f"{whole.alone:g}% of {whole.edits:,} edits, with keyview it reports {whole.ours:g}%"
        in page
    )
    [of_in] = [share for share in operations if share.operation == "in"]
    assert 25 < 100 - of_in.alone < 35  # A third or so.


def test_the_other_pages_for_a_team_have_the_numbers_of_the_measurements(
    measured: tuple[list[Comparison], list[Comparison]],
) -> None:
    faq, alternatives = (
        (DOCS / "team" / f"{name}.md").read_text("utf-8") for name in ("faq", "alternatives")
    )
    libraries, _ = measured
    assert f"By {100 * (cost(libraries) - 1):.1f}% without a cache" in faq
    checkers = (DOCS / "why" / "checkers.md").read_text("utf-8")
    [wrong] = re.findall(r"^\| wrong answers \|  \| (.*) \|$", checkers, re.MULTILINE)
    mypy, ours, pyright, ty, pyrefly = wrong.split(" | ")
    shown = re.findall(
        r"^\| (mypy|mypy with keyview|pyright|ty|pyrefly) \| .* \| (\d+) \|$",
        alternatives,
        re.MULTILINE,
    )
    assert dict(shown) == {
        "mypy": mypy,
        "mypy with keyview": ours,
        "pyright": pyright,
        "ty": ty,
        "pyrefly": pyrefly,
    }
    [same] = re.findall(r"of the same (\d+) lookups", checkers)
    assert f"[{same} such lookups]" in text_of("team/alternatives.md")
    assert f"wrong answers, of {same}" in alternatives


def test_the_front_pages_say_whether_there_is_a_release() -> None:
    front, readme = ((ROOT / page).read_text("utf-8") for page in ("docs/index.md", "README.md"))
    assert f"Version {keyview.__version__}, " in front
    released = re.search(r"^## \[\d", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    for words in ("There is no release", ", not released"):
        assert (words in front) != bool(released)
    assert ("There is no release" in readme) != bool(released)
    [mypy] = re.findall(r"works with (mypy \S+ to \d+\.\d+)", readme)
    assert mypy in front

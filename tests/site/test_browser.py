"""The site in a real browser: readable on a phone and in the dark, searchable, usable by keyboard."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

#: What readers search for, and the page that is to be the first.
SEARCHES = {
    "baseline": "team/adoption.html",
    "faq": "team/faq.html",
    "free-threaded": "reference/threads.html",
    "migrate": "team/migration.html",
    "monorepo": "team/adoption.html",
    "pandas": "ecosystem/frames.html",
    "performance": "why/benchmarks.html",
    "PyPy": "team/versions.html",
    "thread safety": "reference/threads.html",
    "keyview.errors.StaleEntryError: this Vacant entry is for the key 'pear', which is now in the map": (
        "reference/exceptions.html#keyview.StaleEntryError"
    ),
    "which is no longer in the map; ask": "reference/exceptions.html#keyview.StaleEntryError",
    "nan is neither less than, equal to": "reference/exceptions.html#keyview.OrderError",
    'error: "set[str]" - "set[int]" removes nothing': "errors/key-view.html",
    'error: "UUID" == "str" is always false': "errors/key-view-equal.html",
    "uninstall": "team/adoption.html",
}
#: A page of each kind, for axe-core.
JUDGED = [
    "404.html",
    "borrowed-keys.html",
    "errors/index.html",
    "errors/key-view.html",
    "how-to/ci.html",
    "how-to/index.html",
    "how-to/lru-cache.html",
    "index.html",
    "playground.html",
    "proof/edits.html",
    "reference/entries.html",
    "reference/exceptions.html",
    "reference/hashmap.html",
    "reference/index.html",
    "reference/threads.html",
    "rust-to-python.html",
    "search.html",
    "team/adoption.html",
    "team/alternatives.html",
    "tutorial.html",
    "why/checkers.html",
    "why/limits.html",
]


def pasted_messages() -> dict[str, str]:
    """The first message on the page of each error code, and that page."""
    found = {}
    for page in sorted((ROOT / "src/keyview/mypy/pages").glob("*.md")):
        message = next(line for line in page.read_text("utf-8").splitlines() if ": error: " in line)
        found[message.replace("UUID", "Invoice")] = f"errors/{page.stem}.html"
    return found


def missing() -> str:
    """What this machine lacks to run a browser, and how to get it."""
    if not shutil.which("chromium"):
        return "there is no chromium: apt-get install chromium"
    if not shutil.which("node"):
        return "there is no node: apt-get install nodejs npm"
    for package in ("axe-core", "playwright-core"):
        if not (HERE / "node_modules" / package).exists():
            return f"there is no {package}: npm install --no-package-lock --prefix tests/site"
    return ""


def skip_without_browser() -> None:
    """Skip a test that needs a browser, where there is none and none is asked for."""
    if reason := missing():
        if os.environ.get("KEYVIEW_TEST_BROWSER"):
            pytest.fail(f"KEYVIEW_TEST_BROWSER asks for the tests in a browser, but {reason}")
        pytest.skip(reason)


@pytest.fixture(scope="module")
def looked(site: Path) -> Any:
    """What look.mjs saw of every page."""
    skip_without_browser()
    pages = [
        page.relative_to(site).as_posix()
        for page in sorted(site.rglob("*.html"))
        if "_static" not in page.parts and page.name != "playground.html"  # See test_playground.py.
    ]
    asked = {"searches": [*SEARCHES, *pasted_messages()], "judged": JUDGED}
    command = ["node", str(HERE / "look.mjs"), str(site), json.dumps(asked), *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert list(seen["found"]) == pages
    return seen


def test_no_page_is_too_wide_or_unreadable_or_fails_to_load(looked: Any) -> None:
    assert not {page: found for page, found in looked["found"].items() if found}


def test_the_keyboard_finds_setdefault(looked: Any) -> None:
    results = looked["search"]["results"]
    assert "reference/hashmap.html#keyview.HashMap.setdefault" in results[:5]
    assert looked["search"]["opened"].endswith(results[0])


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_the_keyboard_reaches_the_search_and_the_pages(looked: Any, width: str) -> None:
    reached = looked["reached"][width]
    skip, search = reached.index("#furo-main-content"), reached.index("q")
    assert skip < search < reached.index("reference/index.html")


def test_the_search_finds_first_what_readers_look_for(looked: Any) -> None:
    expected = {**SEARCHES, **pasted_messages()}
    first = {words: found[:1] for words, found in looked["searched"].items()}
    assert first == {words: [page] for words, page in expected.items()}


def test_the_tables_of_names_can_be_filtered_by_keyboard(looked: Any) -> None:
    filtered = looked["filtered"]
    assert filtered["left"]["rows"] == ["EntryRef::or_default_entry"]
    assert [title.rstrip("¶#") for title in filtered["left"]["titles"]] == [
        "Rust: entries",
        "In either state",
    ]
    assert filtered["left"]["count"] == f"1 of {filtered['whole']}"
    assert filtered["again"] == filtered["without"]["rows"] == filtered["whole"]
    assert filtered["without"]["fields"] == 0, (
        "Without JavaScript there is no field, and every row."
    )


def test_axe_core_finds_nothing(looked: Any) -> None:
    assert {page: found for page, found in looked["judged"].items() if found} == {}

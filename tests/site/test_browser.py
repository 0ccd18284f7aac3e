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


def missing() -> str:
    """What this machine lacks to run a browser, and how to get it."""
    if not shutil.which("chromium"):
        return "there is no chromium: apt-get install chromium"
    if not shutil.which("node"):
        return "there is no node: apt-get install nodejs npm"
    if not (HERE / "node_modules" / "playwright-core").exists():
        return "there is no playwright-core: npm install --no-package-lock --prefix tests/site"
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
    command = ["node", str(HERE / "look.mjs"), str(site), *pages]
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

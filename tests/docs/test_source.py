"""The page about the source names every file of the package, once, and no other."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "why" / "reading-the-source.md"


def test_the_page_names_every_file_once() -> None:
    named = re.findall(r"`((?:src|tests)/[\w/.]+)`", PAGE.read_text("utf-8"))
    package = ROOT / "src" / "keyview"
    files = [path for end in ("py", "h", "c") for path in package.rglob(f"*.{end}")]
    assert sorted(name for name in named if name.startswith("src/")) == sorted(
        path.relative_to(ROOT).as_posix() for path in files
    )
    assert all((ROOT / name).exists() for name in named)

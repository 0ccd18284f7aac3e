"""The one setting of where the project is published, and what is made of it."""

from __future__ import annotations

import importlib
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ADDRESS = "https://host/owner/keyview"


def theme_options() -> dict[str, object]:
    options: dict[str, object] = runpy.run_path(str(ROOT / "docs" / "conf.py"))[
        "html_theme_options"
    ]
    return options


@pytest.fixture
def about(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module that the configuration of the site imports, and what that changes is put back."""
    monkeypatch.setenv("KEYVIEW_BACKEND", "pure")
    monkeypatch.syspath_prepend(str(ROOT))
    # Of the keyview that is in `sys.modules` now, which the tests of behaviour replace.
    return importlib.import_module("keyview._about")


def test_nothing_is_published_yet_and_nothing_says_so(about: Any) -> None:
    assert about.REPOSITORY == ""
    assert about.address_of("README.md") == ""
    assert about.urls() == {}
    assert [name for name in theme_options() if name.endswith("_link")] == []


def test_an_address_is_where_everything_leads_to(
    about: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "REPOSITORY", ADDRESS)
    assert all(address.startswith(ADDRESS) for address in about.urls().values())
    for label, file in (("Documentation", "docs/index.md"), ("Changelog", "CHANGELOG.md")):
        assert about.urls()[label] == f"{ADDRESS}/blob/main/{file}"
        assert (ROOT / file).is_file()
    assert (
        theme_options().items()
        >= {
            "source_view_link": f"{ADDRESS}/blob/main/docs/{{filename}}",
            "source_edit_link": f"{ADDRESS}/edit/main/docs/{{filename}}",
        }.items()
    )


def test_no_other_file_has_an_address_of_its_own() -> None:
    assert "[project.urls]" not in (ROOT / "pyproject.toml").read_text("utf-8")

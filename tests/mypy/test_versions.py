"""A mypy that will not do is told so in one line."""

from __future__ import annotations

import pytest
from mypy import version

from keyview.mypy.host import versions


def test_the_mypy_that_runs_the_tests_will_do() -> None:
    assert versions.missing_of_mypy() == ""


def test_an_older_one_will_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "__version__", "1.18.2")
    assert versions.missing_of_mypy() == "keyview.mypy needs mypy 1.19 or later, and this is 1.18.2"


@pytest.mark.parametrize("name", ["1.19.0", "2.10.0", "2.5.0+dev.0123abc"])
def test_a_newer_one_may(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(version, "__version__", name)
    assert versions.missing_of_mypy() == ""


def test_one_that_lacks_what_we_use_will_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "__version__", "9.9")
    monkeypatch.setattr(versions, "PRIVATE", ((object(), "_watchers"),))
    assert versions.missing_of_mypy() == (
        "keyview.mypy does not know mypy 9.9, which has no _watchers; update keyview, or use an "
        "older mypy"
    )

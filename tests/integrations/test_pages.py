"""The pages about other libraries: their programs run, and the table is what the tests say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.docs.pages import ECOSYSTEM
from tests.docs.running import run_programs
from tools import ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def quick_hypothesis() -> Iterator[None]:
    """For the examples of the pages, which show how strategies are used, not what they find."""
    before = settings.get_current_profile_name()
    settings.register_profile(
        "pages",
        max_examples=10,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("pages")
    yield
    settings.load_profile(before)


@pytest.mark.parametrize("page", ECOSYSTEM, ids=lambda page: page.stem)
def test_programs_run(
    kv: Any,
    plugins: None,
    page: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_programs(page, capsys, monkeypatch)


def test_the_table_is_written_from_the_tests() -> None:
    assert ecosystem.PAGE.read_text("utf-8") == ecosystem.page()
    tests = {path.stem.removeprefix("test_") for path in ecosystem.TESTS.glob("test_*.py")}
    assert tests == {*ecosystem.PAGES, "pages"}
    assert all(proven for _, proven, _ in ecosystem.rows())

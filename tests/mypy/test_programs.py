"""Programs that say, line by line, what mypy with the plugin reports: see `tests.typing.test_corpus`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.typing.checkers import mypy_with_plugin
from tests.typing.corpus import refusals_in

if TYPE_CHECKING:
    from tests.typing.checkers import Complaint

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))


@pytest.fixture(scope="session")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> list[Complaint]:
    """What mypy says about all programs; it runs once."""
    return mypy_with_plugin(PROGRAMS, tmp_path_factory.mktemp("programs"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_program(program: Path, complaints: list[Complaint]) -> None:
    promised = Counter((line, code) for line, _, code in refusals_in(program))
    said = Counter((one.line, one.code) for one in complaints if one.file == program)
    texts = {(one.line, one.code): one.message for one in complaints if one.file == program}
    missing = [f"{line}: accepted, not {code}" for line, code in promised - said]
    unexpected = [f"{line}: {code}: {texts[line, code]}" for line, code in said - promised]
    assert not missing + unexpected, "\n".join([program.name, *missing, *unexpected])

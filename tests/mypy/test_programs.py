"""Programs that say, line by line, what mypy with the plugin reports: see `tests.typing.test_corpus`.

`plugin[refused]` is a lookup that is refused with the code that mypy without the plugin would have
used, whichever that is in this version, or with `key-view` where it would have been silent if it were less
strict; `plugin[unhashable]` likewise, or with `key-view-unhashable`. `plugin[left]` is a lookup of which the
plugin says nothing: what an older mypy says by its own signature, such as that of `set.discard`, stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.typing.checkers import mypy, mypy_with_plugin
from tests.typing.corpus import expected_in

if TYPE_CHECKING:
    from tests.typing.checkers import Diagnostic

#: The code where mypy without the plugin is silent.
WHERE_SILENT = {"refused": "key-view", "unhashable": "key-view-unhashable"}
PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
SOURCES = [*PROGRAMS, *(Path(__file__).parent / "programs").glob("*.pyi")]


@pytest.fixture(scope="session")
def diagnostics(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    """What mypy with the plugin says about all programs; it runs once."""
    return mypy_with_plugin(SOURCES, tmp_path_factory.mktemp("programs"))


@pytest.fixture(scope="session")
def diagnostics_of_mypy(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    """What it says without."""
    return mypy(SOURCES, tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_program(
    program: Path, diagnostics: list[Diagnostic], diagnostics_of_mypy: list[Diagnostic]
) -> None:
    assert_kept(program, diagnostics, diagnostics_of_mypy)


def assert_kept(
    program: Path, diagnostics: list[Diagnostic], diagnostics_of_mypy: list[Diagnostic]
) -> None:
    """The plugin refuses what the comments of a program promise, and nothing else."""
    codes = defaultdict(set)
    for one in diagnostics_of_mypy:
        if one.file == program and one.code != "comparison-overlap":  # Which is of a strict mypy.
            codes[one.line].add(one.code)
    promised: Counter[tuple[int, str]] = Counter()
    for line, _, code in expected_in(program):
        if code in WHERE_SILENT:
            assert len(codes[line]) <= 1, f"{program.name}:{line}: mypy has {codes[line]}"
            promised[line, *codes[line] or [WHERE_SILENT[code]]] += 1
        elif code == "left":
            promised.update((line, own) for own in codes[line])
        else:
            promised[line, code] += 1
    said = Counter((one.line, one.code) for one in diagnostics if one.file == program)
    texts = {(one.line, one.code): one.message for one in diagnostics if one.file == program}
    missing = [f"{line}: accepted, not {code}" for line, code in promised - said]
    unexpected = [f"{line}: {code}: {texts[line, code]}" for line, code in said - promised]
    assert not missing + unexpected, "\n".join([program.name, *missing, *unexpected])

"""`frozendict`, which only Python 3.15 has, and only the typeshed of a newer mypy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mypy.project import TYPESHED_HAS_FROZENDICT, Project
from tests.mypy.test_programs import assert_kept
from tests.typing.checkers import mypy as plain_mypy
from tests.typing.checkers import mypy_with_plugin

PROGRAM = Path(__file__).parent / "newer" / "frozen_mappings.py"


@pytest.mark.skipif(
    not TYPESHED_HAS_FROZENDICT, reason="the typeshed of this mypy has no frozendict"
)
def test_frozendict(tmp_path: Path) -> None:
    newer = ("--python-version", "3.15")
    assert_kept(
        PROGRAM,
        mypy_with_plugin([PROGRAM], tmp_path, *newer),
        plain_mypy([PROGRAM], tmp_path, *newer),
    )


def test_where_typeshed_has_no_frozendict_nothing_fails(tmp_path: Path) -> None:
    """Python 3.14 has none, whichever mypy it is: the name is unknown, and so Any."""
    project = Project(tmp_path)
    project.write("program.py", PROGRAM.read_text("utf-8"))
    said = project.check("--python-version", "3.14").splitlines()
    assert 'program.py:13: error: Name "frozendict" is not defined  [name-defined]' in said
    assert not [line for line in said if '"frozendict[' in line]

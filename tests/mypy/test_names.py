"""The names that mypy's own messages give to what is ours: those that users know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.typing.checkers import mypy

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
from keyview import HashMap

m: HashMap[str, int] = HashMap()
m.insert(1, 1)
m.insert("a")
m.setdefault(1, 1)
m.reserve("a")
m.pop()
m.nothing()
"""


@pytest.mark.parametrize("plugins", ["", "keyview.mypy"], ids=["alone", "with the plugin"])
def test_a_message_names_the_class_that_the_program_names(plugins: str, tmp_path: Path) -> None:
    programs = {tmp_path / f"{name}.py": name for name in ("HashMap", "SortedMap")}
    for program, name in programs.items():
        program.write_text(PROGRAM.replace("HashMap", name), "utf-8")
    diagnostics = mypy([*programs], tmp_path, plugins=plugins)
    assert sorted(one.line for one in diagnostics) == sorted([4, 5, 6, 7, 8, 9] * 2)
    for one in diagnostics:
        assert f'"{programs[one.file]}' in one.message
        assert '"Map' not in one.message

"""`==` and `!=` are judged if the options ask for it, and what mypy reports is not reported twice.

That two types of which `relate` says *never* are never equal is tried with values in `law/test_law.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keyview.mypy.names import PLUGIN
from tests.mypy.test_programs import assert_kept
from tests.typing.checkers import mypy

if TYPE_CHECKING:
    import pytest

PROGRAM = Path(__file__).parent / "opt_in" / "comparisons.py"


def test_what_is_never_equal(tmp_path_factory: pytest.TempPathFactory) -> None:
    options = f"{PLUGIN}\n[keyview]\ncomparisons = true"
    said = mypy([PROGRAM], tmp_path_factory.mktemp("asked"), plugins=options)
    assert_kept(PROGRAM, said, [])
    unasked = mypy([PROGRAM], tmp_path_factory.mktemp("unasked"), plugins=PLUGIN)
    assert {one.code for one in unasked if one.line < LAST} == {"comparison-overlap"}


#: From here on there are ignores, which are not needed where nothing is asked.
LAST = (
    PROGRAM.read_text("utf-8").splitlines().index("def silenced(text: str, ident: UUID) -> None:")
)

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


#: What mypy reports itself with `--strict`.
OF_VARIABLES = """\
from typing import TypeVar

class Own:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

class OwnNe(Own):
    def __ne__(self, other: object) -> bool:
        return False

N = TypeVar("N", bound=OwnNe)

def compare(n: N) -> tuple[bool, bool]:
    return (
        1 != n,
        1 == n,
    )
"""


def test_a_type_variable_has_the_methods_of_its_bound(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(OF_VARIABLES, "utf-8")
    options = f"{PLUGIN}\n[keyview]\ncomparisons = true"
    said = mypy([program], tmp_path, "--no-strict-equality", plugins=options)
    due = [n for n, line in enumerate(OF_VARIABLES.splitlines(), 1) if "==" in line]
    assert [(one.line, one.code) for one in said] == [(line, "key-view-equal") for line in due]


#: From here on there are ignores, which are not needed where nothing is asked.
LAST = (
    PROGRAM.read_text("utf-8").splitlines().index("def silenced(text: str, ident: UUID) -> None:")
)

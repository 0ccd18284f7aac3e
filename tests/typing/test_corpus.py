"""The typing corpus: what type checkers say about code that uses keyview, line by line.

Each file of `cases/` is ordinary code. What it means is said with `assert_type`; what must be reported
is said in a comment at the end of the offending line, which names each checker that refuses it and
the code it gives:

    m.get(1)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]

`mypy` is `mypy --strict`, `plugin` is the same with ``plugins = ["keyview.mypy"]``, and `pyright` is
pyright in strict mode. A checker that is not named accepts the line; codes that one checker gives
together are separated by commas. Errors and comments must agree exactly, for the Python that runs the
tests.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.typing.checkers import CHECKERS, Diagnostic
from tests.typing.corpus import CASES, expected_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def diagnostics_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Diagnostic]]:
    """What a checker says about the whole corpus; it runs once."""

    @cache
    def diagnostics(checker: str) -> list[Diagnostic]:
        return CHECKERS[checker](CASES, tmp_path_factory.mktemp(checker))

    return diagnostics


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
@pytest.mark.parametrize("checker", CHECKERS)
def test_a_checker_says_what_the_comments_say(
    checker: str, case: Path, diagnostics_of: Callable[[str], list[Diagnostic]]
) -> None:
    promised = {(line, code) for line, name, code in expected_in(case) if name == checker}
    said = {
        (diagnostic.line, diagnostic.code): diagnostic.message
        for diagnostic in diagnostics_of(checker)
        if diagnostic.file == case
    }
    missing = [f"{case.name}:{line}: accepted, not {code}" for line, code in promised - said.keys()]
    unexpected = [
        f"{case.name}:{line}: {code}: {message}"
        for (line, code), message in said.items()
        if (line, code) not in promised
    ]
    differences = sorted(missing + unexpected)
    assert not differences, f"{checker}:\n" + "\n".join(differences)


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_checker_says_nothing_about_other_files(
    checker: str, diagnostics_of: Callable[[str], list[Diagnostic]]
) -> None:
    assert [
        diagnostic for diagnostic in diagnostics_of(checker) if diagnostic.file not in CASES
    ] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_comments_name_checkers_that_there_are(case: Path) -> None:
    assert {expected.checker for expected in expected_in(case)} <= CHECKERS.keys()

"""The typing corpus: what type checkers say about code that uses keyview, line by line.

Each file of `cases/` is ordinary code. What it means is said with `assert_type`; what must be reported
is said in a comment at the end of the offending line, which names each checker that refuses it and
the code it gives:

    m.get(1)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]

`mypy` is `mypy --strict`, `plugin` is the same with ``plugins = ["keyview.mypy"]``, and `pyright` is
pyright in strict mode. A checker that is not named accepts the line; codes that one checker gives
together are separated by commas. Errors and comments must agree exactly, for the Python that runs the
tests. ty and pyrefly must agree with pyright, and are named only where they do not: `ty[accepted]` where
ty accepts what pyright refuses, and their code where it is the other way round.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.typing.checkers import CHECKERS, Diagnostic
from tests.typing.corpus import ANY_CODE, CASES, expected_in, promises

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
    promised = promises(case, checker)
    said: dict[int, dict[str, str]] = {}
    for diagnostic in diagnostics_of(checker):
        if diagnostic.file == case:
            said.setdefault(diagnostic.line, {})[diagnostic.code] = diagnostic.message

    def agree(line: int) -> bool:
        codes = promised.get(line, set())
        return codes == {*said.get(line, ())} or (codes == {ANY_CODE} and line in said)

    differences = [
        f"{case.name}:{line}: expected {promised.get(line, 'nothing')}, said {said.get(line, 'nothing')}"
        for line in sorted({*promised, *said})
        if not agree(line)
    ]
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

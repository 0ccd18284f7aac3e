"""A project to check, and the command run over it."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

import pytest

import keyview
from keyview.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

APP = dedent(
    """\
    from keyview import HashMap
    from uuid import UUID

    sessions: HashMap[str, int] = HashMap()

    def untyped(x):
        return x

    def age(session: UUID) -> int | None:
        return sessions.get(session)
    """
)


class Said(NamedTuple):
    """How the command ended, and what it wrote."""

    status: int
    out: str
    err: str


if TYPE_CHECKING:
    Check = Callable[..., Said]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory, the current one, with one wrong lookup in `app.py` and no configuration."""
    monkeypatch.chdir(tmp_path)
    for variable in ("MYPY_CACHE_DIR", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    # Where this keyview is, for mypy and for processes that start in another directory.
    monkeypatch.setenv("PYTHONPATH", str(Path(keyview.__file__).parents[1]))
    # The plugin of the test before.
    monkeypatch.delitem(sys.modules, "theirs", raising=False)
    # mypy looks for a configuration in the directories above, up to a repository.
    (tmp_path / ".git").mkdir()
    (tmp_path / "app.py").write_text(APP)
    return tmp_path


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache that the tests share: what every program imports is checked once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def check(project: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """`keyview check` with some arguments, in the project.

    mypy believes no cache of a run with other plugins or options; such runs have a cache under a name.
    """
    common = cache

    def run(*arguments: str, cache: str = "") -> Said:
        capsys.readouterr()
        status = main(["check", f"--cache-dir={common / cache}", *arguments])
        return Said(status, *capsys.readouterr())

    return run

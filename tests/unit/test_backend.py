"""`_backend.py`: which implementation is chosen, and what insisting on a missing one says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

import keyview
from tests.conftest import backends_to_test, installed_backends

HOME = Path(keyview.__file__).parents[1]
CORE_MISSING = "native" not in installed_backends()


def run(code: str, backend: str | None, *path: Path) -> subprocess.CompletedProcess[str]:
    """A fresh Python, because the choice is made once, at import."""
    environment = {key: value for key, value in os.environ.items() if key != "KEYVIEW_BACKEND"}
    if backend is not None:
        environment["KEYVIEW_BACKEND"] = backend
    environment["PYTHONPATH"] = os.pathsep.join(map(str, (*path, HOME)))
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


SHOW = "import keyview; print(keyview.backend)"
# A finder in front of all others, so that this also holds where the core has been built.
WITHOUT_CORE = """
import sys
class Hidden:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "keyview._core":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden)
"""


def test_pure_is_there_and_can_be_insisted_on() -> None:
    assert run(SHOW, "pure").stdout == "pure\n"


@pytest.mark.parametrize("asked", [None, ""])
def test_native_is_the_default_where_it_is_built(asked: str | None) -> None:
    assert run(SHOW, asked).stdout == ("pure\n" if CORE_MISSING else "native\n")
    assert run(WITHOUT_CORE + SHOW, asked).stdout == "pure\n"


def test_insisting_on_a_missing_core_is_an_import_error() -> None:
    result = run(WITHOUT_CORE + SHOW, "native")
    assert result.returncode == 1
    assert result.stdout == ""
    assert "ImportError: KEYVIEW_BACKEND asks for the native backend" in result.stderr
    assert "was installed without it" in result.stderr
    assert "with pip's --no-cache-dir" in result.stderr


@pytest.mark.parametrize("asked", ["nonsense", "PURE", " pure"])
def test_an_unknown_name_is_an_import_error(asked: str) -> None:
    result = run(SHOW, asked)
    assert result.returncode == 1
    assert f"ImportError: KEYVIEW_BACKEND asks for {asked!r}" in result.stderr
    assert "only 'native' and 'pure'" in result.stderr


@pytest.fixture(
    params=[
        (f"_core{EXTENSION_SUFFIXES[0]}", "this no linker has made"),
        ("_core.py", "import elsewhere"),  # Not there is something else than the core.
        ("_core.py", "import keyview.views; keyview.views.of_older_sources"),
    ],
    ids=["garbage", "lacks a module", "of other sources"],
)
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A keyview whose core cannot be loaded."""
    name, content = request.param
    shutil.copytree(
        HOME / "keyview",
        tmp_path / "keyview",
        ignore=shutil.ignore_patterns("_core.*", "__pycache__"),
    )
    (tmp_path / "keyview" / name).write_text(content)
    return tmp_path


@pytest.mark.parametrize("asked", [None, "native"])
def test_a_core_that_is_there_but_broken_is_an_import_error(
    broken: Path, asked: str | None
) -> None:
    result = run(SHOW, asked, broken)
    assert result.returncode == 1
    assert result.stdout == ""
    assert (
        "ImportError: keyview's native backend is installed but cannot be loaded: " in result.stderr
    )
    assert "set KEYVIEW_BACKEND=pure" in result.stderr


def test_pure_does_not_touch_a_broken_core(broken: Path) -> None:
    assert run(SHOW, "pure", broken).stdout == "pure\n"


def test_the_tests_are_not_run_without_a_backend_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KEYVIEW_TEST_BACKENDS", "pure, nonsense")
    with pytest.raises(pytest.UsageError, match="asks for nonsense"):
        backends_to_test()
    monkeypatch.setenv("KEYVIEW_TEST_BACKENDS", "pure")
    assert backends_to_test() == ["pure"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="typing lacks two names there")
@pytest.mark.parametrize("backend", installed_backends())
def test_importing_keyview_imports_nothing_slow(backend: str) -> None:
    slow = {"typing_extensions", "inspect", "dataclasses", "mypy"}
    if backend == "native":
        slow.add("keyview._pure")
    done = run(f"import keyview, sys; print({slow} & sys.modules.keys())", backend)
    assert done.stdout.strip() == "set()", done.stderr

"""Both ways to install it: with a compiler and without; and what is in the packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT_FROM = ["pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"]
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_{}(sys.argv[1]))"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a package is built from, and of nothing that was built before."""
    copy = tmp_path / "project"
    ignore = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", copy / "src", ignore=ignore)
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, copy)
    return copy


def build(what: str, project: Path, **variables: str) -> tuple[Path, str]:
    """A wheel or sdist, as pip has one built; and what was said meanwhile."""
    made = project.parent / "made"
    made.mkdir(exist_ok=True)
    unset = {"KEYVIEW_BUILD_EXTENSION", "KEYVIEW_REQUIRE_EXTENSION", "KEYVIEW_DEBUG", "LD_PRELOAD"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(
        [sys.executable, "-c", BUILD.format(what), str(made)],
        cwd=project,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return made / done.stdout.splitlines()[-1], done.stdout + done.stderr


def core_in(wheel: Path) -> list[str]:
    return [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("keyview/_core.")]


def backend_of(wheel: Path, folder: Path) -> str:
    zipfile.ZipFile(wheel).extractall(folder)
    show = "import keyview; keyview.HashMap(a=1).entry('a'); print(keyview.backend)"
    environment = {**os.environ, "PYTHONPATH": str(folder), "KEYVIEW_BACKEND": ""}
    return subprocess.run(
        [sys.executable, "-c", show], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_without_a_compiler_it_is_pure_and_says_so(project: Path) -> None:
    wheel, said = build("wheel", project, CC="no-such-compiler", KEYVIEW_BUILD_EXTENSION="1")
    assert core_in(wheel) == []
    assert "keyview: its C core was not built, because of this:" in said
    assert "installed in pure Python" in said
    assert backend_of(wheel, project / "site") == "pure"


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no compiler here")
def test_a_sdist_carries_all_that_the_core_needs(project: Path) -> None:
    sdist, _ = build("sdist", project)
    with tarfile.open(sdist) as archive:
        archive.extractall(project.parent / "unpacked", filter="data")
    [unpacked] = (project.parent / "unpacked").iterdir()
    wheel, _ = build("wheel", unpacked, KEYVIEW_REQUIRE_EXTENSION="1")
    assert len(core_in(wheel)) == 1
    assert backend_of(wheel, project / "site") == "native"


def test_a_core_that_is_required_must_compile(project: Path) -> None:
    with pytest.raises(AssertionError, match="no-such-compiler"):
        build("wheel", project, CC="no-such-compiler", KEYVIEW_REQUIRE_EXTENSION="1")


def test_a_wheel_without_the_core_is_for_every_python(project: Path) -> None:
    wheel, said = build("wheel", project)
    assert wheel.name.endswith("-py3-none-any.whl")
    assert core_in(wheel) == []
    assert "was not built" not in said
    assert backend_of(wheel, project / "site") == "pure"


def test_the_core_compiles_without_a_warning(project: Path) -> None:
    if shutil.which("cc") is None:
        pytest.skip("there is no compiler here")
    wheel, _ = build(
        "wheel", project, KEYVIEW_REQUIRE_EXTENSION="1", KEYVIEW_CFLAGS="-Wall -Wextra -Werror"
    )
    assert len(core_in(wheel)) == 1

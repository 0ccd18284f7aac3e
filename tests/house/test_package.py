"""What is published: PyPI accepts it, the metadata is complete, and the wheel has only the package."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.test_lists import files_of_git

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sys.executable).parent
#: What pyroma reports as missing: addresses, because nothing has been published yet.
MISSING = ["author-email", "'url' field"]

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 15), reason="not all of the tools have wheels for Python 3.15"
)


def run(*command: object) -> str:
    done = subprocess.run(
        [str(SCRIPTS / str(command[0])), *map(str, command[1:])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, in which an sdist and a pure wheel were built."""
    folder = tmp_path_factory.mktemp("package") / "project"
    for name in files_of_git():
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    build = "from setuptools import build_meta as b; b.build_sdist('dist'); b.build_wheel('dist')"
    subprocess.run(
        [sys.executable, "-c", build],
        cwd=folder,
        env={**os.environ, "KEYVIEW_NO_EXTENSION": "1"},
        capture_output=True,
        check=True,
    )
    return folder


def test_pyproject_is_valid() -> None:
    run("validate-pyproject", "pyproject.toml")


def test_pypi_takes_it(project: Path) -> None:
    """`twine check --strict` accepts the wheel and the sdist."""
    run("twine", "check", "--strict", *sorted((project / "dist").iterdir()))


def test_the_wheel_has_the_package_alone(project: Path) -> None:
    """`check-wheel-contents`: the wheel has nothing but the package."""
    [wheel] = (project / "dist").glob("*.whl")
    run("check-wheel-contents", "--toplevel=keyview", wheel)


def test_only_addresses_are_missing(project: Path) -> None:
    """`pyroma` misses only the addresses that do not exist yet."""
    [sdist] = (project / "dist").glob("*.tar.gz")
    done = subprocess.run(
        [SCRIPTS / "pyroma", "--min=8", sdist], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    messages = [
        line for line in done.stdout.splitlines() if "should have" in line or "does not" in line
    ]
    assert len(messages) == len(MISSING)
    assert all(any(each in line for line in messages) for each in MISSING)

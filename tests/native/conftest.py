"""These tests are about the native backend, and need one."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from setuptools import Distribution, Extension  # type: ignore[import-untyped]
from setuptools.command.build_ext import build_ext  # type: ignore[import-untyped]

from tests.conftest import backends_to_test, fresh_keyview

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
NEEDS_NO_CORE = {"test_install.py"}
BACKENDS = ("pure", "native")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "native" in backends_to_test():
        return
    skip = pytest.mark.skip(reason="the native backend is not built, or not to be tested")
    for item in items:
        if item.path.parent == HERE and item.path.name not in NEEDS_NO_CORE:
            item.add_marker(skip)


@pytest.fixture(scope="module")
def native() -> Iterator[Any]:
    """The keyview package on the native backend."""
    with fresh_keyview("native") as package:
        yield package


@pytest.fixture(scope="session")
def allocations_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module `allocations`, which is built from C."""
    folder = tmp_path_factory.mktemp("allocations")
    extension = Extension("allocations", [str(HERE / "allocations.c")])
    build = build_ext(Distribution({"ext_modules": [extension]}))
    build.build_lib = build.build_temp = str(folder)
    build.ensure_finalized()
    build.run()
    return folder


@pytest.fixture(scope="session")
def allocations(allocations_path: Path) -> Any:
    """The module that counts allocations."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(allocations_path)
        return importlib.import_module("allocations")


def run_script(name: str, *arguments: str, seconds: float = 900, path: Path | None = None) -> str:
    """What a script of this folder prints; see `run_module`."""
    return run_module(f"tests.native.{name}", *arguments, seconds=seconds, path=path)


def run_module(name: str, *arguments: str, seconds: float = 900, path: Path | None = None) -> str:
    """What a module prints that is run in a Python of its own on the native backend.

    `path` is one more folder from which it may import.
    """
    paths = [*([str(path)] if path else []), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-m", name, *arguments],
        cwd=HERE.parents[1],
        env={
            **os.environ,
            "KEYVIEW_BACKEND": "native",
            "KEYVIEW_TEST_BACKENDS": "native",
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        },
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"{name} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout

"""The tree in C beside the pure storage, with its own nodes and with small ones, which split more often."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.native.conftest import run_module, run_script

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def small_nodes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a keyview whose nodes have 8 items, and which checks its trees after each change."""
    folder = tmp_path_factory.mktemp("small_nodes")
    for name in ("src", "setup.py", "pyproject.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for core in folder.glob("src/keyview/_core.*"):
        core.unlink()
    subprocess.run(
        [sys.executable, "setup.py", "-q", "build_ext", "--inplace"],
        cwd=folder,
        env={
            **os.environ,
            "KEYVIEW_CFLAGS": f"{os.environ.get('KEYVIEW_CFLAGS', '')} -DKEYVIEW_NODE=8",
            "KEYVIEW_DEBUG": "1",
            "KEYVIEW_REQUIRE_EXTENSION": "1",
        },
        check=True,
        capture_output=True,
    )
    return folder / "src"


SECONDS = os.environ.get("KEYVIEW_DRIVER_SECONDS", "4")


def test_a_random_driver_finds_no_difference_from_the_pure_storage() -> None:
    said = run_script("sorted_driver", "--seconds", SECONDS, seconds=float(SECONDS) + 300)
    assert said.endswith("rounds agree\n")


def test_nor_with_small_nodes(small_nodes: Path) -> None:
    said = run_script(
        "sorted_driver", "--seconds", SECONDS, seconds=float(SECONDS) + 300, path=small_nodes
    )
    assert said.endswith("rounds agree\n")


def test_nor_do_the_machines_with_small_nodes(small_nodes: Path) -> None:
    machines = ["tests/laws/test_sorted_machine.py", "-q", "-n0", "-p", "no:cacheprovider"]
    assert "8 passed" in run_module("pytest", *machines, path=small_nodes)

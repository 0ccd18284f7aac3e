"""The types of keyview and the stubs of `stubs/`: mypy's stubtest compares them with what is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.typing.checkers import STUBS

ROOT = STUBS.parent
#: Those of `stubs/`, and keyview.
PACKAGES = [
    "keyview",
    *sorted(path.stem for path in STUBS.iterdir() if path.is_dir() or path.suffix == ".pyi"),
]
ALLOWED = [STUBS / "allowlist.txt", Path(__file__).with_name("stubtest.txt")]


def test_the_types_are_what_the_packages_are() -> None:
    """stubtest: no error in the types of keyview, nor in the stubs of other packages in `stubs/`."""
    options = [f"--allowlist={path}" for path in ALLOWED]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy.stubtest", *PACKAGES, *options),
            # It says which of the other libraries are not to be followed.
            f"--mypy-config-file={ROOT / 'pyproject.toml'}",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYPYPATH": str(STUBS)},
    )
    assert done.returncode == 0, done.stdout + done.stderr

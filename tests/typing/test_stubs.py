"""The stubs of `stubs/`, compared with the packages themselves by mypy's stubtest."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.typing.checkers import STUBS


def test_the_stubs_are_what_the_package_is() -> None:
    allowed = STUBS / "allowlist.txt"
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "sortedcontainers", "--allowlist", str(allowed)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYPYPATH": str(STUBS)},
    )
    assert done.returncode == 0, done.stdout + done.stderr

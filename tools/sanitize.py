"""Run tests with a native backend that checks itself: `nox -s sanitize -- [PYTEST OPTIONS]`.

The C is compiled in a folder of its own, with AddressSanitizer and UndefinedBehaviorSanitizer, and with
KEYVIEW_DEBUG, which checks the table after every change. The session runs the native tests and the tests
of behaviour, on the native backend alone; name other tests to run those. Needs gcc.

An hour of random operations:

    KEYVIEW_DRIVER_SECONDS=3600 nox -s sanitize -- tests/native/test_reentrancy.py -k driver
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ["tests/native", "tests/unit", "tests/cpython", "tests/laws"]
# Tests that are not about the C: of where the package is installed, and those that start many Pythons.
LEFT_OUT = ["tests/unit/test_backend.py", "tests/native/test_install.py"]
# -fno-wrapv: with Python's own flags, the overflow of a signed integer would not be reported.
FLAGS = "-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -fno-wrapv -g -O1"


def main(arguments: list[str]) -> int:
    """Build, then run. Returns the status of pytest."""
    if shutil.which("gcc") is None:
        sys.exit("the sanitizers are gcc's, and there is no gcc here; install it")
    with tempfile.TemporaryDirectory(prefix="keyview-sanitize-") as folder:
        library = build(Path(folder), FLAGS, "-fsanitize=address,undefined", KEYVIEW_DEBUG="1")
        named = [
            argument for argument in arguments if (ROOT / argument.partition("::")[0]).exists()
        ]
        left_out = [f"--ignore={path}" for path in LEFT_OUT]
        # A sanitizer ends the process: what pytest captured of file descriptors would be lost.
        pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--capture=sys"]
        command = [*pytest, *left_out, *([] if named else TESTS), *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment(library), check=False).returncode


def build(folder: Path, flags: str, link: str, **variables: str) -> Path:
    """Compile keyview with gcc and these flags. Returns the folder from which to import it."""
    library = folder / "lib"
    shutil.copytree(
        ROOT / "src", library, ignore=shutil.ignore_patterns("*.so", "__pycache__", "*.egg-info")
    )
    required = {"KEYVIEW_REQUIRE_EXTENSION": "1", "KEYVIEW_CFLAGS": flags}
    where = ["--build-lib", str(library), "--build-temp", str(folder / "temp")]
    subprocess.run(
        [sys.executable, "setup.py", "-q", "build_ext", *where],
        cwd=ROOT,
        env={**os.environ, **required, **variables, "CC": "gcc", "LDFLAGS": link},
        check=True,
    )
    return library


def environment(library: Path) -> dict[str, str]:
    """The environment in which an ordinary Python loads the sanitizers."""
    return {
        **os.environ,
        "LD_PRELOAD": " ".join(shared_library(name) for name in ("libasan.so", "libubsan.so")),
        # Python itself does not free all memory at its end, and pymalloc would hide errors of the C.
        "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
        "UBSAN_OPTIONS": "print_stacktrace=1",
        "PYTHONMALLOC": "malloc",
        "PYTHONPATH": str(library),
        "KEYVIEW_TEST_BACKENDS": "native",
        "KEYVIEW_SANITIZED": "1",
        # tests/native/test_sorted_tree.py compiles the C once more, with nodes of 8.
        "KEYVIEW_CFLAGS": FLAGS,
        "CC": "gcc",
        "LDFLAGS": "-fsanitize=address,undefined",
    }


def shared_library(name: str) -> str:
    """The path of one of gcc's own libraries."""
    found = subprocess.run(
        ["gcc", f"-print-file-name={name}"], capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

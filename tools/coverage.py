"""What the tests reach of the Python and of the C: `nox -s coverage -- [PYTEST OPTIONS]`.

The C is compiled in build/coverage with gcc's counters, and keyview is imported from there. The report
on the screen has the lines that no test reaches; build/coverage/python and build/coverage/c show them in
their files. The session fails if a test fails, and never because of a number: read what is not reached.

Lines that no test reaches, and why:

- in C, what happens if there is no memory for an object of CPython's own, the index with 8 bytes a
  bucket, which tables with 2**31 buckets have, and the OverflowError for a key longer than memory;
- in the pure backend, `pass` where another thread has removed a key between two statements;
- `raise NotImplementedError` in KeyView and Borrow, whose subclasses define the method;
- in the plugin, branches for versions of mypy other than the one that is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tools.sanitize import ROOT, build

FOLDER = ROOT / "build" / "coverage"
# The tests that run the package in this build; the others are about the repository or the site.
TESTS = ["tests/unit", "tests/laws", "tests/cpython", "tests/native", "tests/docs", "tests/mypy"]
# -O0: otherwise a line that the compiler has merged with another counts as reached.
FLAGS = "--coverage -fprofile-update=atomic -O0 -g"


def main(arguments: list[str]) -> int:
    """Build, run, report. Returns the status of pytest."""
    if shutil.which("gcc") is None or shutil.which("gcov") is None:
        sys.exit("the counters of the C are gcc's, and there is no gcc or no gcov here; install it")
    shutil.rmtree(FOLDER, ignore_errors=True)
    library = build(FOLDER, FLAGS, "--coverage")
    environment = {
        **os.environ,
        "COVERAGE_FILE": str(FOLDER / "data"),
        "KEYVIEW_TEST_BACKENDS": "pure,native",
        "PYTHONPATH": str(library),
    }

    def python(*command: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=environment, check=False
        ).returncode

    named = [argument for argument in arguments if (ROOT / argument.partition("::")[0]).exists()]
    status = python("coverage", "run", "-m", "pytest", "-q", *([] if named else TESTS), *arguments)
    python("coverage", "combine", "-q")
    python("coverage", "html", "-q", "-d", str(FOLDER / "python"))
    python("coverage", "report")
    (FOLDER / "c").mkdir()
    headers = [
        "--filter",
        "src/keyview/_native/",
        "--html-details",
        str(FOLDER / "c" / "index.html"),
    ]
    python("gcovr", "--root", str(ROOT), "--txt", "-", *headers, str(FOLDER / "temp"))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

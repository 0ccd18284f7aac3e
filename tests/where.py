"""Which tests run where: for `.ci/run`, and for the session `tests` of noxfile.py.

Tests that are not named here run on every Python: unit, laws, native, cpython, docs and examples are about
the run time, which differs between Pythons.

    python tests/where.py PYTHON ONCE_ON SUPPORTED...    prints pytest's options
"""

from __future__ import annotations

import sys

#: On one Python: tests of this repository's own files, of mypy's daemon, cache and command line, of the
#: tools, of other packages, and of what checkers say of the pages; those that build a dozen sdists and
#: wheels; and those that compile the C again, with nodes of 8.
ONCE = [
    "tests/cli",
    "tests/docs/test_claims.py",
    "tests/docs/test_source.py",
    "tests/docs/test_types.py",
    "tests/house",
    "tests/integrations",
    "tests/mypy/test_config.py",
    "tests/mypy/test_editors.py",
    "tests/mypy/test_pages.py",
    "tests/mypy/test_runs.py",
    "tests/mypy/test_staleness.py",
    "tests/native/test_install.py",
    "tests/native/test_sorted_tree.py",
    "tests/site",
    "tests/tools",
]
#: On that Python, and on the oldest and the newest: tests in which mypy and pyright read the same files, and
#: only the stubs of the standard library differ.
AT_THE_ENDS = ["tests/mypy", "tests/typing"]


def left_out(python: str, once_on: str, supported: list[str]) -> list[str]:
    """Pytest's options that leave out the tests that do not run on this one of the supported Pythons."""
    if python == once_on:
        return []
    at_an_end = python in (supported[0], supported[-1])
    return [f"--ignore={path}" for path in (*ONCE, *([] if at_an_end else AT_THE_ENDS))]


if __name__ == "__main__":
    print(*left_out(sys.argv[1], sys.argv[2], sys.argv[3:]))

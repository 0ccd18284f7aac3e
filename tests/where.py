"""Which tests run where: for `.ci/run`, and for the session `tests` of noxfile.py.

What is not named here runs on every Python: unit, laws, native, cpython, docs and examples are of the run
time, which differs between them.

    python tests/where.py PYTHON ONCE_ON SUPPORTED...    prints pytest's options
"""

from __future__ import annotations

import sys

#: On one Python: what is about this repository's own files, mypy's daemon, its cache and its command line,
#: the tools, other packages, and what checkers say of the pages.
ONCE = [
    "tests/cli",
    "tests/docs/test_claims.py",
    "tests/docs/test_source.py",
    "tests/docs/test_types.py",
    "tests/house",
    "tests/integrations",
    "tests/mypy/test_config.py",
    "tests/mypy/test_pages.py",
    "tests/mypy/test_runs.py",
    "tests/mypy/test_staleness.py",
    "tests/site",
    "tests/tools",
]
#: On that one, and on the oldest and the newest: mypy and pyright read the same files on each; what differs
#: is the standard library that they are told of. And sdists and wheels, which are built a dozen times, and
#: a core that is compiled once more, with nodes of 8.
AT_THE_ENDS = [
    "tests/mypy",
    "tests/native/test_install.py",
    "tests/native/test_sorted_tree.py",
    "tests/typing",
]


def left_out(python: str, once_on: str, supported: list[str]) -> list[str]:
    """Pytest's options that leave out what does not run on this Python, of those that are supported."""
    if python == once_on:
        return []
    at_an_end = python in (supported[0], supported[-1])
    return [f"--ignore={path}" for path in (*ONCE, *([] if at_an_end else AT_THE_ENDS))]


if __name__ == "__main__":
    print(*left_out(sys.argv[1], sys.argv[2], sys.argv[3:]))

"""One thing has one word: words that the project has given up do not come back.

CONTRIBUTING.md has the words to use. Here are those that they replaced, if these have no other use.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: What is not written, and what to write.
GIVEN_UP = {
    "twins?": "pure or native backend",
    "native core": "native backend",
    "refusals?|complaints?": "message or diagnostic",
    "askers?": "caller",
    r"GRAVE|(?<!_)FREE(?!_)": "DELETED, EMPTY or hole",
    "sealed|settled": "consumed or key_owned",
    "is_quiet|is_plain|plainly": "runs_no_python",
    "heirs?": "common subclasses",
    "suppliers?": "origin",
    "homed": "specialised for",
    "anew": "again",
    r"hand(?:s|ed|ing)? (?:\w+ )?over|let(?:s|ting)? (?:\w+ )?go": "return or release",
    "rivals?": "other packages",
}
READ = (".py", ".pyi", ".h", ".c", ".md", ".toml", ".yml")
#: This list, and pages that quote other people's programs.
LEFT_OUT = ("tests/house/test_words.py", "docs/proof/")


def words_given_up(name: str) -> list[str]:
    # The words are looked for in names, too: as parts between underscores.
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [
        f"{name}:{number}: {found[0]!r}, write: {instead}"
        for number, line in enumerate(lines, 1)
        for words, instead in GIVEN_UP.items()
        for found in re.finditer(rf"(?<![^\W_])(?:{words})(?![^\W_])", line)
    ]


def test_words_that_were_given_up_do_not_come_back() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    names = [name for name in listed if name.endswith(READ) and not name.startswith(LEFT_OUT)]
    assert not [found for name in names for found in words_given_up(name)]

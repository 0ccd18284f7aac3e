"""Writes the results into the pages: `python -m benchmarks.report` rewrites tables and draws plots.

A table is between `<!-- table: NAME -->` and `<!-- end of table -->`, in any page; `tables.TABLES` has
the names. `<!-- table: NAME 3.13 -->` is for the results on that Python.
"""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks import plots, results
from benchmarks.tables import TABLES

ROOT = Path(__file__).parents[1]
REGION = re.compile(
    r"(<!-- table: (?P<name>\w+)(?: (?P<python>[\d.]+))? -->\n).*?(?P<end><!-- end of table -->)",
    re.DOTALL,
)


def pages() -> list[Path]:
    own = [ROOT / "README.md", ROOT / "benchmarks" / "README.md"]
    return [*own, *sorted((ROOT / "docs").rglob("*.md"))]


def rewritten(page: str, folder: Path = results.FOLDER) -> str:
    """The page with its tables made from the results."""

    def region(match: re.Match[str]) -> str:
        if match["name"] not in TABLES:
            raise ValueError(
                f"there is no table {match['name']!r}; there are {', '.join(sorted(TABLES))}"
            )
        python = match["python"] or results.PYTHONS[0]
        return f"{match[1]}\n{TABLES[match['name']](folder / python)}\n\n{match['end']}"

    return REGION.sub(region, page)


def main() -> None:
    for page in pages():
        old = page.read_text("utf-8")
        new = rewritten(old)
        if new != old:
            page.write_text(new, "utf-8")
            print(f"rewrote {page.relative_to(ROOT)}")
    plots.draw()


if __name__ == "__main__":
    main()

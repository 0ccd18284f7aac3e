"""The names of other languages' maps, and keyview's: `python -m tools.names` writes docs/rust-to-python.md.

The tables are in `names.toml`, and the text before them in `names.md`.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from tools.packages import ROOT, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA: Final = ROOT / "tools" / "names.toml"
INTRODUCTION: Final = ROOT / "tools" / "names.md"
PAGE: Final = ROOT / "docs" / "rust-to-python.md"
#: Where the script makes a field that leaves only the rows with some words; without it, nothing is there.
FILTER: Final = '<div id="filter"></div>\n<script src="_static/filter.js" defer></script>'


def main() -> None:
    PAGE.write_text(page(), "utf-8")


def data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text("utf-8"))


def rows_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table, of all its parts if it has any."""
    return [row for part in table.get("part", [table]) for row in part["rows"]]


def page() -> str:
    """The whole page."""
    names = data()
    parts = [INTRODUCTION.read_text("utf-8").rstrip(), FILTER]
    for table in names["table"]:
        parts.append(f"## {table['title']}")
        if source := table.get("source"):
            parts.append(source)
        several = any("in" in row for row in rows_of(table))
        if "part" not in table:
            parts.append(str(table_of(table["rows"], several=several)))
        for part in table.get("part", ()):
            parts += [f"### {part['title']}", str(table_of(part["rows"], several=several))]
    parts.append("## Only in keyview")
    rows: list[tuple[str, ...]] = [(code(name), why) for name, why in names["elsewhere"].items()]
    parts.append(str(Table(("keyview", ""), rows)))
    return "\n\n".join(parts) + "\n"


def table_of(rows: list[dict[str, Any]], *, several: bool) -> Table:
    """One table, or a part of one; the column of libraries only where the rows of the table name any."""
    head = ("name", *(["in"] if several else []), "keyview", "")
    return Table(head, [tuple(cells(row, several=several)) for row in rows])


def cells(row: dict[str, Any], *, several: bool) -> Iterator[str]:
    yield ", ".join(map(code, row["name"]))
    if several:
        yield row["in"]
    if "none" in row:
        yield "no equivalent"
        yield f"Because {row['none']}"
    else:
        yield ", ".join(map(code, row.get("write", row["ours"])))
        yield row.get("note", "")


def code(text: str) -> str:
    return text if "`" in text or "*" in text else f"`{text}`"


if __name__ == "__main__":
    main()

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


def main() -> None:
    PAGE.write_text(page(), "utf-8")


def data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text("utf-8"))


def page() -> str:
    """The whole page."""
    names = data()
    parts = [INTRODUCTION.read_text("utf-8").rstrip()]
    for table in names["table"]:
        parts.append(f"## {table['title']}")
        if source := table.get("source"):
            parts.append(source)
        parts.append(str(table_of(table["rows"])))
    parts.append("## Only in keyview")
    rows: list[tuple[str, ...]] = [(code(name), why) for name, why in names["elsewhere"].items()]
    parts.append(str(Table(("keyview", ""), rows)))
    return "\n\n".join(parts) + "\n"


def table_of(rows: list[dict[str, Any]]) -> Table:
    """One table; the column of libraries only where the rows name any."""
    several = any("in" in row for row in rows)
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

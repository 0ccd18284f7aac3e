"""What works with which library: `python -m tools.ecosystem` writes docs/ecosystem/index.md.

The rows are the docstrings of the tests that prove them, `tests/integrations`. The text before the table is
in `ecosystem.md`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from tools.packages import ROOT, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS: Final = ROOT / "tests" / "integrations"
INTRODUCTION: Final = ROOT / "tools" / "ecosystem.md"
PAGE: Final = ROOT / "docs" / "ecosystem" / "index.md"

#: The files of tests in the order of the table, each with the page that says how.
PAGES: Final = {
    "pydantic": "models",
    "attrs": "models",
    "json": "json",
    "hypothesis": "testing",
    "annotations": "testing",
    "printing": "printing",
    "frames": "frames",
    "processes": "processes",
    "web": "web",
    "mappings": "mappings",
    "plugin": "mappings",
}


def main() -> None:
    PAGE.write_text(page(), "utf-8")


def page() -> str:
    """The whole page."""
    table = Table(("with", "works", "how"), list(rows()))
    toctree = "\n".join(["```{toctree}", ":hidden:", "", *dict.fromkeys(PAGES.values()), "```"])
    return f"{INTRODUCTION.read_text('utf-8').rstrip()}\n\n{table}\n\n{toctree}\n"


def rows() -> Iterator[tuple[str, ...]]:
    for name, how in PAGES.items():
        module = ast.parse((TESTS / f"test_{name}.py").read_text("utf-8"))
        library, link = (ast.get_docstring(module) or "").rstrip("."), f"[{how}]({how}.md)"
        for test in module.body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                proven = " ".join((ast.get_docstring(test) or "").split())
                yield library, proven, link
                library = link = ""


if __name__ == "__main__":
    main()

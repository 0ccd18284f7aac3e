"""What works with which library: `python -m tools.ecosystem` writes docs/ecosystem/index.md.

The rows are the docstrings of the tests that prove them: those of `tests/integrations`, and a few others. The
text before the table is in `ecosystem.md`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from tools.packages import ROOT, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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

#: What is proven elsewhere, because it needs none of those libraries: the file and the function of each row.
ELSEWHERE: Final = {
    "stubtest, pyright, Sphinx": (
        ("tests/typing/test_stubs.py", "test_the_types_are_what_the_packages_are"),
        ("tests/typing/test_interface.py", "test_pyright_need_not_guess_at_any_public_type"),
        ("tests/site/test_site.py", "test_every_public_name_can_be_linked_to"),
    ),
    "uv, pdm, poetry, PyPI": (
        ("noxfile.py", "installers"),
        ("tests/house/test_package.py", "test_pypi_takes_it"),
        ("tests/house/test_package.py", "test_the_wheel_has_the_package_alone"),
        ("tests/house/test_package.py", "test_only_addresses_are_missing"),
    ),
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
        module = parsed(TESTS / f"test_{name}.py")
        library, link = (ast.get_docstring(module) or "").rstrip("."), f"[{how}]({how}.md)"
        for test, proven in docstrings(module).items():
            if test.startswith("test_"):
                yield library, proven, link
                library = link = ""
    for library, proofs in ELSEWHERE.items():
        for number, (file, function) in enumerate(proofs):
            yield "" if number else library, docstrings(parsed(ROOT / file))[function], ""


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def docstrings(module: ast.Module) -> dict[str, str]:
    """The docstring of each function, in one line."""
    return {
        each.name: " ".join((ast.get_docstring(each) or "").split())
        for each in module.body
        if isinstance(each, ast.FunctionDef)
    }


if __name__ == "__main__":
    main()

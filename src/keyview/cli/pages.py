"""The pages of the error codes, as text for a terminal. The package contains the pages."""

from __future__ import annotations

import re
import textwrap
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from keyview.cli.terminal import Style

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["UnknownCodeError", "explained", "summaries"]

WIDTH: Final = 79
LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]+\)")
#: A part of a page: a block of code, or a title, list or paragraph between empty lines.
PART: Final = re.compile(r"^```\w*\n.*?^```$|\S.*?(?=\n\n|\n?\Z)", re.DOTALL | re.MULTILINE)
CODE: Final = re.compile(r"`[^`]+`")
#: The start of a paragraph, if it is in bold: the paragraph's heading.
BOLD: Final = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PLAIN: Final = Style()


class UnknownCodeError(Exception):
    """There is no error code of that name. The message is one sentence."""


def summaries() -> dict[str, str]:
    """Each error code with a summary in one line."""
    return {code: _summary(page.read_text("utf-8")) for code, page in sorted(_pages().items())}


def explained(code: str, style: Style = PLAIN, width: int = WIDTH) -> str:
    """The page of an error code, to be read on a terminal. Raises `UnknownCodeError`."""
    pages = _pages()
    if code not in pages:
        raise UnknownCodeError(
            f"there is no error code {code!r}; there are {', '.join(sorted(pages))}"
        )
    parts = PART.findall(pages[code].read_text("utf-8"))
    return "\n\n".join(_part(part, style, width) for part in parts) + "\n"


def _pages() -> dict[str, Traversable]:
    # files("keyview.mypy") would import that package, and so mypy, which need not be installed.
    folder = files("keyview") / "mypy" / "pages"
    return {
        page.name.removesuffix(".md"): page
        for page in folder.iterdir()
        if page.name.endswith(".md")
    }


def _summary(page: str) -> str:
    """The first sentence of a page, up to a colon."""
    _title, first, *_ = page.split("\n\n")
    return re.split(r"[:.]", _words(first), maxsplit=1)[0]


def _part(part: str, style: Style, width: int) -> str:
    """A part of a page of Markdown as plain text: code is indented, links and marks are removed."""
    if part.startswith("```"):
        code = part.splitlines()[1:-1]
        return "\n".join(f"    {style.mark('example', line)}" if line else "" for line in code)
    if part.startswith("# "):
        title = part.removeprefix("# ")
        return f"{style.mark('heading', title)}\n{'=' * len(title)}"
    if part.startswith("- "):
        items = re.split(r"^- ", part, flags=re.MULTILINE)[1:]
        return "\n".join(_filled(item, style, width, first="- ", rest="  ") for item in items)
    return _filled(part, style, width)


def _filled(text: str, style: Style, width: int, first: str = "", rest: str = "") -> str:
    # Code in a sentence is not broken into two lines.
    unbroken = CODE.sub(lambda code: code[0].replace(" ", "\0"), _words(text))
    filled = textwrap.fill(
        unbroken,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace("\0", " ")
    # Marks have no width on a terminal, so they are added when the lines are made.
    bold = BOLD.match(text)
    start = len(_words(bold[1])) if bold else 0
    return style.mark("heading", filled[:start]) + CODE.sub(
        lambda code: style.mark("code", code[0]), filled[start:]
    )


def _words(text: str) -> str:
    """A paragraph in one line, without the marks of Markdown except those of code."""
    return " ".join(LINK.sub(r"\1", text).replace("**", "").split())

"""`keyview explain`: show the page of an error code as plain text. The package contains the pages."""

from __future__ import annotations

import re
import textwrap
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["UnknownCodeError", "explained", "summaries"]

WIDTH: Final = 79
LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]+\)")
#: A part of a page: a block of code, or a title, list or paragraph between empty lines.
PART: Final = re.compile(r"^```\w*\n.*?^```$|\S.*?(?=\n\n|\n?\Z)", re.DOTALL | re.MULTILINE)
CODE: Final = re.compile(r"`[^`]+`")


class UnknownCodeError(Exception):
    """There is no error code of that name. The message is one sentence."""


def summaries() -> dict[str, str]:
    """Each error code with a summary in one line."""
    return {code: _summary(page.read_text("utf-8")) for code, page in sorted(_pages().items())}


def explained(code: str) -> str:
    """The page of an error code as plain text. Raises `UnknownCodeError`."""
    pages = _pages()
    if code not in pages:
        raise UnknownCodeError(
            f"there is no error code {code!r}; there are {', '.join(sorted(pages))}"
        )
    return _plain(pages[code].read_text("utf-8"))


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


def _plain(page: str) -> str:
    """A page of Markdown as plain text: code is indented, links and marks are removed."""
    return "\n\n".join(map(_part, PART.findall(page))) + "\n"


def _part(part: str) -> str:
    if part.startswith("```"):
        return textwrap.indent("\n".join(part.splitlines()[1:-1]), "    ")
    if part.startswith("# "):
        title = part.removeprefix("# ")
        return f"{title}\n{'=' * len(title)}"
    if part.startswith("- "):
        items = re.split(r"^- ", part, flags=re.MULTILINE)[1:]
        return "\n".join(_filled(item, first="- ", rest="  ") for item in items)
    return _filled(part)


def _filled(text: str, first: str = "", rest: str = "") -> str:
    # Code in a sentence is not broken into two lines.
    unbroken = CODE.sub(lambda code: code[0].replace(" ", "\0"), _words(text))
    return textwrap.fill(
        unbroken,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace("\0", " ")


def _words(text: str) -> str:
    """A paragraph in one line, without the marks of Markdown except those of code."""
    return " ".join(LINK.sub(r"\1", text).replace("**", "").split())

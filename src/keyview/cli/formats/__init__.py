"""The formats of the output: for each a function from a result to the text of the whole report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keyview.cli.formats.github import github
from keyview.cli.formats.gitlab import gitlab
from keyview.cli.formats.json_lines import json_lines
from keyview.cli.formats.junit import junit
from keyview.cli.formats.sarif import sarif
from keyview.cli.formats.text import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyview.cli.result import Result
    from keyview.cli.terminal import Style

__all__ = ["FORMATS"]

FORMATS: Final[dict[str, Callable[[Result, Style], str]]] = {
    "text": text,
    "json": json_lines,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "junit": junit,
}

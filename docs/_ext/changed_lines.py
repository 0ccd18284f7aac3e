"""Marks what has changed in a file since its page has shown it last."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from tools.blocks import FILE_NAME

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: A file of which less is as it was is another program, and nothing in it is marked.
ALIKE = 0.5


class ChangedLines(SphinxPostTransform):
    """Marks lines in the second and later blocks of a file."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Compare each block that is a file with the one before it."""
        shown: dict[str, list[str]] = {}
        for block in self.document.findall(nodes.literal_block):
            if name := FILE_NAME.match(block.astext()):
                lines = block.astext().splitlines()
                if name["name"] in shown and (changed := _changed(shown[name["name"]], lines)):
                    block["highlight_args"] = {"hl_lines": changed}
                shown[name["name"]] = lines


def _changed(before: list[str], after: list[str]) -> list[int]:
    """The numbers of the lines that are new or changed, if the rest is as it was."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return []
    return [
        number + 1
        for kind, _, _, start, end in matcher.get_opcodes()
        if kind != "equal"
        for number in range(start, end)
        if after[number].strip()
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(ChangedLines)
    return {"parallel_read_safe": True}

"""Puts a link below each Python block that opens it in the playground, with the program it belongs to."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from tools.blocks import examples

if TYPE_CHECKING:
    from sphinx.application import Sphinx


PLAYGROUND = "playground"


class PlaygroundLinks(SphinxPostTransform):
    """Adds the links to a page, where there is a playground."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Add a link after each block that can be run alone."""
        if PLAYGROUND not in self.env.found_docs:
            return
        uri = self.app.builder.get_relative_uri(self.env.docname, PLAYGROUND)
        programs = {
            block.code.rstrip(): code
            for block, code in examples(Path(self.env.doc2path(self.env.docname)))
        }
        for block in list(self.document.findall(nodes.literal_block)):
            if block["language"] == "python" and block.astext().rstrip() in programs:
                program = programs[block.astext().rstrip()]
                link = nodes.reference(
                    "",
                    "Open in the playground",
                    refuri=f"{uri}#code={encoded(program)}",
                    internal=True,
                )
                block.parent.insert(
                    block.parent.index(block) + 1,
                    nodes.paragraph("", "", link, classes=["playground-link"]),
                )


def encoded(program: str) -> str:
    """A program as the playground reads it from its own address."""
    return urlsafe_b64encode(program.encode()).decode().rstrip("=")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(PlaygroundLinks)
    return {"parallel_read_safe": True}

"""Puts a link below each Python block that opens it in the playground, with the program it belongs to."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from tools.blocks import examples, is_self_contained, program_of_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


PLAYGROUND = "playground"


class PlaygroundLinks(SphinxPostTransform):
    """Adds the links to a page, where there is a playground."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Add a link after each example, below what it prints."""
        if PLAYGROUND not in self.env.found_docs:
            return
        uri = self.app.builder.get_relative_uri(self.env.docname, PLAYGROUND)
        for example, program in list(self.programs()):
            siblings = example.parent.children
            after = siblings.index(example) + 1
            if any(_is_output(node) for node in siblings[after : after + 1]):
                after += 1
            link = nodes.reference(
                "", "Open in the playground", refuri=f"{uri}#code={encoded(program)}", internal=True
            )
            below = nodes.paragraph("", "", link, classes=["playground-link"])
            example.parent.insert(after, below)

    def programs(self) -> Iterator[tuple[nodes.Element, str]]:
        """The blocks and the sessions of the page that can be run alone, each with its program."""
        pending = examples(Path(self.env.doc2path(self.env.docname)))
        for node in self.document.findall(nodes.literal_block):
            if pending and node.astext().rstrip() == pending[0][0].code.rstrip():
                yield node, pending.pop(0)[1]
        for session in self.document.findall(nodes.doctest_block):
            program = program_of_session(session.astext())
            if is_self_contained(program):
                yield session, program


def _is_output(node: nodes.Node) -> bool:
    return isinstance(node, nodes.literal_block) and node["language"] == "output"


def encoded(program: str) -> str:
    """A program as the playground reads it from its own address."""
    return urlsafe_b64encode(program.encode()).decode().rstrip("=")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(PlaygroundLinks)
    return {"parallel_read_safe": True}

"""Puts the pictures of `tools.pictures` and the plots of `benchmarks.plots` into the pages, as SVG.

There they follow the page's switch for light and dark, and a screen reader finds their title and description.
Elsewhere, as on a forge that shows Markdown, they are images.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE = re.compile(r"<style>.*?</style>\n", re.DOTALL)
METADATA = re.compile(r"<metadata>.*?</metadata>\n", re.DOTALL)
#: A twentieth of a plot's bytes.
INDENTATION = re.compile(r"^ +", re.MULTILINE)


class Pictures(SphinxPostTransform):
    """Replaces the images of `docs/pictures` by what is in their files."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Replace the images; `_static/pictures.css` and `plots.css` have the style that is left out."""
        for image in list(self.document.findall(nodes.image)):
            if image["uri"].startswith(("pictures/", "plots/")):
                drawing = Path(self.env.srcdir, image["uri"]).read_text("utf-8")
                svg = drawing[drawing.index("<svg ") :]
                for left_out in (STYLE, METADATA, INDENTATION):
                    svg = left_out.sub("", svg)
                if " role=" not in svg[: svg.index(">")]:  # A plot has no title of its own.
                    named = f'<svg role="img" aria-label="{escape(image["alt"])}" '
                    svg = svg.replace("<svg ", named, 1)
                framed = f'<span class="picture-frame">{svg}</span>'
                image.replace_self(nodes.raw("", framed, format="html"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(Pictures)
    return {"parallel_read_safe": True}

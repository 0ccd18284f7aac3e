"""Puts the pictures that `tools.pictures` draws into the pages themselves, as SVG.

There they follow the page's switch for light and dark, and a screen reader finds their title and description.
Elsewhere, as on a forge that shows Markdown, they are images.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE = re.compile(r"<style>.*?</style>\n", re.DOTALL)


class Pictures(SphinxPostTransform):
    """Replaces the images of `docs/pictures` by what is in their files."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Replace the images; `_static/pictures.css` has the style that is left out."""
        for image in list(self.document.findall(nodes.image)):
            if image["uri"].startswith("pictures/"):
                drawing = Path(self.env.srcdir, image["uri"]).read_text("utf-8")
                svg = f'<span class="picture-frame">{STYLE.sub("", drawing)}</span>'
                image.replace_self(nodes.raw("", svg, format="html"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(Pictures)
    return {"parallel_read_safe": True}

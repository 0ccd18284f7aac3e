"""Makes tables that a screen reader can follow: no header is empty.

A table of Markdown always has a row of headers. Where all of them are empty, the row is left out; a single
empty one gets words that are read and not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class TableHeaders(SphinxPostTransform):
    """Leaves out what is empty in the headers of tables, or says what it is."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Look at the header of each table."""
        for head in list(self.document.findall(nodes.thead)):
            cells = list(head.findall(nodes.entry))
            empty = [cell for cell in cells if not cell.astext().strip()]
            if len(empty) == len(cells):
                head.parent.remove(head)
                continue
            for cell in empty:
                words = "Subject" if cell is cells[0] else "Notes"
                hidden = f'<span class="visually-hidden">{words}</span>'
                cell.clear()
                cell.append(nodes.raw("", hidden, format="html"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(TableHeaders)
    return {"parallel_read_safe": True}

"""Puts a link to its source beside each name of the reference, if the project has an address.

The address is the one setting in `keyview._about`; while it is empty, there are no links. The source is that
of the pure backend, which is the specification.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from keyview import _about

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT: Final = Path(__file__).parents[2]


class SourceLinks(SphinxPostTransform):
    """Adds the links to the signatures of a page."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Add a link for each name; a method of entries has two."""
        if not _about.REPOSITORY:
            return
        for signature in self.document.findall(addnodes.desc_signature):
            names = signature["ids"]
            for name in names:
                if address := address_of(name):
                    words = "source" if len(names) == 1 else name.split(".")[1]
                    link = nodes.reference("", f"[{words}]", internal=False, refuri=address)
                    signature.append(nodes.inline("", "", link, classes=["source-link"]))


def address_of(name: str) -> str:
    """The address of the line where an object's definition begins; empty for data."""
    member = resolve_name(name)
    member = member.fget if isinstance(member, property) else inspect.unwrap(member)
    if inspect.isclass(member):
        # Its `__module__` may be where users find it, and not where it is written: its methods know.
        functions = [one for one in vars(member).values() if inspect.isfunction(one)]
        file = Path(inspect.getfile(functions[0] if functions else member))
        lines = file.read_text("utf-8").splitlines()
        start = next(
            n for n, line in enumerate(lines, 1) if line.startswith(f"class {member.__name__}")
        )
    elif inspect.isfunction(member) or inspect.ismethod(member):
        file = Path(inspect.getfile(member))
        start = inspect.getsourcelines(member)[1]
    else:
        return ""
    return f"{_about.address_of(file.relative_to(ROOT).as_posix())}#L{start}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(SourceLinks)
    return {"parallel_read_safe": True}

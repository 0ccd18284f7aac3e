"""Makes `HashMap.entry` and the like, written as code in a page or a docstring, links to the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


#: In these, code is not made a link: there is no link in a link.
OUTSIDE = (nodes.reference, nodes.title, addnodes.pending_xref)


class ApiLinks(SphinxPostTransform):
    """Links each piece of code that is the name of a public object."""

    default_priority = 10

    def run(self, **_kwargs: object) -> None:
        """Replace the code by links."""
        objects = self.env.get_domain("py").objects  # type: ignore[attr-defined]  # of this domain
        for literal in list(self.document.findall(nodes.literal)):
            described = _described(literal)
            is_outside = any(isinstance(node, OUTSIDE) for node in _around(literal))
            if is_outside or _is_parameter(literal) or _is_of_another_language(literal):
                continue
            text = literal.astext().removesuffix("()")
            if text == "entry" and not described and not self._means_the_function(literal):
                text = "HashMap.entry"
            for name in _candidates(text, described):
                if name not in objects or name in described:
                    continue
                # A module is named in full: `counts` alone is somebody's variable.
                if objects[name].objtype != "module" or name == text:
                    found = objects[name]
                    link = make_refnode(
                        self.app.builder,
                        self.env.docname,
                        found.docname,
                        found.node_id,
                        literal.deepcopy(),
                    )
                    literal.replace_self(link)
                    break

    def _means_the_function(self, literal: nodes.literal) -> bool:
        """Whether `entry` is the function for any mapping, and not the method of a map."""
        siblings = literal.parent.children
        before = siblings[max(siblings.index(literal) - 1, 0)].astext()
        return before.endswith("function ") or self.env.docname == "reference/entries"


def _around(node: nodes.Node) -> Iterator[nodes.Node]:
    """The elements that a node is in, the innermost first."""
    while node := node.parent:
        yield node


def _described(node: nodes.Node) -> list[str]:
    """The objects that the text around a node describes, the innermost first."""
    return [
        name
        for outer in _around(node)
        if isinstance(outer, addnodes.desc)
        for signature in outer.findall(addnodes.desc_signature)
        for name in signature["ids"][:1]
    ]


def _is_parameter(literal: nodes.literal) -> bool:
    """Whether a name is that of a parameter of what the text around it describes."""
    return any(
        parameter[0].astext() == literal.astext()
        for outer in _around(literal)
        if isinstance(outer, addnodes.desc)
        for parameter in outer.findall(addnodes.desc_parameter)
        if any(signature in _around(parameter) for signature in outer.children[:-1])
    )


def _is_of_another_language(literal: nodes.literal) -> bool:
    """Whether a name is in the first column of a table of names, where those of other libraries are."""
    row = next((node for node in _around(literal) if isinstance(node, nodes.row)), None)
    if row is None or row[0] not in _around(literal):
        return False
    table = next(node for node in _around(row) if isinstance(node, nodes.tgroup))
    return next(iter(table.findall(nodes.entry))).astext() == "name"


def _candidates(text: str, described: list[str]) -> Iterator[str]:
    """The full names that a text may stand for; what is described around it comes first."""
    yield text
    for name in described:
        yield f"{name}.{text}"
        yield f"{name.rpartition('.')[0]}.{text}"
    yield f"keyview.{text}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(ApiLinks)
    return {"parallel_read_safe": True}

"""`.. autostates:: METHOD`: a method of entries once, with what it does in each of the two states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

import keyview

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STATES: Final = ("Occupied", "Vacant")


class EntryStates(SphinxDirective):
    """Describes a method of `Occupied` and of `Vacant` in one place; each keeps its name and its anchor."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Have autodoc describe both methods, and make one description of the two."""
        method = self.arguments[0]
        described = {state: self.described(state, method) for state in STATES}
        found = [node for node in described.values() if node]
        signatures = [next(iter(node.findall(addnodes.desc_signature))) for node in found]
        if len({_without_class(signature) for signature in signatures}) < len(signatures):
            signatures[0]["ids"] += signatures[1]["ids"]
            del signatures[1]
            (owner,) = signatures[0].findall(addnodes.desc_addname)
            owner.replace_self(addnodes.desc_addname("entry.", "entry."))
        for signature in signatures[1:]:
            signature["_toc_name"] = ""  # The table of contents has the method once.
        columns = nodes.container("", classes=["states"])
        for state, node in described.items():
            name = nodes.paragraph("", "", nodes.strong("", state))
            text = node[1].children if node else [nodes.paragraph("", f"Has no {method}.")]
            columns += nodes.container("", name, *text)
        made = found[0]
        made.children.clear()
        made.extend([*signatures, addnodes.desc_content("", columns)])
        return [made]

    def described(self, state: str, method: str) -> addnodes.desc | None:
        """What autodoc says of the method of one class, if it has it."""
        member = getattr(getattr(keyview, state), method, None)
        if member is None:
            return None
        kind = "property" if isinstance(member, property) else "method"
        parsed = self.parse_text_to_nodes(f".. auto{kind}:: {state}.{method}")
        return next(node for node in parsed if isinstance(node, addnodes.desc))


def _without_class(signature: nodes.Element) -> str:
    owner = next(iter(signature.findall(addnodes.desc_addname))).astext()
    return signature.astext().replace(owner, "", 1)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_directive("autostates", EntryStates)
    return {"parallel_read_safe": True}

"""Shows a special method as it is written in a program: `m[q]`, and below it `HashMap.__getitem__(...)`.

Names and anchors stay those of the method, for links from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: How each is written; `m` is the collection, and `q` the query.
WRITTEN = {
    "__contains__": "{q} in {m}",
    "__delitem__": "del {m}[{q}]",
    "__eq__": "{m} == other",
    "__getitem__": "{m}[{q}]",
    "__init__": "{cls}(...)",
    "__ior__": "{m} |= other",
    "__iter__": "iter({m})",
    "__len__": "len({m})",
    "__or__": "{m} | other",
    "__reversed__": "reversed({m})",
    "__ror__": "other | {m}",
    "__setitem__": "{m}[{q}] = v",
}
#: The classes whose special methods users call; those of others they write.
LETTERS = {
    "HashMap": ("m", "q"),
    "HashSet": ("s", "q"),
    "Lookup": ("lookup", "a"),
    "Range": ("r", "q"),
    "SetLookup": ("lookup", "a"),
    "SetRange": ("r", "q"),
    "SortedMap": ("m", "q"),
    "SortedSet": ("s", "q"),
}


def written(full_name: str) -> str:
    """How a program writes a method, if not by its name."""
    cls, _, method = full_name.rpartition(".")
    if cls not in LETTERS or method not in WRITTEN:
        return ""
    m, q = LETTERS[cls]
    return WRITTEN[method].format(m=m, q=q, cls=cls)


class Spellings(SphinxTransform):
    """Puts before the signatures of a special method how it is written, also in the table of contents."""

    default_priority = 100

    def apply(self, **_kwargs: object) -> None:
        """Change the signatures; of overloads, only the first has the title."""
        for described in list(self.document.findall(addnodes.desc)):
            signatures = [
                node for node in described.children if isinstance(node, addnodes.desc_signature)
            ]
            title = written(signatures[0].get("fullname", "")) if signatures else ""
            if title:
                for signature in signatures:
                    _make_small(signature)
                    signature["_toc_name"] = ""
                signatures[0]["_toc_name"] = title
                signatures[0].insert(0, addnodes.desc_name(title, title))


def _make_small(signature: addnodes.desc_signature) -> None:
    """Put all of a signature on a line of its own; a constructor is called by the name of its class."""
    if signature["fullname"].endswith(".__init__"):
        for kind in (addnodes.desc_name, addnodes.desc_returns):
            for node in list(signature.findall(kind)):
                signature.remove(node)
        (owner,) = signature.findall(addnodes.desc_addname)
        name = owner.astext().removesuffix(".")
        owner.replace_self(addnodes.desc_addname(name, name))
    line = nodes.inline("", "", *signature.children, classes=["called"])
    signature.clear()
    signature.append(line)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_transform(Spellings)
    return {"parallel_read_safe": True}

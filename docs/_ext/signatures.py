"""Has autodoc show each name as a user sees it: in keyview, and not in the module where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.pycode import ModuleAnalyzer

import keyview

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Protocols, and what a map makes, are never called; HashMap.__init__ is shown apart.
NOT_CALLED = (
    keyview.Borrow,
    keyview.HashMap,
    keyview.KeyView,
    keyview.Lookup,
    keyview.Occupied,
    keyview.Ordered,
    keyview.OrderedBorrow,
    keyview.Range,
    keyview.SetLookup,
    keyview.SetRange,
    keyview.SortedMap,
    keyview.Vacant,
)


def show_sources(_app: Sphinx) -> None:
    """Copy what autodoc reads from sources to where it looks: under the names that users see."""
    of_map = _analyzed("keyview._pure.map").overloads
    of_map |= _analyzed("keyview.hashmap").overloads
    for backend, users in (
        ("set", "hashset"),
        ("sorted_map", "sortedmap"),
        ("sorted_set", "sortedset"),
    ):
        of_class = _analyzed(f"keyview._pure.{backend}").overloads
        of_class.update(_analyzed(f"keyview.{users}").overloads)
    package = _analyzed("keyview")
    package.overloads |= _analyzed("keyview._pure.text_views").overloads
    package.attr_docs["", "Entry"] = _analyzed("keyview._pure.entry").attr_docs["", "Entry"]


def _analyzed(module: str) -> ModuleAnalyzer:
    analyzer = ModuleAnalyzer.for_module(module)
    analyzer.analyze()  # Only once.
    return analyzer


def hide_constructor(
    _app: Sphinx,
    _what: str,
    _name: str,
    obj: object,
    _options: object,
    _signature: str,
    _returned: str,
) -> tuple[str, str] | None:
    """Show nothing to call where nothing is called."""
    return ("", "") if obj in NOT_CALLED else None


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("builder-inited", show_sources)
    app.connect("autodoc-process-signature", hide_constructor)
    return {"parallel_read_safe": True}

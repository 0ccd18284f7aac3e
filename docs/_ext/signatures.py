"""Has autodoc show each name as a user sees it: in keyview, and not in the module where it is written.

A class has the parameters and the bases that a type checker sees. In place of a private base, its own bases
are shown.
"""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any

from sphinx.pycode import ModuleAnalyzer

import keyview

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def show_class(
    _app: Sphinx,
    what: str,
    _name: str,
    obj: object,
    _options: object,
    signature: str | None,
    _returned: str,
) -> tuple[str, str] | None:
    """Show the parameters of a class, and nothing to call where nothing is called."""
    if what not in ("class", "exception"):
        return None
    names = [name.__name__.partition("_")[0] for name in getattr(obj, "__parameters__", None) or ()]
    if not names and obj not in NOT_CALLED:
        return None
    parameters = f"[{', '.join(names)}]" if names else ""
    return parameters + ("" if obj in NOT_CALLED else signature or ""), ""


def show_bases(_app: Sphinx, _name: str, obj: type, _options: object, bases: list[Any]) -> None:
    """Show the public bases of a class."""
    bases[:] = dict.fromkeys(public_bases(obj))


def public_bases(cls: type) -> Iterator[Any]:
    """The bases that are not private; the type variables of private ones have the names of those of `cls`."""
    for base in vars(cls).get("__orig_bases__", cls.__bases__):
        origin = typing.get_origin(base) or base
        if origin.__module__.startswith("keyview") and origin not in vars(keyview).values():
            yield from public_bases(origin)
        elif origin not in (typing.Generic, object):
            yield origin if origin is typing.Protocol else base


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("builder-inited", show_sources)
    app.connect("autodoc-process-signature", show_class)
    app.connect("autodoc-process-bases", show_bases)
    return {"parallel_read_safe": True}

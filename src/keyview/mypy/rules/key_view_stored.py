"""`key-view-stored`: a collection of keyview whose keys would be views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keyview.mypy.facts.views import held_view
from keyview.mypy.messages import stored

if TYPE_CHECKING:
    from mypy.options import Options
    from mypy.types import Type

    from keyview.mypy.messages import Diagnostic

__all__ = ["judge"]


def judge(collection: str, key: Type, options: Options) -> Diagnostic | None:
    """The diagnostic for keys that are views, or have views in them; None if they are no views."""
    view = held_view(key)
    return None if view is None else stored(collection, key, view, options)

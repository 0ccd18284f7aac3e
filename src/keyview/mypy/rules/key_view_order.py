"""`key-view-order`: a sorted collection whose keys have no total order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keyview.mypy.facts.total_order import gap_in
from keyview.mypy.messages import unordered

if TYPE_CHECKING:
    from mypy.options import Options
    from mypy.types import Type

    from keyview.mypy.messages import Diagnostic

__all__ = ["judge"]


def judge(collection: str, key: Type, options: Options) -> Diagnostic | None:
    """The diagnostic for keys without a total order; None if they have one, or their `<` is the program's."""
    gap = gap_in(key)
    return None if gap is None else unordered(collection, key, gap, options)

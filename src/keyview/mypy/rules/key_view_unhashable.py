"""`key-view-unhashable`: a query that cannot be hashed; `key-view-may-raise`: some of its values cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keyview.mypy.facts.relation import HASHLESS
from keyview.mypy.messages import unhashable

if TYPE_CHECKING:
    from mypy.options import Options

    from keyview.mypy.facts.relation import Verdict
    from keyview.mypy.messages import Diagnostic
    from keyview.mypy.rules.query import Query

__all__ = ["judge"]


def judge(query: Query, verdict: Verdict, options: Options) -> Diagnostic | None:
    """The diagnostic for a query whose hash raises or may raise `TypeError`; None for any other."""
    if verdict.reason not in HASHLESS:
        return None
    return unhashable(query.receiver, query.type, query.key, verdict, options)

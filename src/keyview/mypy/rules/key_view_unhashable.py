"""`key-view-unhashable`: a query that cannot be hashed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keyview.mypy.facts.relation import HASHLESS
from keyview.mypy.messages import KEY_VIEW_UNHASHABLE, finds_nothing

if TYPE_CHECKING:
    from mypy.options import Options

    from keyview.mypy.facts.relation import Verdict
    from keyview.mypy.messages import Diagnostic
    from keyview.mypy.rules.query import Query

__all__ = ["judge"]


def judge(query: Query, verdict: Verdict, options: Options) -> Diagnostic | None:
    """The diagnostic for a query whose hash raises `TypeError`; None for any other."""
    if verdict.reason not in HASHLESS:
        return None
    noun = query.methods[0].noun
    return finds_nothing(
        KEY_VIEW_UNHASHABLE,
        query.method,
        query.receiver,
        query.type,
        query.key,
        noun,
        verdict,
        options,
    )

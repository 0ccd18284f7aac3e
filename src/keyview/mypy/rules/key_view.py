"""`key-view`: a lookup that can find no key, or could store a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.subtypes import is_subtype

from keyview.mypy.facts.receivers import Use
from keyview.mypy.facts.relation import owned_type
from keyview.mypy.messages import KEY_VIEW, finds_nothing, unstorable

if TYPE_CHECKING:
    from mypy.options import Options

    from keyview.mypy.facts.relation import Program, Verdict
    from keyview.mypy.messages import Diagnostic
    from keyview.mypy.rules.query import Query

__all__ = ["judge_found", "judge_stored"]


def judge_found(query: Query, verdict: Verdict, options: Options) -> Diagnostic:
    """The diagnostic for a query that finds nothing."""
    noun = query.methods[0].noun
    return finds_nothing(
        KEY_VIEW, query.method, query.receiver, query.type, query.key, noun, verdict, options
    )


def judge_stored(query: Query, program: Program, options: Options) -> Diagnostic | None:
    """The diagnostic for a query that may find a key, and is stored if it does not; None if it may be."""
    if query.methods[0].use is not Use.FIND_OR_STORE:
        return None
    owned = owned_type(query.type, program)
    if all(is_subtype(owned, method.key) for method in query.methods):
        return None
    return unstorable(query.method, query.receiver, query.type, query.key, options)

"""`key-view`: a lookup that can find no key, could store a wrong one, or has no place among the keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mypy.subtypes import is_subtype

from keyview.mypy.facts.order import is_prefix, without_none, without_place
from keyview.mypy.facts.receivers import Use
from keyview.mypy.facts.relation import owned_type
from keyview.mypy.messages import begins_none, finds_nothing, unplaced, unstorable

if TYPE_CHECKING:
    from mypy.options import Options

    from keyview.mypy.facts.relation import Program, Verdict
    from keyview.mypy.host.checker import Checker
    from keyview.mypy.messages import Diagnostic
    from keyview.mypy.rules.query import Query

__all__ = ["judge_found", "judge_place", "judge_stored"]


def judge_found(query: Query, verdict: Verdict, options: Options) -> Diagnostic:
    """The diagnostic for a query that finds nothing."""
    noun = query.methods[0].noun
    return finds_nothing(
        query.method, query.receiver, query.type, query.key, noun, verdict, options
    )


def judge_stored(query: Query, program: Program, options: Options) -> Diagnostic | None:
    """The diagnostic for a query that may find a key, and is stored if it does not; None if it may be."""
    if query.methods[0].use is not Use.FIND_OR_STORE:
        return None
    owned = owned_type(query.type, program)
    if all(is_subtype(owned, method.key) for method in query.methods):
        return None
    return unstorable(query.method, query.receiver, query.type, query.key, options)


def judge_place(query: Query, program: Program, checker: Checker) -> Diagnostic | None:
    """The diagnostic for a query that is only ordered, and has no place among the keys; else None."""
    program = program.with_hashing(False)
    asked = query.type
    if query.methods[0].use is Use.BOUND:
        if query.call.callee_arg_names[0] == "prefix":
            if any(is_prefix(asked, method.key, program) for method in query.methods):
                return None
            return begins_none(query.receiver, asked, query.key, checker.options)
        asked = without_none(asked)  # None is no bound.
    less = partial(checker.accepts_less, near=query.context)
    arms = [without_place(asked, method.key, program, less) for method in query.methods]
    if None in arms:
        return None
    noun = query.methods[0].noun
    arm = arms[0] or asked
    return unplaced(query.method, query.receiver, asked, arm, query.key, noun, checker.options)

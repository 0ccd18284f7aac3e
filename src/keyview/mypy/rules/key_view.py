"""`key-view`: a lookup that can find no key, could store a wrong one, or has no place among the keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mypy.subtypes import is_subtype
from mypy.types import CallableType, TupleType, get_proper_type

from keyview.mypy.facts.order import is_prefix, without_none, without_place
from keyview.mypy.facts.receivers import Use
from keyview.mypy.facts.relation import Kind, owned_type, relate
from keyview.mypy.messages import (
    Hint,
    begins_none,
    finds_nothing,
    have_nothing_in_common,
    unplaced,
    unstorable,
)

if TYPE_CHECKING:
    from mypy.options import Options
    from mypy.types import Type

    from keyview.mypy.facts.relation import Program, Verdict
    from keyview.mypy.host.checker import Checker
    from keyview.mypy.messages import Diagnostic
    from keyview.mypy.rules.query import Query

__all__ = ["judge_found", "judge_place", "judge_stored"]


def judge_found(query: Query, verdict: Verdict, program: Program, options: Options) -> Diagnostic:
    """The diagnostic for a query that finds nothing."""
    if query.whole is not None and verdict.kind is Kind.NEVER:
        return have_nothing_in_common(
            query.method, query.receiver, query.whole, query.type, query.key, verdict, options
        )
    noun = query.methods[0].noun
    hint = _hint(query, program)
    return finds_nothing(
        query.method, query.receiver, query.type, query.key, noun, verdict, hint, options
    )


def _hint(query: Query, program: Program) -> Hint | None:
    """What the author seems to have meant; None if nothing comes to mind."""
    asked, key = get_proper_type(query.type), get_proper_type(query.key)
    meant: list[tuple[Type, Type, Hint]] = []
    if isinstance(asked, CallableType) and not asked.is_type_obj() and asked.min_args == 0:
        meant.append((asked.ret_type, key, Hint.CALL))
    if isinstance(key, TupleType) and query.methods[0].noun == "items":
        meant.append((asked, key.items[0], Hint.MAPPING))
    return next((hint for one, other, hint in meant if relate(one, other, program).accepted), None)


def judge_stored(query: Query, program: Program, options: Options) -> Diagnostic | None:
    """The diagnostic for a query that may find a key, and is stored if it does not; None if it may be."""
    if not query.is_own or query.methods[0].use is not Use.FIND_OR_STORE:
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

"""Large types are judged by few questions: those that are asked are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.types import Instance, LiteralType, TupleType, UnionType, get_proper_type

from keyview.mypy.facts import relation
from keyview.mypy.facts.relation import Kind
from tests.mypy.law.test_law import program

if TYPE_CHECKING:
    import pytest
    from mypy.types import Type

    from keyview.mypy.facts.relation import Program, Verdict


def literals(prefix: str, fallback: Instance) -> list[Type]:
    return [LiteralType(f"{prefix}{number}", fallback) for number in range(400)]


def test_literals_are_not_compared_with_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    types, judged, _ = program()
    text, pair = get_proper_type(types["str"]), get_proper_type(types["tuple[int, int]"])
    assert isinstance(text, Instance)
    assert isinstance(pair, TupleType)
    some, others = (UnionType(literals(prefix, text)) for prefix in "ab")
    asked = 0
    relate = relation.relate

    def counted(query: Type, key: Type, program: Program) -> Verdict:
        nonlocal asked
        asked += 1
        return relate(query, key, program)

    monkeypatch.setattr(relation, "relate", counted)
    for query, key, kind in (
        (some, some, Kind.SAME),
        (some, others, Kind.NEVER),
        (UnionType([some, get_proper_type(types["None"])]), some, Kind.SAME),
        (pair.copy_modified(items=[some]), pair.copy_modified(items=[some]), Kind.SAME),
        (some, types["str"], Kind.SAME),
    ):
        assert relation.relate(query, key, judged).kind is kind
    assert asked < 50

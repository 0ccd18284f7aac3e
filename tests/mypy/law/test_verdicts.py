"""Verdicts to read: each kind and each reason, with the types that it is given for."""

from __future__ import annotations

import pytest

from keyview.mypy.facts.relation import Kind, Reason
from tests.mypy.law.test_law import verdict


@pytest.mark.parametrize(
    ("query", "key", "kind"),
    [
        ("str", "str", Kind.SAME),
        ("c.StrSub", "str", Kind.SAME),
        ("str", "c.StrSub", Kind.OVERLAPS),
        ("str | None", "str", Kind.SAME),
        ("object", "str", Kind.OVERLAPS),
        ("c.Left", "c.Right", Kind.OVERLAPS),
        ("c.HasText", "c.Host", Kind.OVERLAPS),
        ("Decimal", "int", Kind.FAMILY),
        ("c.Number", "Fraction", Kind.FAMILY),
        ("memoryview", "bytes", Kind.FAMILY),
        ("UserString", "c.Text", Kind.FAMILY),
        ("PosixPath", "PurePath", Kind.SAME),
        ("tuple[float, float]", "tuple[int, int]", Kind.OVERLAPS),
        ("c.Pair", "tuple[int, int]", Kind.SAME),
        ("c.Short", "str", Kind.VIEWED),
        ("Slice[bytes]", "bytes", Kind.VIEWED),
        ("c.Structural", "float", Kind.VIEWED),
        ("str", "c.Host", Kind.BORROWED),
        ("tuple[c.Short, int]", "tuple[str, int]", Kind.VIEWED),
        ("c.LikeText", "int", Kind.UNKNOWN),
        ("c.SaysInt", "Decimal", Kind.ADMITTED),
        ("c.NamedEq", "c.NamedEq", Kind.SAME),
        ("c.NamedEq", "tuple[int, int]", Kind.UNKNOWN),
    ],
)
def test_accepted(query: str, key: str, kind: Kind) -> None:
    found = verdict(query, key)
    assert (found.kind, found.reason) == (kind, None)
    assert found.accepted


@pytest.mark.parametrize(
    ("query", "key", "kind", "reason"),
    [
        ("int", "str", Kind.NEVER, Reason.UNEQUAL),
        ("c.Color", "int", Kind.NEVER, Reason.UNEQUAL),
        ("c.SaysInt", "str", Kind.NEVER, Reason.UNEQUAL),
        ("c.Sealed", "c.Closed", Kind.NEVER, Reason.UNEQUAL),
        ("types.ModuleType", "str", Kind.NEVER, Reason.UNEQUAL),
        ("list[int]", "tuple[int, ...]", Kind.NEVER, Reason.UNHASHABLE),
        ("c.NamedEqSub", "c.NamedEqSub", Kind.NEVER, Reason.UNHASHABLE),
        ("bytes | list[str]", "bytes", Kind.UNLIKELY, Reason.MEMBER_UNHASHABLE),
        ("Literal['a']", "Literal['b', 'c']", Kind.NEVER, Reason.LITERALS),
        ("int | None", "str | None", Kind.UNLIKELY, Reason.ONLY_NONE),
        ("c.UserId", "c.OrderId", Kind.UNLIKELY, Reason.NEWTYPES),
        ("c.Pair", "c.Extent", Kind.UNLIKELY, Reason.NAMEDTUPLES),
        ("tuple[int]", "tuple[int, int]", Kind.NEVER, Reason.LENGTH),
        ("tuple[int, str]", "tuple[str, int]", Kind.NEVER, Reason.ELEMENT),
        ("frozenset[int]", "frozenset[str]", Kind.UNLIKELY, Reason.ONLY_EMPTY),
        ("tuple[int, ...]", "tuple[str, ...]", Kind.UNLIKELY, Reason.ONLY_EMPTY),
        ("c.Short", "int", Kind.NEVER, Reason.VIEW_OF_OTHER),
        ("Iterable[int]", "str", Kind.UNLIKELY, Reason.PROTOCOL),
        ("PurePosixPath", "PureWindowsPath", Kind.UNLIKELY, Reason.FLAVOURS),
        ("c.Number", "c.Bits", Kind.UNLIKELY, Reason.ENUMS),
        ("c.Box[int]", "c.Box[str]", Kind.NEVER, Reason.UNEQUAL),
    ],
)
def test_refused(query: str, key: str, kind: Kind, reason: Reason) -> None:
    found = verdict(query, key)
    assert (found.kind, found.reason) == (kind, reason)
    assert not found.accepted

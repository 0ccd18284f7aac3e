"""The exceptions, and what they carry."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

from keyview import HashMap, KeyViewError, Occupied, OccupiedError, OrderError, StaleEntryError


def carried(error: OccupiedError) -> None:
    assert_type(error.entry, Occupied[Any, Any])
    assert_type(error.value, Any)
    error.key  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownMemberType]


def bases(m: HashMap[str, int]) -> None:
    try:
        m.try_insert("a", 1)
    except KeyError as error:
        assert_type(isinstance(error, OccupiedError), bool)
    occupied: type[KeyError] = OccupiedError
    stale: type[RuntimeError] = StaleEntryError
    unlawful: type[ValueError] = KeyViewError
    unordered: type[ValueError] = OrderError
    wrong: type[KeyError] = StaleEntryError  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    del occupied, stale, unlawful, unordered, wrong

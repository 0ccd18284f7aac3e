"""The exceptions, and what they carry."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

from keyview import HashMap, KeyViewError, Occupied, OccupiedError, StaleEntryError


def occupied(m: HashMap[str, int]) -> None:
    try:
        m.try_insert("a", 1)
    except OccupiedError as error:
        assert_type(error.entry, Occupied[Any, Any])
        assert_type(error.value, Any)
        error.key  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownMemberType]


def bases(occupied: OccupiedError, stale: StaleEntryError, unlawful: KeyViewError) -> None:
    key_error: KeyError = occupied
    runtime_error: RuntimeError = stale
    value_error: ValueError = unlawful
    del key_error, runtime_error, value_error
    wrong: KeyError = stale  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    del wrong

"""What differs between two maps or two sets, in lines: for a failing assertion of pytest or unittest."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from keyview._sentinels import MISSING
from keyview.integrations._types import is_collection

__all__ = ["are_comparable", "differences"]

#: How many differences of each kind are shown.
SHOWN = 20


def are_comparable(left: object, right: object) -> bool:
    """Whether both are maps or both are sets, and one of them is a collection of keyview."""
    return (is_collection(type(left)) or is_collection(type(right))) and any(
        isinstance(left, kind) and isinstance(right, kind) for kind in (Mapping, AbstractSet)
    )


def differences(left: Any, right: Any) -> list[str]:
    """Which values differ, and what only one of them has; the rest is counted."""
    is_map = isinstance(left, Mapping)
    differing = [
        f"{key!r}: {left[key]!r} != {found!r}"
        for key in (left if is_map else ())
        if (found := _find(right, key)) is not MISSING and found != left[key]
    ]
    only_left, only_right = _only(left, right), _only(right, left)
    equal = len(left) - len(differing) - len(only_left)
    kind = "pairs" if is_map else "elements"
    return [
        f"{equal} of {len(left)} and {len(right)} {kind} are equal",
        *_titled("Different values:", differing),
        *_titled("Only on the left:", only_left),
        *_titled("Only on the right:", only_right),
    ]


def _only(here: Any, there: Any) -> list[str]:
    missing = [key for key in here if _find(there, key) is MISSING]
    if isinstance(here, Mapping):
        return [f"{key!r}: {here[key]!r}" for key in missing]
    return [*map(repr, missing)]


def _titled(title: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = len(lines) - SHOWN
    end = [f"  ... {more} more"] if more > 0 else []
    return [title, *(f"  {line}" for line in lines[:SHOWN]), *end]


def _find(collection: Any, key: Any) -> Any:
    """The value under a key, or MISSING, also if the key cannot be looked up: unhashable, or unordered."""
    try:
        if key not in collection:  # Asked first: [] of a defaultdict would store the key.
            return MISSING
        return collection[key] if isinstance(collection, Mapping) else key
    except TypeError:
        return MISSING

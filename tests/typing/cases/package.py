"""The other public names of the package."""

from __future__ import annotations

from typing import Literal

from typing_extensions import assert_type

import keyview
from keyview import REMOVE, HashMap, Remove, Vacant, backend


def facts() -> None:
    assert_type(keyview.__version__, str)  # E: ty[type-assertion-failure]
    assert_type(backend, Literal["native", "pure"])


def remove_can_be_told_from_a_value(value: int) -> None:
    result = value - 1 if value > 1 else REMOVE
    if result is not REMOVE:
        assert_type(result, int)
    else:
        assert_type(result is REMOVE, bool)  # E: ty[type-assertion-failure]


def count_down(_key: str, count: int) -> int | Remove:
    return count - 1 if count > 1 else REMOVE


def remove_has_a_type(m: HashMap[str, int]) -> None:
    assert_type(Remove.REMOVE, Literal[Remove.REMOVE])
    entry = m.entry("a").and_replace_entry_with(count_down)
    if isinstance(entry, Vacant):
        assert_type(entry.key, str)

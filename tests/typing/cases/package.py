"""The other public names of the package."""

from __future__ import annotations

from typing import Literal

from typing_extensions import assert_type

import keyview
from keyview import REMOVE, backend


def facts() -> None:
    assert_type(keyview.__version__, str)
    assert_type(backend, Literal["native", "pure"])


def remove_can_be_told_from_a_value(value: int) -> None:
    result = value - 1 if value > 1 else REMOVE
    if result is not REMOVE:
        assert_type(result, int)
    else:
        assert_type(result is REMOVE, bool)

"""The backends on which sorted collections are tested."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def sorted_kv(kv: Any) -> Any:
    """`kv`, where it has sorted collections of its own."""
    if kv.backend == "native" and kv.SortedMap.__mro__[1].__module__.startswith("keyview._pure"):
        pytest.skip("the native backend has no tree of its own yet")
    return kv

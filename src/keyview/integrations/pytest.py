"""pytest: a failing `==` shows what differs. pytest finds this plugin by an entry point."""

from __future__ import annotations

from typing import Any

from keyview.integrations._differences import are_comparable, differences

__all__ = ["pytest_assertrepr_compare"]


def pytest_assertrepr_compare(op: str, left: Any, right: Any) -> list[str] | None:
    """The lines below `assert left == right`; None if neither is a collection of keyview."""
    if op != "==" or not are_comparable(left, right):
        return None
    title = f"{type(left).__name__} == {type(right).__name__}"
    return [title, "", *differences(left, right)]

"""unittest: after `show_differences(self)` in `setUp`, a failing `assertEqual` shows what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keyview
from keyview.integrations._differences import differences
from keyview.integrations._types import is_collection

if TYPE_CHECKING:
    from unittest import TestCase

__all__ = ["show_differences"]


def show_differences(case: TestCase) -> None:
    """Make `assertEqual` of two collections of one class say what differs."""

    def compare(first: Any, second: Any, msg: Any = None) -> None:
        if first != second:
            lines = "\n".join(differences(first, second))
            name = type(first).__name__
            case.fail(case._formatMessage(msg, f"two {name} objects differ: {lines}"))

    for name in keyview.__all__:
        if is_collection(public := getattr(keyview, name)):
            case.addTypeEqualityFunc(public, compare)

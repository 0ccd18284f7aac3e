"""pprint: after `register()` the standard library's pprint breaks long collections over lines.

pprint has no public interface for that, so keyview does not register by itself.
"""

from __future__ import annotations

from pprint import PrettyPrinter
from typing import Any

import keyview
from keyview.integrations._types import builtin_of, is_collection

__all__ = ["register"]


def register() -> None:
    """Make pprint show every collection as it shows a dict or a set, but in the collection's order."""
    dispatch: dict[Any, Any] = PrettyPrinter._dispatch  # type: ignore[attr-defined]
    for name in keyview.__all__:
        if is_collection(public := getattr(keyview, name)):
            dispatch[public.__repr__] = _print


def _print(
    printer: Any, shown: Any, stream: Any, indent: int, allowance: int, context: Any, level: int
) -> None:
    name = type(shown).__name__
    stream.write(f"{name}({{")
    is_map = builtin_of(type(shown)) is dict
    print_all = printer._format_dict_items if is_map else printer._format_items
    elements = list(shown.items() if is_map else shown)
    print_all(elements, stream, indent + len(name) + 1, allowance + 2, context, level)
    factory = getattr(shown, "default_factory", None)
    stream.write("})" if factory is None else f"}}, default_factory={factory!r})")

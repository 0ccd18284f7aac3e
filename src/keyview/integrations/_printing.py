"""How rich, IPython and notebooks show a collection over several lines."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Any

from keyview.integrations._types import builtin_of

__all__ = ["for_ipython", "for_rich", "html"]

#: The most rows that a notebook shows.
ROWS = 60


class _Map(dict[Any, Any]):
    """A dict for printers, with the pairs of a collection, in its order. Nothing is copied or hashed."""

    def __init__(self, shown: Any) -> None:
        self.shown = shown

    def __len__(self) -> int:
        return len(self.shown)

    def items(self) -> Any:
        return self.shown.items()


class _Set(set[Any]):
    """A set for printers, with the elements of a collection, in its order."""

    def __init__(self, shown: Any) -> None:
        self.shown = shown

    def __len__(self) -> int:
        return len(self.shown)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.shown)


def _as_printed(collection: Any) -> Any:
    return (_Map if builtin_of(type(collection)) is dict else _Set)(collection)


def _is_empty_set(collection: Any) -> bool:
    """Whether the repr has nothing between the parentheses, because `{}` is a dict."""
    return not collection and builtin_of(type(collection)) is not dict


def for_rich(collection: Any) -> Iterator[Any]:
    """The arguments of the repr, in the form that rich wants."""
    if not _is_empty_set(collection):
        yield _as_printed(collection)
    yield "default_factory", getattr(collection, "default_factory", None), None


def for_ipython(collection: Any, printer: Any, cycle: bool) -> None:
    """Print the repr with IPython's printer, with at most `max_seq_length` elements."""
    name = type(collection).__name__
    if cycle:
        printer.text(f"{name}({{...}})")
        return
    if _is_empty_set(collection):
        printer.text(f"{name}()")
        return
    is_map = builtin_of(type(collection)) is dict
    factory = getattr(collection, "default_factory", None)
    end = "})" if factory is None else f"}}, default_factory={factory!r})"
    with printer.group(len(name) + 2, f"{name}({{", end):
        for number, element in enumerate(collection.items() if is_map else collection):
            if number:
                printer.text(",")
                printer.breakable()
            if number == printer.max_seq_length:
                printer.text("...")
                break
            if is_map:
                printer.pretty(element[0])
                printer.text(": ")
                element = element[1]  # noqa: PLW2901
            printer.pretty(element)


def html(collection: Any) -> str:
    """A table for a notebook, of keys and values, or of elements."""
    is_map = builtin_of(type(collection)) is dict
    shown = islice(collection.items() if is_map else ((each,) for each in collection), ROWS)
    rows = ["".join(f"<td>{escape(repr(part))}</td>" for part in row) for row in shown]
    if (more := len(collection) - len(rows)) > 0:
        rows.append(f'<td colspan="2">... {more} more</td>')
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    caption = f"{escape(type(collection).__name__)}, {len(collection)}"
    return f"<table><caption>{caption}</caption><tbody>{body}</tbody></table>"

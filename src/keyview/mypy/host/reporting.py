"""Reporting an error exactly once, although mypy checks some expressions several times.

mypy checks some expressions speculatively, and drops the errors that are reported meanwhile: the items
of an overload, and the `__contains__` of `in`. It does so with a stack of error watchers. An error of
the plugin is not speculative. It is therefore reported past the watchers that belong to its own lookup,
and past no others.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mypy.errorcodes import COMPARISON_OVERLAP
from mypy.errors import ErrorWatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mypy.errorcodes import ErrorCode
    from mypy.errors import ErrorInfo
    from mypy.messages import MessageBuilder
    from mypy.nodes import Context
    from mypy.plugin import SemanticAnalyzerPluginInterface, TypeAnalyzerPluginInterface

__all__ = ["OverlapSilencer", "Reporter", "report_in_analysis"]


class Reporter:
    """Reports errors while code is checked, and can take them back."""

    def __init__(self, messages: MessageBuilder) -> None:
        self._messages = messages
        self._errors = messages.errors

    @property
    def file(self) -> str:
        """The file being checked."""
        return self._errors.file

    @property
    def depth(self) -> int:
        """How many watchers there are now. Watchers that are added later are deeper."""
        return len(self._errors._watchers)

    def report(
        self, depth: int, error: str, notes: Iterable[str], context: Context, code: ErrorCode
    ) -> ErrorInfo:
        """Report an error with its notes, past the watchers that are deeper than `depth`."""
        with self._without_watchers(depth):
            info = self._messages.fail(error, context, code=code)
            for text in notes:
                self._messages.note(text, context, code=code, parent_error=info)
        return info

    def is_experiment(self, depth: int) -> bool:
        """Whether mypy drops for good what is reported past the watchers that are deeper than `depth`."""
        return any(
            watcher._filter is True and watcher._filtered is None
            for watcher in self._errors._watchers[:depth]
        )

    def retract(self, errors: list[ErrorInfo]) -> None:
        """Take back errors with their notes, and empty the list."""
        infos = self._errors.error_info_map.get(self.file, [])
        infos[:] = [
            info for info in infos if info not in errors and info.parent_error not in errors
        ]
        errors.clear()

    def drop(self, is_dropped: Callable[[str, ErrorInfo], bool]) -> None:
        """From now on, drop each error for which `is_dropped(file, error)` is true."""
        watchers = self._errors._watchers
        if not any(watcher._filter == is_dropped for watcher in watchers):
            # At the bottom of the stack, which mypy never pops.
            watchers.insert(0, ErrorWatcher(self._errors, filter_errors=is_dropped))

    @contextmanager
    def _without_watchers(self, depth: int) -> Iterator[None]:
        watchers = self._errors._watchers
        hidden = watchers[depth:]
        del watchers[depth:]
        try:
            yield
        finally:
            watchers.extend(hidden)


class OverlapSilencer:
    """Drops mypy's own `comparison-overlap` error for each `in` that the plugin has judged.

    mypy reports that error after it has checked `__contains__`, without regard to views. mypy may report
    it much later, if it keeps the errors of an expression to repeat them.
    """

    def __init__(self) -> None:
        self._places: set[tuple[str, int, int]] = set()

    def forget(self) -> None:
        """Drop no more errors at the places so far."""
        self._places.clear()

    def expect(self, reporter: Reporter, context: Context) -> None:
        """Drop the error of mypy's for the `in` at this place."""
        self._places.add((reporter.file, context.line, context.column))
        reporter.drop(self._is_expected)

    def _is_expected(self, file: str, info: ErrorInfo) -> bool:
        return (
            info.code is COMPARISON_OVERLAP
            # Keep errors of the plugin, which may have the same code, and those of an `==` in the same
            # chain.
            and info.message.startswith("Non-overlapping container check")
            and (file, info.line, info.column) in self._places
        )


def report_in_analysis(
    api: SemanticAnalyzerPluginInterface | TypeAnalyzerPluginInterface,
    error: str,
    notes: Iterable[str],
    context: Context,
    code: ErrorCode,
) -> None:
    """Report an error with its notes during semantic analysis."""
    analyzer: Any = api  # Both implementations have the method `note`, and neither interface.
    analyzer.fail(error, context, code=code)
    for note in notes:
        analyzer.note(note, context, code=code)

"""How an error is reported exactly once, although mypy checks some expressions several times.

mypy checks some expressions in speculation, and drops the errors that are raised meanwhile: the items
of an overload, and `__contains__` behind `in`. It does so with a stack of watchers. A verdict of ours
is not speculative, so it is reported past those watchers that belong to the very lookup it is about,
and past no others.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from mypy.errorcodes import COMPARISON_OVERLAP
from mypy.errors import ErrorWatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mypy.errorcodes import ErrorCode
    from mypy.errors import ErrorInfo
    from mypy.messages import MessageBuilder
    from mypy.nodes import Context
    from mypy.plugin import SemanticAnalyzerPluginInterface, TypeAnalyzerPluginInterface

__all__ = ["REPORTED", "OverlapSilencer", "Reporter", "report_in_analysis"]

#: The file, line and sentence of every error of ours in this process. With a code of mypy's, nothing
#: else tells it from mypy's own.
REPORTED: Final[set[tuple[str, int, str]]] = set()


class Reporter:
    """Reports errors while code is checked, and takes them back."""

    def __init__(self, messages: MessageBuilder) -> None:
        self._messages = messages
        self._errors = messages.errors

    @property
    def file(self) -> str:
        """The file being checked."""
        return self._errors.file

    @property
    def depth(self) -> int:
        """How many watchers there are: what is deeper than this belongs to what happens next."""
        return len(self._errors._watchers)

    def report(
        self, depth: int, error: str, notes: Iterable[str], context: Context, code: ErrorCode
    ) -> ErrorInfo:
        """Report an error with its notes past the watchers that are deeper than `depth`."""
        with self._without_watchers(depth):
            info = self._messages.fail(error, context, code=code)
            REPORTED.add((os.path.abspath(self.file), info.line, error))
            for text in notes:
                self._messages.note(text, context, code=code, parent_error=info)
        return info

    def is_experiment(self, depth: int) -> bool:
        """Whether what is reported past the watchers that are deeper than `depth` is dropped for good."""
        return any(
            watcher._filter is True and watcher._filtered is None
            for watcher in self._errors._watchers[:depth]
        )

    def retract(self, errors: list[ErrorInfo]) -> None:
        """Take errors with their notes back, and empty the list of them."""
        infos = self._errors.error_info_map.get(self.file, [])
        infos[:] = [
            info for info in infos if info not in errors and info.parent_error not in errors
        ]
        errors.clear()

    def drop(self, is_dropped: Callable[[str, ErrorInfo], bool]) -> None:
        """From now on, drop each error that a function of its file and itself says to drop."""
        watchers = self._errors._watchers
        if not any(watcher._filter == is_dropped for watcher in watchers):
            # At the bottom, where nothing that mypy pushes and pops ever meets it.
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
    """Drops mypy's own `comparison-overlap` for each `in` that was judged.

    mypy raises it after its call of `__contains__`, knowing nothing of views or of our verdict; and not
    at once if the `in` is part of an expression whose errors it keeps, to repeat them if need be.
    """

    def __init__(self) -> None:
        self._places: set[tuple[str, int, int]] = set()

    def forget(self) -> None:
        """Whatever is said of places from now on is mypy's business."""
        self._places.clear()

    def expect(self, reporter: Reporter, context: Context) -> None:
        """What mypy says of the `in` at this place is to be dropped."""
        self._places.add((reporter.file, context.line, context.column))
        reporter.drop(self._is_expected)

    def _is_expected(self, file: str, info: ErrorInfo) -> bool:
        return (
            info.code is COMPARISON_OVERLAP
            # Not ours, which may have the same code; not of an `==` in the same chain.
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
    """Report an error with its notes while classes and types are analysed, before they are checked."""
    analyzer: Any = api  # Notes are in the implementations of both, and in neither interface.
    analyzer.fail(error, context, code=code)
    for note in notes:
        analyzer.note(note, context, code=code)

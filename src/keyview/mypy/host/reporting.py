"""Reporting an error exactly once, although mypy checks some expressions several times.

mypy checks some expressions speculatively, and drops the errors that are reported meanwhile: the items
of an overload, and the `__contains__` of `in`. It does so with a stack of error watchers. An error of
the plugin is not speculative. It is therefore reported past the watchers that belong to its own lookup,
and past no others.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from mypy.errorcodes import COMPARISON_OVERLAP, INDEX, ErrorCode
from mypy.errors import ErrorWatcher
from mypy.nodes import ComparisonExpr, IndexExpr

from keyview.mypy.host.ignores import Ignores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mypy.errors import ErrorInfo
    from mypy.messages import MessageBuilder
    from mypy.nodes import Context
    from mypy.plugin import SemanticAnalyzerPluginInterface, TypeAnalyzerPluginInterface

__all__ = ["Reporter", "Silencer", "report_in_analysis"]


#: How mypy's own errors about lookups begin.
SAID_BY_MYPY: Final[dict[ErrorCode, str]] = {
    COMPARISON_OVERLAP: "Non-overlapping container check",
    INDEX: "Invalid index type",
}

#: The watchers of what we ask mypy at the moment, and those that drop what mypy says itself.
_experiments: Final[list[ErrorWatcher]] = []
_droppers: Final[list[ErrorWatcher]] = []


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
        return len(self._watchers)

    @property
    def _watchers(self) -> list[ErrorWatcher]:
        """The watchers of mypy. Ours come and go at the bottom of the stack, and do not count."""
        return [watcher for watcher in self._errors._watchers if watcher not in _droppers]

    def code_for(self, context: Context, codes: Sequence[ErrorCode]) -> ErrorCode | None:
        """The one of several codes to report an error with; None if a comment of ours ignores it."""
        ignores = Ignores(self._errors, context, codes)
        return None if ignores.has_comment else ignores.code

    def use_ignores(self, context: Context, codes: Sequence[ErrorCode]) -> None:
        """Take each of the codes that an ignore names for used."""
        Ignores(self._errors, context, codes).use()

    def report(
        self,
        depth: int,
        error: str,
        notes: Iterable[str],
        context: Context,
        codes: Sequence[ErrorCode],
    ) -> ErrorInfo | None:
        """Report an error with its notes past the watchers that are deeper than `depth`.

        An ignore may name any of the codes. None if a comment of ours ignores it.
        """
        code = self.code_for(context, codes)
        if code is None:
            return None
        if not self.is_experiment(depth):
            self.use_ignores(context, codes)
        with self._without_watchers(depth):
            info = self._messages.fail(error, context, code=code)
            for text in notes:
                self._messages.note(text, context, code=code, parent_error=info)
        return info

    def repeat(self, depth: int, errors: Iterable[ErrorInfo]) -> None:
        """Report errors that mypy raised in an experiment past the watchers deeper than `depth`."""
        with self._without_watchers(depth):
            for error in errors:
                self._errors.add_error_info(error)

    def is_experiment(self, depth: int) -> bool:
        """Whether mypy drops for good what is reported past the watchers that are deeper than `depth`."""
        return any(
            watcher._filter is True and watcher._filtered is None
            for watcher in self._watchers[:depth]
        )

    @property
    def is_own_experiment(self) -> bool:
        """Whether mypy is asked by us, and not by itself."""
        return any(watcher in _experiments for watcher in self._errors._watchers)

    @contextmanager
    def experiment(self) -> Iterator[None]:
        """Ask mypy something: whatever is reported meanwhile is dropped."""
        with self._messages.filter_errors() as watcher:
            _experiments.append(watcher)
            try:
                yield
            finally:
                _experiments.remove(watcher)

    def shows(self, errors: list[ErrorInfo]) -> bool:
        """Whether there are errors, and no watcher has kept them from the reader."""
        infos = self._errors.error_info_map.get(self.file, [])
        return bool(errors) and all(error in infos for error in errors)

    def retract(self, errors: list[ErrorInfo]) -> None:
        """Take back errors with their notes, and empty the list."""
        if not errors:
            return  # As nearly always: the errors of a file may be many.
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
            _droppers[:] = [ErrorWatcher(self._errors, filter_errors=is_dropped)]
            watchers[:0] = _droppers

    @contextmanager
    def _without_watchers(self, depth: int) -> Iterator[None]:
        watchers = self._errors._watchers
        hidden = watchers.copy()
        watchers[:] = self._watchers[:depth]
        try:
            yield
        finally:
            watchers[:] = hidden


class Silencer:
    """Drops what mypy itself says of a lookup that was judged.

    mypy raises `comparison-overlap` after its call of `__contains__`, knowing nothing of views or of our
    verdict; and not at once if the `in` is part of an expression whose errors it keeps, to repeat them if
    need be. In `d[k] += 1` it judges the index a second time, without us.
    """

    def __init__(self) -> None:
        self._places: set[tuple[ErrorCode, str, int, int]] = set()

    def forget(self) -> None:
        """Drop no more errors at the places so far."""
        self._places.clear()

    def expect(self, reporter: Reporter, context: Context) -> None:
        """What mypy says of the lookup at this place is to be dropped."""
        # `d[k]` begins where `d[k] in s` does, and what mypy says of the one is none of the other's.
        if isinstance(context, IndexExpr):
            self._add(INDEX, reporter, context)
            self._add(INDEX, reporter, context.index)  # mypy reports an index where that stands.
        elif isinstance(context, ComparisonExpr):
            self._add(COMPARISON_OVERLAP, reporter, context)

    def _add(self, code: ErrorCode, reporter: Reporter, at: Context) -> None:
        self._places.add((code, reporter.file, at.line, at.column))
        reporter.drop(self._is_expected)

    def _is_expected(self, file: str, info: ErrorInfo) -> bool:
        return (
            info.code is not None
            and (info.code, file, info.line, info.column) in self._places
            # Not of an `==` in the same chain.
            and info.message.startswith(SAID_BY_MYPY[info.code])
        )


def report_in_analysis(
    api: SemanticAnalyzerPluginInterface | TypeAnalyzerPluginInterface,
    error: str,
    notes: Iterable[str],
    context: Context,
    codes: Sequence[ErrorCode],
) -> None:
    """Report an error with its notes during semantic analysis."""
    analyzer: Any = api  # Both implementations have the method `note`, and neither interface.
    errors = analyzer.errors if hasattr(analyzer, "errors") else analyzer.api.errors
    ignores = Ignores(errors, context, codes)
    if ignores.has_comment:
        return
    code = ignores.code
    ignores.use()
    analyzer.fail(error, context, code=code)
    for note in notes:
        analyzer.note(note, context, code=code)

"""The result of a run of `keyview check`."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyview.mypy.host.run import Message, Report

__all__ = ["Result"]


@dataclass(frozen=True)
class Result:
    """The messages of a run, and which of them are shown."""

    report: Report
    #: Whether mypy's other errors are shown, too.
    everything: bool
    shown: tuple[Message, ...]
    #: How many are not shown because they are known, and the baseline or revision that has them.
    known: int = 0
    known_from: str = ""
    #: How many known messages are no longer reported.
    gone: int = 0

    @property
    def ours(self) -> list[Message]:
        """The errors to be shown that are the plugin's."""
        return [message for message in self.shown if message.is_error and message.is_ours]

    @property
    def others(self) -> int:
        """How many other errors mypy reports, shown or not."""
        return sum(message.is_error and not message.is_ours for message in self.report.messages)

    @property
    def files(self) -> list[str]:
        """The files that were checked, with slashes and from the current folder."""
        return [PurePath(os.path.relpath(file)).as_posix() for file in self.report.files]

    @property
    def is_clean(self) -> bool:
        """Whether no error is shown."""
        return not any(message.is_error for message in self.shown)

    def by_code(self) -> list[tuple[str, int]]:
        """The number of wrong lookups by the plugin's codes, the most frequent first."""
        return Counter(message.rule or "" for message in self.ours).most_common()

    def by_folder(self) -> list[tuple[str, int]]:
        """The number of wrong lookups by folder, the largest first."""
        folders = (PurePath(message.file).parent.as_posix() for message in self.ours)
        return Counter(folders).most_common()

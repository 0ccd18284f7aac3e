"""A baseline: the messages of an earlier run, so that only new ones are shown.

Two messages are the same if their file, code and text are the same; their lines may differ. The code is
that of the plugin, if the message has one, even if mypy shows its own.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from keyview.cli.status import StoppedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keyview.mypy.host.run import Message

__all__ = ["Baseline", "Known", "read", "write"]

VERSION: Final = 1


class Known(NamedTuple):
    """What is the same in two messages that are the same."""

    file: str
    code: str
    text: str


@dataclass(frozen=True)
class Baseline:
    """How often each message was in the earlier run."""

    #: The folder to which the names of files are relative.
    folder: Path
    counts: Counter[Known] = field(default_factory=Counter)

    def new(self, messages: Iterable[Message]) -> list[Message]:
        """The messages that were not in the earlier run."""
        left = self.counts.copy()
        new = []
        for message in messages:
            known = self._known(message)
            if left[known]:
                left[known] -= 1
            else:
                new.append(message)
        return new

    def gone(self, messages: Iterable[Message], files: Iterable[str]) -> int:
        """How many messages of the earlier run are no longer reported, in these files and in removed ones."""
        checked = {self._named(file) for file in files}
        left = self.counts - Counter(map(self._known, messages))
        return sum(
            number
            for known, number in left.items()
            if known.file in checked or not (self.folder / known.file).exists()
        )

    def updated(self, messages: Iterable[Message], files: Iterable[str]) -> Baseline:
        """The baseline with the messages of this run, and its own for files that were not checked."""
        checked = {self._named(file) for file in files}
        kept = {
            known: number
            for known, number in self.counts.items()
            if known.file not in checked and (self.folder / known.file).exists()
        }
        return Baseline(self.folder, Counter(map(self._known, messages)) + Counter(kept))

    def _known(self, message: Message) -> Known:
        code = message.rule or message.code or ""
        return Known(self._named(message.file), code, message.text)

    def _named(self, file: str) -> str:
        return PurePath(os.path.relpath(file, self.folder)).as_posix()


def read(path: Path) -> Baseline:
    """The baseline in a file. Raises `StoppedError`."""
    try:
        return Baseline(path.absolute().parent, _counts(json.loads(path.read_text("utf-8"))))
    except FileNotFoundError:
        raise StoppedError(
            f"there is no baseline {str(path)!r}; write it with --update-baseline"
        ) from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoppedError(
            f"{str(path)!r} is no baseline that this keyview can read ({error!r}); remove it, and write it "
            "again with --update-baseline"
        ) from error


def _counts(data: dict[str, Any]) -> Counter[Known]:
    """The messages in a file. Raises an error of any kind if it is not a baseline."""
    if data["version"] != VERSION:
        raise ValueError(f"version {data['version']}, not {VERSION}")
    counts: Counter[Known] = Counter()
    for file, entries in data["files"].items():
        for entry in entries:
            counts[Known(file, entry["code"], entry["text"])] += entry.get("count", 1)
    return counts


def write(path: Path, baseline: Baseline) -> None:
    """Write a baseline, sorted, so that two versions of the file differ little."""
    files: dict[str, list[dict[str, object]]] = {}
    for known, number in sorted(baseline.counts.items()):
        entry: dict[str, object] = {"code": known.code, "text": known.text}
        if number > 1:
            entry["count"] = number
        files.setdefault(known.file, []).append(entry)
    text = json.dumps({"version": VERSION, "files": files}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")

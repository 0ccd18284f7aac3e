"""Functions of a message that several formats share."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keyview.mypy.host.run import Message

__all__ = ["code_of", "fingerprinted", "path_of", "text_of"]


def path_of(message: Message) -> str:
    """The path of the file with slashes, which every service requires."""
    return PurePath(message.file).as_posix()


def code_of(message: Message) -> str:
    """The code of the message: the plugin's, if it has one, else mypy's."""
    return message.rule or message.code or "mypy"


def text_of(message: Message) -> str:
    """The message and its notes."""
    return "\n".join([message.text, *message.notes])


def fingerprinted(messages: Iterable[Message]) -> Iterator[tuple[Message, str]]:
    """Each message with a fingerprint that is the same in each run, even if lines are inserted above it."""
    seen: dict[tuple[str, str, str], int] = {}
    for message in messages:
        what = (path_of(message), code_of(message), message.text)
        seen[what] = seen.get(what, 0) + 1
        yield message, sha256("\0".join([*what, str(seen[what])]).encode()).hexdigest()

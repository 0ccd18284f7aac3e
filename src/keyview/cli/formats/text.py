"""`--format text`: for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keyview.cli.result import Result
    from keyview.cli.terminal import Style
    from keyview.mypy.host.run import Message

__all__ = ["text"]


def text(result: Result, style: Style) -> str:
    """The messages as mypy writes them, coloured on a terminal."""
    return "".join(f"{line}\n" for message in result.shown for line in _lines(message, style))


def _lines(message: Message, style: Style) -> Iterator[str]:
    place = style.mark("file", f"{message.file}:{message.line}:")
    note = style.mark("note", "note:")
    severity = style.mark("error", "error:") if message.is_error else note
    code = style.mark("code", f"[{message.code}]") if message.is_error and message.code else ""
    yield f"{place} {severity} {message.text}" + (f"  {code}" if code else "")
    for text in message.notes:
        yield f"{place} {note} {style.mark('faint', text)}"

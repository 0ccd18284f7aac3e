"""`--format github`: workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keyview.cli.formats.common import code_of, path_of, text_of

if TYPE_CHECKING:
    from keyview.cli.result import Result
    from keyview.cli.terminal import Style
    from keyview.mypy.host.run import Message

__all__ = ["github"]


def github(result: Result, _style: Style) -> str:
    """A workflow command for each message."""
    return "".join(f"{_command(message)}\n" for message in result.shown)


def _command(message: Message) -> str:
    places = {
        "file": path_of(message),
        "line": message.line,
        "col": message.column,
        "endLine": message.end_line,
        "title": f"keyview: {code_of(message)}",
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    command = "error" if message.is_error else "notice"
    return f"::{command} {properties}::{_data(text_of(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

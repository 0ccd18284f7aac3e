"""`--format json`: one object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from keyview.cli.formats.common import path_of

if TYPE_CHECKING:
    from keyview.cli.result import Result
    from keyview.cli.terminal import Style

__all__ = ["json_lines"]


def json_lines(result: Result, _style: Style) -> str:
    """An object for each message, with all its fields."""
    return "".join(
        json.dumps(
            {
                "file": path_of(message),
                "line": message.line,
                "column": message.column,
                "end_line": message.end_line,
                "end_column": message.end_column,
                "severity": message.severity,
                "rule": message.rule,
                "code": message.code,
                "message": message.text,
                "notes": message.notes,
            }
        )
        + "\n"
        for message in result.shown
    )

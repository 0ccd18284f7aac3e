"""`--format gitlab`: GitLab's report of code quality, which GitLab compares between branches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from keyview.cli.formats.common import code_of, fingerprinted, path_of, text_of

if TYPE_CHECKING:
    from keyview.cli.result import Result
    from keyview.cli.terminal import Style

__all__ = ["gitlab"]


def gitlab(result: Result, _style: Style) -> str:
    """A list of all messages."""
    issues = [
        {
            "description": text_of(message),
            "check_name": code_of(message),
            "fingerprint": fingerprint,
            "severity": "major" if message.is_error else "info",
            "location": {"path": path_of(message), "lines": {"begin": message.line}},
        }
        for message, fingerprint in fingerprinted(result.shown)
    ]
    return json.dumps(issues, indent=2) + "\n"

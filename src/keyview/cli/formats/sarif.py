"""`--format sarif`: SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from keyview import __version__, _about
from keyview.cli.formats.common import code_of, fingerprinted, path_of, text_of
from keyview.cli.pages import explained, summaries

if TYPE_CHECKING:
    from keyview.cli.result import Result
    from keyview.cli.terminal import Style
    from keyview.mypy.host.run import Message

__all__ = ["sarif"]

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(result: Result, _style: Style) -> str:
    """A log of one run."""
    rules = sorted({*summaries(), *map(code_of, result.shown)})
    driver = {
        "name": "keyview",
        "version": __version__,
        **({"informationUri": _about.REPOSITORY} if _about.REPOSITORY else {}),
        "rules": [_rule(code) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": code_of(message),
                "ruleIndex": rules.index(code_of(message)),
                "level": "error" if message.is_error else "note",
                "message": {"text": text_of(message)},
                "locations": [_location(message)],
                "partialFingerprints": {"keyview/v1": fingerprint},
            }
            for message, fingerprint in fingerprinted(result.shown)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    summary = summaries().get(code)
    if summary is None:
        return {"id": code, "shortDescription": {"text": f"mypy's error {code}"}}
    return {
        "id": code,
        "shortDescription": {"text": summary},
        "help": {"text": explained(code)},
    }


def _location(message: Message) -> dict[str, Any]:
    region = {
        "startLine": max(message.line, 1),
        "startColumn": max(message.column, 1),
        "endLine": max(message.end_line, message.line, 1),
        "endColumn": max(message.end_column, 1),
    }
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path_of(message), safe="/,")},
            "region": region,
        }
    }

"""The plugin, extended: it also writes why it does not report a lookup that it doubts, for `wrong_edits`.

`KEYVIEW_REASONS` names the file; each line is a file, a line, and a reason, in JSON.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from keyview.mypy.facts.inference import is_asserted_absent
from keyview.mypy.rules.lookups import DOUBTFUL, Lookups
from tools.record_lookups import plugin_with

if TYPE_CHECKING:
    from mypy.nodes import Expression

    from keyview.mypy import KeyViewPlugin
    from keyview.mypy.host.checker import Checker
    from keyview.mypy.rules.lookups import Finding
    from keyview.mypy.rules.query import Query

__all__ = ["plugin"]

ASSERTED: Final = "it is asserted that nothing is found"
GUESSED: Final = "only a type that nobody wrote speaks against the lookup"


class Recorder(Lookups):
    """Judges lookups, and writes of which it says nothing though it doubts them."""

    def _finding(self, query: Query, checker: Checker, receiver: Expression | None) -> Finding:
        finding = super()._finding(query, checker, receiver)
        if finding is DOUBTFUL:
            context = query.context
            reason = ASSERTED if is_asserted_absent(context, checker) else GUESSED
            with open(os.environ["KEYVIEW_REASONS"], "a", encoding="utf-8") as file:
                file.write(json.dumps([checker.reporter.file, context.line, reason]) + "\n")
        return finding


def plugin(version: str) -> type[KeyViewPlugin]:
    """Return the class of the plugin. mypy calls this function, with its version."""
    return plugin_with(Recorder)

"""The last note of each error of the plugin. It names the error's code, and marks the error as the plugin's.

An error may have one of mypy's codes, and may come from mypy's cache or from one of its workers. Its
notes are the only mark of the plugin that it always keeps.

Each error has the note, also where the same note stands above it. mypy's own way to say a thing once
(`only_once`) says it once a run, not once a file. Which error has it then depends on which files come
from the cache, and when the daemon checks a function again, the note is lost with the error of that
function.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["code_named", "more_about"]

MORE: Final = "For more, run `keyview explain {}`"
NAMED: Final = re.compile(re.escape(MORE).replace(r"\{\}", r"([\w-]+)"))


def more_about(code: str, address: str) -> str:
    """The note that names a code, and the address of its page if there is one."""
    more = MORE.format(code)
    return f"{more} or see {address}" if address else more


def code_named(notes: Iterable[str]) -> str | None:
    """The plugin's code that the notes of an error name; None if the error is not the plugin's."""
    named = (NAMED.match(note) for note in notes)
    return next((match[1] for match in named if match), None)

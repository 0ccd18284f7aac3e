"""The last note of each error of ours: it names the error's code, and tells the error from mypy's own.

An error may have a code of mypy's, and may come from mypy's cache or from one of its workers. Its notes come
with it everywhere, and nothing else does.
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
    """The code of ours that the notes of an error name; None if the error is not ours."""
    named = (NAMED.match(note) for note in notes)
    return next((match[1] for match in named if match), None)

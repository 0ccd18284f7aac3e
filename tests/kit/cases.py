"""Tables of cases inside of one test: a test is collected and set up once, and its cases are cheap."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["case"]


@contextmanager
def case(*names: object) -> Iterator[None]:
    """The body is one case of a table; if it fails, pytest's report ends with its name."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"The case is: {', '.join(map(str, names))}")
        raise

"""entry(mapping, q): entries over somebody's own dict, on top of the backend's."""

from __future__ import annotations

from keyview._backend import entry

__all__ = ["entry"]

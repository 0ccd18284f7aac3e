"""entry(mapping, query): an entry of any mutable mapping. The backend has the function."""

from __future__ import annotations

from keyview._backend import entry

__all__ = ["entry"]

"""The plugin, extended: it also counts the lookups of installed packages, for `compare_packages`.

`keyview check` counts those of the user's own code only.
"""

from __future__ import annotations

import keyview.mypy
from keyview.mypy import plugin

__all__ = ["plugin"]


def _is_installed(path: str) -> bool:
    """Nothing is: the plugin asks only in order to leave a module out of the numbers."""
    return not path


keyview.mypy.is_installed = _is_installed  # type: ignore[attr-defined]

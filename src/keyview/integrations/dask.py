"""dask: how much memory a collection takes. dask finds `register` by an entry point."""

from __future__ import annotations

import sys
from typing import Any

from keyview._hooks import Hooks
from keyview.integrations._types import builtin_of

__all__ = ["register"]


def register(sizeof: Any) -> None:
    """Tell dask's `sizeof`, which would else count the table and not what is in it."""

    def size(collection: Any) -> int:
        inside = [list(collection)]
        if builtin_of(type(collection)) is dict:
            inside.append(list(collection.values()))
        # As of a dict: dask looks at some of a long list, and the lists themselves are not there.
        held: int = sum(sizeof(each) - sys.getsizeof(each) for each in inside)
        return sys.getsizeof(collection) + held

    sizeof.register(Hooks, size)

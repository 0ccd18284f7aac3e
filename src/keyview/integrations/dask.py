"""dask: how much memory a collection uses. dask finds `register` by an entry point."""

from __future__ import annotations

import sys
from typing import Any

from keyview._hooks import Hooks
from keyview.integrations._types import builtin_of

__all__ = ["register"]


def register(sizeof: Any) -> None:
    """Register with dask's `sizeof`, which would otherwise count the table without its contents."""

    def size(collection: Any) -> int:
        inside = [list(collection)]
        if builtin_of(type(collection)) is dict:
            inside.append(list(collection.values()))
        # As for a dict, dask measures a sample of a long list. The lists themselves are not counted.
        held: int = sum(sizeof(each) - sys.getsizeof(each) for each in inside)
        return sys.getsizeof(collection) + held

    sizeof.register(Hooks, size)

"""Lookups of real packages that an earlier plugin judged wrongly, each reduced to what mattered."""

from __future__ import annotations

import collections.abc
import contextvars
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from typing_extensions import assert_type


def structlog(context: contextvars.Context) -> dict[str, Any]:
    """The type of the value is found from the key: `context[k]` has no type if the key has none."""
    rv = {}
    for k in context:
        if k.name.startswith("structlog_") and context[k] is not Ellipsis:
            rv[k.name[10:]] = context[k]
    return rv


def structlog_typed(context: contextvars.Context, var: contextvars.ContextVar[int]) -> None:
    assert_type(context[var], int)
    assert_type(context.get(var), int | None)
    context.get("var")  # E: plugin[call-overload]
    "var" in context  # E: plugin[key-view]


class PoolKey(NamedTuple):
    host: str
    socket_options: Sequence[tuple[int, int]] | list[tuple[int, bytes]] | None
    headers: list[str] | None


def urllib3(pools: dict[PoolKey, int], options: dict[list[str] | None, int], key: PoolKey) -> None:
    """A type of keys that may hold what does not hash is its author's; no key of it does."""
    pools[key]
    pools.get(key)
    key in pools
    options.get(key.headers)


def hypothesis(by_class: dict[type[Any], int], by_type: dict[type, int]) -> None:
    """To its stub, ByteString is a union; it is a class."""
    if sys.version_info < (3, 15):  # Where it is no longer.
        by_class.pop(collections.abc.ByteString, None)
        collections.abc.ByteString in by_type
    "bytes" in by_class  # E: plugin[refused]


class Sphinx:
    """What is written at an attribute is what its author means, wherever it is assigned first."""

    def __init__(self) -> None:
        self.existing: set[str] = set()
        self.seen = set()
        self.seen.add("a")

    def discard(self, path: tuple[str, int]) -> None:
        self.existing.discard(path)  # E: plugin[refused]
        None in self.existing  # E: plugin[refused]
        None in self.seen


class Pytest:
    """What a method returns is what its author means; a copy is as sure as what it is a copy of."""

    params: dict[str, object]

    def names(self) -> set[str]:
        return {"a"}

    def call(self) -> None:
        names = self.names()
        None in names  # E: plugin[key-view]
        others = Pytest().names()
        None in others  # E: plugin[key-view]
        alias = others
        None in alias  # E: plugin[key-view]
        found = set()
        found.add(1)
        same = also = found
        None in same
        None in also

    def multiply(self) -> None:
        params = self.params.copy()
        None in params  # E: plugin[key-view]
        again = params.copy()
        again = again.copy()
        None in again  # E: plugin[key-view]
        found = set()
        found.add(1)
        some = found.copy()
        None in some
        more = some.copy()
        some = more.copy()
        None in more
        few = set().copy()
        few.add(1)
        None in few

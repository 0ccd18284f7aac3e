"""The two backends read each other's pickles, of everything that can be pickled."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import fresh_keyview
from tests.native.conftest import BACKENDS

if TYPE_CHECKING:
    from collections.abc import Callable

THINGS: dict[str, Callable[[Any], Any]] = {
    "empty": lambda kv: kv.HashMap(),
    "pairs": lambda kv: kv.HashMap({"b": 2, ("a", 1): [1], None: b"x"}, default_factory=list),
    "nested": lambda kv: kv.HashMap(m=kv.HashMap(m=kv.HashMap())),
    "many": lambda kv: kv.HashMap.fromkeys(range(3000)),
    "Concat": lambda kv: kv.Concat("a", "é"),
    "Concat of bytes": lambda kv: kv.Concat(b"a", bytearray(b"b")),
    "Slice": lambda kv: kv.Slice("abc", 1, -1),
    "iterator": lambda kv: iter(kv.HashMap(a=1, b=2).items()),
}


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(("writer", "reader"), [BACKENDS, BACKENDS[::-1]])
def test_one_reads_what_the_other_writes(protocol: int, writer: str, reader: str) -> None:
    with fresh_keyview(writer) as kv:
        written = {name: pickle.dumps(make(kv), protocol) for name, make in THINGS.items()}
    with fresh_keyview(reader) as kv:
        for name, make in THINGS.items():
            assert shown(pickle.loads(written[name])) == shown(make(kv)), name
            assert pickle.dumps(make(kv), protocol) == written[name], name


def shown(thing: Any) -> tuple[str, str]:
    """The class of an object, and its contents; the class of an iterator is that over a list."""
    if hasattr(thing, "__next__"):
        return "iterator", repr(list(thing))
    return type(thing).__module__, repr(thing)

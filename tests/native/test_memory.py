"""No operation leaks, also if it raises; nothing is lost if memory runs out."""

from __future__ import annotations

import gc
import json
import operator
import os
import sys
import weakref
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.soundness import derived
from tests.native.conftest import run_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Count = Callable[[str, Any, Any], int]

SANITIZED = "KEYVIEW_SANITIZED" in os.environ


OPERATIONS = ("operations", "set_operations", "sorted_operations", "sorted_set_operations")


@pytest.mark.parametrize("operations", OPERATIONS)
@pytest.mark.skipif(SANITIZED, reason="PYTHONMALLOC=malloc counts no blocks")
def test_every_operation_lets_go_of_what_it_took(operations: str) -> None:
    report = json.loads(run_script("leaks", operations))
    assert report["missing"] == [], "methods that no operation calls"
    assert report["leaked"] == {}


@pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux where the core's code is")
@pytest.mark.parametrize("operations", OPERATIONS)
def test_a_failing_allocation_leaves_the_map_as_it_was(
    operations: str, allocations_path: Path
) -> None:
    report = json.loads(run_script("no_memory", operations, path=allocations_path))
    assert report["failures"] > 300
    assert report["changed"] == []
    # Before 3.12, the failing allocations include those of tracebacks. From 3.15 on, the interpreter may be
    # many functions with tail calls: then the allocations of Python code cannot be distinguished.
    if (3, 12) <= sys.version_info < (3, 15):
        assert report["silent"] == [], "an allocation failed, and no MemoryError told"


CYCLES: dict[str, Callable[[Any, Any], object]] = {
    "itself": lambda kv, m: m,
    "an Occupied": lambda kv, m: m.entry("a"),
    "a Vacant": lambda kv, m: m.entry("b"),
    "a Vacant of a view that holds it": lambda kv, m: m.entry((1, kv.Concat("a"), _holder(m))),
    "a Lookup": lambda kv, m: m.by(str.upper),
    "an adapter that holds it": lambda kv, m: kv.HashMap().by(_holder(m)),
    "an iterator": lambda kv, m: iter(m),
    "an iterator that has given a pair": lambda kv, m: _started(iter(m.items())),
    "an iterator in reverse": lambda kv, m: reversed(m.values()),
    "a key that holds it": lambda kv, m: m.insert(_holder(m), 1),
    "an Occupied whose key holds it": lambda kv, m: _entry_of(kv, _holder(m)),
    "an extraction of another map": lambda kv, m: kv.HashMap(m=m).extract_if(max),
    "a Lookup of another map": lambda kv, m: kv.HashMap(m=m).by(str),
    "live views of another map": lambda kv, m: kv.HashMap(m=m).values(),
    "a prefix that holds it": lambda kv, m: kv.prefixed(_text(m)),
    "a buffer that holds it": lambda kv, m: kv.slices_of(_text(m)),
    "a Concat that holds it": lambda kv, m: kv.Concat(_text(m)),
    "a Slice that holds it": lambda kv, m: kv.Slice(_text(m), 0, 1),
    "a Slice whose bound holds it": lambda kv, m: kv.Slice("a", _bound(m), 1),
    "keys": lambda kv, m: m.keys(),
    "values": lambda kv, m: m.values(),
    "items": lambda kv, m: m.items(),
    "an extraction": lambda kv, m: m.extract_if(_holder(m)),
    "what was drained": lambda kv, m: kv.HashMap(m=m).drain(),
    "a default_factory": lambda kv, m: setattr(m, "default_factory", _holder(m)),
}


def _holder(m: Any) -> Any:
    return derived(object, held=m, __hash__=lambda self: 1, __call__=lambda self, *args: args[0])()


def _entry_of(kv: Any, key: object) -> Any:
    other = kv.HashMap({key: 1})
    entry = other.entry(key)
    other.clear()  # It still holds its key.
    return entry


def _text(m: Any) -> Any:
    text = derived(str)("a")
    text.held = m
    return text


def _bound(m: Any) -> Any:
    return derived(object, held=m, __index__=lambda self: 0)()


def _started(iterator: Any) -> Any:
    next(iterator)
    return iterator


@cases(store=CYCLES)
def test_a_cycle_is_collected(native: Any, store: Callable[[Any, Any], object]) -> None:
    m = derived(native.HashMap)(a=[])
    m["cycle"] = store(native, m)
    m["a"].append(m)
    reference = weakref.ref(m)
    del m
    gc.collect()
    assert reference() is None


@pytest.fixture
def count(native: Any, allocations: Any) -> Iterator[Count]:
    """How many allocations a lookup makes, the second time and with empty free lists."""

    def count(how: str, lookup: Any, asked: Any) -> int:
        allocations.count(how, lookup, asked)  # The native backend keeps a block for long text.
        m = native.HashMap({1: 1})  # It has free lists of entries, too.
        spare = [entry for _ in range(20) for entry in (m.entry(1), m.entry(2))]
        counted: int = allocations.count(how, lookup, asked)
        assert spare
        return counted

    # Hypothesis' callback at the end of a collection would put floats on a free list.
    callbacks, gc.callbacks[:] = gc.callbacks[:], []
    yield count
    gc.callbacks[:] = callbacks


TEXTS = {"ascii": "k", "latin-1": "é", "ucs-2": "語", "ucs-4": "\N{PILE OF POO}"}
TRICKY = "\N{PILE OF POO} 語 é"  # Has characters of three widths, so a part of it may be narrower.


@pytest.mark.parametrize("length", [1, 20, 300, 4096])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
class TestABorrowedLookupMakesNoObject:
    """Hits and misses; misses are those of `get` and `in`, because a KeyError is an object.

    The slice that the interpreter makes of `[a:b]`, with its bounds, is not counted.
    """

    def assert_nothing_is_made(
        self, count: Count, lookup: Any, found: Any, absent: list[Any]
    ) -> None:
        assert count("[]", lookup, found) == 0
        for asked in (found, *absent):
            assert (lookup.get(asked) == 1) == (asked is found)
            assert count("get", lookup, asked) == 0
            assert count("in", lookup, asked) == 0

    @cases(prefix=["_", "é_", "語_", TRICKY])
    def test_prefixed(self, native: Any, count: Count, text: str, length: int, prefix: str) -> None:
        rest = text * length
        lookup = native.HashMap({prefix + rest: 1, rest: 2}).by(native.prefixed(prefix))
        self.assert_nothing_is_made(count, lookup, rest, [rest + "!", rest[1:], TRICKY])

    @cases(of=[bytes, bytearray])
    @cases(prefix=[b"_", bytearray(b"_" * 600)])
    def test_prefixed_bytes(
        self, native: Any, count: Count, text: str, length: int, of: Any, prefix: bytes
    ) -> None:
        rest = (text * length).encode()
        lookup = native.HashMap({bytes(prefix) + rest: 1, rest: 2}).by(native.prefixed(prefix))
        self.assert_nothing_is_made(count, lookup, of(rest), [of(rest + b"!"), of(b"")])

    @cases(before=["", TRICKY])
    @cases(after=["", TRICKY])
    def test_slices_of(
        self, native: Any, count: Count, text: str, length: int, before: str, after: str
    ) -> None:
        key = text * length
        lookup = native.HashMap({key: 1}).by(native.slices_of(before + key + "!" + after))
        start = len(before)
        absent = [slice(start, start + length + 1), slice(start, start), slice(start + 1, None)]
        self.assert_nothing_is_made(count, lookup, slice(start, start + length), absent)

    @cases(of=[bytes, bytearray, memoryview])
    def test_slices_of_bytes(
        self, native: Any, count: Count, text: str, length: int, of: Any
    ) -> None:
        key = (text * length).encode()
        lookup = native.HashMap({key: 1}).by(native.slices_of(of(b"ab" + key + b"cd")))
        absent = [slice(1, 2 + len(key)), slice(2, -1), slice(0, 0), slice(None)]
        self.assert_nothing_is_made(count, lookup, slice(2, -2), absent)


@pytest.mark.parametrize(
    ("adapter", "asked"),
    [
        (str.upper, "a text"),
        (bytes, bytearray(b"some")),
        (len, range(100_000)),
        (float, 5),
        (tuple, [1]),
        (tuple, range(25)),
        (slice, 5),
        (operator.methodcaller("upper"), "a text"),
    ],
    ids=str,
)
@cases(how=["[]", "get", "in"])
def test_an_object_that_is_made_is_counted(
    native: Any, count: Count, adapter: Callable[[Any], Any], asked: Any, how: str
) -> None:
    """Even one that is released at once, or of a class that has a free list."""
    if adapter is slice and sys.version_info < (3, 12):
        pytest.skip("a slice has a hash from 3.12 on")
    lookup = native.HashMap({adapter(asked): 1}).by(adapter)
    assert count(how, lookup, asked) > 0


def test_an_entry_that_is_made_is_counted(native: Any, count: Count) -> None:
    lookup = native.HashMap().by(native.HashMap({1: 1}).get_entry)
    assert count("get", lookup, 1) > 0

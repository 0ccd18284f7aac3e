"""Nothing is leaked, by any operation or any of its errors; nothing is lost when memory is."""

from __future__ import annotations

import gc
import json
import os
import tracemalloc
import weakref
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from tests.native.conftest import run_script
from tests.unit.tools import derived

if TYPE_CHECKING:
    from collections.abc import Callable

SANITIZED = "KEYVIEW_SANITIZED" in os.environ


@pytest.mark.skipif(SANITIZED, reason="PYTHONMALLOC=malloc counts no blocks")
def test_every_operation_lets_go_of_what_it_took() -> None:
    report = json.loads(run_script("leaks"))
    assert report["operations"] > 500
    assert report["leaked"] == {}


@pytest.mark.skipif(find_spec("_testcapi") is None, reason="this Python has no _testcapi")
@pytest.mark.skipif(
    SANITIZED, reason="the sanitizer's Python may have failed allocations of its own"
)
def test_a_failing_allocation_leaves_the_map_as_it_was() -> None:
    report = json.loads(run_script("no_memory"))
    assert report["failures"] > 500
    assert report["changed"] == []


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
    "keys": lambda kv, m: m.keys(),
    "values": lambda kv, m: m.values(),
    "items": lambda kv, m: m.items(),
    "an extraction": lambda kv, m: m.extract_if(_holder(m)),
    "what was drained": lambda kv, m: kv.HashMap(m=m).drain(),
    "a default_factory": lambda kv, m: setattr(m, "default_factory", _holder(m)),
}


def _holder(m: Any) -> Any:
    return derived(object, held=m, __hash__=lambda self: 1, __call__=lambda self, *args: args[0])()


def _started(iterator: Any) -> Any:
    next(iterator)
    return iterator


@pytest.mark.parametrize("store", CYCLES.values(), ids=CYCLES)
def test_a_cycle_is_collected(native: Any, store: Callable[[Any, Any], object]) -> None:
    m = derived(native.HashMap)(a=[])
    m["cycle"] = store(native, m)
    m["a"].append(m)
    reference = weakref.ref(m)
    del m
    gc.collect()
    assert reference() is None


def peak_of(use: Callable[[], object]) -> int:
    """How many bytes were in use at once, beyond those in use before."""
    tracemalloc.start()
    try:
        return _peak(use) - _peak(lambda: None)
    finally:
        tracemalloc.stop()


def _peak(use: Callable[[], object]) -> int:
    peaks = []
    for _ in range(20):  # CPython itself needs memory until it has specialised the code.
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        use()
        peaks.append(tracemalloc.get_traced_memory()[1] - before)
    return min(peaks)


TEXTS = {"ascii": "k", "latin-1": "é", "ucs-2": "語", "ucs-4": "\N{PILE OF POO}"}


@pytest.mark.parametrize("length", [1, 20, 300, 4096])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
class TestABorrowedLookupMakesNoObject:
    def test_prefixed(self, native: Any, text: str, length: int) -> None:
        rest = text * length
        for prefix in ("_", "é_", "語_"):
            m = native.HashMap({prefix + rest: 1})
            lookup, absent = m.by(native.prefixed(prefix)), rest + "!"

            def use(lookup: Any = lookup, absent: str = absent) -> None:
                lookup[rest]
                lookup.get(rest)
                lookup.get(absent)
                rest in lookup  # noqa: B015
                absent in lookup  # noqa: B015

            assert peak_of(use) == 0

    def test_slices_of(self, native: Any, text: str, length: int) -> None:
        key = text * length
        whole = f"ab {key} cd 語 \N{PILE OF POO}"
        there, absent = slice(3, 3 + length), slice(2, 3 + length)
        for buffer, stored in (
            (whole, key),
            (whole.encode("utf-32-le"), key.encode("utf-32-le")),
            (bytearray(whole.encode("utf-32-le")), key.encode("utf-32-le")),
        ):
            width = 1 if isinstance(buffer, str) else 4
            hit = slice(there.start * width, there.stop * width)
            miss = slice(absent.start * width, absent.stop * width)
            lookup = native.HashMap({stored: 1}).by(native.slices_of(buffer))

            def use(lookup: Any = lookup, hit: slice = hit, miss: slice = miss) -> None:
                lookup[hit]
                lookup.get(hit)
                lookup.get(miss)
                hit in lookup  # noqa: B015
                miss in lookup  # noqa: B015

            assert peak_of(use) == 0

    def test_and_this_would_see_one(self, native: Any, text: str, length: int) -> None:
        rest = text * length
        m = native.HashMap({"_" + rest: 1})
        assert peak_of(lambda: m["_" + rest]) > 0
        assert peak_of(lambda: m.get(native.Concat("_", rest))) > 0

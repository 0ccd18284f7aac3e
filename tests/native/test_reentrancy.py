"""Code that runs in the middle of an operation in C only: the garbage collector, buffers, destructors."""

from __future__ import annotations

import gc
import os
import sys
import tracemalloc
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import Key
from tests.kit.operations import keyed, whole
from tests.kit.soundness import assert_sound, derived
from tests.native.conftest import run_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def test_a_random_driver_finds_no_difference_from_the_pure_backend() -> None:
    """Six rounds, or more for `KEYVIEW_DRIVER_SECONDS`; the seed of a round that fails is named."""
    seconds = os.environ.get("KEYVIEW_DRIVER_SECONDS", "0")
    said = run_script("driver", "--seconds", seconds, seconds=float(seconds) + 300)
    assert int(said.split()[0]) >= 6
    assert said.endswith("rounds agree\n")


def test_whatever_runs_inside_of_what_nothing_breaks() -> None:
    """2,000 operations, or more for `KEYVIEW_MEDDLING_SECONDS`."""
    seconds = os.environ.get("KEYVIEW_MEDDLING_SECONDS", "0")
    said = run_script("meddling", "--seconds", seconds, seconds=float(seconds) + 300)
    assert int(said) >= 2000


@pytest.fixture
def collect_always() -> Iterator[None]:
    """The collector runs as often as it can."""
    before = gc.get_threshold()
    gc.set_threshold(1, 1, 1)
    yield
    gc.set_threshold(*before)


ALLOCATING: dict[str, Callable[[Any, Any], object]] = {
    **{
        name: (lambda m, key, row=row: row.call(m, key, 1))  # type: ignore[misc]
        for name, row in keyed(direct=True).items()
    },
    **{
        name: (lambda m, key, row=row: row.call(m, 1))  # type: ignore[misc]
        for name, row in whole().items()
    },
    "vacant": lambda m, key: m.entry("new").or_insert_entry([]),
    "grouped": lambda m, key: type(m).grouped([(key, 1), (key, 2), ("new", 3)]),
    "iterator": lambda m, key: iter(m).__reduce__(),
}


@pytest.mark.usefixtures("collect_always")
@cases(use=ALLOCATING)
def test_a_destructor_that_the_collector_runs_while_an_object_is_made(
    native: Any, use: Callable[[Any, Any], object]
) -> None:
    """Up to 3.11, the collector runs in the middle of any allocation."""
    for change in ("clear", "popitem", "shrink_to_fit"):
        m = native.HashMap((n, [n]) for n in range(8))
        ran: list[str] = []

        def meddle(self: object, m: Any = m, change: str = change, ran: list[str] = ran) -> None:
            ran.append(change)
            if len(m):
                getattr(m, change)()

        garbage = derived(object, __del__=meddle)
        for key in list(m):
            doomed = garbage()
            doomed.itself = doomed
            del doomed
            try:
                use(m, key)
            except (LookupError, AttributeError, RuntimeError, TypeError):
                continue  # The key was removed, or its value is not a list.
        gc.collect()
        assert ran
        assert_sound(m)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="__buffer__ is of 3.12")
@cases(hook=["__buffer__", "__release_buffer__"])
def test_a_buffer_that_meddles(native: Any, hook: str) -> None:
    m = native.HashMap({b"key": 1, b"other": 2})

    class Meddling:
        def __buffer__(self, flags: int) -> memoryview:
            if hook == "__buffer__":
                m.popitem()
            return memoryview(b"key")

        def __release_buffer__(self, view: memoryview) -> None:
            if hook == "__release_buffer__" and len(m) > 1:
                m.popitem()

    uses: list[Callable[[], object]] = [
        lambda: m.get(native.Concat(Meddling())),
        lambda: m.by(native.slices_of(Meddling())).get(slice(0, 3)),
        lambda: m.by(native.prefixed(b""))[Meddling()],
        lambda: m.by(native.prefixed(Meddling())).get(b""),
    ]
    for use in uses:
        m.update((n, n) for n in range(20))
        with suppress(KeyError):
            use()
        assert_sound(m)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="__buffer__ is of 3.12")
def test_a_buffer_that_looks_up_a_long_text_while_another_is_joined(native: Any) -> None:
    m = native.HashMap({b"a" * 600 + b"key": "found", "z" * 700: "other"})
    other = m.by(native.prefixed("z"))

    class Asking:
        def __buffer__(self, flags: int) -> memoryview:
            assert other["z" * 699] == "other"
            return memoryview(b"key")

    assert m[native.Concat(b"a" * 600, Asking())] == "found"


def test_a_view_with_a_destructor(native: Any) -> None:
    """The query is released after the lookup, and its destructor may change the map."""
    m = native.HashMap()

    def finish(self: object) -> None:
        m.clear()
        m.update((n, n) for n in range(50))

    view = derived(native.KeyView, __key__=lambda self: "key", __del__=finish)
    assert m.by(lambda asked: view()).entry("x").or_insert(1) == 1
    for method in ("get", "pop", "get_key_value"):
        m["key"] = 2
        assert getattr(m.by(lambda asked: view()), method)("x") in (2, ("key", 2))
        assert_sound(m)
    m["key"] = 2
    assert m.by(lambda asked: view())["x"] == 2
    assert_sound(m)


def test_a_chain_of_a_hundred_thousand_maps_is_let_go(native: Any) -> None:
    m = native.HashMap()
    for _ in range(100_000):
        m = native.HashMap({1: m})
    reference = weakref.ref(m)
    del m
    assert reference() is None


def test_a_chain_of_entries_is_let_go(native: Any) -> None:
    entry = native.HashMap(a=1).entry("a")
    for _ in range(100_000):
        entry = native.HashMap(a=entry).entry("a")
    reference = weakref.ref(native.HashMap())
    del entry
    gc.collect()
    assert reference() is None


def test_a_deep_tuple_is_searched_for_views(native: Any) -> None:
    deep: tuple[object, ...] = ()
    for _ in range(50):
        deep = (deep,)
    m = native.HashMap({deep: 1})
    assert m[deep] == 1
    assert next(iter(m)) is deep


def test_a_pair_that_is_kept_is_not_given_again(native: Any) -> None:
    """An iterator reuses its pair only if there is no other reference to it."""
    items = list(native.HashMap((n, n) for n in range(100)).items())
    assert items == [(n, n) for n in range(100)]
    kept = None
    for pair in native.HashMap(a=1, b=2).items():
        kept = kept or pair
    assert kept == ("a", 1)


def test_entries_and_iterators_outlive_everything_else(native: Any) -> None:
    m = native.HashMap((Key(n, 1), [n]) for n in range(20))
    first = next(iter(m))
    entry, iterator, view = m.entry(first), iter(m.items()), m.values()
    del m
    gc.collect()
    assert entry.value == [0]
    assert len(list(iterator)) == len(view) == 20
    assert entry.remove() == [0]


def test_live_views_cannot_be_made_without_a_map(native: Any) -> None:
    for view in (native.HashMap().keys(), native.HashMap().values(), native.HashMap().items()):
        with pytest.raises(TypeError, match="cannot create"):
            type(view)()
    for made in (
        native.HashMap(a=1).entry("a"),
        native.HashMap().entry("a"),
        iter(native.HashMap()),
    ):
        with pytest.raises(TypeError, match="cannot create"):
            type(made)()


def test_a_dict_is_copied_into_an_empty_map_without_asking_its_keys(native: Any) -> None:
    keys = [Key(n, 1) for n in range(4)]
    source: dict[object, int] = {
        "plain": 0,
        keys[0]: 1,
        keys[1]: 2,
        1: 3,
        keys[2]: 4,
        "too": 5,
        keys[3]: 6,
    }
    # The hashes of a dict are not taken from it if a key is a view.
    view: dict[object, int] = {memoryview(b"a view"): 7}
    stored: dict[object, int] = {b"a view": 7}
    for hashes, more, added in ((0, {}, {}), (1, view, stored)):
        read = source | more
        for key in keys:
            key.hashes = key.comparisons = 0
        assert list(native.HashMap(read).items()) == list((source | added).items())
        assert {key.comparisons for key in keys} == {0}
        assert {key.hashes for key in keys} == {hashes}


@pytest.mark.usefixtures("collect_always")
def test_grouped_whose_key_is_stored_while_its_list_is_made(native: Any) -> None:
    """By a destructor: `__hash__` leaves an object for the collector, which making the list starts."""
    made: list[Any] = []

    def note(self: object) -> None:
        made.append(self)

    cls = derived(native.HashMap, __init__=note)
    garbage = derived(object, __del__=lambda self: made[0].setdefault(Key("k", 1), [0]))
    kept: list[object] = []

    def leave() -> None:
        gc.disable()
        kept.extend([] for _ in range(100))  # Empties CPython's free list of lists.
        doomed = garbage()
        doomed.itself = doomed
        del doomed
        gc.enable()

    key = Key("k", 1)
    key.on_hash = leave
    cls.grouped([(key, 1)])
    [group] = made[0].values()
    assert group in ([1], [0, 1])


def test_the_collector_watches_a_pair_that_is_given_again(native: Any) -> None:
    """The collector had stopped tracking it, because its items then needed no tracking."""
    items = iter(native.HashMap(a=1, b=[]).items())
    next(items)
    gc.collect()
    assert gc.is_tracked(next(items))


SIZES: dict[str, Callable[[Any], object]] = {
    "filled": lambda m: None,
    "reserve": lambda m: m.reserve(100),
    "removal": lambda m: m.retain(lambda key, value: key == 0),
    "shrink_to_fit": lambda m: (m.pop(0), m.shrink_to_fit()),
    "clear": lambda m: m.clear(),
}


def held_by(make: Callable[[], Any]) -> tuple[int, Any]:
    """How many bytes more are in use after `make`, and what it made."""
    held = []
    for _ in range(3):  # CPython itself may need some the first time.
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        made = make()
        held.append(tracemalloc.get_traced_memory()[0] - before)
        tracemalloc.stop()
    return min(held), made


class TestTheTable:
    def test_churn_does_not_grow(self, native: Any) -> None:
        m = native.HashMap.fromkeys(range(100))
        size = sys.getsizeof(m)
        for n in range(100_000):
            m[n + 100] = None
            del m[n]
        assert sys.getsizeof(m) <= 2 * size
        assert list(m) == list(range(100_000, 100_100))

    def test_a_queue_does_not_crawl(self, native: Any) -> None:
        """Removing the first pair takes the same time, however many pairs were removed before."""
        m = native.HashMap.fromkeys(range(200_000))
        while m:
            del m[next(iter(m))]
        assert len(m) == 0

    def test_a_map_emptied_of_most_keys_keeps_the_others_in_order(self, native: Any) -> None:
        m = native.HashMap.fromkeys(range(100_000))
        for n in range(100_000):
            if n % 1000:
                del m[n]
        assert list(m) == list(range(0, 100_000, 1000))

    @cases(count=[0, 1, 5, 6, 84, 85, 86, 170, 171, 21845, 21846, 70_000])
    def test_every_width_of_the_index(self, native: Any, count: int) -> None:
        m = native.HashMap((str(n), n) for n in range(count))
        assert all(m[str(n)] == n for n in range(count))
        assert str(count) not in m
        assert list(m.copy().values()) == list(range(count))
        for n in range(0, count, 2):
            del m[str(n)]
        m.shrink_to_fit()
        assert list(m.values()) == list(range(1, count, 2))
        assert_sound(m) if count < 1000 else None

    @cases(count=[1, 6, 86, 1000, 21846])
    @cases(then=SIZES)
    def test_sizeof_is_the_memory_it_holds(
        self, native: Any, count: int, then: Callable[[Any], object]
    ) -> None:
        keys = list(range(count))

        def make() -> Any:
            m = native.HashMap.fromkeys(keys)
            then(m)
            return m

        held, m = held_by(make)
        held_empty, empty = held_by(lambda: native.HashMap.fromkeys(()))
        assert held - held_empty == sys.getsizeof(m) - sys.getsizeof(empty)

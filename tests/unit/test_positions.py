"""HashMap by position: what OrderedDict and indexmap do, beside an OrderedDict and a list."""

from __future__ import annotations

import gc
import inspect
import random
import sys
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import Key
from tests.kit.soundness import assert_sound, derived, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

ABC = {"a": 1, "b": 2, "c": 3}


class TestBothEnds:
    def test_first_and_last_entry(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        first, last = m.first_entry(), m.last_entry()
        assert type(first) is type(last) is kv.Occupied
        assert (first.key, first.value, last.key, last.value) == ("a", 1, "c", 3)
        assert first.remove_entry() == ("a", 1)
        last.value += 10
        assert list(m.items()) == [("b", 2), ("c", 13)]

    def test_of_an_empty_map(self, kv: Any) -> None:
        for m in (kv.HashMap(), emptied(kv.HashMap(ABC))):
            assert m.first_entry() is m.last_entry() is None
            for last in (True, False):
                with unchanged(m), pytest.raises(KeyError, match="popitem was called on an empty"):
                    m.popitem(last)

    def test_popitem(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        assert m.popitem(last=False) == ("a", 1)
        assert m.popitem(False) == ("b", 2)
        assert m.popitem(last=True) == ("c", 3)
        assert m == {}

    @cases(last=[1, "yes", [0], True])
    def test_last_is_whatever_is_true(self, kv: Any, last: Any) -> None:
        m = kv.HashMap(ABC)
        assert m.popitem(last) == ("c", 3)
        m.move_to_end("a", last)
        assert list(m) == ["b", "a"]

    def test_a_last_that_raises(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        last = derived(object, __bool__=lambda self: 1 / 0)()
        for use in (m.popitem, lambda last: m.move_to_end("a", last)):
            with unchanged(m), pytest.raises(ZeroDivisionError):
                use(last)


def emptied(m: Any) -> Any:
    for key in list(m):
        del m[key]
    return m


class TestMoveToEnd:
    def test_moves(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        assert m.move_to_end("a") is None
        assert list(m.items()) == [("b", 2), ("c", 3), ("a", 1)]
        m.move_to_end("a", last=False)
        m.move_to_end("c", False)
        assert list(m) == ["c", "a", "b"]
        assert_sound(m)

    def test_an_absent_key(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        for last in (True, False):
            with unchanged(m), pytest.raises(KeyError) as raised:
                m.move_to_end("x", last)
            assert raised.value.args == ("x",)

    def test_of_what_is_there_already_changes_nothing(self, kv: Any) -> None:
        """So that iterators go on."""
        m = kv.HashMap(ABC)
        iterator = iter(m)
        m.move_to_end("c")
        m.move_to_end("a", last=False)
        assert list(iterator) == ["a", "b", "c"]

    def test_by_a_view(self, kv: Any) -> None:
        m = kv.HashMap(_a=1, _b=2)
        m.move_to_end(kv.Concat("_", "a"))
        assert list(m) == ["_b", "_a"]


class TestPositions:
    @cases(holes=[False, True])
    def test_at_and_index_of(self, kv: Any, holes: bool) -> None:
        m = kv.HashMap((n, -n) for n in range(100))
        if holes:
            m.retain(lambda key, _: key % 3 != 1)
        pairs = list(m.items())
        for position, pair in enumerate(pairs):
            assert m.at(position) == m.at(position - len(pairs)) == pair
            assert m.index_of(pair[0]) == position

    @cases(position=[3, -4, 100, -(2**70), 2**70])
    def test_no_such_position(self, kv: Any, position: int) -> None:
        m = kv.HashMap(ABC)
        with unchanged(m), pytest.raises(IndexError) as raised:
            m.at(position)
        said = f"at was asked for position {position} of a HashMap with 3 keys: ask for -3 to 2"
        assert str(raised.value) == said

    def test_an_empty_map_has_no_position(self, kv: Any) -> None:
        with pytest.raises(IndexError, match="of a HashMap with 1 key: ask for -1 to 0"):
            kv.HashMap(a=1).at(1)
        with pytest.raises(IndexError, match=r"position 0 of a HashMap with no keys$"):
            kv.HashMap().at(0)

    @cases(position=["0", 0.0, None])
    def test_a_position_is_an_integer(self, kv: Any, position: object) -> None:
        with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
            kv.HashMap(ABC).at(position)

    def test_a_position_that_changes_the_map(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        zero = derived(object, __index__=lambda self: m.clear() or 0)()
        with pytest.raises(IndexError, match="no keys"):
            m.at(zero)

    def test_index_of_what_is_not_there(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        with unchanged(m), pytest.raises(KeyError) as raised:
            m.index_of(("x",))
        assert raised.value.args == (("x",),)

    def test_no_read_is_a_change(self, kv: Any) -> None:
        m = kv.HashMap((n, n) for n in range(100))
        m.retain(lambda key, _: key % 10 == 0)
        iterator = iter(m)
        m.at(5), m.at(-1), m.index_of(50), m.first_entry(), m.last_entry()
        assert list(iterator) == list(range(0, 100, 10))


class TestSwapRemove:
    def test_the_last_takes_its_place(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2, c=3, d=4)
        assert m.swap_remove("b") == 2
        assert list(m.items()) == [("a", 1), ("d", 4), ("c", 3)]
        assert m.swap_remove("c") == 3
        assert m.swap_remove("a") == 1
        assert list(m.items()) == [("d", 4)]
        assert m.swap_remove("d") == 4
        assert m == {}
        assert_sound(m)

    def test_an_absent_key(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        with unchanged(m), pytest.raises(KeyError) as raised:
            m.swap_remove("x")
        assert raised.value.args == ("x",)

    def test_leaves_no_gap(self, kv: Any) -> None:
        dice = random.Random(0)
        m = kv.HashMap((n, n) for n in range(50))
        pairs = list(m.items())
        while pairs:
            position = dice.randrange(len(pairs))
            removed, pairs[position] = pairs[position], pairs[-1]
            pairs.pop()
            assert m.at(position) == removed
            assert m.swap_remove(removed[0]) == removed[1]
            assert list(m.items()) == pairs


class Ranked:
    """Orders by its rank, after it has done what it was told to."""

    def __init__(self, rank: int, run: Callable[[], object] = lambda: None) -> None:
        self.rank = rank
        self.run = run

    def __lt__(self, other: Ranked) -> bool:
        self.run()
        return self.rank < other.rank


CHANGES: dict[str, Callable[[Any], object]] = {
    "insert": lambda m: m.insert(object(), 0),
    "pop": lambda m: m.pop(next(iter(m), None), None),
    "clear": lambda m: m.clear(),
    "move": lambda m: m and m.move_to_end(next(iter(m))),
    "sort": lambda m: m.sort(lambda key, value: 0),
    "swap_remove": lambda m: m and m.swap_remove(next(iter(m))),
    "remove and store again": lambda m: m and m.insert(*m.popitem()),
    "shrink": lambda m: m.shrink_to_fit(),
}


class TestSort:
    def test_by_the_keys(self, kv: Any) -> None:
        m = kv.HashMap({3: "c", 1: "a", 2: "b"})
        assert m.sort() is None
        assert list(m.items()) == [(1, "a"), (2, "b"), (3, "c")]
        m.sort(reverse=True)
        assert list(m) == [3, 2, 1]
        m.sort(None, False)
        assert list(m) == [1, 2, 3]
        assert_sound(m)

    @cases(reverse=[False, True])
    def test_by_key_and_value_and_stable(self, kv: Any, reverse: bool) -> None:
        dice = random.Random(1)
        pairs = [(str(n), dice.randrange(10)) for n in range(300)]
        m = kv.HashMap(pairs)
        for key, _ in dice.sample(pairs, 100):
            del m[key]
        expected = sorted(m.items(), key=lambda pair: pair[1] % 4, reverse=reverse)
        m.sort(key=lambda key, value: value % 4, reverse=reverse)
        assert list(m.items()) == expected
        assert_sound(m)

    @cases(pairs=[{}, {"a": 1}])
    def test_of_few(self, kv: Any, pairs: dict[str, int]) -> None:
        m = kv.HashMap(pairs)
        capacity = m.capacity
        m.sort(reverse=True)
        assert m == pairs
        assert m.capacity == capacity

    def test_what_cannot_be_compared(self, kv: Any) -> None:
        m = kv.HashMap([("a", 1), (2, 2), ("c", 3)])
        with unchanged(m), pytest.raises(TypeError, match="'<' not supported"):
            m.sort()

    def test_a_key_that_raises(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        with unchanged(m), pytest.raises(ZeroDivisionError):
            m.sort(lambda key, value: 1 // (value - 2))
        with unchanged(m), pytest.raises(TypeError, match="not callable"):
            m.sort(5)

    @cases(change=CHANGES)
    def test_a_key_that_changes_the_map(self, kv: Any, change: Callable[[Any], object]) -> None:
        m = kv.HashMap((object(), n) for n in range(9, 0, -1))
        model = kv.HashMap(m)
        change(model)
        with pytest.raises(RuntimeError, match="HashMap changed during sort"):
            m.sort(lambda key, value: value if value != 5 else change(m))
        assert_sound(m)
        assert list(m.values()) == list(model.values()), "only the change has been made"

    @cases(change=CHANGES)
    def test_a_comparison_that_changes_the_map(
        self, kv: Any, change: Callable[[Any], object]
    ) -> None:
        m = kv.HashMap((object(), n) for n in range(9, 0, -1))
        model = kv.HashMap(m)
        change(model)
        left = [lambda: change(m)]
        ranks = {n: Ranked(n, lambda: left and left.pop()()) for n in range(10)}
        with pytest.raises(RuntimeError, match="HashMap changed during sort"):
            m.sort(lambda key, value: ranks[value])
        assert_sound(m)
        assert list(m.values()) == list(model.values()), "only the change has been made"

    def test_a_comparison_that_changes_the_map_and_raises(self, kv: Any) -> None:
        m = kv.HashMap(ABC)

        def run() -> None:
            m["new"] = 4
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            m.sort(lambda key, value: Ranked(-value, run))
        assert list(m) == ["a", "b", "c", "new"]

    def test_values_may_be_replaced_meanwhile(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        m.sort(lambda key, value: m.insert(key, value * 10) and -value)
        assert list(m.items()) == [("c", 30), ("b", 20), ("a", 10)]

    def test_keys_may_be_replaced_meanwhile(self, kv: Any) -> None:
        own = derived(str, __hash__=str.__hash__)
        m = kv.HashMap(ABC)
        m.sort(lambda key, value: m.get_entry(key).replace_key(own(key)) and -value)
        assert list(m.items()) == [("c", 3), ("b", 2), ("a", 1)]
        assert {type(key) for key in m} == {own}
        assert_sound(m)

    def test_what_is_let_go_of_at_the_end_may_change_the_map(self, kv: Any) -> None:
        m = kv.HashMap(ABC)
        rank = derived(Ranked, __del__=lambda self: m.clear())
        m.sort(lambda key, value: rank(-value))
        gc.collect()
        assert m == {}
        assert_sound(m)


REORDERINGS: dict[str, Callable[[Any], object]] = {
    "move_to_end": lambda m: m.move_to_end("a"),
    "move_to_end, first": lambda m: m.move_to_end("c", last=False),
    "swap_remove": lambda m: m.swap_remove("a"),
    "sort": lambda m: m.sort(reverse=True),
    "popitem": lambda m: m.popitem(last=False),
}


@pytest.mark.parametrize("reorder", REORDERINGS.values(), ids=REORDERINGS)
class TestWhileTheOrderChanges:
    def test_iterators_end(self, kv: Any, reorder: Callable[[Any], object]) -> None:
        m = kv.HashMap(a=1, b=2, c=3, d=4)
        made = [iter(m), reversed(m), iter(m.items()), m.extract_if(lambda key, value: True)]
        for iterator in made[:3]:
            next(iterator)
        reorder(m)
        for iterator in made:
            with pytest.raises(RuntimeError, match="HashMap changed during"):
                next(iterator)

    def test_entries_stay_good(self, kv: Any, reorder: Callable[[Any], object]) -> None:
        m = kv.HashMap(a=1, b=2, c=3, d=4)
        entries = [m.get_entry(key) for key in m]
        vacant = m.entry("new")
        reorder(m)
        for entry, key in zip(entries, "abcd", strict=True):
            if key in m:
                assert entry.key == key
                entry.value += 10
                assert m[key] == entry.value
            else:
                with pytest.raises(kv.StaleEntryError):
                    entry.value  # noqa: B018
        assert vacant.insert(5) == m["new"] == 5
        assert_sound(m)

    def test_a_predicate_that_does_it(self, kv: Any, reorder: Callable[[Any], object]) -> None:
        m = kv.HashMap(a=1, b=2, c=3, d=4)
        with pytest.raises(RuntimeError, match="HashMap changed during retain"):
            m.retain(lambda key, value: reorder(m) or True)
        assert_sound(m)


@cases(kind=["str", "any"])
@cases(seed=range(8))
def test_beside_an_ordered_dict(kv: Any, kind: str, seed: int) -> None:
    """Gaps at both ends and in the middle, rebuilds, growth and shrinking."""
    dice = random.Random(seed)
    make: Callable[[int], Any] = str if kind == "str" else lambda n: n
    m, model = kv.HashMap(), OrderedDict[Any, int]()
    size = dice.choice([4, 30, 200])
    for step in range(2000):
        key, last = make(dice.randrange(size)), dice.random() < 0.5
        what = dice.random()
        if what < 0.3:
            m[key] = model[key] = step
        elif what < 0.4:
            assert m.pop(key, None) == model.pop(key, None)
        elif what < 0.75 and key in model:
            m.move_to_end(key, last)
            model.move_to_end(key, last)
        elif what < 0.85 and model:
            assert m.popitem(last) == model.popitem(last)
        elif what < 0.9 and key in model:
            pairs = list(model.items())
            position = m.index_of(key)
            assert m.at(position) == pairs[position] == (key, model[key])
            pairs[position] = pairs[-1]
            assert m.swap_remove(key) == model[key]
            model = OrderedDict(pairs[:-1])
        elif what < 0.901:
            m.sort(reverse=last)
            model = OrderedDict(sorted(model.items(), reverse=last))
        elif what < 0.902:
            m.shrink_to_fit()
        elif model:
            assert m.first_entry().key == next(iter(model))
            assert m.last_entry().key == next(reversed(model))
        assert list(m.items()) == list(model.items())
    assert_sound(m)


# -- what it costs --------------------------------------------------------------------------------


def queue(m: Any, n: int) -> None:
    m[n] = m.popitem(last=False)


def queue_by_entries(m: Any, n: int) -> None:
    m.first_entry().remove()
    m[n] = n


def move_the_first(m: Any, _: int) -> None:
    m.move_to_end(m.first_entry().key)


def move_the_last(m: Any, _: int) -> None:
    m.move_to_end(m.last_entry().key, last=False)


def move_both(m: Any, n: int) -> None:
    (move_the_first if n % 2 else move_the_last)(m, n)


def stack(m: Any, n: int) -> None:
    del m[m.last_entry().key]
    m[n] = n


PATTERNS = [queue, queue_by_entries, move_the_first, move_the_last, move_both, stack]


@pytest.mark.parametrize("do", PATTERNS, ids=lambda do: do.__name__)
class TestForEver:
    def test_holes_are_reclaimed(self, kv: Any, do: Callable[[Any, int], None]) -> None:
        m = kv.HashMap((n, n) for n in range(1000))
        before = sys.getsizeof(m)
        for n in range(100_000, 110_000):
            do(m, n)
        assert len(m) == 1000
        assert sys.getsizeof(m) <= 2.5 * before
        assert_sound(m)

    def test_no_step_takes_longer_in_a_larger_map(
        self, kv: Any, do: Callable[[Any, int], None]
    ) -> None:
        """Passing the holes one by one would take hours."""
        m = kv.HashMap((n, n) for n in range(50_000))
        for n in range(100_000, 250_000):
            do(m, n)
        assert len(m) == 50_000

    def test_it_takes_as_many_instructions(self, kv: Any, do: Callable[[Any, int], None]) -> None:
        """Of the pure backend; what the native backend does cannot be counted."""
        counts = []
        for size in (10, 1000):
            m = kv.HashMap((n, n) for n in range(size))
            for n in range(100_000, 100_500):
                do(m, n)
            # On some Pythons a first traced call tells of none.
            instructions(partial(do, m, 200_000))
            counts.append(instructions(partial(do, m, 200_001)))
        assert counts[0] == counts[1] > 0


def instructions(run: Callable[[], object]) -> int:
    count = 0

    def trace(frame: Any, event: str, _argument: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    outer = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(outer)
    return count


def test_emptying_from_either_end_crawls_over_nothing(kv: Any) -> None:
    m = kv.HashMap((n, n) for n in range(100_000))
    for last in (False, True) * 50_000:
        m.popitem(last)
    assert m == {}


# -- what `by` returns ----------------------------------------------------------------------------


def test_a_lookup_has_what_a_map_has_for_one_key(kv: Any) -> None:
    def of_one_key(cls: Any) -> set[str]:
        methods = {name: getattr(cls, name) for name in dir(cls) if callable(getattr(cls, name))}
        return {
            name
            for name, method in methods.items()
            if not name.startswith("_") or name in ("__getitem__", "__setitem__", "__delitem__")
            for first in [*inspect.signature(method).parameters][1:2]
            if first in ("query", "queries", "key", "asked")
            if name not in ("sort", "grouped", "counted", "reduced")  # Their `key` is a function.
        }

    with_keys = of_one_key(kv.HashMap)
    assert {"entry", "get_many", "merge", "move_to_end", "pop", "try_insert"} <= with_keys
    assert of_one_key(kv.Lookup) - {"__getitem__", "__setitem__", "__delitem__"} == {
        name for name in with_keys if not name.startswith("_")
    }


def test_the_key_error_of_a_lookup_carries_what_was_asked(kv: Any) -> None:
    m = kv.HashMap(_a=1)
    short = m.by(kv.prefixed("_"))
    for use in (
        short.__delitem__,
        short.remove_entry,
        short.swap_remove,
        short.index_of,
        short.move_to_end,
        short.pop,
    ):
        with unchanged(m), pytest.raises(KeyError) as raised:
            use("x")
        assert raised.value.args == ("x",)
    with unchanged(m), pytest.raises(kv.OccupiedError) as taken:
        short.try_insert("a", 5)
    assert (taken.value.entry.key, taken.value.value) == ("_a", 5)


@cases(adapter=["prefixed", "lambda"])
def test_a_lookup_stores_finds_and_removes(kv: Any, adapter: str) -> None:
    m = kv.HashMap(_a=1, _b=2)
    short = m.by(kv.prefixed("_") if adapter == "prefixed" else lambda text: "_" + text)
    short["c"] = 3
    assert short.setdefault("d") is None
    assert short.setdefault("d", 4) is None
    assert short.insert("d", 4) is None
    assert short.insert("e", 5) is None
    assert short.try_insert("f", 6) == 6
    assert short.get_or_insert_with("g", lambda: 7) == 7
    assert short.merge("g", 1, lambda old, new: old + new) == 8
    assert dict(m) == {"_a": 1, "_b": 2, "_c": 3, "_d": 4, "_e": 5, "_f": 6, "_g": 8}
    assert all(type(key) is str for key in m)
    assert short.get_many("a", "x", "g", "a") == (1, None, 8, 1)
    assert short.get_entry("x") is None
    short.get_entry("a").value += 1
    assert short.index_of("b") == 1
    short.move_to_end("b")
    short.move_to_end("g", last=False)
    assert list(m) == ["_g", "_a", "_c", "_d", "_e", "_f", "_b"]
    del short["a"]
    assert short.remove_entry("c") == ("_c", 3)
    assert short.swap_remove("g") == 8
    assert list(m) == ["_b", "_d", "_e", "_f"]
    assert_sound(m)


def test_a_lookup_calls_its_adapter_once_for_each_key(kv: Any) -> None:
    asked: list[str] = []

    def adapter(text: str) -> str:
        asked.append(text)
        return text

    lookup = kv.HashMap(a=1, b=2).by(adapter)
    lookup["c"] = 3
    lookup.get_many("a", "b")
    lookup.get_entry("a")
    lookup.index_of("a")
    lookup.move_to_end("a")
    lookup.merge("a", 1, max)
    lookup.get_or_insert_with("a", int)
    lookup.setdefault("a", 1)
    lookup.insert("a", 1)
    lookup.try_insert("d", 1)
    lookup.remove_entry("a")
    lookup.swap_remove("b")
    del lookup["c"]
    assert asked == [*"cabaaaaaaadabc"]


def test_positions_hash_no_key(kv: Any) -> None:
    keys = [Key(name) for name in "cab"]
    m = kv.HashMap((key, n) for n, key in enumerate(keys))
    for key in keys:
        key.hashes = key.comparisons = 0
    m.first_entry(), m.last_entry(), m.at(1), m.at(-1)
    m.sort(lambda key, value: key.name)
    m.popitem(last=False)
    m.index_of(keys[0])
    assert [key.hashes for key in keys] == [1, 0, 0]
    assert [key.comparisons for key in keys] == [0, 0, 0]

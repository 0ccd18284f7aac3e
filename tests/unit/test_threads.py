"""Several threads at one map: nothing lost, nothing twice, nothing broken."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dis import opname
from operator import add
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import keys
from tests.kit.interruptions import may_be_interrupted
from tests.kit.keys import Key
from tests.kit.soundness import assert_sound
from tests.laws.keys import Ordered
from tests.unit.sorted_tools import chunks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

THREADS = 6
ROUNDS = 80


@pytest.fixture(autouse=True)
def switch_often(kv: Any) -> Iterator[None]:
    """A thread that waits is soon let in; in the pure backend only where `let_others_in` says so.

    A trace function is Python code, in which CPython lets others in by itself: between two instructions
    between which it never does so where nothing is traced.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6 if kv.backend == "native" else 60)
    yield
    sys.setswitchinterval(before)


@pytest.fixture(params=[int, Key], ids=["int", "Python"])
def key(request: pytest.FixtureRequest) -> Any:
    """Makes a key: of C, or one whose `__hash__` and `__eq__` let other threads in."""
    return request.param


def together(work: Callable[[int], Any]) -> list[Any]:
    """What `work(number)` returns in each of several threads that start at the same time."""
    barrier = threading.Barrier(THREADS)

    def start(number: int) -> Any:
        barrier.wait()
        return work(number)

    threading.settrace(let_others_in)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(start, range(THREADS)))
    finally:
        threading.settrace(None)


def let_others_in(frame: FrameType, event: str, argument: object) -> Any:
    """A trace function: now and then, wherever CPython may do so, another thread goes on."""
    if "keyview" not in frame.f_code.co_filename and frame.f_code.co_filename != keys.__file__:
        return None
    frame.f_trace_opcodes = True
    code = frame.f_code.co_code
    last = 0  # The first instruction, which lets others in.

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal last
        if event == "opcode":
            may = last == 0 or may_be_interrupted(opname[code[last]])
            if may and random.random() < 0.1:
                time.sleep(1e-6)
            last = frame.f_lasti
        return trace

    return trace


def test_counting_with_merge_loses_nothing(kv: Any, key: Any) -> None:
    m = kv.HashMap()

    def count(_number: int) -> None:
        for n in range(ROUNDS):
            m.merge(key(n % 7), 1, add)

    together(count)
    assert len(m) == 7
    assert sum(m.values()) == THREADS * ROUNDS
    assert_sound(m)


@pytest.mark.parametrize("source", [dict, list, "HashMap"])
def test_update_with_loses_nothing(kv: Any, key: Any, source: Any) -> None:
    make = getattr(kv, source) if isinstance(source, str) else source
    m = kv.HashMap()

    def count(_number: int) -> None:
        for _ in range(ROUNDS // 8):
            m.update_with(make([(key(n), 1) for n in range(7)]), add)

    together(count)
    assert list(m.values()) == [THREADS * (ROUNDS // 8)] * 7
    assert_sound(m)


def test_counting_into_one_map_loses_nothing(kv: Any, key: Any) -> None:
    """As `counted` does it."""
    m = kv.HashMap()
    together(lambda number: kv.hashmap.count(m, (key(n % 7) for n in range(ROUNDS)), None))
    assert len(m) == 7
    assert sum(m.values()) == THREADS * ROUNDS


def test_grouping_into_one_map_loses_nothing(kv: Any, key: Any) -> None:
    m = kv.HashMap()
    together(
        lambda number: kv.hashmap.group(m, ((key(n % 7), (number, n)) for n in range(ROUNDS)), None)
    )
    assert len(m) == 7
    grouped = sorted(value for group in m.values() for value in group)
    assert grouped == [(number, n) for number in range(THREADS) for n in range(ROUNDS)]


GET_OR_CREATE: dict[str, Callable[[Any, Any], Any]] = {
    "get_or_insert_with": lambda m, key: m.get_or_insert_with(key, list),
    "or_insert_with": lambda m, key: m.entry(key).or_insert_with(list),
    "or_insert_with a function": lambda m, key: m.entry(key).or_insert_with(list),
    "or_insert_with_key": lambda m, key: m.entry(key).or_insert_with_key(lambda key: []),
    "or_insert": lambda m, key: m.entry(key).or_insert([]),
    "or_default": lambda m, key: m.entry(key).or_default(),
    "or_insert_entry": lambda m, key: m.entry(key).or_insert_entry([]).value,
    "or_insert_entry_with": lambda m, key: m.entry(key).or_insert_entry_with(list).value,
    "by": lambda m, key: m.by(lambda asked: asked).entry(key).or_insert([]),
    "setdefault": lambda m, key: m.setdefault(key, []),
}


@pytest.mark.parametrize("get_or_create", GET_OR_CREATE.values(), ids=GET_OR_CREATE)
def test_the_first_insertion_wins_for_every_thread(
    kv: Any, key: Any, get_or_create: Callable[[Any, Any], Any]
) -> None:
    m = kv.HashMap(default_factory=list)
    seen = together(lambda number: [get_or_create(m, key(n)) for n in range(ROUNDS)])
    for n in range(ROUNDS):
        assert {id(values[n]) for values in seen} == {id(m[key(n)])}
    assert len(m) == ROUNDS
    assert_sound(m)


TAKERS: dict[str, Callable[[Any, Any, int], Any]] = {
    "pop": lambda m, key, n: m.pop(key, None),
    "del": lambda m, key, n: _or_none(lambda: (m.__delitem__(key), n)[1]),
    "remove_entry": lambda m, key, n: _or_none(lambda: m.remove_entry(key)[1]),
    "popitem": lambda m, key, n: _or_none(lambda: m.popitem()[1]),
    "entry remove": lambda m, key, n: _or_none(lambda: m.entry(key).remove()),
    "entry remove_entry": lambda m, key, n: _or_none(lambda: m.entry(key).remove_entry()[1]),
    "by pop": lambda m, key, n: m.by(lambda asked: asked).pop(key, None),
    "drain": lambda m, key, n: None,
}


def _or_none(take: Callable[[], Any]) -> Any:
    try:
        return take()
    except (KeyError, RuntimeError, AttributeError):
        return None


@pytest.mark.parametrize("take", TAKERS.values(), ids=TAKERS)
def test_each_value_is_taken_once(kv: Any, key: Any, take: Callable[[Any, Any, int], Any]) -> None:
    m = kv.HashMap((key(n), n) for n in range(ROUNDS))

    def work(_number: int) -> list[int]:
        if take is TAKERS["drain"]:
            return [value for _, value in m.drain()]
        return [taken for n in range(ROUNDS) if (taken := take(m, key(n), n)) is not None]

    taken = [value for values in together(work) for value in values]
    assert sorted(taken) == list(range(ROUNDS))
    assert len(m) == 0


def test_try_insert_succeeds_once(kv: Any, key: Any) -> None:
    m = kv.HashMap()

    def work(number: int) -> list[int]:
        won = []
        for n in range(ROUNDS):
            try:
                m.try_insert(key(n), number)
            except kv.OccupiedError:
                continue
            won.append(n)
        return won

    assert sorted(n for won in together(work) for n in won) == list(range(ROUNDS))


STORERS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "insert": lambda m, key, value: m.insert(key, value),
    "entry insert": lambda m, key, value: m.entry(key).insert(value),
}


@pytest.mark.parametrize("store", STORERS.values(), ids=STORERS)
def test_every_old_value_is_handed_to_one_thread(
    kv: Any, key: Any, store: Callable[[Any, Any, Any], Any]
) -> None:
    m = kv.HashMap({key(1): -1})
    olds = together(lambda number: [store(m, key(1), number * ROUNDS + n) for n in range(ROUNDS)])
    handed = [old for thread in olds for old in thread]
    assert sorted([*handed, m[key(1)]]) == list(range(-1, THREADS * ROUNDS))


def test_every_old_key_is_handed_to_one_thread(kv: Any) -> None:
    keys = [[Key(1) for _ in range(ROUNDS)] for _ in range(THREADS)]
    first = Key(1)
    m = kv.HashMap({first: 1})
    olds = together(lambda number: [m.entry(Key(1)).replace_key(key) for key in keys[number]])
    left = [*(old for thread in olds for old in thread), *m]
    assert {id(key) for key in left} == {id(first), *(id(key) for thread in keys for key in thread)}
    assert len(left) == THREADS * ROUNDS + 1


def test_everything_at_once_breaks_nothing(kv: Any, key: Any) -> None:
    m = kv.HashMap()

    def work(number: int) -> None:
        for n in range(ROUNDS):
            which = (n * (number + 1)) % 31
            m[key(which)] = n
            m.merge(key(which), 1, add)
            m.pop(key((which + 1) % 31), None)
            with suppress(kv.StaleEntryError):  # Its key may be gone again by now.
                m.entry(key(which)).or_insert(n)
            if n % 50 == number:
                m.copy()
                m.clear()
                m.shrink_to_fit()
            with suppress(RuntimeError):  # Another thread added or removed a key.
                list(m.items())
            with suppress(RuntimeError):
                m.retain(lambda key, value: hash(key) % 5)

    together(work)
    assert_sound(m)


def test_copies_are_whole(kv: Any) -> None:
    """Overwriting in other threads neither loses a key of a copy nor changes its order."""
    m = kv.HashMap((n, n) for n in range(50))

    def work(number: int) -> None:
        for n in range(ROUNDS):
            if number % 2:
                m.insert(n % 50, n)
            else:
                assert list(m.copy()) == list(range(50))

    together(work)


@pytest.mark.parametrize("take", ["pop", "remove_entry", "entry"])
def test_what_is_stored_is_replaced_or_taken_once(kv: Any, take: str) -> None:
    """Each value comes back exactly once: from the insert that replaces it, or from who removes it."""
    m = kv.HashMap()

    def taken() -> list[Any]:
        try:
            if take == "entry":
                entry = m.get_entry("k")
                return [] if entry is None else [entry.remove()]
            return [m.pop("k")] if take == "pop" else [m.remove_entry("k")[1]]
        except (KeyError, kv.StaleEntryError):
            return []

    def work(number: int) -> list[Any]:
        back: list[Any] = []
        for n in range(ROUNDS):
            back += taken() if number % 2 else [m.insert("k", (number, n))]
        return back

    back = [value for values in together(work) for value in values if value is not None]
    back += m.values()
    assert sorted(back) == sorted((t, n) for t in range(0, THREADS, 2) for n in range(ROUNDS))


def test_an_occupied_never_writes_where_nobody_looks(kv: Any) -> None:
    """Either the value is stored, and comes back once, or StaleEntryError says that it is not."""
    m = kv.HashMap()

    def work(number: int) -> tuple[list[Any], list[Any]]:
        put, back = [], []
        for n in range(ROUNDS):
            if number % 2:
                back.append(m.pop("k", None))
                with suppress(kv.OccupiedError):
                    put.append(m.try_insert("k", (number, n)))
            elif (entry := m.get_entry("k")) is not None:
                with suppress(kv.StaleEntryError):
                    back.append(entry.insert((number, n)))
                    put.append((number, n))
        return put, back

    results = together(work)
    put = [value for stored, _ in results for value in stored]
    back = [value for _, taken in results for value in taken if value is not None]
    assert sorted(put) == sorted([*back, *m.values()])


@pytest.mark.parametrize("source", [dict, "HashMap"])
def test_an_update_is_seen_whole(kv: Any, source: Any) -> None:
    make = getattr(kv, source) if isinstance(source, str) else source
    m = kv.HashMap({"a": 0, "b": 0})

    def work(number: int) -> list[Any]:
        if number % 2:
            for n in range(ROUNDS):
                m.update(make({"a": n, "b": n}))
            return []
        seen = []
        for _ in range(ROUNDS):
            seen += [m.get_many("a", "b"), tuple(m.copy().values())]
        return seen

    seen = [pair for pairs in together(work) for pair in pairs]
    assert seen
    assert [pair for pair in seen if pair[0] != pair[1]] == []


def test_reading_the_whole_map_never_fails(kv: Any) -> None:
    m = kv.HashMap()

    def work(number: int) -> None:
        for n in range(ROUNDS // 8):
            if number % 2:
                m[number, n] = n
            else:
                assert -1 not in m.values()
                assert len(kv.HashMap(m)) <= THREADS * ROUNDS

    together(work)


def test_merge_holds_no_lock_while_python_code_runs(kv: Any) -> None:
    """`max` compares tuples, and tuples compare what they hold."""
    m = kv.HashMap()
    done = threading.Event()

    def insert() -> None:
        m.insert("x", 1)
        done.set()

    class Patient:
        def __lt__(self, other: object) -> bool:
            threading.Thread(target=insert).start()
            assert done.wait(10), "the other thread could not insert meanwhile"
            return False

        __gt__ = __lt__

    m["k"] = (1, Patient())
    m.merge("k", (1, Patient()), max)
    assert done.is_set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_fork_while_another_thread_works(kv: Any) -> None:
    """In the child there is no other thread, and nothing that it has begun is waited for."""
    m = kv.HashMap({"a": 0, "b": 0})
    ended = threading.Event()

    def work() -> None:
        n = 0
        while not ended.is_set():
            n += 1
            m.update({"a": n, "b": n, "c": n})
            m.copy()
            m.get_many("a", "b")
            m.pop("c", None)

    threading.settrace(let_others_in)
    threads = [threading.Thread(target=work) for _ in range(3)]
    try:
        for thread in threads:
            thread.start()
        for _ in range(20):
            child = os.fork()
            if child == 0:
                signal.alarm(20)  # Ends a child that waits.
                m["d"] = 1
                a, b = m.get_many("a", "b")
                sound = m.pop("d") == 1 and a == b and set(m.copy()) >= {"a", "b"}
                os._exit(0 if sound else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        threading.settrace(None)
        ended.set()
        for thread in threads:
            thread.join()


OTHERS = ["HashSet", "SortedMap", "SortedSet"]


@pytest.fixture(params=[int, Ordered], ids=["int", "Python"])
def ordered(request: pytest.FixtureRequest) -> Any:
    """Makes a key: of C, or one whose `__lt__`, `__eq__` and `__hash__` are Python code."""
    return request.param


@pytest.mark.parametrize("of", OTHERS)
def test_each_key_is_new_to_one_thread_and_taken_by_one(kv: Any, ordered: Any, of: str) -> None:
    m = getattr(kv, of)()

    def insert(_number: int) -> int:
        if of != "SortedMap":
            return sum(m.insert(ordered(n % 31)) for n in range(ROUNDS))
        return sum(m.merge(ordered(n % 31), 1, add) == 1 for n in range(ROUNDS))

    def take(_number: int) -> int:
        taken = 0
        for n in range(31):
            with suppress(KeyError):
                m.take(ordered(n)) if of != "SortedMap" else m.pop(ordered(n))
                taken += 1
        return taken

    assert sum(together(insert)) == len(m) == 31
    assert_sound(m)
    if of == "SortedMap":
        assert sum(m.values()) == THREADS * ROUNDS
    assert sum(together(take)) == 31
    assert not m


@pytest.mark.parametrize("of", OTHERS)
def test_everything_at_once_breaks_no_set_and_no_order(kv: Any, ordered: Any, of: str) -> None:
    m = getattr(kv, of)()
    is_map, is_sorted = of == "SortedMap", of != "HashSet"

    def work(number: int) -> None:
        for n in range(ROUNDS // 2):
            key = ordered((n * (number + 1)) % 31)
            if is_map:
                m[key] = n
                m.pop(ordered(n % 31), None)
            else:
                m.add(key)
                m.discard(ordered(n % 31))
            with suppress(RuntimeError):  # Another thread added or removed a key.
                list(m)
            with suppress(RuntimeError, KeyError, IndexError):
                if is_sorted:
                    m.rank(key)
                    list(m.range(key))
                    m.range(key, ordered(31)).pop_first()
                else:
                    m.replace(key)
                    m & {key}
            if n % 50 == number:
                m.copy()
                m.clear()

    with chunks_of(kv, 4):
        together(work)
    assert_sound(m)
    if is_sorted:
        assert list(m) == sorted(m)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.parametrize("of", OTHERS)
def test_a_fork_while_another_thread_changes_a_set_or_an_order(kv: Any, of: str) -> None:
    m = getattr(kv, of)([("a", 0), ("b", 0)] if of == "SortedMap" else "ab")
    ended = threading.Event()

    def store_and_remove(key: str) -> bool:
        m.update([(key, 1)] if of == "SortedMap" else [key])
        found = key in m
        m.pop(key) if of == "SortedMap" else m.remove(key)
        return found and {"a", "b"} <= set(m.copy())

    def work() -> None:
        while not ended.is_set():
            store_and_remove("c")

    threading.settrace(let_others_in)
    thread = threading.Thread(target=work)
    try:
        thread.start()
        for _ in range(10):
            child = os.fork()
            if child == 0:
                signal.alarm(20)  # Ends a child that waits.
                os._exit(0 if store_and_remove("d") else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        threading.settrace(None)
        ended.set()
        thread.join()

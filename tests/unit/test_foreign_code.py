"""Foreign code, or Ctrl-C, at every place of the pure backend where CPython could let it in.

A signal handler, a callback of a weak reference or of the collector, and another thread can come in
anywhere between two instructions of Python code, but for runs of a few that CPython never interrupts:
see `keyview._pure.hash_storage`. Here a trace function comes in at each of these places, one after the other.
"""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from dis import opname
from functools import cache
from operator import add
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.interruptions import may_be_interrupted
from tests.kit.keys import Key
from tests.kit.soundness import assert_sound, derived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, FrameType


@cache
def places_of(code: CodeType) -> list[bool]:
    """Whether CPython may let others in after the instruction at each offset; 0 is the start."""
    return [True, *(may_be_interrupted(opname[byte]) for byte in code.co_code[1:])]


class Interruption:
    """Does something in the middle of an operation, where `place` places have been passed before."""

    def __init__(self, place: int, act: Callable[[], object]) -> None:
        self.place = place
        self.act = act
        self.done = False

    def trace(self, frame: FrameType, event: str, _argument: object) -> Any:
        """Sees each call of a function, and returns what sees each of its instructions."""
        if "_pure" not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes = True
        places = places_of(frame.f_code)
        last = 0  # RESUME, or the like.

        def trace(frame: FrameType, event: str, _argument: object) -> Any:
            nonlocal last
            if event == "opcode":
                if places[last]:
                    self.pass_place()
                last = frame.f_lasti
            return trace

        return trace

    def pass_place(self) -> None:
        if self.place == 0 and not self.done:
            self.done = True
            self.act()
        self.place -= 1

    def during(self, operation: Callable[[], object]) -> None:
        outer = sys.gettrace()
        sys.settrace(self.trace)
        try:
            operation()
        finally:
            sys.settrace(outer)


def at_every_place(
    make: Callable[[], Any],
    operation: Callable[[Any], object],
    act: Callable[[Any], object],
    expected: tuple[type[BaseException], ...],
) -> Iterator[Any]:
    """A map on which `operation` was interrupted by `act`, for each place where that can be."""
    for place in range(10_000):
        m, done = interrupted(make, operation, act, expected, place)
        if not done:
            # 3.13 traces the instructions of a function from its second call with tracing on.
            m, done = interrupted(make, operation, act, expected, place)
        yield m
        if not done:
            assert place > 0, "no place was found"
            return


def interrupted(
    make: Callable[[], Any],
    operation: Callable[[Any], object],
    act: Callable[[Any], object],
    expected: tuple[type[BaseException], ...],
    place: int,
) -> tuple[Any, bool]:
    """A map on which `operation` was to be interrupted at this place, and whether it was."""
    m = make()
    interruption = Interruption(place, lambda: act(m))
    with suppress(*expected):
        interruption.during(lambda: operation(m))
    return m, interruption.done


COLLIDING = [(n * (2**61 - 1)) for n in range(3)]
"""Numbers of one hash."""


def full(kv: Any) -> Any:
    return kv.HashMap([("a", 1), (0, 2), (COLLIDING[1], 3), (Key("c"), 4)])


OPERATIONS: dict[str, Callable[[Any], object]] = {
    "insert": lambda m: m.insert("new", 1),
    "insert of one hash": lambda m: m.insert(COLLIDING[2], 1),
    "overwrite": lambda m: m.insert("a", 2),
    "overwrite of one hash": lambda m: m.insert(COLLIDING[1], 2),
    "pop": lambda m: m.pop("a", None),
    "pop of one hash": lambda m: m.pop(0, None),
    "pop of the other": lambda m: m.pop(COLLIDING[1], None),
    "pop a key of Python": lambda m: m.pop(Key("c"), None),
    "popitem": lambda m: m.popitem(),
    "popitem, the first": lambda m: m.popitem(last=False),
    "first and last entry": lambda m: (m.first_entry(), m.last_entry()),
    "at": lambda m: (m.at(1), m.at(-1)),
    "index_of": lambda m: m.index_of(COLLIDING[1]),
    "move_to_end": lambda m: m.move_to_end(0),
    "move_to_end, first": lambda m: m.move_to_end(COLLIDING[1], last=False),
    "swap_remove": lambda m: m.swap_remove(0),
    "swap_remove of the other": lambda m: m.swap_remove(COLLIDING[1]),
    "sort": lambda m: m.sort(lambda key, value: -id(value)),
    "clear": lambda m: m.clear(),
    "drain": lambda m: list(m.drain()),
    "copy": lambda m: m.copy(),
    "equals": lambda m: m == m.copy(),
    "get_many": lambda m: m.get_many("a", 0, "x", "x"),
    "iterate": lambda m: list(m.items()),
    "values": lambda m: 7 in m.values(),
    "merge": lambda m: m.merge("a", 1, add),
    "merge new": lambda m: m.merge("new", 1, add),
    "merge with Python": lambda m: m.merge("a", 1, lambda old, new: old + new),
    "entry insert": lambda m: m.entry("new").or_insert(1),
    "entry remove": lambda m: m.entry(0).remove(),
    "entry value": lambda m: setattr(m.entry("a"), "value", 7),
    "replace_key": lambda m: m.entry(0).replace_key(False),
    "update with a dict": lambda m: m.update({"a": 7, COLLIDING[2]: 8, "new": 9}),
    "update with a map": lambda m: m.update(type(m)({"a": 7, "new": 9})),
    "update with pairs": lambda m: m.update([("a", 7), ("new", 9)]),
    "update_with": lambda m: m.update_with({"a": 7, "new": 9}, add),
    "retain": lambda m: m.retain(lambda key, value: value % 2),
    "extract_if": lambda m: list(m.extract_if(lambda key, value: value % 2)),
    "reserve": lambda m: m.reserve(100),
    "shrink_to_fit": lambda m: m.shrink_to_fit(),
    "size": sys.getsizeof,
}
INTO_EMPTY: dict[str, Callable[[Any], object]] = {
    "update": lambda m: m.update(type(m)({"a": 1, 0: 2, COLLIDING[1]: 3})),
    "update with a dict": lambda m: m.update({"a": 1, 0: 2, COLLIDING[1]: 3}),
    "|=": lambda m: m.__ior__(type(m)({"a": 1, 0: 2, COLLIDING[1]: 3})),
    "update_with": lambda m: m.update_with(type(m)({"a": 1, 0: 2, COLLIDING[1]: 3}), add),
    "made": lambda m: m.__init__(type(m)({"a": 1, 0: 2, COLLIDING[1]: 3})),
    "insert": lambda m: m.insert("a", 1),
    "popitem": lambda m: m.popitem(),
}


def refill(m: Any) -> None:
    m.clear()
    m.update([("a", 10), (COLLIDING[1], 11), ("z", 12)])


MEDDLING: dict[str, Callable[[Any], object]] = {
    "pop": lambda m: (m.pop("a", None), m.pop(0, None)),
    "insert": lambda m: (m.insert("new", -1), m.insert(COLLIDING[2], -2), m.insert("a", -3)),
    "clear and refill": refill,
    "shrink": lambda m: (m.popitem() if m else None, m.shrink_to_fit()),
    "reorder": lambda m: (
        m.popitem(last=False) if m else None,
        m.sort(lambda key, value: -id(value)),
    ),
}
#: What an operation may say of a change that came in between.
ERRORS = (KeyError, IndexError, RuntimeError, AttributeError, ReferenceError)


def interrupt(_m: object) -> None:
    raise KeyboardInterrupt


def check(m: Any) -> None:
    """It is sound, and whatever is then done with it is done."""
    assert_sound(m)
    for key in list(m):
        m.pop(key)
    m["a"] = m[COLLIDING[0]] = m[COLLIDING[1]] = 1
    assert list(m) == ["a", COLLIDING[0], COLLIDING[1]]


@pytest.fixture
def pure(kv: Any) -> Any:
    if kv.backend != "pure":
        pytest.skip("the native backend is not interrupted where Python code is")
    return kv


@cases(operation=OPERATIONS)
def test_ctrl_c_at_every_place(pure: Any, operation: Callable[[Any], object]) -> None:
    for m in at_every_place(
        lambda: full(pure), operation, interrupt, (KeyboardInterrupt, KeyError, RuntimeError)
    ):
        check(m)


@cases(operation=INTO_EMPTY)
def test_ctrl_c_at_every_place_of_an_empty_map(
    pure: Any, operation: Callable[[Any], object]
) -> None:
    for m in at_every_place(
        pure.HashMap, operation, interrupt, (KeyboardInterrupt, KeyError, RuntimeError)
    ):
        check(m)


@pytest.mark.parametrize("meddle", MEDDLING.values(), ids=MEDDLING)
@cases(operation=OPERATIONS)
def test_a_change_at_every_place(
    pure: Any, operation: Callable[[Any], object], meddle: Callable[[Any], object]
) -> None:
    for m in at_every_place(lambda: full(pure), operation, meddle, ERRORS):
        check(m)


@pytest.mark.parametrize("meddle", [MEDDLING["insert"], refill])
@cases(operation=INTO_EMPTY)
def test_a_change_at_every_place_of_an_empty_map(
    pure: Any, operation: Callable[[Any], object], meddle: Callable[[Any], object]
) -> None:
    for m in at_every_place(pure.HashMap, operation, meddle, ERRORS):
        check(m)


def test_pop_with_a_default_never_raises(pure: Any) -> None:
    """Whoever pops the key first has its value; the other has the default."""
    for m in at_every_place(
        lambda: full(pure), lambda m: m.pop(0, None), lambda m: m.pop(0, None), ()
    ):
        assert 0 not in m
        check(m)


def test_what_is_stored_is_there_or_was_taken(pure: Any) -> None:
    """Never in a slot that was removed in between, where nobody looks."""
    taken: list[Any] = []
    for number, m in enumerate(
        at_every_place(
            lambda: full(pure),
            lambda m: m.insert("a", 7),
            lambda m: taken.append(m.pop("a", None)),
            (),
        )
    ):
        assert m.get("a") == 7 or taken[-1] == 7, number
    assert taken


def test_two_that_add_up_lose_nothing(pure: Any) -> None:
    count: Callable[[Any], object] = lambda m: m.merge("a", 1, add)  # noqa: E731
    sums = [m["a"] for m in at_every_place(lambda: full(pure), count, count, ())]
    assert sums[-1] == 2, "the last was not interrupted"
    assert set(sums[:-1]) == {3}


def test_filling_an_empty_map_loses_nothing(pure: Any) -> None:
    for source in (dict, pure.HashMap):
        filled = [
            dict(m)
            for m in at_every_place(
                pure.HashMap,
                lambda m, source=source: m.update(source(a=1)),  # type: ignore[misc]
                lambda m: m.insert("b", 2),
                (),
            )
        ]
        assert filled[-1] == {"a": 1}, "the last was not interrupted"
        assert [one for one in filled[:-1] if one != {"a": 1, "b": 2}] == []


def test_an_update_is_one_step(pure: Any) -> None:
    """Whoever comes in sees the map before it, or after it."""
    seen: list[dict[Any, Any]] = []
    change = {"a": 7, COLLIDING[2]: 8, "new": 9}
    for source in (dict, pure.HashMap):
        for _ in at_every_place(
            lambda: full(pure),
            lambda m, source=source: m.update(source(change)),  # type: ignore[misc]
            lambda m: seen.append({key: m.get(key) for key in change}),
            (),
        ):
            pass
    before = {key: full(pure).get(key) for key in change}
    assert before in seen
    assert change in seen
    assert [state for state in seen if state not in (before, change)] == []


def test_reading_several_keys_is_one_step(pure: Any) -> None:
    """Of the values before and after an update, never some of each."""
    for read in (
        lambda m: m.get_many("a", 0, "new"),
        lambda m: tuple(map(m.copy().get, ("a", 0, "new"))),
    ):
        seen: list[Any] = []
        for _ in at_every_place(
            lambda: full(pure),
            lambda m, read=read, seen=seen: seen.append(read(m)),  # type: ignore[misc]
            lambda m: m.update({"a": 7, 0: 8, "new": 9}),
            (),
        ):
            pass
        assert set(seen) == {(1, 2, None), (7, 8, 9)}


@cases(operation=OPERATIONS)
def test_callbacks_of_the_collector(kv: Any, operation: Callable[[Any], object]) -> None:
    """The real one, as often as it can be had."""
    before = gc.get_threshold()
    meddling: Iterator[Callable[[Any], object]] = iter([])
    m: Any = None

    def meddle(_phase: str, _info: object) -> None:
        nonlocal meddling
        act = next(meddling, None)
        if act is not None:
            act(m)

    gc.callbacks.append(meddle)
    try:
        for act in MEDDLING.values():
            for wait in range(12):
                m = full(kv)
                meddling = iter([lambda m: None] * wait + [act])
                gc.set_threshold(1, 1, 1)
                with suppress(*ERRORS):
                    operation(m)
                gc.set_threshold(*before)
                meddling = iter([])
                check(m)
    finally:
        gc.callbacks.remove(meddle)
        gc.set_threshold(*before)


@cases(operation=OPERATIONS)
@pytest.mark.parametrize("meddle", MEDDLING.values(), ids=MEDDLING)
def test_a_value_whose_destructor_meddles(
    kv: Any, operation: Callable[[Any], object], meddle: Callable[[Any], object]
) -> None:
    m = kv.HashMap()
    seen: list[bool] = []

    def finish(_self: object) -> None:
        if not seen:
            seen.append(True)
            assert_sound(m)
            meddle(m)

    doomed = derived(
        object, __del__=finish, __add__=lambda self, other: 0, __radd__=lambda self, other: 0,
        __mod__=lambda self, other: 1,
    )  # fmt: skip
    for key in ("a", 0, COLLIDING[1], Key("c")):
        m[key] = doomed()
    with suppress(*ERRORS):
        operation(m)
    gc.collect(0)
    seen.append(True)
    check(m)

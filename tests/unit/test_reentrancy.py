"""Code of the user's that runs in the middle of an operation, and does what it should not."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import case, cases
from tests.kit.keys import Key, Running, nothing
from tests.kit.operations import uses
from tests.kit.soundness import assert_sound, derived, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _reinsert(m: Any, stored: Key) -> None:
    m.pop(stored, None)
    m[stored] = 10


MEDDLING: dict[str, Callable[[Any, Key], object]] = {
    "clear": lambda m, stored: m.clear(),
    "drain": lambda m, stored: list(m.drain()),
    "delete the compared key": lambda m, stored: m.pop(stored, None),
    "delete and store it again": _reinsert,
    "replace the compared key": lambda m, stored: (
        m.get_entry(stored) and m.get_entry(stored).replace_key(Key("a", 1))
    ),
    "delete another": lambda m, stored: m.pop("other", None),
    "insert": lambda m, stored: m.insert(object(), 0),
    "insert many": lambda m, stored: m.update((object(), 0) for _ in range(100)),
    "insert one of the same hash": lambda m, stored: (
        len(m) < 20 and m.insert(derived(object, __hash__=lambda self: 1)(), 0)
    ),
    "overwrite": lambda m, stored: m.insert(stored, 11),
    "reserve": lambda m, stored: m.reserve(1000),
    "shrink": lambda m, stored: m.shrink_to_fit(),
    "move the compared key": lambda m, stored: stored in m and m.move_to_end(stored),
    "swap_remove the compared key": lambda m, stored: stored in m and m.swap_remove(stored),
    "sort": lambda m, stored: m.sort(lambda key, value: id(key), reverse=True),
    "clear and refill": lambda m, stored: (m.clear(), m.update((n, n) for n in range(50))),
}
MEDDLE = cases(meddle=MEDDLING)


@MEDDLE
@cases(use=uses())
@cases(matches=[True, False])
@cases(hook=["on_eq", "on_hash"])
def test_a_key_that_meddles(
    kv: Any,
    use: Callable[[Any, Any], object],
    meddle: Callable[[Any, Key], object],
    matches: bool,
    hook: str,
) -> None:
    stored = Key("a", 1)
    m = kv.HashMap({stored: 1, "other": 2, Key("b", 1): 3})
    query = Key("a" if matches else "x", 1)
    times = iter(
        range(3)
    )  # One that stored its match again each time would have no end, as in a dict.
    setattr(query, hook, lambda: next(times, None) is not None and meddle(m, stored))
    with suppress(KeyError, AttributeError):
        use(m, query)
    query.on_eq = query.on_hash = lambda: None
    assert_sound(m)


MEDDLING_WITH_SETS: dict[str, Callable[[Any, Key], object]] = {
    "clear": lambda s, stored: s.clear(),
    "drain": lambda s, stored: list(s.drain()),
    "delete the compared element": lambda s, stored: s.discard(stored),
    "delete and store it again": lambda s, stored: (s.discard(stored), s.add(stored)),
    "replace the compared element": lambda s, stored: s.replace(Key("a", 1)),
    "delete another": lambda s, stored: s.discard("other"),
    "insert": lambda s, stored: s.add(object()),
    "insert many": lambda s, stored: s.update(object() for _ in range(100)),
    "insert one of the same hash": lambda s, stored: s.add(Running(nothing)),
    "reserve": lambda s, stored: s.reserve(1000),
    "shrink": lambda s, stored: s.shrink_to_fit(),
    "move the compared element": lambda s, stored: stored in s and s.move_to_end(stored),
    "swap_remove it": lambda s, stored: stored in s and s.swap_remove(stored),
    "sort": lambda s, stored: s.sort(id, reverse=True),
    "intersect": lambda s, stored: s.intersection_update([stored]),
}


@cases(meddle=MEDDLING_WITH_SETS)
@cases(matches=[True, False])
@cases(hook=["on_eq", "on_hash"])
def test_an_element_that_meddles(
    kv: Any, meddle: Callable[[Any, Key], object], matches: bool, hook: str
) -> None:
    """While it is hashed or compared, in each operation of the register; see test_hashset for the algebra."""
    for name, use in uses(of="HashSet").items():
        stored, others = Key("a", 1), ["other", Key("b", 1)]
        s = kv.HashSet([stored, *others])
        query = Key("a" if matches else "x", 1)
        times = iter(range(3))

        def hooked(s: Any = s, stored: Key = stored, times: Any = times) -> None:
            if next(times, None) is not None:
                meddle(s, stored)

        setattr(query, hook, hooked)
        with suppress(KeyError, RuntimeError):
            use(s, query)
        query.on_eq = query.on_hash = nothing
        with case(name):
            assert_sound(s)


@MEDDLE
def test_a_value_that_meddles_while_it_is_compared(
    kv: Any, meddle: Callable[[Any, Key], object]
) -> None:
    stored = Key("a", 1)
    m = kv.HashMap({"first": 0, stored: 1, "other": 2})
    meddling = derived(
        object, __eq__=lambda self, other: bool(meddle(m, stored)) or True, __hash__=None
    )
    m["first"] = meddling()
    with suppress(RuntimeError):
        m == {"first": 1, stored: 1, "other": 2}  # noqa: B015
    with suppress(RuntimeError):
        m == kv.HashMap({"first": 1, stored: 1, "other": 2})  # noqa: B015
    with suppress(RuntimeError):
        5 in m.values()  # noqa: B015
    ("first", 5) in m.items()  # noqa: B015
    assert_sound(m)


@MEDDLE
@cases(
    drop=[
        lambda m: m.__setitem__("doomed", 1),
        lambda m: m.insert("doomed", 1) and None,
        lambda m: m.pop("doomed") and None,
        lambda m: m.__delitem__("doomed"),
        lambda m: m.clear(),
        lambda m: m.swap_remove("doomed") and None,
        lambda m: m.move_to_end("doomed", last=False) or (m.popitem(last=False) and None),
        lambda m: m.by(lambda asked: asked).__delitem__("doomed"),
        lambda m: m.by(lambda asked: asked).swap_remove("doomed") and None,
        lambda m: m.drain() and None,
        lambda m: m.retain(lambda key, value: key != "doomed"),
        lambda m: m.update(doomed=1),
        lambda m: m.merge("doomed", 1, lambda old, new: new),
        lambda m: m.entry("doomed").and_modify(lambda old: 1) and None,
        lambda m: m.entry("doomed").remove() and None,
        lambda m: setattr(m.entry("doomed"), "value", 1),
        lambda m: m.update_with({"doomed": 1}, lambda old, new: new),
        lambda m: [None for _ in m.extract_if(lambda key, value: key == "doomed")] and None,
    ],
)
def test_a_value_that_meddles_when_it_is_let_go(
    kv: Any, meddle: Callable[[Any, Key], object], drop: Callable[[Any], object]
) -> None:
    stored = Key("a", 1)
    m = kv.HashMap({stored: 1, "other": 2})
    seen: list[bool] = []

    def finish(self: object) -> None:
        assert_sound(m)
        meddle(m, stored)
        seen.append(True)

    m["doomed"] = derived(object, __del__=finish)()
    with suppress(RuntimeError):
        drop(m)
    gc.collect()
    assert seen == [True]
    assert_sound(m)


@MEDDLE
def test_an_iterable_that_meddles_while_it_is_read(
    kv: Any, meddle: Callable[[Any, Key], object]
) -> None:
    stored = Key("a", 1)
    m = kv.HashMap({stored: 1, "other": 2})

    def pairs() -> Iterator[tuple[object, int]]:
        for n in range(5):
            meddle(m, stored)
            yield f"new {n}", n

    m.update(pairs())
    m.update_with(pairs(), lambda old, new: new)
    assert [m[f"new {n}"] for n in range(5) if f"new {n}" in m][-1:] == [4]
    assert_sound(m)


@cases(operation=["update", "update_with"])
def test_a_source_that_changes_while_it_is_copied(kv: Any, operation: str) -> None:
    """As `dict.update`: a map that is being read may not change."""
    source = kv.HashMap((Key(n, 1), n) for n in range(4))
    target = kv.HashMap({Key("x", 1): 0})
    for key in source:
        key.on_eq = lambda: source.insert(object(), 0)
    with pytest.raises(RuntimeError, match="changed during iteration"):
        {
            "update": lambda: target.update(source),
            "update_with": lambda: target.update_with(source, max),
        }[operation]()
    assert_sound(target)


def test_a_source_is_copied_into_an_empty_map_without_asking_its_keys(kv: Any) -> None:
    """As `dict(source)`: they are known to differ."""
    source = kv.HashMap((Key(n, 1), n) for n in range(4))
    for key in source:
        key.comparisons = 0
    assert list(kv.HashMap(source)) == list(source)
    assert [key.comparisons for key in source] == [0, 0, 0, 0]


class TestTheResult:
    """Not only sound, but right."""

    def test_an_eq_that_inserts_does_not_loop_for_ever(self, kv: Any) -> None:
        m = kv.HashMap({Key(n, 1): n for n in range(5)})
        query = Key("absent", 1)
        query.on_eq = lambda: m.insert(object(), 0)
        assert query not in m
        assert query.comparisons == 5, "each candidate is asked about once"
        m[query] = "stored"
        query.on_eq = lambda: None
        assert m[query] == "stored"

    def test_an_eq_that_inserts_keys_of_its_hash_is_asked_about_none_twice(self, kv: Any) -> None:
        m = kv.HashMap({Key(n, 1): n for n in range(3)})
        query = Key("absent", 1)
        query.on_eq = lambda: len(m) < 6 and m.insert(Running(nothing), 0)
        assert query not in m
        assert query.comparisons == len(m) == 6

    def test_an_eq_that_stores_the_very_key_that_is_looked_for(self, kv: Any) -> None:
        m = kv.HashMap({Key("a", 1): 0})
        query = Key("x", 1)

        def store() -> None:
            query.on_eq = lambda: None
            m[Key("x", 1)] = "inner"

        query.on_eq = store
        m[query] = "outer"
        assert sorted((key.name, value) for key, value in m.items()) == [("a", 0), ("x", "outer")]

    def test_an_eq_that_removes_the_match_makes_the_lookup_miss(self, kv: Any) -> None:
        stored = Key("a", 1)
        m = kv.HashMap({stored: 1})
        query = Key("a", 1)
        query.on_eq = lambda: m.pop(stored, None)
        assert m.get(query, "absent") == "absent"
        assert len(m) == 0

    def test_a_setdefault_whose_eq_removes_the_match_stores(self, kv: Any) -> None:
        stored = Key("a", 1)
        m = kv.HashMap({stored: 1})
        query = Key("a", 1)
        query.on_eq = lambda: m.pop(stored, None)
        assert m.setdefault(query, 2) == 2
        [key] = m
        assert key is query

    def test_an_eq_that_raises_after_it_changed_the_map(self, kv: Any) -> None:
        m = kv.HashMap({Key("a", 1): 1})

        def change_and_fail() -> None:
            m["new"] = 2
            raise ZeroDivisionError

        query = Key("b", 1)
        query.on_eq = change_and_fail
        with pytest.raises(ZeroDivisionError):
            m[query] = 3
        assert [str(key) for key in m] == ["Key('a')", "new"]
        assert_sound(m)

    def test_an_answer_without_a_truth(self, kv: Any) -> None:
        class NoTruth:
            def __bool__(self) -> bool:
                raise ZeroDivisionError

        stored = Key("a", 1)
        m = kv.HashMap({stored: 1})
        query = derived(object, __hash__=lambda self: 1, __eq__=lambda self, other: NoTruth())()
        with unchanged(m), pytest.raises(ZeroDivisionError):
            m[query] = 2

    def test_an_entry_whose_key_meddles(self, kv: Any) -> None:
        stored = Key("a", 1)
        m = kv.HashMap({stored: 1})
        entry = m.entry(stored)
        del m[stored]
        m[Key("a", 1)] = 2
        stored.on_eq = m.clear
        with pytest.raises(kv.StaleEntryError):
            _ = entry.value
        assert_sound(m)

    def test_replace_key_whose_eq_removes_the_key(self, kv: Any) -> None:
        stored, new = Key("a", 1), Key("a", 1)
        m = kv.HashMap({stored: 1})
        new.on_eq = m.clear
        with pytest.raises(kv.StaleEntryError):
            m.get_entry(stored).replace_key(new)
        assert len(m) == 0


class TestDestructors:
    def test_of_the_old_key_when_it_is_replaced(self, kv: Any) -> None:
        m = kv.HashMap()
        seen: list[int] = []
        doomed = derived(Key, __del__=lambda self: seen.append(len(m)))
        m[doomed("a", 1)] = 1
        entry = next(m.entry(key) for key in [Key("a", 1)])
        entry.replace_key(Key("a", 1))
        gc.collect()
        assert seen == [1]
        assert_sound(m)

    def test_of_many_values_that_refill_the_map(self, kv: Any) -> None:
        m = kv.HashMap()
        refilling = derived(object, __del__=lambda self: m.insert(object(), 0))
        m.update((n, refilling()) for n in range(100))
        m.clear()
        gc.collect()
        assert len(m) == 100
        assert_sound(m)

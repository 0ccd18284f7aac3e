"""The methods that a dict does not have, row by row of the specification's table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import Key, ShortKey
from tests.kit.soundness import derived, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable


class TestEntry:
    def test_occupied_or_vacant(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        assert type(m.entry("a")) is kv.Occupied
        assert type(m.entry("b")) is kv.Vacant

    def test_alone_changes_nothing(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m):
            m.entry("a")
            m.entry("b")

    def test_get_entry(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        assert m.get_entry("b") is None
        m.get_entry("a").value += 1
        assert m["a"] == 2


class TestGet:
    def test_get_key_value_gives_the_stored_key(self, kv: Any) -> None:
        stored = "".join(["_", "a"])
        m = kv.HashMap({stored: 1})
        for query in ("_a", ShortKey("a")):
            key, value = m.get_key_value(query)
            assert key is stored
            assert value == 1
        assert m.get_key_value("b") is None

    def test_get_many(self, kv: Any) -> None:
        m = kv.HashMap(a=1, _b=2)
        assert m.get_many("a", "x", ShortKey("b"), "a") == (1, None, 2, 1)
        assert m.get_many() == ()


class TestInsert:
    def test_gives_the_old_value_and_keeps_the_stored_key(self, kv: Any) -> None:
        m = kv.HashMap()
        assert m.insert(1, "one") is None
        assert m.insert(True, "uno") == "one"
        assert [(type(key), value) for key, value in m.items()] == [(int, "uno")]

    def test_try_insert(self, kv: Any) -> None:
        m = kv.HashMap()
        assert m.try_insert("a", 1) == 1
        with unchanged(m), pytest.raises(KeyError) as caught:
            m.try_insert("a", 2)
        error: Any = caught.value
        assert type(error) is kv.OccupiedError
        assert (error.entry.key, error.entry.value, error.value) == ("a", 1, 2)
        assert "'a'" in str(error)
        error.entry.value = error.value
        assert m["a"] == 2
        assert "already holds 1" in str(error), "it tells what was true when it was raised"

    def test_get_or_insert_with_calls_its_factory_only_for_an_absent_key(self, kv: Any) -> None:
        calls: list[int] = []

        def factory() -> int:
            calls.append(1)
            return 7

        m = kv.HashMap(a=None)
        assert m.get_or_insert_with("a", factory) is None
        assert m.get_or_insert_with("b", factory) == 7
        assert m.get_or_insert_with("b", factory) == 7
        assert calls == [1]


class TestRemove:
    def test_remove_entry(self, kv: Any) -> None:
        stored = "".join(["_", "a"])
        m = kv.HashMap({stored: 1, "b": 2})
        key, value = m.remove_entry(ShortKey("a"))
        assert key is stored
        assert value == 1
        assert dict(m) == {"b": 2}

    @cases(query=["x", (1, 2), (), None, ShortKey("x")])
    @pytest.mark.parametrize(
        "ask",
        [
            lambda m, q: m[q],
            lambda m, q: m.__delitem__(q),
            lambda m, q: m.pop(q),
            lambda m, q: m.remove_entry(q),
            lambda m, q: m.by(lambda asked: asked)[q],
            lambda m, q: m.by(lambda asked: asked).pop(q),
        ],
        ids=["getitem", "delitem", "pop", "remove_entry", "by getitem", "by pop"],
    )
    def test_a_key_error_carries_what_was_asked(
        self, kv: Any, ask: Callable[[Any, Any], object], query: object
    ) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(KeyError) as caught:
            ask(m, query)
        assert len(caught.value.args) == 1
        assert caught.value.args[0] is query

    @cases(default=[None, 0, ()])
    def test_pop_with_a_default(self, kv: Any, default: object) -> None:
        m = kv.HashMap(a=1)
        assert m.pop("x", default) is default
        assert m.pop("a", default) == 1


class TestMerge:
    def test_stores_or_combines(self, kv: Any) -> None:
        m = kv.HashMap()
        assert m.merge("a", [1], lambda old, new: old + new) == [1]
        assert m.merge("a", [2], lambda old, new: old + new) == [1, 2]
        assert dict(m) == {"a": [1, 2]}

    def test_does_not_combine_for_an_absent_key(self, kv: Any) -> None:
        def refuse(*_args: object) -> None:
            raise AssertionError

        assert kv.HashMap().merge("a", 1, refuse) == 1

    @cases(make=[dict, list, iter])
    def test_update_with(self, kv: Any, make: Callable[[Any], Any]) -> None:
        m = kv.HashMap(a=1, b=2)
        m.update_with(make([("b", 10), ("c", 20)]), lambda old, new: (old, new))
        assert list(m.items()) == [("a", 1), ("b", (2, 10)), ("c", 20)]

    def test_update_with_a_map_and_with_itself(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        m.update_with(kv.HashMap(a=2, b=3), max)
        m.update_with(m, int.__add__)
        assert dict(m) == {"a": 4, "b": 6}

    def test_update_with_says_which_element_is_not_a_pair(self, kv: Any) -> None:
        m = kv.HashMap()
        with pytest.raises(TypeError, match="update_with was given 5 as element 1"):
            m.update_with([("a", 1), 5], max)
        assert dict(m) == {"a": 1}


class TestFilter:
    def test_retain(self, kv: Any) -> None:
        m = kv.HashMap.fromkeys(range(6), 0)
        m.retain(lambda key, value: key % 2)
        assert list(m) == [1, 3, 5]

    def test_retain_decides_on_all_before_removing_any(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2, c=3)
        lengths: list[int] = []
        m.retain(lambda key, value: lengths.append(len(m)))
        assert lengths == [3, 3, 3]
        assert len(m) == 0

    def test_extract_if_removes_as_it_is_consumed(self, kv: Any) -> None:
        m = kv.HashMap.fromkeys(range(6), 0)
        extracted = m.extract_if(lambda key, value: key % 2)
        assert list(m) == [0, 1, 2, 3, 4, 5]
        assert next(extracted) == (1, 0)
        assert list(m) == [0, 2, 3, 4, 5]
        del extracted
        assert list(m) == [0, 2, 3, 4, 5], "what is not consumed stays"

    def test_extract_if_to_the_end(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2, c=3)
        extracted = m.extract_if(lambda key, value: value != 2)
        assert list(extracted) == [("a", 1), ("c", 3)]
        assert list(extracted) == []
        assert dict(m) == {"b": 2}

    def test_drain_empties_at_the_call(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2, default_factory=int)
        drained = m.drain()
        assert len(m) == 0
        m["c"] = 3
        assert list(drained) == [("a", 1), ("b", 2)]
        assert dict(m) == {"c": 3}
        assert m.default_factory is int

    def test_drain_of_an_empty_map_has_nothing_whatever_comes_after(self, kv: Any) -> None:
        m = kv.HashMap()
        drained = m.drain()
        m["a"] = 1
        assert list(drained) == []


class TestRoom:
    def test_with_capacity(self, kv: Any) -> None:
        m = kv.HashMap.with_capacity(100)
        assert m.capacity >= 100
        room = m.capacity
        m.update((n, n) for n in range(100))
        assert m.capacity == room, "what was reserved is enough"

    def test_reserve_is_for_additional_keys(self, kv: Any) -> None:
        m = kv.HashMap.fromkeys(range(50))
        with unchanged(m):
            m.reserve(100)
        assert m.capacity >= 150

    def test_shrink_to_fit(self, kv: Any) -> None:
        m = kv.HashMap.with_capacity(1000)
        m["a"] = 1
        with unchanged(m):
            m.shrink_to_fit()
        assert 1 <= m.capacity < 1000

    @cases(empty=["clear", "drain"])
    def test_is_given_up_when_all_is_removed(self, kv: Any, empty: str) -> None:
        """As a dict does; Rust keeps it."""
        m = kv.HashMap.with_capacity(1000)
        m["a"] = 1
        getattr(m, empty)()
        assert m.capacity < 10

    def test_is_never_less_than_the_length(self, kv: Any) -> None:
        m = kv.HashMap()
        for n in range(200):
            m[n] = n
            assert m.capacity >= len(m)
        for n in range(200):
            del m[n]
            assert m.capacity >= len(m)

    @cases(ask=["reserve", "with_capacity"])
    @pytest.mark.parametrize(
        ("count", "error"),
        [(-1, ValueError), (sys.maxsize + 1, OverflowError), (1.5, TypeError), ("1", TypeError)],
    )
    def test_refuses_what_is_no_room(
        self, kv: Any, ask: str, count: object, error: type[Exception]
    ) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(error):
            getattr(m, ask)(count)

    def test_takes_an_index(self, kv: Any) -> None:
        assert kv.HashMap.with_capacity(derived(object, __index__=lambda self: 9)()).capacity >= 9

    def test_is_read_only(self, kv: Any) -> None:
        with pytest.raises(AttributeError):
            kv.HashMap().capacity = 5


class TestDefaultFactory:
    def test_reading_never_inserts(self, kv: Any) -> None:
        m = kv.HashMap(default_factory=list)
        with unchanged(m):
            with pytest.raises(KeyError):
                m["a"]
            m.get("a")
            m.get_many("a")
            assert "a" not in m

    def test_is_what_or_default_uses(self, kv: Any) -> None:
        m = kv.HashMap(default_factory=list)
        m.entry("a").or_default().append(1)
        m.entry("a").or_default().append(2)
        assert dict(m) == {"a": [1, 2]}
        m.default_factory = None
        with unchanged(m), pytest.raises(TypeError):
            m.entry("b").or_default()


def test_lookups_never_store_the_query(kv: Any) -> None:
    stored, query = Key("a"), Key("a")
    m = kv.HashMap({stored: 1})
    m.get_or_insert_with(query, int)
    m.setdefault(query, 2)
    m.merge(query, 3, max)
    m[query] = 4
    m.insert(query, 5)
    m.update([(query, 6)])
    m.entry(query).insert_entry(7)
    assert next(iter(m)) is stored
    assert dict(m) == {query: 7}


def test_a_taken_try_insert_shows_no_value_until_it_is_asked_to(kv: Any) -> None:
    class Shy:
        def __repr__(self) -> str:
            raise ValueError("shown")

    with pytest.raises(kv.OccupiedError) as caught:
        kv.HashMap({"a": Shy()}).try_insert("a", 2)
    assert caught.value.value == 2
    with pytest.raises(ValueError, match="shown"):
        str(caught.value)


def test_with_capacity_speaks_for_itself(kv: Any) -> None:
    with pytest.raises(ValueError, match="with_capacity was asked for room for -1 keys"):
        kv.HashMap.with_capacity(-1)

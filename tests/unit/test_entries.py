"""Occupied and Vacant: every method of both, and what each does to the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import Key, ShortKey
from tests.kit.soundness import unchanged

if TYPE_CHECKING:
    from collections.abc import Callable


def refuse(*_args: object) -> Any:
    raise AssertionError("this was not to be called")


OR_METHODS: dict[str, Callable[[Any, Callable[..., Any]], Any]] = {
    "or_insert": lambda entry, make: entry.or_insert(None if make is refuse else make()),
    "or_insert_with": lambda entry, make: entry.or_insert_with(make),
    "or_insert_with_key": lambda entry, make: entry.or_insert_with_key(lambda key: make()),
    "or_insert_entry": lambda entry, make: (
        entry.or_insert_entry(None if make is refuse else make()).value
    ),
    "or_insert_entry_with": lambda entry, make: entry.or_insert_entry_with(make).value,
    "or_default": lambda entry, make: entry.or_default(),
}


@pytest.mark.parametrize("use", OR_METHODS.values(), ids=OR_METHODS)
class TestOrMethods:
    def test_occupied_gives_what_is_there_and_calls_nothing(
        self, kv: Any, use: Callable[..., Any]
    ) -> None:
        value: list[int] = [1]
        m = kv.HashMap(a=value, default_factory=refuse)
        with unchanged(m):
            assert use(m.entry("a"), refuse) is value

    def test_vacant_stores_and_gives_the_stored_object(
        self, kv: Any, use: Callable[..., Any]
    ) -> None:
        made: list[list[int]] = []

        def make() -> list[int]:
            made.append([1])
            return made[-1]

        m = kv.HashMap(a=0, default_factory=make)
        value = use(m.entry("b"), make)
        assert value is made[0]
        assert m["b"] is value
        assert list(m) == ["a", "b"]
        assert len(made) == 1

    def test_a_second_call_gives_the_first_value(self, kv: Any, use: Callable[..., Any]) -> None:
        m = kv.HashMap(default_factory=list)
        entry = m.entry("a")
        first = use(entry, list)
        assert use(entry, refuse if use is not OR_METHODS["or_default"] else list) is first
        assert len(m) == 1

    def test_a_factory_that_raises_stores_nothing(self, kv: Any, use: Callable[..., Any]) -> None:
        def fail() -> None:
            raise ZeroDivisionError

        m = kv.HashMap(a=1, default_factory=fail)
        entry = m.entry("b")
        with unchanged(m), pytest.raises(ZeroDivisionError):
            use(entry, fail)
        assert entry.or_insert(5) == 5, "the entry is still usable"


class TestOccupied:
    def test_key_and_value(self, kv: Any) -> None:
        stored, value = Key("a"), [1]
        entry = kv.HashMap({stored: value}).entry(Key("a"))
        assert entry.key is stored
        assert entry.value is value

    def test_setting_the_value(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2)
        m.entry("a").value = 5
        m.entry("a").value += 1
        assert list(m.items()) == [("a", 6), ("b", 2)]

    def test_the_key_cannot_be_set(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(AttributeError):
            m.entry("a").key = "b"

    def test_insert_gives_the_old_value(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        assert m.entry("a").insert(2) == 1
        assert dict(m) == {"a": 2}

    def test_insert_entry_gives_an_entry(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        entry = m.entry("a").insert_entry(2)
        entry.value += 1
        assert type(entry) is kv.Occupied
        assert dict(m) == {"a": 3}

    def test_remove(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2)
        assert m.entry("a").remove() == 1
        assert dict(m) == {"b": 2}

    def test_remove_entry_gives_the_stored_key(self, kv: Any) -> None:
        stored = Key("a")
        m = kv.HashMap({stored: 1})
        key, value = m.entry(Key("a")).remove_entry()
        assert key is stored
        assert value == 1
        assert len(m) == 0

    def test_replace_key(self, kv: Any) -> None:
        old, new = Key("a"), Key("a")
        m = kv.HashMap({old: 1, "b": 2})
        entry = m.entry(new)
        assert entry.replace_key(new) is old
        assert [key is new for key in m] == [True, False]
        assert entry.key is new
        assert m[old] == 1

    @cases(key=["b", Key("x", hash("a")), 5])
    def test_replace_key_by_an_unequal_one(self, kv: Any, key: object) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(ValueError, match="not equal"):
            m.entry("a").replace_key(key)

    def test_replace_key_by_a_view_stores_what_it_stands_for(self, kv: Any) -> None:
        stored = "".join(["_", "a"])
        m = kv.HashMap({stored: 1})
        assert m.entry("_a").replace_key(ShortKey("a")) is stored
        [key] = m
        assert type(key) is str

    def test_and_modify(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        assert m.entry("a").and_modify(lambda n: n + 1).or_insert(0) == 2
        assert dict(m) == {"a": 2}

    def test_and_modify_may_store_none(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        m.entry("a").and_modify(lambda n: None)
        assert dict(m) == {"a": None}

    def test_and_modify_in_place(self, kv: Any) -> None:
        value = [2, 1]
        m = kv.HashMap(a=value)
        assert m.entry("a").and_modify_in_place(list.sort).or_insert([]) is value
        assert value == [1, 2]

    def test_and_modify_in_place_refuses_a_result(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(TypeError, match=r"returned 2.*use and_modify"):
            m.entry("a").and_modify_in_place(lambda n: n + 1)

    def test_and_replace_entry_with_a_value(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        entry = m.entry("a").and_replace_entry_with(lambda key, value: (key, value))
        assert type(entry) is kv.Occupied
        assert entry.value == ("a", 1)

    def test_and_replace_entry_with_remove(self, kv: Any) -> None:
        stored = Key("a")
        m = kv.HashMap({stored: 1})
        entry = m.entry(Key("a")).and_replace_entry_with(lambda key, value: kv.REMOVE)
        assert type(entry) is kv.Vacant
        assert len(m) == 0
        assert entry.key is stored
        assert entry.or_insert(2) == 2
        assert next(iter(m)) is stored


class TestVacant:
    def test_key(self, kv: Any) -> None:
        asked = Key("a")
        assert kv.HashMap().entry(asked).key is asked

    def test_reading_the_key_stores_nothing(self, kv: Any) -> None:
        m = kv.HashMap()
        with unchanged(m):
            assert m.entry(ShortKey("a")).key == "_a"

    def test_insert_gives_the_new_value(self, kv: Any) -> None:
        m = kv.HashMap(b=0)
        value: list[int] = []
        assert m.entry("a").insert(value) is value
        assert list(m.items()) == [("b", 0), ("a", [])]

    def test_insert_entry(self, kv: Any) -> None:
        m = kv.HashMap()
        entry = m.entry("a").insert_entry(1)
        entry.value += 1
        assert type(entry) is kv.Occupied
        assert dict(m) == {"a": 2}

    def test_or_insert_entry_counts(self, kv: Any) -> None:
        m = kv.HashMap()
        for word in "abca":
            m.entry(word).or_insert_entry(0).value += 1
        assert dict(m) == {"a": 2, "b": 1, "c": 1}

    def test_or_insert_with_key_is_given_the_key_to_be_stored(self, kv: Any) -> None:
        m = kv.HashMap()
        assert m.entry(ShortKey("a")).or_insert_with_key(lambda key: (key, type(key))) == (
            "_a",
            str,
        )

    @pytest.mark.parametrize(
        "name", ["and_modify", "and_modify_in_place", "and_replace_entry_with"]
    )
    def test_and_methods_call_nothing_and_give_the_entry(self, kv: Any, name: str) -> None:
        m = kv.HashMap()
        entry = m.entry("a")
        with unchanged(m):
            assert getattr(entry, name)(refuse) is entry
        assert entry.or_insert(1) == 1

    @cases(name=["value", "remove", "remove_entry", "replace_key"])
    def test_has_nothing_that_needs_a_value(self, kv: Any, name: str) -> None:
        assert not hasattr(kv.HashMap().entry("a"), name)


class TestMatching:
    def test_positional_patterns(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        match m.entry("a"):
            case kv.Vacant(_):
                pytest.fail("a is there")
            case kv.Occupied(key, value):
                assert (key, value) == ("a", 1)
            case _:
                pytest.fail("an entry is one or the other")
        match m.entry(ShortKey("b")):
            case kv.Occupied(_, _):
                pytest.fail("_b is not there")
            case kv.Vacant(key):
                assert key == "_b"
            case _:
                pytest.fail("an entry is one or the other")

    def test_entry_is_the_union(self, kv: Any) -> None:
        arms = kv.Entry.__value__.__args__
        assert [arm.__origin__ for arm in arms] == [kv.Occupied, kv.Vacant]


def test_an_entry_keeps_its_map_alive(kv: Any) -> None:
    assert kv.HashMap(a=1).entry("a").value == 1
    assert kv.HashMap().entry("a").or_insert(1) == 1


def test_an_entry_has_no_attributes_of_its_own(kv: Any) -> None:
    for key in ("a", "b"):
        with pytest.raises(AttributeError):
            kv.HashMap(a=1).entry(key).note = 1

"""What a dict class lets its users do with it: subclass, subscribe, match, refer to weakly, measure."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Mapping, MutableMapping
from typing import Any

import pytest

from tests.unit.tools import ShortKey, derived, unchanged


class TestMissing:
    def test_is_called_with_what_was_asked_and_stores_nothing(self, kv: Any) -> None:
        m = derived(kv.HashMap, __missing__=lambda self, key: ("missing", key))(a=1)
        view = ShortKey("x")
        with unchanged(m):
            assert m["a"] == 1
            assert m["b"] == ("missing", "b")
            assert m[view][1] is view

    def test_is_only_for_subscription(self, kv: Any) -> None:
        m = derived(kv.HashMap, __missing__=lambda self, key: 1)()
        assert m.get("a") is None
        assert "a" not in m
        assert m.get_many("a") == (None,)
        with pytest.raises(KeyError):
            m.pop("a")

    def test_may_store(self, kv: Any) -> None:
        m = derived(kv.HashMap, __missing__=lambda self, key: self.setdefault(key, [key]))()
        assert m["a"] is m["a"]
        assert dict(m) == {"a": ["a"]}

    def test_may_raise(self, kv: Any) -> None:
        def fail(self: object, key: object) -> None:
            raise ZeroDivisionError(key)

        m = derived(kv.HashMap, __missing__=fail)()
        with unchanged(m), pytest.raises(ZeroDivisionError, match="42"):
            m[42]

    def test_on_an_instance_has_no_effect(self, kv: Any) -> None:
        m = derived(kv.HashMap)()
        m.__missing__ = lambda key: 1
        with pytest.raises(KeyError):
            m["a"]


class TestClass:
    def test_is_a_mutable_mapping(self, kv: Any) -> None:
        assert isinstance(kv.HashMap(), MutableMapping)
        assert not isinstance(kv.HashMap(), dict)

    def test_can_be_subscripted(self, kv: Any) -> None:
        alias = kv.HashMap[str, int]
        assert alias.__origin__ is kv.HashMap
        assert alias.__args__ == (str, int)
        assert type(alias(a=1)) is kv.HashMap

    def test_instances_have_no_dict(self, kv: Any) -> None:
        with pytest.raises(AttributeError):
            kv.HashMap().note = 1
        derived(kv.HashMap)().note = 1

    @pytest.mark.parametrize("name", ["Occupied", "Vacant", "Lookup", "Concat", "Slice"])
    def test_the_others_are_final_in_name(self, kv: Any, name: str) -> None:
        assert getattr(kv, name).__final__ is True

    def test_can_be_called_with_super(self, kv: Any) -> None:
        def lower(self: Any, key: str) -> Any:
            return kv.HashMap.__getitem__(self, key.lower())

        assert derived(kv.HashMap, __getitem__=lower)(a=1)["A"] == 1


class TestWeakReferences:
    def test_to_a_map(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        reference = weakref.ref(m)
        assert reference() is m
        del m
        gc.collect()
        assert reference() is None

    @pytest.mark.parametrize("store", ["itself", "its entry", "its view", "its iterator"])
    def test_a_map_in_a_cycle_is_collected(self, kv: Any, store: str) -> None:
        m = derived(kv.HashMap)(a=1)
        m["cycle"] = {
            "itself": m,
            "its entry": m.entry("a"),
            "its view": m.items(),
            "its iterator": iter(m),
        }[store]
        reference = weakref.ref(m)
        del m
        gc.collect()
        assert reference() is None

    @pytest.mark.parametrize("remove", ["pop", "clear", "popitem", "__delitem__"])
    def test_a_removed_value_is_let_go(self, kv: Any, remove: str) -> None:
        m = kv.HashMap(a=derived(object)())
        reference = weakref.ref(m["a"])
        method = getattr(m, remove)
        method(*(["a"] if remove in ("pop", "__delitem__") else []))
        gc.collect()
        assert reference() is None


class TestMatch:
    def test_mapping_pattern(self, kv: Any) -> None:
        match kv.HashMap(kind="move", x=1, y=2):
            case {"kind": "move", "x": x, **rest}:
                assert (x, rest) == (1, {"y": 2})
            case _:
                pytest.fail("a mapping pattern must match")

    def test_absent_key_does_not_match_nor_call_missing(self, kv: Any) -> None:
        def refuse(self: object, key: object) -> None:
            raise AssertionError("__missing__ was called")

        match derived(kv.HashMap, __missing__=refuse)(a=1):
            case {"b": _}:
                pytest.fail("there is no b")
            case {"a": value}:
                assert value == 1

    def test_is_no_sequence(self, kv: Any) -> None:
        match kv.HashMap():
            case []:
                pytest.fail("a map is no sequence")
            case Mapping():
                pass


class TestSize:
    def test_grows_with_the_keys_and_shrinks(self, kv: Any) -> None:
        empty = sys.getsizeof(kv.HashMap())
        m = kv.HashMap.fromkeys(range(1000))
        full = sys.getsizeof(m)
        assert full > empty + 1000 * 8
        m.clear()
        m.shrink_to_fit()
        assert sys.getsizeof(m) < full


@pytest.mark.parametrize("name", ["Occupied", "Vacant", "Lookup", "Concat", "Slice"])
def test_final_classes_refuse_to_be_subclassed(kv: Any, name: str) -> None:
    with pytest.raises(TypeError, match=f"type 'keyview.{name}' is not an acceptable base type"):
        type("Derived", (getattr(kv, name),), {})

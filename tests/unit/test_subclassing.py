"""What a dict class lets its users do with it: subclass, subscribe, match, refer to weakly, measure."""

from __future__ import annotations

import gc
import operator
import sys
import weakref
from collections.abc import Mapping, MutableMapping
from typing import Any, Generic

import pytest

from tests.kit.cases import cases
from tests.kit.keys import ShortKey
from tests.kit.soundness import assert_sound, derived, unchanged


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

    @pytest.mark.parametrize(
        "missing",
        [
            lambda self, key: ("missing", key),
            staticmethod(lambda key: ("missing", key)),
            classmethod(lambda cls, key: ("missing", key)),
            property(lambda self: lambda key: ("missing", key)),
            None,
            operator.itemgetter(slice(None)),
            property(lambda self: self.absent),
            42,
        ],
    )
    @cases(inherited=[False, True])
    def test_of_any_kind_is_what_it_is_for_a_dict(
        self, kv: Any, missing: object, inherited: bool
    ) -> None:
        def outcome(base: Any) -> object:
            cls = derived(base, __missing__=missing)
            try:
                return (derived(cls) if inherited else cls)()["ab"]
            except Exception as error:
                return type(error), str(error)

        assert outcome(kv.HashMap) == outcome(dict)

    def test_a_metaclass_is_not_asked(self, kv: Any) -> None:
        def fail(cls: object, name: str) -> None:
            raise ZeroDivisionError(name)

        meta = derived(type(kv.HashMap), __getattr__=fail)
        with pytest.raises(KeyError):
            meta("Map", (kv.HashMap,), {})()["a"]

    def test_of_a_metaclass_is_not_called(self, kv: Any) -> None:
        meta = derived(type(kv.HashMap), __missing__=lambda cls, key: 1)
        with pytest.raises(KeyError):
            meta("Derived", (kv.HashMap,), {})()["a"]

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

    @cases(name=["Occupied", "Vacant", "Lookup", "Concat", "Slice"])
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

    @cases(store=["itself", "its entry", "its view", "its iterator"])
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

    @cases(remove=["pop", "clear", "popitem", "__delitem__"])
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


@cases(name=["Occupied", "Vacant", "Lookup", "Concat", "Slice"])
def test_final_classes_refuse_to_be_subclassed(kv: Any, name: str) -> None:
    with pytest.raises(TypeError, match=f"type 'keyview.{name}' is not an acceptable base type"):
        type("Derived", (getattr(kv, name),), {})


PRIVATE = """
    _adapter _adopted _copied _count _core _extract _factory _fill _find _group _hash _iterate _keyview _map
    _mapping _merge _order _query _reserve _seen _slot _state _store _table _take _update _values_of _version
    buckets order table version
""".split()  # noqa: SIM905
"""Names that keyview uses or has used for what is its own."""


class TestNames:
    def test_there_is_no_private_name(self, kv: Any) -> None:
        """But those of Python's own base classes, those that name their class, and those of IPython."""
        own = {name for name in dir(kv.HashMap) if name.startswith("_") and not name.endswith("__")}
        others = {"_HashMap__keyview", "_repr_html_", "_repr_pretty_"}
        assert own - {*dir(MutableMapping), *dir(Generic)} <= others

    @cases(base=["methods", "attributes"])
    def test_a_subclass_may_use_any(self, kv: Any, base: str) -> None:
        def refuse(*_args: object) -> None:
            raise AssertionError("a method of the subclass was called")

        members: dict[str, Any] = dict.fromkeys(PRIVATE, refuse) if base == "methods" else {}
        cls = derived(kv.HashMap, **members)
        m = cls({"a": 1}, b=2, default_factory=int)
        if base == "attributes":
            for name in PRIVATE:
                setattr(m, name, name)
        m["c"] = m.insert("d", 4)
        m.update({"a": 5, "e": 6})
        m.update(cls(f=7))
        m.update_with([("a", 1)], operator.add)
        m.merge("a", 1, operator.add)
        m.reserve(10)
        m.shrink_to_fit()
        assert m.get_many("a", "x") == (7, None)
        assert m.pop("f") == 7
        assert list(m.extract_if(lambda key, value: key == "e")) == [("e", 6)]
        assert m.copy() == m | {} == {} | m == {"a": 7, "b": 2, "c": None, "d": 4}
        assert m.by(str.lower)["A"] == 7
        assert cls.fromkeys("a", 1) == cls.counted("a") == {"a": 1}
        assert cls.grouped([("a", 1)]) == {"a": [1]}
        assert cls.with_capacity(5).capacity >= 5
        if base == "attributes":
            assert all(getattr(m.copy(), name) == name for name in PRIVATE)
        assert_sound(m)

    def test_public_methods_of_a_subclass_are_not_called_for_others(self, kv: Any) -> None:
        cls = derived(
            kv.HashMap, get_or_insert_with=None, merge=None, insert=None, get=None, update=None
        )
        assert cls.counted("aa") == {"a": 2}
        assert cls.grouped([("a", 1), ("a", 2)]) == {"a": [1, 2]}
        assert cls.reduced([("a", 1), ("a", 2)], max) == {"a": 2}
        assert cls([("a", 1)]) == {"a": 1}

    @pytest.mark.parametrize(
        "make",
        [
            lambda cls: cls.grouped([]),
            lambda cls: cls.counted([]),
            lambda cls: cls.reduced([], max),
            lambda cls: cls.with_capacity(1),
        ],
    )
    def test_a_class_that_makes_something_else_is_told(self, kv: Any, make: Any) -> None:
        with pytest.raises(TypeError, match="Derived made 42, which is not a HashMap"):
            make(derived(kv.HashMap, __new__=lambda cls: 42))


KEEPERS: dict[str, Any] = {
    "iterator": iter,
    "reversed iterator": reversed,
    "iterator over items": lambda m: iter(m.items()),
    "extraction": lambda m: m.extract_if(lambda key, value: False),
    "Occupied": lambda m: m.entry("a"),
    "Vacant": lambda m: m.entry("x"),
    "filled entry": lambda m: m.entry("a").and_modify(lambda value: value),
    "keys": lambda m: m.keys(),
    "values": lambda m: m.values(),
    "items": lambda m: m.items(),
    "by": lambda m: m.by(str),
}


@cases(keep=KEEPERS)
def test_what_looks_into_a_map_keeps_it_alive(kv: Any, keep: Any) -> None:
    m = kv.HashMap(a=1)
    reference = weakref.ref(m)
    kept = keep(m)
    del m
    gc.collect()
    assert reference() is not None
    del kept
    gc.collect()
    assert reference() is None


@cases(name=[name for name in KEEPERS if "iterator" in name])
def test_an_iterator_that_noticed_a_change_lets_its_map_go(kv: Any, name: str) -> None:
    m = kv.HashMap(a=1)
    iterator = KEEPERS[name](m)
    reference = weakref.ref(m)
    m["b"] = 2
    for _ in range(2):
        with pytest.raises(RuntimeError, match="HashMap changed during iteration"):
            next(iterator)
    del m
    gc.collect()
    assert reference() is None
    assert operator.length_hint(iterator) == 0
    with pytest.raises(RuntimeError, match="HashMap changed during iteration"):
        next(iterator)


@cases(name=[name for name in KEEPERS if "iterator" in name])
def test_a_finished_iterator_lets_its_map_go(kv: Any, name: str) -> None:
    m = kv.HashMap(a=1)
    iterator = KEEPERS[name](m)
    reference = weakref.ref(m)
    assert len(list(iterator)) == 1
    del m
    gc.collect()
    assert reference() is None
    assert list(iterator) == []
    assert operator.length_hint(iterator) == 0
    assert list(iterator.__reduce__()[1][0]) == []


def test_messages_name_the_class_of_the_map(kv: Any) -> None:
    m = derived(kv.HashMap)(a=1)
    iterator = iter(m.items())
    m["b"] = 2
    for _ in range(2):
        with pytest.raises(RuntimeError, match=r"^Derived changed during iteration"):
            next(iterator)
    with pytest.raises(RuntimeError, match=r"^Derived changed during retain"):
        m.retain(lambda key, value: m.clear())
    with pytest.raises(KeyError, match="an empty Derived"):
        m.popitem()
    with pytest.raises(TypeError, match="an entry of a Derived that has no default_factory"):
        m.entry("a").or_default()
    m["a"] = 1
    with pytest.raises(RuntimeError, match=r"^Derived changed during extract_if"):
        list(m.extract_if(lambda key, value: m.clear()))

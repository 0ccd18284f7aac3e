"""What a sorted map or set has of a dict, a set and a HashMap: construction, copies, pickles, comparison."""

from __future__ import annotations

import copy
import pickle
import weakref
from operator import add, neg
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import fresh_keyview, installed_backends
from tests.kit.keys import ShortKey
from tests.unit.sorted_tools import OrderedShortKey

if TYPE_CHECKING:
    from collections.abc import Callable


def test_construction(kv: Any) -> None:
    made, pairs = kv.SortedMap, [("b", 1), ("a", 2), ("c", 3)]
    assert (
        list(made(pairs)) == list(made(dict(pairs))) == list(made(made(pairs))) == ["a", "b", "c"]
    )
    assert made(kv.HashMap(pairs), d=4)["d"] == 4
    assert made(pairs[:1], a=0) == {"a": 0, "b": 1}
    assert list(made.fromkeys("ba", 0).items()) == [("a", 0), ("b", 0)]
    assert list(made.grouped([(2, "a"), (1, "b"), (2, "c")]).items()) == [
        (1, ["b"]),
        (2, ["a", "c"]),
    ]
    assert list(made.counted("banana").items()) == [("a", 3), ("b", 1), ("n", 2)]
    assert kv.HashMap(made(pairs)) == dict(pairs)
    for source, kind, words in (
        (5, TypeError, "not iterable"),
        ([5], TypeError, "SortedMap was given 5 as element 0"),
        ([(1, 2, 3)], ValueError, "has length 3"),
    ):
        with pytest.raises(kind, match=words):
            made(source)
    with pytest.raises(TypeError, match="default_factory was given 5"):
        made(default_factory=5)
    # Keys need no hash.
    assert list(made([([2], 1), ([1], 2)])) == [[1], [2]]
    assert made([([2], 1)])[[2]] == 1


def test_what_a_map_shares_with_hashmap(kv: Any) -> None:
    m = kv.SortedMap({"b": 2, "a": 1}, default_factory=list)
    assert repr(m) == "SortedMap({'a': 1, 'b': 2}, default_factory=<class 'list'>)"
    assert m.entry("l").or_default() == []
    assert m.pop("l") == []
    with pytest.raises(kv.OccupiedError) as caught:
        m.try_insert("a", 5)
    assert caught.value.entry.value == 1
    m.update_with({"a": 10, "z": 26}, add)
    assert list(m.items()) == [("a", 11), ("b", 2), ("z", 26)]
    assert m.get_many("z", "x", "a") == (26, None, 11)
    assert (m.popitem(), m.popitem(last=False)) == (("z", 26), ("a", 11))
    for method in ("popitem", "pop_first", "pop_last"):
        with pytest.raises(KeyError, match=f"{method} was called on an empty SortedMap"):
            getattr(kv.SortedMap(), method)()
    for ask in (m.__getitem__, m.pop, m.remove_entry, m.index_of, m.__delitem__):
        with pytest.raises(KeyError, match="'q'"):
            ask("q")
    entry = m.entry("b")
    assert isinstance(entry, kv.Occupied)
    assert kv.entry(m, "b").key == "b"
    m["a"] = 1
    del m["b"]
    with pytest.raises(kv.StaleEntryError):
        entry.value  # noqa: B018
    m["b"] = 9
    assert entry.remove_entry() == ("b", 9)
    match m.entry("c"):
        case kv.Vacant(key):
            assert key == "c"
    assert m | {"0": 0} == {"0": 0, "a": 1}
    assert list({"z": 1, "a": 0} | m) == ["a", "z"]
    assert ({"a": 0} | m)["a"] == 1
    m |= [("c", 3)]
    assert (m | {}).default_factory is list
    assert m.keys() & {"a", "q"} == {"a"}
    assert m.items() <= {("a", 1), ("c", 3)}
    assert m.values().mapping["a"] == m.range("b").values().mapping["a"] == 1
    assert repr(m.range("b").items()) == "SortedMapItems([('c', 3)])"
    for name in (
        "capacity",
        "reserve",
        "shrink_to_fit",
        "with_capacity",
        "swap_remove",
        "move_to_end",
        "sort",
    ):
        assert not hasattr(m, name)


def test_a_vacant_entry_builds_the_key_of_its_view(kv: Any) -> None:
    """Whether the view orders itself or not, and after changes; a `repr` shows the key."""
    for view in (kv.Concat("_", "b"), OrderedShortKey("b"), ShortKey("b")):
        m = kv.SortedMap({"_a": 1, "_c": 3})
        entry = m.entry(view)
        m.pop_last()
        assert entry.and_modify(neg).key == "_b"
        assert repr(entry) == "Vacant('_b')"
        assert m.entry(view).or_insert_with_key(len) == 2
        assert list(m) == ["_a", "_b"]


def test_by(kv: Any) -> None:
    m = kv.SortedMap({"_b": 2, "_a": 1})
    by = m.by(kv.prefixed("_"))
    assert (by["a"], by.get("x"), "b" in by, by.index_of("b")) == (1, None, True, 1)
    assert by.get_or_insert_with("c", lambda: 3) == 3
    assert by.entry("a").insert_entry(7).key == "_a"
    assert by.pop("a") == 7
    with pytest.raises(KeyError, match="'a'"):
        by.pop("a")
    for method in (by.swap_remove, by.move_to_end):
        with pytest.raises(TypeError, match="a SortedMap, whose keys are always in order"):
            method("b")
    s = kv.SortedSet(["_a"]).by(kv.prefixed("_"))
    assert ("a" in s, s.get("b"), s.get_or_insert("b"), s.take("a")) == (True, None, "_b", "_a")


def test_comparison(kv: Any) -> None:
    made = kv.SortedMap
    m = made({1: "a", 2: "b"})
    for other in ({2: "b", 1: "a"}, kv.HashMap({2: "b", 1: "a"}), made({1.0: "a", 2: "b"})):
        assert m == other
        assert other == m
    for other in (
        {1: "a"},
        {1: "a", 2: "c"},
        {1: "a", 3: "b"},
        made({1: "a", 3: "b"}),
        made({1: "a"}),
        [1],
    ):
        assert m != other
        assert other != m
    s = kv.SortedSet([1, 2])
    assert s == {1, 2} == s == frozenset([2, 1]) == kv.SortedSet([2, 1.0])
    for other in ({"a", 1}, {1}, [1, 2], kv.SortedSet(["a", "b"][:1])):
        assert s != other
        assert other != s
    # `==` does not raise for elements that do not compare: two sorted sets are compared pair by pair.
    a, b = kv.SortedSet([1, 2]), kv.SortedSet(["a", "b"])
    assert (a == b, a <= b, a.issubset(b), made(a=1) == made({1: 1})) == (False,) * 4
    assert a != b
    h = kv.HashSet([1, 2])
    assert (h == b, h <= b, b >= h, h.issubset(b), h == kv.SortedSet([[1], [2]])) == (False,) * 5
    # Nothing need compare with what a hashed set has; a union must order.
    assert s & {"a", 1} == {"a", 1} & s == {1}
    assert s - {"a", 1} == {2}
    assert {"a", 1} - s == {"a"}
    assert not s.isdisjoint({"a", 1})
    assert not s >= {"a"}
    unions: list[Callable[[], Any]] = [
        lambda: s | {"a"},
        lambda: s ^ {"a"},
        lambda: {"a"} | s,
        lambda: s.update({"a"}),
    ]
    for union in unions:
        with pytest.raises(TypeError):
            union()
    not_sets: list[Callable[[], Any]] = [
        lambda: s | [1],
        lambda: s & [1],
        lambda: s - [1],
        lambda: [1] - s,
        lambda: s <= [1],
    ]
    for operate in not_sets:
        with pytest.raises(TypeError):
            operate()
    assert s.union([0], [5]) == {0, 1, 2, 5}
    assert s.intersection([1, 9], (1,)) == {1}
    assert s.issuperset([1]) > s.issuperset([1, 3])
    assert weakref.ref(m)() is m
    for thing in (m, s):
        with pytest.raises(TypeError, match="unhashable"):
            hash(thing)


def test_what_a_set_has(kv: Any) -> None:
    s = kv.SortedSet([3, 1, 2])
    assert repr(s) == "SortedSet({1, 2, 3})"
    assert repr(kv.SortedSet()) == "SortedSet()"
    assert (s.get(True), s.get(9), s.replace(True), s.first(), s.last()) == (1, None, 1, True, 3)
    assert (s.at(0), s.at(-1), s.index_of(2), s.rank(2.5)) == (True, 3, 1, 2)
    assert (s.take(2), s.pop(), s.pop_first(), s.first()) == (2, 3, True, None)
    for method in ("pop", "pop_first", "pop_last"):
        with pytest.raises(KeyError, match=f"{method} was called on an empty SortedSet"):
            getattr(s, method)()
    for ask in (s.remove, s.take, s.index_of):
        with pytest.raises(KeyError, match="7"):
            ask(7)
    with pytest.raises(IndexError, match="no elements"):
        s.at(0)
    s.update(range(6))
    upper = s.split_off(3)
    assert (s, upper) == ({0, 1, 2}, {3, 4, 5})
    part = upper.range(4)
    assert (part.first(), part.last(), len(part), part.at(-1), 3 in part) == (4, 5, 2, 5, False)
    assert repr(part) == "SetRange({4, 5})"
    part.retain(lambda n: n != 4)
    assert (part.pop_first(), upper, repr(part)) == (5, {3}, "SetRange()")
    assert list(s.extract_if(lambda n: n < 2)) == [0, 1]
    assert list(s.drain()) == [2]
    assert list(s.range(prefix="a")) == []


def _made(kv: Any) -> list[Any]:
    """Of each class one of many elements; subclasses with attributes."""
    return [
        kv.SortedMap(((n, [n]) for n in range(1500)), default_factory=list),
        kv.SortedSet(range(1500)),
        kv.SortedMap({kv.Reverse(1): (1,)}),
    ]


def test_copies_and_pickles(kv: Any) -> None:
    class Sub(kv.SortedMap):  # type: ignore[misc]
        pass

    sub = Sub({1: 2})
    sub.attribute = [1]
    for one in (sub.copy(), sub | {}, sub.split_off(0), copy.copy(Sub(sub) | {1: 2})):
        assert type(one) is Sub
        assert one == {1: 2}
    assert sub.copy().attribute is sub.attribute
    for made in _made(kv):
        pickled = [pickle.loads(pickle.dumps(made, protocol)) for protocol in range(6)]
        for one in (copy.copy(made), copy.deepcopy(made), *pickled):
            assert type(one) is type(made)
            assert one == made
            assert list(one) == list(made)
            assert getattr(one, "default_factory", None) is getattr(made, "default_factory", None)
        changed = made.copy()
        changed.clear()
        assert made
    iterator = iter(kv.SortedMap.fromkeys(range(4)))
    next(iterator)
    assert list(pickle.loads(pickle.dumps(iterator))) == list(copy.copy(iterator)) == [1, 2, 3]
    assert list(iterator) == [1, 2, 3]
    m = kv.SortedMap({1: 1})
    for what in (m.range(1), m.range(1).items(), m.entry(1)):
        with pytest.raises(TypeError, match="cannot pickle or copy"):
            pickle.dumps(what)
    for made in (kv.Range, kv.SetRange):
        told = rf"cannot create {made.__name__} instances; call range\(\) on a sorted map or set"
        with pytest.raises(TypeError, match=told):
            made()


def test_the_backends_read_each_others_pickles() -> None:
    pickles = {}
    for backend in installed_backends():
        with fresh_keyview(backend) as kv:
            pickles[backend] = [pickle.dumps(one) for one in _made(kv)]
    assert all(pickled == pickles["pure"] for pickled in pickles.values())
    assert not any(b"_pure" in pickled for pickled in pickles["pure"])


def test_a_subclass_is_asked_where_it_says_how(kv: Any) -> None:
    class Sub(kv.SortedMap):  # type: ignore[misc]
        def __missing__(self, key: Any) -> str:
            return f"no {key}"

        def __setitem__(self, key: Any, value: Any) -> None:
            super().__setitem__(key, (value,))

        def __iter__(self) -> Any:
            return iter([1])

    sub = Sub.fromkeys([2, 1], 0)
    assert (sub[1], sub[5], sub.get(5)) == ((0,), "no 5", None)
    assert list(kv.SortedMap(sub)) == list(sub.keys())
    assert sub.__getstate__() == (None, None)

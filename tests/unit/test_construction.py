"""Making a map: from mappings, pairs and keywords, and by the class methods."""

from __future__ import annotations

import operator
from collections import ChainMap, OrderedDict, UserDict, defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import Key
from tests.kit.soundness import derived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAIRS = [("a", 1), ("b", 2), ("c", 3)]


class OnlyKeysAndGetItem:
    """All that `dict` asks of a mapping."""

    def keys(self) -> list[str]:
        return ["a", "b", "c"]

    def __getitem__(self, key: str) -> int:
        return dict(PAIRS)[key]


SOURCES: dict[str, Callable[[Any], object]] = {
    "dict": lambda kv: dict(PAIRS),
    "HashMap": lambda kv: kv.HashMap(PAIRS),
    "OrderedDict": lambda kv: OrderedDict(PAIRS),
    "defaultdict": lambda kv: defaultdict(int, PAIRS),
    "UserDict": lambda kv: UserDict(PAIRS),
    "ChainMap": lambda kv: ChainMap(dict(PAIRS)),
    "mapping proxy": lambda kv: MappingProxyType(dict(PAIRS)),
    "keys and getitem": lambda kv: OnlyKeysAndGetItem(),
    "list": lambda kv: PAIRS,
    "iterator": lambda kv: iter(PAIRS),
    "pairs that are lists": lambda kv: [list(pair) for pair in PAIRS],
    "pairs that are iterators": lambda kv: [iter(pair) for pair in PAIRS],
    "live items": lambda kv: kv.HashMap(PAIRS).items(),
    "live items of a dict": lambda kv: dict(PAIRS).items(),
}


def _update(kv: Any, source: object) -> Any:
    made = kv.HashMap()
    made.update(source)
    return made


def _ior(kv: Any, source: object) -> Any:
    made = same = kv.HashMap()
    made |= source
    assert made is same
    return made


MAKERS: dict[str, Callable[[Any, object], Any]] = {
    "HashMap": lambda kv, source: kv.HashMap(source),
    "update": _update,
    "|=": _ior,
}


def test_dicts_of_every_kind_and_size(kv: Any) -> None:
    """With holes, with more memory than they need, with their values elsewhere; an index of each width."""
    kinds: list[Callable[[int], Any]] = [str, int, lambda n: (n, str(n)), lambda n: Key(n, n % 50)]
    for kind in kinds:
        for size in (0, 1, 5, 6, 90, 300):
            keys = list(map(kind, range(size)))
            holes = dict.fromkeys([*keys, kind(-2), *map(kind, range(1000, 1000 + size))], 1)
            for key in list(holes)[size:]:
                del holes[key]
            for source in (dict.fromkeys(keys, 1), holes, holes | {None: 2}):
                for m in (kv.HashMap(), kv.HashMap.with_capacity(200)):
                    m.update(source)
                    assert list(m.items()) == list(source.items())
                    assert m == source
                    assert all(m[key] == 1 for key in keys)
                    m.update(more := dict.fromkeys(keys[::2], 3))
                    for key in keys[1::2]:
                        del m[key]
                    assert m == more | ({None: 2} if None in source else {})
    large = dict.fromkeys(range(70_000))
    assert list(kv.HashMap(large)) == list(large)
    thing = derived(object)()
    thing.a, thing.b = 1, 2
    assert list(kv.HashMap(vars(thing)).items()) == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
class TestSources:
    def test_views_among_the_keys_of_a_dict_are_not_stored(
        self, kv: Any, make: Callable[[Any, object], Any]
    ) -> None:
        made = make(
            kv, {"a": 1, kv.Concat("b", "c"): 2, memoryview(b"d"): 3, (kv.Concat("e"), 1): 4}
        )
        assert list(made.items()) == [("a", 1), ("bc", 2), (b"d", 3), (("e", 1), 4)]
        assert [type(key) for key in made] == [str, str, bytes, tuple]

    @cases(source=SOURCES)
    def test_takes_whatever_a_dict_takes(
        self, kv: Any, make: Callable[[Any, object], Any], source: Callable[[Any], object]
    ) -> None:
        assert list(make(kv, source(kv)).items()) == PAIRS

    @pytest.mark.parametrize(
        ("element", "error", "says"),
        [
            (5, TypeError, "5 as element 2"),
            ("abc", ValueError, "'abc' as element 2, which has length 3"),
            ((), ValueError, r"\(\) as element 2, which has length 0"),
        ],
    )
    def test_says_which_element_is_not_a_pair(
        self,
        kv: Any,
        make: Callable[[Any, object], Any],
        element: object,
        error: type[Exception],
        says: str,
    ) -> None:
        with pytest.raises(error, match=says):
            make(kv, [("a", 1), ("b", 2), element])

    @cases(broken=["__iter__", "__next__"])
    def test_lets_an_element_raise(
        self, kv: Any, make: Callable[[Any, object], Any], broken: str
    ) -> None:
        def fail(self: object) -> object:
            raise TypeError("of its own")

        members: dict[str, Any] = {"__iter__": lambda self: self, "__next__": lambda self: 1}
        element = derived(object, **{**members, broken: fail})()
        with pytest.raises(TypeError, match=r"^of its own$"):
            make(kv, [("a", 1), element])

    def test_an_element_of_an_iterable_class_is_not_iterable(
        self, kv: Any, make: Callable[[Any, object], Any]
    ) -> None:
        class Iterable(type):
            def __iter__(cls) -> Iterator[int]:
                return iter([1, 2])

        with pytest.raises(TypeError, match="as element 0, which is not a"):
            make(kv, [Iterable("Element", (), {})()])

    @cases(source=[None, 5, object()])
    def test_refuses_what_is_not_iterable(
        self, kv: Any, make: Callable[[Any, object], Any], source: object
    ) -> None:
        with pytest.raises(TypeError, match="not iterable"):
            make(kv, source)

    @cases(broken=["keys", "__iter__", "__next__", "__getitem__"])
    def test_lets_the_source_raise(
        self, kv: Any, make: Callable[[Any, object], Any], broken: str
    ) -> None:
        def fail(*_args: object) -> object:
            raise ZeroDivisionError

        members: dict[str, Any] = {
            "__init__": lambda self: None,
            "keys": lambda self: self,
            "__iter__": lambda self: self,
            "__next__": lambda self: "a",
            "__getitem__": lambda self, key: 1,
        }
        source = derived(object, **{**members, broken: fail})()
        with pytest.raises(ZeroDivisionError):
            make(kv, source)


class TestConstructor:
    def test_empty(self, kv: Any) -> None:
        assert list(kv.HashMap()) == []
        assert not kv.HashMap()
        assert kv.HashMap({1: 1})

    def test_keywords_come_after_and_win(self, kv: Any) -> None:
        made = kv.HashMap({"a": 1, "b": 2}, b=3, c=4)
        assert list(made.items()) == [("a", 1), ("b", 3), ("c", 4)]

    def test_self_source_and_other_are_ordinary_keywords(self, kv: Any) -> None:
        assert dict(kv.HashMap(self=1, source=2, other=3)) == {"self": 1, "source": 2, "other": 3}
        made = kv.HashMap()
        made.update(self=1, source=2, other=3)
        assert dict(made) == {"self": 1, "source": 2, "other": 3}

    def test_default_factory_is_reserved(self, kv: Any) -> None:
        made = kv.HashMap(default_factory=list)
        assert len(made) == 0
        assert made.default_factory is list
        assert kv.HashMap().default_factory is None

    def test_default_factory_must_be_callable(self, kv: Any) -> None:
        with pytest.raises(TypeError, match="default_factory was given 5"):
            kv.HashMap(default_factory=5)
        made = kv.HashMap(default_factory=list)
        with pytest.raises(TypeError, match="default_factory was given 5"):
            made.default_factory = 5
        assert made.default_factory is list

    def test_takes_one_positional_argument(self, kv: Any) -> None:
        with pytest.raises(TypeError):
            kv.HashMap({}, {})
        with pytest.raises(TypeError):
            kv.HashMap().update({}, {})

    def test_called_again_it_updates(self, kv: Any) -> None:
        made = kv.HashMap(a=1)
        made.__init__(b=2)
        assert dict(made) == {"a": 1, "b": 2}

    def test_equal_keys_keep_the_first_key_and_the_last_value(self, kv: Any) -> None:
        made = kv.HashMap([(1, "int"), (2, "two"), (True, "bool"), (1.0, "float")])
        assert list(made.items()) == [(1, "float"), (2, "two")]
        assert type(next(iter(made))) is int


class TestUpdate:
    def test_keeps_what_came_before_the_error(self, kv: Any) -> None:
        made = kv.HashMap(a=1)
        with pytest.raises(TypeError, match="element 2"):
            made.update([("b", 2), ("a", 3), None])
        assert list(made.items()) == [("a", 3), ("b", 2)]

    def test_from_itself_changes_nothing(self, kv: Any) -> None:
        made = kv.HashMap(PAIRS)
        made.update(made)
        assert list(made.items()) == PAIRS

    def test_honours_a_subclass_that_iterates_in_its_own_way(self, kv: Any) -> None:
        """As `dict.update`, which takes its short cut only for a dict's own `__iter__`."""
        backwards = derived(
            kv.HashMap,
            keys=lambda self: reversed(list(kv.HashMap.keys(self))),
            __iter__=lambda self: reversed(list(kv.HashMap.__iter__(self))),
        )
        assert list(kv.HashMap(backwards(PAIRS)).items()) == PAIRS[::-1]

    def test_never_calls_a_setitem_of_a_subclass(self, kv: Any) -> None:
        """As `dict.update`: neither for pairs nor for keywords."""

        def refuse(*_args: object) -> None:
            raise AssertionError("__setitem__ was called")

        made = derived(kv.HashMap, __setitem__=refuse)([("a", 1)], b=2)
        made.update({"c": 3}, d=4)
        assert dict(made) == {"a": 1, "b": 2, "c": 3, "d": 4}


class TestFromkeys:
    def test_one_value_for_all(self, kv: Any) -> None:
        shared: list[int] = []
        made = kv.HashMap.fromkeys("aba", shared)
        assert list(made) == ["a", "b"]
        assert made["a"] is made["b"] is shared

    def test_none_by_default(self, kv: Any) -> None:
        assert dict(kv.HashMap.fromkeys(iter([1, 2]))) == {1: None, 2: None}

    def test_gives_the_subclass_and_uses_its_setitem(self, kv: Any) -> None:
        calls: list[tuple[object, object]] = []

        def record(self: Any, key: object, value: object) -> None:
            calls.append((key, value))
            kv.HashMap.__setitem__(self, key, value)

        sub = derived(kv.HashMap, __setitem__=record)
        made = sub.fromkeys("ab", 1)
        assert type(made) is sub
        assert calls == [("a", 1), ("b", 1)]

    def test_from_a_map(self, kv: Any) -> None:
        assert list(kv.HashMap.fromkeys(kv.HashMap(PAIRS), 0).items()) == [
            ("a", 0),
            ("b", 0),
            ("c", 0),
        ]


class TestWholeLoopConstructors:
    def test_grouped(self, kv: Any) -> None:
        made = kv.HashMap.grouped([("b", 1), ("a", 2), ("b", 3)])
        assert list(made.items()) == [("b", [1, 3]), ("a", [2])]

    def test_counted(self, kv: Any) -> None:
        assert list(kv.HashMap.counted("abca").items()) == [("a", 2), ("b", 1), ("c", 1)]

    def test_reduced(self, kv: Any) -> None:
        pairs = [("b", 1), ("a", 2), ("b", 5), ("b", 3)]
        assert list(kv.HashMap.reduced(iter(pairs), max).items()) == [("b", 5), ("a", 2)]
        made = kv.HashMap.reduced(((key, {value}) for key, value in pairs), operator.ior)
        assert made == {"b": {1, 3, 5}, "a": {2}}
        with pytest.raises(TypeError, match=r"7 as element 1, .*; give an iterable of pairs"):
            kv.HashMap.reduced([("a", 1), 7], max)
        with pytest.raises(ZeroDivisionError):
            kv.HashMap.reduced([("a", 1), ("a", 0)], operator.truediv)

    def test_merged(self, kv: Any) -> None:
        parts = [kv.HashMap(b=[1]), {"a": [2]}, kv.HashMap(b=[3])]
        made = kv.HashMap.merged(iter(parts), lambda old, new: old + new)
        assert list(made.items()) == [("b", [1, 3]), ("a", [2])]
        assert parts == [{"b": [1]}, {"a": [2]}, {"b": [3]}]
        assert len(kv.HashMap.merged([], max)) == 0

    def test_of_nothing(self, kv: Any) -> None:
        assert len(kv.HashMap.grouped([])) == len(kv.HashMap.counted([])) == 0

    def test_grouped_says_which_element_is_not_a_pair(self, kv: Any) -> None:
        with pytest.raises(ValueError, match=r"grouped was given .* element 1, which has length 3"):
            kv.HashMap.grouped([("a", 1), (1, 2, 3)])
        with pytest.raises(TypeError, match="element 1"):
            kv.HashMap.grouped([("a", 1), 7])

    @cases(name=["fromkeys", "grouped", "counted"])
    def test_they_read_as_they_go(self, kv: Any, name: str) -> None:
        def items() -> Iterator[tuple[str, int]]:
            yield ("a", 1)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            getattr(kv.HashMap, name)(items())

    @pytest.mark.parametrize(
        ("name", "argument"), [("grouped", [(1, 2)]), ("counted", [1]), ("with_capacity", 3)]
    )
    def test_they_give_the_subclass(self, kv: Any, name: str, argument: object) -> None:
        sub = derived(kv.HashMap)
        assert type(getattr(sub, name)(argument)) is sub


def test_the_constructor_speaks_for_itself(kv: Any) -> None:
    with pytest.raises(ValueError, match=r"HashMap was given .* element 1, which has length 3"):
        kv.HashMap([("a", 1), (1, 2, 3)])


@pytest.mark.parametrize("of", ["HashMap", "SortedMap"])
def test_what_makes_a_map_by_a_function(kv: Any, of: str) -> None:
    cls = getattr(kv, of)
    words = ["to", "be", "or", "not"]
    for source in (words, tuple(words), iter(words), dict.fromkeys(words)):
        assert list(cls.grouped(source, key=len).items()) == [(2, words[:3]), (3, words[3:])]
    assert dict(cls.counted(iter(words), key=len)) == {2: 3, 3: 1}
    assert dict(cls.reduced(words, min, key=len)) == {2: "be", 3: "not"}
    assert (
        cls.grouped([], key=len) == cls.counted((), key=len) == cls.reduced([], max, key=len) == {}
    )
    reduced: Any = lambda items, **by: cls.reduced(items, max, **by)  # noqa: E731
    for make in (cls.grouped, cls.counted, reduced):
        with pytest.raises(ZeroDivisionError):
            make([1, 0], key=lambda number: 1 // number)
        with pytest.raises(TypeError, match="not callable"):
            make([1], key=5)
        with pytest.raises(TypeError):
            make([1], len)
        # Which is no end of the items.
        with pytest.raises(StopIteration):
            make([[1], [], [2]], key=lambda numbers: next(iter(numbers)))


@pytest.mark.parametrize("of", ["HashMap", "SortedMap"])
@pytest.mark.parametrize("name", ["grouped", "counted", "reduced"])
def test_items_are_read_one_by_one(kv: Any, of: str, name: str) -> None:
    read, made = [], getattr(getattr(kv, of), name)

    def items() -> Iterator[int]:
        for item in range(3):
            read.append(item)
            yield item

    def key(item: int) -> int:
        assert read == [*range(item + 1)]
        return 0

    made(items(), *([max] if name == "reduced" else []), key=key)
    assert len(read) == 3

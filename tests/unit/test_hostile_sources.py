"""What a map is made from, compared with or asked for may be of any kind, and run any code meanwhile."""

from __future__ import annotations

import builtins
import gc
import sys
import weakref
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import Key
from tests.kit.soundness import assert_sound, derived, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

FILLS: dict[str, Callable[[Any, Any], Any]] = {
    "HashMap": lambda cls, source: cls(source),
    "update": lambda cls, source: _filled(cls(), source),
    "update of one that is not empty": lambda cls, source: _filled(cls(there=1), source),
    "update_with": lambda cls, source: _filled_with(cls(), source),
}


def _filled(m: Any, source: object) -> Any:
    m.update(source)
    return m


def _filled_with(m: Any, source: object) -> Any:
    m.update_with(source, max)
    return m


@cases(before=[0, 3])
@cases(fill=FILLS)
def test_a_dict_that_is_reordered_while_it_is_read(
    kv: Any, fill: Callable[[Any, Any], Any], before: int
) -> None:
    """A `__hash__` takes a key out of the dict and puts it back, which leaves the size as it was."""
    keys = [Key(number) for number in range(6)]
    source: dict[object, int] = dict.fromkeys([*range(100, 100 + before), *keys], 1)

    def reorder() -> None:
        for key in keys[0], keys[3]:
            key.on_hash = lambda: None
            source[key] = source.pop(key)

    keys[2].on_hash = reorder
    m = fill(kv.HashMap, source)
    assert len(m) == len(set(m))
    assert set(m) >= set(source)
    assert_sound(m)


def test_a_source_that_renames_the_class(kv: Any) -> None:
    cls = derived(kv.HashMap, name="Name that is only ever written here")

    class Source:
        def __iter__(self) -> Any:
            cls.__name__ = "Another name, so that the first may be released " * 2
            gc.collect()
            yield 5

    with pytest.raises(TypeError, match="Name that is only ever written here was given 5 as"):
        cls(Source())


ITERATORS: dict[str, Callable[[Any], Any]] = {
    "iter": iter,
    "reversed": reversed,
    "keys": lambda m: iter(m.keys()),
    "values": lambda m: iter(m.values()),
    "items": lambda m: iter(m.items()),
    "extract_if": lambda m: m.extract_if(lambda key, value: value == 1),
}


@cases(iterate=ITERATORS)
def test_a_finished_iterator_lets_go_of_the_map(kv: Any, iterate: Callable[[Any], Any]) -> None:
    """As a dict's; what it releases is released at once."""
    value = derived(object)()
    m = kv.HashMap(a=1, b=value)
    gone = weakref.ref(m), weakref.ref(value)
    iterator = iterate(m)
    assert len(list(iterator)) > 0
    del m, value
    assert [reference() for reference in gone] == [None, None]
    assert next(iterator, None) is None


def test_an_extraction_that_failed_lets_go_of_the_map(kv: Any) -> None:
    m = kv.HashMap(a=1)
    gone = weakref.ref(m)
    extraction = m.extract_if(lambda key, value: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        next(extraction)
    del m
    assert gone() is None
    assert next(extraction, None) is None


def test_an_iterator_over_what_changed_says_so_each_time(kv: Any) -> None:
    m = kv.HashMap(a=1, b=2)
    iterator = iter(m.items())
    next(iterator)
    m["c"] = 3
    for _ in range(2):
        with pytest.raises(RuntimeError, match="changed during iteration"):
            next(iterator)
    assert list(m) == ["a", "b", "c"]


class Meddling:
    """Equal to whatever, after it has done what it was told to."""

    def __init__(self, run: Callable[[], object], *, equal: bool = True) -> None:
        self.run = run
        self.equal = equal

    def __eq__(self, other: object) -> bool:
        self.run()
        return self.equal

    __hash__ = None  # type: ignore[assignment]


CHANGES: dict[str, Callable[[Any], object]] = {
    "clear": lambda m: m.clear(),
    "pop the next": lambda m: m.pop("b", None),
    "pop all but one": lambda m: [m.pop(key, None) for key in "abc"],
    "replace a value": lambda m: m.__setitem__("c", 5),
}


@cases(change=CHANGES)
@cases(changed=["left", "right", "both"])
@cases(kind=[dict, None])
@cases(equal=[True, False])
def test_an_eq_that_changes_what_is_compared(
    kv: Any, change: Callable[[Any], object], changed: str, kind: Any, equal: bool
) -> None:
    """It is compared as dicts are: what is there no longer when its turn comes is not asked about."""
    results = []
    for left_kind, right_kind in ((dict, dict), (kv.HashMap, kind or kv.HashMap)):

        def meddle() -> None:
            for name, m in (("left", left), ("right", right)):  # noqa: B023 -- called in this turn
                if changed in (name, "both"):
                    change(m)

        # A dict asks the value on the right, a HashMap that on the left.
        left = left_kind(a=Meddling(meddle, equal=equal), b=2, c=3, d=4)
        right = right_kind(a=Meddling(meddle, equal=equal), b=2, c=3, d=4)
        results.append(left == right)
    assert results[0] == results[1]


@cases(ask=["reserve", "with_capacity"])
@pytest.mark.parametrize(
    ("count", "error"),
    [
        (sys.maxsize // 96 + 1, OverflowError),
        (sys.maxsize // 2, OverflowError),
        (sys.maxsize // 96 - 1, MemoryError),
    ],
)
def test_room_that_cannot_be_had(kv: Any, ask: str, count: int, error: type[Exception]) -> None:
    m = kv.HashMap(a=1)
    with unchanged(m), pytest.raises(error):
        getattr(m, ask)(count)
    assert m.capacity < 100


class TestAMetaclassIsNotAsked:
    """Whether an object is a view is for its class to say, as with every special method."""

    @pytest.mark.parametrize(
        "members",
        [
            {"__getattr__": lambda cls, name: lambda self: "from the metaclass"},
            {"__key__": lambda cls: "from the metaclass"},
            {"__getattr__": lambda cls, name: 1 / 0},
            {"__eq__": lambda cls, other: True, "__hash__": None},
        ],
        ids=["getattr", "method", "failing getattr", "no hash"],
    )
    def test_what_the_metaclass_says(self, kv: Any, members: dict[str, Any]) -> None:
        meta = derived(type, **members)
        key = meta("Plain", (), {})()
        m = kv.HashMap()
        m[key] = 1
        m[key, 2] = 2
        assert m.get_many(key, (key, 2)) == (1, 2)
        assert [stored is key for stored in m] == [True, False]

    def test_a_class_that_is_no_view_though_its_base_is(self, kv: Any) -> None:
        base = derived(object, __key__=lambda self: "k", __hash__=lambda self: hash("k"))
        key = derived(base, __key__=None)()
        m = kv.HashMap()
        m[key] = 1
        assert next(iter(m)) is key


UNHASHABLE: dict[str, Callable[[Any], object]] = {
    "getitem": lambda m: m[[]],
    "contains": lambda m: [] in m,
    "setitem": lambda m: m.__setitem__([], 1),
    "delitem": lambda m: m.__delitem__([]),
    "get": lambda m: m.get([]),
    "entry": lambda m: m.entry([]),
    "update": lambda m: m.update([([], 1)]),
    "by": lambda m: m.by(lambda asked: asked)[[]],
}


@cases(use=UNHASHABLE)
def test_an_unhashable_key(kv: Any, use: Callable[[Any], object]) -> None:
    """The sentence is that of `hash`, on every Python; a dict's own says more from 3.14 on."""
    with pytest.raises(TypeError, match=r"^unhashable type: 'list'$"):
        use(kv.HashMap(a=1))


@pytest.mark.skipif(sys.version_info < (3, 15), reason="frozendict is new in Python 3.15")
class TestFrozendict:
    """PEP 814: a mapping that is no dict, equal to an equal one."""

    @pytest.fixture
    def frozen(self) -> Any:
        return builtins.frozendict  # type: ignore[attr-defined, unused-ignore]

    @cases(fill=FILLS)
    def test_is_a_source(self, kv: Any, fill: Callable[[Any, Any], Any], frozen: Any) -> None:
        keys = [Key(number) for number in range(3)]
        source = frozen({"a": 1, keys[0]: 2, ("b", keys[1]): 3, keys[2]: 4})
        for key in keys:
            key.hashes = 0
        m = fill(kv.HashMap, source)
        m.pop("there", None)
        assert list(m.items()) == list(source.items())
        assert [key.hashes for key in keys] == [1, 0, 1]  # A tuple remembers its hash.

    def test_its_subclass_is_asked(self, kv: Any, frozen: Any) -> None:
        source = derived(frozen, __getitem__=lambda self, key: "asked")(a=1)
        assert kv.HashMap(source) == {"a": "asked"}

    def test_is_equal_to_an_equal_map(self, kv: Any, frozen: Any) -> None:
        m = kv.HashMap({"a": 1, 2: [3]})
        for same in frozen({2: [3], "a": 1}), frozen(m):
            assert m == same
            assert same == m
        for other in frozen(), frozen(a=1), frozen({"a": 1, 2: [4]}), frozen({"a": 1, 3: [3]}):
            assert m != other
            assert other != m

    def test_is_a_key_and_a_value(self, kv: Any, frozen: Any) -> None:
        m = kv.HashMap({frozen(a=1): frozen(b=2)})
        assert m[frozen(a=1)] == {"b": 2}
        with pytest.raises(TypeError):
            m[frozen(a=[])]

    def test_is_joined_with(self, kv: Any, frozen: Any) -> None:
        m = kv.HashMap(a=1)
        assert m | frozen(b=2) == {"a": 1, "b": 2}
        m |= frozen(a=3)
        assert m == frozen(a=3)

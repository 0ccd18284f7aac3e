"""`==`, `|`, `|=`: with maps, with other mappings, with anything else."""

from __future__ import annotations

import operator
from collections import ChainMap, OrderedDict, UserDict
from itertools import permutations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.soundness import derived, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

MAPPINGS: dict[str, Callable[[Any, dict[Any, Any]], Any]] = {
    "HashMap": lambda kv, pairs: kv.HashMap(pairs),
    "subclass": lambda kv, pairs: derived(kv.HashMap)(pairs),
    "dict": lambda kv, pairs: pairs,
    "OrderedDict": lambda kv, pairs: OrderedDict(pairs),
    "UserDict": lambda kv, pairs: UserDict(pairs),
    "ChainMap": lambda kv, pairs: ChainMap(pairs),
    "mapping proxy": lambda kv, pairs: MappingProxyType(pairs),
}

NAN = float("nan")


@pytest.mark.parametrize("other", MAPPINGS.values(), ids=MAPPINGS)
class TestEquality:
    @cases(pairs=[{}, {"a": 1}, {"a": 1, "b": [2]}, {1: NAN}, {NAN: 1}])
    def test_equal_pairs_are_equal(
        self, kv: Any, other: Callable[..., Any], pairs: dict[Any, Any]
    ) -> None:
        assert kv.HashMap(pairs) == other(kv, pairs)
        assert other(kv, pairs) == kv.HashMap(pairs)
        assert (kv.HashMap(pairs) != other(kv, pairs)) is False

    def test_order_does_not_matter(self, kv: Any, other: Callable[..., Any]) -> None:
        keys = "abcd"
        for order in permutations(keys):
            assert kv.HashMap.fromkeys(keys, 1) == other(kv, dict.fromkeys(order, 1))
            for different in order:
                pairs = {key: 1 + (key == different) for key in order}
                assert kv.HashMap.fromkeys(keys, 1) != other(kv, pairs)

    @cases(pairs=[{}, {"a": 2}, {"b": 1}, {"a": 1, "b": 2}, {"a": None}])
    def test_different_pairs_are_not(
        self, kv: Any, other: Callable[..., Any], pairs: dict[Any, Any]
    ) -> None:
        assert kv.HashMap(a=1) != other(kv, pairs)
        assert other(kv, pairs) != kv.HashMap(a=1)

    def test_an_absent_key_is_not_a_none(self, kv: Any, other: Callable[..., Any]) -> None:
        assert kv.HashMap(a=None) != other(kv, {"b": None})

    def test_lets_a_value_raise(self, kv: Any, other: Callable[..., Any]) -> None:
        def fail(*_args: object) -> bool:
            raise ZeroDivisionError

        bad = derived(object, __eq__=fail, __hash__=None)
        with pytest.raises(ZeroDivisionError):
            operator.eq(kv.HashMap(a=bad()), other(kv, {"a": bad()}))

    @cases(
        change=[
            (lambda m: None, True),
            (lambda m: m.update(c=0), False),
            (lambda m: m.pop("c"), False),
            (lambda m: m.update(c=m.pop("c")), True),
            (lambda m: m.update(new=1), True),
            (lambda m: m.clear(), False),
        ]
    )
    def test_a_value_that_changes_the_other_side(
        self, kv: Any, other: Callable[..., Any], change: tuple[Callable[[Any], object], bool]
    ) -> None:
        def compare(_one: object, _another: object) -> bool:
            change[0](it)
            return True

        changing = derived(object, __eq__=compare, __hash__=None)
        # Those of a mapping proxy cannot be changed, but the dict can.
        pairs = {"a": 1, "b": changing(), "c": 2, "d": 3}
        compared = other(kv, pairs)
        it = pairs if isinstance(compared, MappingProxyType) else compared
        # Not `==`, which asks a subclass first.
        assert kv.HashMap({**pairs, "b": changing()}).__eq__(compared) is change[1]

    def test_holes_make_no_difference(self, kv: Any, other: Callable[..., Any]) -> None:
        m, pairs = kv.HashMap.fromkeys("abcdef", 1), dict.fromkeys("fabcde", 1)
        compared = other(kv, pairs)
        changed = pairs if isinstance(compared, MappingProxyType) else compared
        for key in "af":
            del m[key], changed[key]
        assert m == compared
        del m["d"]
        assert m != compared


class TestEqualityBeyondMappings:
    @cases(other=[None, 0, [("a", 1)], {("a", 1)}, "a"])
    def test_is_unequal_to_what_is_no_mapping(self, kv: Any, other: object) -> None:
        assert kv.HashMap(a=1) != other

    def test_asks_the_other_side(self, kv: Any) -> None:
        agreeable = derived(object, __eq__=lambda self, other: True, __hash__=None)()
        assert kv.HashMap() == agreeable

    def test_has_no_hash_and_no_order(self, kv: Any) -> None:
        with pytest.raises(TypeError, match="unhashable"):
            hash(kv.HashMap())
        with pytest.raises(TypeError):
            kv.HashMap() < kv.HashMap()  # noqa: B015

    def test_a_default_factory_makes_no_difference(self, kv: Any) -> None:
        assert kv.HashMap(a=1) == kv.HashMap(a=1, default_factory=int)


@pytest.mark.parametrize("other", MAPPINGS.values(), ids=MAPPINGS)
class TestUnion:
    def test_the_right_side_wins(self, kv: Any, other: Callable[..., Any]) -> None:
        left, right = kv.HashMap({1: "l", 2: "l"}), other(kv, {2: "r", 3: "r"})
        with unchanged(left):
            made = left | right
        assert list(made.items()) == [(1, "l"), (2, "r"), (3, "r")]
        assert type(made) is kv.HashMap

    def test_reflected(self, kv: Any, other: Callable[..., Any]) -> None:
        left, right = other(kv, {1: "l", 2: "l"}), kv.HashMap({2: "r", 3: "r"})
        with unchanged(right):
            made = kv.HashMap.__ror__(right, left)
        assert list(made.items()) == [(1, "l"), (2, "r"), (3, "r")]
        assert type(made) is kv.HashMap

    def test_in_place(self, kv: Any, other: Callable[..., Any]) -> None:
        left = same = kv.HashMap({1: "l", 2: "l"})
        left |= other(kv, {2: "r", 3: "r"})
        assert left is same
        assert list(left.items()) == [(1, "l"), (2, "r"), (3, "r")]


class TestUnionKinds:
    def test_a_dict_on_the_left_gives_a_hash_map(self, kv: Any) -> None:
        made = {"a": 1} | kv.HashMap(b=2)
        assert type(made) is kv.HashMap
        assert list(made.items()) == [("a", 1), ("b", 2)]

    @cases(operation=[operator.or_, lambda a, b: b.__ror__(a)])
    def test_keeps_the_class_and_the_default_factory(
        self, kv: Any, operation: Callable[[Any, Any], Any]
    ) -> None:
        sub = derived(kv.HashMap)
        made = operation(sub(a=1, default_factory=int), sub(b=2, default_factory=int))
        assert type(made) is sub
        assert made.default_factory is int
        assert dict(made) == {"a": 1, "b": 2}

    @cases(other=[None, 5, [("a", 1)]])
    def test_refuses_what_is_no_mapping(self, kv: Any, other: object) -> None:
        with pytest.raises(TypeError, match="unsupported operand"):
            kv.HashMap() | other
        with pytest.raises(TypeError, match="unsupported operand"):
            other | kv.HashMap()

    def test_in_place_takes_pairs(self, kv: Any) -> None:
        made = kv.HashMap(a=1)
        made |= [("b", 2)]
        assert dict(made) == {"a": 1, "b": 2}
        with unchanged(made), pytest.raises(TypeError, match="not iterable"):
            made |= None


@cases(key=[float("nan"), (float("nan"), 1)])
def test_a_key_that_is_not_equal_to_itself_is_updated(kv: Any, key: object) -> None:
    """As a dict finds it: by what it is."""
    m = kv.HashMap({key: 1, "a": 1})
    m.update({key: 2, "b": 2})
    m |= kv.HashMap({key: 3, "c": 3})
    assert list(m.items()) == [(key, 3), ("a", 1), ("b", 2), ("c", 3)]

"""keys(), values(), items(): live, set-like, reversible, and in agreement with a dict's."""

from __future__ import annotations

import operator
import re
from collections.abc import ItemsView, KeysView, ValuesView
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import ShortKey
from tests.kit.soundness import derived

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = {"a": 1, "b": 2, "c": 3}
PICKS = ["keys", "values", "items"]


@pytest.mark.parametrize("pick", PICKS)
class TestEveryView:
    def test_lists_what_a_dict_lists(self, kv: Any, pick: str) -> None:
        ours, theirs = getattr(kv.HashMap(PAIRS), pick)(), getattr(PAIRS, pick)()
        assert list(ours) == list(theirs)
        assert list(reversed(ours)) == list(reversed(theirs))
        assert len(ours) == len(theirs)

    def test_is_live(self, kv: Any, pick: str) -> None:
        m = kv.HashMap()
        view = getattr(m, pick)()
        assert list(view) == []
        m.update(PAIRS)
        del m["b"]
        m["a"] = 9
        assert list(view) == list(getattr({"a": 9, "c": 3}, pick)())

    def test_keeps_its_map_alive(self, kv: Any, pick: str) -> None:
        assert len(list(getattr(kv.HashMap(PAIRS), pick)())) == 3

    def test_mapping_is_the_map_read_only(self, kv: Any, pick: str) -> None:
        m = kv.HashMap(PAIRS)
        proxy = getattr(m, pick)().mapping
        m["d"] = 4
        assert proxy["d"] == 4
        with pytest.raises(TypeError):
            proxy["d"] = 5

    def test_is_the_abstract_view(self, kv: Any, pick: str) -> None:
        expected = {"keys": KeysView, "values": ValuesView, "items": ItemsView}[pick]
        assert isinstance(getattr(kv.HashMap(), pick)(), expected)


OPERATORS = {
    name: getattr(operator, name)
    for name in ("and_", "or_", "xor", "sub", "eq", "ne", "lt", "le", "gt", "ge")
}
OTHERS: list[dict[Any, Any]] = [{}, {"b": 2, "x": 9}, {"a": 1}, {"a": 5}, PAIRS, {**PAIRS, "d": 4}]
CONTAINERS: dict[str, Callable[[Any, str, dict[Any, Any]], Any]] = {
    "set": lambda kv, pick, pairs: set(getattr(pairs, pick)()),
    "frozenset": lambda kv, pick, pairs: frozenset(getattr(pairs, pick)()),
    "dict view": lambda kv, pick, pairs: getattr(pairs, pick)(),
    "own view": lambda kv, pick, pairs: getattr(kv.HashMap(pairs), pick)(),
}


@pytest.mark.parametrize("pick", ["keys", "items"])
class TestSetAlgebra:
    @cases(operation=OPERATORS)
    @cases(container=CONTAINERS)
    @cases(other=OTHERS)
    def test_agrees_with_a_dicts_view_from_both_sides(
        self,
        kv: Any,
        pick: str,
        operation: Callable[[Any, Any], Any],
        container: Callable[[Any, str, dict[Any, Any]], Any],
        other: dict[Any, Any],
    ) -> None:
        ours, theirs = getattr(kv.HashMap(PAIRS), pick)(), getattr(PAIRS, pick)()
        right = container(kv, pick, other)
        plain = set(getattr(other, pick)())
        assert operation(ours, right) == operation(theirs, plain)
        assert operation(right, ours) == operation(plain, theirs)

    @cases(name=["and_", "or_", "xor", "sub"])
    @cases(make=[list, iter])
    def test_takes_any_iterable(
        self, kv: Any, pick: str, name: str, make: Callable[[Any], Any]
    ) -> None:
        ours, theirs = getattr(kv.HashMap(PAIRS), pick)(), getattr(PAIRS, pick)()
        elements = list(getattr({"b": 2, "x": 9}, pick)())
        operation = OPERATORS[name]
        assert operation(ours, make(elements)) == operation(theirs, make(elements))

    @cases(name=["and_", "or_", "xor", "sub", "lt", "le", "gt", "ge"])
    def test_refuses_what_is_not_iterable(self, kv: Any, pick: str, name: str) -> None:
        with pytest.raises(TypeError):
            OPERATORS[name](getattr(kv.HashMap(PAIRS), pick)(), 5)

    def test_isdisjoint(self, kv: Any, pick: str) -> None:
        view = getattr(kv.HashMap(PAIRS), pick)()
        assert view.isdisjoint(getattr({"x": 1}, pick)())
        assert not view.isdisjoint(list(getattr({"a": 1}, pick)()))

    def test_has_no_hash(self, kv: Any, pick: str) -> None:
        with pytest.raises(TypeError, match="unhashable"):
            hash(getattr(kv.HashMap(), pick)())


class Indexed:
    """Iterable by `__getitem__` alone."""

    def __init__(self, *elements: object) -> None:
        self.elements = elements

    def __getitem__(self, index: int) -> object:
        return self.elements[index]


class Unwilling:
    def __iter__(self) -> Any:
        raise TypeError("not today")


class NotIterable(Indexed):
    __iter__ = None


class Answering:
    """Knows the operators itself."""

    def answer(self, other: object) -> str:
        return "answered"

    __and__ = __rand__ = __or__ = __ror__ = __sub__ = __rsub__ = __xor__ = __rxor__ = answer
    __lt__ = __le__ = __gt__ = __ge__ = answer


class AnsweringIterable(Answering):
    def __iter__(self) -> Any:
        return iter(["b"])


class AbstractOnly(AbstractSet[Any]):
    """A set that is no `set`."""

    def __init__(self, elements: Any = ()) -> None:
        self.elements = list(elements)

    def __contains__(self, element: object) -> bool:
        return element in self.elements

    def __iter__(self) -> Any:
        return iter(self.elements)

    def __len__(self) -> int:
        return len(self.elements)


class SubSet(set[Any]):
    pass


OPERANDS: dict[str, Callable[[list[Any]], Any]] = {
    **{cls.__name__: cls for cls in (list, tuple, iter, set, frozenset, SubSet, AbstractOnly)},
    "generator": lambda elements: (element for element in elements),
    "keys of a dict": lambda elements: dict.fromkeys(elements).keys(),
    "values of a dict": lambda elements: dict(enumerate(elements)).values(),
    "items of a dict": lambda elements: dict.fromkeys(elements, 2).items(),
    "dict": dict.fromkeys,
    "indexed": lambda elements: Indexed(*elements),
    "unwilling": lambda elements: Unwilling(),
    "not iterable": lambda elements: NotIterable(),
    "answering": lambda elements: Answering(),
    "answering, iterable": lambda elements: AnsweringIterable(),
    "unhashable elements": lambda elements: [[]],
    "unhashable second": lambda elements: [*elements, ([], 1)],
    "str": lambda elements: "bx",
    "int": lambda elements: 5,
    "None": lambda elements: None,
    "NotImplemented": lambda elements: NotImplemented,
    "type": lambda elements: set,
}


def outcome(call: Callable[[], Any]) -> object:
    """What comes out of it, or what it raises, with the words except for the names of classes."""
    try:
        result = call()
    except Exception as error:
        words = re.sub("dict_(keys|items)|(?<!Hash)(Keys|Items)", "View", str(error))
        # Since 3.14 a dict says more about what cannot be hashed.
        return type(error), re.sub(r"cannot use '\w+' as a [\w ]+ \((.*)\)", r"\1", words)
    return (type(result), result if isinstance(result, bool | str) else sorted(result, key=repr))


def outcomes(view: Any, elements: list[Any], operation: Callable[[Any, Any], Any]) -> object:
    """With each kind of operand on either side; on the left, a dict's view answers by itself."""
    return {
        f"{kind} {side}": outcome(
            lambda operand=operand, side=side: (  # type: ignore[misc]
                operation(view, operand) if side == "right" else operation(operand, view)
            )
        )
        for kind, make in OPERANDS.items()
        for side in ("left", "right")
        if not (side == "left" and kind.endswith("s of a dict"))
        for operand in [make(elements)]
    }


@cases(pairs=[PAIRS, {"a": [], "b": 2, "c": 3}])
@pytest.mark.parametrize(
    ("pick", "elements"), [("keys", ["b", "x"]), ("items", [("b", 2), ("x", 9)])]
)
@pytest.mark.parametrize(
    "operation",
    OPERATORS.values(),
    ids=OPERATORS,
)
def test_each_operator_takes_the_operands_that_a_dicts_view_takes(
    kv: Any,
    operation: Callable[[Any, Any], Any],
    pick: str,
    elements: list[Any],
    pairs: dict[str, Any],
) -> None:
    """With the same results, of the same class, and the same errors."""
    ours, theirs = getattr(kv.HashMap(pairs), pick)(), getattr(pairs, pick)()
    assert outcomes(ours, elements, operation) == outcomes(theirs, elements, operation)


@cases(operand=OPERANDS)
@cases(pick=["keys", "items"])
def test_isdisjoint_takes_what_a_dicts_does(
    kv: Any, pick: str, operand: Callable[[Any], Any]
) -> None:
    def answer(view: Any, elements: list[Any]) -> object:
        return outcome(lambda: view.isdisjoint(operand(elements)))

    ours, theirs = getattr(kv.HashMap(PAIRS), pick)(), getattr(PAIRS, pick)()
    for elements in (["b", "x"], ["x"], [("b", 2)], [("b", 3)]):
        assert answer(ours, elements) == answer(theirs, elements)


@cases(theirs=["HashMap", "dict"])
@cases(pairs=[{"a": []}, {"a": [], "b": 2}, {"a": [1]}])
def test_a_pair_that_both_have_need_not_be_hashable(kv: Any, theirs: str, pairs: Any) -> None:
    """As in a dict: only what differs is put into the set."""
    ours = kv.HashMap({"a": []})
    other = kv.HashMap(pairs) if theirs == "HashMap" else pairs
    expected = outcome(lambda: {"a": []}.items() ^ pairs.items())
    assert outcome(lambda: ours.items() ^ other.items()) == expected


@cases(pick=["keys", "items"])
def test_an_operation_leaves_its_operands_alone(kv: Any, pick: str) -> None:
    m = kv.HashMap(PAIRS)
    other = set(getattr(PAIRS, pick)())
    before = set(other)
    for name in ("and_", "or_", "xor", "sub"):
        for made in (
            OPERATORS[name](getattr(m, pick)(), other),
            OPERATORS[name](other, getattr(m, pick)()),
        ):
            made.add("more")
            assert other == before
            assert m == PAIRS


@cases(name=["and_", "or_", "xor", "sub"])
def test_values_have_no_set_operations(kv: Any, name: str) -> None:
    values = kv.HashMap(PAIRS).values()
    with pytest.raises(TypeError, match="unsupported operand"):
        OPERATORS[name](values, {1})
    assert not hasattr(values, f"__{name.rstrip('_')}__")


class TestContainment:
    def test_keys(self, kv: Any) -> None:
        keys = kv.HashMap({"_a": 1, 1: 2}).keys()
        assert "_a" in keys
        assert True in keys
        assert ShortKey("a") in keys
        assert "b" not in keys

    def test_values(self, kv: Any) -> None:
        nan = float("nan")
        values = kv.HashMap(a=1, b=[2], c=nan).values()
        assert 1.0 in values
        assert [2] in values
        assert nan in values
        assert float("nan") not in values
        assert 3 not in values

    @pytest.mark.parametrize(
        ("item", "there"),
        [
            (("a", 1), True),
            (("a", 1.0), True),
            (("a", 2), False),
            (("b", None), False),
            (("a",), False),
            (("a", 1, 1), False),
            (["a", 1], False),
            ("a1", False),
            (5, False),
            (("unhashable value", [1]), True),
        ],
    )
    def test_items(self, kv: Any, item: Any, there: bool) -> None:
        pairs: dict[Any, Any] = {"a": 1, "unhashable value": [1]}
        assert (item in kv.HashMap(pairs).items()) is there
        assert (item in pairs.items()) is there

    def test_a_value_whose_comparison_changes_the_map(self, kv: Any) -> None:
        """As in a dict, whose values are iterated over, too."""
        for m in (kv.HashMap(PAIRS), dict(PAIRS)):
            wanted = derived(object, __eq__=lambda self, other, m=m: bool(m.pop("a", 0) and 0))()
            with pytest.raises(RuntimeError, match="changed"):
                wanted in m.values()  # noqa: B015
            assert wanted not in m.values()

    def test_items_with_an_unhashable_key(self, kv: Any) -> None:
        with pytest.raises(TypeError, match="unhashable"):
            ([], 1) in kv.HashMap().items()  # noqa: B015

    def test_items_with_unhashable_values_compare(self, kv: Any) -> None:
        assert kv.HashMap(a=[1]).items() == {"a": [1]}.items()
        assert kv.HashMap(a=[1]).items() != {"a": [2]}.items()

    @cases(pick=["values", "items"])
    def test_lets_a_value_raise(self, kv: Any, pick: str) -> None:
        def fail(*_args: object) -> bool:
            raise ZeroDivisionError

        bad = derived(object, __eq__=fail, __hash__=None)
        with pytest.raises(ZeroDivisionError):
            {"values": bad(), "items": ("a", bad())}[pick] in getattr(kv.HashMap(a=bad()), pick)()  # noqa: B015

    @cases(name=["get", "__contains__", "__getitem__", "__iter__"])
    def test_never_calls_an_override_of_a_subclass(self, kv: Any, name: str) -> None:
        """A dict's views look into the table themselves."""

        def refuse(*_args: object) -> None:
            raise AssertionError(f"{name} was called")

        overrides: dict[str, Any] = {name: refuse}
        m = derived(kv.HashMap, **overrides)()
        kv.HashMap.__setitem__(m, "a", 1)
        assert "a" in m.keys()  # noqa: SIM118
        assert ("a", 1) in m.items()
        assert 1 in m.values()
        assert list(m.keys()) == ["a"]
        assert m.keys() & {"a", "b"} == {"a"}
        assert m.items() <= {("a", 1)}


def test_values_are_equal_only_to_themselves(kv: Any) -> None:
    m = kv.HashMap(PAIRS)
    assert m.values() != m.values()
    view = m.values()
    assert view == view


@cases(flip=[False, True])
def test_an_intersection_holds_what_is_stored(kv: Any, flip: bool) -> None:
    """Not what happens to be equal to it: a view of a key, say."""
    m = kv.HashMap({1: "one", "_a": "a"})

    def both(left: Any, right: Any) -> list[Any]:
        return sorted(right & left if flip else left & right, key=repr)

    keys = both(m.keys(), {True, ShortKey("a"), "other"})
    assert [(type(key), key) for key in keys] == [(str, "_a"), (int, 1)]
    items = both(m.items(), {(True, "one"), (ShortKey("a"), "a"), (1, "other"), "no pair"})
    assert [(type(key), key, value) for key, value in items] == [(str, "_a", "a"), (int, 1, "one")]


def test_a_pair_is_given_as_it_was_when_it_was_compared(kv: Any) -> None:
    m = kv.HashMap(a=1)

    class Replacing:
        def __eq__(self, other: object) -> bool:
            m["a"] = "another"
            return other == 1

        __hash__ = None  # type: ignore[assignment]

    assert m.items() & [("a", Replacing())] == {("a", 1)}
    assert m["a"] == "another"


@cases(pick=["keys", "items"])
def test_a_comparison_that_removes_the_key(kv: Any, pick: str) -> None:
    m = kv.HashMap(a=1)

    class Clearing(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            m.clear()
            return True

        __hash__ = str.__hash__

    if pick == "items":
        assert m.items() & [("a", Clearing("1"))] == {("a", 1)}
    else:
        assert m.keys() & [Clearing("a")] == set()
    assert len(m) == 0

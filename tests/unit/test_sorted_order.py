"""What the order of a sorted collection's keys must be, and what is said where it is none."""

from __future__ import annotations

import math
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from keyview import KeyView, OrderedBorrow
from tests.kit.cases import case
from tests.kit.keys import ShortKey
from tests.kit.operations import RANGES, Does, keyed
from tests.unit.sorted_tools import OrderedShortKey, Ranked, chunks_of

if TYPE_CHECKING:
    from collections.abc import Callable

NAN = math.nan


class NeverEqual:
    """It has an order, and no equality but identity."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __lt__(self, other: NeverEqual) -> bool:
        return self.number < other.number


INSERTIONS: dict[str, Callable[[Any, Any], object]] = {
    "[]=": lambda m, k: m.__setitem__(k, 0),
    "insert": lambda m, k: m.insert(k, 0),
    "setdefault": lambda m, k: m.setdefault(k, 0),
    "try_insert": lambda m, k: m.try_insert(k, 0),
    "get_or_insert_with": lambda m, k: m.get_or_insert_with(k, int),
    "merge": lambda m, k: m.merge(k, 0, max),
    "entry": lambda m, k: m.entry(k).or_insert(0),
    "insert_entry": lambda m, k: m.entry(k).insert_entry(0),
    "update": lambda m, k: m.update([(k, 0)]),
    "update_with": lambda m, k: m.update_with([(k, 0)], max),
    "by": lambda m, k: m.by(lambda x: x).insert(k, 0),
}
LOOKUPS: dict[str, Callable[[Any, Any], object]] = {
    "in": lambda m, q: q in m,
    "get": lambda m, q: m.get(q),
    "get_entry": lambda m, q: m.get_entry(q),
    "get_key_value": lambda m, q: m.get_key_value(q),
    "get_many": lambda m, q: m.get_many(q)[0],
    "pop": lambda m, q: m.pop(q, None),
    "keys": lambda m, q: q in m.keys(),  # noqa: SIM118
    "range": lambda m, q: q in m.range(),
    "by": lambda m, q: m.by(lambda x: x).get(q),
}
PLACES: dict[str, Callable[[Any, Any], object]] = {
    "lower": lambda m, q: m.lower_entry(q),
    "floor": lambda m, q: m.floor_entry(q),
    "ceiling": lambda m, q: m.ceiling_entry(q),
    "higher": lambda m, q: m.higher_entry(q),
    "rank": lambda m, q: m.rank(q),
    "start": lambda m, q: m.range(q).first_entry(),
    "stop": lambda m, q: m.range(None, q).last_entry(),
}

# Each is refused beside what is stored, for its order; the second is what an empty map takes.
NO_ORDER: dict[str, tuple[list[Any], Any]] = {
    "NaN": ([1.0, 2.0], NAN),
    "NaN in a tuple": ([(1.0, 1)], (NAN, 1)),
    "a frozenset": ([frozenset([1])], frozenset([2])),
    "no equality": ([NeverEqual(1), NeverEqual(2)], NeverEqual(1)),
}


@pytest.mark.parametrize("case", NO_ORDER)
def test_a_key_without_a_place_is_refused_and_nothing_changes(kv: Any, case: str) -> None:
    stored, key = NO_ORDER[case]
    m = kv.SortedMap((k, n) for n, k in enumerate(stored))
    before = list(m.items())
    for insert in INSERTIONS.values():
        with pytest.raises(
            kv.OrderError, match="neither less than, equal to nor greater"
        ) as raised:
            insert(m, key)
        assert repr(key) in str(raised.value)
        assert repr(stored[-1]) in str(raised.value) or len(stored) > 1
    s = kv.SortedSet(stored)
    for add in (s.add, s.insert, s.get_or_insert, s.replace, lambda k: s.update([k])):
        with pytest.raises(kv.OrderError):
            add(key)
    assert list(m.items()) == before
    assert list(s) == stored
    for look in LOOKUPS.values():
        assert not look(m, key)


def test_a_first_key_is_compared_with_itself(kv: Any) -> None:
    for insert in INSERTIONS.values():
        m = kv.SortedMap()
        with pytest.raises(kv.OrderError, match="not equal to itself"):
            insert(m, NAN)
        for key in (object(), 1j, None):
            with pytest.raises(TypeError, match="not supported between instances"):
                insert(m, key)
        assert not m
        insert(m, (NAN, 1))  # It is the same object within: found out beside another.
        assert len(m) == 1


def test_keys_that_do_not_compare(kv: Any) -> None:
    empty, m = kv.SortedMap(), kv.SortedMap({1: 1, 2: 2})
    for ask in (*LOOKUPS.values(), *PLACES.values()):
        assert not ask(empty, "a")
    for ask in (*LOOKUPS.values(), *PLACES.values(), *INSERTIONS.values()):
        with pytest.raises(TypeError, match="not supported between instances of 'str' and 'int'"):
            ask(m, "a")
    for other in ({"a": 1, 2: 2}, kv.HashMap({"a": 1, 2: 2}), kv.SortedMap(a=1, b=2)):
        assert m != other
        assert other != m
    assert list(m.items()) == [(1, 1), (2, 2)]
    # A map whose keys have no hash differs from a dict, and says so.
    assert kv.SortedMap([([1], 1)]) != {1: 1}


def test_equal_keys_of_different_types_are_one(kv: Any) -> None:
    m = kv.SortedMap({1: "int"})
    for key in (1.0, True):
        m[key] = "other"
        assert [(type(k), v) for k, v in m.items()] == [(int, "other")]
    assert m.entry(1).replace_key(True) == 1
    assert next(iter(m)) is True
    with pytest.raises(ValueError, match="the two are not equal"):
        m.entry(1).replace_key(2)


def test_an_order_that_changes_is_wrong_and_no_worse(kv: Any) -> None:
    with chunks_of(kv, 4):
        keys = [Ranked(n) for n in range(40)]
        m = kv.SortedMap((k, n) for n, k in enumerate(keys))
        for key in keys:
            key.rank = -key.rank
        for ask in (*LOOKUPS.values(), *PLACES.values()):
            ask(m, Ranked(-20))
        assert len(list(m)) == len(m)
        while m:
            m.popitem()


# -- what is asked, and how often -----------------------------------------------------------------


@pytest.mark.parametrize("of", ["SortedMap", "SortedSet", "Range", "SetRange"])
def test_the_query_is_asked_and_stored_keys_are_not(kv: Any, of: str) -> None:
    """By each method, about log2 n times whether it is less, once whether it is equal; keys have no hash."""
    stored = [Ranked(n) for n in range(0, 2000, 2)]
    for row, rank in product(keyed(of=of).values(), (500, 501)):
        if "symmetric_difference" in row.name:
            continue  # It makes a sorted set of what it is given, and merges the two.
        m = (
            kv.SortedMap((key, 0) for key in stored)
            if of in ("SortedMap", "Range")
            else kv.SortedSet(stored)
        )
        part = m.range(Ranked(-1), Ranked(3000)) if of in RANGES else m
        for key in stored:
            key.less = key.equal = 0
        query = Ranked(rank)
        with case(row.name), suppress(KeyError):
            row.call(part, query, 1)
        with case(row.name, rank):
            times = 2 if row.name == "range" else 1  # Its iterator looks for the bound again.
            assert 8 * times <= query.less <= 13 * times
            assert query.equal == times
            if row.does in (Does.FINDS, Does.REMOVES):
                assert all(key.less == key.equal == 0 for key in stored)


def test_an_insertion_asks_the_predecessor_once(kv: Any) -> None:
    stored = [Ranked(n) for n in range(0, 2000, 2)]
    m = kv.SortedMap((k, 0) for k in stored)
    for key in stored:
        key.less = key.equal = 0
    for rank, insert in zip(range(501, 1000, 2), INSERTIONS.values(), strict=False):
        key = Ranked(rank)
        insert(m, key)
        assert 8 <= key.less <= 13
        assert key.equal == 1
        assert [k.rank for k in stored if k.less] == [rank - 1]
        stored[(rank - 1) // 2].less -= 1
    assert sum(key.less + key.equal for key in stored) == 0


def test_an_entry_is_one_lookup(kv: Any) -> None:
    m = kv.SortedMap((Ranked(n), n) for n in range(1000))
    query = Ranked(500)
    entry = m.entry(query)
    asked = query.less
    entry.value += 1
    entry.and_modify(lambda n: n + 1)
    assert entry.remove() == 502
    assert query.less == asked


# -- views ------------------------------------------------------------------------------------------

NAMES = ["_a", "_b", "_c", "x"]


@pytest.mark.parametrize("ask", LOOKUPS, ids=LOOKUPS)
def test_a_view_is_found_and_built_once_or_never(kv: Any, ask: str) -> None:
    m = kv.SortedMap.fromkeys(NAMES, 1)
    view, ordered = ShortKey("b"), OrderedShortKey("c")
    assert LOOKUPS[ask](m, view)
    assert LOOKUPS[ask](m, ordered)
    assert (view.built, ordered.built) == (1, 0)


@pytest.mark.parametrize("ask", PLACES, ids=PLACES)
def test_a_view_as_neighbour_or_bound(kv: Any, ask: str) -> None:
    m = kv.SortedMap.fromkeys(NAMES, 1)
    for view in (
        ShortKey("bb"),
        OrderedShortKey("bb"),
        kv.Concat("_b", "b"),
        kv.Slice("_bbb", 0, 3),
    ):
        found, expected = PLACES[ask](m, view), PLACES[ask](m, "_bb")
        if hasattr(found, "key"):
            found, expected = found.key, expected.key  # type: ignore[attr-defined]
        assert found == expected
        assert getattr(view, "built", 1) <= 1


@pytest.mark.parametrize("way", INSERTIONS, ids=INSERTIONS)
def test_a_view_is_never_stored(kv: Any, way: str) -> None:
    m = kv.SortedMap.fromkeys(NAMES, 1)
    for view in (ShortKey("bb"), OrderedShortKey("bc"), kv.Concat("_", "bd")):
        INSERTIONS[way](m, view)
        assert getattr(view, "built", 1) == 1
    assert list(m) == ["_a", "_b", "_bb", "_bc", "_bd", "_c", "x"]
    assert {type(key) for key in m} == {str}


def test_every_kind_of_view(kv: Any) -> None:
    m = kv.SortedMap({b"GET": 1, b"POST": 2})
    assert m[memoryview(b"GET")] == 1
    assert m.range(prefix=memoryview(b"PO")).at(0) == (b"POST", 2)
    assert m.rank(memoryview(b"H")) == 1
    assert m[kv.Concat(b"P", bytearray(b"OST"))] == 2
    assert m.by(kv.slices_of(b"a POST"))[2:6] == 2
    pairs = kv.SortedMap({("_a", 1): 1, ("_b", 2): 2})
    assert pairs[(ShortKey("b"), 2)] == 2
    assert list(pairs.range((ShortKey("b"),))) == [("_b", 2)]
    assert list(pairs.range(prefix=(OrderedShortKey("a"),))) == [("_a", 1)]
    pairs[(ShortKey("c"), 3)] = 3
    assert list(pairs)[-1] == ("_c", 3)


def test_a_view_may_only_stand_for_a_key(kv: Any) -> None:
    class OfAView(KeyView[Any]):
        def __key__(self) -> Any:
            return ShortKey("a")

    class Misplaced(OrderedShortKey):
        def __lt__(self, other: str) -> bool:
            return True

    class Unequal(OrderedShortKey):
        def __eq__(self, other: object) -> bool:
            return False

        __hash__ = OrderedShortKey.__hash__

    m = kv.SortedMap.fromkeys(NAMES, 1)
    for view, words in (
        (OfAView(), "itself a view"),
        (Misplaced("z"), "ordered differently beside '_a'"),
        (Unequal("b"), "is not equal to it"),
        (Unequal("bb"), "is not equal to it"),
    ):
        with pytest.raises(kv.KeyViewError, match=words):
            m[view] = 2
    assert list(m.items()) == [(name, 1) for name in NAMES]


def test_text_views_order_as_their_text(kv: Any) -> None:
    for view, key in ((kv.Concat("a", "c"), "ac"), (kv.Slice(b"xacx", 1, 3), b"ac")):
        for text in ("ab", "ac", "ad", "a", ""):
            other: Any = text if isinstance(key, str) else text.encode()
            assert (view < other, view <= other, view > other, view >= other) == (
                key < other, key <= other, key > other, key >= other)  # fmt: skip
            assert (other < view, other > view) == (other < key, other > key)
        assert not view < view
        with pytest.raises(TypeError):
            view < 1  # noqa: B015


class Heard(str):
    """A key that notes what it is compared with: as its class is a subclass, it is asked first."""

    __slots__ = ()
    __hash__ = str.__hash__
    heard: ClassVar[list[object]] = []

    def __gt__(self, other: str) -> bool:
        self.heard.append(other)
        return str.__gt__(self, other)


def test_the_text_of_a_text_view_is_built_once(kv: Any) -> None:
    s = kv.SortedSet(Heard(letter + "_") for letter in "abcdefgh")
    for view in (kv.Concat("c", "_"), kv.Slice("xc_x", 1, 3)):
        Heard.heard.clear()
        assert view in s
        assert len(Heard.heard) > 1
        assert {id(text) for text in Heard.heard} == {id(Heard.heard[0])}
        assert type(Heard.heard[0]) is str


# -- borrowed keys and Reverse ----------------------------------------------------------------------


class Host(OrderedBorrow[str]):
    def __init__(self, name: str) -> None:
        self.name = name.lower()

    def __borrow__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"Host({self.name!r})"


def test_a_borrowed_key_is_found_by_what_it_may_be_found_by(kv: Any) -> None:
    m = kv.SortedMap((Host(name), name) for name in ["B.example", "A.example", "C.example"])
    assert [key.name for key in m] == ["a.example", "b.example", "c.example"]
    for query in ("b.example", ShortKey("x")):
        for ask in (*LOOKUPS.values(), *PLACES.values()):
            ask(m.copy(), query)
    assert m["b.example"] == m[Host("b.EXAMPLE")] == "B.example"
    assert m[kv.Concat("b", ".example")] == "B.example"
    assert m.floor_entry("bb").value == "B.example"
    assert [key.name for key in m.range("b", "c")] == ["b.example"]
    assert [key.name for key in m.range(prefix="b")] == ["b.example"]
    assert Host("a") < Host("b") > "a"


def test_reverse(kv: Any) -> None:
    reverse = kv.Reverse
    m = kv.SortedMap({reverse(n): n for n in (1, 3, 2)})
    assert list(m.values()) == [3, 2, 1]
    assert m[reverse(2)] == 2
    assert m.floor_entry(reverse(2.5)).value == 3
    assert reverse(1) < reverse(0)
    assert reverse(1) <= reverse(1)
    assert reverse(1) > reverse(2)
    assert not reverse(1) >= reverse(0)
    assert reverse(1) == reverse(1.0) != 1
    assert hash(reverse(1)) == hash(reverse(1.0))
    assert repr(reverse("a")) == "Reverse('a')"
    with pytest.raises(TypeError):
        reverse(1) < 1  # noqa: B015
    pairs = kv.SortedSet([(reverse(1), "a"), (reverse(2), "b"), (reverse(2), "a")])
    assert [(key.key, name) for key, name in pairs] == [(2, "a"), (2, "b"), (1, "a")]
    assert len(pairs.range(prefix=(reverse(2),))) == 2


# -- bounds and prefixes that are refused -----------------------------------------------------------


def test_what_range_refuses(kv: Any) -> None:
    for collection in (kv.SortedMap({"a": 1}), kv.SortedSet(["a"])):
        for arguments, words in (
            ({"prefix": 5}, "only str, bytes and tuples have prefixes"),
            ({"prefix": bytearray(b"a")}, "only str, bytes and tuples have prefixes"),
        ):
            with pytest.raises(TypeError, match=words):
                collection.range(**arguments)
        with pytest.raises(TypeError, match="a prefix and bounds"):
            collection.range("a", prefix="a")
        with pytest.raises(ValueError, match="give 'left', 'right', 'both' or 'neither'"):
            collection.range("a", inclusive="start")
        with pytest.raises(TypeError, match="not supported between"):
            collection.range(prefix=b"a").__len__()

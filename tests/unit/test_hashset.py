"""HashSet beside a `set`: the same results and exceptions, in the order of insertion; and more."""

from __future__ import annotations

import copy
import pickle
import random
import re
import sys
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import backends_to_test, fresh_keyview
from tests.kit.keys import UNLAWFUL, Key, LazyShortKey, ShortKey
from tests.kit.soundness import derived
from tests.unit.sorted_tools import OrderedShortKey

if TYPE_CHECKING:
    from collections.abc import Callable

NAMED = ["union", "intersection", "difference", "symmetric_difference"]
ASKING = ["issubset", "issuperset", "isdisjoint"]
OPERATORS = ["|", "&", "-", "^", "<", "<=", ">", ">=", "==", "!="]


class Colliding(int):
    """Numbers, all of one hash."""

    def __hash__(self) -> int:
        return 7

    def __eq__(self, other: object) -> bool:
        return int(self) == other


def sound(s: Any) -> None:
    """Every way to see the set agrees with every other."""
    elements = list(s)
    assert elements == list(reversed(s))[::-1] == list(copy.copy(s))
    assert len(s) == len(elements) <= s.capacity
    assert all(element in s and s.get(element) is element for element in elements)
    assert [s.index_of(element) for element in elements] == list(range(len(s)))
    assert (
        (s.first(), s.last()) == (s.at(0), s.at(-1)) if elements else s.first() is s.last() is None
    )


def in_order(elements: Any, *others: Any) -> list[Any]:
    return list(dict.fromkeys([*elements, *(each for other in others for each in other)]))


ELEMENTS: dict[str, Callable[[int], Any]] = {
    "str": lambda n: f"key {n}",
    "int": lambda n: n,
    "mixed": lambda n: n if n % 2 else (n, str(n)),
    "colliding": Colliding,
}


class TestBesideASet:
    @pytest.mark.parametrize("make", ELEMENTS.values(), ids=ELEMENTS)
    def test_algebra(self, kv: Any, make: Callable[[int], Any]) -> None:
        """With every kind of operand, in every relation of the sizes; the order is the left one's first."""
        dice = random.Random(5)
        for size, other in [(0, 0), (0, 4), (5, 5), (30, 3), (3, 30), (20, 20), (9, 0)]:
            left = [make(dice.randrange(2 * size + 1)) for _ in range(size)]
            right = [make(dice.randrange(2 * size + 1)) for _ in range(other)]
            a, b = set(left), set(right)
            for kind in (kv.HashSet, list, set, frozenset, iter, dict.fromkeys):
                for name in NAMED:
                    operand = kind(right)
                    order = right if kind is iter else list(operand)
                    made = getattr(kv.HashSet(left), name)(operand)
                    assert type(made) is kv.HashSet
                    expected = getattr(a, name)(b)
                    assert list(made) == [x for x in in_order(left, order) if x in expected]
                    changed = kv.HashSet(left)
                    method = "update" if name == "union" else f"{name}_update"
                    assert getattr(changed, method)(kind(right)) is None
                    assert set(changed) == set(made)
                    sound(changed)
                for name in ASKING:
                    assert getattr(kv.HashSet(left), name)(kind(right)) is getattr(a, name)(b)
            for operator in OPERATORS:
                expected = eval(f"a {operator} b")
                for x, y in [(left, right), (left, b), (a, right), (left, frozenset(b))]:
                    ours = [x if isinstance(x, set | frozenset) else kv.HashSet(x) for x in (x, y)]
                    assert eval(f"x {operator} y", {"x": ours[0], "y": ours[1]}) == expected
            for operator in ("|", "&", "-", "^"):
                for r in (kv.HashSet(right), b):
                    names = {"s": kv.HashSet(left), "r": r}
                    before = names["s"]
                    exec(f"s {operator}= r", names)
                    assert names["s"] is before
                    assert before == eval(f"a {operator} b")

    def test_the_order_of_results(self, kv: Any) -> None:
        s, t = kv.HashSet([3, 1, 2]), kv.HashSet([9, 2, 3])
        assert list(s | t) == [3, 1, 2, 9]
        assert list(s & t) == list(s & {9, 2, 3}) == list(s.intersection([2, 9, 3, 2])) == [3, 2]
        assert list(s - t) == [1]
        assert list(s ^ t) == [1, 9]
        assert list({1: 0, 8: 0}.keys() - s) == [8]
        assert list(s.intersection([2, 3], [3, 2, 1])) == [3, 2]
        assert list(s.union()) == list(s.intersection()) == list(s.difference()) == [3, 1, 2]

    def test_the_stored_elements_stay(self, kv: Any) -> None:
        s = kv.HashSet([1, 2])
        for made in (s | {1.0}, s & {1.0}, s.intersection([True]), s & kv.HashSet([1.0, 2.0, 3.0])):
            assert type(made.first()) is int
        s.add(True)
        assert [type(x) for x in s] == [int, int]

    def test_operators_take_sets_only(self, kv: Any) -> None:
        s = kv.HashSet([1])
        for other in ([1], {1: 2}, "1", 7, None):
            for operator in ("|", "&", "-", "^", "<", "<="):
                for left, right in ((s, other), (other, s)):
                    with pytest.raises(TypeError, match=r"not supported|unsupported"):
                        eval(f"x {operator} y", {"x": left, "y": right})
            for operator in ("|=", "&=", "-=", "^="):
                with pytest.raises(TypeError, match="unsupported"):
                    exec(f"x {operator} y", {"x": s, "y": other})
            assert s != other
        for name in (*NAMED, *ASKING, "update"):
            with pytest.raises(TypeError, match="not iterable"):
                getattr(s, name)(7)

    def test_with_itself(self, kv: Any) -> None:
        for name, expected in [("update", [1, 2]), ("intersection_update", [1, 2])]:
            s = kv.HashSet([1, 2])
            getattr(s, name)(s)
            assert list(s) == expected
        for name in ("difference_update", "symmetric_difference_update"):
            s = kv.HashSet([1, 2])
            getattr(s, name)(s)
            assert list(s) == []
        assert s == s - s == s ^ s

    def test_one_element(self, kv: Any) -> None:
        """A random walk of what is about one element, beside an OrderedDict."""
        dice = random.Random(3)
        s, model = kv.HashSet(), OrderedDict[Any, None]()
        for step in range(3000):
            element = dice.choice(
                [dice.randrange(30), str(dice.randrange(30)), (dice.randrange(9),)]
            )
            there = element in model
            assert (element in s) is there
            match dice.randrange(9):
                case 0 | 1 | 2:
                    assert s.insert(element) is not there
                    model[element] = None
                case 3:
                    s.discard(element)
                    model.pop(element, None)
                case 4 if there:
                    assert s.take(element) == element
                    del model[element]
                case 5 if model:
                    assert s.pop() == model.popitem()[0]
                case 6 if there:
                    last = dice.random() < 0.5
                    s.move_to_end(element, last=last)
                    model.move_to_end(element, last=last)
                case 7 if there:
                    order = list(model)
                    order[order.index(element)] = order[-1]
                    assert s.swap_remove(element) == element
                    model = OrderedDict.fromkeys(order[:-1])
                case _:
                    for refuse in (s.remove, s.take, s.swap_remove, s.index_of, s.move_to_end):
                        with pytest.raises(KeyError, match=re.escape(repr("absent"))):
                            refuse("absent")
            if step % 100 == 0:
                sound(s)
                assert list(s) == list(model)

    def test_a_set_is_looked_up_as_a_frozenset(self, kv: Any) -> None:
        s = kv.HashSet([frozenset("ab"), frozenset()])
        assert set("ab") in s
        assert kv.HashSet("ab") in s
        s.remove(set("ab"))
        s.discard(kv.HashSet())
        assert list(s) == []
        for use in (s.add, s.get, s.take, s.get_or_insert, lambda x: [x] in s):
            with pytest.raises(TypeError, match="unhashable"):
                use(set())
        with pytest.raises(KeyError, match="'a'"):
            s.remove({"a"})


class TestMore:
    def test_stored_elements(self, kv: Any) -> None:
        one, same = Key("a"), Key("a")
        s = kv.HashSet([one])
        assert s.get(same) is s.get_or_insert(same) is one
        assert s.insert(same) is False
        assert s.replace(same) is one
        assert s.get(one) is same
        assert s.replace(Key("b")) is None
        assert s.take(one) is same
        assert s.get(same) is None
        assert s.get_or_insert(same) is same
        sound(s)

    def test_views(self, kv: Any) -> None:
        """Found by a view; the key is built once, and only to be stored."""
        s = kv.HashSet(["_a", "_b", "_c", "_d"])
        for use in (s.get, s.get_or_insert, s.insert, s.add, s.index_of, s.move_to_end, s.take):
            view = LazyShortKey("a")
            use(view)
            assert view.built == 0
        view = LazyShortKey("z")
        assert s.get_or_insert(view) == "_z"
        assert view.built == 1
        assert s.replace(ShortKey("z")) == "_z"
        assert (s | {ShortKey("y")}).last() == "_y"
        assert type(kv.HashSet([memoryview(b"x")]).first()) is bytes
        assert s.intersection([LazyShortKey("z")]) == {"_z"}
        for unlawful in UNLAWFUL:
            for use in (s.add, s.insert, s.get_or_insert, s.replace, lambda x: s.update([x])):
                with pytest.raises(kv.KeyViewError):
                    use(unlawful())
        sound(s)

    def test_by(self, kv: Any) -> None:
        s = kv.HashSet(["_a", "_b"])
        short = s.by(kv.prefixed("_"))
        assert type(short) is kv.SetLookup
        assert ("a" in short, "x" in short, short.get("a"), short.get("x")) == (
            True,
            False,
            "_a",
            None,
        )
        assert short.get_or_insert("c") == "_c"
        assert short.get_or_insert("a") is s.get("_a")
        assert short.take("a") == "_a"
        assert list(s) == ["_b", "_c"]
        with pytest.raises(KeyError, match="'a'"):
            short.take("a")
        assert repr(s.by(str)) == "HashSet({'_b', '_c'}).by(<class 'str'>)"
        with pytest.raises(TypeError, match="not iterable"):
            iter(short)
        with pytest.raises(TypeError, match="cannot be called"):
            s.by(3)
        with pytest.raises(TypeError, match=r"call by\(\) on a set"):
            kv.SetLookup()
        lower = s.by(lambda n: f"_{n}")
        assert lower.get("b") == "_b"
        with pytest.raises(ZeroDivisionError):
            s.by(lambda _: 1 // 0).take("b")

    def test_retain_extract_drain(self, kv: Any) -> None:
        s = kv.HashSet(range(6))
        s.retain(lambda n: n % 3)
        assert list(s) == [1, 2, 4, 5]
        with pytest.raises(ZeroDivisionError):
            s.retain(lambda n: 1 // (n - 4))
        taken = s.extract_if(lambda n: n > 1)
        assert next(taken) == 2
        assert list(s) == [1, 4, 5]
        assert list(taken) == [4, 5]
        drained = s.drain()
        assert len(s) == 0
        assert list(drained) == [1]
        for change in (lambda s: s.retain(s.discard), lambda s: list(s.extract_if(s.discard))):
            s = kv.HashSet([1, 2])
            with pytest.raises(RuntimeError, match=r"an element was .*the set was .*list\(s\)"):
                change(s)

    def test_position_and_sort(self, kv: Any) -> None:
        s = kv.HashSet("cab")
        s.sort()
        assert list(s) == ["a", "b", "c"]
        s.sort(lambda c: -ord(c))
        assert list(s) == ["c", "b", "a"]
        s.sort(key=lambda c: 0, reverse=True)
        assert list(s) == ["c", "b", "a"]
        assert [s.at(n) for n in (0, 1, -1)] == ["c", "b", "a"]
        for n in (3, -4, 2**70):
            with pytest.raises(IndexError, match=f"position {n} of a HashSet with 3 elements"):
                s.at(n)
        with pytest.raises(TypeError, match="<"):
            kv.HashSet([1, "a"]).sort()
        with pytest.raises(RuntimeError, match="during sort"):
            s.sort(key=lambda c: s.add(c + c))

    def test_room(self, kv: Any) -> None:
        s = kv.HashSet.with_capacity(100)
        assert s.capacity >= 100
        s.add(1)
        s.reserve(1000)
        assert s.capacity >= 1001
        s.shrink_to_fit()
        assert s.capacity < 100
        with pytest.raises(ValueError, match="room for -1 elements"):
            s.reserve(-1)
        with pytest.raises(OverflowError, match="elements"):
            kv.HashSet.with_capacity(sys.maxsize)
        with pytest.raises(KeyError, match="pop was called on an empty HashSet"):
            kv.HashSet().pop()


class TestMaking:
    def test_construction(self, kv: Any) -> None:
        assert repr(kv.HashSet()) == "HashSet()"
        assert repr(kv.HashSet([1, "a", 1])) == "HashSet({1, 'a'})"
        s = kv.HashSet("ab")
        s.__init__("c")
        assert list(s) == ["c"]
        wrongs: list[Any] = [lambda: kv.HashSet(1), lambda: kv.HashSet([[]])]
        for wrong in (*wrongs, lambda: kv.HashSet([], [])):
            with pytest.raises(TypeError):
                wrong()
        with pytest.raises(TypeError):
            kv.HashSet(source=())
        with pytest.raises(TypeError, match="unhashable"):
            hash(s)
        assert kv.HashSet[int].__origin__ is kv.HashSet
        assert weakref.ref(s)() is s
        nested = kv.HashSet()
        nested.add(derived(object, __repr__=lambda self: repr(nested))())
        assert repr(nested) == "HashSet({HashSet(...)})"

    def test_lists_of_all_kinds(self, kv: Any) -> None:
        """Builtin elements are added in runs, which other elements and growth interrupt."""
        kinds: list[Callable[[int], Any]] = [
            str,
            int,
            lambda n: str(n).encode(),
            lambda n: -(1 << (60 + n % 9)),
            lambda n: (n, str(n), b"", 1 << 70),
            lambda n: (n, ("nested", n)),
            lambda n: (Colliding(n), n),
            float,
            Colliding,
        ]
        dice = random.Random(7)
        for several in [[kind] for kind in kinds] + [kinds] * 9:
            for size in (0, 1, 5, 11, 42, 43, 300):
                many = [dice.choice(several)(dice.randrange(size)) for _ in range(size)]
                for source in (many, tuple(many)):
                    s = kv.HashSet(source)
                    assert list(s) == list(dict.fromkeys(many))
                    assert set(map(id, s)) == set(map(id, dict.fromkeys(many)))
                    assert all(element in s for element in many)

    def test_subclasses(self, kv: Any) -> None:
        sub = derived(kv.HashSet)
        s = sub([1, 2])
        s.note = "x"
        results = [s.copy(), s | {3}, {3} | s, s & {1}, s - {1}, s ^ {1}, s.union([3]), {1} - s]
        results += [copy.copy(s), copy.deepcopy(s), s.intersection([1]), sub.with_capacity(4)]
        assert {type(made) for made in results} == {sub}
        assert [made.note for made in (s.copy(), copy.copy(s), copy.deepcopy(s))] == ["x"] * 3
        assert repr(s).endswith("({1, 2})")
        backwards = derived(kv.HashSet, __iter__=lambda self: iter([7]))
        assert list(kv.HashSet(backwards([1]))) == [7]
        broken = derived(kv.HashSet)
        empty = broken()
        broken.__new__ = lambda cls: 7
        for use in (empty.copy, lambda: empty | {1}, lambda: broken.with_capacity(1)):
            with pytest.raises(TypeError, match="made 7, which is not a HashSet"):
                use()

    def test_pickles_of_both_backends(self) -> None:
        for writer in backends_to_test():
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                with fresh_keyview(writer) as package:
                    data = pickle.dumps(package.HashSet(["b", 1, (2,)]), protocol)
                for reader in backends_to_test():
                    with fresh_keyview(reader) as package:
                        read = pickle.loads(data)
                        assert type(read) is package.HashSet
                        assert list(read) == ["b", 1, (2,)]

    def test_a_set_within_its_element(self, kv: Any) -> None:
        element = Key("a", 7)
        s = kv.HashSet([element])
        element.name = s
        made = copy.deepcopy(s)
        assert made.first().name is made


class TestHostile:
    def test_no_hash_between_two_of_ours(self, kv: Any) -> None:
        a, b = [Key(n) for n in range(9)], [Key(n) for n in range(4, 20)]
        s, t = kv.HashSet(a), kv.HashSet(b)
        for key in (*a, *b):
            key.hashes = 0
        for name in (*NAMED, *ASKING):
            getattr(s, name)(t)
            getattr(t, name)(s)
        for use in (s.copy, s.shrink_to_fit, lambda: s == t, lambda: s < t):
            use()
        kv.HashSet(s)
        s.update(t)
        s ^= t
        assert sum(key.hashes for key in (*a, *b)) == 0
        for key in (*a, *b):
            key.comparisons = 0
        assert len(kv.HashSet(a) ^ kv.HashSet(b)) == 15
        assert sum(key.comparisons for key in (*a, *b)) == 5
        for key in (*a, *b):
            key.hashes = 0
        s.get(a[0]), s.insert(a[0]), s.get_or_insert(b[0]), s.replace(b[0]), s.discard(a[1])
        assert [a[0].hashes, b[0].hashes, a[1].hashes] == [2, 2, 1]

    @pytest.mark.parametrize("fails", ["hash", "eq"])
    def test_nothing_is_lost(self, kv: Any, fails: str) -> None:
        """An element whose hash or comparison raises: what was asked did not happen."""
        for name in (*NAMED, *ASKING, "intersection_update", "symmetric_difference_update"):
            s = kv.HashSet([Key(n, 1) for n in range(3)])
            before = list(s)
            bad = Key("bad", 1)
            setattr(bad, f"on_{fails}", lambda: 1 // 0)
            with pytest.raises(ZeroDivisionError):
                getattr(s, name)([bad, *before])
            assert [id(x) for x in s] == [id(x) for x in before]

    @pytest.mark.parametrize("of", ["HashSet", "SortedSet"])
    def test_replacing_builds_a_key_once(self, kv: Any, of: str) -> None:
        """Or a `__key__` that each time removes the element, and stores it again, would have no end."""
        s = getattr(kv, of)(["_a"])

        def build(self: Any) -> str:
            self.built += 1
            assert self.built < 9
            s.remove("_a")
            s.add("".join(["_", "a"]))
            return "_a"

        view = derived(OrderedShortKey, __key__=build)("a")
        assert s.replace(view) == "_a"
        assert (list(s), view.built) == (["_a"], 1)

    def test_changed_meanwhile(self, kv: Any) -> None:
        """A comparison that changes an operand ends in `RuntimeError` or in a result, and in sound sets."""
        changes: list[Any] = [
            lambda s, t: s.clear(),
            lambda s, t: t.clear(),
            lambda s, t: s.add(object()),
            lambda s, t: t.add(object()),
            lambda s, t: t.update(range(100, 1000)),
            lambda s, t: (s.shrink_to_fit(), t.reserve(99)),
        ]
        names = [*NAMED, *ASKING, "update", "intersection_update", "difference_update"]
        names += ["symmetric_difference_update", "__eq__", "__le__"]
        messages = set()
        for name in names:
            for change in changes:
                for listed in (False, True):
                    s, t = (kv.HashSet([Key(n, 1) for n in range(4)]) for _ in range(2))
                    left = [3]

                    def run(s: Any = s, t: Any = t, change: Any = change, left: Any = left) -> None:
                        if left[0] > 0:
                            left[0] -= 1
                            change(s, t)

                    for key in (*s, *t):
                        key.on_eq = run
                    try:
                        getattr(s, name)(list(t) if listed else t)
                    except RuntimeError as error:
                        messages.add(str(error).partition(":")[0])
                    left[0] = 0
                    sound(s)
                    sound(t)
        assert messages == {"HashSet changed during iteration"}

    def test_iterators_notice(self, kv: Any) -> None:
        changes: list[Any] = [
            lambda s: s.add(9),
            lambda s: s.discard(1),
            lambda s: s.move_to_end(1),
        ]
        for change in changes:
            s = kv.HashSet([1, 2])
            iterator = iter(s)
            next(iterator)
            change(s)
            with pytest.raises(RuntimeError, match="an element was added, removed or moved"):
                next(iterator)

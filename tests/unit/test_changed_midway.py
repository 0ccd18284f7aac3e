"""What an operation finds, keeps alive and releases when the map changes in the middle of it."""

from __future__ import annotations

from collections import UserDict, deque
from contextlib import suppress
from functools import partial
from operator import add, eq
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import Key
from tests.kit.operations import insertions, uses
from tests.kit.soundness import assert_sound, derived, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class TestTheResult:
    def test_an_eq_that_inserts_before_it_says_yes_is_asked_once(self, kv: Any) -> None:
        m = kv.HashMap({Key("a", 1): "found"})
        query = Key("a", 1)
        query.on_eq = lambda: len(m) < 50 and m.insert(object(), 0)
        assert m[query] == "found"
        assert query.comparisons == 1

    def test_an_eq_that_stores_its_match_again_finds_the_new_one(self, kv: Any) -> None:
        """And one that removes it, while others move into its slot, finds no other."""
        stored, again = Key("a", 1), Key("a", 1)
        m = kv.HashMap({stored: 1, "other": 2})
        query = Key("a", 1)

        def store_again() -> None:
            query.on_eq = lambda: None
            m.clear()
            m.update({"first": 3, again: 4})

        query.on_eq = store_again
        assert m.get_key_value(query) == (again, 4)
        query.on_eq = lambda: (m.clear(), m.update({"first": 3}))
        assert query not in m

    @cases(match=["moved", "removed"])
    def test_a_key_that_was_removed_while_it_was_compared_has_a_destructor(
        self, kv: Any, match: str
    ) -> None:
        """It runs when the lookup releases the key, and removes what the lookup has found."""
        m = kv.HashMap()

        def finish(self: object) -> None:
            m.clear()
            m.update((n, "wrong") for n in range(20))
            if match == "moved":
                m[Key("a", 1)] = "moved"

        m[derived(Key, __del__=finish)("doomed", 1)] = 0
        m[Key("a", 1)] = "found"
        query = Key("a", 1)

        def remove() -> None:
            query.on_eq = lambda: None
            del m[next(iter(m))]

        query.on_eq = remove
        assert m.get(query, "absent") in ("found", {"moved": "moved", "removed": "absent"}[match])
        assert_sound(m)

    def test_a_key_that_was_removed_while_it_was_compared_is_not_taken_for_a_new_one(
        self, kv: Any
    ) -> None:
        """Though the new one would be stored where the old one was, if that were released."""
        m = kv.HashMap({Key("old", 1): 0})
        query = Key("a", 1)

        def replace() -> None:
            query.on_eq = lambda: None
            m.clear()
            m[Key("a", 1)] = "found"

        query.on_eq = replace
        assert m.get(query) == "found"

    @cases(then=["clear", "refill", "restore"])
    @cases(use=insertions())
    def test_a_built_key_that_is_not_needed_has_a_destructor(
        self, kv: Any, then: str, use: Callable[[Any, Any], object]
    ) -> None:
        """Building the key stores another; releasing it removes that."""
        m = kv.HashMap()

        def finish(self: object) -> None:
            m.clear()
            if then != "clear":
                m.update((n, "wrong") for n in range(30))
            if then == "restore":
                m[Key("a", 1)] = 1

        doomed = [derived(Key, __del__=finish)("a", 1)]

        def build(self: object) -> Key:
            if not doomed:
                return Key("a", 1)
            m[Key("a", 1)] = 1
            key: Key = doomed.pop()
            return key

        view = derived(
            kv.KeyView,
            __key__=build,
            __hash__=lambda self: 1,
            __eq__=lambda self, other: isinstance(other, Key),
        )
        with suppress(kv.OccupiedError, kv.StaleEntryError):
            assert use(m, view()) != "wrong"
        assert_sound(m)
        assert [value for key, value in m.items() if isinstance(key, Key)] in (
            [],
            [1],
            [2],
        )  # Merged.


class Passing:
    """Of two that are compared or added it is asked first: it changes something, and passes."""

    def __init__(self, change: Callable[[], object], gone: list[str]) -> None:
        self.change = change
        self.gone = gone

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> Any:
        self.change()
        return NotImplemented

    __add__ = __eq__

    def __repr__(self) -> str:
        self.change()
        return "passing"

    def __del__(self) -> None:
        self.gone.append("passing")


class Asked:
    """Is asked then, and notes which of the two is gone by that time."""

    def __init__(self, gone: list[str], seen: list[list[str]]) -> None:
        self.gone = gone
        self.seen = seen

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        self.seen.append([*self.gone])
        return True

    def __radd__(self, other: object) -> str:
        self.seen.append([*self.gone])
        return "sum"

    def __repr__(self) -> str:
        self.seen.append([*self.gone])
        return "asked"

    def __del__(self) -> None:
        self.gone.append("asked")


def looked_up(use: Callable[[Any, Any], object]) -> Callable[[Any, Any, Any], object]:
    """That use of a passing key, where the other is stored."""

    def use_it(m: Any, passing: Any, asked: Any) -> None:
        m[asked()] = 1
        use(m, passing())

    return use_it


HELD: dict[str, Callable[[Any, Any, Any], object]] = {
    **{f"lookup: {name}": looked_up(use) for name, use in uses().items()},
    "retain": lambda m, passing, asked: (m.update([(passing(), asked())]), m.retain(eq)),
    "extract_if": lambda m, passing, asked: (
        m.update([(passing(), asked())]),
        list(m.extract_if(eq)),
    ),
    "merge": lambda m, passing, asked: (m.update(k=passing()), m.merge("k", asked(), add)),
    "update_with": lambda m, passing, asked: (
        m.update(k=passing()),
        m.update_with({"k": asked()}, add),
    ),
    "== dict": lambda m, passing, asked: (m.update(k=passing()), m == {"k": asked()}),
    "== map": lambda m, passing, asked: (
        m.update(k=passing()),
        m == type(m)(k=asked()),
    ),
    "== map, by its keys": lambda m, passing, asked: (
        m.update([(passing(), 1)]),
        m == type(m)([(asked(), 1)]),
    ),
    "in items": lambda m, passing, asked: (
        m.update(k=asked()),
        ("k", passing()) in m.items(),
    ),
    "in values": lambda m, passing, asked: (m.update(k=asked()), passing() in m.values()),
    "and_modify": lambda m, passing, asked: (
        m.update(k=asked()),
        m.entry("k").and_modify(partial(add, passing())),
    ),
    "and_replace_entry_with": lambda m, passing, asked: (
        m.update([(passing(), asked())]),
        m.get_entry(next(iter(m))).and_replace_entry_with(add),
    ),
    "repr of an entry": lambda m, passing, asked: (
        m.update([(passing(), asked())]),
        repr(m.get_entry(next(iter(m)))),
    ),
    "replace_key": lambda m, passing, asked: (
        m.update([(asked(), 1)]),
        m.get_entry(next(iter(m))).replace_key(passing()),
    ),
}


@cases(use=HELD)
def test_what_is_removed_while_it_is_asked_lives_until_it_has_answered(
    kv: Any, use: Callable[[Any, Any, Any], object]
) -> None:
    gone: list[str] = []
    seen: list[list[str]] = []
    m = kv.HashMap()
    with suppress(KeyError, RuntimeError, AttributeError, TypeError):
        use(m, lambda: Passing(m.clear, gone), lambda: Asked(gone, seen))
    assert seen[:1] == [[]]
    assert_sound(m)


@cases(combine=[None, lambda old, new: new])
@cases(kind=["map", "dict", "list", "keys"])
def test_a_source_that_is_emptied_while_it_is_read(kv: Any, kind: str, combine: Any) -> None:
    """What was read of it is stored nevertheless."""
    gone: list[str] = []
    seen: list[list[str]] = []
    target = kv.HashMap(other=1)
    target[Asked(gone, seen)] = "old"
    source: Any = []
    passing = Passing(lambda: (source.clear(),), gone)
    source.append((passing, Asked(gone, [])))
    del passing
    if kind != "list":
        source = {"map": kv.HashMap, "dict": dict, "keys": UserDict}[kind](source)
    with suppress(RuntimeError):
        target.update_with(source, combine) if combine else target.update(source)
    assert seen == [[]]
    assert gone == ["passing"]
    assert [type(value) for value in target.values()] == [int, Asked]


class Sum:
    """Adding it to anything, from either side, changes something and gives 5."""

    def __init__(self, change: Callable[[], object]) -> None:
        self.change = change

    def __add__(self, other: object) -> int:
        self.change()
        return 5

    __radd__ = __add__


@pytest.mark.parametrize(
    "add_up",
    [
        lambda m, total: (m.update(k=total), m.merge("k", 1, add)),
        lambda m, total: (m.update(k=1), m.merge("k", total, add)),
        lambda m, total: (m.update(k=total), m.update_with({"k": 1}, add)),
        lambda m, total: (m.update(k=1), m.update_with({"k": total}, add)),
    ],
)
def test_a_sum_is_stored_though_adding_emptied_the_map(
    kv: Any, add_up: Callable[[Any, Any], object]
) -> None:
    m = kv.HashMap()
    add_up(m, Sum(m.clear))
    assert dict(m) == {"k": 5}
    assert_sound(m)


class TestAMapThatIsKnownBeforeItIsMade:
    """A subclass may hand it out, and then others may store in it."""

    @pytest.fixture
    def made(self) -> list[Any]:
        return []

    @pytest.fixture
    def cls(self, kv: Any, made: list[Any]) -> Any:
        def note(self: object) -> None:
            made.append(self)

        return derived(kv.HashMap, __init__=note)

    def test_grouped_appends_to_whatever_is_there(self, cls: Any, made: list[Any]) -> None:
        def pairs() -> Iterator[tuple[str, int]]:
            made[0]["k"] = deque([0])
            yield "k", 1

        assert dict(cls.grouped(pairs())) == {"k": deque([0, 1])}

    def test_grouped_finds_what_was_stored_while_the_key_was_built(
        self, kv: Any, cls: Any, made: list[Any]
    ) -> None:
        view = derived(kv.KeyView, __key__=lambda self: made[0].setdefault("k", [0]) and "k")
        assert dict(cls.grouped([(view(), 1)])) == {"k": [0, 1]}

    def test_counted_adds_to_whatever_is_there(self, cls: Any, made: list[Any]) -> None:
        def items() -> Iterator[str]:
            made[0]["k"] = Sum(made[0].clear)
            yield "k"

        assert dict(cls.counted(items())) == {"k": 5}

    def test_counted_of_what_cannot_be_added(self, cls: Any, made: list[Any]) -> None:
        gone: list[str] = []

        def items() -> Iterator[str]:
            made[0]["k"] = Passing(made[0].clear, gone)
            yield "k"

        with pytest.raises(TypeError, match="'Passing' and 'int'"):
            cls.counted(items())
        assert gone == ["passing"]


@cases(plain=[True, False])
def test_a_dict_whose_key_stores_the_next_one_while_it_is_hashed(kv: Any, plain: bool) -> None:
    m = kv.HashMap()
    first, following = Key("first"), "next" if plain else Key("next")
    # The hashes of a dict are not taken from it if a key is a view.
    source = {first: 1, following: 2, memoryview(b"view"): 3}
    first.on_hash = lambda: m.insert(following, "inner")
    m.update(source)
    assert list(m.items()) == [(following, 2), (first, 1), (b"view", 3)]
    assert_sound(m)


@cases(operation=["update", "update_with"])
def test_a_dict_that_changes_while_it_is_copied(kv: Any, operation: str) -> None:
    target = kv.HashMap({Key("x", 1): 0})
    keys = [Key(n, 1) for n in range(4)]
    source: dict[object, int] = {key: key.hash for key in keys}
    for key in keys:
        key.on_eq = lambda: source.update({object(): 0})
    with pytest.raises(RuntimeError, match="changed size during iteration"):
        getattr(target, operation)(source, *[max][: operation == "update_with"])
    assert_sound(target)


def test_retain_lets_go_of_nothing_before_it_has_removed_everything(kv: Any) -> None:
    m = kv.HashMap()
    seen: list[int] = []
    doomed = derived(object, __del__=lambda self: seen.append(len(m)))
    m.update((n, doomed()) for n in range(300))
    m.retain(lambda key, value: key >= 297)
    assert seen == [3] * 297
    assert list(m) == [297, 298, 299]


@pytest.mark.parametrize(
    "use",
    [
        lambda m: m.retain(lambda key, value: not m.insert(key, 1)),
        lambda m: list(m.extract_if(lambda key, value: m.insert(key, 1))),
    ],
)
def test_a_value_that_a_predicate_replaces_has_a_destructor(
    kv: Any, use: Callable[[Any], object]
) -> None:
    """Nothing of what that stores is removed."""
    m = kv.HashMap()

    def refill(self: object) -> None:
        m.clear()
        m.update((n, n) for n in range(2))

    m["doomed"] = derived(object, __del__=refill)()
    with suppress(RuntimeError):
        use(m)
    assert list(m) == [0, 1]
    assert_sound(m)


def test_extract_if_of_nearly_everything(kv: Any) -> None:
    m = kv.HashMap((n, n) for n in range(1000))
    assert list(m.extract_if(lambda key, value: key % 100)) == [
        (n, n) for n in range(1000) if n % 100
    ]
    assert list(m) == list(range(0, 1000, 100))
    assert_sound(m)


def test_a_predicate_that_asks_its_own_iterator(kv: Any) -> None:
    """As a generator: it is running already."""
    m = kv.HashMap(a=1, b=2)
    extraction: Any = m.extract_if(lambda key, value: next(extraction))
    with unchanged(m), pytest.raises(ValueError, match="already executing"):
        next(extraction)
    assert list(extraction) == []


def test_an_entry_whose_map_has_changed_asks_no_key(kv: Any) -> None:
    """Its own is there still: identity settles it."""
    keys = [Key(n, 1) for n in range(3)]
    m = kv.HashMap((key, key.name) for key in keys)
    entry = m.get_entry(keys[2])
    del m[keys[0]]
    for key in keys:
        key.comparisons = 0
    assert entry.value == 2
    assert [key.comparisons for key in keys] == [0, 0, 0]


@cases(then=["clear", "refill", "restore", "use up"])
def test_an_entry_that_lets_go_of_a_key_with_a_destructor(kv: Any, then: str) -> None:
    """Its key was removed and stored again: it takes the new one, and the end of the old one runs."""
    m = kv.HashMap()

    def finish(self: object) -> None:
        if then == "use up":
            entry.remove()
            m[Key("a", 1)] = "wrong"
            return
        m.clear()
        if then != "clear":
            m.update((n, "wrong") for n in range(30))
        if then == "restore":
            m[Key("a", 1)] = "again"

    m[derived(Key, __del__=finish)("a", 1)] = "first"
    entry = m.get_entry(Key("a", 1))
    m.clear()
    m["other"] = "wrong"
    m[Key("a", 1)] = "again"
    with suppress(kv.StaleEntryError):
        assert entry.value == "again"
    assert_sound(m)


def test_an_entry_that_took_the_new_key_asks_it_no_more(kv: Any) -> None:
    keys = [Key("a", 1), Key("a", 1)]
    m = kv.HashMap({keys[0]: 1})
    entry = m.get_entry(keys[0])
    del m[keys[0]]
    m[keys[1]] = 2
    assert entry.value == 2
    for key in keys:
        key.comparisons = 0
    m["other"] = 3
    assert entry.value == 2
    assert [key.comparisons for key in keys] == [0, 0]


def test_an_entry_whose_function_removed_it_is_good_again_when_its_key_is(kv: Any) -> None:
    """Unlike one that `remove` used up."""
    m = kv.HashMap(a=1)
    entry = m.get_entry("a")
    assert entry.and_replace_entry_with(lambda key, value: kv.REMOVE).insert(2) == 2
    assert entry.value == 2


def test_the_key_of_what_is_vacant_is_the_one_that_was_removed(kv: Any) -> None:
    stored, again = Key("a", 1), Key("a", 1)
    m = kv.HashMap({stored: 1})

    def store_again(key: object, value: object) -> Any:
        del m[stored]
        m[again] = 2
        return kv.REMOVE

    assert m.get_entry(stored).and_replace_entry_with(store_again).key is again
    assert len(m) == 0


def test_an_empty_map_that_is_cleared_has_not_changed(kv: Any) -> None:
    m = kv.HashMap()
    for empty in (m.clear, m.drain):
        iterator = iter(m)
        empty()
        assert list(iterator) == []


def test_the_map_on_the_left_asks(kv: Any) -> None:
    yes, no = (derived(object, __eq__=lambda self, other, r=r: r)() for r in (True, False))
    for other in (dict, kv.HashMap):
        assert kv.HashMap(k=yes) == other(k=no)
        assert kv.HashMap(k=no) != other(k=yes)


class TestAnEntryThatIsUsedWhileItLooksForItsKey:
    """An entry may release the key that it looks for, or be consumed, by an `__eq__` of that key."""

    def occupied(self, kv: Any, meanwhile: Callable[[Any], object]) -> tuple[Any, Any]:
        """An entry whose key was replaced by an equal one, behind another with the same hash."""
        m = kv.HashMap({Key("a", 1): "old"})
        (known,) = m
        entry = m.get_entry(Key("a", 1))
        m.clear()
        m.update({Key("other", 1): 0, Key("a", 1): "new"})

        def once() -> None:
            known.on_eq = lambda: None
            meanwhile(entry)

        known.on_eq = once
        return m, entry

    def test_an_occupied_that_is_used(self, kv: Any) -> None:
        m, entry = self.occupied(kv, lambda entry: entry.value)
        assert entry.value == "new"
        assert entry.key is list(m)[1]
        assert_sound(m)

    def test_an_occupied_that_is_spent(self, kv: Any) -> None:
        def spend(entry: Any) -> None:
            entry.remove()
            m[Key("a", 1)] = "again"

        m, entry = self.occupied(kv, spend)
        for _ in range(2):
            with pytest.raises(kv.StaleEntryError):
                entry.insert("lost")
        assert list(m.values()) == [0, "again"]

    def test_a_vacant_whose_key_is_built(self, kv: Any) -> None:
        entry: Any = None

        class View:
            def __key__(self) -> Key:
                return Key("a", 1)

            def __hash__(self) -> int:
                return 1

            def __eq__(self, other: object) -> bool:
                assert not gone, "it was destroyed, and is asked again"
                if not asked:
                    asked.append(other)
                    assert entry.key == Key("a", 1)
                return isinstance(other, Key) and other.name == "a"

            def __del__(self) -> None:
                gone.append(self)

        asked: list[object] = []
        gone: list[Any] = []
        m = kv.HashMap()
        entry = m.entry(View())
        m.update({Key("other", 1): 0, Key("more", 1): 0})
        assert entry.or_insert("value") == "value"
        assert m[Key("a", 1)] == "value"
        assert len(m) == 3
        assert gone
        assert_sound(m)

"""entry(mapping, query): Occupied and Vacant over every mutable mapping that somebody else made."""

from __future__ import annotations

import copy
import gc
import inspect
import os
import pickle
import shelve
import sys
import types
import weakref
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict
from collections.abc import Mapping, MutableMapping
from dbm import dumb
from operator import add
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import UNLAWFUL, Key, LazyShortKey
from tests.kit.soundness import derived
from tests.unit.test_entries import OR_METHODS, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Listed(MutableMapping[Any, Any]):
    """Pairs in a list, compared one by one: its keys need no hash. Notes what it is asked to do."""

    def __init__(self, pairs: Any = ()) -> None:
        self.pairs: list[list[Any]] = [list(pair) for pair in dict(pairs).items()]
        self.asked: list[tuple[Any, ...]] = []

    def _pair(self, key: object) -> list[Any]:
        for pair in self.pairs:
            if pair[0] == key:
                return pair
        raise KeyError(key)

    def get(self, key: object, default: Any = None, /) -> Any:
        self.asked.append(("get", key))
        return next((pair[1] for pair in self.pairs if pair[0] == key), default)

    def __getitem__(self, key: object) -> Any:
        raise AssertionError("this was not to be called")

    def __setitem__(self, key: object, value: Any) -> None:
        self.asked.append(("set", key, value))
        try:
            self._pair(key)[1] = value
        except KeyError:
            self.pairs.append([key, value])

    def __delitem__(self, key: object) -> None:
        self.pairs.remove(self._pair(key))

    def pop(self, key: object, *default: Any) -> Any:
        self.asked.append(("pop", key, *default))
        if default and all(pair[0] != key for pair in self.pairs):
            return default[0]
        pair = self._pair(key)
        self.pairs.remove(pair)
        return pair[1]

    def __iter__(self) -> Iterator[Any]:
        return iter([pair[0] for pair in self.pairs])

    def __len__(self) -> int:
        return len(self.pairs)

    def items(self) -> Any:
        return [tuple(pair) for pair in self.pairs]


class Lower(dict[str, Any]):
    """Overrides what it looks up and stores with, so that it must be asked for all of it."""

    def __init__(self, pairs: Any = ()) -> None:
        super().__init__({key.lower(): value for key, value in dict(pairs).items()})

    def get(self, key: str, default: Any = None, /) -> Any:
        return super().get(key.lower(), default)

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key.lower(), value)

    def pop(self, key: str, *default: Any) -> Any:
        return super().pop(key.lower(), *default)


class Missing(dict[Any, Any]):
    def __missing__(self, key: object) -> Any:
        raise AssertionError("this was not to be called")


class GetItem(dict[Any, Any]):
    def __getitem__(self, key: object) -> Any:
        raise AssertionError("this was not to be called")


MAPPINGS: dict[str, Callable[[Any], Any]] = {
    "dict": dict,
    "defaultdict": lambda pairs: defaultdict(refuse, pairs),
    "OrderedDict": OrderedDict,
    "Counter": Counter,
    "ChainMap": lambda pairs: ChainMap(dict(pairs), {}),
    "UserDict": UserDict,
    "MutableMapping": Listed,
    "dict with __setitem__, get": Lower,
    "dict with __missing__": Missing,
    "dict with __getitem__": GetItem,
    "plain subclass": derived(dict),
}
OUTSIDE = ("os.environ", "shelve")  # They take no objects, but str, and what can be pickled.


def new_shelf(folder: Path) -> Any:
    database: Any = dumb.open(str(folder / "shelf"), "n")  # noqa: SIM115 -- the shelf closes it
    return shelve.Shelf(database)


@pytest.fixture(params=[*MAPPINGS, *OUTSIDE])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Any], Any]]:
    """What makes a mapping of str from pairs, of each kind."""
    if request.param in MAPPINGS:
        yield MAPPINGS[request.param]
    elif request.param == "os.environ":
        before = dict(os.environ)
        os.environ.clear()
        yield lambda pairs: os.environ.update(pairs) or os.environ
        os.environ.clear()
        os.environ.update(before)
    else:
        with new_shelf(tmp_path) as shelf:
            yield lambda pairs: shelf.update(pairs) or shelf


def pairs_of(mapping: Any) -> list[tuple[Any, Any]]:
    """What can be seen of a mapping; `items` of some of these asks `[]`, which others forbid."""
    if isinstance(mapping, dict):
        return sorted(dict.items(mapping))
    # pytest itself writes to the environment, in the middle of a test.
    return sorted(pair for pair in mapping.items() if pair[0] != "PYTEST_CURRENT_TEST")


PAIRS = {"a": "1", "b": "2"}

OCCUPIED_USES: dict[str, Callable[[Any], object]] = {
    "insert": lambda e: e.insert(2),
    "insert_entry": lambda e: e.insert_entry(2),
    "and_modify": lambda e: e.and_modify(str),
    "remove": lambda e: e.remove(),
    "remove_entry": lambda e: e.remove_entry(),
    "repr": repr,
}
VACANT_USES: dict[str, Callable[[Any], object]] = {
    "insert": lambda e: e.insert(2),
    "insert_entry": lambda e: e.insert_entry(2),
    "or_insert": lambda e: e.or_insert(2),
    "or_insert_with": lambda e: e.or_insert_with(list),
    "or_insert_entry": lambda e: e.or_insert_entry(2),
    "or_insert_entry_with": lambda e: e.or_insert_entry_with(list),
}


class TestEveryMapping:
    def test_the_entry_tells_whether_the_key_is_there(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)
        match kv.entry(m, "a"):
            case kv.Occupied(key, value):
                assert (key, value) == ("a", "1")
            case entry:
                pytest.fail(repr(entry))
        match kv.entry(m, "c"):
            case kv.Vacant(key):
                assert key == "c"
            case entry:
                pytest.fail(repr(entry))
        assert pairs_of(m) == [*PAIRS.items()]

    @pytest.mark.parametrize(
        "use", [use for name, use in OR_METHODS.items() if name != "or_default"]
    )
    def test_or_methods(self, kv: Any, make: Any, use: Callable[..., Any]) -> None:
        m = make(PAIRS)
        assert use(kv.entry(m, "a"), refuse) == "1"
        entry = kv.entry(m, "c")
        assert use(entry, lambda: "3") == "3"
        assert use(entry, refuse) == "3"
        assert pairs_of(m) == [*PAIRS.items(), ("c", "3")]

    def test_changing(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)
        entry = kv.entry(m, "a")
        assert entry.insert("x") == "1"
        assert entry.insert_entry("y") is entry
        entry.value += "z"
        assert entry.and_modify(str.upper) is entry
        assert entry.value == m.get("a") == "YZ"
        assert entry.and_modify_in_place(lambda value: None) is entry
        assert entry.and_replace_entry_with(lambda key, value: key + value) is entry
        assert pairs_of(m) == [("a", "aYZ"), ("b", "2")]
        with pytest.raises(TypeError, match="returned 'aYZ', which would be lost"):
            entry.and_modify_in_place(lambda value: value)

    def test_a_vacant_one_stays_as_it_is(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)
        entry = kv.entry(m, "c")
        assert entry.and_modify(refuse) is entry
        assert entry.and_modify_in_place(refuse) is entry
        assert entry.and_replace_entry_with(refuse) is entry
        assert pairs_of(m) == [*PAIRS.items()]

    def test_removing(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)
        assert kv.entry(m, "a").remove() == "1"
        assert kv.entry(m, "b").remove_entry() == ("b", "2")
        assert pairs_of(m) == []
        vacant = kv.entry(m, "c").insert_entry("3").and_replace_entry_with(lambda *_: kv.REMOVE)
        assert isinstance(vacant, kv.Vacant)
        assert pairs_of(m) == []
        assert vacant.insert("4") == "4"
        assert pairs_of(m) == [("c", "4")]

    def test_a_consumed_entry_is_stale_for_good(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)
        entry = kv.entry(m, "a")
        entry.remove()
        m["a"] = "new"
        with pytest.raises(kv.StaleEntryError, match="'a' was consumed by remove"):
            entry.remove()
        with pytest.raises(kv.StaleEntryError, match="'a' was consumed by remove"):
            repr(entry.value)
        assert repr(entry) == "<stale Occupied 'a'>"
        assert m.get("a") == "new"

    @pytest.mark.parametrize(
        "use",
        [
            lambda e: e.key,
            lambda e: e.value,
            lambda e: setattr(e, "value", "x"),
            lambda e: e.insert("x"),
            lambda e: e.insert_entry("x"),
            lambda e: e.remove(),
            lambda e: e.remove_entry(),
            lambda e: e.or_insert("x"),
            lambda e: e.or_insert_entry("x"),
            lambda e: e.and_modify(refuse),
            lambda e: e.and_modify_in_place(refuse),
            lambda e: e.and_replace_entry_with(refuse),
            lambda e: e.replace_key("a"),
        ],
    )
    def test_an_occupied_one_without_its_key_is_stale(
        self, kv: Any, make: Any, use: Callable[[Any], object]
    ) -> None:
        m = make(PAIRS)
        entry = kv.entry(m, "a")
        m.pop("a")
        with pytest.raises(kv.StaleEntryError, match="'a', which is no longer in the map"):
            use(entry)
        assert pairs_of(m) == [("b", "2")]
        m["a"] = "again"
        assert entry.value == "again"

    @pytest.mark.parametrize(
        "use",
        [
            lambda e: e.insert("x"),
            lambda e: e.insert("new"),
            lambda e: e.insert_entry("x"),
            lambda e: e.and_modify(refuse),
            lambda e: e.and_modify_in_place(refuse),
            lambda e: e.and_replace_entry_with(refuse),
        ],
    )
    def test_a_vacant_one_whose_key_has_come_is_stale(
        self, kv: Any, make: Any, use: Callable[[Any], object]
    ) -> None:
        m = make(PAIRS)
        entry = kv.entry(m, "c")
        m["c"] = "new"
        with pytest.raises(kv.StaleEntryError, match="'c', which is now in the map"):
            use(entry)
        assert pairs_of(m) == [*PAIRS.items(), ("c", "new")]
        assert entry.key == "c"
        assert entry.or_insert("x") == entry.or_insert_with(refuse) == "new"
        assert entry.or_insert_entry_with(refuse).value == "new"
        assert entry.or_insert_entry("x").key == "c"

    def test_replace_key_is_refused(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)
        with pytest.raises(TypeError, match=f"an entry of an? {type(m).__name__}, which cannot"):
            kv.entry(m, "a").replace_key("a")
        assert pairs_of(m) == [*PAIRS.items()]

    def test_or_default_wants_a_factory(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)
        assert kv.entry(m, "a").or_default() == "1"
        if isinstance(m, defaultdict):
            m.default_factory = None
        with pytest.raises(TypeError, match=f"an? {type(m).__name__} that has no default_factory"):
            kv.entry(m, "c").or_default()

    def test_a_function_that_raises_changes_nothing(self, kv: Any, make: Any) -> None:
        def fail(*_: object) -> Any:
            raise ZeroDivisionError

        m = make(PAIRS)
        for key, methods in (
            ("a", ("and_modify", "and_modify_in_place", "and_replace_entry_with")),
            ("c", ("or_insert_with", "or_insert_with_key", "or_insert_entry_with")),
        ):
            entry = kv.entry(m, key)
            for method in methods:
                with pytest.raises(ZeroDivisionError):
                    getattr(entry, method)(fail)
            assert pairs_of(m) == [*PAIRS.items()]
            assert entry.or_insert("x") == PAIRS.get(key, "x"), "the entry is still usable"

    def test_repr(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)
        assert repr(kv.entry(m, "a")) == "Occupied('a', '1')"
        assert repr(kv.entry(m, "c")) == "Vacant('c')"

    @cases(key=["a", "c"])
    @cases(use=[copy.copy, copy.deepcopy, pickle.dumps])
    def test_no_entry_is_copied(
        self, kv: Any, make: Any, key: str, use: Callable[[Any], object]
    ) -> None:
        with pytest.raises(TypeError, match="pickle or copy its map"):
            use(kv.entry(make(PAIRS), key))


class TestDefaults:
    def test_or_default_calls_the_factory_of_the_mapping(self, kv: Any) -> None:
        m: Any = defaultdict(list)
        kv.entry(m, "a").or_default().append(1)
        assert m == {"a": [1]}

    def test_a_defaultdict_is_asked_and_does_not_insert(self, kv: Any) -> None:
        m: Any = defaultdict(refuse)
        assert isinstance(kv.entry(m, "a"), kv.Vacant)
        assert m == {}

    def test_a_factory_of_ones_own(self, kv: Any) -> None:
        m = Listed()
        m.default_factory = dict  # type: ignore[attr-defined]
        assert kv.entry(m, "a").or_default() == {}
        assert m.pairs == [["a", {}]]

    def test_a_factory_that_cannot_be_had(self, kv: Any) -> None:
        def fail(_self: object) -> None:
            raise ZeroDivisionError

        m = derived(dict, default_factory=property(fail))()
        with pytest.raises(ZeroDivisionError):
            kv.entry(m, "a").or_default()


class TestViews:
    def test_a_dict_finds_by_a_view(self, kv: Any) -> None:
        m = {"_a": 1}
        view = LazyShortKey("a")
        entry = kv.entry(m, view)
        assert isinstance(entry, kv.Occupied)
        assert type(entry.key) is str
        assert entry.key == "_a"
        assert view.built == 1
        entry.value += 1
        assert m == {"_a": 2}

    @cases(kind=["dict", "UserDict", "MutableMapping", "OrderedDict"])
    def test_a_view_is_never_stored(self, kv: Any, kind: str) -> None:
        uses: Any = (
            lambda e: e.or_insert(1),
            lambda e: e.insert(1),
            lambda e: e.insert_entry(1),
            lambda e: e.or_insert_entry_with(lambda: 1),
            lambda e: e.or_insert_with_key(lambda key: 1),
        )
        for use in uses:
            m = MAPPINGS[kind]({})
            view = LazyShortKey("a")
            entry = kv.entry(m, view)
            assert view.built == 0
            use(entry)
            assert view.built == 1
            assert [type(key) for key in m] == [str]
            assert entry.key == "_a"
            assert view.built == 1

    def test_a_tuple_that_holds_a_view(self, kv: Any) -> None:
        m: Any = {}
        kv.entry(m, (LazyShortKey("a"), 1)).or_insert(2)
        assert [*m.items()] == [(("_a", 1), 2)]
        assert type(next(iter(m))[0]) is str

    @cases(view=UNLAWFUL)
    def test_an_unlawful_view_is_refused(self, kv: Any, view: Any) -> None:
        m: Any = {}
        errors = (kv.KeyViewError, sys.modules["keyview.errors"].KeyViewError)
        uses: Any = (
            lambda e: e.or_insert(1),
            lambda e: e.insert(1),
            lambda e: e.insert_entry(1),
            lambda e: e.or_insert_with(list),
            lambda e: e.or_insert_entry(1),
            lambda e: e.key,
        )
        for use in uses:
            with pytest.raises(errors):
                use(kv.entry(m, view()))
            assert m == {}

    def test_a_view_whose_key_cannot_be_built(self, kv: Any) -> None:
        class Failing(LazyShortKey):
            def __key__(self) -> str:
                raise ZeroDivisionError

        m = {"_a": 1}
        with pytest.raises(ZeroDivisionError):
            kv.entry(m, Failing("a"))
        with pytest.raises(ZeroDivisionError):
            kv.entry(m, Failing("b")).or_insert(1)
        assert m == {"_a": 1}

    def test_what_encodes_its_keys_says_so(self, kv: Any) -> None:
        with pytest.raises(TypeError, match="str expected"):
            kv.entry(os.environ, LazyShortKey("a"))

    def test_building_the_key_stores_it(self, kv: Any) -> None:
        class Storing(LazyShortKey):
            def __key__(self) -> str:
                m["_a"] = "by __key__"
                return super().__key__()

        mappings: list[Any] = [{}, Listed(), UserDict()]
        for m in mappings:
            entry = kv.entry(m, Storing("a"))
            assert entry.or_insert("by or_insert") == "by __key__"
            assert [*m.items()] == [("_a", "by __key__")]


class TestOursAndNoMapping:
    def test_a_map_of_ours_gives_its_own_entry(self, kv: Any) -> None:
        stored = Key("a")
        m = kv.HashMap({stored: 1})
        assert kv.entry(m, Key("a")).key is stored
        assert kv.entry(m, Key("a")).replace_key(Key("a")) is stored
        kv.entry(m, "b").insert(2)
        assert m["b"] == 2

    def test_a_subclass_of_ours_is_asked(self, kv: Any) -> None:
        m = derived(kv.HashMap, entry=lambda self, query: (self, query))()
        assert kv.entry(m, "a") == (m, "a")

    @pytest.mark.parametrize(
        "given",
        [None, 5, "text", [], set(), types.MappingProxyType({}), dict, derived(Mapping)],
        ids=repr,
    )
    def test_no_mutable_mapping(self, kv: Any, given: Any) -> None:
        name = type(given).__name__
        with pytest.raises(TypeError, match=f"given an? {name}, which is not a mutable mapping"):
            kv.entry(given, "a")

    @pytest.mark.skipif(sys.version_info < (3, 15), reason="Python has no frozendict before 3.15")
    def test_a_frozendict_is_none(self, kv: Any) -> None:
        with pytest.raises(TypeError, match="given a frozendict, which is not a mutable mapping"):
            kv.entry(frozendict(), "a")  # type: ignore[name-defined]  # noqa: F821

    def test_the_arguments(self, kv: Any) -> None:
        assert str(inspect.signature(kv.entry)).startswith("(mapping")
        wrong: list[tuple[Any, ...]] = [(), ({},), ({}, 1, 2)]
        for arguments in wrong:
            with pytest.raises(TypeError, match="argument"):
                kv.entry(*arguments)
        with pytest.raises(TypeError):
            kv.entry(mapping={}, query=1)


class TestWhatIsAsked:
    def test_a_mapping_of_ones_own(self, kv: Any) -> None:
        m = Listed({"a": 1})

        def asked() -> list[tuple[Any, ...]]:
            told, m.asked = [(one[0], *one[2:]) for one in m.asked], []
            return told

        entry = kv.entry(m, "a")
        assert asked() == [("get",)]
        assert entry.or_insert_with(refuse) == 1
        assert asked() == [("get",)]
        entry.value = 2
        assert asked() == [("get",), ("set", 2)]
        entry.and_modify(lambda n: n + 1)
        assert asked() == [("get",), ("get",), ("set", 3)]
        entry.remove()
        assert asked() == [("get",), ("pop",)]
        entry = kv.entry(m, "a")
        assert asked() == [("get",)]
        entry.or_insert(1)
        assert asked() == [("get",), ("set", 1)]
        del m["a"]
        entry.or_insert_with(lambda: 2)
        assert asked() == [("get",), ("get",), ("set", 2)]

    def test_keys_need_no_hash(self, kv: Any) -> None:
        m = Listed()
        kv.entry(m, [1]).or_insert("one")
        assert kv.entry(m, [1]).and_modify(str.upper).value == "ONE"
        assert kv.entry(m, [1]).remove_entry() == ([1], "ONE")

    def test_an_unhashable_key_of_a_dict(self, kv: Any) -> None:
        with pytest.raises(TypeError, match="unhashable"):
            kv.entry({}, [])

    @cases(kind=[dict, derived(dict)])
    def test_a_dict_hashes_once_for_each_question(self, kv: Any, kind: Any) -> None:
        def count(use: Callable[[Any], object], pairs: Any = ()) -> int:
            m, query = kind(pairs), Key("a")
            use(kv.entry(m, query))
            return query.hashes

        there = [(Key("a"), 1)]
        assert count(lambda e: None, there) == 1
        assert count(lambda e: e.or_insert_with(refuse), there) == 2
        assert count(lambda e: e.insert(2), there) == 3
        assert count(lambda e: e.remove(), there) == 3
        assert count(lambda e: None) == 1
        assert count(lambda e: e.or_insert(2)) == 2
        assert count(lambda e: e.or_insert_with(list)) == 3
        assert count(lambda e: e.insert(2)) == 3

    def test_the_stored_key_stays(self, kv: Any) -> None:
        stored = Key("a")
        m = {stored: 1}
        entry = kv.entry(m, query := Key("a"))
        assert entry.key is query
        entry.value = 2
        assert next(iter(m)) is stored

    def test_a_dict_that_stores_in_its_own_way_is_asked(self, kv: Any) -> None:
        m = Lower()
        kv.entry(m, "A").or_insert(1)
        assert [*m.items()] == [("a", 1)]
        assert kv.entry(m, "A").value == 1

    def test_a_dict_is_filled_by_setdefault(self, kv: Any) -> None:
        """Whoever came first wins, even if `get` did not tell of it; and nobody waits for ever."""
        m = derived(dict, get=lambda self, key, default: default)(a=1)
        assert kv.entry(m, "a").or_insert(2) == 1
        assert kv.entry(m, "a").or_insert_with(list) == 1
        with pytest.raises(kv.StaleEntryError, match="which is now in the map"):
            kv.entry(m, "a").insert(2)
        assert m == {"a": 1}

    def test_no_missing_method_is_called(self, kv: Any) -> None:
        m = Missing()
        assert kv.entry(m, "a").or_insert(1) == 1

    def test_environ_and_shelve_return_what_was_given(
        self, kv: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("KEYVIEW_TEST", raising=False)
        value = "".join(["a", "b"])
        assert kv.entry(os.environ, "KEYVIEW_TEST").or_insert(value) is value
        assert os.environ["KEYVIEW_TEST"] is not value
        with new_shelf(tmp_path) as shelf:
            kv.entry(shelf, "a").or_insert_with(list).append(1)
            assert shelf["a"] == [], "what is done to a copy is lost"
            kv.entry(shelf, "a").and_modify(lambda old: [*old, 1])
            assert shelf["a"] == [1]


class TestErrors:
    def test_a_chain_map_removes_from_its_first_map_only(self, kv: Any) -> None:
        m = ChainMap({"a": 1}, {"b": 2})
        uses: Any = (
            lambda e: e.remove(),
            lambda e: e.remove_entry(),
            lambda e: e.and_replace_entry_with(lambda key, value: kv.REMOVE),
        )
        for use in uses:
            entry = kv.entry(m, "b")
            with pytest.raises(KeyError, match="'b'"):
                use(entry)
            assert entry.value == 2, "the entry is still usable"
        kv.entry(m, "b").value = 3
        assert m.maps == [{"a": 1, "b": 3}, {"b": 2}]
        assert kv.entry(m, "a").remove() == 1

    def test_a_key_that_is_gone_when_it_is_to_be_removed(self, kv: Any) -> None:
        class Late(Listed):
            def pop(self, key: object, *default: Any) -> Any:
                super().pop(key)
                raise KeyError(key)

        entry = kv.entry(Late({"a": 1}), "a")
        with pytest.raises(kv.StaleEntryError, match="no longer in the map"):
            entry.remove()

    @pytest.mark.parametrize(
        ("name", "key", "uses"),
        [
            ("get", "a", OCCUPIED_USES.values()),
            ("get", "b", VACANT_USES.values()),
            ("__setitem__", "a", [OCCUPIED_USES["insert"], OCCUPIED_USES["insert_entry"]]),
            ("__setitem__", "b", VACANT_USES.values()),
            ("pop", "a", [OCCUPIED_USES["remove"], OCCUPIED_USES["remove_entry"]]),
        ],
    )
    def test_errors_of_the_mapping_propagate(self, kv: Any, name: str, key: str, uses: Any) -> None:
        def method(*arguments: Any) -> Any:
            if failing:
                raise ZeroDivisionError
            return getattr(Listed, name)(*arguments)

        failing = False
        members: dict[str, Any] = {name: method}
        m = derived(Listed, **members)({"a": 1})
        for use in uses:
            entry = kv.entry(m, key)
            failing = True
            with pytest.raises(ZeroDivisionError):
                use(entry)
            failing = False
            assert m.pairs == [["a", 1]]
            assert entry.key == key, "the entry is still usable"

    def test_an_eq_that_raises(self, kv: Any) -> None:
        stored, query = Key("a"), Key("a")
        m = {stored: 1}
        entry = kv.entry(m, query)

        def fail() -> None:
            raise ZeroDivisionError

        query.on_eq = stored.on_eq = fail
        with pytest.raises(ZeroDivisionError):
            kv.entry(m, query)
        for use in (lambda: entry.value, lambda: entry.insert(2), entry.remove, lambda: entry.key):
            with pytest.raises(ZeroDivisionError):
                use()
        with pytest.raises(ZeroDivisionError):
            repr(entry)
        query.on_eq = stored.on_eq = lambda: None
        assert entry.remove() == 1


class TestReentrancy:
    def test_an_eq_that_consumes_the_entry(self, kv: Any) -> None:
        stored, query = Key("a"), Key("a")
        m = {stored: 1}
        entry = kv.entry(m, query)

        def consume() -> None:
            query.on_eq = stored.on_eq = lambda: None
            entry.remove()

        query.on_eq = stored.on_eq = consume
        with pytest.raises((kv.StaleEntryError, KeyError)):
            entry.insert(2)
        assert m == {}

    def test_functions_that_change_the_mapping(self, kv: Any, make: Any) -> None:
        m = make(PAIRS)

        def function(*_: object) -> str:
            m.pop("a", None)
            m["c"] = "by the function"
            return "x"

        with pytest.raises(kv.StaleEntryError):
            kv.entry(m, "a").and_modify(function)
        m.pop("c")
        assert kv.entry(m, "c").or_insert_with(function) == "by the function"
        assert kv.entry(m, "c").value == "by the function"

    def test_a_set_item_that_uses_the_entry(self, kv: Any) -> None:
        class Eager(Listed):
            def __setitem__(self, key: object, value: Any) -> None:
                super().__setitem__(key, value)
                seen.append(entry.or_insert("late"))

        seen: list[Any] = []
        entry = kv.entry(Eager(), "a")
        assert entry.or_insert("first") == "first"
        assert seen == ["first"]

    def test_the_last_words_of_an_old_value(self, kv: Any) -> None:
        class LastWords:
            def __del__(self) -> None:
                m.clear()

        m: Any = {"a": LastWords()}
        entry = kv.entry(m, "a")
        entry.value = 1
        assert m == {}
        with pytest.raises(kv.StaleEntryError):
            repr(entry.value)

    def test_an_entry_keeps_its_mapping_and_both_can_be_collected(self, kv: Any) -> None:
        m: Any = derived(dict)()
        reference = weakref.ref(m)
        occupied, vacant = kv.entry(m, "a").insert_entry(1), kv.entry(m, "b")
        del m
        gc.collect()
        assert occupied.value == 1
        assert reference() is not None
        occupied.value = [occupied, vacant]
        vacant.or_insert(vacant)
        del occupied, vacant
        gc.collect()
        assert reference() is None


def test_counting_words_in_a_plain_dict(kv: Any) -> None:
    counts: dict[str, int] = {}
    for word in ["a", "b", "a"]:
        kv.entry(counts, word).or_insert_entry(0).value += 1
    assert counts == {"a": 2, "b": 1}
    kv.entry(counts, "a").and_replace_entry_with(
        lambda _, count: add(count, -2) if count > 2 else kv.REMOVE
    )
    assert counts == {"b": 1}

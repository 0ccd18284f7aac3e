"""One class for each row of "Decisions that Rust's borrow checker made for Rust".

In each, the good case works, and the bad case raises the named error and changes nothing.
"""

from __future__ import annotations

import threading
from operator import add
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import UNLAWFUL, Key, ShortKey
from tests.kit.operations import uses
from tests.kit.soundness import assert_sound, derived, state, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable


def _key_and_value(entry: Any) -> tuple[Any, ...]:
    """What `case Occupied(key, value)` reads."""
    return tuple(getattr(entry, name) for name in type(entry).__match_args__)


OCCUPIED_USES: dict[str, Callable[[Any], object]] = {
    "key": lambda entry: entry.key,
    "value": lambda entry: entry.value,
    "set value": lambda entry: setattr(entry, "value", 9),
    "insert": lambda entry: entry.insert(9),
    "insert_entry": lambda entry: entry.insert_entry(9),
    "remove": lambda entry: entry.remove(),
    "remove_entry": lambda entry: entry.remove_entry(),
    "replace_key": lambda entry: entry.replace_key("a"),
    "or_insert": lambda entry: entry.or_insert(9),
    "or_insert_with": lambda entry: entry.or_insert_with(int),
    "or_insert_with_key": lambda entry: entry.or_insert_with_key(str),
    "or_default": lambda entry: entry.or_default(),
    "or_insert_entry": lambda entry: entry.or_insert_entry(9),
    "or_insert_entry_with": lambda entry: entry.or_insert_entry_with(int),
    "and_modify": lambda entry: entry.and_modify(lambda value: value),
    "and_modify_in_place": lambda entry: entry.and_modify_in_place(lambda value: None),
    "and_replace_entry_with": lambda entry: entry.and_replace_entry_with(lambda k, v: v),
    "match": _key_and_value,
}

VACANT_STRICT_USES = {
    name: OCCUPIED_USES[name]
    for name in (
        "insert",
        "insert_entry",
        "and_modify",
        "and_modify_in_place",
        "and_replace_entry_with",
    )
}
OR_USES = {name: use for name, use in OCCUPIED_USES.items() if name.startswith("or_")}


def _map(kv: Any) -> Any:
    return kv.HashMap(a=1, b=2, default_factory=int)


DISTURBANCES: dict[str, Callable[[Any], object]] = {
    "other keys added": lambda m: m.update((n, n) for n in range(1000)),
    "another key removed": lambda m: m.pop("b"),
    "room reserved": lambda m: m.reserve(1000),
    "shrunk": lambda m: m.shrink_to_fit(),
    "value replaced": lambda m: m.__contains__("a") and m.__setitem__("a", 5),
    "copied": lambda m: m.copy().clear(),
}


class TestTheMapChangedWhileIHoldAnEntry:
    @cases(disturb=DISTURBANCES)
    def test_an_occupied_stays_good_while_its_key_is_there(
        self, kv: Any, disturb: Callable[[Any], object]
    ) -> None:
        m = _map(kv)
        entry = m.entry("a")
        disturb(m)
        assert entry.value == m["a"]
        entry.value = 7
        assert m["a"] == 7
        assert entry.remove() == 7
        assert "a" not in m
        assert_sound(m)

    @cases(disturb=DISTURBANCES)
    def test_a_vacant_stays_good_while_its_key_is_absent(
        self, kv: Any, disturb: Callable[[Any], object]
    ) -> None:
        m = _map(kv)
        entry = m.entry("x")
        disturb(m)
        assert entry.insert(7) == 7
        assert m["x"] == 7
        assert_sound(m)

    @cases(use=OCCUPIED_USES)
    @pytest.mark.parametrize(
        "remove",
        [lambda m: m.pop("a"), lambda m: m.clear(), lambda m: m.drain()],
        ids=["pop", "clear", "drain"],
    )
    def test_an_occupied_whose_key_is_gone_is_stale(
        self, kv: Any, use: Callable[[Any], object], remove: Callable[[Any], object]
    ) -> None:
        m = _map(kv)
        entry = m.entry("a")
        remove(m)
        with unchanged(m), pytest.raises(kv.StaleEntryError, match="'a'"):
            use(entry)

    @cases(use=VACANT_STRICT_USES)
    def test_a_vacant_whose_key_is_there_is_stale(
        self, kv: Any, use: Callable[[Any], object]
    ) -> None:
        m = _map(kv)
        entry = m.entry("x")
        m["x"] = 5
        with unchanged(m), pytest.raises(kv.StaleEntryError, match="'x'"):
            use(entry)

    def test_the_error_is_a_runtime_error(self, kv: Any) -> None:
        assert issubclass(kv.StaleEntryError, RuntimeError)

    def test_a_key_stored_again_makes_its_occupied_good_again(self, kv: Any) -> None:
        m = _map(kv)
        entry = m.entry("a")
        again = "".join(["a"])
        del m["a"]
        with pytest.raises(kv.StaleEntryError):
            _ = entry.value
        m[again] = 5
        assert entry.value == 5
        assert entry.key is again
        entry.value = 6
        assert m["a"] == 6

    def test_a_key_removed_again_makes_its_vacant_good_again(self, kv: Any) -> None:
        m = _map(kv)
        entry = m.entry("x")
        m["x"] = 5
        with pytest.raises(kv.StaleEntryError):
            entry.insert(1)
        del m["x"]
        assert entry.insert(6) == 6
        assert m["x"] == 6

    def test_never_a_wrong_slot(self, kv: Any) -> None:
        """The place of a removed key is taken by another of the same hash."""
        m = kv.HashMap({Key("a", 1): "a"})
        entry = m.entry(Key("a", 1))
        m.clear()
        m[Key("b", 1)] = "b"
        with unchanged(m), pytest.raises(kv.StaleEntryError):
            entry.value = "wrong"

    def test_two_entries_of_one_key_agree(self, kv: Any) -> None:
        m = _map(kv)
        first, second = m.entry("a"), m.entry("a")
        first.value = 5
        assert second.value == 5
        first.remove()
        with pytest.raises(kv.StaleEntryError):
            _ = second.value


@pytest.mark.parametrize("use", OR_USES.values(), ids=OR_USES)
class TestAndICallAVacantsOrMethods:
    def test_they_give_what_is_there_now(self, kv: Any, use: Callable[[Any], object]) -> None:
        m = _map(kv)
        entry = m.entry("x")
        m["x"] = value = object()
        with unchanged(m):
            result = use(entry)
        assert result is value or result.value is value  # type: ignore[attr-defined]

    def test_a_second_call_never_raises(self, kv: Any, use: Callable[[Any], object]) -> None:
        m = _map(kv)
        entry = m.entry("x")
        use(entry)
        with unchanged(m):
            use(entry)

    def test_another_thread_was_first(self, kv: Any, use: Callable[[Any], object]) -> None:
        m = _map(kv)
        entry = m.entry("x")
        thread = threading.Thread(target=lambda: m.setdefault("x", 5))
        thread.start()
        thread.join()
        with unchanged(m):
            use(entry)
        assert m["x"] == 5


class TestTheFactoryTouchesTheMap:
    @pytest.mark.parametrize(
        "get_or_create",
        [
            lambda m, key, make: m.get_or_insert_with(key, make),
            lambda m, key, make: m.entry(key).or_insert_with(make),
            lambda m, key, make: m.entry(key).or_insert_with_key(lambda key: make()),
            lambda m, key, make: m.entry(key).or_insert_entry_with(make).value,
        ],
        ids=["fused", "or_insert_with", "or_insert_with_key", "or_insert_entry_with"],
    )
    class TestEveryWay:
        def test_recursive_memoisation(
            self, kv: Any, get_or_create: Callable[[Any, Any, Any], Any]
        ) -> None:
            memo = kv.HashMap({0: 0, 1: 1})

            def fibonacci(n: int) -> int:
                value: int = get_or_create(memo, n, lambda: fibonacci(n - 1) + fibonacci(n - 2))
                return value

            assert fibonacci(60) == 1548008755920
            assert len(memo) == 61
            assert_sound(memo)

        def test_a_factory_that_inserts_this_key_wins(
            self, kv: Any, get_or_create: Callable[[Any, Any, Any], Any]
        ) -> None:
            m = _map(kv)

            def factory() -> str:
                m["x"] = "inner"
                return "outer"

            assert get_or_create(m, "x", factory) == "inner"
            assert m["x"] == "inner"

        def test_a_factory_that_clears(
            self, kv: Any, get_or_create: Callable[[Any, Any, Any], Any]
        ) -> None:
            m = _map(kv)
            assert get_or_create(m, "x", lambda: m.clear() or 7) == 7
            assert list(m.items()) == [("x", 7)]


def _remove_a(m: Any) -> Callable[..., int]:
    def callback(*_args: object) -> int:
        m.pop("a", None)
        return 9

    return callback


class TestAnotherCallbackTouchesTheMap:
    @cases(name=["and_modify", "and_replace_entry_with"])
    def test_and_methods_are_stale_if_the_key_is_gone(self, kv: Any, name: str) -> None:
        m = _map(kv)
        entry = m.entry("a")
        with pytest.raises(kv.StaleEntryError):
            getattr(entry, name)(_remove_a(m))
        assert list(m.items()) == [("b", 2)]
        assert_sound(m)

    def test_and_modify_in_place_is_stale_if_the_key_is_gone(self, kv: Any) -> None:
        m = _map(kv)
        with pytest.raises(kv.StaleEntryError):
            m.entry("a").and_modify_in_place(lambda value: m.clear())
        assert len(m) == 0

    def test_and_replace_entry_with_remove_is_stale_if_the_key_is_gone(self, kv: Any) -> None:
        m = _map(kv)
        with pytest.raises(kv.StaleEntryError):
            m.entry("a").and_replace_entry_with(lambda k, v: m.clear() or kv.REMOVE)
        assert len(m) == 0

    @cases(name=["and_modify", "and_replace_entry_with"])
    def test_and_methods_work_if_the_key_is_still_there(self, kv: Any, name: str) -> None:
        m = _map(kv)

        def callback(*_args: object) -> int:
            m.update((n, n) for n in range(100))
            del m["b"]
            m["a"] = 5
            return 9

        getattr(m.entry("a"), name)(callback)
        assert m["a"] == 9
        assert len(m) == 101
        assert_sound(m)

    @pytest.mark.parametrize(
        "merge",
        [
            lambda m, combine: m.merge("a", 10, combine),
            lambda m, combine: m.update_with({"a": 10}, combine),
            lambda m, combine: m.update_with([("a", 10)], combine),
        ],
        ids=["merge", "update_with mapping", "update_with pairs"],
    )
    class TestMergingStoresAsAnAssignmentWould:
        def test_the_key_was_removed(self, kv: Any, merge: Callable[[Any, Any], Any]) -> None:
            m = _map(kv)
            merge(m, _remove_a(m))
            assert list(m.items()) == [("b", 2), ("a", 9)]
            assert_sound(m)

        def test_the_value_was_replaced(self, kv: Any, merge: Callable[[Any, Any], Any]) -> None:
            m = _map(kv)
            merge(m, lambda old, new: (m.insert("a", 50), old + new)[1])
            assert list(m.items()) == [("a", 11), ("b", 2)]

        def test_the_key_was_removed_and_stored(
            self, kv: Any, merge: Callable[[Any, Any], Any]
        ) -> None:
            m = _map(kv)
            merge(m, lambda old, new: (m.pop("a"), m.insert("a", 50), old + new)[2])
            assert list(m.items()) == [("b", 2), ("a", 11)]
            assert_sound(m)

    @pytest.mark.parametrize(
        "filtered",
        [lambda m, predicate: m.retain(predicate), lambda m, p: list(m.extract_if(p))],
        ids=["retain", "extract_if"],
    )
    @pytest.mark.parametrize(
        "change",
        [
            lambda m: m.__setitem__("new", 0),
            lambda m: m.pop("b"),
            lambda m: m.clear(),
            lambda m: m.reserve(100),
        ],
        ids=["add", "remove", "clear", "reserve"],
    )
    @cases(answer=[True, False])
    def test_predicates_raise_runtime_error(
        self,
        kv: Any,
        filtered: Callable[[Any, Any], object],
        change: Callable[[Any], object],
        answer: bool,
    ) -> None:
        m = _map(kv)
        after: list[object] = []

        def predicate(key: object, value: object) -> bool:
            change(m)
            after.append(state(m))
            return answer

        with pytest.raises(RuntimeError, match="changed during"):
            filtered(m, predicate)
        assert after == [state(m)], "it went on after the change"
        assert_sound(m)

    def test_predicates_may_overwrite_values(self, kv: Any) -> None:
        m = _map(kv)
        m.retain(lambda key, value: m.insert(key, value * 10))
        assert dict(m) == {"a": 10, "b": 20}

    def test_a_change_between_two_extractions(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2, c=3)
        extracted = m.extract_if(lambda key, value: True)
        assert next(extracted) == ("a", 1)
        m["d"] = 4
        with unchanged(m), pytest.raises(RuntimeError, match="changed during extract_if"):
            next(extracted)


def _fail(*_args: object) -> Any:
    raise ZeroDivisionError


class TestACallbackHashOrEqRaises:
    @cases(use=uses())
    @cases(hook=["on_hash", "on_eq"])
    def test_it_propagates_and_nothing_happened(
        self, kv: Any, use: Callable[[Any, Any], object], hook: str
    ) -> None:
        m = kv.HashMap({Key("a", 1): 1, "other": 2})
        query = Key("b", 1)
        setattr(query, hook, _fail)
        with unchanged(m), pytest.raises(ZeroDivisionError):
            use(m, query)

    @pytest.mark.parametrize(
        "call",
        [
            lambda m: m.entry("a").and_modify(_fail),
            lambda m: m.entry("a").and_modify_in_place(_fail),
            lambda m: m.entry("a").and_replace_entry_with(_fail),
            lambda m: m.entry("x").or_insert_with(_fail),
            lambda m: m.entry("x").or_insert_with_key(_fail),
            lambda m: m.entry("x").or_insert_entry_with(_fail),
            lambda m: m.get_or_insert_with("x", _fail),
            lambda m: m.merge("a", 1, _fail),
            lambda m: m.update_with({"a": 1}, _fail),
            lambda m: m.retain(_fail),
            lambda m: list(m.extract_if(_fail)),
            lambda m: m.by(_fail)["a"],
            lambda m: m.by(_fail).entry("a"),
        ],
    )
    def test_a_callback(self, kv: Any, call: Callable[[Any], object]) -> None:
        m = _map(kv)
        with unchanged(m), pytest.raises(ZeroDivisionError):
            call(m)

    def test_the_entry_is_still_usable(self, kv: Any) -> None:
        m = _map(kv)
        occupied, vacant = m.entry("a"), m.entry("x")
        with pytest.raises(ZeroDivisionError):
            occupied.and_modify(_fail)
        with pytest.raises(ZeroDivisionError):
            vacant.or_insert_with(_fail)
        assert occupied.and_modify(lambda n: n + 1).value == 2
        assert vacant.or_insert_with(lambda: 5) == 5

    def test_retain_removes_nothing_if_a_later_predicate_raises(self, kv: Any) -> None:
        m = kv.HashMap(a=0, b=0, c=1)
        with unchanged(m), pytest.raises(ZeroDivisionError):
            m.retain(lambda key, value: _fail() if value else False)

    def test_update_keeps_what_was_done(self, kv: Any) -> None:
        m = _map(kv)
        bad = Key("bad")
        bad.on_hash = _fail
        with pytest.raises(ZeroDivisionError):
            m.update([("a", 5), ("x", 6), (bad, 7), ("y", 8)])
        assert list(m.items()) == [("a", 5), ("b", 2), ("x", 6)]

    def test_update_with_keeps_what_was_done(self, kv: Any) -> None:
        m = _map(kv)
        with pytest.raises(TypeError):
            m.update_with([("a", 5), ("x", 6), ("b", "text"), ("y", 8)], add)
        assert list(m.items()) == [("a", 6), ("b", 2), ("x", 6)]

    def test_extract_if_keeps_what_was_done(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=0, c=1)
        extracted = m.extract_if(lambda key, value: 1 / value)
        assert next(extracted) == ("a", 1)
        with pytest.raises(ZeroDivisionError):
            next(extracted)
        assert list(m.items()) == [("b", 0), ("c", 1)]


class TestAddingToAnImmutableValue:
    def test_on_an_occupied(self, kv: Any) -> None:
        m = _map(kv)
        m.entry("a").or_insert_entry(0).value += 1
        m.entry("x").or_insert_entry(0).value += 1
        assert dict(m) == {"a": 2, "b": 2, "x": 1}

    def test_on_a_stale_one(self, kv: Any) -> None:
        m = _map(kv)
        entry = m.entry("a")
        del m["a"]
        with unchanged(m), pytest.raises(kv.StaleEntryError):
            entry.value += 1


class TestConsumingMethods:
    @cases(consume=["remove", "remove_entry"])
    @cases(use=OCCUPIED_USES)
    @cases(stored_again=[False, True])
    def test_a_spent_entry_is_stale_for_good(
        self, kv: Any, consume: str, use: Callable[[Any], object], stored_again: bool
    ) -> None:
        m = _map(kv)
        entry = m.entry("a")
        getattr(entry, consume)()
        if stored_again:
            m["a"] = 5
        with unchanged(m), pytest.raises(kv.StaleEntryError):
            use(entry)

    def test_a_removal_that_fails_spends_nothing(self, kv: Any) -> None:
        m = _map(kv)
        entry = m.entry("a")
        del m["a"]
        with pytest.raises(kv.StaleEntryError):
            entry.remove()
        m["a"] = 5
        assert entry.remove() == 5


class TestNaN:
    def test_is_found_by_identity(self, kv: Any) -> None:
        nan = float("nan")
        m = kv.HashMap({nan: 1})
        assert m[nan] == 1
        assert m.entry(nan).or_insert(2) == 1
        assert m.get(float("nan")) is None
        m[float("nan")] = 2
        assert len(m) == 2

    def test_as_a_value(self, kv: Any) -> None:
        nan = float("nan")
        assert kv.HashMap(a=nan) == kv.HashMap(a=nan)
        assert kv.HashMap(a=nan) != kv.HashMap(a=float("nan"))


OVERWRITES: dict[str, Callable[[Any, Any], object]] = {
    "setitem": lambda m, key: m.__setitem__(key, 2),
    "insert": lambda m, key: m.insert(key, 2),
    "update": lambda m, key: m.update([(key, 2)]),
    "|=": lambda m, key: m.__ior__([(key, 2)]),
    "merge": lambda m, key: m.merge(key, 1, add),
    "update_with": lambda m, key: m.update_with([(key, 1)], add),
    "entry insert": lambda m, key: m.entry(key).insert(2),
    "insert_entry": lambda m, key: m.entry(key).insert_entry(2),
    "and_modify": lambda m, key: m.entry(key).and_modify(lambda n: n + 1),
}


class TestOverwriting:
    @cases(overwrite=OVERWRITES)
    def test_the_stored_key_stays(self, kv: Any, overwrite: Callable[[Any, Any], object]) -> None:
        stored = Key("a")
        m = kv.HashMap({stored: 1})
        overwrite(m, Key("a"))
        [(key, value)] = m.items()
        assert key is stored
        assert value == 2

    def test_replace_key_swaps_it(self, kv: Any) -> None:
        m = kv.HashMap({1: "one"})
        m.entry(1).replace_key(True)
        assert [type(key) for key in m] == [bool]


class TestAViewWhereAKeyIsToBeStored:
    """The ways to store are each tried in test_views."""

    def test_present_only_the_value_changes_and_nothing_is_built(self, kv: Any) -> None:
        class Unbuildable:
            def __key__(self) -> str:
                raise AssertionError("the key was built")

            def __hash__(self) -> int:
                return hash("_a")

            def __eq__(self, other: object) -> bool:
                return other == "_a"

        stored = "".join(["_", "a"])
        m = kv.HashMap({stored: 1})
        m[Unbuildable()] = 2
        [(key, value)] = m.items()
        assert key is stored
        assert value == 2

    def test_absent_the_key_is_stored_never_the_view(self, kv: Any) -> None:
        m = kv.HashMap()
        m[ShortKey("a")] = 1
        assert [(type(key), key) for key in m] == [(str, "_a")]


class TestAnUnlawfulView:
    @cases(view=UNLAWFUL)
    def test_is_a_key_view_error_when_a_key_is_inserted(self, kv: Any, view: type) -> None:
        m = _map(kv)
        with unchanged(m), pytest.raises(kv.KeyViewError):
            m[view()] = 1

    def test_is_a_value_error(self, kv: Any) -> None:
        assert issubclass(kv.KeyViewError, ValueError)

    def test_only_then(self, kv: Any) -> None:
        m = _map(kv)
        view = UNLAWFUL[0]()
        with unchanged(m):
            assert view not in m
            m.entry(view)


class TestThreads:
    """Lost updates and the like are in test_threads."""

    def test_a_callback_that_waits_for_another_thread_is_not_waited_for(self, kv: Any) -> None:
        """No lock is held while code of the user's runs."""
        m = _map(kv)
        done: list[bool] = []

        def wait_for_another_thread(*_args: object) -> int:
            thread = threading.Thread(target=lambda: m.setdefault(object(), 1), daemon=True)
            thread.start()
            thread.join(timeout=10)
            done.append(not thread.is_alive())
            return 0

        waiting = derived(
            object, __add__=wait_for_another_thread, __eq__=wait_for_another_thread, __hash__=int
        )
        m.entry("x").or_insert_with(wait_for_another_thread)
        m.entry("a").and_modify(wait_for_another_thread)
        m.merge("a", 1, wait_for_another_thread)
        key = Key("key", 1)
        m[Key("other", 1)] = 1
        key.on_eq = wait_for_another_thread
        m[key] = 1
        m["value"] = waiting()
        m.merge("value", 1, add)
        assert all(done)
        assert len(done) >= 5

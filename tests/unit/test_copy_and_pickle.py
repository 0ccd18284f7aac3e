"""`copy`, `deepcopy` and pickle: what is shared, what is kept, and one form for both backends."""

from __future__ import annotations

import copy
import os
import pickle
import pickletools
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.soundness import assert_sound, derived, state

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
PICKLERS: dict[str, Callable[[Any], Any]] = {
    f"pickle {protocol}": lambda m, protocol=protocol: pickle.loads(pickle.dumps(m, protocol))  # type: ignore[misc]
    for protocol in PROTOCOLS
}
DUPLICATORS: dict[str, Callable[[Any], Any]] = {
    "copy method": lambda m: m.copy(),
    "copy.copy": copy.copy,
    "copy.deepcopy": copy.deepcopy,
    **PICKLERS,
}
DEEP = {name: DUPLICATORS[name] for name in DUPLICATORS if name not in ("copy method", "copy.copy")}


@pytest.fixture
def importable(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Any]:
    """Makes a class that was made in a test one that pickle can find."""

    def publish(cls: Any) -> Any:
        cls.__module__ = __name__
        monkeypatch.setattr(sys.modules[__name__], cls.__name__, cls, raising=False)
        return cls

    return publish


@pytest.mark.parametrize("duplicate", DUPLICATORS.values(), ids=DUPLICATORS)
class TestDuplicates:
    def test_same_pairs_order_and_factory(self, kv: Any, duplicate: Callable[[Any], Any]) -> None:
        original = kv.HashMap({"b": [1], "a": None, 3: "x"}, default_factory=list)
        before = state(original)
        made = duplicate(original)
        assert type(made) is kv.HashMap
        assert list(made.items()) == list(original.items())
        assert made.default_factory is list
        assert state(original) == before
        assert_sound(made)

    def test_is_another_map(self, kv: Any, duplicate: Callable[[Any], Any]) -> None:
        original = kv.HashMap(a=1)
        made = duplicate(original)
        made["b"] = 2
        del made["a"]
        made.default_factory = int
        assert dict(original) == {"a": 1}
        assert original.default_factory is None

    def test_after_removals(self, kv: Any, duplicate: Callable[[Any], Any]) -> None:
        original = kv.HashMap.fromkeys(range(50))
        for key in range(0, 50, 2):
            del original[key]
        assert list(duplicate(original)) == list(range(1, 50, 2))

    def test_subclass_with_attributes(
        self, kv: Any, duplicate: Callable[[Any], Any], importable: Callable[[Any], Any]
    ) -> None:
        sub = importable(derived(kv.HashMap))
        original = sub(a=1, default_factory=int)
        original.note = "kept"
        made = duplicate(original)
        assert type(made) is sub
        assert (made.note, made.default_factory, dict(made)) == ("kept", int, {"a": 1})
        made.note = "changed"
        assert original.note == "kept"

    @cases(slots=[("note", "unset"), ("note", "unset", "__dict__")])
    def test_subclass_with_slots(
        self,
        kv: Any,
        duplicate: Callable[[Any], Any],
        importable: Callable[[Any], Any],
        slots: tuple[str, ...],
    ) -> None:
        sub = importable(derived(kv.HashMap, __slots__=slots))
        original = sub(a=1, default_factory=int)
        original.note = "kept"
        made = duplicate(original)
        assert (made.note, made.default_factory, dict(made)) == ("kept", int, {"a": 1})
        assert not hasattr(made, "unset")

    def test_skips_init(
        self, kv: Any, duplicate: Callable[[Any], Any], importable: Callable[[Any], Any]
    ) -> None:
        def refuse(self: object, required: object) -> None:
            if required != "first":
                raise AssertionError("__init__ was called again")

        original = importable(derived(kv.HashMap, __init__=refuse))("first")
        original["a"] = 1
        assert dict(duplicate(original)) == {"a": 1}


def own_dict(self: Any) -> object:
    return {"note": self.note}


def own_pair(self: Any) -> object:
    return {"note": self.note}, None


def own_and_ours(self: Any) -> object:
    factory, attributes = super(type(self), self).__getstate__()
    return factory, {"note": attributes["note"]}


def of_dict(self: Any) -> object:
    return dict(self.__dict__)


def of_object(self: Any) -> object:
    return object.__getstate__(self)


@pytest.mark.parametrize("duplicate", DUPLICATORS.values(), ids=DUPLICATORS)
class TestOwnState:
    """A subclass may define what its state is, as a subclass of `dict` may."""

    @cases(getstate=[own_dict, own_pair, own_and_ours, of_dict, of_object])
    def test_attributes(
        self,
        kv: Any,
        duplicate: Callable[[Any], Any],
        importable: Callable[[Any], Any],
        getstate: Any,
    ) -> None:
        original = importable(derived(kv.HashMap, __getstate__=getstate))(a=1, default_factory=list)
        original.note = "kept"
        made = duplicate(original)
        assert (made.note, dict(made), made.default_factory) == ("kept", {"a": 1}, list)
        made["b"] = 2
        del made["a"]
        assert dict(original) == {"a": 1}
        assert_sound(made)

    @cases(slots=[("note",), ("note", "__dict__")])
    @pytest.mark.parametrize(
        "getstate",
        [
            lambda self: ({}, {"note": self.note}),
            lambda self: (None, {"note": self.note}),
            of_object,
        ],
    )
    def test_slots(
        self,
        kv: Any,
        duplicate: Callable[[Any], Any],
        importable: Callable[[Any], Any],
        slots: tuple[str, ...],
        getstate: Any,
    ) -> None:
        cls = derived(kv.HashMap, __slots__=slots, __getstate__=getstate)
        original = importable(cls)(a=1, default_factory=list)
        original.note = "kept"
        made = duplicate(original)
        assert (made.note, dict(made), made.default_factory) == ("kept", {"a": 1}, list)
        assert getattr(made, "__dict__", {}) == {}

    def test_none(
        self, kv: Any, duplicate: Callable[[Any], Any], importable: Callable[[Any], Any]
    ) -> None:
        original = importable(derived(kv.HashMap, __getstate__=lambda self: None))(a=1)
        original.note = "not kept"
        made = duplicate(original)
        assert (vars(made), dict(made)) == ({}, {"a": 1})

    @cases(own=[["anything"], 0, (1, 2, 3), ("a", "b")])
    def test_with_a_setstate_of_its_own(
        self,
        kv: Any,
        duplicate: Callable[[Any], Any],
        importable: Callable[[Any], Any],
        own: object,
    ) -> None:
        def setstate(self: Any, state: object) -> None:
            self.state = state

        cls = derived(kv.HashMap, __getstate__=lambda self: own, __setstate__=setstate)
        original = importable(cls)(a=1, default_factory=int)
        made = duplicate(original)
        assert (made.state, dict(made), made.default_factory) == (own, {"a": 1}, int)

    @cases(own=[["anything"], 1, (1, 2, 3), ("a", "b")])
    def test_that_nobody_takes_is_refused(
        self,
        kv: Any,
        duplicate: Callable[[Any], Any],
        importable: Callable[[Any], Any],
        own: object,
    ) -> None:
        original = importable(derived(kv.HashMap, __getstate__=lambda self: own))(a=1)
        with pytest.raises(TypeError, match=r"__setstate__ of Derived was given .* define __setst"):
            duplicate(original)


class TestCopy:
    @cases(duplicate=[lambda m: m.copy(), copy.copy])
    def test_shares_keys_and_values(self, kv: Any, duplicate: Callable[[Any], Any]) -> None:
        key, value = (1, [][:0] == []), [1]
        made = duplicate(kv.HashMap({key: value}))
        [(copied_key, copied_value)] = made.items()
        assert copied_key is key
        assert copied_value is value


@pytest.mark.parametrize("duplicate", DEEP.values(), ids=DEEP)
class TestDeep:
    def test_shares_no_value(self, kv: Any, duplicate: Callable[[Any], Any]) -> None:
        original = kv.HashMap(a=[1])
        made = duplicate(original)
        made["a"].append(2)
        assert original["a"] == [1]

    def test_a_map_that_holds_itself(self, kv: Any, duplicate: Callable[[Any], Any]) -> None:
        original = kv.HashMap()
        original["self"] = original
        made = duplicate(original)
        assert made is not original
        assert made["self"] is made

    def test_one_object_under_two_keys_stays_one(
        self, kv: Any, duplicate: Callable[[Any], Any]
    ) -> None:
        shared: list[int] = []
        made = duplicate(kv.HashMap(a=shared, b=shared))
        assert made["a"] is made["b"]


class TestPickledForm:
    @cases(protocol=PROTOCOLS)
    def test_names_nothing_of_a_backend(self, kv: Any, protocol: int) -> None:
        """So that the two implementations read each other's."""
        pickled = pickle.dumps(kv.HashMap(a=1), protocol)
        strings = {
            word
            for _, argument, _ in pickletools.genops(pickled)
            if isinstance(argument, str)
            for word in argument.split()
        }
        assert {word for word in strings if "keyview" in word} == {"keyview.hashmap"}

    @cases(protocol=PROTOCOLS)
    def test_a_pickle_of_the_first_release_can_be_read(self, kv: Any, protocol: int) -> None:
        made = pickle.loads(FIRST_RELEASE[protocol])
        assert type(made) is kv.HashMap
        assert list(made.items()) == [("b", 2), ("a", [1])]
        assert made.default_factory is list

    @cases(protocol=PROTOCOLS)
    def test_is_that_of_the_first_release(self, kv: Any, protocol: int) -> None:
        """So that the first release reads it, too."""
        m = kv.HashMap({"b": 2, "a": [1]}, default_factory=list)
        assert pickle.dumps(m, protocol) == FIRST_RELEASE[protocol]


@cases(make=[lambda m: m.entry(1), lambda m: m.entry(2), lambda m: m.keys()])
@cases(duplicate=[pickle.dumps, copy.copy, copy.deepcopy])
def test_entries_and_live_views_are_not_copied(
    kv: Any, make: Callable[[Any], Any], duplicate: Callable[[Any], Any]
) -> None:
    with pytest.raises(TypeError, match="cannot pickle"):
        duplicate(make(kv.HashMap({1: 1})))


def occupied(kv: Any, value: object = 2) -> Any:
    """An OccupiedError, whose map holds what cannot be pickled."""
    m = kv.HashMap({"a": lambda: 1})
    with pytest.raises(kv.OccupiedError) as caught:
        m.try_insert("a", value)
    caught.value.add_note("noted")
    return caught.value


@cases(duplicate=DEEP)
def test_an_occupied_error_keeps_all_but_its_entry(
    kv: Any, duplicate: Callable[[Any], Any]
) -> None:
    error = occupied(kv, [2])
    for duplicated in (duplicate(error), duplicate(duplicate(error))):
        assert type(duplicated) is kv.OccupiedError
        assert str(duplicated) == str(error)
        assert duplicated.args == error.args == ("a",)
        assert duplicated.value == [2]
        assert duplicated.value is not error.value
        assert duplicated.__notes__ == ["noted"]
        with pytest.raises(
            kv.StaleEntryError, match=r"the key 'a' was pickled or copied.*stayed with the map"
        ):
            _ = duplicated.entry
    assert error.entry.key == "a"


def test_a_shallow_copy_of_an_occupied_error_shares_its_entry(kv: Any) -> None:
    error = occupied(kv)
    copied = copy.copy(error)
    assert copied is not error
    assert copied.entry is error.entry
    assert copied.value is error.value
    assert str(copied) == str(error)
    assert copied.args == error.args


def test_an_occupied_error_of_a_subclass(kv: Any) -> None:
    class Sub(kv.OccupiedError):  # type: ignore[misc]
        def __init__(self, only: object) -> None:
            super().__init__(None, only, "a", 1)
            self.more = "more"

    for duplicated in (copy.copy(Sub(5)), copy.deepcopy(Sub(5))):
        assert (type(duplicated), duplicated.value, duplicated.more) == (Sub, 5, "more")
        assert str(duplicated) == str(Sub(5))


IN_A_POOL = """
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import keyview

def work(key):
    keyview.HashMap({key: print}).try_insert(key, 2)

if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            pool.submit(work, "a").result()
        except keyview.OccupiedError as error:
            print(keyview.backend, error)
"""


def test_a_process_pool_reports_an_occupied_error(kv: Any, tmp_path: Path) -> None:
    script = tmp_path / "pooled.py"
    script.write_text(IN_A_POOL)
    environment = {**os.environ, "KEYVIEW_BACKEND": kv.backend}
    done = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout == (
        f"{kv.backend} try_insert was asked to store 2 under 'a', which already holds "
        f"<built-in function print>; use insert to replace the value\n"
    )


@cases(pick=["keys", "values", "items"])
@cases(direction=[iter, reversed])
@cases(duplicate=[copy.copy, *PICKLERS.values()])
def test_an_iterator_is_duplicated_as_what_is_left(
    kv: Any,
    pick: str,
    direction: Callable[[Any], Any],
    duplicate: Callable[[Any], Any],
) -> None:
    view = getattr(kv.HashMap(a=1, b=2, c=3), pick)()
    iterator = direction(view)
    next(iterator)
    rest = list(duplicate(iterator))
    assert rest == list(direction(view))[1:]
    assert list(iterator) == rest, "duplicating advanced it"


FIRST_RELEASE: list[bytes] = [
    (
        b"ccopy_reg\n__newobj__\np0\n(ckeyview.hashmap\nHashMap\np1\ntp"
        b"2\nRp3\nVb\np4\nI2\nsVa\np5\n(lp6\nI1\nas(c__builtin__\nlist\np7\nN"
        b"tp8\nb."
    ),
    (
        b"ccopy_reg\n__newobj__\nq\x00(ckeyview.hashmap\nHashMap\nq\x01tq\x02R"
        b"q\x03(X\x01\x00\x00\x00bq\x04K\x02X\x01\x00\x00\x00aq\x05]q\x06K\x01au(c__builtin__\nlist\nq\x07Ntq\x08b."
    ),
    (
        b"\x80\x02ckeyview.hashmap\nHashMap\nq\x00)\x81q\x01(X\x01\x00\x00\x00bq\x02K\x02X\x01\x00\x00\x00aq\x03]q\x04"
        b"K\x01auc__builtin__\nlist\nq\x05N\x86q\x06b."
    ),
    (
        b"\x80\x03ckeyview.hashmap\nHashMap\nq\x00)\x81q\x01(X\x01\x00\x00\x00bq\x02K\x02X\x01\x00\x00\x00aq\x03]q\x04"
        b"K\x01aucbuiltins\nlist\nq\x05N\x86q\x06b."
    ),
    (
        b"\x80\x04\x95K\x00\x00\x00\x00\x00\x00\x00\x8c\x0fkeyview.hashmap\x94\x8c\x07HashMap\x94\x93\x94)\x81\x94(\x8c\x01b\x94K\x02\x8c\x01a\x94"
        b"]\x94K\x01au\x8c\x08builtins\x94\x8c\x04list\x94\x93\x94N\x86\x94b."
    ),
    (
        b"\x80\x05\x95K\x00\x00\x00\x00\x00\x00\x00\x8c\x0fkeyview.hashmap\x94\x8c\x07HashMap\x94\x93\x94)\x81\x94(\x8c\x01b\x94K\x02\x8c\x01a\x94"
        b"]\x94K\x01au\x8c\x08builtins\x94\x8c\x04list\x94\x93\x94N\x86\x94b."
    ),
]
"""`HashMap({"b": 2, "a": [1]}, default_factory=list)`, by protocol."""


def test_a_state_that_says_nothing_is_not_pickled(kv: Any) -> None:
    """To set it takes twice as long as to make a small map, and a pickle of many has many."""

    def state_of(map_: Any) -> object:
        return map_.__reduce__()[2]

    with_attributes = derived(kv.HashMap)()
    with_attributes.name = "a"
    restored: list[object] = []
    restoring = derived(kv.HashMap, __setstate__=lambda self, state: restored.append(state))(a=1)
    for cls in (kv.HashMap, kv.SortedMap):
        assert state_of(cls(a=1)) is None
        assert state_of(cls(a=1, default_factory=list)) == (list, None)
    assert state_of(derived(kv.HashMap)(a=1)) is None
    assert state_of(with_attributes) == (None, {"name": "a"})
    assert copy.deepcopy(restoring) == {"a": 1}
    assert restored == [(None, None)], "a subclass that restores is asked"


@cases(protocol=range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    ("name", "arguments"),
    [("Concat", ("a", "b")), ("Concat", (b"a", b"b")), ("Slice", ("abc", 0, None))],
)
def test_pieces_are_pickled_as_keyviews_own(
    kv: Any, name: str, arguments: tuple[Any, ...], protocol: int
) -> None:
    """Not as those of the backend that happens to run."""
    view = getattr(kv, name)(*arguments)
    pickled = pickle.dumps(view, protocol)
    assert repr(pickle.loads(pickled)) == repr(view) == repr(copy.deepcopy(view))
    assert b"_pure" not in pickled
    assert b"_core" not in pickled

"""What maps, live views and entries look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import ShortKey
from tests.kit.soundness import derived

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN: dict[str, tuple[Callable[[Any], object], str]] = {
    "empty": (lambda kv: kv.HashMap(), "HashMap({})"),
    "pairs": (lambda kv: kv.HashMap({"a": 1, 2: "b"}), "HashMap({'a': 1, 2: 'b'})"),
    "factory": (
        lambda kv: kv.HashMap(a=[], default_factory=list),
        "HashMap({'a': []}, default_factory=<class 'list'>)",
    ),
    "subclass": (lambda kv: derived(kv.HashMap, name="Ports")(a=1), "Ports({'a': 1})"),
    "keys": (lambda kv: kv.HashMap(a=1).keys(), "HashMapKeys(['a'])"),
    "values": (lambda kv: kv.HashMap(a=1).values(), "HashMapValues([1])"),
    "items": (lambda kv: kv.HashMap(a=1).items(), "HashMapItems([('a', 1)])"),
    "occupied": (lambda kv: kv.HashMap(a=1).entry("a"), "Occupied('a', 1)"),
    "vacant": (lambda kv: kv.HashMap().entry("a"), "Vacant('a')"),
    "vacant of a view": (lambda kv: kv.HashMap().entry(ShortKey("a")), "Vacant(ShortKey('a'))"),
    "concat": (lambda kv: kv.Concat("a", "b"), "Concat('a', 'b')"),
    "slice": (lambda kv: kv.Slice(b"abc", 1, None), "Slice(b'abc', 1, None)"),
    "remove": (lambda kv: kv.REMOVE, "REMOVE"),
}


@pytest.mark.parametrize(("make", "text"), SHOWN.values(), ids=SHOWN)
def test_repr(kv: Any, make: Callable[[Any], object], text: str) -> None:
    assert repr(make(kv)) == text


def test_a_map_that_holds_itself(kv: Any) -> None:
    m = kv.HashMap()
    m["self"] = m
    assert repr(m) == "HashMap({'self': HashMap({...})})"


@cases(pick=["keys", "values", "items"])
def test_a_live_view_that_is_in_its_own_map(kv: Any, pick: str) -> None:
    m = kv.HashMap()
    m["view"] = getattr(m, pick)()
    assert "'view'" in repr(m)
    assert repr(m["view"])


def test_a_stale_entry_says_so(kv: Any) -> None:
    m = kv.HashMap(a=1)
    entry = m.entry("a")
    m.clear()
    assert repr(entry) == "<stale Occupied 'a'>"


def test_lets_a_value_raise(kv: Any) -> None:
    def fail(self: object) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        repr(kv.HashMap(a=derived(object, __repr__=fail)()))

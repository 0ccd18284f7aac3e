"""Iterators: order, what ends them and what does not, length hints."""

from __future__ import annotations

from operator import length_hint
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.soundness import assert_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ITERATORS: dict[str, Callable[[Any], Iterator[Any]]] = {
    "map": iter,
    "reversed map": reversed,
    **{
        f"{name}{pick}": (lambda m, pick=pick, way=way: way(getattr(m, pick)()))  # type: ignore[misc]
        for name, way in (("", iter), ("reversed ", reversed))
        for pick in ("keys", "values", "items")
    },
}


def _add_and_remove(m: Any) -> None:
    m["new"] = 0
    del m["new"]


def _remove_and_add(m: Any) -> None:
    del m["a"]
    m["a"] = 1


STRUCTURAL: dict[str, Callable[[Any], object]] = {
    "add": lambda m: m.__setitem__("new", 0),
    "remove": lambda m: m.__delitem__("a"),
    "remove last": lambda m: m.popitem(),
    "clear": lambda m: m.clear(),
    "drain": lambda m: m.drain(),
    "add and remove": _add_and_remove,
    "remove and add": _remove_and_add,
    "replace one key by another": lambda m: (m.pop("a"), m.setdefault("new", 0)),
    "through an entry": lambda m: m.entry("new").or_insert(0),
    "entry removed": lambda m: m.entry("a").remove(),
    "update": lambda m: m.update(new=0),
    "retain": lambda m: m.retain(lambda key, value: value > 1),
    "extract_if": lambda m: list(m.extract_if(lambda key, value: value > 1)),
    "reserve": lambda m: m.reserve(1),
    "reserve much": lambda m: m.reserve(1000),
    "shrink_to_fit": lambda m: m.shrink_to_fit(),
}

HARMLESS: dict[str, Callable[[Any], object]] = {
    "overwrite": lambda m: m.__setitem__("b", 9),
    "insert over": lambda m: m.insert("b", 9),
    "update": lambda m: m.update(b=9, c=8),
    "merge": lambda m: m.merge("b", 1, int.__add__),
    "entry value": lambda m: setattr(m.entry("b"), "value", 9),
    "and_modify": lambda m: m.entry("b").and_modify(lambda n: n + 1),
    "replace_key": lambda m: m.entry("b").replace_key("".join(["b"])),
    "vacant entry": lambda m: m.entry("absent"),
    "setdefault": lambda m: m.setdefault("b", 9),
    "absent pop": lambda m: m.pop("absent", None),
    "retain all": lambda m: m.retain(lambda key, value: True),
    "default_factory": lambda m: setattr(m, "default_factory", int),
}


def _map(kv: Any) -> Any:
    return kv.HashMap(a=1, b=2, c=3)


@pytest.mark.parametrize("iterate", ITERATORS.values(), ids=ITERATORS)
class TestMutation:
    @cases(change=STRUCTURAL)
    def test_a_key_that_comes_or_goes_ends_it(
        self, kv: Any, iterate: Callable[[Any], Iterator[Any]], change: Callable[[Any], object]
    ) -> None:
        m = _map(kv)
        iterator = iterate(m)
        next(iterator)
        change(m)
        for _ in range(2):
            with pytest.raises(RuntimeError, match="changed during iteration"):
                next(iterator)
        assert_sound(m)

    @cases(change=HARMLESS)
    def test_anything_else_does_not(
        self, kv: Any, iterate: Callable[[Any], Iterator[Any]], change: Callable[[Any], object]
    ) -> None:
        m = _map(kv)
        iterator = iterate(m)
        next(iterator)
        change(m)
        assert len(list(iterator)) == 2

    def test_once_exhausted_it_stays_exhausted(
        self, kv: Any, iterate: Callable[[Any], Iterator[Any]]
    ) -> None:
        m = _map(kv)
        iterator = iterate(m)
        assert len(list(iterator)) == 3
        m["new"] = 0
        assert list(iterator) == []

    def test_length_hint(self, kv: Any, iterate: Callable[[Any], Iterator[Any]]) -> None:
        m = _map(kv)
        iterator = iterate(m)
        hints = [length_hint(iterator)]
        for _ in iterator:
            hints.append(length_hint(iterator))
        assert hints == [3, 2, 1, 0]
        iterator = iterate(m)
        m["new"] = 0
        assert length_hint(iterator) == 0

    def test_sees_values_that_are_overwritten(
        self, kv: Any, iterate: Callable[[Any], Iterator[Any]]
    ) -> None:
        m = _map(kv)
        iterator = iterate(m)
        m.update(a=7, b=7, c=7)
        assert set(iterator) <= {"a", "b", "c", 7, ("a", 7), ("b", 7), ("c", 7)}


class TestOrder:
    def test_is_that_of_insertion_whatever_was_overwritten(self, kv: Any) -> None:
        m = kv.HashMap(b=1, a=2, c=3)
        m["b"] = 9
        m.entry("a").insert_entry(9)
        m.merge("b", 1, max)
        assert list(m) == ["b", "a", "c"]
        assert list(reversed(m)) == ["c", "a", "b"]

    def test_a_key_stored_again_goes_last(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2)
        m["a"] = m.pop("a")
        assert list(m) == ["b", "a"]

    def test_through_growth_and_removal(self, kv: Any) -> None:
        m, plain = kv.HashMap(), {}
        for n in range(3000):
            m[n] = plain[n] = n
            if n % 3:
                del m[n]
                del plain[n]
        assert list(m.items()) == list(plain.items())
        assert_sound(m)

    def test_popitem_takes_the_last(self, kv: Any) -> None:
        m = kv.HashMap(a=1, b=2)
        assert [m.popitem(), m.popitem()] == [("b", 2), ("a", 1)]
        with pytest.raises(KeyError, match="popitem was called on an empty HashMap"):
            m.popitem()

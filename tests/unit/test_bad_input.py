"""What is refused, with which words; and that the map is then as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.operations import constructions, uses
from tests.kit.soundness import unchanged

if TYPE_CHECKING:
    from collections.abc import Callable


@cases(pairs=[{}, {"a": 1}])
@cases(query=[[], {}, (1, [])])
@cases(use=uses())
def test_an_unhashable_query(
    kv: Any, use: Callable[[Any, Any], object], query: object, pairs: dict[str, int]
) -> None:
    m = kv.HashMap(pairs)
    with unchanged(m), pytest.raises(TypeError, match="unhashable"):
        use(m, query)


@cases(make=constructions())
def test_an_unhashable_key_in_a_construction(kv: Any, make: Callable[[Any, Any], Any]) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        make(kv.HashMap, [])


def test_an_unhashable_replacement_key(kv: Any) -> None:
    m = kv.HashMap(a=1)
    with unchanged(m), pytest.raises(TypeError, match="unhashable"):
        m.entry("a").replace_key([])


@cases(pairs=[{}, {"b": 1}])
def test_or_default_without_a_factory_says_how_to_give_one(kv: Any, pairs: dict[str, int]) -> None:
    m = kv.HashMap(pairs)
    with (
        unchanged(m),
        pytest.raises(
            TypeError,
            match=r"a HashMap that has no default_factory; .* made with default_factory=list",
        ),
    ):
        m.entry("a").or_default()


NOT_CALLABLE: dict[str, Callable[[Any], object]] = {
    "or_insert_with": lambda m: m.entry("x").or_insert_with(5),
    "or_insert_with_key": lambda m: m.entry("x").or_insert_with_key(5),
    "or_insert_entry_with": lambda m: m.entry("x").or_insert_entry_with(5),
    "and_modify": lambda m: m.entry("a").and_modify(5),
    "and_modify_in_place": lambda m: m.entry("a").and_modify_in_place(5),
    "and_replace_entry_with": lambda m: m.entry("a").and_replace_entry_with(5),
    "get_or_insert_with": lambda m: m.get_or_insert_with("x", 5),
    "merge": lambda m: m.merge("a", 1, 5),
    "update_with": lambda m: m.update_with({"a": 1}, 5),
    "retain": lambda m: m.retain(5),
    "extract_if": lambda m: list(m.extract_if(5)),
    "by": lambda m: m.by(5),
}


@cases(call=NOT_CALLABLE)
def test_what_is_to_be_called_cannot_be(kv: Any, call: Callable[[Any], object]) -> None:
    m = kv.HashMap(a=1)
    with unchanged(m), pytest.raises(TypeError, match=r"5|not callable"):
        call(m)


WRONG_COUNT: dict[str, Callable[[Any], object]] = {
    "entry": lambda m: m.entry(),
    "get": lambda m: m.get(),
    "get default as keyword": lambda m: m.get("a", default=1),
    "pop": lambda m: m.pop(),
    "pop default as keyword": lambda m: m.pop("x", default=1),
    "setdefault": lambda m: m.setdefault(),
    "insert": lambda m: m.insert("a"),
    "try_insert": lambda m: m.try_insert("a"),
    "merge": lambda m: m.merge("a", 1),
    "fromkeys": lambda m: m.fromkeys(),
    "popitem": lambda m: m.popitem(True, 1),
    "popitem by another name": lambda m: m.popitem(first=True),
    "at": lambda m: m.at(),
    "move_to_end": lambda m: m.move_to_end(),
    "move_to_end twice": lambda m: m.move_to_end("a", True, last=True),
    "move_to_end by name": lambda m: m.move_to_end(query="a"),
    "sort": lambda m: m.sort(None, False, 1),
    "sort by another name": lambda m: m.sort(by=len),
    "clear": lambda m: m.clear("a"),
    "copy": lambda m: m.copy("a"),
    "or_insert": lambda m: m.entry("a").or_insert(),
    "reserve": lambda m: m.reserve(),
}


@cases(call=WRONG_COUNT)
def test_a_wrong_number_of_arguments(kv: Any, call: Callable[[Any], object]) -> None:
    m = kv.HashMap(a=1)
    with unchanged(m), pytest.raises(TypeError):
        call(m)


@cases(source=[5, None])
def test_sources_that_are_not_iterable(kv: Any, source: object) -> None:
    m = kv.HashMap(a=1)
    for call in (
        m.update,
        m.fromkeys,
        m.grouped,
        m.counted,
        lambda s: m.update_with(s, max),
        lambda s: m.reduced(s, max),
    ):
        with unchanged(m), pytest.raises(TypeError, match="not iterable"):
            call(source)

"""The pairs that a map hands out are tuples like any others: of their own hash, and seen by the collector."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

from tests.kit.cases import cases
from tests.kit.keys import Key
from tests.kit.soundness import derived

if TYPE_CHECKING:
    from collections.abc import Callable

GIVEN: dict[str, Callable[[Any], Any]] = {
    "items": lambda m: iter(m.items()),
    "reversed items": lambda m: reversed(m.items()),
    "drain": lambda m: m.drain(),
    "extract_if": lambda m: m.extract_if(lambda key, value: True),
    "popitem": lambda m: iter(m.popitem, None),
}


@cases(give=GIVEN)
def test_each_pair_has_its_own_hash(kv: Any, give: Callable[[Any], Any]) -> None:
    """A tuple remembers its hash from Python 3.14 on, and an iterator may give a tuple again."""
    m = kv.HashMap({"a": 1, "b": 2, "c": 3})
    pairs = give(m)
    for _ in range(3):
        pair = next(pairs)
        hash_of_it = hash(pair)
        copy = (pair[0], pair[1])
        del pair  # Else it is not given again.
        assert hash_of_it == hash(copy)


REMOVALS: dict[str, Callable[[Any, Any], tuple[Any, Any]]] = {
    "popitem": lambda m, key: m.popitem(),
    "remove_entry": lambda m, key: m.remove_entry(key),
    "remove_entry of an entry": lambda m, key: m.entry(key).remove_entry(),
    "extract_if": lambda m, key: next(m.extract_if(lambda key, value: True)),
}


@cases(collects=[False, True])
@cases(remove=REMOVALS)
def test_a_cycle_through_a_removed_pair_is_collected(
    kv: Any, remove: Callable[[Any, Any], tuple[Any, Any]], collects: bool
) -> None:
    """Also where the collector has run while the pair was on its way."""
    stored, query = Key("k"), Key("k")
    held: list[Any] = derived(list)()
    m = kv.HashMap({stored: held})
    if collects:
        query.on_eq = gc.collect
    pair = remove(m, query)
    assert gc.is_tracked(pair)
    held.append(pair)
    gone = weakref.ref(held)
    del held, pair
    gc.collect()
    assert gone() is None

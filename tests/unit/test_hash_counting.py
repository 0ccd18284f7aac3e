"""One `__hash__` call for each entry chain and each fused call; none where the hash is known."""

from __future__ import annotations

import copy
import sys
from collections import Counter, defaultdict
from contextlib import suppress
from functools import partial
from operator import add, neg
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.kit.cases import case, cases
from tests.kit.keys import Key
from tests.kit.operations import BY_HASH, constructions, uses, whole

if TYPE_CHECKING:
    from collections.abc import Callable

CHAINS: dict[str, Callable[[Any, Any, Any], object]] = {
    "or_insert_entry, value, remove": lambda kv, m, q: _count_then_remove(m.entry(q)),
    "modify or insert": lambda kv, m, q: m.entry(q).and_modify(lambda n: n + 1).or_insert(1),
    "or_insert twice": lambda kv, m, q: (lambda e: (e.or_insert(1), e.or_insert(2)))(m.entry(q)),
    "key and insert_entry": lambda kv, m, q: (lambda e: (e.key, e.insert_entry(1).key))(m.entry(q)),
    "remove and insert again": lambda kv, m, q: (
        m.entry(q).insert_entry(1).and_replace_entry_with(lambda k, v: kv.REMOVE).or_insert(2)
    ),
    "after other changes": lambda kv, m, q: _use_after_changes(m, m.entry(q)),
    "default": lambda kv, m, q: m.entry(q).or_default(),
}


def filled(kv: Any, of: str, *keys: Any) -> Any:
    """A collection of these keys."""
    return kv.HashMap.fromkeys(keys, 1) if of == "HashMap" else kv.HashSet(keys)


def _count_then_remove(entry: Any) -> None:
    occupied = entry.or_insert_entry(0)
    occupied.value += 1
    occupied.remove_entry()


def _use_after_changes(map_: Any, entry: Any) -> None:
    map_.update((n, n) for n in range(100))
    entry.insert_entry(1).value += 1
    map_.shrink_to_fit()
    map_.reserve(1000)
    entry.or_insert(1)


@pytest.mark.parametrize("present", [True, False], ids=["present", "absent"])
class TestOneHash:
    @pytest.mark.parametrize("of", sorted(BY_HASH))
    def test_each_method(self, kv: Any, of: str, present: bool) -> None:
        for name, use in uses(of=of).items():
            stored, query = Key("a"), Key("a")
            m = filled(kv, of, stored) if present else getattr(kv, of)()
            stored.hashes = 0
            with suppress(KeyError):
                use(m, query)
            with case(name):
                assert (query.hashes, stored.hashes) == (1, 0)

    @cases(chain=CHAINS)
    def test_each_chain(
        self, kv: Any, chain: Callable[[Any, Any, Any], object], present: bool
    ) -> None:
        stored, query = Key("a"), Key("a")
        m = kv.HashMap({stored: 1} if present else {}, default_factory=int)
        stored.hashes = 0
        chain(kv, m, query)
        assert (query.hashes, stored.hashes) == (1, 0)


class Idiom(NamedTuple):
    """What one writes with a `HashMap` and with a `dict`, and how often the latter hashes the key."""

    ours: str
    theirs: str
    value: Any
    present: int
    absent: int
    dict: Any = dict


IDIOMS = {
    "setdefault": Idiom(
        "m.entry(k).or_insert_with(list).append(1)", "d.setdefault(k, []).append(1)", [0], 1, 1
    ),
    "defaultdict": Idiom(
        "m.get_or_insert_with(k, list).append(1)",
        "d[k].append(1)",
        [0],
        1,
        2,
        partial(defaultdict, list),
    ),
    "if k not in d": Idiom(
        "m.entry(k).or_insert_with(list).append(1)",
        "if k not in d: d[k] = []\nd[k].append(1)",
        [0],
        2,
        3,
    ),
    "try/except": Idiom(
        "m.get_or_insert_with(k, list).append(1)",
        "try: d[k].append(1)\nexcept KeyError: d[k] = [1]",
        [0],
        1,
        2,
    ),
    "d.get(k, 0) + 1": Idiom("m.merge(k, 1, add)", "d[k] = d.get(k, 0) + 1", 5, 2, 2),
    "if k in d, += 1": Idiom(
        "m.entry(k).or_insert_entry(0).value += 1",
        "if k in d: d[k] += 1\nelse: d[k] = 1",
        5,
        3,
        2,
    ),
    "defaultdict, += 1": Idiom(
        "m.entry(k).or_insert_entry(0).value += 1", "d[k] += 1", 5, 2, 3, partial(defaultdict, int)
    ),
    "Counter, += 1": Idiom("m.merge(k, 1, add)", "d[k] += 1", 5, 2, 2, Counter),
    "modify or insert": Idiom(
        "m.entry(k).and_modify(neg).or_insert(1)",
        "if k in d: d[k] = neg(d[k])\nelse: d[k] = 1",
        5,
        3,
        2,
    ),
    "swap": Idiom("old = m.insert(k, 1)", "old = d.get(k)\nd[k] = 1", 5, 2, 2),
    "remove if positive": Idiom(
        "e = m.get_entry(k)\nif e and e.value > 0: e.remove()",
        "if k in d and d[k] > 0: del d[k]",
        5,
        3,
        1,
    ),
}


@cases(present=[True, False])
@cases(idiom=IDIOMS)
def test_each_idiom_of_a_dict_hashes_once_to_three_times_and_ours_once(
    kv: Any, idiom: Idiom, present: bool
) -> None:
    start = {Key("a"): idiom.value} if present else {}
    m, d = kv.HashMap(copy.deepcopy(start)), idiom.dict()
    d.update(copy.deepcopy(start))
    ours, theirs = Key("a"), Key("a")
    exec(idiom.ours, {"m": m, "k": ours, "add": add, "neg": neg})
    exec(idiom.theirs, {"d": d, "k": theirs, "neg": neg})
    assert (ours.hashes, theirs.hashes) == (1, idiom.present if present else idiom.absent)
    assert m == d


@pytest.mark.parametrize("of", sorted(BY_HASH))
def test_constructions_hash_each_key_once(kv: Any, of: str) -> None:
    for name, make in constructions(of).items():
        key = Key("a")
        make(getattr(kv, of), key)
        with case(name):
            assert key.hashes == 1


def test_a_dict_has_hashed_its_keys(kv: Any) -> None:
    """The native backend takes their hashes from the dict, where it knows how; nobody hashes a key twice."""
    key = Key("a")
    source = {key: 1}
    for use in (kv.HashMap, kv.HashMap({Key("a"): 1}).__eq__):
        key.hashes = 0
        use(source)
        assert key.hashes <= (kv.backend == "pure" or sys.version_info >= (3, 16))


@pytest.mark.parametrize("of", sorted(BY_HASH))
def test_where_the_hash_is_known_no_key_is_hashed(kv: Any, of: str) -> None:
    keys = [Key(name) for name in "abc"]
    m = filled(kv, of, *keys)
    for name, use in whole(of=of).items():
        for key in keys:
            key.hashes = 0
        for number in (0, 1, 10_000) if "update" in name or "reserve" in name else (0, 1):
            use.call(m.copy(), number)
        with case(name):
            assert [key.hashes for key in keys] == [0, 0, 0]


def test_a_stored_object_is_found_without_asking_it(kv: Any) -> None:
    key = Key("a")
    m = kv.HashMap({key: 1})
    key.comparisons = 0
    assert m[key] == 1
    assert m.entry(key).or_insert(2) == 1
    assert key.comparisons == 0


def test_an_absent_key_is_compared_once_with_each_candidate(kv: Any) -> None:
    stored, query = Key("a", 1), Key("b", 1)
    m = kv.HashMap({stored: 1})
    m.setdefault(query, 2)
    assert stored.comparisons + query.comparisons == 1
    query = Key("c", 1)
    m.entry(query).or_insert(3)
    assert query.comparisons == 2


def test_replace_key_hashes_the_new_key_once(kv: Any) -> None:
    stored, new = Key("a"), Key("a")
    m = kv.HashMap({stored: 1})
    stored.hashes = 0
    m.get_entry(stored).replace_key(new)
    assert (stored.hashes, new.hashes) == (1, 1)


@cases(pick=["keys", "items"])
def test_an_intersection_hashes_what_it_asks_for_once(kv: Any, pick: str) -> None:
    stored, query = Key("a"), Key("a")
    view = getattr(kv.HashMap({stored: 1}), pick)()
    assert len(view & [query if pick == "keys" else (query, 1)]) == 1
    assert query.hashes == 1

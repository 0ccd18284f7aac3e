"""Keys of one hash, which anyone can send: they cost what they cost in a dict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.cases import cases
from tests.kit.keys import Key
from tests.kit.soundness import assert_sound

if TYPE_CHECKING:
    from collections.abc import Callable

MODULUS = 2**61 - 1  # That of the hash of an int: its multiples all have the hash 0.


def test_as_many_comparisons_as_in_a_dict(kv: Any) -> None:
    compared = []
    for make in (dict, kv.HashMap):
        keys = [Key(number, 7) for number in range(100)]
        m: Any = make()
        for key in keys:
            m[key] = None
        assert list(m) == keys
        absent = Key("absent", 7)
        assert m.get(absent) is None
        compared.append(sum(key.comparisons for key in [*keys, absent]))
    assert compared[0] == compared[1]


WAYS_IN: dict[str, Callable[[Any, list[Any]], Any]] = {
    "fromkeys": lambda kv, keys: kv.HashMap.fromkeys(keys),
    "from a dict": lambda kv, keys: kv.HashMap(dict.fromkeys(keys)),
    "update": lambda kv, keys: _updated(kv, dict.fromkeys(keys)),
    "update from a map": lambda kv, keys: _updated(kv, kv.HashMap.fromkeys(keys)),
}


def _updated(kv: Any, source: Any) -> Any:
    m = kv.HashMap({(7, -2 * MODULUS): None})
    m.update(source)
    del m[7, -2 * MODULUS]
    return m


@cases(way=WAYS_IN)
def test_many_tuples_of_one_hash(kv: Any, way: Callable[[Any, list[Any]], Any]) -> None:
    """To look through all that was noted, at each comparison, took seconds; `--durations` shows it."""
    keys = [(7, number * MODULUS) for number in range(1000)]
    m = way(kv, keys)
    assert list(m) == keys
    assert keys[-1] in m
    assert (7, -MODULUS) not in m


@cases(count=[3, 8, 9, 40])
def test_no_key_is_asked_twice_while_the_table_changes(kv: Any, count: int) -> None:
    """Each `==` removes another key and stores it again: a dict starts again, and compares again."""
    keys = [Key(number, 7) for number in range(count)]
    other = Key("other", 8)
    m = kv.HashMap.fromkeys([*keys, other])

    def change() -> None:
        del m[other]
        m[other] = None

    query = Key("absent", 7)
    query.on_eq = change
    for key in keys:
        key.comparisons = 0
    assert query not in m
    assert query.comparisons == count
    assert_sound(m)

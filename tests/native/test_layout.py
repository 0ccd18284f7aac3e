"""How a table keeps its slots: no more memory than a dict, without hashes where all keys are str."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.soundness import derived

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS: dict[str, Callable[[int], object]] = {
    "str": lambda n: f"key {n}",
    "int": lambda n: n,
    "tuple": lambda n: (n, str(n)),
    "mixed": lambda n: str(n) if n % 2 else n,
}


class Text(str):
    """A subclass of str, which might hash and compare in its own way."""

    __slots__ = ()


@pytest.mark.parametrize("make", KEYS.values(), ids=KEYS)
def test_a_map_takes_no_more_memory_than_a_dict(native: Any, make: Callable[[int], object]) -> None:
    m = native.HashMap()
    d: dict[object, None] = {}
    header = sys.getsizeof(m) - sys.getsizeof(d)
    assert header < 100
    for number in range(3000):
        m[make(number)] = d[make(number)] = None
        assert sys.getsizeof(m) - header <= sys.getsizeof(d), f"with {number + 1} keys"
    copies = m.copy(), d.copy()
    assert sys.getsizeof(copies[0]) - header <= sys.getsizeof(copies[1])


def test_str_alone_take_less(native: Any) -> None:
    words = native.HashMap.fromkeys(map(str, range(1000)))
    numbers = native.HashMap.fromkeys(range(1000))
    assert sys.getsizeof(numbers) - sys.getsizeof(words) == 8 * numbers.capacity


@pytest.mark.parametrize("other", [7, (1, 2), Text("text"), b"bytes", None])
@pytest.mark.parametrize("count", [0, 1, 5, 100])
def test_the_first_key_that_is_no_str(native: Any, count: int, other: object) -> None:
    words = [f"key {number}" for number in range(count)]
    m = native.HashMap.fromkeys(words, "word")
    entries = [m.get_entry(word) for word in words]
    m[other] = "other"
    assert list(m.items()) == [*((word, "word") for word in words), (other, "other")]
    assert m[other] == "other"
    assert [entry.key for entry in entries] == words
    assert m.pop(other) == "other"
    assert m.get(other) is None
    assert m == dict.fromkeys(words, "word")


@pytest.mark.parametrize("make", [m for name, m in KEYS.items() if name != "mixed"])
def test_reserved_room_is_enough_for_any_keys(native: Any, make: Callable[[int], object]) -> None:
    m = native.HashMap.with_capacity(1000)
    size = sys.getsizeof(m)
    for number in range(1000):
        m[make(number)] = number
    assert sys.getsizeof(m) == size
    m.clear()
    m.reserve(1000)
    assert sys.getsizeof(m) == size


def test_a_str_is_replaced_by_an_equal_key_of_another_class(native: Any) -> None:
    m = native.HashMap({"a": 1, "text": 2, "z": 3})
    del m["a"]
    entry, last = m.get_entry("text"), m.get_entry("z")
    items = iter(m.items())
    assert next(items) == ("text", 2)
    assert entry.replace_key(Text("text")) == "text"
    assert list(items) == [("z", 3)]
    assert type(entry.key) is Text
    assert (entry.value, last.value, m["text"], m["z"]) == (2, 3, 2, 3)
    assert [type(key) for key in m] == [Text, str]
    assert entry.remove() == 2
    assert m == {"z": 3}


def test_a_map_emptied_of_its_numbers_takes_str_again(native: Any) -> None:
    m = native.HashMap.fromkeys(range(100))
    for key in list(m):
        del m[key]
    m.update((str(number), number) for number in range(50))
    m[50] = 50
    assert m == dict([*((str(number), number) for number in range(50)), (50, 50)])
    assert m["49"] == 49


def test_copies_keep_what_they_were_copied_from(native: Any) -> None:
    words = native.HashMap({"a": 1, "b": 2, "c": 3})
    del words["b"]
    for made in (words.copy(), native.HashMap(words)):
        made[1] = "one"
        assert list(made.items()) == [("a", 1), ("c", 3), (1, "one")]
        assert list(made.copy().items()) == list(made.items())
    roomy = native.HashMap.with_capacity(100)
    roomy.update(words)
    roomy[1] = "one"
    assert list(roomy.items()) == [("a", 1), ("c", 3), (1, "one")]


@pytest.mark.parametrize("base", [object, str])
def test_a_key_with_a_hash_of_its_own_among_str(native: Any, base: Any) -> None:
    """Reading the hash that a str keeps would find another one, or none."""
    members: dict[str, Any] = {
        "__hash__": lambda self: hash("text"),
        "__eq__": lambda self, other: other == "text",
    }
    own = derived(base, **members)
    ways: list[Callable[[Any], object]] = [
        lambda m: m.get_entry("text").replace_key(own()),
        lambda m: m.pop("text") and m.__setitem__(own(), 2),
    ]
    for store in ways:
        m = native.HashMap({"a": 1, "text": 2, "z": 3})
        store(m)
        m.update((str(number), number) for number in range(20))
        assert m["text"] == 2
        assert len(m) == len({*map(id, m)}) == 23
        assert m.pop("text") == 2
        assert "text" not in m


def test_a_copy_of_a_map_that_has_a_gap_but_no_grave(native: Any) -> None:
    m = native.HashMap({0: "a", 1: "b"})
    del m[0]
    m[8] = "c"  # At the place where 0 was.
    copy = m.copy()
    assert (copy[1], copy[8], copy.get(0)) == ("b", "c", None)


def test_a_copy_into_more_room(native: Any) -> None:
    m = native.HashMap.with_capacity(100)
    m.update(native.HashMap({"a": 1, "b": 2}))
    assert (m["a"], m["b"], m.get("c")) == (1, 2, None)


def test_a_copy_of_a_map_that_reserved_room_for_larger_slots(native: Any) -> None:
    m = native.HashMap.with_capacity(5)
    m.update((word, word) for word in "abcde")
    for copy in (m.copy(), native.HashMap(m)):
        assert [copy.get(word) for word in "abcdef"] == [*"abcde", None]
        assert sys.getsizeof(copy) < sys.getsizeof(m)


def test_graves_do_not_fill_the_index(native: Any) -> None:
    m = native.HashMap({"kept": 0})
    for number in range(100):
        m[number] = number
        assert m.popitem() == (number, number)
        assert number not in m
    assert m.capacity == native.HashMap({"kept": 0}).capacity

"""How a table keeps its slots: no more memory than a dict, without hashes where all keys are str."""

from __future__ import annotations

import pickle
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


#: A small int needs 4 bytes instead of a hash. On 3.11 there is no function that tells which are.
KNOWS_SMALL_INTS = sys.version_info >= (3, 12)


class Text(str):
    """A subclass of str, which might hash and compare in its own way."""

    __slots__ = ()


class Number(int):
    """A subclass of int, which might hash and compare in its own way."""

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


def test_str_or_small_ints_alone_take_less(native: Any) -> None:
    words = native.HashMap.fromkeys(map(str, range(1000)))
    numbers = native.HashMap.fromkeys(range(-500, 500))
    pairs = native.HashMap.fromkeys((n, n) for n in range(1000))
    assert sys.getsizeof(pairs) - sys.getsizeof(words) == 8 * pairs.capacity
    saved = sys.getsizeof(pairs) - sys.getsizeof(numbers)
    assert saved == (4 * pairs.capacity // 8 * 8 if KNOWS_SMALL_INTS else 0)
    for made in numbers.copy(), native.HashMap(numbers), native.HashMap(dict(numbers)):
        assert sys.getsizeof(made) == sys.getsizeof(numbers)


@pytest.mark.parametrize("other", [7, -1, (1, 2), Text("text"), b"bytes", None])
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


@pytest.mark.parametrize("other", ["7", 2**30, 2**64, -(2**30), 1.5, True, Number(150), None, (1,)])
@pytest.mark.parametrize("start", [1, -2, 151])
@pytest.mark.parametrize("count", [0, 1, 5, 100])
def test_the_first_key_that_is_no_small_int(
    native: Any, count: int, start: int, other: object
) -> None:
    numbers = [n for n in range(start, start + count) if n != other]
    m = native.HashMap.fromkeys(numbers, "number")
    expected: dict[object, str] = dict.fromkeys(numbers, "number")
    entries = [m.get_entry(n) for n in numbers]
    assert other not in m
    with_other: dict[object, str] = {**expected, other: "other"}
    assert native.HashMap(with_other) == with_other
    m[other] = "other"
    assert list(m.items()) == [*expected.items(), (other, "other")]
    assert m[other] == "other"
    assert type(list(m)[-1]) is type(other)
    assert [entry.key for entry in entries] == numbers
    assert m.pop(other) == "other"
    assert m.get(other) is None
    assert m == expected == m.copy()


def test_queries_of_other_classes_among_small_ints(native: Any) -> None:
    m = native.HashMap({-2: "a", -1: "b", 0: "c", 1: "d", 5: "e"})
    queries: list[tuple[object, str]] = [
        (True, "d"),
        (False, "c"),
        (1.0, "d"),
        (-1.0, "b"),
        (Number(5), "e"),
    ]
    for query, value in queries:
        assert m[query] == m.entry(query).value == m.setdefault(query, None) == value
    # The hash of each is that of a key: 2**61 has the hash 1.
    for absent in (2**61, 2**61 - 1, -(2**61), 2**61 + 4, "5", 1.5, None, Text("5")):
        assert absent not in m
        assert m.get(absent) is None
    m.update({True: "D", Number(5): "E"})
    assert list(m) == [-2, -1, 0, 1, 5]
    assert {type(key) for key in m} == {int}
    assert (m.pop(-1), m.pop(-2), m.get(-1), m.get(-2)) == ("b", "a", None, None)
    assert m == {0: "c", 1: "D", 5: "E"}
    assert list(pickle.loads(pickle.dumps(m)).items()) == list(m.items())


def test_a_small_int_is_replaced_by_an_equal_key_of_another_class(native: Any) -> None:
    m = native.HashMap({0: 0, 1: "one", 2: "two"})
    entry, last = m.get_entry(1), m.get_entry(2)
    items = iter(m.items())
    assert next(items) == (0, 0)
    assert entry.replace_key(True) == 1
    assert list(items) == [(1, "one"), (2, "two")]
    assert [type(key) for key in m] == [int, bool, int]
    assert (entry.value, last.value, m[1], m[True], m[1.0]) == ("one", "two", *3 * ["one"])
    assert m == {0: 0, 1: "one", 2: "two"}


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


@pytest.mark.parametrize("first", [int, lambda number: (number,)])
def test_a_map_emptied_of_its_numbers_takes_str_again(native: Any, first: Any) -> None:
    m = native.HashMap.fromkeys(map(first, range(100)))
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

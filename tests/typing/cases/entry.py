"""Entries: what one lookup found, and what can be done about it."""

from __future__ import annotations

from operator import itemgetter

from typing_extensions import assert_type

from keyview import REMOVE, Entry, HashMap, KeyView, Occupied, Vacant


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Number(KeyView[int]):
    """A view of another type of key."""

    def __key__(self) -> int:
        return 1


def from_a_map(m: HashMap[str, int], view: ShortKey, lookups: list[str | ShortKey]) -> None:
    assert_type(m.entry("a"), Entry[str, int])
    assert_type(m.entry("a"), Occupied[str, int] | Vacant[str, int])
    assert_type(m.entry(view), Entry[str, int])
    for lookup in lookups:
        assert_type(m.entry(lookup), Entry[str, int])
    m.entry(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m.entry(Number())  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def or_insert(entry: Entry[str, int], lists: HashMap[str, list[int]]) -> None:
    assert_type(entry.or_insert(0), int)
    assert_type(lists.entry("a").or_insert([]), list[int])
    lists.entry("a").or_insert([]).append(1)
    entry.or_insert("zero")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    entry.or_insert(None)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lists.entry("a").or_insert(["one"])  # E: mypy[list-item] plugin[list-item] pyright[reportArgumentType]


def or_insert_with(
    entry: Entry[str, int],
    lists: HashMap[str, list[int]],
    maps: HashMap[str, HashMap[str, int]],
    optional: Entry[str, int | None],
) -> None:
    assert_type(entry.or_insert_with(int), int)
    assert_type(entry.or_insert_with(lambda: 1), int)
    assert_type(optional.or_insert_with(lambda: None), int | None)
    assert_type(lists.entry("a").or_insert_with(list), list[int])
    assert_type(lists.entry("a").or_insert_with(lambda: []), list[int])
    lists.entry("a").or_insert_with(list).append(1)
    assert_type(maps.entry("a").or_insert_with(HashMap), HashMap[str, int])
    assert_type(maps.entry("a").or_insert_with(HashMap).entry("b").or_insert(0), int)
    entry.or_insert_with(str)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    entry.or_insert_with(0)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    entry.or_insert_with(len)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    lists.entry("a").or_insert_with(dict)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def or_insert_with_key(entry: Entry[str, int]) -> None:
    assert_type(entry.or_insert_with_key(len), int)
    assert_type(entry.or_insert_with_key(lambda key: len(key.upper())), int)
    entry.or_insert_with_key(str.upper)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    entry.or_insert_with_key(int.bit_count)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def or_default(entry: Entry[str, list[int]]) -> None:
    assert_type(entry.or_default(), list[int])


def or_insert_entry(entry: Entry[str, int], lists: HashMap[str, list[int]]) -> None:
    assert_type(entry.or_insert_entry(0), Occupied[str, int])
    entry.or_insert_entry(0).value += 1
    assert_type(lists.entry("a").or_insert_entry([]).value, list[int])
    entry.or_insert_entry("zero")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    assert_type(entry.or_insert_entry_with(int), Occupied[str, int])
    assert_type(lists.entry("a").or_insert_entry_with(list), Occupied[str, list[int]])
    entry.or_insert_entry_with(str)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def insert_entry(entry: Entry[str, int], lists: HashMap[str, list[int]]) -> None:
    assert_type(entry.insert_entry(1), Occupied[str, int])
    assert_type(lists.entry("a").insert_entry([]), Occupied[str, list[int]])
    entry.insert_entry("one")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def and_modify(m: HashMap[str, int], entry: Entry[str, int]) -> None:
    assert_type(entry.and_modify(lambda n: n + 1), Entry[str, int])
    assert_type(entry.and_modify(lambda n: n + 1).or_insert(1), int)
    assert_type(m.entry("a").and_modify(abs).and_modify(int).or_insert_with(int), int)
    entry.and_modify(str)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    entry.and_modify(lambda n: n.upper())  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownLambdaType,reportUnknownMemberType] ty[accepted]
    entry.and_modify(1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def and_modify_in_place(entry: Entry[str, list[int]]) -> None:
    assert_type(entry.and_modify_in_place(list[int].sort), Entry[str, list[int]])
    assert_type(entry.and_modify_in_place(list.sort), Entry[str, list[int]])  # E: pyright[reportUnknownArgumentType,reportUnknownMemberType] ty[accepted] pyrefly[accepted]
    assert_type(entry.and_modify_in_place(lambda values: values.append(1)), Entry[str, list[int]])
    assert_type(entry.and_modify_in_place(list[int].clear).or_insert_with(list), list[int])
    entry.and_modify_in_place(sorted)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    entry.and_modify_in_place(len)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def and_replace_entry_with(entry: Entry[str, int]) -> None:
    assert_type(entry.and_replace_entry_with(lambda _key, value: value - 1), Entry[str, int])
    assert_type(entry.and_replace_entry_with(lambda _key, _value: REMOVE), Entry[str, int])
    assert_type(entry.and_replace_entry_with(lambda key, value: value if key else REMOVE), Entry[str, int])
    assert_type(entry.and_replace_entry_with(lambda _k, n: n - 1 or REMOVE).or_insert(0), int)
    entry.and_replace_entry_with(lambda key, value: key * value)  # E: mypy[arg-type,return-value] plugin[arg-type,return-value] pyright[reportArgumentType] ty[accepted]
    entry.and_replace_entry_with(lambda value: value)  # E: mypy[misc,arg-type] plugin[misc,arg-type] pyright[reportArgumentType]
    entry.and_replace_entry_with(itemgetter)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def on_both(entry: Entry[str, int]) -> None:
    assert_type(entry.key, str)
    assert_type(entry.insert(1), int)
    entry.value  # E: mypy[union-attr] plugin[union-attr] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
    entry.remove()  # E: mypy[union-attr] plugin[union-attr] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
    entry.remove_entry()  # E: mypy[union-attr] plugin[union-attr] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
    entry.replace_key("b")  # E: mypy[union-attr] plugin[union-attr] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
    entry.key = "b"  # E: mypy[misc] plugin[misc] pyright[reportAttributeAccessIssue]


def on_occupied(entry: Occupied[str, int]) -> None:
    assert_type(entry.key, str)
    assert_type(entry.value, int)
    entry.value = 2
    entry.value += 1
    assert_type(entry.insert(1), int)
    assert_type(entry.insert_entry(1), Occupied[str, int])
    assert_type(entry.or_insert(1), int)
    assert_type(entry.or_insert_with(int), int)
    assert_type(entry.or_insert_with_key(len), int)
    assert_type(entry.or_default(), int)
    assert_type(entry.or_insert_entry(1), Occupied[str, int])
    assert_type(entry.or_insert_entry_with(int), Occupied[str, int])
    assert_type(entry.and_modify(abs), Occupied[str, int])
    assert_type(entry.and_modify_in_place(lambda _: None), Occupied[str, int])
    assert_type(entry.and_replace_entry_with(lambda _k, _v: REMOVE), Entry[str, int])
    assert_type(entry.replace_key("a"), str)
    assert_type(entry.remove(), int)
    assert_type(entry.remove_entry(), tuple[str, int])
    entry.value = "two"  # E: mypy[assignment] plugin[assignment] pyright[reportAttributeAccessIssue]
    entry.key = "b"  # E: mypy[misc] plugin[misc] pyright[reportAttributeAccessIssue]
    entry.insert("one")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    entry.replace_key(1)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


def on_vacant(entry: Vacant[str, int]) -> None:
    assert_type(entry.key, str)
    assert_type(entry.insert(1), int)
    assert_type(entry.insert_entry(1), Occupied[str, int])
    assert_type(entry.or_insert(1), int)
    assert_type(entry.or_insert_with(int), int)
    assert_type(entry.or_insert_with_key(len), int)
    assert_type(entry.or_default(), int)
    assert_type(entry.or_insert_entry(1), Occupied[str, int])
    assert_type(entry.or_insert_entry_with(int), Occupied[str, int])
    assert_type(entry.and_modify(abs), Vacant[str, int])
    assert_type(entry.and_modify_in_place(lambda _: None), Vacant[str, int])
    assert_type(entry.and_replace_entry_with(lambda _k, _v: REMOVE), Entry[str, int])
    entry.value  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
    entry.remove()  # E: mypy[attr-defined] plugin[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
    entry.insert("one")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]


class Subclassed(Occupied[str, int]):  # E: mypy[misc] plugin[misc] pyright[reportGeneralTypeIssues]
    """Entries are final."""


def takes_no_names(entry: Entry[str, int], m: HashMap[str, int]) -> None:
    entry.or_insert(value=0)  # E: mypy[call-arg] plugin[call-arg] pyright[reportCallIssue]
    m.entry("a").or_insert_with(factory=int)  # E: mypy[call-arg] plugin[call-arg] pyright[reportCallIssue]

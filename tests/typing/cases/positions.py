"""HashMap by position."""

from __future__ import annotations

from typing_extensions import assert_type

from keyview import Concat, HashMap, Occupied


def both_ends(m: HashMap[str, int]) -> None:
    assert_type(m.first_entry(), Occupied[str, int] | None)
    assert_type(m.last_entry(), Occupied[str, int] | None)
    assert_type(m.popitem(), tuple[str, int])
    assert_type(m.popitem(last=False), tuple[str, int])
    m.popitem(first=True)  # E: mypy[call-arg] plugin[call-arg] pyright[reportCallIssue]


def positions(m: HashMap[str, int]) -> None:
    assert_type(m.at(0), tuple[str, int])
    assert_type(m.at(-1)[1], int)
    assert_type(m.index_of("a"), int)
    assert_type(m.index_of(Concat("a", "b")), int)
    assert_type(m.swap_remove("a"), int)
    m.at("a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    m.index_of(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m.swap_remove(b"a")  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def moving(m: HashMap[str, int]) -> None:
    assert_type(m.move_to_end("a"), None)
    m.move_to_end(Concat("a", "b"), last=False)
    m.move_to_end(1)  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]


def sorting(m: HashMap[str, int], unordered: HashMap[complex, int]) -> None:
    assert_type(m.sort(), None)
    m.sort(reverse=True)
    m.sort(key=lambda key, value: (-value, key))
    m.sort(lambda key, value: key.lower(), True)
    unordered.sort(lambda key, value: value)
    unordered.sort()  # E: pyright[reportCallIssue]
    m.sort(lambda key: key)  # E: mypy[arg-type,misc] plugin[arg-type,misc] pyright[reportArgumentType,reportCallIssue]

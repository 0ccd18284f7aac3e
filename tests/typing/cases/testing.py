"""keyview.testing: the law checks, and the hypothesis strategies."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from typing_extensions import assert_type

from keyview import Borrow, Concat, HashMap, KeyView, Occupied, Slice, Vacant
from keyview.testing import (
    check_borrow,
    check_view,
    concats,
    entries,
    hashmaps,
    hostile_keys,
    slices,
    views,
)


class ShortKey(KeyView[str]):
    """A view of `"_" + rest`."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Host(Borrow[str]):
    """A key that may be found by a `str`."""

    def __borrow__(self) -> str:
        return "example"


def checks() -> None:
    assert_type(check_view(ShortKey("a")), None)
    assert_type(check_view(ShortKey("a"), unequal=["a", "_"], plain_dict=False), None)
    assert_type(check_view((ShortKey("a"), 1)), None)
    assert_type(check_view(memoryview(b"a")), None)
    assert_type(check_borrow(Host()), None)
    assert_type(check_borrow(Host(), unequal=["other"]), None)
    check_view("a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    check_view(ShortKey)  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    check_borrow(ShortKey("a"))  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    check_borrow(Host(), unequal=[b"other"])  # E: mypy[misc] plugin[misc] pyright[reportArgumentType] ty[accepted]


def strategies() -> None:
    assert_type(hashmaps(st.text(), st.integers()), SearchStrategy[HashMap[str, int]])
    assert_type(hashmaps(st.text(), st.none(), min_size=1, max_size=9), SearchStrategy[HashMap[str, None]])
    assert_type(concats(st.text()), SearchStrategy[Concat[str]])
    assert_type(concats(st.binary()), SearchStrategy[Concat[bytes]])
    assert_type(slices(st.text()), SearchStrategy[Slice[str]])
    assert_type(slices(st.binary()), SearchStrategy[Slice[bytes]])
    assert_type(views(st.text()), SearchStrategy[Concat[str] | Slice[str]])
    assert_type(entries(st.text(), st.integers()), SearchStrategy[Occupied[str, int] | Vacant[str, int]])
    assert_type(hostile_keys(), SearchStrategy[Any])
    concats(st.integers())  # E: mypy[type-var] plugin[type-var] pyright[reportArgumentType]
    slices("text")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]

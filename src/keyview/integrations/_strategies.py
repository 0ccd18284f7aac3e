"""The strategies that hypothesis draws collections, entries and views from, by their types."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

import keyview
from keyview import testing
from keyview.integrations._types import arguments_of, builtin_of, is_collection

__all__ = ["register_types"]

#: The keys, values and elements of a collection whose type does not say what they are.
ANYTHING = st.none() | st.booleans() | st.integers() | st.text()
ORDERED = st.integers()


def register_types() -> None:
    """Tell hypothesis how to make each type."""
    for name in keyview.__all__:
        if is_collection(public := getattr(keyview, name)):
            st.register_type_strategy(public, _collections)
    st.register_type_strategy(keyview.Occupied, _entries)
    st.register_type_strategy(keyview.Vacant, _entries)
    st.register_type_strategy(keyview.Concat, lambda hint: testing.concats(_text(hint)))
    st.register_type_strategy(keyview.Slice, lambda hint: testing.slices(_text(hint)))


def _collections(hint: Any) -> st.SearchStrategy[Any]:
    cls = getattr(hint, "__origin__", hint)
    inside = [*map(st.from_type, arguments_of(hint))] or [_any_key(cls), ANYTHING]
    elements = st.tuples(*inside[:2]) if builtin_of(cls) is dict else inside[0]
    return st.lists(elements).map(cls)


def _any_key(cls: type) -> st.SearchStrategy[Any]:
    return ORDERED if hasattr(cls, "rank") else ANYTHING


def _entries(hint: Any) -> st.SearchStrategy[Any]:
    cls = getattr(hint, "__origin__", hint)
    keys, values = [*map(st.from_type, get_args(hint))] or [ANYTHING, ANYTHING]
    return testing.entries(keys, values).filter(lambda entry: isinstance(entry, cls))


def _text(hint: Any) -> st.SearchStrategy[Any]:
    return st.from_type(get_args(hint)[0]) if get_args(hint) else st.text()

"""The strategies that hypothesis draws collections, entries and views from, by their types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

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
            _register(public, _collections)
    _register(keyview.Occupied, _entries)
    _register(keyview.Vacant, _entries)
    _register(keyview.Concat, lambda hint: _text_views(testing.concats, hint))
    _register(keyview.Slice, lambda hint: _text_views(testing.slices, hint))
    _register(keyview.Reverse, lambda hint: _ordered(hint).map(keyview.Reverse))
    st.register_type_strategy(keyview.Ordered, ORDERED)
    # A bare `collections.abc.Set` is drawn from all its subclasses; views of a map cannot be made alone.
    for view in _subclasses(AbstractSet):
        if view.__module__.startswith("keyview.") and not is_collection(view):
            _register(view, lambda _: st.nothing())


def _subclasses(cls: type[Any]) -> Iterator[type[Any]]:
    for each in cls.__subclasses__():
        yield each
        yield from _subclasses(each)


def _register(public: type, make: Callable[[Any], st.SearchStrategy[Any]]) -> None:
    def made_of(hint: Any) -> Any:
        # hypothesis asks also for what `public` inherits from, such as Mapping[str, int]: others make that.
        ours = (get_origin(hint) or hint).__module__.split(".")[0] == "keyview"
        return make(hint) if ours else NotImplemented

    st.register_type_strategy(public, made_of)


def _collections(hint: Any) -> st.SearchStrategy[Any]:
    cls = getattr(hint, "__origin__", hint)
    inside = [*map(_drawn, arguments_of(hint))] or [_any_key(cls), ANYTHING]
    if _is_sorted(cls):
        inside[0] = inside[0].filter(_is_equal_to_itself)
    elements = st.tuples(*inside[:2]) if builtin_of(cls) is dict else inside[0]

    def make(drawn: list[Any]) -> Any:
        try:
            return cls(drawn)
        except (TypeError, keyview.OrderError) as error:
            needed = "an order" if _is_sorted(cls) else "a hash"
            raise InvalidArgument(
                f"st.from_type({hint!r}) draws keys that a {cls.__name__} cannot store ({error}); name "
                f"a type of which all values have {needed}, or register a strategy for this one"
            ) from error

    return st.lists(elements).map(make)


def _is_sorted(cls: type) -> bool:
    return hasattr(cls, "rank")


def _is_equal_to_itself(key: Any) -> bool:
    """Whether neither the key nor a part of it is a NaN, which has no place in an order."""
    if isinstance(key, tuple):
        return all(map(_is_equal_to_itself, key))
    if isinstance(key, keyview.Reverse):
        return _is_equal_to_itself(key.key)
    try:
        return bool(key == key)
    except ArithmeticError:  # A signaling NaN of Decimal.
        return False


def _drawn(hint: Any) -> st.SearchStrategy[Any]:
    return st.none() if hint is None else st.from_type(hint)  # `HashMap[str, None]` is as written.


def _any_key(cls: type) -> st.SearchStrategy[Any]:
    return ORDERED if _is_sorted(cls) else ANYTHING


def _entries(hint: Any) -> st.SearchStrategy[Any]:
    cls = getattr(hint, "__origin__", hint)
    keys, values = [*map(_drawn, get_args(hint))] or [ANYTHING, ANYTHING]
    return testing.entries(keys, values).filter(lambda entry: isinstance(entry, cls))


def _ordered(hint: Any) -> st.SearchStrategy[Any]:
    return st.from_type(get_args(hint)[0]) if get_args(hint) else ORDERED


def _text_views(make: Callable[[Any], Any], hint: Any) -> Any:
    """The views that `make` makes. For a `KeyView[int]`, NotImplemented: these two are views of text."""
    text = get_args(hint)[0] if get_args(hint) else str
    is_text = not isinstance(text, type) or issubclass(text, (str, bytes))
    return make(st.from_type(text)) if is_text else NotImplemented

"""The state of a collection, whether a collection is sound, and classes that are made at run time."""

from __future__ import annotations

import types
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["assert_sound", "derived", "state", "unchanged"]


def state(map_: Any) -> list[object]:
    """All that can be seen of a map: its objects, their order, and its factory."""
    pairs = [(id(key), id(value), repr(value)) for key, value in map_.items()]
    return [len(map_), pairs, map_.default_factory]


@contextmanager
def unchanged(map_: Any) -> Iterator[None]:
    """Assert that the body does not change the map, and that the map is sound."""
    before = state(map_)
    yield
    assert state(map_) == before
    assert_sound(map_)


def assert_sound(map_: Any) -> None:
    """Assert that the ways to read a map or set agree, and that every key that it lists is found."""
    if not hasattr(map_, "items"):
        elements = list(map_)
        assert len(map_) == len(elements)
        assert list(reversed(map_)) == elements[::-1]
        assert all(map_.get(element) is element for element in elements)
        return
    pairs = list(map_.items())
    assert len(map_) == len(pairs) == len(list(map_)) == len(list(map_.values()))
    assert [pair[0] for pair in reversed(map_.items())] == [pair[0] for pair in pairs][::-1]
    for key, value in pairs:
        stored, found = map_.get_key_value(key)
        assert stored is key
        assert found is value


def derived(base: Any, *mixins: type, name: str = "Derived", **members: Any) -> Any:
    """A subclass of a class that is only known at run time."""
    return types.new_class(name, (*mixins, base), exec_body=lambda body: body.update(members))

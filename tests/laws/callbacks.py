"""What a callback, or the `__eq__` of a key, may do to the very container that called it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.keys import Boom, Tagged

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MISCHIEF", "fail"]


def store(container: Any, key: Any) -> None:
    container[key] = -1


def store_another(container: Any, key: Any) -> None:
    container[Tagged(100)] = -2


def remove(container: Any, key: Any) -> None:
    container.pop(key, None)


def clear(container: Any, key: Any) -> None:
    container.clear()


def fail(container: Any, key: Any) -> None:
    raise Boom


MISCHIEF: dict[str, tuple[Callable[[Any, Any], None], ...]] = {
    "nothing": (),
    "store this": (store,),
    "store another": (store_another,),
    "remove this": (remove,),
    "restore this": (remove, store),
    "clear": (clear,),
    "raise": (fail,),
}
"""Steps to be taken one after the other, on the container and the key in question."""

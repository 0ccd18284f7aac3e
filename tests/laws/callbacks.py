"""What a callback, or the `__eq__` or `__lt__` of a key, may do to the very container that called it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.keys import Boom

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MISCHIEF"]


def put(container: Any, key: Any, value: int) -> None:
    if hasattr(container, "add"):
        container.add(key)
    else:
        container[key] = value


def store(container: Any, key: Any, another: Any) -> None:
    put(container, key, -1)


def store_another(container: Any, key: Any, another: Any) -> None:
    put(container, another, -2)


def remove(container: Any, key: Any, another: Any) -> None:
    if hasattr(container, "discard"):
        container.discard(key)
    else:
        container.pop(key, None)


def clear(container: Any, key: Any, another: Any) -> None:
    container.clear()


def fail(container: Any, key: Any, another: Any) -> None:
    raise Boom


MISCHIEF: dict[str, tuple[Callable[[Any, Any, Any], None], ...]] = {
    "nothing": (),
    "store this": (store,),
    "store another": (store_another,),
    "remove this": (remove,),
    "restore this": (remove, store),
    "clear": (clear,),
    "raise": (fail,),
}
"""Steps to be taken one after the other, on the container, the key in question, and one more key."""

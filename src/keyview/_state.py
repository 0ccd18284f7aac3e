"""What a subclass's instances hold besides the elements: how a pickle or a copy gives it to a new one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MemberDescriptorType
from typing import Any

from keyview._messages import not_a_state

__all__ = ["set_state", "take_state"]


def set_state(made: Any, state: Any) -> None:
    """Takes what `object.__getstate__` returns, and what a subclass's own `__getstate__` may return."""
    attributes, slots = state if isinstance(state, tuple) and len(state) == 2 else (state, None)
    for names in (attributes, slots):
        if not (names is None or isinstance(names, Mapping)):
            raise not_a_state(type(made), state)
    for name, value in (attributes or {}).items():
        # `(None, slots)` is what `object.__getstate__` returns, and reads like ours without a factory.
        if isinstance(getattr(type(made), name, None), MemberDescriptorType):
            setattr(made, name, value)
        else:
            made.__dict__[name] = value
    for name, value in (slots or {}).items():
        setattr(made, name, value)


def take_state(made: Any, original: Any) -> None:
    """Give a copy the state of what it was made of, as the module `copy` does."""
    state: object = original.__getstate__()
    if state is not None:
        made.__setstate__(state)

"""What HashSet and SortedSet both add to their bases: state, pickles, reprs."""

from __future__ import annotations

import copyreg
from collections.abc import Iterable, MutableSet
from reprlib import recursive_repr
from typing import Any, TypeVar

from keyview._backend import Set, SortedSetBase
from keyview._hooks import Hooks
from keyview._state import set_state

__all__ = ["PickledSet", "made_of"]

T = TypeVar("T")
S = TypeVar("S", bound="PickledSet[Any]")


class PickledSet(Hooks, MutableSet[T]):
    """A set, as it is shown, pickled and copied."""

    __slots__ = ()

    _repr_pretty_ = Hooks._repr_pretty_  # IPython looks for it beside __repr__.

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(self)})"

    def __setstate__(self, state: Any) -> None:
        """Takes what `__getstate__` returns, or, from a pickle, the elements with it."""
        if isinstance(state, tuple) and len(state) == 2 and isinstance(state[0], list):
            elements, state = state
            add_all(self, elements)
        if state is not None:
            set_state(self, state)

    def __reduce__(self) -> tuple[Any, ...]:
        # One form for every protocol and both backends. The elements are part of the state, because they may
        # have the set as an attribute. If a subclass defines __setstate__, they come before the state.
        if PickledSet in type(self).__bases__:
            # A class of keyview's own has no other state. To look for it would take time.
            return type(self), (), (list(self), None)
        state: object = self.__getstate__()
        if type(self).__setstate__ is PickledSet.__setstate__:
            make = copyreg.__newobj__  # type: ignore[attr-defined]
            return make, (type(self),), (list(self), state)
        return made_of, (type(self), list(self)), state


def made_of(cls: type[S], elements: Iterable[Any]) -> S:
    """A set of these elements, for `pickle` and `copy`. Pickles contain the name of this function."""
    made = cls.__new__(cls)
    add_all(made, elements)
    return made


def add_all(made: Any, elements: Iterable[Any]) -> None:
    """Add elements with the method of the backend's base: a subclass may override `update`."""
    base = Set if isinstance(made, Set) else SortedSetBase
    base.update(made, elements)


@recursive_repr("...")
def shown(set_: PickledSet[Any]) -> str:
    """The elements in braces; nothing if there are none."""
    return f"{{{', '.join(map(repr, list(set_)))}}}" if set_ else ""

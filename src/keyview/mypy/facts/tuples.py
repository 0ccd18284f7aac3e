"""Which elements of two tuples meet if the tuples are equal.

A `*tuple[X, ...]` in a tuple stands for any number of elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.types import AnyType, Instance, TypeOfAny, UnpackType, get_proper_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy.types import Type

__all__ = ["Aligned", "aligned"]


class Aligned(NamedTuple):
    """The types of the elements at the same place, in the one and in the other."""

    #: Those that meet however long the tuples are.
    always: list[tuple[Type, Type]]
    #: All, if the tuples are as short as can be.
    shortest: list[tuple[Type, Type]]


class _Shape(NamedTuple):
    before: Sequence[Type]
    #: The type of any number of elements between the others; None if there are none.
    between: Type | None
    after: Sequence[Type]


def aligned(query: Sequence[Type], key: Sequence[Type]) -> Aligned | None:
    """The elements that meet in two tuples with these items; None if their lengths are never the same."""
    asked, stored = _shape(query), _shape(key)
    if asked.between is not None and stored.between is not None:
        # Counted from either end, as far as both say what is there.
        ends = zip(reversed(asked.after), reversed(stored.after), strict=False)
        always = [*zip(asked.before, stored.before, strict=False), *ends]
        shortest = _of_length(asked, stored, max(len(query), len(key)) - 1)
        assert shortest is not None  # Both have any length from there on.
        return Aligned(always, shortest)
    pairs = _of_length(asked, stored, len(key) if stored.between is None else len(query))
    return None if pairs is None else Aligned(pairs, pairs)


def _shape(items: Sequence[Type]) -> _Shape:
    for place, item in enumerate(items):
        if isinstance(item, UnpackType):
            inner = get_proper_type(item.type)
            # Of a TypeVarTuple, nothing is known.
            anything: Type = AnyType(TypeOfAny.special_form)
            between = inner.args[0] if isinstance(inner, Instance) and inner.args else anything
            return _Shape(items[:place], between, items[place + 1 :])
    return _Shape(items, None, ())


def _of_length(one: _Shape, other: _Shape, length: int) -> list[tuple[Type, Type]] | None:
    """The elements that meet in tuples of this length; None if there is no such tuple of both shapes."""
    items = [_filled(one, length), _filled(other, length)]
    return None if any(len(each) != length for each in items) else list(zip(*items, strict=True))


def _filled(shape: _Shape, length: int) -> list[Type]:
    """The items, with as many in the middle as make up the length, if they can."""
    middle: list[Type] = []
    if shape.between is not None:
        middle = [shape.between] * (length - len(shape.before) - len(shape.after))
    return [*shape.before, *middle, *shape.after]

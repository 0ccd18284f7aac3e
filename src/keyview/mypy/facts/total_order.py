"""Which types have no total order, although mypy accepts them as keys of a sorted collection.

mypy only checks that a key's class has `<`. Here the class that defines the `<` decides, never its
signature: when a type is named, mypy may not have analysed the methods of the program yet. A `<` that the
program itself defines is trusted.
"""

from __future__ import annotations

from enum import Enum
from itertools import combinations, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import Decorator, FuncDef, OverloadedFuncDef, TypeInfo
from mypy.typeops import tuple_fallback
from mypy.types import (
    Instance,
    LiteralType,
    NoneType,
    ProperType,
    TupleType,
    Type,
    TypeAliasType,
    UnionType,
    UnpackType,
    flatten_nested_unions,
    get_proper_type,
)

from keyview.mypy import names
from keyview.mypy.facts.hash_origin import is_of_standard_library

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Gap", "Lack", "gap_in"]


class Lack(Enum):
    """Why values of a type have no total order."""

    MIXED = "two of its types do not compare with each other"
    INCLUSION = "its < asks whether one set is part of the other"
    NO_LESS = "it has no <"


class Gap(NamedTuple):
    """The part of a type that has no total order, and why."""

    lack: Lack
    type: Type
    #: The type with which `type` does not compare.
    other: Type | None = None


#: Classes of the standard library that compare with each other by `<`. All others compare only with classes
#: that have their `<` from the same class.
COMPARABLE: Final = (
    frozenset({names.INT, names.FLOAT, names.DECIMAL, names.FRACTION}),
    frozenset({names.STR, names.USER_STRING}),
    frozenset({names.BYTES, names.BYTEARRAY}),
    frozenset({names.LIST, names.USER_LIST}),
)
#: Classes whose `<` means inclusion, also in their subclasses.
INCLUDING: Final = (names.ABSTRACT_SET, names.COUNTER, names.SET_ALGEBRA)
#: Classes that are ordered by their contents, the first type argument.
BY_CONTENTS: Final = frozenset({names.TUPLE, names.LIST, names.REVERSE})
LESS: Final = ("__lt__", "__gt__")


def gap_in(key: Type) -> Gap | None:
    """The part of a key's type that has no total order; None if there is none, or mypy itself reports it."""
    arms = _arms(key)
    if any(isinstance(arm, NoneType) or _is_without_less(arm) for arm in arms):
        return None
    return _gap(arms)


def _gap(arms: list[ProperType]) -> Gap | None:
    """The gap between values of which each has one of several types."""
    gaps = [_gap_of(arm) for arm in arms]
    gaps += [_gap_between(left, right) for left, right in combinations(arms, 2)]
    return _first(gaps)


def _gap_of(arm: ProperType) -> Gap | None:
    """The gap between two values of one type. None is equal to None, and needs no order."""
    if isinstance(arm, TupleType):
        if not _is_ordered_by_items(arm):
            return None  # A NamedTuple that defines `<`.
        return _first(_gap(_arms(item)) for item in _items(arm))
    if _is_without_less(arm):
        return Gap(Lack.NO_LESS, arm)
    owner = _owner(arm)
    if owner is None or not isinstance(arm, Instance):
        return None
    if any(map(owner.has_base, INCLUDING)):
        return Gap(Lack.INCLUSION, arm) if _is_known(owner) else None
    if arm.type is owner and owner.fullname in BY_CONTENTS:
        return _gap(_arms(arm.args[0]))
    return None


def _gap_between(left: ProperType, right: ProperType) -> Gap | None:
    """The gap between values of two types."""
    if isinstance(left, TupleType) and isinstance(right, TupleType):
        pairs = zip(_items(left), _items(right), strict=False)
        return _first(_gap(_arms(UnionType([one, other]))) for one, other in pairs)
    if isinstance(left, NoneType) or isinstance(right, NoneType):
        return Gap(Lack.MIXED, left, right)
    owners = [_owner(left), _owner(right)]
    if None in owners or owners[0] is owners[1]:
        return None
    known = [owner for owner in owners if owner is not None and _is_known(owner)]
    fullnames = {owner.fullname for owner in known}
    if len(known) < len(owners) or any(fullnames <= family for family in COMPARABLE):
        return None
    return Gap(Lack.MIXED, left, right)


def _first(gaps: Iterable[Gap | None]) -> Gap | None:
    return next((gap for gap in gaps if gap is not None), None)


def _is_without_less(arm: ProperType) -> bool:
    """Whether the class of a type has no `<`, and will get none."""
    if not isinstance(arm, Instance) or arm.type.fallback_to_any or _owner(arm) is not None:
        return False
    return not any(map(_may_get_less, arm.type.mro))


def _may_get_less(info: TypeInfo) -> bool:
    """Whether a class of the program, which mypy may still be analysing, gets a `<`.

    Some decorators add one, such as that of dataclasses.
    """
    if is_of_standard_library(info):
        return False
    return bool(info.defn.decorators) or any(
        isinstance(statement, FuncDef | OverloadedFuncDef | Decorator) and statement.name in LESS
        for statement in info.defn.defs.body
    )


def _owner(typ: ProperType) -> TypeInfo | None:
    """The class that defines the `<` of a value, or the `>` that Python then uses."""
    instance = tuple_fallback(typ) if isinstance(typ, TupleType) else typ
    if not isinstance(instance, Instance):
        return None
    bases = (base for base in instance.type.mro if any(name in base.names for name in LESS))
    return next(bases, None)


def _is_known(owner: TypeInfo) -> bool:
    """Whether the meaning of the `<` that a class defines is known."""
    return is_of_standard_library(owner) or owner.fullname == names.SET_ALGEBRA


def _is_ordered_by_items(typ: TupleType) -> bool:
    """Whether a tuple is ordered by its items: whether its class has the `<` of tuple."""
    owner = _owner(typ)
    return owner is not None and owner.fullname == names.TUPLE


def _items(typ: TupleType) -> list[Type]:
    """The types of the items, up to the first of which the number is not known."""
    return list(takewhile(lambda item: not isinstance(item, UnpackType), typ.items))


def _arms(typ: Type) -> list[ProperType]:
    """The different members of a union, or the type itself, with its class for a literal."""
    if isinstance(typ, TypeAliasType) and typ.is_recursive:
        return []
    proper = get_proper_type(typ)
    items = flatten_nested_unions(proper.items) if isinstance(proper, UnionType) else [proper]
    arms = [get_proper_type(item) for item in items]
    return list(
        dict.fromkeys(arm.fallback if isinstance(arm, LiteralType) else arm for arm in arms)
    )

"""Whether a query has a place in the order of the keys: whether `query < key` is possible for their types.

Equality is not needed for a neighbour, a rank or a bound: in a map of ints, the floor of 2.5 is a key. If the
types do not tell, the answer is yes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mypy.subtypes import find_member, is_subtype
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    NoneType,
    TupleType,
    Type,
    TypeVarType,
    UnionType,
    UnpackType,
    flatten_nested_unions,
    get_proper_type,
)

from keyview.mypy import names
from keyview.mypy.facts.relation import owned_type, relate

if TYPE_CHECKING:
    from mypy.types import ProperType

    from keyview.mypy.facts.relation import Program

__all__ = ["is_prefix", "without_none", "without_place"]

#: Whether mypy accepts `left < right`.
Less = Callable[[Type, Type], bool]


def without_place(query: Type, key: Type, program: Program, less: Less) -> Type | None:
    """The first member of a query's type that has no place among the keys; None if all have one."""
    keys = _arms(key)
    for arm in _arms(query):
        if not any(_has_place(arm, stored, program, less) for stored in keys):
            return arm
    return None


def without_none(query: Type) -> Type:
    """The type without None. For None alone, a union of nothing, which has a place among all keys."""
    return UnionType.make_union([arm for arm in _arms(query) if not isinstance(arm, NoneType)])


def is_prefix(prefix: Type, key: Type, program: Program) -> bool:
    """Whether a key may begin with each member of a prefix's type."""
    keys = [_borrowed(stored) or stored for stored in _arms(key)]
    return all(
        any(_may_begin(stored, arm, program) for stored in keys)
        for arm in _arms(owned_type(prefix, program))
    )


def _has_place(query: ProperType, key: ProperType, program: Program, less: Less) -> bool:
    if isinstance(query, AnyType) or isinstance(key, AnyType) or is_subtype(query, key):
        return True
    borrowed = _borrowed(key)
    if borrowed is not None:
        # The key's `__gt__` takes any object, and compares it with what `__borrow__` returns.
        return without_place(query, borrowed, program, less) is None
    owned = owned_type(query, program)
    if owned != query:
        return without_place(owned, key, program, less) is None
    if isinstance(query, TupleType) and isinstance(key, TupleType):
        pairs = list(zip(query.items, key.items, strict=False))
        if not any(isinstance(item, UnpackType) for pair in pairs for item in pair):
            return all(without_place(*pair, program, less) is None for pair in pairs)
    return less(query, key)


def _may_begin(key: ProperType, prefix: ProperType, program: Program) -> bool:
    if isinstance(prefix, TupleType) and isinstance(key, TupleType):
        if any(isinstance(item, UnpackType) for item in (*prefix.items, *key.items)):
            return True
        if len(prefix.items) > len(key.items):
            return False
        key = key.copy_modified(items=key.items[: len(prefix.items)])
    elif any(isinstance(typ, AnyType) for typ in (prefix, key)):
        return True
    elif not any(_is_of(prefix, kind) for kind in (names.STR, names.BYTES, names.TUPLE)):
        return False
    return relate(prefix, key, program).accepted


def _is_of(typ: ProperType, kind: str) -> bool:
    if isinstance(typ, TupleType):
        return kind == names.TUPLE
    return not isinstance(typ, Instance) or typ.type.has_base(kind)


def _borrowed(key: ProperType) -> ProperType | None:
    """The type that `__borrow__` returns, if the class of the keys declares it."""
    if not isinstance(key, Instance) or key.type.get("__borrow__") is None:
        return None
    member = get_proper_type(find_member("__borrow__", key, key))
    return get_proper_type(member.ret_type) if isinstance(member, CallableType) else None


def _arms(typ: Type) -> list[ProperType]:
    """The members of a union, or the type itself; of a type variable, those of its constraints."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return [arm for item in flatten_nested_unions(proper.items) for arm in _arms(item)]
    if isinstance(proper, TypeVarType) and proper.values:
        return [arm for value in proper.values for arm in _arms(value)]
    return [proper]

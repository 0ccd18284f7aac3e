"""Which types are views, or have views in their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.expandtype import expand_type_by_instance
from mypy.nodes import TypeInfo, Var
from mypy.types import (
    CallableType,
    Instance,
    LiteralType,
    TupleType,
    TypeAliasType,
    TypeType,
    UnionType,
    get_proper_type,
)

from keyview.mypy import names
from keyview.mypy.facts.hash_origin import By, is_of_standard_library, origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.types import ProperType, Type

__all__ = ["classes_in", "held_view"]


def held_view(typ: Type) -> Type | None:
    """The view that a value of a type is, or has in a part that is hashed; None if there is none.

    As at run time, a class is a view if it has `__key__`.
    """
    return next((found for found in _instances(typ, set()) if _is_view(found.type)), None)


def classes_in(typ: Type) -> set[TypeInfo]:
    """The classes of the program by which values of a type are hashed and compared, or are views."""
    found: set[TypeInfo] = set()
    for instance in (*_instances(typ, set()), *_of_classes(typ)):
        metaclass = instance.type.metaclass_type
        found.update(instance.type.mro, metaclass.type.mro if metaclass is not None else ())
    return {info for info in found if not is_of_standard_library(info)}


def _of_classes(typ: Type) -> Iterator[Instance]:
    """The instances of what a type is the class of, or the classes of a union."""
    proper = get_proper_type(typ)
    for arm in proper.items if isinstance(proper, UnionType) else [proper]:
        one = get_proper_type(arm)
        if isinstance(one, TypeType) and isinstance(one.item, Instance):
            yield one.item
        elif isinstance(one, CallableType) and one.is_type_obj():
            made = get_proper_type(one.ret_type)
            yield from [made] if isinstance(made, Instance) else []


def _instances(typ: Type, seen: set[TypeInfo]) -> Iterator[Instance]:
    if isinstance(typ, TypeAliasType) and typ.is_recursive:
        return
    proper = get_proper_type(typ)
    if isinstance(proper, LiteralType):
        proper = proper.fallback
    if isinstance(proper, Instance):
        yield proper
    for part in _parts(proper, seen):
        yield from _instances(part, seen)


def _is_view(info: TypeInfo) -> bool:
    return info.fullname == names.MEMORYVIEW or info.get("__key__") is not None


def _parts(typ: ProperType, seen: set[TypeInfo]) -> Iterator[Type]:
    """The types of the parts that the hash of a value depends on, and the members of a union."""
    if isinstance(typ, (TupleType, UnionType)):
        yield from typ.items
    elif isinstance(typ, Instance):
        if typ.type.fullname in (names.TUPLE, names.FROZENSET, names.FROZENDICT):
            yield from typ.args
        elif typ.type not in seen and origin(typ.type, "__hash__").by is By.DECORATOR:
            seen.add(typ.type)
            for symbol in typ.type.names.values():
                node = symbol.node
                if isinstance(node, Var) and node.type is not None and not node.is_classvar:
                    yield expand_type_by_instance(node.type, typ)

"""The items by which a TypedDict and another dict can be equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.maptype import map_instance_to_supertype
from mypy.types import Instance, TypedDictType

from keyview.mypy import names
from keyview.mypy.facts.hash_origin import is_of_standard_library

if TYPE_CHECKING:
    from mypy.types import ProperType, Type

__all__ = ["SharedItems", "shared_items"]


class SharedItems(NamedTuple):
    """The items that two dicts both have if they are equal."""

    #: The type of an item, or of its key, in the one and in the other.
    pairs: list[tuple[Type, Type]]
    #: Whether the one declares an item that the other does not: a value may have it nevertheless.
    undeclared: bool = False


def shared_items(query: ProperType, key: ProperType) -> SharedItems | None:
    """What both have if they are equal; None if they are not a TypedDict and a TypedDict, or a mapping."""
    if isinstance(query, TypedDictType) and isinstance(key, TypedDictType):
        required = query.required_keys | key.required_keys
        names_of_both = [name for name in query.items if name in key.items and name in required]
        pairs = [(query.items[name], key.items[name]) for name in names_of_both]
        return SharedItems(pairs, len(pairs) < len(required))
    if isinstance(query, TypedDictType):
        return _with_mapping(query, key)
    if isinstance(key, TypedDictType):
        found = _with_mapping(key, query)
        return found and SharedItems([(asked, stored) for stored, asked in found.pairs])
    return None


def _with_mapping(typed: TypedDictType, other: ProperType) -> SharedItems | None:
    own, base = _mapping(typed.fallback), _mapping(other)
    if own is None or base is None:
        return None
    key, value = base.args
    items = (item for name, item in typed.items.items() if name in typed.required_keys)
    return SharedItems([pair for item in items for pair in ((own.args[0], key), (item, value))])


def _mapping(typ: ProperType) -> Instance | None:
    """The `Mapping[K, V]` that a dict is; None for a class that decides itself what it is equal to."""
    if not isinstance(typ, Instance):
        return None
    owner = typ.type.get_containing_type_info("__eq__")
    base = next((base for base in typ.type.mro if base.fullname == names.MAPPING), None)
    if base is None or owner is None or not is_of_standard_library(owner):
        return None
    return map_instance_to_supertype(typ, base)

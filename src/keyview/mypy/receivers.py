"""Which types are looked up in, by which of their methods, and what they store.

The next kinds of receiver (`dict`, `Mapping`, `set`, ...) are further rows of these tables.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo
from mypy.types import Instance, ProperType, Type, get_proper_type

__all__ = ["LOOKUPS", "Use", "is_receiver", "stored_key"]


class Use(Enum):
    """What a method does with the key it is given."""

    FIND = "looks a key up"
    FIND_OR_STORE = "looks a key up, and may store it"


#: The methods that look a key up, by name. The key is their first argument, or all of them.
LOOKUPS: Final[dict[str, Use]] = {
    "__getitem__": Use.FIND,
    "__delitem__": Use.FIND,
    "__contains__": Use.FIND,
    "get": Use.FIND,
    "get_entry": Use.FIND,
    "get_key_value": Use.FIND,
    "get_many": Use.FIND,
    "pop": Use.FIND,
    "remove_entry": Use.FIND,
    "entry": Use.FIND_OR_STORE,
    "get_or_insert_with": Use.FIND_OR_STORE,
    "merge": Use.FIND_OR_STORE,
}

#: The classes whose methods these are, outermost first.
OWN_CLASSES: Final = ("keyview.hashmap.HashMap", "keyview._pure.map.Map")


def is_receiver(info: TypeInfo) -> bool:
    """Whether the class is looked up in."""
    return any(base.fullname in OWN_CLASSES for base in info.mro)


def stored_key(receiver: ProperType, method: str) -> Type | None:
    """The type of the keys that `method` looks among; None if that is not ours to judge."""
    if not isinstance(receiver, Instance):
        return None
    definer = receiver.type.get_containing_type_info(method)
    if definer is None or definer.fullname not in OWN_CLASSES:
        return None  # Another class's method, or a subclass's own override of ours.
    return get_proper_type(map_instance_to_supertype(receiver, _base(receiver.type)).args[0])


def _base(info: TypeInfo) -> TypeInfo:
    return next(base for base in info.mro if base.fullname in OWN_CLASSES)

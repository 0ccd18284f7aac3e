"""Whether a class that declares `KeyView` or `Borrow` breaks the law, as far as the class itself shows.

The law: a view has the hash of the key it stands for, and is equal to what that key is equal to. A class
breaks the law without any error at run time if its `__hash__` and `__eq__` are from two classes, or from
a wrong one.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from keyview.mypy import names
from keyview.mypy.facts.hash_origin import By, is_of_standard_library, origin
from keyview.mypy.host.decorators import dataclass_facts

if TYPE_CHECKING:
    from mypy.nodes import TypeInfo

__all__ = ["Breach", "Fault", "breach_of", "declared_by", "declares"]

#: The protocols that a class may declare, each with the method that returns the key or the query.
METHODS: Final = {
    names.KEY_VIEW: "__key__",
    names.BORROW: "__borrow__",
}


class Fault(Enum):
    """What is wrong with a class."""

    GENERATED = "a decorator replaces its __hash__ and __eq__"
    HASH_IS_NONE = "its __hash__ is None"
    EQ_ALONE = "it has an __eq__ of its own, and so no __hash__"
    SPLIT = "its __hash__ and its __eq__ come from two classes"
    FOREIGN = "another base has a __hash__ or an __eq__ of its own"
    ENUM = "it is an enum, too"
    IDENTITY = "its __hash__ and __eq__ are those of object"
    MUTABLE = "the fields that its hash depends on can be assigned"
    VIEW_OF_VIEW = "its __key__ returns a view"
    UNHASHABLE = "its __key__ or __borrow__ returns something that cannot be hashed"


class Breach(NamedTuple):
    """A fault, and the class that has it: the class itself or a base."""

    fault: Fault
    owner: TypeInfo


def declared_by(info: TypeInfo) -> str | None:
    """`__key__` or `__borrow__`, if the class inherits from KeyView or Borrow; else None."""
    if info.fullname in METHODS:
        return None
    return next((METHODS[base.fullname] for base in info.mro if base.fullname in METHODS), None)


def declares(info: TypeInfo) -> bool:
    """Whether a subclass of this class declares KeyView or Borrow."""
    return info.fullname in METHODS or declared_by(info) is not None


def breach_of(info: TypeInfo) -> Breach | None:
    """How the hash and equality of a class break the law; None if they do not.

    Also None if a base is of unknown type: the base may define both.
    """
    if info.fallback_to_any:
        return None
    if info.is_enum:
        return Breach(Fault.ENUM, info)
    hashing, equality = origin(info, "__hash__"), origin(info, "__eq__")
    for found in (equality, hashing):
        if found.by is By.DECORATOR:
            return Breach(Fault.GENERATED, found.owner)
    if hashing.by is By.NOBODY:
        is_written = "__hash__" in hashing.owner.names
        return Breach(Fault.HASH_IS_NONE if is_written else Fault.EQ_ALONE, hashing.owner)
    for found in (hashing, equality):
        if found.owner.fullname == names.OBJECT:
            continue
        if is_of_standard_library(found.owner):
            return Breach(Fault.FOREIGN, found.owner)
    if hashing.owner is not equality.owner:
        return Breach(Fault.SPLIT, _later(info, hashing.owner, equality.owner))
    if hashing.owner.fullname == names.OBJECT:
        return Breach(Fault.IDENTITY, info)
    facts = dataclass_facts(info)
    if facts is not None and facts.frozen is False and info.metadata["dataclass"]["attributes"]:
        return Breach(Fault.MUTABLE, info)
    return None


def _later(info: TypeInfo, left: TypeInfo, right: TypeInfo) -> TypeInfo:
    """The one of two bases whose methods hide those of the other."""
    return left if info.mro.index(left) < info.mro.index(right) else right

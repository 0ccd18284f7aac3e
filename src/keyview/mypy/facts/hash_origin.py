"""From where a class has its `__hash__` and `__eq__` at run time, as far as mypy knows.

mypy itself does not model how Python and `dataclasses` set `__hash__`.
"""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

from mypy.nodes import FuncDef, TypeInfo, Var
from mypy.types import NoneType, PartialType, get_proper_type

from keyview.mypy import names
from keyview.mypy.facts.eq_bodies import loses_hash
from keyview.mypy.facts.equality import HASHABLE, UNHASHABLE
from keyview.mypy.host.decorators import dataclass_facts, may_be_given_hash
from keyview.mypy.host.program import is_stub

if TYPE_CHECKING:
    from mypy.nodes import SymbolNode
    from mypy.types import Type

    from keyview.mypy.host.decorators import DataclassFacts

__all__ = ["By", "Origin", "is_in_library", "is_of_standard_library", "origin"]


class By(Enum):
    """Who defined a method of a class."""

    AUTHOR = "its author"
    DECORATOR = "the dataclass decorator"
    NOBODY = "nobody: it is None"


class Origin(NamedTuple):
    """The class that defines a method, and who defined it there."""

    owner: TypeInfo
    by: By


def origin(info: TypeInfo, method: Literal["__hash__", "__eq__"]) -> Origin:
    """The origin of a method that an instance of the class has."""
    find = _own_hash if method == "__hash__" else _own_eq
    for base in info.mro:
        by = find(base)
        if by is not None:
            return Origin(base, by)
    return Origin(info.mro[-1], By.AUTHOR)


def is_of_standard_library(info: TypeInfo) -> bool:
    """Whether the class comes with Python."""
    return is_in_library(info.module_name)


def is_in_library(fullname: str) -> bool:
    """Whether a module, or what is in it, comes with Python."""
    return fullname.partition(".")[0] in sys.stdlib_module_names


def is_of_stub(info: TypeInfo) -> bool:
    """Whether a stub describes the class. Stubs leave out `__hash__`, even if it is None."""
    return is_of_standard_library(info) or is_stub(info.module_name)


def _own_eq(info: TypeInfo) -> By | None:
    symbol = info.names.get("__eq__")
    if symbol is not None:
        return By.DECORATOR if symbol.plugin_generated else By.AUTHOR
    facts = dataclass_facts(info)
    return By.DECORATOR if facts is not None and facts.eq else None


def _own_hash(info: TypeInfo) -> By | None:
    symbol = info.names.get("__hash__")
    if symbol is not None:
        node = symbol.node
        if isinstance(node, Var) and _is_none(node.type):
            has_one = info.fullname in HASHABLE or (
                symbol.plugin_generated and may_be_given_hash(info)
            )
            return By.AUTHOR if has_one else By.NOBODY
        return By.DECORATOR if "attrs" in info.metadata and _is_of_object(node) else By.AUTHOR
    if info.fullname in UNHASHABLE:
        return By.NOBODY
    facts = dataclass_facts(info)
    if facts is not None:
        if (by := _of_dataclass(facts)) is not None:
            return by
    elif "dataclass" in info.metadata:
        return By.DECORATOR  # A dataclass_transform decorator, whose arguments are not known.
    # Python sets __hash__ to None in a class body that has __eq__ and no __hash__; but in no body of a
    # NamedTuple, whose methods are added to a class that is there already.
    eq = info.names.get("__eq__")
    if eq is None or eq.plugin_generated or info.is_named_tuple or is_of_stub(info):
        return None
    return By.NOBODY if loses_hash(info) and not _may_be_changed(info) else By.AUTHOR


def _of_dataclass(facts: DataclassFacts) -> By | None:
    """Who sets the `__hash__` of a dataclass; None if the decorator leaves it as the class body has it."""
    if facts.unsafe_hash or (facts.eq and facts.frozen):
        return By.DECORATOR
    if facts.unsafe_hash is None or (facts.eq is not False and facts.frozen is None):
        return By.AUTHOR  # It may have one.
    if facts.eq is None:
        return By.AUTHOR
    return By.NOBODY if facts.eq else None


def _may_be_changed(info: TypeInfo) -> bool:
    """Whether code that runs when a class is made may give it a hash: of its metaclass, or of a base."""
    metaclass = info.metaclass_type
    hooks = [info.get_containing_type_info("__init_subclass__")]
    if metaclass is not None:
        hooks += map(metaclass.type.get_containing_type_info, ("__new__", "__init__"))
    return any(
        hook is not None
        and not is_of_standard_library(hook)
        and hook.fullname not in (names.KEY_VIEW, names.BORROW)
        for hook in hooks
    )


def _is_of_object(node: SymbolNode | None) -> bool:
    """Whether a method is that of `object`, which mypy puts in place of a method that attrs generates."""
    return isinstance(node, FuncDef) and node.info.fullname == names.OBJECT


def _is_none(typ: Type | None) -> bool:
    """Whether the type of a variable is None. While mypy infers it, the type is a partial None."""
    proper = get_proper_type(typ)
    return isinstance(proper, NoneType) or (isinstance(proper, PartialType) and proper.type is None)

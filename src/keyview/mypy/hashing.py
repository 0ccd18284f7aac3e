"""Where a class gets its `__hash__` and its `__eq__` from at run time, as far as mypy's facts tell.

mypy has no model of what Python and `dataclasses` do to `__hash__`, and does not keep the arguments of
a decorator: they are noted here, in the metadata of the class, which is cached and sent to workers.
"""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from mypy.nodes import MDEF, CallExpr, FuncDef, SymbolTableNode, TypeInfo, Var
from mypy.server.trigger import make_trigger
from mypy.types import NoneType, PartialType, get_proper_type

from keyview.mypy.equality import HASHABLE, UNHASHABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.nodes import MypyFile, SymbolNode
    from mypy.plugin import ClassDefContext, SemanticAnalyzerPluginInterface
    from mypy.types import Type

__all__ = [
    "How",
    "Supplier",
    "dataclass_facts",
    "is_of_standard_library",
    "note_dataclass",
    "supplier",
]

METADATA: Final = "keyview"
#: The beginning of a member's name, which no program can write, and private, so that two bases agree.
MARKER: Final = "__keyview-hash"


class DataclassFacts(NamedTuple):
    """The arguments of a dataclass decorator that decide its hash and equality."""

    eq: bool
    frozen: bool
    unsafe_hash: bool


class How(Enum):
    """What gave a class its method."""

    WRITTEN = "its author"
    GENERATED = "the dataclass decorator"
    NONE = "nobody: it is None"


class Supplier(NamedTuple):
    """The class that a method comes from."""

    owner: TypeInfo
    how: How


def note_dataclass(ctx: ClassDefContext, first: Callable[[ClassDefContext], None]) -> None:
    """Keep what the decorator of a dataclass says; `first`, let mypy do what it does with it."""
    first(ctx)
    info = ctx.cls.info
    given: dict[str | None, bool | None] = {}
    if isinstance(ctx.reason, CallExpr):
        arguments = zip(ctx.reason.arg_names, ctx.reason.args, strict=True)
        given = {name: ctx.api.parse_bool(argument) for name, argument in arguments}
    facts = DataclassFacts(
        eq=given.get("eq") is not False,
        frozen=given.get("frozen") is True,
        unsafe_hash=given.get("unsafe_hash") is True,
    )
    info.metadata[METADATA] = facts._asdict()
    _mark(info, facts, ctx.api)


def _mark(info: TypeInfo, facts: DataclassFacts, api: SemanticAnalyzerPluginInterface) -> None:
    """Make the daemon, which compares symbols but not metadata, see it when the facts change."""
    for name in [name for name in info.names if name.startswith(MARKER)]:
        del info.names[name]
    marker = Var("-".join([MARKER, *(name for name, value in facts._asdict().items() if value)]))
    marker.info = info
    info.names[marker.name] = SymbolTableNode(MDEF, marker, plugin_generated=True)
    api.add_plugin_dependency(
        make_trigger(f"{info.fullname}.{marker.name}"), make_trigger(info.fullname)
    )


def dataclass_facts(info: TypeInfo) -> DataclassFacts | None:
    """What the decorator of this very class says; None if it is no dataclass, or one of another kind."""
    facts = info.metadata.get(METADATA)
    return DataclassFacts(**facts) if facts is not None else None


def supplier(info: TypeInfo, method: Literal["__hash__", "__eq__"]) -> Supplier:
    """The class whose method an instance has, and how that class came by it."""
    find = _own_hash if method == "__hash__" else _own_eq
    for base in info.mro:
        how = find(base)
        if how is not None:
            return Supplier(base, how)
    return Supplier(info.mro[-1], How.WRITTEN)


#: The modules of the program: what mypy gives the plugin, for `is_of_stub` to look at.
MODULES: dict[str, MypyFile] = {}


def is_of_standard_library(info: TypeInfo) -> bool:
    """Whether the class comes with Python."""
    return info.module_name.partition(".")[0] in sys.stdlib_module_names


def is_of_stub(info: TypeInfo) -> bool:
    """Whether a stub describes the class: stubs leave `__hash__` out, and a `__hash__` of None, too."""
    module = MODULES.get(info.module_name)
    return is_of_standard_library(info) or (module is not None and module.is_stub)


def _own_eq(info: TypeInfo) -> How | None:
    symbol = info.names.get("__eq__")
    if symbol is not None:
        return How.GENERATED if symbol.plugin_generated else How.WRITTEN
    facts = dataclass_facts(info)
    return How.GENERATED if facts is not None and facts.eq else None


def _own_hash(info: TypeInfo) -> How | None:
    symbol = info.names.get("__hash__")
    if symbol is not None:
        node = symbol.node
        if isinstance(node, Var) and _is_none(node.type):
            return How.WRITTEN if info.fullname in HASHABLE else How.NONE
        return How.GENERATED if "attrs" in info.metadata and _is_of_object(node) else How.WRITTEN
    if info.fullname in UNHASHABLE:
        return How.NONE
    facts = dataclass_facts(info)
    if facts is not None:
        if facts.unsafe_hash or (facts.eq and facts.frozen):
            return How.GENERATED
        if facts.eq:
            return How.NONE
    elif "dataclass" in info.metadata:
        return How.GENERATED  # By a decorator of another kind, whose arguments are not known.
    # A class body with __eq__ and no __hash__ gets __hash__ = None.
    eq = info.names.get("__eq__")
    if eq is None or eq.plugin_generated or is_of_stub(info):
        return None
    return How.NONE


def _is_of_object(node: SymbolNode | None) -> bool:
    """Whether mypy has lent the class the method of `object`, as it does for what attrs generates."""
    return isinstance(node, FuncDef) and node.info.fullname == "builtins.object"


def _is_none(typ: Type | None) -> bool:
    """Whether a variable is None, also while mypy waits for what else may be assigned to it."""
    proper = get_proper_type(typ)
    return isinstance(proper, NoneType) or (isinstance(proper, PartialType) and proper.type is None)

"""The arguments of a dataclass decorator that decide the hash and equality of the class.

mypy does not keep these arguments. The plugin stores them in the metadata of the class, which mypy
writes to its cache and sends to its workers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import MDEF, CallExpr, SymbolTableNode, TypeInfo, Var
from mypy.plugins.dataclasses import dataclass_makers
from mypy.server.trigger import make_trigger

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.plugin import ClassDefContext, SemanticAnalyzerPluginInterface

__all__ = ["DataclassFacts", "dataclass_facts", "makes_dataclasses", "note_dataclass"]

METADATA: Final = "keyview"
#: The beginning of a name of a class member. No program can write it. It is private, so that mypy does
#: not compare the members of two bases.
MARKER: Final = "__keyview-hash"


class DataclassFacts(NamedTuple):
    """The arguments of a dataclass decorator that decide the hash and equality of the class."""

    eq: bool
    frozen: bool
    unsafe_hash: bool


def makes_dataclasses(decorator: str) -> bool:
    """Whether mypy treats a decorator of this full name as the dataclass decorator."""
    return decorator in dataclass_makers


def note_dataclass(ctx: ClassDefContext, first: Callable[[ClassDefContext], None]) -> None:
    """Call `first`, mypy's own hook, and then store the arguments of the decorator."""
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
    """Make mypy's daemon notice when the facts change. The daemon compares symbols, not metadata."""
    for name in [name for name in info.names if name.startswith(MARKER)]:
        del info.names[name]
    marker = Var("-".join([MARKER, *(name for name, value in facts._asdict().items() if value)]))
    marker.info = info
    info.names[marker.name] = SymbolTableNode(MDEF, marker, plugin_generated=True)
    api.add_plugin_dependency(
        make_trigger(f"{info.fullname}.{marker.name}"), make_trigger(info.fullname)
    )


def dataclass_facts(info: TypeInfo) -> DataclassFacts | None:
    """The facts of the class's own decorator; None if the class has no dataclass decorator."""
    facts = info.metadata.get(METADATA)
    return DataclassFacts(**facts) if facts is not None else None

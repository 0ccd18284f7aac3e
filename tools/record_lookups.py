"""The plugin, extended: it also writes every lookup that it judges to a file, for `wrong_edits`.

`KEYVIEW_LOOKUPS` names the file; each line is one lookup in JSON, with the fields of `Site`.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from mypy.nodes import TypeInfo
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    TupleType,
    TypeType,
    UnionType,
    get_proper_type,
)

from keyview.mypy import KeyViewPlugin
from keyview.mypy.facts.receivers import Use
from keyview.mypy.host.checker import Checker
from keyview.mypy.messages import OPERATORS
from keyview.mypy.rules.lookups import Lookups

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.options import Options
    from mypy.plugin import MethodContext
    from mypy.types import Type

__all__ = ["Site", "plugin", "plugin_with"]


@dataclass(frozen=True)
class Site:
    """One lookup, and the place of its query in the source."""

    file: str
    #: The first and last line of the lookup; the line of the query, and its columns in bytes.
    lines: tuple[int, int]
    line: int
    columns: tuple[int, int]
    operation: str
    #: Whether the expression is a collection of queries.
    each: bool
    #: Whether the lookup is in a function, where names from the end of the module may be used.
    local: bool
    #: The kinds of the query and of the stored keys: see `kinds_of`.
    query: tuple[str, ...]
    key: tuple[str, ...]


class Recorder(Lookups):
    """Judges lookups, and writes them to the file."""

    def judge(
        self,
        ctx: MethodContext,
        method: str,
        instead: Callable[[MethodContext], Type] | None,
    ) -> Type:
        lookup = self.lookup_method(get_proper_type(ctx.type), method)
        if lookup is not None and ctx.args and len(ctx.args[0]) == 1:
            checker = Checker(ctx.api)
            expression = ctx.args[0][0]
            typ = checker.type_of(expression) or ctx.arg_types[0][0]
            each = lookup.use is Use.FIND_EACH
            elements = checker.elements_of(typ) if each else [typ]
            if expression.end_line == expression.line and expression.end_column and elements:
                site = Site(
                    file=os.path.abspath(checker.reporter.file),
                    lines=(
                        min(ctx.context.line, expression.line),
                        max(ctx.context.end_line or 0, expression.line),
                    ),
                    line=expression.line,
                    columns=(expression.column, expression.end_column),
                    operation=OPERATORS.get(method, f"{method}()"),
                    each=each,
                    local=checker.in_function,
                    query=tuple(sorted({kind for one in elements for kind in kinds_of(one)})),
                    key=tuple(sorted(kinds_of(lookup.key))),
                )
                with open(os.environ["KEYVIEW_LOOKUPS"], "a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(site)) + "\n")
        return super().judge(ctx, method, instead)


def kinds_of(typ: Type) -> set[str]:
    """The kinds of values that a type has, as far as an edit needs them; `?` if unknown."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return {kind for item in proper.items for kind in kinds_of(item)}
    if isinstance(proper, LiteralType):
        return kinds_of(proper.fallback)
    if isinstance(proper, NoneType):
        return {"None"}
    if isinstance(proper, TypeType | CallableType | Overloaded):
        is_class = isinstance(proper, TypeType) or proper.is_type_obj()
        return {"class" if is_class else "?"}
    if isinstance(proper, TupleType) and proper.partial_fallback.type.fullname == "builtins.tuple":
        items = [kinds_of(item) for item in proper.items]
        if len(items) == 2 and not (items[0] & items[1] or "?" in items[0] | items[1]):
            return {"pair"}
        return {"tuple"}
    if isinstance(proper, Instance) and not isinstance(proper, AnyType):
        return {_kind_of_class(proper.type)}
    return {"?"}


def _kind_of_class(info: TypeInfo) -> str:
    names = [base.fullname for base in info.mro]
    if info.is_newtype:
        base = info.bases[0].type.fullname
        return f"NewType of {base}" if base in ("builtins.str", "builtins.int") else "?"
    if info.is_enum:
        return "?" if set(names) & {"builtins.str", "builtins.int"} else "enum"
    if info.fullname == "builtins.object" or info.is_protocol or info.is_abstract:
        return "?"
    if info.fullname in ("builtins.str", "builtins.int", "builtins.bytes"):
        return info.name
    if "pathlib.PurePath" in names:
        return "path"
    has_own_equality = any(
        "__eq__" in base.names and base.fullname != "builtins.object" for base in info.mro
    )
    return "?" if has_own_equality or "builtins.type" in names else "object"


def plugin_with(lookups: type[Lookups]) -> type[KeyViewPlugin]:
    """The class of a plugin that judges lookups by a class of yours."""

    class Recording(KeyViewPlugin):
        def __init__(self, options: Options) -> None:
            super().__init__(options)
            self._lookups = lookups(self._config, self._tally)

    return Recording


def plugin(version: str) -> type[KeyViewPlugin]:
    """Return the class of the plugin. mypy calls this function, with its version."""
    return plugin_with(Recorder)

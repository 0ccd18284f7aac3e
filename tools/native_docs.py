"""Write the docstrings of the pure backend into the native one: `python -m tools.native_docs`.

`help(HashMap.entry)` then shows the same text on both backends, with the signature and the example.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keyview import _pure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEADER = Path(__file__).parents[1] / "src/keyview/_native/docstrings.h"
CLASSES: list[type] = [
    _pure.Map,
    _pure.Occupied,
    _pure.Vacant,
    _pure.Lookup,
    _pure.Set,
    _pure.SetLookup,
    _pure.Concat,
    _pure.Slice,
    _pure.SortedMapBase,
    _pure.SortedSetBase,
    _pure.Range,
    _pure.SetRange,
]
#: Classes that have no signature, because only maps make their objects.
MADE = (_pure.Occupied, _pure.Vacant)
#: The bases of the classes that users see, which have docstrings of their own; with their names in the C.
BASES: dict[type, str] = {
    _pure.Map: "Map",
    _pure.Set: "Set",
    _pure.SortedMapBase: "SortedMap",
    _pure.SortedSetBase: "SortedSet",
}
FUNCTIONS: list[Callable[..., Any]] = [_pure.entry, _pure.prefixed, _pure.slices_of]

START = """\
/* The docstrings of _pure, each with its signature. Written by tools/native_docs.py: change them there. */
#ifndef KEYVIEW_DOCSTRINGS_H
#define KEYVIEW_DOCSTRINGS_H
"""
END = "\n#endif\n"


def main() -> None:
    HEADER.write_text(header(), encoding="utf-8")


def header() -> str:
    return START + "".join(f"\n#define {name} {literal(text)}\n" for name, text in texts()) + END


def texts() -> Iterator[tuple[str, str]]:
    """The name of each macro, with its text."""
    for cls in CLASSES:
        owner = name_of(cls)
        if cls not in BASES:
            shown = "" if cls in MADE else signed(cls)
            yield f"DOC_{owner}", shown + documented(cls)
        for name, member in members(cls).items():
            if inspect.isfunction(member) and (not name.startswith("_") or name == "__key__"):
                yield f"DOC_{owner}_{name}", signed(member, "$self") + documented(member)
            elif isinstance(member, property) and not name.startswith("_"):
                yield f"DOC_{owner}_{name}", documented(member)
    for function in FUNCTIONS:
        yield f"DOC_{function.__name__}", signed(function, "$module") + documented(function)


def name_of(cls: type) -> str:
    """The name of a class in the C."""
    return BASES.get(cls, cls.__name__)


def members(cls: type) -> dict[str, Any]:
    """What a class defines, or inherits from a class of keyview."""
    bases = [base for base in reversed(cls.__mro__) if base.__module__.startswith("keyview.")]
    return {name: member for base in bases for name, member in vars(base).items()} | vars(cls)


def documented(thing: Any) -> str:
    text = inspect.getdoc(thing)
    assert text is not None, f"{thing} has no docstring"
    return text


def signed(function: Any, owner: str | None = None) -> str:
    """The first line of a builtin's docstring, from which `inspect` takes its signature.

    Defaults are written `...`, which `inspect` can read there; it cannot read other names.
    """
    parameters = [
        parameter.replace(annotation=parameter.empty)
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self"
    ]
    shown = [str(inspect.Signature(parameters))[1:-1].replace("=MISSING", "=...")]
    if owner is not None:
        slash = [] if any(p.kind is p.POSITIONAL_ONLY for p in parameters) else ["/"]
        shown = [owner, *slash, *shown]
    return f"{function.__name__}({', '.join(filter(None, shown))})\n--\n\n"


def literal(text: str) -> str:
    """A string literal of C, a line for each line of the text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return " \\\n    ".join(f'"{line}"' for line in escaped.replace("\n", "\\n\n").split("\n"))


if __name__ == "__main__":
    main()

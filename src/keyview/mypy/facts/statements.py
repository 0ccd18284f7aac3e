"""The statements of a module or a class, those of the functions and classes in it, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import Expression, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import ClassDef, MypyFile

__all__ = ["every_statement"]

#: The attributes in which a statement has its inner statements and blocks. mypy's own traverser is
#: compiled and cannot be subclassed.
PARTS: Final = ("defs", "body", "bodies", "else_body", "finally_body", "handlers", "func", "items")


def every_statement(tree: MypyFile | ClassDef) -> Iterator[Node]:
    """Every statement of a module or a class, at any depth."""
    pending: list[object] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Expression):
            continue
        if isinstance(node, Node):
            yield node
            pending.extend(getattr(node, part, None) for part in PARTS)
        elif isinstance(node, list):
            pending.extend(node)

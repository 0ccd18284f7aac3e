"""The nodes that a module, a class or another node is made of.

mypy has a walk through them, too, which is compiled and cannot be extended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import (
    AssignmentStmt,
    Block,
    ClassDef,
    Decorator,
    FuncDef,
    IndexExpr,
    Node,
    OverloadedFuncDef,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import MypyFile, Statement

__all__ = ["every_node", "every_statement", "parts_of", "statements_of"]

#: The attributes in which a statement has its inner statements and blocks.
BLOCKS: Final = ("defs", "body", "bodies", "else_body", "finally_body", "handlers", "func", "items")
#: The attributes of nodes that hold other nodes.
PARTS: Final = (
    *(*BLOCKS, "decorators"),
    *("expr", "lvalues", "lvalue", "rvalue", "target", "from_expr", "msg", "subject", "guards"),
    *("callee", "args", "base", "index", "left", "right", "operands", "cond", "if_expr"),
    *("else_expr", "left_expr", "sequences", "condlists", "key", "value", "begin_index"),
    *("end_index", "stride", "generator", "arguments", "initializer", "types", "vars"),
)


class _Having(dict[type[Node], tuple[str, ...]]):
    """Those of some attributes that a class of nodes has: found out when it is met first."""

    def __init__(self, attributes: tuple[str, ...]) -> None:
        super().__init__()
        self._attributes = attributes

    def __missing__(self, kind: type[Node]) -> tuple[str, ...]:
        found = self[kind] = tuple(name for name in self._attributes if hasattr(kind, name))
        return found


#: The statements that are a scope of their own, or hold one.
SCOPES: Final = frozenset({ClassDef, Decorator, FuncDef, OverloadedFuncDef})

_blocks: Final = _Having(BLOCKS)
_parts: Final = _Having(PARTS)


def every_statement(tree: MypyFile | ClassDef) -> Iterator[Node]:
    """Every statement of a module or a class, at any depth."""
    pending: list[Node] = [tree]
    while pending:
        node = pending.pop()
        yield node
        if _blocks[type(node)]:  # Most have none, and the call takes longer.
            pending += _inside(node)


def _inside(node: Node) -> list[Any]:
    """The blocks and the functions that a statement is made of."""
    inside: list[Any] = []
    for attribute in _blocks[type(node)]:
        found = getattr(node, attribute)
        if isinstance(found, list):
            inside += found
        elif found is not None:
            inside.append(found)
    return inside


def statements_of(block: Block) -> Iterator[Statement]:
    """The statements of a block, at any depth, without those of the functions and classes in it."""
    pending: list[Block | Statement] = [block]
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind is not Block:
            yield node
        if kind not in SCOPES and _blocks[kind]:
            pending += _inside(node)


def every_node(root: Node) -> Iterator[Node]:
    """A node and all nodes in it, at any depth."""
    pending: list[object] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, list | tuple):
            pending.extend(node)
        elif isinstance(node, Node):
            yield node
            pending.extend(parts_of(node))


def parts_of(node: Node) -> Iterator[object]:
    """The nodes that a node is made of, and lists of such; not the targets of an assignment itself."""
    for part in _parts[type(node)]:
        found = getattr(node, part)
        if isinstance(node, AssignmentStmt) and part == "lvalues":
            # `x[key] = value` stores, and is no lookup.
            for target in found:
                yield from parts_of(target) if isinstance(target, IndexExpr) else [target]
        elif found is not None:
            yield found

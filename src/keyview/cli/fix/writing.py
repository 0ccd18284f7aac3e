"""How expressions are replaced in a source: what is new has parentheses where it needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Callable

    Enclose = Callable[[cst.BaseExpression, cst.BaseExpression], cst.BaseExpression]

__all__ = ["Replacing", "mark", "replaced"]

WORD: Final = re.compile(r"\w")


class Replacing(cst.CSTTransformer):
    """Puts what `instead` returns in the place of each node, the inner ones first."""

    def instead(
        self, original: cst.CSTNode, updated: cst.CSTNode
    ) -> cst.CSTNode | cst.RemovalSentinel:
        """`updated`, or what is to stand there. In `updated`, the inner nodes have been replaced."""
        raise NotImplementedError

    def on_leave(  # type: ignore[override]  # LibCST has no type for "whatever stands there".
        self, original_node: cst.CSTNode, updated_node: cst.CSTNode
    ) -> cst.CSTNode | cst.RemovalSentinel:
        """What LibCST calls."""
        return self.instead(original_node, updated_node)


def mark(source: str) -> str:
    """The mark at the beginning of some sources, which LibCST leaves out."""
    return "\ufeff" if source.startswith("\ufeff") else ""


def replaced(module: cst.Module, replacing: Callable[[Enclose], cst.CSTTransformer]) -> cst.Module:
    """The module with expressions replaced by a transformer, which gives the old and the new to `Enclose`.

    New ones get parentheses if a word would touch a word: `return(path)in sizes` has no space before `str`.
    """
    try:
        return module.visit(replacing(lambda _, new: new))
    except cst.CSTValidationError:
        return module.visit(replacing(_enclosed))


def _enclosed(old: cst.BaseExpression, new: cst.BaseExpression) -> cst.BaseExpression:
    """The new expression, in parentheses if it begins or ends with a word, and the old one does not."""
    old_code, new_code = (cst.Module([]).code_for_node(each) for each in (old, new))
    if not any(WORD.match(new_code[at]) and not WORD.match(old_code[at]) for at in (0, -1)):
        return new
    return new.with_changes(lpar=[cst.LeftParen(), *new.lpar], rpar=[*new.rpar, cst.RightParen()])

"""The classes of `lessons`: a class of each of two unrelated kinds, in a module of its own."""

from __future__ import annotations

from tests.mypy.programs.syntax_tree_kinds import Statement, Symbol


class FuncDef(Symbol, Statement): ...

"""What names mean: whether one surely has a value, and whether one is a builtin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    N = TypeVar("N", bound=cst.CSTNode)

__all__ = ["Names"]

#: What gives values to names.
BINDING: Final = (
    *(
        cst.AssignTarget,
        cst.AnnAssign,
        cst.AugAssign,
        cst.NamedExpr,
        cst.For,
        cst.AsName,
        cst.Param,
    ),
    *(
        cst.MatchAs,
        cst.MatchStar,
        cst.MatchMapping,
        cst.TypeAlias,
        cst.Import,
        cst.ImportFrom,
        cst.FunctionDef,
        cst.ClassDef,
    ),
)


class Names:
    """The nodes of a module, and what its names mean."""

    def __init__(self, module: cst.Module) -> None:
        self._module = module
        self._index = _Index()
        module.visit(self._index)
        self.parents: Mapping[cst.CSTNode, cst.CSTNode] = self._index.parents
        self._bound: dict[cst.CSTNode, set[str]] = {}
        self._unbound: dict[cst.CSTNode, set[str]] = {}

    def parts(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        """A node and all that is in it, in the order of the source."""
        return self._index.nodes[self._index.starts[node] : self._index.ends[node]]

    def within(self, node: cst.CSTNode, *types: type[N]) -> Iterator[N]:
        """Those parts of a node that are of some classes."""
        return (each for each in self.parts(node) if isinstance(each, types))

    def is_builtin(self, name: str) -> bool:
        """Whether nothing in the module binds a name."""
        return name not in self._bound_anywhere(self._module)

    def means(self, name: str, module: str, imported: str | None) -> bool:
        """Whether nothing in this source binds a name but its import, from a module or of the module."""
        return all(
            _imports(node, module, imported)
            for node in self.within(self._module, *BINDING)
            if name in _may_bind(node, self._module)
        )

    def is_bound(self, name: str, node: cst.CSTNode) -> bool:
        """Whether a name has a value wherever `node` is run, so that it may be read earlier, or in vain.

        It has one if it is a parameter, the target of a loop around the node, or bound by a statement before
        the node in a block around it, and nothing unbinds it.
        """
        bound, child, was_in_function = False, node, False
        while (parent := self.parents.get(child)) is not None:
            if isinstance(parent, (cst.IndentedBlock, cst.Module)):
                # Functions do not see the names of a class around them.
                is_class = isinstance(self.parents.get(parent), cst.ClassDef)
                is_seen = not (was_in_function and is_class)
                bound = bound or (is_seen and name in _bound_before(child, parent))
            bound = bound or name in _bound_inside(parent, child)
            if isinstance(parent, (cst.FunctionDef, cst.Module)):
                if name in self._unbound_in(parent):
                    return False
                if bound or name in self._bound_anywhere(parent):
                    return bound
                was_in_function = True
            elif isinstance(parent, cst.BaseComp):
                was_in_function = True
            child = parent
        return False

    def _bound_anywhere(self, scope: cst.CSTNode) -> set[str]:
        """The names that a scope may bind. Those of functions in it are among them, and do no harm."""
        if scope not in self._bound:
            nodes = self.within(scope, *BINDING)
            self._bound[scope] = {name for node in nodes for name in _may_bind(node, scope)}
        return self._bound[scope]

    def _unbound_in(self, scope: cst.CSTNode) -> set[str]:
        """The names of which something in a scope may take the value, or that mean another scope's."""
        if scope not in self._unbound:
            nodes = self.within(
                scope, cst.Del, cst.ExceptHandler, cst.ExceptStarHandler, cst.NameItem
            )
            self._unbound[scope] = {name for node in nodes for name in _unbinds(node)}
        return self._unbound[scope]


class _Index(cst.CSTVisitor):
    """All nodes, each before its children."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes: list[cst.CSTNode] = []
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        #: Where the nodes in a node begin and end.
        self.starts: dict[cst.CSTNode, int] = {}
        self.ends: dict[cst.CSTNode, int] = {}
        self._open: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if self._open:
            self.parents[node] = self._open[-1]
        self.starts[node] = len(self.nodes)
        self.nodes.append(node)
        self._open.append(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self.ends[original_node] = len(self.nodes)
        self._open.pop()


def _bound_before(child: cst.CSTNode, block: cst.IndentedBlock | cst.Module) -> set[str]:
    """The names that the statements of a block bind before `child`."""
    names: set[str] = set()
    for statement in block.body:
        if statement is child:
            break
        names |= set(_bound_by(statement))
    return names


def _bound_inside(parent: cst.CSTNode, child: cst.CSTNode) -> set[str]:
    """The names that `parent` binds before it runs `child`."""
    match parent:
        case cst.FunctionDef() | cst.Lambda() if child is parent.body:
            return set(_parameters(parent.params))
        case cst.For() if child is parent.body:
            return set(_targets(parent.target))
        case cst.With(items=items) if child is parent.body:
            return {name for item in items for name in _bound_by_item(item)}
        case _:
            return set()


def _may_bind(node: cst.CSTNode, scope: cst.CSTNode) -> Iterator[str]:
    """The names that a node of `BINDING` gives values to, in a scope."""
    match node:
        case cst.For(target=target) | cst.NamedExpr(target=target) | cst.AnnAssign(target=target):
            yield from _targets(target)
        case cst.AugAssign(target=target) | cst.AssignTarget(target=target):
            yield from _targets(target)
        case cst.AsName(name=target):
            yield from _targets(target)
        case cst.MatchAs(name=cst.Name(value=name)) | cst.MatchStar(name=cst.Name(value=name)):
            yield name
        case cst.MatchMapping(rest=cst.Name(value=name)) | cst.TypeAlias(name=cst.Name(value=name)):
            yield name
        case cst.Param(name=cst.Name(value=name)):
            yield name
        case cst.Import() | cst.ImportFrom():
            yield from _bound_by(node)
        case cst.FunctionDef() | cst.ClassDef() if node is not scope:
            yield node.name.value


def _imports(node: cst.CSTNode, module: str, name: str | None) -> bool:
    """Whether a node imports a name from a module, or without a name the module."""
    match node:
        case cst.ImportFrom(module=cst.Name(value=source), names=[*aliases], relative=()):
            return source == module and any(alias.evaluated_name == name for alias in aliases)
        case cst.Import(names=aliases):
            return name is None and any(alias.evaluated_name == module for alias in aliases)
        case _:
            return False


def _unbinds(node: cst.CSTNode) -> Iterator[str]:
    match node:
        case cst.Del(target=target):
            yield from _targets(target)
        case (
            cst.ExceptHandler(name=cst.AsName(name=cst.Name(value=name)))
            | cst.ExceptStarHandler(name=cst.AsName(name=cst.Name(value=name)))
        ):
            yield name
        case cst.NameItem(name=cst.Name(value=name)):
            yield name


def _bound_by(node: cst.CSTNode) -> Iterator[str]:
    """The names that a statement surely binds, if the next one runs."""
    match node:
        case cst.SimpleStatementLine():
            for each in node.body:
                yield from _bound_by(each)
        case cst.Assign():
            for target in node.targets:
                yield from _targets(target.target)
        case (
            cst.AnnAssign(target=target, value=cst.BaseExpression()) | cst.AugAssign(target=target)
        ):
            yield from _targets(target)
        case cst.With(items=[item, *_]):
            # The first may suppress what the others raise.
            yield from _bound_by_item(item)
        case cst.Import(names=aliases) | cst.ImportFrom(names=[*aliases]):
            for alias in aliases:
                yield alias.evaluated_alias or alias.evaluated_name.partition(".")[0]
        case cst.FunctionDef() | cst.ClassDef():
            yield node.name.value
        case _:
            return


def _bound_by_item(item: cst.WithItem) -> Iterator[str]:
    if item.asname is not None:
        yield from _targets(item.asname.name)


def _targets(node: cst.CSTNode) -> Iterator[str]:
    """The names in what is assigned to."""
    match node:
        case cst.Name(value=name):
            yield name
        case cst.Tuple() | cst.List():
            for element in node.elements:
                yield from _targets(element.value)


def _parameters(parameters: cst.Parameters) -> Iterator[str]:
    stars = [parameters.star_arg, parameters.star_kwarg]
    for each in (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params, *stars):
        if isinstance(each, cst.Param):
            yield each.name.value

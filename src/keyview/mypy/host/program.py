"""The program that mypy checks: its modules, its classes, and dependencies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.nodes import MypyFile, TypeInfo
from mypy.server.trigger import make_wildcard_trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mypy.nodes import SymbolNode
    from mypy.plugin import TypeAnalyzerPluginInterface

__all__ = ["Subclasses", "classes_of", "depend_on", "has_module", "is_stub", "named", "set_modules"]

#: The modules of the program by name, as mypy gave them to the plugin.
_modules: dict[str, MypyFile] = {}


def set_modules(modules: dict[str, MypyFile]) -> None:
    """Set the modules of the program."""
    global _modules  # noqa: PLW0603 -- mypy gives the plugin, and nothing else, its modules
    _modules = modules


def has_module(name: str) -> bool:
    """Whether the program imports a module, so far as mypy has come."""
    return name in _modules


def is_stub(module: str) -> bool:
    """Whether a module of the program is a stub."""
    tree = _modules.get(module)
    return tree is not None and tree.is_stub


def named(name: str, module: str) -> SymbolNode | None:
    """What a name, dotted or not, means in a module; None if that is not known."""
    first, *rest = name.split(".")
    symbol = None
    for place in (module, "builtins"):
        tree = _modules.get(place)
        symbol = tree.names.get(first) if tree is not None else None
        if symbol is not None:
            break
    for part in rest:
        owner = symbol.node if symbol is not None else None
        if isinstance(owner, (MypyFile, TypeInfo)):
            symbol = owner.names.get(part)
        else:
            return None
    return symbol.node if symbol is not None else None


def classes_of(tree: MypyFile) -> Iterator[TypeInfo]:
    """The classes that a module defines, with nested classes."""
    pending = [tree.names]
    while pending:
        for symbol in pending.pop().values():
            node = symbol.node
            # Of all names of the program, few are classes; `isinstance` takes longer to say no.
            if type(node) is TypeInfo and node.module_name == tree.fullname:
                yield node
                pending.append(node.names)


def depend_on(info: TypeInfo, api: TypeAnalyzerPluginInterface) -> None:
    """Make mypy's daemon analyse a type again when a member of a class changes."""
    analyzer: Any = api  # The attribute `api`, the semantic analyser, is in no interface.
    analyzer.api.add_plugin_dependency(make_wildcard_trigger(info.fullname))


class Subclasses:
    """Finds classes of the program by what they inherit from."""

    def __init__(self) -> None:
        #: The classes of each module, if it is analysed, that inherit from something.
        self._found: dict[MypyFile, list[TypeInfo]] = {}
        #: The classes with several bases that inherit from a class.
        self._joining: dict[TypeInfo, dict[TypeInfo, None]] = {}
        #: What was found of a class. mypy may not have analysed yet what imports its module.
        self._deciding: dict[TypeInfo, list[TypeInfo]] = {}
        #: All classes of the program that inherit from a class.
        self._below: dict[TypeInfo, list[TypeInfo]] = {}

    def forget(self) -> None:
        """Forget all classes: the program has changed."""
        self._found.clear()
        self.look_again()

    def look_again(self) -> None:
        """Another file is being checked, and mypy may know more classes than before."""
        self._joining.clear()
        self._deciding.clear()
        self._below.clear()

    def common(
        self, modules: Iterable[MypyFile], left: TypeInfo, right: TypeInfo
    ) -> TypeInfo | None:
        """A class of the program that inherits from both; None if there is none."""
        if not self._joining:
            for module in modules:
                for info in self._in(module):
                    for base in info.mro if len(info.bases) > 1 else ():
                        self._joining.setdefault(base, {})[info] = None
        joining = self._joining.get(right, {})
        return next((info for info in self._joining.get(left, ()) if info in joining), None)

    def deciding(self, modules: Iterable[MypyFile], base: TypeInfo) -> list[TypeInfo]:
        """The classes that inherit from one, and bring a hash or an equality of their own."""
        classes = (info for module in modules for info in self._in(module) if _decides(info))
        return _inheriting(base, classes, self._deciding)

    def below(self, modules: Iterable[MypyFile], base: TypeInfo) -> list[TypeInfo]:
        """All classes of the program that inherit from one."""
        classes = (info for module in modules for info in classes_of(module))
        return _inheriting(base, classes, self._below)

    def _in(self, module: MypyFile) -> list[TypeInfo]:
        found = self._found.get(module)
        if found is None:
            found = [info for info in classes_of(module) if len(info.bases) > 1 or _decides(info)]
            if module.names:
                self._found[module] = found
        return found


def _inheriting(
    base: TypeInfo, classes: Iterable[TypeInfo], found: dict[TypeInfo, list[TypeInfo]]
) -> list[TypeInfo]:
    """Those of some classes that inherit from one, if they were not found before."""
    if base not in found:
        found[base] = [info for info in classes if info is not base and base in info.mro]
    return found[base]


def _decides(info: TypeInfo) -> bool:
    return "__eq__" in info.names or "__hash__" in info.names or bool(info.metadata)

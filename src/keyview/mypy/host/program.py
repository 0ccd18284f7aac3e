"""The program that mypy checks: its modules, its classes, and dependencies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.nodes import MypyFile, TypeInfo
from mypy.server.trigger import make_wildcard_trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mypy.plugin import TypeAnalyzerPluginInterface

__all__ = ["CommonSubclasses", "classes_of", "depend_on", "is_stub", "set_modules"]

#: The modules of the program by name, as mypy gave them to the plugin.
_modules: dict[str, MypyFile] = {}


def set_modules(modules: dict[str, MypyFile]) -> None:
    """Set the modules of the program."""
    global _modules  # noqa: PLW0603 -- mypy gives the plugin, and nothing else, its modules
    _modules = modules


def is_stub(module: str) -> bool:
    """Whether a module of the program is a stub."""
    tree = _modules.get(module)
    return tree is not None and tree.is_stub


def classes_of(tree: MypyFile) -> Iterator[TypeInfo]:
    """The classes that a module defines, with nested classes."""
    pending = [symbol.node for symbol in tree.names.values()]
    while pending:
        node = pending.pop()
        if isinstance(node, TypeInfo) and node.module_name == tree.fullname:
            yield node
            pending.extend(symbol.node for symbol in node.names.values())


def depend_on(info: TypeInfo, api: TypeAnalyzerPluginInterface) -> None:
    """Make mypy's daemon analyse a type again when a member of a class changes."""
    analyzer: Any = api  # The attribute `api`, the semantic analyser, is in no interface.
    analyzer.api.add_plugin_dependency(make_wildcard_trigger(info.fullname))


class CommonSubclasses:
    """Finds classes that inherit from two others."""

    def __init__(self) -> None:
        #: The classes with several bases in each module that mypy has analysed.
        self._joining: dict[MypyFile, list[TypeInfo]] = {}

    def forget(self) -> None:
        """Forget all classes: the program has changed."""
        self._joining.clear()

    def find(self, modules: Iterable[MypyFile], left: TypeInfo, right: TypeInfo) -> TypeInfo | None:
        """A class of the program that inherits from both; None if there is none."""
        joining = (info for module in modules for info in self._joining_in(module))
        return next((info for info in joining if left in info.mro and right in info.mro), None)

    def _joining_in(self, module: MypyFile) -> list[TypeInfo]:
        joining = self._joining.get(module)
        if joining is None:
            joining = [info for info in classes_of(module) if len(info.bases) > 1]
            if module.names:
                self._joining[module] = joining
        return joining

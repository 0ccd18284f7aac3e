"""The mypy plugin: write `plugins = ["keyview.mypy"]` under `[tool.mypy]` in pyproject.toml.

This module only dispatches mypy's hooks. `facts` answers questions about types: `facts.relation` whether
a query can find a key, `facts.receivers` whether a method looks something up. `rules` has a file for
each error code, `messages` all messages. `host` has all code that depends on how mypy works inside.
`names` has the full names of classes.
"""

from __future__ import annotations

import os
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from mypy.nodes import MypyFile, TypeInfo
from mypy.plugin import (
    AttributeContext,
    ClassDefContext,
    FunctionContext,
    FunctionSigContext,
    MethodContext,
    MethodSigContext,
    Plugin,
    ReportConfigContext,
)
from mypy.plugins.default import DefaultPlugin

from keyview.mypy import names
from keyview.mypy.config import Config, WrongOptionError, load
from keyview.mypy.facts import eq_bodies
from keyview.mypy.facts.hash_origin import is_in_library
from keyview.mypy.facts.inference import note_guesses
from keyview.mypy.facts.law import declares
from keyview.mypy.facts.out_of_reach import out_of_reach
from keyview.mypy.facts.receivers import METHODS, is_named, is_own, looks_up
from keyview.mypy.host import program
from keyview.mypy.host.decorators import (
    makes_attrs_classes,
    makes_dataclasses,
    note_attrs,
    note_dataclass,
)
from keyview.mypy.host.tally import Tally, is_installed
from keyview.mypy.host.versions import missing_of_mypy, stop
from keyview.mypy.rules.adapters import infer_asked
from keyview.mypy.rules.collections import MAKERS, Collections
from keyview.mypy.rules.functions import FUNCTIONS, name_callee
from keyview.mypy.rules.key_view_equal import METHODS as COMPARING
from keyview.mypy.rules.key_view_law import check_class, check_special_class
from keyview.mypy.rules.lookups import Lookups

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.options import Options
    from mypy.types import FunctionLike, Type

__all__ = ["plugin"]


def fingerprint(folder: Path) -> str:
    """A digest of the Python sources in a folder and its subfolders."""
    digest = blake2b()
    # At the start of each run: a Path for each file, and SHA-256, take twice as long.
    for parent, _, files in sorted(os.walk(folder)):
        for file in sorted(files):
            if file.endswith(".py"):
                with open(os.path.join(parent, file), "rb") as source:
                    digest.update(source.read())
    return digest.hexdigest()


#: Whether mypy shows a module when it has checked it; before 2.4, what is out of reach is not counted.
SHOWS_TREES = hasattr(Plugin, "get_additional_indirect_deps")
FINGERPRINT = fingerprint(Path(__file__).parent)
# mypy compares `__version__`, and the source of this file, to decide whether its cache can be used. The
# other sources of the plugin therefore are in `__version__`.
__version__ = FINGERPRINT


class Hooks(dict[str, object]):
    """The hook that there is for a name, or None: found out when it is asked for first."""

    def __init__(self, find: Callable[[str], object]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> object:
        found = self[name] = self._find(name)
        return found


class KeyViewPlugin(Plugin):
    """Gives mypy the hooks for the lookup methods of the classes that the plugin judges."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._trouble = missing_of_mypy()
        try:
            self._config = load(options)
        except WrongOptionError as error:
            self._config, self._trouble = Config(), str(error)
        self._tally = Tally(options.cache_dir)
        self._lookups = Lookups(self._config, self._tally)
        self._collections = Collections(options)
        self._methods = METHODS | {name.rpartition(".")[2] for name in self._config.lookups}
        self._default = DefaultPlugin(options)
        is_daemon = options.fine_grained_incremental or options.cache_fine_grained
        self._note_class = note_class if is_daemon else eq_bodies.note_eq_body
        #: The hooks, until mypy reads a file, in which classes may have changed.
        self._known = {
            "get_method_signature_hook": Hooks(self._signature_hook),
            "get_method_hook": Hooks(self._method_hook),
            "get_function_signature_hook": Hooks(self._function_signature_hook),
            "get_function_hook": Hooks(self._function_hook),
            "get_class_attribute_hook": Hooks(self._attribute_hook),
            "get_class_decorator_hook": Hooks(self._decorator_hook),
        }
        # mypy asks ten times for each lookup, and for each annotation. Nearly always there is no hook, so a
        # dictionary answers.
        answers = {question: hooks.__getitem__ for question, hooks in self._known.items()}
        answers["get_type_analyze_hook"] = self._collections.hooks.get
        for question, answer in answers.items():
            setattr(self, question, answer)
        data = self._config.data()
        # mypy compares the source of its plugins once for the whole program, and this data for each module:
        # a module that is first checked some runs after an upgrade is checked again, too.
        self._data = {**data, "fingerprint": FINGERPRINT}
        # mypy's daemon compares only `__version__` when it decides whether to restart.
        configured = self._trouble or sorted(data.items())
        globals()["__version__"] = f"{FINGERPRINT}:{configured}"

    def set_modules(self, modules: dict[str, MypyFile]) -> None:
        # Report errors of the configuration here, not in __init__: mypy shows an error that is raised
        # here as one line, and its daemon continues.
        if self._trouble:
            stop(self._trouble)
        super().set_modules(modules)
        program.set_modules(modules)

    def report_config_data(self, ctx: ReportConfigContext) -> dict[str, object]:
        if not (ctx.is_check or SHOWS_TREES):
            self._tally.finish(ctx.id)
        return self._data

    def get_additional_indirect_deps(self, file: MypyFile) -> set[str]:
        # Nothing depends on it: it is where mypy 2.4 shows a module that it has checked.
        if self._tally.is_kept and not file.is_stub and not is_installed(file.path):
            self._tally.finish(file.fullname, out_of_reach(file, self.options))
        return set()

    def _signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        if fullname.endswith(".by") and self._is_our_class(fullname.removesuffix(".by")):
            return infer_asked
        method = self._lookup_method(fullname)
        if method is None:
            return None
        instead = self._default.get_method_signature_hook(fullname)
        return partial(self._lookups.widen, method=method, instead=instead)

    def _method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        name = fullname.rpartition(".")[2]
        if name == "__init_subclass__":
            return check_class
        if self._config.comparisons and name in COMPARING:
            return self._lookups.judge_comparison
        if fullname in MAKERS:
            return self._collections.made
        if fullname in FUNCTIONS and self._config.collections == "all":
            return partial(self._judge_passed, function=fullname, instead=None)
        method = self._lookup_method(fullname)
        if method is None:
            return None
        instead = self._default.get_method_hook(fullname)
        return partial(self._lookups.judge, method=method, instead=instead)

    def _function_signature_hook(
        self, fullname: str
    ) -> Callable[[FunctionSigContext], FunctionLike] | None:
        if fullname == names.ENTRY:
            return self._lookups.widen_entry
        method = self._lookup_method(fullname)  # `name_callee` gave the call its name.
        return partial(self._lookups.widen_called, method=method) if method is not None else None

    def _function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        if fullname == names.ENTRY:
            return self._lookups.judge_entry
        if fullname in FUNCTIONS and self._config.collections == "all":
            instead = self._default.get_function_hook(fullname)
            return partial(self._judge_passed, function=fullname, instead=instead)
        if self._lookup_method(fullname) is not None:  # `name_callee` gave the call its name.
            return partial(self._judge_passed, function=fullname, instead=None)
        return self._collections.made if self._is_our_class(fullname) else None

    def _attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        method = self._lookup_method(fullname)
        return partial(name_callee, fullname=fullname) if method is not None else None

    def _decorator_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        instead = self._default.get_class_decorator_hook(fullname)
        if instead is None:
            return None
        if makes_dataclasses(fullname):
            return partial(note_dataclass, first=instead)
        return partial(note_attrs, first=instead) if makes_attrs_classes(fullname) else None

    def get_base_class_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        if not program.has_module(names.VIEWS) or is_in_library(fullname):
            return None
        info = self._class(fullname)
        return check_special_class if info is not None and declares(info) else None

    def get_customize_class_mro_hook(
        self, fullname: str
    ) -> Callable[[ClassDefContext], None] | None:
        # What the standard library's classes are equal to is in tables, and their stubs have no bodies.
        return None if is_in_library(fullname) else self._note_class

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        self._lookups.forget()
        eq_bodies.forget()
        for hooks in self._known.values():
            hooks.clear()
        return []

    def _judge_passed(
        self,
        ctx: FunctionContext | MethodContext,
        function: str,
        instead: Callable[[FunctionContext], Type] | None,
    ) -> Type:
        """The return type of a function, after the judgement of the lookups that it makes."""
        result = ctx.default_return_type
        if instead is not None and isinstance(ctx, FunctionContext):
            result = instead(ctx)
        return self._lookups.judge_passed(ctx, function, result)

    def _lookup_method(self, fullname: str) -> str | None:
        """The name of the method, if it looks up keys in a class that the plugin judges; else None.

        mypy calls the hook of the first plugin that has one for a method. This plugin therefore claims
        no other methods, and its hooks call mypy's own hook if the receiver turns out not to be judged:
        a TypedDict, for example, is a `typing.Mapping` here.
        """
        receiver, _, method = fullname.rpartition(".")
        return method if method in self._methods and self._is_judged(receiver, method) else None

    def _is_judged(self, receiver: str, method: str) -> bool:
        info = self._class(receiver)
        if info is None:
            return False
        if is_named(info, method, self._config.lookups):
            return True
        if self._config.collections != "all" and not is_own(info):
            return False
        return looks_up(info, method)

    def _is_our_class(self, fullname: str) -> bool:
        if not program.has_module(names.VIEWS):
            return False
        info = self._class(fullname)
        return info is not None and is_own(info)

    def _class(self, fullname: str) -> TypeInfo | None:
        symbol = self.lookup_fully_qualified(fullname)
        return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None


def note_class(ctx: ClassDefContext) -> None:
    """Keep what the plugin has to know of a class, and what mypy's daemon would not see change."""
    eq_bodies.note_eq_body(ctx)
    note_guesses(ctx)


def plugin(version: str) -> type[Plugin]:
    """Return the class of the plugin. mypy calls this function, with its version."""
    return KeyViewPlugin

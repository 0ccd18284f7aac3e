"""The mypy plugin: write `plugins = ["keyview.mypy"]` under `[tool.mypy]` in pyproject.toml.

Only dispatch is here. `relation` decides, `receivers` says what is a lookup, `hooks` connects the two
to mypy, `messages` holds the sentences.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mypy.errors import CompileError
from mypy.nodes import MypyFile, TypeInfo
from mypy.plugin import MethodContext, MethodSigContext, Plugin, ReportConfigContext
from mypy.plugins.default import DefaultPlugin

from keyview.mypy.config import Config, WrongOptionError, load
from keyview.mypy.hooks import Lookups
from keyview.mypy.receivers import METHODS, is_named, is_own, is_receiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.options import Options
    from mypy.types import FunctionLike, Type

__all__ = ["plugin"]


def fingerprint(folder: Path) -> str:
    """A digest of the Python sources in a folder."""
    digest = sha256()
    for source in sorted(folder.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


FINGERPRINT = fingerprint(Path(__file__).parent)
# mypy compares this, and of the sources this file only, to tell whether its cache is still good.
__version__ = FINGERPRINT


class KeyViewPlugin(Plugin):
    """Dispatches mypy's hooks for the lookup methods of the receivers we know."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._wrong_option = ""
        try:
            self._config = load(options)
        except WrongOptionError as error:
            self._config, self._wrong_option = Config(), str(error)
        self._lookups = Lookups(self._config)
        self._methods = METHODS | {name.rpartition(".")[2] for name in self._config.lookups}
        self._default = DefaultPlugin(options)
        #: The answers of `_lookup_method`, until a file is read and classes may be others.
        self._known: dict[str, str | None] = {}
        # The daemon compares nothing else when it decides whether to start anew.
        configured = self._wrong_option or sorted(self._config.data().items())
        globals()["__version__"] = f"{FINGERPRINT}:{configured}"

    def set_modules(self, modules: dict[str, MypyFile]) -> None:
        # From here mypy shows an error as one line, and its daemon survives it; in __init__ neither.
        if self._wrong_option:
            raise CompileError([self._wrong_option])
        super().set_modules(modules)

    def report_config_data(self, ctx: ReportConfigContext) -> dict[str, object]:
        return self._config.data()

    def get_method_signature_hook(
        self, fullname: str
    ) -> Callable[[MethodSigContext], FunctionLike] | None:
        method = self._lookup_method(fullname)
        if method is None:
            return None
        instead = self._default.get_method_signature_hook(fullname)
        return partial(self._lookups.widen, method=method, instead=instead)

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        method = self._lookup_method(fullname)
        if method is None:
            return None
        instead = self._default.get_method_hook(fullname)
        return partial(self._lookups.judge, method=method, instead=instead)

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        self._lookups.forget()
        self._known.clear()
        return []

    def _lookup_method(self, fullname: str) -> str | None:
        """The name of the method, if it looks up keys and belongs to a class we judge.

        mypy calls the hook of the first plugin that has one: whoever claims too much takes it from
        others, and from mypy's own, which we call ourselves where the receiver is not ours after all
        (a TypedDict is a `typing.Mapping` here).
        """
        if fullname in self._known:
            return self._known[fullname]
        receiver, _, method = fullname.rpartition(".")
        known = method if method in self._methods and self._is_judged(receiver, method) else None
        self._known[fullname] = known
        return known

    def _is_judged(self, receiver: str, method: str) -> bool:
        symbol = self.lookup_fully_qualified(receiver)
        info = symbol.node if symbol is not None else None
        if not isinstance(info, TypeInfo):
            return False
        if is_named(info, method, self._config.lookups):
            return True
        if method not in METHODS or not is_receiver(info):
            return False
        return self._config.collections == "all" or is_own(info)


def plugin(version: str) -> type[Plugin]:
    """What mypy calls with its version to get the plugin."""
    return KeyViewPlugin

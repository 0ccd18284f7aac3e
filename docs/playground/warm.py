"""What warm.js has Pyodide's Python do when the site is built, so that no reader waits for it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as write_compiled
from typing import TYPE_CHECKING
from zipimport import zipimporter

if TYPE_CHECKING:
    from types import ModuleType


def warm(session: ModuleType, imports: str, tree: str) -> None:
    """Write what a check of `imports` needs into a copy of the file system: mypy's caches, bytecode."""
    for plugin in (True, False):
        session.check(imports, False, plugin)
    into = Path(tree)
    cache = session.HOME / session.CACHE
    shutil.copytree(cache, within(into, cache))
    for module in list(sys.modules.values()):
        write_bytecode(module, into)


def write_bytecode(module: ModuleType, tree: Path) -> None:
    """Compile the source of a module, if it has one, as Python would when it is imported.

    The compiled file is never compared with its source: times of files are lost in zip files.
    """
    spec = module.__spec__
    loader = spec and spec.loader
    if not isinstance(loader, SourceFileLoader | zipimporter):
        return
    name = loader.get_filename(module.__name__)
    # In a zip file Python looks for it beside the source.
    in_zip = isinstance(loader, zipimporter)
    compiled = within(tree, Path(name + "c" if in_zip else cache_from_source(name)))
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as source:
        source.write(loader.get_source(module.__name__) or "")
        source.flush()
        write_compiled(
            source.name,
            cfile=str(compiled),
            dfile=name,
            doraise=True,
            invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        )


def within(tree: Path, path: Path) -> Path:
    """Where a path of Pyodide's file system is in the copy."""
    return tree / path.relative_to("/")

"""keyview with the real libraries of the dependency group `ecosystem`, on the one Python that has them."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: As the markers of the group say. Not every library has wheels for each Python, and none is to be compiled.
PYTHON = (3, 13)

if sys.version_info[:2] == PYTHON:
    import dask.sizeof
    import typeguard
else:
    collect_ignore_glob = ["test_*.py"]


class Family:
    """The public collections of one keyview, so that a test is about all of them."""

    def __init__(self, kv: Any) -> None:
        public = [cls for name in kv.__all__ if isinstance(cls := getattr(kv, name), type)]
        hooks = kv._hooks.Hooks
        everything: list[Any] = [cls for cls in public if issubclass(cls, hooks)]
        self.maps = [cls for cls in everything if hasattr(cls, "__setitem__")]
        self.sets = [cls for cls in everything if hasattr(cls, "add")]
        assert len(everything) == len(self.maps) + len(self.sets)

    def examples(self, pairs: Mapping[Any, Any]) -> list[Any]:
        """A collection of each kind: of the pairs, or of their keys."""
        return [cls(pairs) for cls in self.maps] + [cls(list(pairs)) for cls in self.sets]


@pytest.fixture(scope="session")
def plugins(kv: Any) -> Iterator[None]:
    """What the libraries did when they were imported, for this keyview: they called its entry points."""
    [register] = entry_points(group="hypothesis", name="keyview")
    import_module(register.module).register()
    import_module("keyview.integrations.dask").register(dask.sizeof.sizeof)
    before = typeguard.checker_lookup_functions[:]
    typeguard.load_plugins()
    yield
    typeguard.checker_lookup_functions[:] = before


@pytest.fixture
def family(kv: Any, plugins: None) -> Family:
    return Family(kv)

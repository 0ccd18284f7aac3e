"""`kv`: the keyview package, once with each backend. Behavioural tests never know which one it is."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

import tests.hypothesis_profiles  # noqa: F401 -- before the first test that draws examples

if TYPE_CHECKING:
    from collections.abc import Iterator


def installed_backends() -> list[str]:
    """The installed backends. The native one is not imported: if it is broken, the tests must fail."""
    return ["pure"] if find_spec("keyview._core") is None else ["pure", "native"]


def backends_to_test() -> list[str]:
    """The installed backends, or those that KEYVIEW_TEST_BACKENDS names, separated by commas."""
    installed = installed_backends()
    named = os.environ.get("KEYVIEW_TEST_BACKENDS", "")
    chosen = [name.strip() for name in named.split(",") if name.strip()] or installed
    if missing := [name for name in chosen if name not in installed]:
        raise pytest.UsageError(
            f"KEYVIEW_TEST_BACKENDS asks for {', '.join(missing)}, but installed are only "
            f"{', '.join(installed)}; build the missing backend, or leave it out"
        )
    return chosen


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show, at the end of the report, which backends were tested."""
    tested = backends_to_test()
    terminalreporter.write_line(f"Backends tested: {', '.join(tested)}")
    if "native" not in tested:
        terminalreporter.write_line(
            "The native backend was NOT tested: keyview was installed without it, or "
            "KEYVIEW_TEST_BACKENDS leaves it out",
            yellow=True,
        )


def _loaded_modules() -> dict[str, Any]:
    return {
        name: module
        for name, module in sys.modules.items()
        if name == "keyview" or name.startswith("keyview.")
    }


@contextmanager
def fresh_keyview(backend: str) -> Iterator[Any]:
    """A new keyview package on `backend`; during the body it is in `sys.modules`, where pickle finds it."""
    outer = _loaded_modules()
    for name in outer:
        del sys.modules[name]
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KEYVIEW_BACKEND", backend)
            package = importlib.import_module("keyview")
        yield package
    finally:
        for name in _loaded_modules():
            del sys.modules[name]
        sys.modules.update(outer)


@pytest.fixture(scope="session", params=backends_to_test())
def kv(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The keyview package on one backend; a test with this fixture runs once on each."""
    with fresh_keyview(request.param) as package:
        assert package.backend == request.param
        yield package


@pytest.fixture(autouse=True, scope="module")
def small_collections() -> Iterator[None]:
    """Keep the objects of pytest, of other modules and of other tests out of garbage collections.

    Many tests collect, which would take a hundred times as long.
    """
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()

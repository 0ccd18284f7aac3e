"""The tests of sortedcontainers, with our collections in its place.

Its sdist leaves them out: `KEYVIEW_SORTEDCONTAINERS_TESTS` names the folder `tests` of a checkout of v2.4.0.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sortedcontainers.adapter import sortedcontainers_of

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = os.environ.get("KEYVIEW_SORTEDCONTAINERS_TESTS", "")
PACKAGE = "tests_of_sortedcontainers"

#: What fails by design, by module, with the reason.
DIFFERENT: dict[str, dict[str, tuple[str, ...]]] = {
    "test_coverage_sorteddict": {
        "there are no key functions": (
            *("init_key", "iter_key", "reversed_key", "irange_key", "index_key", "bisect_key"),
            *("bisect_key2", "pickle", "repr_recursion"),
        ),
        "a range or a list is cut, not the map": ("islice", "iloc", "index"),
        "live views have no positions": (
            *("keysview", "valuesview", "itemsview", "values_view_index", "items_view_index"),
        ),
        "it is about a private name": ("notgiven",),
    },
    "test_stress_sorteddict": {},
    "test_coverage_sortedset": {
        "there are no key functions": (
            *(
                "init_key",
                "getitem_key",
                "delitem_key",
                "irange_key",
                "bisect_key",
                "pickle",
                "repr",
            ),
        ),
        "a range or a list is cut, not the set": ("getitem_slice", "delitem_slice", "islice"),
        "operators take sets only, as those of set": (
            *("sub", "isub", "and", "intersection_update", "ior"),
        ),
        "a set has no place in its own order": ("repr_recursion",),
    },
    "test_stress_sortedset": {"it is about a private name": ("init",)},
}


@pytest.fixture
def suite(kv: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Imports a module of the suite again, for this backend."""
    if not FOLDER:
        pytest.skip(
            "KEYVIEW_SORTEDCONTAINERS_TESTS does not say where the tests of sortedcontainers are"
        )
    init = Path(FOLDER, "__init__.py")
    spec = importlib.util.spec_from_file_location(
        PACKAGE, init, submodule_search_locations=[FOLDER]
    )
    assert spec is not None, f"there is no package in {FOLDER}"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "path", [*sys.path])  # Their context.py extends it.
    monkeypatch.setitem(sys.modules, PACKAGE, importlib.util.module_from_spec(spec))
    monkeypatch.setitem(sys.modules, "sortedcontainers", sortedcontainers_of(kv))
    for name in (*DIFFERENT, "context"):
        monkeypatch.delitem(sys.modules, f"{PACKAGE}.{name}", raising=False)
    random.seed(0)
    return lambda name: importlib.import_module(f"{PACKAGE}.{name}")


@pytest.mark.parametrize("module", DIFFERENT)
def test_of_sortedcontainers(suite: Callable[[str], Any], module: str) -> None:
    found = vars(suite(module))
    tests = {name[5:]: test for name, test in found.items() if name.startswith("test_")}
    different = {name for names in DIFFERENT[module].values() for name in names}
    assert different <= tests.keys()
    failed = {}
    for name, test in tests.items():
        try:
            test()
        except (Exception, pytest.fail.Exception) as error:
            failed[name] = error
    assert {name: failed[name] for name in failed.keys() - different} == {}
    assert different <= failed.keys(), "a test is listed as one that fails, and does not fail"

"""CPython's own tests of mappings (`test.mapping_tests`), run against HashMap."""

from __future__ import annotations

import importlib
import unittest
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.tools import derived

if TYPE_CHECKING:
    from collections.abc import Callable

mapping_tests: Any = importlib.import_module("test.mapping_tests")
SUITES: list[Any] = [
    mapping_tests.BasicTestMappingProtocol,
    mapping_tests.TestMappingProtocol,
    mapping_tests.TestHashMappingProtocol,
]


def _repr_of_a_hash_map(case: Any) -> None:
    made = case._empty_mapping()
    case.assertEqual(repr(made), "HashMap({})")
    made[1] = 2
    case.assertEqual(repr(made), "HashMap({1: 2})")
    made[1] = made
    case.assertEqual(repr(made), "HashMap({1: HashMap({...})})")

    class Unshowable:
        def __repr__(self) -> str:
            raise ZeroDivisionError

    with case.assertRaises(ZeroDivisionError):
        repr(case._full_mapping({1: Unshowable()}))


DIFFERS_BY_DESIGN: dict[tuple[str, str], Callable[[Any], None]] = {
    # It wants a dict's own text, `{}`; that of a HashMap says that it is one.
    ("TestHashMappingProtocol", "test_repr"): _repr_of_a_hash_map,
}

CASES = [
    pytest.param(suite, name, id=f"{suite.__name__}-{name}")
    for suite in SUITES
    for name in unittest.defaultTestLoader.getTestCaseNames(suite)
]


@pytest.mark.parametrize(("suite", "name"), CASES)
def test_mapping_protocol(kv: Any, suite: Any, name: str) -> None:
    members: dict[str, Any] = {"type2test": kv.HashMap}
    if (suite.__name__, name) in DIFFERS_BY_DESIGN:
        members[name] = DIFFERS_BY_DESIGN[suite.__name__, name]
    result = unittest.TestResult()
    derived(suite, name=suite.__name__, **members)(name).run(result)
    assert result.testsRun == 1
    assert result.skipped == result.expectedFailures == [], "a case must not be skipped in silence"
    assert "".join(text for _, text in result.errors + result.failures) == ""


def test_what_differs_is_still_there() -> None:
    """An override of a test that CPython has renamed would override nothing."""
    for suite, name in DIFFERS_BY_DESIGN:
        assert callable(getattr(getattr(mapping_tests, suite), name))
    assert len(CASES) > 50

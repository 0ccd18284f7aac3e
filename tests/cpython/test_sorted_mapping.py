"""CPython's own tests of a mapping, run against SortedMap; but not those of hashes: it needs none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cpython.differences import DIFFERENCES
from tests.cpython.suites import Case, Suite, cases, failures

SUITE = Suite(
    "mapping_tests", ("BasicTestMappingProtocol", "TestMappingProtocol"), attribute="type2test"
)
CASES = list(cases(SUITE))
#: As of a HashMap's, which is listed with its reason: `popitem` takes an argument.
LISTED = [d for listed in DIFFERENCES.values() for d in listed if d.where.endswith("test_popitem")]


@pytest.mark.skipif(not CASES, reason="this Python comes without CPython's tests")
def test_they_are_there() -> None:
    assert len(CASES) > 20


@pytest.mark.parametrize("case", CASES, ids=str)
def test_of_cpython(kv: Any, case: Case) -> None:
    failed = failures(case, kv.SortedMap, tuple(d for d in LISTED if d.applies(kv.backend)))
    assert failed == [], failed[0].text

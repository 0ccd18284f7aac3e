"""CPython's own tests of dicts, mappings and iterators, run against HashMap."""

from __future__ import annotations

import os
import re
import unittest
from pathlib import Path
from typing import Any

import pytest

from tests.cpython.differences import DIFFERENCES, SET_DIFFERENCES
from tests.cpython.suites import SUITES, Case, Difference, Suite, cases, failures, stale

CASES = [case for suite in SUITES for case in cases(suite)]
LISTED = [
    difference
    for differences in (DIFFERENCES, SET_DIFFERENCES)
    for listed in differences.values()
    for difference in listed
]
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_this_python_comes_with_them() -> None:
    missing = ", ".join(sorted({f"test.{suite.module}" for suite in SUITES if suite.spec is None}))
    if missing and not os.environ.get("KEYVIEW_REQUIRE_CPYTHON_TESTS"):
        pytest.skip(f"this Python comes without {missing}, as Debian's does; they are not run")
    assert missing == "", "KEYVIEW_REQUIRE_CPYTHON_TESTS insists on CPython's tests"
    expected = {(suite, class_name) for suite in SUITES for class_name in suite.classes}
    assert {(case.suite, case.class_name) for case in CASES} == expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_of_cpython(kv: Any, case: Case) -> None:
    differences = tuple(d for d in LISTED if d.applies(kv.backend))
    ours = getattr(kv, case.suite.ours)
    # The core keeps freed maps for the next ones. So that the tests before this one do not matter:
    freed = [ours() for _ in range(8)]
    del freed
    failed = failures(case, ours, differences)
    if failed and failed[0].kind is unittest.SkipTest:
        pytest.skip(failed[0].text.strip())
    if any(d.where == str(case) and not d.statement for d in differences):
        assert failed, "this test is listed as one that fails, and does not fail"
    elif failed and case.suite.beyond_dict:
        of_dict = failures(case, dict)
        assert [f[:2] for f in failed] == [f[:2] for f in of_dict], failed[0].text
    else:
        assert failed == [], failed[0].text


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: f"{suite.module}-{suite.classes[0]}")
def test_a_listed_statement_is_there(kv: Any, suite: Suite) -> None:
    """CPython rewrites its tests. Where it has, the list holds what nobody needs any more."""
    differences = tuple(d for d in LISTED if d.applies(kv.backend))
    assert suite.spec is None or stale(suite, differences) == set()


@pytest.mark.skipif(not CASES, reason="this Python comes without CPython's tests")
def test_a_listed_statement_that_holds_is_a_failure() -> None:
    case = next(case for case in CASES if str(case) == "test_dict.DictTest.test_bool")
    assert failures(case, dict) == []
    [failure] = failures(case, dict, (Difference(str(case), "self.assertIs(not {}, True)"),))
    assert "there is none" in failure.text


@pytest.mark.parametrize(
    ("page", "heading", "differences"),
    [
        ("hashmap.md", "## What a dict does otherwise", DIFFERENCES),
        ("hashset.md", "## What a set does otherwise", SET_DIFFERENCES),
    ],
    ids=["hashmap", "hashset"],
)
def test_the_page_lists_what_differs(
    page: str, heading: str, differences: dict[str, list[Difference]]
) -> None:
    """The list for readers is that of the tests, word by word."""
    section = (REFERENCE / page).read_text().partition(heading)[2].partition("\n## ")[0]
    points = [" ".join(point.split()) for point in re.split(r"^- ", section, flags=re.MULTILINE)]
    by_design = [reason for reason in differences if not reason.startswith("defect:")]
    assert points[1:] == by_design

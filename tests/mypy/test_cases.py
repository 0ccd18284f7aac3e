"""The case file: pairs of types with a verdict, asked of the plugin and of the run time.

`cases/lookups.toml` says of each pair whether a lookup of one type can find a key of the other. mypy
with the plugin must agree, for every operation, and so must what really happens to values of them.
"""

from __future__ import annotations

import json
import runpy
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mypy import api

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent / "cases"
CASES = tomllib.loads((HERE / "lookups.toml").read_text("utf-8"))["case"]
OPERATIONS = (
    "m.get(q)",
    "m.get(q, None)",
    "m[q]",
    "q in m",
    "m.pop(q)",
    "del m[q]",
    "m.get_entry(q)",
)

OF_LOOKUPS = ("key-view", "key-view-may-raise", "key-view-unhashable")

#: Accepted by default although the samples are not found: what the types say is not all there is.
NEVER_FOUND = {
    "date-datetime": "a datetime is a date to a type checker, and never equal to one",
    "datetime-date": "as above, the other way round",
}
#: Refused by default although the samples are found: nobody means such a lookup.
FOUND = {
    "opt-both-disj": "None finds None",
    "nt-other": "a NewType is its base at run time",
    "nt-nt2": "NamedTuples are tuples",
    "fs-fsstr-empty": "the empty frozensets are equal",
    "strlist-union": "the str finds; a list would raise",
}

CaseIds = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


@pytest.fixture(scope="session")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], set[int]]:
    """The numbers of the cases that an operation is refused for; mypy runs once."""

    @cache
    def run() -> dict[str, set[int]]:
        folder = tmp_path_factory.mktemp("cases")
        lines = [
            *(HERE / "preamble.py").read_text("utf-8").splitlines(),
            "from keyview import HashMap",
        ]
        places = {}
        for number, case in enumerate(CASES):
            lines.append(
                f"def case_{number}(m: HashMap[{case['stored']}, int], q: {case['lookup']}) -> None:"
            )
            for operation in OPERATIONS:
                lines.append(f"    {operation}")
                places[len(lines)] = (operation, number)
        program = folder / "program.py"
        program.write_text("\n".join(lines) + "\n", "utf-8")
        config = folder / "mypy.ini"
        config.write_text("[mypy]\nplugins = keyview.mypy\nstrict_equality = True\n", "utf-8")
        output, problems, _ = api.run(
            [
                *("--config-file", str(config), "--cache-dir", str(folder / "cache")),
                *("--output", "json", str(program)),
            ]
        )
        assert not problems
        found: dict[str, set[int]] = {operation: set() for operation in OPERATIONS}
        for line in output.splitlines():
            diagnostic = json.loads(line)
            operation, number = places[diagnostic["line"]]
            assert diagnostic["code"] in OF_LOOKUPS, diagnostic
            assert number not in found[operation], f"reported twice: {diagnostic}"
            found[operation].add(number)
        return found

    return lambda operation: run()[operation]


@pytest.mark.parametrize("operation", OPERATIONS)
@CaseIds
def test_verdict(case: dict[str, str], operation: str, refused: Callable[[str], set[int]]) -> None:
    is_refused = CASES.index(case) in refused(operation)
    assert is_refused == case["verdict"].startswith("reject"), case["why"]


@CaseIds
def test_verdict_is_true(case: dict[str, str], kv: Any) -> None:
    names = runpy.run_path(str(HERE / "preamble.py"))
    stored = eval(case["stored_sample"], names)
    text = case["lookup_sample"]
    lookup = stored if text == "STORED" else eval(text, names)
    for collection in (kv.HashMap([(stored, 1)]), {stored: 1}):
        try:
            found = lookup in collection
        except TypeError:
            found = False  # Unhashable.
        if case["name"] in NEVER_FOUND:
            assert not found, NEVER_FOUND[case["name"]]
        elif case["name"] in FOUND:
            assert found, FOUND[case["name"]]
        else:
            assert found == case["verdict"].startswith("accept"), case["why"]

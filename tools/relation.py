"""The relation as data: `python -m tools.relation` writes `docs/proof/relation.json` for other type checkers.

The pairs of types are those of `tests/mypy/cases/lookups.toml`, of which tests prove both the verdict, with
every kind of lookup, and the witness, in each collection. The kind and the reason are what `relate` says of
the two.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from typing import TYPE_CHECKING, Any, Final

from mypy.build import build
from mypy.modulefinder import BuildSource
from mypy.nodes import FuncDef
from mypy.options import Options
from mypy.types import CallableType

from keyview.mypy.facts.relation import Program, relate
from keyview.mypy.host.program import Subclasses, set_modules
from keyview.mypy.names import PLUGIN
from tests.mypy.test_cases import CASES, FOUND, HERE, NEVER_FOUND
from tools.packages import ROOT
from tools.run_relation import FILE

if TYPE_CHECKING:
    from keyview.mypy.facts.relation import Verdict

#: Of the form of the file. A pair may be added or mended without a new one.
VERSION: Final = 1
ABOUT: Final = (
    "Can a lookup of one type find a key of another in a dict? Each pair has a witness: values that are as "
    "equal as the types allow, and whether the one finds the other. A verdict that is by_default is a matter "
    "of taste: 'accept' although nothing is found, or 'reject' although something is, or of an option."
)


def main() -> None:
    FILE.write_text(text(), "utf-8")


def text() -> str:
    """The whole file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    verdicts = judged()
    relation = {
        "version": VERSION,
        "licence": project["license"],
        "about": ABOUT,
        "preamble": preamble(),
        "pairs": [pair(case, verdict) for case, verdict in zip(CASES, verdicts, strict=True)],
    }
    return json.dumps(relation, indent=1, ensure_ascii=False) + "\n"


def preamble() -> str:
    """The imports and classes that types and witnesses use."""
    return (HERE / "preamble.py").read_text("utf-8")


def pair(case: dict[str, str], verdict: Verdict) -> dict[str, Any]:
    accepted = case["verdict"].startswith("accept")
    asked = case["lookup_sample"]
    return {
        "name": case["name"],
        "stored": case["stored"],
        "lookup": case["lookup"],
        "verdict": "accept" if accepted else "reject",
        "by_default": case["verdict"].endswith("by-default"),
        "kind": verdict.kind.name.lower(),
        "reason": verdict.reason.value if verdict.reason else verdict.kind.value,
        "witness": {
            "stored": case["stored_sample"],
            "lookup": "stored" if asked == "STORED" else asked,
            "finds": case["name"] in FOUND or (accepted and case["name"] not in NEVER_FOUND),
        },
    }


def judged() -> list[Verdict]:
    """What `relate` says of each case, in one build of mypy."""
    lines = [preamble()]
    for number, case in enumerate(CASES):
        lines.append(f"def f{number}(s: {case['stored']}, q: {case['lookup']}) -> None: ...")
    options = Options()
    # What the classes say is noted by the plugin's hooks, which mypy loads for a configuration only.
    options.plugins, options.config_file = [PLUGIN], "pyproject.toml"
    options.cache_dir = os.devnull
    options.disable_bytearray_promotion = options.disable_memoryview_promotion = True
    options.python_executable = sys.executable
    result = build([BuildSource("pairs.py", "pairs", "\n".join(lines))], options)
    assert not result.errors, result.errors
    set_modules(result.files)
    subclasses = Subclasses()
    modules = result.files.values()
    judge = Program(
        share_subclass=lambda one, other: subclasses.common(modules, one, other) is not None,
        subclasses=lambda base: subclasses.deciding(modules, base),
    )
    verdicts = []
    for number in range(len(CASES)):
        function = result.files["pairs"].names[f"f{number}"].node
        assert isinstance(function, FuncDef)
        assert isinstance(function.type, CallableType)
        stored, lookup = function.type.arg_types
        verdicts.append(relate(lookup, stored, judge))
    return verdicts


if __name__ == "__main__":
    main()

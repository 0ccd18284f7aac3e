"""What type checkers report for lookups: mypy, mypy with the plugin, pyright, ty and pyrefly.

`python -m tools.checkers` runs them on every pair of types in `tests/mypy/cases/lookups.toml`, with each
way to look up, and writes the numbers of false errors and of misses to `docs/proof/checkers.md`, with those
of comparisons in an `if`, for which some have rules. It also runs them on the lookups in `snippets.toml`,
and writes what each reports to `docs/why/checkers.md`. The exit status is 1 if mypy with the plugin is wrong
about any of the pairs.
"""

from __future__ import annotations

import sys
import tomllib
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from tests.typing.checkers import CHECKERS, mypy, mypy_with_plugin, pyrefly, ty
from tools.packages import ROOT, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.typing.checkers import Diagnostic

CASES: Final = ROOT / "tests" / "mypy" / "cases"
SNIPPETS: Final = ROOT / "tools" / "snippets.toml"
COUNTS: Final = ROOT / "docs" / "proof" / "checkers.md"
MATRIX: Final = ROOT / "docs" / "why" / "checkers.md"
OURS: Final = f"mypy {version('mypy')} with keyview"

#: How to look `q` up in a dict `d`, a set `s`, a HashMap `m`; `qs` is a set of such queries.
OPERATIONS: Final = (
    *("d.get(q)", "d.get(q, None)", "d[q]", "q in d", "d.pop(q)", "d.pop(q, None)", "del d[q]"),
    *("q in d.keys()", "q in s", "s.discard(q)", "s.remove(q)", "s - qs", "s & qs", "s ^ qs"),
    *("s.isdisjoint(qs)", "m[q]", "q in m", "m.get(q)", "m.pop(q)", "m.get_entry(q)"),
)

#: How to compare `q` with one value `k` in a condition, where some checkers have rules for it.
CONDITIONS: Final = ("q in {k}", "q in [k]", "q in (k,)", "q == k")
#: The only one of them that hashes, and the cases that are wrong only because a query cannot be hashed.
HASHED: Final = CONDITIONS[0]
UNHASHABLE: Final = ("bytes-bytearray", "fs-keys", "strlist-union")

PYCHARM: Final = "https://www.jetbrains.com/help/inspectopedia/PyNonOverlappingComparison.html"

#: The plugin with its option for `==`.
OPTION: Final = "keyview.mypy\n[keyview]\ncomparisons = true"

#: The operations that have no value.
STATEMENTS: Final = ("del d[q]", "s.discard(q)", "s.remove(q)")

#: Codes of pyright's strict mode for partly known types and the like, which are not about the lookup.
BESIDE_THE_POINT: Final = ("reportUnknown", "reportMissing", "reportPrivate", "reportDeprecated")


@dataclass(frozen=True)
class Question:
    """One lookup of one case."""

    operation: str
    case: int


def main() -> int:
    """Run the checkers, print and write the pages. Returns the exit status."""
    ArgumentParser(prog="python -m tools.checkers", description=__doc__).parse_args()
    cases = tomllib.loads((CASES / "lookups.toml").read_text("utf-8"))["case"]
    shown = tomllib.loads(SNIPPETS.read_text("utf-8"))
    counts, answers = {}, {}
    with TemporaryDirectory() as folder:
        home = Path(folder)
        places = write_program(home / "program.py", cases)
        lines = write_snippets(home / "snippets.py", shown)
        for name, refuses in checkers().items():
            counts[name] = judge(refuses(home / "program.py", home), places, cases)
            refused = refuses(home / "snippets.py", home)
            assert refused <= set(lines), f"{name} refuses more than the lookups: {refused}"
            answers[name] = [line in refused for line in lines]
        conditions = home / "conditions.py"
        compared = write_program(conditions, cases, CONDITIONS, "if {}: print()")
        in_if = {
            name: judge(refuses(conditions, home), compared, cases, CONDITIONS)
            for name, refuses in checkers_of_conditions().items()
        }
    for page, text in (
        (COUNTS, page_of_counts(counts, in_if, cases)),
        (MATRIX, page_of_snippets(answers, shown["snippet"])),
    ):
        print(text)
        page.write_text(text, "utf-8")
    # `==` is left to mypy where mypy reports it.
    judged = counts[OURS] | {one: in_if[OURS][one] for one in CONDITIONS if one != "q == k"}
    wrong = sum(map(sum, judged.values()))
    return 1 if wrong else 0


def write_program(
    program: Path,
    cases: list[dict[str, str]],
    operations: Sequence[str] = OPERATIONS,
    statement: str = "_ = {}",
) -> dict[int, Question]:
    """Write all questions, each on a line and in a function of its own. Returns the questions by line.

    `statement` is what a lookup is written in, if it has a value.
    """
    lines = (CASES / "preamble.py").read_text("utf-8").splitlines()
    lines.append("from keyview import HashMap")
    places = {}
    for number, case in enumerate(cases):
        stored, lookup = case["stored"], case["lookup"]
        for index, operation in enumerate(operations):
            needed = {
                "k": stored,
                "d": f"dict[{stored}, int]",
                "s": f"set[{stored}]",
                "m": f"HashMap[{stored}, int]",
            }
            container = next(name for name in needed if name in _names(operation))
            query = f"qs: set[{lookup}]" if "qs" in operation else f"q: {lookup}"
            lines.append(
                f"def f{number}_{index}({container}: {needed[container]}, {query}) -> None:"
            )
            line = operation if operation in STATEMENTS else statement.format(operation)
            lines.append(f"    {line}")
            places[len(lines)] = Question(operation, number)
    program.write_text("\n".join(lines) + "\n", "utf-8")
    return places


def write_snippets(program: Path, shown: dict[str, Any]) -> list[int]:
    """Write each snippet in a function of its own. Returns the lines of the lookups."""
    lines = shown["preamble"].splitlines()
    places = []
    for number, snippet in enumerate(shown["snippet"]):
        lines.append(f"def f{number}({', '.join(snippet['names'])}) -> None:")
        lines.append(f"    {'' if '.discard(' in snippet['code'] else '_ = '}{snippet['code']}")
        places.append(len(lines))
    program.write_text("\n".join(lines) + "\n", "utf-8")
    return places


def _names(operation: str) -> set[str]:
    return set("".join(one if one.isalnum() else " " for one in operation).split())


def judge(
    refused: set[int],
    places: dict[int, Question],
    cases: list[dict[str, str]],
    operations: Sequence[str] = OPERATIONS,
) -> dict[str, tuple[int, int]]:
    """For each operation, how many good lookups were reported and how many wrong ones were not."""
    false, missed = Counter[str](), Counter[str]()
    for line, question in places.items():
        wrong = is_wrong(question.operation, cases[question.case])
        false[question.operation] += line in refused and not wrong
        missed[question.operation] += line not in refused and wrong
    return {operation: (false[operation], missed[operation]) for operation in operations}


def is_wrong(operation: str, case: dict[str, str]) -> bool:
    """Whether the operation can find nothing with the types of the case."""
    is_hashed = operation not in CONDITIONS or operation == HASHED
    return case["verdict"].startswith("reject") and (is_hashed or case["name"] not in UNHASHABLE)


def checkers() -> dict[str, Callable[[Path, Path], set[int]]]:
    """Each checker, as a function from a program and a folder to the lines that it reports."""
    return {
        f"mypy {version('mypy')}": partial(_lines, mypy),
        OURS: partial(_lines, mypy_with_plugin),
        **{
            f"{name} {version(name)}": partial(_lines, CHECKERS[name])
            for name in ("pyright", "ty", "pyrefly")
        },
    }


def checkers_of_conditions() -> dict[str, Callable[[Path, Path], set[int]]]:
    """The same, with the rules for conditions and comparisons that they have.

    ty is asked twice: with its strict equality, a subclass may have an `__eq__` of its own.
    """
    asked = checkers()
    mypy_alone, _, pyright, own_ty, own_pyrefly = asked
    return {
        mypy_alone: asked[mypy_alone],
        OURS: partial(_lines, partial(mypy, plugins=OPTION)),
        pyright: asked[pyright],
        own_ty: partial(_lines, partial(_ty, "false")),
        f"{own_ty}, strict equality": partial(_lines, partial(_ty, "true")),
        own_pyrefly: partial(_lines, _pyrefly),
    }


def _ty(equality: str, cases: list[Path], scratch: Path) -> list[Diagnostic]:
    rules = ("--error=redundant-condition", "--error=redundant-condition-strict")
    return ty(cases, scratch, *rules, f"-c=analysis.strict-equality-semantics={equality}")


def _pyrefly(cases: list[Path], scratch: Path) -> list[Diagnostic]:
    rules = ("incompatible-comparison", "unnecessary-comparison", "redundant-condition")
    return pyrefly(cases, scratch, *rules)


def _lines(checker: Callable[..., list[Diagnostic]], program: Path, folder: Path) -> set[int]:
    return {
        one.line for one in checker([program], folder) if not one.code.startswith(BESIDE_THE_POINT)
    }


def page_of_counts(
    results: dict[str, dict[str, tuple[int, int]]],
    in_if: dict[str, dict[str, tuple[int, int]]],
    cases: list[dict[str, str]],
) -> str:
    """False errors and misses, for each way to look up."""
    wrong = sum(case["verdict"].startswith("reject") for case in cases)
    equal = sum(is_wrong("q == k", case) for case in cases)
    return f"""\
# Type checkers on lookups

Each checker was given {len(cases)} pairs of a key type and a query type, from
`tests/mypy/cases/lookups.toml`, with each kind of lookup. With {len(cases) - wrong} of the pairs a lookup may
succeed, with {wrong} none can; a test checks both at run time. Each cell has two numbers: how many of the
former the checker falsely reports / how many of the latter it misses. All checkers run with their strictest
options. Written by `python -m tools.checkers`.

{_table_of_counts(results)}

## Comparisons in an `if`

Some checkers have rules that need a condition. ty's `redundant-condition-strict` reports one that is always
false, and judges `in` only where the elements are written out. Its option `strict-equality-semantics` says
whether a subclass may have an `__eq__` of its own; the table has both. pyrefly's `incompatible-comparison`
is off unless it is asked for. The plugin has its option `comparisons`, which adds errors to those that mypy
has for `==`, and removes none. All these are on here, and `q` is compared with one `k` of the key's type, in
an `if`. Only the first comparison hashes, and what cannot be hashed can be equal: with the others, {equal} of
the pairs can find nothing.

{_table_of_counts(in_if)}

PyCharm 2026.3 was not run. Its inspection *[Comparison that is always True or always False]({PYCHARM})*
reports `==`, `is` and `in` between types that do not overlap, and `in` only for a builtin tuple, list, set,
frozenset or dict. By its documentation it says nothing of a type that can have an `__eq__` of its own, such
as `Decimal` or, apart from `str`, `bytes` and the numbers, a class that is not final; methods like `get` and
`discard`, and the operators of sets, are not named there.
"""


def _table_of_counts(results: dict[str, dict[str, tuple[int, int]]]) -> Table:
    first, *_ = results.values()
    rows = [
        (f"`{operation}`", *("{} / {}".format(*counts[operation]) for counts in results.values()))
        for operation in first
    ]
    return Table(("lookup", *results), rows)


def page_of_snippets(answers: dict[str, list[bool]], snippets: list[dict[str, Any]]) -> str:
    """What each checker says of each snippet."""
    rows = []
    for number, snippet in enumerate(snippets):
        verdicts = [refused[number] for refused in answers.values()]
        names = "<br>".join(f"`{name}`".replace("|", r"\|") for name in snippet["names"])
        rows.append(
            (
                f"{names}<br>**`{snippet['code']}`**",
                "yes" if snippet["finds"] else "never",
                *(_verdict(refused, right=refused != snippet["finds"]) for refused in verdicts),
            )
        )
    wrong = [
        f"{sum(refused == one['finds'] for refused, one in zip(column, snippets, strict=True))}"
        for column in answers.values()
    ]
    rows.append(("wrong answers", "", *wrong))
    count = len(snippets)
    return f"""\
# The checkers, side by side

What type checkers say of the same {count} lookups: mypy, alone and with the plugin, and three that have no
plugins. The column *finds* says whether a lookup of these types can find anything, which a test asks Python
itself. A wrong answer is in **bold**: an error about a lookup that can succeed, or silence about one
that never can.

{Table(("lookup", "finds", *answers), rows)}

`HashMap`, `KeyView` and `Borrow` are keyview's, `ShortKey` is a `KeyView[str]`, `Host` is a `Borrow[str]`,
and `UserId` is a `NewType` of `int`. All checkers run with their strictest options.

## What the table shows

- **An error about `get` and `[]`, and silence about sets.** Without a plugin a checker can only compare the
  argument with a parameter's type. Where the standard library's stubs say `_KT`, every query of another type
  is reported; where they say `object`, none is. Neither is right for a lookup.
- **`in` has rules of its own.** Its parameter is `object`. mypy and pyright also compare the two types,
  each in its own way, and say nothing if a class has an `__eq__` of its own.
- **Without the plugin**, a `HashMap` takes a `K` or a `KeyView[K]`, which every checker understands: it
  accepts views, and reports views of other keys. Only the plugin knows that a tuple of views is a
  view, that a `memoryview` is a view of `bytes`, and what `Borrow` promises.
- **A `datetime` among `date` keys** is accepted by all. It is a subclass of `date`, and only its
  `__eq__` shows that it is never equal to one. [What the plugin cannot see](limits.md) has more such cases.

[A larger comparison](../proof/checkers.md) counts the answers for all pairs of types that the plugin is
tested with, and for each kind of lookup. Both pages are written by `python -m tools.checkers`.
"""


def _verdict(refused: bool, *, right: bool) -> str:
    word = "error" if refused else "accepts"
    return word if right else f"**{word}**"


if __name__ == "__main__":
    sys.exit(main())

"""What the plugin changes in mypy's results for real packages, and the time it takes.

`python -m tools.compare_packages` checks each package of `packages.toml` with mypy alone and with the
plugin, and writes `docs/proof/packages.json` and, for people, `docs/proof/packages.md`. With the names of
some packages the results of the others are kept. A person has
read each error that only the plugin reports; `triage.toml` has the judgements. The exit status is 1 if
mypy failed, if an error is neither mypy's nor the plugin's, or if an error has no judgement, or is
judged a false alarm.
"""

from __future__ import annotations

import json
import sys
import tomllib
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict, dataclass, field
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import mypy.version

from tools.packages import ROOT, Error, FailedError, Table, add_arguments, packages
from tools.packages import mypy as run_mypy

if TYPE_CHECKING:
    from argparse import Namespace

    from tools.packages import Package

PROOF = ROOT / "docs" / "proof"
TRIAGE = Path(__file__).with_name("triage.toml")
UNUSED: Final = "unused-ignore"
VERDICTS: Final = ("bug", "harmless", "false alarm")


@dataclass
class Comparison:
    """What the plugin changed in the errors of one package."""

    package: str
    version: str
    is_application: bool = False
    #: Of code, in the modules that were checked.
    lines: int = 0
    #: Errors that only the plugin reports, and errors of mypy's that the plugin explains.
    ours: list[Error] = field(default_factory=list)
    explained: list[Error] = field(default_factory=list)
    #: Errors of mypy's that only one of the two runs has.
    new: list[Error] = field(default_factory=list)
    vanished: list[Error] = field(default_factory=list)
    ignores_not_needed: list[Error] = field(default_factory=list)
    #: Seconds of processor time of each run, alone and with the plugin.
    alone: list[float] = field(default_factory=list)
    with_plugin: list[float] = field(default_factory=list)
    failure: str = ""

    @property
    def ratio(self) -> float:
        """How much longer the fastest run with the plugin took."""
        return min(self.with_plugin) / min(self.alone)


def compare(package: Package, arguments: Namespace) -> Comparison:
    """Run mypy over the package with and without the plugin, by turns."""
    result = Comparison(package.name, package.version, package.is_application)
    home = package.install(arguments.scratch)
    result.lines = package.lines(home)
    found: dict[str, list[Error]] = {}
    try:
        for turn in range(2 * arguments.rounds):
            plugin, times = ("keyview.mypy", result.with_plugin) if turn % 2 else ("", result.alone)
            found[plugin], seconds = run_mypy(
                package, home, plugin=plugin, timeout=arguments.timeout
            )
            times.append(round(seconds, 2))
    except FailedError as error:
        result.failure = str(error)
        return result
    sort_out(Counter(found[""]), Counter(found["keyview.mypy"]), result)
    return result


def sort_out(alone: Counter[Error], ours: Counter[Error], result: Comparison) -> None:
    """Divide the errors that only one of the two runs has."""
    vanished = alone - ours
    was_at = {(error.file, error.line, error.code): error for error in vanished}
    for error in (ours - alone).elements():
        if error.code.startswith("key-view"):
            overlap = was_at.pop((error.file, error.line, "comparison-overlap"), None)
            if overlap is None:
                result.ours.append(error)
            else:
                result.explained.append(error)
                vanished[overlap] -= 1
        elif error.code == UNUSED:
            result.ignores_not_needed.append(error)
        elif replaced := was_at.pop((error.file, error.line, error.code), None):
            result.explained.append(error)
            vanished[replaced] -= 1
        else:
            result.new.append(error)
    result.vanished.extend((+vanished).elements())


def judgements() -> dict[tuple[str, str, int], tuple[str, str]]:
    """The verdict on each report that was read, and why."""
    table = tomllib.loads(TRIAGE.read_text("utf-8"))
    judged = {}
    for package, reports in table.items():
        for report in reports:
            if report["verdict"] not in VERDICTS:
                raise ValueError(f"{report['verdict']!r} is none of {VERDICTS}")
            place = (package, report["file"], report["line"])
            judged[place] = (report["verdict"], report["why"])
    return judged


def page(results: list[Comparison]) -> str:
    """The table and the lists for people to read."""
    judged = judgements()
    reports = [
        f"{_line(one, error)}\n  **{verdict}**: {why}"
        for one in results
        for error in [*one.ours, *one.explained]
        for verdict, why in [judged.get((one.package, error.file, error.line), ("?", "?"))]
    ]
    vanished = [
        _line(one, error) for one in results for error in [*one.vanished, *one.ignores_not_needed]
    ]
    others = [_line(one, error) for one in results for error in one.new]
    libraries, applications = (
        [one for one in results if one.is_application == wanted] for wanted in (False, True)
    )
    return f"""\
# The plugin on published packages

mypy {mypy.version.__version__} alone and with the plugin, on the installed code of {len(libraries)} packages
that are typed throughout, and of {len(applications)} applications, which are not. Written by
`python -m tools.compare_packages`. People read each report and judged it, in `tools/triage.toml`.

The columns of the tables count differences between the two runs:

- *new*: lookups that the plugin reports, and mypy alone does not.
- *explained*: errors that mypy reports, too, and to which the plugin adds its notes.
- *removed*: errors that mypy alone reports, and that the plugin removes, because the lookup can succeed.
- *ignores freed*: `# type: ignore` comments that are no longer needed.
- *others*: all other differences.
- *time*: processor time with the plugin, divided by that without it. No cache is used. Over all packages the
  ratio is {time(libraries):.3f}, over all applications {time(applications):.3f}.

## Packages

{summary(libraries)}

{table(libraries)}

## Applications

{summary(applications)}

{table(applications)}

## What the plugin reports

{_listed(reports)}

## What the plugin removes

{_listed(vanished)}

## Other differences

{_listed(others)}
"""


def verdicts(results: list[Comparison]) -> Counter[str]:
    """How many of the reports were judged to be what."""
    judged = judgements()
    places = [
        (one.package, error.file, error.line)
        for one in results
        for error in [*one.ours, *one.explained]
    ]
    return Counter(judged[place][0] for place in places if place in judged)


def time(results: list[Comparison]) -> float:
    """How much longer all runs took with the plugin."""
    done = [one for one in results if not one.failure]
    return sum(min(one.with_plugin) for one in done) / sum(min(one.alone) for one in done)


def summary(results: list[Comparison]) -> str:
    """How many reports there are, and what they are."""
    found = verdicts(results)
    count, lines = found.total(), sum(one.lines for one in results)
    low, high = interval(count - found["false alarm"], count)
    return f"""\
{count} reports in {lines:,} lines, {1e5 * count / lines:.1f} per 100,000 lines. Bugs: {found["bug"]},
harmless: {found["harmless"]}, false alarms: {found["false alarm"]}. So {low:.0%} to {high:.0%}
of such reports can be expected not to be false alarms (Wilson's interval at 95%)."""


def table(results: list[Comparison]) -> Table:
    """A row for each package."""
    rows = [
        (
            f"{one.package} {one.version}",
            f"{one.lines:,}",
            *(str(len(part)) for part in (one.ours, one.explained, one.vanished)),
            *(str(len(part)) for part in (one.ignores_not_needed, one.new)),
            one.failure.strip().splitlines()[-1] if one.failure else f"{one.ratio:.3f}",
        )
        for one in results
    ]
    counted = ("new", "explained", "removed", "ignores freed", "others")
    return Table(("package", "lines", *counted, "time"), rows)


def interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's interval of 95 % for the share of what is right."""
    z = NormalDist().inv_cdf(0.975)
    if not count:
        return 0.0, 1.0
    share = right / count
    middle = share + z * z / (2 * count)
    spread = z * sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
    return (middle - spread) / (1 + z * z / count), min(
        1.0, (middle + spread) / (1 + z * z / count)
    )


def _listed(lines: list[str]) -> str:
    return "\n".join(lines) or "Nothing."


def _line(one: Comparison, error: Error) -> str:
    return f"- {_place(one, error)} `[{error.code}]` {error.text}"


def _place(one: Comparison, error: Error) -> str:
    return f"{one.package}: {error.file}:{error.line}"


def problems(results: list[Comparison]) -> list[str]:
    """What is wrong with the results."""
    judged = judgements()
    found = []
    for one in results:
        if one.failure:
            found.append(f"{one.package}: {one.failure}")
        found += [f"{_place(one, error)} is new: {error.text}" for error in one.new]
        for error in one.ours:
            verdict, _ = judged.get((one.package, error.file, error.line), ("not judged", ""))
            if verdict not in ("bug", "harmless"):
                found.append(f"{_place(one, error)} is {verdict}: {error.text}")
    return found


def stored(folder: Path) -> list[Comparison]:
    """The results of the last run."""
    errors = ("ours", "explained", "new", "vanished", "ignores_not_needed")
    found = json.loads((folder / "packages.json").read_text("utf-8"))
    return [
        Comparison(**{**one, **{name: [Error(*each) for each in one[name]] for name in errors}})
        for one in found
    ]


def main() -> int:
    """Run the comparison. Returns the exit status."""
    parser = ArgumentParser(prog="python -m tools.compare_packages", description=__doc__)
    add_arguments(parser)
    parser.add_argument("--rounds", type=int, default=2, help="runs of each kind, for the time")
    parser.add_argument("--output", type=Path, default=PROOF, help="the folder to write into")
    arguments = parser.parse_args()
    results = []
    for package in packages(arguments.names):
        results.append(compare(package, arguments))
        one = results[-1]
        summary = one.failure or (
            f"{len(one.ours)} ours, {len(one.explained)} explained, {len(one.vanished)} vanished, "
            f"{len(one.ignores_not_needed)} ignores freed, {len(one.new)} others, {one.ratio:.3f}"
        )
        print(f"{package.name} {package.version}: {summary}", flush=True)
    arguments.output.mkdir(parents=True, exist_ok=True)
    if arguments.names:
        kept = [one for one in stored(arguments.output) if one.package not in arguments.names]
        results = sorted([*kept, *results], key=lambda one: one.package)
    document = [asdict(one) for one in results]
    (arguments.output / "packages.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    (arguments.output / "packages.md").write_text(page(results), "utf-8")
    wrong = problems(results)
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

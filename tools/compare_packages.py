"""What the plugin changes in mypy's results for real packages, and what it costs.

`python -m tools.compare_packages` checks each package of `packages.toml` with mypy alone and with the
plugin, and writes `docs/proof/packages.json` and, for people, `docs/proof/packages.md`. With `--earlier` it
does the same for releases of some years ago, and writes `releases.json` and `releases.md`. With the names of
some packages the results of the others are kept. A person has read each error that only the plugin reports;
`triage.toml` has the judgements. The exit status is 1 if a package could not be installed, if mypy failed, if
an error is neither mypy's nor the plugin's, or if an error has no judgement, or is judged a false alarm.
"""

from __future__ import annotations

import compileall
import json
import sys
import tomllib
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import cache
from math import nan, sqrt
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, NamedTuple

import mypy.version

from benchmarks.instructions import needs_valgrind
from keyview.cli.summary import WHY
from keyview.mypy.host import tally
from tools.packages import (
    DAY,
    ROOT,
    Error,
    FailedError,
    Table,
    add_arguments,
    earlier,
    instructions,
    left_out,
    packages,
)
from tools.packages import mypy as run_mypy

if TYPE_CHECKING:
    from argparse import Namespace

    from tools.packages import Package

PROOF = ROOT / "docs" / "proof"
TRIAGE = Path(__file__).with_name("triage.toml")
#: The plugins of the two runs.
ALONE: Final = ""
OURS: Final = "keyview.mypy"
UNUSED: Final = "unused-ignore"
VERDICTS: Final = ("bug", "harmless", "false alarm")
STARRED: Final = """\
A star marks what was installed without its dependencies, because one of them has no wheel for this
Python: what comes from them is `Any`, and less is found."""
#: What became of a report of an earlier release in today's: the authors repaired it, the code was removed or
#: written again, or it is still there.
SINCE: Final = ("", "fixed", "gone", "still there")


@dataclass
class Comparison:
    """What the plugin changed in the errors of one package."""

    package: str
    version: str
    is_application: bool = False
    #: For an earlier release, the year in which it was the newest.
    year: str = ""
    #: Whether it was installed without its dependencies.
    is_alone: bool = False
    #: Of code, in the modules that were checked.
    lines: int = 0
    #: Errors that only the plugin reports, and errors of mypy's that the plugin explains.
    ours: list[Error] = field(default_factory=list)
    explained: list[Error] = field(default_factory=list)
    #: Errors of mypy's that only one of the two runs has.
    new: list[Error] = field(default_factory=list)
    vanished: list[Error] = field(default_factory=list)
    ignores_not_needed: list[Error] = field(default_factory=list)
    #: Whether mypy was run without the plugin, too, whatever the plugin reports.
    is_compared: bool = False
    #: How many mypy takes, alone and with the plugin, if they were counted.
    instructions: list[int] = field(default_factory=list)
    #: How many lookups were judged, and how many were not, by the reason.
    lookups: dict[str, int] = field(default_factory=dict)
    failure: str = ""

    @property
    def cost(self) -> float:
        """What mypy takes with the plugin, divided by what it takes alone."""
        alone, ours = self.instructions
        return ours / alone

    @property
    def release(self) -> str:
        """What `triage.toml` calls it."""
        return f"{self.package} {self.version}" if self.year else self.package


def compare(package: Package, arguments: Namespace) -> Comparison:
    """Run mypy over the package without and with the plugin."""
    result = Comparison(package.name, package.version, package.is_application, package.year)
    found: dict[str, list[Error]] = {}
    try:
        home = package.install(arguments.scratch)
        result.lines, result.is_alone = package.lines(home), package.is_alone(home)
        if arguments.quick:
            found = look(package, home, arguments, result)
        else:
            result.is_compared = True
            for plugin in (ALONE, OURS):
                found[plugin] = run_mypy(package, home, plugin=plugin, timeout=arguments.timeout)
    except FailedError as error:
        result.failure = str(error)
        return result
    if ALONE in found:
        sort_out(Counter(found[ALONE]), Counter(found[OURS]), result)
    return result


def count(package: Package, arguments: Namespace, result: Comparison) -> None:
    """Count what mypy takes for the package without and with the plugin."""
    home = package.install(arguments.scratch)
    result.instructions = [
        instructions(package, home, plugin=plugin, timeout=arguments.timeout)
        for plugin in (ALONE, OURS)
    ]


def look(
    package: Package, home: Path, arguments: Namespace, result: Comparison
) -> dict[str, list[Error]]:
    """The errors with the plugin and, if it reports something, without it; and count the lookups.

    A cache for all packages saves mypy the standard library.
    """

    def errors(plugin: str, folder: Path) -> list[Error]:
        options = ("--incremental", f"--cache-dir={folder}")
        return run_mypy(package, home, *options, plugin=plugin, timeout=arguments.timeout)

    caches = arguments.scratch / "caches"
    ours = caches / OURS
    tally.prepare(str(ours))
    found = {OURS: errors("tools.count_lookups", ours)}
    result.lookups = lookups(package, ours)
    if any(map(_is_report, found[OURS])):
        found[ALONE] = errors(ALONE, caches / "alone")
    return found


def lookups(package: Package, cache: Path) -> dict[str, int]:
    """How many of the package's lookups were judged, and how many were not, by the reason."""
    modules = [
        file.stem
        for file in (cache / tally.FOLDER).iterdir()
        if any(f"{file.stem}.".startswith(f"{module}.") for module in package.modules)
    ]
    return {str(fate): number for fate, number in tally.total(str(cache), modules).items()}


def _is_report(error: Error) -> bool:
    """Whether an error is the plugin's, by its code, or by its words where it has one of mypy's codes."""
    words = (" looks up ", " so this lookup ")
    return error.code.startswith("key-view") or any(each in error.text for each in words)


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


class Judgement(NamedTuple):
    """What a person found on reading a report."""

    verdict: str
    why: str
    #: For a report in an earlier release: what became of it since.
    since: str = ""


@cache
def judgements() -> dict[tuple[str, str, int], Judgement]:
    """What was found on reading each report: by release, file and line."""
    table = tomllib.loads(TRIAGE.read_text("utf-8"))
    judged = {}
    for release, reports in table.items():
        for report in reports:
            one = Judgement(report["verdict"], report["why"], report.get("since", ""))
            if one.verdict not in VERDICTS or one.since not in SINCE:
                raise ValueError(
                    f"{one.verdict!r} is none of {VERDICTS}, or {one.since!r} of {SINCE}"
                )
            judged[release, report["file"], report["line"]] = one
    return judged


def page(results: list[Comparison]) -> str:
    """The table and the lists for people to read."""
    vanished = [
        _line(one, error) for one in results for error in [*one.vanished, *one.ignores_not_needed]
    ]
    others = [
        f"{_line(one, error)}\n  {judgement.why if judgement else '?'}"
        for one in results
        for error, judgement in judged(one, one.new)
    ]
    libraries, applications = (
        [one for one in results if one.is_application == wanted] for wanted in (False, True)
    )
    left = [f"- {name}: {why}" for name, why in left_out().items()]
    return f"""\
# The plugin on published packages

mypy {mypy.version.__version__} alone and with the plugin, on the installed code of {len(libraries)} packages
that are typed throughout, and of {len(applications)} applications, which are not. Written by
`python -m tools.compare_packages`. People read each report and judged it, in `tools/triage.toml`.
Finished code has had most of its bugs removed, so [earlier releases](releases.md) were checked, too.

The columns of the tables count differences between the two runs:

- *new*: lookups that the plugin reports, and mypy alone does not.
- *explained*: errors that mypy reports, too, and to which the plugin adds its notes.
- *removed*: errors that mypy alone reports, and that the plugin removes, because the lookup can succeed.
- *ignores freed*: `# type: ignore` comments that are no longer needed.
- *others*: all other differences.
- *cost*: the instructions that mypy takes with the plugin, divided by those that it takes alone, without a
  cache. valgrind counts them, so other work on the machine does not matter. Over all packages where they were
  counted, the ratio is {cost(libraries):.3f}.

Where *removed*, *ignores freed* and *others* are empty, mypy was run without the plugin only if the plugin
reported something.

{STARRED}

## Packages

{summary(libraries)}

{table(libraries)}

## Applications

{summary(applications)}

{table(applications)}

## What the plugin reports

{_listed(reports(results))}

## What it did not find

{not_found(results)}

## What the plugin removes

{_listed(vanished)}

## Other differences

{_listed(others)}

## What was left out

{_listed(left)}
"""


def page_of_releases(results: list[Comparison]) -> str:
    """The same for releases of some years ago."""
    years = sorted({one.year for one in results}, reverse=True)
    count = len({one.package for one in results})
    since = Counter(
        judgement.since
        for one in results
        for _, judgement in judged(one)
        if judgement is not None and judgement.verdict == "bug"
    )
    rows = []
    for one in results:
        found = verdicts([one])
        fixed = Counter(each.since for _, each in judged(one) if each and each.verdict == "bug")
        counts = (len(one.ours), len(one.explained), *(found[verdict] for verdict in VERDICTS))
        rows.append(
            (_name(one), one.year, f"{one.lines:,}", *map(str, counts), str(fixed["fixed"]))
        )
    head = ("release", "year", "lines", "new", "explained", "bugs", "harmless", "false alarms")
    return f"""\
# The plugin on earlier releases

A release that is years old may have bugs that were found since. These are the releases of {count} packages
that were the newest on {DAY} of {" and ".join(years)}, checked by mypy
{mypy.version.__version__} with the plugin, on today's Python. Written by
`python -m tools.compare_packages --earlier`. People read each report, judged it in `tools/triage.toml`, and
looked for the same place in the release of today that [the other page](packages.md) has.

{summary(results)}

Of the bugs, {since["fixed"]} were fixed by the authors since, {since["gone"]} are gone with the code that had
them, and {since["still there"]} are still there. The column *fixed* counts the first. *New* are the reports
that mypy alone does not have; of the others mypy reports the line, too.

{STARRED}

{Table((*head, "fixed"), rows)}

## What the plugin reports

{_listed(reports(results))}

## What was left out

{_listed([f"- {one.release}: {one.failure}" for one in results if one.failure])}
"""


def reports(results: list[Comparison]) -> list[str]:
    """Each report, with what a person found on reading it."""
    lines = []
    for one in results:
        for error, judgement in judged(one):
            verdict, why, since = judgement or Judgement("?", "?")
            later = f" Today: {since}." if since else ""
            lines.append(f"{_line(one, error)}\n  **{verdict}**: {why}{later}")
    return lines


def judged(
    one: Comparison, errors: list[Error] | None = None
) -> list[tuple[Error, Judgement | None]]:
    """The reports of a release, or other errors in it, with what was found on reading them."""
    known = judgements()
    return [
        (error, known.get((one.release, error.file, error.line)))
        for error in ([*one.ours, *one.explained] if errors is None else errors)
    ]


def not_found(results: list[Comparison]) -> str:
    """How many lookups could not be judged."""
    counted = [one for one in results if one.lookups]
    if not counted:
        return "No lookups were counted."
    total = sum((Counter(one.lookups) for one in counted), Counter[str]())
    right = total[tally.Fate.JUDGED]
    unknown = total.total() - right
    parts = ", ".join(
        f"{number / total.total():.1%} {WHY[fate]}"
        for fate, number in total.most_common()
        if fate in WHY
    )
    return f"""\
Nobody knows how many wrong lookups there are in this code. What is known is where the plugin could not
look. In {len(counted)} of these packages and applications the lookups were counted. It judged {right:,},
and could not judge {unknown:,}, which are {unknown / total.total():.1%} of all:
{parts}.
What is written like a lookup in what is `Any` may be something else.

An example: the bugs in ansible-core's loader are in its releases of 2023 and 2021, too, and are not
reported there: what is looked up is the result of `to_text`, which had no annotations yet.

Nor does the plugin see a wrong value of the right type: a name in another case, a key that another function
removed. [The edits](edits.md) are the measure of what it misses where the types are known."""


def verdicts(results: list[Comparison]) -> Counter[str]:
    """How many of the reports were judged to be what."""
    return Counter(
        judgement.verdict for one in results for _, judgement in judged(one) if judgement
    )


def cost(results: list[Comparison]) -> float:
    """What mypy takes for all packages with the plugin, divided by what it takes alone."""
    counts = [one.instructions for one in results if one.instructions]
    if not counts:
        return nan
    alone, ours = map(sum, zip(*counts, strict=True))
    return ours / alone


def summary(results: list[Comparison]) -> str:
    """How many reports there are, and what they are."""
    found = verdicts(results)
    count, lines = found.total(), sum(one.lines for one in results)
    low, high = interval(count - found["false alarm"], count)
    explained = sum(len(one.explained) for one in results)
    own = Counter(
        judgement.verdict
        for one in results
        for error, judgement in judged(one)
        if judgement and error in one.ours
    )
    return f"""\
{count} reports in {lines:,} lines, {1e5 * count / lines:.1f} per 100,000 lines. Bugs: {found["bug"]},
harmless: {found["harmless"]}, false alarms: {found["false alarm"]}. In other code like this, {low:.0%} to
{high:.0%} of the reports would not be false alarms (Wilson's interval at 95%). mypy alone reports
{explained} of them, too, with {found["false alarm"] - own["false alarm"]} of the false alarms."""


def table(results: list[Comparison]) -> Table:
    """A row for each package."""
    rows = []
    for one in results:
        compared = [one.vanished, one.ignores_not_needed, one.new]
        rows.append(
            (
                _name(one),
                f"{one.lines:,}",
                *(str(len(part)) for part in (one.ours, one.explained)),
                *(str(len(part)) if one.is_compared else "" for part in compared),
                f"{one.cost:.3f}" if one.instructions else "",
            )
        )
    counted = ("new", "explained", "removed", "ignores freed", "others")
    return Table(("package", "lines", *counted, "cost"), rows)


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
    return f"{one.release}: {error.file}:{error.line}"


def _name(one: Comparison) -> str:
    return f"{one.package} {one.version}{' *' if one.is_alone else ''}"


def problems(results: list[Comparison]) -> list[str]:
    """What is wrong with the results."""
    found = []
    for one in results:
        if one.failure:
            found.append(f"{one.package}: {one.failure}")
        found += [
            f"{_place(one, error)} is new: {error.text}"
            for error, judgement in judged(one, one.new)
            if judgement is None
        ]
        for error, judgement in judged(one):
            verdict = judgement.verdict if judgement else "not judged"
            if error in one.ours and verdict not in ("bug", "harmless"):
                found.append(f"{_place(one, error)} is {verdict}: {error.text}")
    return found


def stored(file: Path) -> list[Comparison]:
    """The results of the last run."""
    errors = ("ours", "explained", "new", "vanished", "ignores_not_needed")
    if not file.exists():
        return []
    return [
        Comparison(**{**one, **{name: [Error(*each) for each in one[name]] for name in errors}})
        for one in json.loads(file.read_text("utf-8"))
    ]


def main() -> int:
    """Run the comparison. Returns the exit status."""
    parser = ArgumentParser(prog="python -m tools.compare_packages", description=__doc__)
    add_arguments(parser)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="run mypy without the plugin only where the plugin reports something",
    )
    parser.add_argument("--earlier", action="store_true", help="measure releases of some years ago")
    parser.add_argument(
        "--count", action="store_true", help="count instructions; takes 30 times as long as mypy"
    )
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page again")
    parser.add_argument("--output", type=Path, default=PROOF, help="the folder to write into")
    arguments = parser.parse_args()
    if arguments.count:
        needs_valgrind()
    listed, name = (earlier, "releases") if arguments.earlier else (packages, "packages")
    arguments.output.mkdir(parents=True, exist_ok=True)
    file = arguments.output / f"{name}.json"
    results = stored(file)
    # As pip does when it installs: where PYTHONDONTWRITEBYTECODE is set, each run would compile the plugin.
    compileall.compile_dir(ROOT / "src" / "keyview", quiet=1)
    for package in [] if arguments.page else listed(arguments.names):
        last = [
            each
            for each in results
            if (each.package, each.version) == (package.name, package.version)
        ]
        if arguments.count:
            if not last:
                parser.error(f"{package.name} was not compared yet; do it first, without --count")
            [one] = last
            count(package, arguments, one)
        else:
            one = compare(package, arguments)
            one.instructions = last[0].instructions if last else []
        print(f"{package.name} {package.version}: {_outcome(one)}", flush=True)
        of_today = {(each.name, each.version) for each in listed([])} - {(one.package, one.version)}
        results = [each for each in results if (each.package, each.version) in of_today]
        results = sorted([*results, one], key=lambda each: (each.package, each.year))
        # Written after each: all of them take an hour.
        file.write_text(json.dumps([asdict(each) for each in results], indent=1) + "\n", "utf-8")
    write = page_of_releases if arguments.earlier else page
    file.with_suffix(".md").write_text(write(results), "utf-8")
    wrong = problems(results)
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


def _outcome(one: Comparison) -> str:
    if one.failure:
        return one.failure
    found = f"{len(one.ours)} ours, {len(one.explained)} explained"
    if one.instructions:
        found += f", cost {one.cost:.3f}"
    if not one.is_compared:
        return f"{found}, not compared"
    return (
        f"{found}, {len(one.vanished)} vanished, {len(one.ignores_not_needed)} ignores freed, "
        f"{len(one.new)} others"
    )


if __name__ == "__main__":
    sys.exit(main())

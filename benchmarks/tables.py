"""The tables of the pages, in Markdown, from the results.

A number is the median of the ratios, keyview's time over the other's. It is bold if keyview was slower
in three quarters of the turns.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from benchmarks.data import PACKAGES
from benchmarks.modes import MANY
from benchmarks.ordered import KINDS as ORDERED_KINDS
from benchmarks.results import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from benchmarks.results import Result

KINDS = {"str": "str", "int": "int", "tuple": "tuple", "dataclass": "frozen dataclass"}
MIDDLE = 1000
SIZES = {size: f"{size:,} keys" for size in (10, MIDDLE, MANY, 1_000_000)}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; `head` has the heading of the first column, then those of the numbers."""
    head = list(head)
    lines = [head, ["--", *["--:"] * (len(head) - 1)], *rows]
    cells = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def ratio(quartiles: list[float]) -> str:
    low, middle, _ = quartiles
    text = f"{middle:.2f}" if middle < 9.995 else f"{middle:.0f}"
    return f"**{text}**" if low > 1 else text


def code(text: str) -> str:
    return f"`{text}`"


def is_same_code(result: Result) -> bool:
    """Whether the job is the same code for a `dict` and a `HashMap`."""
    return "HashMap" in result["ratios"]


def pairs(result: Result) -> Iterator[tuple[str, str, list[float]]]:
    for ours, ratios in result["ratios"].items():
        for theirs, quartiles in ratios.items():
            yield ours, theirs, quartiles


def grid(
    results: list[Result],
    rows: Callable[[Result], Iterable[tuple[str, list[float]]]],
    by: str,
    heads: dict[Any, str],
    corner: str,
) -> str:
    """A table with a column for each value of a parameter; `rows` gives rows' names and numbers."""
    cells: dict[str, dict[Any, str]] = {}
    for result in results:
        for name, quartiles in rows(result):
            cells.setdefault(name, {})[result["parameters"][by]] = ratio(quartiles)
    columns = [value for value in heads if any(value in row for row in cells.values())]
    return table(
        [corner, *(heads[column] for column in columns)],
        ([name, *(row.get(column, "") for column in columns)] for name, row in cells.items()),
    )


# -- rows -----------------------------------------------------------------------------------------


def against_best(result: Result) -> Iterator[tuple[str, list[float]]]:
    """The variant with keyview, and the fastest idiom that needs no other package."""
    for ours, ratios in result["ratios"].items():
        job = result["job"] if is_same_code(result) else f"{result['job']}: {code(ours)}"
        builtin = [quartiles for theirs, quartiles in ratios.items() if "toolz" not in theirs]
        yield job, max(builtin, key=itemgetter(1))


def idiom_by_idiom(result: Result) -> Iterator[tuple[str, list[float]]]:
    for ours, theirs, quartiles in pairs(result):
        yield f"{result['job']}: {code(ours)} / {code(theirs)}", quartiles


def other_by_other(result: Result) -> Iterator[tuple[str, list[float]]]:
    for ours, theirs, quartiles in pairs(result):
        yield f"{code(ours)} / {code(theirs)}", quartiles


def job_by_other(result: Result) -> Iterator[tuple[str, list[float]]]:
    for _, theirs, quartiles in pairs(result):
        yield f"{result['job']} / {theirs}", quartiles


def job_alone(result: Result) -> Iterator[tuple[str, list[float]]]:
    """For suites that compare with one other class."""
    for _, _, quartiles in pairs(result):
        yield result["job"], quartiles


def instructions(one: Any) -> Iterator[tuple[str, str]]:
    """The instructions of each of ours, and of the fastest idiom that needs no other package."""
    counts, own = one["instructions"], one["ours"]
    best = min(counts[name] for name in counts if name not in own and "toolz" not in name)
    for ours in own:
        job = one["job"] if own == ["HashMap"] else f"{one['job']}: {code(ours)}"
        yield job, f"{counts[ours]:.0f} / {best:.0f} = {counts[ours] / best:.2f}"


# -- tables ---------------------------------------------------------------------------------------


def of(results: list[Result], **parameters: str | int) -> list[Result]:
    return [result for result in results if parameters.items() <= result["parameters"].items()]


def about(folder: Path, suite: str = "maps") -> str:
    about = read(folder, suite)["about"]
    beside = ", ".join(f"{package} {about[package]}" for package in PACKAGES if package in about)
    return (
        f"Measured in the {about['mode']} mode on {about['python']} ({about['compiler']}, "
        f"{about['platform']}) with keyview {about['keyview']}; {beside}."
    )


def best_table(folder: Path) -> str:
    results = [r for r in of(read(folder, "maps")["results"], size=MIDDLE) if not is_same_code(r)]
    return grid(results, against_best, "keys", KINDS, "ours / the best of the builtin idioms")


def idioms_table(folder: Path) -> str:
    results = [r for r in of(read(folder, "maps")["results"], size=MIDDLE) if not is_same_code(r)]
    return grid(results, idiom_by_idiom, "keys", KINDS, "ours / theirs")


def plain_table(folder: Path) -> str:
    results = [r for r in of(read(folder, "maps")["results"], size=MIDDLE) if is_same_code(r)]
    return grid(results, against_best, "keys", KINDS, "`HashMap` / `dict`")


def sizes_table(folder: Path) -> str:
    results = of(read(folder, "maps")["results"], keys="str")
    return grid(results, against_best, "size", SIZES, "`str` keys; ours / the best of theirs")


def others_table(folder: Path) -> str:
    results: list[Result] = read(folder, "others")["results"]
    packages = dict.fromkeys(theirs for result in results for _, theirs, _ in pairs(result))
    rows = (
        [result["job"], *map(ratio, result["ratios"]["HashMap"].values())] for result in results
    )
    return table(["`HashMap` / theirs", *packages], rows)


def pure_table(folder: Path) -> str:
    results: list[Result] = read(folder, "pure")["results"]
    rows = ([result["job"], ratio(result["ratios"]["HashMap"]["dict"])] for result in results)
    return table(["`str` keys", "pure `HashMap` / `dict`"], rows)


def memory_table(folder: Path) -> str:
    results = read(folder, "memory")["results"]
    maps = list(results[0]["bytes"])
    rows = (
        [
            f"{row['size']:,} {KINDS[row['keys']]}",
            *(f"{row['bytes'][name]:.1f}" if name in row["bytes"] else "" for name in maps),
        ]
        for row in results
    )
    return table(["keys", *maps], rows)


def sets_table(folder: Path) -> str:
    results = of(read(folder, "sets")["results"], size=MIDDLE)
    return grid(results, job_alone, "keys", KINDS, "`HashSet` / `set`")


def sets_sizes_table(folder: Path) -> str:
    results = of(read(folder, "sets")["results"], keys="str")
    return grid(results, job_alone, "size", SIZES, "`str` elements; `HashSet` / `set`")


def ordered_table(folder: Path) -> str:
    results = of(read(folder, "ordered")["results"], size=MANY)
    kinds = {kind: kind for kind in ORDERED_KINDS}
    return grid(results, job_by_other, "keys", kinds, f"`SortedMap` of {MANY:,} keys / theirs")


def ordered_sizes_table(folder: Path) -> str:
    files = [name for name in ("ordered", "large") if (folder / f"{name}.json").exists()]
    results = [one for name in files for one in of(read(folder, name)["results"], keys="str")]
    return grid(results, job_by_other, "size", SIZES, "`str` keys; `SortedMap` / theirs")


def borrowed_table(folder: Path) -> str:
    results: list[Result] = read(folder, "borrowed")["results"]
    heads = {length: f"{length:,}" for length in (4, 16, 64, 256, 1024, 4096)}
    results = [result for result in results if result["parameters"]["length"] in heads]
    return grid(results, other_by_other, "length", heads, "characters or bytes of a key")


def allocations_table(folder: Path) -> str:
    found = read(folder, "allocations")["results"]
    rows = [
        [code(variant), str(count)]
        for result in found
        for variant, count in result["allocations"].items()
    ]
    return table(["a lookup", "allocations"], rows)


def instructions_table(folder: Path) -> str:
    """For each job, the instructions of ours and of the best of theirs."""
    found = read(folder, "instructions")["results"]
    rows: dict[str, dict[str, str]] = {}
    heads: dict[str, None] = {}
    for one in found:
        head = f"{one['parameters']['size']:,} {KINDS[one['parameters']['keys']]}"
        heads[head] = None
        for job, shown in instructions(one):
            rows.setdefault(job, {})[head] = shown
    return table(
        ["instructions for each key, ours / the best of the builtin idioms", *heads],
        ([job, *(row.get(head, "") for head in heads)] for job, row in rows.items()),
    )


def nanoseconds_table(folder: Path) -> str:
    """Medians, and between which times the middle half of the turns was."""
    found: list[Result] = read(folder, "borrowed")["results"]
    heads = {length: f"{length:,} long" for length in (16, 256, 4096)}
    rows: dict[str, list[str]] = {}
    for result in found:
        if result["parameters"]["length"] in heads:
            for variant, median in result["ns"].items():
                low, high = result["spread"][variant]
                rows.setdefault(variant, []).append(f"{median:,.0f} ({low:,.0f} to {high:,.0f})")
    return table(
        ["nanoseconds", *heads.values()], ([code(name), *row] for name, row in rows.items())
    )


TABLES: dict[str, Callable[[Path], str]] = {
    "about": about,
    "allocations": allocations_table,
    "about_ordered": lambda folder: about(folder, "ordered"),
    "about_sets": lambda folder: about(folder, "sets"),
    "best": best_table,
    "borrowed": borrowed_table,
    "idioms": idioms_table,
    "instructions": instructions_table,
    "memory": memory_table,
    "nanoseconds": nanoseconds_table,
    "ordered": ordered_table,
    "ordered_sizes": ordered_sizes_table,
    "others": others_table,
    "plain": plain_table,
    "pure": pure_table,
    "sets": sets_table,
    "sets_sizes": sets_sizes_table,
    "sizes": sizes_table,
}

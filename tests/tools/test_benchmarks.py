"""What the benchmarks compare does the same job, they run, and the pages show what was measured."""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import compare, instructions, plots, report, results, tables
from benchmarks.data import MOST_READ, NAMES, ORDERS, Data, in_orders
from benchmarks.memory import bytes_for_an_entry, filled
from benchmarks.modes import MODES
from benchmarks.racing import in_each_order, setup
from benchmarks.suites import SUITES
from tests.conftest import installed_backends
from tests.kit.contrast import contrast
from tests.typing.checkers import SOURCE

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
SMOKE = MODES["smoke"]


def run(module: str, *arguments: str, backend: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "KEYVIEW_BACKEND": backend},
        capture_output=True,
        text=True,
        check=False,
    )


# -- what is compared -----------------------------------------------------------------------------


def outcome(statement: str, data: object) -> object:
    """What a statement built, or else what it read last."""
    names: dict[str, Any] = {**NAMES, "data": data}
    exec(f"{setup(statement, data)}\n{statement}", names)
    if "r" not in names:
        return names.get("v")
    made = names["r"]
    if isinstance(made, list):
        return made
    return dict(made) if hasattr(made, "keys") else set(made)


@pytest.mark.parametrize("suite", SUITES)
def test_all_variants_of_a_job_do_the_same(suite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Where pickle looks for the class: the tests of behaviour replace keyview by that of another backend.
    map_class = NAMES["HashMap"]
    monkeypatch.setitem(sys.modules, map_class.__module__, SimpleNamespace(HashMap=map_class))
    races = list(SUITES[suite](SMOKE))
    assert races or suite == "others"  # the packages of which need not be there
    for race in races:
        variants = {**race.ours, **race.theirs}
        outcomes = {name: outcome(code, race.data) for name, code in variants.items()}
        first = next(iter(outcomes.values()))
        assert all(found == first for found in outcomes.values()), (race.job, outcomes)
        if isinstance(race.data, Data):
            assert race.data.m3 == race.data.d3, race.job


def test_a_list_is_gone_through_in_every_order() -> None:
    data, seen = Data("int", 10, 20), list[int]()
    looped, orders = in_each_order("for k in asked:\n    seen.append(k)", data)
    exec(looped, {"data": data, "seen": seen})
    parts = [seen[start : start + 20] for start in range(0, len(seen), 20)]
    assert len(parts) == orders == ORDERS
    assert parts[0] == data.asked != parts[1]
    assert all(sorted(part) == sorted(data.asked) for part in parts)


def test_a_statement_without_a_list_and_a_long_list_are_left_alone() -> None:
    assert in_each_order("r = m.copy()", Data("int", 10, 20)) == ("r = m.copy()", 1)
    long = [0] * MOST_READ
    assert in_orders(random.Random(0), long=long) == {"long": [long]}


@pytest.mark.parametrize("size", [10, 1000])
def test_the_bytes_that_are_counted_are_those_that_a_dict_says_it_takes(size: int) -> None:
    keys = list(range(size))
    says = sys.getsizeof(filled(dict, keys)) / size
    assert bytes_for_an_entry(dict, keys) == pytest.approx(says, abs=0.1)


# -- how it is told -------------------------------------------------------------------------------


def turns(ours: list[float], theirs: list[float]) -> results.Turns:
    seconds = {"mine": ours, "yours": theirs}
    return {"job": "a job", "parameters": {"size": 10}, "ours": ["mine"], "seconds": seconds}


def test_ratios_are_of_times_in_the_same_turn() -> None:
    slow_machine = turns([10e-9, 20e-9, 40e-9], [20e-9, 40e-9, 80e-9])
    other_worker = turns([3e-9, 3e-9], [3e-9, 2e-9])
    found = results.summary([slow_machine, other_worker])
    assert found["ratios"] == {"mine": {"yours": [0.5, 0.5, 1.0]}}
    assert found["ns"] == {"mine": 10.0, "yours": 20.0}


@pytest.mark.parametrize(
    ("quartiles", "shown"),
    [([0.5, 0.614, 1.2], "0.61"), ([0.9, 1.2, 1.3], "1.20"), ([1.1, 29.6, 31.0], "**30**")],
)
def test_a_loss_is_bold_if_three_quarters_of_the_turns_were_lost(
    quartiles: list[float], shown: str
) -> None:
    assert tables.ratio(quartiles) == shown


def test_the_best_idiom_is_that_which_we_do_worst_against_without_other_packages() -> None:
    ratios: Mapping[str, list[float]] = {
        "d": [0.5, 0.6, 0.7],
        "Counter": [0.8, 0.9, 1.0],
        "cytoolz.countby": [1, 2, 3],
    }
    result: results.Result = {
        "job": "count",
        "parameters": {},
        "ns": {},
        "ratios": {"counted": dict(ratios)},
    }
    assert list(tables.against_best(result)) == [("count: `counted`", [0.8, 0.9, 1.0])]


def of_job(job: str, quartiles: list[float]) -> results.Result:
    return {
        "job": job,
        "parameters": {"size": 10},
        "ns": {},
        "ratios": {"mine": {"yours": quartiles}},
    }


def test_what_got_worse_is_named() -> None:
    before = [of_job(job, [0.9, 1.0, 1.1]) for job in ("slow", "noisy", "same", "gone")]
    after = [
        of_job("slow", [1.04, 1.06, 1.5]),
        of_job("noisy", [0.99, 1.2, 1.5]),
        of_job("same", [1.01, 1.05, 1.5]),
        of_job("new", [3.0, 4.0, 5.0]),
    ]
    assert list(compare.worse(dict(compare.rows(before)), dict(compare.rows(after)))) == [
        "slow (size 10): mine / yours: 1.06, and was 1.00"
    ]


def test_a_map_that_takes_more_memory_is_named() -> None:
    def taking(bytes_: float) -> list[dict[str, object]]:
        taken = {"dict": 20.0, "set": 70.0, "HashMap": bytes_, "HashSet": 70.0}
        return [{"keys": "str", "size": 10, "bytes": taken}]

    before = dict(compare.rows(taking(20.0)))
    assert list(compare.worse(before, dict(compare.rows(taking(21.0))))) == []
    assert list(compare.worse(before, dict(compare.rows(taking(21.2))))) == [
        "bytes (keys str, size 10): HashMap / dict: 1.06, and was 1.00"
    ]


def test_if_no_row_can_be_compared_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(results, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(sys, "argv", ["compare", str(tmp_path / "new")])
    for folder, job in ("kept", "one job"), ("new", "another job"):
        into = results.folder_of_this_python(tmp_path / folder)
        results.write(into, "lru", "smoke", [of_job(job, [1.0, 1.0, 1.0])])
    assert compare.main() == 2
    assert "have no row in common" in capsys.readouterr().err


@pytest.mark.parametrize("part", [["c[k]"], ["--keys", "int"], ["--size", "10"]])
def test_the_page_is_not_given_a_part_of_its_jobs(part: list[str]) -> None:
    done = run("benchmarks.beside", *part, "--write", backend="pure")
    assert done.returncode == 2
    assert "--write keeps them, and takes no JOB" in done.stderr


def test_a_mode_that_is_not_there_is_an_error_and_no_traceback() -> None:
    done = run("benchmarks.memory", "slow", backend="pure")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "invalid choice: 'slow'" in done.stderr


def test_an_operation_that_takes_more_instructions_is_marked() -> None:
    before = {"same": 100.0, "more": 100.0}
    lines = instructions.compared(before, {"same": 103.0, "more": 103.5, "other": 7.0})
    assert [line.split() for line in lines] == [
        ["same", "100.0", "103.0", "1.030"],
        ["more", "100.0", "103.5", "1.035", "MORE"],
        ["other", "7.0", "new"],
    ]


def test_a_page_cannot_ask_for_a_table_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="there is no table 'wurst'; there are about, "):
        report.rewritten("<!-- table: wurst -->\n<!-- end of table -->")


# -- what is published ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", report.pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_the_tables_of_a_page_are_those_of_the_results(page: Path) -> None:
    text = page.read_text("utf-8")
    assert report.rewritten(text) == text, "run python -m benchmarks.report"
    assert text.count("<!-- table: ") == len(report.REGION.findall(text))


def test_every_table_is_on_a_page() -> None:
    shown = "".join(page.read_text("utf-8") for page in report.pages())
    assert {name for name in tables.TABLES if f"<!-- table: {name} -->" not in shown} == set()


def test_every_python_that_was_measured_is_on_a_page() -> None:
    shown = "".join(page.read_text("utf-8") for page in report.pages())
    older = results.PYTHONS[1:]
    assert sorted(folder.name for folder in results.FOLDER.iterdir()) == sorted(results.PYTHONS)
    assert [python for python in older if f"<!-- table: plain {python} -->" not in shown] == []


def test_text_and_lines_of_the_plots_stand_out_on_light_and_on_dark() -> None:
    for name, *colours in plots.PAIRS.values():
        if name == "grid":  # It is there to be faint.
            continue
        for colour, paper in zip(colours, ("#ffffff", "#131416"), strict=True):
            assert contrast(colour, paper) >= 4.5, (name, colour)


def test_each_way_to_look_up_has_a_colour_of_its_own() -> None:
    races = list(SUITES["borrowed"](SMOKE))
    assert max(len(race.ours) + len(race.theirs) for race in races) <= len(plots.COLOURS)


@pytest.mark.parametrize("plot", plots.PLOTS)
def test_a_plot_is_of_the_results(plot: str) -> None:
    drawn = (plots.FOLDER / f"{plot}.svg").read_text("utf-8")
    assert plots.digest(plot) in drawn, "run python -m benchmarks.report"
    assert plots.SHEET.read_text("utf-8") == plots.sheet()
    assert not any(colour in drawn for colour in plots.PAIRS), "each is shown by its variable"


# -- it runs --------------------------------------------------------------------------------------


@pytest.mark.skipif("native" not in installed_backends(), reason="the native backend is not built")
def test_the_command_measures_every_job_and_tells_nothing_of_the_machine(tmp_path: Path) -> None:
    options = ["--mode", "smoke", "--into", str(tmp_path)]
    done = run("benchmarks.run", *SUITES, "memory", *options, backend="native")
    assert done.returncode == 0, done.stderr
    into = results.folder_of_this_python(tmp_path)
    for suite, races in SUITES.items():
        jobs = [(race.job, race.parameters) for race in races(SMOKE)]
        found = results.read(into, suite)["results"]
        assert [(result["job"], result["parameters"]) for result in found] == jobs
        for result in found:
            for _, _, (low, middle, high) in tables.pairs(result):
                assert 0 < low <= middle <= high
    sizes = tables.TABLES["sizes"](into)
    assert "10 keys" in sizes
    assert "| from pairs |" in sizes
    assert {row["keys"] for row in results.read(into, "memory")["results"]} == set(tables.KINDS)
    kept = "".join(file.read_text("utf-8") for file in into.iterdir())
    compared = run("benchmarks.compare", str(tmp_path), backend="native")
    if into.name in results.PYTHONS:
        assert re.search(
            r"\d of [1-9]\d* rows are worse, of borrowed, .*memory, ", compared.stdout
        ), compared
    else:
        assert compared.returncode == 2
        assert compared.stderr.startswith("There is nothing to compare: ")
    for private in (socket.gethostname(), str(ROOT), str(Path.home()), str(tmp_path)):
        assert private not in kept


@pytest.mark.parametrize("module", ["benchmarks.run", "benchmarks.borrowed"])
def test_without_the_core_nothing_is_measured(module: str) -> None:
    done = run(module, "--mode", "smoke", backend="pure")
    assert done.returncode == 1
    assert done.stderr.startswith("The benchmarks are of the native backend")

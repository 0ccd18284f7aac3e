"""What the measurements in `tools/` count as what; the measurements themselves take minutes, and PyPI."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import fix_packages, mypy_suite
from tools.compare_packages import (
    PROOF,
    Comparison,
    interval,
    judgements,
    page,
    page_of_releases,
    problems,
    sort_out,
    stored,
)
from tools.packages import Error, earlier, packages
from tools.record_lookups import Site
from tools.wrong_edits import copies, edits_for, found, write_copy

MINE = Error("a.py", 1, "key-view", "looks up")
INDEX = Error("a.py", 2, "index", "Invalid index type")
EXPLAINED = Error("a.py", 2, "index", "looks up")
OTHER = Error("a.py", 3, "var-annotated", "Need type annotation")
FREED = Error("a.py", 4, "unused-ignore", "Unused")
GONE = Error("a.py", 5, "arg-type", "incompatible type")


def site(line: int, **changes: object) -> Site:
    fields = {
        "file": "site-packages/p/a.py",
        "lines": (line, line),
        "line": line,
        "columns": (2, 3),
        "operation": "[]",
        "each": False,
        "local": True,
        "query": ("str",),
        "key": ("str",),
    }
    return Site(**{**fields, **changes})  # type: ignore[arg-type]


def test_errors_are_told_apart() -> None:
    result = Comparison("p", "1")
    sort_out(Counter([INDEX, GONE]), Counter([MINE, EXPLAINED, OTHER, FREED]), result)
    assert (result.ours, result.explained, result.new) == ([MINE], [EXPLAINED], [OTHER])
    assert (result.vanished, result.ignores_not_needed) == ([GONE], [FREED])


def test_what_mypy_reports_too_is_not_only_ours() -> None:
    overlap = Error("a.py", 1, "comparison-overlap", "Non-overlapping container check")
    result = Comparison("p", "1")
    sort_out(Counter([overlap, GONE]), Counter([MINE]), result)
    assert (result.ours, result.explained, result.vanished) == ([], [MINE], [GONE])


def test_no_reports_say_nothing_and_many_say_more_than_few() -> None:
    assert interval(0, 0) == (0, 1)
    assert interval(8, 10) == pytest.approx((0.490, 0.943), abs=1e-3)
    assert interval(80, 100) == pytest.approx((0.711, 0.867), abs=1e-3)


def test_a_report_that_nobody_judged_is_a_problem_and_so_is_an_error_of_no_one() -> None:
    result = Comparison("p", "1", ours=[MINE], new=[OTHER])
    assert problems([result]) == [
        "p: a.py:3 is new: Need type annotation",
        "p: a.py:1 is not judged: looks up",
    ]


def test_the_lists_are_in_order() -> None:
    names = {package.name for package in packages([])}
    assert len(names) >= 20
    old = {f"{package.name} {package.version}" for package in earlier([])}
    assert {release for release, _, _ in judgements()} <= names | old


def test_an_edit_makes_the_lookup_impossible() -> None:
    assert "a str encoded" in {edit.name for edit in edits_for(site(1))}
    assert edits_for(site(1, key=("bytes", "str"))) == [
        edit for edit in edits_for(site(1)) if edit.name == "None"
    ]
    assert edits_for(site(1, key=("?",))) == []
    assert all(not edit.needs for edit in edits_for(site(1, local=False)))


def test_no_two_edits_of_a_copy_are_in_one_place(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("d[k]\nd[\nk]\ndef f():\n    d[k]\n    d[k]\ndef g():\n    d[k]\n")
    file = str(path)
    made = copies(
        [site(1, file=file), site(1, file=file, columns=(5, 6)), site(3, file=file, lines=(2, 3))],
        limit=1,
    )
    assert [len(edits) for edits in made] == [2, 1]
    made = copies([site(line, file=file) for line in (5, 6, 8)], limit=1)
    assert [[at.line for at, _ in edits] for edits in made] == [[5, 8], [6]]


def test_an_edit_is_written_and_found_where_it_stands(tmp_path: Path) -> None:
    source = tmp_path / "site-packages" / "packaging"
    source.mkdir(parents=True)
    (source / "a.py").write_text("d[k]\nd - s\n")
    [package] = packages(["packaging"])
    file = str(source / "a.py")
    [encoded] = [edit for edit in edits_for(site(1)) if edit.name == "a str encoded"]
    edits = [
        (site(1, file=file), encoded),
        (site(2, file=file, columns=(4, 5), each=True), encoded),
    ]
    write_copy(tmp_path, tmp_path / "copy", edits, package)
    assert (tmp_path / "copy" / "packaging" / "a.py").read_text().splitlines() == [
        "d[(k).encode()]",
        "d - {(_one).encode() for _one in (s)}",
    ]
    error = Error("copy/packaging/a.py", 2, "key-view", "looks up")
    assert list(found(edits, [error], [])) == [False, True]
    assert list(found(edits, [error], [error])) == [False, False]


def test_the_pages_of_packages_are_of_their_results() -> None:
    for name, write in (("packages", page), ("releases", page_of_releases)):
        shown = (PROOF / f"{name}.md").read_text("utf-8")
        assert shown == write(stored(PROOF / f"{name}.json")), (
            f"run compare_packages --page: {name}"
        )


def test_the_page_of_fixes_is_of_its_results() -> None:
    results = fix_packages.read(fix_packages.PROOF / "fixes.json")
    shown = (fix_packages.PROOF / "fixes.md").read_text("utf-8")
    assert shown == fix_packages.page(results)
    listed = tomllib.loads(fix_packages.LIST.read_text("utf-8"))
    assert [one.package for one in results] == list(listed)
    assert not any(one.lost_by_safe for one in results)


def test_what_mypys_tests_mark_as_different_is_shown() -> None:
    shown = "Expected:\n  a.py:1: note: same\n\x1b[31m  a.py:2: error: other\x1b[0m (diff)\n"
    assert mypy_suite.differing(shown) == ["  a.py:2: error: other"]


@pytest.mark.parametrize(("own", "used"), [(None, "ours.ini"), ("own.ini", "own.ini")])
def test_mypys_tests_keep_their_own_settings(own: str | None, used: str) -> None:
    options = SimpleNamespace(config_file=own, plugins=["theirs"])
    parse = mypy_suite.with_plugin(lambda text, incremental_step: options, "ours.ini")
    assert parse("text", incremental_step=1) is options
    assert (options.config_file, options.plugins) == (used, ["theirs", "keyview.mypy"])


def test_a_folder_without_mypys_tests_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="has no test-data/unit; name a folder with mypy's source"):
        mypy_suite.main(tmp_path, [])

"""`keyview check` in projects of all kinds, with what it shows and how it exits."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections import Counter
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

import keyview
from keyview.cli import main
from keyview.cli.mypy_options import REFUSED
from keyview.cli.terminal import Progress
from keyview.mypy.host import run
from tests.cli.conftest import APP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Check

WRONG = "app.py:10: error: get() looks up "
UNTYPED = "app.py:6: error: Function is missing a type annotation  [no-untyped-def]"

THEIR_PLUGIN = dedent(
    """\
    from mypy.plugin import Plugin

    class Theirs(Plugin):
        def get_function_hook(self, fullname):
            return self.complain if fullname == "uuid.uuid4" else None

        def complain(self, ctx):
            ctx.api.fail("no random numbers here", ctx.context)
            return ctx.default_return_type

    def plugin(version):
        return Theirs
    """
)

PYPROJECT = '[tool.mypy]\nplugins = ["./theirs.py"]\ndisallow_untyped_defs = true\n'
CONFIGURATIONS = {
    "pyproject.toml": PYPROJECT,
    "mypy.ini": "[mypy]\nplugins = ./theirs.py\ndisallow_untyped_defs = true\n",
    "setup.cfg": "[mypy]\nplugins = ./theirs.py\ndisallow_untyped_defs = true\n",
}


def contents(directory: Path) -> dict[Path, bytes]:
    return {
        path: path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


# -- what it shows --------------------------------------------------------------------------------


def test_it_shows_our_errors_with_their_notes_and_counts_the_others(
    project: Path, check: Check
) -> None:
    (project / "app.py").write_text(APP + "text: str = 1\n")
    said = check("app.py")
    error, why, page, summary, judged = said.out.splitlines()
    assert said.status == 1
    assert error.startswith(WRONG)
    assert error.endswith("  [key-view]")
    assert why.startswith("app.py:10: note: ")
    assert page == "app.py:10: note: For more, run `keyview explain key-view`"
    assert summary == "1 wrong lookup in 1 file; 1 other error of mypy's, which --all shows"
    assert judged == "1 lookup judged"
    # From the cache, where neither mypy nor the plugin looks at the file again.
    assert check("app.py") == said


def test_without_errors_of_ours_it_exits_with_0(project: Path, check: Check) -> None:
    (project / "app.py").write_text("text: str = 1\n")
    said = check(".")
    assert said.status == 0
    assert said.out == (
        "0 wrong lookups in 1 file; 1 other error of mypy's, which --all shows\n0 lookups judged\n"
    )
    said = check(".", "--all")
    assert said.status == 1
    assert said.out == (
        "app.py:1: error: Incompatible types in assignment (expression has type "
        '"int", variable has type "str")  [assignment]\n'
        "0 wrong lookups in 1 file; 1 other error of mypy's\n"
        "0 lookups judged\n"
    )


def test_the_summary_counts_by_code_and_by_folder(project: Path, check: Check) -> None:
    (project / "part").mkdir()
    (project / "part" / "more.py").write_text("ages: dict[str, int] = {}\n[] in ages\n1 in ages\n")
    assert check(".").out.splitlines()[-4:] == [
        "3 wrong lookups in 2 files",
        "  by code: 2 key-view, 1 key-view-unhashable",
        "  by folder: 2 part, 1 .",
        "3 lookups judged",
    ]


def test_what_a_plugin_prints_is_not_lost_and_not_mixed_in(project: Path, check: Check) -> None:
    (project / "theirs.py").write_text("print('made')\n" + THEIR_PLUGIN)
    (project / "mypy.ini").write_text(CONFIGURATIONS["mypy.ini"])
    (project / "app.py").write_text("")
    assert check("app.py", cache="theirs") == (
        *(0, "0 wrong lookups in 1 file\n0 lookups judged\n", "made\n"),
    )


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_their_configuration_and_plugins_hold_beside_ours(
    project: Path, name: str, check: Check
) -> None:
    (project / name).write_text(CONFIGURATIONS[name])
    (project / "theirs.py").write_text(THEIR_PLUGIN)
    (project / "app.py").write_text(APP + "import uuid\nuuid.uuid4()\n")
    said = check("app.py", cache="theirs")
    assert said.status == 1
    assert WRONG in said.out
    assert "no-untyped-def" not in said.out
    said = check("--all", "app.py", cache="theirs")
    assert said.status == 1
    assert WRONG in said.out
    assert UNTYPED in said.out
    assert "app.py:12: error: no random numbers here" in said.out


def test_a_project_that_has_the_plugin_already_gets_it_once_and_names_its_files(
    project: Path, check: Check
) -> None:
    (project / "mypy.ini").write_text("[mypy]\nplugins = keyview.mypy\nfiles = app.py\n")
    said = check()
    assert said.status == 1
    assert said.out.count(WRONG) == 1


def test_what_they_disable_is_not_shown(project: Path, check: Check) -> None:
    (project / "mypy.ini").write_text("[mypy]\n[mypy-app]\ndisable_error_code = key-view\n")
    assert check("app.py")[:2] == (0, "0 wrong lookups in 1 file\n1 lookup judged\n")


LOOKUPS = """\
import json
from typing import Any
import not_there

plain: dict[str, int] = {}
loose: dict[Any, int] = {}
things: dict[str, Any] = {}

def typed(x: Any) -> None:
    [plain["a"], plain.get("b"), "c" in plain]  # judged: 3
    for _ in range(3): plain["loop"]  # judged: 1
    plain[x]  # of Any: 1
    [loose[1], loose[2]]  # among Any: 2
    [x[0], 1 in x, x.get("a"), (lambda: x[1:][0])]  # in Any: 4
    things["a"]["b"]  # judged: 1, in Any: 1
    json.loads("")["a"]  # in Any: 1
    [not_there.get("a"), plain.items(), x[1:]]
    x["a"] = 1
    x["b"]["c"] = x["d"]  # in Any: 2
    seen = set()
    seen.add(1)
    "a" in seen  # guessed: 1
    assert 1 not in plain  # judged: 1

class C:
    own: dict[str, Any]
    @property
    def property(self) -> Any: ...
    def method(self) -> Any: ...
    def look(self) -> None:
        self.own["x"]["y"]  # judged: 1, in Any: 1
        [self.property[i] for i in "abc"]  # in Any: 1
        self.method()[0]  # in Any: 1

def untyped(x):
    [x[0], x.get(1), 2 in x, plain["a"]]  # unchecked: 4
"""


def test_it_says_how_many_lookups_were_judged_and_why_others_were_not(
    project: Path, check: Check
) -> None:
    counts: Counter[str] = Counter()
    for reason, number in re.findall(r"[#,] ([a-zA-Z ]+): (\d)", LOOKUPS):
        counts[reason] += int(number)
    (project / "app.py").write_text(LOOKUPS)
    for _ in range(2):  # The second time from the cache.
        assert check("app.py").out.splitlines()[-1] == (
            f"{counts['judged']} lookups judged; {counts.total() - counts['judged']} not: "
            f"{counts['in Any']} in collections of type Any, {counts['unchecked']} in functions that mypy "
            f"does not check, {counts['among Any']} in collections with keys of type Any, "
            f"{counts['of Any']} of something of type Any, "
            f"{counts['guessed']} in collections without a declared type"
        )


# -- a project that never heard of keyview --------------------------------------------------------

FOREIGN = dedent(
    """\
    from pathlib import Path

    import idna_that_is_not_installed

    ages: dict[str, int] = {}

    def look(path: Path, maybe: str | None) -> None:
        ages.get(path)
        ages[path]
        path in ages
        set(ages) - {path}
        ages.get(maybe)
        ages["a"] = "b"

    raise SystemExit("this module was imported")
    """
)


@pytest.fixture
def foreign(project: Path) -> Path:
    (project / "app.py").unlink()
    package = project / "theirs"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('this package was imported')\n")
    (package / "ages.py").write_text(FOREIGN)
    return project


def places(shown: str) -> list[tuple[int, str]]:
    """The line and the code of each error."""
    return [
        (int(line.split(":")[1]), line.rpartition("[")[2].rstrip("]"))
        for line in shown.splitlines()
        if ": error: " in line
    ]


def test_wrong_lookups_in_foreign_code_are_shown_whatever_their_code(
    foreign: Path, check: Check
) -> None:
    for options in ((), ("--", "--no-site-packages")):
        said = check("theirs", *options)
        assert said.status == 1
        assert places(said.out) == [
            *((8, "call-overload"), (9, "index"), (10, "key-view"), (11, "key-view")),
        ]
        assert said.out.endswith(
            "4 wrong lookups in 2 files; 2 other errors of mypy's, which --all shows\n"
            "5 lookups judged\n"
        )


def test_an_absolute_path_makes_no_difference(foreign: Path, check: Check) -> None:
    said = check(str(foreign / "theirs"), "--", "--show-absolute-path")
    assert [line for line, _ in places(said.out)] == [8, 9, 10, 11]


def test_our_options_hold_where_nothing_is_said_of_mypy(foreign: Path, check: Check) -> None:
    (foreign / "pyproject.toml").write_text("[tool.keyview]\nstrict_none = true\n")
    assert 12 in [line for line, _ in places(check("theirs", cache="strict").out)]


def test_a_library_that_misses_keyview_is_not_their_concern(foreign: Path, check: Check) -> None:
    (foreign / "library.py").write_text("from keyview import HashMap\nm: HashMap[str, int]\n")
    (foreign / "theirs" / "ages.py").write_text("import library\n" + FOREIGN)
    (foreign / "mypy.ini").write_text("[mypy]\n[mypy-library]\nfollow_imports = silent\n")
    said = check("theirs", "--", "--no-site-packages")
    assert [line for line, _ in places(said.out)] == [9, 10, 11, 12]


# -- the cache, and what is left alone ------------------------------------------------------------


def test_it_keeps_a_cache_of_its_own_and_writes_nothing_else(project: Path) -> None:
    (project / "mypy.ini").write_text("[mypy]\nlinecount_report = report\n")
    (project / ".mypy_cache").mkdir()
    before = contents(project)
    assert main(["check", "app.py", "--no-cache"]) == 1
    assert contents(project) == before
    assert main(["check", "app.py"]) == 1
    after = contents(project)
    new = {path.relative_to(project).parts[0] for path in after if path not in before}
    assert new == {".keyview_cache"}
    assert before.items() <= after.items()


def test_a_second_run_checks_no_file_again(project: Path, cache: Path) -> None:
    def checked() -> list[str]:
        seen: list[str] = []
        run.check(run.Settings(str(cache), ("app.py",)), seen.append)
        return seen

    (project / "app.py").write_text("ages: dict[str, int] = {}\n")
    assert "app.py" in checked()
    assert "app.py" not in checked()


def test_workers_find_the_same(project: Path, check: Check, cache: Path) -> None:
    command = [sys.executable, "-m", "keyview", "check", "app.py", "-n2", f"--cache-dir={cache}"]
    for _ in range(10):  # mypy gives its workers three seconds to start.
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 2:
            break
        assert "mypy's workers did not start in time; try again, or without -n" in done.stderr
    assert done.stdout == check("app.py").out


# -- when it could not run ------------------------------------------------------------------------


@pytest.fixture
def reason(check: Check) -> Callable[..., str]:
    """The reason, once it has been seen that the command failed for one."""

    def failed(*arguments: str) -> str:
        status, out, err = check(*arguments)
        assert (status, out) == (2, "")
        prefix = "keyview check could not run: "
        assert err.startswith(prefix)
        return err.removeprefix(prefix)

    return failed


def test_what_there_is_not(project: Path, reason: Callable[..., str]) -> None:
    assert reason("nope.py") == "there is no file or directory 'nope.py'\n"
    assert reason() == "no PATH is given, and mypy's configuration names no files\n"
    (project / "empty").mkdir()
    assert "There are no .py[i] files in directory 'empty'" in reason("empty")


def test_a_syntax_error(project: Path, reason: Callable[..., str]) -> None:
    (project / "broken.py").write_text("def (:\n")
    why = reason("app.py", "broken.py")
    assert why.startswith("broken.py:1: error: ")
    assert why.endswith("[syntax]\n")


@pytest.mark.parametrize(
    ("name", "text", "diagnostic"),
    [
        pytest.param("mypy.ini", "[mypy]\nstrikt = true\n", "Unrecognized option", id="unknown"),
        pytest.param("mypy.ini", "strict = true\n", "no section headers", id="broken-ini"),
        pytest.param("pyproject.toml", "[tool.mypy\n", "pyproject.toml: ", id="broken-toml"),
        pytest.param("mypy.ini", "[mypy]\nplugins = nope\n", "No module named", id="no-plugin"),
        pytest.param(
            "mypy.ini", "[mypy]\n[keyview]\nnope = 1\n", "keyview has no option", id="of-ours"
        ),
    ],
)
def test_a_bad_configuration(
    project: Path, name: str, text: str, diagnostic: str, reason: Callable[..., str]
) -> None:
    (project / name).write_text(text)
    assert diagnostic in reason("app.py")


@pytest.mark.parametrize(
    ("line", "diagnostic"),
    [
        pytest.param("return ctx.default_return_type", "INTERNAL ERROR", id="in-a-hook"),
        pytest.param("return Theirs", "ZeroDivisionError", id="when-made"),
    ],
)
def test_a_plugin_that_crashes(
    project: Path, line: str, diagnostic: str, reason: Callable[..., str]
) -> None:
    (project / "theirs.py").write_text(THEIR_PLUGIN.replace(line, "return 1 / 0"))
    (project / "mypy.ini").write_text(CONFIGURATIONS["mypy.ini"])
    (project / "app.py").write_text("import uuid\nuuid.uuid4()\n")
    assert diagnostic in reason("app.py")


def test_a_keyview_that_mypy_cannot_see(project: Path, reason: Callable[..., str]) -> None:
    assert reason("app.py", "--", "--no-site-packages").startswith("mypy finds no keyview")


def test_mypy_is_not_installed(project: Path) -> None:
    code = (
        "import sys; sys.modules['mypy'] = None; from keyview.cli import main; "
        "sys.exit(main(['check', 'app.py']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "keyview check could not run: mypy is not installed; run `pip install keyview[mypy]`\n",
    )


# -- mypy's options -------------------------------------------------------------------------------

#: Options of mypy's that hold: they say what is checked, and how strictly.
HOLD = re.compile(
    r"--(no-)?(allow|disallow|warn|strict|implicit|check|disable|enable|extra|report-deprecated"
    r"|ignore-missing|follow|silence|exclude|explicit|namespace|site-packages|always|custom|local-partial"
    r"|native-parser|fast-module|python|platform|scripts|config|untyped|deprecated|old-type|new-type)\S*"
    r"|--(show|hide)-absolute-path|-[mpc]|--(module|package|command)"
)


def mypys_options() -> set[str]:
    """Every option of this mypy's command line."""
    from mypy.main import define_options

    parser, *_ = define_options()
    return {name for action in parser._actions for name in action.option_strings}


def test_each_option_of_mypy_holds_or_is_refused(project: Path, reason: Callable[..., str]) -> None:
    options = mypys_options()
    holding = {option for option in options if HOLD.fullmatch(option)}
    assert options - holding == options & REFUSED.keys()
    for written, option in {
        "--output=json": "--output",
        "-n4": "-n",
        "--prett": "--pretty",
    }.items():
        assert reason("app.py", "--", written) == (
            f"mypy's option {option} does nothing here: {REFUSED[option]}\n"
        )
    assert "unrecognized arguments: --nope" in reason("app.py", "--", "--nope")


# -- the command itself ---------------------------------------------------------------------------


def test_it_runs_as_a_module(project: Path, cache: Path) -> None:
    command = [sys.executable, "-m", "keyview", "check", f"--cache-dir={cache}", "app.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(WRONG)


def test_importing_it_does_not_import_mypy() -> None:
    code = "import sys, keyview.cli; sys.exit('mypy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["--version"])
    assert exit_.value.code == 0
    said = f"keyview {keyview.__version__}, {keyview.backend} backend\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nope"],
        ["check", "-n", "many"],
        ["check", "--format", "nope"],
        ["check", "--update-baseline"],
        ["check", "--baseline", "b.json", "--diff", "main"],
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert "usage: keyview" in capsys.readouterr().err


# -- on a terminal --------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_and_for_whoever_asks(
    project: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = check("app.py").out
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = check("app.py").out
    assert "\x1b[1;31merror:\x1b[0m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert check("app.py").out == plain


def test_a_terminal_shows_what_was_checked_and_then_forgets_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("WT_SESSION", "1")
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        progress = Progress(stream)
        progress.file_checked("app.py")
        progress.end()
        assert stream.getvalue() == ("\r\x1b[K1 checked: app.py\r\x1b[K" if shown else "")

"""`keyview check` in projects of all kinds, with what it shows and how it exits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import mypy.api
import pytest

import keyview
from keyview.cli import main

APP = dedent(
    """\
    from keyview import HashMap
    from uuid import UUID

    sessions: HashMap[str, int] = HashMap()

    def untyped(x):
        return x

    def age(session: UUID) -> int | None:
        return sessions.get(session)
    """
)
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


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory, the current one, with one wrong lookup in `app.py` and no configuration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MYPY_CACHE_DIR", raising=False)
    # Where this keyview is, for mypy and for processes that start in another directory.
    monkeypatch.setenv("PYTHONPATH", str(Path(keyview.__file__).parents[1]))
    # The plugin of the test before.
    monkeypatch.delitem(sys.modules, "theirs", raising=False)
    # mypy looks for a configuration in the directories above, up to a repository.
    (tmp_path / ".git").mkdir()
    (tmp_path / "app.py").write_text(APP)
    return tmp_path


def contents(directory: Path) -> dict[Path, bytes]:
    return {
        path: path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


# -- what it shows --------------------------------------------------------------------------------


def test_it_shows_our_errors_with_their_notes_and_counts_the_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "app.py").write_text(APP + "text: str = 1\n")
    assert main(["check", "app.py"]) == 1
    error, why, page, summary = capsys.readouterr().out.splitlines()
    assert error.startswith(WRONG)
    assert error.endswith("  [key-view]")
    assert why.startswith("app.py:10: note: ")
    assert page == "app.py:10: note: For more, run `keyview explain key-view`"
    assert summary == "1 wrong lookup in 1 file; 1 other error of mypy's, which --all shows"


def test_without_errors_of_ours_it_exits_with_0(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "app.py").write_text("text: str = 1\n")
    assert main(["check", "."]) == 0
    assert capsys.readouterr().out == (
        "0 wrong lookups in 1 file; 1 other error of mypy's, which --all shows\n"
    )
    assert main(["check", ".", "--all"]) == 1
    assert capsys.readouterr().out == (
        "app.py:1: error: Incompatible types in assignment (expression has type "
        '"int", variable has type "str")  [assignment]\n'
        "0 wrong lookups in 1 file; 1 other error of mypy's\n"
    )


def test_what_a_plugin_prints_is_not_lost_and_not_mixed_in(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "theirs.py").write_text("print('made')\n" + THEIR_PLUGIN)
    (project / "mypy.ini").write_text(CONFIGURATIONS["mypy.ini"])
    (project / "app.py").write_text("")
    assert main(["check", "app.py"]) == 0
    assert capsys.readouterr() == ("0 wrong lookups in 1 file\n", "made\n")


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_their_configuration_and_plugins_hold_beside_ours(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / name).write_text(CONFIGURATIONS[name])
    (project / "theirs.py").write_text(THEIR_PLUGIN)
    (project / "app.py").write_text(APP + "import uuid\nuuid.uuid4()\n")
    assert main(["check", "app.py"]) == 1
    shown = capsys.readouterr().out
    assert WRONG in shown
    assert "no-untyped-def" not in shown
    assert main(["check", "--all", "app.py"]) == 1
    shown = capsys.readouterr().out
    assert WRONG in shown
    assert UNTYPED in shown
    assert "app.py:12: error: no random numbers here" in shown


def test_a_project_that_has_the_plugin_already_gets_it_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mypy.ini").write_text("[mypy]\nplugins = keyview.mypy\n")
    assert main(["check", "app.py"]) == 1
    assert capsys.readouterr().out.count(WRONG) == 1


def test_what_they_ignore_is_ignored(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "mypy.ini").write_text("[mypy]\ndisable_error_code = key-view\n")
    assert main(["check", "app.py"]) == 0
    assert capsys.readouterr().out == "0 wrong lookups in 1 file\n"


def test_options_after_two_dashes_are_for_mypy(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "app.py", "--all", "--", "--disallow-untyped-defs"]) == 1
    assert UNTYPED in capsys.readouterr().out


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


@pytest.mark.parametrize("options", [(), ("--", "--no-site-packages")], ids=["with", "without"])
def test_wrong_lookups_in_foreign_code_are_shown_whatever_their_code(
    foreign: Path, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "theirs", *options]) == 1
    shown = capsys.readouterr().out
    assert places(shown) == [
        *((8, "call-overload"), (9, "index"), (10, "key-view"), (11, "key-view")),
    ]
    assert shown.endswith(
        "4 wrong lookups in 2 files; 2 other errors of mypy's, which --all shows\n"
    )


def test_an_absolute_path_makes_no_difference(
    foreign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(foreign / "theirs"), "--", "--show-absolute-path"]) == 1
    assert [line for line, _ in places(capsys.readouterr().out)] == [8, 9, 10, 11]


def test_our_options_hold_where_nothing_is_said_of_mypy(
    foreign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (foreign / "pyproject.toml").write_text("[tool.keyview]\nstrict_none = true\n")
    assert main(["check", "theirs"]) == 1
    assert 12 in [line for line, _ in places(capsys.readouterr().out)]


def test_a_library_that_misses_keyview_is_not_their_concern(
    foreign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (foreign / "library.py").write_text("from keyview import HashMap\nm: HashMap[str, int]\n")
    (foreign / "theirs" / "ages.py").write_text("import library\n" + FOREIGN)
    (foreign / "mypy.ini").write_text("[mypy]\n[mypy-library]\nfollow_imports = silent\n")
    assert main(["check", "theirs", "--", "--no-site-packages"]) == 1
    assert [line for line, _ in places(capsys.readouterr().out)] == [9, 10, 11, 12]


# -- what it leaves alone -------------------------------------------------------------------------


def test_it_writes_nothing_into_the_project(project: Path) -> None:
    (project / "mypy.ini").write_text("[mypy]\nlinecount_report = report\n")
    before = contents(project)
    assert main(["check", "."]) == 1
    assert contents(project) == before


def test_a_cache_made_without_the_plugin_is_neither_believed_nor_changed(project: Path) -> None:
    (project / "app.py").write_text(
        APP.replace("sessions.get(session)", "int(session in sessions)")
    )
    _, _, status = mypy.api.run(["app.py"])
    assert status == 0, "mypy alone accepts any object before `in`"
    before = contents(project)
    assert any(".mypy_cache" in path.parts for path in before)
    assert main(["check", "app.py"]) == 1
    assert contents(project) == before


# -- when it could not run ------------------------------------------------------------------------


def could_not_run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The reason, once it has been seen that the command failed for one."""
    assert main(["check", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    prefix = "keyview check could not run: "
    assert err.startswith(prefix)
    return err.removeprefix(prefix)


def test_no_such_path(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert could_not_run(capsys, "nope.py") == "there is no file or directory 'nope.py'\n"


def test_a_directory_without_python(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "empty").mkdir()
    assert "There are no .py[i] files in directory 'empty'" in could_not_run(capsys, "empty")


def test_a_syntax_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "broken.py").write_text("def (:\n")
    reason = could_not_run(capsys, "app.py", "broken.py")
    assert reason.startswith("broken.py:1: error: ")
    assert reason.endswith("[syntax]\n")


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
    project: Path, name: str, text: str, diagnostic: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / name).write_text(text)
    assert diagnostic in could_not_run(capsys, "app.py")


@pytest.mark.parametrize(
    ("line", "diagnostic"),
    [
        pytest.param("return ctx.default_return_type", "INTERNAL ERROR", id="in-a-hook"),
        pytest.param("return Theirs", "ZeroDivisionError", id="when-made"),
    ],
)
def test_a_plugin_that_crashes(
    project: Path, line: str, diagnostic: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "theirs.py").write_text(THEIR_PLUGIN.replace(line, "return 1 / 0"))
    (project / "mypy.ini").write_text(CONFIGURATIONS["mypy.ini"])
    (project / "app.py").write_text("import uuid\nuuid.uuid4()\n")
    assert diagnostic in could_not_run(capsys, "app.py")


def test_an_option_that_mypy_does_not_have(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "unrecognized arguments: --nope" in could_not_run(capsys, "app.py", "--", "--nope")


def test_a_keyview_that_mypy_cannot_see(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reason = could_not_run(capsys, "app.py", "--", "--no-site-packages")
    assert reason.startswith("mypy finds no keyview")


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


# -- the command itself ---------------------------------------------------------------------------


def test_it_runs_as_a_module(project: Path) -> None:
    command = [sys.executable, "-m", "keyview", "check", "app.py"]
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


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "--", "--strict"], ["nope"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert "usage: keyview" in capsys.readouterr().err


# -- explain --------------------------------------------------------------------------------------

CODES = ("key-view", "key-view-law", "key-view-stored", "key-view-unhashable")


def test_it_lists_the_codes_with_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert tuple(line.split()[0] for line in lines) == CODES
    assert lines[0] == "key-view             A lookup that can never succeed"
    assert max(map(len, lines)) < 80


@pytest.mark.parametrize("code", CODES)
def test_it_shows_the_page_of_a_code_as_text(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{code}\n{'=' * len(code)}\n\nA ")
    for part in ("\nWhy. ", "\nHow to fix it. ", "\nWhen to silence it. ", "\n    $ mypy "):
        assert part in shown
    for mark in ("```", "**", "](", "\0", "\n\n\n"):
        assert mark not in shown
    prose = [line for line in shown.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) < 80


def test_code_is_shown_as_it_is_and_what_is_quoted_is_not_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["explain", "key-view-law"])
    shown = capsys.readouterr().out
    program = (
        "    @dataclass(frozen=True)\n    class ShortKey(KeyView[str]):\n        rest: str\n\n"
    )
    assert program in shown
    assert "\n`# type: ignore[key-view-law]`.\n" in shown
    items = "\n- if the class body defines only one of the two, or `__hash__ = None`;\n- if another"
    assert items in shown
    assert "code there, as with `key-view`.\n" in shown


def test_a_code_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "index"]) == 2
    assert capsys.readouterr() == (
        "",
        f"keyview explain: there is no error code 'index'; there are {', '.join(CODES)}\n",
    )


def test_it_needs_no_mypy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("keyview.mypy")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mypy", None)
    assert main(["explain", "key-view"]) == 0

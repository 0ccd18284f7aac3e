"""Every task of those who work on keyview: `nox --list` shows them, `nox -s NAME` runs one.

Options after `--` are for the tool that a session runs: `nox -s tests-3.13 -- tests/unit -k entry`. A
session has a virtual environment of its own. `nox -R` uses what is installed in it already, also an
older keyview.
"""

from __future__ import annotations

import runpy
import shutil
import sys
import sysconfig
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["lint", "tests"]
nox.options.default_venv_backend = "uv|virtualenv"  # uv, if it is there, is quicker.

ROOT = Path(__file__).parent
SITE = "build/site"
PROJECT = nox.project.load_toml("pyproject.toml")
#: The classifiers are the list of Pythons; the other places that name them are compared with it.
PYTHONS = nox.project.python_versions(PROJECT)
#: What tests/where.py has run once runs on this one, as the other tasks of CI do. The group `ecosystem` has
#: wheels for it, and for 3.14.
ONCE_ON = "3.13"
#: The oldest mypy that the plugin supports, and the minor versions before the newest, which `tests`
#: uses.
MYPYS = ["1.19", "2.1", "2.2", "2.3"]
#: CI runs the first and the last of them: `nox -t ends`.
ENDS = {MYPYS[0], MYPYS[-1]}
TESTS_OF_MYPYS = [
    f"tests/mypy/test_{name}.py"
    for name in ("cases", "codes", "frozendict", "programs", "versions")
]
#: As run.py has it, and why: by file, with the quick files last.
IN_PARALLEL = ["-nauto", "--dist=loadfile", "--no-loadscope-reorder", "--max-worker-restart=0"]
#: How a user's project is set up, adds a file and runs Python, with each; tests/native installs with pip.
INSTALLERS = {
    "uv": (f"uv venv --python {sys.executable}", "uv add", "uv run"),
    "pdm": ("pdm venv create", "pdm add", "pdm run"),
    "poetry": ("poetry config --local virtualenvs.in-project true", "poetry add", "poetry run"),
}
#: pdm 2.29 does not run with the newest of this library, although it asks for no other.
WITH_INSTALLERS = {"pdm": ["hishel<2"]}
#: What the C is to compile without.
WARNINGS = ["-Wall", "-Wextra", "-Wshadow", "-Wconversion", "-Werror"]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on both backends, on one Python or on each; or what is named after `--`."""
    install(session, "test")
    left_out = runpy.run_path(str(ROOT / "tests" / "where.py"))["left_out"]
    asked = session.posargs or left_out(session.python, ONCE_ON, PYTHONS)
    session.run("python", "-m", "pytest", *IN_PARALLEL, *asked)


@nox.session
@nox.parametrize(
    "mypy", [nox.param(one, id=one, tags=["ends"] if one in ENDS else []) for one in MYPYS]
)
def mypys(session: nox.Session, mypy: str) -> None:
    """Run the plugin's tests with one of the older versions of mypy, or with each."""
    install(session, "plugin", f"mypy=={mypy}.*")
    session.run("python", "-m", "pytest", "-q", *IN_PARALLEL, *TESTS_OF_MYPYS, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff, mypy, import-linter and the rest of tests/house."""
    install(session, "test")
    session.run("python", "-m", "pytest", "-q", "tests/house", *session.posargs)


@nox.session
def warnings(session: nox.Session) -> None:
    """Compile the C with every warning; each is an error."""
    session.install("setuptools>=77")
    # No warnings about Python's own headers.
    headers = ["-isystem", sysconfig.get_path("include")]
    flags = [*WARNINGS, *headers, *session.posargs]
    folder = session.create_tmp()
    session.chdir(ROOT)
    session.run(
        *("python", "setup.py", "-q", "build_ext", "--force"),
        *("--build-lib", folder, "--build-temp", folder),
        env={"KEYVIEW_REQUIRE_EXTENSION": "1", "KEYVIEW_CFLAGS": " ".join(flags)},
    )


@nox.session
def sanitize(session: nox.Session) -> None:
    """Run the tests of the C under AddressSanitizer and UndefinedBehaviorSanitizer."""
    # tools/sanitize.py compiles the native backend that is tested.
    install(session, "plugin", "setuptools>=77", env={"KEYVIEW_NO_EXTENSION": "1"})
    session.run("python", "-m", "tools.sanitize", *IN_PARALLEL, *session.posargs)


@nox.session
def mutations(session: nox.Session) -> None:
    """Make defects in the C and in the pure backend, and see which of them the tests notice."""
    install(session, "test")
    session.run("python", "-m", "tools.mutations", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Show what the tests reach of the Python and of the C, and what they do not."""
    install(session, "test", *group("coverage"))
    session.run("python", "-m", "tools.coverage", *IN_PARALLEL, *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation with its playground: build/site/index.html."""
    install(session, "docs")
    # Afresh: Sphinx forgets the words for the search of the pages that it does not write again.
    options = ("-W", "--keep-going", "--quiet", "-E", "-d", "build/doctrees")
    session.run("python", "-m", "sphinx", *options, "docs", SITE)
    session.run("python", "docs/playground/build.py", f"{SITE}/playground")


@nox.session(python="3.13")
def clusters(session: nox.Session) -> None:
    """Run the programs of docs/ecosystem/processes.md for ray, and for Spark, which needs Java."""
    install(session, "test", *group("clusters"))
    environment = {"KEYVIEW_TEST_CLUSTERS": "1", "PYSPARK_PYTHON": "python"}
    file = "tests/integrations/test_processes.py"
    session.run("python", "-m", "pytest", file, "-k", "clusters", *session.posargs, env=environment)


@nox.session
def instructions(session: nox.Session) -> None:
    """Count what operations of the core take, now and when the benchmarks were last published."""
    session.install("setuptools>=77", "typing-extensions")
    session.run("python", "-m", "benchmarks.instructions", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure; `-- --mode quick` is for a look, and only a quiet machine is worth the full mode."""
    install(session, "bench", env={"KEYVIEW_REQUIRE_EXTENSION": "1"})
    session.run("python", "-m", "benchmarks.run", *session.posargs)


@nox.session
def wheels(session: nox.Session) -> None:
    """Build the sdist and a wheel for this Python into dist/, and see that PyPI would take them.

    The wheels for every Python and platform are made by .github/workflows/wheels.yml.
    """
    session.install("build", "twine")
    forget_builds()
    env = {"KEYVIEW_REQUIRE_EXTENSION": "1"}
    session.run("python", "-m", "build", "--outdir", "dist", *session.posargs, env=env)
    session.run("twine", "check", "--strict", *map(str, Path("dist").glob("keyview-*")))


@nox.session
@nox.parametrize("installer", list(INSTALLERS), ids=list(INSTALLERS))
def installers(session: nox.Session, installer: str) -> None:
    """Install the wheel and the sdist in a new project, with uv, pdm and poetry."""
    session.install("build", installer, *WITH_INSTALLERS.get(installer, ()))
    forget_builds()
    folder = Path(session.create_tmp()).resolve()
    shutil.rmtree(folder / "dist", ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(folder / "dist"), silent=True)
    set_up, add, run = (command.split() for command in INSTALLERS[installer])
    for file in sorted((folder / "dist").iterdir()):
        project = folder / f"{installer}-{file.suffix[1:]}"  # pdm takes "x.whl" for a wheel.
        shutil.rmtree(project, ignore_errors=True)
        project.mkdir()
        (project / "pyproject.toml").write_text(project_of_a_user(*session.posargs))
        with session.chdir(project):
            for command in (
                set_up,
                [*add, str(file)],
                [*run, "python", "-m", "keyview", "--version"],
            ):
                session.run(*command, env={"VIRTUAL_ENV": None})


def project_of_a_user(index: str | None = None) -> str:
    """A project for this Python alone; poetry is to read that simple index, if one is given.

    To build an sdist, poetry asks PyPI for the JSON of one version of setuptools. A mirror may not have that,
    and poetry then finds no package: `nox -s "installers(poetry)" -- URL` is for mirrors.
    """
    major, minor = sys.version_info[:2]
    pythons = f">={major}.{minor},<{major}.{minor + 1}"
    project = f'[project]\nname = "project"\nversion = "1"\nrequires-python = "{pythons}"\n'
    source = f'[[tool.poetry.source]]\nname = "simple"\nurl = "{index}"\npriority = "primary"\n'
    return project + (source if index else "")


def group(name: str) -> tuple[str, ...]:
    """The requirements of a dependency group."""
    return nox.project.dependency_groups(PROJECT, name)


def install(session: nox.Session, name: str, *more: str, env: dict[str, str] | None = None) -> None:
    """Install keyview, as a user would get it, and what a dependency group names."""
    forget_builds()
    session.install(".[mypy]", *group(name), *more, env=env)


def forget_builds() -> None:
    """Take away what an earlier build left, which setuptools would install, too."""
    for left in ("bdist.*", "lib*", "temp.*"):
        for folder in Path("build").glob(left):
            shutil.rmtree(folder)

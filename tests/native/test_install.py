"""Every way to install it: with a compiler and without, from a sdist, editable; and what the wheels hold."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT_FROM = ["pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"]
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_{}(sys.argv[1]))"
# As if installed in the folder, and in front of any other keyview.
INSTALLED = """
import site, sys
others = sys.path[:]
sys.path.clear()
site.addsitedir(sys.argv[1])
sys.path += others
"""
SHOW = f"""{INSTALLED}
import keyview
keyview.HashMap(a=1).entry("a")
print(keyview.backend, keyview.__file__, sep="\\n")
"""
EXPLAIN = f"""{INSTALLED}
from keyview.cli import main
main(["explain", "key-view"])
"""
# Built only to be inspected and imported: it need not be fast.
NATIVE = {"KEYVIEW_REQUIRE_EXTENSION": "1", "KEYVIEW_CFLAGS": "-O0"}
NO_COMPILER = {"CC": "no-such-compiler"}

NeedsCompiler = pytest.mark.skipif(shutil.which("cc") is None, reason="there is no compiler here")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the files from which a package is built, without anything that was built before."""
    copy = tmp_path / "project"
    ignore = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__", "*.egg-info")
    for name in ("src", "stubs"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignore)
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, copy)
    return copy


def attempt(what: str, project: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Build a wheel, an editable wheel or a sdist, as pip does."""
    (project.parent / "made").mkdir(exist_ok=True)
    unset = ("KEYVIEW_", "LD_PRELOAD")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    return subprocess.run(
        [sys.executable, "-c", BUILD.format(what), str(project.parent / "made")],
        cwd=project,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def build(what: str, project: Path, **variables: str) -> tuple[Path, str]:
    """The file that was built, and the text on stderr."""
    done = attempt(what, project, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return project.parent / "made" / done.stdout.splitlines()[-1], done.stderr


def core_in(wheel: Path) -> list[str]:
    return [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("keyview/_core.")]


def imported_from(wheel: Path, folder: Path) -> tuple[str, Path]:
    """The backend of the keyview that the wheel installs, and its path."""
    zipfile.ZipFile(wheel).extractall(folder)
    environment = {**os.environ, "KEYVIEW_BACKEND": ""}
    done = subprocess.run(
        [sys.executable, "-c", SHOW, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    backend, file = done.stdout.splitlines()
    return backend, Path(file)


def assert_is_pure(wheel: Path, folder: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    assert core_in(wheel) == []
    assert b"Root-Is-Purelib: true" in zipfile.ZipFile(wheel).read(
        f"{'-'.join(wheel.name.split('-')[:2])}.dist-info/WHEEL"
    )
    assert imported_from(wheel, folder)[0] == "pure"


PAGES = sorted(page.name for page in (ROOT / "src" / "keyview" / "mypy" / "pages").iterdir())


def explained_by(wheel: Path, folder: Path) -> str:
    """What `keyview explain key-view` prints where the wheel is installed."""
    zipfile.ZipFile(wheel).extractall(folder)
    done = subprocess.run(
        [sys.executable, "-c", EXPLAIN, str(folder)], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_pages_of_the_codes_are_installed(project: Path) -> None:
    wheel, _ = build("wheel", project, **NO_COMPILER)
    names = zipfile.ZipFile(wheel).namelist()
    pages = [Path(name) for name in names if name.endswith(".md")]
    assert sorted(page.name for page in pages) == PAGES
    assert {page.parent.as_posix() for page in pages} == {"keyview/mypy/pages"}
    assert explained_by(wheel, project / "site").startswith("key-view\n========\n")


@pytest.mark.parametrize(("address", "links"), [("", 0), ("https://host/owner/keyview", 4)])
def test_the_metadata_has_links_once_there_is_an_address(
    project: Path, address: str, links: int
) -> None:
    about = project / "src" / "keyview" / "_about.py"
    setting = "REPOSITORY: Final = "
    text = about.read_text("utf-8")
    assert f'{setting}""' in text
    about.write_text(text.replace(f'{setting}""', f'{setting}"{address}"'), "utf-8")
    wheel, _ = build("wheel", project, KEYVIEW_NO_EXTENSION="1")
    archive = zipfile.ZipFile(wheel)
    [metadata] = [name for name in archive.namelist() if name.endswith("/METADATA")]
    assert archive.read(metadata).count(b"\nProject-URL: ") == links


@NeedsCompiler
def test_the_core_is_compiled_by_default_and_its_sources_stay_behind(project: Path) -> None:
    wheel, said = build("wheel", project, KEYVIEW_CFLAGS="-O0")
    assert not wheel.name.endswith("-any.whl")
    assert len(core_in(wheel)) == 1
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith((".c", ".h"))]
    assert "could not be compiled" not in said
    assert imported_from(wheel, project / "site")[0] == "native"


@NeedsCompiler
@pytest.mark.skipif(sys.platform != "linux", reason="of ELF, whose sections have names")
@pytest.mark.parametrize(
    "variables", [{}, {"KEYVIEW_DEBUG": "1"}, {"KEYVIEW_CFLAGS": "-O0"}], ids=" ".join
)
def test_the_library_of_a_release_has_no_symbols_but_those_that_python_needs(
    project: Path, variables: dict[str, str]
) -> None:
    wheel, _ = build("wheel", project, CFLAGS="-O0 -g", **variables)
    [core] = core_in(wheel)
    library = zipfile.ZipFile(wheel).read(core)
    assert b"PyInit__core" in library
    # The table of sections names what there is.
    assert (b"\0.symtab\0" in library) == bool(variables)
    assert (b"\0.debug_info\0" in library) == bool(variables)


def test_without_a_compiler_it_is_pure_and_says_so(project: Path) -> None:
    wheel, said = build("wheel", project, **NO_COMPILER)
    [sentence] = [line for line in said.splitlines() if line.startswith("keyview: ")]
    assert sentence.startswith("keyview: the native backend could not be compiled: ")
    assert "no-such-compiler" in sentence
    assert sentence.endswith("; keyview will be pure Python, complete but slower")
    assert_is_pure(wheel, project / "site")


def test_a_core_that_is_not_valid_c_is_left_out_too(project: Path) -> None:
    (project / "src" / "keyview" / "_native" / "module.c").write_text("#error on purpose\n")
    wheel, said = build("wheel", project)
    assert "keyview: the native backend could not be compiled: " in said
    assert_is_pure(wheel, project / "site")


def test_a_wheel_without_the_core_can_be_asked_for(project: Path) -> None:
    wheel, said = build("wheel", project, KEYVIEW_NO_EXTENSION="1")
    assert "could not be compiled" not in said
    assert_is_pure(wheel, project / "site")


def test_a_core_that_is_required_must_compile(project: Path) -> None:
    done = attempt("wheel", project, **NO_COMPILER, **NATIVE)
    assert done.returncode != 0
    assert (
        "keyview: KEYVIEW_REQUIRE_EXTENSION asks for the native backend, which could not be"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert list((project.parent / "made").iterdir()) == []


def test_a_core_cannot_be_required_and_left_out(project: Path) -> None:
    done = attempt("wheel", project, **NATIVE, KEYVIEW_NO_EXTENSION="1")
    assert done.returncode != 0
    assert "unset one of them" in done.stderr
    assert list((project.parent / "made").iterdir()) == []


@NeedsCompiler
def test_zero_asks_for_nothing(project: Path) -> None:
    wheel, _ = build("wheel", project, **NATIVE, KEYVIEW_NO_EXTENSION="0")
    assert len(core_in(wheel)) == 1


@pytest.fixture
def unpacked(project: Path) -> Path:
    """A sdist, unpacked elsewhere. It is the same if it is made without the native backend."""
    sdist, _ = build("sdist", project, KEYVIEW_NO_EXTENSION="1")
    with tarfile.open(sdist) as archive:
        archive.extractall(project.parent / "unpacked", filter="data")
    [folder] = (project.parent / "unpacked").iterdir()
    shutil.rmtree(project)
    return folder


@NeedsCompiler
def test_a_sdist_carries_all_that_the_core_needs_and_it_compiles_without_a_warning(
    unpacked: Path,
) -> None:
    flags = "-Wall -Wextra -Werror"
    wheel, _ = build("wheel", unpacked, KEYVIEW_REQUIRE_EXTENSION="1", KEYVIEW_CFLAGS=flags)
    assert imported_from(wheel, unpacked / "site")[0] == "native"


def test_a_sdist_installs_without_a_compiler(unpacked: Path) -> None:
    wheel, _ = build("wheel", unpacked, **NO_COMPILER)
    assert_is_pure(wheel, unpacked / "site")
    assert explained_by(wheel, unpacked / "other").startswith("key-view\n========\n")


@pytest.mark.parametrize(
    "backend", [pytest.param("native", marks=NeedsCompiler), pytest.param("pure")]
)
def test_an_editable_one(project: Path, backend: str) -> None:
    variables = NATIVE if backend == "native" else NO_COMPILER
    wheel, said = build("editable", project, **variables)
    assert ("could not be compiled" in said) == (backend == "pure")
    source = project / "src" / "keyview" / "__init__.py"
    assert imported_from(wheel, project / "site") == (backend, source)
    assert explained_by(wheel, project / "other").startswith("key-view\n========\n")

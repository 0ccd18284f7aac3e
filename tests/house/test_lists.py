"""Facts that are written in several places agree: the supported Pythons, the versions of mypy, the tools."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from nox.project import dependency_groups, python_versions

from keyview import HashMap, HashSet, SortedMap, SortedSet
from keyview.mypy.rules.collections import MAKERS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PYTHONS = python_versions(PROJECT)
OLDEST, NEWEST = PYTHONS[0], PYTHONS[-1]
#: The files of git that are not in the sdist: they are for GitHub, git and editors.
NOT_IN_SDIST = re.compile(
    r"\.(ci|github)/|templates/|action\.yml$|\.(editorconfig|gitignore|pre-commit-(config|hooks)\.yaml)$"
)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def loaded(name: str) -> Any:
    return yaml.safe_load(text(name))


def constants(name: str) -> dict[str, Any]:
    """The names that a program binds to literals at its top level."""
    found = {}
    for statement in ast.parse(text(name)).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            try:
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
            except ValueError:
                continue
    return found


def requirements() -> set[str]:
    """The requirements of every dependency group."""
    groups = [dependency_groups(PROJECT, name) for name in PROJECT["dependency-groups"]]
    return {requirement for group in groups for requirement in group}


# -- the supported Pythons ------------------------------------------------------------------------


def test_the_oldest_python_is_the_one_that_is_required() -> None:
    assert PROJECT["project"]["requires-python"] == f">={OLDEST}"
    major, minor = OLDEST.split(".")
    assert f"sys.version_info < ({major}, {minor})" in text("run.py")


@pytest.mark.parametrize(
    "page", ["README.md", "docs/index.md", "docs/team/versions.md", "docs/tutorial.md"]
)
def test_pages_name_the_pythons(page: str) -> None:
    assert set(re.findall(r"C?Python (3\.\d+ to 3\.\d+)", text(page))) == {f"{OLDEST} to {NEWEST}"}


def test_ci_has_every_python() -> None:
    jobs = loaded(".github/workflows/ci.yml")["jobs"]
    assert jobs["tests"]["strategy"]["matrix"]["python"] == PYTHONS


def test_the_folder_of_newer_pythons_has_the_newest_ones() -> None:
    [minors] = re.findall(r"^minors=\((.*)\)$", text(".ci/newer-pythons"), re.MULTILINE)
    newer = [f"3.{minor}" for minor in minors.split()]
    assert newer == PYTHONS[-len(newer) :]
    assert " | ".join(f'*" {minor} "*' for minor in newer) in text(".ci/run")
    assert " | ".join(newer) in text(".ci/run")


# -- the versions of mypy -------------------------------------------------------------------------


def test_the_oldest_mypy_is_the_same_everywhere() -> None:
    oldest, *_ = constants("noxfile.py")["MYPYS"]
    assert PROJECT["project"]["optional-dependencies"]["mypy"] == [f"mypy>={oldest}"]
    [hook] = loaded(".pre-commit-hooks.yaml")
    assert hook["additional_dependencies"] == [f"mypy>={oldest}"]
    refused = re.findall(r"needs mypy (\S+) or later", text("tests/mypy/test_versions.py"))
    assert refused == [oldest]
    assert re.findall(r"works with mypy (\S+) to", text("README.md")) == [oldest]
    page = text("docs/team/versions.md")
    [newest] = re.findall(rf"mypy, for the plugin \| {oldest} to (\S+) \|", page)
    last = constants("noxfile.py")["MYPYS"][-1]
    assert f"with mypy {oldest}, {last} and {newest}." in page


# -- the plugin -----------------------------------------------------------------------------------


def test_the_plugin_knows_the_class_methods_that_make_a_collection() -> None:
    classes = (HashMap, HashSet, SortedMap, SortedSet)
    makers = {
        f"{name} of {cls.__name__}"
        for cls in classes
        for name, value in vars(cls).items()
        if isinstance(value, classmethod) and not name.startswith("_")
    }
    # The parts of `merged` are mappings, whose keys are judged where they are made.
    assert makers - MAKERS == {"merged of HashMap", "merged of SortedMap"}
    assert makers >= MAKERS


# -- tasks and tools ------------------------------------------------------------------------------


def test_every_task_that_ci_names_is_a_session() -> None:
    sessions = set(re.findall(r"^def (\w+)\(session: ", text("noxfile.py"), re.MULTILINE))
    jobs = loaded(".github/workflows/ci.yml")["jobs"]
    assert set(jobs["tasks"]["strategy"]["matrix"]["session"]) <= sessions
    named = {
        name
        for page in (".ci/run", "CONTRIBUTING.md", "README.md", "docs/why/two-backends.md")
        for name in re.findall(r"\bnox\"? -s (\w+)", text(page))
    }
    assert named
    assert named <= sessions


def test_nox_and_run_py_start_pytest_alike() -> None:
    assert constants("noxfile.py")["IN_PARALLEL"] == constants("run.py")["IN_PARALLEL"]


def test_uv_knows_what_a_build_reads() -> None:
    keys = PROJECT["tool"]["uv"]["cache-keys"]
    files = {key["file"].removesuffix("/**/*") for key in keys if "file" in key}
    assert files == set(constants("run.py")["INSTALLED_FROM"])
    read = set(re.findall(r'"(KEYVIEW_\w+)"', text("setup.py")))
    assert {key["env"] for key in keys if "env" in key} == {"CC", *read}


def test_what_pre_commit_installs_is_what_the_groups_name() -> None:
    [local] = loaded(".pre-commit-config.yaml")["repos"]
    installed = {each for hook in local["hooks"] for each in hook["additional_dependencies"]}
    assert installed <= requirements()


def test_the_changelog_has_the_version() -> None:
    versions = re.findall(r"^## \[(\S+)\]", text("CHANGELOG.md"), re.MULTILINE)
    assert (
        versions[0] == "Unreleased"
        or versions[0] == constants("src/keyview/__init__.py")["__version__"]
    )


def test_what_runs_somewhere_only_is_there() -> None:
    named = constants("tests/where.py")
    for path in (*named["ONCE"], *named["AT_THE_ENDS"]):
        assert (ROOT / path).exists(), path


# -- the files of the repository ------------------------------------------------------------------


def files_of_git() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [name for name in listed.stdout.decode().splitlines() if (ROOT / name).is_file()]


def test_the_sdist_has_every_file_that_a_distributor_needs(tmp_path: Path) -> None:
    names = files_of_git()
    for name in names:
        copy = tmp_path / "project" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    build = "from setuptools import build_meta; build_meta.build_sdist('..')"
    subprocess.run([sys.executable, "-c", build], cwd=tmp_path / "project", check=True)
    [sdist] = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        packed = {m.name.partition("/")[2] for m in archive.getmembers() if m.isfile()}
    generated = {"PKG-INFO", "setup.cfg"}
    packed = {name for name in packed - generated if "egg-info" not in name}
    assert packed == {name for name in names if not NOT_IN_SDIST.match(name)}


@pytest.mark.parametrize(
    "page", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
)
def test_every_link_of_a_page_at_the_top_leads_to_a_file(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(page))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []

"""`site`: the documentation site, built once, as `nox -s docs` builds it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


#: An address that the project could have, and what sets it before Sphinx reads the configuration.
ADDRESS = "https://github.com/someone/keyview"
WITH_ADDRESS = f"""
import sys
sys.path.insert(0, {str(DOCS.parent / "src")!r})
from keyview import _about
_about.REPOSITORY = {ADDRESS!r}
from sphinx.cmd.build import main
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="session")
def doctrees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doctrees")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, doctrees: Path) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build(["-m", "sphinx"], doctrees, folder)
    return folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, doctrees: Path, site: Path) -> Path:
    """Some pages of the site as they are once the project has an address."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copy(site / "searchindex.js", folder)  # Sphinx wants one if it writes some pages only.
    pages = [str(DOCS / name) for name in ("index.md", "404.md", "reference/entries.md")]
    build(["-c", WITH_ADDRESS], doctrees, folder, *pages)
    return folder


def build(how: list[str], doctrees: Path, folder: Path, *pages: str) -> None:
    options = ["-W", "--keep-going", "--quiet", "-d", str(doctrees)]
    command = [sys.executable, *how, *options, str(DOCS), str(folder), *pages]
    # docs/conf.py asks for it, too, but after `WITH_ADDRESS` has imported keyview.
    environment = {**os.environ, "KEYVIEW_BACKEND": "pure"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr

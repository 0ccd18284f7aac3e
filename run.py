"""Try keyview from a fresh clone: `python3 run.py demo` shows it at work, `python3 run.py test` tests it.

`python3 run.py docs` builds the documentation site with its playground, build/site/index.html.
`python3 run.py test-mypys` tests the plugin with the oldest mypy that it supports and the last three
minor versions before the newest, which `test` uses.

Each makes a virtual environment of its own under .venv/, installs keyview and what it needs there,
as a user would get it, and runs. The second time it only installs again if a source has changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SITE = ROOT / "build" / "site"
INSTALLED_FROM = ["pyproject.toml", "setup.py", "README.md", "LICENSE", "src/keyview"]
# Debian ships it apart from Python; then the pip that is there installs from outside.
HAS_ENSUREPIP = importlib.util.find_spec("ensurepip") is not None
MYPYS = ["1.19", "2.1", "2.2", "2.3"]
TESTS_OF_VERSIONS = [
    f"tests/mypy/test_{name}.py" for name in ("cases", "codes", "programs", "versions")
]
USAGE = """usage: python3 run.py demo
       python3 run.py test [PYTEST OPTIONS]
       python3 run.py test-mypys
       python3 run.py docs"""


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- python3 may be any
        print(f"keyview needs Python 3.11 or later, and this is {sys.version}", file=sys.stderr)
        return 2
    if arguments == ["demo"]:
        return demo()
    if arguments[:1] == ["test"]:
        return run(environment("test", extras="test"), "-m", "pytest", *arguments[1:])
    if arguments == ["test-mypys"]:
        return max(test_mypy(version) for version in MYPYS)
    if arguments == ["docs"]:
        return docs()
    print(USAGE, file=sys.stderr)
    return 2


def demo() -> int:
    python = environment("demo", extras="examples,mypy")
    heading("Real text, in a HashMap")
    run(python, "-c", "import keyview; print('The backend is', keyview.backend)", check=True)
    run(python, "examples/word_index.py", check=True)
    wrong = "examples/wrong_lookups.py"
    heading(f"keyview check {wrong}: lookups that can never succeed")
    status = run(python, "-m", "keyview", "check", wrong)
    if status != 1:
        print(f"keyview check was to find errors and exit with 1, not {status}", file=sys.stderr)
        return 1
    return 0


def test_mypy(version: str) -> int:
    tools = [f"mypy=={version}.*", "pytest", "hypothesis", "sortedcontainers"]
    python = environment(f"mypy-{version}", "mypy", *tools)
    heading(f"The plugin with mypy {version}")
    return run(python, "-m", "pytest", "-q", *TESTS_OF_VERSIONS)


def docs() -> int:
    python = environment("docs", extras="docs")
    heading(f"Building {SITE.relative_to(ROOT)}")
    status = run(python, "-m", "sphinx", "-W", "--keep-going", "--quiet", "docs", str(SITE))
    return status or run(python, "docs/playground/build.py", str(SITE / "playground"))


def environment(purpose: str, extras: str, *more: str) -> Path:
    """The Python of a virtual environment that has keyview as it is now; made if it is not there."""
    home = ROOT / ".venv" / f"{purpose}-{sys.version_info.major}.{sys.version_info.minor}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = home / "installed-from"
    if not (stamp.exists() and python.exists()):
        heading(f"Making {home.relative_to(ROOT)}")
        venv.create(home, with_pip=HAS_ENSUREPIP, clear=True)
    sources = digest_of_sources()
    if not stamp.exists() or stamp.read_text() != sources:
        heading(f"Installing keyview[{extras}]")
        # setuptools would install what an earlier build left there, too.
        for left in SITE.parent.glob("*"):
            if left != SITE:
                shutil.rmtree(left, ignore_errors=True)
        pip = ["-m", "pip", "--disable-pip-version-check"]
        install = ["install", "--quiet", f".[{extras}]", *more]
        if HAS_ENSUREPIP:
            run(python, *pip, *install, check=True)
        else:
            run(Path(sys.executable), *pip, f"--python={python}", *install, check=True)
        stamp.write_text(sources)
    return python


def digest_of_sources() -> str:
    """A digest of everything that is installed."""
    digest = hashlib.sha256()
    for name in INSTALLED_FROM:
        path = ROOT / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def heading(text: str) -> None:
    print(f"\n== {text}", flush=True)


def run(python: Path, *arguments: str, check: bool = False) -> int:
    return subprocess.run([python, *arguments], cwd=ROOT, check=check).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        if error.output:  # ensurepip's, which venv catches
            print(error.output.decode(errors="replace"), file=sys.stderr)
        sys.exit(f"run.py: {error}")

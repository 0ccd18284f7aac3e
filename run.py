"""Try keyview from a fresh clone: `python3 run.py demo` shows it at work, `python3 run.py test` tests it.

Both compile the native backend if there is a C compiler. `test` then tests both backends, and fails if
one is missing; without a compiler it tests the pure one, and says so. It runs tests on all processors;
`-n 0` among pytest's options does without.

Each makes a virtual environment of its own under .venv/, installs keyview and what it needs there,
as a user would get it, and runs. The second time it only installs again if a source has changed.
Every other task is a session of noxfile.py, which CONTRIBUTING.md explains.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
INSTALLED_FROM = [
    "pyproject.toml",
    "setup.py",
    "MANIFEST.in",
    "README.md",
    "LICENSE",
    "src/keyview",
]
# Debian ships it apart from Python; then the pip that is there installs from outside.
HAS_ENSUREPIP = importlib.util.find_spec("ensurepip") is not None
# By file, because what the tests of one file share, runs of mypy above all, is slow to make. In the order
# of their names, which ends with many quick files: otherwise those with few tests are last, the slow ones.
IN_PARALLEL = ["-nauto", "--dist=loadfile", "--no-loadscope-reorder", "--max-worker-restart=0"]
USAGE = """usage: python3 run.py demo
       python3 run.py test [PYTEST OPTIONS]"""


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- python3 may be any
        print(f"keyview needs Python 3.11 or later, and this is {sys.version}", file=sys.stderr)
        return 2
    if arguments == ["demo"]:
        return demo()
    if arguments[:1] == ["test"]:
        python = environment("test", insist=True)
        return run(python, "-m", "pytest", *IN_PARALLEL, *arguments[1:])
    print(USAGE, file=sys.stderr)
    return 2


def demo() -> int:
    python = environment("examples")
    heading("Real text, in a HashMap")
    run(python, "-m", "keyview", "--version", check=True)
    run(python, "examples/word_index.py", check=True)
    wrong = "examples/wrong_lookups.py"
    heading(f"keyview check {wrong}: lookups that can never succeed")
    status = run(python, "-m", "keyview", "check", wrong)
    if status != 1:
        print(f"keyview check was to find errors and exit with 1, not {status}", file=sys.stderr)
        return 1
    return 0


def environment(group: str, *, insist: bool = False) -> Path:
    """The Python of a virtual environment that has keyview as it is now; made if it is not there.

    It has mypy, and what that dependency group of pyproject.toml names. With `insist`, a core that does
    not compile although there is a compiler is an error.
    """
    home = ROOT / ".venv" / f"{group}-{sys.version_info.major}.{sys.version_info.minor}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = home / "installed-from"
    if not (stamp.exists() and python.exists()):
        heading(f"Making {home.relative_to(ROOT)}")
        venv.create(home, with_pip=HAS_ENSUREPIP, clear=True)
    core = can_have_core()
    sources = f"{digest_of_sources()} {'with' if core else 'without'} the core"
    if not stamp.exists() or stamp.read_text() != sources:
        heading(f"Installing keyview[mypy] and the dependency group {group}")
        if not core:
            print("Pure Python: no C compiler, no Python.h, or KEYVIEW_NO_EXTENSION", flush=True)
        # setuptools would install what an earlier build left there, too.
        for left in ("bdist.*", "lib*", "temp.*"):
            for folder in (ROOT / "build").glob(left):
                shutil.rmtree(folder, ignore_errors=True)
        required = {"KEYVIEW_REQUIRE_EXTENSION": "1"} if insist and core else {}
        run(*installer(python), "--quiet", ".[mypy]", *requirements(group), check=True, **required)
        stamp.write_text(sources)
    return python


def installer(python: Path) -> list[str | Path]:
    """The command that installs into the environment of that Python: of uv, which is quicker, or of pip."""
    if uv := shutil.which("uv"):
        # uv's cache does not know whether there was a compiler.
        return [uv, "pip", "install", f"--python={python}", "--reinstall-package=keyview"]
    pip = ["-m", "pip", "--disable-pip-version-check"]
    if HAS_ENSUREPIP:
        return [python, *pip, "install"]
    return [sys.executable, *pip, f"--python={python}", "install"]


def requirements(group: str) -> list[str]:
    """What a dependency group names, and the groups that it includes. pip's --group is of 25.1 and later."""
    import tomllib  # Not at the top: an older Python than 3.11 is to get as far as `main`.

    with (ROOT / "pyproject.toml").open("rb") as file:
        members = tomllib.load(file)["dependency-groups"][group]
    each = (requirements(m["include-group"]) if isinstance(m, dict) else [m] for m in members)
    return [requirement for found in each for requirement in found]


def can_have_core() -> bool:
    """Whether a C compiler and Python's headers are here; of those on Windows only setuptools knows."""
    if os.environ.get("KEYVIEW_NO_EXTENSION", "") not in ("", "0"):
        return False
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "")
    headers = f"-I{sysconfig.get_path('include')}"
    try:
        done = subprocess.run(
            [*compiler, "-fsyntax-only", headers, "-xc", "-"],
            input=b"#include <Python.h>",
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


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


def run(*command: str | Path, check: bool = False, **variables: str) -> int:
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=ROOT, env=environment, check=check).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        if error.output:  # ensurepip's, which venv catches
            print(error.output.decode(errors="replace"), file=sys.stderr)
        sys.exit(f"run.py: {error}")

"""What the page asks of the Python in its worker: to check a program, and to run it."""

from __future__ import annotations

import json
import os
import platform
import sys
import traceback
from pathlib import Path
from types import ModuleType

import mypy.api
from mypy.version import __version__ as mypy_version

import keyview

OUTPUT = sys.stdout
HOME = Path.cwd()
PROGRAM = Path("main.py")
CACHE = "cache"
#: What `--strict` switches on, for the module `main` only: what it imports is then in the same cache.
STRICT = """
[mypy-main]
disallow_any_generics = True
disallow_incomplete_defs = True
disallow_subclassing_any = True
disallow_untyped_calls = True
disallow_untyped_decorators = True
disallow_untyped_defs = True
extra_checks = True
implicit_reexport = False
strict_equality = True
warn_return_any = True
warn_unused_ignores = True
"""

# mypy's cache was made elsewhere, from the same files. With one date they are taken for the same.
for source in Path(__file__).parent.rglob("*.py*"):
    os.utime(source, (0, 0))


def about() -> str:
    """The versions of what runs here."""
    return (
        f"Python {platform.python_version()}, mypy {mypy_version}, "
        f"keyview {keyview.__version__} ({keyview.backend})"
    )


def save(program: str) -> None:
    """Write a program where Python and mypy run; the one before it may have gone elsewhere."""
    os.chdir(HOME)
    PROGRAM.write_text(program, "utf-8")


def configuration(strict: bool, plugin: bool) -> str:
    """What mypy.ini has. With other plugins a cache is of no use, so there is one for each case."""
    lines = [
        "[mypy]",
        "check_untyped_defs = True",
        f"cache_dir = {CACHE}/{'plugin' if plugin else 'alone'}",
        *(["plugins = keyview.mypy"] if plugin else []),
        *(["warn_redundant_casts = True"] if strict else []),
    ]
    return "\n".join(lines) + "\n" + (STRICT if strict else "")


def check(program: str, strict: bool, plugin: bool) -> str:
    """What mypy says about a program: a JSON array of its own JSON objects, one for each error."""
    save(program)
    Path("mypy.ini").write_text(configuration(strict, plugin), "utf-8")
    report, failure, _ = mypy.api.run(["--output=json", str(PROGRAM)])
    lines = report.strip().splitlines()  # One empty line is said of no errors.
    if failure or not all(line.startswith("{") for line in lines):
        raise RuntimeError(f"mypy failed: {report}{failure}")
    return json.dumps([json.loads(line) for line in lines])


def run(program: str) -> None:
    """Run a program as `python main.py` does; what it prints goes to the page."""
    save(program)
    sys.argv = [str(PROGRAM)]
    sys.modules["__main__"] = module = ModuleType("__main__")
    try:
        exec(compile(program, PROGRAM, "exec", dont_inherit=True), vars(module))
    except SystemExit as stop:
        if isinstance(stop.code, str):
            print(stop.code, file=sys.stderr)
    except BaseException as error:  # noqa: BLE001 -- whatever it is, Python prints it
        frames = error.__traceback__ and error.__traceback__.tb_next  # Not ours.
        traceback.print_exception(error.with_traceback(frames))
    finally:
        sys.stdout = OUTPUT  # Whatever the program has put there.
        sys.stdout.flush()

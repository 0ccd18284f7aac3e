"""Does the suite notice defects? Makes those of mutations.toml, one after the other, and tests each.

    python -m tools.mutations                             all of them: tests/unit, laws and native
    python -m tools.mutations --only entry.h              those whose name or file has that in it
    python -m tools.mutations tests/unit/test_x.py ...    with these tests, in this order

A mutation is *killed* if a test fails. If a mutation survives, a test is missing, or the mutation
changes nothing that can be seen. All is done in a copy, in which the C is compiled without optimization, and
takes an hour.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "tools" / "mutations.toml"
TESTS = ["tests/unit", "tests/laws", "tests/native"]
COPIED = [
    "src",
    "tests",
    "tools",
    "benchmarks",
    "docs",
    "setup.py",
    "pyproject.toml",
    "README.md",
    "LICENSE",
]
#: Seconds of the processor, more than the tests need: a mutation that makes a test hang is killed by that.
SECONDS = 600


@dataclass(frozen=True)
class Mutation:
    """A piece of source that is in its file once, and the text that replaces it."""

    name: str
    file: str
    old: str
    new: str

    @property
    def backend(self) -> str:
        return "native" if "_native" in self.file else "pure"


def mutations() -> list[Mutation]:
    return [Mutation(**row) for row in tomllib.loads(LIST.read_text("utf-8"))["mutation"]]


def copy_of(source: Path, folder: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "*.so", "*.egg-info", "_build")
    for name in COPIED:
        if (source / name).is_dir():
            shutil.copytree(source / name, folder / name, ignore=ignored)
        else:
            shutil.copy(source / name, folder / name)


def build(folder: Path) -> None:
    """Compile the native backend in place. A mutation that does not compile is a mistake in the list."""
    subprocess.run(
        [sys.executable, "setup.py", "-q", "build_ext", "--inplace", "--force"],
        cwd=folder,
        env={**os.environ, "KEYVIEW_REQUIRE_EXTENSION": "1", "CFLAGS": "-O0 -w"},
        check=True,
    )


def first_failure(folder: Path, mutation: Mutation, seconds: int, tests: list[str]) -> str | None:
    """A line about the first test that fails; None if all pass. One path after the other is tested."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "src"),
        "KEYVIEW_TEST_BACKENDS": mutation.backend,
        "CI": "1",  # The laws then draw the same examples each time.
    }
    for path in tests:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-xq", "--no-header", "-p", "no:cacheprovider", path],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
        )
        lines = done.stdout.splitlines()
        if named := [line for line in lines if line.startswith(("FAILED", "ERROR"))]:
            return named[0]
        if done.returncode in (2, 3, 4):
            raise SystemExit(f"pytest could not run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        if done.returncode not in (0, 5):  # 5: the path has no tests for this backend
            return f"{path} ended with {done.returncode}"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="mutations whose name or file has this in it")
    parser.add_argument("--source", type=Path, default=ROOT, help="a checkout, if not this one")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of the processor for each")
    parser.add_argument("tests", nargs="*", help="paths, in the order in which to try them")
    asked = parser.parse_args()
    chosen = [m for m in mutations() if asked.only in f"{m.name} {m.file}"]
    survived = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of(asked.source, folder)
        build(folder)
        for mutation in chosen:
            path = folder / mutation.file
            text = path.read_text("utf-8")
            if text.count(mutation.old) != 1:
                parser.error(f"{mutation.name}: {mutation.file} does not have its text once")
        for mutation in {m.backend: m for m in chosen}.values():
            failure = first_failure(folder, mutation, asked.seconds, asked.tests or TESTS)
            if failure is not None:
                parser.error(
                    f"the tests of {mutation.backend} fail without any mutation: {failure}"
                )
        for mutation in chosen:
            path = folder / mutation.file
            text = path.read_text("utf-8")
            path.write_text(text.replace(mutation.old, mutation.new), "utf-8")
            if mutation.backend == "native":
                build(folder)
            started = time.monotonic()
            failure = first_failure(folder, mutation, asked.seconds, asked.tests or TESTS)
            path.write_text(text, "utf-8")
            seconds = time.monotonic() - started
            print(f"{'survived' if failure is None else 'killed':8} {seconds:4.0f} s  ", end="")
            print(
                f"{mutation.backend}: {mutation.name}: {failure or 'every test passes'}", flush=True
            )
            survived += [mutation.name] if failure is None else []
    print(f"{len(chosen) - len(survived)} of {len(chosen)} mutations were killed")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())

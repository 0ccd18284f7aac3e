"""Instructions of an operation, before and after a change: `python -m benchmarks.instructions [REVISION]`.

Compiles the core of that revision of git and of the files as they are, and counts with valgrind what each
operation takes with each. The machine's load does not change the counts. Prints them, and ends with 1 if an
operation takes more than 3 % more than before. Without a revision it is the last one that changed the
published counts, which is what CI asks for: who makes an operation slower on purpose publishes that, too.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
MOST: Final = 1.03
MORE: Final = "  MORE"
#: Each operation is done with so many keys, so many times: the start of Python is never quite the same.
KEYS: Final = 1000
TIMES: Final = 50

SETUP: Final = f"""\
import gc
from itertools import accumulate
from operator import add
import keyview
from keyview import HashMap
gc.disable()
texts = [f"key {{n * 7919 % 10007}}" for n in range({KEYS})]
asked = [f"key {{n * 7919 % 10007}}" for n in range({KEYS})]
absent = [f"absent {{n}}" for n in range({KEYS})]
numbers = [n * 7919 for n in range({KEYS})]
tuples = [(n, str(n)) for n in range({KEYS})]
asked_tuples = [(n, str(n)) for n in range({KEYS})]
m, by_number, by_tuple = (HashMap.fromkeys(keys, 1) for keys in (texts, numbers, tuples))
rests = [text.removeprefix("key ") for text in asked]
rest = m.by(keyview.prefixed("key "))
part = HashMap.fromkeys(map(str.encode, texts), 1).by(keyview.slices_of("".join(asked).encode()))
ends = list(accumulate(map(len, asked)))
windows = list(zip([0, *ends], ends))
as_dict, in_order = dict.fromkeys(asked, 1), dict(m)
if hasattr(keyview, "SortedSet"):
    from keyview import HashSet, SortedMap, SortedSet
    s, ordered, elements = HashSet(texts), SortedMap(m), SortedSet(numbers)
"""
OPERATIONS: Final = {
    "m[str]": "for k in asked: m[k]",
    "m[int]": "for k in numbers: by_number[k]",
    "m[tuple]": "for k in asked_tuples: by_tuple[k]",
    "m.get(absent)": "for k in absent: m.get(k)",
    "m[new] = v": "c = HashMap()\n        for k in absent: c[k] = 1",
    "copy, then del c[k]": "c = m.copy()\n        for k in asked: del c[k]",
    "entry(k).or_insert(v)": "for k in asked: m.entry(k).or_insert(1)",
    "get_or_insert_with": "c = HashMap()\n        for k in asked: c.get_or_insert_with(k, list)",
    "merge": "for k in asked: m.merge(k, 1, add)",
    "for item in m.items()": "for k in m.items(): pass",
    "HashMap(dict)": "HashMap(as_dict)",
    "m == dict": "m == in_order",
    "m == dict, other keys": "m == as_dict",
    "HashMap.copy": "m.copy()",
    "grouped(key=len)": "HashMap.grouped(asked, key=len)",
    "counted": "HashMap.counted(asked)",
    "reduced(key=len)": "HashMap.reduced(asked, min, key=len)",
    "m.by(prefixed)[str]": "for k in rests: rest[k]",
    "m.by(slices_of)[i:j]": "for i, j in windows: part[i:j]",
    "k in HashSet": "for k in asked: k in s",
    "HashSet.add": "c = HashSet()\n        for k in absent: c.add(k)",
    "HashSet(list)": "HashSet(asked)",
    "SortedMap[k]": "for k in asked: ordered[k]",
    "SortedMap[new] = v": "c = SortedMap()\n        for k in absent: c[k] = 1",
    "floor_entry": "for k in absent: ordered.floor_entry(k)",
    "SortedMap(dict)": "SortedMap(as_dict)",
    "SortedSet.rank": "for k in numbers: elements.rank(k)",
}

#: Before a command: valgrind counts the instructions of the command, and nothing else.
COUNTING: Final = (
    *("valgrind", "--tool=cachegrind"),
    *("--cache-sim=no", "--cachegrind-out-file=/dev/null"),
)


def instructions(package: Path, statement: str) -> int | None:
    """How many instructions the process of a statement takes, with the keyview in this folder.

    None if the statement needs what that keyview does not have.
    """
    # In a function: CPython specialises no code of a module.
    rounds = f"    for _ in range({TIMES}):\n        {statement}"
    program = f"{SETUP}def run():\n{rounds}\nrun()\n"
    done = subprocess.run(
        [*COUNTING, sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(package),
            "KEYVIEW_BACKEND": "native",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if re.search(r"^(AttributeError|NameError): ", done.stderr, re.MULTILINE):
        return None
    count = counted(done.stderr)
    if done.returncode or count is None:
        raise SystemExit(f"{statement} failed under valgrind:\n{done.stderr}")
    return count


def counted(said: str) -> int | None:
    """The number of instructions that valgrind said, after `COUNTING`; None if it said none."""
    count = re.search(r"I +refs: +([\d,]+)", said)
    return int(count[1].replace(",", "")) if count is not None else None


def needs_valgrind() -> None:
    """End with a message if there is no valgrind."""
    if shutil.which("valgrind") is None:
        raise SystemExit(
            "The instructions are counted by valgrind, which is not installed; install it"
        )


def counts(package: Path) -> dict[str, float]:
    """The instructions of each operation with one key, without those of the start and the setup."""
    start = instructions(package, "pass")
    assert start is not None
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        found = threads.map(partial(instructions, package), OPERATIONS.values())
        return {
            name: (count - start) / KEYS / TIMES
            for name, count in zip(OPERATIONS, found, strict=True)
            if count is not None
        }


def compiled(source: Path, into: Path) -> Path:
    """A folder with the package of a checkout and its core."""
    shutil.copytree(source / "src", into, ignore=shutil.ignore_patterns("_core.*", "__pycache__"))
    subprocess.run(
        [
            *(sys.executable, "setup.py", "-q", "build_ext", "--force"),
            *("--build-lib", into, "--build-temp", into / "temp"),
        ],
        cwd=source,
        env={**os.environ, "KEYVIEW_REQUIRE_EXTENSION": "1"},
        check=True,
    )
    # Else the first process would compile the modules, and the others would not.
    compileall.compile_dir(into, quiet=1)
    return into


def published() -> str:
    """The last revision that changed the published counts."""
    kept = "benchmarks/results/*/instructions.json"
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%H", "--", kept]
    return subprocess.run(git, check=True, capture_output=True, text=True).stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", nargs="?", help="what to compare with, as git names it")
    revision = parser.parse_args().revision or published()
    needs_valgrind()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", str(folder / "old"), revision], check=True)
        try:
            before = counts(compiled(folder / "old", folder / "before"))
        finally:
            subprocess.run([*git, "remove", "--force", str(folder / "old")], check=True)
        after = counts(compiled(ROOT, folder / "after"))
    lines = compared(before, after)
    print(*lines, sep="\n")
    return 1 if any(line.endswith(MORE) for line in lines) else 0


def compared(before: dict[str, float], after: dict[str, float]) -> list[str]:
    """A line for each operation."""
    lines = []
    for name, count in after.items():
        old = before.get(name)
        change = f"{old:8.1f} {count:8.1f} {count / old:6.3f}" if old else f"{count:17.1f}    new"
        lines.append(f"{name:24} {change}{MORE if old and count > MOST * old else ''}")
    return lines


if __name__ == "__main__":
    sys.exit(main())

"""`--diff REVISION`: the messages for a revision of git, checked with the same options as the work tree.

A change in one file can make a lookup in another file wrong. The whole revision is therefore checked,
not only the changed lines. It is copied to another folder, so that the work tree and git's index do not
change.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from keyview.cli.baseline import Baseline, Known
from keyview.cli.status import FAILED, StoppedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keyview.cli.arguments import CheckOptions

__all__ = ["found_at"]


def found_at(revision: str, options: CheckOptions) -> Baseline:
    """What the same command finds in a revision. Raises `StoppedError`."""
    top = Path(_git("rev-parse", "--show-toplevel").strip())
    commit = _git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    here = os.path.relpath(Path.cwd().resolve(), top.resolve())
    with TemporaryDirectory(prefix="keyview-diff-") as temporary:
        copy = Path(temporary).resolve() / "revision"
        _lay_out(commit, copy, top, index=Path(temporary) / "index")
        folder = copy / here
        paths = [os.path.relpath(path) for path in options.paths]
        there = [path for path in paths if (folder / path).exists()]
        if not folder.exists() or (paths and not there):
            return Baseline(Path.cwd())
        lines = _check(there, folder, options, revision)
    return _baseline(lines, _renamed(commit))


def _check(paths: Sequence[str], folder: Path, options: CheckOptions, revision: str) -> list[str]:
    """The lines that the command writes about the revision."""
    cache = (
        [f"--cache-dir={Path(options.cache_dir).absolute() / 'diff'}"] if options.cache_dir else []
    )
    command = [
        # -P: do not import modules from that folder.
        *(
            sys.executable,
            "-P",
            "-m",
            "keyview",
            "check",
            "--format=json",
            "-n",
            str(options.workers),
        ),
        *(cache or ["--no-cache"]),
        *(["--all"] if options.all else []),
        *(["--idioms"] if options.idioms else []),
        *paths,
        *(["--", *options.mypy_options] if options.mypy_options else []),
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode == FAILED:
        raise StoppedError(f"{revision} cannot be checked: {done.stderr.strip()}")
    return done.stdout.splitlines()


def _baseline(lines: Sequence[str], renamed: dict[str, str]) -> Baseline:
    baseline = Baseline(Path.cwd())
    for line in lines:
        found = json.loads(line)
        file = renamed.get(found["file"], found["file"])
        known = Known(file, found["rule"] or found["code"] or "", found["message"])
        baseline.counts[known] += 1
    return baseline


def _renamed(commit: str) -> dict[str, str]:
    """The files that have another name now, below the current folder."""
    listed = _git(
        "diff", "--name-status", "--find-renames", "--diff-filter=R", "--relative", "-z", commit
    )
    fields = listed.split("\0")[:-1]
    return {
        PurePath(old).as_posix(): PurePath(new).as_posix()
        for old, new in zip(fields[1::3], fields[2::3], strict=True)
    }


def _lay_out(commit: str, folder: Path, top: Path, index: Path) -> None:
    """Write the files of a commit, with an index of their own."""
    environment = {**os.environ, "GIT_INDEX_FILE": str(index)}
    _git("read-tree", commit, cwd=top, env=environment)
    _git("checkout-index", "--all", f"--prefix={folder}{os.sep}", cwd=top, env=environment)


def _git(*arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise StoppedError("--diff needs git, which is not installed") from None
    if done.returncode:
        raise StoppedError(f"--diff: git {arguments[0]} says: {done.stderr.strip()}")
    return done.stdout

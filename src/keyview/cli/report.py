"""Runs mypy for the subcommands, or says why it cannot be run."""

from __future__ import annotations

from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from keyview.cli.status import StoppedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keyview.cli.arguments import CheckOptions
    from keyview.cli.terminal import Progress
    from keyview.mypy.host.run import Report

__all__ = ["report_of"]


def report_of(
    options: CheckOptions, progress: Progress, mypy_options: Sequence[str] = ()
) -> Report:
    """The report of mypy, run with `mypy_options`, too. Raises `StoppedError`."""
    try:
        from keyview.mypy.host.run import CouldNotCheckError, Settings, check
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "mypy":
            raise
        raise StoppedError("mypy is not installed; run `pip install keyview[mypy]`") from None
    with ExitStack() as stack:
        cache = options.cache_dir or stack.enter_context(TemporaryDirectory(prefix="keyview-"))
        settings = Settings(
            cache,
            tuple(options.paths),
            (*options.mypy_options, *mypy_options),
            options.workers,
        )
        try:
            return check(settings, progress.file_checked)
        except CouldNotCheckError as error:
            raise StoppedError(str(error)) from None

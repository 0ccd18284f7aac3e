"""mypy's options that cannot be used with `keyview check`, because they would do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keyview.cli.status import StoppedError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["REFUSED", "refuse"]

SHOWN: Final = "say how to show it with --format"
WRITTEN: Final = "it writes the report of another run; run mypy itself"
MANAGED: Final = "the cache is keyview's own; see --cache-dir and --no-cache"
ONLY_MYPY: Final = "it is for mypy itself; run mypy"

#: The options, and what to do instead.
REFUSED: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            *("--output", "-O", "--pretty", "--no-pretty"),
            *("--show-column-numbers", "--hide-column-numbers"),
            *("--show-error-end", "--hide-error-end", "--hide-error-codes", "--show-error-codes"),
            *("--show-error-context", "--hide-error-context"),
            *("--show-error-code-links", "--hide-error-code-links"),
            *("--color-output", "--no-color-output", "--error-summary", "--no-error-summary"),
            *("--soft-error-limit", "--find-occurrences"),
        ),
        SHOWN,
    ),
    **dict.fromkeys(("--junit-xml", "--junit-format"), "write it with --format junit"),
    **dict.fromkeys(
        (
            *("--cache-dir", "--cache-map", "--sqlite-cache", "--no-sqlite-cache"),
            *("--sqlite-num-shards", "--incremental", "-i", "--no-incremental"),
            *("--cache-fine-grained", "--fixed-format-cache", "--no-fixed-format-cache"),
            *("--debug-cache", "--debug-serialize", "--quickstart-file", "--skip-version-check"),
            *("--skip-cache-mtime-checks", "--use-fine-grained-cache"),
        ),
        MANAGED,
    ),
    **dict.fromkeys(("-n", "--num-workers"), "write -n before the two dashes"),
    **dict.fromkeys(
        (
            *("--any-exprs-report", "--cobertura-xml-report", "--html-report"),
            *("--linecount-report", "--linecoverage-report", "--lineprecision-report"),
            *("--memory-xml-report", "--txt-report", "--xml-report", "--xslt-html-report"),
            *("--xslt-txt-report", "--timing-stats", "--line-checking-stats", "--dump-build-stats"),
            *("--export-ref-info", "--stats", "--inferstats", "--dump-deps", "--dump-graph"),
            *(
                "--dump-type-stats",
                "--dump-inference-stats",
                "-a",
                "--skip-c-gen",
                "--package-root",
            ),
        ),
        WRITTEN,
    ),
    **dict.fromkeys(
        (
            *("--install-types", "--no-install-types", "--non-interactive", "--interactive"),
            *("-h", "--help", "-V", "--version", "-v", "--verbose", "--pdb"),
            *("--fast-exit", "--no-fast-exit", "--show-traceback", "--tb", "--raise-exceptions"),
            *(
                "--shadow-file",
                "--bazel",
                "--test-env",
                "--logical-deps",
                "--semantic-analysis-only",
            ),
        ),
        ONLY_MYPY,
    ),
}
#: A shorter beginning would be that of too many options.
SHORTEST_ABBREVIATION: Final = len("--junit")


def refuse(mypy_options: Iterable[str]) -> None:
    """Raise `StoppedError` if one of the options would do nothing."""
    for option in mypy_options:
        refused = _refused(option.partition("=")[0])
        if refused is not None:
            raise StoppedError(f"mypy's option {refused} does nothing here: {REFUSED[refused]}")


def _refused(option: str) -> str | None:
    """The refused option that `option` means: mypy accepts the beginning of a name, and -n4 for -n 4."""
    if option in REFUSED:
        return option
    if option.startswith("--"):
        if len(option) < SHORTEST_ABBREVIATION:
            return None
        return next((name for name in REFUSED if name.startswith(option)), None)
    short = option[:2]
    return short if short in ("-n", "-O", "-v") else None

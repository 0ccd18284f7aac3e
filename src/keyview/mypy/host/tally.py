"""How many lookups of each module were judged, and why the others were not: kept beside mypy's cache.

mypy calls the plugin for the modules that it checks, in several processes perhaps, and not for those whose
result it takes from its cache. So the numbers are kept as that is: a file a module, written whenever that is
checked. Only `keyview check` makes the folder for them, in a cache of its own; else nothing is counted.
"""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

__all__ = ["Fate", "Tally", "is_installed", "prepare", "total"]

FOLDER: Final = "lookups"


class Fate(StrEnum):
    """What became of a lookup."""

    JUDGED = "judged"
    #: What is looked in is `Any`, so this may be no lookup at all.
    IN_ANY = "in Any"
    #: mypy does not check the function.
    UNCHECKED = "unchecked"
    #: What is looked up is `Any`.
    OF_ANY = "of Any"
    #: The keys are `Any`.
    AMONG_ANY = "among Any"
    #: The type of what is looked in was inferred from what is first put into it.
    GUESSED = "guessed"


class Tally:
    """Counts the lookups of the modules that are being checked."""

    def __init__(self, cache_dir: str) -> None:
        self._folder = Path(cache_dir) / FOLDER
        self.is_kept: bool = self._folder.is_dir()
        #: For each module, what became of the lookup at each place when it was judged last.
        self._fates: dict[str, dict[Hashable, Fate]] = {}

    def note(self, module: str, place: Hashable, fate: Fate) -> None:
        """Remember what became of a lookup."""
        self._fates.setdefault(module, {})[place] = fate

    def finish(self, module: str, others: Iterable[Fate] = ()) -> None:
        """Keep the numbers of a module, with those of lookups that the plugin was not asked about."""
        if not self.is_kept:
            return
        counts = Counter([*self._fates.pop(module, {}).values(), *others])
        file = _file(self._folder, module)
        if counts:
            file.write_text(json.dumps(counts), "utf-8")
        else:
            file.unlink(missing_ok=True)


def is_installed(path: str) -> bool:
    """Whether a file is one of an installed package, of which nobody asks how much of it was judged."""
    return not {"site-packages", "dist-packages"}.isdisjoint(Path(path).parts)


def prepare(cache_dir: str) -> None:
    """Have the plugin count in runs with this cache."""
    (Path(cache_dir) / FOLDER).mkdir(parents=True, exist_ok=True)


def total(cache_dir: str, modules: Iterable[str]) -> Counter[Fate]:
    """The numbers of some modules together, whenever each was checked."""
    counts: Counter[Fate] = Counter()
    for module in modules:
        file = _file(Path(cache_dir) / FOLDER, module)
        if file.exists():
            counts.update(
                {Fate(fate): n for fate, n in json.loads(file.read_text("utf-8")).items()}
            )
    return counts


def _file(folder: Path, module: str) -> Path:
    return folder / f"{module}.json"

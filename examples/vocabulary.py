"""The vocabulary of real text, completed as it is typed: by default of Python's own library.

    python examples/vocabulary.py [DIRECTORY] [--pattern '*.txt'] [--complete imp ass]

All four collections, each for what it is good at: a HashMap counts, a HashSet tells what is new, a SortedMap
has the words that begin alike beside each other, and a SortedSet knows the rank of each.
"""

from __future__ import annotations

import argparse
import re
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from keyview import HashMap, HashSet, Reverse, SortedMap, SortedSet

WORD = re.compile(r"\b[^\W\d]\w+")


@dataclass
class Vocabulary:
    """The words of some files."""

    counts: HashMap[str, int] = field(default_factory=HashMap)
    known: HashSet[str] = field(default_factory=HashSet)
    words: SortedMap[str, int] = field(default_factory=SortedMap)
    """How often each word occurs, in alphabetical order."""
    ranked: SortedSet[tuple[Reverse[int], str]] = field(default_factory=SortedSet)
    """The most frequent word first; among equals, the first of the alphabet."""
    new_in: HashMap[str, int] = field(default_factory=HashMap)
    """How many words each file has that no file before it has."""

    def add(self, name: str, text: str) -> None:
        """Read one file."""
        words = WORD.findall(text)
        self.counts.update_with(((word, 1) for word in words), int.__add__)
        new = HashSet(words) - self.known
        self.new_in[name] = len(new)
        self.known |= new

    def sort(self) -> None:
        """Put the words in order, when all files are read."""
        self.words = SortedMap(self.counts)
        self.ranked = SortedSet((Reverse(count), word) for word, count in self.counts.items())

    def completions(self, prefix: str, number: int) -> list[str]:
        """The most frequent words that begin with `prefix`."""
        of_prefix = self.words.range(prefix=prefix)
        ranked = SortedSet((Reverse(count), word) for word, count in of_prefix.items())
        return [word for _, (_, word) in zip(range(number), ranked, strict=False)]

    def rank(self, word: str) -> int:
        """How many words are more frequent, or as frequent and before it in the alphabet."""
        return self.ranked.rank((Reverse(self.words[word]), word))


def vocabulary_of(directory: Path, pattern: str) -> Vocabulary:
    """Read the files, named as they are seen from `directory`."""
    vocabulary = Vocabulary()
    for path in sorted(directory.rglob(pattern)):
        name = path.relative_to(directory)
        if path.is_file() and "site-packages" not in name.parts:
            vocabulary.add(name.as_posix(), path.read_text("utf-8", errors="replace"))
    vocabulary.sort()
    return vocabulary


def completions_table(vocabulary: Vocabulary, prefixes: Iterable[str]) -> Table:
    """The words that begin with each prefix."""
    table = Table("typed", title="Completions")
    for heading in ("words", "times"):
        table.add_column(heading, justify="right")
    table.add_column("most frequent, with their rank")
    for prefix in prefixes:
        of_prefix = vocabulary.words.range(prefix=prefix)
        best = ", ".join(
            f"{word} ({vocabulary.rank(word) + 1:,})" for word in vocabulary.completions(prefix, 4)
        )
        times = sum(of_prefix.values())
        table.add_row(Text(prefix), f"{len(of_prefix):,}", f"{times:,}", Text(best or "-"))
    return table


def files_table(vocabulary: Vocabulary, number: int) -> Table:
    """The files that bring the most new words."""
    table = Table("file", title="New words")
    table.add_column("words that no file before it has", justify="right")
    by_number = SortedMap(((Reverse(new), name), None) for name, new in vocabulary.new_in.items())
    for _ in range(min(number, len(by_number))):
        (new, name), _ = by_number.pop_first()
        table.add_row(Text(name), f"{new.key:,}")
    return table


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Complete the words of a directory of text.")
    parser.add_argument(
        "directory",
        nargs="?",
        type=Path,
        default=Path(sysconfig.get_path("stdlib")) / "asyncio",
        help="what to read; a part of Python's library if not given",
    )
    parser.add_argument("--pattern", default="*.py", help="which files are text (default: *.py)")
    parser.add_argument("--complete", nargs="+", default=["fut", "task", "re"], metavar="PREFIX")
    options = parser.parse_args(argv)
    if not options.directory.is_dir():
        parser.error(f"there is no directory {str(options.directory)!r}")
    vocabulary = vocabulary_of(options.directory, options.pattern)
    if not vocabulary.words:
        parser.error(f"no words in the {options.pattern} files of {str(options.directory)!r}")

    console = Console()
    console.print(completions_table(vocabulary, options.complete))
    console.print(files_table(vocabulary, 5))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

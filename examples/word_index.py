"""An inverted index of real text: word -> file -> how often, by default of Python's own library.

    python examples/word_index.py [DIRECTORY] [--pattern '*.txt'] [--top 10] [--words for while]

The words are kept as bytes, as they stand in the files. The largest file is then read again, and its
words looked up through windows of its raw bytes, without cutting one word out of it first.
"""

from __future__ import annotations

import argparse
import platform
import re
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import add
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table
from rich.text import Text

from keyview import HashMap, __version__, backend, slices_of

# Whatever is not ASCII counts as letters: in UTF-8 it nearly always is.
WORD = re.compile(rb"(?<![\w\x80-\xff])[A-Za-z_\x80-\xff][\w\x80-\xff]*")
INSTALLED_PACKAGES = {"site-packages", "dist-packages"}


@dataclass
class WordIndex:
    """Which files each word is in, and how often."""

    postings: HashMap[bytes, HashMap[str, int]] = field(default_factory=HashMap)
    totals: HashMap[bytes, int] = field(default_factory=HashMap)
    words_in: HashMap[str, int] = field(default_factory=HashMap)
    """How many words each file has."""
    size: int = 0

    def add(self, name: str, text: bytes) -> None:
        """Index one file."""
        counts = HashMap.counted(WORD.findall(text))
        for word, count in counts.items():
            self.postings.entry(word).or_insert_with(HashMap).insert(name, count)
            self.totals.merge(word, count, add)
        self.words_in[name] = sum(counts.values())
        self.size += len(text)

    def top(self, number: int) -> list[bytes]:
        """The most frequent words."""
        return sorted(self.totals, key=lambda word: (-self.totals[word], word))[:number]

    def by_length(self) -> HashMap[int, list[bytes]]:
        """The words, grouped by their length."""
        return HashMap.grouped((len(word), word) for word in self.totals)

    def found_elsewhere(self, name: str, text: bytes) -> tuple[int, int]:
        """How many words the file has, and how many of them are in another file as well.

        Each is looked up by the window of `text` that it stands in.
        """
        files_with = self.postings.by(slices_of(text))
        looked_up = elsewhere = 0
        for match in WORD.finditer(text):
            files = files_with[match.start() : match.end()]
            looked_up += 1
            elsewhere += len(files) > (name in files)
        return looked_up, elsewhere


def text_files(directory: Path, pattern: str) -> list[Path]:
    """The files to read, without what was installed beside the library."""
    return sorted(
        path
        for path in directory.rglob(pattern)
        if path.is_file() and INSTALLED_PACKAGES.isdisjoint(path.relative_to(directory).parts)
    )


def with_progress(paths: list[Path]) -> Iterable[Path]:
    """The paths, with a progress bar if someone is looking at standard error."""
    console = Console(stderr=True)
    return track(paths, "Reading", console=console, transient=True, disable=not sys.stderr.isatty())


def index_of(directory: Path, paths: Iterable[Path]) -> WordIndex:
    """Index these files, named as they are seen from `directory`."""
    index = WordIndex()
    for path in paths:
        index.add(path.relative_to(directory).as_posix(), path.read_bytes())
    return index


def words_table(index: WordIndex, words: Iterable[bytes]) -> Table:
    """Where the words are."""
    table = Table("word", title="Words")
    for heading in ("times", "files"):
        table.add_column(heading, justify="right")
    table.add_column("most often in")
    for word in words:
        files = index.postings.get(word, HashMap())
        most = max(files, key=lambda name: files[name], default="-")
        times = index.totals.get(word, 0)
        # Text, because rich would take the brackets of a name for markup.
        table.add_row(
            Text(word.decode(errors="replace")), f"{times:,}", f"{len(files):,}", Text(most)
        )
    return table


def totals_table(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table("total", title="Totals")
    table.add_column("", justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def totals(index: WordIndex, directory: Path) -> Iterator[tuple[str, str]]:
    """What there is to say about the whole index."""
    yield "files", f"{len(index.words_in):,}"
    yield "megabytes", f"{index.size / 1e6:,.1f}"
    yield "words", f"{sum(index.words_in.values()):,}"
    yield "different words", f"{len(index.totals):,}"
    yield "pairs of word and file", f"{sum(map(len, index.postings.values())):,}"
    length, words = max(index.by_length().items(), key=lambda item: len(item[1]), default=(0, []))
    yield "commonest length", f"{length} ({len(words):,} words)"
    largest = max(index.words_in, key=lambda name: index.words_in[name])
    looked_up, elsewhere = index.found_elsewhere(largest, (directory / largest).read_bytes())
    yield "file with most words", escape(largest)
    yield "looked up in its bytes", f"{looked_up:,}"
    yield "of these in other files too", f"{elsewhere:,}"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Index the words of a directory of text.")
    parser.add_argument(
        "directory",
        nargs="?",
        type=Path,
        default=Path(sysconfig.get_path("stdlib")),
        help="what to read; Python's standard library if not given",
    )
    parser.add_argument("--pattern", default="*.py", help="which files are text (default: *.py)")
    parser.add_argument("--top", type=int, default=10, help="how many frequent words to show")
    parser.add_argument("--words", nargs="+", metavar="WORD", help="the words to show instead")
    options = parser.parse_args(argv)
    directory: Path = options.directory
    if not directory.is_dir():
        parser.error(f"there is no directory {str(directory)!r}")

    start = time.perf_counter()
    try:
        paths = text_files(directory, options.pattern)
    except (NotImplementedError, ValueError) as error:
        parser.error(f"--pattern was given {options.pattern!r}: {error}")
    index = index_of(directory, with_progress(paths))
    if not index.totals:
        parser.error(f"no words in the {options.pattern} files of {str(directory)!r}")
    words = [word.encode() for word in options.words or ()] or index.top(options.top)
    rows = list(totals(index, directory))
    seconds = time.perf_counter() - start

    console = Console()
    console.print(words_table(index, words))
    console.print(totals_table(rows))
    console.print(
        f"{seconds:.1f} seconds with keyview {__version__}, the {backend} backend, "
        f"on Python {platform.python_version()}",
        highlight=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

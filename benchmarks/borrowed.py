"""Lookups of "_" + key, with and without building it: `python -m benchmarks.borrowed [--mode MODE]`.

The benchmark of the article on borrowed keys. A map has plain and underscored keys. The underscored keys
are looked up by the plain ones: by formatting the key, by concatenating it, by views that are written in
Python, and by a borrowed lookup, which builds no key. Parts of a buffer are looked up in a map of `bytes`.
The lengths of the keys go from 4 to 4,096. Prints the ratios, and with `--write` stores the results and draws
the plot.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from benchmarks.data import in_orders
from benchmarks.racing import Race
from keyview import Concat, HashMap, KeyView, prefixed, slices_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.modes import Mode

WORDS = 1000

PREFIX_OURS = {
    'm.by(prefixed("_"))[k]': "for k in asked:\n    v = short[k]",
    'd[Concat("_", k)]': "for k in asked:\n    v = d[Concat('_', k)]",
    "d[concat]": "for concat in made:\n    v = d[concat]",
    "d[ShortKey(k)]": "for k in asked:\n    v = d[ShortKey(k)]",
    'd[Split("_", k)]': "for k in asked:\n    v = d[Split('_', k)]",
}
PREFIX_THEIRS = {
    'd[f"_{k}"]': "for k in asked:\n    v = d[f'_{k}']",
    'd["_" + k]': "for k in asked:\n    v = d['_' + k]",
}
WINDOW_OURS = {
    "m.by(slices_of(b))[i:j]": "for i, j in windows:\n    v = word[i:j]",
}
WINDOW_THEIRS = {
    "d[b[i:j]]": "for i, j in windows:\n    v = e[b[i:j]]",
    "d[memoryview(b)[i:j]]": "for i, j in windows:\n    v = e[memoryview(b)[i:j]]",
}


class ShortKey(KeyView[str]):
    """The view of the page: stands for "_" + rest."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Split(KeyView[str]):
    """The article's other view: a first part, or none, and the rest."""

    def __init__(self, first: str | None, rest: str) -> None:
        self.first = first
        self.rest = rest

    def __key__(self) -> str:
        return (self.first or "") + self.rest


class Words:
    """A thousand words of one length, plain and underscored; and as bytes in a buffer."""

    ShortKey = ShortKey
    Split = Split

    def __init__(self, length: int, operations: int) -> None:
        dice = random.Random(length)
        plain = [f"{n:04}".rjust(length, "k") for n in range(WORDS)]
        self.asked = [dice.choice(plain) for _ in range(operations)]
        self.d = {key: n for n, word in enumerate(plain) for key in (word, f"_{word}")}
        self.made = [Concat("_", word) for word in self.asked]
        self.short = HashMap(self.d).by(prefixed("_"))
        starts = [dice.randrange(WORDS) * length for _ in range(operations)]
        self.windows = [(start, start + length) for start in starts]
        self.b = "".join(plain).encode()
        self.e = {word.encode(): n for n, word in enumerate(plain)}
        self.word = HashMap(self.e).by(slices_of(self.b))
        self.orders = in_orders(dice, asked=self.asked, made=self.made, windows=self.windows)


def borrowed(mode: Mode) -> Iterator[Race]:
    """The suite: both jobs with each length."""
    count = mode.operations
    for length in mode.lengths:
        words = Words(length, count)
        text: dict[str, str | int] = {"keys": "str", "length": length}
        yield Race("prefix", text, words, count, PREFIX_OURS, PREFIX_THEIRS)
        data: dict[str, str | int] = {"keys": "bytes", "length": length}
        yield Race("window", data, words, count, WINDOW_OURS, WINDOW_THEIRS)


if __name__ == "__main__":
    from benchmarks.alone import measure_alone

    measure_alone("borrowed", __doc__)

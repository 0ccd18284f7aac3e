"""How much is measured: all, a quick selection, or just enough to see that the benchmarks work."""

from __future__ import annotations

from typing import NamedTuple

MANY = 100_000


class Mode(NamedTuple):
    """`seconds` is the time of one turn of one variant, unless a single run takes longer."""

    sizes: tuple[int, ...]
    lengths: tuple[int, ...]
    operations: int
    workers: int
    turns: int
    seconds: float

    def turns_for(self, operations: int) -> int:
        """One turn, for a job that takes long enough to be measured alone."""
        return self.turns if operations < MANY else 1

    @property
    def middle(self) -> int:
        """The size of jobs that are measured with one size only."""
        return min(self.sizes[-1], 1000)


SWEEP = tuple(2**n for n in range(2, 13))

MODES = {
    "full": Mode((10, 1000, 1_000_000), SWEEP, operations=2000, workers=3, turns=7, seconds=0.01),
    "quick": Mode((10, 1000), SWEEP, operations=2000, workers=3, turns=7, seconds=0.002),
    "smoke": Mode((10,), SWEEP[:2], operations=20, workers=1, turns=2, seconds=1e-4),
}

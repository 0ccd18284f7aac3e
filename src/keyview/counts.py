"""Two methods of `Counter`, as functions for any mapping to numbers: `most_common` and `total`."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nlargest
from operator import itemgetter
from typing import Any, TypeVar

from keyview._messages import not_a_mapping_to_numbers

__all__ = ["most_common", "total"]

K = TypeVar("K")
N = TypeVar("N", int, float)


def most_common(counts: Mapping[K, N], n: int | None = None) -> list[tuple[K, N]]:
    """The `n` pairs with the largest values, the largest first; without `n`, all pairs.

    O(length · log n). Pairs with equal values are in the order of the mapping. `Counter`'s `most_common`.
    Raises `TypeError` if `counts` is no mapping: count a list with `HashMap.counted` first.

    >>> from keyview.counts import most_common
    >>> most_common(HashMap.counted("abracadabra"), 2)
    [('a', 5), ('b', 2)]
    """
    if not isinstance(counts, Mapping):
        raise not_a_mapping_to_numbers("most_common", counts)
    of_value: Any = itemgetter(1)
    if n is None:
        return sorted(counts.items(), key=of_value, reverse=True)
    return nlargest(n, counts.items(), key=of_value)


def total(counts: Mapping[Any, N]) -> N | int:
    """The sum of the values. O(n). `Counter`'s `total`. Raises `TypeError` if `counts` is no mapping.

    >>> from keyview.counts import total
    >>> total(HashMap.counted("abracadabra"))
    11
    """
    if not isinstance(counts, Mapping):
        raise not_a_mapping_to_numbers("total", counts)
    return sum(counts.values())

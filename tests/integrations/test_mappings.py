"""Counter, defaultdict, OrderedDict, sortedcontainers, cachetools, multidict, requests, werkzeug."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from importlib import import_module
from typing import TYPE_CHECKING, Any

import cachetools
import pytest
from multidict import CIMultiDict, MultiDict
from requests.structures import CaseInsensitiveDict
from sortedcontainers import SortedDict, SortedSet
from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from tests.integrations.conftest import Family

PAIRS = {"a": 3, "b": 1, "c": 3, "d": 2}


def test_there_and_back(family: Family) -> None:
    """Each can be made from a map, and a map from it."""
    makers: list[Any] = [
        *(Counter, OrderedDict, SortedDict, MultiDict, CIMultiDict, CaseInsensitiveDict),
        lambda pairs: defaultdict(int, pairs),
        cache_of,
    ]
    for cls in family.maps:
        for make in makers:
            assert cls(make(cls(PAIRS))) == PAIRS
    for cls in family.sets:
        for make in (set, frozenset, SortedSet):
            assert cls(make(cls("ab"))) == set("ab")


def cache_of(pairs: Any) -> Any:
    cache: Any = cachetools.LRUCache(9)
    cache.update(pairs)
    return cache


def test_counts(family: Family) -> None:
    """`most_common` and `total` of `keyview.counts` take any mapping, and return what a `Counter` does."""
    counts = import_module("keyview.counts")
    for cls in (*family.maps, dict, Counter):
        for n in (0, 1, 2, 4, 9, None):
            assert counts.most_common(cls(PAIRS), n) == Counter(PAIRS).most_common(n)
        assert counts.total(cls(PAIRS)) == Counter(PAIRS).total()
    for function in (counts.most_common, counts.total):
        with pytest.raises(
            TypeError, match=f"{function.__name__} was given a list, which is not a m"
        ):
            function(["a", "b"])


def test_case_insensitive() -> None:
    """multidict, requests and werkzeug find a name in any case, and take only `str` keys."""
    for make in (CIMultiDict, CaseInsensitiveDict, Headers):
        made = make({"Content-Type": "x"})
        assert made["content-type"] == made["CONTENT-TYPE"] == "x"
        with pytest.raises((TypeError, AttributeError, IndexError)):
            made[1]

"""Mappings that are typed by stubs, of `stubs/` or of typeshed: their lookups are judged as those of a dict."""

from __future__ import annotations

from addict import Dict
from boltons.cacheutils import LRI, LRU
from boltons.dictutils import OMD, FrozenDict, OneToOne
from easydict import EasyDict
from expiringdict import ExpiringDict
from heapdict import heapdict
from munch import DefaultMunch, Munch
from typing_extensions import assert_type


def attributes(
    addict: Dict,
    easy: EasyDict,
    munch: Munch,
    default: DefaultMunch,
    number: int,
    maybe: str | None,
) -> None:
    addict.a.b
    addict["a"]
    addict.get(maybe)
    addict[number]  # E: plugin[refused]
    addict.get(number)  # E: plugin[refused]
    number in addict  # E: plugin[refused]
    easy.a
    easy["a"]
    easy.get(maybe)
    easy.pop("a")
    easy.pop("a", 1)
    easy.pop(number)  # E: plugin[refused]
    number in easy  # E: plugin[refused]
    munch.a
    munch["a"]
    maybe in munch
    munch.get(maybe)
    munch.get(number)  # E: plugin[refused]
    number in munch.keys()  # E: plugin[refused]
    default["a"]
    default[number]  # E: plugin[refused]
    number in default  # E: plugin[refused]


def other_keys(addict: Dict[int], munch: Munch[int, bytes], text: str) -> None:
    addict[1]
    assert_type(munch.get(1), bytes | None)
    assert_type(munch[1], bytes)
    text in addict  # E: plugin[refused]
    addict[text]  # E: plugin[refused]
    munch[text]  # E: plugin[refused]
    text in munch  # E: plugin[refused]
    assert_type(Munch(a=1), Munch[str, int])
    assert_type(Dict({1: 2}), Dict[int])


def expiring(ages: ExpiringDict[str, int], maybe: str | None, number: int) -> None:
    ages["a"]
    maybe in ages
    assert_type(ages.get(maybe), int | None)
    assert_type(ages.get("a", 1.5), int | float)
    assert_type(ages.pop("a"), int | None)
    ages.get("a", None, with_age=True)
    assert_type(ages.ttl("a"), float | None)
    ages[number]  # E: plugin[refused]
    ages.get(number)  # E: plugin[refused]
    ages.pop(number)  # E: plugin[refused]
    number in ages  # E: plugin[refused]
    "a" in ages.values()  # E: plugin[refused]


def heaps(heap: heapdict[str, int], maybe: str | None, number: int) -> None:
    heap["a"]
    heap.get(maybe)
    assert_type(heap.peekitem(), tuple[str, int])
    number in heap  # E: plugin[refused]
    heap[number]  # E: plugin[refused]
    del heap[number]  # E: plugin[refused]
    heap.pop(number)  # E: plugin[refused]


def boltons(
    omd: OMD[str, int], frozen: FrozenDict[str, int], one: OneToOne[str, int], number: int
) -> None:
    omd["a"]
    omd.get("a")
    omd[number]  # E: plugin[refused]
    omd.get(number)  # E: plugin[refused]
    number in omd  # E: plugin[refused]
    number in omd.keys()  # E: plugin[refused]
    frozen["a"]
    number in frozen  # E: plugin[refused]
    frozen.get(number)  # E: plugin[refused]
    one["a"]
    one.inv[1]
    number in one  # E: plugin[refused]
    "a" in one.inv  # E: plugin[refused]
    one.pop(number)  # E: plugin[refused]


def caches(lri: LRI[str, int], lru: LRU[str, int], maybe: str | None, number: int) -> None:
    lri["a"]
    assert_type(lri.get(maybe), int | None)
    lri[number]  # E: plugin[refused]
    lri.get(number)  # E: plugin[refused]
    number in lri  # E: plugin[refused]
    lru[number]  # E: plugin[refused]
    lru.pop(number)  # E: plugin[refused]

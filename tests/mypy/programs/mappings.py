"""Every mapping that people have, by every way to look something up in it."""

from __future__ import annotations

import os
import types
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict
from collections.abc import ItemsView, Iterator, KeysView, Mapping, MutableMapping, ValuesView
from typing import NamedTuple, TypedDict

from typing_extensions import assert_type


def methods(d: dict[str, int], maybe: str | None, wide: str | int, text: str) -> None:
    d.get(1)  # E: plugin[refused]
    d.get(1, None)  # E: plugin[refused]
    d.get(1, 2)  # E: plugin[refused]
    d.get(1, "x")  # E: plugin[refused]
    d.pop(1)  # E: plugin[refused]
    d.pop(1, 2)  # E: plugin[refused]
    d.pop(1, None)  # E: plugin[refused]
    d[1]  # E: plugin[refused]
    del d[1]  # E: plugin[refused]
    1 in d  # E: plugin[refused]
    1 not in d  # E: plugin[refused]
    d.get(b"a")  # E: plugin[refused]
    d.get(None)  # E: plugin[refused]
    d.get(["a"])  # E: plugin[refused]
    d[("a",)]  # E: plugin[refused]
    print(d.get(1))  # E: plugin[refused]
    print(d[1] + 1 if 2 in {3} else 0)  # E: plugin[refused]
    assert_type(d.get(text), int | None)
    assert_type(d.get(text, "x"), int | str)
    assert_type(d.get(maybe), int | None)
    assert_type(d.get(maybe, None), int | None)
    assert_type(d.get(maybe, 0), int)
    assert_type(d.get(maybe, "x"), int | str)
    assert_type(d.get(wide), int | None)
    assert_type(d.pop(maybe), int)
    assert_type(d.pop(maybe, 0), int)
    assert_type(d.pop(maybe, "x"), int | str)
    assert_type(d.pop(maybe, None), int | None)
    d.get(d.get(text))  # E: plugin[refused]
    maybe in d
    del d[text]


def storing(d: dict[str, int], maybe: str | None) -> None:
    d[1] = 1  # E: plugin[index]
    d.setdefault(1, 1)  # E: plugin[arg-type]
    d.setdefault(maybe, 1)  # E: plugin[arg-type]
    d.update({1: 1})  # E: plugin[dict-item]
    d["a"] += 1
    d |= {"b": 1}
    keys: dict[str, int] = dict.fromkeys(["a"], 1)
    keys = dict.fromkeys([1], 1)  # E: plugin[list-item]
    dict.fromkeys(["a"], 1).get(1)  # E: plugin[refused]


class Text(dict[str, int]): ...


class Titles(UserDict[str, int]): ...


class Numbered(dict[str, int]):
    """Only `[]` of a dict calls `__missing__`."""

    def __missing__(self, key: int) -> int:
        return key


def numbered(d: Numbered) -> None:
    d[1]
    d.get(1)  # E: plugin[refused]
    d.pop(1)  # E: plugin[refused]
    del d[1]  # E: plugin[refused]
    1 in d  # E: plugin[refused]


def stored(d: defaultdict[str, list[int]], maybe: str | None, lists: NumberedLists) -> None:
    """A defaultdict stores what `[]` looks up, so it must be a key."""
    d[maybe]  # E: plugin[index]
    d[maybe].append(1)  # E: plugin[index]
    d[maybe] += [1]  # E: plugin[index]
    d.get(maybe)
    maybe in d
    lists[1]


class NumberedLists(defaultdict[str, list[int]]):
    def __missing__(self, key: str | int) -> list[int]:
        return []


class Lists(defaultdict[str, list[int]]):
    def first(self) -> None:
        self["a"].append(1)
        self[1]  # E: plugin[refused]
        1 in self  # E: plugin[refused]


def receivers(
    mapping: Mapping[str, int],
    mutable: MutableMapping[str, int],
    ordered: OrderedDict[str, int],
    default: defaultdict[str, int],
    counter: Counter[str],
    chain: ChainMap[str, int],
    user: UserDict[str, int],
    proxy: types.MappingProxyType[str, int],
    text: Text,
    titles: Titles,
) -> None:
    mapping[1]  # E: plugin[refused]
    mapping.get(1)  # E: plugin[refused]
    mapping.get(1, 1)  # E: plugin[refused]
    1 in mapping  # E: plugin[refused]
    mutable[1]  # E: plugin[refused]
    mutable.pop(1)  # E: plugin[refused]
    mutable.pop(1, None)  # E: plugin[refused]
    del mutable[1]  # E: plugin[refused]
    ordered[1]  # E: plugin[refused]
    ordered.get(1)  # E: plugin[refused]
    ordered.pop(1)  # E: plugin[refused]
    1 in ordered  # E: plugin[refused]
    default[1]  # E: plugin[refused]
    default.get(1)  # E: plugin[refused]
    1 in default  # E: plugin[refused]
    del default[1]  # E: plugin[refused]
    counter[1]  # E: plugin[refused]
    counter.get(1)  # E: plugin[refused]
    1 in counter  # E: plugin[refused]
    del counter[1]  # E: plugin[refused]
    chain[1]  # E: plugin[refused]
    chain.get(1)  # E: plugin[refused]
    1 in chain  # E: plugin[refused]
    user[1]  # E: plugin[refused]
    user.get(1)  # E: plugin[refused]
    1 in user  # E: plugin[refused]
    proxy[1]  # E: plugin[refused]
    proxy.get(1)  # E: plugin[refused]
    1 in proxy  # E: plugin[refused]
    os.environ[1]  # E: plugin[refused]
    os.environ.get(1)  # E: plugin[refused]
    b"PATH" in os.environ  # E: plugin[refused]
    text[1]  # E: plugin[refused]
    1 in text  # E: plugin[refused]
    titles[1]  # E: plugin[refused]
    os.environ.get("HOME" if counter else None)
    counter["a" if text else None]
    proxy.get("a" if text else None)


def views(
    d: dict[str, int],
    keys: KeysView[str],
    items: ItemsView[str, int],
    values: ValuesView[int],
) -> None:
    1 in d.keys()  # E: plugin[refused]
    1 in keys  # E: plugin[refused]
    "a" in d.values()  # E: plugin[refused]
    "a" in values  # E: plugin[refused]
    [1] in values  # E: plugin[refused]
    ("a", "b") in d.items()  # E: plugin[refused]
    (1, 1) in d.items()  # E: plugin[refused]
    (1, 1) in items  # E: plugin[refused]
    "a" in items  # E: plugin[refused]
    d.keys() - {1}  # E: plugin[refused]
    d.keys() & {1}  # E: plugin[refused]
    d.keys() ^ {1}  # E: plugin[refused]
    d.keys() <= {1}  # E: plugin[refused]
    d.keys() < {1}  # E: plugin[refused]
    d.keys() >= {1}  # E: plugin[refused]
    d.keys() > {1}  # E: plugin[refused]
    d.keys().isdisjoint({1})  # E: plugin[refused]
    d.keys().isdisjoint([1])  # E: plugin[refused]
    d.items() & {("a", "b")}  # E: plugin[refused]
    d.items() - {(1, 1)}  # E: plugin[refused]
    d.items().isdisjoint([("a", "b")])  # E: plugin[refused]
    {1} - d.keys()  # E: plugin[refused]
    {1} & d.keys()  # E: plugin[refused]
    {1}.isdisjoint(d)  # E: plugin[refused]
    {1} <= d.keys()  # E: plugin[refused]
    d.keys() - {"a", None}
    d.keys() & {"a", 1}
    d.items() & {("a", 1)}
    ("a", 1) in d.items()
    1.0 in d.values()
    None in d.values()  # E: plugin[refused]


def optionals(
    d: dict[str, int] | None,
    either: dict[str, int] | dict[int, str],
    foreign: dict[str, int] | list[int],
    nested: dict[str, dict[int, str]],
) -> None:
    if d is not None:
        d.get(1)  # E: plugin[refused]
        d.get("a" if d else None)
    (d or {}).get(1)  # E: plugin[refused]
    1 in (d or {})  # E: plugin[refused]
    either.get(1)
    either.get("a")
    either.get(b"a")  # E: plugin[refused]
    either[b"a"]  # E: plugin[refused]
    b"a" in either  # E: plugin[refused]
    1 in either
    "a" in foreign
    1 in foreign
    b"a" in foreign  # E: plugin[refused]
    nested["a"][1]
    nested["a"]["b"]  # E: plugin[refused]
    nested[1][1]  # E: plugin[refused]
    nested.get("a", {}).get("b")  # E: plugin[refused]
    nested.get("a", {}).get(1)


def patterns(d: dict[str, int], whole: Mapping[str, object] | None) -> None:
    match d:
        case {"a": 1}:
            pass
    match d:
        case {1: _}:  # E: plugin[refused]
            pass
    match whole:
        case {"a": _, "b": {"c": 1}}:
            pass


def references(d: dict[str, int], numbers: list[int], texts: list[str]) -> None:
    list(map(d.get, numbers))  # E: plugin[arg-type]
    list(map(d.get, texts))
    list(map(d.__getitem__, texts))
    list(map(d.__getitem__, numbers))  # E: plugin[arg-type]
    sorted(texts, key=d.__getitem__)
    max(texts, key=lambda text: d.get(text, 0))
    max(numbers, key=lambda number: d.get(number, 0))  # E: plugin[refused]
    get = d.get
    get("a")
    get(1)  # E: plugin[call-overload]
    [d.get(number) for number in numbers]  # E: plugin[refused]
    {number: d[number] for number in numbers}  # E: plugin[refused]
    [number for number in numbers if number in d]  # E: plugin[refused]


class Movie(TypedDict, total=False):
    title: str
    year: int


def typed_dicts(movie: Movie, key: str, maybe: str | None) -> None:
    assert_type(movie.get("title"), str | None)
    assert_type(movie.get("year", 0), int)
    key in movie
    maybe in movie
    5 in movie  # E: plugin[key-view]
    movie["nothing"]  # E: plugin[typeddict-item]
    {"title": 1}.get(1)  # E: plugin[refused]
    {"a": movie}[1]  # E: plugin[refused]


class Version(NamedTuple):
    major: int
    minor: int


class Base(dict[str, int]):
    def find(self, key: str | None) -> int | None:
        super().get("a")
        return self.get(key)

    def wrong(self) -> None:
        super().get(1)  # E: plugin[call-overload]
        self.get(1)  # E: plugin[refused]


def keys_of_every_kind(
    versions: dict[Version, str], pairs: dict[tuple[str, int], str], types_: dict[type, str]
) -> None:
    versions[1, 2]
    versions["1", "2"]  # E: plugin[refused]
    versions.get((1, 2, 3))  # E: plugin[refused]
    pairs["a", 1]
    pairs[1, "a"]  # E: plugin[refused]
    pairs.get("a")  # E: plugin[refused]
    types_[int]
    types_["int"]  # E: plugin[refused]


class Own(MutableMapping[str, int]):
    """Its `in` takes any object, as every `in` does; the methods that it inherits look up by its `[]`."""

    def __contains__(self, key: object) -> bool:
        return False

    def __getitem__(self, key: str) -> int:
        return 1

    def __setitem__(self, key: str, value: int) -> None: ...
    def __delitem__(self, key: str) -> None: ...

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def inherited(own: Own, maybe: str | None) -> None:
    own.get(maybe)
    own.pop("a")
    own.get(1)  # E: plugin[refused]
    own.pop(1)  # E: plugin[refused]

"""Subclasses of HashMap, and a HashMap where something more general is wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Reversible, Sized
from typing import Generic, TypeVar

from typing_extensions import assert_type

from keyview import Entry, HashMap, Lookup

K = TypeVar("K")
V = TypeVar("V")


class Ports(HashMap[str, int]):
    """A subclass with its types fixed."""

    def busiest(self) -> int:
        return max(self.values())


class Labelled(HashMap[K, V]):
    """A generic subclass."""

    label: str = ""


class Grouped(HashMap[K, list[V]], Generic[K, V]):
    """A generic subclass with other parameters."""

    def add(self, key: K, value: V) -> None:
        self.entry(key).or_insert_with(list).append(value)


class Counting(HashMap[K, int]):
    """A subclass that says what an absent key is worth."""

    def __missing__(self, key: K) -> int:
        return 0


class Overridden(HashMap[str, int]):
    """A subclass that overrides what it must not change."""

    def __getitem__(self, query: int, /) -> int:  # E: mypy[override] plugin[override] pyright[reportIncompatibleMethodOverride]
        return query


def concrete(ports: Ports) -> None:
    assert_type(Ports(), Ports)
    assert_type(Ports({"http": 80}), Ports)
    assert_type(Ports(http=80), Ports)
    assert_type(ports["http"], int)
    assert_type(ports.get("http"), int | None)
    assert_type(ports.entry("http"), Entry[str, int])
    assert_type(ports.by(str.casefold), Lookup[str, str, int])
    assert_type(ports.copy(), Ports)
    assert_type(ports | ports, Ports)
    assert_type(ports | {"https": 443}, Ports)
    assert_type(ports | {1: 2}, HashMap[str | int, int])
    assert_type(Ports.with_capacity(10), Ports)
    ports |= {"https": 443}
    assert_type(ports, Ports)
    assert_type(ports.busiest(), int)
    ports[80]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    ports.get(80)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]
    assert_type(80 in ports, bool)  # E: mypy[comparison-overlap] plugin[key-view]
    ports["http"] = "80"  # E: mypy[assignment] plugin[assignment] pyright[reportArgumentType]
    Ports({80: "http"})  # E: mypy[dict-item] plugin[dict-item] pyright[reportArgumentType,reportCallIssue]


def generic(labelled: Labelled[str, int]) -> None:
    assert_type(Labelled({"a": 1}), Labelled[str, int])
    assert_type(Labelled[str, int](), Labelled[str, int])
    assert_type(labelled["a"], int)
    assert_type(labelled.copy(), Labelled[str, int])
    assert_type(labelled | labelled, Labelled[str, int])
    assert_type(labelled.label, str)
    labelled[1]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    labelled.pop(1)  # E: mypy[call-overload] plugin[key-view] pyright[reportArgumentType]


def other_parameters(grouped: Grouped[str, bytes], counting: Counting[str]) -> None:
    grouped.add("a", b"a")
    assert_type(grouped["a"], list[bytes])
    assert_type(counting["a"], int)
    grouped.add("a", "a")  # E: mypy[arg-type] plugin[arg-type] pyright[reportArgumentType]
    grouped[b"a"]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    counting[1]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]


def inside_a_generic_function(m: HashMap[K, V], key: K, value: V) -> V:
    assert_type(m.get(key), V | None)
    assert_type(m.entry(key), Entry[K, V])
    assert_type(m.entry(key).or_insert(value), V)
    assert_type(m.copy(), HashMap[K, V])
    return m[key]


def is_a_mutable_mapping(m: HashMap[str, int]) -> None:
    mapping: Mapping[str, int] = m
    mutable: MutableMapping[str, int] = m
    collection: Collection[str] = m
    reversible: Reversible[str] = m
    iterable: Iterable[str] = m
    sized: Sized = m
    wider_values: Mapping[str, int | None] = m
    del mapping, mutable, collection, reversible, iterable, sized, wider_values
    plain: dict[str, int] = m  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    wider: HashMap[str, int | None] = m  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    keys: Mapping[int, int] = m  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    del plain, wider, keys

"""The specification of the sets, written once more: over the dict of a `Model`, whose values are None.

Its methods are named as those of `HashSet` and `SortedSet`, so that a row of the register can be called with
either; the order is that of the dict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from tests.kit.operations import neighbour, stored_key
from tests.laws.model import Arranged, Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["ALGEBRA", "OrderedSet"]

ALGEBRA = ("union", "intersection", "difference", "symmetric_difference")


class OrderedSet:
    capacity = 10**9
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, model: Model, elements: Iterable[Any] = ()) -> None:
        self.model = model
        self.pairs: dict[Any, Any] = model.pairs
        self.update(elements)

    def made(self, elements: Iterable[Any]) -> OrderedSet:
        arrange = self.pairs.arrange if isinstance(self.pairs, Arranged) else None
        return OrderedSet(Model(arrange), elements)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.pairs)

    def __reversed__(self) -> Iterator[Any]:
        return iter(list(self.pairs)[::-1])

    def __len__(self) -> int:
        return len(self.pairs)

    def __contains__(self, key: object) -> bool:
        return key in self.pairs

    def __eq__(self, other: object) -> bool:
        return set(self) == set(other) if isinstance(other, OrderedSet) else NotImplemented

    def __or__(self, other: OrderedSet) -> OrderedSet:
        return self.union(other)

    def __sizeof__(self) -> int:
        return 1

    def copy(self) -> OrderedSet:
        return self.made(self)

    __copy__ = copy

    # -- one element --------------------------------------------------------------------------------

    def stored(self, key: Any) -> Any:
        if key not in self.pairs:
            raise KeyError(key)
        return stored_key(self.pairs, key)

    def get(self, key: Any) -> Any:
        return self.stored(key) if key in self.pairs else None

    def insert(self, key: Any) -> bool:
        new = key not in self.pairs
        self.pairs.setdefault(key, None)
        return new

    def add(self, key: Any) -> None:
        self.insert(key)

    def get_or_insert(self, key: Any) -> Any:
        self.insert(key)
        return self.stored(key)

    def replace(self, key: Any) -> Any:
        old = self.get(key)
        if old is None:
            self.insert(key)
        else:
            self.model.replace_key(old, key)
        return old

    def take(self, key: Any) -> Any:
        stored = self.stored(key)
        del self.pairs[stored]
        return stored

    def remove(self, key: Any) -> None:
        self.take(key)

    def discard(self, key: Any) -> None:
        self.pairs.pop(key, None)

    def by(self, _adapter: object) -> Self:
        return self

    # -- by position and by order -------------------------------------------------------------------

    def at(self, position: int) -> Any:
        return list(self)[position]

    def first(self) -> Any:
        return next(iter(self), None)

    def last(self) -> Any:
        return next(reversed(self), None)

    def pop_first(self) -> Any:
        return self.take(self.at(0) if self else "none")

    def pop_last(self) -> Any:
        return self.take(self.at(-1) if self else "none")

    pop = pop_last

    def index_of(self, key: Any) -> int:
        stored = self.stored(key)
        return next(n for n, each in enumerate(self) if each is stored)

    def move_to_end(self, key: Any, last: bool = True) -> None:
        stored = self.take(key)
        others = dict(self.pairs)
        self.pairs.clear()
        self.pairs.update({**others, stored: None} if last else {stored: None, **others})

    def swap_remove(self, key: Any) -> Any:
        position, elements = self.index_of(key), list(self)
        removed, elements[position] = elements[position], elements[-1]
        self.pairs.clear()
        self.pairs.update(dict.fromkeys(elements[:-1]))
        return removed

    def sort(self, key: Callable[[Any], Any], reverse: bool = False) -> None:
        self.model.take_over(dict.fromkeys(sorted(self, key=key, reverse=reverse)), changed=True)

    def lower(self, key: Any) -> Any:
        return neighbour(self, key, "lower")

    def floor(self, key: Any) -> Any:
        return neighbour(self, key, "floor")

    def ceiling(self, key: Any) -> Any:
        return neighbour(self, key, "ceiling")

    def higher(self, key: Any) -> Any:
        return neighbour(self, key, "higher")

    def rank(self, key: Any) -> int:
        return sum(each < key for each in self)

    def range(self, start: Any) -> list[Any]:
        return [each for each in self if not each < start]

    def split_off(self, key: Any) -> list[Any]:
        return [self.take(each) for each in self.range(key)]

    # -- the whole ------------------------------------------------------------------------------------

    def clear(self) -> None:
        self.pairs.clear()

    def drain(self) -> list[Any]:
        elements = list(self)
        self.clear()
        return elements

    def retain(self, predicate: Callable[[Any], object]) -> None:
        for element in [element for element in self if not predicate(element)]:
            del self.pairs[element]

    def extract_if(self, predicate: Callable[[Any], object]) -> list[Any]:
        return [self.take(element) for element in list(self) if predicate(element)]

    def reserve(self, additional: int) -> None:
        self.model.version += 1

    def shrink_to_fit(self) -> None:
        self.model.version += 1

    # -- algebra ----------------------------------------------------------------------------------------

    def union(self, other: Iterable[Any]) -> OrderedSet:
        return self.made([*self, *other])

    def intersection(self, other: Iterable[Any]) -> OrderedSet:
        others = set(other)
        return self.made([each for each in self if each in others])

    def difference(self, other: Iterable[Any]) -> OrderedSet:
        others = set(other)
        return self.made([each for each in self if each not in others])

    def symmetric_difference(self, other: Iterable[Any]) -> OrderedSet:
        others = list(other)
        return self.difference(others).union(self.made(others).difference(self))

    def update(self, other: Iterable[Any]) -> None:
        for element in other:
            self.insert(element)

    def become(self, result: Iterable[Any]) -> None:
        elements = list(result)
        self.clear()
        self.update(elements)

    def intersection_update(self, other: Iterable[Any]) -> None:
        self.become(self.intersection(other))

    def difference_update(self, other: Iterable[Any]) -> None:
        self.become(self.difference(other))

    def symmetric_difference_update(self, other: Iterable[Any]) -> None:
        self.become(self.symmetric_difference(other))

    def issubset(self, other: Iterable[Any]) -> bool:
        return set(self) <= set(other)

    def issuperset(self, other: Iterable[Any]) -> bool:
        return set(self) >= set(other)

    def isdisjoint(self, other: Iterable[Any]) -> bool:
        return set(self).isdisjoint(other)

"""The specification of entries and iterators, written once more: in terms of a plain dict.

An `Occupied` is valid while its key is there, a `Vacant` while it is not. `remove` and `remove_entry` consume
an entry. The `or_...` methods of a `Vacant` are always valid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.operations import stored_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = [
    "Arranged",
    "Model",
    "ModelIterator",
    "Occupied",
    "StaleEntryError",
    "Vacant",
    "model_extract",
    "model_retain",
    "model_sort",
]


class StaleEntryError(RuntimeError):
    """Has the name of keyview's, because the errors of calls are compared by name."""


class Arranged(dict[Any, Any]):
    """A dict that is gone through in an order of its keys, which is made whenever it is looked at."""

    def __init__(self, arrange: Callable[[Iterable[Any]], list[Any]], pairs: Any = ()) -> None:
        super().__init__(pairs)
        self.arrange = arrange

    def __iter__(self) -> Iterator[Any]:
        return iter(self.keys())

    def __reversed__(self) -> Iterator[Any]:
        return iter(self.keys()[::-1])

    def keys(self) -> Any:
        return self.arrange(super().keys())

    def values(self) -> Any:
        return [self[key] for key in self.keys()]

    def items(self) -> Any:
        return [(key, self[key]) for key in self.keys()]


class Model:
    """A dict, and a count of the changes that iterators must notice."""

    def __init__(self, arrange: Callable[[Iterable[Any]], list[Any]] | None = None) -> None:
        self.pairs: dict[Any, int] = Arranged(arrange) if arrange else {}
        self.version = 0
        self._keys: list[Any] = []

    def note_changes(self) -> None:
        """Count a change if keys have come, gone or moved since this was last called."""
        keys = list(self.pairs)
        if list(map(id, keys)) != list(map(id, self._keys)):
            self.version += 1
        self._keys = keys

    def replace_key(self, old: Any, new: Any) -> None:
        """Put `new` in the place of `old`: no change that iterators must notice."""
        self.note_changes()
        pairs = {new if key is old else key: value for key, value in self.pairs.items()}
        self.take_over(pairs, changed=False)

    def take_over(self, pairs: dict[Any, Any], *, changed: bool) -> None:
        """Hold `pairs` from now on; whether that is a change is told, not found out."""
        self.pairs.clear()
        self.pairs.update(pairs)
        self._keys = list(self.pairs)
        self.version += changed

    def entry(self, key: Any) -> Occupied | Vacant:
        return Occupied(self, key) if key in self.pairs else Vacant(self, key)


class Occupied:
    def __init__(self, model: Model, key: Any) -> None:
        self._model = model
        self.own_key = key
        self._spent = False

    @property
    def _pairs(self) -> dict[Any, int]:
        """The pairs, if this entry is valid."""
        if self._spent or self.own_key not in self._model.pairs:
            raise StaleEntryError
        return self._model.pairs

    @property
    def key(self) -> Any:
        return stored_key(self._pairs, self.own_key)

    @property
    def value(self) -> int:
        return self._pairs[self.own_key]

    @value.setter
    def value(self, value: int) -> None:
        self._pairs[self.own_key] = value

    def insert(self, value: int) -> int:
        old, self.value = self.value, value
        return old

    def insert_entry(self, value: int) -> Occupied:
        self.value = value
        return self

    def remove_entry(self) -> tuple[Any, int]:
        removed = self.key, self._pairs.pop(self.own_key)
        self._spent = True
        return removed

    def remove(self) -> int:
        return self.remove_entry()[1]

    def replace_key(self, key: Any) -> Any:
        old = self.key
        if not (old is key or old == key):
            raise ValueError
        self._model.replace_key(old, key)
        return old

    def or_insert(self, _: object) -> int:
        return self.value

    or_insert_with = or_insert_with_key = or_insert

    def or_default(self) -> int:
        return self.value

    def or_insert_entry(self, _: object) -> Occupied:
        self._pairs  # noqa: B018
        return self

    or_insert_entry_with = or_insert_entry

    def and_modify(self, function: Callable[[int], int]) -> Occupied:
        self.value = function(self.value)
        return self

    def and_modify_in_place(self, function: Callable[[int], object]) -> Occupied:
        if function(self.value) is not None:
            raise TypeError
        return self.or_insert_entry(None)

    def and_replace_entry_with(self, function: Callable[[Any, int], Any]) -> Occupied | Vacant:
        result = function(self.key, self.value)
        key = self.key
        if isinstance(result, int):
            self.value = result
            return self
        del self._pairs[key]
        return Vacant(self._model, key)


class Vacant:
    def __init__(self, model: Model, key: Any) -> None:
        self._model = model
        self.key = self.own_key = key

    def _check(self) -> None:
        if self.key in self._model.pairs:
            raise StaleEntryError

    def insert(self, value: int) -> int:
        return self.insert_entry(value).value

    def insert_entry(self, value: int) -> Occupied:
        self._check()
        return self.or_insert_entry(value)

    def or_insert(self, value: int) -> int:
        return self._model.pairs.setdefault(self.key, value)

    def or_insert_with(self, factory: Callable[[], int]) -> int:
        there = self._model.pairs.get(self.key)
        return self.or_insert(factory()) if there is None else there

    def or_insert_with_key(self, factory: Callable[[Any], int]) -> int:
        return self.or_insert_with(lambda: factory(self.key))

    def or_default(self) -> int:
        return self.or_insert_with(int)

    def or_insert_entry(self, value: int) -> Occupied:
        self.or_insert(value)
        return Occupied(self._model, self.key)

    def or_insert_entry_with(self, factory: Callable[[], int]) -> Occupied:
        self.or_insert_with(factory)
        return Occupied(self._model, self.key)

    def and_modify(self, _: object) -> Vacant:
        self._check()
        return self

    and_modify_in_place = and_replace_entry_with = and_modify


class ModelIterator:
    """Iterates over what is there at each step. Fails if keys were added or removed; once ended, stays so."""

    def __init__(
        self, model: Model, pick: Callable[[tuple[Any, int]], Any], *, backwards: bool
    ) -> None:
        model.note_changes()
        self._model = model
        self._version = model.version
        self._pick = pick
        self._places = list(range(len(model.pairs)))[:: 1 if backwards else -1]
        self._ended = False

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if not self._ended and self._model.version != self._version:
            raise RuntimeError
        if not self._places:
            self._ended = True
            raise StopIteration
        return self._pick(list(self._model.pairs.items())[self._places.pop()])

    def __length_hint__(self) -> int:
        return len(self._places) if self._model.version == self._version else 0


def model_retain(model: Model, predicate: Callable[[Any, int], bool]) -> None:
    model.note_changes()
    version = model.version
    doomed = []
    for key in list(model.pairs):
        if not predicate(key, model.pairs[key]):
            doomed.append(key)
        if model.version != version:
            raise RuntimeError
    for key in doomed:
        del model.pairs[key]


def model_extract(model: Model, predicate: Callable[[Any, int], bool]) -> Iterator[tuple[Any, int]]:
    model.note_changes()

    def extract(version: int, keys: list[Any]) -> Iterator[tuple[Any, int]]:
        for key in keys:
            if model.version != version:
                raise RuntimeError
            # Another key may have taken its place since, with another number.
            wanted = predicate(stored_key(model.pairs, key), model.pairs[key])
            if model.version != version:
                raise RuntimeError
            if wanted:
                pair = stored_key(model.pairs, key), model.pairs.pop(key)
                model.note_changes()
                version = model.version
                yield pair

    return extract(model.version, list(model.pairs))


def model_sort(model: Model, key: Callable[[Any, int], Any], reverse: bool) -> None:
    model.note_changes()
    version = model.version
    ranks = {}
    for stored in list(model.pairs):
        ranks[stored] = key(stored, model.pairs[stored])
        if model.version != version:
            raise RuntimeError
    pairs = {
        stored: model.pairs[stored]
        for stored in sorted(ranks, key=ranks.__getitem__, reverse=reverse)
    }
    model.take_over(pairs, changed=True)

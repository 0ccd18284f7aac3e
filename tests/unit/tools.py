"""What the unit tests look up with, and how they compare a map before and after."""

from __future__ import annotations

import re
import types
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from keyview.views import KeyView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# -- keys and views -------------------------------------------------------------------------------


class Key:
    """A key that counts the calls of its `__hash__` and `__eq__`, and can run code in either.

    Equal to a `Key` of the same name. `on_hash` and `on_eq` are called before the answer is given.
    """

    def __init__(self, name: object, hash_: int | None = None) -> None:
        self.name = name
        self.hash = hash(name) if hash_ is None else hash_
        self.hashes = 0
        self.comparisons = 0
        self.on_hash: Callable[[], object] = lambda: None
        self.on_eq: Callable[[], object] = lambda: None

    def __hash__(self) -> int:
        self.hashes += 1
        self.on_hash()
        return self.hash

    def __eq__(self, other: object) -> bool:
        self.comparisons += 1
        self.on_eq()
        return self.name == other.name if isinstance(other, Key) else NotImplemented

    def __repr__(self) -> str:
        return f"Key({self.name!r})"


class ShortKey(KeyView[str]):
    """Stands for `"_" + rest`, and counts how often it builds that."""

    def __init__(self, rest: str) -> None:
        self.rest = rest
        self.built = 0

    def __key__(self) -> str:
        self.built += 1
        return "_" + self.rest

    def __repr__(self) -> str:
        return f"ShortKey({self.rest!r})"


class LazyShortKey(ShortKey):
    """A `ShortKey` that looks up without building."""

    def __hash__(self) -> int:
        return hash("_" + self.rest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and other == "_" + self.rest


class WrongHash(KeyView[str]):  # type: ignore[key-view-law]
    """Unlawful: its hash is not its key's."""

    def __key__(self) -> str:
        return "key"

    def __hash__(self) -> int:
        return hash("key") + 1


class Unequal(KeyView[str]):
    """Unlawful: it is not equal to its key."""

    def __key__(self) -> str:
        return "key"

    def __hash__(self) -> int:
        return hash("key")

    def __eq__(self, other: object) -> bool:
        return False


class ViewOfView(KeyView[Any]):
    """Unlawful: its key is a view."""

    def __key__(self) -> Any:
        return ShortKey("key")


UNLAWFUL: list[Any] = [WrongHash, Unequal, ViewOfView]


# -- maps before and after ------------------------------------------------------------------------


def state(map_: Any) -> list[object]:
    """Everything that can be seen of a map: which objects it holds, in which order, and its factory."""
    pairs = [(id(key), id(value), repr(value)) for key, value in map_.items()]
    return [len(map_), pairs, map_.default_factory]


@contextmanager
def unchanged(map_: Any) -> Iterator[None]:
    """The body leaves the map as it was, and sound."""
    before = state(map_)
    yield
    assert state(map_) == before
    assert_sound(map_)


def assert_sound(map_: Any) -> None:
    """No view of the map contradicts another, and every key that it lists is found."""
    pairs = list(map_.items())
    assert len(map_) == len(pairs) == len(list(map_)) == len(list(map_.values()))
    assert [pair[0] for pair in reversed(map_.items())] == [pair[0] for pair in pairs][::-1]
    for key, value in pairs:
        stored, found = map_.get_key_value(key)
        assert stored is key
        assert found is value


def derived(base: Any, *mixins: type, name: str = "Derived", **members: Any) -> Any:
    """A subclass of a class that is only known at run time."""
    return types.new_class(name, (*mixins, base), exec_body=lambda body: body.update(members))


# -- every method that takes a key ----------------------------------------------------------------

LOOKUPS: dict[str, Callable[[Any, Any], object]] = {
    "getitem": lambda m, q: m[q],
    "contains": lambda m, q: q in m,
    "get": lambda m, q: m.get(q),
    "get default": lambda m, q: m.get(q, 0),
    "get_entry": lambda m, q: m.get_entry(q),
    "get_key_value": lambda m, q: m.get_key_value(q),
    "get_many": lambda m, q: m.get_many(q),
    "entry": lambda m, q: m.entry(q),
    "keys contains": lambda m, q: q in m.keys(),  # noqa: SIM118
    "items contains": lambda m, q: (q, 1) in m.items(),
    "index_of": lambda m, q: m.index_of(q),
    "by getitem": lambda m, q: m.by(lambda asked: asked)[q],
    "by contains": lambda m, q: q in m.by(lambda asked: asked),
    "by get": lambda m, q: m.by(lambda asked: asked).get(q),
    "by get_key_value": lambda m, q: m.by(lambda asked: asked).get_key_value(q),
    "by get_entry": lambda m, q: m.by(lambda asked: asked).get_entry(q),
    "by get_many": lambda m, q: m.by(lambda asked: asked).get_many(q),
    "by index_of": lambda m, q: m.by(lambda asked: asked).index_of(q),
    "by entry": lambda m, q: m.by(lambda asked: asked).entry(q),
}

MOVES: dict[str, Callable[[Any, Any], object]] = {
    "move_to_end": lambda m, q: m.move_to_end(q),
    "move_to_end, first": lambda m, q: m.move_to_end(q, last=False),
    "by move_to_end": lambda m, q: m.by(lambda asked: asked).move_to_end(q, last=False),
}

REMOVALS: dict[str, Callable[[Any, Any], object]] = {
    "delitem": lambda m, q: m.__delitem__(q),
    "pop": lambda m, q: m.pop(q),
    "pop default": lambda m, q: m.pop(q, 0),
    "remove_entry": lambda m, q: m.remove_entry(q),
    "swap_remove": lambda m, q: m.swap_remove(q),
    "by pop": lambda m, q: m.by(lambda asked: asked).pop(q),
    "by delitem": lambda m, q: m.by(lambda asked: asked).__delitem__(q),
    "by remove_entry": lambda m, q: m.by(lambda asked: asked).remove_entry(q),
    "by swap_remove": lambda m, q: m.by(lambda asked: asked).swap_remove(q),
}

INSERTIONS: dict[str, Callable[[Any, Any], object]] = {
    "setitem": lambda m, q: m.__setitem__(q, 1),
    "setdefault": lambda m, q: m.setdefault(q, 1),
    "insert": lambda m, q: m.insert(q, 1),
    "try_insert": lambda m, q: m.try_insert(q, 1),
    "get_or_insert_with": lambda m, q: m.get_or_insert_with(q, lambda: 1),
    "merge": lambda m, q: m.merge(q, 1, lambda old, new: new),
    "update": lambda m, q: m.update([(q, 1)]),
    "update_with": lambda m, q: m.update_with([(q, 1)], lambda old, new: new),
    "or_insert": lambda m, q: m.entry(q).or_insert(1),
    "or_insert_with": lambda m, q: m.entry(q).or_insert_with(lambda: 1),
    "or_insert_with_key": lambda m, q: m.entry(q).or_insert_with_key(lambda key: 1),
    "or_insert_entry": lambda m, q: m.entry(q).or_insert_entry(1),
    "or_insert_entry_with": lambda m, q: m.entry(q).or_insert_entry_with(lambda: 1),
    "insert_entry": lambda m, q: m.entry(q).insert_entry(1),
    "entry insert": lambda m, q: m.entry(q).insert(1),
    "by or_insert": lambda m, q: m.by(lambda asked: asked).entry(q).or_insert(1),
    "by setitem": lambda m, q: m.by(lambda asked: asked).__setitem__(q, 1),
    "by setdefault": lambda m, q: m.by(lambda asked: asked).setdefault(q, 1),
    "by insert": lambda m, q: m.by(lambda asked: asked).insert(q, 1),
    "by try_insert": lambda m, q: m.by(lambda asked: asked).try_insert(q, 1),
    "by get_or_insert_with": lambda m, q: m.by(lambda asked: asked).get_or_insert_with(
        q, lambda: 1
    ),
    "by merge": lambda m, q: m.by(lambda asked: asked).merge(q, 1, lambda old, new: new),
}

CONSTRUCTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "pairs": lambda cls, q: cls([(q, 1)]),
    "fromkeys": lambda cls, q: cls.fromkeys([q], 1),
    "grouped": lambda cls, q: cls.grouped([(q, 1)]),
    "counted": lambda cls, q: cls.counted([q]),
}

KEYED = {**LOOKUPS, **MOVES, **REMOVALS, **INSERTIONS}


# -- where CPython lets other code in ---------------------------------------------------------------

#: Instructions after which it does not, as keyview uses them: they call nothing, jump forwards, and make
#: nothing that the collector watches. One that is not named here is taken to let it in.
UNINTERRUPTED = re.compile(
    """
    (BINARY_(OP|SUBSCR)|COMPARE_OP|CONTAINS_OP|IS_OP|UNARY_NOT|TO_BOOL|DELETE_SUBSCR|STORE_(SUBSCR|ATTR)
    |LOAD_(ATTR|COMMON_CONSTANT|CONST|DEREF|GLOBAL|SMALL_INT)|(LOAD|STORE)_FAST.*|COPY|SWAP|NOP
    |NOT_TAKEN|EXTENDED_ARG|PUSH_NULL|POP_(TOP|ITER)|JUMP_FORWARD|POP_JUMP_(FORWARD_)?IF_.*|RETURN_.*)
    """,
    re.VERBOSE,
)


def may_be_interrupted(instruction: str) -> bool:
    """Whether a signal handler, the collector or another thread may come in after an instruction."""
    return UNINTERRUPTED.fullmatch(instruction) is None

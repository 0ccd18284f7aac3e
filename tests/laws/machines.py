"""Machines that drive a collection and its model side by side, through all that may happen to them.

`map_machine` and `set_machine` make one for each kind of keys; `sorted_machine` adds the ranges. Tests make
subclasses of them, with rules for what only a hash or only an order has, and run them.

For a long soak, which looks for rare interleavings: KEYVIEW_SOAK=1 python -m pytest tests/laws
"""

from __future__ import annotations

import copy
import operator
import os
import pickle
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.kit.keys import Tagged
from tests.kit.operations import after, keyed, of_entries, outcome, whole
from tests.kit.soundness import assert_sound
from tests.laws.callbacks import MISCHIEF
from tests.laws.keys import asked_for
from tests.laws.map_laws import (
    CHANGING_LAWS,
    OF_HASHED,
    READING_LAWS,
    check_agrees,
    check_consistent,
)
from tests.laws.model import (
    Model,
    ModelIterator,
    Occupied,
    Vacant,
    model_extract,
    model_retain,
)
from tests.laws.set_model import ALGEBRA, OrderedSet

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.laws.keys import Asked, Kind

__all__ = ["Machine", "map_machine", "run", "set_machine"]

values = st.integers(0, 9)
positions = st.integers(0, 5)
mischiefs = st.sampled_from(list(MISCHIEF.values()))

numbers = st.integers(0, 4)

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "union": operator.or_,
    "intersection": operator.and_,
    "difference": operator.sub,
    "symmetric_difference": operator.xor,
}

Iteration = tuple["Callable[[Any], Any]", "Callable[[Any], Any]", bool]
OF_ANY: dict[str, Iteration] = {
    "iter": (iter, operator.itemgetter(0), False),
    "reversed": (reversed, operator.itemgetter(0), True),
}
OF_MAPS: dict[str, Iteration] = {
    **OF_ANY,
    "keys": (lambda m: iter(m.keys()), operator.itemgetter(0), False),
    "values": (lambda m: iter(m.values()), operator.itemgetter(1), False),
    "items": (lambda m: iter(m.items()), tuple, False),
    "reversed keys": (lambda m: reversed(m.keys()), operator.itemgetter(0), True),
    "reversed values": (lambda m: reversed(m.values()), operator.itemgetter(1), True),
    "reversed items": (lambda m: reversed(m.items()), tuple, True),
}
WAYS_TO_UPDATE = ["mapping", "pairs", "its own class", "HashMap", "|=", "itself"]


def run(machine: type[RuleBasedStateMachine], examples: int) -> None:
    """Run it, with so many examples, or with as many as a soak has."""
    examples = settings().max_examples if "KEYVIEW_SOAK" in os.environ else examples
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples, suppress_health_check=list(HealthCheck)),
    )


class Machine(RuleBasedStateMachine):
    """A collection beside a model, with iterators that are kept while both change.

    `real` is the collection; `like` has its methods, and does to the `model` what they do.
    """

    kind: Kind
    real: Any
    like: Any

    def __init__(self) -> None:
        super().__init__()
        self.model = Model(self.kind.arrange)
        self.iterators: list[tuple[Any, Any]] = []

    def key(self, number: int, tag: str = "") -> Any:
        return self.kind.key(number, tag)

    def mischief_on_both(
        self, steps: tuple[Callable[[Any, Any, Any], None], ...], key: Any
    ) -> tuple[Callable[[], None], Callable[[], None]]:
        """A callback that changes the collection, and one that does the same to the model."""
        another = self.key(100)

        def on_real() -> None:
            for step in steps:
                step(self.real, key, another)

        def on_model() -> None:
            for step in steps:
                self.model.note_changes()
                step(self.like, key, another)
            self.model.note_changes()

        return on_real, on_model

    def do(self, operation: Any, key: Any, value: int) -> Any:
        """What a row of the register does to the model."""
        raise NotImplementedError

    def expected(self, operation: Any, key: Any, value: int) -> str:
        return outcome(lambda _, key: self.do(operation, key, value), None, key)

    def number_of(self, key: Any, value: Any) -> int:
        """The number by which predicates decide on a pair, or on an element, which has no value."""
        raise NotImplementedError

    def predicates(self, factor: int, call: int, steps: Any) -> list[Callable[..., bool]]:
        """Whether `factor` divides the number; the nth call does the mischief first."""

        def predicate_doing(mischief: Callable[[], None]) -> Callable[..., bool]:
            calls = count()

            def predicate(key: Any, value: Any = None) -> bool:
                if next(calls) == call:
                    mischief()
                return self.number_of(key, value) % factor == 0

            return predicate

        return list(map(predicate_doing, self.mischief_on_both(steps, self.key(call))))

    @rule(factor=st.integers(1, 3), call=positions, steps=mischiefs)
    def retain(self, factor: int, call: int, steps: Any) -> None:
        on_real, on_model = self.predicates(factor, call, steps)
        expected = outcome(model_retain, self.model, on_model)
        assert outcome(lambda c, predicate: c.retain(predicate), self.real, on_real) == expected

    def keep_iterator(self, real: Any, model: Any) -> None:
        self.iterators = [*self.iterators[-3:], (real, model)]

    def iterate_by(self, iteration: Iteration) -> None:
        start, pick, backwards = iteration
        self.keep_iterator(start(self.real), ModelIterator(self.model, pick, backwards=backwards))

    @precondition(lambda self: self.iterators)
    @rule(position=positions, times=st.sampled_from([1, 2, 20]))
    def advance(self, position: int, times: int) -> None:
        pair = real, model = self.iterators[position % len(self.iterators)]
        expected = ""
        while times and not expected.startswith("raised"):
            times -= 1
            if isinstance(model, ModelIterator):
                assert operator.length_hint(real) == operator.length_hint(model)
            expected = outcome(lambda iterator, _: next(iterator), model, None)
            assert outcome(lambda iterator, _: next(iterator), real, None) == expected
            self.model.note_changes()
        if expected.startswith("raised") and not isinstance(model, ModelIterator):
            self.iterators.remove(pair)


def map_machine(kv: Any, of: str, drawn: Kind) -> Any:
    """A machine of a HashMap or SortedMap beside a dict, with entries that are kept while both change."""
    cls = getattr(kv, of)
    operations = st.sampled_from(list(keyed(of=of).values()))
    lookups = asked_for(kv, drawn.keys)
    dicts = st.dictionaries(drawn.keys, values, max_size=4)
    reading = [law for law in READING_LAWS if of == "HashMap" or law not in OF_HASHED]
    changing = [law for law in CHANGING_LAWS if of == "HashMap" or law not in OF_HASHED]

    class MapBesideDict(Machine):
        kind = drawn

        def __init__(self) -> None:
            super().__init__()
            self.real = cls(default_factory=int)
            self.like = self.model.pairs
            #: Handles kept across all that happens, each beside its model.
            self.entries: list[tuple[Any, Occupied | Vacant]] = []

        @invariant()
        def agree(self) -> None:
            self.model.note_changes()
            check_consistent(self.real)
            check_agrees(self.real, self.model.pairs)

        def do(self, operation: Any, key: Any, value: int) -> Any:
            """What the row does to the model."""
            return operation.on_model(self.model.pairs, key, value)

        # -- what a dict does, and one key at a time ----------------------------------------------

        @rule(operation=operations, asked=lookups, value=values)
        def operate(self, operation: Any, asked: Asked, value: int) -> None:
            expected = self.expected(operation, asked.key, value)
            assert outcome(operation.call, self.real, asked.query, value) == expected

        @initialize(start=drawn.starts)
        def fill(self, start: dict[Any, int]) -> None:
            self.real.update(start)
            self.model.pairs.update(start)

        @precondition(lambda self: len(self.model.pairs) < 3)
        @rule(more=drawn.starts)
        def refill(self, more: dict[Any, int]) -> None:
            self.fill(more)

        @rule(last=st.booleans())
        def popitem(self, last: bool) -> None:
            if self.model.pairs:
                stored = list(self.model.pairs)[-1 if last else 0]
                expected = stored, self.model.pairs.pop(stored)
                assert repr(self.real.popitem(last)) == repr(expected)
            else:
                assert outcome(lambda m, _: m.popitem(last), self.real, None).startswith("KeyError")

        @rule(position=st.integers(-4, 4))
        def at(self, position: int) -> None:
            pairs = list(self.model.pairs.items())
            expected = outcome(lambda pairs, i: pairs[i], pairs, position)
            assert outcome(lambda m, i: m.at(i), self.real, position) == expected

        @rule(last=st.booleans())
        def outermost_entry(self, last: bool) -> None:
            real = self.real.last_entry() if last else self.real.first_entry()
            if not self.model.pairs:
                assert real is None
                return
            stored = list(self.model.pairs)[-1 if last else 0]
            assert repr(real.key) == repr(stored)
            self.keep_entry(real, self.model.entry(stored))

        @rule(how=st.sampled_from(WAYS_TO_UPDATE), other=dicts)
        def update(self, how: str, other: dict[Any, int]) -> None:
            if how == "itself":
                self.real.update(self.real)
            elif how == "|=":
                self.real |= other
            else:
                kinds: dict[str, Callable[[Any], Any]] = {
                    "pairs": dict.items,
                    "its own class": cls,
                    "HashMap": kv.HashMap,
                }
                self.real.update(kinds.get(how, dict)(other))
            if how != "itself":
                self.model.pairs.update(other)

        @rule(before=dicts, after=dicts)
        def update_keeps_what_came_before_an_error(
            self, before: dict[Any, int], after: dict[Any, int]
        ) -> None:
            pairs: list[Any] = [*before.items(), ("no", "pair", "at all"), *after.items()]
            assert outcome(lambda m, _: m.update(pairs), self.real, None) == "raised ValueError"
            self.model.pairs.update(before)

        @rule(rarely=st.integers(0, 9))
        def clear(self, rarely: int) -> None:
            if rarely == 0:
                self.real.clear()
                self.model.pairs.clear()

        @rule(law=st.sampled_from(reading), other=dicts)
        def obey(self, law: Callable[..., None], other: dict[Any, int]) -> None:
            law(kv, self.real, dict(self.model.pairs), other)

        @rule(law=st.sampled_from(changing), other=dicts)
        def copy_obeys(self, law: Callable[..., None], other: dict[Any, int]) -> None:
            law(kv, self.real.copy(), dict(self.model.pairs), other)

        # -- iterators, kept while the map changes ------------------------------------------------

        @rule(name=st.sampled_from(list(OF_MAPS)))
        def iterate(self, name: str) -> None:
            self.iterate_by(OF_MAPS[name])

        @rule(rarely=st.integers(0, 9))
        def drain(self, rarely: int) -> None:
            if rarely != 0:
                return
            self.keep_iterator(self.real.drain(), iter(list(self.model.pairs.items())))
            self.model.pairs.clear()

        @rule(factor=st.integers(1, 3), call=positions, steps=mischiefs)
        def extract_if(self, factor: int, call: int, steps: Any) -> None:
            on_real, on_model = self.predicates(factor, call, steps)
            self.keep_iterator(self.real.extract_if(on_real), model_extract(self.model, on_model))

        def number_of(self, key: Any, value: Any) -> int:
            return int(value)

        # -- entries, kept while the map changes --------------------------------------------------

        @rule(asked=lookups)
        def open_entry(self, asked: Asked) -> None:
            self.keep_entry(self.real.entry(asked.query), self.model.entry(asked.key))

        @precondition(lambda self: self.model.pairs)
        @rule(position=positions)
        def open_occupied(self, position: int) -> None:
            stored = list(self.model.pairs)
            key = stored[position % len(stored)]
            self.keep_entry(self.real.get_entry(key), self.model.entry(key))

        def keep_entry(self, real: Any, model: Occupied | Vacant) -> None:
            assert type(real) is (kv.Occupied if isinstance(model, Occupied) else kv.Vacant)
            self.entries = [*self.entries[-4:], (real, model)]

        @precondition(lambda self: self.entries)
        @rule(
            position=positions,
            use=st.integers(0, 99),
            value=values,
            steps=mischiefs,
            same=st.booleans(),
        )
        def use_entry(self, position: int, use: int, value: int, steps: Any, same: bool) -> None:
            real, model = self.entries[position % len(self.entries)]
            uses = of_entries(of_vacant=not isinstance(model, Occupied))
            name = list(uses)[use % len(uses)]
            made: list[Any] = []

            def use_it(entry: Any, mischief: Callable[[], None]) -> object:
                result = uses[name].call(entry, value, mischief, kv.REMOVE)
                if type(result).__name__ not in ("Occupied", "Vacant"):
                    return result
                made.append(result)
                return type(result).__name__, result.key, result is entry

            on_real, on_model = self.mischief_on_both(
                steps, model.own_key if same else self.key(value)
            )
            expected = outcome(use_it, model, on_model)
            found = outcome(use_it, real, on_real)
            assert found == expected, (name, found, expected)
            if made:
                of_model, of_map = made
                self.keep_entry(of_map, of_model)

        @precondition(lambda self: any(isinstance(m, Occupied) for _, m in self.entries))
        @rule(position=positions, asked=lookups, tag=st.none() | st.text("xyz", max_size=1))
        def replace_key(self, position: int, asked: Asked, tag: str | None) -> None:
            occupied = [pair for pair in self.entries if isinstance(pair[1], Occupied)]
            real, model = occupied[position % len(occupied)]
            key, query = asked.key, asked.query
            if tag is not None and isinstance(model.own_key, Tagged):
                key = query = type(model.own_key)(model.own_key.number, tag)
            expected = outcome(lambda entry, k: entry.replace_key(k), model, key)
            assert outcome(lambda entry, q: entry.replace_key(q), real, query) == expected

        # -- callbacks that touch the map, keys and views that misbehave --------------------------

        @rule(
            name=st.sampled_from(["get_or_insert_with", "merge", "update_with"]),
            asked=lookups,
            value=values,
            steps=mischiefs,
            same=st.booleans(),
        )
        def fuse(self, name: str, asked: Asked, value: int, steps: Any, same: bool) -> None:
            on_real, on_model = self.mischief_on_both(steps, asked.key if same else self.key(value))

            def on_dict(pairs: dict[Any, int], key: Any) -> int | None:
                if name == "get_or_insert_with":
                    return Vacant(self.model, key).or_insert_with(lambda: after(on_model, value))
                pairs[key] = after(on_model, pairs[key] - value) if key in pairs else value
                return pairs[key] if name == "merge" else None

            def on_hash_map(m: Any, query: Any) -> Any:
                if name == "get_or_insert_with":
                    return m.get_or_insert_with(query, lambda: after(on_real, value))
                arguments = (query, value) if name == "merge" else ([(query, value)],)
                return getattr(m, name)(*arguments, lambda old, new: after(on_real, old - new))

            expected = outcome(on_dict, self.model.pairs, asked.key)
            assert outcome(on_hash_map, self.real, asked.query) == expected

    return MapBesideDict


def set_machine(kv: Any, of: str, drawn: Kind) -> Any:
    """A machine of a HashSet or SortedSet beside an `OrderedSet`."""
    cls = getattr(kv, of)
    operations = st.sampled_from(list(keyed(of=of).values()))
    wholes = [row for name, row in whole(of=of).items() if name not in ("drain", "made of itself")]
    lookups = asked_for(kv, drawn.keys)
    elements = st.lists(drawn.keys, max_size=5)
    kinds: dict[str, Callable[[Any], Any]] = {
        "set": set,
        "frozenset": frozenset,
        "HashSet": kv.HashSet,
        "SortedSet": kv.SortedSet if drawn.arrange else kv.HashSet,
        "keys": dict.fromkeys,
        "list": list,
    }
    sets = st.sampled_from(["set", "frozenset", "HashSet", "SortedSet"])

    class SetBesideModel(Machine):
        kind = drawn

        def __init__(self) -> None:
            super().__init__()
            self.real = cls()
            self.like = OrderedSet(self.model)

        @invariant()
        def agree(self) -> None:
            self.model.note_changes()
            self.agrees(self.real, self.like)

        def agrees(self, made: Any, expected: OrderedSet) -> None:
            assert type(made) is cls
            assert_sound(made)
            assert repr(list(made)) == repr(list(expected))

        def do(self, operation: Any, key: Any, value: int) -> Any:
            return operation.call(self.like, key, value)

        @initialize(start=drawn.starts)
        def fill(self, start: dict[Any, int]) -> None:
            self.real.update(start)
            self.like.update(start)

        @precondition(lambda self: len(self.model.pairs) < 3)
        @rule(more=drawn.starts)
        def refill(self, more: dict[Any, int]) -> None:
            self.fill(more)

        @rule(operation=operations, asked=lookups)
        def operate(self, operation: Any, asked: Asked) -> None:
            expected = self.expected(operation, asked.key, 0)
            assert outcome(operation.call, self.real, asked.query, 0) == expected, operation.name
            self.forget_iterators(operation.name)

        def forget_iterators(self, name: str) -> None:
            """Of these it is not told whether an iterator notices them where they change nothing."""
            if name in ("intersection_update", "symmetric_difference_update"):
                self.iterators = []

        @rule(row=st.sampled_from(wholes), number=numbers, rarely=st.integers(0, 9))
        def use_whole(self, row: Any, number: int, rarely: int) -> None:
            if row.name == "clear" and rarely:
                return
            expected = outcome(row.call, self.like, number)
            found = outcome(row.call, self.real, number)
            # Each says in its own words that it is empty.
            assert found.partition(" with (")[0] == expected.partition(" with (")[0], row.name

        # -- algebra --------------------------------------------------------------------------------

        @rule(name=st.sampled_from(ALGEBRA), how=st.sampled_from(list(kinds)), other=elements)
        def combine(self, name: str, how: str, other: list[Any]) -> None:
            operand = kinds[how](other)
            self.agrees(getattr(self.real, name)(operand), getattr(self.like, name)(list(operand)))

        @rule(name=st.sampled_from(ALGEBRA), how=st.sampled_from(list(kinds)), other=elements)
        def combine_here(self, name: str, how: str, other: list[Any]) -> None:
            operand = kinds[how](other)
            method = "update" if name == "union" else f"{name}_update"
            assert getattr(self.real, method)(operand) is None
            getattr(self.like, method)(list(operand))
            self.forget_iterators(method)

        @rule(name=st.sampled_from(list(OPERATORS)), how=sets, other=elements, left=st.booleans())
        def operators(self, name: str, how: str, other: list[Any], left: bool) -> None:
            operand = kinds[how](other)
            theirs = self.like.made(operand)
            ours = OPERATORS[name](*((self.real, operand) if left else (operand, self.real)))
            # A sorted set asks whether its own elements are in a hashed one, whichever is on the left.
            asks = (
                self.kind.arrange and name == "intersection" and type(operand) in (set, frozenset)
            )
            a, b = (self.like, theirs) if left or asks else (theirs, self.like)
            if type(ours) is cls:
                self.agrees(ours, getattr(a, name)(list(b)))
            else:  # Of two of ours, the left one decides.
                assert (type(ours), left) == (type(operand), False)
                assert set(ours) == set(getattr(a, name)(list(b)))

        @rule(how=sets, other=elements, part=st.booleans())
        def compare(self, how: str, other: list[Any], part: bool) -> None:
            operand = kinds[how]([*self.real][:4] if part else other)
            model, theirs = set(self.like), set(operand)
            for relation in (
                operator.eq,
                operator.ne,
                operator.le,
                operator.lt,
                operator.ge,
                operator.gt,
            ):
                assert relation(self.real, operand) is relation(model, theirs)
                assert relation(operand, self.real) is relation(theirs, model)
            assert self.real.isdisjoint(operand) is model.isdisjoint(theirs)
            assert self.real.issubset(operand) is (model <= theirs)
            assert self.real.issuperset(operand) is (model >= theirs)

        @rule(protocol=st.integers(0, pickle.HIGHEST_PROTOCOL))
        def copy(self, protocol: int) -> None:
            for made in (
                self.real.copy(),
                copy.deepcopy(self.real),
                pickle.loads(pickle.dumps(self.real, protocol)),
                cls(self.real),
            ):
                self.agrees(made, self.like)
                made.clear()

        # -- iterators, kept while the set changes --------------------------------------------------

        @rule(name=st.sampled_from(list(OF_ANY)))
        def iterate(self, name: str) -> None:
            self.iterate_by(OF_ANY[name])

        @rule(rarely=st.integers(0, 9))
        def drain(self, rarely: int) -> None:
            if rarely == 0:
                self.keep_iterator(self.real.drain(), iter(self.like.drain()))

        @rule(factor=st.integers(1, 3), call=positions, steps=mischiefs)
        def extract_if(self, factor: int, call: int, steps: Any) -> None:
            on_real, on_model = self.predicates(factor, call, steps)
            extracted = model_extract(self.model, on_model)
            self.keep_iterator(self.real.extract_if(on_real), (key for key, _ in extracted))

        def number_of(self, key: Any, value: Any) -> int:
            return sum(map(ord, repr(key)))

    return SetBesideModel

"""A machine that drives a HashMap and a dict side by side, through all that may happen to them.

For a long soak, which looks for rare interleavings: KEYVIEW_SOAK=1 python -m pytest tests/laws
"""

from __future__ import annotations

import operator
from functools import partial
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

from tests.kit.keys import UNLAWFUL, Numbered, Tagged
from tests.kit.operations import Does, after, keyed, of_entries, outcome
from tests.laws.callbacks import MISCHIEF, fail
from tests.laws.keys import asked_for, few_keys
from tests.laws.map_laws import CHANGING_LAWS, READING_LAWS, check_agrees, check_consistent
from tests.laws.model import (
    Model,
    ModelIterator,
    Occupied,
    Vacant,
    model_extract,
    model_retain,
    model_sort,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.laws.keys import Asked

values = st.integers(0, 9)
numbers = st.integers(0, 4)
positions = st.integers(0, 5)
mischiefs = st.sampled_from(list(MISCHIEF.values()))
OPERATIONS = keyed()
STORES = keyed(Does.STORES, Does.FINDS_OR_STORES)
operations = st.sampled_from(list(OPERATIONS.values()))
dicts = st.dictionaries(few_keys, values, max_size=4)
full_dicts = st.dictionaries(few_keys, values, min_size=3, max_size=8)

ITERATIONS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any], bool]] = {
    "iter": (iter, operator.itemgetter(0), False),
    "reversed": (reversed, operator.itemgetter(0), True),
    "keys": (lambda m: iter(m.keys()), operator.itemgetter(0), False),
    "values": (lambda m: iter(m.values()), operator.itemgetter(1), False),
    "items": (lambda m: iter(m.items()), tuple, False),
    "reversed keys": (lambda m: reversed(m.keys()), operator.itemgetter(0), True),
    "reversed values": (lambda m: reversed(m.values()), operator.itemgetter(1), True),
    "reversed items": (lambda m: reversed(m.items()), tuple, True),
}


def machine_for(kv: Any) -> type[RuleBasedStateMachine]:
    lookups = asked_for(kv, few_keys)

    class MapBesideDict(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.map = kv.HashMap(default_factory=int)
            self.model = Model()
            #: Handles kept across all that happens, each beside its model.
            self.entries: list[tuple[Any, Occupied | Vacant]] = []
            self.iterators: list[tuple[Any, Any]] = []

        @invariant()
        def agree(self) -> None:
            self.model.note_changes()
            check_consistent(self.map)
            check_agrees(self.map, self.model.pairs)

        def mischief_on_both(
            self, steps: tuple[Callable[[Any, Any], None], ...], key: Any
        ) -> tuple[Callable[[], None], Callable[[], None]]:
            """A callback that changes the map, and one that does the same to the model."""

            def on_map() -> None:
                for step in steps:
                    step(self.map, key)

            def on_model() -> None:
                for step in steps:
                    self.model.note_changes()
                    step(self.model.pairs, key)
                self.model.note_changes()

            return on_map, on_model

        # -- what a dict does, and one key at a time ----------------------------------------------

        @rule(operation=operations, asked=lookups, value=values)
        def operate(self, operation: Any, asked: Asked, value: int) -> None:
            expected = outcome(operation.on_model, self.model.pairs, asked.key, value)
            assert outcome(operation.call, self.map, asked.query, value) == expected

        @initialize(start=full_dicts)
        def start_full(self, start: dict[Any, int]) -> None:
            self.map.update(start)
            self.model.pairs.update(start)

        @precondition(lambda self: len(self.model.pairs) < 3)
        @rule(more=full_dicts)
        def refill(self, more: dict[Any, int]) -> None:
            self.start_full(more)

        @rule(last=st.booleans())
        def popitem(self, last: bool) -> None:
            if self.model.pairs:
                stored = list(self.model.pairs)[-1 if last else 0]
                expected = stored, self.model.pairs.pop(stored)
                assert repr(self.map.popitem(last)) == repr(expected)
            else:
                assert outcome(lambda m, _: m.popitem(last), self.map, None).startswith("KeyError")

        @rule(position=st.integers(-4, 4))
        def at(self, position: int) -> None:
            pairs = list(self.model.pairs.items())
            expected = outcome(lambda pairs, i: pairs[i], pairs, position)
            assert outcome(lambda m, i: m.at(i), self.map, position) == expected

        @rule(last=st.booleans())
        def outermost_entry(self, last: bool) -> None:
            real = self.map.last_entry() if last else self.map.first_entry()
            if not self.model.pairs:
                assert real is None
                return
            stored = list(self.model.pairs)[-1 if last else 0]
            assert repr(real.key) == repr(stored)
            self.keep_entry(real, self.model.entry(stored))

        @rule(call=positions, steps=mischiefs, reverse=st.booleans())
        def sort(self, call: int, steps: Any, reverse: bool) -> None:
            on_map, on_model = self.mischief_on_both(steps, Tagged(call))

            def key_doing(mischief: Callable[[], None]) -> Callable[[Any, int], int]:
                calls = count()

                def key(_key: Any, value: int) -> int:
                    if next(calls) == call:
                        mischief()
                    return value % 4

                return key

            expected = outcome(model_sort, self.model, key_doing(on_model), reverse)
            assert (
                outcome(
                    lambda m, key, reverse: m.sort(key, reverse),
                    self.map,
                    key_doing(on_map),
                    reverse,
                )
                == expected
            )

        @rule(how=st.sampled_from(["mapping", "pairs", "HashMap", "|=", "itself"]), other=dicts)
        def update(self, how: str, other: dict[Any, int]) -> None:
            if how == "itself":
                self.map.update(self.map)
            elif how == "|=":
                self.map |= other
            else:
                kinds: dict[str, Callable[[Any], Any]] = {
                    "pairs": dict.items,
                    "HashMap": kv.HashMap,
                }
                self.map.update(kinds.get(how, dict)(other))
            if how != "itself":
                self.model.pairs.update(other)

        @rule(before=dicts, after=dicts)
        def update_keeps_what_came_before_an_error(
            self, before: dict[Any, int], after: dict[Any, int]
        ) -> None:
            pairs: list[Any] = [*before.items(), ("no", "pair", "at all"), *after.items()]
            assert outcome(lambda m, _: m.update(pairs), self.map, None) == "raised ValueError"
            self.model.pairs.update(before)

        @rule(rarely=st.integers(0, 9))
        def clear(self, rarely: int) -> None:
            if rarely == 0:
                self.map.clear()
                self.model.pairs.clear()

        @rule(law=st.sampled_from(READING_LAWS), other=dicts)
        def obey(self, law: Callable[..., None], other: dict[Any, int]) -> None:
            law(kv, self.map, dict(self.model.pairs), other)

        @rule(law=st.sampled_from(CHANGING_LAWS), other=dicts)
        def copy_obeys(self, law: Callable[..., None], other: dict[Any, int]) -> None:
            law(kv, self.map.copy(), dict(self.model.pairs), other)

        @rule(additional=st.integers(0, 20))
        def reserve(self, additional: int) -> None:
            self.map.reserve(additional)
            self.model.version += 1

        @rule()
        def shrink_to_fit(self) -> None:
            self.map.shrink_to_fit()
            self.model.version += 1

        # -- iterators, kept while the map changes ------------------------------------------------

        @rule(name=st.sampled_from(list(ITERATIONS)))
        def iterate(self, name: str) -> None:
            start, pick, backwards = ITERATIONS[name]
            self.keep_iterator(
                start(self.map), ModelIterator(self.model, pick, backwards=backwards)
            )

        @rule(rarely=st.integers(0, 9))
        def drain(self, rarely: int) -> None:
            if rarely != 0:
                return
            self.keep_iterator(self.map.drain(), iter(list(self.model.pairs.items())))
            self.model.pairs.clear()

        @rule(factor=st.integers(1, 3), call=positions, steps=mischiefs)
        def extract_if(self, factor: int, call: int, steps: Any) -> None:
            on_map, on_model = self.predicates(factor, call, steps)
            self.keep_iterator(self.map.extract_if(on_map), model_extract(self.model, on_model))

        @rule(factor=st.integers(1, 3), call=positions, steps=mischiefs)
        def retain(self, factor: int, call: int, steps: Any) -> None:
            on_map, on_model = self.predicates(factor, call, steps)
            expected = outcome(model_retain, self.model, on_model)
            assert outcome(lambda m, predicate: m.retain(predicate), self.map, on_map) == expected

        def predicates(self, factor: int, call: int, steps: Any) -> list[Callable[..., bool]]:
            """Whether `factor` divides the value; its nth call does the mischief first."""

            def predicate_doing(mischief: Callable[[], None]) -> Callable[..., bool]:
                calls = count()

                def predicate(key: Any, value: int) -> bool:
                    if next(calls) == call:
                        mischief()
                    return value % factor == 0

                return predicate

            return list(map(predicate_doing, self.mischief_on_both(steps, Tagged(call))))

        def keep_iterator(self, real: Any, model: Any) -> None:
            self.iterators = [*self.iterators[-3:], (real, model)]

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

        # -- entries, kept while the map changes --------------------------------------------------

        @rule(asked=lookups)
        def open_entry(self, asked: Asked) -> None:
            self.keep_entry(self.map.entry(asked.query), self.model.entry(asked.key))

        @precondition(lambda self: self.model.pairs)
        @rule(position=positions)
        def open_occupied(self, position: int) -> None:
            stored = list(self.model.pairs)
            key = stored[position % len(stored)]
            self.keep_entry(self.map.get_entry(key), self.model.entry(key))

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

            on_map, on_model = self.mischief_on_both(
                steps, model.own_key if same else Tagged(value)
            )
            expected = outcome(use_it, model, on_model)
            assert outcome(use_it, real, on_map) == expected, name
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
                key = query = Tagged(model.own_key.number, tag)
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
            on_map, on_model = self.mischief_on_both(steps, asked.key if same else Tagged(value))

            def on_dict(pairs: dict[Any, int], key: Any) -> int | None:
                if name == "get_or_insert_with":
                    return Vacant(self.model, key).or_insert_with(lambda: after(on_model, value))
                pairs[key] = after(on_model, pairs[key] - value) if key in pairs else value
                return pairs[key] if name == "merge" else None

            def on_hash_map(m: Any, query: Any) -> Any:
                if name == "get_or_insert_with":
                    return m.get_or_insert_with(query, lambda: after(on_map, value))
                arguments = (query, value) if name == "merge" else ([(query, value)],)
                return getattr(m, name)(*arguments, lambda old, new: after(on_map, old - new))

            expected = outcome(on_dict, self.model.pairs, asked.key)
            assert outcome(on_hash_map, self.map, asked.query) == expected

        @rule(operation=operations, number=numbers, inside=st.booleans())
        def hash_raises(self, operation: Any, number: int, inside: bool) -> None:
            key = Tagged(number)
            key.on_hash = partial(fail, self.map, key)
            query = (key, "ab") if inside else key
            assert outcome(operation.call, self.map, query, 1) == "raised Boom"

        @rule(operation=operations, query=st.sampled_from([[], {}, ([], "ab"), bytearray(b"ab")]))
        def query_is_unhashable(self, operation: Any, query: Any) -> None:
            assert outcome(operation.call, self.map, query, 1) == "raised TypeError"

        @rule(
            view=st.builds(
                lambda cls, number: cls(Tagged(number)), st.sampled_from(UNLAWFUL), numbers
            )
        )
        def view_is_unlawful(self, view: Any) -> None:
            if view in self.map:
                return  # A view of a view finds its key; only storing through it is an error.
            for name, operation in STORES.items():
                assert outcome(operation.call, self.map, view, 1) == "raised KeyViewError", name
            assert outcome(lambda m, q: m.entry(q).key, self.map, view) == "raised KeyViewError"

        def colliding(self, number: int) -> list[int]:
            """The numbers of the stored keys that a key of this number is compared with."""
            stored = [key.number for key in self.model.pairs if isinstance(key, Tagged)]
            same_hash = [
                other for other in stored if other % Tagged.HASHES == number % Tagged.HASHES
            ]
            # An equal key is reached on every path, but the search may end there.
            return [number] if number in same_hash else same_hash

        @rule(operation=operations, number=numbers, value=values, steps=mischiefs, place=positions)
        def eq_interferes(
            self, operation: Any, number: int, value: int, steps: Any, place: int
        ) -> None:
            """Once, when it meets a key that it must meet: then it is as if that had come first.

            The dict is not asked to suffer this: CPython 3.13.0 crashes on some of it.
            """
            compared = self.colliding(number)
            target = compared[place % len(compared)] if compared else -1
            on_map, on_model = self.mischief_on_both(steps, Tagged(target, "r"))
            key = Tagged(number, "t")

            def interfere(other: Tagged) -> None:
                if other.number == target:
                    key.on_eq = None
                    on_map()

            def on_dict(pairs: dict[Any, int], key: Any) -> Any:
                if compared:
                    on_model()
                return operation.on_model(pairs, key, value)

            expected = outcome(on_dict, self.model.pairs, Tagged(number, "t"))
            key.on_eq = interfere
            assert outcome(operation.call, self.map, key, value) == expected
            key.on_eq = None

        @rule(
            operation=st.sampled_from([row for row in STORES.values() if row.at_once]),
            number=numbers,
            value=values,
            steps=mischiefs,
            same=st.booleans(),
        )
        def building_the_key_interferes(
            self, operation: Any, number: int, value: int, steps: Any, same: bool
        ) -> None:
            view, key = Numbered(number, "k"), Tagged(number, "k")
            view.on_key, on_model = self.mischief_on_both(steps, Tagged(number if same else value))

            def on_dict(pairs: dict[Any, int], key: Any) -> Any:
                if key not in pairs:
                    on_model()
                return operation.on_model(pairs, key, value)

            expected = outcome(on_dict, self.model.pairs, key)
            assert outcome(operation.call, self.map, view, value) == expected

        @precondition(lambda self: any(isinstance(key, Tagged) for key in self.model.pairs))
        @rule(name=st.sampled_from(list(OPERATIONS)), number=numbers, ever=st.booleans())
        def eq_inserts(self, name: str, number: int, ever: bool) -> None:
            """The asked key itself, behind the search's back, or other keys without end.

            What the operation then finds is not told; that every key is there once is.
            """
            before = list(self.map)
            fresh = count(1000)
            key = Tagged(number)

            def interfere(other: Tagged) -> None:
                if ever:
                    self.map[
                        Tagged(Tagged.HASHES * next(fresh) + (number + 1) % Tagged.HASHES)
                    ] = -1
                    assert next(fresh) < 3000, "an __eq__ that inserts kept the search going"
                else:
                    key.on_eq = None
                    self.map[Tagged(number, "equal")] = -1

            key.on_eq = interfere
            met = bool(self.colliding(number))
            outcome(OPERATIONS[name].call, self.map, key, 1)
            key.on_eq = None
            check_consistent(self.map)
            others = [k for k in self.map if k != key]
            if name.endswith(
                "swap_remove"
            ):  # What was last, another perhaps, took the place of what it found.
                assert {k for k in before if k != key} <= {*others}
            else:
                assert others[: len(before) - (key in before)] == [k for k in before if k != key]
            if not ever and met and key not in before:
                assert len(self.map) == len(others) + (
                    OPERATIONS[name].does is not Does.REMOVES or key in self.map
                )
            # An equal key may have been added and removed; all other changes show in the keys.
            came = met and not ever and key not in before
            moved = list(map(id, self.map)) != list(map(id, before))
            self.model.take_over(dict(self.map.items()), changed=came or moved)

    return MapBesideDict


def test_a_map_and_a_dict_side_by_side(kv: Any) -> None:
    # A hundred examples, the usual number, have missed a defect that three hundred found.
    examples = max(300, settings().max_examples)
    run_state_machine_as_test(
        machine_for(kv),
        settings=settings(max_examples=examples, suppress_health_check=list(HealthCheck)),
    )

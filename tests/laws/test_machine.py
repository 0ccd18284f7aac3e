"""Machines of a HashMap beside a dict, and of a HashSet beside a dict that is a set; see `machines`."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.kit.keys import UNLAWFUL, Numbered, Tagged, fail
from tests.kit.operations import Does, keyed, outcome
from tests.laws.keys import HASHED
from tests.laws.machines import (
    map_machine,
    mischiefs,
    numbers,
    positions,
    run,
    set_machine,
    values,
)
from tests.laws.map_laws import check_consistent
from tests.laws.model import model_sort

if TYPE_CHECKING:
    from collections.abc import Callable


def by_hash(of: str, machine: Any) -> Any:
    """The machine, with keys whose `__hash__` and `__eq__` misbehave, and such views."""
    rows = keyed(of=of)
    operations = st.sampled_from(list(rows.values()))
    in_one_step = st.sampled_from([row for row in rows.values() if row.at_once or of == "HashMap"])
    stores = keyed(Does.STORES, Does.FINDS_OR_STORES, of=of)

    class ByHash(machine):  # type: ignore[misc]
        @rule(operation=operations, number=numbers, inside=st.booleans())
        def hash_raises(self, operation: Any, number: int, inside: bool) -> None:
            key = Tagged(number)
            key.on_hash = fail
            query = (key, "ab") if inside else key
            assert outcome(operation.call, self.real, query, 1) == "raised Boom"

        @rule(operation=operations, query=st.sampled_from([[], {}, ([], "ab"), bytearray(b"ab")]))
        def query_is_unhashable(self, operation: Any, query: Any) -> None:
            assert outcome(operation.call, self.real, query, 1) == "raised TypeError"

        @rule(
            view=st.builds(
                lambda cls, number: cls(Tagged(number)), st.sampled_from(UNLAWFUL), numbers
            )
        )
        def view_is_unlawful(self, view: Any) -> None:
            if view in self.real:
                return  # A view of a view finds its key; only storing through it is an error.
            for name, operation in stores.items():
                assert outcome(operation.call, self.real, view, 1) == "raised KeyViewError", name
            if hasattr(self.real, "entry"):
                assert (
                    outcome(lambda m, q: m.entry(q).key, self.real, view) == "raised KeyViewError"
                )

        def colliding(self, number: int) -> list[int]:
            """The numbers of the stored keys that a key of this number is compared with."""
            stored = [key.number for key in self.model.pairs if isinstance(key, Tagged)]
            same_hash = [
                other for other in stored if other % Tagged.HASHES == number % Tagged.HASHES
            ]
            # An equal key is reached on every path, but the search may end there.
            return [number] if number in same_hash else same_hash

        @rule(operation=in_one_step, number=numbers, value=values, steps=mischiefs, place=positions)
        def eq_interferes(
            self, operation: Any, number: int, value: int, steps: Any, place: int
        ) -> None:
            """Once, when it meets a key that it must meet: then it is as if that had come first.

            The dict is not asked to suffer this: CPython 3.13.0 crashes on some of it.
            """
            compared = self.colliding(number)
            target = compared[place % len(compared)] if compared else -1
            on_real, on_model = self.mischief_on_both(steps, Tagged(target, "r"))
            key = Tagged(number, "t")

            def interfere(other: Tagged) -> None:
                if other.number == target:
                    key.on_eq = None
                    on_real()

            def meddled(_: object, key: Any) -> Any:
                if compared:
                    on_model()
                return self.do(operation, key, value)

            expected = outcome(meddled, None, Tagged(number, "t"))
            key.on_eq = interfere
            assert outcome(operation.call, self.real, key, value) == expected
            key.on_eq = None

        @rule(
            operation=st.sampled_from([row for row in stores.values() if row.at_once]),
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

            def meddled(_: object, key: Any) -> Any:
                if key not in self.model.pairs or operation.name == "replace":
                    on_model()
                return self.do(operation, key, value)

            expected = outcome(meddled, None, key)
            assert outcome(operation.call, self.real, view, value) == expected

    return ByHash


def hash_map_machine(kv: Any) -> Any:
    operations = keyed()

    class HashMapBesideDict(by_hash("HashMap", map_machine(kv, "HashMap", HASHED))):  # type: ignore[misc]
        @rule(call=positions, steps=mischiefs, reverse=st.booleans())
        def sort(self, call: int, steps: Any, reverse: bool) -> None:
            on_real, on_model = self.mischief_on_both(steps, Tagged(call))

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
                    self.real,
                    key_doing(on_real),
                    reverse,
                )
                == expected
            )

        @rule(additional=st.integers(0, 20))
        def reserve(self, additional: int) -> None:
            self.real.reserve(additional)
            self.model.version += 1

        @rule()
        def shrink_to_fit(self) -> None:
            self.real.shrink_to_fit()
            self.model.version += 1

        @precondition(lambda self: any(isinstance(key, Tagged) for key in self.model.pairs))
        @rule(name=st.sampled_from(list(operations)), number=numbers, ever=st.booleans())
        def eq_inserts(self, name: str, number: int, ever: bool) -> None:
            """The asked key itself, behind the search's back, or other keys without end.

            What the operation then finds is not told; that every key is there once is.
            """
            before = list(self.real)
            fresh = count(1000)
            key = Tagged(number)

            def interfere(other: Tagged) -> None:
                if ever:
                    self.real[
                        Tagged(Tagged.HASHES * next(fresh) + (number + 1) % Tagged.HASHES)
                    ] = -1
                    assert next(fresh) < 3000, "an __eq__ that inserts kept the search going"
                else:
                    key.on_eq = None
                    self.real[Tagged(number, "equal")] = -1

            key.on_eq = interfere
            met = bool(self.colliding(number))
            outcome(operations[name].call, self.real, key, 1)
            key.on_eq = None
            check_consistent(self.real)
            others = [k for k in self.real if k != key]
            if name.endswith(
                "swap_remove"
            ):  # What was last, another perhaps, took the place of what it found.
                assert {k for k in before if k != key} <= {*others}
            else:
                assert others[: len(before) - (key in before)] == [k for k in before if k != key]
            if not ever and met and key not in before:
                assert len(self.real) == len(others) + (
                    operations[name].does is not Does.REMOVES or key in self.real
                )
            # An equal key may have been added and removed; all other changes show in the keys.
            came = met and not ever and key not in before
            moved = list(map(id, self.real)) != list(map(id, before))
            self.model.take_over(dict(self.real.items()), changed=came or moved)

    return HashMapBesideDict


def test_a_map_and_a_dict_side_by_side(kv: Any) -> None:
    # A hundred examples, the usual number, have missed a defect that three hundred found.
    run(hash_map_machine(kv), 300)


def test_a_set_and_its_model_side_by_side(kv: Any) -> None:
    run(by_hash("HashSet", set_machine(kv, "HashSet", HASHED)), 100)

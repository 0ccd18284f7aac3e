"""Machines of a SortedMap and a SortedSet beside a dict that is sorted whenever it is looked at.

See `machines`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.kit.operations import Does, keyed, outcome, whole
from tests.laws.keys import (
    NAN,
    NUMBERS,
    SORTED_KINDS,
    AskedInOrder,
    NumberedInOrder,
    Ordered,
    asked_for,
)
from tests.laws.machines import map_machine, mischiefs, positions, run, set_machine, values
from tests.laws.model import Model
from tests.laws.set_model import OrderedSet
from tests.unit.sorted_tools import chunks_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.stateful import RuleBasedStateMachine

    from tests.laws.keys import Asked

INCLUSIVE = {
    "left": (True, False),
    "right": (False, True),
    "both": (True, True),
    "neither": (False, False),
}


def machine(kv: Any, of: str, kind: str) -> type[RuleBasedStateMachine]:
    """The machine of that collection, with ranges that are kept, and keys whose order misbehaves."""
    drawn = SORTED_KINDS[kind]
    is_map = of == "SortedMap"
    base: Any = (map_machine if is_map else set_machine)(kv, of, drawn)
    lookups = asked_for(kv, drawn.keys)
    rows = keyed(of=of)
    in_one_step = st.sampled_from([row for row in rows.values() if row.at_once])
    stores = list(keyed(Does.STORES, Does.FINDS_OR_STORES, of=of).values())
    range_name = "Range" if is_map else "SetRange"
    of_ranges = [
        *keyed(of=range_name).values(),
        *(row for row in whole(of=range_name).values() if row.model or not is_map),
    ]

    class Sorted(base):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            #: Each beside a predicate that says which keys are within.
            self.ranges: list[tuple[Any, Callable[[Any], bool]]] = []

        # -- ranges, kept while the collection changes --------------------------------------------

        def keep_range(self, real: Any, within: Callable[[Any], bool]) -> None:
            self.ranges = [*self.ranges[-3:], (real, within)]

        @rule(
            start=st.none() | lookups,
            stop=st.none() | lookups,
            inclusive=st.sampled_from(list(INCLUSIVE)),
        )
        def open_range(self, start: Asked | None, stop: Asked | None, inclusive: str) -> None:
            with_start, with_stop = INCLUSIVE[inclusive]

            def within(key: Any) -> bool:
                return (start is None or start.key < key or (with_start and start.key == key)) and (
                    stop is None or key < stop.key or (with_stop and stop.key == key)
                )

            bounds = [None if bound is None else bound.query for bound in (start, stop)]
            self.keep_range(self.real.range(*bounds, inclusive=inclusive), within)

        @rule(asked=lookups, length=st.integers(0, 4))
        def open_range_of_a_prefix(self, asked: Asked, length: int) -> None:
            if not isinstance(asked.key, str | tuple):
                assert outcome(lambda s, p: s.range(prefix=p), self.real, 5) == "raised TypeError"
                return
            prefix: Any = asked.key[:length]
            self.keep_range(self.real.range(prefix=prefix), lambda key: key[:length] == prefix)

        @precondition(lambda self: self.ranges)
        @rule(
            position=positions,
            row=st.sampled_from(of_ranges),
            asked=lookups,
            number=st.integers(0, 4),
        )
        def use_range(self, position: int, row: Any, asked: Asked, number: int) -> None:
            """What it does to a collection of what is within alone; what is outside stays."""
            real, within = self.ranges[position % len(self.ranges)]
            keys = [key for key in self.model.pairs if within(key)]
            model = Model(sorted)
            model.pairs.update((key, self.model.pairs[key]) for key in keys)
            like = model.pairs if is_map else OrderedSet(model)
            ours, theirs = (
                ((asked.query, number), (asked.key, number))
                if hasattr(row, "does")
                else ((number,), (number,))
            )
            call = (row.model or row.call) if is_map else row.call
            expected = outcome(call, like, *theirs).partition(" with (")[0]
            assert outcome(row.call, real, *ours).partition(" with (")[0] == expected, row.name
            for key in keys:
                if key not in model.pairs:
                    del self.model.pairs[key]

        # -- orders, and keys that are none ---------------------------------------------------------

        @precondition(lambda self: self.model.pairs)
        @rule(operation=in_one_step, query=st.sampled_from([object(), 1j]))
        def query_does_not_compare(self, operation: Any, query: Any) -> None:
            assert outcome(operation.call, self.real, query, 1) == "raised TypeError"

        @precondition(lambda self: kind == "numbers")
        @rule(row=st.sampled_from(stores))
        def key_is_no_number(self, row: Any) -> None:
            assert outcome(row.call, self.real, NAN, 1) == "raised OrderError", row.name

    return by_order(of, Sorted) if kind == "objects" else Sorted


def by_order(of: str, base: Any) -> Any:
    """The machine, with keys and views whose code changes the collection while it looks for them."""
    rows = [row for row in keyed(of=of).values() if row.at_once]

    class ByOrder(base):  # type: ignore[misc]
        @precondition(lambda self: self.model.pairs)
        @rule(
            operation=st.sampled_from(rows),
            number=NUMBERS,
            value=values,
            steps=mischiefs,
            which=st.integers(0, 300),
            times=st.integers(1, 8),
        )
        def comparing_interferes(
            self, operation: Any, number: int, value: int, steps: Any, which: int, times: int
        ) -> None:
            """Once, at any of the comparisons: then it is as if that had come first."""
            stored = list(self.model.pairs)
            on_real, on_model = self.mischief_on_both(steps, stored[which % len(stored)])
            key, left = Ordered(number, "t"), [times]

            def interfere(*_: object) -> None:
                left[0] -= 1
                if left[0] == 0:
                    on_real()

            key.on_lt = key.on_eq = interfere
            found = outcome(operation.call, self.real, key, value)
            key.on_lt, key.on_eq = (lambda: None), None

            def meddled(_: object, key: Any) -> Any:
                if left[0] <= 0:
                    on_model()
                return self.do(operation, key, value)

            assert found == outcome(meddled, None, Ordered(number, "t")), operation.name

        @rule(
            operation=st.sampled_from(rows),
            number=NUMBERS,
            value=values,
            steps=mischiefs,
            same=st.booleans(),
            cls=st.sampled_from([NumberedInOrder, AskedInOrder]),
        )
        def building_the_key_interferes(
            self, operation: Any, number: int, value: int, steps: Any, same: bool, cls: Any
        ) -> None:
            on_real, on_model = self.mischief_on_both(steps, Ordered(number if same else value))
            built: list[bool] = []

            def build() -> None:
                built.append(True)
                if len(built) == 1:
                    on_real()

            view = cls(number, "k")
            view.on_key = build
            found = outcome(operation.call, self.real, view, value)

            def meddled(_: object, key: Any) -> Any:
                if built:
                    on_model()
                return self.do(operation, key, value)

            assert found == outcome(meddled, None, Ordered(number, "k")), operation.name

    return ByOrder


@pytest.mark.parametrize("kind", SORTED_KINDS)
@pytest.mark.parametrize("of", ["SortedMap", "SortedSet"])
def test_a_sorted_collection_and_its_model_side_by_side(kv: Any, of: str, kind: str) -> None:
    with chunks_of(kv, 8):
        run(machine(kv, of, kind), 15)

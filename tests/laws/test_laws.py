"""Every law, on every backend, for maps, dicts and lookups that hypothesis makes up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.entry_laws import ENTRY_LAWS, FOREIGN_ENTRY_LAWS
from tests.laws.foreign import FOREIGN, Foreign
from tests.laws.keys import asked_for, owned_keys
from tests.laws.map_laws import CHANGING_LAWS, READING_LAWS, check_agrees, check_consistent
from tests.laws.view_laws import VIEW_LAWS

if TYPE_CHECKING:
    from collections.abc import Callable

dicts = st.dictionaries(owned_keys, st.integers(0, 9), max_size=8)


def name_of(law: Callable[..., None]) -> str:
    return law.__name__


@pytest.mark.parametrize("law", [*READING_LAWS, *CHANGING_LAWS], ids=name_of)
def test_map_law(kv: Any, law: Callable[..., None]) -> None:
    @given(dicts, dicts)
    def holds(d: dict[Any, int], other: dict[Any, int]) -> None:
        m = kv.HashMap(d)
        law(kv, m, d, other)
        check_consistent(m)

    holds()


@pytest.mark.parametrize("law", [*ENTRY_LAWS, *VIEW_LAWS], ids=name_of)
def test_law_of_a_lookup(kv: Any, law: Callable[..., None]) -> None:
    # Half of the lookups must be hits; otherwise the laws of present keys are hardly tried.
    @given(dicts, st.data(), st.booleans())
    def holds(d: dict[Any, int], data: st.DataObject, hit: bool) -> None:
        keys = st.sampled_from(list(d)) if hit and d else owned_keys
        asked = data.draw(asked_for(kv, keys))
        m = kv.HashMap(d)
        law(kv, m, d, asked)
        check_agrees(m, d)
        check_consistent(m)

    holds()


@pytest.mark.parametrize("law", FOREIGN_ENTRY_LAWS, ids=name_of)
def test_law_of_an_entry_of_another_mapping(kv: Any, law: Callable[..., None]) -> None:
    @settings(max_examples=2 * settings().max_examples)
    @given(dicts, st.sampled_from(list(FOREIGN.values())), st.data(), st.booleans())
    def holds(
        d: dict[Any, int], kind: Callable[[Any], Any], data: st.DataObject, hit: bool
    ) -> None:
        keys = st.sampled_from(list(d)) if hit and d else owned_keys
        m = Foreign(kv, kind(d))
        law(kv, m, d, data.draw(asked_for(kv, keys)))
        check_agrees(m, d)

    holds()

"""hypothesis."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, MutableMapping, Reversible, Sized
from collections.abc import Set as AbstractSet
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument, NoSuchExample, ResolutionFailed

if TYPE_CHECKING:
    from tests.integrations.conftest import Family

#: Of hypothesis itself nothing is to be shown here, however slow the machine is.
Few = settings(
    max_examples=20,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def find(strategy: st.SearchStrategy[Any], condition: Any) -> Any:
    return hypothesis.find(strategy, condition, settings=settings(Few, max_examples=100))


def test_collections(family: Family) -> None:
    """`st.from_type(HashMap[str, int])`, nested, and without type arguments; register nothing."""
    for cls in family.maps:
        drawn = find(st.from_type(cls[str, cls[int, bool]]), lambda m: any(m.values()))
        assert drawn == cls({"": cls({0: False})})
        assert type(drawn) is type(drawn[""]) is cls
        assert find(st.from_type(cls), lambda m: len(m) > 1)
        assert find(st.from_type(cls[int, None]), len) == cls({0: None})
    for cls in family.sets:
        assert find(st.from_type(cls[int]), lambda s: len(s) > 1) == cls([0, 1])


def test_keys_that_cannot_be_stored(kv: Any, plugins: None) -> None:
    """Sorted keys are drawn without NaN; keys without a hash or an order raise a clear error."""
    for key in (float, Decimal, tuple[float, str], kv.Reverse[float]):
        drawn = find(st.from_type(kv.SortedSet[key]), lambda s: len(s) > 1)
        assert drawn == kv.SortedSet(list(drawn))
    for cls, key, lacking in (
        (kv.SortedSet, int | str, "an order"),
        (kv.SortedSet, frozenset[int], "an order"),
        (kv.HashSet, list[int], "a hash"),
    ):
        with pytest.raises(InvalidArgument, match=f"{cls.__name__}.* all values have {lacking}"):
            find(st.from_type(cls[key]), lambda s: False)


def test_entries_and_views(kv: Any, plugins: None) -> None:
    """`Occupied`, `Vacant`, `Concat`, `Slice` and `Reverse` can be drawn by their types, too."""
    assert find(st.from_type(kv.Occupied[int, str]), lambda entry: entry.key > 5).key == 6
    assert type(find(st.from_type(kv.Vacant[int, str]), lambda entry: True)) is kv.Vacant
    for cls in (kv.Concat, kv.Slice):
        assert find(st.from_type(cls[bytes]), lambda view: len(view.__key__()) > 1)
        assert find(st.from_type(cls), lambda view: isinstance(view.__key__(), str))
    assert find(st.from_type(kv.KeyView[str]), lambda view: isinstance(view.__key__(), str))
    assert find(st.from_type(kv.Reverse[int]), lambda one: one.key > 5) == kv.Reverse(6)
    for hint in (kv.KeyView[int], kv.Borrow[str]):  # Only a user's classes are that.
        with pytest.raises(ResolutionFailed, match="consider using register_type_strategy"):
            find(st.from_type(hint), lambda view: True)


def test_nothing_else_is_changed(plugins: None) -> None:
    """Types of others, such as `Mapping[str, int]` and `Sized`, are drawn as without keyview."""
    for hint in (
        Mapping[str, int],
        MutableMapping[str, int],
        Mapping,
        Sized,
        Reversible[int],
        Hashable,
        AbstractSet,
    ):

        def of_keyview(drawn: object) -> bool:
            return type(drawn).__module__.startswith("keyview")

        with pytest.raises(NoSuchExample):
            find(st.from_type(hint), of_keyview)


def test_strategies(kv: Any) -> None:
    """`keyview.testing` has `hashmaps`, `entries`, `views`, `concats`, `slices` and `hostile_keys`."""
    testing = import_module("keyview.testing")

    @Few
    @given(testing.hashmaps(testing.hostile_keys(), st.none()), testing.hostile_keys())
    def check(drawn: Any, key: Any) -> None:
        assert dict(drawn) == drawn
        assert (key in drawn) == (key in dict(drawn))

    check()
    assert find(testing.views(st.just("key")), lambda view: "key" in kv.HashMap(key=1))

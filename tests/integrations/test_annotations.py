"""typeguard, beartype."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import beartype.door
import pytest
import typeguard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integrations.conftest import Family


def wrong(family: Family) -> Iterator[tuple[Any, Any, Any]]:
    """A type, a collection that is of it, and one that is not."""
    for cls in family.maps:
        yield cls[int, str], cls({1: "a"}), cls({"a": "a"})
        yield cls[int, list[int]], cls({1: [1]}), cls({1: ["x"]})

        class Ages(cls[str, int]):  # type: ignore[valid-type,misc]
            pass

        yield Ages, Ages(a=1), cls(a=1)
    for cls in family.sets:
        yield cls[int], cls([1]), cls("a")


def test_typeguard(family: Family) -> None:
    """Typeguard checks the contents, as far as its `collection_check_strategy` says, and says where."""
    for hint, right, not_right in wrong(family):
        assert typeguard.check_type(right, hint) is right
        with pytest.raises(typeguard.TypeCheckError):
            typeguard.check_type(not_right, hint)
    for cls in family.maps:
        every = typeguard.CollectionCheckStrategy.ALL_ITEMS
        with pytest.raises(
            typeguard.TypeCheckError, match=r"key 'b' of value of key 1 .* is not an"
        ):
            typeguard.check_type(
                cls({1: cls(a=1, b="x")}), cls[int, cls[str, int]], collection_check_strategy=every
            )

        class Ages(cls[str, int]):  # type: ignore[valid-type,misc]
            pass

        with pytest.raises(typeguard.TypeCheckError, match="value of key 'a'"):
            typeguard.check_type(Ages(a="x"), Ages)


def test_beartype(family: Family) -> None:
    """Beartype checks the first pair, as of any mapping, but not that of a map in a map."""
    for hint, right, not_right in wrong(family):
        assert beartype.door.is_bearable(right, hint)
        assert not beartype.door.is_bearable(not_right, hint)

"""cattrs, attrs, dataclasses."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs
import cattrs
import pytest
from cattrs.preconf.json import make_converter

if TYPE_CHECKING:
    from tests.integrations.conftest import Family


@attrs.define(frozen=True, order=True)
class Point:
    x: int


def configured(converter: Any) -> Any:
    import_module("keyview.integrations.cattrs").configure(converter)
    return converter


@pytest.mark.parametrize("make", [cattrs.Converter, make_converter])
def test_cattrs(family: Family, make: Any) -> None:
    """cattrs: after `configure`, a converter structures and unstructures collections, nested ones, too."""
    converter = configured(make())
    for cls in family.maps:
        basket = attrs.make_class("Basket", {"points": attrs.field(type=cls[int, cls[str, Point]])})
        made = basket(cls({1: cls(a=Point(2))}))
        plain = {"points": {1: {"a": {"x": 2}}}}
        assert converter.unstructure(made) == plain
        assert type(converter.unstructure(made)["points"]) is dict
        assert converter.structure(plain, basket) == made

        class Ages(cls[str, int]):  # type: ignore[valid-type,misc]
            pass

        assert converter.structure({"a": "1"}, Ages) == Ages(a=1)
        assert type(converter.structure({"a": "1"}, Ages)) is Ages
        assert converter.structure({"a": [1]}, cls) == cls(a=[1])
        with pytest.raises(cattrs.IterableValidationError) as raised:
            converter.structure({"a": "x"}, cls[str, int])
        assert "$['a']" in cattrs.transform_error(raised.value)[0]
    for cls in family.sets:
        points = cls([Point(2), Point(1)])
        assert converter.unstructure(points, cls[Point]) == [{"x": p.x} for p in points]
        assert converter.structure([{"x": 2}, {"x": 1}], cls[Point]) == points


def test_cattrs_errors(family: Family) -> None:
    """cattrs: a wrong mapping, list or key is a validation error with its position."""
    converter, quick = configured(cattrs.Converter()), cattrs.Converter(detailed_validation=False)
    for cls in family.maps + family.sets:
        is_map = cls in family.maps
        hint = cls[str, int] if is_map else cls[str]
        holder = attrs.make_class("Holder", {"held": attrs.field(type=hint)})
        sentence = f"a {cls.__name__} is structured from {'a mapping' if is_map else 'an iterable'}"
        for value in (None, 3, *(["x", [("a", 1)]] if is_map else [])):
            with pytest.raises(cattrs.ClassValidationError) as raised:
                converter.structure({"held": value}, holder)
            [told] = cattrs.transform_error(raised.value)
            assert told.startswith(f"invalid type ({sentence}")
            assert told.endswith(f"not from {value!r}) @ $.held")
        with pytest.raises(cattrs.IterableValidationError):
            converter.structure(None, cls)
        with pytest.raises(TypeError, match=sentence):
            configured(quick).structure(None, hint)
    for cls in family.sets:
        with pytest.raises(cattrs.IterableValidationError) as raised:
            converter.structure([{}, {}], cls)
        assert type(raised.value.exceptions[0]) is TypeError


def test_attrs(family: Family) -> None:
    """`attrs.asdict(x, value_serializer=serialized)` converts the contents, `attrs.asdict(x)` does not."""
    serialized = import_module("keyview.integrations.attrs").serialized
    for cls in family.maps:
        holder = attrs.make_class("Holder", ["held"])(cls(a=cls(b=[Point(1)])))
        assert attrs.asdict(holder)["held"] is holder.held
        plain = attrs.asdict(holder, value_serializer=serialized)
        assert plain == {"held": {"a": {"b": [{"x": 1}]}}}
        assert type(plain["held"]["a"]) is dict
    for cls in family.sets:
        holder = attrs.make_class("Holder", ["held"])(cls([Point(1)]))
        assert attrs.asdict(holder, value_serializer=serialized) == {"held": [{"x": 1}]}


def test_dataclasses(family: Family) -> None:
    """`dataclasses.asdict` copies a collection without converting its contents; a `dict_factory` can."""
    item = dataclasses.make_dataclass("Item", ["x"], frozen=True)
    for cls in family.maps:
        held = cls(a=item(1))
        plain = dataclasses.asdict(dataclasses.make_dataclass("Holder", ["held"])(held))
        assert plain == {"held": held}
        assert plain["held"] is not held

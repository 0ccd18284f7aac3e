"""HashMap and HashSet are made and freed as other classes are, although the native backend does it faster."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import fresh_keyview
from tests.kit.cases import cases
from tests.kit.soundness import derived

if TYPE_CHECKING:
    from collections.abc import Callable

CLASSES = ["HashMap", "HashSet"]


def noting(seen: list[Any], name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """A method that notes its name and does what another does."""

    def call(first: Any, *given: Any) -> Any:
        seen.append(name)
        return method(first, *given)

    return call


@cases(name=CLASSES)
def test_a_class_that_is_given_methods_calls_them(kv: Any, name: str) -> None:
    with fresh_keyview(kv.backend) as package:
        cls = getattr(package, name)
        init, new = cls.__init__, cls.__new__
        seen: list[object] = []
        cls()  # Its memory may be used again.
        cls.__del__ = lambda self: seen.append(("del", len(self)))
        for _ in range(2):
            cls([("a", 1)])
            gc.collect()
        del cls.__del__
        cls.__init__ = noting(seen, "init", init)
        assert len(cls([("b", 2)])) == 1
        cls.__new__ = noting(seen, "new", new)
        assert len(cls()) == 0
        assert seen == [("del", 1), ("del", 1), "init", "new", "init"]


@cases(name=CLASSES)
def test_a_subclass_is_made_by_its_own_methods(kv: Any, name: str) -> None:
    seen: list[str] = []
    base = getattr(kv, name)
    cls = derived(
        base,
        __init__=noting(seen, "init", base.__init__),
        __del__=lambda self: seen.append("del"),
    )
    made = cls([("a", 1)])
    made.attribute = made
    gone = weakref.ref(made)
    assert len(made.copy()) == 1
    del made
    gc.collect()
    assert gone() is None
    assert sorted(seen) == ["del", "del", "init"]


@cases(name=CLASSES)
def test_what_was_freed_comes_back_empty(kv: Any, name: str) -> None:
    cls = getattr(kv, name)
    for _ in range(3):
        made = [cls((n, n) for n in range(size)) for size in range(20)]
        gone = [weakref.ref(each) for each in made]
        assert [len(each) for each in made] == list(range(20))
        del made
        gc.collect()
        assert {each() for each in gone} == {None}
        fresh = [cls() for _ in range(20)]
        assert not any(map(len, fresh))
        assert all(map(gc.is_tracked, fresh))
    assert cls([(1, 2)]) != cls()


def test_a_factory_is_not_kept_for_the_next_map(kv: Any) -> None:
    for _ in range(20):
        assert kv.HashMap().default_factory is None
        assert kv.HashMap(default_factory=list).copy().default_factory is list


@cases(
    wrong=[
        lambda cls: cls(1, 2),
        lambda cls: cls([], []),
        lambda cls: cls(5),
        lambda cls: cls(default_factory=5),
    ]
)
@cases(name=CLASSES)
def test_what_cannot_be_made_is_a_type_error(kv: Any, name: str, wrong: Any) -> None:
    with pytest.raises(TypeError):
        wrong(getattr(kv, name))


def test_maps_in_maps_are_freed_however_deep_they_are(kv: Any) -> None:
    m = kv.HashMap()
    for _ in range(50_000):
        m = kv.HashMap([("inner", m)])
    del m

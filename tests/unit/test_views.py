"""Views of a key: what they find, where, and what is stored when one is used to store."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from keyview.views import Borrow, KeyView
from tests.kit.cases import cases
from tests.kit.keys import UNLAWFUL, LazyShortKey, ShortKey, Unequal, ViewOfView, WrongHash
from tests.kit.operations import constructions, insertions, uses
from tests.kit.soundness import derived, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable


class Structural:
    """A view of `"_a"` without the base class."""

    def __key__(self) -> str:
        return "_a"

    def __hash__(self) -> int:
        return hash("_a")

    def __eq__(self, other: object) -> bool:
        return other == "_a"


class Host(Borrow[str]):
    """A stored key that may be found by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __borrow__(self) -> str:
        return self.name


class Closed:
    """A stored key whose `__eq__` says False instead of NotImplemented to what it does not know."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Closed) and self.name == other.name


class ClosedView(KeyView[Closed]):
    def __init__(self, name: str) -> None:
        self.name = name

    def __key__(self) -> Closed:
        return Closed(self.name)

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Closed) and self.name == other.name


EQUAL: dict[str, tuple[Callable[[], Any], Any]] = {
    "view class": (lambda: ShortKey("a"), "_a"),
    "view class that builds nothing": (lambda: LazyShortKey("a"), "_a"),
    "structural view": (Structural, "_a"),
    "memoryview": (lambda: memoryview(b"GET"), b"GET"),
    "part of a memoryview": (lambda: memoryview(b"xGETx")[1:4], b"GET"),
    "tuple": (lambda: (ShortKey("a"), 3), ("_a", 3)),
    "tuple of memoryviews": (lambda: (memoryview(b"GET"), memoryview(b"/")), (b"GET", b"/")),
    "tuple in tuple": (
        lambda: (1, (ShortKey("a"), ("b", (Structural(),)))),
        (1, ("_a", ("b", ("_a",)))),
    ),
    "mixed tuple": (lambda: ("_a", LazyShortKey("b")), ("_a", "_b")),
}
FINDS = pytest.mark.parametrize(("view", "key"), EQUAL.values(), ids=EQUAL)


def _types(key: Any) -> Any:
    return tuple(map(_types, key)) if type(key) is tuple else type(key)


def _holds_no_view(map_: Any) -> bool:
    def owned(key: Any) -> bool:
        if type(key) is tuple:
            return all(map(owned, key))
        return not isinstance(key, memoryview) and not hasattr(key, "__key__")

    return all(map(owned, map_))


@FINDS
class TestFinding:
    @cases(use=uses())
    def test_every_method_finds_the_key(
        self,
        kv: Any,
        use: Callable[[Any, Any], object],
        view: Callable[[], Any],
        key: Any,
    ) -> None:
        by_key, by_view = kv.HashMap({key: 1}), kv.HashMap({key: 1})
        results = []
        for m, query in ((by_key, key), (by_view, view())):
            try:
                results.append(repr(use(m, query)))
            except kv.OccupiedError as error:
                results.append(repr(type(error)))
        assert results[0] == results[1]
        assert by_key == by_view
        assert _holds_no_view(by_view)

    def test_in_plain_containers(self, kv: Any, view: Callable[[], Any], key: Any) -> None:
        assert {key: 1}[view()] == 1
        assert view() in {key}
        assert Counter([key, key])[view()] == 2
        assert view() in frozenset([key])


@FINDS
class TestStoring:
    @cases(store=insertions())
    def test_stores_the_key(
        self,
        kv: Any,
        store: Callable[[Any, Any], object],
        view: Callable[[], Any],
        key: Any,
    ) -> None:
        m = kv.HashMap()
        store(m, view())
        [stored] = m
        assert stored == key
        assert _types(stored) == _types(key)
        assert _holds_no_view(m)
        assert key in m

    @cases(make=constructions())
    def test_construction_stores_the_key(
        self,
        kv: Any,
        make: Callable[[Any, Any], Any],
        view: Callable[[], Any],
        key: Any,
    ) -> None:
        m = make(kv.HashMap, view())
        [stored] = m
        assert _types(stored) == _types(key)
        assert stored == key


class TestBuilding:
    @cases(store=insertions())
    def test_an_absent_key_is_built_once(
        self, kv: Any, store: Callable[[Any, Any], object]
    ) -> None:
        view = LazyShortKey("a")
        store(kv.HashMap(b=1), view)
        assert view.built == 1

    @cases(use=uses())
    def test_a_present_key_is_never_built(self, kv: Any, use: Callable[[Any, Any], object]) -> None:
        view = LazyShortKey("a")
        m = kv.HashMap(_a=1)
        with suppress(kv.OccupiedError):
            use(m, view)
        assert view.built == 0

    def test_a_vacant_builds_once_for_its_key_and_the_insertion(self, kv: Any) -> None:
        view = LazyShortKey("a")
        m = kv.HashMap()
        entry = m.entry(view)
        assert view.built == 0
        key = entry.key
        assert entry.key is key
        entry.insert(1)
        assert view.built == 1
        assert next(iter(m)) is key

    def test_a_vacant_that_is_filled_twice_builds_once(self, kv: Any) -> None:
        view = LazyShortKey("a")
        m = kv.HashMap()
        entry = m.entry(view)
        entry.or_insert(1)
        m.clear()
        entry.or_insert(2)
        assert dict(m) == {"_a": 2}
        assert view.built == 1

    def test_a_tuple_builds_each_of_its_views_once(self, kv: Any) -> None:
        views = LazyShortKey("a"), LazyShortKey("b")
        m = kv.HashMap()
        m[views] = 1
        assert [view.built for view in views] == [1, 1]
        assert list(m) == [("_a", "_b")]


class TestWhatIsAView:
    def test_only_an_exact_tuple_is_rebuilt(self, kv: Any) -> None:
        pair = derived(tuple)
        key = pair([ShortKey("a")])
        m = kv.HashMap({key: 1})
        assert next(iter(m)) is key

    def test_a_tuple_without_views_is_stored_itself(self, kv: Any) -> None:
        key = (1, ("a", 2.0))
        m = kv.HashMap({key: 1})
        assert next(iter(m)) is key

    def test_a_frozenset_of_views_is_an_ordinary_key(self, kv: Any) -> None:
        key = frozenset([ShortKey("a")])
        m = kv.HashMap({key: 1})
        assert next(iter(m)) is key

    def test_an_instance_attribute_makes_no_view(self, kv: Any) -> None:
        key = derived(object)()
        key.__key__ = lambda: "not asked"
        m = kv.HashMap({key: 1})
        assert next(iter(m)) is key

    def test_a_class_that_sets_key_to_none_is_no_view(self, kv: Any) -> None:
        key = derived(ShortKey, __key__=None, __hash__=lambda self: 1)("a")
        m = kv.HashMap({key: 1})
        assert next(iter(m)) is key

    def test_a_view_class_itself_is_an_ordinary_key(self, kv: Any) -> None:
        m = kv.HashMap({ShortKey: 1})
        assert m[ShortKey] == 1

    @pytest.mark.parametrize(
        ("view", "told"),
        [
            (memoryview(b"abcd").cast("c"), r"format 'c' and shape \(4,\)"),
            (memoryview(b"\xff").cast("b"), r"format 'b' and shape \(1,\)"),
            (memoryview(b"abcd").cast("B", (2, 2)), r"format 'B' and shape \(2, 2\)"),
            (memoryview(b"abcdef").cast("c")[::2], r"format 'c' and shape \(3,\)"),
        ],
        ids=["c", "b", "two dimensions", "a stride"],
    )
    @cases(wrap=[lambda view: view, lambda view: (1, (view, "a"))])
    def test_a_memoryview_that_is_compared_by_its_elements(
        self, kv: Any, view: memoryview, told: str, wrap: Callable[[Any], Any]
    ) -> None:
        """It hashes as its bytes, and is unequal to them: to be told how to mend __eq__ helps nobody."""
        instead, advice = (
            (view.cast("B"), r"view\.cast\('B'\)")
            if view.c_contiguous
            else (bytes(view), r"bytes\(view\)")
        )
        m = kv.HashMap({wrap(bytes(view)): 1})
        assert wrap(view) not in m
        with (
            unchanged(m),
            pytest.raises(kv.KeyViewError, match=rf"{told} is compared.*with {advice}$"),
        ):
            m[wrap(view)] = 2
        assert m[wrap(instead)] == 1

    def test_a_message_about_a_tuple_that_holds_itself_many_times_is_short(self, kv: Any) -> None:
        """Each level holds the one below twice: its whole repr would have 2**30 memoryviews."""
        query: Any = memoryview(b"c").cast("c")
        for _ in range(
            14 if sys.version_info < (3, 14) else 30
        ):  # The hash takes as long before 3.14.
            query = (query, query)
        with pytest.raises(kv.KeyViewError, match=r"look up with view\.cast\('B'\)$") as raised:
            kv.HashMap()[query] = 1
        assert len(str(raised.value)) < 1000

    def test_a_writable_memoryview_is_unhashable(self, kv: Any) -> None:
        with pytest.raises(ValueError, match="writable"):
            kv.HashMap().get(memoryview(bytearray(b"a")))


class TestWhoIsAsked:
    def test_the_query_is_asked_before_a_stored_key_that_says_false(self, kv: Any) -> None:
        m = kv.HashMap({Closed("a"): 1})
        assert m[ClosedView("a")] == 1
        assert ClosedView("b") not in m

    def test_a_plain_dict_asks_the_stored_key_first(self) -> None:
        assert ClosedView("a") not in {Closed("a"): 1}


class TestBorrow:
    def test_a_stored_key_is_found_by_what_it_lends(self, kv: Any) -> None:
        stored = Host("example")
        m = kv.HashMap([(stored, 80)])
        assert m["example"] == 80
        assert m.get_key_value("example")[0] is stored
        assert "other" not in m
        assert {stored: 80}["example"] == 80

    def test_a_borrow_is_stored_itself(self, kv: Any) -> None:
        m = kv.HashMap()
        stored = Host("example")
        m[stored] = 1
        assert next(iter(m)) is stored

    def test_by_an_equal_key(self, kv: Any) -> None:
        assert kv.HashMap([(Host("a"), 1)])[Host("a")] == 1


class TestBaseClasses:
    @cases(name=["KeyView", "Borrow"])
    def test_their_one_method_must_be_written(self, kv: Any, name: str) -> None:
        with pytest.raises(TypeError, match="abstract"):
            derived(getattr(kv, name))()

    @pytest.mark.parametrize(("name", "method"), [("KeyView", "__key__"), ("Borrow", "__borrow__")])
    def test_supply_hash_and_eq_and_no_dict(self, kv: Any, name: str, method: str) -> None:
        members: dict[str, Any] = {"__slots__": (), method: lambda self: "text"}
        made = derived(getattr(kv, name), **members)()
        assert hash(made) == hash("text")
        assert made == "text"
        assert "text" == made  # noqa: SIM300
        assert made != "other"
        with pytest.raises(AttributeError):
            made.note = 1

    def test_two_views_of_one_key_are_equal(self) -> None:
        assert ShortKey("a") == ShortKey("a")
        assert ShortKey("a") != ShortKey("b")

    def test_isinstance_is_structural(self, kv: Any) -> None:
        assert isinstance(Structural(), kv.KeyView)
        assert not isinstance("text", kv.KeyView)
        assert isinstance(Host("a"), kv.Borrow)


@pytest.mark.parametrize(
    "nest", [lambda view: view, lambda view: (1, (view,))], ids=["bare", "nested"]
)
@pytest.mark.parametrize("view", UNLAWFUL)
class TestUnlawfulViews:
    @cases(store=insertions())
    def test_nothing_is_stored(
        self,
        kv: Any,
        store: Callable[[Any, Any], object],
        view: Callable[[], Any],
        nest: Callable[[Any], Any],
    ) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(kv.KeyViewError):
            store(m, nest(view()))

    @cases(make=constructions())
    def test_nothing_is_made(
        self,
        kv: Any,
        make: Callable[[Any, Any], Any],
        view: Callable[[], Any],
        nest: Callable[[Any], Any],
    ) -> None:
        with pytest.raises(kv.KeyViewError):
            make(kv.HashMap, nest(view()))

    def test_the_key_of_its_vacant_entry_is_refused(
        self, kv: Any, view: Callable[[], Any], nest: Callable[[Any], Any]
    ) -> None:
        m = kv.HashMap()
        entry = m.entry(nest(view()))
        with unchanged(m), pytest.raises(kv.KeyViewError):
            _ = entry.key


class TestTheMessageOfAKeyViewError:
    def test_wrong_hash_has_both(self, kv: Any) -> None:
        with pytest.raises(kv.KeyViewError) as caught:
            kv.HashMap()[WrongHash()] = 1
        assert str(hash("key")) in str(caught.value)
        assert str(hash("key") + 1) in str(caught.value)
        assert "'key'" in str(caught.value)

    def test_unequal_has_the_hash_of_both(self, kv: Any) -> None:
        with pytest.raises(kv.KeyViewError, match=f"not equal .* both hash to {hash('key')}"):
            kv.HashMap()[Unequal()] = 1

    def test_view_of_view_names_it(self, kv: Any) -> None:
        with pytest.raises(kv.KeyViewError, match=r"LazyWhole\('key'\), which is itself a view"):
            kv.HashMap()[ViewOfView()] = 1


def test_a_key_that_cannot_be_built_is_not_stored(kv: Any) -> None:
    def fail(self: object) -> str:
        raise ZeroDivisionError

    view = derived(LazyShortKey, __key__=fail)("a")
    m = kv.HashMap(a=1)
    with unchanged(m), pytest.raises(ZeroDivisionError):
        m[view] = 1


def test_a_key_whose_building_inserts_it_wins(kv: Any) -> None:
    m = kv.HashMap()
    view = derived(LazyShortKey, __key__=lambda self: m.insert("_a", "inner") or "_a")("a")
    assert m.setdefault(view, "outer") == "inner"
    assert dict(m) == {"_a": "inner"}


def test_a_tuple_may_be_nested_as_deep_as_in_a_dict(kv: Any) -> None:
    nested: Any = ()
    for _ in range(600):
        nested = (nested,)
    assert {nested: 1}[nested] == kv.HashMap([(nested, 1)])[nested] == 1

"""keyview.testing: what is lawful passes, and each way to break a law is named."""

from __future__ import annotations

import subprocess
import sys
from array import array
from importlib import import_module
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture
def testing(kv: Any) -> Any:
    return import_module("keyview.testing")


class Text:
    """A lawful view of a str, for the tests below to break."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __key__(self) -> Any:
        return self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return self.text == other

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class WrongHash(Text):
    __eq__ = Text.__eq__

    def __hash__(self) -> int:
        return 1


class RestlessHash(Text):
    __eq__ = Text.__eq__
    hashes = count()

    def __hash__(self) -> int:
        return next(self.hashes)


class Unequal(Text):
    __hash__ = Text.__hash__

    def __eq__(self, other: object) -> bool:
        return False


class FirstLetterOnly(Text):
    __hash__ = Text.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.text[:1] == other[:1]


class EqualToAll(Text):
    __hash__ = Text.__hash__

    def __eq__(self, other: object) -> bool:
        return True


class Curious(Text):
    __hash__ = Text.__hash__

    def __eq__(self, other: object) -> bool:
        return self.text == other.lower()  # type: ignore[attr-defined, no-any-return]


class Unhashable(Text):
    __eq__ = Text.__eq__
    __hash__ = None  # type: ignore[assignment]


class OfAView(Text):
    def __key__(self) -> Any:
        return Text(self.text)


class OfAList(Text):
    def __key__(self) -> Any:
        return [self.text]


class Fickle(Text):
    """Stands for keys that are equal to it, but not to each other."""

    numbers = count()

    def __key__(self) -> Any:
        return Exclusive(self.text, next(self.numbers))

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exclusive)


class Exclusive(Text):
    """Denies every stranger: a key class that only a HashMap can find by a view."""

    __key__ = None  # type: ignore[assignment]

    def __init__(self, text: str, number: int = 0) -> None:
        super().__init__(text)
        self.number = number

    __hash__ = Text.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exclusive) and (self.text, self.number) == (
            other.text,
            other.number,
        )


class OfAnExclusive(Text):
    def __key__(self) -> Any:
        return Exclusive(self.text)

    __hash__ = Text.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exclusive) and self.text == other.text


def lawful_views(kv: Any) -> list[Any]:
    class Short(kv.KeyView):  # type: ignore[misc]
        def __key__(self) -> str:
            return "_a"

    return [
        Text("_a"),
        Short(),
        kv.Concat("_", "a"),
        kv.Slice(b"x_a", 1, None),
        memoryview(b"_a"),
        (1, (kv.Concat("_", "a"), memoryview(b"_a"))),
    ]


def test_lawful_views_pass(kv: Any, testing: Any) -> None:
    for view in lawful_views(kv):
        testing.check_view(view, unequal=["", "_b", b"_", (1, "_a"), 7])


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (
            WrongHash("a"),
            rf"^WrongHash\('a'\) stands for 'a' but hashes to 1, not {hash('a')}; let ",
        ),
        (RestlessHash("a"), r"^RestlessHash\('a'\) hashed to \d+ and then to \d+; let __hash__ "),
        (Unequal("a"), r"stands for 'a' but is not equal to it, .*; let __eq__ "),
        (
            FirstLetterOnly("a"),
            r"^FirstLetterOnly\('a'\) is equal to 'ab', though 'a', .*; let __eq__ ",
        ),
        (
            EqualToAll("a"),
            r"^EqualToAll\('a'\) is equal to .*, though 'a', .*; let __eq__ compare all",
        ),
        (Curious("a"), r"<object .*> raised AttributeError.*; let __eq__ return NotImplemented"),
        (
            Unhashable("a"),
            r"^Unhashable\('a'\) cannot be hashed \(unhashable type.*; define __hash__ beside",
        ),
        (
            memoryview(array("i")),
            r"cannot be hashed \(cannot hash writable.*\), so nothing can be found by it",
        ),
        (OfAView("a"), r"stands for Text\('a'\), which is itself a view; let __key__ "),
        (OfAList("a"), r"^check_view could not build the key of OfAList\('a'\) .*; let __key__ "),
        (Fickle("a"), r"^Fickle\('a'\) stood for Exclusive\('a'\) and then for .*; let a view "),
        (OfAnExclusive("a"), r"is True but Exclusive\('a'\) == .* is False, .* plain_dict=False"),
        (("a", "b"), r"^check_view was given \('a', 'b'\), which stands for no other key; give it"),
        ("a", r"^check_view was given 'a', which stands for no other key; give it a KeyView"),
        (
            (1, WrongHash("a")),
            r"^\(1, WrongHash\('a'\)\) stands for \(1, 'a'\) but hashes to -?\d+, not",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_unlawful_views_are_named(testing: Any, view: Any, sentence: str) -> None:
    with pytest.raises(AssertionError, match=sentence):
        testing.check_view(view, unequal=["ab"])


def test_keys_that_deny_strangers_are_found_in_a_hashmap(testing: Any) -> None:
    testing.check_view(OfAnExclusive("a"), unequal=[Exclusive("b")], plain_dict=False)


def test_what_is_given_as_unequal_must_be(testing: Any) -> None:
    with pytest.raises(
        AssertionError, match=r"^'a' was given as unequal, but it is equal to 'a'; "
    ):
        testing.check_view(Text("a"), unequal=["a"])


@pytest.mark.parametrize("denied_by", ["HashMap", "dict"])
def test_equality_that_changes_its_mind_is_not_found(testing: Any, denied_by: str) -> None:
    class Forgetful(Text):
        __hash__ = Text.__hash__
        #: view == key, twice; key == view; view == object() and its reverse; then the maps ask.
        answers = iter([True] * 3 + [False] * 2 + [denied_by == "dict"] + [False] * 9)

        def __eq__(self, other: object) -> bool:
            return next(self.answers)

    with pytest.raises(AssertionError, match=r"agreed in hash and equality, but a map "):
        testing.check_view(Forgetful("a"))


class Host:
    """A lawful key that may be found by a str."""

    def __init__(self, name: str) -> None:
        self.name = name.lower()

    def __borrow__(self) -> Any:
        return self.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return self.name == (other.name if isinstance(other, Host) else other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class HostWrongHash(Host):
    __eq__ = Host.__eq__

    def __hash__(self) -> int:
        return 1


class HostUnequal(Host):
    __hash__ = Host.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Host) and self.name == other.name


class HostOfAList(Host):
    def __borrow__(self) -> Any:
        return [self.name]


class HostOfAnExclusive(Host):
    def __borrow__(self) -> Any:
        return Exclusive(self.name)

    __hash__ = Host.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exclusive) and self.name == other.text


class HostOfAnyCase(Host):
    __hash__ = Host.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.name == other.lower()


def test_lawful_borrow_passes(kv: Any, testing: Any) -> None:
    class Derived(kv.Borrow):  # type: ignore[misc]
        def __borrow__(self) -> str:
            return "a"

    for key in (Host("a"), Derived()):
        testing.check_borrow(key, unequal=["b", "A"])


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (
            HostWrongHash("a"),
            rf"may be found by 'a' but hashes to 1, not {hash('a')}; let __hash__ ",
        ),
        (
            HostUnequal("a"),
            r"may be found by 'a', but HostUnequal\('a'\) == 'a' is False; let __eq__ ",
        ),
        (HostOfAnExclusive("a"), r", but Exclusive\('a'\) == HostOf.* is False; let __eq__ return"),
        (HostOfAList("a"), r"^\['a'\] cannot be hashed \(unhashable type: 'list'\)"),
        (HostOfAnyCase("a"), r"^HostOfAnyCase\('a'\) is equal to 'A', though 'a', .*; let __eq__ "),
    ],
    ids=lambda value: type(value).__name__,
)
def test_unlawful_borrow_is_named(testing: Any, key: Any, sentence: str) -> None:
    with pytest.raises(AssertionError, match=sentence):
        testing.check_borrow(key, unequal=["A"])


@pytest.mark.parametrize("keys", [st.text(), st.binary()], ids=["str", "bytes"])
def test_the_views_drawn_stand_for_the_keys_drawn(kv: Any, testing: Any, keys: Any) -> None:
    pool = st.shared(keys, key="the key")

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(pool, testing.concats(pool), testing.slices(pool))
    def holds(key: Any, concat: Any, window: Any) -> None:
        assert type(concat) is kv.Concat
        assert type(window) is kv.Slice
        for view in (concat, window):
            assert view.__key__() == key
            testing.check_view(view)

    holds()


def test_the_maps_drawn_have_the_sizes_asked_for(kv: Any, testing: Any) -> None:
    sizes = set()

    @given(testing.hashmaps(st.integers(), st.text(), min_size=1, max_size=3))
    def collect(m: Any) -> None:
        assert type(m) is kv.HashMap
        assert all(isinstance(key, int) and isinstance(m[key], str) for key in m)
        sizes.add(len(m))

    collect()
    assert sizes == {1, 2, 3}


WITHOUT_HYPOTHESIS = """
import sys
sys.modules["hypothesis"] = None
from keyview import Concat, testing
assert "hypothesis.strategies" not in sys.modules
testing.check_view(Concat("a", "b"))
for ask in (testing.concats, testing.slices, lambda keys: testing.hashmaps(keys, keys)):
    try:
        ask(None)
    except ImportError as error:
        print(error)
"""


def test_only_the_strategies_need_hypothesis() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_HYPOTHESIS], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        f"{name} makes a hypothesis strategy, but hypothesis is not installed; "
        f"install it with: pip install hypothesis"
        for name in ("concats", "slices", "hashmaps")
    ]

"""Declaring views, and keys that are found by other types."""

from __future__ import annotations

from typing import ClassVar, NamedTuple, TypeVar

from typing_extensions import assert_type

from keyview import Borrow, HashMap, KeyView

T = TypeVar("T")


class ShortKey(KeyView[str]):
    """The usual way: a base class, one method."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class Structural:
    """A view without the base class."""

    def __key__(self) -> str:
        return "a"

    def __hash__(self) -> int:
        return hash("a")

    def __eq__(self, other: object) -> bool:
        return other == "a"


class Worded:
    """As `Structural`: the names of parameters do not matter."""

    def __key__(self) -> str:
        return "a"

    def __hash__(self) -> int:
        return hash("a")

    def __eq__(self, value: object, /) -> bool:
        return value == "a"


class WordedAnew(Worded):
    def __eq__(self, o: object) -> bool:  # E: pyrefly[missing-override-decorator]
        return o == "a"

    __hash__ = Worded.__hash__


class Held(KeyView[T]):
    """A view that is generic in its key."""

    def __init__(self, key: T) -> None:
        self.key = key

    def __key__(self) -> T:
        return self.key


class Unhashable:
    """Not a view: it says that it cannot be hashed."""

    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __key__(self) -> str:
        return "a"

    def __eq__(self, other: object) -> bool:
        return other == "a"


class SilentlyUnhashable:
    """Not a view: `__eq__` without `__hash__` makes it unhashable."""

    def __key__(self) -> str:
        return "a"

    def __eq__(self, other: object) -> bool:
        return other == "a"


class Keyless:
    """Not a view: it lacks `__key__`. The plugin lets it be looked up, for its `__eq__` takes anything."""

    def __hash__(self) -> int:
        return hash("a")

    def __eq__(self, other: object) -> bool:
        return other == "a"


class Unrelated:
    """Not a view: it has nothing of one."""


class Unfinished(KeyView[str]):
    """A view that lacks its one method."""


class Misdeclared(KeyView[str]):
    """A view whose method returns something else."""

    def __key__(self) -> int:  # E: mypy[override] plugin[override] pyright[reportIncompatibleMethodOverride]
        return 1


class Host(Borrow[str]):
    """A key that may be found by a `str`."""

    def __borrow__(self) -> str:
        return "example"


class Misborrowed(Borrow[str]):
    """A key whose method returns something else."""

    def __borrow__(self) -> int:  # E: mypy[override] plugin[override] pyright[reportIncompatibleMethodOverride]
        return 1


class Point(NamedTuple):
    """A key."""

    x: int
    y: int


class Origin(KeyView[Point]):
    """A view of a NamedTuple."""

    def __key__(self) -> Point:
        return Point(0, 0)


def keys_of(view: KeyView[str], own: ShortKey, held: Held[bytes]) -> None:
    assert_type(view.__key__(), str)
    assert_type(own.__key__(), str)
    assert_type(held.__key__(), bytes)
    assert_type(Origin().__key__(), Point)


def borrows_of(key: Borrow[str], host: Host) -> None:
    assert_type(key.__borrow__(), str)
    assert_type(host.__borrow__(), str)


def is_a_view(m: HashMap[str, int], view: KeyView[str]) -> None:
    assert_type(m[view], int)
    assert_type(m[ShortKey("a")], int)
    assert_type(m[Structural()], int)
    assert_type(m[Worded()], int)
    assert_type(m.get(WordedAnew()), int | None)
    assert_type(m[Held("a")], int)
    assert_type(m.get(Structural()), int | None)
    m[Unhashable()]  # E: mypy[index] plugin[key-view-unhashable] pyright[reportArgumentType]
    m[SilentlyUnhashable()]  # E: plugin[key-view-law] pyright[reportArgumentType] pyrefly[accepted]
    m[Keyless()]  # E: mypy[index] plugin[index] pyright[reportArgumentType]
    m.get(Unhashable())  # E: mypy[call-overload] plugin[key-view-unhashable] pyright[reportArgumentType]
    m.get(SilentlyUnhashable())  # E: plugin[key-view-law] pyright[reportArgumentType] pyrefly[accepted]
    m.get(Keyless())  # E: mypy[call-overload] plugin[call-overload] pyright[reportArgumentType]
    m[Unrelated()]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]
    m[Held(1)]  # E: mypy[arg-type] plugin[key-view] pyright[reportArgumentType]
    m[Origin()]  # E: mypy[index] plugin[key-view] pyright[reportArgumentType]


def covariance(m: HashMap[int | str, bytes], narrow: KeyView[bool], wide: KeyView[int]) -> None:
    assert_type(m[narrow], bytes)
    wider: KeyView[int] = narrow
    narrower: KeyView[bool] = wide  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    del wider, narrower


def borrow_is_invariant(key: Borrow[bool]) -> None:
    wider: Borrow[int] = key  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType] ty[accepted]
    del wider


def instances() -> None:
    Unfinished()  # E: mypy[abstract] plugin[abstract] pyright[reportAbstractUsage]
    declared: KeyView[str] = Keyless()  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    unhashable: KeyView[str] = Unhashable()  # E: mypy[assignment] plugin[assignment] pyright[reportAssignmentType]
    silently: KeyView[str] = SilentlyUnhashable()  # E: pyright[reportAssignmentType] pyrefly[accepted]
    structural: KeyView[str] = Structural()
    del declared, unhashable, silently, structural


def at_run_time(query: str | ShortKey) -> None:
    if isinstance(query, KeyView):
        assert_type(query, ShortKey)  # E: ty[type-assertion-failure]
    else:
        assert_type(query, str)  # E: ty[assert-type-unspellable-subtype]

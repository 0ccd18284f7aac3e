"""Causes of errors that were false: each lookup here may find something, unless its comment says that it cannot.

The comments of the lookups that mypy itself refuses, and only mypy, name its code.
"""

from __future__ import annotations

import abc
import email.header
import enum
import functools
import numbers
import optparse
import traceback
import types
import xml.etree.ElementTree as ET
from collections import OrderedDict, UserDict, defaultdict
from collections.abc import (
    Callable,
    Hashable,
    Iterator,
    Mapping,
    MutableMapping,
    MutableSequence,
    Sequence,
    Set,
)
from dataclasses import dataclass, field
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    Literal,
    Never,
    Protocol,
    SupportsIndex,
    SupportsInt,
    TypedDict,
    TypeVar,
    runtime_checkable,
)
from unittest.mock import _Call

T = TypeVar("T")
S = TypeVar("S", contravariant=True)
F = TypeVar("F", bound=type)
U = TypeVar("U", covariant=True)


# 1. Classes that mypy makes up.
class Left: ...


class Right: ...


class Unrelated: ...


def made_up(
    o: object,
    k: object,
    left: Left,
    by_left: dict[Left, int],
    names: dict[str, int],
    fs: set[Unrelated],
) -> None:
    if isinstance(k, str) and callable(k):
        names[k]
        k in fs  # E: plugin[refused]
    if callable(o):
        names[o]
        o in fs
    if callable(left):
        by_left[left]
        left in by_left
        left in fs  # E: plugin[refused]
    if isinstance(left, Right):
        left in by_left
        left in fs  # E: plugin[refused]


# 2. What cannot be hashed, and subclasses that can.
class AbstractEq(abc.ABC):
    @abc.abstractmethod
    def __eq__(self, other: object) -> bool: ...


class Hashed(AbstractEq):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hashed)

    def __hash__(self) -> int:
        return 1


class HasEq(Protocol):
    def __eq__(self, other: object) -> bool: ...


@dataclass
class Mutable:
    x: int


@dataclass(frozen=False)
class MutableToo:
    x: int


class MutableButHashed(Mutable):
    def __hash__(self) -> int:
        return self.x


def hashed(
    a: AbstractEq, b: HasEq, c: Mutable, d: MutableToo, m: dict[object, int], s: set[object]
) -> None:
    m[a]
    a in s
    m[b]
    b in s
    m[c]
    c in s
    m[d]  # E: plugin[unhashable]
    d in s  # E: plugin[unhashable]


# 3. What is there only for the type checker, and what others bring.
class Checked:
    if TYPE_CHECKING:

        def __eq__(self, other: object) -> bool: ...


class Given:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given)

    if not TYPE_CHECKING:
        __hash__ = object.__hash__


def with_hash(cls: F) -> F:
    cls.__hash__ = object.__hash__  # type: ignore[method-assign,assignment]
    return cls


@with_hash
class ByDecorator:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByDecorator)


class HashingMeta(type):
    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
        super().__init__(name, bases, namespace)
        cls.__hash__ = object.__hash__  # type: ignore[method-assign,assignment]


class ByMetaclass(metaclass=HashingMeta):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByMetaclass)


class HashingBase:
    def __init_subclass__(cls) -> None:
        cls.__hash__ = object.__hash__  # type: ignore[method-assign]


class ByBase(HashingBase):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByBase)


class Later:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later)


Later.__hash__ = object.__hash__  # type: ignore[method-assign]


class InFunction:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, InFunction)


class BySetattr:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, BySetattr)


class Replaced:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Replaced)

    def __hash__(self) -> int:
        return 1


class ReplacedBySetattr(Replaced):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReplacedBySetattr)

    def __hash__(self) -> int:
        return 1


class NotReplaced:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, NotReplaced)


def replace_them(flag: bool) -> None:
    InFunction.__hash__ = object.__hash__  # type: ignore[method-assign]
    setattr(BySetattr, "__hash__", object.__hash__)
    setattr(NotReplaced, "__doc__", "")
    if flag:
        Replaced.__eq__ = lambda self, other: True  # type: ignore[method-assign]


class Replacing:
    @staticmethod
    def replace() -> None:
        setattr(ReplacedBySetattr, "__eq__", lambda self, other: True)


class InSlot:
    __slots__ = ("text", "__hash__")

    def __init__(self, text: str) -> None:
        self.text = text
        self.__hash__ = lambda: hash(text)  # type: ignore[method-assign]

    def __eq__(self, other: object) -> bool:
        return self.text == other


class BelowSlot(InSlot): ...


class NotInSlot:
    __slots__ = ("text",)

    def __eq__(self, other: object) -> bool:
        return True


def in_slots(m: dict[object, int], a: InSlot, b: BelowSlot, c: NotInSlot) -> None:
    a in m, b in m
    c in m  # E: plugin[unhashable]


def replaced(
    m: dict[object, int],
    n: list[int],
    a: InFunction,
    b: BySetattr,
    c: Replaced,
    d: ReplacedBySetattr,
    e: NotReplaced,
) -> None:
    a in m, b in m
    c in n, d in n
    e in m  # E: plugin[unhashable]
    e in n  # E: plugin[refused]


def brought(
    m: dict[object, int], a: Checked, b: Given, c: ByDecorator, d: ByMetaclass, e: ByBase, f: Later
) -> None:
    m[a], m[b], m[c], m[d], m[e], m[f]
    m[Checked()], a in m, b in m, c in m, d in m, e in m, f in m


# 4. Arguments of @dataclass that are not literals.
OPTIONS: dict[str, bool] = {"frozen": True}
FROZEN = not False


@dataclass(**OPTIONS)
class Starred:
    x: int


@dataclass(unsafe_hash=not False)
class Negated:
    x: int


@dataclass(frozen=FROZEN)  # type: ignore[literal-required]
class Named:
    x: int


def computed(m: dict[object, int], a: Starred, b: Negated, c: Named) -> None:
    m[a], m[b], m[c]
    a in m, b in m, c in m


# 5. Mixins of Mapping, UserDict and Set whose hooks the class overrides.
class Folded(UserDict[str, int]):
    def __getitem__(self, key: str | bytes) -> int:
        return super().__getitem__(key.decode() if isinstance(key, bytes) else key)

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key.decode() if isinstance(key, bytes) else key)


class Texts(Mapping[str, int]):
    def __getitem__(self, key: str | int) -> int:
        return 1

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Names(Set[str]):
    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Lists(defaultdict[str, int]):
    def __missing__(self, key: str | int) -> int:
        return 0


class Fonts(MutableMapping[Any, Any]):
    """Finds a font by its description, which it makes a text of first."""

    def __init__(self) -> None:
        self.store: dict[str, object] = {}

    def __getitem__(self, font):  # type: ignore[no-untyped-def]
        return self.store[font["name"]]

    def __setitem__(self, font: Any, value: Any) -> None:
        self.store[font["name"]] = value

    def __delitem__(self, font: Any) -> None:
        del self.store[font["name"]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.store)

    def __len__(self) -> int:
        return len(self.store)


def wrapper(function: Any) -> Any:
    return function


class ByWrapper(Texts):
    @wrapper
    def __getitem__(self, key: str | bytes) -> int:
        return 1


class Counts(dict[str, int]):
    def __missing__(self, key):  # type: ignore[no-untyped-def]
        return 0


def fonts(
    fonts: Fonts, font: dict[str, str], listed: list[str], wrapped: ByWrapper, counts: Counts
) -> None:
    font in fonts
    fonts.get(font), fonts.pop(font, None)
    wrapped.get(b""), wrapped.get(listed)
    counts[1]
    counts[listed]  # E: plugin[unhashable]


def mixed_in(folded: Folded, texts: Texts, names: Names, lists: Lists) -> None:
    folded.get(b"a")
    folded[b"a"]
    b"a" in folded  # E: plugin[comparison-overlap]
    b"a" in folded.keys()  # E: plugin[comparison-overlap]
    texts.get(1)
    1 in texts
    1 in texts.keys()  # E: plugin[comparison-overlap]
    texts.get(b"")  # E: plugin[refused]
    names.isdisjoint([1])
    names.isdisjoint({1})


# 6. Generic dataclasses are equal by what is compared.
@dataclass(frozen=True)
class Tagged(Generic[T]):
    name: str
    tag: T = field(compare=False)


@dataclass(frozen=True)
class Phantom(Generic[T]):
    name: str


@dataclass(frozen=True)
class Held(Generic[T]):
    value: T


def generic(
    a: Tagged[int],
    b: set[Tagged[str]],
    c: Phantom[int],
    d: set[Phantom[str]],
    e: Held[int],
    f: set[Held[str]],
) -> None:
    a in b
    c in d
    e in f  # E: plugin[refused]


# 7. A protocol, and another class of numbers.
class Marked(Protocol):
    mark: int


class MarkedText(str):
    mark = 1


def protocols(
    by_index: dict[SupportsIndex, int],
    by_int: set[SupportsInt],
    marked: Marked,
    texts: set[str],
    numbers: set[int],
) -> None:
    marked in texts
    marked in numbers  # E: plugin[refused]
    by_index[1.0]
    1.0 in by_index
    1 + 0j in by_int
    "1" in by_int  # E: plugin[refused]


# 8. Enum literals.
class Alias(enum.Enum):
    A = 1
    B = 1
    C = 2


class Valued(str, enum.Enum):
    ONE = "x", "one"
    TWO = "y", "two"

    def __new__(cls, text: str, label: str) -> Valued:
        member = str.__new__(cls, label)
        member._value_ = text
        return member


class Loose(enum.Enum):
    A = 1
    B = 2

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loose)

    def __hash__(self) -> int:
        return 1


def literals(
    a: set[Literal[Alias.A]],
    b: Literal[Alias.B],
    c: set[Literal[Valued.ONE]],
    d: set[Literal[Loose.A]],
    e: Literal[Loose.B],
    x: Literal["one"],
    f: Literal[Alias.C],
) -> None:
    b in a
    x in c
    e in d
    f in a  # E: plugin[refused]


# 9. Variance: one object may be of both.
class Sink(Generic[S]):
    def put(self, value: S) -> None: ...


class Anything(Sink[object]): ...


def variance(
    a: Sink[int], b: set[Sink[str]], c: Callable[[int], None], d: set[Callable[[str], None]]
) -> None:
    a in b
    c in d


# 10. A metaclass with an equality.
class Loosely(type):
    def __eq__(cls, other: object) -> bool:
        return isinstance(other, (type, str))

    def __hash__(cls) -> int:
        return 1


class One(metaclass=Loosely): ...


class Other: ...


def metaclasses(a: type[One], b: set[type[Other]], c: set[str]) -> None:
    a in b
    a in c
    One in b
    One in [Other]


# 11. What mypy guesses of something empty.
class Registry:
    kinds = set[type[Never]]()


class Filled(Registry):
    def holds(self, kind: type[Left]) -> bool:
        return kind in self.kinds


# 12. A tuple whose type came through the context.
class Missing:
    pass


MISSING: Any = Missing()


def context(x: int | None, y: str) -> None:
    x in (MISSING, None)
    y in (MISSING, None)


# 13. What is asserted not to be in it.
def asserted(xs: list[str], numbers: set[int], x: str) -> None:
    assert None not in xs
    assert x not in numbers  # E: plugin[key-view]
    assert None not in xs and x not in numbers  # E: plugin[key-view]
    assert x in numbers  # E: plugin[refused]
    x not in numbers  # E: plugin[refused]


# 14. What is known of a query's value, among several literals.
class Level(enum.Enum):
    LOW = 1
    MIDDLE = 2
    HIGH = 3


Lower = Literal[Level.LOW, Level.MIDDLE]


def known_values(
    d: dict[Literal["a", "b"], int],
    e: dict[tuple[Lower, str], int],
    m: dict[Literal["a", 1, "c"] | None, int],
    flag: bool,
) -> None:
    d["b"]
    d.get("b")
    "b" in d
    "c" in d  # E: plugin[refused]
    e[Level.MIDDLE, "x"]
    e[Level.HIGH, "x"]  # E: plugin[refused]
    m["c"]
    m[1]
    m["d"]  # E: plugin[refused]
    m.pop("c" if flag else 7)


# Bytes are a sequence of ints, and find what is a part of them.
def parts_of_bytes(
    ints: Sequence[int], mutable: MutableSequence[int], texts: Sequence[str]
) -> None:
    b"ab" in ints
    bytearray(b"a") in mutable
    "ab" in ints  # E: plugin[refused]
    b"ab" in texts  # E: plugin[refused]


# An attribute that mypy infers to be None, from what it is at first.
class Command:
    failure = None

    def __init__(self) -> None:
        self.reason = None
        self.written_down: None = None

    def update(self, reason: Any) -> None:
        self.reason = reason


first_of_all = None


def after_an_update(command: Command) -> None:
    command.reason in ("timeout", "killed")
    command.failure in {"timeout": 1}
    first_of_all in ("timeout",)
    command.written_down in ("timeout", "killed")  # E: plugin[refused]
    at_once = None
    at_once in ("timeout",)  # E: plugin[refused]


# None is written among the items, so it is meant.
def none_is_written(group: tuple[int, ...] | None, name: str | None) -> None:
    group in (None, True)
    name in [None, 1]
    group in {None: 1, True: 2}  # E: plugin[refused]
    group in (False, True)  # E: plugin[refused]


# A name that an __eq__ binds itself is not Python's.
class BindsIsinstance:
    def __eq__(self, other: object) -> bool:
        def isinstance(thing: object, kind: object) -> bool:
            return True

        return isinstance(other, BindsIsinstance)


class TakesIsinstance:
    def __eq__(self, isinstance: Any) -> bool:
        return bool(isinstance(isinstance, TakesIsinstance))


class DefinesType:
    def __eq__(self, other: object) -> bool:
        def type(thing: object) -> object:
            return DefinesType

        return type(other) is DefinesType


class BindsAnother:
    def __eq__(self, other: object) -> bool:
        kind = BindsAnother
        return isinstance(other, BindsAnother)


def bound_again(
    a: BindsIsinstance, b: TakesIsinstance, c: DefinesType, d: BindsAnother, numbers: list[int]
) -> None:
    a in numbers
    b in numbers
    c in numbers
    d in numbers  # E: plugin[refused]


# Of the abstract numbers, the stubs say that they have no hash.
def abstract_numbers(q: object, r: numbers.Real, u: int | numbers.Integral, d: set[int]) -> None:
    if isinstance(q, numbers.Integral):
        q in d
    r in d
    u in d


# Classes of the standard library that are equal to others, of which the stubs say nothing.
def open_classes(
    name: ET.QName,
    texts: set[str],
    calls: list[_Call],
    frames: list[traceback.FrameSummary],
    header: email.header.Header,
    words: list[str],
    options: list[optparse.Values],
) -> None:
    name in texts
    "a" in calls
    ("file", 1, "name", "line") in frames
    header in words
    {"a": 1} in options


# The setter of a property may keep something else than it is given.
class Titled:
    _name: str | None = None

    @property
    def name(self) -> str | None:
        return self._name

    @name.setter
    def name(self, name: str | None) -> None:
        self._name = name or "nobody"


def assigned_property(titled: Titled, names: set[str]) -> None:
    titled.name = None
    titled.name in names


# A set that decides itself what is in it.
class Everything(Set[str]):
    def __contains__(self, thing: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def compared_with_everything(some: set[int], everything: Everything) -> None:
    some <= everything
    some < everything


# A decorator may replace the __eq__ of a class.
def rebuilt(cls: F) -> F:
    return cls


@rebuilt
class Rebuilt:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rebuilt)

    def __hash__(self) -> int:
        return 1


# What gives nothing is a source of everything.
class Source(Protocol[U]):
    def give(self) -> U | None: ...


class Gives(Generic[U]):
    def give(self) -> U | None:
        return None


def covariant(
    numbers: Gives[int], texts: set[Gives[str]], source: Source[int], sources: set[Source[str]]
) -> None:
    numbers in texts  # E: plugin[refused]
    source in sources


# An instance of a subclass can be called, and so be of the type of a function.
class Plain: ...


class PlainCalled(Plain):
    def __call__(self) -> int:
        return 1


def rebuilt_and_called(
    one: Rebuilt, text: set[bytes], function: Callable[[], int], plain: set[Plain]
) -> None:
    one in text
    function in plain
    function in text  # E: plugin[refused]


# 14. What is of another shape than an instance, against an `__eq__` that is read.
B = TypeVar("B", bound=int)


class TypeKey:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, (type, TypeKey)) and hash(other) == hash(self)

    def __hash__(self) -> int:
        return hash(int)


class OfMethods:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, types.MethodType)


class OfPartials:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, functools.partial)


class OfProperties:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, property)


class OfDicts:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict)


class OfMutableMappings:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, MutableMapping)


class OfOrderedDicts:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrderedDict)


class OfNone:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, types.NoneType)


class OfUnrelated:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unrelated)


class Item(TypedDict):
    a: int


class Owner:
    def method(self) -> int:
        return 0

    @property
    def value(self) -> int:
        return 0


def shapes(
    o: Any,
    c: type[T],
    b: type[B],
    f: Callable[[], int],
    item: Item,
    items: list[Item],
    registry: dict[TypeKey, int],
    methods: list[OfMethods],
    partials: list[OfPartials],
    properties: list[OfProperties],
    dicts: list[OfDicts],
    mutable: list[OfMutableMappings],
    ordered: list[OfOrderedDicts],
    nones: list[OfNone],
    unrelated: list[OfUnrelated],
) -> None:
    type(o) in registry
    c in registry
    b in registry
    f in registry
    Owner().method in methods
    (lambda: 0) in methods
    f in partials
    Owner.value in properties
    f in unrelated  # E: plugin[refused]
    f in dicts  # E: plugin[refused]
    item in dicts
    item in mutable
    OfDicts() in items
    item in ordered  # E: plugin[refused]
    item in unrelated  # E: plugin[refused]
    None in nones
    None in unrelated  # E: plugin[refused]


class Trunk: ...


class Bough: ...


class Both(Trunk, Bough): ...


def classes(trunk: type[Trunk], boughs: set[type[Bough]], unrelated: set[type[Unrelated]]) -> None:
    trunk in boughs
    trunk in unrelated  # E: plugin[refused]


# 15. A decorator beside that which makes the class may give it a hash.
def given_hash(cls: type[T]) -> type[T]:
    cls.__hash__ = lambda self: 1  # type: ignore[method-assign]
    return cls


@given_hash
@dataclass
class Decorated:
    a: int = 0


def decorated(one: Decorated, decorated: set[Decorated]) -> None:
    one in decorated


# 16. An abstract class counts others as its subclasses if they were registered.
class Number(abc.ABC): ...


Number.register(int)


class Virtual(abc.ABC): ...


@Virtual.register
class Registered: ...


class Listed: ...


class Below(Listed): ...


Sequence.register(Listed)


class OfNumbers:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number)

    def __hash__(self) -> int:
        return 1


class OfVirtual:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Virtual)


class OfSequences:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence)


def registered(
    numbers: set[OfNumbers], virtual: list[OfVirtual], sequences: list[OfSequences]
) -> None:
    1 in numbers
    Registered() in virtual
    Listed() in sequences
    Below() in sequences
    Unrelated() in virtual  # E: plugin[refused]
    Unrelated() in sequences  # E: plugin[refused]


# 17. An assertion may say in other words that nothing is found.
def asserted_otherwise(texts: set[str], numbers: set[int]) -> None:
    assert texts.isdisjoint(numbers)
    assert not texts & numbers
    assert not texts.intersection(numbers)
    assert texts & numbers  # E: plugin[refused]
    assert not texts.isdisjoint(numbers)  # E: plugin[refused]


# 18. A literal that is none of the few values of an enum or of bool, and some that are.
class Colour(enum.StrEnum):
    RED = "red"


class Mixed(str, enum.Enum):
    RED = "red"


class Grade(enum.IntEnum):
    LOW = 1


class Flags(enum.IntFlag):
    A = 1
    B = 2


class Spelled(str, enum.Enum):
    RED = "red"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.value.lower() == other.lower()

    def __hash__(self) -> int:
        return hash(self.value)


def values(
    colours: dict[Colour, int],
    mixed: dict[Mixed, int],
    flags: dict[bool, int],
    levels: dict[Grade, int],
    sums: dict[Flags, int],
    spelled: dict[Spelled, int],
    q: Literal["blue"],
    colour: Colour,
    flag: bool,
) -> None:
    colours["red"], mixed["red"], flags[1], levels[1], levels[True]
    sums[3], spelled["RED"]
    "red" in colours
    colours["blue"]  # E: plugin[refused]
    colours.get("blue")  # E: plugin[refused]
    colours.get(q)  # E: plugin[refused]
    mixed["blue"]  # E: plugin[refused]
    flags[2]  # E: plugin[refused]
    levels[2]  # E: plugin[refused]
    "blue" in colours  # E: plugin[refused]
    colour in ("blue", "green")  # E: plugin[refused]
    colour in ("red", "green")
    flag in (2, 3)  # E: plugin[refused]
    flag in (1, 3)


# 19. A variable that is bound to something else than what mypy takes it for.
def rebound(text: str, left: Left, numbers: set[int], closed: Set[Callable[[], None]]) -> None:
    skipped = frozenset(text)
    skipped - {left}  # E: plugin[refused]
    name = "a"
    first, second = "a", "b"
    if text:
        skipped = {left}  # type: ignore[assignment]
        name = 3  # type: ignore[assignment]
        first, second = 1, "c"  # type: ignore[assignment]
    skipped - {left}  # E: plugin[left]
    numbers.discard(name)  # E: plugin[left]
    name in numbers  # E: plugin[key-view]
    numbers.discard(first)  # E: plugin[left]
    numbers.discard(second)  # E: plugin[refused]
    for letter in text:
        numbers.discard(letter)  # E: plugin[refused]
    letter = "c"
    numbers.discard(letter)  # E: plugin[refused]


def annotated(
    names: list[str],
    number: str,
    real: float,
    mode: Literal["a"],
    by_name: dict[str, int],
    texts: set[str],
) -> None:
    texts - {real}  # E: plugin[refused]
    texts.discard(number)
    number = int(number)  # type: ignore[assignment]
    {1}.discard(number)  # E: plugin[left]
    real = 1
    texts.discard(real)  # E: plugin[refused]
    names = set(names)  # type: ignore[assignment]
    mode = "a"
    {1}.discard(mode)  # E: plugin[refused]
    optional: int | None = None
    texts.discard(optional)  # E: plugin[refused]
    by_name = {"a": 1}
    by_name.keys() - {1}  # E: plugin[refused]
    callback: Callable[[int], object] = lambda given: texts.discard(given)  # E: plugin[refused]
    hash_of: object = callback
    texts.discard(hash_of)


def looped(
    rows: list[dict[str, int]],
    counts: dict[tuple[str, int], int],
    totals: Set[tuple[str, int]],
    s: set[str],
) -> None:
    for row in rows:
        totals - {row}  # E: plugin[unhashable]
    for row, count in counts.items():  # E: plugin[assignment]
        row in totals  # E: plugin[key-view-unhashable]
        {"a"}.discard(row)  # E: plugin[left]
        s.discard(count)  # E: plugin[refused]
    for number, (name, *others) in enumerate([("a", 1)]):
        s.discard(number)  # E: plugin[refused]
        {1}.discard(name)  # E: plugin[refused]
    for number in s:  # E: plugin[assignment]
        s.discard(number)  # E: plugin[left]


def unsettled(given: Any, texts: set[str]) -> None:
    removed = []
    if isinstance(given, list):
        for one in given:
            if isinstance(one, Left):
                removed.append(one)
    elif isinstance(given, dict):
        removed = []
        for key, value in given.items():
            if value:
                removed.append(key)
        for key in removed:
            texts.discard(key)  # E: plugin[left]
    for left in removed:
        texts.discard(left)  # E: plugin[refused]


# In the first round nothing tells yet what is in `seen`, and mypy reports only what it refuses in every round;
# in the middle of an `and`, in any.
def rounds(names: list[str], ok: bool) -> None:
    seen = {}
    for name in names:
        if (name, 1) not in seen:  # E: plugin[key-view]
            seen[name] = 1
        if ok and (name, 2) not in seen and ok:  # E: plugin[key-view]
            seen[name] = 2


def bound_outside(text: str, closed: Set[str]) -> None:
    close = None
    closed - {close}  # E: plugin[refused]
    close in closed  # E: plugin[refused]

    def forget() -> None:
        close in closed

    if text:
        close = text
    forget()


# 20. What an attribute among the items was narrowed to is no more than a promise.
class Weather:
    def __init__(self) -> None:
        self.dew_point: float | None = None
        self.factor = 1.0

    def update(self) -> None: ...

    def estimate(self, wind: float | None) -> None:
        if TYPE_CHECKING:
            assert self.dew_point and wind
        None in (self.dew_point, self.factor)
        None in [self.dew_point]
        "a" in (self.dew_point, self.factor)  # E: plugin[refused]
        None in (self.factor, 1.0)  # E: plugin[refused]
        None in (wind, self.factor)  # E: plugin[refused]

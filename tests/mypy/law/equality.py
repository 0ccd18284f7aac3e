"""A class for each way to write an `__eq__` that the plugin can read, and for some that it cannot.

What a class is to be judged as stands in `CLASSES`; whether that is true is tried with its instances.
"""

# ruff: noqa: E721, N812, PYI032, RET505
from __future__ import annotations

import functools
import numbers
from collections.abc import Mapping, Sized
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from typing_extensions import override

from keyview.mypy.facts.relation import Kind


class Base:
    """Has a hash that is the text's, so that equal ones are found, and no equality of its own."""

    def __init__(self, text: str = "a") -> None:
        self.text = text

    def __hash__(self) -> int:
        return hash(self.text)


class Friend(Base):
    """What some of the classes below say that they are equal to."""


class Stranger(Base):
    """What none of them names."""


Both: TypeAlias = str | Friend


# -- with a guard ---------------------------------------------------------------------------------


class Guarded(Base):
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Guarded):
            return NotImplemented
        return self.text == other.text

    __hash__ = Base.__hash__


class GuardedFalse(Base):
    def __eq__(self, other: Any) -> bool:
        """Compare the texts."""
        if not isinstance(other, (GuardedFalse, Friend)):
            return False
        else:
            return bool(self.text == other.text)

    __hash__ = Base.__hash__


class OfFloats(Base):
    """An int is no float to `isinstance`, though it is one to type checkers."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, float)

    def __hash__(self) -> int:
        return hash(1.0)


class GuardedRaise(Base):
    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.text == other
        if not isinstance(other, GuardedRaise):
            raise TypeError
        return self.text == other.text

    __hash__ = Base.__hash__


class Inside(Base):
    def __eq__(self, other: object) -> bool:
        if isinstance(other, Inside):
            return self.text == other.text
        elif isinstance(other, str | Friend):
            return self.text == getattr(other, "text", other)
        return NotImplemented

    __hash__ = Base.__hash__


class Aliased(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Both) and self.text == getattr(other, "text", other)

    __hash__ = Base.__hash__


class Asserted(Base):
    def __eq__(self, other: object) -> bool:
        assert isinstance(other, Asserted)
        return self.text == other.text

    __hash__ = Base.__hash__


# -- in one expression ----------------------------------------------------------------------------


class Anded(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Anded) and self.text == other.text

    __hash__ = Base.__hash__


class Ored(Base):
    def __eq__(self, other: object) -> bool:
        return (isinstance(other, Ored) and self.text == other.text) or (
            isinstance(other, str) and self.text == other
        )

    __hash__ = Base.__hash__


class OredNot(Base):
    def __eq__(self, other: object) -> bool:
        return not (not isinstance(other, OredNot) or self.text != other.text)

    __hash__ = Base.__hash__


class Ternary(Base):
    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Ternary) else NotImplemented

    __hash__ = Base.__hash__


class IsSame(Base):
    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = Base.__hash__


class Either(Base):
    def __eq__(self, other: object) -> bool:
        return other is self or (isinstance(other, Either) and self.text == other.text)

    __hash__ = Base.__hash__


class Ids(Base):
    def __eq__(self, other: object) -> bool:
        return id(self) == id(other)

    __hash__ = Base.__hash__


# -- by the exact class ---------------------------------------------------------------------------


class TypeIs(Base):
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    __hash__ = Base.__hash__


class TypeIsNot(Base):
    def __eq__(self, other: object) -> bool:
        if type(self) != type(other):
            return False
        return vars(self) == vars(other)

    __hash__ = Base.__hash__


class ClassIs(Base):
    def __eq__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return self.__dict__ == other.__dict__

    __hash__ = Base.__hash__


class OwnClass(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, self.__class__) and self.text == other.text

    __hash__ = Base.__hash__


class ClassCell(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, __class__) and self.text == other.text  # type: ignore[name-defined]

    __hash__ = Base.__hash__


class TypeIn(Base):
    def __eq__(self, other: object) -> bool:
        return type(other) in (TypeIn, str) and self.text == getattr(other, "text", other)

    __hash__ = Base.__hash__


class InTuple(Base):
    def __eq__(self, other: object) -> bool:
        return (type(self), hash(self)) == (type(other), hash(other))

    __hash__ = Base.__hash__


class SubclassOf(Base):
    def __eq__(self, other: object) -> bool:
        return issubclass(type(other), SubclassOf) and hash(self) == hash(other)

    __hash__ = Base.__hash__


# -- match ----------------------------------------------------------------------------------------


class Matched(Base):
    def __eq__(self, other: object) -> bool:
        match other:
            case Matched(text=text) if text == self.text:
                return True
            case Friend() | str():
                return self.text == getattr(other, "text", other)
            case None:
                return self.text == ""
            case _:
                return NotImplemented

    def __hash__(self) -> int:
        return hash(self.text or None)


class MatchedText(Base):
    def __eq__(self, other: object) -> bool:
        match other:
            case str() as text:
                return self.text == text
        return False

    __hash__ = Base.__hash__


class MatchedValue(Base):
    """Whatever is equal to "a" matches, of whichever class."""

    def __eq__(self, other: object) -> bool:
        match other:
            case "a":
                return True
            case _:
                return False

    __hash__ = Base.__hash__


# -- of a base ------------------------------------------------------------------------------------


class Inherited(Guarded): ...


class Refusing(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Refusing, Friend)) and self.text == other.text

    __hash__ = Base.__hash__


class Abstaining(Base):
    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Abstaining) else NotImplemented

    __hash__ = Base.__hash__


class SuperReturned(Refusing):
    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.text == other
        return super().__eq__(other)

    __hash__ = Base.__hash__


class SuperAsked(Refusing):
    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and hash(self) == hash(other)

    __hash__ = Base.__hash__


class SuperAskedInVain(Abstaining):
    """Of NotImplemented a condition says that it is true, up to Python 3.13."""

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) is not False and hash(self) == hash(other)

    __hash__ = Base.__hash__


class SuperOfObject(Base):
    def __eq__(self, other: object) -> bool:
        return super().__eq__(other)

    __hash__ = Base.__hash__


@dataclass(frozen=True)
class Generated:
    text: str = "a"


@dataclass(frozen=True)
class GeneratedToo:
    text: str = "a"


@dataclass(frozen=True)
class GeneratedPart(GeneratedToo):
    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.text == other
        return super().__eq__(other)

    def __hash__(self) -> int:
        return hash(self.text)


class MatchedToo(Base):
    def __eq__(self, other: object) -> bool:
        match other:
            case str():
                return self.text == other
        return False

    __hash__ = Base.__hash__


@dataclass(frozen=True)
class GeneratedOver(MatchedToo):
    """Has a generated `__eq__` in place of the one that it would inherit."""

    text: str = field(default="a")


@functools.total_ordering
class Ordered(Base):
    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ordered) and self.text == other.text

    def __lt__(self, other: Ordered) -> bool:
        return self.text < other.text

    __hash__ = Base.__hash__


# -- with more around it --------------------------------------------------------------------------


class Tried(Base):
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tried):
            return False
        try:
            for left, right in zip(self.text, other.text, strict=True):
                if left != right:
                    return False
        except ValueError:
            return False
        finally:
            self.__dict__.pop("nothing", None)
        return True

    __hash__ = Base.__hash__


class Numeric(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, numbers.Number) and hash(other) == 1

    def __hash__(self) -> int:
        return 1


class Never(Base):
    def __eq__(self, other: object) -> bool:
        return NotImplemented

    __hash__ = Base.__hash__


class Structured(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(other) == {}

    __hash__ = Base.__hash__


# -- what cannot be read --------------------------------------------------------------------------


class Ducks(Base):
    def __eq__(self, other: object) -> bool:
        return self.text == getattr(other, "text", other)

    __hash__ = Base.__hash__


class DucksTried(Base):
    def __eq__(self, other: object) -> bool:
        try:
            return bool(self.text == other.text)  # type: ignore[attr-defined]
        except AttributeError:
            return NotImplemented

    __hash__ = Base.__hash__


class Rebound(Base):
    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            other = Rebound(other)
        return isinstance(other, Rebound) and self.text == other.text

    __hash__ = Base.__hash__


class Walrus(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other := Walrus(str(other)), Walrus) and self.text == other.text

    __hash__ = Base.__hash__


class Local(Base):
    def __eq__(self, other: object) -> bool:
        from builtins import str as Friend

        return isinstance(other, Friend) and self.text == other

    __hash__ = Base.__hash__


class Assigned(Base):
    __eq__ = Ducks.__eq__
    __hash__ = Base.__hash__


def _decorated(function: Any) -> Any:
    return Ducks.__eq__


class Decorated(Base):
    @_decorated
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decorated)

    __hash__ = Base.__hash__


CHOICE = True


class Conditional(Base):
    if CHOICE:
        __eq__ = Ducks.__eq__
    else:

        def __eq__(self, other: object) -> bool:  # type: ignore[misc]
            return isinstance(other, Conditional)

    __hash__ = Base.__hash__


class Everything(Base):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = Base.__hash__


class Sizes(Base):
    """A protocol says nothing of what an open class has."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sized) and len(other) == 1

    __hash__ = Base.__hash__


class Meta(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, str)


class Pretended(metaclass=Meta): ...


class ByMeta(Base):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pretended) and self.text == str(other)

    __hash__ = Base.__hash__


class Parent(Base):
    """A subclass admits more."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parent) and self.text == other.text

    __hash__ = Base.__hash__


class Child(Parent):
    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) is True or self.text == other

    __hash__ = Base.__hash__


NEVER, ADMITTED, UNKNOWN = Kind.NEVER, Kind.ADMITTED, Kind.UNKNOWN

#: What a class is to be judged as against `str`, and against `Friend`.
CLASSES: dict[type[Any], tuple[Kind, Kind]] = {
    **dict.fromkeys(
        (
            *(
                Guarded,
                OfFloats,
                Asserted,
                Anded,
                OredNot,
                Ternary,
                IsSame,
                Either,
                Ids,
                TypeIs,
                TypeIsNot,
            ),
            *(
                ClassIs,
                OwnClass,
                ClassCell,
                InTuple,
                SubclassOf,
                Inherited,
                SuperOfObject,
                Generated,
            ),
            *(GeneratedOver, Ordered, Tried, Numeric, Never, Structured),
        ),
        (NEVER, NEVER),
    ),
    **dict.fromkeys((GuardedFalse, SuperAsked), (NEVER, ADMITTED)),
    **dict.fromkeys((GuardedRaise, Ored, TypeIn, MatchedText, GeneratedPart), (ADMITTED, NEVER)),
    **dict.fromkeys((Inside, Aliased, Matched, SuperReturned), (ADMITTED, ADMITTED)),
    **dict.fromkeys(
        (
            *(MatchedValue, SuperAskedInVain, Ducks, DucksTried, Rebound, Walrus, Local, Assigned),
            *(Decorated, Conditional, Everything, ByMeta, Parent, Child),
        ),
        (UNKNOWN, UNKNOWN),
    ),
    Sizes: (ADMITTED, UNKNOWN),
}

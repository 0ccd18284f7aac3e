"""Types, as they are written, with a hypothesis strategy for the values of each.

The values are few and small on purpose: of 1, "a" and their like every type has its own version, and
whatever can be equal soon is.
"""

from __future__ import annotations

import array
import builtins
import datetime as dt
import ipaddress
import re
import sys
import uuid
from collections import UserString
from decimal import Decimal
from fractions import Fraction
from pathlib import Path, PosixPath, PurePath, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from keyview import Concat, Slice
from tests.mypy.law import classes as c
from tests.mypy.project import TYPESHED_HAS_FROZENDICT

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

ints = st.integers(-1, 2)
texts = st.sampled_from(["", "a", "b", "c", "A", "1", "127.0.0.1", "2020-01-01"])
raws = texts.map(str.encode)
buffers: SearchStrategy[memoryview] = raws.map(memoryview)
floats = st.sampled_from([-1.0, -0.0, 0.5, 1.0, 2.0])
dates = st.sampled_from([dt.date(2020, 1, 1), dt.date(2020, 1, 2)])
moments = st.sampled_from(
    [
        dt.datetime(2020, 1, 1),
        dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2020, 1, 2),
    ]
)
addresses = st.sampled_from([0, 1, 0x7F000001])


def one(*values: object) -> SearchStrategy[Any]:
    return st.sampled_from(values)


def some(kind: type[Any], elements: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.lists(elements, max_size=2).map(kind)


def function(number: int) -> int:
    return number


#: Shared, so that types that are equal by identity meet.
ANIMAL, DOG, CAT, BOTH, CRATE = c.Animal(), c.Dog(), c.Cat(), c.Both(), c.Crate(1)

ZOO: dict[str, SearchStrategy[Any]] = {
    "bool": st.booleans(),
    "int": ints,
    "float": floats,
    "complex": floats.map(complex),
    "Decimal": floats.map(Decimal),
    "Fraction": floats.map(Fraction),
    "c.IntSub": ints.map(c.IntSub),
    "c.UserId": ints,
    "c.OrderId": ints,
    "str": texts,
    "c.Name": texts,
    "c.StrSub": texts.map(c.StrSub),
    "c.CaseInsensitive": texts.map(c.CaseInsensitive),
    "UserString": texts.map(UserString),
    "c.UserStringSub": texts.map(c.UserStringSub),
    "bytes": raws,
    "memoryview": buffers,
    "bytearray": raws.map(bytearray),
    "array.array[int]": raws.map(lambda raw: array.array("B", raw)),
    "None": st.none(),
    "list[int]": some(list, ints),
    "dict[str, int]": st.dictionaries(texts, ints, max_size=1),
    "dict[str, str]": st.dictionaries(one("a", "b"), texts, max_size=2),
    "dict[int, str]": st.dictionaries(ints, texts, max_size=1),
    "c.Film": st.fixed_dictionaries({"a": texts}, optional={"b": texts}),
    "c.Clip": st.fixed_dictionaries({"a": ints}),
    "c.Series": st.fixed_dictionaries({"b": texts}, optional={"a": texts}),
    "set[int]": some(set, ints),
    "frozenset[int]": some(frozenset, ints),
    "frozenset[str]": some(frozenset, texts),
    "frozenset[float]": some(frozenset, floats),
    "frozenset[frozenset[int]]": some(frozenset, some(frozenset, ints)),
    "Set[int]": some(frozenset, ints),
    "tuple[()]": one(()),
    "tuple[int]": st.tuples(ints),
    "tuple[int, int]": st.tuples(ints, ints),
    "tuple[int, str]": st.tuples(ints, texts),
    "tuple[str, int]": st.tuples(texts, ints),
    "tuple[float, float]": st.tuples(floats, floats),
    "tuple[int, ...]": some(tuple, ints),
    "tuple[str, ...]": some(tuple, texts),
    "tuple[int, *tuple[str, ...]]": st.tuples(ints, some(tuple, texts)).map(
        lambda two: (two[0], *two[1])
    ),
    "tuple[*tuple[int, ...], str]": st.tuples(some(tuple, ints), texts).map(
        lambda two: (*two[0], two[1])
    ),
    "tuple[int, *tuple[str, ...], bytes]": st.tuples(ints, some(tuple, texts), raws).map(
        lambda three: (three[0], *three[1], three[2])
    ),
    "tuple[list[int], ...]": some(tuple, some(list, ints)),
    "tuple[object, ...]": some(tuple, ints | texts),
    "tuple[c.Short, int]": st.tuples(texts.map(c.Short), ints),
    "tuple[tuple[int, int], str]": st.tuples(st.tuples(ints, ints), texts),
    "tuple[tuple[Decimal, ...], memoryview]": st.tuples(some(tuple, floats.map(Decimal)), buffers),
    "c.Pair": st.builds(c.Pair, ints, ints),
    "c.NamedEq": ints.map(c.NamedEq),
    "c.NamedEqSub": ints.map(c.NamedEqSub),
    "c.Extent": st.builds(c.Extent, floats, floats),
    "c.Tagged": st.builds(c.Tagged, texts, ints),
    "c.Swapped": st.tuples(ints, ints).map(c.Swapped),
    "Path": texts.map(Path),
    "PurePath": texts.map(PurePath),
    "PosixPath": texts.map(PosixPath),
    "PurePosixPath": texts.map(PurePosixPath),
    "PureWindowsPath": texts.map(PureWindowsPath),
    "dt.date": dates,
    "dt.datetime": moments,
    "dt.time": one(dt.time(0), dt.time(0, tzinfo=dt.UTC)),
    "dt.timedelta": ints.map(dt.timedelta),
    "dt.timezone": one(dt.UTC),
    "uuid.UUID": ints.map(lambda number: uuid.UUID(int=abs(number))),
    "ipaddress.IPv4Address": addresses.map(ipaddress.IPv4Address),
    "ipaddress.IPv6Address": addresses.map(ipaddress.IPv6Address),
    "ipaddress.IPv4Interface": addresses.map(ipaddress.IPv4Interface),
    "ipaddress.IPv6Interface": addresses.map(ipaddress.IPv6Interface),
    "ipaddress.IPv4Network": addresses.map(ipaddress.IPv4Network),
    "ipaddress.IPv6Network": addresses.map(ipaddress.IPv6Network),
    "re.Pattern[str]": texts.map(re.compile),
    "re.Pattern[bytes]": raws.map(re.compile),
    "range": st.builds(range, ints, ints),
    "c.Color": st.sampled_from(c.Color),
    "c.Shape": st.sampled_from(c.Shape),
    "c.Text": st.sampled_from(c.Text),
    "c.OldText": st.sampled_from(c.OldText),
    "c.Number": st.sampled_from(c.Number),
    "c.Bits": st.sampled_from(c.Bits),
    "c.Perm": st.sampled_from(c.Perm),
    "c.Ratio": st.sampled_from(c.Ratio),
    "c.Raw": st.sampled_from(c.Raw),
    "c.Point": st.sampled_from(c.Point),
    "c.Day": st.sampled_from(c.Day),
    "c.Tolerant": st.sampled_from(c.Tolerant),
    "c.Frozen": ints.map(c.Frozen),
    "c.FrozenAlike": ints.map(c.FrozenAlike),
    "c.FrozenSub": ints.map(c.FrozenSub),
    "c.FrozenMore": ints.map(c.FrozenMore),
    "c.PlainSub": ints.map(c.PlainSub),
    "c.ByIdentity": ints.map(c.ByIdentity),
    "c.Mutable": ints.map(c.Mutable),
    "c.Box[int]": ints.map(c.Box),
    "c.Box[float]": floats.map(c.Box),
    "c.Box[str]": texts.map(c.Box),
    "c.Box[c.Short]": texts.map(c.Short).map(c.Box),
    "c.TextBox": texts.map(c.TextBox),
    "c.Crate[int]": one(CRATE),
    "c.Crate[str]": texts.map(c.Crate),
    "c.Animal": one(ANIMAL, DOG, CAT),
    "c.Dog": one(DOG),
    "c.Cat": one(CAT),
    "c.Left": one(BOTH),
    "c.Right": one(BOTH),
    "c.Sealed": st.builds(c.Sealed),
    "c.Closed": st.builds(c.Closed),
    "c.LikeText": texts.map(c.LikeText),
    "c.LikeTextSub": texts.map(c.LikeTextSub),
    "c.SaysInt": ints.map(c.SaysInt),
    "c.Short": texts.map(c.Short),
    "c.Structural": ints.map(c.Structural),
    "c.Host": texts.map(c.Host),
    "Concat[str]": texts.map(Concat),
    "Concat[bytes]": raws.map(Concat),
    "Slice[str]": texts.map(lambda text: Slice(text, 0, None)),
    "Slice[bytes]": raws.map(lambda raw: Slice(raw, 0, None)),
    "c.HasText": texts.map(c.LikeText) | texts.map(c.Host),
    "Literal['a']": one("a"),
    "Literal['b', 'c']": one("b", "c"),
    "Literal[b'a']": one(b"a"),
    "Literal[1]": one(1),
    "Literal[True]": one(True),
    "Literal[1, 'a']": one(1, "a"),
    "Literal[c.Color.RED]": one(c.Color.RED),
    "Literal[c.Color.BLUE]": one(c.Color.BLUE),
    "Literal[c.Text.A]": one(c.Text.A),
    "Literal[c.OldText.C]": one(c.OldText.C),
    "Literal[c.Number.ONE]": one(c.Number.ONE),
    "Literal[c.Bits.R]": one(c.Bits.R),
    "Literal[c.Tolerant.A]": one(c.Tolerant.A),
    "int | str": ints | texts,
    "str | None": texts | st.none(),
    "int | None": ints | st.none(),
    "bytes | list[str]": raws | some(list, texts),
    "tuple[int | str, ...]": some(tuple, ints | texts),
    "object": ints | texts | one(ANIMAL),
    "Hashable": ints | texts,
    "SupportsInt": ints | floats,
    "Sized": texts | raws | some(tuple, ints),
    "Iterable[int]": raws | some(tuple, ints) | some(frozenset, ints),
    "Sequence[str]": texts | some(tuple, texts),
    "type[c.Animal]": one(c.Animal, c.Dog),
    "type[c.Dog]": one(c.Dog),
    "type[c.WithMeta]": one(c.WithMeta),
    "c.Meta": one(c.WithMeta),
    "type[int]": one(int, bool),
    "type": one(int, c.Animal),
    "type[str] | type[bytes]": one(str, bytes),
    "Callable[[int], int]": one(abs, function, int),
    "Callable[..., object]": one(abs, function, str, c.Dog),
    "types.FunctionType": one(function),
    "types.BuiltinFunctionType": one(abs),
    "types.ModuleType": one(re),
}
#: Whether Python and the typeshed of this mypy both have it.
HAS_FROZENDICT = hasattr(builtins, "frozendict") and TYPESHED_HAS_FROZENDICT


def mappings(keys: SearchStrategy[Any], values: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Values of a `frozendict`, which no Python before 3.15 has."""
    return st.dictionaries(keys, values, max_size=1).map(vars(builtins)["frozendict"])


if HAS_FROZENDICT:
    ZOO |= {
        "frozendict[str, int]": mappings(texts, ints),
        "frozendict[str, float]": mappings(texts, floats),
        "frozendict[int, str]": mappings(ints, texts),
        "frozendict[str, str]": mappings(texts, texts),
        "frozendict[str, c.Short]": mappings(texts, texts.map(c.Short)),
        "frozendict[str, list[int]]": mappings(texts, some(list, ints)),
        "tuple[frozendict[str, list[int]], int]": st.tuples(
            mappings(texts, some(list, ints)), ints
        ),
        "MappingProxyType[str, int]": mappings(texts, ints).map(MappingProxyType),
        "Mapping[str, int]": mappings(texts, ints) | st.dictionaries(texts, ints, max_size=1),
    }
if sys.version_info >= (3, 12):
    ZOO["slice[int, int, None]"] = st.builds(slice, ints, ints)

"""The law of the relation: *never* is true of all values, and whatever is called equal can be found.

Every ordered pair of the types of `zoo` is judged, and tried in a dict with many values of the two.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from mypy.build import build
from mypy.modulefinder import BuildSource
from mypy.nodes import FuncDef, TypeInfo
from mypy.options import Options
from mypy.types import CallableType

from keyview.mypy.facts.relation import Kind, Program, Verdict, relate
from keyview.mypy.host.program import Subclasses, set_modules
from keyview.mypy.names import PLUGIN
from tests.mypy.law.equality import CLASSES, Friend, Stranger
from tests.mypy.law.zoo import ZOO
from tests.typing.checkers import SOURCE

if TYPE_CHECKING:
    from mypy.build import BuildResult
    from mypy.nodes import MypyFile
    from mypy.types import Type

PROGRAM = """\
from __future__ import annotations
import array, ipaddress, re, types, uuid
import datetime as dt
from collections import UserString
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set, Sized
from decimal import Decimal
from fractions import Fraction
from pathlib import Path, PosixPath, PurePath, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Literal, SupportsInt
from keyview import Concat, Slice
from tests.mypy.law import classes as c
from tests.mypy.law import equality as e

def zoo({parameters}) -> None: ...
"""
#: The verdicts by which two classes are said to be equal though no value is of both.
EQUAL = (Kind.FAMILY, Kind.VIEWED, Kind.BORROWED)
#: Called equal, and yet not found.
EXCEPTIONS = {
    frozenset({"Path", "PureWindowsPath"}): "a Path of another system would be",
    **{
        frozenset({"c.CaseInsensitive", view}): "its own __eq__ refuses whatever is not a str"
        for view in (
            *("c.Short", "c.Host", "Concat[str]", "Slice[str]"),
            *("UserString", "c.UserStringSub"),
        )
    },
}


#: Before Python 3.13 a subclass of date is equal to the datetimes of its day, though the hashes differ.
DATES = {"c.Day", "dt.datetime"} if sys.version_info < (3, 13) else set()


@cache
def program() -> tuple[dict[str, Type], Program, dict[str, MypyFile]]:
    """The types of the zoo as mypy knows them, and what it knows of the program: one build."""
    texts = [*ZOO, *(f"e.{cls.__name__}" for cls in (*CLASSES, Friend, Stranger))]
    parameters = ", ".join(f"t{number}: {text}" for number, text in enumerate(texts))
    options = Options()
    # What the classes say is noted by the plugin's hooks, which mypy loads for a configuration only.
    options.plugins, options.config_file = [PLUGIN], "pyproject.toml"
    options.cache_dir = os.devnull
    options.disable_bytearray_promotion = options.disable_memoryview_promotion = True
    options.python_executable = sys.executable
    # In site-packages mypy finds keyview, and refuses to be told of it.
    options.mypy_path = [os.curdir] if SOURCE.name == "site-packages" else [str(SOURCE), os.curdir]
    options.namespace_packages = options.explicit_package_bases = True
    source = BuildSource("program.py", "program", PROGRAM.format(parameters=parameters))
    result = build([source], options)
    assert not result.errors, result.errors
    node = result.files["program"].names["zoo"].node
    assert isinstance(node, FuncDef)
    assert isinstance(node.type, CallableType)
    types = dict(zip(texts, node.type.arg_types, strict=True))
    views = result.files["keyview.views"].names
    subclasses = Subclasses()
    judged = Program(
        key_view=_class(views["KeyView"].node),
        borrow=_class(views["Borrow"].node),
        share_subclass=lambda left, right: _share_subclass(result, left, right),
        subclasses=lambda base: subclasses.deciding(result.files.values(), base),
    )
    return types, judged, result.files


def _class(node: object) -> TypeInfo:
    assert isinstance(node, TypeInfo)
    return node


def _share_subclass(result: BuildResult, left: TypeInfo, right: TypeInfo) -> bool:
    classes = result.files["tests.mypy.law.classes"].names.values()
    infos = [symbol.node for symbol in classes if isinstance(symbol.node, TypeInfo)]
    return any(left in info.mro and right in info.mro for info in infos)


@cache
def verdict(query: str, key: str, *, hashed: bool = True) -> Verdict:
    types, judged, modules = program()
    set_modules(modules)  # Another test may have run mypy meanwhile.
    return relate(types[query], types[key], judged.with_hashing(hashed))


@cache
def values(text: str) -> list[Any]:
    """Values of a type of the zoo."""
    drawn: list[Any] = []

    @settings(
        database=None,
        derandomize=True,
        max_examples=60,
        suppress_health_check=list(HealthCheck),
    )
    @given(ZOO[text])
    def draw(value: Any) -> None:
        drawn.append(value)

    draw()
    return drawn


def found(query: str, key: str) -> tuple[Any, Any] | None:
    """A value of the one type that finds a key of the other, with that key, if there is one."""
    keys = {value: value for value in hashable(key)}
    return next(((asked, keys[asked]) for asked in hashable(query) if asked in keys), None)


@cache
def distinct(text: str) -> list[Any]:
    """One of each of the values."""
    return list({repr(value): value for value in values(text)}.values())


@cache
def hashable(text: str) -> list[Any]:
    """The values that can be stored and looked up."""
    return [value for value in values(text) if is_hashable(value)]


def is_hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


@pytest.mark.parametrize("query", ZOO)
def test_never_is_never(query: str) -> None:
    lies = {
        key: found(query, key)
        for key in ZOO
        if verdict(query, key).kind is Kind.NEVER and found(query, key) is not None
    }
    assert lies == {}


@pytest.mark.parametrize("query", ZOO)
def test_never_is_never_in_a_list(query: str) -> None:
    lies = {
        key: pair
        for key in ZOO
        if verdict(query, key, hashed=False).kind is Kind.NEVER
        for pair in product(distinct(query), distinct(key))
        if pair[0] == pair[1] and {query, key} != DATES
    }
    assert lies == {}


@pytest.mark.parametrize("query", ZOO)
def test_what_is_called_equal_is_found(query: str) -> None:
    missing = [
        (key, verdict(query, key).kind)
        for key in ZOO
        if verdict(query, key).kind in EQUAL and found(query, key) is None
        if hashable(key) and frozenset({query, key}) not in EXCEPTIONS
    ]
    assert missing == []


@pytest.mark.parametrize("query", ZOO)
def test_equality_has_no_direction(query: str) -> None:
    one_sided = [
        key
        for key in ZOO
        if all(map(is_hashable, values(query) + values(key)))
        if verdict(query, key).accepted != verdict(key, query).accepted
    ]
    assert one_sided == []

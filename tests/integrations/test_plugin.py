"""The mypy plugin: numpy, pandas, multidict, requests, werkzeug."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import multidict
import numpy as np
import pandas as pd
import pytest
import requests.structures
import werkzeug.datastructures

from tests.typing.checkers import mypy_with_plugin

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    "Decimal": Decimal,
    "dt": dt,
    "multidict": multidict,
    "np": np,
    "pd": pd,
    "requests": requests,
    "werkzeug": werkzeug,
}
IMPORTS = """\
import datetime as dt
from decimal import Decimal
import multidict, requests.structures, werkzeug.datastructures
import numpy as np
import pandas as pd
"""
NOON = "2024, 1, 1, 12"
#: The types of the keys and of the query, a key, a query that is as equal as can be, and whether it is found.
SCALARS = [
    ("int", "np.int64", "1", "np.int64(1)", True),
    ("int", "np.uint8", "1", "np.uint8(1)", True),
    ("float", "np.float32", "0.5", "np.float32(0.5)", True),
    ("Decimal", "np.float64", "Decimal(1)", "np.float64(1)", True),
    ("bool", "np.bool", "True", "np.bool(True)", True),
    ("complex", "np.complex64", "1j", "np.complex64(1j)", True),
    ("np.int32", "int", "np.int32(1)", "1", True),
    ("np.int32", "np.float64", "np.int32(1)", "np.float64(1)", True),
    ("str", "np.str_", "'1'", "np.str_('1')", True),
    ("np.str_", "str", "np.str_('1')", "'1'", True),
    ("bytes", "np.bytes_", "b'1'", "np.bytes_(b'1')", True),
    (
        "tuple[int, str]",
        "tuple[np.int64, np.str_]",
        "(1, '1')",
        "(np.int64(1), np.str_('1'))",
        True,
    ),
    (
        "dt.datetime",
        "np.datetime64",
        f"dt.datetime({NOON})",
        "np.datetime64('2024-01-01T12:00')",
        True,
    ),
    ("dt.timedelta", "np.timedelta64", "dt.timedelta(1)", "np.timedelta64(1, 'D')", True),
    ("dt.datetime", "pd.Timestamp", f"dt.datetime({NOON})", f"pd.Timestamp({NOON})", True),
    ("pd.Timestamp", "dt.datetime", f"pd.Timestamp({NOON})", f"dt.datetime({NOON})", True),
    (
        "pd.Timestamp",
        "np.datetime64",
        f"pd.Timestamp({NOON})",
        "np.datetime64('2024-01-01T12')",
        True,
    ),
    ("pd.Timedelta", "dt.timedelta", "pd.Timedelta(1, 'D')", "dt.timedelta(1)", True),
    ("int", "np.str_", "1", "np.str_('1')", False),
    ("str", "np.int64", "'1'", "np.int64(1)", False),
    ("np.int64", "str", "np.int64(1)", "'1'", False),
    ("int", "np.timedelta64", "1", "np.timedelta64(1, 'D')", False),
    ("int", "np.datetime64", "1", "np.datetime64('1970-01-01')", False),
    ("np.str_", "int", "np.str_('1')", "1", False),
    ("bytes", "np.str_", "b'1'", "np.str_('1')", False),
    ("str", "pd.Timestamp", "'2024-01-01'", "pd.Timestamp('2024-01-01')", False),
    ("pd.Timestamp", "str", "pd.Timestamp('2024-01-01')", "'2024-01-01'", False),
    ("pd.Timestamp", "int", "pd.Timestamp(1)", "1", False),
    ("dt.datetime", "pd.Timedelta", "dt.datetime(1, 1, 1)", "pd.Timedelta(1, 'D')", False),
]
#: The types of the elements of a list and of the query, an element, a query, and whether it is found.
IN_LISTS = [
    ("list[int]", "np.int64", "[1]", "np.int64(1)", True),
    ("np.int64", "list[int]", "np.int64(1)", "[1]", True),
    ("tuple[int]", "np.float32", "(1,)", "np.float32(1)", True),
    ("range", "np.int64", "range(1)", "np.int64(0)", True),
    ("int", "np.timedelta64", "1", "np.timedelta64(1, 'D')", True),
    ("set[int]", "np.int64", "{1}", "np.int64(1)", False),
    ("str", "np.int64", "'1'", "np.int64(1)", False),
]
OPERATIONS = ("m[q]", "m.get(q)", "q in m")

MULTI = "multidict.MultiDict", "multidict.CIMultiDict"
REQUESTS = "requests.structures.CaseInsensitiveDict"
WERKZEUG = "werkzeug.datastructures.Headers"
#: A mapping of `str`, the type of a query, the operations that are refused, and those that raise an error.
HEADERS = [
    *(
        (f"{cls}[str]", "int", {"m[q]", "m.get(q)", "q in m"}, {"m[q]", "m.get(q)"})
        for cls in MULTI
    ),
    *((f"{cls}[str]", "str | None", {"m[q]", "m.get(q)"}, {"m[q]", "m.get(q)"}) for cls in MULTI),
    (f"{REQUESTS}[str]", "int", {*OPERATIONS}, {*OPERATIONS}),
    (f"{REQUESTS}[str]", "str | None", {"m[q]", "m.get(q)"}, {*OPERATIONS}),
    # Its `[]` takes an index, too.
    (WERKZEUG, "int", {"m.get(q)", "q in m"}, {*OPERATIONS}),
    (WERKZEUG, "str | None", {*OPERATIONS}, {*OPERATIONS}),
]
QUERIES = {"int": 7, "str | None": None}


@pytest.fixture(scope="session")
def refused(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    """The lookups that mypy with the plugin refuses, by the types of the mapping and of the query."""
    pairs = [(f"dict[{key}, int]", query) for key, query, *_ in SCALARS]
    pairs += [(mapping, query) for mapping, query, *_ in HEADERS]
    lines = IMPORTS.splitlines()
    places = {}
    for number, (mapping, query) in enumerate(pairs):
        lines.append(f"def lookup_{number}(m: {mapping}, q: {query}) -> None:")
        for operation in OPERATIONS:
            lines.append(f"    {operation}")
            places[len(lines)] = (mapping, query, operation)
    folder = tmp_path_factory.mktemp("plugin")
    program = folder / "program.py"
    program.write_text("\n".join(lines) + "\n", "utf-8")
    return {places[one.line] for one in mypy_with_plugin([program], folder)}


def test_scalars(kv: Any, refused: set[tuple[str, str, str]]) -> None:
    """Scalars of numpy, `pd.Timestamp` and `pd.Timedelta`: what they find is accepted, all else refused."""
    for key_type, query_type, *samples, found in SCALARS:
        key, query = (eval(sample, NAMES) for sample in samples)
        for cls in (kv.HashMap, dict):
            assert (query in cls({key: 0})) is found, (cls, key, query)
        pair = (f"dict[{key_type}, int]", query_type)
        said = {operation for *of, operation in refused if tuple(of) == pair}
        assert said == (set() if found else {*OPERATIONS}), pair


@pytest.mark.filterwarnings("ignore:The 'generic' unit for NumPy timedelta is deprecated")
def test_scalars_in_lists(tmp_path: Path) -> None:
    """Scalars of numpy among sequences, with whose elements they are compared one by one."""
    program = tmp_path / "program.py"
    lines = [
        f"def lookup_{number}(m: list[{element}], q: {query}) -> None: q in m"
        for number, (element, query, *_) in enumerate(IN_LISTS)
    ]
    program.write_text(IMPORTS + "\n".join(lines) + "\n", "utf-8")
    refused = {one.line - IMPORTS.count("\n") for one in mypy_with_plugin([program], tmp_path)}
    for line, (_, _, *samples, found) in enumerate(IN_LISTS, 1):
        element, query = (eval(sample, NAMES) for sample in samples)
        assert (query in [element]) is found, (element, query)
        assert (line not in refused) is found, (element, query)


def test_headers(refused: set[tuple[str, str, str]]) -> None:
    """multidict, requests and werkzeug: a query that is not a `str` is refused, by `in`, too."""
    for mapping, query, errors, raising in HEADERS:
        said = {operation for *pair, operation in refused if pair == [mapping, query]}
        assert said == errors, (mapping, query)
        made = eval(mapping, NAMES)({"a": "b"})
        for operation in OPERATIONS:
            try:
                found = eval(operation, {"m": made, "q": QUERIES[query]})
            except (TypeError, AttributeError, IndexError):
                assert operation in raising, (mapping, query, operation)
            else:
                assert operation not in raising, (mapping, query, operation)
                assert found is False

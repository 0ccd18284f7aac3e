"""pandas, polars, numpy, pyarrow."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

if TYPE_CHECKING:
    from tests.integrations.conftest import Family


def test_silently_wrong(family: Family) -> None:
    """Silently wrong: `pd.DataFrame(m)`, `isin(m)` and `np.array(m)` take only the keys. Write `dict(m)`."""
    for cls in family.maps:
        columns = cls(x=[1, 2], y=[3, 4])
        assert pd.DataFrame(columns).to_numpy().tolist() == [["x"], ["y"]]
        assert pd.DataFrame(dict(columns)).to_dict("list") == columns
        assert pd.DataFrame({"x": [1]}).isin(columns)["x"].tolist() == [False]
        assert pd.DataFrame({"x": [1]}).isin(dict(columns))["x"].tolist() == [True]
        for missing, read in ((cls(x=["1"]), [1.0]), ({"x": ["1"]}, [None])):
            frame = pd.read_csv(StringIO("x,y\n1,2"), na_values=missing)
            assert frame["x"].astype(object).where(frame["x"].notna(), None).tolist() == read
        assert np.array(columns).tolist() == ["x", "y"]


def test_sets(family: Family) -> None:
    """Sets: pandas takes one for a Series and in `isin`; for numpy, as a `set`, it has to be a `list`."""
    for cls in family.sets:
        held = cls([1, 2])
        assert pd.Series(held).tolist() == [1, 2]
        assert pd.Series([2, 3]).isin(held).tolist() == [True, False]
        assert pl.Series([2, 3]).is_in(held).to_list() == [True, False]
        assert np.isin([1, 3], held).tolist() == np.isin([1, 3], {1, 2}).tolist() == [False, False]
        assert np.isin([1, 3], list(held)).tolist() == [True, False]


def test_pandas(family: Family) -> None:
    """Pandas takes a map for a Series, a row, `map`, `replace`, `rename`, `astype`, `agg`; no `fillna`."""
    for cls in family.maps:
        assert (
            pd.Series(cls(a=1, b=2)).to_dict() == cls(pd.Series({"a": 1, "b": 2})) == cls(a=1, b=2)
        )
        assert pd.DataFrame([cls(x=1), cls(x=2)])["x"].tolist() == [1, 2]
        assert pd.Series(["x"]).map(cls(x="y")).tolist() == ["y"]
        assert pd.Series(["z"]).map(cls(x="y", default_factory=str)).isna().tolist() == [True]
        assert pd.Series(["x"]).replace(cls(x="y")).tolist() == ["y"]
        assert type(pd.Series({"x": 1}).to_dict(into=cls)) is cls
        frame = pd.DataFrame({"q": [1]})
        assert frame.rename(columns=cls(q="z")).columns.tolist() == ["z"]
        assert frame.astype(cls(q="float")).dtypes["q"].kind == "f"
        assert frame.agg(cls(q="sum"))["q"] == 1
        assert cls(frame.groupby("q").groups).keys() == {1}
        with pytest.raises(ValueError, match="expected scalar, dict"):
            frame.fillna(cls(q=1))
        with pytest.raises(TypeError, match="dict-like"):
            frame.round(cls(q=1))


def test_polars(family: Family) -> None:
    """Polars takes a map for a frame, a row, and in `replace`; rows come back as dicts."""
    for cls in family.maps:
        assert pl.DataFrame(cls(x=[1, 2])).to_dict(as_series=False) == {"x": [1, 2]}
        rows = pl.DataFrame([cls(x=1), cls(x=2)]).rows(named=True)
        assert [cls(row) for row in rows] == [cls(x=1), cls(x=2)]
        assert pl.Series(["x"]).replace(cls(x="y")).to_list() == ["y"]


def test_numpy(family: Family) -> None:
    """numpy: an array of the values by `np.fromiter`; `np.int64` and `np.str_` find an `int` and a `str`."""
    for cls in family.maps:
        m = cls({1: 2.5, 2: 3.5})
        assert np.fromiter(m.values(), float, len(m)).tolist() == [2.5, 3.5]
        assert cls(zip(*np.unique([3, 1, 3], return_counts=True), strict=True)) == cls({1: 1, 3: 2})
        assert m[np.int64(1)] == m[np.float64(1)] == 2.5
        assert cls(a=1)[np.str_("a")] == 1
        assert cls({np.int64(1): 2})[1] == 2


def test_pandas_keys(family: Family) -> None:
    """A `pd.Timestamp` finds a `datetime`, a `pd.Timedelta` a `timedelta`, and the other way round."""
    stamp, day = dt.datetime(2024, 1, 2, 3), dt.timedelta(days=1)
    for cls in family.maps:
        assert cls({stamp: 1})[pd.Timestamp(stamp)] == cls({pd.Timestamp(stamp): 1})[stamp] == 1
        assert cls({day: 1})[pd.Timedelta(day)] == cls({pd.Timedelta(day): 1})[day] == 1


def test_pyarrow(family: Family) -> None:
    """Pyarrow takes a dict of columns, and the pairs of a map for a cell of a map column."""
    for cls in family.maps:
        columns = cls(x=[1, 2])
        assert cls(pa.table(dict(columns)).to_pydict()) == columns
        with pytest.raises(TypeError, match="python dictionary"):
            pa.table(columns)
        kind = pa.map_(pa.string(), pa.int64())
        [cell] = pa.array([list(cls(a=1).items())], type=kind).to_pylist()
        assert cls(cell) == cls(a=1)

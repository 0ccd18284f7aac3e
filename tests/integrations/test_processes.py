"""dask, multiprocessing, concurrent.futures, joblib, ray, Spark."""

from __future__ import annotations

import multiprocessing
import operator
import os
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dask.bag
import dask.sizeof
import joblib
import pytest
from dask.base import tokenize
from distributed import Client, LocalCluster

from tests.integrations import work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integrations.conftest import Family

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "ecosystem" / "count_log.py"
PAGE = ROOT / "docs" / "ecosystem" / "processes.md"
#: What the page has before its programs for ray and Spark.
BEFORE = """\
from operator import add
from keyview import HashMap

chunks = [["to", "be", "or"], ["not", "to", "be"]]
counts = {"to": 2, "be": 2, "or": 1, "not": 1}
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    # Not by fork: pytest's workers have threads.
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as made:
        yield made


def test_process_pools(kv: Any, pool: ProcessPoolExecutor) -> None:
    """`HashMap.merged(pool.map(HashMap.counted, chunks), add)` counts the whole; lists can be merged, too."""
    counted = kv.HashMap.merged(pool.map(work.counted, work.CHUNKS), operator.add)
    assert type(counted) is kv.HashMap
    assert counted == Counter(work.TEXT)
    grouped = kv.HashMap.merged(pool.map(work.grouped, work.CHUNKS), operator.add)
    assert grouped == kv.HashMap.grouped((len(word), word) for word in work.TEXT)


def test_pickles(family: Family, pool: ProcessPoolExecutor) -> None:
    """Collections go to other processes and back, from one backend to the other."""
    for example in family.examples({"a": 1, "b": 2}):
        returned = pool.submit(operator.itemgetter(0), (example,)).result()
        assert type(returned) is type(example)
        assert returned == example


def test_joblib(kv: Any) -> None:
    """joblib: `Parallel` returns the parts, and `Memory` knows a map that it got before."""
    parts = joblib.Parallel(n_jobs=2, backend="threading")(
        joblib.delayed(work.counted)(chunk) for chunk in work.CHUNKS
    )
    assert kv.HashMap.merged(parts, operator.add) == Counter(work.TEXT)
    assert (
        joblib.hash(kv.HashMap(a=1)) == joblib.hash(kv.HashMap(a=1)) != joblib.hash(kv.HashMap(a=2))
    )


def test_dask_bag() -> None:
    """`dask.bag`: `reduction` and `foldby` on a local cluster of processes."""
    made_of = import_module("keyview").HashMap  # Whichever keyview other tests have put there.
    words = dask.bag.from_sequence(work.TEXT, npartitions=3)
    cluster = LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, protocol="tcp", silence_logs=40
    )
    with cluster, Client(cluster) as client:
        reduced, folded = client.gather(
            client.compute(
                [
                    words.reduction(work.counted, work.merged),
                    words.foldby(len, lambda n, _: n + 1, 0, operator.add, 0),
                ]
            )
        )
    assert type(reduced) is made_of
    assert reduced == Counter(work.TEXT)
    assert made_of(folded) == Counter(map(len, work.TEXT))


def test_dask_sizeof(family: Family) -> None:
    """`dask.sizeof` counts the contents of a collection, and equal ones have one token."""
    for example in family.examples({"x" * 1000 + str(n): n for n in range(1000)}):
        like = dict(example) if type(example) in family.maps else set(example)
        assert 0.7 < dask.sizeof.sizeof(example) / dask.sizeof.sizeof(like) < 2
    for one, same in zip(family.examples({"a": 1}), family.examples({"a": 1}), strict=True):
        assert tokenize(one) == tokenize(same)


def test_a_log(tmp_path: Path) -> None:
    """A log larger than memory is counted by `dask.distributed`, with a progress bar: an example."""
    line = '1.2.3.4 - - [01/Jan/2024:00:00:00 +0000] "GET / HTTP/1.1" {} 512\n'
    codes = [200, 404, 200, 500, 200] * 200
    (tmp_path / "access.log").write_text("".join(map(line.format, codes)), "utf-8")
    done = subprocess.run(
        [sys.executable, EXAMPLE, tmp_path / "access.log", "--block", "20KiB"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[-4:-1] == ["200 600", "404 200", "500 200"]
    assert "100% Completed" in done.stdout


@pytest.mark.skipif(
    not os.environ.get("KEYVIEW_TEST_CLUSTERS"), reason="ray and Spark are large: nox -s clusters"
)
@pytest.mark.parametrize("library", ["ray", "pyspark"])
def test_clusters(library: str) -> None:
    """Ray and Spark, on one machine: the programs of the page, which only `nox -s clusters` runs."""
    [program] = (
        block
        for block in re.findall(r"```text\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
        if re.search(rf"^(import|from) {library}\b", block, re.MULTILINE)
    )
    subprocess.run([sys.executable, "-c", BEFORE + program], check=True)

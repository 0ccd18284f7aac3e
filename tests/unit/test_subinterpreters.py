"""keyview in a subinterpreter that has a GIL of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

INSIDE = """
import gc, os
import keyview
assert keyview.backend == os.environ["KEYVIEW_BACKEND"]
m = keyview.HashMap(a=1)
m.entry("b").or_insert([]).append(m)
for number in range(1000):
    m[number, "key"] = m.entry(number)
assert m.by(keyview.prefixed("a"))[""] == 1
assert len(m) == 1002
try:
    m.reserve(-1)
except ValueError:
    del m
gc.collect()
"""

#: Runs INSIDE in several subinterpreters, one after the other and at once.
OUTSIDE = """
import sys
from threading import Thread
import keyview

def run():
    if sys.version_info >= (3, 14):
        from concurrent import interpreters
        interpreter = interpreters.create()
        interpreter.exec(INSIDE)
        interpreter.close()
        return
    if sys.version_info >= (3, 13):
        import _interpreters
        interpreter = _interpreters.create("isolated")
        failed = _interpreters.exec(interpreter, INSIDE)
    else:
        import _xxsubinterpreters as _interpreters
        interpreter = _interpreters.create(isolated=True)
        failed = _interpreters.run_string(interpreter, INSIDE)
    _interpreters.destroy(interpreter)
    if failed is not None:
        raise ImportError(failed)

def run_and_tell():
    run()
    print("good", flush=True)

run_and_tell()
threads = [Thread(target=run_and_tell) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
keyview.HashMap(a=1).popitem()
"""


@pytest.mark.skipif(sys.version_info < (3, 12), reason="there all interpreters share one GIL")
def test_a_subinterpreter_with_a_gil_of_its_own(kv: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"INSIDE = {INSIDE!r}\n{OUTSIDE}"],
        env={**os.environ, "KEYVIEW_BACKEND": kv.backend},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout.count("good")) == (0, 4), done.stderr

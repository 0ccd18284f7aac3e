"""HashMap has its fast methods because it asks for them, not because it came first."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

PROGRAM = """\
from keyview import HashMap
from keyview._core import Map

class First(Map): ...

First(), HashMap()
print("entry" in vars(First), "entry" in vars(HashMap))
"""


def test_the_class_that_asks_has_methods_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize("given", [int, 5, None])
def test_only_a_class_of_maps_may_ask(given: object) -> None:
    core = importlib.import_module("keyview._core")
    with pytest.raises(TypeError, match="takes a class of maps"):
        core.specialize(given)

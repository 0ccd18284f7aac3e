"""Idioms: what replaces one does the same, and what might not is left alone."""

from __future__ import annotations

import re
from collections import UserDict, defaultdict
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from keyview.cli import main
from keyview.cli.fix.idioms import idioms, rewritten
from tests.cli.conftest import APP

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Check

#: Functions of a map or set and a key, each with what is written instead of its `if`.
SAME = {
    "if k in d: del d[k]": "d.pop(k, None)",
    "if k not in d: d[k] = []": "d.setdefault(k, [])",
    "if k not in d: d[k] = 0": "d.setdefault(k, 0)",
    "if not_k not in d: d[not_k] = None": "d.setdefault(not_k, None)",
    "if 'a' in d: del d['a']": "d.pop('a', None)",
    "if k not in s: s.add(k)": "s.add(k)",
    "if k in s: s.remove(k)": "s.discard(k)",
}
#: Functions that look like them, and are left alone.
OTHER = [
    "if k in d: del d[not_k]",
    "if k not in d: del d[k]",
    "if k in d: d[k] = 1",
    "if k not in d: d[k] = make()",
    "if k in d: del e[k]",
    "if make() in d: del d[make()]",
    "if k in d: del d[k], e[k]",
    "if k not in default: default[k] = []",
    "if k not in typed: typed[k] = []",
    "if k not in anything: anything[k] = []",
    "if k not in maybe: maybe[k] = []",
    "if k in user: del user[k]",
]
HEAD = """\
from collections import UserDict, defaultdict
from typing import Any, TypedDict
class Typed(TypedDict, total=False):
    a: list[int]
def make() -> Any: ...
e: dict[Any, Any] = {}
"""
PARAMETERS = (
    "d: dict[Any, Any], s: set[str], k: str, not_k: str, default: defaultdict[Any, Any], "
    "anything: Any, maybe: dict[Any, Any] | list[Any], user: UserDict[Any, Any], typed: Typed"
)


def program(statements: list[str]) -> str:
    """A function for each statement."""
    functions = []
    for number, statement in enumerate(statements):
        body = re.sub(r"^(if .*?): (.*)$", r"\1:\n        \2", statement)
        functions.append(
            f"def f{number}({PARAMETERS}) -> None:\n    # why\n    {body}\n    print(d)\n"
        )
    return HEAD + "".join(functions)


def test_what_does_the_same_is_written_and_what_might_not_is_left(
    project: Path, cache: Path, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    app = project / "app.py"
    app.write_text(program([*SAME, *OTHER]))
    said = check("app.py", "--idioms")
    assert said.status == 0
    assert re.findall("`(.*)` does so once", said.out) == list(SAME.values())
    assert main(["fix", f"--cache-dir={cache}", "app.py", "--idioms", "--write"]) == 0
    assert app.read_text() == program([*SAME.values(), *OTHER])
    assert f"{len(SAME)} fixes in 1 file written" in capsys.readouterr().out
    app.write_text(APP)
    assert check("app.py", "--idioms") == check("app.py")


def test_a_comment_is_not_lost() -> None:
    assert idioms("if k in d:\n    del d[k]  # why\n")[1] == []


BEFORE: dict[str, Any] = {}
AFTER: dict[str, Any] = {}
exec(program(list(SAME)), BEFORE)
exec(rewritten(*idioms(program(list(SAME)))), AFTER)
KEYS = st.sampled_from("abc")


@given(
    st.integers(0, len(SAME) - 1),
    st.dictionaries(KEYS, st.integers()),
    st.sets(KEYS),
    KEYS,
    KEYS,
)
def test_before_and_after_do_the_same(
    number: int, d: dict[str, int], s: set[str], k: str, not_k: str
) -> None:
    results = []
    for functions in (BEFORE, AFTER):
        arguments: Any = dict(d), set(s), k, not_k, defaultdict(int), None, {}, UserDict({}), {}
        functions["print"] = lambda *_: None
        functions[f"f{number}"](*arguments)
        results.append((list(arguments[0].items()), arguments[1]))
    assert results[0] == results[1]

"""Idioms: what replaces one does the same in fewer lookups, and what might not is left alone.

`idioms.txt` has the cases: statements, an arrow, and what is written instead. Behind the arrow is what the
note says may differ, if the fix is not safe.
"""

from __future__ import annotations

import re
from collections import Counter, UserDict, defaultdict
from copy import deepcopy
from functools import cache as once
from inspect import signature
from pathlib import Path
from textwrap import indent
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyview import HashMap, HashSet, SortedMap, SortedSet
from keyview.cli import main
from keyview.cli.fix.idioms import Source
from keyview.cli.fix.idioms.patterns import STORES
from tests.cli.conftest import APP
from tests.kit.cases import case

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Check


class Idiom(NamedTuple):
    """A case of `idioms.txt`."""

    before: str
    #: What the note says may differ; nothing if the fix is safe.
    unsafe: str
    after: str


def parsed(text: str) -> list[Idiom]:
    """The cases in a text."""
    found = []
    for block in text.strip().split("\n\n"):
        before, unsafe, after = re.split(r"^-> ?(.*)\n", block, flags=re.MULTILINE)
        found.append(Idiom(before.strip(), unsafe, after.strip()))
    return found


IDIOMS = parsed(Path(__file__).with_name("idioms.txt").read_text("utf-8"))
CHANGED = [one for one in IDIOMS if one.before != one.after]

#: The parameters of each function, with a strategy for the argument.
KEYS = st.sampled_from(["a", "b", "aa"])
INTS = st.integers(-2, 2)
COUNTS = st.dictionaries(KEYS, INTS)
GROUPS = st.dictionaries(KEYS, st.lists(INTS, max_size=2))
PARAMETERS: dict[str, tuple[str, st.SearchStrategy[Any]]] = {
    "d": ("dict[str, int]", COUNTS),
    "e": ("dict[str, int]", COUNTS),
    "g": ("dict[str, list[int]]", GROUPS),
    "floats": ("dict[str, float]", st.dictionaries(KEYS, st.sampled_from([0.0, 1.5]))),
    "sets": ("dict[str, set[str]]", st.dictionaries(KEYS, st.sets(KEYS))),
    "pairs": ("dict[tuple[str, str], int]", st.dictionaries(st.tuples(KEYS, KEYS), INTS)),
    "h": ("HashMap[str, int]", COUNTS.map(HashMap)),
    "hg": ("HashMap[str, list[int]]", GROUPS.map(HashMap)),
    "sorted_": ("SortedMap[str, list[int]]", GROUPS.map(SortedMap)),
    "sorted_int": ("SortedMap[str, int]", COUNTS.map(SortedMap)),
    "s": ("set[str]", st.sets(KEYS)),
    "hs": ("HashSet[str]", st.sets(KEYS).map(HashSet)),
    "ss": ("SortedSet[str]", st.sets(KEYS).map(SortedSet)),
    "k": ("str", KEYS),
    "z": ("str", KEYS),
    "x": ("int", INTS),
    "value": ("int", INTS),
    "old": ("int", INTS),
    "own": ("Own", GROUPS.map(lambda groups: SimpleNamespace(d=groups))),
    "default": ("defaultdict[str, list[int]]", st.just(defaultdict(list))),
    "counter": ("Counter[str]", st.just(Counter())),
    "anything": ("Any", st.just({})),
    "maybe": ("dict[str, int] | list[str]", st.just({})),
    "user": ("UserDict[str, int]", st.just(UserDict())),
}
HEAD = """\
from collections import Counter, UserDict, defaultdict
from contextlib import suppress
from typing import Any
from keyview import HashMap, HashSet, SortedMap, SortedSet, entry
def make() -> Any: return []
class Own:
    def __init__(self) -> None: self.d: dict[str, list[int]] = {}
"""


def program(idioms: list[Idiom], body: Callable[[Idiom], str]) -> str:
    """A function for each idiom, which returns `x` if its body returns nothing else."""
    functions = []
    for number, idiom in enumerate(idioms):
        words = {*re.findall(r"\w+", idiom.before), "x"}
        parameters = ", ".join(f"{n}: {typ}" for n, (typ, _) in PARAMETERS.items() if n in words)
        lines = indent(body(idiom), "    ")
        functions.append(f"def f{number}({parameters}) -> object:\n{lines}\n    return x\n")
    return HEAD + "".join(functions)


@pytest.fixture
def fix(project: Path, cache: Path) -> None:
    """`app.py` with all cases."""
    (project / "app.py").write_text(program(IDIOMS, lambda one: one.before))


def test_notes_say_what_is_found_and_what_is_not_safe(fix: None, check: Check) -> None:
    said = check("app.py", "--idioms")
    assert said.status == 0
    lines = said.out.splitlines()
    unsafe = [line for line in lines if "Not safe: " in line]
    wanted = [one.unsafe for one in CHANGED if one.unsafe]
    assert len(unsafe) == len(wanted)
    for line, words in zip(unsafe, wanted, strict=True):
        assert words in line


def test_safe_fixes_are_written_and_others_with_unsafe(
    fix: None, project: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = project / "app.py"
    command = ["fix", f"--cache-dir={cache}", "app.py", "--idioms", "--write"]
    assert main(command) == 0
    said = capsys.readouterr().out
    unsafe = sum(bool(one.unsafe) for one in CHANGED)
    assert f"{unsafe} more fixes with --unsafe, which may do something else" in said
    safe = program(IDIOMS, lambda one: one.before if one.unsafe else one.after)
    assert app.read_text() == safe
    assert main([*command, "--unsafe"]) == 0
    assert app.read_text() == program(IDIOMS, lambda one: one.after)


def test_notes_and_errors_come_by_line(project: Path, check: Check) -> None:
    late = "\ndef late(d: dict[str, int], k: str) -> None:\n    if k in d: del d[k]\n"
    (project / "app.py").write_text(late + APP + late)
    lines = re.findall(
        r"^app\.py:(\d+): (error|note: This)", check("app.py", "--idioms").out, re.MULTILINE
    )
    assert lines == [("3", "note: This"), ("13", "error"), ("16", "note: This")]


def test_a_defaultdict_that_is_only_read_is_reported(project: Path, check: Check) -> None:
    head = "from collections import defaultdict\ndef f(d: defaultdict[str, list[int]]) -> None:\n"
    app = project / "app.py"
    app.write_text(head + "    print(d['a'], d.get('b'))\n    print(d['b'])\n")
    said = check("app.py", "--idioms").out
    assert [line for line in said.splitlines() if STORES in line] == [
        f"app.py:{line}: note: {STORES}" for line in (3, 4)
    ]
    for other in ("d['b'].append(1)", "d['b'] = []", "print(d)", "x = d", "print('a' in d)"):
        app.write_text(f"{head}    print(d['a'])\n    {other}\n")
        with case(other):
            assert STORES not in check("app.py", "--idioms").out


def test_a_builtin_may_have_another_meaning() -> None:
    """Then it is not what the idiom needs, anywhere in the file."""
    for text, taken in {
        "if k not in d:\n    d[k] = set()\n": "set = make\n",
        "try:\n    x = d[k]\nexcept KeyError:\n    x = 1\n": "def f(KeyError): pass\n",
    }.items():
        with case(taken):
            assert Source(text).candidates
            assert not Source(text + taken).candidates


def test_entry_may_have_another_meaning(project: Path, check: Check) -> None:
    app = project / "app.py"
    use = "def f(d: dict[str, list[int]], k: str) -> object: return d.setdefault(k, [len(k)])\n"
    for taken, number in {
        "from keyview import entry\n": 1,
        "from typing import Any\ndef g(entry: Any) -> None: pass\n": 0,
        "from typing import Any\nfrom keyview import entry\ndef g(entry: Any) -> None: pass\n": 0,
    }.items():
        with case(taken):
            app.write_text(taken + use)
            assert check("app.py", "--idioms").out.count("entry(d, k)") == number


def test_a_file_that_cannot_be_read_is_named(project: Path, check: Check) -> None:
    (project / "app.py").write_bytes("# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1"))
    said = check("app.py", "--idioms")
    assert said.status == 0
    assert "app.py: no idioms are looked for, because it cannot be read" in said.err


@once
def functions() -> tuple[dict[str, Any], dict[str, Any]]:
    """The cases before and after."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    exec(program(CHANGED, lambda one: one.before), before)
    exec(program(CHANGED, lambda one: one.after), after)
    return before, after


def state(argument: Any) -> object:
    """An argument, with the order of what is in it."""
    if isinstance(argument, SimpleNamespace):
        return state(argument.d)
    if isinstance(argument, (dict, HashMap, SortedMap, UserDict)):
        return [(key, repr(value)) for key, value in argument.items()]
    return argument if isinstance(argument, (set, str, int)) else list(argument)


def given_to(function: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    """Copies of those arguments that a function has parameters for."""
    return {name: deepcopy(arguments[name]) for name in signature(function).parameters}


def outcome(function: Any, all_arguments: dict[str, Any]) -> object:
    """What a function returns or raises, and the arguments afterwards."""
    arguments = given_to(function, all_arguments)
    result: object
    try:
        result = function(**arguments)
    except Exception as error:
        result = type(error), str(error)
    return repr(result), {name: state(argument) for name, argument in arguments.items()}


@given(st.fixed_dictionaries({name: strategy for name, (_, strategy) in PARAMETERS.items()}))
def test_before_and_after_do_the_same(arguments: dict[str, Any]) -> None:
    before, after = functions()
    for number, idiom in enumerate(CHANGED):
        with case(idiom.before):
            name = f"f{number}"
            assert outcome(before[name], arguments) == outcome(after[name], arguments)


class Counted(str):
    """A key that counts how often it is looked up."""

    __slots__ = ()
    lookups = 0

    def __hash__(self) -> int:
        Counted.lookups += 1
        return super().__hash__()

    def __lt__(self, other: str) -> bool:
        Counted.lookups += 1
        return super().__lt__(other)

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other)


#: Cases with another purpose than fewer lookups.
NOT_FEWER = re.compile(r"try:|return h?g\.setdefault|.*\beach\b|if 'a'|if k not in s: s\.add")


def test_fewer_lookups() -> None:
    counts, groups = {"a": 1}, {"a": [1]}
    others = {
        "d": counts,
        "g": groups,
        "sets": {"a": set()},
        "pairs": {("a", "z"): 1},
        "s": {"a"},
        "h": HashMap(counts),
        "hg": HashMap(groups),
        "sorted_int": SortedMap(counts),
        "sorted_": SortedMap(groups),
        "hs": HashSet("a"),
        "ss": SortedSet("a"),
        "own": SimpleNamespace(d=groups),
        "z": "z",
        "x": 1,
        "value": 1,
        "old": 1,
    }
    for number, idiom in enumerate(CHANGED):
        if NOT_FEWER.match(idiom.before):
            continue
        with case(idiom.before):
            lookups = []
            for which in functions():
                function = which[f"f{number}"]
                Counted.lookups = 0
                for key in (Counted("a"), Counted("c")):
                    function(**given_to(function, {**others, "k": key}))
                lookups.append(Counted.lookups)
            before, after = lookups
            assert after < before

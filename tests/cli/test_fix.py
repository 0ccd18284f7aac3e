"""`keyview fix`: what it changes, what it leaves, and that the new program finds what it looks up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyview.cli import main
from keyview.cli.fix.advice import ADVICE, WITHOUT_FIX
from keyview.mypy.messages import INSTEAD
from tests.kit.cases import case

if TYPE_CHECKING:
    from collections.abc import Callable

#: A function a line: what it takes, where it looks, how, and how when it is fixed; `!` if that is unsafe.
LOOKUPS = """\
query: Path | keys: dict[str, int] | keys.get(query) | keys.get(str(query))
query: Path | keys: dict[str, int] | keys[query / "x"] | keys[str(query / "x")]
query: Path | keys: set[str] | (query  in  keys) | (str(query)  in  keys)
query: str | keys: set[Path] | query not in keys | Path(query) not in keys
query: UUID | keys: dict[str, int] | keys.pop(query, None) | keys.pop(str(query), None)
query: int | keys: list[str] | keys.count(query or 1) | keys.count(str(query or 1))
query: bytearray | keys: set[bytes] | query in keys | bytes(query) in keys
query: list[int] | keys: set[tuple[int, ...]] | query in keys | tuple(query) in keys
query: str | keys: set[UUID] | query in keys | ! uuid.UUID(query) in keys
query: str | keys: dict[int, str] | keys.get(query) | ! keys.get(int(query))
query: float | keys: dict[str, int] | keys.get(query) | ! keys.get(str(query))
query: str | keys: set[bytes] | "a" + query in keys | ! ("a" + query).encode() in keys
query: bytes | keys: set[str] | query in keys | ! query.decode() in keys
query: Path | keys: dict[str, int] | keys[query] or keys[query] | keys[str(query)] or keys[str(query)]
query: Path | keys: set[str] | not(query)in keys | not(str((query)))in keys
query: Path | keys: dict[str, int] | ("é", keys.get(query)) | ("é", keys.get(str(query)))
query: Path | None | keys: dict[str, int] | keys.get(query) | keys.get(query)
query: tuple[Path, int] | keys: set[tuple[str, int]] | query in keys | query in keys
"""
HEAD = "from pathlib import Path\nfrom uuid import UUID\n"


class Case:
    """A line of `LOOKUPS`."""

    def __init__(self, number: int, line: str) -> None:
        *parameter, keys, self.wrong, right = line.rsplit(" | ", 4 - 1)
        self.name = f"f{number}"
        self.head = f"def {self.name}({parameter[0]}, {keys}):"
        self.right = right.removeprefix("! ")
        self.is_unsafe = right.startswith("! ")

    def source(self, expression: str) -> str:
        return f"{self.head.removesuffix(':')} -> object: return {expression}  # {self.name}\n"


CASES = [Case(number, line) for number, line in enumerate(LOOKUPS.splitlines())]


def source(*, safe: bool, unsafe: bool) -> str:
    """The program, with the safe and the unsafe fixes."""
    deleted = "str(query)" if safe else "query"
    return (
        HEAD
        + "".join(
            case.source(case.right if (unsafe if case.is_unsafe else safe) else case.wrong)
            for case in CASES
        )
        + f"def delete(query: Path, keys: dict[str, int]) -> None:\n    del keys[{deleted}]\n"
    )


@pytest.fixture
def fix(project: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What `keyview fix` writes, once it has been seen to end so."""

    def run(status: int, *arguments: str) -> str:
        capsys.readouterr()
        assert main(["fix", f"--cache-dir={cache}", "app.py", *arguments]) == status
        return capsys.readouterr().out

    return run


def test_it_shows_and_then_writes_what_it_can_prove(project: Path, fix: Callable[..., str]) -> None:
    app = project / "app.py"
    before = source(safe=False, unsafe=False)
    app.write_text(before)
    shown = fix(1)
    assert app.read_text() == before
    assert shown.startswith("--- app.py\n+++ app.py\n")
    assert "fixes in 1 file shown; --write writes them\n" in shown
    assert "more fixes with --unsafe, which may do something else\n" in shown
    fix(0, "--write")
    assert app.read_text() == source(safe=True, unsafe=False)
    fix(0, "--write", "--unsafe")
    written = app.read_text().replace("import uuid\n", "").replace("\n\n", "\n")
    assert written == source(safe=True, unsafe=True)
    assert "0 fixes in 0 files" in fix(0)


def test_a_fix_that_mypy_does_not_accept_is_not_made(
    project: Path, fix: Callable[..., str]
) -> None:
    app = project / "app.py"
    (project / "taken.py").write_text("str = 1\n")
    text = (
        "import builtins\nfrom pathlib import Path\nfrom taken import *\n"
        "def f(d: dict[builtins.str, int], p: Path) -> None: d.get(p)\n"
    )
    app.write_text(text)
    shown = fix(0, "--write")
    assert 'app.py: not changed, because mypy would then report: "int" not callable\n' in shown
    assert app.read_text() == text


def test_a_name_with_another_meaning_is_not_written(project: Path, fix: Callable[..., str]) -> None:
    """Though mypy, to which it is Any, accepts it."""
    app = project / "app.py"
    head = "import builtins\nfrom pathlib import Path\nfrom typing import Any\n"
    for text in (
        "def f(d: dict[builtins.str, int], p: Path, str: Any) -> None: d.get(p)\n",
        "def f(d: dict[Path, int], p: str) -> None: d.get(p)\ndef g() -> None: Path: Any = 1\n",
    ):
        with case(text):
            app.write_text(head + text)
            assert "1 error without a fix" in fix(0, "--write")
            assert app.read_text() == head + text


def test_what_is_written_in_another_way_is_kept_or_named(
    project: Path, cache: Path, fix: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    app = project / "app.py"
    source = b"from pathlib import Path\r\ndef f(d: dict[str, int], p: Path) -> None:\r\n\td.get(p)"
    app.write_bytes(b"\xef\xbb\xbf" + source)
    fix(0, "--write")
    assert app.read_bytes() == b"\xef\xbb\xbf" + source.replace(b"(p)", b"(str(p))")
    # Python can read both, LibCST cannot.
    latin = b"# coding: latin-1\r\n# \xe9\r\n"
    form_feed = b"if True:\r\n\x0c    if True:\r\n        x = 1\r\n    x = 2\r\n"
    for start in (latin, form_feed):
        app.write_bytes(start + source)
        assert main(["fix", f"--cache-dir={cache}", "app.py", "--write"]) == 0
        assert "app.py: nothing is fixed, because it cannot be read: " in capsys.readouterr().err
        assert app.read_bytes() == start + source


PATHS = st.sampled_from(["a", "a/b", "b"]).map(Path)
#: What each type is drawn from, and keys for it that may be found.
QUERIES: dict[str, st.SearchStrategy[Any]] = {
    "Path": PATHS,
    "str": st.sampled_from(["a", "b"]),
    "UUID": st.sampled_from([UUID(int=1), UUID(int=2)]),
    "int": st.integers(0, 2),
    "bytearray": st.sampled_from([b"a", b"b"]).map(bytearray),
    "list[int]": st.lists(st.integers(0, 1), max_size=2),
}


@given(st.data())
def test_what_is_fixed_finds_what_was_meant(data: st.DataObject) -> None:
    programs: list[dict[str, Any]] = [{}, {}]
    for program, safe in zip(programs, (False, True), strict=True):
        exec(source(safe=safe, unsafe=False), program)
    case = data.draw(st.sampled_from([case for case in CASES if not case.is_unsafe][:8]))
    kind = case.head.partition("query: ")[2].partition(",")[0]
    query = data.draw(QUERIES[kind])
    stored = {
        "Path": str,
        "str": Path,
        "UUID": str,
        "int": str,
        "bytearray": bytes,
        "list[int]": tuple,
    }
    keys = [stored[kind](each) for each in data.draw(st.lists(QUERIES[kind], max_size=3))]
    sought = query / "x" if '"x"' in case.wrong else (query or 1) if "or 1" in case.wrong else query
    is_there = stored[kind](sought) in keys

    def run(program: dict[str, Any]) -> object:
        makers: dict[str, Any] = {"dict": lambda: dict.fromkeys(keys, 7), "set": lambda: set(keys)}
        container = makers.get(case.head.partition("keys: ")[2].partition("[")[0], lambda: keys)()
        try:
            return program[case.name](query, container)
        except (KeyError, TypeError) as error:
            return type(error)

    nothing = run(programs[0])
    if is_there:
        assert run(programs[1]) != nothing
    elif nothing is not TypeError:
        assert run(programs[1]) == nothing


def test_each_advice_is_known() -> None:
    assert set(INSTEAD.values()) == ADVICE.keys() | WITHOUT_FIX
    assert not ADVICE.keys() & WITHOUT_FIX

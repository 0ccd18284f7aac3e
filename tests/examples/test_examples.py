"""The examples do what they say, on every backend, and mypy with the plugin says what they promise."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.typing.checkers import mypy_with_plugin

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.py"))
WRONG_LOOKUPS = next(path for path in EXAMPLES if path.stem == "wrong_lookups")
PROMISED = re.compile(r"# E: (?P<start>.*)$")


@pytest.fixture
def load(kv: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Imports an example again, so that it gets this backend; its tables are not cut."""
    monkeypatch.setenv("COLUMNS", "120")

    def load_example(name: str) -> Any:
        monkeypatch.delitem(sys.modules, f"examples.{name}", raising=False)
        return importlib.import_module(f"examples.{name}")

    return load_example


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_importing_an_example_prints_nothing(
    load: Callable[[str], Any], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(load(name).main)
    assert capsys.readouterr() == ("", "")


# -- types ----------------------------------------------------------------------------------------


def test_mypy_with_the_plugin_says_what_the_comments_promise(tmp_path: Path) -> None:
    promised = {
        (path.name, number): found["start"]
        for path in EXAMPLES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := PROMISED.search(line))
    }
    diagnostics = mypy_with_plugin(EXAMPLES, tmp_path)
    said = {(c.file.name, c.line): c.message for c in diagnostics}
    assert len(said) == len(diagnostics), "two errors in one line"
    assert said.keys() == promised.keys()
    for place, start in promised.items():
        assert said[place].startswith(start), place
    assert {c.code for c in diagnostics} == {"key-view"}


def test_there_is_a_dozen_of_wrong_lookups_and_each_is_promised(
    load: Callable[[str], Any],
) -> None:
    mistakes = load("wrong_lookups").MISTAKES
    assert len(mistakes) >= 12
    assert WRONG_LOOKUPS.read_text("utf-8").count("  # E: ") == len(mistakes)


# -- wrong_lookups --------------------------------------------------------------------------------


def test_no_wrong_lookup_finds_anything(load: Callable[[str], Any]) -> None:
    wrong_lookups = load("wrong_lookups")
    for mistake in wrong_lookups.MISTAKES:
        found = wrong_lookups.result_of(mistake)
        assert not found or isinstance(found, KeyError), mistake.__name__


# -- labels ---------------------------------------------------------------------------------------


def test_labels(load: Callable[[str], Any], capsys: pytest.CaptureFixture[str]) -> None:
    load("labels").main()
    assert capsys.readouterr().out == (
        "odd: [3, 1, 5]\n"
        "negative: [-1, -9]\n"
        "even: [4, 2, 6]\n"
        "even: [4, 2, 6]\n"
        "there is nothing under prime\n"
    )


# -- short_key ------------------------------------------------------------------------------------


def test_short_key(load: Callable[[str], Any], capsys: pytest.CaptureFixture[str]) -> None:
    load("short_key").main()
    assert capsys.readouterr().out.startswith("HashMap({'_hello': 'world', '_bye': 'now'})\n")


@pytest.mark.parametrize("name", ["EasyShortKey", "ShortKey"])
@pytest.mark.parametrize("rest", ["", "hello", "_hello"])
def test_short_keys_are_lawful_views(load: Callable[[str], Any], name: str, rest: str) -> None:
    view = getattr(load("short_key"), name)(rest)
    key = "_" + rest
    assert view.__key__() == key
    assert hash(view) == hash(key)
    assert view == key
    assert key == view
    assert view != rest
    assert view != key + "!"
    assert view != 1
    assert {key: "found"}[view] == "found"


# -- word_index -----------------------------------------------------------------------------------

TEXTS = {
    "poem.py": b"to be or not to be",
    "deep/er/speech.py": b"be brave, be_kind: 2be or b2",
    "site-packages/installed.py": b"to to to",
    "notes.txt": b"notes to read",
    "[id].html": "le café, 2café".encode(),
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return tmp_path


def test_word_index_counts_every_word_of_every_file(
    load: Callable[[str], Any], texts: Path
) -> None:
    word_index = load("word_index")
    index = word_index.index_of(texts, word_index.text_files(texts, "*.py"))
    # Neither is `2be` a word nor the `be` in it.
    assert {word: dict(files) for word, files in index.postings.items()} == {
        b"be": {"deep/er/speech.py": 1, "poem.py": 2},
        b"brave": {"deep/er/speech.py": 1},
        b"be_kind": {"deep/er/speech.py": 1},
        b"or": {"deep/er/speech.py": 1, "poem.py": 1},
        b"b2": {"deep/er/speech.py": 1},
        b"to": {"poem.py": 2},
        b"not": {"poem.py": 1},
    }
    assert index.totals == {
        b"be": 3,
        b"brave": 1,
        b"be_kind": 1,
        b"or": 2,
        b"b2": 1,
        b"to": 2,
        b"not": 1,
    }
    assert index.words_in == {"deep/er/speech.py": 5, "poem.py": 6}
    assert index.size == len(TEXTS["poem.py"]) + len(TEXTS["deep/er/speech.py"])
    assert index.top(3) == [b"be", b"or", b"to"]
    assert {n: sorted(words) for n, words in index.by_length().items()} == {
        2: [b"b2", b"be", b"or", b"to"],
        3: [b"not"],
        5: [b"brave"],
        7: [b"be_kind"],
    }
    # be, or and be of the poem are in the speech, too.
    assert index.found_elsewhere("poem.py", TEXTS["poem.py"]) == (6, 3)


def test_word_index_prints_its_tables(
    load: Callable[[str], Any], kv: Any, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load("word_index").main([str(texts), "--top", "2"]) == 0
    out, err = capsys.readouterr()
    assert err == "", "no progress bar where nobody looks"
    cells = [re.findall(r"[^│┃\s][^│┃]*[^│┃\s]|[^│┃\s]", line) for line in out.splitlines()]
    assert ["be", "3", "2", "poem.py"] in cells
    assert ["or", "2", "2", "deep/er/speech.py"] in cells
    assert not any(row[:1] == ["to"] for row in cells)
    for row in (
        ["files", "2"],
        ["words", "11"],
        ["different words", "7"],
        ["pairs of word and file", "9"],
        ["commonest length", "2 (4 words)"],
        ["file with most words", "poem.py"],
        ["looked up in its bytes", "6"],
        ["of these in other files too", "3"],
    ):
        assert row in cells
    assert f"with keyview {kv.__version__}, the {kv.backend} backend, on Python" in out


def test_word_index_shows_its_progress_on_a_terminal(
    load: Callable[[str], Any],
    texts: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TTY_INTERACTIVE", "1")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert load("word_index").main([str(texts)]) == 0
    assert "Reading" in capsys.readouterr().err


def test_word_index_shows_the_words_that_are_asked_for(
    load: Callable[[str], Any], texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(texts), "--pattern", "*.txt", "--words", "read", "nowhere"]
    assert load("word_index").main(arguments) == 0
    out = capsys.readouterr().out
    assert re.search(r"read +│ +1 │ +1 │ notes\.txt", out)
    assert re.search(r"nowhere +│ +0 │ +0 │ -", out)


def test_word_index_reads_more_than_ascii_and_shows_names_as_they_are(
    load: Callable[[str], Any], texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(texts), "--pattern", "*.html", "--words", "café"]
    assert load("word_index").main(arguments) == 0
    out = capsys.readouterr().out
    assert re.search(r"café +│ +1 │ +1 │ \[id\]\.html", out)
    assert re.search(r"file with most words +│ +\[id\]\.html", out)


@pytest.mark.parametrize(
    ("arguments", "diagnostic"),
    [
        pytest.param(["deep", "--pattern", "/x"], "--pattern was given '/x'", id="bad-pattern"),
        pytest.param(["nowhere"], "there is no directory", id="missing"),
        pytest.param(["deep", "--pattern", "*.md"], "no words in the *.md files", id="no-text"),
    ],
)
def test_word_index_without_anything_to_read(
    load: Callable[[str], Any],
    texts: Path,
    arguments: list[str],
    diagnostic: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    directory, *options = arguments
    with pytest.raises(SystemExit) as exit_:
        load("word_index").main([str(texts / directory), *options])
    assert exit_.value.code == 2
    assert diagnostic in capsys.readouterr().err


# -- vocabulary -----------------------------------------------------------------------------------


def test_vocabulary_counts_ranks_and_completes(load: Callable[[str], Any], texts: Path) -> None:
    vocabulary = load("vocabulary").vocabulary_of(texts, "*.py")
    assert list(vocabulary.words.items()) == [
        *(("b2", 1), ("be", 3), ("be_kind", 1), ("brave", 1), ("not", 1)),
        *(("or", 2), ("to", 2)),
    ]
    assert [vocabulary.rank(word) for word in ("be", "or", "to", "be_kind", "not")] == [
        *(0, 1, 2, 4, 6)
    ]
    assert vocabulary.completions("be", 2) == ["be", "be_kind"]
    assert vocabulary.completions("x", 2) == []
    assert dict(vocabulary.new_in) == {"deep/er/speech.py": 5, "poem.py": 2}


def test_vocabulary_prints_its_tables(
    load: Callable[[str], Any], texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load("vocabulary").main([str(texts), "--complete", "be", "x"]) == 0
    lines = [line.split("│")[1:-1] for line in capsys.readouterr().out.splitlines() if "│" in line]
    assert [[cell.strip() for cell in line] for line in lines] == [
        ["be", "2", "4", "be (1), be_kind (5)"],
        ["x", "0", "0", "-"],
        ["deep/er/speech.py", "5"],
        ["poem.py", "2"],
    ]


@pytest.mark.parametrize(
    ("directory", "options", "diagnostic"),
    [
        ("absent", [], "there is no directory"),
        (".", ["--pattern", "*.rst"], "no words in the *.rst"),
    ],
)
def test_vocabulary_says_what_is_not_there(
    load: Callable[[str], Any],
    texts: Path,
    directory: str,
    options: list[str],
    diagnostic: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as exit_:
        load("vocabulary").main([str(texts / directory), *options])
    assert exit_.value.code == 2
    assert diagnostic in capsys.readouterr().err

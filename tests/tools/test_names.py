"""The table of names: the page is what the command writes, and no name of ours is missing or made up."""

from __future__ import annotations

import ast
import inspect
from pkgutil import resolve_name
from typing import Any

import keyview
import keyview.testing
from tests.kit.cases import case
from tools import names

DATA = names.data()
ROWS: list[dict[str, Any]] = [row for table in DATA["table"] for row in names.rows_of(table)]
IN_TABLES = {name for row in ROWS for name in row.get("ours", ())}


def public_names() -> set[str]:
    """Every public name, without `keyview.`; `tests/house/test_register.py` sees to methods."""
    found = {name for name in keyview.__all__ if not name.startswith("__")}
    return found | {f"testing.{name}" for name in keyview.testing.__all__}


def test_the_page_is_what_the_command_writes() -> None:
    assert names.PAGE.read_text("utf-8") == names.page()


def test_our_names_exist() -> None:
    for name in IN_TABLES | DATA["elsewhere"].keys():
        with case(name):
            # What an exception's instances have is declared in its class.
            owner, _, last = f"keyview.{name}".rpartition(".")
            declared = last in inspect.get_annotations(resolve_name(owner))
            assert declared or resolve_name(f"keyview.{name}")


def test_every_public_name_is_somewhere_and_in_one_place() -> None:
    assert public_names() - IN_TABLES <= DATA["elsewhere"].keys()
    assert IN_TABLES & DATA["elsewhere"].keys() == set()


def test_a_row_says_what_to_use_or_why_there_is_nothing() -> None:
    for row in ROWS:
        with case(row["name"]):
            assert ("ours" in row) != ("none" in row)
            assert row.keys() <= {"name", "in", "ours", "write", "note", "none"}
            assert "none" not in row or row.keys() <= {"name", "in", "none"}
            assert row["name"]


def test_what_is_to_be_written_is_python() -> None:
    written = [text for row in ROWS for text in row.get("write", ()) if text == names.code(text)]
    assert all(text.startswith(("*", "`")) for text in written)
    for text in {text for row in ROWS for text in row.get("write", ())} - set(written):
        ast.parse(text)


def test_no_name_of_theirs_is_in_a_table_twice() -> None:
    for table in DATA["table"]:
        theirs = [name for row in names.rows_of(table) for name in row["name"]]
        assert len(theirs) == len(set(theirs))

"""Every public method is in the register, the reference, the table of names and the plugin's tables."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keyview.mypy.facts import receivers
from tests.conftest import fresh_keyview
from tests.kit.operations import ALL, FINDS, RANGES, methods
from tools import names

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
#: The names of the parameters that are queries.
QUERIES = {"query", "queries"}


def public_methods(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}


def takes_a_query(method: object) -> bool:
    """Whether the first parameter of a method is a query, which need not be a key."""
    parameters = list(inspect.signature(method).parameters) if callable(method) else []
    return len(parameters) > 1 and parameters[1] in QUERIES


def in_the_reference() -> set[str]:
    pages = (ROOT / "docs" / "reference").glob("*.md")
    pattern = r"^\.\. auto(?:method|property|attribute|states):: ([\w.]+)"
    texts = [page.read_text("utf-8") for page in pages]
    found = {name for text in texts for name in re.findall(pattern, text, re.MULTILINE)}
    of_entries = {name for name in found if "." not in name}  # Of both kinds, by `autostates`.
    return found | {f"{state}.{name}" for state in ("Occupied", "Vacant") for name in of_entries}


def in_the_table_of_names() -> set[str]:
    data = names.data()
    rows = [row for table in data["table"] for row in names.rows_of(table)]
    ours: set[str] = {name for row in rows for name in row.get("ours", ())}
    return ours | set(data["elsewhere"])


def in_the_tables_of_the_plugin(cls: type) -> set[str]:
    """The methods that look up, in the rows of the classes from which `cls` inherits."""
    full_names = {f"{base.__module__}.{base.__qualname__}" for base in cls.__mro__}
    bases = {name.replace("collections.abc.", "typing.") for name in full_names}
    return {method for row in receivers.ROWS if row.base in bases for method in row.methods}


def missing(kv: Any) -> Iterator[str]:
    """What is missing, in words."""
    collections = [name for name in kv.__all__ if name in ALL]
    reference, table = in_the_reference(), in_the_table_of_names()
    for owner in (*collections, *RANGES, "Occupied", "Vacant", "Lookup", "SetLookup"):
        cls = getattr(kv, owner)
        registered = methods(owner)
        for name in sorted(public_methods(cls)):
            method = f"{owner}.{name}"
            if name not in registered:
                yield f"{method} has no row in tests/kit/operations.py"
            if method not in reference:
                yield f"{method} is on no page of docs/reference"
            if method not in table:
                yield f"{method} is in no table of tools/names.toml"
            if takes_a_query(getattr(cls, name)) and not registered.get(name, FINDS) & FINDS:
                yield f"{method} looks up, and its row in tests/kit/operations.py says otherwise"
        for name in sorted(registered.keys() - set(dir(cls))):
            yield f"{owner}.{name} has a row in tests/kit/operations.py, and does not exist"
        if owner in collections:
            listed = set(re.findall(r"`(\w+)`", cls.__doc__ or ""))
            for name in sorted(public_methods(cls) - listed - set(dir(dict)) - set(dir(set))):
                yield f"{owner}.{name} is not in the docstring of {owner}"
            looking_up = {name for name, does in registered.items() if does & FINDS}
            for name in sorted(looking_up - in_the_tables_of_the_plugin(cls)):
                yield f"{owner}.{name} looks up, and is in no row of the plugin's receivers.ROWS"


def test_every_public_method_is_everywhere() -> None:
    with fresh_keyview("pure") as pure:  # Its signatures are those of both.
        assert sorted(missing(pure)) == []

"""Tries what `docs/proof/relation.json` states: whether each lookup really finds its key.

`python -m tools.run_relation` tries the witness of each pair in a dict, and names the pairs that are not as
the file says; the exit status is then 1. With `--program` it prints a Python program with a lookup of each
pair instead, for a type checker. It needs nothing but Python and the file, so that it can be copied.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).parents[1] / "docs" / "proof" / "relation.json"


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--program", action="store_true", help="print a program for a checker")
    arguments = parser.parse_args()
    relation = json.loads(arguments.file.read_text("utf-8"))
    if arguments.program:
        print(program(relation))
        return 0
    wrong = untrue(relation)
    for pair in wrong:
        print(f"{pair['name']}: not as the file says")
    print(f"{len(relation['pairs']) - len(wrong)} of {len(relation['pairs'])} are true")
    return 1 if wrong else 0


def untrue(relation: dict[str, Any]) -> list[dict[str, Any]]:
    """The pairs whose witness says something else than the file."""
    names: dict[str, Any] = {}
    exec(relation["preamble"], names)
    return [pair for pair in relation["pairs"] if finds(pair, names) != pair["witness"]["finds"]]


def finds(pair: dict[str, Any], names: dict[str, Any]) -> bool:
    """Whether the lookup of a pair's witness finds the stored key."""
    stored = eval(pair["witness"]["stored"], names)
    lookup = eval(pair["witness"]["lookup"], {**names, "stored": stored})
    try:
        return lookup in {stored: None}
    except TypeError:
        return False  # It cannot be hashed.


def program(relation: dict[str, Any]) -> str:
    """A program with a function for each pair, and the verdict in a comment."""
    lines = [relation["preamble"]]
    for number, pair in enumerate(relation["pairs"]):
        given = f"keys: dict[{pair['stored']}, int], query: {pair['lookup']}"
        lines.append(f"def pair_{number}({given}) -> None:")
        lines.append(f"    query in keys  # {pair['verdict']}: {pair['name']}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())

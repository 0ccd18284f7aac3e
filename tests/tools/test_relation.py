"""The relation as data: the file is what the command writes, and its witnesses are true."""

from __future__ import annotations

import json

from keyview.mypy.facts.relation import Kind
from tools import relation, run_relation

TEXT = run_relation.FILE.read_text("utf-8")
RELATION = json.loads(TEXT)


def test_the_file_is_what_the_command_writes() -> None:
    assert relation.text() == TEXT


def test_each_witness_is_true_and_each_kind_is_of_the_verdict() -> None:
    assert run_relation.untrue(RELATION) == []
    for pair in RELATION["pairs"]:
        assert Kind[pair["kind"].upper()].accepted == (pair["verdict"] == "accept"), pair
        # What is no matter of taste is the truth.
        is_true = pair["witness"]["finds"] == (pair["verdict"] == "accept")
        assert is_true or pair["by_default"], pair


def test_a_lie_is_found() -> None:
    pair = RELATION["pairs"][0]
    lie = pair | {"witness": pair["witness"] | {"finds": not pair["witness"]["finds"]}}
    assert run_relation.untrue(RELATION | {"pairs": [lie]}) == [lie]


def test_the_program_has_a_lookup_of_each_pair() -> None:
    program = run_relation.program(RELATION)
    compile(program, "pairs.py", "exec")
    assert program.count("query in keys") == len(RELATION["pairs"])

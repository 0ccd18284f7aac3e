"""Large types are judged by few questions: those that are asked are counted."""

from __future__ import annotations

import importlib
import os
from itertools import product
from typing import TYPE_CHECKING

import pytest
from mypy import api
from mypy.nodes import Block, ClassDef, SymbolTable, TypeInfo
from mypy.types import Instance, LiteralType, TupleType, UnionType, get_proper_type

from keyview.mypy.facts import relation
from keyview.mypy.facts.relation import Kind
from keyview.mypy.host.program import set_modules
from tests.mypy.law.equality import CLASSES
from tests.mypy.law.test_law import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mypy.plugin import MethodSigContext
    from mypy.types import FunctionLike, Type

    from keyview.mypy.facts.relation import Program, Verdict
    from keyview.mypy.rules.lookups import Lookups


def literals(prefix: str, fallback: Instance) -> list[Type]:
    return [LiteralType(f"{prefix}{number}", fallback) for number in range(400)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Type]:
    """The queries of all questions from now on."""
    asked: list[Type] = []
    relate = relation.relate

    def noted(query: Type, key: Type, program: Program) -> Verdict:
        asked.append(query)
        return relate(query, key, program)

    monkeypatch.setattr(relation, "relate", noted)
    return asked


def test_literals_are_not_compared_with_one_another(asked: list[Type]) -> None:
    types, judged, _ = program()
    text, pair = get_proper_type(types["str"]), get_proper_type(types["tuple[int, int]"])
    assert isinstance(text, Instance)
    assert isinstance(pair, TupleType)
    some, others = (UnionType(literals(prefix, text)) for prefix in "ab")
    for query, key, kind in (
        (some, some, Kind.SAME),
        (some, others, Kind.NEVER),
        (UnionType([some, get_proper_type(types["None"])]), some, Kind.SAME),
        (pair.copy_modified(items=[some]), pair.copy_modified(items=[some]), Kind.SAME),
        (some, types["str"], Kind.SAME),
    ):
        assert relation.relate(query, key, judged).kind is kind
    assert len(asked) < 50


def test_a_union_finds_what_one_of_its_members_finds() -> None:
    """Of all types with an equality of their own, in unions of three that are neighbours in the list."""
    types, judged, modules = program()
    set_modules(modules)  # Another test may have run mypy meanwhile.
    judged = judged.with_hashing(False)
    own = [typ for name, typ in types.items() if name.startswith(("c.", "e."))]
    is_found = {
        pair: relation.relate(own[pair[0]], own[pair[1]], judged).accepted
        for pair in product(range(len(own)), repeat=2)
    }
    unions = [
        (range(first, first + 3), UnionType(own[first : first + 3]))
        for first in range(0, len(own) - 2, 2)
    ]
    for (asked, query), (stored, key) in product(unions, repeat=2):
        accepted = relation.relate(query, key, judged).accepted
        assert accepted == any(map(is_found.get, product(asked, stored))), (query, key)


def test_classes_with_an_equality_that_can_be_read_are_not_compared_with_one_another(
    asked: list[Type],
) -> None:
    types, judged, modules = program()
    set_modules(modules)
    never = (Kind.NEVER, Kind.NEVER)
    read = [types[f"e.{cls.__name__}"] for cls, kinds in CLASSES.items() if kinds == never]
    some, others = read[: len(read) // 2], read[len(read) // 2 :]
    relation.relate(UnionType(some), UnionType(others), judged.with_hashing(False))
    assert len(asked) < len(some) * len(others) / 2


@pytest.fixture
def judged_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], list[str]]:
    """Checks a program without errors; says which signatures were widened, and "judged" for each query."""
    # As mypy will import it: another test may have a keyview of its own in sys.modules.
    lookups = importlib.import_module("keyview.mypy.rules.lookups")
    relate, widen = lookups.relate, lookups.Lookups.widen
    done: list[str] = []

    def noted(query: Type, key: Type, program: Program) -> Verdict:
        done.append("judged")
        verdict: Verdict = relate(query, key, program)
        return verdict

    def asked(self: Lookups, ctx: MethodSigContext, method: str, instead: None) -> FunctionLike:
        done.append(method)
        signature: FunctionLike = widen(self, ctx, method, instead)
        return signature

    def check(source: str) -> list[str]:
        file, config = tmp_path / "large.py", tmp_path / "mypy.ini"
        file.write_text(source)
        config.write_text("[mypy]\nplugins = keyview.mypy\n")
        output, errors, status = api.run(
            ["--config-file", str(config), "--cache-dir", os.devnull, str(file)]
        )
        assert status == 0, output + errors
        return done

    monkeypatch.setattr(lookups, "relate", noted)
    monkeypatch.setattr(lookups.Lookups, "widen", asked)
    return check


def test_a_call_is_judged_once_though_mypy_checks_it_for_each_member_of_a_union(
    judged_in: Callable[[str], list[str]],
) -> None:
    values = ", ".join(f"'{number}'" for number in range(40))
    done = judged_in(
        "from typing import Literal\n"
        f"def look(d: dict[str, int], q: Literal[{values}, 1], w: Literal[{values}]) -> None:\n"
        "    d.get(q)\n"
        "    d.get(w)\n"
    )
    assert done.count("judged") == 2


def test_most_lookups_need_no_judgement(judged_in: Callable[[str], list[str]]) -> None:
    done = judged_in(
        "from typing import Any\n"
        "def look(d: dict[str, int], e: dict[str, Any], f: dict[Any, int], k: str, a: Any) -> None:\n"
        "    d.get(k), d['a'], k in d, a in d, e.pop(k, None), f.get(k), f[a]\n"
    )
    assert "judged" not in done


def test_only_methods_that_look_something_up_are_claimed(
    judged_in: Callable[[str], list[str]],
) -> None:
    done = judged_in(
        "import sys\n"
        "class Own(dict[str, int]):\n"
        "    def __getitem__(self, key: str) -> int: return 1\n"
        "def look(xs: list[int], pair: tuple[int, str], text: str, own: Own) -> None:\n"
        "    xs[0], pair[1], text[0], 'a' in text, xs.pop(), sys.version_info >= (3, 12), own['a']\n"
        "    {1} < {2}\n"
    )
    assert set(done) == {"__lt__", "judged"}


def plain_classes(letter: str, bases: list[Instance]) -> list[Instance]:
    """120 classes without a word about equality; each inherits from some of the bases, in turn."""
    found: list[Instance] = []
    for number in range(120):
        definition = ClassDef(f"{letter}{number}", Block([]))
        definition.fullname = f"large.{definition.name}"
        info = TypeInfo(SymbolTable(), definition, "large")
        info.bases = [bases[number % len(bases)]]
        info.mro = [info, *info.bases[0].type.mro]
        found.append(Instance(info, []))
    return found


def test_plain_classes_are_not_compared_with_one_another(asked: list[Type]) -> None:
    types, judged, _ = program()
    thing = get_proper_type(types["object"])
    assert isinstance(thing, Instance)
    some, others = (plain_classes(letter, [thing]) for letter in "ab")
    below = plain_classes("c", others)
    one_more = get_proper_type(types["str"])
    for query, key, kind in (
        (some, others, Kind.NEVER),
        (some, [*others, one_more], Kind.NEVER),
        ([*some, one_more], [*others, one_more], Kind.SAME),
        (some, [*others[:7], *below], Kind.NEVER),
        (below, others, Kind.SAME),
        (others, below, Kind.OVERLAPS),
        (some[:1], others, Kind.NEVER),
    ):
        assert relation.relate(UnionType(query), UnionType(key), judged).kind is kind
    assert len(asked) < 300

"""rich, IPython, Jupyter, pprint, pytest, unittest."""

from __future__ import annotations

import pprint
import unittest
from collections import defaultdict
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import pytest
from IPython.core.formatters import HTMLFormatter
from IPython.lib.pretty import pretty
from rich.pretty import pretty_repr

if TYPE_CHECKING:
    from tests.integrations.conftest import Family

LONG = {f"key number {n}": n for n in (3, 1, 2, 4)}


def expected(example: Any, indent: str, *, is_map: bool) -> str:
    """A long collection over several lines, with its elements behind that indent."""
    inside = [f"{k!r}: {v!r}" if is_map else repr(k) for k, v in LONG.items()]
    if "Sorted" in type(example).__name__:
        inside.sort()
    return f",\n{indent}".join(inside)


def test_rich(family: Family) -> None:
    """Rich breaks a long one over lines, in its order, and shortens it if asked to: `__rich_repr__`."""
    for example in family.examples(LONG):
        lines = pretty_repr(example, max_width=60).split("\n")
        assert lines[0] == f"{type(example).__name__}("
        inside = "\n".join(line.strip() for line in lines[2:-2])
        assert inside == expected(example, "", is_map=type(example) in family.maps)
        assert "+2" in pretty_repr(example, max_width=60, max_length=2)
    for cls in family.maps:
        assert pretty_repr(cls()) == f"{cls.__name__}({{}})"
        assert pretty_repr(cls(a=1, default_factory=int)) == repr(cls(a=1, default_factory=int))
        recursive = cls()
        recursive["self"] = recursive
        assert "..." in pretty_repr(recursive)
    for cls in family.sets:
        assert pretty_repr(cls()) == repr(cls())


def test_ipython(family: Family) -> None:
    """IPython breaks a long one over lines, and prints at most 1000 elements: `_repr_pretty_`."""
    for example in family.examples(LONG):
        name = type(example).__name__
        inside = expected(example, " " * (len(name) + 2), is_map=type(example) in family.maps)
        assert pretty(example, max_width=60) == f"{name}({{{inside}}})"
        assert pretty(example, max_seq_length=1).endswith(", ...})")
    for cls in family.maps:
        assert pretty(cls(a=1, default_factory=int)) == repr(cls(a=1, default_factory=int))
        recursive = cls()
        recursive["self"] = recursive
        assert pretty(recursive) == repr(recursive)
    for cls in family.sets:
        assert pretty(cls()) == repr(cls())


def test_notebooks(family: Family) -> None:
    """Jupyter shows a table, escaped, of the first 60 rows: `_repr_html_`."""
    for example in family.examples({"<b>": 1}):
        table = HTMLFormatter()(example)
        assert "<td>&#x27;&lt;b&gt;&#x27;</td>" in table
        assert f"<caption>{type(example).__name__}, 1</caption>" in table
    for example in family.examples({n: n for n in range(100)}):
        assert example._repr_html_().count("<tr>") == 61
        assert "... 40 more" in example._repr_html_()


def test_pprint(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pprint breaks a long one over lines, in its order, after `register()`."""
    printer: Any = pprint.PrettyPrinter
    monkeypatch.setattr(printer, "_dispatch", printer._dispatch.copy())
    import_module("keyview.integrations.pprint").register()
    for example in family.examples(LONG):
        name = type(example).__name__
        inside = expected(example, " " * (len(name) + 2), is_map=type(example) in family.maps)
        assert pprint.pformat(example, width=60) == f"{name}({{{inside}}})"


def test_pytest(family: Family) -> None:
    """Pytest shows what differs if two are compared, or one with a plain `dict` or `set`."""
    [plugin] = entry_points(group="pytest11", name="keyview")
    hook = import_module(plugin.module).pytest_assertrepr_compare
    for cls in family.maps:
        for other in (cls, dict):
            shown = hook("==", cls(a=1, b=2, c=3), other(a=1, b=5, d=4))
            assert shown == [
                f"{cls.__name__} == {other.__name__}",
                "",
                "1 of 3 and 3 pairs are equal",
                "Different values:",
                "  'b': 2 != 5",
                "Only on the left:",
                "  'c': 3",
                "Only on the right:",
                "  'd': 4",
            ]
        assert hook("==", cls(), dict.fromkeys(range(25)))[-1] == "  ... 5 more"
        listed: defaultdict[str, list[int]] = defaultdict(list)
        assert hook("==", cls(a=1), listed)[-2:] == ["Only on the left:", "  'a': 1"]
        assert not listed  # Nothing was stored by the comparison.
        assert hook("==", cls(), []) is None
        assert hook("!=", cls(), {}) is None
    for cls in family.sets:
        assert hook("==", cls([1]), {1, 2})[-2:] == ["Only on the right:", "  2"]
    assert hook("==", {}, {1: 2}) is None


def test_unittest(family: Family) -> None:
    """unittest: `assertEqual` shows what differs after `show_differences(self)`, for example in `setUp`."""
    case = unittest.TestCase()
    import_module("keyview.integrations.unittest").show_differences(case)
    for one, two in zip(family.examples({"a": 1}), family.examples({"b": 1}), strict=True):
        case.assertEqual(one, one)  # noqa: PT009
        with pytest.raises(AssertionError, match=r"Only on the right:\n +'b'"):
            case.assertEqual(one, two)  # noqa: PT009

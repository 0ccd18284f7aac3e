"""`help` shows the same with both backends."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from tools import native_docs


def test_the_header_is_as_the_tool_writes_it() -> None:
    assert native_docs.HEADER.read_text("utf-8") == native_docs.header()


DOCUMENTED = [
    (native_docs.name_of(cls), name)
    for cls in native_docs.CLASSES
    for name, member in vars(cls).items()
    if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
]


@pytest.mark.parametrize(("owner", "name"), DOCUMENTED, ids=".".join)
def test_members(native: Any, owner: str, name: str) -> None:
    cls = getattr(native, {"Map": "HashMap", "Set": "HashSet"}.get(owner, owner))
    pure_class = next(each for each in native_docs.CLASSES if native_docs.name_of(each) == owner)
    member, specified = getattr(cls, name), getattr(pure_class, name)
    assert inspect.getdoc(member) == inspect.getdoc(specified)
    if name != "pop" and callable(member):  # A default that has no value cannot be shown.
        assert parameters(member) == parameters(specified)


def parameters(method: Any) -> list[tuple[str, Any]]:
    """The parameters after self, with their defaults."""
    found = list(inspect.signature(method).parameters.values())[1:]
    return [
        (str(parameter.replace(annotation=parameter.empty)), parameter.kind) for parameter in found
    ]


@pytest.mark.parametrize(
    "name", ["Occupied", "Vacant", "Lookup", "Concat", "Slice", "prefixed", "slices_of"]
)
def test_classes_and_functions(native: Any, name: str) -> None:
    pure: dict[str, object] = {cls.__name__: cls for cls in native_docs.CLASSES}
    pure |= {function.__name__: function for function in native_docs.FUNCTIONS}
    assert inspect.getdoc(getattr(native, name)) == inspect.getdoc(pure[name])

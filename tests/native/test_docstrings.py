"""What `help` says on the native core is what it says on the twin."""

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
    cls = native.HashMap if owner == "Map" else getattr(native, owner)
    twin = next(each for each in native_docs.CLASSES if native_docs.name_of(each) == owner)
    ours, theirs = getattr(cls, name), getattr(twin, name)
    assert inspect.getdoc(ours) == inspect.getdoc(theirs)
    if name != "pop" and callable(ours):  # A default that has no value cannot be shown.
        assert parameters(ours) == parameters(theirs)


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
    twins: dict[str, object] = {twin.__name__: twin for twin in native_docs.CLASSES}
    twins |= {twin.__name__: twin for twin in native_docs.FUNCTIONS}
    assert inspect.getdoc(getattr(native, name)) == inspect.getdoc(twins[name])

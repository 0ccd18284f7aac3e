"""Whether the public interface is typed to the last name, and the corpus speaks of all of it."""

from __future__ import annotations

import pytest

import keyview
import keyview.testing
from tests.typing import corpus
from tests.typing.checkers import incompletely_typed

PUBLIC_DUNDERS = {"__getitem__", "__contains__", "__key__", "__borrow__"}


def members_of(cls: type) -> set[str]:
    """The public members that keyview gives a class."""
    return {
        member
        for base in cls.__mro__
        if base.__module__.startswith("keyview")
        for member in {*vars(base), *vars(base).get("__annotations__", ())}
        if not member.startswith("_") or member in PUBLIC_DUNDERS
    }


CLASSES = [name for name in keyview.__all__ if isinstance(getattr(keyview, name), type)]


@pytest.fixture(scope="module")
def asserted() -> set[str]:
    return corpus.asserted_members()


@pytest.mark.parametrize("cls", CLASSES)
def test_the_corpus_asserts_the_type_of_each_member(cls: str, asserted: set[str]) -> None:
    assert {f"{cls}.{member}" for member in members_of(getattr(keyview, cls))} - asserted == set()


def test_the_corpus_uses_each_public_name() -> None:
    assert {*keyview.__all__, *keyview.testing.__all__} - corpus.names() == set()


def test_pyright_need_not_guess_at_any_public_type() -> None:
    """`pyright --verifytypes`: the type of every public name is known."""
    assert incompletely_typed() == []

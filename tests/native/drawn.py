"""Operations that several modules of operations have: rows of the register, and the algebra of sets."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from tests.kit.operations import constructions, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Operations = dict[str, Callable[[Any], object]]

__all__ = ["algebra", "made", "of_the_whole"]


def of_the_whole(of: str) -> Operations:
    """The rows of a class that take no query."""
    return {
        f"{name}, whole": (lambda s, use=row.call: use(s, 1))  # type: ignore[misc]
        for name, row in whole(of=of).items()
    }


def made(cls: type) -> Operations:
    """The ways to make a set."""
    return {
        f"made, {name}": (lambda s, construct=construct: construct(cls, "x"))  # type: ignore[misc]
        for name, construct in constructions(cls.__name__).items()
    }


def algebra(
    methods: Iterable[str],
    operators: Iterable[str],
    sources: Mapping[str, Callable[[], Any]],
    left: set[Any],
) -> Operations:
    """Each method and operator with each source, and operators with a set on the left."""
    return {
        **{
            f"{name} of a {kind}": (lambda s, name=name, of=of: getattr(s, name)(of()))  # type: ignore[misc]
            for name in methods
            for kind, of in sources.items()
        },
        **{
            f"{name} with a {kind}": (
                lambda s, name=name, of=of: getattr(operator, name)(s, of())  # type: ignore[misc]
            )
            for name in operators
            for kind, of in sources.items()
        },
        **{
            f"set {name} this": (lambda s, name=name: getattr(operator, name)({*left}, s))  # type: ignore[misc]
            for name in ("or_", "and_", "sub", "xor", "le")
        },
    }

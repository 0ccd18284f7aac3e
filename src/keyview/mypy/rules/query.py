"""One query, with all that the rules need to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mypy.types import UnionType

if TYPE_CHECKING:
    from mypy.nodes import Context
    from mypy.plugin import MethodContext
    from mypy.types import ProperType, Type

    from keyview.mypy.facts.receivers import LookupMethod

    Place = tuple[int, int, int | None, int | None, str, int]

__all__ = ["Query"]


@dataclass(frozen=True)
class Query:
    """What is looked up, by which method, and in what."""

    call: MethodContext
    method: str
    #: The members of the receiver's type if that is a union, else itself alone.
    receivers: list[ProperType]
    #: What the method does on each of them.
    methods: list[LookupMethod]
    #: The type of what is looked up.
    type: Type
    #: Which of several things that the same call looks up.
    number: int

    @property
    def context(self) -> Context:
        return self.call.context

    @property
    def place(self) -> Place:
        """Where it stands; not the node, for mypy copies those."""
        at = self.context
        return (at.line, at.column, at.end_line, at.end_column, self.method, self.number)

    @property
    def receiver(self) -> Type:
        return UnionType.make_union(list(self.receivers))

    @property
    def key(self) -> Type:
        return UnionType.make_union([method.key for method in self.methods])

    @property
    def is_own(self) -> bool:
        return any(method.own for method in self.methods)

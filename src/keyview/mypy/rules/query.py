"""Query: a query of the program being checked, with all that the rules need to judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.types import UnionType

if TYPE_CHECKING:
    from mypy.nodes import Context
    from mypy.plugin import MethodContext
    from mypy.types import ProperType, Type

    from keyview.mypy.facts.receivers import LookupMethod

    Place = tuple[int, int, int | None, int | None, str, int]

__all__ = ["Query"]


class Query(NamedTuple):
    """What is looked up, with which method, and in which receiver."""

    call: MethodContext
    method: str
    #: The members of the receiver's type, if the type is a union; else the type alone.
    receivers: list[ProperType]
    #: The method of each receiver.
    methods: list[LookupMethod]
    #: The type of the query.
    type: Type
    #: The type of the collection each element of which is looked up, such as the other set; else None.
    whole: Type | None
    #: The position of the query among several that one call looks up.
    number: int

    @property
    def context(self) -> Context:
        return self.call.context

    @property
    def place(self) -> Place:
        """The position in the file. Not the node, because mypy makes copies of nodes."""
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

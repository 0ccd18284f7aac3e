"""`by(lambda s: ...)`: what a lambda takes is the map's keys, which no signature can say to mypy.

`HashMap.by` is overloaded for it: to pyright the first overload says it. mypy finds that a lambda without
annotations could mean either overload, and takes the result for `Lookup[Any, Any, Any]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.expandtype import expand_type
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import LambdaExpr
from mypy.types import CallableType, Instance

from keyview.mypy import names

if TYPE_CHECKING:
    from mypy.plugin import MethodSigContext
    from mypy.types import FunctionLike

__all__ = ["infer_lambda"]


def infer_lambda(ctx: MethodSigContext) -> FunctionLike:
    """The signature of one overload of `by`; if it is given a lambda, with K where it has A."""
    signature = ctx.default_signature
    given = [argument for arguments in ctx.args for argument in arguments]
    receiver = ctx.type
    if len(given) != 1 or not isinstance(given[0], LambdaExpr):
        return signature
    if not isinstance(receiver, Instance) or not isinstance(signature, CallableType):
        return signature
    base = next((base for base in receiver.type.mro if base.fullname == names.MAP), None)
    if base is None:
        return signature
    key = map_instance_to_supertype(receiver, base).args[0]
    asked = {variable.id: key for variable in signature.variables}
    expanded = expand_type(signature.copy_modified(variables=[]), asked)
    return expanded if isinstance(expanded, CallableType) else signature

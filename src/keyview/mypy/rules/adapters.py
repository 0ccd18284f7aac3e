"""`by(adapter)`: the type that the result is looked up with, which no signature can express.

The parameter of a lambda has the type of the map's keys. That of a function may be a wider type. The
signature of `HashMap.by` can express only the first. For a lambda without annotations, mypy finds that
several overloads match, and infers `Lookup[Any, Any, Any]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.expandtype import expand_type
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import LambdaExpr
from mypy.subtypes import is_subtype
from mypy.types import CallableType, Instance, Type, get_proper_type

from keyview.mypy import names
from keyview.mypy.host.checker import Checker

if TYPE_CHECKING:
    from mypy.nodes import Expression
    from mypy.plugin import MethodSigContext
    from mypy.types import FunctionLike

__all__ = ["infer_asked"]


def infer_asked(ctx: MethodSigContext) -> FunctionLike:
    """The signature of an overload of `by`, made more exact for the adapter of this call."""
    signature = ctx.default_signature
    given = [argument for arguments in ctx.args for argument in arguments]
    receiver = ctx.type
    if (
        len(given) != 1
        or not isinstance(receiver, Instance)
        or not isinstance(signature, CallableType)
    ):
        return signature
    base = next((base for base in receiver.type.mro if base.fullname in names.COLLECTIONS), None)
    if base is None:
        return signature
    key = map_instance_to_supertype(receiver, base).args[0]
    if isinstance(given[0], LambdaExpr):
        return of_a_lambda(signature, key)
    return of_a_function(signature, key, taken_by(given[0], ctx))


def of_a_lambda(signature: CallableType, key: Type) -> CallableType:
    """The signature with the type of the keys in place of the type variable."""
    asked = {variable.id: key for variable in signature.variables}
    expanded = expand_type(signature.copy_modified(variables=[]), asked)
    return expanded if isinstance(expanded, CallableType) else signature


def of_a_function(signature: CallableType, key: Type, taken: Type | None) -> CallableType:
    """The signature with the type that the function takes, if it is wider than the type of the keys."""
    returned = get_proper_type(signature.ret_type)
    if taken is None or not isinstance(returned, Instance) or returned.args[0] != key:
        return signature
    if not is_subtype(key, taken):
        return signature
    return signature.copy_modified(
        ret_type=returned.copy_modified(args=[taken, *returned.args[1:]])
    )


def taken_by(adapter: Expression, ctx: MethodSigContext) -> Type | None:
    """The type of a function's first parameter; None if there is none, or it is generic or overloaded."""
    function = get_proper_type(Checker(ctx.api).type_without_context(adapter))
    if not isinstance(function, CallableType) or function.is_type_obj() or function.variables:
        return None
    first = function.argument_by_position(0)
    return None if first is None else first.typ

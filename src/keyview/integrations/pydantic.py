"""pydantic 2: a collection, or a `Reverse`, as a field. pydantic asks for `__get_pydantic_core_schema__`."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import core_schema

from keyview.integrations._types import as_builtin, builtin_of

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

__all__ = ["schema_of_collection", "schema_of_reverse"]


def schema_of_collection(
    cls: Any, source: Any, handler: GetCoreSchemaHandler
) -> core_schema.CoreSchema:
    """The schema of `cls` with the type arguments of `source`: that of a dict, or of a list of unique items.

    pydantic validates and serializes the contents, so its errors say where they are. A set becomes a list,
    not a `set`, to keep the order.
    """
    builtin = builtin_of(cls)
    inside: Any = handler.generate_schema(as_builtin(source))
    if builtin is list:
        inside["metadata"] = {"pydantic_js_updates": {"uniqueItems": True}}

    def validate(value: Any, validator: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if not isinstance(value, cls):
            return made_of(validator(value))
        made = made_of(validator(builtin(value)))
        if (factory := getattr(value, "default_factory", None)) is not None:
            made.default_factory = factory
        return made

    def made_of(contents: Any) -> Any:
        try:
            return cls(contents)
        except TypeError as error:  # An element has no hash, or two have no order.
            raise ValueError(str(error)) from error

    return _schema(cls, inside, validate, made_of, builtin)


def schema_of_reverse(
    cls: Any, source: Any, handler: GetCoreSchemaHandler
) -> core_schema.CoreSchema:
    """The schema of a `Reverse[K]`: that of its key, which alone is written and read."""
    [key] = get_args(source) or (Any,)

    def validate(value: Any, validator: core_schema.ValidatorFunctionWrapHandler) -> Any:
        return cls(validator(value.key if isinstance(value, cls) else value))

    return _schema(cls, handler.generate_schema(key), validate, cls, attrgetter("key"))


def _schema(
    cls: Any,
    inside: core_schema.CoreSchema,
    validate: core_schema.NoInfoWrapValidatorFunction,
    made_of: Callable[[Any], Any],
    contents_of: Callable[[Any], Any],
) -> core_schema.CoreSchema:
    """The schema of a `cls` that is made of contents with the schema `inside`, and written as them."""

    def serialize(value: Any, serializer: core_schema.SerializerFunctionWrapHandler) -> Any:
        # A union tries each member: what is no `cls` is for another one, or pydantic warns.
        return serializer(contents_of(value) if isinstance(value, cls) else value)

    lax = core_schema.no_info_wrap_validator_function(validate, inside)
    strict = core_schema.chain_schema([core_schema.is_instance_schema(cls), lax])
    # JSON has no HashMap: in strict mode, too, an object of JSON is accepted for one. `inside` has to get it
    # as JSON, in which the key of an int is text; `lax` would give it what Python has read.
    json = core_schema.no_info_after_validator_function(made_of, inside)
    return core_schema.lax_or_strict_schema(
        lax_schema=lax,
        strict_schema=core_schema.json_or_python_schema(json_schema=json, python_schema=strict),
        serialization=core_schema.wrap_serializer_function_ser_schema(serialize, schema=inside),
    )

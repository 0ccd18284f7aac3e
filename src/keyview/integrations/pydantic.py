"""pydantic 2: a collection as the type of a field. pydantic asks `__get_pydantic_core_schema__` for this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

from keyview.integrations._types import as_builtin, builtin_of

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

__all__ = ["core_schema_of"]


def core_schema_of(cls: Any, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
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

    def serialize(value: Any, serializer: core_schema.SerializerFunctionWrapHandler) -> Any:
        # A union tries each member: what is no collection is for another one, or pydantic warns.
        return serializer(builtin(value) if isinstance(value, cls) else value)

    lax = core_schema.no_info_wrap_validator_function(validate, inside)
    strict = core_schema.chain_schema([core_schema.is_instance_schema(cls), lax])
    return core_schema.lax_or_strict_schema(
        lax_schema=lax,
        # JSON has no HashMap: in strict mode, too, an object of JSON is accepted for one.
        strict_schema=core_schema.json_or_python_schema(json_schema=lax, python_schema=strict),
        serialization=core_schema.wrap_serializer_function_ser_schema(serialize, schema=inside),
    )

"""json, orjson, msgspec."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec
import orjson
import pytest

if TYPE_CHECKING:
    from tests.integrations.conftest import Family


def test_written(family: Family) -> None:
    """`default` writes every collection, in all three; `default=dict` is enough for maps alone."""
    module = import_module("keyview.integrations.json")
    writers: list[Any] = [
        lambda value: json.dumps(value, default=module.default).encode(),
        lambda value: orjson.dumps(value, default=module.default),
        lambda value: msgspec.json.encode(value, enc_hook=module.default),
    ]
    for write in writers:
        for example in family.examples({"a": 1, "b": 2}):
            plain = {"a": 1, "b": 2} if type(example) in family.maps else ["a", "b"]
            assert json.loads(write({"x": example})) == {"x": plain}
        with pytest.raises(TypeError) as raised:
            write([object()])
        sentence = raised.value.__cause__ or raised.value  # orjson raises one of its own.
        assert str(sentence).startswith("object is no collection of keyview")
    for cls in family.maps:
        assert json.dumps([cls(a=cls(b=1))], default=dict) == '[{"a": {"b": 1}}]'


def test_read(family: Family) -> None:
    """Objects are read as maps by json with `object_pairs_hook=HashMap`, and as dicts by orjson."""
    for cls in family.maps:
        assert json.loads('{"a": {"b": 1}}', object_pairs_hook=cls) == cls(a=cls(b=1))
        assert cls(orjson.loads('{"a": 1}')) == cls(msgspec.json.decode('{"a": 1}')) == cls(a=1)


def test_msgspec(family: Family) -> None:
    """msgspec: fields of a Struct, nested, through `enc_hook` and `dec_hook`, in JSON and MessagePack."""
    module = import_module("keyview.integrations.msgspec")
    for cls in family.maps:
        struct = msgspec.defstruct("S", [("m", cls[int, cls[str, float]] | None)])
        made = struct(m=cls({1: cls(a=2.0)}))
        for form in (msgspec.json, msgspec.msgpack):
            encoded = form.encode(made, enc_hook=module.enc_hook)
            assert form.decode(encoded, type=struct, dec_hook=module.dec_hook) == made
        with pytest.raises(msgspec.ValidationError, match="Expected `float`, got `str`"):
            msgspec.json.decode('{"m": {"1": {"a": "x"}}}', type=struct, dec_hook=module.dec_hook)
    for cls in family.sets:
        encoded = msgspec.json.encode(cls([2, 1]), enc_hook=module.enc_hook)
        assert msgspec.json.decode(encoded, type=cls[int], dec_hook=module.dec_hook) == cls([2, 1])

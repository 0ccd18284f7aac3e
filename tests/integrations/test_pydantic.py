"""pydantic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, create_model

if TYPE_CHECKING:
    from tests.integrations.conftest import Family

T = TypeVar("T")


def test_fields(family: Family) -> None:
    """Fields: a value is validated and becomes a collection; a map keeps its `default_factory`."""
    for cls in family.maps:
        model = create_model(
            "M", counts=(cls[str, int], ...), nested=(cls[str, cls[int, float]], cls())
        )
        made = model(counts={"a": "1"}, nested={"x": {"2": 3}})
        assert made.counts == cls(a=1)
        assert type(made.counts) is type(made.nested["x"]) is cls
        assert made.nested["x"][2] == 3.0
        assert model(counts=cls(a=1, default_factory=int)).counts.default_factory is int
    for cls in family.sets:
        given = create_model("M", ids=(cls[int], ...))(ids=["2", 1, 2]).ids
        assert type(given) is cls
        assert list(given) == list(cls([2, 1]))


def test_unions(family: Family) -> None:
    """Unions: each member is tried, and a plain `dict` stays one if the union has it."""
    for cls in family.maps:
        either: TypeAdapter[Any] = TypeAdapter(cls[str, int] | dict[str, int] | None)
        assert [type(either.validate_python(v)) for v in (cls(a=1), {"a": 1}, None)] == [
            cls,
            dict,
            type(None),
        ]
        of_keys: TypeAdapter[Any] = TypeAdapter(cls[str, int] | cls[int, str])
        assert of_keys.validate_python({1: "a"}) == cls({1: "a"})
        pairs: TypeAdapter[Any] = TypeAdapter(cls[str, int] | list[tuple[str, int]])
        assert pairs.dump_json([("a", 1)]) == b'[["a",1]]'
    for cls in family.sets:
        text: TypeAdapter[Any] = TypeAdapter(cls[str] | str | dict[str, int])
        assert [text.dump_python(v) for v in ("ab", {"a": 1}, cls("a"))] == ["ab", {"a": 1}, ["a"]]


def test_generics_and_subclasses(family: Family) -> None:
    """Generics: a model's type variables, and subclasses such as `class Ages(HashMap[str, int])`."""
    for cls in family.maps:

        class Page(BaseModel, Generic[T]):
            rows: cls[str, T]  # type: ignore[valid-type]

        class Lists(cls[str, list[T]], Generic[T]):  # type: ignore[valid-type,misc]
            pass

        class Ages(cls[str, int]):  # type: ignore[valid-type,misc]
            pass

        Page.model_rebuild(_types_namespace={"cls": cls, "T": T})
        assert Page[int](rows={"a": "1"}).rows == cls(a=1)
        assert TypeAdapter(Lists[int]).validate_python({"a": ["1"]}) == Lists(a=[1])
        assert type(TypeAdapter(Ages).validate_python({"a": "1"})) is Ages
        with pytest.raises(ValidationError, match="valid integer"):
            TypeAdapter(Ages).validate_python({"a": "x"})


def test_errors_have_positions(family: Family) -> None:
    """Errors: each has the position of the wrong key or value."""
    for cls in family.maps:
        with pytest.raises(ValidationError) as raised:
            TypeAdapter(cls[int, cls[str, int]]).validate_python({1: {"a": "x"}, "k": {}})
        assert [e["loc"] for e in raised.value.errors()] == [(1, "a"), ("k", "[key]")]
    for cls in family.sets:
        with pytest.raises(ValidationError) as raised:
            TypeAdapter(cls[int]).validate_python([1, "x"])
        assert [e["loc"] for e in raised.value.errors()] == [(1,)]
        unfit = create_model("M", ids=(cls[Any], ...))  # They have no hash, and no order.
        with pytest.raises(ValidationError, match="Value error, ") as raised:
            unfit.model_validate_json('{"ids": [{}, {}]}')
        assert [e["loc"] for e in raised.value.errors()] == [("ids",)]


def test_strict(family: Family) -> None:
    """Strict mode: only the collection itself, or JSON."""
    for cls in family.maps:
        adapter: TypeAdapter[Any] = TypeAdapter(cls[str, int])
        assert adapter.validate_python(cls(a=1), strict=True) == cls(a=1)
        assert adapter.validate_json('{"a": 1}', strict=True) == cls(a=1)
        numbers: TypeAdapter[Any] = TypeAdapter(cls[int, int])
        assert numbers.validate_json('{"1": 1}', strict=True) == cls({1: 1})
        with pytest.raises(ValidationError, match=f"instance of {cls.__name__}"):
            adapter.validate_python({"a": 1}, strict=True)
        field: TypeAdapter[Any] = TypeAdapter(Annotated[cls[str, int], Field(strict=True)])
        with pytest.raises(ValidationError, match=f"instance of {cls.__name__}"):
            field.validate_python({"a": 1})


def test_both_ways(family: Family) -> None:
    """Serialization both ways: `model_dump`, `model_dump_json` with `include` and `exclude`, and back."""
    for cls in family.maps:
        model = create_model("M", m=(cls[int, cls[str, bytes]], ...))
        made = model(m={1: {"a": b"x", "b": b"y"}})
        assert made.model_dump() == {"m": {1: {"a": b"x", "b": b"y"}}}
        assert type(made.model_dump()["m"][1]) is dict
        assert made.model_dump(exclude={"m": {1: {"a"}}}) == {"m": {1: {"b": b"y"}}}
        assert model.model_validate_json(made.model_dump_json()) == made
    for cls in family.sets:
        adapter: TypeAdapter[Any] = TypeAdapter(cls[str])
        assert adapter.dump_json(cls(["a", "b"])) == b'["a","b"]'
        assert adapter.validate_json('["a","b"]') == cls(["a", "b"])


def test_json_schema(family: Family) -> None:
    """JSON schema: that of a `dict`, or of an array of unique items."""
    for cls in family.maps:
        assert TypeAdapter(cls[str, int]).json_schema() == TypeAdapter(dict[str, int]).json_schema()
    for cls in family.sets:
        assert TypeAdapter(cls[str]).json_schema() == TypeAdapter(set[str]).json_schema()


def test_lengths(family: Family) -> None:
    """Lengths: `Field(min_length=1)` counts what is stored; the page says how to name it in a JSON schema."""
    for cls in family.maps + family.sets:
        is_map = cls in family.maps
        hint, named = (cls[str, int], "minProperties") if is_map else (cls[str], "minItems")
        field = Field(min_length=2, max_length=3, json_schema_extra={named: 2})
        bounded: TypeAdapter[Any] = TypeAdapter(Annotated[hint, field])
        assert bounded.json_schema()[named] == 2
        some = dict.fromkeys("ab", 1) if is_map else ["a", "b", "b", "a"]
        assert bounded.validate_python(some) == bounded.validate_python(cls(some)) == cls(some)
        for text, error in (("a", "at least 2 items"), ("abcd", "at most 3 items")):
            given = dict.fromkeys(text, 1) if is_map else [*text, *text]
            with pytest.raises(ValidationError, match=f"should have {error} after validation"):
                bounded.validate_python(given)


def test_reverse(kv: Any) -> None:
    """`Reverse`, alone or in a key, is validated and written as its key, in the JSON schema, too."""
    reverse: Any = kv.Reverse
    for hint, plain, text in (
        (reverse[int], 2, b"2"),
        (kv.SortedSet[reverse[int]], [2, 1], b"[2,1]"),
        (kv.SortedMap[reverse[int], str], {2: "b", 1: "a"}, b'{"2":"b","1":"a"}'),
        (kv.SortedSet[tuple[reverse[int], str]], [(2, "b"), (1, "a")], b'[[2,"b"],[1,"a"]]'),
    ):
        adapter: TypeAdapter[Any] = TypeAdapter(hint)
        for made in (adapter.validate_python(plain), adapter.validate_json(text, strict=True)):
            assert made == adapter.validate_python(made, strict=True)
            assert adapter.dump_python(made) == plain
            assert adapter.dump_json(made) == text
    assert adapter.validate_json(text) == kv.SortedSet([(reverse(1), "a"), (reverse(2), "b")])
    assert TypeAdapter(kv.SortedSet[reverse[int]]).json_schema()["items"] == {"type": "integer"}
    with pytest.raises(ValidationError, match="valid integer"):
        TypeAdapter(reverse[int]).validate_python(reverse("x"))


def test_fastapi(family: Family) -> None:
    """FastAPI: request and response models, with the error's position in the response."""
    for cls in family.maps:
        app = FastAPI()
        model = create_model("Counts", counts=(cls[str, int], ...))

        def total(given: Any) -> Any:
            return given.counts | {"total": sum(given.counts.values())}

        total.__annotations__["given"] = model
        app.post("/total", response_model=cls[str, int])(total)
        client = TestClient(app)
        assert client.post("/total", json={"counts": {"a": 1}}).json() == {"a": 1, "total": 1}
        refused = client.post("/total", json={"counts": {"a": "x"}})
        assert refused.status_code == 422
        assert refused.json()["detail"][0]["loc"] == ["body", "counts", "a"]

"""What is not ours stays as it is: a TypedDict's own methods, and local classes with such names."""

from __future__ import annotations

from typing import TypedDict

from typing_extensions import assert_type

from keyview import HashMap


class Movie(TypedDict, total=False):
    title: str
    year: int


def typed_dicts(movie: Movie, plain: dict[str, int]) -> None:
    assert_type(movie.get("title", "?"), str)
    assert_type(movie.get("year"), int | None)
    assert_type(movie.pop("year"), int)
    movie["nothing"]  # E: plugin[typeddict-item]
    plain.get(1)  # E: plugin[call-overload]


def local_classes() -> None:
    class Index(HashMap[str, int]): ...

    class Getter:
        def get(self, key: int) -> int:
            return key

    Index().get(1)  # E: plugin[key-view]
    assert_type(Getter().get(1), int)
    Getter().get("a")  # E: plugin[arg-type]

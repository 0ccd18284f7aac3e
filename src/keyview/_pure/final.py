"""final_class: what a final class written in C is by itself."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

__all__ = ["final_class"]

T = TypeVar("T", bound=type[Any])


def final_class(cls: T) -> T:
    """Show `cls` as keyview's own, wherever it is defined, and refuse to subclass it.

    Pickles then name `keyview.Concat`, which is there on either backend.
    """

    def refuse(_subclass: type[Any], /, **_kwargs: object) -> NoReturn:
        raise TypeError(f"type 'keyview.{cls.__name__}' is not an acceptable base type")

    cls.__module__ = "keyview"
    cls.__init_subclass__ = classmethod(refuse)  # type: ignore[assignment]
    return cls

"""final_class: make a class in Python behave like a final class in C."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

__all__ = ["final_class"]

T = TypeVar("T", bound=type[Any])


def final_class(cls: T) -> T:
    """Set the module of `cls` to `keyview`, and make subclassing it a `TypeError`.

    Pickles then name, for example, `keyview.Concat`, which both backends have.
    """

    def raise_type_error(_subclass: type[Any], /, **_kwargs: object) -> NoReturn:
        raise TypeError(f"type 'keyview.{cls.__name__}' is not an acceptable base type")

    cls.__module__ = "keyview"
    cls.__init_subclass__ = classmethod(raise_type_error)  # type: ignore[assignment]
    return cls

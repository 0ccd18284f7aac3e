"""typeguard: checks the contents of a collection. typeguard finds `checker_lookup` by an entry point."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keyview.integrations._types import arguments_of, builtin_of, is_collection

if TYPE_CHECKING:
    from typeguard import TypeCheckMemo

__all__ = ["checker_lookup"]


def checker_lookup(
    origin: Any, arguments: tuple[Any, ...], extras: tuple[Any, ...], /
) -> Callable[[Any, Any, tuple[Any, ...], TypeCheckMemo], None] | None:
    """The check of a collection; None for other types."""
    return _check if is_collection(origin) else None


def _check(value: Any, origin: Any, arguments: tuple[Any, ...], memo: TypeCheckMemo) -> None:
    """Check the class of `value`, and as many elements as typeguard's `collection_check_strategy` says."""
    # Imported here: typeguard imports this module while typeguard is being imported.
    from typeguard import TypeCheckError, check_type_internal

    if not isinstance(value, origin):
        raise TypeCheckError(f"is not an instance of {origin.__module__}.{origin.__qualname__}")
    hints = arguments_of(origin[arguments] if arguments else origin)
    if not hints:
        return
    is_map = builtin_of(origin) is dict
    samples = memo.config.collection_check_strategy.iterate_samples(
        value.items() if is_map else value
    )
    for sample in samples:
        parts = sample if is_map else (sample,)
        names = (
            (f"key {parts[0]!r}", f"value of key {parts[0]!r}") if is_map else (f"[{sample!r}]",)
        )
        for part, hint, name in zip(parts, hints, names, strict=True):
            try:
                check_type_internal(part, hint, memo)
            except TypeCheckError as error:
                error.append_path_element(name)
                raise

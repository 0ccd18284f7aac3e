"""The exception classes of keyview. Other errors are Python's own: KeyError, TypeError and so on."""

from __future__ import annotations

import copyreg
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from keyview._backend import (
        Occupied,
    )  # At run time, _backend sets this name, for get_type_hints.

__all__ = ["KeyViewError", "OccupiedError", "OrderError", "StaleEntryError"]


class StaleEntryError(RuntimeError):
    """An entry was used that is no longer valid, because the map has changed.

    An `Occupied` entry is valid while its key is present, a `Vacant` entry while its key is absent. If a
    key is removed and stored again, its `Occupied` entry is valid again. An entry that was consumed by
    `remove` or `remove_entry` is stale for good. The map is unchanged. In Rust the borrow checker finds
    such code at compile time.

    >>> m = HashMap({"a": 1})
    >>> found = m.get_entry("a")
    >>> assert found is not None
    >>> del m["a"]
    >>> found.value
    Traceback (most recent call last):
    ...
    keyview.errors.StaleEntryError: this Occupied entry is for the key 'a', which is no longer in \
the map; ask the map for a new entry
    """


class OccupiedError(KeyError):
    """`try_insert` was asked to store under a key that already holds a value.

    `entry` is the `Occupied` entry of that key, and `value` is the value that was not stored, as in
    Rust's `OccupiedError`. The map is unchanged.

    The error can be pickled and deeply copied, for example by a process pool. The copy has the key,
    `value` and message, but no entry.

    >>> m = HashMap({"a": 1})
    >>> try:
    ...     m.try_insert("a", 2)
    ... except OccupiedError as error:
    ...     print(error.entry.value, error.value)
    1 2
    """

    value: Any

    def __init__(
        self, entry: Occupied[Any, Any], value: object, key: object, taken_by: object
    ) -> None:
        super().__init__(key)
        self.value = value
        self._entry: Occupied[Any, Any] | None = entry
        # Kept here, because another thread may make the entry stale.
        self._key, self._taken_by = key, taken_by
        #: The message of a copy, which has no entry; None for an error that is no copy.
        self._message: str | None = None

    @property
    def entry(self) -> Occupied[Any, Any]:
        """The `Occupied` entry of the key. Raises `StaleEntryError` if this error is a pickled or deep copy.

        >>> m = HashMap({"a": 1})
        >>> try:
        ...     m.try_insert("a", 2)
        ... except OccupiedError as error:
        ...     error.entry.value = error.value
        >>> m
        HashMap({'a': 2})
        """
        if self._entry is None:
            raise StaleEntryError(
                f"this OccupiedError for the key {self._key!r} was pickled or copied, and its entry "
                f"stayed with the map; ask the map for a new entry"
            )
        return self._entry

    def __str__(self) -> str:
        if self._message is not None:
            return self._message
        return (
            f"try_insert was asked to store {self.value!r} under {self._key!r}, which already holds "
            f"{self._taken_by!r}; use insert to replace the value"
        )

    def __copy__(self) -> Self:
        made = type(self).__new__(type(self), *self.args)
        made.__dict__.update(self.__dict__)
        return made

    def __reduce__(self) -> tuple[Any, tuple[Any, ...], dict[str, Any]]:
        lost = {"_entry": None, "_taken_by": None, "_message": OccupiedError.__str__(self)}
        return copyreg.__newobj__, (type(self), *self.args), {**self.__dict__, **lost}  # type: ignore[attr-defined]


class KeyViewError(ValueError):
    """A view broke its law when a key was about to be stored through it.

    The law: `hash(view) == hash(view.__key__())`, `view == view.__key__()`, and `__key__` returns
    an owned key, not another view. The message carries both hashes. The map is unchanged.

    >>> class Broken(KeyView[str]):
    ...     def __key__(self) -> str:
    ...         return "key"
    ...     def __hash__(self) -> int:
    ...         return 1
    ...     def __eq__(self, other: object) -> bool:
    ...         return other == "key"
    >>> m: HashMap[str, int] = HashMap()
    >>> m.entry(Broken()).or_insert(1)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    keyview.errors.KeyViewError: <...Broken object at ...> stands for 'key' but hashes to 1, \
not ...; let __hash__ return hash(self.__key__())
    """


class OrderError(ValueError):
    """A key that has no place in the order was about to be stored in a sorted map or set.

    The key is neither less than, equal to nor greater than the key beside which it would stand, which can
    happen with NaN and `frozenset`; or it is not equal to itself. The message names both keys. Nothing is
    changed. A lookup never raises this error: it finds nothing.

    >>> SortedSet([1.0, float("nan")])
    Traceback (most recent call last):
    ...
    keyview.errors.OrderError: nan is neither less than, equal to nor greater than 1.0; give keys that can \
all be compared, such as numbers without NaN
    """

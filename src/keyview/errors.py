"""Every exception that keyview raises and Python does not already have."""

from __future__ import annotations

import copyreg
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from keyview._backend import Occupied  # Which puts it here at run time, for get_type_hints.

__all__ = ["KeyViewError", "OccupiedError", "StaleEntryError"]


class StaleEntryError(RuntimeError):
    """An entry was used although what it says is no longer true.

    An `Occupied` is good while its key is present and a `Vacant` while its key is absent; a key
    that is removed and stored again makes its `Occupied` good again. An entry that was consumed by
    `remove` or `remove_entry` is stale for good. Rust's borrow checker refuses all of this at
    compile time; here it is an error, and the map is unchanged.

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

    `entry` is the `Occupied` entry that stands in the way and `value` is the value that was not
    stored, as in Rust's `OccupiedError`. The map is unchanged.

    A process pool hands it on: pickled or deeply copied it keeps its key, `value` and message, but the
    entry stays with its map.

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
        # As they were found, because another thread may have made the entry stale by now.
        self._key, self._taken_by = key, taken_by
        #: What a copy says, which has no entry and need not have what is stored.
        self._message: str | None = None

    @property
    def entry(self) -> Occupied[Any, Any]:
        """The entry that stands in the way. A copy that has none raises `StaleEntryError`.

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

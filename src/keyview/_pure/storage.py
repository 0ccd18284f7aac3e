"""Storage: what entries ask of whatever holds the pairs. Read this first.

`hash_storage` is the storage of a `HashMap`, `foreign_storage` that of a mapping of the user's: a `dict`,
`os.environ`, a class of one's own. `entry` is written against the two protocols here, so entries do the same
over each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyview._sentinels import Missing

__all__ = ["Place", "Storage"]

K = TypeVar("K")
V = TypeVar("V")
K_co = TypeVar("K_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)


class Place(Protocol[K_co, V_co]):
    """Where a storage has a pair. Whoever holds a place may read these, and compare nothing."""

    @property
    def hash(self) -> int:
        """The hash with which the key was found; 0 in a storage that needs none."""
        ...

    @property
    def key(self) -> K_co:
        """The key."""
        ...

    @property
    def value(self) -> V_co:
        """The value, as it was when the storage was last asked about the place."""
        ...


class Storage(Protocol[K, V]):
    """Pairs that are looked up by a query and its hash.

    Foreign code may run within each of these methods, so what one of them says may be different by the time
    that it is used: a method that changes a pair tells whether the pair was still there.
    """

    @property
    def default_factory(self) -> Callable[[], V] | None:
        """What makes the value of a key that is absent, if there is such a thing."""
        ...

    def probe(self, query: object, hash_: int, seen: Any = (), /) -> tuple[Place[K, V] | None, Any]:
        """Where `query` is found, if it is, and what was seen on the way.

        What was seen means something to the storage alone. Handed in again, it saves the storage work.
        """
        ...

    def holds(self, place: Any, /) -> bool:
        """Whether the pair is still there, as far as that is known without running foreign code."""
        ...

    def find_again(self, place: Any, /) -> Place[K, V] | None:
        """Where the key of `place`, which `holds` does not vouch for, is now."""
        ...

    def find_or_add(
        self, query: Any, hash_: int, value: V, seen: Any = (), /
    ) -> tuple[Place[K, V], bool]:
        """Where `query` is found, or else a new pair with `value`; and whether the pair is new.

        A view's key is built only if a pair is added. Raises `KeyViewError` if the view is unlawful.
        """
        ...

    def discard(self, place: Any, /) -> bool:
        """Remove the pair; the place then has what was removed. False if it was no longer there."""
        ...

    def swap(self, place: Any, value: V, /) -> V | Missing:
        """Replace the value; the old one, or MISSING if the pair was no longer there."""
        ...

    def admit(self, place: Any, key: K, /) -> K:
        """The key to store in place of that of `place`, which must be equal.

        Raises `ValueError` if they are not, `TypeError` if the storage cannot replace keys.
        """
        ...

    def swap_key(self, place: Any, key: K, /) -> K | Missing:
        """Replace the key by one that was admitted; the old one, or MISSING as in `swap`."""
        ...

"""KeyView and Borrow: the two ways to say that one object can find a key that is another.

A dict finds a key by two questions, asked of the lookup: what is your hash, and are you equal to
this key. Nothing in them demands that the lookup *is* a key. `KeyView` is declared by the class you
look up with, `Borrow` by the class of the stored keys; either promise is the same law.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from keyview.errors import KeyViewError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Borrow", "KeyView", "is_view", "owned_key"]

K_co = TypeVar("K_co", covariant=True)
Q = TypeVar("Q")


@runtime_checkable
class KeyView(Protocol[K_co]):
    """A lookup that stands for exactly one key of type `K`, without being it.

    Subclass it and write `__key__`; `__hash__` and `__eq__` follow from it, at the price of building
    the key at each lookup. Override both, together, to look up without building anything. A class
    that has the three methods is a view without subclassing, too.

    The law, for a view `v` and any key `k`: ``hash(v) == hash(v.__key__())``, and ``v == k`` exactly
    when ``v.__key__() == k``. `keyview.testing.check_view` checks it in your own tests. Two traps:
    ``@dataclass(frozen=True)`` replaces both methods in silence (write ``eq=False``), and a
    `NamedTuple` base brings its own.

    When a key is stored through a view, the built key is hashed once more, to check the law.

    A view works in a `HashMap` and in a plain `dict`, `set` or `Counter`, also inside a tuple. A
    `HashMap` never stores one: it stores the key.

    It is hashbrown's ``Q: Equivalent<K>``, which is Rust's `Borrow` told from the lookup's side.

    >>> class ShortKey(KeyView[str]):
    ...     def __init__(self, rest: str) -> None:
    ...         self.rest = rest
    ...     def __key__(self) -> str:
    ...         return "_" + self.rest
    >>> HashMap({"_hello": 1})[ShortKey("hello")]
    1
    """

    __slots__ = ()

    @abstractmethod
    def __key__(self) -> K_co:
        """Build the key that this view stands for (Rust's `to_owned`): an owned key, not a view."""
        raise NotImplementedError

    def __hash__(self) -> int:
        return hash(self.__key__())

    def __eq__(self, other: object, /) -> bool:
        return self.__key__() == other


# Invariant, though only returned: what a key may be found by is the Q it declares, and no other type.
@runtime_checkable
class Borrow(Protocol[Q]):  # type: ignore[misc]  # pyright: ignore[reportInvalidTypeVarUse]
    """What a stored key's class declares when its keys may also be found by a `Q`.

    Subclass it and write `__borrow__`; `__hash__` and `__eq__` follow from it. The law, for a key
    `k` and any lookup `q` of type `Q`: ``hash(k) == hash(k.__borrow__())``, and ``k == q`` exactly
    when ``k.__borrow__() == q``. `keyview.testing.check_borrow` checks it.

    It is Rust's ``K: Borrow<Q>``. Use `KeyView` where the key's class is not yours to change.

    >>> class Host(Borrow[str]):
    ...     def __init__(self, name: str) -> None:
    ...         self.name = name.lower()
    ...     def __borrow__(self) -> str:
    ...         return self.name
    >>> ports: HashMap[Host, int] = HashMap([(Host("Example"), 80)])
    >>> "example" in ports
    True
    """

    __slots__ = ()

    @abstractmethod
    def __borrow__(self) -> Q:
        """What this key may be found by. It must not change while the key is stored."""
        raise NotImplementedError

    def __hash__(self) -> int:
        return hash(self.__borrow__())

    def __eq__(self, other: object, /) -> bool:
        return self.__borrow__() == other


def is_view(query: object) -> bool:
    """Whether `query` stands for a key that is another object.

    Asked of the type, never by `isinstance`: it is on the path of every insertion.
    """
    pending = [query]
    for item in pending:  # Grows meanwhile: tuples may be nested deeper than functions may.
        cls = type(item)
        if cls is tuple:
            pending.extend(item)  # type: ignore[arg-type]
        elif cls is memoryview or getattr(cls, "__key__", None) is not None:
            return True
    return False


def owned_key(query: Any, query_hash: int) -> Any:
    """The key to store for `query`: itself, unless it is a view.

    Raises `KeyViewError` if the view is unlawful. `query_hash` is `hash(query)`, which the caller has
    already asked for: a key is hashed once.
    """
    if not is_view(query):
        return query
    key = _build(query)
    if is_view(key):
        raise KeyViewError(
            f"{query!r} stands for {key!r}, which is itself a view; let __key__ return an owned key"
        )
    if (key_hash := hash(key)) != query_hash:
        raise KeyViewError(
            f"{query!r} stands for {key!r} but hashes to {query_hash}, not {key_hash}; "
            f"let __hash__ return hash(self.__key__())"
        )
    if not (query == key):
        raise KeyViewError(
            f"{query!r} stands for {key!r} but is not equal to it, though both hash to {key_hash}; "
            f"let __eq__ return self.__key__() == other"
        )
    return key


def _build(query: Any) -> Any:
    cls = type(query)
    if cls is tuple:
        return tuple(_build(part) if is_view(part) else part for part in query)
    if cls is memoryview:
        return bytes(query)
    build: Callable[[Any], Any] = cls.__key__
    return build(query)

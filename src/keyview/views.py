"""KeyView and Borrow: the two ways to say that one object can find a key that is another.

A dict finds a key by two questions, asked of the lookup: what is your hash, and are you equal to
this key. Nothing in them demands that the lookup *is* a key. `KeyView` is declared by the class you
look up with, `Borrow` by the class of the stored keys; either promise is the same law.
"""

from __future__ import annotations

from abc import abstractmethod
from operator import is_
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, runtime_checkable

from keyview.errors import KeyViewError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RUNS_NO_PYTHON", "Borrow", "KeyView", "holds", "is_view", "owned_key"]

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


#: Objects of these classes are no views, and to hash or compare them runs no Python code. Classes are known
#: by identity: whether a class has a hash, and what it is equal to, is for its metaclass to say.
RUNS_NO_PYTHON: Final = frozenset(map(id, (bool, bytes, complex, float, int, str, type(None))))

_mro_of = type.__dict__["__mro__"].__get__
_members_of = type.__dict__["__dict__"].__get__


def _is_view_class(cls: type) -> bool:
    """Whether objects of this class are views.

    Looked up as Python looks special methods up: a metaclass is not asked, nor its `__getattr__`.
    """
    if cls is memoryview:
        return True
    for base in _mro_of(cls):
        members = _members_of(base)
        if "__key__" in members:
            return members["__key__"] is not None
    return False


def holds(query: object, is_it: Callable[[type], bool]) -> bool:
    """Whether `query`, or what it holds if it is a tuple, at any depth, is of a class that `is_it`.

    `RUNS_NO_PYTHON` classes are not asked about. Each tuple is looked at once, however many others hold it,
    and nothing recurs: tuples may be nested deeper than functions may.
    """
    cls = type(query)
    if cls is not tuple:
        return id(cls) not in RUNS_NO_PYTHON and is_it(cls)
    pending: list[Any] = [query]
    seen = set()
    for held in pending:  # Grows meanwhile.
        for item in held:
            cls = type(item)
            if id(cls) in RUNS_NO_PYTHON:
                continue
            if cls is not tuple:
                if is_it(cls):
                    return True
            elif id(item) not in seen:
                seen.add(id(item))
                pending.append(item)
    return False


def is_view(query: object) -> bool:
    """Whether `query` stands for a key that is another object.

    Asked of the type, never by `isinstance`: it is on the path of every insertion.
    """
    return id(type(query)) not in RUNS_NO_PYTHON and holds(query, _is_view_class)


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
            f"{_shown(query)} stands for {_shown(key)}, which is itself a view; let __key__ return an "
            f"owned key"
        )
    if (key_hash := hash(key)) != query_hash:
        raise KeyViewError(
            f"{_shown(query)} stands for {_shown(key)} but hashes to {query_hash}, not {key_hash}; "
            f"let __hash__ return hash(self.__key__())"
        )
    if not (query == key):
        raise KeyViewError(
            f"{_shown(query)} stands for {_shown(key)} but is not equal to it, though both hash to "
            f"{key_hash}; {_how_to_be_equal(query)}"
        )
    return key


def _shown(thing: object, depth: int = 4) -> str:
    """Its repr; of tuples in tuples only as much as one reads, because a tuple may hold itself many times."""
    if type(thing) is not tuple:
        return repr(thing)
    if depth == 0:
        return "(...)"
    parts = [_shown(part, depth - 1) for part in thing[:20]]
    parts += ["..."] * (len(thing) > len(parts))
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _how_to_be_equal(query: object) -> str:
    """What to do about a view that is not equal to its key: nobody can mend memoryview's `__eq__`."""
    pending = [query]
    waited = {id(query)}
    for part in pending:
        if type(part) is tuple:
            fresh = [item for item in part if id(item) not in waited]
            waited.update(map(id, fresh))
            pending.extend(fresh)
        elif type(part) is memoryview and part != bytes(part):
            instead = "view.cast('B')" if part.c_contiguous else "bytes(view)"
            return (
                f"a memoryview of format {part.format!r} and shape {part.shape} is compared element by "
                f"element, not as bytes; look up with {instead}"
            )
    return "let __eq__ return self.__key__() == other"


def _build(query: Any) -> Any:
    """The key that a view stands for, or a tuple that holds views.

    What is inside is built first, each part once; those that wait for it are in `pending`.
    """
    built: dict[int, Any] = {}  # By the id of what it was built for; `query` keeps that alive.
    pending = [query]
    while pending:
        part = pending[-1]
        cls = type(part)
        if id(part) in built:
            pending.pop()
        elif cls is not tuple:
            built[id(part)] = bytes(part) if cls is memoryview else cls.__key__(part)
        elif inside := [
            item
            for item in part
            if id(item) not in built and (type(item) is tuple or _is_view_class(type(item)))
        ]:
            pending.extend(reversed(inside))
        else:
            made = tuple([built.get(id(item), item) for item in part])
            built[id(part)] = part if all(map(is_, made, part)) else made
    return built[id(query)]

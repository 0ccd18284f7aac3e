"""KeyView and Borrow: two ways to declare that an object finds a key that is another object.

A *query* is the object with which a map is looked up. A dict needs two things of a query: its hash, and
whether it is equal to a stored key. The query itself need not be a key. The class of the queries
declares this with `KeyView`, or the class of the stored keys with `Borrow`. Both promise the same law.
"""

from __future__ import annotations

from abc import abstractmethod
from operator import is_
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, runtime_checkable

from keyview.errors import KeyViewError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "RUNS_NO_PYTHON",
    "Borrow",
    "KeyView",
    "built_key",
    "holds",
    "is_view",
    "orders_itself",
    "owned_key",
]

K_co = TypeVar("K_co", covariant=True)
Q = TypeVar("Q")


@runtime_checkable
class KeyView(Protocol[K_co]):
    """A query that stands for exactly one key of type `K`, without being that key.

    Subclass `KeyView` and write `__key__`, which builds the key. The inherited `__hash__` and `__eq__`
    call `__key__`, so that each lookup builds the key. Override both, together, to look up without
    building it. A class that has the three methods is a view without subclassing, too.

    The law, for a view `v` and any key `k`: ``hash(v) == hash(v.__key__())``, and ``v == k`` exactly
    when ``v.__key__() == k``. `keyview.testing.check_view` checks it in your own tests. Two traps:
    ``@dataclass(frozen=True)`` silently replaces both methods (write ``eq=False``), and a
    `NamedTuple` base has methods of its own.

    When a key is stored through a view, the built key is hashed once more, to check the law.

    A view works in a `HashMap` and in a plain `dict`, `set` or `Counter`, also inside a tuple. A
    `HashMap` never stores a view: it stores the key.

    hashbrown's ``Q: Equivalent<K>``, which is Rust's `Borrow` declared for the query.

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
        """Build the key that this view stands for: an owned key, not a view. Rust's `to_owned`."""
        raise NotImplementedError

    def __hash__(self) -> int:
        return hash(self.__key__())

    def __eq__(self, other: object, /) -> bool:
        return self.__key__() == other


# Q is invariant, though it is only returned: a key may be found by the type it declares, and by no
# other.
@runtime_checkable
class Borrow(Protocol[Q]):  # type: ignore[misc]  # pyright: ignore[reportInvalidTypeVarUse]
    """A base for classes of stored keys that may also be found by a `Q`.

    Subclass `Borrow` and write `__borrow__`, which the inherited `__hash__` and `__eq__` call. The law,
    for a key `k` and any query `q` of type `Q`: ``hash(k) == hash(k.__borrow__())``, and ``k == q``
    exactly when ``k.__borrow__() == q``. `keyview.testing.check_borrow` checks it.

    Rust's ``K: Borrow<Q>``. Use `KeyView` if you cannot change the class of the keys.

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
        """The `Q` that finds this key. It must not change while the key is stored."""
        raise NotImplementedError

    def __hash__(self) -> int:
        return hash(self.__borrow__())

    def __eq__(self, other: object, /) -> bool:
        return self.__borrow__() == other


#: The ids of classes whose objects are no views, and are hashed and compared without Python code. Ids,
#: because hashing or comparing a class may run code of its metaclass.
RUNS_NO_PYTHON: Final = frozenset(map(id, (bool, bytes, complex, float, int, str, type(None))))

_mro_of = type.__dict__["__mro__"].__get__
_members_of = type.__dict__["__dict__"].__get__


def _is_view_class(cls: type) -> bool:
    """Whether objects of this class are views.

    `__key__` is looked up as Python looks up special methods: in the classes of the MRO, without calling
    a metaclass.
    """
    if cls is memoryview:
        return True
    for base in _mro_of(cls):
        members = _members_of(base)
        if "__key__" in members:
            return members["__key__"] is not None
    return False


def holds(query: object, is_it: Callable[[type], bool]) -> bool:
    """Whether `is_it` is true for the class of `query`, or if `query` is a tuple, of an item at any depth.

    `is_it` is not called for the classes of `RUNS_NO_PYTHON`. Each tuple is read once, in however many
    tuples it is. There is no recursion, because tuples may be nested deeper than function calls may.
    """
    cls = type(query)
    if cls is not tuple:
        return id(cls) not in RUNS_NO_PYTHON and is_it(cls)
    pending: list[Any] = [query]
    seen = set()
    for part in pending:  # The list grows during the loop.
        for item in part:
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
    """Whether `query` is a view: it stands for a key that is another object.

    Decided by the type, not by `isinstance`, which is too slow for something that each insertion does.
    """
    return id(type(query)) not in RUNS_NO_PYTHON and holds(query, _is_view_class)


def orders_itself(view: object) -> bool:
    """Whether a view is asked how it compares with a key. Any other is built, and its key is asked.

    A memoryview has comparisons of which none is an order; a tuple asks what it holds.
    """
    cls = type(view)
    if cls is memoryview or cls is tuple:
        return False
    for base in _mro_of(cls):
        if "__lt__" in _members_of(base):
            return base is not object
    return False


def built_key(query: Any) -> Any:
    """The key that `query` stands for: itself, unless it is a view.

    Raises `KeyViewError` if `__key__` returns another view.
    """
    if not is_view(query):
        return query
    key = _build(query)
    if is_view(key):
        raise KeyViewError(
            f"{_shown(query)} stands for {_shown(key)}, which is itself a view; let __key__ return an "
            f"owned key"
        )
    return key


def owned_key(query: Any, query_hash: int | None) -> Any:
    """The key to store for `query`: what a view stands for, else `query` itself.

    `query_hash` is `hash(query)`, which the caller has computed, or None where no key is hashed. Raises
    `KeyViewError` if the view is unlawful.
    """
    key = built_key(query)
    if key is query:
        return key
    if query_hash is not None and (key_hash := hash(key)) != query_hash:
        raise KeyViewError(
            f"{_shown(query)} stands for {_shown(key)} but hashes to {query_hash}, not {key_hash}; "
            f"let __hash__ return hash(self.__key__())"
        )
    hashed = "" if query_hash is None else f", though both hash to {query_hash}"
    if not (query == key):
        raise KeyViewError(
            f"{_shown(query)} stands for {_shown(key)} but is not equal to it{hashed}; "
            f"{_how_to_be_equal(query)}"
        )
    return key


def _shown(thing: object, depth: int = 4) -> str:
    """The repr of `thing`, shortened if it is a tuple, which may have another in it very many times."""
    if type(thing) is not tuple:
        return repr(thing)
    if depth == 0:
        return "(...)"
    parts = [_shown(part, depth - 1) for part in thing[:20]]
    parts += ["..."] * (len(thing) > len(parts))
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _how_to_be_equal(query: object) -> str:
    """The advice about a view that is not equal to its key. Nobody can change `memoryview.__eq__`."""
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
    """The key that `query` stands for, a view or a tuple that has views in it at any depth.

    The items of a tuple are built before the tuple, which waits in `pending`. Each part is built once.
    """
    built: dict[int, Any] = {}  # By the id of the part; `query` keeps the parts alive.
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

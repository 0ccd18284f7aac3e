"""For your own tests: checks of the laws of views and borrowed keys, and hypothesis strategies.

The checks need nothing but keyview. The strategies need hypothesis, which is imported when a strategy is
made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import gt, lt
from sys import hash_info
from typing import TYPE_CHECKING, Any, TypeVar

from keyview import (
    Borrow,
    Concat,
    HashMap,
    KeyView,
    KeyViewError,
    Occupied,
    OrderedBorrow,
    Slice,
    Vacant,
)
from keyview.views import is_view, orders_itself, owned_key

if TYPE_CHECKING:
    from types import ModuleType

    from hypothesis.strategies import SearchStrategy

__all__ = [
    "check_borrow",
    "check_view",
    "concats",
    "entries",
    "hashmaps",
    "hostile_keys",
    "slices",
    "views",
]

K = TypeVar("K")
Q = TypeVar("Q")
S = TypeVar("S", str, bytes)
V = TypeVar("V")


def check_view(
    view: KeyView[object] | tuple[object, ...] | memoryview,
    *,
    unequal: Iterable[object] = (),
    plain_dict: bool = True,
) -> None:
    """Check that `view` keeps the law of `KeyView`, also with the keys in `unequal`.

    The view must have the hash of the key it stands for, and the same hash twice. It must be equal to
    that key, in both orders. It must be unequal to an object of a type that it does not know, and to the
    keys in `unequal`, which must differ from its own key. If its class defines `__lt__`, it must order as
    its key does, beside its key and each of `unequal` with which its key has an order. A `HashMap` and a
    plain `dict` that have its key must find it. With `plain_dict=False`, for keys whose `__eq__` returns
    False for all types that it does not know, only what a `HashMap` needs is checked.

    Raises `AssertionError`, whose message says what is broken and what to do. The laws are those in the
    documentation of Rust's `Borrow`; the Python package returns has a `check_all_laws` of this kind.

    >>> from keyview.testing import check_view
    >>> class ShortKey(KeyView[str]):
    ...     def __init__(self, rest: str) -> None:
    ...         self.rest = rest
    ...     def __key__(self) -> str:
    ...         return "_" + self.rest
    >>> check_view(ShortKey("hello"), unequal=["hello", "_"])
    """
    hash_ = _hash_of(view)
    if not is_view(view):
        raise AssertionError(
            f"check_view was given {view!r}, which stands for no other key; give it a KeyView, a "
            f"memoryview, or a tuple that holds one"
        )
    try:
        key, again = owned_key(view, hash_), owned_key(view, hash_)
    except KeyViewError as error:
        raise AssertionError(str(error)) from None
    except TypeError as error:
        raise AssertionError(
            f"check_view could not build the key of {view!r} ({error}); let __key__ return a "
            f"hashable key"
        ) from error
    if not _equal(key, again):
        raise AssertionError(
            f"{view!r} stood for {key!r} and then for {again!r}; let a view stand for one key"
        )
    if plain_dict and not _equal(key, view):
        raise AssertionError(
            f"{view!r} == {key!r} is True but {key!r} == {view!r} is False, which a plain dict asks; "
            f"let the key's __eq__ return NotImplemented for what it does not know, or give "
            f"plain_dict=False"
        )
    unequal = list(unequal)
    _check_unequal(view, key, unequal, both_orders=plain_dict)
    if orders_itself(view):
        _check_ordered(view, key, [key, *unequal], questions="<")
    _check_found(view, key, plain_dict=plain_dict)


def check_borrow(key: Borrow[Q], *, unequal: Iterable[Q] = ()) -> None:
    """Check that `key` keeps the law of `Borrow`, also with the queries in `unequal`.

    The key must have the hash of the query that it returns from `__borrow__`, and the same hash twice.
    It must be equal to that query, in both orders. It must be unequal to an object of a type that it
    does not know, and to the queries in `unequal`, which must differ from its own. An `OrderedBorrow`
    must order as that query does. A `HashMap` and a plain `dict` that have the key must find it by that
    query.

    Raises `AssertionError`, whose message says what is broken and what to do. The laws are those of
    Rust's `Borrow`.

    >>> from keyview.testing import check_borrow
    >>> class Host(Borrow[str]):
    ...     def __init__(self, name: str) -> None:
    ...         self.name = name.lower()
    ...     def __borrow__(self) -> str:
    ...         return self.name
    >>> check_borrow(Host("Example"), unequal=["Example", ""])
    """
    hash_ = _hash_of(key)
    query = key.__borrow__()
    if (query_hash := _hash_of(query)) != hash_:
        raise AssertionError(
            f"{key!r} may be found by {query!r} but hashes to {hash_}, not {query_hash}; "
            f"let __hash__ return hash(self.__borrow__())"
        )
    for left, right in ((key, query), (query, key)):
        if not _equal(left, right):
            raise AssertionError(
                f"{key!r} may be found by {query!r}, but {left!r} == {right!r} is False; let __eq__ "
                f"return self.__borrow__() == other, and NotImplemented for what it does not know"
            )
    unequal = list(unequal)
    _check_unequal(key, query, unequal)
    if OrderedBorrow in type(key).__mro__:
        _check_ordered(key, query, [query, *unequal], questions="<>")
    _check_found(query, key)


def _hash_of(thing: object) -> int:
    try:
        first, second = hash(thing), hash(thing)
    except (TypeError, ValueError) as error:
        raise AssertionError(
            f"{thing!r} cannot be hashed ({error}), so nothing can be found by it; define "
            f"__hash__ beside __eq__, or make what it holds hashable"
        ) from error
    if first != second:
        raise AssertionError(
            f"{thing!r} hashed to {first} and then to {second}; let __hash__ depend on nothing that "
            f"changes"
        )
    return first


def _equal(left: object, right: object) -> bool:
    try:
        return bool(left == right)
    except Exception as error:
        raise AssertionError(
            f"{left!r} == {right!r} raised {error!r}; let __eq__ return NotImplemented for what it "
            f"does not know"
        ) from error


def _check_unequal(
    thing: object, same: object, unequal: Iterable[object], *, both_orders: bool = True
) -> None:
    for other in (*unequal, object()):
        if _equal(same, other):
            raise AssertionError(
                f"{other!r} was given as unequal, but it is equal to {same!r}; give only what differs"
            )
        if _equal(thing, other) or (both_orders and _equal(other, thing)):
            raise AssertionError(
                f"{thing!r} is equal to {other!r}, though {same!r}, which it must agree with, is not; "
                f"let __eq__ compare all of it"
            )


def _check_ordered(
    thing: object, same: object, others: Iterable[object], *, questions: Iterable[str]
) -> None:
    """That `thing` orders as `same` does, beside each of `others` with which `same` has an order."""
    for other in others:
        for question in questions:
            asked: Callable[[Any, Any], Any] = lt if question == "<" else gt
            try:
                answer = bool(asked(same, other))
            except TypeError:
                continue
            try:
                given = bool(asked(thing, other))
            except Exception as error:
                raise AssertionError(
                    f"{thing!r} {question} {other!r} raised {error!r}, though {same!r} {question} {other!r} "
                    f"is {answer}; let it order what the other orders"
                ) from error
            if given != answer:
                raise AssertionError(
                    f"{thing!r} {question} {other!r} is {given}, though {same!r} {question} {other!r} is "
                    f"{answer}; let the two order alike"
                )


def _check_found(query: Any, key: object, *, plain_dict: bool = True) -> None:
    pairs = [(key, None)]
    if query not in HashMap(pairs) or (plain_dict and query not in dict(pairs)):
        raise AssertionError(
            f"{query!r} and {key!r} agreed in hash and equality, but a map that stores {key!r} does not "
            f"find {query!r}; let __hash__ and __eq__ depend on nothing that changes"
        )


def hashmaps(
    keys: SearchStrategy[K],
    values: SearchStrategy[V],
    *,
    min_size: int = 0,
    max_size: int | None = None,
) -> SearchStrategy[HashMap[K, V]]:
    """A strategy for maps with keys and values drawn from `keys` and `values`.

    `min_size` and `max_size` are the bounds of their length. As hypothesis' `dictionaries`, but for a
    `HashMap`. Raises `ImportError` if hypothesis is not installed.

    >>> from hypothesis import given, strategies as st
    >>> from keyview.testing import hashmaps
    >>> @given(hashmaps(st.text(), st.integers()))
    ... def test_copy_is_equal(m: HashMap[str, int]) -> None:
    ...     assert m.copy() == m
    >>> test_copy_is_equal()
    """
    st = _strategies("hashmaps")
    dictionaries: SearchStrategy[dict[K, V]] = st.dictionaries(
        keys, values, min_size=min_size, max_size=max_size
    )
    return dictionaries.map(HashMap)


def entries(
    keys: SearchStrategy[K], values: SearchStrategy[V]
) -> SearchStrategy[Occupied[K, V] | Vacant[K, V]]:
    """A strategy for entries of maps whose keys and values are drawn from `keys` and `values`.

    The key of the entry is drawn from `keys`, too: the map has it, or not. The entry keeps its map alive.
    Raises `ImportError` if hypothesis is not installed.

    >>> from hypothesis import given, strategies as st
    >>> from keyview.testing import entries
    >>> @given(entries(st.text(), st.integers()))
    ... def test_a_value_is_there(entry: Occupied[str, int] | Vacant[str, int]) -> None:
    ...     assert isinstance(entry.or_insert(0), int)
    >>> test_a_value_is_there()
    """
    st = _strategies("entries")

    def keep(draw: Callable[[SearchStrategy[Any]], Any]) -> Any:
        held = draw(st.dictionaries(keys, values))
        asked = draw(st.sampled_from(list(held)) | keys if held else keys)
        return HashMap(held).entry(asked)

    kept: SearchStrategy[Occupied[K, V] | Vacant[K, V]] = st.composite(keep)()
    return kept


def hostile_keys() -> SearchStrategy[Any]:
    """A strategy for keys that are hard on a map: of different types but equal, or different with one hash.

    Numbers that are equal (`1`, `True`, `1.0`), different numbers with the same hash, NaNs, surrogates, text
    that looks the same, and tuples of these. Raises `ImportError` if hypothesis is not installed.

    >>> from hypothesis import given, strategies as st
    >>> from keyview.testing import hashmaps, hostile_keys
    >>> @given(hashmaps(hostile_keys(), st.none()))
    ... def test_each_key_is_found(m: HashMap[object, None]) -> None:
    ...     assert all(key in m for key in m)
    >>> test_each_key_is_found()
    """
    st = _strategies("hostile_keys")
    equal = [0, 0.0, -0.0, False, 1, 1.0, True, Fraction(1), Decimal(1), 2**53, float(2**53)]
    alike = [
        -1,
        -2,
        *(n * hash_info.modulus for n in range(5)),
        5**0.5,
        float("inf"),
        hash_info.inf,
    ]
    texts = ["", "\0", "a", "a\0", "\ud800", "\xe9", "e\u0301", "\xdf", "ss", b"a", b""]
    others: list[object] = [None, (), frozenset(), float("nan")]
    single = st.sampled_from([*equal, *alike, *texts, *others]) | st.builds(float, st.just("nan"))
    hostile: SearchStrategy[Any] = st.recursive(single, lambda keys: st.tuples(keys, keys))
    return hostile


def views(keys: SearchStrategy[S]) -> SearchStrategy[Concat[S] | Slice[S]]:
    """A strategy for views that stand for keys drawn from `keys`: both `concats` and `slices`.

    Raises `ImportError` if hypothesis is not installed.

    >>> from hypothesis import given, strategies as st
    >>> from keyview.testing import views
    >>> @given(views(st.sampled_from(["GET", "POST"])))
    ... def test_is_found(view: Concat[str] | Slice[str]) -> None:
    ...     assert view in HashMap({"GET": 1, "POST": 2})
    >>> test_is_found()
    """
    either: SearchStrategy[Concat[S] | Slice[S]] = _strategies("views").one_of(
        concats(keys), slices(keys)
    )
    return either


def concats(keys: SearchStrategy[S]) -> SearchStrategy[Concat[S]]:
    """A strategy for `Concat` views that stand for keys drawn from `keys`, cut at any places.

    Raises `ImportError` if hypothesis is not installed.

    >>> from hypothesis import given, strategies as st
    >>> from keyview.testing import concats
    >>> @given(concats(st.sampled_from(["GET", "POST"])))
    ... def test_is_found(view: Concat[str]) -> None:
    ...     assert view in HashMap({"GET": 1, "POST": 2})
    >>> test_is_found()
    """
    st = _strategies("concats")

    def cut(draw: Callable[[SearchStrategy[Any]], Any]) -> Any:
        key = draw(keys)
        cuts: list[int] = draw(st.lists(st.integers(0, len(key)), max_size=3))
        return Concat(*[key[i:j] for i, j in pairwise([0, *sorted(cuts), len(key)])])

    views: SearchStrategy[Concat[S]] = st.composite(cut)()
    return views


def slices(keys: SearchStrategy[S]) -> SearchStrategy[Slice[S]]:
    """A strategy for `Slice` views that stand for keys drawn from `keys`, each a part of a longer text.

    Raises `ImportError` if hypothesis is not installed.

    >>> from hypothesis import given, strategies as st
    >>> from keyview.testing import slices
    >>> @given(slices(st.sampled_from([b"GET", b"POST"])))
    ... def test_is_found(view: Slice[bytes]) -> None:
    ...     assert view in HashMap({b"GET": 1, b"POST": 2})
    >>> test_is_found()
    """
    st = _strategies("slices")

    def embed(draw: Callable[[SearchStrategy[Any]], Any]) -> Any:
        key = draw(keys)
        around = st.text(max_size=5) if isinstance(key, str) else st.binary(max_size=5)
        before, after = draw(around), draw(around)
        return Slice(before + key + after, len(before), len(before) + len(key))

    views: SearchStrategy[Slice[S]] = st.composite(embed)()
    return views


def _strategies(caller: str) -> ModuleType:
    try:
        from hypothesis import strategies
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise ImportError(
            f"{caller} makes a hypothesis strategy, but hypothesis is not installed; "
            f"install it with: pip install hypothesis"
        ) from error
    return strategies

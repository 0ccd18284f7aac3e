"""What is true of every view: it finds what its key finds, and its key is what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.operations import Does, keyed, outcome
from tests.laws.map_laws import check_consistent

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.laws.keys import Asked

__all__ = ["VIEW_LAWS"]


def a_view_finds_what_its_key_finds(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    for name, operation in keyed(Does.FINDS).items():
        expected = outcome(operation.call, m, a.key, 9)
        assert outcome(operation.call, m, a.query, 9) == expected, name


def a_plain_dict_and_set_find_it_too(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    assert d.get(a.query) == d.get(a.key)
    assert (a.query in set(d)) is (a.key in d)
    assert ((a.query, 1) in {(key, 1) for key in d}) is (a.key in d)


def the_key_is_stored_and_never_the_view(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    expected = dict(d)
    expected.setdefault(a.key, 9)
    for name, operation in keyed(Does.STORES).items():
        filled = m.copy()
        operation.call(filled, a.query, 9)
        assert repr(list(filled)) == repr(list(expected)), name
        check_consistent(filled)


def the_checks_for_users_agree(kv: Any, m: Any, d: dict[Any, int], a: Asked) -> None:
    from keyview.testing import check_view
    from keyview.views import is_view

    if is_view(a.query):
        check_view(a.query, unequal=[key for key in d if not (key is a.key or key == a.key)])


VIEW_LAWS: tuple[Callable[[Any, Any, dict[Any, int], Asked], None], ...] = (
    a_view_finds_what_its_key_finds,
    a_plain_dict_and_set_find_it_too,
    the_key_is_stored_and_never_the_view,
    the_checks_for_users_agree,
)
"""Each is called with the package, a map, an equal dict and a lookup, and changes neither."""

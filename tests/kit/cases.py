"""Tables of cases in one test.

pytest collects, sets up and reports each parametrized test, which takes longer than most cases do.
`@cases(use=TABLE)` instead runs the body of a test for each case of the table, and names the case that
fails. Parametrize if a case needs a fixture of its own, or is to be skipped.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from contextlib import contextmanager
from functools import wraps
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Test = TypeVar("Test", bound=Callable[..., None])

__all__ = ["case", "cases"]


@contextmanager
def case(*names: object) -> Iterator[None]:
    """The body is one case of a table; if it fails, pytest's report ends with its name."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"The case is: {', '.join(map(str, names))}")
        raise


def _named(table: Mapping[str, Any] | Iterable[Any]) -> list[tuple[str, Any]]:
    named = table.items() if isinstance(table, Mapping) else ((repr(one), one) for one in table)
    return list(named)


def cases(**tables: Mapping[str, Any] | Iterable[Any]) -> Callable[[Test], Test]:
    """Run a test for each case of the tables, as one test; of several tables, for each combination.

    A table names a parameter of the test. It is a mapping from names to values, or the values alone.
    """
    named = {parameter: _named(table) for parameter, table in tables.items()}
    assert all(named.values()), "a table without a case tests nothing"

    def decorate(test: Test) -> Test:
        @wraps(test)
        def run(*arguments: Any, **fixtures: Any) -> None:
            for combination in product(*named.values()):
                with case(*(name for name, _ in combination)):
                    values = (value for _, value in combination)
                    test(*arguments, **fixtures, **dict(zip(named, values, strict=True)))

        signature = inspect.signature(test)
        left = [one for name, one in signature.parameters.items() if name not in named]
        assert len(left) == len(signature.parameters) - len(named), "the test has no such parameter"
        run.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return decorate

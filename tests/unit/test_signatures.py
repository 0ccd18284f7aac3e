"""What can be asked of the interface itself: signatures, hints and parameters, alike on both backends."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
import typing
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import fresh_keyview
from tests.kit.cases import cases
from tests.kit.soundness import unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Maps make them, and what the pure classes are called with is nobody else's business.
MADE_BY_MAPS = {"Occupied", "Vacant"}
# How an instance is made, or of CPython.
NOT_CALLED = {"__new__", "__init__", "__class__", "__init_subclass__", "__subclasshook__"}


def instances(kv: Any) -> dict[str, Any]:
    """One of everything that has methods."""
    m = kv.HashMap({"a": 1})
    with pytest.raises(kv.OccupiedError) as caught:
        m.try_insert("a", 2)
    return {
        "HashMap": m,
        "Occupied": m.entry("a"),
        "Vacant": m.entry("b"),
        "Lookup": m.by(str),
        "Concat": kv.Concat("a"),
        "Slice": kv.Slice("a", 0, 1),
        "Keys": m.keys(),
        "Values": m.values(),
        "Items": m.items(),
        "OccupiedError": caught.value,
    }


def callables(kv: Any) -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public function, class and method, each method bound."""
    for name in kv.__all__:
        if callable(getattr(kv, name)) and name not in MADE_BY_MAPS | {"Entry"}:
            yield name, getattr(kv, name)
    for name, instance in instances(kv).items():
        yield f"type of {name}", type(instance)
        for member in dir(instance):
            if not member.startswith("_") and callable(getattr(instance, member)):
                yield f"{name}.{member}", getattr(instance, member)


def signature(function: Callable[..., object]) -> str:
    """Without annotations, which the native backend has none of."""
    try:
        found = inspect.signature(function)
    except ValueError:  # As of a builtin exception: CPython has none to show.
        return "none"
    parameters = [each.replace(annotation=each.empty) for each in found.parameters.values()]
    shown = str(found.replace(parameters=parameters, return_annotation=found.empty))
    # No default says "none was given" and can be read by `inspect` from a docstring.
    return shown.replace("=MISSING", "=Ellipsis")


def signatures(kv: Any) -> dict[str, str]:
    return {
        name: signature(function)
        for name, function in callables(kv)
        if name.removeprefix("type of ") not in MADE_BY_MAPS
    }


@pytest.fixture(scope="module")
def pure() -> Iterator[Any]:
    with fresh_keyview("pure") as package:
        yield package


NAMED = {"popitem": {"last"}, "move_to_end": {"last"}, "sort": {"key", "reverse"}}


def named(function: Callable[..., object]) -> set[str]:
    """The parameters that may be given by name."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:  # CPython has none to show.
        return set()
    return {each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD}


def test_every_public_callable_has_the_signature_of_the_specification(kv: Any, pure: Any) -> None:
    found = signatures(kv)
    assert found == signatures(pure)
    assert found["HashMap"] == "(source=(), /, *, default_factory=None, **kwargs)"
    assert found["HashMap.pop"] == "(query, default=Ellipsis, /)"
    assert found["Concat"] == "(*parts)"
    assert found["Slice"] == "(buffer, start, stop, /)"


@cases(name=["HashMap", "Occupied", "Vacant", "Lookup"])
def test_no_method_of_a_map_takes_its_arguments_by_name(kv: Any, name: str) -> None:
    """As no method of a dict does; but what OrderedDict and `list.sort` have is named as there."""
    instance = instances(kv)[name]
    methods = {
        member: getattr(instance, member)
        for member in dir(instance)
        if member == "__eq__" or not member.startswith("_")
    }
    taken = {member: named(method) for member, method in methods.items() if callable(method)}
    assert taken == {member: NAMED.get(member, set()) for member in taken}


def test_special_methods_take_by_name_what_the_specification_does(kv: Any, pure: Any) -> None:
    def taken(package: Any) -> dict[str, set[str]]:
        return {
            f"{name}.{member}": named(getattr(instance, member))
            for name, instance in instances(package).items()
            for member in dir(instance)
            if member.startswith("__") and member not in NOT_CALLED
            if callable(getattr(instance, member))
        }

    ours, theirs = taken(kv), taken(pure)
    both = ours.keys() & theirs.keys()
    assert {name: ours[name] for name in both} == {name: theirs[name] for name in both}


ENTRY_METHODS: dict[str, tuple[str, object]] = {
    "insert": ("value", 1),
    "insert_entry": ("value", 1),
    "or_insert": ("value", 1),
    "or_insert_with": ("factory", int),
    "or_insert_with_key": ("factory", str),
    "or_insert_entry": ("value", 1),
    "or_insert_entry_with": ("factory", int),
    "and_modify": ("function", str),
    "and_modify_in_place": ("function", print),
    "and_replace_entry_with": ("function", max),
    "replace_key": ("key", "a"),
}


@cases(key=["a", "b"])
@pytest.mark.parametrize(("method", "argument"), ENTRY_METHODS.items(), ids=ENTRY_METHODS)
def test_an_entrys_method_refuses_keywords(
    kv: Any, key: str, method: str, argument: tuple[str, object]
) -> None:
    m = kv.HashMap(a=1)
    entry = m.entry(key)
    if method == "replace_key" and key == "b":
        assert not hasattr(entry, method)
        return
    with unchanged(m), pytest.raises(TypeError, match="keyword"):
        getattr(entry, method)(**dict([argument]))


COUNTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "too few": (lambda m: m.insert("a"), r"insert\(\) takes exactly 2 arguments \(1 given\)"),
    "too many": (
        lambda m: m.merge(1, 2, max, 4),
        r"merge\(\) takes exactly 3 arguments \(4 given\)",
    ),
    "fewer than some": (lambda m: m.get(), r"get\(\) takes at least 1 argument \(0 given\)"),
    "more than some": (lambda m: m.pop(1, 2, 3), r"pop\(\) takes at most 2 arguments \(3 given\)"),
    "of a lookup": (lambda m: m.by(str).get(), r"get\(\) takes at least 1 argument \(0 given\)"),
    "construction": (lambda m: type(m)(1, 2), r"takes at most 1 argument \(2 given\)"),
}


@pytest.mark.parametrize(("call", "words"), COUNTS.values(), ids=COUNTS)
def test_a_wrong_number_of_arguments_is_told(
    kv: Any, call: Callable[[Any], object], words: str
) -> None:
    """The pure backend leaves it to CPython, which has words of its own."""
    m = kv.HashMap(a=1)
    with (
        unchanged(m),
        pytest.raises(TypeError, match=words if kv.backend == "native" else "argument"),
    ):
        call(m)


@cases(use=[lambda m, k: type(m)(**k), lambda m, k: m.update(**k)])
@cases(keywords=[{1: 2}, {"a": 1, None: 2}])
def test_keywords_are_strings(
    kv: Any, use: Callable[[Any, Any], object], keywords: dict[Any, int]
) -> None:
    m = kv.HashMap(b=1)
    with unchanged(m), pytest.raises(TypeError, match="keywords must be strings"):
        use(m, keywords)
    with pytest.raises(TypeError, match="keywords must be strings"):
        use({}, keywords)


# -- hints ----------------------------------------------------------------------------------------


def functions_of(thing: Any) -> Iterator[Callable[..., object]]:
    """Whatever get_type_hints takes of a class or function, and each overload."""
    members = [thing]
    if isinstance(thing, type):
        members += [getattr(thing, name) for name in dir(thing)]
        members += [
            function
            for base in thing.__mro__
            for member in vars(base).values()
            if isinstance(member, property)
            for function in (member.fget, member.fset)
        ]
    for member in members:
        function = getattr(member, "__func__", member)
        if callable(function) and str(getattr(function, "__module__", "")).startswith("keyview"):
            yield function
            yield from typing.get_overloads(function)


def test_hints_can_be_had_of_everything(kv: Any) -> None:
    things = [getattr(kv, name) for name in {*kv.__all__} - {"Entry"}]
    things += [type(instance) for instance in instances(kv).values()]
    for function in {each for thing in things for each in functions_of(thing)}:
        typing.get_type_hints(function)
    by = typing.get_type_hints(kv.HashMap.by)
    assert typing.get_origin(by["return"]) is kv.Lookup
    entry = typing.get_type_hints(kv.OccupiedError.entry.fget)
    assert entry == {"return": kv.Occupied[Any, Any]}
    assert typing.get_type_hints(kv.OccupiedError) == {"value": Any}


def test_hints_can_be_had_of_the_checks(kv: Any) -> None:
    """Not of the strategies: hypothesis is imported only when one is called."""
    testing = importlib.import_module("keyview.testing")
    assert typing.get_type_hints(testing.check_view)["plain_dict"] is bool
    assert typing.get_type_hints(testing.check_borrow)["return"] is type(None)


@pytest.mark.parametrize(
    "name",
    ["HashMap", "Occupied", "Vacant", "Lookup", "Concat", "Slice", "Keys", "Values", "Items"],
)
@cases(parameters=[int, (int, str), (int, str, bytes, float)])
def test_a_class_takes_any_number_of_parameters(kv: Any, name: str, parameters: Any) -> None:
    """As dict does; a type checker counts them."""
    cls = type(instances(kv)[name])
    alias = cls[parameters]
    assert typing.get_origin(alias) is cls
    assert alias.__args__ == (parameters if isinstance(parameters, tuple) else (parameters,))


# -- made by hand ---------------------------------------------------------------------------------

BY_HAND = {"Keys": "keys", "Values": "values", "Items": "items", "Lookup": "by"}


@pytest.mark.parametrize(("name", "method"), BY_HAND.items(), ids=BY_HAND)
@pytest.mark.parametrize("arguments", [(), (1,), (1, str)], ids=len)
def test_what_a_map_makes_is_not_made_by_hand(
    kv: Any, name: str, method: str, arguments: tuple[object, ...]
) -> None:
    """As a dict's views are not."""
    cls = type(instances(kv)[name])
    shown = name if name == "Lookup" else f"HashMap{name}"
    told = rf"cannot create {shown} instances; call {method}\(\) on a map"
    with pytest.raises(TypeError, match=told):
        cls(*arguments)
    with pytest.raises(TypeError, match=told):
        cls.__new__(cls, *arguments)
    with pytest.raises(TypeError):
        cls(map_=kv.HashMap())


def test_importing_main_runs_nothing(kv: Any) -> None:
    code = f"import os; os.environ['KEYVIEW_BACKEND'] = {kv.backend!r}; import keyview.__main__"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = subprocess.run(
        [sys.executable, "-m", "keyview", "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith(f"keyview {kv.__version__}, ")

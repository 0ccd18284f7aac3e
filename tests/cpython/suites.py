"""CPython's own test suites, as this Python ships them, with HashMap or HashSet for the type they test.

Nothing of CPython is copied: the source of the installed module is read, changed and compiled when the
tests run. Where the type under test is `dict`, the name `dict`, every `{...}` and every comprehension make
a HashMap. Where it is another class, such as `collections.UserDict`, that class becomes HashMap, and dicts
stay dicts. Where it is `set`, that name becomes HashSet, and `{1, 2}` stays a set to compute with.
"""

from __future__ import annotations

import ast
import gc
import importlib.util
import random
import sys
import traceback
import types
import unittest
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec


@dataclass(frozen=True)
class Suite:
    """A module of the package `test`, classes of it, and what our class stands in for there."""

    module: str
    classes: tuple[str, ...]
    #: Names and attributes, as they are written in the module.
    replaced: tuple[str, ...] = ()
    #: An attribute of the classes that holds the type under test.
    attribute: str = ""
    #: The type under test has more than a dict. HashMap fails there where a dict fails, and nowhere else.
    beyond_dict: bool = False
    #: The name of our class.
    ours: str = "HashMap"
    #: Classes whose `basetype`, the type of what is computed from the type under test, is that type itself.
    own_results: tuple[str, ...] = ()

    @property
    def spec(self) -> ModuleSpec | None:
        """Where the module is installed; None if this Python comes without it."""
        try:
            return importlib.util.find_spec(f"test.{self.module}")
        except ModuleNotFoundError:  # There is no package `test`.
            return None


SET_TESTS = (
    *("TestSet", "TestSetSubclass", "TestSetSubclassWithSlots", "TestExceptionPropagation"),
    *("TestBasicOpsEmpty", "TestBasicOpsSingleton", "TestBasicOpsTuple", "TestBasicOpsTriple"),
    *("TestBasicOpsString", "TestBasicOpsBytes", "TestBasicOpsMixedStringBytes", "TestSetOfSets"),
    *("TestBinaryOps", "TestUpdateOps", "TestMutate", "TestSubsetEqualEmpty", "TestSubsetPartial"),
    *("TestSubsetEqualNonEmpty", "TestSubsetEmptyNonEmpty", "TestSubsetNonOverlap"),
    *("TestOnlySetsNumeric", "TestOnlySetsDict", "TestOnlySetsOperator", "TestOnlySetsTuple"),
    *("TestOnlySetsString", "TestOnlySetsGenerator", "TestCopyingEmpty", "TestCopyingSingleton"),
    *("TestCopyingTriple", "TestCopyingTuple", "TestCopyingNested", "TestIdentities"),
    *("TestVariousIteratorArgs", "TestWeirdBugs", "TestBinaryOpsMutating_Set_Set"),
    *("TestMethodsMutating_Set_Set", "TestMethodsMutating_Set_List"),
)

SUITES = [
    Suite(
        "mapping_tests",
        ("BasicTestMappingProtocol", "TestMappingProtocol", "TestHashMappingProtocol"),
        attribute="type2test",
    ),
    Suite("test_dict", ("DictTest", "GeneralMappingTests", "SubclassMappingTests"), ("dict",)),
    Suite("test_dictviews", ("DictSetTest",), ("dict",)),
    # Its classes come in pairs, for OrderedDict in C and in Python; one of each pair is enough.
    Suite(
        "test_ordered_dict",
        (
            "CPythonOrderedDictTests",
            "CPythonOrderedDictSubclassTests",
            "CPythonOrderedDictWithSlotsCopyingTests",
            "CPythonGeneralMappingTests",
            "CPythonSubclassMappingTests",
            "CSimpleLRUCacheTests",
        ),
        ("c_coll.OrderedDict",),
        beyond_dict=True,
    ),
    Suite("test_ordered_dict", ("CPythonBuiltinDictTests",), ("dict",)),
    Suite(
        "test_userdict", ("UserDictTest",), ("collections.UserDict", "UserDict"), beyond_dict=True
    ),
    Suite("test_iter", ("TestCase",), ("dict",)),
    Suite("test_copy", ("TestCopy",), ("dict",)),
    Suite("test_set", SET_TESTS, ("set",), ours="HashSet", own_results=("TestSetSubclass",)),
]
#: In the texts that the tests expect: how a dict's views are shown, and how a HashMap's are.
SHOWN_AS = {
    "dict_keys(": "HashMapKeys(",
    "dict_values(": "HashMapValues(",
    "dict_items(": "HashMapItems(",
}


class Case(NamedTuple):
    """One test method of CPython's."""

    suite: Suite
    class_name: str
    name: str

    def __str__(self) -> str:
        return f"{self.suite.module}.{self.class_name}.{self.name}"


@dataclass(frozen=True)
class Difference:
    """A statement of a test that does not hold of a HashMap, or a test that fails as a whole.

    It has to fail: one that holds after all fails the test, so that the list of them stays true.
    """

    #: The module, the class in which the test is written, and its name.
    where: str
    #: How the statement begins, as `ast.unparse` writes it: without comments, in quotes of one kind.
    statement: str = ""
    backends: tuple[str, ...] = ("native", "pure")
    #: The first Python, and the first that no longer has it.
    since: tuple[int, int] = (3, 11)
    before: tuple[int, int] = (4, 0)

    def applies(self, backend: str) -> bool:
        """Whether it is there on this Python, with this backend."""
        return backend in self.backends and self.since <= sys.version_info[:2] < self.before


class Failure(NamedTuple):
    """What a test method failed with, and where."""

    kind: type[BaseException]
    place: str
    text: str


# -- the modules, with HashMap --------------------------------------------------------------------


class _WithHashMap(ast.NodeTransformer):
    """Puts the name of our class in place of the type under test, and every listed statement in `differs`."""

    def __init__(self, suite: Suite, differences: tuple[Difference, ...]) -> None:
        self.ours = suite.ours
        self.replaced = suite.replaced
        self.differences = differences
        self.not_found = set(differences)
        self.tests: set[str] = set()
        self.scope = [suite.module]

    def visit(self, node: ast.AST) -> Any:
        if not isinstance(node, ast.stmt):
            return super().visit(node)
        differs = self._differs(node)
        outer = self.scope
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            self.scope = [*outer, node.name]
            self.tests.add(".".join(self.scope))
        made = super().visit(node)
        self.scope = outer
        if not differs:
            return made
        differing = ast.withitem(ast.Call(ast.Name("differs", ast.Load()), [], []))
        return ast.copy_location(ast.With([differing], [made]), node)

    def _differs(self, node: ast.stmt) -> bool:
        where = ".".join(self.scope[:3])
        listed = [d for d in self.differences if d.statement and d.where == where]
        found = {d for d in listed if ast.unparse(node).startswith(d.statement)}
        self.not_found -= found
        return bool(found)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom | None:
        node.names = [alias for alias in node.names if alias.name not in self.replaced]
        return node if node.names else None

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        name = node.value.id if isinstance(node.value, ast.Name) else ""
        if f"{name}.{node.attr}" in self.replaced:
            return ast.Name(self.ours, ast.Load())
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str):
            for theirs, ours in SHOWN_AS.items():
                node.value = node.value.replace(theirs, ours)
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        """`{key: value, **more}` becomes `HashMap([(key, value), *HashMap(more).items()])`."""
        self.generic_visit(node)
        if "dict" not in self.replaced:
            return node
        pairs: list[ast.expr] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                items = ast.Attribute(_made(value), "items", ast.Load())
                pairs.append(ast.Starred(ast.Call(items, [], []), ast.Load()))
            else:
                pairs.append(ast.Tuple([key, value], ast.Load()))
        return _made(ast.List(pairs, ast.Load())) if pairs else _made()

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        """`{key: value for ...}` becomes `HashMap((key, value) for ...)`."""
        self.generic_visit(node)
        if "dict" not in self.replaced:
            return node
        pair = ast.Tuple([node.key, node.value], ast.Load())
        return _made(ast.GeneratorExp(pair, node.generators))


def _made(*arguments: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("HashMap", ast.Load()), list(arguments), [])


@contextmanager
def differs() -> Iterator[None]:
    """Around a statement that is listed as one that fails."""
    try:
        yield
    except Exception:
        return
    raise AssertionError("this is listed as a difference, and there is none")


@cache
def _module(
    suite: Suite, hash_map: type, differences: tuple[Difference, ...] = ()
) -> types.ModuleType:
    """The suite's module, made again with `hash_map` for HashMap."""
    spec = suite.spec
    assert spec is not None
    assert spec.origin is not None
    change = _WithHashMap(suite, differences)
    tree = ast.fix_missing_locations(change.visit(ast.parse(Path(spec.origin).read_bytes())))
    module = importlib.util.module_from_spec(spec)
    names = dict.fromkeys((suite.ours, *suite.replaced), hash_map)
    module.__dict__.update(names, differs=differs)
    module.__dict__["stale"] = {
        d for d in change.not_found if d.statement and d.where in change.tests
    }
    exec(compile(tree, spec.origin, "exec"), module.__dict__)
    for name in suite.classes:
        if suite.attribute:
            setattr(getattr(module, name), suite.attribute, hash_map)
    for name in suite.own_results:
        class_ = getattr(module, name)
        class_.basetype = class_.thetype
    return module


def stale(suite: Suite, differences: tuple[Difference, ...]) -> set[Difference]:
    """The differences whose test is in the suite, without the statement that is listed."""
    found: set[Difference] = _module(suite, _STAND_INS[suite.ours], differences).__dict__["stale"]
    return found


# -- the tests in them ----------------------------------------------------------------------------


class _StandIn(dict[Any, Any]):
    """Where only the names of the tests are asked for, before there is a HashMap."""


class _SetStandIn(set[Any]):
    """The same for a HashSet."""

    __slots__ = ()


_STAND_INS: dict[str, type] = {"HashMap": _StandIn, "HashSet": _SetStandIn}


def cases(suite: Suite) -> Iterator[Case]:
    """The suite's tests that use HashMap; of `test_iter`, for one, most are about other things."""
    if suite.spec is None:
        return
    module = _module(suite, _STAND_INS[suite.ours])
    for class_name in suite.classes:
        class_ = getattr(module, class_name)
        users = _users(class_, {suite.ours, *suite.replaced})
        for name in unittest.defaultTestLoader.getTestCaseNames(class_):
            if name in users:
                yield Case(suite, class_name, name)


def _users(class_: Any, names: set[str]) -> set[str]:
    """`names`, with those of the class's members that use one of them, through each other or not."""
    class_.setUpClass()  # Some put the type under test into the class here.
    members = {name: getattr(class_, name) for name in dir(class_)}
    users = names | {name for name, member in members.items() if _is_stand_in(member)}
    while more := {name for name, member in members.items() if _used(member) & users} - users:
        users |= more
    return users


def _is_stand_in(member: object) -> bool:
    class_ = member if isinstance(member, type) else type(member)
    return issubclass(class_, _StandIn | _SetStandIn)


def _used(member: Any) -> set[str]:
    """The globals and attributes that the code of a function names."""
    if isinstance(member, types.CodeType):
        return set(member.co_names).union(*map(_used, member.co_consts))
    member = getattr(member, "__wrapped__", member)
    code = getattr(member, "__code__", None)
    return set() if code is None else _used(code)


# -- running one ----------------------------------------------------------------------------------


class _Result(unittest.TestResult):
    """Every outcome but success is a failure: a test that skips itself, too."""

    def __init__(self, module: types.ModuleType) -> None:
        super().__init__()
        self.folder = Path(str(module.__file__)).parent
        self.failed: list[Failure] = []

    def add(self, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        theirs = [frame for frame in frames if Path(frame.filename).parent == self.folder]
        place = f"{theirs[-1].filename}:{theirs[-1].lineno}" if theirs else ""
        text = "".join(traceback.format_exception(error))
        self.failed.append(Failure(type(error), place, text))

    def addError(self, test: object, err: Any) -> None:  # noqa: N802 -- unittest's
        self.add(err[1])

    addFailure = addExpectedFailure = addError  # noqa: N815

    def addSubTest(self, test: object, subtest: object, err: Any) -> None:  # noqa: N802
        if err is not None:
            self.add(err[1])

    def addSkip(self, test: object, reason: str) -> None:  # noqa: N802
        self.add(unittest.SkipTest(reason))


def failures(case: Case, hash_map: type, differences: tuple[Difference, ...] = ()) -> list[Failure]:
    """Run the test with `hash_map` for HashMap, and return what fails; but not what is listed."""
    module = _module(case.suite, hash_map, differences)
    base = getattr(module, case.class_name)
    class_: Any = types.new_class(case.class_name, (base,))
    class_.assertDictEqual = _assert_equal
    result = _Result(module)
    random.seed(str(case))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, module.__name__, module)  # Where pickle looks for its classes.
        patch.setattr(sys, "unraisablehook", lambda unraisable: result.add(unraisable.exc_value))
        with _collecting_on_demand():
            unittest.TestSuite([class_(case.name)]).run(result)
    assert result.testsRun == 1 or result.failed
    return result.failed


@contextmanager
def _collecting_on_demand() -> Iterator[None]:
    """The garbage collector runs when a test asks, and looks at nothing that was there before."""
    enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if enabled:
            gc.enable()


def _assert_equal(case: unittest.TestCase, first: object, second: object, msg: Any = None) -> None:
    """For assertDictEqual, which wants both to be dicts before it compares."""
    case.assertTrue(first == second, msg or f"{first!r} != {second!r}")

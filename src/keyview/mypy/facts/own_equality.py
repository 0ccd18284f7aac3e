"""Whether the `__eq__` that a class defines may say that a value of another class is equal."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.meet import is_overlapping_types
from mypy.nodes import TypeAlias, TypeInfo
from mypy.subtypes import find_member, is_subtype
from mypy.types import (
    TPDICT_FB_NAMES,
    AnyType,
    CallableType,
    Instance,
    NoneType,
    TupleType,
    UnionType,
    flatten_nested_unions,
    get_proper_type,
    get_proper_types,
)
from mypy.typevars import fill_typevars_with_any

from keyview.mypy import names
from keyview.mypy.facts.eq_bodies import (
    BUILTINS,
    NONE,
    REGISTERED,
    REGISTERING,
    SUPER,
    SUPER_TESTED,
    eq_body,
)
from keyview.mypy.facts.equality import CLOSED, KNOWN, OPEN
from keyview.mypy.facts.hash_origin import is_of_standard_library
from keyview.mypy.host.decorators import dataclass_facts
from keyview.mypy.host.metadata import noted
from keyview.mypy.host.program import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mypy.types import ProperType, Type

__all__ = ["Answer", "Other", "admits", "claimed"]


#: Classes whose instances mypy takes for the function that they are made from, although none can be called.
DESCRIPTORS: Final = frozenset({names.PROPERTY, names.CLASS_METHOD, names.STATIC_METHOD})


class Answer(Enum):
    """Whether an `__eq__` may say that a value of another class is equal."""

    YES = "it admits that class"
    UNKNOWN = "it cannot be read"
    NO = "it admits other classes only"


class Claim(NamedTuple):
    """The classes to which a class may be equal, besides itself."""

    #: Names of classes, each with the class in whose body it is written.
    classes: list[tuple[str, TypeInfo]]
    #: Whether the `__eq__` may return NotImplemented.
    abstains: bool


class Other(NamedTuple):
    """The argument of an `__eq__`: an instance, or None."""

    type: ProperType
    #: Whether some class of the program inherits from both.
    share_subclass: Callable[[TypeInfo, TypeInfo], bool]
    #: Whether a value of it may be equal to one of a type.
    may_equal: Callable[[Type], bool]


def admits(one: Instance, other: Other, subclasses: Iterable[TypeInfo]) -> Answer:
    """Whether a value of `one`, or of one of its `subclasses`, may say that it equals a value of `other`."""
    answer = _says(one, other)
    for subclass in subclasses:
        typ = fill_typevars_with_any(subclass)
        if answer is not Answer.YES and isinstance(typ, Instance):
            answer = _most(answer, _says(typ, other))
    return answer


def claimed(info: TypeInfo) -> list[TypeInfo] | None:
    """The classes that its `__eq__` names; None if it cannot be read, or names more than plain classes."""
    claim = _claim(info, 0)
    if claim is None:
        return None
    classes: list[TypeInfo] = []
    for name, owner in claim.classes:
        typ = get_proper_type(_named(name, owner))
        if not isinstance(typ, Instance) or typ.type.is_protocol or _decides_itself(typ.type):
            return None
        if typ.type.has_base(names.NUMBER):
            return None
        classes.append(typ.type)
    return classes


def _says(one: Instance, other: Other) -> Answer:
    """What the `__eq__` of a value of this class, and of no subclass, says."""
    claim = _claim(one.type, 0)
    if claim is None:
        return _declares(one, other)
    answer = Answer.NO
    for name, owner in claim.classes:
        typ = _named(name, owner)
        answer = _most(answer, Answer.UNKNOWN if typ is None else _is_of(other, typ))
    return answer


def _most(left: Answer, right: Answer) -> Answer:
    order = list(Answer)
    return min(left, right, key=order.index)


def _claim(info: TypeInfo, start: int) -> Claim | None:
    """The claim of the first base that defines `__eq__`; None if that `__eq__` cannot be read."""
    for position, base in enumerate(info.mro[start:], start):
        if base.fullname in OPEN:
            return None
        symbol = base.names.get("__eq__")
        facts = dataclass_facts(base)
        if symbol is None or symbol.plugin_generated:
            if facts is not None and facts.eq:
                return Claim([], abstains=True)
            # attrs may have made an `__eq__`, too, which admits no more classes than the next one.
            continue
        if is_of_standard_library(base) or any(map(base.has_base, (names.KEY_VIEW, names.BORROW))):
            # A table has what the library's classes equal; views and borrowed keys are judged before.
            return Claim([], abstains=True)
        if any(derived.fullname in KNOWN for derived in info.mro[start : position + 1]):
            return Claim([], abstains=True)
        is_lost = _is_replaced(base) or _hides_builtins(base.module_name)
        body = None if is_lost else eq_body(base)
        if body is None:
            return None
        classes = [(name, base) for name in body.classes if name not in (SUPER, SUPER_TESTED)]
        if len(classes) < len(body.classes):
            behind = _claim(info, position + 1)
            if behind is None or (SUPER_TESTED in body.classes and behind.abstains):
                return None
            classes += behind.classes
        return Claim(classes, body.abstains)
    return Claim([], abstains=True)


def _is_replaced(info: TypeInfo) -> bool:
    """Whether attrs may have replaced the `__eq__` that the body of a class defines."""
    return "attrs" in info.metadata


def _hides_builtins(module: str) -> bool:
    """Whether a module binds one of the names that are read as Python's own to something else."""
    nodes = ((name, named(name, module)) for name in BUILTINS)
    return any(node is not None and node.fullname != f"builtins.{name}" for name, node in nodes)


def _declares(one: Instance, other: Other) -> Answer:
    """What the annotation of an `__eq__` says, if its body cannot be read."""
    member = get_proper_type(find_member("__eq__", one, one))
    if not isinstance(member, CallableType) or not member.arg_types:
        return Answer.UNKNOWN
    parameter = get_proper_type(member.arg_types[0])
    arms = get_proper_types(flatten_nested_unions([parameter]))
    for arm in arms:
        if isinstance(arm, AnyType) or (
            isinstance(arm, Instance) and arm.type.fullname == names.OBJECT
        ):
            return Answer.UNKNOWN
    for arm in arms:
        if is_overlapping_types(other.type, arm) or (arm != one and other.may_equal(arm)):
            return Answer.YES
    return Answer.NO


def _named(name: str, owner: TypeInfo) -> Type | None:
    """The type that a name in the body of a class means; None if that is not known."""
    if name == NONE:
        return NoneType()
    if "@" in owner.fullname:  # A class in a function: its names may be local.
        return fill_typevars_with_any(owner) if name == owner.name.partition("@")[0] else None
    node = named(name, owner.module_name)
    if isinstance(node, TypeAlias):
        return node.target
    return fill_typevars_with_any(node) if isinstance(node, TypeInfo) else None


def _is_of(other: Other, typ: Type) -> Answer:
    """Whether `isinstance(other, typ)` may be true."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        answer = Answer.NO
        for item in proper.items:
            answer = _most(answer, _is_of(other, item))
        return answer
    # A value of the type `float` may be an int, but no int is a `float` to `isinstance`.
    if is_overlapping_types(other.type, proper, ignore_promotions=True) or is_subtype(
        proper, other.type
    ):
        return Answer.YES
    info, given = _class_of(proper), _class_of(other.type)
    if info is None or given is None:
        is_none = info is not None and info.fullname == names.NONE_TYPE
        differs = NoneType in map(type, (proper, other.type)) and not is_none
        return Answer.NO if differs else Answer.UNKNOWN
    if _decides_itself(info) or _may_be_registered(given, info):
        return Answer.UNKNOWN
    if given.fullname == names.FUNCTION and _may_be_callable(info):
        return Answer.YES
    if any(base.fullname in TPDICT_FB_NAMES for base in given.mro):
        as_dict = named("dict", "builtins")
        return Answer.YES if isinstance(as_dict, TypeInfo) and info in as_dict.mro else Answer.NO
    if info.has_base(names.NUMBER) and other.may_equal(proper):  # ints are registered as numbers.
        return Answer.YES
    if info.is_protocol and not _is_closed(given):
        return Answer.UNKNOWN
    return Answer.YES if other.share_subclass(info, given) else Answer.NO


def _class_of(typ: ProperType) -> TypeInfo | None:
    if isinstance(typ, TupleType):
        return typ.partial_fallback.type
    return typ.type if isinstance(typ, Instance) else None


def _may_be_registered(info: TypeInfo, base: TypeInfo) -> bool:
    """Whether an abstract class may count a class as its subclass for having been told so."""
    metaclass = base.metaclass_type
    if metaclass is None or not metaclass.type.has_base(names.ABC_META):
        return False
    is_registered = any(noted(each, REGISTERED) is not None for each in info.mro)
    return is_registered or noted(base, REGISTERING) is not None


def _may_be_callable(info: TypeInfo) -> bool:
    """Whether what mypy knows as a function may be an instance of a class."""
    return info.fullname in DESCRIPTORS or info.get_containing_type_info("__call__") is not None


def _decides_itself(info: TypeInfo) -> bool:
    """Whether the class has code of its own for `isinstance`."""
    metaclass = info.metaclass_type
    method = metaclass.type.get_containing_type_info("__instancecheck__") if metaclass else None
    hook = info.get_containing_type_info("__subclasshook__")
    return any(owner is not None and not is_of_standard_library(owner) for owner in (method, hook))


def _is_closed(info: TypeInfo) -> bool:
    return info.is_final or any(base.fullname in CLOSED for base in info.mro)

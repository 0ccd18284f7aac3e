"""All messages of the plugin."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

from mypy.errorcodes import ErrorCode
from mypy.messages import format_type as whole_type
from mypy.messages import format_type_distinctly as whole_types
from mypy.options import Options
from mypy.types import (
    Instance,
    LiteralType,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    UnionType,
    get_proper_type,
)

from keyview import _about
from keyview.mypy import names
from keyview.mypy.codes import (
    KEY_VIEW,
    KEY_VIEW_EQUAL,
    KEY_VIEW_LAW,
    KEY_VIEW_MAY_RAISE,
    KEY_VIEW_ORDER,
    KEY_VIEW_STORED,
    KEY_VIEW_UNHASHABLE,
)
from keyview.mypy.facts.hash_origin import is_of_standard_library, origin
from keyview.mypy.facts.law import Breach, Fault, declares
from keyview.mypy.facts.relation import Kind, Reason, Verdict, is_unhashable, may_be_unhashable
from keyview.mypy.facts.total_order import Gap, Lack
from keyview.mypy.host.decorators import dataclass_facts
from keyview.mypy.host.notes import more_about

__all__ = [
    "Diagnostic",
    "Hint",
    "begins_none",
    "borrowed_unordered",
    "broken",
    "finds_nothing",
    "foreign_less",
    "have_nothing_in_common",
    "never_equal",
    "returned",
    "stored",
    "unhashable",
    "unordered",
    "unplaced",
    "unstorable",
    "worded_by_mypy",
]

#: How many characters of a type a message shows: a union of hundreds has thousands.
LONGEST: Final = 300
#: The literals in a type, and one of them. Compiled when first needed: a run without errors does not.
LITERALS: Final = r"""Literal\[((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^]'"])*)\]"""
LITERAL: Final = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,'"])+"""
#: How many literals a type shows that would be too long, as mypy does with other unions.
FEW_LITERALS: Final = 5

#: How the call of a special method is written.
OPERATORS: Final[dict[str, str]] = {
    "__getitem__": "[]",
    "__delitem__": "del",
    "__contains__": "in",
    "__and__": "&",
    "__rand__": "&",
    "__iand__": "&=",
    "__sub__": "-",
    "__rsub__": "-",
    "__isub__": "-=",
    "__xor__": "^",
    "__rxor__": "^",
    "__ixor__": "^=",
    "__lt__": "<",
    "__le__": "<=",
    "__gt__": ">",
    "__ge__": ">=",
}

#: Advice by the class of the query and the class of the key.
INSTEAD: Final[dict[tuple[str, str], str]] = {
    (names.PURE_PATH, names.STR): "look up str(path)",
    (names.STR, names.PURE_PATH): "look up Path(text)",
    (names.UUID, names.STR): "look up str(uuid)",
    (names.STR, names.UUID): "look up uuid.UUID(text)",
    (names.BYTES, names.STR): "decode it first",
    (names.BYTEARRAY, names.BYTES): "look up bytes(buffer)",
    (names.BYTEARRAY, names.STR): "decode it first",
    (names.MEMORYVIEW, names.STR): "look up str(buffer, encoding)",
    (names.STR, names.BYTES): "encode it first",
    (names.INT, names.STR): "look up str(number)",
    (names.STR, names.INT): "look up int(text)",
    (names.FLOAT, names.STR): "look up str(number)",
    (names.STR, names.FLOAT): "look up float(text)",
    (names.DECIMAL, names.STR): "look up str(number)",
    (names.STR, names.DECIMAL): "look up Decimal(text)",
    (
        names.DATETIME,
        names.STR,
    ): "look up moment.isoformat(), if that is how it is stored",
    (names.DATE, names.STR): "look up date.isoformat(), if that is how it is stored",
    (names.STR, names.DATETIME): "look up datetime.fromisoformat(text)",
    (names.STR, names.DATE): "look up date.fromisoformat(text)",
    (names.IP_ADDRESS, names.STR): "look up str(address)",
    (names.STR, names.IP_ADDRESS): "look up ipaddress.ip_address(text)",
    (names.ENUM, names.STR): "look up its .value or .name",
    (names.ENUM, names.INT): "look up its .value",
    (names.STR, names.ENUM): "look up the member",
    (names.INT, names.ENUM): "look up the member",
    (names.LIST, names.TUPLE): "look up tuple(items)",
    (names.SET, names.FROZENSET): "look up frozenset(items)",
    (names.DICT, names.FROZENDICT): "look up frozendict(mapping)",
}

#: The classes of what can change; such as a live view, which changes with its mapping.
CHANGING: Final = (
    *(names.MUTABLE_SEQUENCE, names.MUTABLE_SET, names.MUTABLE_MAPPING),
    *(names.KEYS_VIEW, names.ITEMS_VIEW),
)

#: The folder of the error codes' pages in the repository.
PAGES: Final = "src/keyview/mypy/pages"


def format_type(typ: Type, options: Options) -> str:
    """A type as mypy writes it, if that is not too long."""
    return _shortened(whole_type(typ, options))


def format_type_distinctly(*types: Type, options: Options) -> tuple[str, ...]:
    """Types as mypy writes them so that they are told apart, if that is not too long."""
    return tuple(map(_shortened, whole_types(*types, options=options)))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    text = re.sub(LITERALS, _few_literals, text)
    return text if len(text) <= LONGEST else f'{text[:LONGEST]}..."'


def _few_literals(match: re.Match[str]) -> str:
    literals = [literal.strip() for literal in re.findall(LITERAL, match[1])]
    if len(literals) <= FEW_LITERALS:
        return match[0]
    few = ", ".join(literals[:FEW_LITERALS])
    return f"Literal[{few}, <{len(literals) - FEW_LITERALS} more items>]"


#: What an operation of two sets comes to that have no element in common.
OF_DISJOINT: Final[dict[str, str]] = {
    **dict.fromkeys(("__and__", "__rand__", "intersection"), "is always empty"),
    **dict.fromkeys(("__iand__", "intersection_update"), "always leaves nothing"),
    **dict.fromkeys(("__sub__", "__rsub__", "difference"), "removes nothing"),
    **dict.fromkeys(("__isub__", "difference_update"), "removes nothing"),
    **dict.fromkeys(("__xor__", "__rxor__", "symmetric_difference"), "is always the union"),
    **dict.fromkeys(("__ixor__", "symmetric_difference_update"), "always adds all"),
    **dict.fromkeys(("__le__", "issubset"), "is true only if the first is empty"),
    **dict.fromkeys(("__ge__", "issuperset"), "is true only if the second is empty"),
    "__lt__": "is true only if the first is empty",
    "__gt__": "is true only if the second is empty",
    "isdisjoint": "is always true",
}


class Hint(Enum):
    """What the author of a wrong lookup seems to have meant."""

    CALL = "did you mean to call it?"
    MAPPING = "an item is a pair of key and value; look in the mapping itself"


class Diagnostic(NamedTuple):
    """An error and the reason for it. `code` is used if mypy has no error of its own for the same lookup."""

    error: str
    why: str
    code: ErrorCode

    @property
    def codes(self) -> tuple[ErrorCode, ...]:
        """The code, and the one that it is part of."""
        return (self.code,) if self.code is KEY_VIEW else (self.code, KEY_VIEW)

    @property
    def notes(self) -> tuple[str, str]:
        """Why, and where there is more about the code."""
        code = self.code.code
        return self.why, more_about(code, _about.address_of(f"{PAGES}/{code}.md"))


def finds_nothing(
    method: str,
    receiver: Type,
    query: Type,
    key: Type,
    noun: str,
    verdict: Verdict,
    hint: Hint | None,
    options: Options,
) -> Diagnostic:
    """The diagnostic for a lookup that finds nothing."""
    asked_type = query
    if verdict.reason is Reason.LITERALS and isinstance(get_proper_type(query), Instance):
        # For mypy the type of the expression "c" is str. The message must say "c", which is the reason.
        asked_type = verdict.query or query
    asked, stored = format_type_distinctly(asked_type, key, options=options)
    is_never = verdict.kind is Kind.NEVER
    among = "which can never find one of" if is_never else "probably by mistake, among"
    error = (
        f"{_operation(method)} looks up {asked}, {among} the {stored} {noun} of "
        f"{format_type(receiver, options)}"
    )
    return Diagnostic(error, _why(verdict, query, key, hint, options), KEY_VIEW)


def have_nothing_in_common(
    method: str,
    receiver: Type,
    other: Type,
    query: Type,
    key: Type,
    verdict: Verdict,
    options: Options,
) -> Diagnostic:
    """The diagnostic for an operation of two collections of which no elements are ever equal."""
    first, second = format_type_distinctly(receiver, other, options=options)
    operator = OPERATORS.get(method)
    if operator is None:
        operation = f"{method}() of {first} and {second}"
    elif method.startswith("__r"):
        operation = f"{second} {operator} {first}"
    else:
        operation = f"{first} {operator} {second}"
    error = f"{operation} {OF_DISJOINT[method]}"
    return Diagnostic(error, _why(verdict, query, key, None, options), KEY_VIEW)


def never_equal(
    operator: str, left: Type, right: Type, verdict: Verdict, options: Options
) -> Diagnostic:
    """The diagnostic for a comparison of two that are never equal."""
    one, other = format_type_distinctly(left, right, options=options)
    answer = "false" if operator == "==" else "true"
    error = f"{one} {operator} {other} is always {answer}"
    why = _why(verdict, left, right, None, options).partition("; look up")[0]
    return Diagnostic(error, why, KEY_VIEW_EQUAL)


def unhashable(
    receiver: Type, query: Type, key: Type, verdict: Verdict, options: Options
) -> Diagnostic:
    """The diagnostic for a query that cannot be hashed, or of which some values cannot."""
    asked = verdict.query or query
    shown, whole = format_type_distinctly(asked, query, options=options)
    place = format_type(receiver, options)
    match verdict.reason:
        case Reason.MEMBER_UNHASHABLE:
            error = f"{shown} cannot be hashed, so this lookup of {whole} in {place} may raise TypeError"
            why = f"{shown} cannot be hashed; test isinstance(..., {_classes(asked)}) first"
            return Diagnostic(error, why, KEY_VIEW_MAY_RAISE)
        case Reason.MAYBE_UNHASHABLE:
            error = (
                f"{shown} cannot be hashed unless it is empty, so this lookup in {place} may raise "
                f"TypeError"
            )
        case _:
            error = f"{shown} cannot be hashed, so this lookup in {place} raises TypeError"
    instead = _instead(get_proper_type(asked), get_proper_type(verdict.key or key))
    return Diagnostic(error, _hashless(asked, instead, options), KEY_VIEW_UNHASHABLE)


def worded_by_mypy(
    diagnostic: Diagnostic, receiver: Type, query: Type, key: Type, options: Options
) -> Diagnostic:
    """The diagnostic with mypy's own message for a wrong index.

    In `d[k] += 1` mypy checks the index twice, the second time without the plugin. mypy drops a message
    that it has reported for the line already.
    """
    asked, stored = format_type_distinctly(query, key, options=options)
    of = format_type(receiver, options)
    return diagnostic._replace(error=f"Invalid index type {asked} for {of}; expected type {stored}")


def unstorable(method: str, receiver: Type, query: Type, key: Type, options: Options) -> Diagnostic:
    """The diagnostic for a lookup that could find a key, but could also store a wrong one."""
    asked, stored = format_type_distinctly(query, key, options=options)
    error = (
        f"{_operation(method)} looks up {asked} and may store it, but the keys of "
        f"{format_type(receiver, options)} are {stored}"
    )
    why = (
        f"{_operation(method)} stores a query that it does not find; narrow or convert it to {stored} "
        f"first, or only look it up, with get() or get_entry()"
    )
    return Diagnostic(error, why, KEY_VIEW)


def unplaced(
    method: str,
    receiver: Type,
    query: Type,
    arm: Type,
    key: Type,
    noun: str,
    options: Options,
) -> Diagnostic:
    """The diagnostic for a query that has no place in the order of the keys. `arm` is what of it has none."""
    asked, stored = format_type_distinctly(query, key, options=options)
    error = (
        f"{_operation(method)} looks for the place of {asked} among the {stored} {noun} of "
        f"{format_type(receiver, options)}, where it has none"
    )
    less = " < ".join(format_type_distinctly(arm, key, options=options))
    instead = _instead(get_proper_type(arm), get_proper_type(key))
    remedy = f"; {instead}" if instead else ""
    return Diagnostic(error, f"{less} is not supported, so this raises TypeError{remedy}", KEY_VIEW)


def begins_none(receiver: Type, prefix: Type, key: Type, options: Options) -> Diagnostic:
    """The diagnostic for a prefix that no key begins with."""
    asked, stored = format_type_distinctly(prefix, key, options=options)
    error = (
        f"range() has the prefix {asked}, but none of the {stored} keys of "
        f"{format_type(receiver, options)} can begin with it"
    )
    why = "A str begins with a str, bytes with bytes, a tuple with a tuple of its first elements"
    return Diagnostic(error, why, KEY_VIEW)


def broken(name: str, method: str, breach: Breach) -> Diagnostic:
    """The diagnostic for a class whose hash or equality breaks the law of KeyView or Borrow.

    `method` is `__key__` or `__borrow__`.
    """
    error = f'"{name}" declares {method}() but {_fault(breach, name)}'
    return Diagnostic(error, _mended(breach, method), KEY_VIEW_LAW)


def returned(name: str, method: str, result: Type, fault: Fault, options: Options) -> Diagnostic:
    """The diagnostic for a class whose `__key__` or `__borrow__` returns something that cannot be a key."""
    shown = format_type(result, options)
    if fault is Fault.UNHASHABLE:
        error = f'{method}() of "{name}" returns {shown}, which cannot be hashed'
        why = "What cannot be hashed cannot be a key; return a hashable type"
    else:
        error = f'{method}() of "{name}" returns {shown}, which is itself a view'
        why = "A view is never stored as a key; return the key that the view stands for"
    return Diagnostic(error, why, KEY_VIEW_LAW)


def borrowed_unordered(name: str, result: Type, gap: Gap, options: Options) -> Diagnostic:
    """The diagnostic for an `OrderedBorrow` whose queries have no total order."""
    shown = format_type(result, options)
    error = f'__borrow__() of "{name}" returns {shown}, which has no total order'
    return Diagnostic(error, _disorder(gap, options), KEY_VIEW_LAW)


def foreign_less(name: str, key: Type, options: Options) -> Diagnostic:
    """The diagnostic for a view whose `<` does not take the key that it stands for."""
    shown = format_type(key, options)
    error = f'The < of "{name}" does not take {shown}, which __key__() returns'
    why = "A sorted collection evaluates view < key; let __lt__ take a key, or do not define it"
    return Diagnostic(error, why, KEY_VIEW_LAW)


def _fault(breach: Breach, name: str) -> str:
    owner = breach.owner.name
    whose = "its" if owner == name else f"{owner}'s"
    match breach.fault:
        case Fault.GENERATED:
            return f"{whose} decorator replaces __hash__ and __eq__"
        case Fault.HASH_IS_NONE:
            return f"{whose} __hash__ is None, so it cannot be hashed"
        case Fault.EQ_ALONE:
            return f"{whose} __eq__ comes without a __hash__, so it cannot be hashed"
        case Fault.SPLIT:
            return f"{whose} class body defines only one of __hash__ and __eq__"
        case Fault.FOREIGN:
            return f"its other base, {owner}, comes first with a hash and equality of its own"
        case Fault.ENUM:
            return "is an enum, too"
        case Fault.IDENTITY:
            return "has the __hash__ and the __eq__ of object, and so equals only itself"
        case _:
            return f"{whose} fields can be assigned, which changes the hash"


def _mended(breach: Breach, method: str) -> str:
    law = f"hash and compare as {method}() does"
    match breach.fault:
        case Fault.GENERATED:
            return f"It must {law}, not as its fields do; write @dataclass(frozen=True, eq=False)"
        case Fault.HASH_IS_NONE | Fault.EQ_ALONE:
            return f"It must {law}; define both __hash__ and __eq__, or neither"
        case Fault.SPLIT:
            return f"It must {law}; define both, or inherit both"
        case Fault.FOREIGN:
            return f"It must {law}; name KeyView or Borrow first among the bases, or define both methods"
        case Fault.ENUM:
            return (
                f"Python cannot combine an enum with a protocol; define {method}() on another class"
            )
        case Fault.IDENTITY:
            return f"It must {law}; inherit from KeyView or Borrow, or define both methods"
        case _:
            return "A hash must never change; write @dataclass(frozen=True, eq=False)"


def stored(collection: str, key: Type, view: Type, options: Options) -> Diagnostic:
    """The diagnostic for a collection whose keys are views, or have views in them."""
    keys, shown = format_type_distinctly(key, view, options=options)
    holding = "" if keys == shown else f", which hold {shown}"
    error = f"The keys of a {collection} would be {keys}{holding}, and a view is never stored"
    is_buffer = _names(get_proper_type(view))[:1] == [names.MEMORYVIEW]
    owned = "bytes" if is_buffer else "what __key__() returns"
    why = (
        f"Store {owned}; look it up with the view, or insert with entry(view), which builds the key"
    )
    return Diagnostic(error, why, KEY_VIEW_STORED)


def unordered(collection: str, key: Type, gap: Gap, options: Options) -> Diagnostic:
    """The diagnostic for a sorted collection whose keys have no total order."""
    shown = format_type(key, options)
    error = f"The keys of a {collection} would be {shown}, which have no total order"
    return Diagnostic(error, _disorder(gap, options), KEY_VIEW_ORDER)


def _disorder(gap: Gap, options: Options) -> str:
    shown = format_type(gap.type, options)
    match gap.lack:
        case Lack.MIXED:
            one, other = format_type_distinctly(gap.type, gap.other or gap.type, options=options)
            return f"{one} < {other} raises TypeError; keep keys of one type, or use a HashMap"
        case Lack.INCLUSION:
            return (
                f"The < of {shown} means inclusion: of two that differ, neither may be less; store a sorted "
                f"tuple of the elements, or use a HashMap"
            )
        case Lack.NO_LESS:
            return f"{shown} has no <, so comparing two raises TypeError; define __lt__, or use a HashMap"


def _operation(method: str) -> str:
    operator = OPERATORS.get(method)
    return f'"{operator}"' if operator else f"{method}()"


def _why(verdict: Verdict, query: Type, key: Type, hint: Hint | None, options: Options) -> str:
    inner_query, inner_key = verdict.query or query, verdict.key or key
    asked, stored = format_type_distinctly(inner_query, inner_key, options=options)
    unequal = f"{asked} and {stored} never compare equal"
    instead = (
        hint.value if hint else _instead(get_proper_type(inner_query), get_proper_type(inner_key))
    )
    remedy = f"; {instead}" if instead else ""
    match verdict.reason:
        case Reason.LITERALS:
            return f"{asked} is none of {format_type(key, options)}"
        case Reason.ONLY_NONE:
            return f"Only None could be found, because {unequal}{remedy}"
        case Reason.NEWTYPES:
            return f"{asked} and {stored} are distinct NewTypes of one base; convert it on purpose"
        case Reason.NAMEDTUPLES:
            return f"{asked} and {stored} are distinct NamedTuple classes; convert it on purpose"
        case Reason.LENGTH:
            return f"{asked} and {stored} differ in length; tuples are equal item by item"
        case Reason.ELEMENT:
            return f"Tuples are equal item by item, and {unequal}{remedy}"
        case Reason.ITEM:
            return f"Dicts are equal item by item, and {unequal}"
        case Reason.ONLY_EMPTY:
            return f"{asked} and {stored} are equal only if both are empty"
        case Reason.VIEW_OF_OTHER:
            return f"The view stands for a key of type {asked}, and {unequal}{remedy}"
        case Reason.ABSTRACT:
            return f"{asked} and {stored} are equal only if a class that is not known here says so{remedy}"
        case Reason.PROTOCOL:
            return f"No known class is both {asked} and {stored}"
        case Reason.ENUMS:
            return f"{asked} and {stored} are distinct enums; look up a member of {stored}"
        case Reason.MAYBE_NONE:
            return "The query may be None, and no key is; test it for None first (strict_none)"
        case Reason.OBJECT:
            return f"{asked} may be anything; narrow it first (strict_object)"
        case Reason.NEWTYPE_BASE:
            return f"{asked} is not known to be {stored}; convert it on purpose (strict_newtype)"
        case Reason.BOOL:
            return f"{asked} is only equal to 0 or 1; look up int(flag) on purpose (strict_bool)"
        case Reason.DATETIME:
            return (
                "A date and a datetime never compare equal; convert one of them (strict_datetime)"
            )
        case Reason.UNKNOWN:
            return (
                f"Nothing says that {asked} and {stored} may be equal; declare KeyView or Borrow "
                f"(strict_unknown)"
            )
        case _:
            return f"{unequal}{remedy}"


def _instead(query: ProperType, key: ProperType) -> str | None:
    """The most specific advice for these two classes."""
    pairs = ((asked, stored) for asked in _names(query) for stored in _names(key))
    return next((INSTEAD[pair] for pair in pairs if pair in INSTEAD), None)


def _hashless(typ: Type, instead: str | None, options: Options) -> str:
    """Why a value has no hash, and what to do."""
    remedy = f"; {instead}" if instead else ""
    proper = get_proper_type(typ)
    shown = format_type(proper, options)
    parts = (get_proper_type(part) for part in _hashed_parts(proper))
    part = next((one for one in parts if is_unhashable(one) or may_be_unhashable(one)), None)
    if part is not None:
        return f"{shown} is hashed by what is in it, and {_hashless(part, None, options)}"
    if isinstance(proper, TypedDictType):
        return f"{shown} is a dict, which can change, and so has no hash"
    if isinstance(proper, TupleType):
        proper = proper.partial_fallback  # A subclass of a NamedTuple.
    if not isinstance(proper, Instance):
        return f"{shown} has no hash{remedy}"
    owner = origin(proper.type, "__hash__").owner
    whose = f'"{owner.name}"'
    if is_of_standard_library(owner):
        change = "can change, and so " if any(map(owner.has_base, CHANGING)) else ""
        return f"{shown} {change}has no hash{remedy}"
    own_hash = owner.names.get("__hash__")
    if own_hash is not None and own_hash.plugin_generated:  # By mypy's plugin for attrs.
        why = f"{whose} has no hash, because its decorator removes it"
        return f"{why}; {instead or 'give the decorator frozen=True'}"
    if own_hash is not None:
        return f"{whose} has no hash, because its __hash__ is None{remedy}"
    if dataclass_facts(owner) is not None:
        frozen = f"write @dataclass(frozen=True{', eq=False' if declares(owner) else ''})"
        return f"{whose} has no hash, because its decorator removes it; {instead or frozen}"
    return f"{whose} has an __eq__, and so no hash; {instead or 'define __hash__ beside __eq__'}"


def _hashed_parts(typ: ProperType) -> list[Type]:
    """The types of the parts that the hash of a value depends on."""
    if isinstance(typ, TupleType):
        return typ.items
    if isinstance(typ, Instance) and typ.type.fullname in (names.TUPLE, names.FROZENDICT):
        return list(typ.args)
    return []


def _classes(typ: Type) -> str:
    """The classes of a union's members, as `isinstance` takes them."""
    proper = get_proper_type(typ)
    members = proper.items if isinstance(proper, UnionType) else [proper]
    classes = [_class_name(get_proper_type(member)) for member in members]
    return classes[0] if len(set(classes)) == 1 else f"({', '.join(dict.fromkeys(classes))})"


def _class_name(typ: ProperType) -> str:
    """The name of the class that a value has at run time."""
    if isinstance(typ, TypedDictType):
        return "dict"
    if isinstance(typ, TupleType):
        return typ.partial_fallback.type.name
    return typ.type.name if isinstance(typ, Instance) else "object"


def _names(typ: ProperType) -> list[str]:
    """The full names of the classes of a value, most specific first."""
    if isinstance(typ, LiteralType):
        typ = typ.fallback
    if isinstance(typ, TupleType):
        typ = typ.partial_fallback
    return [base.fullname for base in typ.type.mro] if isinstance(typ, Instance) else []

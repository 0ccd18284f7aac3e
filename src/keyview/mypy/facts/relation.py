"""Can a query of one type ever find a key of another type? `relate` answers, a pure function of two types.

A query finds a key if it *is* the key, or if the two are equal and have equal hashes. The answer is
therefore about equality. Subtypes and overlapping types are only the most common case of it.

Nothing here reports errors, or knows where the types are from. If the types do not show the truth, the
answer is `UNKNOWN`, which callers leave to mypy: a false alarm is worse than an error that is not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import chain, product
from typing import Final, NamedTuple, TypeAlias, TypeGuard

from mypy.expandtype import expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.meet import is_overlapping_types
from mypy.nodes import CONTRAVARIANT, COVARIANT, TypeInfo, Var
from mypy.subtypes import find_member, is_subtype
from mypy.typeops import tuple_fallback
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    ProperType,
    TupleType,
    Type,
    TypeAliasType,
    TypedDictType,
    TypeOfAny,
    TypeType,
    TypeVarType,
    UninhabitedType,
    UnionType,
    UnpackType,
    flatten_nested_unions,
    get_proper_type,
    get_proper_types,
)
from mypy.typevars import fill_typevars_with_any

from keyview.mypy import names
from keyview.mypy.facts.equality import (
    ACROSS,
    CLOSED,
    CONTENTS,
    ELEMENTWISE,
    FAMILIES,
    NUMBERS,
    SCALARS,
    SIBLINGS_DIFFER,
)
from keyview.mypy.facts.hash_origin import By, is_of_standard_library, origin
from keyview.mypy.facts.own_equality import Answer, Other, admits, claimed
from keyview.mypy.facts.tuples import aligned
from keyview.mypy.facts.typed_dicts import shared_items
from keyview.mypy.host.decorators import compares_fields, uncompared
from keyview.mypy.host.metadata import METADATA
from keyview.mypy.host.program import named

__all__ = [
    "HASHLESS",
    "Kind",
    "Policy",
    "Program",
    "Reason",
    "Verdict",
    "as_instance",
    "is_always_accepted",
    "is_unhashable",
    "may_be_unhashable",
    "owned_type",
    "relate",
]

#: A function that returns classes of the program that inherit from one.
FindSubclasses: TypeAlias = Callable[[TypeInfo], Iterable[TypeInfo]]


class Kind(Enum):
    """How the type of a query and the type of the stored keys are related."""

    SAME = "every query may be a stored key"
    OVERLAPS = "some values are of both types"
    FAMILY = "values of the two types may be equal"
    VIEWED = "the query declares that it stands for such a key"
    BORROWED = "the keys declare that they may be found by such a query"
    ADMITTED = "an __eq__ that its author wrote admits the other class"
    UNKNOWN = "a class has an __eq__ of its own that cannot be read"
    UNLIKELY = "what could be found is nothing that one looks up on purpose"
    NEVER = "no two values are equal with equal hashes"

    @property
    def accepted(self) -> bool:
        """Whether such a query is accepted."""
        return self not in (Kind.UNLIKELY, Kind.NEVER)


class Reason(Enum):
    """Why a query is not accepted."""

    UNEQUAL = "the two classes never compare equal"
    UNHASHABLE = "the query cannot be hashed"
    MAYBE_UNHASHABLE = "the query cannot be hashed, unless it is empty"
    MEMBER_UNHASHABLE = "some members of the query's union cannot be hashed"
    LITERALS = "the literal values differ"
    ONLY_NONE = "only None is on both sides"
    NEWTYPES = "two NewTypes of one base"
    NAMEDTUPLES = "two NamedTuple classes"
    LENGTH = "the tuples differ in length"
    ELEMENT = "an element of the tuples never matches"
    ITEM = "an item of the dicts never matches"
    ONLY_EMPTY = "only the empty container is of both types"
    VIEW_OF_OTHER = "the query stands for another type of key"
    PROTOCOL = "no class of that kind implements the protocol"
    ABSTRACT = "no class that is known makes them equal"
    FLAVOURS = "siblings that never compare equal"
    ENUMS = "two enums that mix in the same class"
    MAYBE_NONE = "the query may be None, and no key is"
    OBJECT = "the query may be anything"
    NEWTYPE_BASE = "the query is not known to be of the NewType"
    BOOL = "a bool among int keys"
    DATETIME = "a date and a datetime"
    UNKNOWN = "only the body of an __eq__ decides"


#: The names with which a class says what its values are equal to, and what they are found by.
DECIDING: Final = frozenset({"__eq__", "__hash__", "__key__", "__borrow__", "__getattr__"})

#: The reasons that are about the hash of the query, not about equality.
HASHLESS: Final = (Reason.UNHASHABLE, Reason.MAYBE_UNHASHABLE, Reason.MEMBER_UNHASHABLE)

#: The pairs of types that are being related, while they are. A recursive type leads back to one of them.
_BEING_RELATED: Final[set[tuple[Type, Type]]] = set()


class Verdict(NamedTuple):
    """The answer of `relate`, with what a message needs to explain it."""

    kind: Kind
    reason: Reason | None = None
    #: The innermost types that decided, such as an element of a tuple, or the key that a view stands
    #: for.
    query: Type | None = None
    key: Type | None = None

    @property
    def accepted(self) -> bool:
        """Whether such a query is accepted."""
        return self.kind.accepted


class Policy(NamedTuple):
    """Which queries are not accepted although they may find a key, and which classes are equal."""

    #: Do not accept a query that may be None, if no key is None.
    strict_none: bool = False
    #: Do not accept a query that can only find None.
    strict_only_none: bool = True
    #: Do not accept `object` and `Hashable`, which may be anything.
    strict_object: bool = False
    #: Do not accept the base type of a NewType.
    strict_newtype: bool = False
    #: Do not accept siblings: NewTypes of one base, NamedTuples, enums that mix in the same class.
    strict_siblings: bool = True
    #: Do not accept a bool for int keys.
    strict_bool: bool = False
    #: Do not accept a datetime for date keys, or a date for datetime keys, which are never equal.
    strict_datetime: bool = False
    #: Do not accept a class with an `__eq__` that cannot be read and does not declare what it is equal to.
    strict_unknown: bool = False
    #: Pairs of classes, by full name, that compare equal although no declaration says so.
    equal: frozenset[frozenset[str]] = frozenset()

    @property
    def named(self) -> frozenset[str]:
        """The classes in the pairs."""
        return frozenset().union(*self.equal)


class Program(NamedTuple):
    """What `relate` has to know of the program besides the two types."""

    #: `keyview.KeyView` and `keyview.Borrow`, if the program imports them.
    key_view: TypeInfo | None = None
    borrow: TypeInfo | None = None
    #: `bytes`, which a memoryview is a view of.
    bytes_type: TypeInfo | None = None
    #: Whether a class of the program inherits from both classes.
    share_subclass: Callable[[TypeInfo, TypeInfo], bool] = lambda left, right: False
    #: The classes of the program that inherit from one, and bring a hash or an equality of their own.
    subclasses: FindSubclasses = lambda info: ()
    #: All classes of the program that inherit from one.
    below: FindSubclasses = lambda info: ()
    #: False if a query is compared with one key after the other, as in a list, without a hash.
    hashed: bool = True
    policy: Policy = Policy()

    def with_hashing(self, hashed: bool) -> Program:
        """This program, for queries that are hashed, or that are only compared."""
        return self if hashed == self.hashed else self._replace(hashed=hashed)


def relate(query: Type, key: Type, program: Program) -> Verdict:
    """Whether a `query` can find a stored `key`, and why."""
    query, key = get_proper_types((query, key))
    if _is_scalar(query) and _is_scalar(key) and query.type is key.type:
        return Verdict(Kind.SAME)
    pair = (query, key)
    if pair in _BEING_RELATED:
        return Verdict(
            Kind.OVERLAPS
        )  # The recursion is back here without a reason against the query.
    _BEING_RELATED.add(pair)
    try:
        return _relate(query, key, program)
    finally:
        _BEING_RELATED.discard(pair)


def _relate(query: ProperType, key: ProperType, program: Program) -> Verdict:
    """As `relate`, for two types of which nothing was asked yet."""
    queries, keys = _listed(_arms(query), _arms(key))
    if len(queries) > 1 or len(keys) > 1:
        return _relate_arms(queries, keys, program)
    query, key = queries[0], keys[0]

    if isinstance(key, UninhabitedType):
        return Verdict(Kind.UNKNOWN)  # Of what is empty, mypy has only guessed a type.
    if isinstance(query, TypeVarType) or isinstance(key, TypeVarType):
        if query == key:
            return Verdict(Kind.SAME)
        return relate(_upper_bound(query), _upper_bound(key), program)

    if program.hashed and is_unhashable(query, program.subclasses):
        return Verdict(Kind.NEVER, Reason.UNHASHABLE, query, key)
    verdict = _relate_single(query, key, program)
    if program.hashed and may_be_unhashable(query, program.subclasses):
        kind = Kind.NEVER if verdict.kind is Kind.NEVER else Kind.UNLIKELY
        return Verdict(kind, Reason.MAYBE_UNHASHABLE, query, key)
    return verdict


def is_always_accepted(query: Type, key: Type) -> bool:
    """Whether a query is accepted whatever the program is: most lookups by far are such.

    Either both are one kind of text or number, or nothing is known of one of the two.
    """
    query, key = get_proper_type(query), get_proper_type(key)
    if isinstance(query, AnyType):
        return isinstance(key, AnyType) or _is_scalar(key)
    return _is_scalar(query) and (
        isinstance(key, AnyType) or (isinstance(key, Instance) and query.type is key.type)
    )


def _is_scalar(typ: ProperType) -> TypeGuard[Instance]:
    return isinstance(typ, Instance) and typ.type.fullname in SCALARS


def _relate_single(query: ProperType, key: ProperType, program: Program) -> Verdict:
    """Relate two types that are neither unions nor type variables. The query must be hashable."""
    if isinstance(query, NoneType) and isinstance(key, NoneType):
        return Verdict(Kind.SAME)
    if any(_is_annotation(one, other) for one, other in ((query, key), (key, query))):
        return Verdict(Kind.OVERLAPS)

    if isinstance(query, TupleType) and isinstance(key, TupleType):
        verdict = _relate_tuples(query, key, program)
        if verdict.accepted:
            return verdict
        answers = {
            _admits(query.partial_fallback, key, program),
            _admits(key.partial_fallback, query, program),
        }
        return _by_answers(answers, query, key, program) or verdict
    if isinstance(query, TupleType) or isinstance(key, TupleType):
        contents = _relate_tuple_to_homogeneous(query, key, program)
        if contents is not None:
            return contents

    if isinstance(key, LiteralType):
        query = _known(query)
    if isinstance(query, LiteralType) or isinstance(key, LiteralType):
        return _relate_literals(query, key, program)

    if any(
        isinstance(one, TypeType) and isinstance(one.item, UninhabitedType) for one in (query, key)
    ):
        return Verdict(Kind.OVERLAPS)  # Of what is empty, mypy has only guessed a type.
    if any(_is_alias(one) and _is_class(other) for one, other in ((query, key), (key, query))):
        return Verdict(Kind.OVERLAPS)
    if isinstance(query, Instance) and isinstance(key, Instance):
        return _relate_instances(query, key, program)
    if _share_subclass_of(query, key, program):
        return Verdict(Kind.OVERLAPS)
    if isinstance(query, TypedDictType) or isinstance(key, TypedDictType):
        items = _relate_items(query, key, program)
        if items is not None:
            return items
    if is_overlapping_types(query, key, ignore_promotions=False):
        return Verdict(Kind.OVERLAPS)
    if isinstance(query, FunctionLike) and isinstance(key, FunctionLike):
        return Verdict(Kind.OVERLAPS)  # A function may be of both types.
    if _is_called(query, key, program) or _is_called(key, query, program):
        return Verdict(Kind.OVERLAPS)
    left, right = as_instance(query), as_instance(key)
    for one, other in ((left, key), (right, query)):
        if one is not None and isinstance(other, NoneType):
            return _by_answers({_admits(one, other, program)}, one, other, program) or _never(
                query, key
            )
    if left is None or right is None or (left is query and right is key):
        return _never(query, key)
    equal = _relate_equality(left, right, program)
    return equal if equal is not None else _never(query, key)


def _is_annotation(one: ProperType, form: ProperType) -> bool:
    """Whether a value may be in the place of a TypeForm because it is an annotation: a str, or None."""
    if not (isinstance(form, TypeType) and form.is_type_form):
        return False
    instance = as_instance(one)
    return isinstance(one, NoneType) or (instance is not None and instance.type.has_base(names.STR))


def _never(query: Type, key: Type, reason: Reason = Reason.UNEQUAL) -> Verdict:
    return Verdict(Kind.NEVER, reason, query, key)


# -- unions and type variables --------------------------------------------------------------------


def _arms(typ: ProperType) -> list[ProperType]:
    """The alternatives of a type: the members of a union, the constraints of a type variable."""
    if isinstance(typ, UnionType):
        items = get_proper_types(flatten_nested_unions(typ.items))
        return [arm for item in items for arm in _arms(item)]
    if isinstance(typ, TypeVarType) and typ.values:
        return [arm for value in get_proper_types(typ.values) for arm in _arms(value)]
    return [typ]


def _upper_bound(typ: ProperType) -> Type:
    return typ.upper_bound if isinstance(typ, TypeVarType) else typ


def _relate_arms(queries: list[ProperType], keys: list[ProperType], program: Program) -> Verdict:
    """Relate unions: some alternative of the query must find some alternative of the key."""
    if len(queries) > 1 and len(keys) > 1:
        stored = frozenset(keys)
        if all(query in stored for query in queries):
            return Verdict(Kind.SAME)  # Such keys are stored, so they can be hashed.
        # Leave None out if it is on both sides: the other alternatives are what the lookup is for.
        some_queries = [arm for arm in queries if not isinstance(arm, NoneType)]
        some_keys = [arm for arm in keys if not isinstance(arm, NoneType)]
        if len(some_queries) < len(queries) and len(some_keys) < len(keys):
            verdict = _relate_arms(some_queries, some_keys, program)
            if verdict.accepted:
                return verdict
            if not program.policy.strict_only_none:
                return Verdict(Kind.OVERLAPS)
            return verdict._replace(kind=Kind.UNLIKELY, reason=Reason.ONLY_NONE)
    verdicts = (relate(query, key, program) for query, key in _pairs(queries, keys, program))
    best = _best(verdicts)
    if best.accepted:
        raising = [arm for arm in queries if program.hashed and _raises(arm, program)]
        if raising:
            members = UnionType.make_union(raising)
            return Verdict(Kind.UNLIKELY, Reason.MEMBER_UNHASHABLE, members, keys[0])
        for query in queries:
            if (
                program.policy.strict_none
                and isinstance(query, NoneType)
                and not any(relate(query, key, program).accepted for key in keys)
            ):
                return Verdict(Kind.UNLIKELY, Reason.MAYBE_NONE, query, keys[0])
    return best


def _raises(query: ProperType, program: Program) -> bool:
    """Whether hashing a value of this type raises `TypeError`, unless the value is empty perhaps."""
    return is_unhashable(query, program.subclasses) or may_be_unhashable(query, program.subclasses)


class _Group(NamedTuple):
    """Alternatives of a type of which one decides for all, where they meet a group of the same kind."""

    #: Literals of one class, by the value that they compare by; or classes whose values are equal to those of
    #: classes that are named; or one type.
    arms: dict[object, ProperType]
    #: The classes that each of those classes names, and itself; empty for the other kinds.
    named: dict[TypeInfo, frozenset[TypeInfo]]


def _pairs(
    queries: list[ProperType], keys: list[ProperType], program: Program
) -> Iterator[tuple[ProperType, ProperType]]:
    """The pairs of alternatives of which one decides: not all, which would be too many."""
    # The type of the expression "c" is `str`; against literals, it is the value that decides.
    has_literal = any(isinstance(key, LiteralType) for key in keys)
    stored = _groups(keys, program)
    for asked in _groups([_known(query) if has_literal else query for query in queries], program):
        for group in stored:
            yield from _deciding(asked, group, program)


def _groups(arms: list[ProperType], program: Program) -> list[_Group]:
    literals: dict[TypeInfo, _Group] = {}
    plain = _Group({}, {})
    others: list[_Group] = []
    for arm in arms:
        value = _literal_value(arm) if isinstance(arm, LiteralType) else None
        if isinstance(arm, LiteralType) and value is not None:
            literals.setdefault(arm.fallback.type, _Group({}, {})).arms[value] = arm
        elif isinstance(arm, Instance) and (equals := _equals(arm, program)):
            plain.arms[arm.type] = arm
            plain.named[arm.type] = equals
        else:
            others.append(_Group({None: arm}, {}))
    return [*others, *literals.values(), *([plain] if plain.arms else [])]


def _deciding(
    asked: _Group, stored: _Group, program: Program
) -> Iterator[tuple[ProperType, ProperType]]:
    first = (next(iter(asked.arms.values())), next(iter(stored.arms.values())))
    if asked.named and stored.named:
        yield next(_kin(asked, stored, program), first)
    elif asked.named or stored.named:
        some, others = (list(group.arms.values()) for group in (asked, stored))
        yield from product(some, others[:1]) if asked.named else product(some[:1], others)
    else:
        equal = (value for value in asked.arms if value in stored.arms)
        yield next(((asked.arms[value], stored.arms[value]) for value in equal), first)


def _kin(
    asked: _Group, stored: _Group, program: Program
) -> Iterator[tuple[ProperType, ProperType]]:
    """The pairs of such classes of which some value has both, or has one that the other names."""

    def meet(one: TypeInfo, other: TypeInfo) -> bool:
        is_base = one in other.mro or other in one.mro
        return is_base or program.share_subclass(one, other)

    for one, of_one in asked.named.items():
        for other, of_other in stored.named.items():
            if any(meet(each, other) for each in of_one) or any(
                meet(one, each) for each in of_other if each is not other
            ):
                yield asked.arms[one], stored.arms[other]


def _equals(arm: Instance, program: Program) -> frozenset[TypeInfo]:
    """The classes to whose values alone a value may be equal, whatever class it is of below this one.

    Empty if that is not known, or if there is more to it than the classes.
    """
    nothing: frozenset[TypeInfo] = frozenset()
    if arm.args or arm.type.fullname in program.policy.named:
        return nothing
    info = arm.type
    is_special = any(
        (
            len(info.mro) == 1,  # object
            info.is_protocol,
            info.is_abstract,
            info.is_newtype,
            info.is_enum,
            info.fallback_to_any,
            info.metaclass_type is not None,
            _is_made_up(info),
        )
    )
    if is_special:
        return nothing
    equals = {info}
    for each in chain([info], program.subclasses(info)):  # These last: mypy has no list of them.
        classes = _classes_named(each)
        if classes is None:
            return nothing
        equals.update(classes)
    return frozenset(equals)


def _classes_named(info: TypeInfo) -> list[TypeInfo] | None:
    """The classes that the `__eq__` of a class names; None if there is more to its equality or its hash."""
    bases = info.mro[:-1]
    if any(map(is_of_standard_library, bases)):
        return None
    names_of_all = DECIDING.intersection(name for base in bases for name in base.names)
    notes = {topic for base in bases for topic in base.metadata}
    if not names_of_all and not notes:
        return []
    if not names_of_all <= {"__eq__", "__hash__"} or not notes <= {METADATA}:
        return None
    return None if origin(info, "__hash__").by is By.NOBODY else claimed(info)


def _known(typ: ProperType) -> ProperType:
    """The literal that a value is known to be, or the type as it is."""
    return typ.last_known_value or typ if isinstance(typ, Instance) else typ


def _best(verdicts: Iterable[Verdict]) -> Verdict:
    """The one that speaks most for the lookup; those after the first *same* are not asked for."""
    order = list(Kind)
    found: list[Verdict] = []
    for verdict in verdicts:
        found.append(verdict)
        if verdict.kind is Kind.SAME:
            break

    def rank(verdict: Verdict) -> tuple[int, bool]:
        # If one of its types can be hashed, the query does not always raise.
        return order.index(verdict.kind), verdict.reason in HASHLESS

    return min(found, key=rank)


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    order = list(Kind)
    return max(verdicts, key=lambda verdict: order.index(verdict.kind))


# -- tuples ---------------------------------------------------------------------------------------


def _relate_tuples(query: TupleType, key: TupleType, program: Program) -> Verdict:
    """Relate tuples, which are hashed and compared element by element. An element may be a view."""
    plain = names.TUPLE
    query_class, key_class = query.partial_fallback.type, key.partial_fallback.type
    elements = aligned(query.items, key.items)
    if elements is None:
        return _never(query, key, Reason.LENGTH)
    worst = _relate_pairs(elements.always, program)
    if not worst.accepted:
        return _of_part(worst, Reason.ELEMENT)
    if elements.shortest is not elements.always:
        worst = _relate_pairs(elements.shortest, program)
        if not worst.accepted:
            return Verdict(Kind.UNKNOWN)  # Longer ones may be equal.
    related = query_class in key_class.mro or key_class in query_class.mro
    classes = (query_class.fullname, key_class.fullname)
    if program.policy.strict_siblings and not related and plain not in classes:
        return Verdict(Kind.UNLIKELY, Reason.NAMEDTUPLES, query, key)
    return worst


def _relate_pairs(pairs: Iterable[tuple[Type, Type]], program: Program) -> Verdict:
    """Relate parts that must all be equal."""
    verdicts = [relate(asked, stored, program) for asked, stored in pairs]
    return _worst([Verdict(Kind.SAME), *verdicts])


def _of_part(verdict: Verdict, reason: Reason) -> Verdict:
    """The verdict of two wholes for that of a part of them, with the parts as the types that decided."""
    is_inequality = verdict.reason in (Reason.UNEQUAL, Reason.LITERALS)
    return verdict._replace(reason=reason) if is_inequality else verdict


def _relate_tuple_to_homogeneous(
    query: ProperType, key: ProperType, program: Program
) -> Verdict | None:
    """Relate a tuple of known length and a `tuple[X, ...]`; None if the types are not such a pair."""
    known, other = (query, key) if isinstance(query, TupleType) else (key, query)
    if not isinstance(known, TupleType) or not isinstance(other, Instance):
        return None
    if other.type.fullname != names.TUPLE:
        return None
    elements = TupleType([UnpackType(other)], other)
    if known is query:
        return _relate_tuples(known, elements, program)
    return _relate_tuples(elements, known, program)


# -- typed dicts ----------------------------------------------------------------------------------


def _relate_items(query: ProperType, key: ProperType, program: Program) -> Verdict | None:
    """Relate dicts, one of them a TypedDict, by the items that both have if they are equal; else None."""
    items = shared_items(query, key)
    if items is None:
        return None
    worst = _relate_pairs(items.pairs, program)
    if not worst.accepted:
        return _of_part(worst, Reason.ITEM)
    if items.undeclared:
        return Verdict(Kind.UNKNOWN)  # Some value may have the items of both types; mypy decides.
    return worst if items.pairs else None


# -- literals -------------------------------------------------------------------------------------


def _relate_literals(query: ProperType, key: ProperType, program: Program) -> Verdict:
    if isinstance(query, LiteralType) and isinstance(key, LiteralType):
        left, right = _literal_value(query), _literal_value(key)
        if left is not None and right is not None and left != right:
            verdict = relate(query.fallback, key.fallback, program)
            if verdict.kind in (Kind.ADMITTED, Kind.UNKNOWN) or not verdict.accepted:
                return verdict
            return _never(query, key, Reason.LITERALS)
    return relate(_fallback(query), _fallback(key), program)


def _listed(
    queries: list[ProperType], keys: list[ProperType]
) -> tuple[list[ProperType], list[ProperType]]:
    """The alternatives, but literals for a type with few values, if there are literals on the other side."""
    if any(isinstance(_known(key), LiteralType) for key in keys):
        values = [value for query in queries for value in _values(query)]
        if values != queries:
            queries, keys = values, [_known(key) for key in keys]
    if any(isinstance(_known(query), LiteralType) for query in queries):
        keys = [value for key in keys for value in _values(key)]
    return queries, keys


def _values(typ: ProperType) -> list[ProperType]:
    """All values of a type, as literals, if they may be equal to other literals: of `bool`, of an IntEnum."""
    if not isinstance(typ, Instance) or not _in_mro(typ.type, SCALARS):
        return [typ]
    if typ.type.fullname == names.BOOL:
        return [LiteralType(value, typ) for value in (True, False)]
    if not typ.type.is_enum or typ.type.has_base(names.FLAG):  # Flags are added up.
        return [typ]
    return [LiteralType(member, typ) for member in typ.type.enum_members] or [typ]


def _fallback(typ: ProperType) -> ProperType:
    return typ.fallback if isinstance(typ, LiteralType) else typ


def _literal_value(literal: LiteralType) -> object:
    """The value by which a literal is compared, or the member of an enum; None if it is not known."""
    info = literal.fallback.type
    if not info.is_enum:
        # mypy keeps the text of a bytes literal: without the class, b"a" would be equal to "a".
        return (info.fullname, literal.value) if info.fullname == names.BYTES else literal.value
    for method in ("__new__", "__eq__"):
        owner = _owner(info, method)
        if owner is not None and not is_of_standard_library(owner):
            return None
    is_mixed = _in_mro(info, SCALARS)
    symbol = info.names.get(str(literal.value))
    node = symbol.node if symbol is not None else None
    value = get_proper_type(node.type) if isinstance(node, Var) else None
    if not isinstance(value, Instance):
        return None
    known = value.last_known_value
    if known is not None and not known.fallback.type.is_enum:
        # Two names for one value are one member.
        return _literal_value(known) if is_mixed else (info.fullname, known.value)
    is_automatic = value.type.fullname == names.AUTO
    return (info.fullname, literal.value) if is_automatic and not is_mixed else None


def _owner(info: TypeInfo, name: str) -> TypeInfo | None:
    """The class, other than object, that an attribute comes from."""
    owner = info.get_containing_type_info(name)
    return owner if owner is not None and owner.fullname != names.OBJECT else None


# -- instances ------------------------------------------------------------------------------------


def _relate_instances(query: Instance, key: Instance, program: Program) -> Verdict:
    doubt = _doubt(query, key, program.policy)
    if doubt is not None:
        return Verdict(Kind.UNLIKELY, doubt, query, key)
    elements = _relate_elements(query, key, program)
    if elements is not None:
        return elements
    if is_overlapping_types(query, key, ignore_promotions=False):
        return Verdict(Kind.SAME if is_subtype(query, key) else Kind.OVERLAPS)
    if _differ_by_variance(query, key, CONTRAVARIANT):
        return Verdict(Kind.OVERLAPS)
    if _is_made_up(query.type) or _is_made_up(key.type):
        return _relate_made_up(query, key, program)
    equal = _relate_equality(query, key, program)
    if equal is not None:
        return equal
    for one, other in ((query, key), (key, query)):
        if one.type.is_protocol:
            if _has_equal_number(other, one):
                return Verdict(Kind.FAMILY)
            is_closed = other.type.is_final or _in_mro(other.type, CLOSED)
            if is_closed and not _has_implementation(one, other.type, program):
                return Verdict(Kind.UNLIKELY, Reason.PROTOCOL, query, key)
            return Verdict(Kind.OVERLAPS)
    never = _never(query, key)
    if _differ_by_variance(query, key, COVARIANT):
        return never._replace(kind=Kind.UNLIKELY, reason=Reason.ONLY_EMPTY)
    if query.type.is_abstract or key.type.is_abstract:
        # A subclass may be equal; it is not known here.
        is_base = query.type in key.type.mro or key.type in query.type.mro
        may_be_empty = is_base and query.type.has_base(names.ITERABLE)
        reason = Reason.ONLY_EMPTY if may_be_empty else Reason.ABSTRACT
        return never._replace(kind=Kind.UNLIKELY, reason=reason)
    return never


def _share_subclass_of(query: ProperType, key: ProperType, program: Program) -> bool:
    """Whether both are types of classes, and one class of the program inherits from either."""
    if not isinstance(query, TypeType) or not isinstance(key, TypeType):
        return False
    left, right = as_instance(query.item), as_instance(key.item)
    return (
        left is not None
        and right is not None
        and _unrelated(left.type, right.type)
        and program.share_subclass(left.type, right.type)
    )


def _is_called(function: ProperType, typ: ProperType, program: Program) -> bool:
    """Whether the one is of the type of functions, and an instance of the other can be called like one."""
    if not isinstance(function, FunctionLike) or function.is_type_obj():
        return False
    return isinstance(typ, Instance) and any(
        (owner := info.get_containing_type_info("__call__")) and not is_of_standard_library(owner)
        for info in program.below(typ.type)
    )


def _has_implementation(protocol: Instance, base: TypeInfo, program: Program) -> bool:
    """Whether a class of the program that inherits from one implements a protocol.

    Not as one of Python's own does: an IntFlag is iterable, and in every program; hardly any int is one.
    """
    return any(
        _implements(info, protocol)
        and not any(
            is_of_standard_library(each) and _implements(each, protocol) for each in info.mro
        )
        for info in program.below(base)
    )


def _implements(info: TypeInfo, protocol: Instance) -> bool:
    return is_subtype(fill_typevars_with_any(info), protocol)


def _is_made_up(info: TypeInfo) -> bool:
    """Whether mypy has made the class up, for what `isinstance` and `callable` have narrowed."""
    return info.is_intersection or "<callable subtype of " in info.fullname


def _relate_made_up(query: Instance, key: Instance, program: Program) -> Verdict:
    """A class that stands for every one that has its bases."""
    queries, keys = (
        list(side.type.bases) if _is_made_up(side.type) else [side] for side in (query, key)
    )
    return _worst([relate(one, other, program) for one in queries for other in keys])


def _differ_by_variance(query: Instance, key: Instance, variance: int) -> bool:
    """Whether two types of a class differ only in type arguments of this variance.

    One object may then be of both: if contravariant, it takes what either takes; if covariant, it gives
    nothing.
    """
    base = query.type if query.type in key.type.mro else key.type
    if base not in query.type.mro or not base.type_vars:
        return False
    asked = map_instance_to_supertype(query, base).args
    stored = map_instance_to_supertype(key, base).args
    variables = base.defn.type_vars
    return len(variables) == len(asked) and all(
        (isinstance(variable, TypeVarType) and variable.variance == variance)
        or is_overlapping_types(left, right, ignore_promotions=False)
        for variable, left, right in zip(variables, asked, stored, strict=True)
    )


def _has_equal_number(typ: Instance, protocol: Instance) -> bool:
    """Whether it is a number, and a number of another class has what a protocol asks."""
    if not _in_mro(typ.type, NUMBERS):
        return False
    infos = (named(*reversed(name.rsplit(".", 1))) for name in NUMBERS)
    others = (Instance(info, []) for info in infos if isinstance(info, TypeInfo))
    return any(is_subtype(other, protocol) for other in others)


def _doubt(query: Instance, key: Instance, policy: Policy) -> Reason | None:
    """The reason for which the policy does not accept values that may be equal; None if there is none."""
    asked, stored = query.type, key.type
    if policy.strict_datetime and (_differ(asked, stored) or _differ(stored, asked)):
        return Reason.DATETIME
    if asked in stored.mro:
        if policy.strict_newtype and stored.is_newtype and asked is not stored:
            return Reason.NEWTYPE_BASE
        if policy.strict_object and asked.fullname == names.OBJECT and asked is not stored:
            return Reason.OBJECT
        return None
    if policy.strict_object and asked.fullname == names.HASHABLE:
        return Reason.OBJECT
    if policy.strict_bool and asked.fullname == names.BOOL:
        return Reason.BOOL if _in_mro(stored, frozenset({names.INT, names.FLOAT})) else None
    if stored in asked.mro or not policy.strict_siblings:
        return None
    if asked.is_newtype and stored.is_newtype and asked.bases[0].type in stored.mro:
        return Reason.NEWTYPES
    if asked.is_enum and stored.is_enum:
        return Reason.ENUMS
    return None


def _differ(day: TypeInfo, moment: TypeInfo) -> bool:
    """Whether the one is the class of dates, and the other one of datetimes that are equal to none."""
    owner = moment.get_containing_type_info("__eq__")
    return day.fullname == names.DATE and owner is not None and owner.fullname == names.DATETIME


def _relate_elements(query: Instance, key: Instance, program: Program) -> Verdict | None:
    """Relate containers or objects of one kind that are equal if their contents or fields are; else None."""
    for collections, name in CONTENTS:
        if not _in_mro(query.type, collections) or not _in_mro(key.type, collections):
            continue
        base = _common_base(query.type, key.type, name)
        if base is not None:
            asked = map_instance_to_supertype(query, base).args
            stored = map_instance_to_supertype(key, base).args
            pairs = zip(asked, stored, strict=True)
            verdict = _worst([relate(left, right, program) for left, right in pairs])
            if verdict.accepted:
                return verdict
            return Verdict(Kind.UNLIKELY, Reason.ONLY_EMPTY, query, key)
    if query.type is key.type and query.args and _fields(query.type) is not None:
        equality = origin(query.type, "__eq__")
        is_written = equality.by is By.AUTHOR and equality.owner.fullname != names.OBJECT
        if is_written or not compares_fields(query.type):
            return None
        fields = (
            relate(expand_type_by_instance(typ, query), expand_type_by_instance(typ, key), program)
            for typ in _compared_fields(query.type)
        )
        return _worst([Verdict(Kind.SAME), *fields])
    return None


def _fields(info: TypeInfo) -> list[str] | None:
    """The names of the fields of a dataclass, or a class of attrs; None of all else."""
    facts = info.metadata.get("dataclass", info.metadata.get("attrs"))
    return [attribute["name"] for attribute in facts["attributes"]] if facts is not None else None


def _compared_fields(info: TypeInfo) -> list[Type]:
    """The types of the fields by which the instances of a dataclass, or a class of attrs, are equal."""
    left_out = {field for base in info.mro for field in uncompared(base)}
    nodes = (info.get(field) for field in _fields(info) or () if field not in left_out)
    return [
        symbol.node.type
        for symbol in nodes
        if symbol is not None and isinstance(symbol.node, Var) and symbol.node.type is not None
    ]


def _common_base(left: TypeInfo, right: TypeInfo, fullname: str) -> TypeInfo | None:
    for base in left.mro:
        if base.fullname == fullname and base in right.mro:
            return base
    return None


def _relate_equality(query: Instance, key: Instance, program: Program) -> Verdict | None:
    """Relate two classes that have no common instances but may be equal; None if they never are."""
    stands_for, found_by = _declared(query, program), _declared(key, program)
    if stands_for is not None:
        verdict = relate(stands_for, key, program)
        if verdict.accepted:
            return _by(Kind.VIEWED, verdict)
        return Verdict(verdict.kind, Reason.VIEW_OF_OTHER, stands_for, key)
    if found_by is not None:
        verdict = relate(query, found_by, program)
        return _by(Kind.BORROWED, verdict) if verdict.accepted else verdict
    answers = {_admits(query, key, program), _admits(key, query, program)}
    answered = _by_answers(answers, query, key, program)
    if answered is not None:
        return answered
    if not program.hashed and (
        _are(query, key, names.NUMPY_TIMEDELTA, names.INT)  # Their hashes differ.
        or _is_elementwise(query, key)
        or _is_elementwise(key, query)
    ):
        return Verdict(Kind.FAMILY)
    if any(_are(query, key, *pair) for pair in SIBLINGS_DIFFER):
        return Verdict(Kind.UNLIKELY, Reason.FLAVOURS, query, key)
    if any(_are(query, key, *pair) for pair in ACROSS):
        return Verdict(Kind.FAMILY)
    for family in (*FAMILIES, *program.policy.equal):
        if _in_mro(query.type, family) and _in_mro(key.type, family):
            return Verdict(Kind.FAMILY)
    if _unrelated(query.type, key.type) and program.share_subclass(query.type, key.type):
        return Verdict(Kind.OVERLAPS)
    return None


def _is_elementwise(scalar: Instance, sequence: Instance) -> bool:
    """Whether the one may be equal to a sequence, of any type, for being equal to its only element."""
    is_text = _in_mro(sequence.type, frozenset({names.STR, names.BYTES}))
    is_sequence = sequence.type.has_base(names.SEQUENCE) and not is_text
    return is_sequence and _in_mro(scalar.type, ELEMENTWISE)


def _are(query: Instance, key: Instance, left: str, right: str) -> bool:
    """Whether the types are of two classes, either way round."""
    return (query.type.has_base(left) and key.type.has_base(right)) or (
        query.type.has_base(right) and key.type.has_base(left)
    )


def _by_answers(answers: set[Answer], query: Type, key: Type, program: Program) -> Verdict | None:
    """By what the `__eq__` of either side says; None if both refuse."""
    if Answer.YES in answers:
        return Verdict(Kind.ADMITTED)
    if Answer.UNKNOWN not in answers:
        return None
    if program.policy.strict_unknown:
        return Verdict(Kind.UNLIKELY, Reason.UNKNOWN, query, key)
    return Verdict(Kind.UNKNOWN)


def _by(kind: Kind, verdict: Verdict) -> Verdict:
    """A verdict of this kind, but UNKNOWN if the declared type itself is related by UNKNOWN."""
    return verdict if verdict.kind is Kind.UNKNOWN else Verdict(kind)


def _unrelated(left: TypeInfo, right: TypeInfo) -> bool:
    """Whether neither class inherits from the other, but a third may inherit from both."""
    if left in right.mro or right in left.mro:
        return False
    return not left.is_final and not right.is_final


def _declared(typ: Instance, program: Program) -> Type | None:
    """The type that `__key__` or `__borrow__` of a class returns, if the class declares a protocol."""
    viewed = _returned(typ, program.key_view, "__key__")
    return viewed if viewed is not None else _returned(typ, program.borrow, "__borrow__")


def _returned(typ: Instance, protocol: TypeInfo | None, method: str) -> Type | None:
    """The type that the method of a protocol returns, for a class that implements the protocol."""
    # Look for the method first: to mypy, a class with __getattr__ implements every protocol.
    if protocol is None or typ.type.get(method) is None:
        return None
    anything = AnyType(TypeOfAny.special_form)
    if not is_subtype(typ, Instance(protocol, [anything])):
        return None
    member = get_proper_type(find_member(method, typ, typ))
    return member.ret_type if isinstance(member, CallableType) else anything


def _in_mro(info: TypeInfo, names: frozenset[str]) -> bool:
    return any(base.fullname in names for base in info.mro)


# -- what a class says of its equality and its hash ------------------------------------------------


def _admits(one: Instance, other: ProperType, program: Program) -> Answer:
    """Whether the `__eq__` of the one, written by its author, may accept the other."""
    compared = program.with_hashing(False)
    side = Other(
        other,
        lambda left, right: _unrelated(left, right) and program.share_subclass(left, right),
        lambda typ: relate(other, typ, compared).accepted,
    )
    is_library = is_of_standard_library(one.type)
    return admits(one, side, () if is_library else program.subclasses(one.type))


def _no_subclasses(info: TypeInfo) -> Iterable[TypeInfo]:
    return ()


def is_unhashable(typ: ProperType, subclasses: FindSubclasses = _no_subclasses) -> bool:
    """Whether hashing any value of this type raises `TypeError`."""
    if isinstance(typ, TypedDictType):
        return True
    if isinstance(typ, TupleType):
        if any(_holds_unhashable(item, subclasses) for item in typ.items):
            return True
        typ = typ.partial_fallback
    if not isinstance(typ, Instance) or origin(typ.type, "__hash__").by is not By.NOBODY:
        return False
    info = typ.type
    if is_of_standard_library(info) or info.is_final:
        return True
    # Its values may be of a subclass that has a hash.
    return not (info.is_protocol or info.is_abstract) and all(
        origin(subclass, "__hash__").by is By.NOBODY for subclass in subclasses(info)
    )


def may_be_unhashable(typ: ProperType, subclasses: FindSubclasses = _no_subclasses) -> bool:
    """Whether hashing a value of this type raises `TypeError` unless the value, or a part, is empty.

    `tuple[list[int], ...]` is such a type, and `frozendict[str, list[int]]`.
    """
    if isinstance(typ, TupleType):
        return any(_may_hold_unhashable(item, subclasses) for item in typ.items)
    if not isinstance(typ, Instance):
        return False
    if typ.type.fullname == names.TUPLE:
        return _may_hold_unhashable(typ.args[0], subclasses)
    owner = origin(typ.type, "__hash__").owner
    if owner.fullname == names.FROZENDICT:
        return _may_hold_unhashable(map_instance_to_supertype(typ, owner).args[1], subclasses)
    return False


def _holds_unhashable(item: Type, subclasses: FindSubclasses) -> bool:
    return not _is_recursive(item) and is_unhashable(get_proper_type(item), subclasses)


def _may_hold_unhashable(item: Type, subclasses: FindSubclasses) -> bool:
    if _is_recursive(item):
        return False
    proper = get_proper_type(item)
    return is_unhashable(proper, subclasses) or may_be_unhashable(proper, subclasses)


def _is_recursive(typ: Type) -> bool:
    return isinstance(typ, TypeAliasType) and typ.is_recursive


# -- other shapes ---------------------------------------------------------------------------------


def _is_alias(typ: ProperType) -> bool:
    """Whether a type is that of a union as an object. Stubs have it for some classes, such as ByteString."""
    return isinstance(typ, Instance) and typ.type.fullname == names.UNION_TYPE


def _is_class(typ: ProperType) -> bool:
    if isinstance(typ, (CallableType, Overloaded)):
        return typ.is_type_obj()
    return isinstance(typ, TypeType) or (
        isinstance(typ, Instance) and typ.type.has_base(names.TYPE)
    )


def as_instance(typ: ProperType) -> Instance | None:
    """An instance of the class of a type of another shape, or of the metaclass for the type of a class."""
    if isinstance(typ, Instance):
        return typ
    if isinstance(typ, TupleType):
        return tuple_fallback(typ)
    if isinstance(typ, TypedDictType):
        return typ.fallback
    if isinstance(typ, (CallableType, Overloaded)):
        return typ.fallback
    if isinstance(typ, TypeType):
        metaclass = named("type", "builtins")
        plain = Instance(metaclass, []) if isinstance(metaclass, TypeInfo) else None
        item = as_instance(get_proper_type(_upper_bound(typ.item)))
        return (item.type.metaclass_type if item is not None else None) or plain
    return None


def owned_type(query: Type, program: Program) -> Type:
    """The type of the key that is stored for a query: of what a view stands for, else of the query."""
    if _is_recursive(query):
        return query
    typ = get_proper_type(query)
    if isinstance(typ, UnionType):
        return UnionType.make_union([owned_type(item, program) for item in typ.items])
    if isinstance(typ, TupleType) and typ.partial_fallback.type.fullname == names.TUPLE:
        return typ.copy_modified(items=[owned_type(item, program) for item in typ.items])
    if isinstance(typ, Instance):
        if typ.type.fullname == names.TUPLE:
            return typ.copy_modified(args=[owned_type(typ.args[0], program)])
        if typ.type.fullname == names.MEMORYVIEW and program.bytes_type is not None:
            return Instance(program.bytes_type, [])
        viewed = _returned(typ, program.key_view, "__key__")
        if viewed is not None:
            return viewed
    return query

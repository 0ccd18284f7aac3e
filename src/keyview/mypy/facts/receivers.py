"""Which methods of which classes look something up, and what these classes store: tables.

A receiver is the object whose method is called. A row is for all receivers that inherit from the row's
class. A class that defines such a method itself may do something else in it, so a method is judged only
if its definition is known: in keyview, in the standard library, or in a package of `TRUSTED`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo
from mypy.subtypes import find_member, is_subtype
from mypy.typeops import tuple_fallback
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Overloaded,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    UnionType,
    flatten_nested_unions,
    get_proper_type,
)

from keyview.mypy import names
from keyview.mypy.facts.hash_origin import is_of_standard_library

__all__ = [
    "METHODS",
    "LookupMethod",
    "Use",
    "decides_elements",
    "decides_itself",
    "entry_method",
    "is_named",
    "is_own",
    "looks_up",
    "lookup_method",
]


class Use(Enum):
    """What a method does with its argument."""

    FIND = "looks it up"
    FIND_OR_STORE = "looks it up, and may store it"
    FIND_EACH = "looks up each of its elements"
    ORDER = "searches for its place among the keys"
    BOUND = "searches for the places of two bounds, or of a prefix"

    @property
    def asks_order(self) -> bool:
        """Whether the method asks only for `query < key`, never whether the two are equal."""
        return self in (Use.ORDER, Use.BOUND)


class Row(NamedTuple):
    """The lookup methods that subclasses of a class inherit from it."""

    base: str
    methods: Mapping[str, Use]
    #: The word for what is found, in messages.
    noun: str
    #: False if a query is compared with one element after the other, without a hash.
    hashed: bool = True
    #: The class whose first type argument is the type of what is found, if that class is not `base`.
    element_of: str | None = None
    #: Whether the order of the elements decides where they are, and a query needs neither hash nor law.
    ordered: bool = False


class LookupMethod(NamedTuple):
    """A method of a receiver that looks something up."""

    use: Use
    #: The type of the stored keys or elements.
    key: Type
    noun: str
    hashed: bool
    #: Whether the receiver is a collection of keyview.
    own: bool
    #: Whether the method accepts a set as a query, and looks up a frozenset: "Set Types" in Python's
    #: library.
    freezes: bool = False
    #: Whether the receiver is sorted, so that a query needs no hash, and no law of hashes is broken.
    ordered: bool = False
    #: Whether the receiver may be `bytes`, which also find a part that is no single element.
    may_search: bool = False

    def finds_part(self, query: Type) -> bool:
        """Whether the query may be a part of the receiver: `b"ab"`, in a `Sequence[int]`."""
        return self.may_search and any(
            isinstance(each, Instance)
            and each.type.get("__buffer__") is not None
            and _elements_are(each, self.key)
            for each in map(get_proper_type, flatten_nested_unions([query]))
        )

    def hashes(self, query: Type) -> bool:
        """Whether the method hashes the query."""
        typ = get_proper_type(query)
        is_set = isinstance(typ, Instance) and typ.type.has_base(names.SET)
        return self.hashed and not (self.freezes and is_set)


def _each(*names: str) -> dict[str, Use]:
    return dict.fromkeys(names, Use.FIND_EACH)


def _find(*names: str) -> dict[str, Use]:
    return dict.fromkeys(names, Use.FIND)


SET_ALGEBRA: Final = _each(
    *("__and__", "__sub__", "__xor__", "__rand__", "__rsub__", "__rxor__"),
    *("__lt__", "__le__", "__gt__", "__ge__", "isdisjoint"),
)

#: What sets of the standard library have besides the operators, and SetAlgebra has.
NAMED_ALGEBRA: Final = _each(
    *("issubset", "issuperset", "isdisjoint"),
    *("difference", "intersection", "symmetric_difference"),
    *("difference_update", "intersection_update", "symmetric_difference_update"),
)
IN_PLACE: Final = _each("__iand__", "__isub__", "__ixor__")

#: The neighbours of a query in sorted maps, and in sorted sets.
NEIGHBOUR_ENTRIES: Final = dict.fromkeys(
    ("lower_entry", "floor_entry", "ceiling_entry", "higher_entry"), Use.ORDER
)
NEIGHBOURS: Final = dict.fromkeys(("lower", "floor", "ceiling", "higher"), Use.ORDER)
PARTS: Final = {**dict.fromkeys(("rank", "split_off"), Use.ORDER), "range": Use.BOUND}

SETS: Final = (names.SET, names.FROZENSET)
#: Which sets look a set up as a frozenset, and by which of their methods.
FREEZERS: Final = (*SETS, names.OWN_SET)
FREEZING: Final = frozenset({"__contains__", "remove", "discard"})

ROWS: Final[tuple[Row, ...]] = (
    Row(
        names.MAP,
        {
            **_find("__getitem__", "__delitem__", "__contains__", "get", "get_entry"),
            **_find("get_key_value", "get_many", "pop", "remove_entry", "swap_remove"),
            **_find("index_of", "move_to_end"),
            **dict.fromkeys(("entry", "get_or_insert_with", "merge"), Use.FIND_OR_STORE),
        },
        "keys",
    ),
    Row(
        names.OWN_SET,
        {
            **_find("__contains__", "get", "take", "remove", "discard", "swap_remove"),
            **_find("index_of", "move_to_end"),
            **dict.fromkeys(("get_or_insert",), Use.FIND_OR_STORE),
        },
        "elements",
    ),
    Row(
        names.ORDERED_MAP,
        {
            **_find("__getitem__", "__delitem__", "__contains__", "get", "get_entry"),
            **_find("get_key_value", "get_many", "pop", "remove_entry", "index_of"),
            **dict.fromkeys(("entry", "get_or_insert_with", "merge"), Use.FIND_OR_STORE),
            **NEIGHBOUR_ENTRIES,
            **PARTS,
        },
        "keys",
        hashed=False,
        ordered=True,
    ),
    Row(
        names.ORDERED_SET,
        {
            **_find("__contains__", "get", "take", "remove", "discard", "index_of"),
            "get_or_insert": Use.FIND_OR_STORE,
            **SET_ALGEBRA,
            **NAMED_ALGEBRA,
            **IN_PLACE,
            **NEIGHBOURS,
            **PARTS,
        },
        "elements",
        hashed=False,
        ordered=True,
    ),
    Row(
        names.ANY_RANGE,
        {**_find("__contains__"), **NEIGHBOUR_ENTRIES, **NEIGHBOURS},
        "keys",
        hashed=False,
        ordered=True,
    ),
    # The parameters of its other methods have the type that the adapter takes: mypy judges them.
    Row(names.LOOKUP, _find("__contains__"), "lookups", hashed=False),
    Row(names.SET_LOOKUP, _find("__contains__"), "lookups", hashed=False),
    Row(names.DEFAULTDICT, {"__getitem__": Use.FIND_OR_STORE}, "keys"),
    Row(names.MUTABLE_MAPPING, _find("__delitem__", "pop"), "keys"),
    Row(names.MAPPING, _find("__getitem__", "__contains__", "get"), "keys"),
    # The value of an item is compared, not hashed.
    Row(
        names.ITEMS_VIEW,
        {**_find("__contains__"), **SET_ALGEBRA},
        "items",
        hashed=False,
        element_of=names.ABSTRACT_SET,
    ),
    Row(names.VALUES_VIEW, _find("__contains__"), "values", hashed=False),
    Row(names.KEYS_VIEW, {**_find("__contains__"), **SET_ALGEBRA}, "keys"),
    Row(
        names.MUTABLE_SET,
        {**_find("discard", "remove"), **IN_PLACE},
        "elements",
    ),
    Row(names.ABSTRACT_SET, {**_find("__contains__"), **SET_ALGEBRA}, "elements"),
    *(
        Row(
            base,
            NAMED_ALGEBRA,
            "elements",
        )
        for base in (*SETS, names.SET_ALGEBRA, names.SORTED_SET)
    ),
    Row(names.MUTABLE_SEQUENCE, _find("remove"), "elements", hashed=False),
    Row(names.SEQUENCE, _find("__contains__", "index", "count"), "elements", hashed=False),
    # It may be any of the others, so nothing is said of hashes.
    Row(names.CONTAINER, _find("__contains__"), "elements", hashed=False),
)

#: The methods that a class may define itself, and by which those that it inherits look up.
HOOKS: Final = ("__contains__", "__getitem__", "__missing__")

#: Where the stubs have the methods of a dict, of which `[]` alone calls one of a subclass.
OF_DICT: Final = frozenset({names.DICT, names.MAPPING, names.MUTABLE_MAPPING})

#: The bases of keyview's collections: of maps, of sets, of what `by` returns, of live views.
OWN_BASES: Final = (
    names.MAP,
    names.ORDERED_MAP,
    names.SET_ALGEBRA,
    names.ANY_RANGE,
    names.LOOKUP,
    names.SET_LOOKUP,
    names.LIVE_VIEW,
)

METHODS: Final = frozenset(method for row in ROWS for method in row.methods)

#: Sequences whose `in`, `index` and `count` also find a part that is no single element.
SEARCHES: Final = frozenset(
    {names.STR, names.BYTES, names.BYTEARRAY, names.USER_STRING, names.MMAP}
)

#: The types of receivers that may be `bytes`, which find a part.
MAY_BE_BYTES: Final = frozenset(
    {names.CONTAINER, names.COLLECTION, names.SEQUENCE, names.MUTABLE_SEQUENCE}
)

#: Packages, besides the standard library, whose lookup methods compare by hash and equality and nothing
#: else.
TRUSTED: Final = frozenset(
    {
        *("addict", "boltons", "cachetools", "easydict", "expiringdict", "heapdict", "keyview"),
        *("munch", "sortedcontainers"),
    }
)

#: Mappings whose methods raise an error for a query that is no `str`. mypy's own signatures say this, also
#: of a `str | None`. Their `in` is judged: mypy accepts any query there, and what is no `str` finds no key.
OF_STR_ALONE: Final = (names.CASE_INSENSITIVE_DICT, names.MULTI_MAPPING)


def looks_up(info: TypeInfo, method: str) -> bool:
    """Whether a method of a class is judged: the class has a row with it, and its definition is known."""
    has_row = any(method in row.methods and info.has_base(row.base) for row in ROWS)
    return has_row and _is_judged(info, method)


def is_own(info: TypeInfo) -> bool:
    """Whether the class is a collection of keyview."""
    return any(map(info.has_base, OWN_BASES))


def lookup_method(
    receiver: ProperType, method: str, more: frozenset[str] = frozenset()
) -> LookupMethod | None:
    """A method of a receiver; None if it does not look up, or its definition is not known.

    `more` has the names of further methods that look up their first argument.
    """
    if isinstance(receiver, TupleType):
        receiver = tuple_fallback(receiver)
    if isinstance(receiver, TypedDictType) and method == "__contains__":
        receiver = receiver.fallback  # mypy itself knows its other methods.
    if not isinstance(receiver, Instance):
        return None
    named = _named(receiver.type, method, more)
    for row in ROWS:
        if method not in row.methods and named is None:
            continue
        base = _base(receiver.type, row.base)
        if base is not None:
            if named is None and not _is_judged(receiver.type, method):
                return None
            container = _base(receiver.type, row.element_of or row.base) or base
            key = map_instance_to_supertype(receiver, container).args[0]
            asked = [] if named is not None else _asked(receiver, method)
            if asked:
                key = UnionType.make_union([key, *asked])
            use = row.methods.get(method, Use.FIND)
            if asked and row.base == names.DEFAULTDICT:
                use = Use.FIND  # A `__missing__` of its own decides what is stored.
            freezes = method in FREEZING and any(map(receiver.type.has_base, FREEZERS))
            own = is_own(receiver.type)
            may_search = receiver.type.fullname in MAY_BE_BYTES
            # A dict hashes whatever it is asked for; a method of the class's own may do without.
            hashed = row.hashed and (not asked or receiver.type.has_base(names.DICT))
            return LookupMethod(use, key, row.noun, hashed, own, freezes, row.ordered, may_search)
    if named is not None and (arguments := map_instance_to_supertype(receiver, named).args):
        return LookupMethod(Use.FIND, arguments[0], "keys", hashed=True, own=False)
    return None


def _elements_are(buffer: Instance, key: Type) -> bool:
    """Whether bytes that have this buffer as a part may be a sequence of keys of that type."""
    sequence = _base(buffer.type, names.SEQUENCE)
    return sequence is None or is_subtype(map_instance_to_supertype(buffer, sequence).args[0], key)


def _asked(receiver: Instance, method: str) -> list[Type]:
    """What the methods of its own take by which the lookup methods of a mixin look up."""
    definer = receiver.type.get_containing_type_info(method)
    if not receiver.type.has_base(names.MAPPING):
        hooks: tuple[str, ...] = HOOKS[:1]
    elif receiver.type.has_base(names.DICT) and _is_of_dict(definer):
        hooks = ("__missing__",) if method == "__getitem__" else ()
    else:  # All but the live views look up by `[]`, whatever an `in` of its own takes.
        hooks = HOOKS if method == "keys" else HOOKS[1:]
    taken: list[Type] = []
    for hook in hooks:
        owner = receiver.type.get_containing_type_info(hook)
        if hook == method or owner is None or _is_known(owner):
            continue
        member = get_proper_type(find_member(hook, receiver, receiver))
        if isinstance(member, AnyType):
            taken.append(member)
        arms = member.items if isinstance(member, Overloaded) else [member]
        taken += [
            arm.arg_types[0] for arm in arms if isinstance(arm, CallableType) and arm.arg_types
        ]
    return taken


def _is_of_dict(definer: TypeInfo | None) -> bool:
    """Whether a method is written in C, for dicts; the stubs have some of them in a base."""
    return definer is not None and definer.fullname in OF_DICT


def decides_itself(mapping: ProperType) -> bool:
    """Whether the class of a mapping has methods of its own by which its live views look up."""
    base = _base(mapping.type, names.MAPPING) if isinstance(mapping, Instance) else None
    if base is None or not isinstance(mapping, Instance):
        return False
    key = map_instance_to_supertype(mapping, base).args[0]
    return any(not is_subtype(typ, key) for typ in _asked(mapping, "keys"))


def decides_elements(collection: ProperType) -> bool:
    """Whether the class of a set says itself what is in it, whatever its elements are."""
    return (
        isinstance(collection, Instance)
        and collection.type.has_base(names.ABSTRACT_SET)
        and not _is_known(collection.type.get_containing_type_info("__contains__"))
    )


def entry_method(mapping: ProperType) -> LookupMethod | None:
    """The method for `entry(mapping, query)`, which looks up as `mapping[query]` does, and may store.

    It counts as keyview's own for every mapping, because `entry` is a function of keyview.
    """
    found = lookup_method(mapping, "__getitem__")
    return None if found is None else found._replace(use=Use.FIND_OR_STORE, own=True)


def is_named(info: TypeInfo, method: str, more: frozenset[str]) -> bool:
    """Whether `more` has this method of the class or of a base."""
    return _named(info, method, more) is not None


def _named(info: TypeInfo, method: str, more: frozenset[str]) -> TypeInfo | None:
    if not more:
        return None
    return next((base for base in info.mro if f"{base.fullname}.{method}" in more), None)


def _base(info: TypeInfo, fullname: str) -> TypeInfo | None:
    if not info.has_base(fullname):  # Much faster than the search below, and usually true.
        return None
    return next((base for base in info.mro if base.fullname == fullname), None)


def _is_judged(info: TypeInfo, method: str) -> bool:
    if any(map(info.has_base, OF_STR_ALONE)):
        return method == "__contains__"
    return _is_known(info.get_containing_type_info(method))


def _is_known(definer: TypeInfo | None) -> bool:
    if definer is None or definer.fullname in SEARCHES:
        return False
    package = definer.module_name.partition(".")[0]
    return package in TRUSTED or is_of_standard_library(definer)

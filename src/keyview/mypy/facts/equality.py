"""Which classes compare equal to which others: tables that `relation` reads.

They are about the standard library, and the scalars of numpy and pandas. A class that is not here, and
has an `__eq__` of the standard library, is equal only to instances of its own class, its bases and its
subclasses.
"""

from __future__ import annotations

from typing import Final

from keyview.mypy import names

__all__ = [
    "ACROSS",
    "CLOSED",
    "CONTENTS",
    "ELEMENTWISE",
    "FAMILIES",
    "HASHABLE",
    "KNOWN",
    "NUMBERS",
    "OPEN",
    "SCALARS",
    "SIBLINGS_DIFFER",
    "UNHASHABLE",
]

#: Every number that is equal hashes equally: "Hashing of numeric types".
NUMBERS: Final = frozenset(
    {names.INT, names.FLOAT, names.COMPLEX, names.DECIMAL, names.FRACTION, names.NUMBER}
)

#: The classes of most keys: each can be hashed, and finds its own.
SCALARS: Final = frozenset({names.STR, names.INT, names.BYTES, names.FLOAT, names.BOOL})

#: Values of different classes of a family may be equal, and then have equal hashes. A class belongs to
#: the families of all its bases.
FAMILIES: Final[tuple[frozenset[str], ...]] = (
    NUMBERS | {names.NUMPY_NUMBER, names.NUMPY_BOOL},
    frozenset({names.STR, names.USER_STRING}),
    # A memoryview has the hash of the bytes it shows. The other classes, here and in the next rows, have
    # no hash; that they are equal matters where keys are compared one by one, as in a list.
    frozenset({names.BYTES, names.BYTEARRAY, names.MEMORYVIEW}),
    frozenset({names.BYTEARRAY, names.MEMORYVIEW, names.ARRAY, names.MMAP, names.CTYPES_ARRAY}),
    frozenset({names.LIST, names.USER_LIST}),
    frozenset({names.MAPPING}),
    frozenset({names.FROZENSET, names.ABSTRACT_SET}),
    # All path classes have one __eq__, which compares the operating system's kind of path and the parts.
    frozenset({names.PURE_PATH}),
)

#: Pairs of classes of which the one may be equal to the other, and that are no family: two subclasses of
#: `date` are not equal for being dates.
ACROSS: Final = (
    (names.DATE, names.NUMPY_DATETIME),
    (names.TIMEDELTA, names.NUMPY_TIMEDELTA),
)

#: Classes outside the standard library that are equal to nothing but what the families have, although their
#: `__eq__` cannot be read. `numpy.str_` is a `str`, and a `pandas.Timestamp` is a `datetime`.
KNOWN: Final[frozenset[str]] = frozenset(
    {
        names.NUMPY_BOOL,
        names.NUMPY_BYTES,
        names.NUMPY_DATETIME,
        names.NUMPY_NUMBER,
        names.NUMPY_STR,
        names.NUMPY_TIMEDELTA,
        names.PANDAS_TIMEDELTA,
        names.PANDAS_TIMESTAMP,
    }
)

#: Classes of the standard library whose `__eq__` admits others, by their attributes, their text or their
#: items. Their stubs do not say so.
OPEN: Final[frozenset[str]] = frozenset(
    {
        *(names.MODULE_SPEC, names.CHARSET, names.HEADER, names.OPTION_VALUES),
        *(names.FRAME_SUMMARY, names.MOCK_CALL, names.QNAME),
        *(names.XMLRPC_BINARY, names.XMLRPC_DATETIME),
    }
)

#: Scalars that `==` compares with each element of a sequence. What comes of one element counts as true or
#: false, so that such a scalar may be found among lists.
ELEMENTWISE: Final[frozenset[str]] = frozenset(
    {names.NUMPY_BOOL, names.NUMPY_DATETIME, names.NUMPY_NUMBER, names.NUMPY_TIMEDELTA}
)

#: Collections that are equal if their contents are, and the class whose type arguments are the types of
#: the contents. Each type argument of one collection is compared with the same argument of the other.
CONTENTS: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (frozenset({names.TUPLE}), names.TUPLE),
    (frozenset({names.ABSTRACT_SET}), names.ABSTRACT_SET),
    (frozenset({names.LIST, names.USER_LIST}), names.MUTABLE_SEQUENCE),
    (frozenset({names.DEQUE}), names.DEQUE),
    (frozenset({names.MAPPING}), names.MAPPING),
)

#: Classes that belong to one family, and are never equal to each other.
SIBLINGS_DIFFER: Final[tuple[tuple[str, str], ...]] = (
    (names.PURE_POSIX_PATH, names.PURE_WINDOWS_PATH),
)

#: Classes for which the plugin assumes that no subclass also implements an unrelated protocol or
#: abstract class. Without this assumption, every `str` might be an `os.PathLike`.
CLOSED: Final[frozenset[str]] = frozenset(
    {
        names.STR,
        names.BYTES,
        names.BOOL,
        names.INT,
        names.FLOAT,
        names.COMPLEX,
        names.FROZENDICT,
        names.FROZENSET,
        names.MEMORYVIEW,
        names.RANGE,
        names.SLICE,
        names.TUPLE,
        names.DECIMAL,
        names.FRACTION,
        names.DATE,
        names.DATETIME,
        names.TIME,
        names.TIMEDELTA,
        names.PURE_PATH,
        names.UUID,
    }
)

#: Classes of which some instances can be hashed, although typeshed says that none can. Since Python
#: 3.12, a mappingproxy has the hash of the mapping that it shows, which may be a frozendict; and what is
#: registered as one of the `numbers` can be hashed, as an int.
HASHABLE: Final[frozenset[str]] = frozenset({names.MAPPING_PROXY, names.COMPLEX_NUMBER})

#: Classes that cannot be hashed, although typeshed does not say so.
UNHASHABLE: Final[frozenset[str]] = frozenset({names.KEYS_VIEW, names.ITEMS_VIEW})

"""Which classes of the standard library compare equal to which others: data, read by `relation`.

A class that is not here, and whose `__eq__` is the standard library's, equals instances of its own
class hierarchy only.
"""

from __future__ import annotations

from typing import Final

from keyview.mypy import names

__all__ = ["CLOSED", "CONTENTS", "FAMILIES", "HASHABLE", "SIBLINGS_DIFFER", "UNHASHABLE"]

#: Within a family, values of different classes may be equal, and then have equal hashes. A class
#: belongs to the family of any class it inherits from.
FAMILIES: Final[tuple[frozenset[str], ...]] = (
    # Every number that is equal hashes equally: "Hashing of numeric types".
    frozenset(
        {
            names.INT,
            names.FLOAT,
            names.COMPLEX,
            names.DECIMAL,
            names.FRACTION,
            names.NUMBER,
        }
    ),
    frozenset({names.STR, names.USER_STRING}),
    # A memoryview hashes as the bytes it shows. That the others are equal, here and in the next
    # rows, counts where no hash is asked for: they have none.
    frozenset({names.BYTES, names.BYTEARRAY, names.MEMORYVIEW}),
    frozenset({names.BYTEARRAY, names.MEMORYVIEW, names.ARRAY, names.MMAP, names.CTYPES_ARRAY}),
    frozenset({names.LIST, names.USER_LIST}),
    frozenset({names.MAPPING}),
    frozenset({names.FROZENSET, names.ABSTRACT_SET}),
    # One __eq__ for all of them, which compares the flavour and the parts.
    frozenset({names.PURE_PATH}),
)

#: Collections that are equal where their contents are, and the class whose type arguments tell what they
#: contain: each argument of the one against the same of the other.
CONTENTS: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (frozenset({names.TUPLE}), names.TUPLE),
    (frozenset({names.ABSTRACT_SET}), names.ABSTRACT_SET),
    (frozenset({names.LIST, names.USER_LIST}), names.MUTABLE_SEQUENCE),
    (frozenset({names.DEQUE}), names.DEQUE),
    (frozenset({names.MAPPING}), names.MAPPING),
)

#: Direct siblings that inherit a family's equality, and of which one is yet never equal to another.
SIBLINGS_DIFFER: Final[tuple[tuple[str, str], ...]] = (
    (names.PURE_POSIX_PATH, names.PURE_WINDOWS_PATH),
)

#: Classes that programs do not combine with an unrelated protocol or abstract class in a subclass of
#: both; without this, every `str` might be an `os.PathLike`.
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

#: Classes of which some instances can be hashed although typeshed says that none can: since Python 3.12 a
#: mappingproxy has the hash of the mapping that it shows, which may be a frozendict.
HASHABLE: Final[frozenset[str]] = frozenset({names.MAPPING_PROXY})

#: Classes that cannot be hashed although typeshed does not say so.
UNHASHABLE: Final[frozenset[str]] = frozenset({names.KEYS_VIEW, names.ITEMS_VIEW})

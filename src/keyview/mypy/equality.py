"""Which classes of the standard library compare equal to which others: data, read by `relation`.

A class that is not here, and whose `__eq__` is the standard library's, equals instances of its own
class hierarchy only.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CLOSED", "CONTENTS", "FAMILIES", "HASHABLE", "SIBLINGS_DIFFER", "UNHASHABLE"]

#: Within a family, values of different classes may be equal, and then have equal hashes. A class
#: belongs to the family of any class it inherits from.
FAMILIES: Final[tuple[frozenset[str], ...]] = (
    # Every number that is equal hashes equally: "Hashing of numeric types".
    frozenset(
        {
            "builtins.int",
            "builtins.float",
            "builtins.complex",
            "decimal.Decimal",
            "fractions.Fraction",
            "numbers.Number",
        }
    ),
    frozenset({"builtins.str", "collections.UserString"}),
    # A memoryview hashes as the bytes it shows. That the others are equal, here and in the next
    # rows, counts where no hash is asked for: they have none.
    frozenset({"builtins.bytes", "builtins.bytearray", "builtins.memoryview"}),
    frozenset(
        {"builtins.bytearray", "builtins.memoryview", "array.array", "mmap.mmap", "_ctypes.Array"}
    ),
    frozenset({"builtins.list", "collections.UserList"}),
    frozenset({"typing.Mapping"}),
    frozenset({"builtins.frozenset", "typing.AbstractSet"}),
    # One __eq__ for all of them, which compares the flavour and the parts.
    frozenset({"pathlib.PurePath"}),
)

#: Collections that are equal where their contents are, and the class whose type arguments tell what they
#: contain: each argument of the one against the same of the other.
CONTENTS: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (frozenset({"builtins.tuple"}), "builtins.tuple"),
    (frozenset({"typing.AbstractSet"}), "typing.AbstractSet"),
    (frozenset({"builtins.list", "collections.UserList"}), "typing.MutableSequence"),
    (frozenset({"collections.deque"}), "collections.deque"),
    (frozenset({"typing.Mapping"}), "typing.Mapping"),
)

#: Direct siblings that inherit a family's equality, and of which one is yet never equal to another.
SIBLINGS_DIFFER: Final[tuple[tuple[str, str], ...]] = (
    ("pathlib.PurePosixPath", "pathlib.PureWindowsPath"),
)

#: Classes that programs do not combine with an unrelated protocol or abstract class in a subclass of
#: both; without this, every `str` might be an `os.PathLike`.
CLOSED: Final[frozenset[str]] = frozenset(
    {
        "builtins.str",
        "builtins.bytes",
        "builtins.bool",
        "builtins.int",
        "builtins.float",
        "builtins.complex",
        "builtins.frozendict",
        "builtins.frozenset",
        "builtins.memoryview",
        "builtins.range",
        "builtins.slice",
        "builtins.tuple",
        "decimal.Decimal",
        "fractions.Fraction",
        "datetime.date",
        "datetime.datetime",
        "datetime.time",
        "datetime.timedelta",
        "pathlib.PurePath",
        "uuid.UUID",
    }
)

#: Classes of which some instances can be hashed although typeshed says that none can: since Python 3.12 a
#: mappingproxy has the hash of the mapping that it shows, which may be a frozendict.
HASHABLE: Final[frozenset[str]] = frozenset({"types.MappingProxyType"})

#: Classes that cannot be hashed although typeshed does not say so.
UNHASHABLE: Final[frozenset[str]] = frozenset({"typing.KeysView", "typing.ItemsView"})

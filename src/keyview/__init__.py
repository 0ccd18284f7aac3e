"""keyview: typed maps and sets with Rust's Entry API, and lookups by views of a key."""

from keyview._backend import (
    Concat,
    Entry,
    Lookup,
    Occupied,
    Range,
    SetLookup,
    SetRange,
    Slice,
    Vacant,
    backend,
    prefixed,
    slices_of,
)
from keyview._sentinels import REMOVE, Remove
from keyview.entries import entry
from keyview.errors import KeyViewError, OccupiedError, OrderError, StaleEntryError
from keyview.hashmap import HashMap
from keyview.hashset import HashSet
from keyview.order import Ordered, OrderedBorrow, Reverse
from keyview.sortedmap import SortedMap
from keyview.sortedset import SortedSet
from keyview.views import Borrow, KeyView

__version__ = "0.1.0"

__all__ = [
    "REMOVE",
    "Borrow",
    "Concat",
    "Entry",
    "HashMap",
    "HashSet",
    "KeyView",
    "KeyViewError",
    "Lookup",
    "Occupied",
    "OccupiedError",
    "OrderError",
    "Ordered",
    "OrderedBorrow",
    "Range",
    "Remove",
    "Reverse",
    "SetLookup",
    "SetRange",
    "Slice",
    "SortedMap",
    "SortedSet",
    "StaleEntryError",
    "Vacant",
    "__version__",
    "backend",
    "entry",
    "prefixed",
    "slices_of",
]

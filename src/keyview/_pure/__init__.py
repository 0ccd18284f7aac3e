"""The pure backend: all that the native backend does, in Python. It is the specification of the native one.

Read `storage` first, then `hash_storage`, `insertion` and `entry`; the other modules use these.
"""

from types import GenericAlias
from typing import TYPE_CHECKING

from keyview._pure.adapted import Lookup, adapted
from keyview._pure.bulk import copied, count, fill, group, reduce, split_off
from keyview._pure.entry import Entry, Occupied, Vacant

# Import `adapted` the module by its full name: the function above has its name here.
from keyview._pure.foreign_storage import entry
from keyview._pure.live_views import Items, Keys, Values
from keyview._pure.map import Map, reserve, specialize
from keyview._pure.range import Range, SetRange
from keyview._pure.set import Set, SetLookup, adapted_set, copied_set, reserve_set, specialize_set
from keyview._pure.sorted_map import SortedMapBase
from keyview._pure.sorted_set import SortedSetBase, split_off_set
from keyview._pure.text_views import Concat, Slice, prefixed, slices_of
from keyview._reverse import Reverse

if not TYPE_CHECKING:
    # At run time, `HashMap[int]` with one argument is allowed, as `dict[int]` is. Type checkers report
    # it.
    for generic in (
        Concat,
        Items,
        Keys,
        Lookup,
        Map,
        Occupied,
        Range,
        Set,
        SetLookup,
        SetRange,
        Slice,
        SortedMapBase,
        SortedSetBase,
        Vacant,
        Values,
    ):
        generic.__class_getitem__ = classmethod(GenericAlias)

__all__ = [
    "Concat",
    "Entry",
    "Items",
    "Keys",
    "Lookup",
    "Map",
    "Occupied",
    "Range",
    "Reverse",
    "Set",
    "SetLookup",
    "SetRange",
    "Slice",
    "SortedMapBase",
    "SortedSetBase",
    "Vacant",
    "Values",
    "adapted",
    "adapted_set",
    "copied",
    "copied_set",
    "count",
    "entry",
    "fill",
    "group",
    "prefixed",
    "reduce",
    "reserve",
    "reserve_set",
    "slices_of",
    "specialize",
    "specialize_set",
    "split_off",
    "split_off_set",
]

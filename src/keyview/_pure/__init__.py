"""The twin: everything the native core does, in Python. It is the specification; the core must agree.

Read `storage` first, then `hash_storage`, `storing` and `entry`; the rest is written on them.
"""

from types import GenericAlias
from typing import TYPE_CHECKING

from keyview._pure.adapted import Lookup, adapted
from keyview._pure.entry import Entry, Occupied, Vacant

# The function hides the module of that name, which is imported from by its full name.
from keyview._pure.foreign_storage import entry
from keyview._pure.live_views import Items, Keys, Values
from keyview._pure.map import Map, copied, count, fill, group, reserve, specialize
from keyview._pure.text_views import Concat, Slice, prefixed, slices_of

if (
    not TYPE_CHECKING
):  # At run time `HashMap[int]` is one thing, as `dict[int]` is; checkers refuse it.
    for generic in (Concat, Items, Keys, Lookup, Map, Occupied, Slice, Vacant, Values):
        generic.__class_getitem__ = classmethod(GenericAlias)

__all__ = [
    "Concat",
    "Entry",
    "Items",
    "Keys",
    "Lookup",
    "Map",
    "Occupied",
    "Slice",
    "Vacant",
    "Values",
    "adapted",
    "copied",
    "count",
    "entry",
    "fill",
    "group",
    "prefixed",
    "reserve",
    "slices_of",
    "specialize",
]

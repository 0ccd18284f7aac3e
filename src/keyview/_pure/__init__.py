"""The twin: everything the native core does, in Python. It is the specification; the core must agree.

Read `table` first, then `entry`; the rest is written on them.
"""

from keyview._pure.entry import Entry, Occupied, Vacant
from keyview._pure.iteration import Items, Keys, Values
from keyview._pure.lookup import Lookup, adapted
from keyview._pure.map import Map
from keyview._pure.pieces import Concat, Slice, prefixed, slices_of

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
    "prefixed",
    "slices_of",
]
    "adapted",

"""Chooses between the native and the pure backend. No other module does.

The native backend is used if it was compiled. The environment variable `KEYVIEW_BACKEND`, set to
`native` or `pure`, requests one of the two. Requesting a backend that is not installed raises
`ImportError`, and so does a native backend that cannot be loaded: the slow backend is never used in
silence.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any, Literal

from keyview import errors

backend: Literal["native", "pure"]


def _load_native() -> Any:
    try:
        return importlib.import_module("keyview._core")
    # A core that was compiled from other sources asks for what is not there.
    except (ImportError, AttributeError) as error:
        if isinstance(error, ModuleNotFoundError) and error.name == "keyview._core":
            return None
        raise ImportError(
            f"keyview's native backend is installed but cannot be loaded: {error}; reinstall keyview, or set "
            f"KEYVIEW_BACKEND=pure"
        ) from error


def _choose() -> tuple[Literal["native", "pure"], Any]:
    asked = os.environ.get("KEYVIEW_BACKEND", "")
    if asked not in ("", "native", "pure"):
        raise ImportError(
            f"KEYVIEW_BACKEND asks for {asked!r}, but there are only 'native' and 'pure'; "
            f"set it to one of them, or unset it"
        )
    core = None if asked == "pure" else _load_native()
    if core is not None:
        return "native", core
    if asked == "native":
        raise ImportError(
            "KEYVIEW_BACKEND asks for the native backend, but keyview was installed without it; "
            "reinstall it where there is a C compiler, with pip's --no-cache-dir, or "
            "unset KEYVIEW_BACKEND"
        )
    return "pure", importlib.import_module("keyview._pure")


if TYPE_CHECKING:
    from keyview._pure import (
        Concat,
        Entry,
        Items,
        Keys,
        Lookup,
        Map,
        Occupied,
        Range,
        Reverse,
        Set,
        SetLookup,
        SetRange,
        Slice,
        SortedMapBase,
        SortedSetBase,
        Vacant,
        Values,
        adapted_set,
        copied,
        copied_set,
        count,
        fill,
        group,
        prefixed,
        reduce,
        reserve,
        reserve_set,
        slices_of,
        specialize,
        specialize_set,
        split_off,
        split_off_set,
    )
    from keyview._pure.adapted import adapted
    from keyview._pure.foreign_storage import entry

backend, _implementation = _choose()

if not TYPE_CHECKING:
    Concat = _implementation.Concat
    Entry = _implementation.Entry
    Items = _implementation.Items
    Keys = _implementation.Keys
    Lookup = _implementation.Lookup
    Map = _implementation.Map
    Occupied = _implementation.Occupied
    Set = _implementation.Set
    SetLookup = _implementation.SetLookup
    Slice = _implementation.Slice
    Vacant = _implementation.Vacant
    Values = _implementation.Values
    adapted = _implementation.adapted
    adapted_set = _implementation.adapted_set
    copied = _implementation.copied
    copied_set = _implementation.copied_set
    count = _implementation.count
    entry = _implementation.entry
    fill = _implementation.fill
    group = _implementation.group
    prefixed = _implementation.prefixed
    reduce = _implementation.reduce
    reserve = _implementation.reserve
    reserve_set = _implementation.reserve_set
    slices_of = _implementation.slices_of
    specialize = _implementation.specialize
    specialize_set = _implementation.specialize_set
    Range = _implementation.Range
    SortedMapBase = _implementation.SortedMapBase
    split_off = _implementation.split_off
    SetRange = _implementation.SetRange
    SortedSetBase = _implementation.SortedSetBase
    split_off_set = _implementation.split_off_set
    # Not from `_pure`: to import that takes longer than the rest of keyview, and the native backend does not
    # need it.
    Reverse = importlib.import_module("keyview._reverse").Reverse
    errors.Occupied = Occupied

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
    "backend",
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

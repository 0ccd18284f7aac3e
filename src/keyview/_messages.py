"""The messages of the errors that both backends raise. The native backend, too, calls the functions here."""

from __future__ import annotations

import sys

from keyview.errors import KeyViewError, OrderError, StaleEntryError

__all__ = [
    "MOST_KEYS",
    "adapter_not_callable",
    "cannot_copy",
    "cannot_reorder",
    "cannot_replace_key",
    "changed_during",
    "empty_pop",
    "empty_popitem",
    "entry_consumed",
    "factory_not_callable",
    "key_removed",
    "key_stored",
    "lost_result",
    "mixed_parts",
    "negative_capacity",
    "no_default_factory",
    "no_parts",
    "no_position",
    "not_a_bound",
    "not_a_map",
    "not_a_mapping_to_numbers",
    "not_a_mutable_mapping",
    "not_a_pair",
    "not_a_prefix",
    "not_a_set",
    "not_a_slice",
    "not_a_state",
    "not_made_by_hand",
    "not_text",
    "nothing_to_pop",
    "prefix_and_bounds",
    "restless_order",
    "slice_with_step",
    "too_much_capacity",
    "unequal_keys",
    "unknown_inclusive",
    "unordered_itself",
    "unordered_keys",
    "unordered_view",
    "wrong_length",
]


def a(name: str) -> str:
    """The name of a class with its article."""
    return f"{'an' if name[:1] in 'AEIOaeio' else 'a'} {name}"


# -- entries --------------------------------------------------------------------------------------


def entry_consumed(key: object) -> StaleEntryError:
    return StaleEntryError(
        f"this Occupied entry for the key {key!r} was consumed by remove or "
        f"remove_entry; ask the map for a new entry"
    )


def key_removed(key: object) -> StaleEntryError:
    return StaleEntryError(
        f"this Occupied entry is for the key {key!r}, which is no longer in the map; "
        f"ask the map for a new entry"
    )


def key_stored(query: object) -> StaleEntryError:
    return StaleEntryError(
        f"this Vacant entry is for the key {query!r}, which is now in the map; "
        f"ask the map for a new entry, or use or_insert"
    )


def unequal_keys(key: object, stored: object) -> ValueError:
    return ValueError(
        f"replace_key was asked to store {key!r} in place of {stored!r}, but the two are "
        f"not equal; remove the entry and insert the new key"
    )


def lost_result(result: object) -> TypeError:
    return TypeError(
        f"and_modify_in_place was given a function that returned {result!r}, which would "
        f"be lost; return None, or use and_modify to replace the value"
    )


def no_default_factory(map_name: str) -> TypeError:
    return TypeError(
        f"or_default was called on an entry of {a(map_name)} that has no default_factory; call "
        f"or_insert_with(list), or use a HashMap or SortedMap made with default_factory=list"
    )


def not_a_mapping_to_numbers(caller: str, given: object) -> TypeError:
    return TypeError(
        f"{caller} was given {a(type(given).__name__)}, which is not a mapping; give it a mapping to "
        f"numbers, such as HashMap.counted makes of a list"
    )


def not_a_mutable_mapping(given: object) -> TypeError:
    return TypeError(
        f"entry was given {a(type(given).__name__)}, which is not a mutable mapping; give it a dict, or "
        f"another mapping in which keys can be stored"
    )


def cannot_replace_key(map_name: str) -> TypeError:
    return TypeError(
        f"replace_key was called on an entry of {a(map_name)}, which cannot replace a key without moving "
        f"the pair; remove the entry and insert the new key"
    )


# -- maps -----------------------------------------------------------------------------------------


def not_a_map(cls: type[object], made: object, name: str = "HashMap") -> TypeError:
    return TypeError(
        f"{cls.__name__} made {made!r}, which is not a {name}; let its __new__ return an instance of it"
    )


def not_a_pair(caller: str, element: object, number: int) -> TypeError:
    wanted = "an iterable" if caller in ("grouped", "reduced") else "a mapping or an iterable"
    return TypeError(
        f"{caller} was given {element!r} as element {number}, which is not a (key, value) pair; "
        f"give {wanted} of pairs"
    )


def wrong_length(caller: str, element: object, number: int, length: int) -> ValueError:
    return ValueError(
        f"{caller} was given {element!r} as element {number}, which has length {length}; "
        f"a (key, value) pair has length 2"
    )


def not_a_state(cls: type[object], state: object) -> TypeError:
    return TypeError(
        f"__setstate__ of {cls.__name__} was given {state!r}, which is neither a dict of attributes nor "
        f"a pair of such dicts; let __getstate__ return one, or define __setstate__, too"
    )


def changed_during(name: str, what: str, kind: str = "map") -> RuntimeError:
    """A key was added, removed or moved during an operation that does not allow that."""
    changed, copied = ("an element", "list(s)") if kind == "set" else ("a key", "list(m.items())")
    return RuntimeError(
        f"{name} changed during {what}: {changed} was added, removed or moved, or the {kind} was resized; "
        f"work on a copy, such as {copied}"
    )


def empty_popitem(map_name: str) -> KeyError:
    return KeyError(f"popitem was called on an empty {map_name}; check its length first")


def no_position(name: str, position: int, length: int, noun: str = "keys") -> IndexError:
    counted = f"1 {noun[:-1]}" if length == 1 else f"{length or 'no'} {noun}"
    advice = f": ask for {-length} to {length - 1}" if length else ""
    return IndexError(f"at was asked for position {position} of {a(name)} with {counted}{advice}")


def negative_capacity(caller: str, count: int, noun: str = "keys") -> ValueError:
    return ValueError(f"{caller} was asked for room for {count} {noun}; ask for 0 or more")


#: The most keys that a map can have on any machine: two thirds of the buckets of the native backend's
#: largest index, which has 2**57 buckets, or 2**25 on a platform of 32 bits.
MOST_KEYS = sys.maxsize // 96


def too_much_capacity(caller: str, count: int, noun: str = "keys") -> OverflowError:
    return OverflowError(f"{caller} was asked for room for {count} {noun}; ask for fewer")


def factory_not_callable(factory: object) -> TypeError:
    return TypeError(
        f"default_factory was given {factory!r}, which cannot be called; give a function or "
        f"class that makes a value, such as list"
    )


def cannot_copy(what: str, instead: str) -> TypeError:
    return TypeError(f"cannot pickle or copy {what}; {instead}")


def not_made_by_hand(what: str, method: str, kind: str = "map") -> TypeError:
    return TypeError(f"cannot create {what} instances; call {method}() on a {kind}")


# -- sets -----------------------------------------------------------------------------------------


def not_a_set(cls: type[object], made: object, wanted: str) -> TypeError:
    return TypeError(
        f"{cls.__name__} made {made!r}, which is not a {wanted}; let its __new__ return an instance of it"
    )


def empty_pop(name: str) -> KeyError:
    return KeyError(f"pop was called on an empty {name}; check its length first")


# -- sorted maps and sets -------------------------------------------------------------------------


def unordered_keys(key: object, beside: object) -> OrderError:
    return OrderError(
        f"{key!r} is neither less than, equal to nor greater than {beside!r}; give keys that can all be "
        f"compared, such as numbers without NaN"
    )


def unordered_itself(key: object) -> OrderError:
    return OrderError(
        f"{key!r} is not equal to itself, or less than itself, and has no place in an order; leave it out"
    )


def unordered_view(view: object, key: object, beside: object) -> KeyViewError:
    return KeyViewError(
        f"{view!r} stands for {key!r}, but the two are ordered differently beside {beside!r}; let __lt__ "
        f"return self.__key__() < other"
    )


def restless_order() -> RuntimeError:
    return RuntimeError(
        "comparing keys added or removed keys 100 times in one operation; __lt__ and __eq__ must not "
        "change the collection"
    )


def nothing_to_pop(method: str, name: str) -> KeyError:
    return KeyError(f"{method} was called on an empty {name}; check its length first")


def not_a_prefix(prefix: object) -> TypeError:
    return TypeError(
        f"range was given the prefix {prefix!r}, but only str, bytes and tuples have prefixes; give bounds"
    )


def prefix_and_bounds() -> TypeError:
    return TypeError("range was given a prefix and bounds; give one of them")


def unknown_inclusive(word: object) -> ValueError:
    return ValueError(
        f"range was given inclusive={word!r}; give 'left', 'right', 'both' or 'neither'"
    )


def cannot_reorder(method: str, name: str) -> TypeError:
    return TypeError(
        f"{method} was called for {a(name)}, whose keys are always in order; use a HashMap to order them "
        f"yourself"
    )


# -- lookups and text views -----------------------------------------------------------------------


def adapter_not_callable(adapter: object) -> TypeError:
    return TypeError(
        f"by was given {adapter!r}, which cannot be called; give a function or a view class "
        f"that turns what you look up with into a key or a view of one"
    )


def not_text(caller: str, text: object) -> TypeError:
    return TypeError(
        f"{caller} was given {text!r}, but it takes str or (contiguous) bytes-like objects; "
        f"convert it to one of them"
    )


def no_parts() -> TypeError:
    return TypeError("Concat was given no parts; give it one or more, all str or all bytes")


def mixed_parts(first: object, part: object) -> TypeError:
    return TypeError(
        f"Concat was given {first!r} and {part!r}, but its parts must be all str or "
        f"all bytes-like; decode or encode one of them"
    )


def not_a_bound(bound: object) -> TypeError:
    return TypeError(
        f"Slice was given {bound!r} as a bound, but bounds are integers or None; "
        f"convert it with int"
    )


def not_a_slice(asked: object) -> TypeError:
    return TypeError(
        f"slices_of was asked for {asked!r}, but it looks up slices; write lookup[12:20]"
    )


def slice_with_step(bounds: object) -> ValueError:
    return ValueError(
        f"slices_of was asked for {bounds!r}, but its slices have a step of 1; leave the step out"
    )

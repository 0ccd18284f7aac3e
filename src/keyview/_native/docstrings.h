/* The docstrings of _pure, each with its signature. Written by tools/native_docs.py: change them there. */
#ifndef KEYVIEW_DOCSTRINGS_H
#define KEYVIEW_DOCSTRINGS_H

#define DOC_Map_get "get($self, query, default=None, /)\n" \
    "--\n" \
    "\n" \
    "The value under the key, or `default`. O(1).\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).get(\"b\", 0)\n" \
    "0"

#define DOC_Map_get_entry "get_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the key, or None. O(1). Rust's `get_mut`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> if found := m.get_entry(\"a\"):\n" \
    "...     found.value += 1\n" \
    ">>> m\n" \
    "HashMap({'a': 2})"

#define DOC_Map_get_key_value "get_key_value($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The stored key with its value, or None. O(1). Rust's `get_key_value`.\n" \
    "\n" \
    ">>> HashMap({1: \"one\"}).get_key_value(True)\n" \
    "(1, 'one')"

#define DOC_Map_get_many "get_many($self, /, *queries)\n" \
    "--\n" \
    "\n" \
    "The values under several keys, in order, None for an absent one. O(number of queries).\n" \
    "\n" \
    "A key may be given twice. Rust's `get_disjoint_mut`.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1, \"b\": 2}).get_many(\"b\", \"c\", \"a\")\n" \
    "(2, None, 1)"

#define DOC_Map_entry "entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the key: `Occupied` or `Vacant`, from one lookup. O(1).\n" \
    "\n" \
    "The methods of the entry do not hash the key again. If `query` is a view, its key is built only\n" \
    "if a pair is stored or `Vacant.key` is read. Rust's `entry`, hashbrown's `entry_ref`.\n" \
    "\n" \
    ">>> m: HashMap[str, list[int]] = HashMap()\n" \
    ">>> m.entry(\"a\").or_insert_with(list).append(1)\n" \
    ">>> m.entry(\"a\").or_insert_with(list).append(2)\n" \
    ">>> m\n" \
    "HashMap({'a': [1, 2]})"

#define DOC_Map_setdefault "setdefault($self, key, default=None, /)\n" \
    "--\n" \
    "\n" \
    "The value under `key`, after storing `default` if the key was absent. O(1).\n" \
    "\n" \
    "`get_or_insert_with` makes its default only if it is needed.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).setdefault(\"b\", 2)\n" \
    "2"

#define DOC_Map_insert "insert($self, key, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` under `key` and return the old value, or None. O(1). Rust's `insert`.\n" \
    "\n" \
    "If an equal key is there, that key stays.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).insert(\"a\", 2)\n" \
    "1"

#define DOC_Map_try_insert "try_insert($self, key, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` under `key` and return it. O(1). Rust's (unstable) `try_insert`.\n" \
    "\n" \
    "Raises `OccupiedError`, a `KeyError` that carries the entry and the value, if `key` is there.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> m.try_insert(\"a\", 1)\n" \
    "1"

#define DOC_Map_get_or_insert_with "get_or_insert_with($self, query, factory, /)\n" \
    "--\n" \
    "\n" \
    "The value under the key, after storing `factory()` if the key was absent. O(1).\n" \
    "\n" \
    "The same as `entry(query).or_insert_with(factory)`, and faster. `factory` is called only if the\n" \
    "key is absent, and may use the map.\n" \
    "\n" \
    ">>> m: HashMap[str, list[int]] = HashMap()\n" \
    ">>> m.get_or_insert_with(\"a\", list).append(1)\n" \
    ">>> m\n" \
    "HashMap({'a': [1]})"

#define DOC_Map_merge "merge($self, query, value, combine, /)\n" \
    "--\n" \
    "\n" \
    "Store `value`, or `combine(old, value)` if the key is there; return what was stored. O(1).\n" \
    "\n" \
    "Java's `Map.merge`. Raises what `combine` raises, and then nothing is stored. If `combine` is a\n" \
    "builtin such as `operator.add`, other threads see the old value or the new one, and no addition\n" \
    "is lost.\n" \
    "\n" \
    ">>> from operator import add\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> for word in [\"a\", \"b\", \"a\"]:\n" \
    "...     _ = m.merge(word, 1, add)\n" \
    ">>> m\n" \
    "HashMap({'a': 2, 'b': 1})"

#define DOC_Map_update "update($self, other=(), /, **kwargs)\n" \
    "--\n" \
    "\n" \
    "Store every pair of a mapping, an iterable of pairs, or keywords. O(number of pairs).\n" \
    "\n" \
    "Raises `TypeError` or `ValueError` if an element is not a pair; the message says which. As with\n" \
    "`dict.update`, the pairs before that element have been stored.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> m.update([(\"b\", 2)], c=3)\n" \
    ">>> m\n" \
    "HashMap({'a': 1, 'b': 2, 'c': 3})"

#define DOC_Map_update_with "update_with($self, other, combine, /)\n" \
    "--\n" \
    "\n" \
    "Store every pair of `other`; where a key is there, store `combine(old, new)`.\n" \
    "\n" \
    "O(number of pairs). Raises what `combine` raises; the pairs before that one have been stored.\n" \
    "Swift's `merge(_:uniquingKeysWith:)`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> m.update_with({\"a\": 10, \"b\": 20}, max)\n" \
    ">>> m\n" \
    "HashMap({'a': 10, 'b': 20})"

#define DOC_Map_pop "pop($self, query, default=..., /)\n" \
    "--\n" \
    "\n" \
    "Remove the key and return its value, or `default`. O(1).\n" \
    "\n" \
    "Raises `KeyError` if the key is absent and no default is given.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).pop(\"a\")\n" \
    "1"

#define DOC_Map_remove_entry "remove_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the key and return the stored key with its value. O(1). Rust's `remove_entry`.\n" \
    "\n" \
    "Raises `KeyError`.\n" \
    "\n" \
    ">>> HashMap({1: \"one\"}).remove_entry(True)\n" \
    "(1, 'one')"

#define DOC_Map_popitem "popitem($self, /, last=True)\n" \
    "--\n" \
    "\n" \
    "Remove and return the last pair, or the first if `last` is false. O(1).\n" \
    "\n" \
    "Raises `KeyError` if the map is empty. `OrderedDict.popitem`, indexmap's `pop`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1, \"b\": 2, \"c\": 3})\n" \
    ">>> m.popitem(), m.popitem(last=False)\n" \
    "(('c', 3), ('a', 1))"

#define DOC_Map_swap_remove "swap_remove($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the key and return its value; the last pair takes its place. indexmap's `swap_remove`.\n" \
    "\n" \
    "O(1), in the pure backend O(n). It leaves no hole in the order, so that `at` stays O(1). Raises\n" \
    "`KeyError`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1, \"b\": 2, \"c\": 3})\n" \
    ">>> m.swap_remove(\"a\")\n" \
    "1\n" \
    ">>> m\n" \
    "HashMap({'c': 3, 'b': 2})"

#define DOC_Map_clear "clear($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every key, and give the memory back. O(n).\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> m.clear()\n" \
    ">>> len(m)\n" \
    "0"

#define DOC_Map_retain "retain($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "Keep only the pairs for which `predicate(key, value)` is true. O(n). Rust's `retain`.\n" \
    "\n" \
    "The predicate is called for all pairs before any is removed. Raises `RuntimeError` if the\n" \
    "predicate adds or removes a key, and what the predicate raises; then nothing has been removed.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1, \"b\": 2})\n" \
    ">>> m.retain(lambda key, value: value > 1)\n" \
    ">>> m\n" \
    "HashMap({'b': 2})"

#define DOC_Map_extract_if "extract_if($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "An iterator that removes and yields the pairs for which `predicate(key, value)` is true.\n" \
    "\n" \
    "Each pair is removed when it is yielded. If the iterator is not read to its end, the other pairs\n" \
    "stay. O(n) in all. Raises `RuntimeError` if anything else, also the predicate, adds or removes a\n" \
    "key during the iteration, and what the predicate raises. Rust's `extract_if`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1, \"b\": 2})\n" \
    ">>> list(m.extract_if(lambda key, value: value > 1))\n" \
    "[('b', 2)]\n" \
    ">>> m\n" \
    "HashMap({'a': 1})"

#define DOC_Map_drain "drain($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every key now, as `clear` does; returns an iterator over the pairs. O(n). Rust's `drain`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> drained = m.drain()\n" \
    ">>> m, list(drained)\n" \
    "(HashMap({}), [('a', 1)])"

#define DOC_Map_first_entry "first_entry($self, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the first key, or None if the map is empty. O(1).\n" \
    "\n" \
    "indexmap's and BTreeMap's `first_entry`.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1, \"b\": 2}).first_entry()\n" \
    "Occupied('a', 1)"

#define DOC_Map_last_entry "last_entry($self, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the last key, or None if the map is empty. O(1).\n" \
    "\n" \
    "indexmap's and BTreeMap's `last_entry`.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1, \"b\": 2}).last_entry()\n" \
    "Occupied('b', 2)"

#define DOC_Map_at "at($self, position, /)\n" \
    "--\n" \
    "\n" \
    "The pair at a position, which may be negative as in a list. indexmap's `get_index`.\n" \
    "\n" \
    "O(1) if no key was removed or moved since the map was last rebuilt, else O(n); in the pure\n" \
    "backend O(n). Raises `IndexError`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1, \"b\": 2, \"c\": 3})\n" \
    ">>> m.at(0), m.at(-1)\n" \
    "(('a', 1), ('c', 3))"

#define DOC_Map_index_of "index_of($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The position of the key. As fast as `at`. indexmap's `get_index_of`. Raises `KeyError`.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1, \"b\": 2}).index_of(\"b\")\n" \
    "1"

#define DOC_Map_move_to_end "move_to_end($self, query, /, last=True)\n" \
    "--\n" \
    "\n" \
    "Make the key the last, or the first if `last` is false. O(1). `OrderedDict.move_to_end`.\n" \
    "\n" \
    "Raises `KeyError`. Iterators over the map then raise `RuntimeError`; entries stay valid.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1, \"b\": 2, \"c\": 3})\n" \
    ">>> m.move_to_end(\"a\")\n" \
    ">>> m.move_to_end(\"c\", last=False)\n" \
    ">>> m\n" \
    "HashMap({'c': 3, 'b': 2, 'a': 1})"

#define DOC_Map_sort "sort($self, /, key=None, reverse=False)\n" \
    "--\n" \
    "\n" \
    "Sort the pairs in place by their keys, or by `key(key, value)`. O(n log n).\n" \
    "\n" \
    "Like `list.sort` it is stable, also if `reverse` is true. No key is hashed. Raises what comparing\n" \
    "or `key` raises, and `RuntimeError` if either adds, removes or moves a key; then the order is as\n" \
    "it was. Iterators over the map then raise `RuntimeError`; entries stay valid. indexmap's\n" \
    "`sort_by`.\n" \
    "\n" \
    ">>> m = HashMap({\"b\": 1, \"c\": 3, \"a\": 2})\n" \
    ">>> m.sort()\n" \
    ">>> m\n" \
    "HashMap({'a': 2, 'b': 1, 'c': 3})\n" \
    ">>> m.sort(lambda key, value: value, reverse=True)\n" \
    ">>> m\n" \
    "HashMap({'c': 3, 'a': 2, 'b': 1})"

#define DOC_Map_keys "keys($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, set-like, reversible view of the keys. O(1).\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).keys() & {\"a\", \"b\"}\n" \
    "{'a'}"

#define DOC_Map_values "values($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, reversible view of the values. O(1).\n" \
    "\n" \
    ">>> sum(HashMap({\"a\": 1, \"b\": 2}).values())\n" \
    "3"

#define DOC_Map_items "items($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, set-like, reversible view of the pairs. O(1).\n" \
    "\n" \
    ">>> list(HashMap({\"a\": 1}).items())\n" \
    "[('a', 1)]"

#define DOC_Map_capacity "The number of keys that fit before the map has to grow; at least its length. Rust's `capacity`.\n" \
    "\n" \
    ">>> HashMap.with_capacity(100).capacity >= 100\n" \
    "True"

#define DOC_Map_reserve "reserve($self, additional, /)\n" \
    "--\n" \
    "\n" \
    "Make the capacity enough for `additional` more keys. O(n). Rust's `reserve`.\n" \
    "\n" \
    "Raises `ValueError` if `additional` is negative, `OverflowError` if no machine has enough memory,\n" \
    "`MemoryError` if this one does not. Iterators over the map then raise `RuntimeError`; entries\n" \
    "stay valid.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> m.reserve(99)\n" \
    ">>> m.capacity >= 100\n" \
    "True"

#define DOC_Map_shrink_to_fit "shrink_to_fit($self, /)\n" \
    "--\n" \
    "\n" \
    "Give back memory that is not used. O(n). Rust's `shrink_to_fit`.\n" \
    "\n" \
    "Iterators over the map then raise `RuntimeError`; entries stay valid.\n" \
    "\n" \
    ">>> m = HashMap[str, int].with_capacity(100)\n" \
    ">>> m.shrink_to_fit()\n" \
    ">>> m.capacity < 100\n" \
    "True"

#define DOC_Map_default_factory "The function that `or_default` calls for the value of an absent key, or None.\n" \
    "\n" \
    "Reading never inserts: this is not a `defaultdict`. Rust's `V: Default`.\n" \
    "\n" \
    ">>> HashMap(default_factory=list).default_factory\n" \
    "<class 'list'>"

#define DOC_Map_copy "copy($self, /)\n" \
    "--\n" \
    "\n" \
    "A shallow copy, of the same class and with the same `default_factory`. O(n).\n" \
    "\n" \
    "No key is hashed. The attributes of a subclass are copied too.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).copy()\n" \
    "HashMap({'a': 1})"

#define DOC_Occupied "An entry whose key is in the map. Made by `HashMap.entry`, `entry` and others, never directly.\n" \
    "\n" \
    "An entry is valid while its key is in the map, whatever happens to other keys. After that, every use\n" \
    "raises `StaleEntryError` and changes nothing. Rust's and hashbrown's `OccupiedEntry`.\n" \
    "\n" \
    "Reading: `key`, `value`. Changing: `value = ...`, `insert`, `insert_entry`, `and_modify`,\n" \
    "`and_modify_in_place`, `replace_key`. Removing: `remove`, `remove_entry`,\n" \
    "`and_replace_entry_with`. The `or_...` methods return the value, or this entry.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> match m.entry(\"a\"):\n" \
    "...     case Occupied(key, value):\n" \
    "...         print(key, value)\n" \
    "a 1"

#define DOC_Occupied_key "The stored key, which may be another object than the query. O(1).\n" \
    "\n" \
    "Raises `StaleEntryError`. Rust's `OccupiedEntry::key`.\n" \
    "\n" \
    ">>> HashMap({1: \"one\"}).entry(True).key\n" \
    "1"

#define DOC_Occupied_value "The value, which an assignment replaces. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "Rust's `OccupiedEntry::get`, `get_mut` and `insert` in one attribute.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> m.entry(\"a\").or_insert_entry(0).value += 1\n" \
    ">>> m\n" \
    "HashMap({'a': 2})"

#define DOC_Occupied_insert "insert($self, value, /)\n" \
    "--\n" \
    "\n" \
    "Replace the value and return the old one. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "Rust's `OccupiedEntry::insert`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> found = m.get_entry(\"a\")\n" \
    ">>> assert found is not None\n" \
    ">>> found.insert(2)\n" \
    "1"

#define DOC_Occupied_insert_entry "insert_entry($self, value, /)\n" \
    "--\n" \
    "\n" \
    "Replace the value and return this entry. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "Rust's `Entry::insert_entry`.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).entry(\"a\").insert_entry(2)\n" \
    "Occupied('a', 2)"

#define DOC_Occupied_remove "remove($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove the key and return its value. The entry is then stale for good. O(1).\n" \
    "\n" \
    "Raises `StaleEntryError`. Rust's `OccupiedEntry::remove`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> if found := m.get_entry(\"a\"):\n" \
    "...     print(found.remove(), m)\n" \
    "1 HashMap({})"

#define DOC_Occupied_remove_entry "remove_entry($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove the key and return the stored key with its value. The entry is then stale for good.\n" \
    "\n" \
    "O(1). Raises `StaleEntryError`. Rust's `OccupiedEntry::remove_entry`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> if found := m.get_entry(\"a\"):\n" \
    "...     print(found.remove_entry())\n" \
    "('a', 1)"

#define DOC_Occupied_replace_key "replace_key($self, key, /)\n" \
    "--\n" \
    "\n" \
    "Store `key` in place of the stored key, which must be equal; return the old key.\n" \
    "\n" \
    "O(1). Raises `ValueError` if the keys are not equal, `StaleEntryError`, and `TypeError` if the\n" \
    "map is not a `HashMap`. hashbrown's `OccupiedEntry::replace_key`.\n" \
    "\n" \
    ">>> m = HashMap({1: \"one\"})\n" \
    ">>> if found := m.get_entry(1):\n" \
    "...     print(found.replace_key(True), m)\n" \
    "1 HashMap({True: 'one'})"

#define DOC_Occupied_or_insert "or_insert($self, value, /)\n" \
    "--\n" \
    "\n" \
    "The value that is there; `value` is not used. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "Rust's `Entry::or_insert`.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).entry(\"a\").or_insert(0)\n" \
    "1"

#define DOC_Occupied_or_insert_with "or_insert_with($self, factory, /)\n" \
    "--\n" \
    "\n" \
    "The value that is there; `factory` is not called. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "Rust's `Entry::or_insert_with`.\n" \
    "\n" \
    ">>> HashMap({\"a\": [1]}).entry(\"a\").or_insert_with(list)\n" \
    "[1]"

#define DOC_Occupied_or_insert_with_key "or_insert_with_key($self, factory, /)\n" \
    "--\n" \
    "\n" \
    "The value that is there; `factory` is not called. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "Rust's `Entry::or_insert_with_key`.\n" \
    "\n" \
    ">>> HashMap({\"a\": 9}).entry(\"a\").or_insert_with_key(len)\n" \
    "9"

#define DOC_Occupied_or_default "or_default($self, /)\n" \
    "--\n" \
    "\n" \
    "The value that is there; `default_factory` is not called. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "Rust's `Entry::or_default`.\n" \
    "\n" \
    ">>> HashMap({\"a\": [1]}, default_factory=list).entry(\"a\").or_default()\n" \
    "[1]"

#define DOC_Occupied_or_insert_entry "or_insert_entry($self, value, /)\n" \
    "--\n" \
    "\n" \
    "This entry; `value` is not used. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "hashbrown's `or_insert_entry`.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).entry(\"a\").or_insert_entry(0)\n" \
    "Occupied('a', 1)"

#define DOC_Occupied_or_insert_entry_with "or_insert_entry_with($self, factory, /)\n" \
    "--\n" \
    "\n" \
    "This entry; `factory` is not called. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    ">>> HashMap({\"a\": [1]}).entry(\"a\").or_insert_entry_with(list)\n" \
    "Occupied('a', [1])"

#define DOC_Occupied_and_modify "and_modify($self, function, /)\n" \
    "--\n" \
    "\n" \
    "Replace the value by `function(value)`; return this entry. O(1).\n" \
    "\n" \
    "Raises `StaleEntryError`, also if `function` removed the key, and what `function` raises; then no\n" \
    "value is replaced. Rust's `Entry::and_modify` changes the value in place, as\n" \
    "`and_modify_in_place` does here.\n" \
    "\n" \
    ">>> HashMap({\"a\": 1}).entry(\"a\").and_modify(lambda n: n + 1).or_insert(0)\n" \
    "2"

#define DOC_Occupied_and_modify_in_place "and_modify_in_place($self, function, /)\n" \
    "--\n" \
    "\n" \
    "Call `function(value)`, which changes the value in place; return this entry. O(1).\n" \
    "\n" \
    "Raises `StaleEntryError`, and `TypeError` if `function` returns anything but None: that result\n" \
    "would be lost. Rust's `Entry::and_modify`.\n" \
    "\n" \
    ">>> HashMap({\"a\": [2, 1]}).entry(\"a\").and_modify_in_place(list.sort).or_insert([])\n" \
    "[1, 2]"

#define DOC_Occupied_and_replace_entry_with "and_replace_entry_with($self, function, /)\n" \
    "--\n" \
    "\n" \
    "Replace the value by `function(key, value)`, or remove the key if that is `REMOVE`.\n" \
    "\n" \
    "Returns this entry, or a `Vacant` entry for the key that was removed. O(1). Raises\n" \
    "`StaleEntryError`, also if `function` removed the key. hashbrown's\n" \
    "`Entry::and_replace_entry_with`.\n" \
    "\n" \
    ">>> m = HashMap({\"a\": 1})\n" \
    ">>> m.entry(\"a\").and_replace_entry_with(lambda k, v: v - 1 or REMOVE)\n" \
    "Vacant('a')\n" \
    ">>> m\n" \
    "HashMap({})"

#define DOC_Vacant "An entry whose key is not in the map. Made by `HashMap.entry` and `entry`, never directly.\n" \
    "\n" \
    "`insert` and `insert_entry` store a value, and raise `StaleEntryError` if the key has been stored\n" \
    "since. The `or_...` methods never raise it: they store a value, or return the one that has been\n" \
    "stored since, by a factory or another thread. The first insertion wins. Rust's and hashbrown's\n" \
    "`VacantEntry`.\n" \
    "\n" \
    "If the query is a view, its key is built once, when it is first needed.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> match m.entry(\"a\"):\n" \
    "...     case Vacant(key) as found:\n" \
    "...         print(key, found.or_insert(1))\n" \
    "a 1"

#define DOC_Vacant_key "The key that would be stored; a view's key is built now, once. O(1).\n" \
    "\n" \
    "Never raises `StaleEntryError`. Raises `KeyViewError` if the view is unlawful. Rust's\n" \
    "`VacantEntry::key`.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> m.entry(Concat(\"a\", \"b\")).key\n" \
    "'ab'"

#define DOC_Vacant_insert "insert($self, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` and return it. O(1).\n" \
    "\n" \
    "Raises `StaleEntryError` if the key has been stored since, `KeyViewError`. Rust's\n" \
    "`VacantEntry::insert`.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> match m.entry(\"a\"):\n" \
    "...     case Vacant() as found:\n" \
    "...         print(found.insert(1))\n" \
    "1"

#define DOC_Vacant_insert_entry "insert_entry($self, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` and return the `Occupied` entry. O(1).\n" \
    "\n" \
    "Raises `StaleEntryError` if the key has been stored since, `KeyViewError`. Rust's\n" \
    "`Entry::insert_entry`.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> m.entry(\"a\").insert_entry(1)\n" \
    "Occupied('a', 1)"

#define DOC_Vacant_or_insert "or_insert($self, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` and return it, or return the value that has been stored since. O(1).\n" \
    "\n" \
    "Raises `KeyViewError`. Rust's `Entry::or_insert`.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> m.entry(\"a\").or_insert(1)\n" \
    "1"

#define DOC_Vacant_or_insert_with "or_insert_with($self, factory, /)\n" \
    "--\n" \
    "\n" \
    "Store `factory()` and return it, or return the value that has been stored since. O(1).\n" \
    "\n" \
    "The factory may use the map, so that a recursive function can memoise itself; if it stores a\n" \
    "value under this key, that value stays. Raises `KeyViewError`, and what `factory` raises; then\n" \
    "nothing is stored here. Rust's `Entry::or_insert_with`.\n" \
    "\n" \
    ">>> m: HashMap[str, list[int]] = HashMap()\n" \
    ">>> m.entry(\"a\").or_insert_with(list).append(1)\n" \
    ">>> m\n" \
    "HashMap({'a': [1]})"

#define DOC_Vacant_or_insert_with_key "or_insert_with_key($self, factory, /)\n" \
    "--\n" \
    "\n" \
    "Store `factory(key)` and return it, or return the value that has been stored since. O(1).\n" \
    "\n" \
    "As `or_insert_with`, but the factory is called with the key, which is built if the query is a\n" \
    "view. Rust's `Entry::or_insert_with_key`.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> m.entry(\"hello\").or_insert_with_key(len)\n" \
    "5"

#define DOC_Vacant_or_default "or_default($self, /)\n" \
    "--\n" \
    "\n" \
    "Store `default_factory()` and return it, or return the value that has been stored since. O(1).\n" \
    "\n" \
    "Raises `TypeError` if the map has no `default_factory`, and what `or_insert_with` raises. Rust's\n" \
    "`Entry::or_default`.\n" \
    "\n" \
    ">>> m: HashMap[str, list[int]] = HashMap(default_factory=list)\n" \
    ">>> m.entry(\"a\").or_default()\n" \
    "[]"

#define DOC_Vacant_or_insert_entry "or_insert_entry($self, value, /)\n" \
    "--\n" \
    "\n" \
    "As `or_insert`, but returns the `Occupied` entry. O(1). Raises `KeyViewError`.\n" \
    "\n" \
    "hashbrown's `or_insert_entry`.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> m.entry(\"a\").or_insert_entry(0).value += 1\n" \
    ">>> m\n" \
    "HashMap({'a': 1})"

#define DOC_Vacant_or_insert_entry_with "or_insert_entry_with($self, factory, /)\n" \
    "--\n" \
    "\n" \
    "As `or_insert_with`, but returns the `Occupied` entry. O(1).\n" \
    "\n" \
    ">>> m: HashMap[str, list[int]] = HashMap()\n" \
    ">>> m.entry(\"a\").or_insert_entry_with(list)\n" \
    "Occupied('a', [])"

#define DOC_Vacant_and_modify "and_modify($self, function, /)\n" \
    "--\n" \
    "\n" \
    "This entry; `function` is not called. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "Rust's `Entry::and_modify`.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> m.entry(\"a\").and_modify(lambda n: n + 1).or_insert(0)\n" \
    "0"

#define DOC_Vacant_and_modify_in_place "and_modify_in_place($self, function, /)\n" \
    "--\n" \
    "\n" \
    "This entry; `function` is not called. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    ">>> m: HashMap[str, list[int]] = HashMap()\n" \
    ">>> m.entry(\"a\").and_modify_in_place(list.clear).or_insert([1])\n" \
    "[1]"

#define DOC_Vacant_and_replace_entry_with "and_replace_entry_with($self, function, /)\n" \
    "--\n" \
    "\n" \
    "This entry; `function` is not called. O(1). Raises `StaleEntryError`.\n" \
    "\n" \
    "hashbrown's `Entry::and_replace_entry_with`.\n" \
    "\n" \
    ">>> m: HashMap[str, int] = HashMap()\n" \
    ">>> m.entry(\"a\").and_replace_entry_with(lambda k, v: REMOVE)\n" \
    "Vacant('a')"

#define DOC_Lookup "Lookup(*args, **kwargs)\n" \
    "--\n" \
    "\n" \
    "A map that is looked up by an `A` instead of a `K`. Made by `HashMap.by`, never directly.\n" \
    "\n" \
    "It has every method of a map that is about one key. Each method calls the adapter, and looks up the\n" \
    "key or view that the adapter returns. Methods that a subclass of `HashMap` overrides are not called.\n" \
    "A `KeyError` carries the `A`, not the key. A `Lookup` is not iterable: it would have to yield objects\n" \
    "of type `A`, and the map has only keys. .NET's alternate lookup, Zig's adapted functions.\n" \
    "\n" \
    ">>> m = HashMap({\"straße\": 1, \"strasse\": 2})\n" \
    ">>> m.by(str.casefold)[\"STRASSE\"]\n" \
    "2"

#define DOC_Lookup_get "get($self, asked, default=None, /)\n" \
    "--\n" \
    "\n" \
    "The value under the key that `asked` stands for, or `default`. O(1).\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).get(\"b\", 0)\n" \
    "0"

#define DOC_Lookup_get_key_value "get_key_value($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "The stored key and its value, or None. O(1).\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).get_key_value(\"a\")\n" \
    "('_a', 1)"

#define DOC_Lookup_get_entry "get_entry($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the key that `asked` stands for, or None. O(1).\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).get_entry(\"a\")\n" \
    "Occupied('_a', 1)"

#define DOC_Lookup_get_many "get_many($self, /, *asked)\n" \
    "--\n" \
    "\n" \
    "The values under several keys, in order, None for an absent one. O(length of `asked`).\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1, \"_b\": 2}).by(prefixed(\"_\")).get_many(\"b\", \"c\", \"a\")\n" \
    "(2, None, 1)"

#define DOC_Lookup_entry "entry($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the key that `asked` stands for; the key is built only to store it. O(1).\n" \
    "\n" \
    ">>> m = HashMap({\"_a\": 1})\n" \
    ">>> m.by(prefixed(\"_\")).entry(\"b\").or_insert(2)\n" \
    "2\n" \
    ">>> m\n" \
    "HashMap({'_a': 1, '_b': 2})"

#define DOC_Lookup_index_of "index_of($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "The position of the key that `asked` stands for, as of `HashMap.index_of`. Raises `KeyError`.\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1, \"_b\": 2}).by(prefixed(\"_\")).index_of(\"b\")\n" \
    "1"

#define DOC_Lookup_setdefault "setdefault($self, asked, default=None, /)\n" \
    "--\n" \
    "\n" \
    "The value under the key that `asked` stands for, after storing `default` if it was absent. O(1).\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).setdefault(\"b\", 2)\n" \
    "2"

#define DOC_Lookup_insert "insert($self, asked, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` under the key that `asked` stands for; return the old value, or None. O(1).\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).insert(\"a\", 2)\n" \
    "1"

#define DOC_Lookup_try_insert "try_insert($self, asked, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` under the key that `asked` stands for, and return it. O(1).\n" \
    "\n" \
    "Raises `OccupiedError`, which carries the entry and the value, if the key is there.\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).try_insert(\"b\", 2)\n" \
    "2"

#define DOC_Lookup_get_or_insert_with "get_or_insert_with($self, asked, factory, /)\n" \
    "--\n" \
    "\n" \
    "The value under the key that `asked` stands for, after storing `factory()` if it was absent. O(1).\n" \
    "\n" \
    ">>> m: HashMap[str, list[int]] = HashMap()\n" \
    ">>> m.by(prefixed(\"_\")).get_or_insert_with(\"a\", list).append(1)\n" \
    ">>> m\n" \
    "HashMap({'_a': [1]})"

#define DOC_Lookup_merge "merge($self, asked, value, combine, /)\n" \
    "--\n" \
    "\n" \
    "Store `value`, or `combine(old, value)` if the key that `asked` stands for is there. O(1).\n" \
    "\n" \
    "Returns what was stored.\n" \
    "\n" \
    ">>> from operator import add\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).merge(\"a\", 2, add)\n" \
    "3"

#define DOC_Lookup_move_to_end "move_to_end($self, asked, /, last=True)\n" \
    "--\n" \
    "\n" \
    "Make the key that `asked` stands for the last, or the first if `last` is false. O(1).\n" \
    "\n" \
    "Raises `KeyError`.\n" \
    "\n" \
    ">>> m = HashMap({\"_a\": 1, \"_b\": 2})\n" \
    ">>> m.by(prefixed(\"_\")).move_to_end(\"a\")\n" \
    ">>> m\n" \
    "HashMap({'_b': 2, '_a': 1})"

#define DOC_Lookup_remove_entry "remove_entry($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "Remove the key that `asked` stands for and return it with its value. O(1). Raises `KeyError`.\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).remove_entry(\"a\")\n" \
    "('_a', 1)"

#define DOC_Lookup_swap_remove "swap_remove($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "Remove the key that `asked` stands for, and let the last pair take its place. Raises `KeyError`.\n" \
    "\n" \
    "Returns the value, and costs what `HashMap.swap_remove` does.\n" \
    "\n" \
    ">>> m = HashMap({\"_a\": 1, \"_b\": 2, \"_c\": 3})\n" \
    ">>> m.by(prefixed(\"_\")).swap_remove(\"a\"), m\n" \
    "(1, HashMap({'_c': 3, '_b': 2}))"

#define DOC_Lookup_pop "pop($self, asked, default=..., /)\n" \
    "--\n" \
    "\n" \
    "Remove the key that `asked` stands for and return its value, or `default`. O(1).\n" \
    "\n" \
    "Raises `KeyError` if the key is absent and no default is given.\n" \
    "\n" \
    ">>> HashMap({\"_a\": 1}).by(prefixed(\"_\")).pop(\"a\")\n" \
    "1"

#define DOC_Set_union "union($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "A new set with the elements of this set and of all the others. O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2]).union([3], (2, 4))\n" \
    "HashSet({1, 2, 3, 4})"

#define DOC_Set_intersection "intersection($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "A new set with the elements of this set that are in all the others, too. O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2, 3]).intersection([3, 2, 9])\n" \
    "HashSet({2, 3})"

#define DOC_Set_difference "difference($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "A new set with the elements of this set that are in none of the others. O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2, 3]).difference([2], [9])\n" \
    "HashSet({1, 3})"

#define DOC_Set_symmetric_difference "symmetric_difference($self, other, /)\n" \
    "--\n" \
    "\n" \
    "A new set with the elements that are in this set or in the other, but not in both.\n" \
    "\n" \
    "O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2, 3]).symmetric_difference([3, 4])\n" \
    "HashSet({1, 2, 4})"

#define DOC_Set_intersection_update "intersection_update($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "Keep only the elements that are in all the others, too. O(number of elements).\n" \
    "\n" \
    ">>> s = HashSet([1, 2, 3])\n" \
    ">>> s.intersection_update([3, 2, 9])\n" \
    ">>> s\n" \
    "HashSet({2, 3})"

#define DOC_Set_difference_update "difference_update($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "Remove the elements that are in any of the others. O(number of their elements).\n" \
    "\n" \
    ">>> s = HashSet([1, 2, 3])\n" \
    ">>> s.difference_update([2], [9])\n" \
    ">>> s\n" \
    "HashSet({1, 3})"

#define DOC_Set_symmetric_difference_update "symmetric_difference_update($self, other, /)\n" \
    "--\n" \
    "\n" \
    "Remove the elements that are in the other, too, and add those that are only there.\n" \
    "\n" \
    "O(number of elements).\n" \
    "\n" \
    ">>> s = HashSet([1, 2, 3])\n" \
    ">>> s.symmetric_difference_update([3, 4])\n" \
    ">>> s\n" \
    "HashSet({1, 2, 4})"

#define DOC_Set_issubset "issubset($self, other, /)\n" \
    "--\n" \
    "\n" \
    "Whether every element is in the other, too. O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2]).issubset([3, 2, 1])\n" \
    "True"

#define DOC_Set_issuperset "issuperset($self, other, /)\n" \
    "--\n" \
    "\n" \
    "Whether every element of the other is in this set, too. O(number of its elements).\n" \
    "\n" \
    ">>> HashSet([1, 2, 3]).issuperset([2, 1])\n" \
    "True"

#define DOC_Set_isdisjoint "isdisjoint($self, other, /)\n" \
    "--\n" \
    "\n" \
    "Whether no element of the other is in this set. O(number of its elements).\n" \
    "\n" \
    ">>> HashSet([1, 2]).isdisjoint([3, 4])\n" \
    "True"

#define DOC_Set_get "get($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The stored element, or None. O(1). Rust's `get`.\n" \
    "\n" \
    ">>> HashSet([1]).get(True)\n" \
    "1"

#define DOC_Set_add "add($self, element, /)\n" \
    "--\n" \
    "\n" \
    "Store an element. If an equal one is there, that one stays. O(1).\n" \
    "\n" \
    "A view is never stored: if its key is absent, the key is built, checked and stored. Raises\n" \
    "`KeyViewError` if the view is unlawful.\n" \
    "\n" \
    ">>> s = HashSet([1])\n" \
    ">>> s.add(True)\n" \
    ">>> s\n" \
    "HashSet({1})"

#define DOC_Set_insert "insert($self, element, /)\n" \
    "--\n" \
    "\n" \
    "Store an element, and return whether it is new. O(1). Rust's `insert`.\n" \
    "\n" \
    "If an equal one is there, that one stays.\n" \
    "\n" \
    ">>> s = HashSet([\"a\"])\n" \
    ">>> s.insert(\"a\"), s.insert(\"b\")\n" \
    "(False, True)"

#define DOC_Set_get_or_insert "get_or_insert($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The stored element that is equal to `query`, after storing it if there was none. O(1).\n" \
    "\n" \
    "This is interning: of equal elements, all callers get the first. If `query` is a view, its key is\n" \
    "built only if it is absent. Rust's (unstable) `get_or_insert`.\n" \
    "\n" \
    ">>> s: HashSet[str] = HashSet()\n" \
    ">>> s.get_or_insert(\"a\") is s.get_or_insert(\"A\".lower())\n" \
    "True"

#define DOC_Set_replace "replace($self, element, /)\n" \
    "--\n" \
    "\n" \
    "Store an element in place of the equal one, which is returned; None if there was none. O(1).\n" \
    "\n" \
    "Rust's `replace`.\n" \
    "\n" \
    ">>> s = HashSet([1, 2])\n" \
    ">>> s.replace(True), s\n" \
    "(1, HashSet({True, 2}))"

#define DOC_Set_update "update($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "Store every element of all the others. O(number of their elements).\n" \
    "\n" \
    "If an element raises, those before it have been stored, as with `set.update`.\n" \
    "\n" \
    ">>> s = HashSet([1])\n" \
    ">>> s.update([2], (3, 1))\n" \
    ">>> s\n" \
    "HashSet({1, 2, 3})"

#define DOC_Set_remove "remove($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the element that `query` is or stands for. O(1). Raises `KeyError`.\n" \
    "\n" \
    ">>> s = HashSet([\"a\"])\n" \
    ">>> s.remove(\"a\")\n" \
    ">>> s\n" \
    "HashSet()"

#define DOC_Set_discard "discard($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the element that `query` is or stands for, if it is there. O(1).\n" \
    "\n" \
    ">>> HashSet([\"a\"]).discard(\"b\")"

#define DOC_Set_take "take($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the element and return the stored one. O(1). Rust's `take`. Raises `KeyError`.\n" \
    "\n" \
    ">>> HashSet([1]).take(True)\n" \
    "1"

#define DOC_Set_pop "pop($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the last element. O(1). Raises `KeyError` if the set is empty.\n" \
    "\n" \
    ">>> HashSet([1, 2]).pop()\n" \
    "2"

#define DOC_Set_swap_remove "swap_remove($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the element and return it; the last one takes its place. indexmap's `swap_take`.\n" \
    "\n" \
    "O(1), in the pure backend O(n). It leaves no hole in the order, so that `at` stays O(1). Raises\n" \
    "`KeyError`.\n" \
    "\n" \
    ">>> s = HashSet([\"a\", \"b\", \"c\"])\n" \
    ">>> s.swap_remove(\"a\"), s\n" \
    "('a', HashSet({'c', 'b'}))"

#define DOC_Set_clear "clear($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every element, and give the memory back. O(n).\n" \
    "\n" \
    ">>> s = HashSet([\"a\"])\n" \
    ">>> s.clear()\n" \
    ">>> s\n" \
    "HashSet()"

#define DOC_Set_retain "retain($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "Keep only the elements for which `predicate(element)` is true. O(n). Rust's `retain`.\n" \
    "\n" \
    "The predicate is called for all elements before any is removed. Raises `RuntimeError` if the predicate\n" \
    "adds or removes one, and what the predicate raises; then nothing has been removed.\n" \
    "\n" \
    ">>> s = HashSet([1, 2, 3])\n" \
    ">>> s.retain(lambda number: number % 2)\n" \
    ">>> s\n" \
    "HashSet({1, 3})"

#define DOC_Set_extract_if "extract_if($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "An iterator that removes and yields the elements for which `predicate(element)` is true.\n" \
    "\n" \
    "Each element is removed when it is yielded. If the iterator is not read to its end, the others stay.\n" \
    "O(n) in all. Raises `RuntimeError` if anything else, also the predicate, adds or removes an element\n" \
    "during the iteration, and what the predicate raises. Rust's `extract_if`.\n" \
    "\n" \
    ">>> s = HashSet([1, 2, 3])\n" \
    ">>> list(s.extract_if(lambda number: number % 2))\n" \
    "[1, 3]\n" \
    ">>> s\n" \
    "HashSet({2})"

#define DOC_Set_drain "drain($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every element now, as `clear` does; returns an iterator over them. O(n). Rust's `drain`.\n" \
    "\n" \
    ">>> s = HashSet([1])\n" \
    ">>> drained = s.drain()\n" \
    ">>> s, list(drained)\n" \
    "(HashSet(), [1])"

#define DOC_Set_first "first($self, /)\n" \
    "--\n" \
    "\n" \
    "The first element, or None if the set is empty. O(1). indexmap's `first`.\n" \
    "\n" \
    ">>> HashSet([\"a\", \"b\"]).first()\n" \
    "'a'"

#define DOC_Set_last "last($self, /)\n" \
    "--\n" \
    "\n" \
    "The last element, or None if the set is empty. O(1). indexmap's `last`.\n" \
    "\n" \
    ">>> HashSet([\"a\", \"b\"]).last()\n" \
    "'b'"

#define DOC_Set_at "at($self, position, /)\n" \
    "--\n" \
    "\n" \
    "The element at a position, which may be negative as in a list. indexmap's `get_index`.\n" \
    "\n" \
    "O(1) if no element was removed or moved since the set was last rebuilt, else O(n); in the pure\n" \
    "backend O(n). Raises `IndexError`.\n" \
    "\n" \
    ">>> s = HashSet([\"a\", \"b\", \"c\"])\n" \
    ">>> s.at(0), s.at(-1)\n" \
    "('a', 'c')"

#define DOC_Set_index_of "index_of($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The position of the element. As fast as `at`. indexmap's `get_index_of`. Raises `KeyError`.\n" \
    "\n" \
    ">>> HashSet([\"a\", \"b\"]).index_of(\"b\")\n" \
    "1"

#define DOC_Set_move_to_end "move_to_end($self, query, /, last=True)\n" \
    "--\n" \
    "\n" \
    "Make the element the last, or the first if `last` is false. O(1). `OrderedDict.move_to_end`.\n" \
    "\n" \
    "Raises `KeyError`. Iterators over the set then raise `RuntimeError`.\n" \
    "\n" \
    ">>> s = HashSet([\"a\", \"b\", \"c\"])\n" \
    ">>> s.move_to_end(\"a\")\n" \
    ">>> s\n" \
    "HashSet({'b', 'c', 'a'})"

#define DOC_Set_sort "sort($self, /, key=None, reverse=False)\n" \
    "--\n" \
    "\n" \
    "Sort the elements in place, or by `key(element)`. O(n log n).\n" \
    "\n" \
    "Like `list.sort` it is stable, also if `reverse` is true. No element is hashed. Raises what\n" \
    "comparing or `key` raises, and `RuntimeError` if either adds, removes or moves an element; then the\n" \
    "order is as it was. Iterators over the set then raise `RuntimeError`. indexmap's `sort_by`.\n" \
    "\n" \
    ">>> s = HashSet([\"b\", \"c\", \"a\"])\n" \
    ">>> s.sort()\n" \
    ">>> s\n" \
    "HashSet({'a', 'b', 'c'})"

#define DOC_Set_capacity "The number of elements that fit before the set has to grow; at least its length. Rust's `capacity`.\n" \
    "\n" \
    ">>> HashSet.with_capacity(100).capacity >= 100\n" \
    "True"

#define DOC_Set_reserve "reserve($self, additional, /)\n" \
    "--\n" \
    "\n" \
    "Make the capacity enough for `additional` more elements. O(n). Rust's `reserve`.\n" \
    "\n" \
    "Raises `ValueError` if `additional` is negative, `OverflowError` if no machine has enough memory,\n" \
    "`MemoryError` if this one does not. Iterators over the set then raise `RuntimeError`.\n" \
    "\n" \
    ">>> s = HashSet([\"a\"])\n" \
    ">>> s.reserve(99)\n" \
    ">>> s.capacity >= 100\n" \
    "True"

#define DOC_Set_shrink_to_fit "shrink_to_fit($self, /)\n" \
    "--\n" \
    "\n" \
    "Give back memory that is not used. O(n). Rust's `shrink_to_fit`.\n" \
    "\n" \
    "Iterators over the set then raise `RuntimeError`.\n" \
    "\n" \
    ">>> s = HashSet[str].with_capacity(100)\n" \
    ">>> s.shrink_to_fit()\n" \
    ">>> s.capacity < 100\n" \
    "True"

#define DOC_SetLookup "SetLookup(*args, **kwargs)\n" \
    "--\n" \
    "\n" \
    "A set that is looked up by an `A` instead of a `T`. Made by `HashSet.by`, never directly.\n" \
    "\n" \
    "Each method calls the adapter, and looks up the element or view that the adapter returns. Methods that\n" \
    "a subclass of `HashSet` overrides are not called. A `KeyError` carries the `A`, not the element. A\n" \
    "`SetLookup` is not iterable: it would have to yield objects of type `A`, and the set has only elements.\n" \
    ".NET's alternate lookup, Zig's adapted functions.\n" \
    "\n" \
    ">>> s = HashSet([\"straße\", \"strasse\"])\n" \
    ">>> s.by(str.casefold).get(\"STRASSE\")\n" \
    "'strasse'"

#define DOC_SetLookup_get "get($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "The stored element that `asked` stands for, or None. O(1).\n" \
    "\n" \
    ">>> HashSet([\"_a\"]).by(prefixed(\"_\")).get(\"a\")\n" \
    "'_a'"

#define DOC_SetLookup_get_or_insert "get_or_insert($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "The stored element that `asked` stands for; it is built only to be stored, if it was absent. O(1).\n" \
    "\n" \
    ">>> s: HashSet[str] = HashSet()\n" \
    ">>> s.by(prefixed(\"_\")).get_or_insert(\"a\"), s\n" \
    "('_a', HashSet({'_a'}))"

#define DOC_SetLookup_take "take($self, asked, /)\n" \
    "--\n" \
    "\n" \
    "Remove the element that `asked` stands for, and return it. O(1). Raises `KeyError`.\n" \
    "\n" \
    ">>> HashSet([\"_a\"]).by(prefixed(\"_\")).take(\"a\")\n" \
    "'_a'"

#define DOC_Concat "Concat(*parts)\n" \
    "--\n" \
    "\n" \
    "Stands for the concatenation of its parts, all `str` or all bytes-like.\n" \
    "\n" \
    "Raises `TypeError` for no parts or mixed parts. O(total length) a lookup. The native backend builds\n" \
    "the key only to store it; the pure backend builds it at each lookup.\n" \
    "\n" \
    ">>> HashMap({\"_hello\": 1})[Concat(\"_\", \"hello\")]\n" \
    "1\n" \
    ">>> HashMap({b\"GET /\": 1})[Concat(b\"GET \", memoryview(b\"/\"))]\n" \
    "1"

#define DOC_Concat___key__ "__key__($self, /)\n" \
    "--\n" \
    "\n" \
    "The concatenation: a `str`, or a `bytes`."

#define DOC_Slice "Slice(buffer, start, stop, /)\n" \
    "--\n" \
    "\n" \
    "Stands for `buffer[start:stop]`, of a `str` or a bytes-like object.\n" \
    "\n" \
    "Bounds are those of slicing: they may be negative, None or beyond the end. O(stop - start) a lookup.\n" \
    "The native backend builds the key only to store it; the pure backend builds it at each lookup.\n" \
    "\n" \
    ">>> HashMap({b\"value\": 1})[Slice(b\"key=value\", 4, None)]\n" \
    "1"

#define DOC_Slice___key__ "__key__($self, /)\n" \
    "--\n" \
    "\n" \
    "The part of the buffer: a `str`, or a `bytes`."

#define DOC_SortedMap_get "get($self, query, default=None, /)\n" \
    "--\n" \
    "\n" \
    "The value under the key, or `default`. O(log n).\n" \
    "\n" \
    ">>> SortedMap({\"a\": 1}).get(\"b\", 0)\n" \
    "0"

#define DOC_SortedMap_get_entry "get_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the key, or None. O(log n). Rust's `get_mut`.\n" \
    "\n" \
    ">>> m = SortedMap({\"a\": 1})\n" \
    ">>> if found := m.get_entry(\"a\"):\n" \
    "...     found.value += 1\n" \
    ">>> m\n" \
    "SortedMap({'a': 2})"

#define DOC_SortedMap_get_key_value "get_key_value($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The stored key with its value, or None. O(log n). Rust's `get_key_value`.\n" \
    "\n" \
    ">>> SortedMap({1: \"one\"}).get_key_value(True)\n" \
    "(1, 'one')"

#define DOC_SortedMap_get_many "get_many($self, /, *queries)\n" \
    "--\n" \
    "\n" \
    "The values under several keys, in order, None for an absent one.\n" \
    "\n" \
    "O(number of queries · log n). A key may be given twice. Rust's `get_disjoint_mut`.\n" \
    "\n" \
    ">>> SortedMap({\"a\": 1, \"b\": 2}).get_many(\"b\", \"c\", \"a\")\n" \
    "(2, None, 1)"

#define DOC_SortedMap_entry "entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the key: `Occupied` or `Vacant`, from one lookup. O(log n).\n" \
    "\n" \
    "The methods of the entry do not compare keys again while the map's keys stay the same. If `query` is\n" \
    "a view that orders itself, its key is built only if a pair is stored or `Vacant.key` is read. Rust's\n" \
    "`entry`.\n" \
    "\n" \
    ">>> m: SortedMap[str, list[int]] = SortedMap()\n" \
    ">>> m.entry(\"a\").or_insert_with(list).append(1)\n" \
    ">>> m.entry(\"a\").or_insert_with(list).append(2)\n" \
    ">>> m\n" \
    "SortedMap({'a': [1, 2]})"

#define DOC_SortedMap_setdefault "setdefault($self, key, default=None, /)\n" \
    "--\n" \
    "\n" \
    "The value under `key`, after storing `default` if the key was absent. O(log n).\n" \
    "\n" \
    "`get_or_insert_with` makes its default only if it is needed.\n" \
    "\n" \
    ">>> SortedMap({\"a\": 1}).setdefault(\"b\", 2)\n" \
    "2"

#define DOC_SortedMap_insert "insert($self, key, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` under `key` and return the old value, or None. O(log n). Rust's `insert`.\n" \
    "\n" \
    "If an equal key is there, that key stays.\n" \
    "\n" \
    ">>> SortedMap({\"a\": 1}).insert(\"a\", 2)\n" \
    "1"

#define DOC_SortedMap_try_insert "try_insert($self, key, value, /)\n" \
    "--\n" \
    "\n" \
    "Store `value` under `key` and return it. O(log n). Rust's (unstable) `try_insert`.\n" \
    "\n" \
    "Raises `OccupiedError`, a `KeyError` that carries the entry and the value, if `key` is there.\n" \
    "\n" \
    ">>> m: SortedMap[str, int] = SortedMap()\n" \
    ">>> m.try_insert(\"a\", 1)\n" \
    "1"

#define DOC_SortedMap_get_or_insert_with "get_or_insert_with($self, query, factory, /)\n" \
    "--\n" \
    "\n" \
    "The value under the key, after storing `factory()` if the key was absent. O(log n).\n" \
    "\n" \
    "The same as `entry(query).or_insert_with(factory)`, and faster. `factory` is called only if the\n" \
    "key is absent, and may use the map.\n" \
    "\n" \
    ">>> m: SortedMap[str, list[int]] = SortedMap()\n" \
    ">>> m.get_or_insert_with(\"a\", list).append(1)\n" \
    ">>> m\n" \
    "SortedMap({'a': [1]})"

#define DOC_SortedMap_merge "merge($self, query, value, combine, /)\n" \
    "--\n" \
    "\n" \
    "Store `value`, or `combine(old, value)` if the key is there; return what was stored. O(log n).\n" \
    "\n" \
    "Java's `Map.merge`. Raises what `combine` raises, and then nothing is stored. If `combine` is a\n" \
    "builtin such as `operator.add`, other threads see the old value or the new one, and no addition\n" \
    "is lost.\n" \
    "\n" \
    ">>> from operator import add\n" \
    ">>> m: SortedMap[str, int] = SortedMap()\n" \
    ">>> for word in [\"b\", \"a\", \"b\"]:\n" \
    "...     _ = m.merge(word, 1, add)\n" \
    ">>> m\n" \
    "SortedMap({'a': 1, 'b': 2})"

#define DOC_SortedMap_update "update($self, other=(), /, **kwargs)\n" \
    "--\n" \
    "\n" \
    "Store every pair of a mapping, an iterable of pairs, or keywords. O(number of pairs · log n).\n" \
    "\n" \
    "Raises `TypeError` or `ValueError` if an element is not a pair; the message says which. As with\n" \
    "`dict.update`, the pairs before that element have been stored.\n" \
    "\n" \
    ">>> m = SortedMap({\"b\": 1})\n" \
    ">>> m.update([(\"c\", 2)], a=3)\n" \
    ">>> m\n" \
    "SortedMap({'a': 3, 'b': 1, 'c': 2})"

#define DOC_SortedMap_update_with "update_with($self, other, combine, /)\n" \
    "--\n" \
    "\n" \
    "Store every pair of `other`; where a key is there, store `combine(old, new)`.\n" \
    "\n" \
    "O(number of pairs · log n). Raises what `combine` raises; the pairs before that one have been stored.\n" \
    "Swift's `merge(_:uniquingKeysWith:)`.\n" \
    "\n" \
    ">>> m = SortedMap({\"a\": 1})\n" \
    ">>> m.update_with({\"a\": 10, \"b\": 20}, max)\n" \
    ">>> m\n" \
    "SortedMap({'a': 10, 'b': 20})"

#define DOC_SortedMap_pop "pop($self, query, default=..., /)\n" \
    "--\n" \
    "\n" \
    "Remove the key and return its value, or `default`. O(log n).\n" \
    "\n" \
    "Raises `KeyError` if the key is absent and no default is given.\n" \
    "\n" \
    ">>> SortedMap({\"a\": 1}).pop(\"a\")\n" \
    "1"

#define DOC_SortedMap_remove_entry "remove_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the key and return the stored key with its value. O(log n).\n" \
    "\n" \
    "Raises `KeyError`. Rust's `remove_entry`.\n" \
    "\n" \
    ">>> SortedMap({1: \"one\"}).remove_entry(True)\n" \
    "(1, 'one')"

#define DOC_SortedMap_popitem "popitem($self, /, last=True)\n" \
    "--\n" \
    "\n" \
    "Remove and return the last pair, or the first if `last` is false. O(log n).\n" \
    "\n" \
    "Raises `KeyError` if the map is empty. `OrderedDict.popitem`.\n" \
    "\n" \
    ">>> m = SortedMap({\"a\": 1, \"b\": 2, \"c\": 3})\n" \
    ">>> m.popitem(), m.popitem(last=False)\n" \
    "(('c', 3), ('a', 1))"

#define DOC_SortedMap_pop_first "pop_first($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the pair with the least key. O(log n). Rust's `pop_first`.\n" \
    "\n" \
    "Raises `KeyError` if the map is empty.\n" \
    "\n" \
    ">>> m = SortedMap({\"b\": 2, \"a\": 1})\n" \
    ">>> m.pop_first(), m\n" \
    "(('a', 1), SortedMap({'b': 2}))"

#define DOC_SortedMap_pop_last "pop_last($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the pair with the greatest key. O(log n). Rust's `pop_last`.\n" \
    "\n" \
    "Raises `KeyError` if the map is empty.\n" \
    "\n" \
    ">>> m = SortedMap({\"b\": 2, \"a\": 1})\n" \
    ">>> m.pop_last(), m\n" \
    "(('b', 2), SortedMap({'a': 1}))"

#define DOC_SortedMap_clear "clear($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every key. O(n).\n" \
    "\n" \
    ">>> m = SortedMap({\"a\": 1})\n" \
    ">>> m.clear()\n" \
    ">>> len(m)\n" \
    "0"

#define DOC_SortedMap_retain "retain($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "Keep only the pairs for which `predicate(key, value)` is true. O(n). Rust's `retain`.\n" \
    "\n" \
    "The predicate is called for all pairs before any is removed. Raises `RuntimeError` if the\n" \
    "predicate adds or removes a key, and what the predicate raises; then nothing has been removed.\n" \
    "\n" \
    ">>> m = SortedMap({\"a\": 1, \"b\": 2})\n" \
    ">>> m.retain(lambda key, value: value > 1)\n" \
    ">>> m\n" \
    "SortedMap({'b': 2})"

#define DOC_SortedMap_extract_if "extract_if($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "An iterator that removes and yields the pairs for which `predicate(key, value)` is true.\n" \
    "\n" \
    "Each pair is removed when it is yielded. If the iterator is not read to its end, the other pairs\n" \
    "stay. Raises `RuntimeError` if anything else, also the predicate, adds or removes a key during the\n" \
    "iteration, and what the predicate raises. Rust's `extract_if`.\n" \
    "\n" \
    ">>> m = SortedMap({\"a\": 1, \"b\": 2})\n" \
    ">>> list(m.extract_if(lambda key, value: value > 1))\n" \
    "[('b', 2)]\n" \
    ">>> m\n" \
    "SortedMap({'a': 1})"

#define DOC_SortedMap_drain "drain($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every key now, as `clear` does; returns an iterator over the pairs. O(n). Rust's `drain`.\n" \
    "\n" \
    ">>> m = SortedMap({\"a\": 1})\n" \
    ">>> drained = m.drain()\n" \
    ">>> m, list(drained)\n" \
    "(SortedMap({}), [('a', 1)])"

#define DOC_SortedMap_first_entry "first_entry($self, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the least key, or None if the map is empty. O(log n).\n" \
    "\n" \
    "Rust's `first_entry`.\n" \
    "\n" \
    ">>> SortedMap({\"b\": 2, \"a\": 1}).first_entry()\n" \
    "Occupied('a', 1)"

#define DOC_SortedMap_last_entry "last_entry($self, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the greatest key, or None if the map is empty. O(log n).\n" \
    "\n" \
    "Rust's `last_entry`.\n" \
    "\n" \
    ">>> SortedMap({\"b\": 2, \"a\": 1}).last_entry()\n" \
    "Occupied('b', 2)"

#define DOC_SortedMap_lower_entry "lower_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the greatest key that is less than `query`, or None. O(log n).\n" \
    "\n" \
    "Java's `lowerEntry`.\n" \
    "\n" \
    ">>> SortedMap({1: \"one\", 3: \"three\"}).lower_entry(3)\n" \
    "Occupied(1, 'one')"

#define DOC_SortedMap_floor_entry "floor_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the greatest key that is not greater than `query`, or None. O(log n).\n" \
    "\n" \
    "Java's `floorEntry`.\n" \
    "\n" \
    ">>> SortedMap({1: \"one\", 3: \"three\"}).floor_entry(2)\n" \
    "Occupied(1, 'one')"

#define DOC_SortedMap_ceiling_entry "ceiling_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the least key that is not less than `query`, or None. O(log n).\n" \
    "\n" \
    "Java's `ceilingEntry`.\n" \
    "\n" \
    ">>> SortedMap({1: \"one\", 3: \"three\"}).ceiling_entry(2)\n" \
    "Occupied(3, 'three')"

#define DOC_SortedMap_higher_entry "higher_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the least key that is greater than `query`, or None. O(log n).\n" \
    "\n" \
    "Java's `higherEntry`.\n" \
    "\n" \
    ">>> SortedMap({1: \"one\", 3: \"three\"}).higher_entry(1)\n" \
    "Occupied(3, 'three')"

#define DOC_SortedMap_range "range($self, start=None, stop=None, /, *, inclusive='left', prefix=None)\n" \
    "--\n" \
    "\n" \
    "The pairs whose keys are between two bounds, or begin with a prefix: live, and in order. O(1).\n" \
    "\n" \
    "`inclusive` says which bounds are part of the range: `\"left\"`, `\"right\"`, `\"both\"` or `\"neither\"`;\n" \
    "another word raises `ValueError`. None is no bound, and a range whose `start` is beyond `stop` is\n" \
    "empty. A prefix is a `str`, `bytes` or a tuple; another type, or a prefix with bounds, raises\n" \
    "`TypeError`. Rust's `range`, Java's `subMap`.\n" \
    "\n" \
    ">>> m = SortedMap({\"a\": 1, \"ab\": 2, \"b\": 3})\n" \
    ">>> list(m.range(\"ab\"))\n" \
    "['ab', 'b']\n" \
    ">>> list(m.range(prefix=\"a\").items())\n" \
    "[('a', 1), ('ab', 2)]"

#define DOC_SortedMap_at "at($self, position, /)\n" \
    "--\n" \
    "\n" \
    "The pair at a position, which may be negative as in a list. O(log n). Raises `IndexError`.\n" \
    "\n" \
    "sortedcontainers' `peekitem`. In the pure backend, `at`, `index_of`, `rank` and ranges cost\n" \
    "O(n / 512) if a key was added or removed since the last of them.\n" \
    "\n" \
    ">>> m = SortedMap({\"b\": 2, \"a\": 1})\n" \
    ">>> m.at(0), m.at(-1)\n" \
    "(('a', 1), ('b', 2))"

#define DOC_SortedMap_index_of "index_of($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The position of the key. O(log n). Raises `KeyError`. indexmap's `get_index_of`.\n" \
    "\n" \
    ">>> SortedMap({\"b\": 2, \"a\": 1}).index_of(\"b\")\n" \
    "1"

#define DOC_SortedMap_rank "rank($self, query, /)\n" \
    "--\n" \
    "\n" \
    "How many keys are less than `query`. O(log n). sortedcontainers' `bisect_left`.\n" \
    "\n" \
    ">>> SortedMap({10: \"a\", 20: \"b\"}).rank(15)\n" \
    "1"

#define DOC_SortedMap_keys "keys($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, set-like, reversible view of the keys. O(1).\n" \
    "\n" \
    ">>> list(SortedMap({\"b\": 2, \"a\": 1}).keys())\n" \
    "['a', 'b']"

#define DOC_SortedMap_values "values($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, reversible view of the values, in the order of their keys. O(1).\n" \
    "\n" \
    ">>> list(SortedMap({\"b\": 2, \"a\": 1}).values())\n" \
    "[1, 2]"

#define DOC_SortedMap_items "items($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, set-like, reversible view of the pairs. O(1).\n" \
    "\n" \
    ">>> list(SortedMap({\"b\": 2, \"a\": 1}).items())\n" \
    "[('a', 1), ('b', 2)]"

#define DOC_SortedMap_default_factory "The function that `or_default` calls for the value of an absent key, or None.\n" \
    "\n" \
    "Reading never inserts: this is not a `defaultdict`. Rust's `V: Default`.\n" \
    "\n" \
    ">>> SortedMap(default_factory=list).default_factory\n" \
    "<class 'list'>"

#define DOC_SortedSet_union "union($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "A new set with the elements of this set and of all the others. O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2]).union([3], (2, 4))\n" \
    "HashSet({1, 2, 3, 4})"

#define DOC_SortedSet_intersection "intersection($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "A new set with the elements of this set that are in all the others, too. O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2, 3]).intersection([3, 2, 9])\n" \
    "HashSet({2, 3})"

#define DOC_SortedSet_difference "difference($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "A new set with the elements of this set that are in none of the others. O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2, 3]).difference([2], [9])\n" \
    "HashSet({1, 3})"

#define DOC_SortedSet_symmetric_difference "symmetric_difference($self, other, /)\n" \
    "--\n" \
    "\n" \
    "A new set with the elements that are in this set or in the other, but not in both.\n" \
    "\n" \
    "O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2, 3]).symmetric_difference([3, 4])\n" \
    "HashSet({1, 2, 4})"

#define DOC_SortedSet_intersection_update "intersection_update($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "Keep only the elements that are in all the others, too. O(number of elements).\n" \
    "\n" \
    ">>> s = HashSet([1, 2, 3])\n" \
    ">>> s.intersection_update([3, 2, 9])\n" \
    ">>> s\n" \
    "HashSet({2, 3})"

#define DOC_SortedSet_difference_update "difference_update($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "Remove the elements that are in any of the others. O(number of their elements).\n" \
    "\n" \
    ">>> s = HashSet([1, 2, 3])\n" \
    ">>> s.difference_update([2], [9])\n" \
    ">>> s\n" \
    "HashSet({1, 3})"

#define DOC_SortedSet_symmetric_difference_update "symmetric_difference_update($self, other, /)\n" \
    "--\n" \
    "\n" \
    "Remove the elements that are in the other, too, and add those that are only there.\n" \
    "\n" \
    "O(number of elements).\n" \
    "\n" \
    ">>> s = HashSet([1, 2, 3])\n" \
    ">>> s.symmetric_difference_update([3, 4])\n" \
    ">>> s\n" \
    "HashSet({1, 2, 4})"

#define DOC_SortedSet_issubset "issubset($self, other, /)\n" \
    "--\n" \
    "\n" \
    "Whether every element is in the other, too. O(number of elements).\n" \
    "\n" \
    ">>> HashSet([1, 2]).issubset([3, 2, 1])\n" \
    "True"

#define DOC_SortedSet_issuperset "issuperset($self, other, /)\n" \
    "--\n" \
    "\n" \
    "Whether every element of the other is in this set, too. O(number of its elements).\n" \
    "\n" \
    ">>> HashSet([1, 2, 3]).issuperset([2, 1])\n" \
    "True"

#define DOC_SortedSet_isdisjoint "isdisjoint($self, other, /)\n" \
    "--\n" \
    "\n" \
    "Whether no element of the other is in this set. O(number of its elements).\n" \
    "\n" \
    ">>> HashSet([1, 2]).isdisjoint([3, 4])\n" \
    "True"

#define DOC_SortedSet_get "get($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The stored element, or None. O(log n). Rust's `get`.\n" \
    "\n" \
    ">>> SortedSet([1]).get(True)\n" \
    "1"

#define DOC_SortedSet_add "add($self, element, /)\n" \
    "--\n" \
    "\n" \
    "Store an element. If an equal one is there, that one stays. O(log n).\n" \
    "\n" \
    "A view is never stored: if its key is absent, the key is built, checked and stored. Raises\n" \
    "`KeyViewError` if the view is unlawful, `OrderError` if the element is neither less than, equal to nor\n" \
    "greater than the one beside which it would be stored.\n" \
    "\n" \
    ">>> s = SortedSet([1])\n" \
    ">>> s.add(True)\n" \
    ">>> s\n" \
    "SortedSet({1})"

#define DOC_SortedSet_insert "insert($self, element, /)\n" \
    "--\n" \
    "\n" \
    "Store an element, and return whether it is new. O(log n). Rust's `insert`.\n" \
    "\n" \
    "If an equal one is there, that one stays.\n" \
    "\n" \
    ">>> s = SortedSet([\"a\"])\n" \
    ">>> s.insert(\"a\"), s.insert(\"b\")\n" \
    "(False, True)"

#define DOC_SortedSet_get_or_insert "get_or_insert($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The stored element that is equal to `query`, after storing it if there was none. O(log n).\n" \
    "\n" \
    "Rust's (unstable) `get_or_insert`.\n" \
    "\n" \
    ">>> s = SortedSet([1])\n" \
    ">>> s.get_or_insert(True), s.get_or_insert(2)\n" \
    "(1, 2)"

#define DOC_SortedSet_replace "replace($self, element, /)\n" \
    "--\n" \
    "\n" \
    "Store an element in place of the equal one, which is returned; None if there was none. O(log n).\n" \
    "\n" \
    "Rust's `replace`.\n" \
    "\n" \
    ">>> s = SortedSet([1, 2])\n" \
    ">>> s.replace(True), s\n" \
    "(1, SortedSet({True, 2}))"

#define DOC_SortedSet_update "update($self, /, *others)\n" \
    "--\n" \
    "\n" \
    "Store every element of all the others. O(number of their elements · log n).\n" \
    "\n" \
    "If an element raises, those before it have been stored, as with `set.update`.\n" \
    "\n" \
    ">>> s = SortedSet([2])\n" \
    ">>> s.update([1], (3, 1))\n" \
    ">>> s\n" \
    "SortedSet({1, 2, 3})"

#define DOC_SortedSet_remove "remove($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the element that `query` is or stands for. O(log n). Raises `KeyError`.\n" \
    "\n" \
    ">>> s = SortedSet([\"a\"])\n" \
    ">>> s.remove(\"a\")\n" \
    ">>> s\n" \
    "SortedSet()"

#define DOC_SortedSet_discard "discard($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the element that `query` is or stands for, if it is there. O(log n).\n" \
    "\n" \
    ">>> SortedSet([\"a\"]).discard(\"b\")"

#define DOC_SortedSet_take "take($self, query, /)\n" \
    "--\n" \
    "\n" \
    "Remove the element and return the stored one. O(log n). Rust's `take`. Raises `KeyError`.\n" \
    "\n" \
    ">>> SortedSet([1]).take(True)\n" \
    "1"

#define DOC_SortedSet_pop "pop($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the greatest element. O(log n). Raises `KeyError` if the set is empty.\n" \
    "\n" \
    ">>> SortedSet([1, 2]).pop()\n" \
    "2"

#define DOC_SortedSet_pop_first "pop_first($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the least element. O(log n). Raises `KeyError` if the set is empty.\n" \
    "\n" \
    "Rust's `pop_first`.\n" \
    "\n" \
    ">>> SortedSet([2, 1]).pop_first()\n" \
    "1"

#define DOC_SortedSet_pop_last "pop_last($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the greatest element. O(log n). Raises `KeyError` if the set is empty.\n" \
    "\n" \
    "Rust's `pop_last`.\n" \
    "\n" \
    ">>> SortedSet([2, 1]).pop_last()\n" \
    "2"

#define DOC_SortedSet_clear "clear($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every element. O(n).\n" \
    "\n" \
    ">>> s = SortedSet([\"a\"])\n" \
    ">>> s.clear()\n" \
    ">>> s\n" \
    "SortedSet()"

#define DOC_SortedSet_retain "retain($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "Keep only the elements for which `predicate(element)` is true. O(n). Rust's `retain`.\n" \
    "\n" \
    "The predicate is called for all elements before any is removed. Raises `RuntimeError` if the predicate\n" \
    "adds or removes one, and what the predicate raises; then nothing has been removed.\n" \
    "\n" \
    ">>> s = SortedSet([1, 2, 3])\n" \
    ">>> s.retain(lambda number: number % 2)\n" \
    ">>> s\n" \
    "SortedSet({1, 3})"

#define DOC_SortedSet_extract_if "extract_if($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "An iterator that removes and yields the elements for which `predicate(element)` is true.\n" \
    "\n" \
    "Each element is removed when it is yielded. If the iterator is not read to its end, the others stay.\n" \
    "Raises `RuntimeError` if anything else, also the predicate, adds or removes an element during the\n" \
    "iteration, and what the predicate raises. Rust's `extract_if`.\n" \
    "\n" \
    ">>> s = SortedSet([1, 2, 3])\n" \
    ">>> list(s.extract_if(lambda number: number % 2)), s\n" \
    "([1, 3], SortedSet({2}))"

#define DOC_SortedSet_drain "drain($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every element now, as `clear` does; returns an iterator over them. O(n). Rust's `drain`.\n" \
    "\n" \
    ">>> s = SortedSet([1])\n" \
    ">>> drained = s.drain()\n" \
    ">>> s, list(drained)\n" \
    "(SortedSet(), [1])"

#define DOC_SortedSet_first "first($self, /)\n" \
    "--\n" \
    "\n" \
    "The least element, or None if the set is empty. O(log n). Rust's `first`.\n" \
    "\n" \
    ">>> SortedSet([2, 1]).first()\n" \
    "1"

#define DOC_SortedSet_last "last($self, /)\n" \
    "--\n" \
    "\n" \
    "The greatest element, or None if the set is empty. O(log n). Rust's `last`.\n" \
    "\n" \
    ">>> SortedSet([2, 1]).last()\n" \
    "2"

#define DOC_SortedSet_lower "lower($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The greatest element that is less than `query`, or None. O(log n). Java's `lower`.\n" \
    "\n" \
    ">>> SortedSet([1, 3]).lower(3)\n" \
    "1"

#define DOC_SortedSet_floor "floor($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The greatest element that is not greater than `query`, or None. O(log n). Java's `floor`.\n" \
    "\n" \
    ">>> SortedSet([1, 3]).floor(2)\n" \
    "1"

#define DOC_SortedSet_ceiling "ceiling($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The least element that is not less than `query`, or None. O(log n). Java's `ceiling`.\n" \
    "\n" \
    ">>> SortedSet([1, 3]).ceiling(2)\n" \
    "3"

#define DOC_SortedSet_higher "higher($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The least element that is greater than `query`, or None. O(log n). Java's `higher`.\n" \
    "\n" \
    ">>> SortedSet([1, 3]).higher(1)\n" \
    "3"

#define DOC_SortedSet_range "range($self, start=None, stop=None, /, *, inclusive='left', prefix=None)\n" \
    "--\n" \
    "\n" \
    "The elements between two bounds, or that begin with a prefix: live, and in order. O(1).\n" \
    "\n" \
    "As `SortedMap.range`.\n" \
    "\n" \
    ">>> s = SortedSet([\"a\", \"ab\", \"b\"])\n" \
    ">>> s.range(\"ab\"), s.range(prefix=\"a\")\n" \
    "(SetRange({'ab', 'b'}), SetRange({'a', 'ab'}))"

#define DOC_SortedSet_at "at($self, position, /)\n" \
    "--\n" \
    "\n" \
    "The element at a position, which may be negative as in a list. O(log n). Raises `IndexError`.\n" \
    "\n" \
    "In the pure backend, `at`, `index_of`, `rank` and ranges cost O(n / 512) if an element was added or\n" \
    "removed since the last of them.\n" \
    "\n" \
    ">>> s = SortedSet([2, 1])\n" \
    ">>> s.at(0), s.at(-1)\n" \
    "(1, 2)"

#define DOC_SortedSet_index_of "index_of($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The position of the element. O(log n). Raises `KeyError`. indexmap's `get_index_of`.\n" \
    "\n" \
    ">>> SortedSet([\"b\", \"a\"]).index_of(\"b\")\n" \
    "1"

#define DOC_SortedSet_rank "rank($self, query, /)\n" \
    "--\n" \
    "\n" \
    "How many elements are less than `query`. O(log n). sortedcontainers' `bisect_left`.\n" \
    "\n" \
    ">>> SortedSet([10, 20]).rank(15)\n" \
    "1"

#define DOC_Range "Range(*args, **kwargs)\n" \
    "--\n" \
    "\n" \
    "The part of a sorted map between two bounds, or with one prefix. Made by `SortedMap.range`.\n" \
    "\n" \
    "It is live: it shows the map as it is now, and its methods change the map. It has `len`, `in`, iteration\n" \
    "over its keys and `reversed`. Rust's `range`, Java's `subMap`.\n" \
    "\n" \
    ">>> m = SortedMap({1: \"a\", 2: \"b\", 3: \"c\"})\n" \
    ">>> low = m.range(None, 3)\n" \
    ">>> del m[1]\n" \
    ">>> low\n" \
    "Range({2: 'b'})"

#define DOC_Range_clear "clear($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every key of the range. O(n).\n" \
    "\n" \
    ">>> m = SortedMap({1: \"a\", 2: \"b\"})\n" \
    ">>> m.range(2).clear()\n" \
    ">>> m\n" \
    "SortedMap({1: 'a'})"

#define DOC_Range_at "at($self, position, /)\n" \
    "--\n" \
    "\n" \
    "The pair at a position in the range, which may be negative as in a list. O(log n).\n" \
    "\n" \
    "Raises `IndexError`.\n" \
    "\n" \
    ">>> SortedMap({1: \"a\", 2: \"b\"}).range(2).at(0)\n" \
    "(2, 'b')"

#define DOC_Range_first_entry "first_entry($self, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the first key, or None if the range is empty. O(log n).\n" \
    "\n" \
    ">>> SortedMap({1: \"a\", 2: \"b\"}).range(2).first_entry()\n" \
    "Occupied(2, 'b')"

#define DOC_Range_last_entry "last_entry($self, /)\n" \
    "--\n" \
    "\n" \
    "The `Occupied` entry of the last key, or None if the range is empty. O(log n).\n" \
    "\n" \
    ">>> SortedMap({1: \"a\", 2: \"b\"}).range(None, 2).last_entry()\n" \
    "Occupied(1, 'a')"

#define DOC_Range_lower_entry "lower_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the greatest key of the range that is less than `query`, or None. O(log n).\n" \
    "\n" \
    ">>> SortedMap({1: \"a\", 2: \"b\"}).range(2).lower_entry(9)\n" \
    "Occupied(2, 'b')"

#define DOC_Range_floor_entry "floor_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the greatest key of the range that is not greater than `query`, or None. O(log n).\n" \
    "\n" \
    ">>> SortedMap({1: \"a\", 2: \"b\"}).range(2).floor_entry(1)"

#define DOC_Range_ceiling_entry "ceiling_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the least key of the range that is not less than `query`, or None. O(log n).\n" \
    "\n" \
    ">>> SortedMap({1: \"a\", 2: \"b\"}).range(2).ceiling_entry(0)\n" \
    "Occupied(2, 'b')"

#define DOC_Range_higher_entry "higher_entry($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of the least key of the range that is greater than `query`, or None. O(log n).\n" \
    "\n" \
    ">>> SortedMap({1: \"a\", 2: \"b\"}).range(None, 2).higher_entry(1)"

#define DOC_Range_pop_first "pop_first($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the first pair of the range. O(log n). Raises `KeyError` if there is none.\n" \
    "\n" \
    ">>> m = SortedMap({1: \"a\", 2: \"b\"})\n" \
    ">>> m.range(2).pop_first(), m\n" \
    "((2, 'b'), SortedMap({1: 'a'}))"

#define DOC_Range_pop_last "pop_last($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the last pair of the range. O(log n). Raises `KeyError` if there is none.\n" \
    "\n" \
    ">>> m = SortedMap({1: \"a\", 2: \"b\"})\n" \
    ">>> m.range(None, 2).pop_last(), m\n" \
    "((1, 'a'), SortedMap({2: 'b'}))"

#define DOC_Range_retain "retain($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "Within the range, keep only the pairs for which `predicate(key, value)` is true. O(n).\n" \
    "\n" \
    "As `SortedMap.retain`; the pairs outside the range stay.\n" \
    "\n" \
    ">>> m = SortedMap({1: \"a\", 2: \"b\", 3: \"c\"})\n" \
    ">>> m.range(2).retain(lambda key, value: value == \"c\")\n" \
    ">>> m\n" \
    "SortedMap({1: 'a', 3: 'c'})"

#define DOC_Range_extract_if "extract_if($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "An iterator that removes and yields the pairs of the range for which `predicate` is true.\n" \
    "\n" \
    "As `SortedMap.extract_if`. Rust's `extract_if` takes a range, too.\n" \
    "\n" \
    ">>> m = SortedMap({1: \"a\", 2: \"b\", 3: \"c\"})\n" \
    ">>> list(m.range(2).extract_if(lambda key, value: True)), m\n" \
    "([(2, 'b'), (3, 'c')], SortedMap({1: 'a'}))"

#define DOC_Range_drain "drain($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove the pairs of the range now, as `clear` does; returns an iterator over them. O(n).\n" \
    "\n" \
    ">>> m = SortedMap({1: \"a\", 2: \"b\"})\n" \
    ">>> list(m.range(2).drain()), m\n" \
    "([(2, 'b')], SortedMap({1: 'a'}))"

#define DOC_Range_keys "keys($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, set-like, reversible view of the keys of the range. O(1).\n" \
    "\n" \
    ">>> list(SortedMap({1: \"a\", 2: \"b\"}).range(2).keys())\n" \
    "[2]"

#define DOC_Range_values "values($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, reversible view of the values of the range. O(1).\n" \
    "\n" \
    ">>> list(SortedMap({1: \"a\", 2: \"b\"}).range(2).values())\n" \
    "['b']"

#define DOC_Range_items "items($self, /)\n" \
    "--\n" \
    "\n" \
    "A live, set-like, reversible view of the pairs of the range. O(1).\n" \
    "\n" \
    ">>> list(SortedMap({1: \"a\", 2: \"b\"}).range(2).items())\n" \
    "[(2, 'b')]"

#define DOC_SetRange "SetRange(*args, **kwargs)\n" \
    "--\n" \
    "\n" \
    "The part of a sorted set between two bounds, or with one prefix. Made by `SortedSet.range`.\n" \
    "\n" \
    "It is live, as a `Range` is. Its methods return elements where those of a `Range` return entries.\n" \
    "\n" \
    ">>> low = SortedSet([1, 2, 3]).range(None, 3)\n" \
    ">>> low, low.last(), 3 in low\n" \
    "(SetRange({1, 2}), 2, False)"

#define DOC_SetRange_clear "clear($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove every key of the range. O(n).\n" \
    "\n" \
    ">>> m = SortedMap({1: \"a\", 2: \"b\"})\n" \
    ">>> m.range(2).clear()\n" \
    ">>> m\n" \
    "SortedMap({1: 'a'})"

#define DOC_SetRange_at "at($self, position, /)\n" \
    "--\n" \
    "\n" \
    "The element at a position in the range, which may be negative as in a list. O(log n).\n" \
    "\n" \
    "Raises `IndexError`.\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(2).at(-1)\n" \
    "3"

#define DOC_SetRange_first "first($self, /)\n" \
    "--\n" \
    "\n" \
    "The first element, or None if the range is empty. O(log n).\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(2).first()\n" \
    "2"

#define DOC_SetRange_last "last($self, /)\n" \
    "--\n" \
    "\n" \
    "The last element, or None if the range is empty. O(log n).\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(None, 3).last()\n" \
    "2"

#define DOC_SetRange_lower "lower($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The greatest element of the range that is less than `query`, or None. O(log n).\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(2).lower(3)\n" \
    "2"

#define DOC_SetRange_floor "floor($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The greatest element of the range that is not greater than `query`, or None. O(log n).\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(2).floor(1)"

#define DOC_SetRange_ceiling "ceiling($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The least element of the range that is not less than `query`, or None. O(log n).\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(2).ceiling(0)\n" \
    "2"

#define DOC_SetRange_higher "higher($self, query, /)\n" \
    "--\n" \
    "\n" \
    "The least element of the range that is greater than `query`, or None. O(log n).\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(2).higher(2)\n" \
    "3"

#define DOC_SetRange_pop_first "pop_first($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the first element of the range. O(log n). Raises `KeyError` if there is none.\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(2).pop_first()\n" \
    "2"

#define DOC_SetRange_pop_last "pop_last($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove and return the last element of the range. O(log n). Raises `KeyError` if there is none.\n" \
    "\n" \
    ">>> SortedSet([1, 2, 3]).range(None, 3).pop_last()\n" \
    "2"

#define DOC_SetRange_retain "retain($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "Within the range, keep only the elements for which `predicate(element)` is true. O(n).\n" \
    "\n" \
    ">>> s = SortedSet([1, 2, 3, 4])\n" \
    ">>> s.range(2).retain(lambda n: n % 2 == 0)\n" \
    ">>> s\n" \
    "SortedSet({1, 2, 4})"

#define DOC_SetRange_extract_if "extract_if($self, predicate, /)\n" \
    "--\n" \
    "\n" \
    "An iterator that removes and yields the elements of the range for which `predicate` is true.\n" \
    "\n" \
    "As `SortedSet.extract_if`.\n" \
    "\n" \
    ">>> s = SortedSet([1, 2, 3])\n" \
    ">>> list(s.range(2).extract_if(lambda n: True)), s\n" \
    "([2, 3], SortedSet({1}))"

#define DOC_SetRange_drain "drain($self, /)\n" \
    "--\n" \
    "\n" \
    "Remove the elements of the range now, as `clear` does; returns an iterator over them. O(n).\n" \
    "\n" \
    ">>> s = SortedSet([1, 2, 3])\n" \
    ">>> list(s.range(2).drain()), s\n" \
    "([2, 3], SortedSet({1}))"

#define DOC_entry "entry($module, mapping, query, /)\n" \
    "--\n" \
    "\n" \
    "The entry of a key of any mutable mapping: a `dict`, `os.environ`, a class of your own.\n" \
    "\n" \
    "It is `HashMap.entry` for those who cannot change the type of their mapping; for a `HashMap` or\n" \
    "`SortedMap` it returns `mapping.entry(query)`. For another mapping, the entry calls `mapping.get` at\n" \
    "each use, so the key is hashed at each use. It stores with `dict.setdefault` if a dict does not override\n" \
    "`__setitem__`, else with `mapping[key] = value`, and removes with `mapping.pop(key)`; their\n" \
    "exceptions propagate.\n" \
    "\n" \
    "If `query` is a view, its key is built when a pair is stored, or if the key is there. `Occupied.key`\n" \
    "is the key of the query, not the stored key. `or_default` calls the mapping's own `default_factory`.\n" \
    "\n" \
    "Raises `TypeError` if `mapping` is not a mutable mapping, `KeyViewError` if the view is unlawful.\n" \
    "\n" \
    ">>> groups: dict[str, list[int]] = {}\n" \
    ">>> entry(groups, \"a\").or_insert_with(list).append(1)\n" \
    ">>> entry(groups, \"a\").or_insert_with(list).append(2)\n" \
    ">>> groups\n" \
    "{'a': [1, 2]}"

#define DOC_prefixed "prefixed($module, prefix, /)\n" \
    "--\n" \
    "\n" \
    "An adapter for `HashMap.by`: `lookup[rest]` looks up the key `prefix + rest`, without building it.\n" \
    "\n" \
    "Raises `TypeError` if `prefix` is neither `str` nor bytes-like. O(total length) a lookup.\n" \
    "\n" \
    ">>> short = HashMap({\"_hello\": 1}).by(prefixed(\"_\"))\n" \
    ">>> short[\"hello\"]\n" \
    "1"

#define DOC_slices_of "slices_of($module, buffer, /)\n" \
    "--\n" \
    "\n" \
    "An adapter for `HashMap.by`: `lookup[i:j]` looks up the key `buffer[i:j]`, without building it.\n" \
    "\n" \
    "Raises `TypeError` if `buffer` is neither `str` nor bytes-like; a lookup raises `TypeError` if it is\n" \
    "given no slice and `ValueError` if the slice has a step other than 1. Between lookups the buffer is\n" \
    "not exported, so that a bytearray may be resized. O(length of the slice) a lookup.\n" \
    "\n" \
    ">>> word = HashMap({b\"hello\": 1}).by(slices_of(b\"say hello twice\"))\n" \
    ">>> word[4:9]\n" \
    "1"

#endif

/* The table: slots in the order of insertion, and an index that finds a slot by the hash of its
   key.

   This file knows nothing of views, entries or iterators. Keys and queries come with their hashes;
   nothing is hashed here. Python code runs only in the searches `table_find...`, which may call an __eq__.

   Three rules hold in all files here; comments cite them by name.

   RELEASE LATE. Releasing the last reference to an object may run any Python code: __del__, or the
   callback of a weak reference. A function that takes a reference out of a table therefore returns
   the reference; its caller releases the reference when the table is consistent, and uses no slot
   index afterwards.

   SAME VERSION. A slot index is right only while the table's `version` is what it was when the
   index was found. Where Python code may have run in between, compare the versions, and look up
   again if they differ.

   HOLD. Take a new reference to an object whose Python code is about to run (its __eq__, __repr__,
   ...): that code may change the entry or the table that held the only other reference. */
#ifndef KEYVIEW_TABLE_H
#define KEYVIEW_TABLE_H

#include "seen.h"

typedef struct {
    PyObject *key; /* NULL: a hole, whose key was removed */
    PyObject *value;
    Py_hash_t hash;
} Slot;

/* A slot of a table whose keys are all exactly str, or all small ints. Without a hash: a str keeps its own, and
   the values of small ints are in an array of their own. */
typedef struct {
    PyObject *key;
    PyObject *value;
} Pair;

/* A slot of the table of a set. */
typedef struct {
    PyObject *key;
    Py_hash_t hash;
} Element;

/* The type of the slots of a table. In each the key comes first, then the value, then the hash, if it has
   them. Do not read the value of a Pair or Slot in a table of ELEMENTs. */
typedef enum { TEXT /* a Pair */, INTEGER /* a Pair */, ANY /* a Slot */, ELEMENT } Layout;

static const uint8_t strides[] = {sizeof(Pair), sizeof(Pair), sizeof(Slot), sizeof(Element)};

/* What a block has for each slot. */
static const uint8_t slot_bytes[] = {sizeof(Pair), sizeof(Pair) + sizeof(int32_t), sizeof(Slot),
                                     sizeof(Element)};

/* Whether a slot has a hash, and may have any key. */
static inline int
has_hash(Layout layout)
{
    return layout >= ANY;
}

/* The layout of the smallest slots of a map that can hold a key. */
static inline Layout
layout_for(PyObject *key)
{
    return PyUnicode_CheckExact(key) ? TEXT : is_small_int(key) ? INTEGER : ANY;
}

/* Whether slots of a layout can hold a key. */
static inline int
fits(Layout layout, PyObject *key)
{
    return layout == TEXT ? PyUnicode_CheckExact(key) : layout != INTEGER || is_small_int(key);
}

typedef struct {
    char *slots;             /* the start of the one block of memory; NULL if there is none yet */
    void *index;             /* at the end of the block: 1 << bits buckets */
    Py_ssize_t used;         /* keys stored */
    Py_ssize_t first;        /* no slot before this one has a key */
    Py_ssize_t end;          /* neither has this one, nor any after it */
    Py_ssize_t used_buckets; /* buckets that are not EMPTY */
    uint64_t version;        /* counts every change that moves, adds or removes a slot */
    uint8_t bits;            /* 0 if there is no block */
    uint8_t layout;          /* a Layout */
    uint8_t stride;          /* the size of a slot */
} Table;

/* A bucket holds a slot index, or one of these. */
enum {
    EMPTY = -1,  /* never used: a search ends here */
    DELETED = -2 /* its key was removed: a search goes on */
};

/* A function that looks for a slot returns its index, or one of these. */
enum {
    ABSENT = -1, /* there is none */
    FAILED = -2, /* an exception is set */
    UNSURE = -3  /* only Python code can tell */
};

enum { SMALLEST_BITS = 3, MOST_BITS = 8 * sizeof(Py_ssize_t) - 7 };

/* The capacity of an index of MOST_BITS; keyview._messages has the same number. */
#define MOST_KEYS (PY_SSIZE_T_MAX / 96)

/* The index of a table that has no block yet. Read, never written. */
static int8_t no_index[] = {EMPTY};

static inline void
set_layout(Table *table, Layout layout)
{
    table->layout = (uint8_t)layout;
    table->stride = strides[layout];
}

/* An empty table. One that is to have values begins as TEXT. */
static void
table_init(Table *table, Layout layout)
{
    memset(table, 0, sizeof *table);
    table->index = no_index;
    set_layout(table, layout);
}

/* Empties a table whose memory has been taken, or is none. */
static void
table_forget(Table *table)
{
    uint64_t version = table->version;
    table_init(table, table->layout == ELEMENT ? ELEMENT : TEXT);
    table->version = version;
}

static inline Py_ssize_t
capacity_of_bits(int bits)
{
    return (Py_ssize_t)((((size_t)1 << bits) << 1) / 3);
}

/* The slots in the block; 0 if there is none. */
static inline Py_ssize_t
capacity_of(const Table *table)
{
    return capacity_of_bits(table->bits);
}

/* Whether there is no free slot after the last one, or no bucket that may be used. */
static inline int
is_full(const Table *table)
{
    Py_ssize_t capacity = capacity_of(table);
    return table->end == capacity || table->used_buckets == capacity;
}

static inline Pair *
pair_at(const Table *table, Py_ssize_t slot_index)
{
    return (Pair *)(table->slots + (size_t)slot_index * table->stride);
}

/* Where a slot of this size has its hash, if it has one. */
static inline Py_hash_t *
hash_in(const void *slot, size_t stride)
{
    return (Py_hash_t *)((char *)slot + stride) - 1;
}

/* INTEGER: the value of a slot's key. The values are in front of the index, that of slot 0 last. A search reads them
   and not the keys, which are anywhere in memory. */
static inline int32_t *
small_int_at(const Table *table, Py_ssize_t slot_index)
{
    return (int32_t *)table->index - 1 - slot_index;
}

static inline Py_hash_t
hash_at(const Table *table, Py_ssize_t slot_index)
{
    const Pair *pair = pair_at(table, slot_index);
    switch (table->layout) {
    case TEXT: return ((PyASCIIObject *)pair->key)->hash;
    case INTEGER: return hash_of_small_int(*small_int_at(table, slot_index));
    default: return *hash_in(pair, table->stride);
    }
}

static inline Slot
slot_at(const Table *table, Py_ssize_t slot_index)
{
    const Pair *pair = pair_at(table, slot_index);
    return (Slot){pair->key, pair->value, pair->key == NULL ? 0 : hash_at(table, slot_index)};
}

static inline void
slot_set(Table *table, Py_ssize_t slot_index, Slot slot)
{
    Pair *pair = pair_at(table, slot_index);
    *pair = (Pair){slot.key, slot.value};
    if (has_hash(table->layout)) {
        *hash_in(pair, table->stride) = slot.hash; /* Of an Element, instead of the value. */
    }
    else if (table->layout == INTEGER) {
        *small_int_at(table, slot_index) = small_int(slot.key);
    }
}

/* -- the index ----------------------------------------------------------------------------------- */

static inline size_t
index_width(int bits)
{
    return bits < 8 ? 1 : bits < 16 ? 2 : bits < 32 ? 4 : 8;
}

static Py_ALWAYS_INLINE inline Py_ssize_t
index_read(const void *index, size_t width, size_t bucket)
{
    switch (width) {
    case 1: return ((const int8_t *)index)[bucket];
    case 2: return ((const int16_t *)index)[bucket];
    case 4: return ((const int32_t *)index)[bucket];
    default: return (Py_ssize_t)((const int64_t *)index)[bucket];
    }
}

static Py_ALWAYS_INLINE inline void
index_write(void *index, size_t width, size_t bucket, Py_ssize_t slot_index)
{
    switch (width) {
    case 1: ((int8_t *)index)[bucket] = (int8_t)slot_index; break;
    case 2: ((int16_t *)index)[bucket] = (int16_t)slot_index; break;
    case 4: ((int32_t *)index)[bucket] = (int32_t)slot_index; break;
    default: ((int64_t *)index)[bucket] = slot_index;
    }
}

static inline Py_ssize_t
index_get(const Table *table, size_t bucket)
{
    return index_read(table->index, index_width(table->bits), bucket);
}

static inline void
index_set(Table *table, size_t bucket, Py_ssize_t slot_index)
{
    index_write(table->index, index_width(table->bits), bucket, slot_index);
}

/* A walk over the buckets in which a hash may be, in CPython's order. It reaches every bucket. */
typedef struct {
    size_t bucket, rest, mask;
} Probe;

static inline Probe
probe_start(const Table *table, Py_hash_t hash)
{
    size_t mask = ((size_t)1 << table->bits) - 1;
    return (Probe){(size_t)hash & mask, (size_t)hash, mask};
}

static inline void
probe_next(Probe *probe)
{
    probe->rest >>= 5;
    probe->bucket = (probe->bucket * 5 + probe->rest + 1) & probe->mask;
}

static inline size_t
bucket_of(const Table *table, Py_ssize_t slot_index)
{
    Probe probe = probe_start(table, hash_at(table, slot_index));
    while (index_get(table, probe.bucket) != slot_index) {
        probe_next(&probe);
    }
    return probe.bucket;
}

static Py_ALWAYS_INLINE inline void
index_add(Table *table, Py_ssize_t slot_index, Py_hash_t hash)
{
    Probe probe = probe_start(table, hash);
    Py_ssize_t before;
    while ((before = index_get(table, probe.bucket)) >= 0) {
        probe_next(&probe);
    }
    index_set(table, probe.bucket, slot_index);
    table->used_buckets += before == EMPTY;
}

static Py_ALWAYS_INLINE inline void
index_fill_width(Table *table, Layout layout, size_t width)
{
    for (Py_ssize_t slot_index = table->first; slot_index < table->end; slot_index++) {
        const Pair *pair = pair_at(table, slot_index);
        Py_hash_t hash = layout == TEXT ? ((PyASCIIObject *)pair->key)->hash
            : layout == INTEGER         ? hash_of_small_int(*small_int_at(table, slot_index))
                                        : *hash_in(pair, table->stride);
        Probe probe = probe_start(table, hash);
        while (index_read(table->index, width, probe.bucket) != EMPTY) {
            probe_next(&probe);
        }
        index_write(table->index, width, probe.bucket, slot_index);
    }
}

static Py_ALWAYS_INLINE inline void
index_fill_layout(Table *table, Layout layout)
{
    switch (index_width(table->bits)) {
    case 1: index_fill_width(table, layout, 1); break;
    case 2: index_fill_width(table, layout, 2); break;
    case 4: index_fill_width(table, layout, 4); break;
    default: index_fill_width(table, layout, 8);
    }
}

/* Enters every slot into the index, whose buckets are all EMPTY. There must be no hole from `first`
   on. */
static void
index_fill(Table *table)
{
    switch (table->layout) { /* Here once, instead of for every slot, as the width. */
    case TEXT: index_fill_layout(table, TEXT); break;
    case INTEGER: index_fill_layout(table, INTEGER); break;
    default: index_fill_layout(table, ANY); /* or ELEMENT */
    }
    table->used_buckets = table->used;
}

/* -- memory -------------------------------------------------------------------------------------- */

static inline size_t
table_bytes(const Table *table)
{
    if (table->slots == NULL) {
        return 0;
    }
    return (size_t)((char *)table->index - table->slots)
        + (index_width(table->bits) << table->bits);
}

#ifdef KEYVIEW_DEBUG
static void
table_check(const Table *table)
{
#define HOLDS(condition)                                                                           \
    if (!(condition))                                                                              \
    Py_FatalError("keyview: the table is not consistent: " #condition)
    Py_ssize_t keys = 0, buckets = 0;
    if (capacity_of(table) > 1000 && table->version % 1000 != 0) {
        return; /* A check of a large table is slow: check it at one change in a thousand. */
    }
    HOLDS(0 <= table->first && table->first <= table->end && table->end <= capacity_of(table));
    HOLDS(table->slots != NULL || (table->bits == 0 && table->index == (void *)no_index));
    HOLDS(table->used_buckets <= capacity_of_bits(table->bits));
    for (Py_ssize_t slot_index = 0; slot_index < table->end; slot_index++) {
        const Pair *slot = pair_at(table, slot_index);
        HOLDS(table->layout == ELEMENT || (slot->key == NULL) == (slot->value == NULL));
        if (slot->key != NULL) {
            keys++;
            HOLDS(slot_index >= table->first);
            HOLDS(Py_REFCNT(slot->key) > 0);
            HOLDS(table->layout == ELEMENT || Py_REFCNT(slot->value) > 0);
            HOLDS(fits(table->layout, slot->key));
            HOLDS(table->layout != INTEGER
                  || *small_int_at(table, slot_index) == small_int(slot->key));
            (void)bucket_of(table, slot_index);
        }
    }
    HOLDS(keys == table->used);
    if (table->slots != NULL) {
        for (size_t bucket = 0; bucket < (size_t)1 << table->bits; bucket++) {
            Py_ssize_t slot_index = index_get(table, bucket);
            HOLDS(slot_index >= DELETED && slot_index < table->end);
            HOLDS(slot_index < 0 || pair_at(table, slot_index)->key != NULL);
            buckets += slot_index != EMPTY;
        }
        HOLDS(buckets == table->used_buckets);
    }
#undef HOLDS
}
#else
#define table_check(table) ((void)(table))
#endif

/* As table_allocate, but what is in the index is not known. */
static int
table_allocate_block(Table *table, int bits, Layout layout)
{
    table_init(table, layout);
    size_t slots = (size_t)capacity_of_bits(bits) * slot_bytes[layout];
    slots = (slots + 7) / 8 * 8; /* The buckets that follow have up to 8 bytes. */
    char *block = bits > MOST_BITS ? NULL : PyMem_Malloc(slots + (index_width(bits) << bits));
    if (block == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    table->slots = block;
    table->index = block + slots;
    table->bits = (uint8_t)bits;
    return 0;
}

/* Makes all buckets EMPTY. */
static inline void
index_clear(Table *table)
{
    memset(table->index, 0xff, index_width(table->bits) << table->bits); /* in every width */
}

/* Makes an empty table with an index of `bits` bits. -1 and MemoryError if there is no memory. */
static int
table_allocate(Table *table, int bits, Layout layout)
{
    if (table_allocate_block(table, bits, layout) < 0) {
        return -1;
    }
    index_clear(table);
    return 0;
}

/* Moves the slots, without the holes, to the slots of `to` from `before` on. `to` may be `table`
   itself. */
static void
move_slots(const Table *table, Table *to, Py_ssize_t before)
{
    Py_ssize_t end = 0;
    if (table->used > 0 && table->used == table->end - table->first
        && table->layout == to->layout) {
        end = table->used;
        memmove(to->slots, pair_at(table, table->first), (size_t)end * table->stride);
        if (table->layout == INTEGER) {
            memmove(small_int_at(to, end - 1), small_int_at(table, table->end - 1),
                    (size_t)end * sizeof(int32_t));
        }
    }
    for (Py_ssize_t slot_index = table->first; end < table->used; slot_index++) {
        Slot slot = slot_at(table, slot_index);
        if (slot.key != NULL) {
            slot_set(to, end++, slot);
        }
    }
    if (before > 0) {
        memmove(pair_at(to, before), to->slots, (size_t)end * to->stride);
        memset(to->slots, 0, (size_t)before * to->stride);
        if (to->layout == INTEGER && end > 0) {
            memmove(small_int_at(to, before + end - 1), small_int_at(to, end - 1),
                    (size_t)end * sizeof(int32_t));
        }
    }
    to->first = before;
    to->end = before + end;
    to->used = end;
}

/* Closes the holes, leaves `before` free slots at the front, and builds the index again. Cannot
   fail: it needs no memory. */
static void
table_rebuild_behind(Table *table, Py_ssize_t before)
{
    table->version++;
    if (table->slots == NULL) {
        return;
    }
    move_slots(table, table, before);
    index_clear(table);
    index_fill(table);
    table_check(table);
}

static void
table_rebuild(Table *table)
{
    table_rebuild_behind(table, 0);
}

/* Moves the slots into a new block with an index of `bits` bits. -1 and the table as it was on
   failure. */
static int
table_resize(Table *table, int bits, Layout layout)
{
    Table made;
    if (table_allocate(&made, bits, layout) < 0) {
        return -1;
    }
    move_slots(table, &made, 0);
    made.version = table->version + 1;
    index_fill(&made);
    PyMem_Free(table->slots);
    *table = made;
    table_check(table);
    return 0;
}

static int
bits_for(Py_ssize_t keys)
{
    int bits = SMALLEST_BITS;
    while (bits <= MOST_BITS && capacity_of_bits(bits) < keys) {
        bits++;
    }
    return bits;
}

/* Makes the capacity at least `keys`, so that storing as many keys in all needs no memory. The keys
   of a table that is empty may be of any type. */
static int
table_reserve(Table *table, Py_ssize_t keys)
{
    if (keys > capacity_of(table)) {
        Layout layout = table->layout;
        if (table->used == 0 && layout != ELEMENT) {
            layout = ANY;
        }
        return table_resize(table, bits_for(keys), layout);
    }
    table_rebuild(table);
    return 0;
}

static int
table_shrink(Table *table)
{
    if (table->used == 0) {
        PyMem_Free(table->slots);
        table_forget(table);
        table->version++;
        return 0;
    }
    int bits = bits_for(table->used);
    if (bits < table->bits) {
        return table_resize(table, bits, table->layout);
    }
    table_rebuild(table);
    return 0;
}

/* -- finding ------------------------------------------------------------------------------------- */

/* Whether two objects that are exactly str, and have the same hash, are equal. */
static inline int
same_text(PyObject *left, PyObject *right)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(left);
    int kind = PyUnicode_KIND(left);
    return length == PyUnicode_GET_LENGTH(right) && kind == (int)PyUnicode_KIND(right)
        && memcmp(PyUnicode_DATA(left), PyUnicode_DATA(right), (size_t)length * (size_t)kind) == 0;
}

/* Whether two objects, of which at least one is exactly an int or bytes, are equal; -1 if only Python
   code can tell. */
static inline int
same_number_or_bytes(PyObject *query, PyObject *key)
{
    PyTypeObject *type = Py_TYPE(query);
    if (type != Py_TYPE(key)) {
        return -1;
    }
    if (type == &PyLong_Type && is_small_int(query) && is_small_int(key)) {
        return small_int(query) == small_int(key);
    }
    if (type != &PyLong_Type && type != &PyBytes_Type) {
        return -1;
    }
    PyObject *answer = type->tp_richcompare(query, key, Py_EQ);
    Py_DECREF(answer); /* True or False: comparing an int or bytes cannot fail. */
    return answer == Py_True;
}

/* Whether two tuples are equal; -1 if only Python code can tell, as of tuples in tuples. */
static int
same_tuple(PyObject *query, PyObject *key)
{
    Py_ssize_t length = PyTuple_GET_SIZE(query);
    int same = length == PyTuple_GET_SIZE(key);
    for (Py_ssize_t i = 0; same > 0 && i < length; i++) {
        PyObject *left = PyTuple_GET_ITEM(query, i), *right = PyTuple_GET_ITEM(key, i);
        if (left != right) {
            same = PyUnicode_CheckExact(left) && PyUnicode_CheckExact(right)
                ? same_text(left, right)
                : same_number_or_bytes(left, right);
        }
    }
    return same;
}

/* Whether two objects with the same hash are equal; -1 if only Python code can tell. */
static Py_ALWAYS_INLINE inline int
same_without_python(PyObject *query, PyObject *key)
{
    if (PyUnicode_CheckExact(query) && PyUnicode_CheckExact(key)) {
        return same_text(query, key);
    }
    return PyTuple_CheckExact(query) && PyTuple_CheckExact(key) ? same_tuple(query, key)
                                                                : same_number_or_bytes(query, key);
}

/* The slot whose key is this very object, or ABSENT. Runs no Python code. */
static Py_ssize_t
table_locate(const Table *table, PyObject *key, Py_hash_t hash)
{
    for (Probe probe = probe_start(table, hash);; probe_next(&probe)) {
        Py_ssize_t slot_index = index_get(table, probe.bucket);
        if (slot_index == EMPTY) {
            return ABSENT;
        }
        if (slot_index >= 0 && pair_at(table, slot_index)->key == key) {
            return slot_index;
        }
    }
}

static inline int
is_equal(PyObject *query, PyObject *key)
{
    PyObject *answer = PyObject_RichCompare(query, key, Py_EQ);
    if (answer == NULL) {
        return -1;
    }
    int equal = answer == Py_True ? 1 : answer == Py_False ? 0 : PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return equal;
}

/* As table_find, for any query. Compares query == key, in this order, and no key twice, even if an
   __eq__ changes the table and the search has to begin again: keys that were unequal are kept in
   `asked`. */
static Py_ssize_t
table_find_any(const Table *table, PyObject *query, Py_hash_t hash)
{
    Seen asked;
    Py_ssize_t slot_index;
    uint64_t before = table->version;
    seen_start(&asked);
again:;
    uint64_t version = table->version;
    for (Probe probe = probe_start(table, hash);; probe_next(&probe)) {
        slot_index = index_get(table, probe.bucket);
        if (slot_index == EMPTY) {
            slot_index = ABSENT;
            break;
        }
        if (slot_index < 0) {
            continue;
        }
        PyObject *key = pair_at(table, slot_index)->key;
        if (key == query) {
            break;
        }
        if (hash_at(table, slot_index) != hash) {
            continue;
        }
        int known = version == before ? 0 : seen_has(&asked, key);
        if (known > 0) {
            continue;
        }
        Py_INCREF(key);
        int equal = known < 0 ? -1 : is_equal(query, key);
        if (equal < 0 || (equal == 0 && seen_add(&asked, key) < 0)) {
            Py_DECREF(key);
            seen_end(&asked);
            return FAILED;
        }
        if (equal && table->version != version) {
            version = table->version;
            slot_index = table_locate(table, key, hash);
        }
        Py_DECREF(key);
        if (table->version != version || (equal && slot_index < 0)) {
            goto again;
        }
        if (equal) {
            break;
        }
    }
    if (asked.count > 0) {
        seen_end(&asked);
        if (table->version != version) {
            goto again; /* RELEASE LATE: seen_end held the last reference to a removed key. */
        }
    }
    return slot_index;
}

/* As table_find_str, after the slot was found whose key has the same hash: only by chance it is another key. */
Py_NO_INLINE static Py_ssize_t
find_str_at(const Table *table, PyObject *query, Py_hash_t hash, Py_ssize_t slot_index)
{
    return same_text(query, pair_at(table, slot_index)->key) ? slot_index
                                                             : table_find_any(table, query, hash);
}

/* As table_find, in a table of a layout without hashes, for a query that fits it. Calls no other function on the way to
   the only key that can be equal: it would have to save registers. */
static Py_ALWAYS_INLINE inline Py_ssize_t
find_fitting(const Table *table, PyObject *query, Py_hash_t hash, Layout layout, size_t width)
{
    for (Probe probe = probe_start(table, hash);; probe_next(&probe)) {
        Py_ssize_t slot_index = index_read(table->index, width, probe.bucket);
        if (slot_index == EMPTY) {
            return ABSENT;
        }
        if (slot_index < 0) {
            continue;
        }
        if (layout == INTEGER) {
            if (*small_int_at(table, slot_index) == small_int(query)) {
                return slot_index;
            }
            continue;
        }
        PyObject *key = ((const Pair *)table->slots)[slot_index].key;
        if (key == query) {
            return slot_index;
        }
        if (((PyASCIIObject *)key)->hash == hash) {
            return find_str_at(table, query, hash, slot_index);
        }
    }
}

static Py_ssize_t
table_find_str(const Table *table, PyObject *query, Py_hash_t hash)
{
    switch (index_width(table->bits)) { /* Once, and not for each bucket. */
    case 1: return find_fitting(table, query, hash, TEXT, 1);
    case 2: return find_fitting(table, query, hash, TEXT, 2);
    case 4: return find_fitting(table, query, hash, TEXT, 4);
    default: return find_fitting(table, query, hash, TEXT, 8);
    }
}

static Py_ssize_t
table_find_integer(const Table *table, PyObject *query, Py_hash_t hash)
{
    switch (index_width(table->bits)) { /* Once, and not for each bucket. */
    case 1: return find_fitting(table, query, hash, INTEGER, 1);
    case 2: return find_fitting(table, query, hash, INTEGER, 2);
    case 4: return find_fitting(table, query, hash, INTEGER, 4);
    default: return find_fitting(table, query, hash, INTEGER, 8);
    }
}

/* As table_find, in a table whose slots have a hash. UNSURE if a key would have to be asked, which runs
   Python code; else none has run. */
static Py_ALWAYS_INLINE inline Py_ssize_t
find_quietly(const Table *table, PyObject *query, Py_hash_t hash, size_t stride, size_t width)
{
    for (Probe probe = probe_start(table, hash);; probe_next(&probe)) {
        Py_ssize_t slot_index = index_read(table->index, width, probe.bucket);
        if (slot_index == EMPTY) {
            return ABSENT;
        }
        if (slot_index < 0) {
            continue;
        }
        const char *slot = table->slots + (size_t)slot_index * stride;
        PyObject *key = ((const Pair *)slot)->key;
        if (key == query) {
            return slot_index;
        }
        if (*hash_in(slot, stride) == hash) {
            int same = same_without_python(query, key);
            if (same != 0) {
                return same > 0 ? slot_index : UNSURE;
            }
        }
    }
}

static Py_ssize_t
table_find_hashed(const Table *table, PyObject *query, Py_hash_t hash)
{
    Py_ssize_t found = find_quietly(table, query, hash, sizeof(Slot), index_width(table->bits));
    return found == UNSURE ? table_find_any(table, query, hash) : found;
}

/* As find_quietly, of a set. */
static Py_ssize_t
find_element_quietly(const Table *table, PyObject *query, Py_hash_t hash)
{
    switch (index_width(table->bits)) { /* Once, and not for each bucket. */
    case 1: return find_quietly(table, query, hash, sizeof(Element), 1);
    case 2: return find_quietly(table, query, hash, sizeof(Element), 2);
    case 4: return find_quietly(table, query, hash, sizeof(Element), 4);
    default: return find_quietly(table, query, hash, sizeof(Element), 8);
    }
}

/* As table_find, of a set. */
static inline Py_ssize_t
table_find_element(const Table *table, PyObject *query, Py_hash_t hash)
{
    Py_ssize_t found = find_element_quietly(table, query, hash);
    return found == UNSURE ? table_find_any(table, query, hash) : found;
}

/* As table_find, where slots have no hash and the query is no str among str. */
static Py_ssize_t
table_find_integer_or_any(const Table *table, PyObject *query, Py_hash_t hash)
{
    return table->layout == INTEGER && is_small_int(query) ? table_find_integer(table, query, hash)
                                                           : table_find_any(table, query, hash);
}

/* The slot whose key is equal to the query, or ABSENT, or FAILED with an exception set. Not of a
   set. */
static Py_ALWAYS_INLINE inline Py_ssize_t
table_find(const Table *table, PyObject *query, Py_hash_t hash)
{
    if (PyUnicode_CheckExact(query) && table->layout == TEXT) {
        return table_find_str(table, query, hash);
    }
    return table->layout == ANY ? table_find_hashed(table, query, hash)
                                : table_find_integer_or_any(table, query, hash);
}

/* -- changing ------------------------------------------------------------------------------------ */

/* Makes sure that there is a free slot that can hold `key`. */
static int
table_ensure_slot(Table *table, PyObject *key)
{
    Layout layout = table->layout;
    if (layout != ELEMENT) {
        layout = table->used == 0 ? layout_for(key) : fits(layout, key) ? layout : ANY;
    }
    int full = is_full(table);
    int bits = Py_MAX(table->bits, SMALLEST_BITS) + (full && table->used > capacity_of(table) / 2);
    if (table->slots == NULL || slot_bytes[layout] > slot_bytes[table->layout]
        || bits > table->bits) {
        return table_resize(table, bits, layout);
    }
    set_layout(table, layout); /* Smaller than before only if there are no keys. */
    if (full) {
        table_rebuild(table);
    }
    return 0;
}

/* Makes sure that `key` may take the place of an equal key. No slot index changes: iterators
   continue. */
static int
table_admit(Table *table, PyObject *key)
{
    if (fits(table->layout, key)) {
        return 0;
    }
    Table made;
    if (table_allocate(&made, table->bits, ANY) < 0) {
        return -1;
    }
    for (Py_ssize_t slot_index = 0; slot_index < table->end; slot_index++) {
        slot_set(&made, slot_index, slot_at(table, slot_index));
    }
    memcpy(made.index, table->index, index_width(table->bits) << table->bits);
    PyMem_Free(table->slots);
    table->slots = made.slots;
    set_layout(table, made.layout);
    table->index = made.index;
    table_check(table);
    return 0;
}

/* Appends a slot for a key that is absent: its slot index, or FAILED and the table as it was. */
static Py_ssize_t
table_add(Table *table, PyObject *key, Py_hash_t hash, PyObject *value)
{
    /* The layout of an empty table is that of its first key. */
    int good = has_hash(table->layout) ? table->used > 0 : fits(table->layout, key);
    if ((!good || is_full(table)) && table_ensure_slot(table, key) < 0) {
        return FAILED;
    }
    Py_ssize_t slot_index = table->end++;
    slot_set(table, slot_index, (Slot){Py_NewRef(key), Py_NewRef(value), hash});
    index_add(table, slot_index, hash);
    table->used++;
    table->version++;
    table_check(table);
    return slot_index;
}

/* As table_add, of a set. */
static inline Py_ssize_t
table_add_element(Table *table, PyObject *key, Py_hash_t hash)
{
    if (is_full(table) && table_ensure_slot(table, key) < 0) {
        return FAILED;
    }
    Py_ssize_t slot_index = table->end++;
    ((Element *)table->slots)[slot_index] = (Element){Py_NewRef(key), hash};
    index_add(table, slot_index, hash);
    table->used++;
    table->version++;
    table_check(table);
    return slot_index;
}

/* The slot that a key finds, or a new one, in one search; *added tells which. UNSURE, and nothing was
   done, if a key would have to be asked, which runs Python code; else none has run. The key is no view, and
   the layout is ELEMENT, without a use for `value`, or ANY. */
static Py_ALWAYS_INLINE inline Py_ssize_t
put_quietly(Table *table, PyObject *key, Py_hash_t hash, PyObject *value, int *added, Layout layout,
            size_t width)
{
    Probe probe = probe_start(table, hash);
    size_t deleted = 0, stride = strides[layout];
    int reuses = 0;
    Py_ssize_t slot_index;
    *added = 0;
    for (;; probe_next(&probe)) {
        slot_index = index_read(table->index, width, probe.bucket);
        if (slot_index == EMPTY) {
            break;
        }
        if (slot_index < 0) {
            deleted = reuses ? deleted : probe.bucket;
            reuses = 1;
            continue;
        }
        char *slot = table->slots + (size_t)slot_index * stride;
        PyObject *stored = ((Pair *)slot)->key;
        if (stored == key) {
            return slot_index;
        }
        if (*hash_in(slot, stride) == hash) {
            int same = same_without_python(key, stored);
            if (same != 0) {
                return same > 0 ? slot_index : UNSURE;
            }
        }
    }
    /* The layout of an empty table is that of its first key. */
    if (table->used == 0 || is_full(table)) {
        slot_index = layout == ELEMENT ? table_add_element(table, key, hash)
                                       : table_add(table, key, hash, value);
        *added = slot_index >= 0;
        return slot_index;
    }
    *added = 1;
    slot_index = table->end++;
    char *slot = table->slots + (size_t)slot_index * stride;
    ((Pair *)slot)->key = Py_NewRef(key);
    if (layout != ELEMENT) {
        ((Pair *)slot)->value = Py_NewRef(value);
    }
    *hash_in(slot, stride) = hash;
    index_write(table->index, width, reuses ? deleted : probe.bucket, slot_index);
    table->used_buckets += !reuses;
    table->used++;
    table->version++;
    table_check(table);
    return slot_index;
}

/* As put_quietly, of a set. */
static Py_ssize_t
table_put_element(Table *table, PyObject *key, Py_hash_t hash, int *added)
{
    switch (index_width(table->bits)) { /* Once, and not for each bucket. */
    case 1: return put_quietly(table, key, hash, NULL, added, ELEMENT, 1);
    case 2: return put_quietly(table, key, hash, NULL, added, ELEMENT, 2);
    case 4: return put_quietly(table, key, hash, NULL, added, ELEMENT, 4);
    default: return put_quietly(table, key, hash, NULL, added, ELEMENT, 8);
    }
}

/* Appends a key that is absent to a table of a layout without hashes, which it fits, and enters it into a bucket
   that is EMPTY or DELETED: its slot index. */
static Py_ALWAYS_INLINE inline Py_ssize_t
add_fitting(Table *table, PyObject *key, Py_hash_t hash, PyObject *value, size_t bucket, int empty,
            Layout layout)
{
    if (is_full(table)) {
        return table_add(table, key, hash, value);
    }
    Py_ssize_t slot_index = table->end++;
    ((Pair *)table->slots)[slot_index] = (Pair){Py_NewRef(key), Py_NewRef(value)};
    if (layout == INTEGER) {
        *small_int_at(table, slot_index) = small_int(key);
    }
    index_set(table, bucket, slot_index);
    table->used_buckets += empty;
    table->used++;
    table->version++;
    table_check(table);
    return slot_index;
}

/* Out of line, as add_integer, since most that is stored is there already. */
Py_NO_INLINE static Py_ssize_t
add_str(Table *table, PyObject *key, Py_hash_t hash, PyObject *value, size_t bucket, int empty)
{
    return add_fitting(table, key, hash, value, bucket, empty, TEXT);
}

Py_NO_INLINE static Py_ssize_t
add_integer(Table *table, PyObject *key, Py_hash_t hash, PyObject *value, size_t bucket, int empty)
{
    return add_fitting(table, key, hash, value, bucket, empty, INTEGER);
}

/* The slot that a key finds in a table of a layout without hashes, which it fits, or a new one; *added tells
   which. FAILED, and the table is as it was, if there is no memory. Runs no Python code. */
static Py_ALWAYS_INLINE inline Py_ssize_t
put_fitting(Table *table, PyObject *key, Py_hash_t hash, PyObject *value, int *added, Layout layout)
{
    size_t width = index_width(table->bits), deleted = SIZE_MAX;
    Probe probe = probe_start(table, hash);
    Py_ssize_t slot_index;
    for (;; probe_next(&probe)) {
        slot_index = index_read(table->index, width, probe.bucket);
        if (slot_index >= 0) {
            PyObject *stored = ((const Pair *)table->slots)[slot_index].key;
            if (layout == INTEGER ? *small_int_at(table, slot_index) == small_int(key)
                                  : stored == key
                        || (((PyASCIIObject *)stored)->hash == hash && same_text(key, stored))) {
                *added = 0;
                return slot_index;
            }
        }
        else if (slot_index == EMPTY) {
            break;
        }
        else if (deleted == SIZE_MAX) {
            deleted = probe.bucket;
        }
    }
    int empty = deleted == SIZE_MAX;
    deleted = empty ? probe.bucket : deleted;
    slot_index = layout == INTEGER ? add_integer(table, key, hash, value, deleted, empty)
                                   : add_str(table, key, hash, value, deleted, empty);
    *added = slot_index >= 0;
    return slot_index;
}

static Py_ssize_t
table_put_str(Table *table, PyObject *key, Py_hash_t hash, PyObject *value, int *added)
{
    return put_fitting(table, key, hash, value, added, TEXT);
}

static Py_ssize_t
table_put_integer(Table *table, PyObject *key, Py_hash_t hash, PyObject *value, int *added)
{
    return put_fitting(table, key, hash, value, added, INTEGER);
}

/* As put_quietly, of a map whose slots have a hash. */
static Py_ssize_t
table_put_hashed(Table *table, PyObject *key, Py_hash_t hash, PyObject *value, int *added)
{
    return put_quietly(table, key, hash, value, added, ANY, index_width(table->bits));
}

/* Adds keys of builtin classes from an array to a set, as long as that needs no memory and runs no Python
   code. How many of them are now in the set. */
static Py_ALWAYS_INLINE inline Py_ssize_t
put_many_quietly(Table *table, PyObject *const *keys, Py_ssize_t count, size_t width)
{
    Element *elements = (Element *)table->slots;
    Py_ssize_t i, end = table->end;
    Py_ssize_t last = Py_MIN(capacity_of(table), end + capacity_of(table) - table->used_buckets);
    for (i = 0; i < count && end < last; i++) {
        PyObject *key = keys[i];
        if (!is_of_builtins(key)) {
            break;
        }
        Py_hash_t hash = hash_of(key); /* Cannot fail. */
        Py_ssize_t found;
        int same = 0;
        Probe probe = probe_start(table, hash);
        while ((found = index_read(table->index, width, probe.bucket)) != EMPTY) {
            if (found >= 0) {
                const Element *element = &elements[found];
                if (element->key == key) {
                    same = 1;
                    break;
                }
                if (element->hash == hash && (same = same_without_python(key, element->key)) != 0) {
                    break;
                }
            }
            probe_next(&probe);
        }
        if (same < 0) {
            break;
        }
        if (same == 0) {
            elements[end] = (Element){Py_NewRef(key), hash};
            index_write(table->index, width, probe.bucket, end++);
        }
    }
    Py_ssize_t added = end - table->end;
    table->end = end;
    table->used += added;
    table->used_buckets += added;
    table->version += (uint64_t)added;
    table_check(table);
    return i;
}

static Py_ssize_t
table_put_many(Table *table, PyObject *const *keys, Py_ssize_t count)
{
    switch (index_width(table->bits)) { /* Once, and not for each bucket. */
    case 1: return put_many_quietly(table, keys, count, 1);
    case 2: return put_many_quietly(table, keys, count, 2);
    case 4: return put_many_quietly(table, keys, count, 4);
    default: return put_many_quietly(table, keys, count, 8);
    }
}

/* Makes a slot a hole. `first` and `end` step over holes at the ends, each hole once. */
static inline void
slot_clear(Table *table, Py_ssize_t slot_index)
{
    pair_at(table, slot_index)->key = pair_at(table, slot_index)->value = NULL;
    if (table->used == 0) {
        table->first = table->end = 0;
    }
    else if (slot_index == table->first) {
        while (pair_at(table, table->first)->key == NULL) {
            table->first++;
        }
    }
    else if (slot_index == table->end - 1) {
        while (pair_at(table, table->end - 1)->key == NULL) {
            table->end--;
        }
    }
}

/* Removes a slot. The references to key and value are the caller's now (RELEASE LATE). */
static Py_ALWAYS_INLINE inline Slot
table_take(Table *table, Py_ssize_t slot_index)
{
    Slot taken = slot_at(table, slot_index);
    index_set(table, bucket_of(table, slot_index), DELETED);
    table->version++;
    table->used--;
    slot_clear(table, slot_index);
    table_check(table);
    return taken;
}

/* Closes the holes if iteration would step over seven for each key. Earlier, it would take a tenth of the
   time of removing all keys. Not if the slots in use are few beside the capacity: building the index again
   takes time proportional to its size. */
static void
table_close_holes(Table *table)
{
    Py_ssize_t span = table->end - table->first;
    if (span > 64 && table->used < span / 8 && span > capacity_of(table) / 8) {
        table_rebuild(table);
    }
}

/* As table_take, and closes the holes if they are many. */
static Py_ALWAYS_INLINE inline Slot
table_remove(Table *table, Py_ssize_t slot_index)
{
    Slot taken = table_take(table, slot_index);
    table_close_holes(table);
    return taken;
}

/* -- positions ----------------------------------------------------------------------------------- */

static inline int
has_holes(const Table *table)
{
    return table->used != table->end - table->first;
}

/* The slot index of the key at a position, 0 <= position < used. */
static Py_ssize_t
table_slot_at_position(const Table *table, Py_ssize_t position)
{
    if (!has_holes(table)) {
        return table->first + position;
    }
    int backwards = position > table->used / 2;
    Py_ssize_t step = backwards ? -1 : 1, left = backwards ? table->used - 1 - position : position;
    Py_ssize_t slot_index = backwards ? table->end - 1 : table->first;
    while (left > 0) {
        slot_index += step;
        left -= pair_at(table, slot_index)->key != NULL;
    }
    return slot_index;
}

static Py_ssize_t
table_position_of(const Table *table, Py_ssize_t slot_index)
{
    if (!has_holes(table)) {
        return slot_index - table->first;
    }
    Py_ssize_t position = 0;
    for (Py_ssize_t before = table->first; before < slot_index; before++) {
        position += pair_at(table, before)->key != NULL;
    }
    return position;
}

/* Makes sure that there is a free slot after the last key, or before the first. After a rebuild, at
   least a quarter of all slots is free at that end: as many moves need no other rebuild. */
static int
table_ensure_slot_at_end(Table *table, int last)
{
    if (last ? table->end < capacity_of(table) : table->first > 0) {
        return 0;
    }
    if (table->used > capacity_of(table) / 2
        && table_resize(table, table->bits + 1, table->layout) < 0) {
        return -1;
    }
    if (!last || table->end == capacity_of(table)) {
        table_rebuild_behind(table, last ? 0 : (capacity_of(table) - table->used) / 2);
    }
    return 0;
}

/* Moves a slot to the end, or to the front. -1 and the table as it was if there is no memory. */
static int
table_move_to_end(Table *table, Py_ssize_t slot_index, int last)
{
    if (slot_index == (last ? table->end - 1 : table->first)) {
        return 0;
    }
    PyObject *key = pair_at(table, slot_index)->key;
    Py_hash_t hash = hash_at(table, slot_index);
    uint64_t version = table->version;
    if (table_ensure_slot_at_end(table, last) < 0) {
        return -1;
    }
    if (table->version != version) {
        slot_index = table_locate(table, key, hash);
    }
    size_t bucket = bucket_of(table, slot_index);
    Py_ssize_t to = last ? table->end++ : --table->first;
    slot_set(table, to, slot_at(table, slot_index));
    index_set(table, bucket, to);
    slot_clear(table, slot_index);
    table->version++;
    table_close_holes(table);
    table_check(table);
    return 0;
}

/* As table_remove, but the last slot takes the place of the one that is removed. */
static Slot
table_swap_remove(Table *table, Py_ssize_t slot_index)
{
    Py_ssize_t last = table->end - 1;
    if (slot_index == last) {
        return table_remove(table, slot_index);
    }
    Slot taken = slot_at(table, slot_index);
    index_set(table, bucket_of(table, slot_index), DELETED);
    index_set(table, bucket_of(table, last), slot_index);
    slot_set(table, slot_index, slot_at(table, last));
    table->version++;
    table->used--;
    slot_clear(table, last);
    table_check(table);
    table_close_holes(table);
    return taken;
}

/* Puts the slots into the order of these slot indexes: every slot with a key, once. */
static int
table_reorder(Table *table, const Py_ssize_t *slot_indexes)
{
    Table made;
    if (table->used == 0) {
        table_rebuild(table);
        return 0;
    }
    if (table_allocate(&made, table->bits, table->layout) < 0) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < table->used; i++) {
        slot_set(&made, i, slot_at(table, slot_indexes[i]));
    }
    made.end = made.used = table->used;
    made.version = table->version + 1;
    index_fill(&made);
    PyMem_Free(table->slots);
    *table = made;
    table_check(table);
    return 0;
}

/* -- all at once --------------------------------------------------------------------------------- */

/* Moves everything into a new table, and leaves `table` empty. */
static Table
table_take_all(Table *table)
{
    Table taken = *table;
    table_forget(table);
    table->version += taken.used > 0;
    return taken;
}

/* Releases the references of a slot that is no longer in a table. */
static void
slot_drop(Slot slot)
{
    Py_DECREF(slot.key);
    Py_DECREF(slot.value);
}

/* Holds what a slot of this table has, be it a map's or a set's, while Python code runs. */
static inline void
slot_hold(const Table *table, Slot slot)
{
    Py_INCREF(slot.key);
    if (table->layout != ELEMENT) {
        Py_INCREF(slot.value);
    }
}

static inline void
slot_release(Layout layout, Slot slot)
{
    Py_DECREF(slot.key);
    if (layout != ELEMENT) {
        Py_DECREF(slot.value);
    }
}

static Py_ALWAYS_INLINE inline void
drop_slots(const Table *table, size_t stride, int has_values)
{
    const char *end = table->slots + (size_t)table->end * stride;
    for (const char *slot = table->slots + (size_t)table->first * stride; slot < end;
         slot += stride) {
        Pair pair = {((const Pair *)slot)->key, has_values ? ((const Pair *)slot)->value : NULL};
        if (pair.key != NULL) {
            Py_DECREF(pair.key);
            Py_XDECREF(pair.value);
        }
    }
}

/* Releases the references and the block of a table that nobody uses any more, such as one that table_take_all
   returned. */
static void
table_drop(Table *table)
{
    if (table->slots == NULL) {
        return;
    }
    switch (table->layout) { /* Here once, instead of for every slot. */
    case TEXT:
    case INTEGER: drop_slots(table, sizeof(Pair), 1); break;
    case ANY: drop_slots(table, sizeof(Slot), 1); break;
    default: drop_slots(table, sizeof(Element), 0);
    }
    PyMem_Free(table->slots);
}

static Py_ALWAYS_INLINE inline void
hold_slots(const Table *table, size_t stride, int has_values)
{
    const char *end = table->slots + (size_t)table->end * stride;
    for (const char *slot = table->slots; slot < end; slot += stride) {
        Py_INCREF(((const Pair *)slot)->key);
        if (has_values) {
            Py_INCREF(((const Pair *)slot)->value);
        }
    }
}

/* Takes a reference to each key and value of a table that has no holes. */
static void
table_hold(const Table *table)
{
    switch (table->layout) {
    case TEXT:
    case INTEGER: hold_slots(table, sizeof(Pair), 1); break;
    case ANY: hold_slots(table, sizeof(Slot), 1); break;
    default: hold_slots(table, sizeof(Element), 0);
    }
}

/* Copies the slots of `other` into a table that must be empty. */
static int
table_copy(Table *table, const Table *other)
{
    if (other->used == 0) {
        return 0;
    }
    Table made;
    int bits = bits_for(other->used);
    if (table->bits > bits) {
        bits = table->bits; /* Keep the capacity that was reserved. */
    }
    if (table_allocate_block(&made, bits, other->layout) < 0) {
        return -1;
    }
    if (bits == other->bits && other->used == other->end && other->used == other->used_buckets) {
        /* One by one: between them the other block may have room for larger slots. */
        memcpy(made.slots, other->slots, (size_t)other->end * other->stride);
        memcpy(made.index, other->index, index_width(bits) << bits);
        if (other->layout == INTEGER) {
            memcpy(small_int_at(&made, other->end - 1), small_int_at(other, other->end - 1),
                   (size_t)other->end * sizeof(int32_t));
        }
        made.used = made.end = made.used_buckets = other->used;
    }
    else {
        index_clear(&made);
        move_slots(other, &made, 0);
        index_fill(&made);
    }
    table_hold(&made);
    made.version = table->version + 1;
    PyMem_Free(table->slots);
    *table = made;
    table_check(table);
    return 0;
}

#endif

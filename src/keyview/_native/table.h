/* The table: slots in the order of insertion, and an index into them by hash.

   Nothing here knows about views, entries or iterators. Keys and queries arrive with their hash, so no
   key is ever hashed in this file, but for a str that keeps its own. The only code of the user's that it runs is an __eq__, in
   `table_find`; whatever hands out references leaves their release to its caller, who does it when
   the table is consistent. A slot's number holds for as long as the version is the same. */
#ifndef KEYVIEW_TABLE_H
#define KEYVIEW_TABLE_H

#include "seen.h"

typedef struct {
    PyObject *key; /* NULL: a gap, whose key was removed */
    PyObject *value;
    Py_hash_t hash;
} Slot;

/* What there is of a slot in a table all of whose keys are exactly str: a str keeps its own hash. */
typedef struct {
    PyObject *key;
    PyObject *value;
} Pair;

enum { TEXT = sizeof(Pair), ANY = sizeof(Slot) };

typedef struct {
    char *slots;       /* the start of the one block of memory; NULL if there is none yet */
    size_t stride;     /* the size of a slot: TEXT or ANY */
    void *index;       /* 1 << bits places, at the end of that block: a slot's number, FREE or GRAVE */
    Py_ssize_t used;   /* keys stored */
    Py_ssize_t first;  /* the first key is here or later */
    Py_ssize_t end;    /* the last key is before this */
    Py_ssize_t room;   /* slots there is memory for */
    Py_ssize_t filled; /* places of the index that are not FREE */
    uint64_t version;  /* counts every change that moves, adds or removes a slot */
    int bits;
} Table;

enum { FREE = -1, GRAVE = -2 };
enum { ABSENT = -1, FAILED = -2 };
enum { SMALLEST_BITS = 3, MOST_BITS = 8 * sizeof(Py_ssize_t) - 7 };

/* What there is room for in an index of MOST_BITS; keyview._refusals has the same number. */
#define MOST_KEYS (PY_SSIZE_T_MAX / 96)

/* The index of a table without memory; it is only ever read. */
static int8_t no_index[1 << SMALLEST_BITS] = {FREE, FREE, FREE, FREE, FREE, FREE, FREE, FREE};

static void
table_init(Table *table)
{
    memset(table, 0, sizeof *table);
    table->index = no_index;
    table->bits = SMALLEST_BITS;
    table->stride = TEXT;
}

static inline Pair *
pair_at(const Table *table, Py_ssize_t number)
{
    return (Pair *)(table->slots + (size_t)number * table->stride);
}

static inline Py_hash_t
hash_at(const Table *table, Py_ssize_t number)
{
    const Pair *pair = pair_at(table, number);
    return table->stride == TEXT ? ((PyASCIIObject *)pair->key)->hash : ((const Slot *)pair)->hash;
}

static inline Slot
slot_at(const Table *table, Py_ssize_t number)
{
    const Pair *pair = pair_at(table, number);
    return (Slot){pair->key, pair->value, pair->key == NULL ? 0 : hash_at(table, number)};
}

static inline void
slot_set(Table *table, Py_ssize_t number, Slot slot)
{
    *pair_at(table, number) = (Pair){slot.key, slot.value};
    if (table->stride == ANY) {
        ((Slot *)pair_at(table, number))->hash = slot.hash;
    }
}

/* -- the index ----------------------------------------------------------------------------------- */

static inline size_t
index_width(int bits)
{
    return bits < 8 ? 1 : bits < 16 ? 2 : bits < 32 ? 4 : 8;
}

static Py_ALWAYS_INLINE inline Py_ssize_t
index_read(const void *index, size_t width, size_t place)
{
    switch (width) {
    case 1: return ((const int8_t *)index)[place];
    case 2: return ((const int16_t *)index)[place];
    case 4: return ((const int32_t *)index)[place];
    default: return (Py_ssize_t)((const int64_t *)index)[place];
    }
}

static Py_ALWAYS_INLINE inline void
index_write(void *index, size_t width, size_t place, Py_ssize_t number)
{
    switch (width) {
    case 1: ((int8_t *)index)[place] = (int8_t)number; break;
    case 2: ((int16_t *)index)[place] = (int16_t)number; break;
    case 4: ((int32_t *)index)[place] = (int32_t)number; break;
    default: ((int64_t *)index)[place] = number;
    }
}

static inline Py_ssize_t
index_get(const Table *table, size_t place)
{
    return index_read(table->index, index_width(table->bits), place);
}

static inline void
index_set(Table *table, size_t place, Py_ssize_t number)
{
    index_write(table->index, index_width(table->bits), place, number);
}

/* The places where a hash may be, each of them sooner or later. */
typedef struct {
    size_t place, rest, mask;
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
    probe->place = (probe->place * 5 + probe->rest + 1) & probe->mask;
}

static inline size_t
place_of(const Table *table, Py_ssize_t number)
{
    Probe probe = probe_start(table, hash_at(table, number));
    while (index_get(table, probe.place) != number) {
        probe_next(&probe);
    }
    return probe.place;
}

static inline void
index_add(Table *table, Py_ssize_t number, Py_hash_t hash)
{
    Probe probe = probe_start(table, hash);
    Py_ssize_t before;
    while ((before = index_get(table, probe.place)) >= 0) {
        probe_next(&probe);
    }
    index_set(table, probe.place, number);
    table->filled += before == FREE;
}

/* Files every slot in an index where all is FREE; none of them, from the first on, is a gap. */
static Py_ALWAYS_INLINE inline void
index_fill_width(Table *table, size_t width)
{
    for (Py_ssize_t number = table->first; number < table->end; number++) {
        Probe probe = probe_start(table, hash_at(table, number));
        while (index_read(table->index, width, probe.place) != FREE) {
            probe_next(&probe);
        }
        index_write(table->index, width, probe.place, number);
    }
    table->filled = table->used;
}

static void
index_fill(Table *table)
{
    switch (index_width(table->bits)) { /* Once, and not for each slot. */
    case 1: index_fill_width(table, 1); break;
    case 2: index_fill_width(table, 2); break;
    case 4: index_fill_width(table, 4); break;
    default: index_fill_width(table, 8);
    }
}

/* -- memory -------------------------------------------------------------------------------------- */

static inline Py_ssize_t
room_of_bits(int bits)
{
    return (Py_ssize_t)((((size_t)1 << bits) << 1) / 3);
}

static inline size_t
table_bytes(const Table *table)
{
    if (table->slots == NULL) {
        return 0;
    }
    return (size_t)((char *)table->index - table->slots) + (index_width(table->bits) << table->bits);
}

#ifdef KEYVIEW_DEBUG
static void
table_check(const Table *table)
{
#define HOLDS(condition)                                                                           \
    if (!(condition)) Py_FatalError("keyview: the table is not consistent: " #condition)
    Py_ssize_t keys = 0, places = 0;
    if (table->room > 1000 && table->version % 1000 != 0) {
        return; /* Else each change of a large table takes as long as the table is. */
    }
    HOLDS(0 <= table->first && table->first <= table->end && table->end <= table->room);
    HOLDS(table->slots != NULL || (table->room == 0 && table->index == (void *)no_index));
    HOLDS(table->filled <= room_of_bits(table->bits));
    for (Py_ssize_t number = 0; number < table->end; number++) {
        const Pair *slot = pair_at(table, number);
        HOLDS((slot->key == NULL) == (slot->value == NULL));
        if (slot->key != NULL) {
            keys++;
            HOLDS(number >= table->first);
            HOLDS(Py_REFCNT(slot->key) > 0 && Py_REFCNT(slot->value) > 0);
            HOLDS(table->stride == ANY || PyUnicode_CheckExact(slot->key));
            (void)place_of(table, number);
        }
    }
    HOLDS(keys == table->used);
    if (table->slots != NULL) {
        for (size_t place = 0; place < (size_t)1 << table->bits; place++) {
            Py_ssize_t number = index_get(table, place);
            HOLDS(number >= GRAVE && number < table->end);
            HOLDS(number < 0 || pair_at(table, number)->key != NULL);
            places += number != FREE;
        }
        HOLDS(places == table->filled);
    }
#undef HOLDS
}
#else
#define table_check(table) ((void)(table))
#endif

/* Memory for an index of that many bits, without any key. -1 and MemoryError if there is none. */
static int
table_allocate(Table *table, int bits, size_t stride)
{
    table_init(table);
    size_t places = (size_t)1 << bits;
    Py_ssize_t room = room_of_bits(bits);
    char *block = bits > MOST_BITS
        ? NULL
        : PyMem_Malloc((size_t)room * stride + places * index_width(bits));
    if (block == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    table->slots = block;
    table->stride = stride;
    table->index = block + (size_t)room * stride;
    table->room = room;
    table->bits = bits;
    memset(table->index, 0xff, places * index_width(bits)); /* FREE, in every width */
    return 0;
}

/* Puts the slots, without the gaps, into another table or the same, behind so many free ones. */
static void
move_slots(const Table *table, Table *to, Py_ssize_t before)
{
    Py_ssize_t end = 0;
    if (table->used > 0 && table->used == table->end - table->first && table->stride == to->stride) {
        memmove(to->slots, pair_at(table, table->first), (size_t)table->used * table->stride);
        end = table->used;
    }
    for (Py_ssize_t number = table->first; end < table->used; number++) {
        Slot slot = slot_at(table, number);
        if (slot.key != NULL) {
            slot_set(to, end++, slot);
        }
    }
    if (before > 0) {
        memmove(pair_at(to, before), to->slots, (size_t)end * to->stride);
        memset(to->slots, 0, (size_t)before * to->stride);
    }
    to->first = before;
    to->end = before + end;
    to->used = end;
}

/* Moves the slots to the start, or behind so many free ones, and files them anew. It needs no memory, so it
   cannot fail. */
static void
table_rebuild_behind(Table *table, Py_ssize_t before)
{
    table->version++;
    if (table->slots == NULL) {
        return;
    }
    move_slots(table, table, before);
    memset(table->index, 0xff, index_width(table->bits) << table->bits);
    index_fill(table);
    table_check(table);
}

static void
table_rebuild(Table *table)
{
    table_rebuild_behind(table, 0);
}

/* Moves the slots into an index of that many bits. */
static int
table_resize(Table *table, int bits, size_t stride)
{
    Table made;
    if (table_allocate(&made, bits, stride) < 0) {
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
    while (bits <= MOST_BITS && room_of_bits(bits) < keys) {
        bits++;
    }
    return bits;
}

/* Room for that many keys in all, which if there are none yet are of any type, so that storing them
   needs no memory. No more memory than there is if it is enough. */
static int
table_reserve(Table *table, Py_ssize_t keys)
{
    if (keys > table->room) {
        return table_resize(table, bits_for(keys), table->used == 0 ? ANY : table->stride);
    }
    table_rebuild(table);
    return 0;
}

static int
table_shrink(Table *table)
{
    if (table->used == 0) {
        uint64_t version = table->version + 1;
        PyMem_Free(table->slots);
        table_init(table);
        table->version = version;
        return 0;
    }
    int bits = bits_for(table->used);
    if (bits < table->bits) {
        return table_resize(table, bits, table->stride);
    }
    table_rebuild(table);
    return 0;
}

/* -- finding ------------------------------------------------------------------------------------- */

/* Both are exactly str, and have the same hash. */
static inline int
same_text(PyObject *left, PyObject *right)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(left);
    int kind = PyUnicode_KIND(left);
    return length == PyUnicode_GET_LENGTH(right) && kind == (int)PyUnicode_KIND(right)
        && memcmp(PyUnicode_DATA(left), PyUnicode_DATA(right), (size_t)length * (size_t)kind) == 0;
}

/* Whether two objects with the same hash are equal; -1 if telling may run code of the user's. */
static inline int
is_same_plainly(PyObject *query, PyObject *key)
{
    if (PyUnicode_CheckExact(query) && PyUnicode_CheckExact(key)) {
        return same_text(query, key);
    }
    PyTypeObject *type = Py_TYPE(query);
    if (type != Py_TYPE(key) || (type != &PyLong_Type && type != &PyBytes_Type)) {
        return -1;
    }
    PyObject *answer = type->tp_richcompare(query, key, Py_EQ);
    Py_DECREF(answer); /* True or False: neither can fail, nor go. */
    return answer == Py_True;
}

/* The slot that holds this very object. Runs no code of the user's. */
static Py_ssize_t
table_locate(const Table *table, PyObject *key, Py_hash_t hash)
{
    for (Probe probe = probe_start(table, hash);; probe_next(&probe)) {
        Py_ssize_t number = index_get(table, probe.place);
        if (number == FREE) {
            return ABSENT;
        }
        if (number >= 0 && pair_at(table, number)->key == key) {
            return number;
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

/* As table_find, of anything. The query is asked before the stored key, and about no key twice,
   however often its __eq__ changes the table. While none does, each key is met once: the keys that
   said that they are not equal are only noted. */
static Py_ssize_t
table_find_any(const Table *table, PyObject *query, Py_hash_t hash)
{
    Seen asked;
    Py_ssize_t number;
    uint64_t before = table->version;
    seen_start(&asked);
again:;
    uint64_t version = table->version;
    for (Probe probe = probe_start(table, hash);; probe_next(&probe)) {
        number = index_get(table, probe.place);
        if (number == FREE) {
            number = ABSENT;
            break;
        }
        if (number < 0) {
            continue;
        }
        PyObject *key = pair_at(table, number)->key;
        if (key == query) {
            break;
        }
        if (hash_at(table, number) != hash) {
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
            number = table_locate(table, key, hash);
        }
        Py_DECREF(key);
        if (table->version != version || (equal && number < 0)) {
            goto again;
        }
        if (equal) {
            break;
        }
    }
    if (asked.count > 0) {
        seen_end(&asked);
        if (table->version != version) {
            goto again; /* The last reference to a key that was removed meanwhile ran a destructor. */
        }
    }
    return number;
}

/* As table_find, of what is exactly str among nothing else. */
static Py_ssize_t
table_find_str(const Table *table, PyObject *query, Py_hash_t hash)
{
    for (Probe probe = probe_start(table, hash);; probe_next(&probe)) {
        Py_ssize_t number = index_get(table, probe.place);
        if (number == FREE) {
            return ABSENT;
        }
        if (number >= 0) {
            PyObject *key = ((const Pair *)table->slots)[number].key;
            if (key == query || (((PyASCIIObject *)key)->hash == hash && same_text(query, key))) {
                return number;
            }
        }
    }
}

/* As table_find, where each slot has its hash. */
static Py_ssize_t
table_find_hashed(const Table *table, PyObject *query, Py_hash_t hash)
{
    for (Probe probe = probe_start(table, hash);; probe_next(&probe)) {
        Py_ssize_t number = index_get(table, probe.place);
        if (number == FREE) {
            return ABSENT;
        }
        if (number < 0) {
            continue;
        }
        const Slot *slot = &((const Slot *)table->slots)[number];
        if (slot->key == query) {
            return number;
        }
        if (slot->hash == hash) {
            int same = is_same_plainly(query, slot->key);
            if (same != 0) {
                return same > 0 ? number : table_find_any(table, query, hash);
            }
        }
    }
}

/* The slot that the query finds, or ABSENT, or FAILED with an exception. */
static inline Py_ssize_t
table_find(const Table *table, PyObject *query, Py_hash_t hash)
{
    return table->stride == ANY      ? table_find_hashed(table, query, hash)
        : PyUnicode_CheckExact(query) ? table_find_str(table, query, hash)
                                      : table_find_any(table, query, hash);
}

/* -- changing ------------------------------------------------------------------------------------ */

/* Sees to it that there is a slot for that key. */
static int
table_make_room(Table *table, PyObject *key)
{
    size_t stride = PyUnicode_CheckExact(key) && (table->used == 0 || table->stride == TEXT) ? TEXT : ANY;
    int full = table->end == table->room || table->filled == table->room;
    int bits = table->bits + (full && table->used > table->room / 2);
    if (table->slots == NULL || stride > table->stride || bits > table->bits) {
        return table_resize(table, bits, stride);
    }
    table->stride = stride; /* Less than before only where there are no slots. */
    if (full) {
        table_rebuild(table);
    }
    return 0;
}

/* Sees to it that a key may be put in place of an equal one. No slot moves: iterators go on. */
static int
table_admit(Table *table, PyObject *key)
{
    if (table->stride == ANY || PyUnicode_CheckExact(key)) {
        return 0;
    }
    Table made;
    if (table_allocate(&made, table->bits, ANY) < 0) {
        return -1;
    }
    for (Py_ssize_t number = 0; number < table->end; number++) {
        slot_set(&made, number, slot_at(table, number));
    }
    memcpy(made.index, table->index, index_width(table->bits) << table->bits);
    PyMem_Free(table->slots);
    table->slots = made.slots;
    table->stride = made.stride;
    table->index = made.index;
    table_check(table);
    return 0;
}

/* Adds a slot for a key that is not there; its number, or FAILED and the table as it was. */
static Py_ssize_t
table_add(Table *table, PyObject *key, Py_hash_t hash, PyObject *value)
{
    int fits = table->stride == TEXT ? PyUnicode_CheckExact(key) : table->used > 0;
    if ((!fits || table->end == table->room || table->filled == table->room)
        && table_make_room(table, key) < 0)
    {
        return FAILED;
    }
    Py_ssize_t number = table->end++;
    slot_set(table, number, (Slot){Py_NewRef(key), Py_NewRef(value), hash});
    index_add(table, number, hash);
    table->used++;
    table->version++;
    table_check(table);
    return number;
}

/* Makes a gap of a slot. The first slot and the last are none: each gap there is passed once. */
static inline void
slot_clear(Table *table, Py_ssize_t number)
{
    pair_at(table, number)->key = pair_at(table, number)->value = NULL;
    if (table->used == 0) {
        table->first = table->end = 0;
    }
    else if (number == table->first) {
        while (pair_at(table, table->first)->key == NULL) {
            table->first++;
        }
    }
    else if (number == table->end - 1) {
        while (pair_at(table, table->end - 1)->key == NULL) {
            table->end--;
        }
    }
}

/* Removes a slot and hands over its references. */
static Slot
table_take(Table *table, Py_ssize_t number)
{
    Slot taken = slot_at(table, number);
    index_set(table, place_of(table, number), GRAVE);
    table->version++;
    table->used--;
    slot_clear(table, number);
    table_check(table);
    return taken;
}

/* So that iteration does not crawl over gaps. Not where they are few for the memory that was asked
   for: filing anew takes as long as the index is. */
static void
table_close_gaps(Table *table)
{
    Py_ssize_t span = table->end - table->first;
    if (span > 64 && table->used < span / 4 && span > table->room / 8) {
        table_rebuild(table);
    }
}

static Slot
table_remove(Table *table, Py_ssize_t number)
{
    Slot taken = table_take(table, number);
    table_close_gaps(table);
    return taken;
}

/* -- positions ----------------------------------------------------------------------------------- */

static inline int
has_gaps(const Table *table)
{
    return table->used != table->end - table->first;
}

/* The slot at a position, of which there must be one. */
static Py_ssize_t
table_number_at(const Table *table, Py_ssize_t position)
{
    if (!has_gaps(table)) {
        return table->first + position;
    }
    int backwards = position > table->used / 2;
    Py_ssize_t step = backwards ? -1 : 1, left = backwards ? table->used - 1 - position : position;
    Py_ssize_t number = backwards ? table->end - 1 : table->first;
    while (left > 0) {
        number += step;
        left -= pair_at(table, number)->key != NULL;
    }
    return number;
}

static Py_ssize_t
table_position_of(const Table *table, Py_ssize_t number)
{
    if (!has_gaps(table)) {
        return number - table->first;
    }
    Py_ssize_t position = 0;
    for (Py_ssize_t before = table->first; before < number; before++) {
        position += pair_at(table, before)->key != NULL;
    }
    return position;
}

/* Sees to it that there is a free slot behind the last or before the first. A half of what is free, at least
   a quarter of all, is then there: so each rebuild is paid for by as many moves. */
static int
table_make_room_at_end(Table *table, int last)
{
    if (last ? table->end < table->room : table->first > 0) {
        return 0;
    }
    if (table->used > table->room / 2 && table_resize(table, table->bits + 1, table->stride) < 0) {
        return -1;
    }
    if (!last || table->end == table->room) {
        table_rebuild_behind(table, last ? 0 : (table->room - table->used) / 2);
    }
    return 0;
}

/* Makes a slot the last or the first. -1 and the table as it was if there is no memory. */
static int
table_move_to_end(Table *table, Py_ssize_t number, int last)
{
    if (number == (last ? table->end - 1 : table->first)) {
        return 0;
    }
    PyObject *key = pair_at(table, number)->key;
    Py_hash_t hash = hash_at(table, number);
    uint64_t version = table->version;
    if (table_make_room_at_end(table, last) < 0) {
        return -1;
    }
    if (table->version != version) {
        number = table_locate(table, key, hash);
    }
    size_t place = place_of(table, number);
    Py_ssize_t to = last ? table->end++ : --table->first;
    slot_set(table, to, slot_at(table, number));
    index_set(table, place, to);
    slot_clear(table, number);
    table->version++;
    table_close_gaps(table);
    table_check(table);
    return 0;
}

/* Removes a slot, lets the last one take its place, and hands over its references. */
static Slot
table_swap_remove(Table *table, Py_ssize_t number)
{
    Py_ssize_t last = table->end - 1;
    if (number == last) {
        return table_remove(table, number);
    }
    Slot taken = slot_at(table, number);
    index_set(table, place_of(table, number), GRAVE);
    index_set(table, place_of(table, last), number);
    slot_set(table, number, slot_at(table, last));
    table->version++;
    table->used--;
    slot_clear(table, last);
    table_check(table);
    table_close_gaps(table);
    return taken;
}

/* Puts the slots into the order of these numbers, which must be those of all of them. */
static int
table_reorder(Table *table, const Py_ssize_t *numbers)
{
    Table made;
    if (table->used == 0) {
        table_rebuild(table);
        return 0;
    }
    if (table_allocate(&made, table->bits, table->stride) < 0) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < table->used; i++) {
        slot_set(&made, i, slot_at(table, numbers[i]));
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

/* Hands over everything, and leaves the table empty. */
static Table
table_take_all(Table *table)
{
    Table taken = *table;
    table_init(table);
    table->version = taken.version + (taken.used > 0);
    return taken;
}

static void
slot_drop(Slot slot)
{
    Py_DECREF(slot.key);
    Py_DECREF(slot.value);
}

/* Lets go of what table_take_all handed over. */
static void
table_drop(Table *table)
{
    for (Py_ssize_t number = table->first; number < table->end; number++) {
        if (pair_at(table, number)->key != NULL) {
            slot_drop(slot_at(table, number));
        }
    }
    PyMem_Free(table->slots);
}

/* Fills a table, which must be empty, with the slots of another. */
static int
table_copy(Table *table, const Table *other)
{
    if (other->used == 0) {
        return 0;
    }
    Table made;
    int bits = bits_for(other->used);
    if (table->slots != NULL && table->bits > bits) {
        bits = table->bits; /* That much was reserved. */
    }
    if (table_allocate(&made, bits, other->stride) < 0) {
        return -1;
    }
    int alike = bits == other->bits && other->used == other->end && other->used == other->filled;
    if (alike) {
        memcpy(made.index, other->index, index_width(bits) << bits);
        made.filled = other->filled;
    }
    move_slots(other, &made, 0);
    for (Py_ssize_t number = 0; number < made.end; number++) {
        Py_INCREF(pair_at(&made, number)->key);
        Py_INCREF(pair_at(&made, number)->value);
    }
    if (!alike) {
        index_fill(&made);
    }
    made.version = table->version + 1;
    PyMem_Free(table->slots);
    *table = made;
    table_check(table);
    return 0;
}

#endif

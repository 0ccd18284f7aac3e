/* Copying the table of a dict as a block, with the hashes of its keys.

   No function of CPython's API tells the hashes that a dict has, and hashing a key again may run Python code.
   What is read here is therefore the memory of a dict, whose layout is private to CPython. It is the same from
   3.11 to 3.15; no later version is read. `dicts_are_known` tries it when the module is loaded: if anything
   is not as expected, or a dict is of another kind, bulk.h reads the dict by PyDict_Next instead. */
#ifndef KEYVIEW_ADOPT_H
#define KEYVIEW_ADOPT_H

#include "table.h"
#include "views.h"

#if PY_VERSION_HEX < 0x03100000 && !defined(Py_GIL_DISABLED) && !defined(PYPY_VERSION)             \
    && !defined(KEYVIEW_READS_NO_DICT)
#define KEYVIEW_READS_DICTS 1
#else
#define KEYVIEW_READS_DICTS 0
#endif

/* CPython's struct _dictkeysobject. The index is as a Table's, and the slots follow it: each a Pair if all keys
   are exactly str, else a DictSlot. */
typedef struct {
    Py_ssize_t references;
    uint8_t bits;
    uint8_t index_bits; /* the index has 1 << index_bits bytes */
    uint8_t kind;       /* 0: any keys, 1: str, 2: its values are elsewhere */
    uint32_t version;
    Py_ssize_t usable; /* slots that are free */
    Py_ssize_t end;    /* slots that are in use, holes included */
    char index[];
} DictTable;

/* CPython's PyDictKeyEntry. */
typedef struct {
    Py_hash_t hash;
    PyObject *key;
    PyObject *value; /* NULL: a hole */
} DictSlot;

#if KEYVIEW_READS_DICTS

static inline const DictTable *
table_of_dict(PyObject *dict)
{
    return (const DictTable *)((PyDictObject *)dict)->ma_keys;
}

/* Whether a key is a view, if it is not of the class `plain`, whose instances are none. Runs no Python code. */
static inline int
is_view_beside(State *state, PyObject *key, PyTypeObject **plain)
{
    PyTypeObject *type = Py_TYPE(key);
    if (type == *plain || is_of_builtins(key)) {
        return 0;
    }
    int view = is_view(state, key);
    if (view == 0 && type != &PyTuple_Type) {
        *plain = type;
    }
    return view;
}

/* The layout that most probably fits the keys of a dict: that of its first key. */
static Layout
layout_of_dict(const DictTable *theirs)
{
    const DictSlot *slot = (const DictSlot *)(theirs->index + ((size_t)1 << theirs->index_bits));
    if (theirs->kind == 1) {
        return TEXT;
    }
    while (slot->value == NULL) {
        slot++;
    }
    return is_small_int(slot->key) ? INTEGER : ANY;
}

/* Copies the slots of a dict into a new table. 1; 0 if a key is a view; UNSURE if a key does not fit the layout of the
   table; -1 and an exception. */
static Py_ALWAYS_INLINE inline int
adopt_slots(State *state, const DictTable *theirs, Py_ssize_t used, Table *made, Layout layout)
{
    const char *slots = theirs->index + ((size_t)1 << theirs->index_bits);
    PyTypeObject *plain = NULL;
    Py_ssize_t end = 0;
    int done = 1;
    for (Py_ssize_t i = 0; end < used; i++) {
        Slot slot = {0};
        if (layout == TEXT) {
            slot.key = ((const Pair *)slots)[i].key;
            slot.value = ((const Pair *)slots)[i].value;
        }
        else {
            const DictSlot *theirs_slot = &((const DictSlot *)slots)[i];
            slot = (Slot){theirs_slot->key, theirs_slot->value, theirs_slot->hash};
        }
        if (slot.value == NULL) {
            continue;
        }
        if (layout == INTEGER && !is_small_int(slot.key)) {
            done = UNSURE;
            break;
        }
        int view = layout == ANY ? is_view_beside(state, slot.key, &plain) : 0;
        if (view != 0) {
            done = view < 0 ? -1 : 0;
            break;
        }
        Py_INCREF(slot.key);
        Py_INCREF(slot.value);
        if (layout == ANY) {
            ((Slot *)made->slots)[end++] = slot;
        }
        else {
            if (layout == INTEGER) {
                *small_int_at(made, end) = small_int(slot.key);
            }
            ((Pair *)made->slots)[end++] = (Pair){slot.key, slot.value};
        }
    }
    made->end = made->used = end;
    return done;
}

/* As adopt_slots, into a new table of a layout. Unless it is 1, the table is dropped. */
static int
adopt_into(State *state, const DictTable *theirs, Py_ssize_t used, Table *made, int bits,
           Layout layout)
{
    if (table_allocate(made, bits, layout) < 0) {
        return -1;
    }
    int done = layout == TEXT ? adopt_slots(state, theirs, used, made, TEXT)
        : layout == INTEGER   ? adopt_slots(state, theirs, used, made, INTEGER)
                              : adopt_slots(state, theirs, used, made, ANY);
    if (done != 1) {
        table_drop(made); /* Runs nothing: the dict has references, too. */
    }
    return done;
}

/* Fills the table of a map, if it is empty, with the pairs of a dict. 1 if it did; 0, and nothing was done, if the
   dict is to be read in another way; -1 and an exception, and nothing was done, on failure. */
static int
table_adopt(State *state, Table *table, PyObject *dict)
{
    const DictTable *theirs = table_of_dict(dict);
    Py_ssize_t used = PyDict_GET_SIZE(dict);
    if (!state->dicts_are_known || table->used > 0 || used == 0 || theirs->kind > 1
        || ((PyDictObject *)dict)->ma_values != NULL) {
        return 0;
    }
    int bits = bits_for(used);
    if (table->bits > bits) {
        bits = table->bits; /* Keep the capacity that was reserved. */
    }
    Table made;
    int done = adopt_into(state, theirs, used, &made, bits, layout_of_dict(theirs));
    if (done == UNSURE) {
        done = adopt_into(state, theirs, used, &made, bits, ANY);
    }
    if (done != 1) {
        return done;
    }
    if (bits == theirs->bits && theirs->end == used
        && theirs->usable + used == capacity_of(&made)) {
        memcpy(made.index, theirs->index, index_width(bits) << bits);
        made.used_buckets = used;
    }
    else {
        index_fill(&made);
    }
    made.version = table->version + 1;
    PyMem_Free(table->slots);
    *table = made;
    table_check(table);
    return 1;
}

/* Whether the fields of a dict without holes are what they must be; before anything else is read. */
static int
has_known_fields(PyObject *dict, int kind)
{
    const DictTable *theirs = table_of_dict(dict);
    Py_ssize_t used = PyDict_GET_SIZE(dict);
    return ((PyDictObject *)dict)->ma_values == NULL && theirs->references == 1
        && theirs->bits == bits_for(used) && theirs->index_bits == theirs->bits
        && theirs->kind == kind && theirs->end == used
        && theirs->usable + used == capacity_of_bits(theirs->bits);
}

/* Whether a dict without holes, of one kind, is copied as it is. -1 and an exception on failure. */
static int
is_adopted_well(State *state, PyObject *dict, int kind)
{
    Table table;
    PyObject *key, *value;
    Py_ssize_t next = 0, slot_index = 0;
    if (!has_known_fields(dict, kind)) {
        return 0;
    }
    table_init(&table, TEXT);
    int same = table_adopt(state, &table, dict);
    while (same > 0 && PyDict_Next(dict, &next, &key, &value)) {
        Slot slot = slot_at(&table, slot_index);
        same = slot.key == key && slot.value == value && slot.hash == PyObject_Hash(key)
            && table_locate(&table, key, slot.hash) == slot_index;
        slot_index++;
    }
    table_drop(&table);
    return same;
}

/* Whether dicts are as this file describes them. -1 and an exception on failure. */
static int
dicts_are_known(State *state)
{
    PyObject *text =
        Py_BuildValue("{sisisisisisi}", "a", 0, "b", 1, "c", 2, "d", 3, "e", 4, "f", 5);
    PyObject *mixed =
        Py_BuildValue("{iisidi(is)iOi}", 1 << 20, 0, "b", 1, 2.5, 2, 5, "five", 3, Py_None, 4);
    int known = text == NULL || mixed == NULL ? -1 : 1;
    state->dicts_are_known = 1;
    known = known > 0 ? is_adopted_well(state, text, 1) : known;
    known = known > 0 ? is_adopted_well(state, mixed, 0) : known;
    state->dicts_are_known = known > 0;
    Py_XDECREF(text);
    Py_XDECREF(mixed);
    return known;
}

#else

static int
table_adopt(State *Py_UNUSED(state), Table *Py_UNUSED(table), PyObject *Py_UNUSED(dict))
{
    return 0;
}

static int
dicts_are_known(State *Py_UNUSED(state))
{
    return 0;
}

#endif
#endif

/* A map, and the ways to store in it that its methods and its entries share. */
#ifndef KEYVIEW_INSERTION_H
#define KEYVIEW_INSERTION_H

#include "owner.h"
#include "table.h"
#include "views.h"

typedef struct {
    OWNER_HEAD
    Table table;
} Map;

static inline PyObject *
value_at(const Map *map, Py_ssize_t slot_index)
{
    return Py_NewRef(pair_at(&map->table, slot_index)->value);
}

/* Puts a value into a slot; the old value, whose reference is the caller's to release. */
static inline PyObject *
swap_value(Map *map, Py_ssize_t slot_index, PyObject *value)
{
    PyObject *old = pair_at(&map->table, slot_index)->value;
    pair_at(&map->table, slot_index)->value = Py_NewRef(value);
    return old;
}

/* Adds what is known to be absent at this version, or finds it: building a view's key may change the
   map. Sets *added. FAILED with an exception, and then nothing was stored. */
static Py_ssize_t
add_absent(Map *map, PyObject *query, Py_hash_t hash, PyObject *value, int *added)
{
    Table *table = &map->table;
    uint64_t version = table->version;
    Py_ssize_t slot_index = ABSENT;
    PyObject *key = owned_key(map->state, query, hash);
    *added = 0;
    if (key == NULL) {
        return FAILED;
    }
    if (table->version != version) {
        slot_index = table_find(table, query, hash);
    }
    if (slot_index == ABSENT) {
        slot_index = table_add(table, key, hash, value);
        *added = slot_index >= 0;
    }
    if (*added) {
        Py_DECREF(key); /* Not the last reference: the table has one. */
        return slot_index;
    }
    version = table->version;
    Py_DECREF(key); /* It may have a destructor. */
    if (slot_index >= 0 && table->version != version) {
        slot_index = table_find(table, query, hash);
    }
    return slot_index == ABSENT ? add_absent(map, query, hash, value, added) : slot_index;
}

/* The slot that `query` finds, or else a new one holding `value`; *added tells which. */
static inline Py_ssize_t
find_or_add(Map *map, PyObject *query, Py_hash_t hash, PyObject *value, int *added)
{
    Py_ssize_t slot_index = table_find(&map->table, query, hash);
    *added = 0;
    return slot_index == ABSENT ? add_absent(map, query, hash, value, added) : slot_index;
}

static int
insert(Map *map, PyObject *query, Py_hash_t hash, PyObject *value)
{
    int added;
    Py_ssize_t slot_index = find_or_add(map, query, hash, value, &added);
    if (slot_index < 0) {
        return -1;
    }
    if (!added) {
        Py_DECREF(swap_value(map, slot_index, value));
    }
    return 0;
}

/* What a factory makes. */
static inline PyObject *
made_by(PyObject *factory)
{
    /* Calling the class list takes twice as long as making a list, and most factories are it. */
    return factory == (PyObject *)&PyList_Type ? PyList_New(0) : PyObject_CallNoArgs(factory);
}

/* Whether adding to the value in a slot runs no code of the user's. */
static inline int
adds_without_python(const Map *map, Py_ssize_t slot_index, PyObject *value)
{
    return PyLong_CheckExact(value) && PyLong_CheckExact(pair_at(&map->table, slot_index)->value);
}

/* Adds to a value for which that is so; the sum. */
static inline PyObject *
add_without_python(Map *map, Py_ssize_t slot_index, PyObject *value)
{
    PyObject *sum = PyNumber_Add(pair_at(&map->table, slot_index)->value, value);
    if (sum != NULL) {
        Py_DECREF(swap_value(map, slot_index, sum));
    }
    return sum;
}

/* Stores `value`, or what `combine` makes of the old value and it; what was stored. */
static PyObject *
merge(Map *map, PyObject *query, Py_hash_t hash, PyObject *value, PyObject *combine)
{
    Table *table = &map->table;
    int added;
    Py_ssize_t slot_index = find_or_add(map, query, hash, value, &added);
    if (slot_index < 0) {
        return NULL;
    }
    if (added) {
        return Py_NewRef(value);
    }
    if (combine == map->state->add && adds_without_python(map, slot_index, value)) {
        return add_without_python(map, slot_index, value);
    }
    uint64_t version = table->version;
    PyObject *key = Py_NewRef(pair_at(table, slot_index)->key);
    PyObject *old = value_at(map, slot_index);
    PyObject *arguments[] = {NULL, old, value};
    PyObject *merged =
        PyObject_Vectorcall(combine, arguments + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    if (merged != NULL && table->version != version) {
        slot_index = table_locate(table, key, hash);
    }
    if (merged != NULL && slot_index >= 0) {
        Py_DECREF(
            swap_value(map, slot_index, merged)); /* `old` is held: nothing is destroyed yet. */
    }
    else if (merged != NULL && insert(map, query, hash, merged) < 0) {
        Py_CLEAR(merged);
    }
    Py_DECREF(old);
    Py_DECREF(key);
    return merged;
}

#endif

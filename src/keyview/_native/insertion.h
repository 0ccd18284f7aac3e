/* Map, and the functions with which its methods and its entries store pairs. */
#ifndef KEYVIEW_INSERTION_H
#define KEYVIEW_INSERTION_H

#include "sorting.h"

typedef struct {
    OWNER_HEAD
    Table table;
} Map;

/* Counts every change that moves, adds or removes a pair of a Map or a Sorted. */
static inline uint64_t
owner_version(const Owner *owner)
{
    return owner->kind == HASHED ? ((const Map *)owner)->table.version
                                 : ((const Sorted *)owner)->tree.version;
}

/* The value in a slot. New reference. */
static inline PyObject *
value_at(const Map *map, Py_ssize_t slot_index)
{
    return Py_NewRef(pair_at(&map->table, slot_index)->value);
}

/* Puts a value into a slot, and returns the old value. The reference to it is the caller's now
   (RELEASE LATE, in table.h). */
static inline PyObject *
replace_value(Map *map, Py_ssize_t slot_index, PyObject *value)
{
    PyObject *old = pair_at(&map->table, slot_index)->value;
    pair_at(&map->table, slot_index)->value = Py_NewRef(value);
    return old;
}

/* Adds a pair whose key is absent at this version. Building a view's key may change the map; if the
   key is there afterwards, nothing is added. The slot index; *added says whether the pair was
   added. FAILED and an exception if nothing could be stored. */
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
        Py_DECREF(key); /* Runs nothing: the table has a reference, too. */
        return slot_index;
    }
    version = table->version;
    Py_DECREF(key); /* This may run a destructor: SAME VERSION, in table.h. */
    if (slot_index >= 0 && table->version != version) {
        slot_index = table_find(table, query, hash);
    }
    return slot_index == ABSENT ? add_absent(map, query, hash, value, added) : slot_index;
}

/* As find_or_add, unless the query and all keys are exactly str. */
static Py_ssize_t
find_or_add_any(Map *map, PyObject *query, Py_hash_t hash, PyObject *value, int *added)
{
    Py_ssize_t slot_index = UNSURE;
    *added = 0;
    if (map->table.layout == INTEGER && is_small_int(query)) {
        return table_put_integer(&map->table, query, hash, value, added);
    }
    if (map->table.layout == ANY && is_of_builtins(query)) {
        slot_index = table_put_hashed(&map->table, query, hash, value, added);
    }
    if (slot_index == UNSURE) {
        slot_index = table_find(&map->table, query, hash);
    }
    return slot_index == ABSENT ? add_absent(map, query, hash, value, added) : slot_index;
}

/* The slot that `query` finds, or else a new one with `value`; *added says which. FAILED and an
   exception if nothing could be stored. */
static Py_ALWAYS_INLINE inline Py_ssize_t
find_or_add(Map *map, PyObject *query, Py_hash_t hash, PyObject *value, int *added)
{
    return map->table.layout == TEXT && PyUnicode_CheckExact(query)
        ? table_put_str(&map->table, query, hash, value, added)
        : find_or_add_any(map, query, hash, value, added);
}

/* map[query] = value, for a query whose hash is known. -1 and an exception on failure. */
static inline int
insert(Map *map, PyObject *query, Py_hash_t hash, PyObject *value)
{
    int added;
    Py_ssize_t slot_index = find_or_add(map, query, hash, value, &added);
    if (slot_index < 0) {
        return -1;
    }
    if (!added) {
        Py_DECREF(replace_value(map, slot_index, value));
    }
    return 0;
}

/* factory(). New reference. */
static inline PyObject *
made_by(PyObject *factory)
{
    /* Most factories are the class list, and calling it takes twice as long as PyList_New. */
    return factory == (PyObject *)&PyList_Type ? PyList_New(0) : PyObject_CallNoArgs(factory);
}

/* Whether the value in a slot and `value` are exactly ints, so that adding them runs no Python
   code. */
static inline int
adds_without_python(const Map *map, Py_ssize_t slot_index, PyObject *value)
{
    return PyLong_CheckExact(value) && PyLong_CheckExact(pair_at(&map->table, slot_index)->value);
}

/* Adds `value` to the value in a slot, for which adds_without_python is true. The sum, a new
   reference. */
static inline PyObject *
add_without_python(Map *map, Py_ssize_t slot_index, PyObject *value)
{
    PyObject *sum = PyNumber_Add(pair_at(&map->table, slot_index)->value, value);
    if (sum != NULL) {
        Py_DECREF(replace_value(map, slot_index, sum));
    }
    return sum;
}

/* Stores `value` under a new key; under one that is there, combine(old value, value). What was
   stored, a new reference. */
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
        /* Runs nothing: `old` holds another reference. */
        Py_DECREF(replace_value(map, slot_index, merged));
    }
    else if (merged != NULL && insert(map, query, hash, merged) < 0) {
        Py_CLEAR(merged);
    }
    Py_DECREF(old);
    Py_DECREF(key);
    return merged;
}

/* The value under the key that is asked for; what `factory` makes is stored first if the key is
   absent. */
static PyObject *
sorted_value_or_made(Sorted *self, PyObject *asked, PyObject *factory)
{
    Query query;
    Place place;
    Tree *tree = &self->tree;
    PyObject *value = NULL, *made = NULL;
    int added, found = sorted_find(self, asked, &query, &place);
    uint64_t version = tree->version;
    if (found > 0) {
        value = Py_NewRef(*value_cell(place));
    }
    else if (found == 0 && (made = made_by(factory)) != NULL) {
        int done = tree->version == version ? sorted_add(self, &query, made, &place) : CHANGED;
        if (done == CHANGED) {
            query_digest(tree, &query);
            done = sorted_find_or_add(self, &query, made, &place, &added);
        }
        value = done < 0 ? NULL : Py_NewRef(*value_cell(place));
    }
    query_end(&query);
    Py_XDECREF(made);
    return value;
}

#endif

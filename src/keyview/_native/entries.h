/* keyview.entry(mapping, query): an entry of any mutable mapping. */
#ifndef KEYVIEW_ENTRIES_H
#define KEYVIEW_ENTRIES_H

#include "whole.h"

/* The entry of a mapping that is not keyview's. A view is hashed: its entry stores the key with this
   hash. */
static PyObject *
foreign_entry(State *state, PyObject *mapping, PyObject *query)
{
    int view = is_builtin_key(query) ? 0 : is_view(state, query);
    Py_hash_t hash = view > 0 ? PyObject_Hash(query) : 0;
    if (view < 0 || (hash == -1 && PyErr_Occurred())) {
        return NULL;
    }
    PyObject *value;
    int found = foreign_get(state, mapping, query, &value);
    if (found < 0) {
        return NULL;
    }
    if (found == 0) {
        return foreign_vacant_new(state, mapping, Py_NewRef(query), hash, !view);
    }
    Py_DECREF(value);
    PyObject *key = view ? owned_key(state, query, hash) : Py_NewRef(query);
    return key == NULL ? NULL : foreign_occupied_new(state, mapping, key, hash);
}

/* Whether `mapping` is a MutableMapping: 1, else an exception is set. */
static int
is_mutable_mapping(State *state, PyObject *mapping)
{
    int is_one = PyObject_IsInstance(mapping, state->MutableMapping);
    if (is_one == 0) {
        raise_message_about(state, "not_a_mutable_mapping", mapping);
    }
    return is_one;
}

static PyObject *
core_entry(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    State *state = PyModule_GetState(module);
    if (!takes("entry", count, 2, 2)) {
        return NULL;
    }
    PyObject *mapping = arguments[0], *query = arguments[1];
    if (PyDict_Check(mapping)) {
        return foreign_entry(state, mapping, query);
    }
    if (Py_TYPE(mapping) == state->specialized) {
        return map_entry((Map *)mapping, query);
    }
    if (PyObject_TypeCheck(mapping, state->Map)
        || PyObject_TypeCheck(mapping, state->SortedMap)) { /* A subclass may override `entry`. */
        return PyObject_CallMethodOneArg(mapping, state->name_entry, query);
    }
    return is_mutable_mapping(state, mapping) > 0 ? foreign_entry(state, mapping, query) : NULL;
}

#endif

/* Which queries are views of a key; the key to store for one. */
#ifndef KEYVIEW_VIEWS_H
#define KEYVIEW_VIEWS_H

#include "seen.h"

/* Whether the class defines `name`, as something other than None. */
static int
class_defines(PyTypeObject *cls, PyObject *name)
{
    PyObject *mro = cls->tp_mro;
    Py_ssize_t count = PyTuple_GET_SIZE(mro);
    for (Py_ssize_t i = 0; i < count && PyTuple_GET_ITEM(mro, i) != (PyObject *)&PyBaseObject_Type;
         i++) {
        /* A builtin class may keep its dict elsewhere; it has none of the names that are asked for. */
        PyObject *dict = ((PyTypeObject *)PyTuple_GET_ITEM(mro, i))->tp_dict;
        PyObject *found = dict == NULL ? NULL : PyDict_GetItemWithError(dict, name);
        if (found != NULL) {
            return found != Py_None;
        }
        if (PyErr_Occurred()) {
            return -1;
        }
    }
    return 0;
}

/* Whether the class alone says that it is no view. */
static inline int
is_builtin_key(PyObject *query)
{
    return PyUnicode_CheckExact(query) || PyLong_CheckExact(query) || PyBytes_CheckExact(query);
}

static int tuple_has_view(State *state, PyObject *tuple);

static int
is_view(State *state, PyObject *query)
{
    PyTypeObject *cls = Py_TYPE(query);
    return is_builtin_key(query)    ? 0
        : cls == &PyMemoryView_Type ? 1
        : cls == &PyTuple_Type      ? tuple_has_view(state, query)
                                    : class_defines(cls, state->name_key);
}

/* A tuple may be nested deeper than C may recurse, and be in others many times over: those that are nested
   wait in `nested`, each of them once, as in keyview.views. */
static int
nested_tuple_has_view(State *state, PyObject *tuple)
{
    Seen nested;
    Py_ssize_t next = 0;
    int view = 0;
    seen_start(&nested);
    for (;;) {
        for (Py_ssize_t i = 0; view == 0 && i < PyTuple_GET_SIZE(tuple); i++) {
            PyObject *item = PyTuple_GET_ITEM(tuple, i);
            if (!PyTuple_CheckExact(item)) {
                view = is_view(state, item);
                continue;
            }
            int known = seen_has(&nested, item);
            if (known < 0 || (known == 0 && seen_add(&nested, item) < 0)) {
                view = -1;
            }
        }
        if (view != 0 || next == nested.count) {
            break;
        }
        tuple = nested.objects[next++];
    }
    seen_end(&nested);
    return view;
}

/* Most tuples hold no other: they are looked through at once. */
static int
tuple_has_view(State *state, PyObject *tuple)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(tuple); i++) {
        PyObject *item = PyTuple_GET_ITEM(tuple, i);
        if (PyTuple_CheckExact(item)) {
            return nested_tuple_has_view(state, tuple);
        }
        int view = is_view(state, item);
        if (view != 0) {
            return view;
        }
    }
    return 0;
}

/* The key to store for a query: itself, unless it is a view. A new reference. */
static PyObject *
owned_key(State *state, PyObject *query, Py_hash_t hash)
{
    int view = is_builtin_key(query) ? 0 : is_view(state, query);
    if (view < 0) {
        return NULL;
    }
    if (view == 0) {
        return Py_NewRef(query);
    }
    return PyObject_CallFunction(state->owned_key, "On", query, (Py_ssize_t)hash);
}

#endif

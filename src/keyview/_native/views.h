/* Whether a query is a view (a KeyView, a memoryview, or a tuple that has one in it), and the key
   to store for a query. */
#ifndef KEYVIEW_VIEWS_H
#define KEYVIEW_VIEWS_H

#include "seen.h"

/* Whether a class has `name` in its own dict or a base's, as something other than None. -1 and an
   exception on failure. */
static int
class_defines(PyTypeObject *cls, PyObject *name)
{
    PyObject *mro = cls->tp_mro;
    Py_ssize_t count = PyTuple_GET_SIZE(mro);
    for (Py_ssize_t i = 0; i < count && PyTuple_GET_ITEM(mro, i) != (PyObject *)&PyBaseObject_Type;
         i++) {
        /* tp_dict is NULL for some builtin classes; none of them defines the names that are asked
           for. */
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

static int tuple_has_view(State *state, PyObject *tuple);

/* Whether a query is a view. -1 and an exception on failure. */
static int
is_view(State *state, PyObject *query)
{
    PyTypeObject *cls = Py_TYPE(query);
    return is_builtin_key(query)    ? 0
        : cls == &PyMemoryView_Type ? 1
        : cls == &PyTuple_Type      ? tuple_has_view(state, query)
                                    : class_defines(cls, state->name_key);
}

/* Whether a tuple, or one that is nested in it, has a view. Without recursion, because tuples may
   be nested deeper than the C stack: nested tuples wait in `nested`, each once, as in
   keyview.views. */
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

/* Whether a tuple has a view in it. Most tuples have no tuple in them: no list of these is made. */
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

/* As owned_key, of what is no builtin key. */
static PyObject *
owned_key_of_any(State *state, PyObject *query, Py_hash_t hash)
{
    int view = is_view(state, query);
    if (view < 0) {
        return NULL;
    }
    if (view == 0) {
        return Py_NewRef(query);
    }
    return PyObject_CallFunction(state->owned_key, "On", query, (Py_ssize_t)hash);
}

/* The key to store for a query: itself, unless it is a view. A new reference. */
static Py_ALWAYS_INLINE inline PyObject *
owned_key(State *state, PyObject *query, Py_hash_t hash)
{
    return is_builtin_key(query) ? Py_NewRef(query) : owned_key_of_any(state, query, hash);
}

#endif

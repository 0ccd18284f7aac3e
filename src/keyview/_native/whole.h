/* Operations on a whole map of either kind, which HashMap and SortedMap use. */
#ifndef KEYVIEW_WHOLE_H
#define KEYVIEW_WHOLE_H

#include "range.h"

/* -- functions of the module -------------------------------------------------------------------- */

/* hashmap.py and sortedmap.py call these. They are functions of the module, not methods, because
   a subclass of a map may have a method of any name, private names too. */

/* The first argument, if it is an instance of one of two classes, and there are `wanted` arguments.
   Else NULL and TypeError, in which `what` names the two. */
static Owner *
first_of(PyTypeObject *hashed, PyTypeObject *sorted, const char *what, const char *name,
         PyObject *const *arguments, Py_ssize_t count, Py_ssize_t wanted)
{
    if (!takes(name, count, wanted, wanted)) {
        return NULL;
    }
    if (!PyObject_TypeCheck(arguments[0], hashed) && !PyObject_TypeCheck(arguments[0], sorted)) {
        PyErr_Format(PyExc_TypeError, "%s() takes %s, not %R", name, what, arguments[0]);
        return NULL;
    }
    return (Owner *)arguments[0];
}

static Owner *
first_map(PyObject *module, const char *name, PyObject *const *arguments, Py_ssize_t count,
          Py_ssize_t wanted)
{
    State *state = PyModule_GetState(module);
    return first_of(state->Map, state->SortedMap, "a map", name, arguments, count, wanted);
}

/* Copies the methods of a base class into a subclass, except those that it has. */
static int
copy_methods(PyObject *type, PyMethodDef *methods)
{
    PyObject *members = PyObject_GetAttrString(type, "__dict__");
    int done = members == NULL ? -1 : 0;
    for (PyMethodDef *method = methods; done == 0 && method->ml_name != NULL; method++) {
        if (method->ml_flags & METH_CLASS || PyMapping_HasKeyString(members, method->ml_name)) {
            continue;
        }
        PyObject *descriptor = PyDescr_NewMethod((PyTypeObject *)type, method);
        done = descriptor == NULL ? -1 : PyObject_SetAttrString(type, method->ml_name, descriptor);
        Py_XDECREF(descriptor);
    }
    Py_XDECREF(members);
    return done;
}

/* Copies the methods of its base class into HashMap, or into SortedMap: their modules ask for it.
   CPython calls a builtin method fast only if the object is an instance of the class that has the
   method, not of a subclass. A HashMap is also made and freed faster. */
static PyObject *
core_specialize(PyObject *module, PyObject *type)
{
    State *state = PyModule_GetState(module);
    int hashed = PyType_Check(type) && PyType_IsSubtype((PyTypeObject *)type, state->Map);
    int sorted = PyType_Check(type) && PyType_IsSubtype((PyTypeObject *)type, state->SortedMap);
    if (!hashed && !sorted) {
        return PyErr_Format(PyExc_TypeError, "specialize() takes a class of maps, not %R", type);
    }
    if (copy_methods(type, hashed ? map_methods : sorted_methods) < 0) {
        return NULL;
    }
    if (hashed) {
        free_list_clear(&state->maps);
        Py_XSETREF(state->specialized, (PyTypeObject *)Py_NewRef(type));
        specialize_making(state->specialized, map_vectorcall);
    }
    Py_RETURN_NONE;
}

static PyObject *
core_copied(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *map = first_map(module, "copied", arguments, count, 1);
    if (map != NULL && map->kind != SORTED) {
        return PyErr_Format(PyExc_TypeError, "copied() takes a SortedMap, not %R", map);
    }
    Owner *made = map == NULL ? NULL : new_like(map);
    if (made != NULL && put_sorted((Sorted *)made, (Sorted *)map, NULL) < 0) {
        Py_CLEAR(made);
    }
    return (PyObject *)made;
}

static PyObject *
core_count(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *map = first_map(module, "count", arguments, count, 3);
    return map == NULL ? NULL : map_count(map, arguments[1], arguments[2]);
}

static PyObject *
core_fill(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *map = first_map(module, "fill", arguments, count, 3);
    return map == NULL ? NULL : map_fill(map, arguments[1], arguments[2]);
}

static PyObject *
core_group(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *map = first_map(module, "group", arguments, count, 3);
    return map == NULL ? NULL : map_group(map, arguments[1], arguments[2]);
}

static PyObject *
core_reduce(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *map = first_map(module, "reduce", arguments, count, 4);
    return map == NULL ? NULL : map_reduce(map, arguments[1], arguments[2], arguments[3]);
}

static PyObject *
core_reserve(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *map = first_map(module, "reserve", arguments, count, 3);
    if (map != NULL && map->kind != HASHED) {
        return PyErr_Format(PyExc_TypeError, "reserve() takes a HashMap, not %R", map);
    }
    return map == NULL ? NULL : reserve_for((Map *)map, arguments[1], arguments[2]);
}

/* Moves the keys that are not less than a query into an empty map or set. */
static int
sorted_split_off(Sorted *self, PyObject *query, Sorted *into)
{
    Bounds bounds = {.start = query};
    Span span;
    if (sorted_span(self, &bounds, &span) < 0) {
        return -1;
    }
    if (into->tree.used > 0 || span.start == self->tree.used) {
        return 0;
    }
    return tree_split(&self->tree, tree_place_of(&self->tree, span.start), &into->tree);
}

/* Moves the keys of a sorted map that are not less than a query into a new one. */
static PyObject *
core_split_off(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *map = first_map(module, "split_off", arguments, count, 2);
    if (map != NULL && map->kind != SORTED) {
        return PyErr_Format(PyExc_TypeError, "split_off() takes a SortedMap, not %R", map);
    }
    Owner *made = map == NULL ? NULL : new_like(map);
    if (made != NULL && sorted_split_off((Sorted *)map, arguments[1], (Sorted *)made) < 0) {
        Py_CLEAR(made);
    }
    return (PyObject *)made;
}

#endif

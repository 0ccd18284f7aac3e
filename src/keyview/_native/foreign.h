/* What entries do with a mapping that is not keyview's: a dict, os.environ, a class of the user's.

   An exact dict is read by CPython's C functions, any other mapping by its own methods, whose
   exceptions propagate. Each function here may run any Python code. */
#ifndef KEYVIEW_FOREIGN_H
#define KEYVIEW_FOREIGN_H

#include "owner.h"

/* Gets mapping[query]. 1, and a new reference in *value, if the key is there; 0 if not; -1 and an
   exception on failure. */
static int
foreign_get(State *state, PyObject *mapping, PyObject *query, PyObject **value)
{
    if (PyDict_CheckExact(mapping)) {
#if PY_VERSION_HEX >= 0x030D0000
        return PyDict_GetItemRef(mapping, query, value);
#else
        *value = Py_XNewRef(PyDict_GetItemWithError(mapping, query));
        return *value != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
#endif
    }
    PyObject *arguments[] = {mapping, query, state->MISSING};
    *value = PyObject_VectorcallMethod(state->name_get, arguments,
                                       3 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    if (*value == state->MISSING) {
        Py_CLEAR(*value);
        return 0;
    }
    return *value == NULL ? -1 : 1;
}

/* Whether `mapping[key] = value` does what it does for a dict, so that dict.setdefault may store
   the pair. */
static inline int
stores_as_dict(PyObject *mapping)
{
    return PyDict_CheckExact(mapping)
        || (PyDict_Check(mapping)
            && Py_TYPE(mapping)->tp_as_mapping->mp_ass_subscript
                == PyDict_Type.tp_as_mapping->mp_ass_subscript);
}

/* dict.setdefault(dict, key, value). New reference. */
static PyObject *
dict_setdefault(PyObject *dict, PyObject *key, PyObject *value)
{
#if PY_VERSION_HEX >= 0x030D0000
    PyObject *there;
    return PyDict_SetDefaultRef(dict, key, value, &there) < 0 ? NULL : there;
#else
    return Py_XNewRef(PyDict_SetDefault(dict, key, value));
#endif
}

/* mapping.pop(key): the value, a new reference. NULL without an exception if `pop` raised KeyError
   and the key is not there; NULL with the exception if the key is there. */
static PyObject *
foreign_pop(State *state, PyObject *mapping, PyObject *key)
{
    PyObject *value = PyObject_CallMethodOneArg(mapping, state->name_pop, key);
    if (value != NULL || !PyErr_ExceptionMatches(PyExc_KeyError)) {
        return value;
    }
    PyObject *type, *error, *traceback, *there;
    PyErr_Fetch(&type, &error, &traceback);
    int found = foreign_get(state, mapping, key, &there);
    if (found > 0) {
        Py_DECREF(there);
        PyErr_Restore(type, error, traceback);
        return NULL;
    }
    Py_XDECREF(type);
    Py_XDECREF(error);
    Py_XDECREF(traceback);
    return NULL;
}

/* mapping.default_factory, or None if there is no such attribute. New reference. */
static PyObject *
foreign_default_factory(State *state, PyObject *mapping)
{
    PyObject *factory = PyObject_GetAttr(mapping, state->name_default_factory);
    if (factory == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        return Py_NewRef(Py_None);
    }
    return factory;
}

#endif

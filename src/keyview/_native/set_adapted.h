/* SetLookup: a set that is looked up through an adapter. The object is a Lookup, whose map is a set. */
#ifndef KEYVIEW_SET_ADAPTED_H
#define KEYVIEW_SET_ADAPTED_H

#include "adapted.h"
#include "sorted_set.h"

/* HashSet.by and SortedSet.by call this function to make a SetLookup. */
static PyObject *
adapted_set(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *set = first_set(module, "adapted_set", arguments, count, 2);
    return set == NULL ? NULL
                       : lookup_of(set->state, set->state->SetLookup, arguments[0], arguments[1]);
}

static PyObject *
set_lookup_tp_new(PyTypeObject *type, PyObject *Py_UNUSED(arguments), PyObject *Py_UNUSED(keywords))
{
    return raise_message(PyType_GetModuleState(type), "not_made_by_hand",
                         Py_BuildValue("(sss)", "SetLookup", "by", "set"));
}

/* Like lookup_find. */
static Py_ssize_t
set_lookup_find(Lookup *self, PyObject *asked, PyObject **query)
{
    return lookup_find_by(self, asked, query, set_find);
}

static int
set_lookup_contains(Lookup *self, PyObject *asked)
{
    return lookup_contains_by(self, asked, set_find);
}

static PyObject *
set_lookup_get(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        return lookup_sorted_call(self, sorted_set_get, asked);
    }
    PyObject *query;
    PyObject *element = element_or_none(hashed_map(self), set_lookup_find(self, asked, &query));
    Py_XDECREF(query);
    return element;
}

static PyObject *
set_lookup_get_or_insert(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        return lookup_sorted_call(self, sorted_set_get_or_insert, asked);
    }
    PyObject *query = PyObject_CallOneArg(self->adapter, asked);
    PyObject *element = query == NULL ? NULL : set_get_or_insert(hashed_map(self), query);
    Py_XDECREF(query);
    return element;
}

static PyObject *
set_lookup_take(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        Pair pair;
        int found = lookup_sorted_take(self, asked, &pair);
        return found > 0 ? pair.key : found == 0 ? raise_key_error(asked) : NULL;
    }
    PyObject *query, *taken = NULL;
    Py_ssize_t slot_index = set_lookup_find(self, asked, &query);
    if (slot_index >= 0) {
        taken = take_element(hashed_map(self), slot_index);
    }
    else if (slot_index == ABSENT) {
        raise_key_error(asked);
    }
    Py_XDECREF(query);
    return taken;
}

static PyMethodDef set_lookup_methods[] = {
    METHOD("get", set_lookup_get, METH_O, DOC_SetLookup_get),
    METHOD("get_or_insert", set_lookup_get_or_insert, METH_O, DOC_SetLookup_get_or_insert),
    METHOD("take", set_lookup_take, METH_O, DOC_SetLookup_take),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot set_lookup_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR(DOC_SetLookup)},
    {Py_tp_new, set_lookup_tp_new},
    {Py_tp_traverse, lookup_traverse},
    {Py_tp_dealloc, lookup_dealloc},
    {Py_tp_repr, lookup_repr},
    {Py_sq_contains, set_lookup_contains},
    {Py_tp_methods, set_lookup_methods},
    {0, NULL},
};

static PyType_Spec set_lookup_spec = {"keyview.SetLookup", sizeof(Lookup), 0,
                                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, set_lookup_slots};

#endif

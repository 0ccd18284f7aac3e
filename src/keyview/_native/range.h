/* Range and SetRange: live views of what is between two bounds in a sorted map or set. */
#ifndef KEYVIEW_RANGE_H
#define KEYVIEW_RANGE_H

#include "sorted.h"

static int
range_traverse(Range *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->map);
    Py_VISIT(self->bounds.start);
    Py_VISIT(self->bounds.stop);
    return 0;
}

static void
range_dealloc(Range *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_DECREF(self->map);
    Py_XDECREF(self->bounds.start);
    Py_XDECREF(self->bounds.stop);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

static Py_ssize_t
range_length(Range *self)
{
    Span span;
    return sorted_span(self->map, &self->bounds, &span) < 0 ? -1 : span.stop - span.start;
}

static int
range_contains(Range *self, PyObject *asked)
{
    Place place;
    int found = sorted_find_within(self->map, &self->bounds, asked, &place);
    return found < 0 ? -1 : found;
}

static PyObject *
range_iter(Range *self)
{
    return sorted_iterate(self->map, &self->bounds, KEYS, 1);
}

static PyObject *
range_reversed(Range *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_iterate(self->map, &self->bounds, KEYS, -1);
}

static PyObject *
range_keys(Range *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->map->state->Keys, (Owner *)self->map, self, KEYS);
}

static PyObject *
range_values(Range *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->map->state->Values, (Owner *)self->map, self, VALUES);
}

static PyObject *
range_items(Range *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->map->state->Items, (Owner *)self->map, self, ITEMS);
}

static PyObject *
range_at(Range *self, PyObject *position)
{
    return sorted_at_position(self->map, &self->bounds, (PyObject *)self, position);
}

/* The entry, or element, at the first or the last position of the range. */
static PyObject *
range_end(Range *self, int last)
{
    Span span;
    if (sorted_span(self->map, &self->bounds, &span) < 0) {
        return NULL;
    }
    if (span.start == span.stop) {
        Py_RETURN_NONE;
    }
    Place place = tree_place_of(&self->map->tree, last ? span.stop - 1 : span.start);
    return entry_or_element(self->map, 1, place);
}

static PyObject *
range_first(Range *self, PyObject *Py_UNUSED(ignored))
{
    return range_end(self, 0);
}

static PyObject *
range_last(Range *self, PyObject *Py_UNUSED(ignored))
{
    return range_end(self, 1);
}

static PyObject *
range_lower(Range *self, PyObject *asked)
{
    return sorted_beside(self->map, &self->bounds, LOWER, asked);
}

static PyObject *
range_floor(Range *self, PyObject *asked)
{
    return sorted_beside(self->map, &self->bounds, FLOOR, asked);
}

static PyObject *
range_ceiling(Range *self, PyObject *asked)
{
    return sorted_beside(self->map, &self->bounds, CEILING, asked);
}

static PyObject *
range_higher(Range *self, PyObject *asked)
{
    return sorted_beside(self->map, &self->bounds, HIGHER, asked);
}

static PyObject *
range_pop_first(Range *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_take_end(self->map, &self->bounds, 0, "pop_first", (PyObject *)self);
}

static PyObject *
range_pop_last(Range *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_take_end(self->map, &self->bounds, 1, "pop_last", (PyObject *)self);
}

static PyObject *
range_clear(Range *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_clear_span(self->map, &self->bounds);
}

static PyObject *
range_retain(Range *self, PyObject *predicate)
{
    return sorted_retain_span(self->map, &self->bounds, predicate);
}

static PyObject *
range_extract_if(Range *self, PyObject *predicate)
{
    return sorted_extract_span(self->map, &self->bounds, predicate);
}

static PyObject *
range_drain(Range *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_drain_span(self->map, &self->bounds);
}

static PyObject *
range_reduce(Range *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *name = name_of_type((PyObject *)self), *what = NULL;
    if (name != NULL) {
        what = PyUnicode_FromFormat("a %U", name);
        Py_DECREF(name);
    }
    return raise_message(self->map->state, "cannot_copy",
                         what == NULL ? NULL : Py_BuildValue("(Ns)", what, "make a list of it"));
}

static PyObject *
range_tp_new(PyTypeObject *type, PyObject *Py_UNUSED(arguments), PyObject *Py_UNUSED(keywords))
{
    return raise_message(
        PyType_GetModuleState(type), "not_made_by_hand",
        Py_BuildValue("(Nss)", PyType_GetName(type), "range", "sorted map or set"));
}

/* The text "key: value, ..." of a range of a map, or "element, ..." of a set. */
static PyObject *
range_parts(Range *self)
{
    int pairs = self->map->tree.has_values;
    PyObject *parts = PyList_New(0), *element;
    PyObject *iterator =
        parts == NULL ? NULL : sorted_iterate(self->map, &self->bounds, pairs ? ITEMS : KEYS, 1);
    int done = iterator == NULL ? -1 : 0;
    while (done == 0 && (element = PyIter_Next(iterator)) != NULL) {
        PyObject *part = pairs ? PyUnicode_FromFormat("%R: %R", PyTuple_GET_ITEM(element, 0),
                                                      PyTuple_GET_ITEM(element, 1))
                               : PyObject_Repr(element);
        Py_DECREF(element);
        done = part == NULL ? -1 : PyList_Append(parts, part);
        Py_XDECREF(part);
    }
    Py_XDECREF(iterator);
    PyObject *comma = done < 0 || PyErr_Occurred() ? NULL : PyUnicode_FromString(", ");
    PyObject *text = comma == NULL ? NULL : PyUnicode_Join(comma, parts);
    Py_XDECREF(comma);
    Py_XDECREF(parts);
    return text;
}

static PyObject *
range_repr(Range *self)
{
    int pairs = self->map->tree.has_values;
    int entered = pairs ? Py_ReprEnter((PyObject *)self) : 0;
    if (entered != 0) {
        return entered < 0 ? NULL : PyUnicode_FromString("Range({...})");
    }
    PyObject *parts = range_parts(self), *text = NULL;
    if (parts != NULL && !pairs && PyUnicode_GET_LENGTH(parts) == 0) {
        text = PyUnicode_FromString("SetRange()");
    }
    else if (parts != NULL) {
        text = PyUnicode_FromFormat(pairs ? "Range({%U})" : "SetRange({%U})", parts);
    }
    Py_XDECREF(parts);
    if (pairs) {
        Py_ReprLeave((PyObject *)self);
    }
    return text;
}

#define RANGE_METHODS(name)                                                                        \
    METHOD("at", range_at, METH_O, DOC_##name##_at),                                               \
        METHOD("pop_first", range_pop_first, METH_NOARGS, DOC_##name##_pop_first),                 \
        METHOD("pop_last", range_pop_last, METH_NOARGS, DOC_##name##_pop_last),                    \
        METHOD("clear", range_clear, METH_NOARGS, "Remove every key of the range. O(n)."),         \
        METHOD("retain", range_retain, METH_O, DOC_##name##_retain),                               \
        METHOD("extract_if", range_extract_if, METH_O, DOC_##name##_extract_if),                   \
        METHOD("drain", range_drain, METH_NOARGS, DOC_##name##_drain),                             \
        METHOD("__reversed__", range_reversed, METH_NOARGS, "The keys, the greatest first."),      \
        METHOD("__reduce__", range_reduce, METH_NOARGS,                                            \
               "Raises TypeError: a range cannot be pickled or copied.")

static PyMethodDef range_methods[] = {
    RANGE_METHODS(Range),
    METHOD("first_entry", range_first, METH_NOARGS, DOC_Range_first_entry),
    METHOD("last_entry", range_last, METH_NOARGS, DOC_Range_last_entry),
    METHOD("lower_entry", range_lower, METH_O, DOC_Range_lower_entry),
    METHOD("floor_entry", range_floor, METH_O, DOC_Range_floor_entry),
    METHOD("ceiling_entry", range_ceiling, METH_O, DOC_Range_ceiling_entry),
    METHOD("higher_entry", range_higher, METH_O, DOC_Range_higher_entry),
    METHOD("keys", range_keys, METH_NOARGS, DOC_Range_keys),
    METHOD("values", range_values, METH_NOARGS, DOC_Range_values),
    METHOD("items", range_items, METH_NOARGS, DOC_Range_items),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyMethodDef set_range_methods[] = {
    RANGE_METHODS(SetRange),
    METHOD("first", range_first, METH_NOARGS, DOC_SetRange_first),
    METHOD("last", range_last, METH_NOARGS, DOC_SetRange_last),
    METHOD("lower", range_lower, METH_O, DOC_SetRange_lower),
    METHOD("floor", range_floor, METH_O, DOC_SetRange_floor),
    METHOD("ceiling", range_ceiling, METH_O, DOC_SetRange_ceiling),
    METHOD("higher", range_higher, METH_O, DOC_SetRange_higher),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

#define RANGE_SLOTS(doc, methods)                                                                  \
    {                                                                                              \
        {Py_tp_doc, (void *)PyDoc_STR(doc)}, {Py_tp_new, range_tp_new},                            \
            {Py_tp_traverse, range_traverse}, {Py_tp_dealloc, range_dealloc},                      \
            {Py_tp_repr, range_repr}, {Py_tp_iter, range_iter}, {Py_sq_length, range_length},      \
            {Py_sq_contains, range_contains}, {Py_tp_methods, methods},                            \
        {                                                                                          \
            0, NULL                                                                                \
        }                                                                                          \
    }

static PyType_Slot range_slots[] = RANGE_SLOTS(DOC_Range, range_methods);
static PyType_Slot set_range_slots[] = RANGE_SLOTS(DOC_SetRange, set_range_methods);

static PyType_Spec range_spec = {"keyview.Range", sizeof(Range), 0,
                                 Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, range_slots};
static PyType_Spec set_range_spec = {"keyview.SetRange", sizeof(Range), 0,
                                     Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, set_range_slots};

#endif

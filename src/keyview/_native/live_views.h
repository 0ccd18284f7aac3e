/* Live views: the objects that keys(), values() and items() of a map return. */
#ifndef KEYVIEW_LIVE_VIEWS_H
#define KEYVIEW_LIVE_VIEWS_H

#include "iterators.h"

typedef struct {
    PyObject_HEAD
    Owner *map;
    Range *range; /* NULL, or what is viewed of a sorted map */
    Pick pick;
} LiveView;

static PyObject *
live_view_new(PyTypeObject *type, Owner *map, Range *range, Pick pick)
{
    LiveView *self = (LiveView *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->map = (Owner *)Py_NewRef(map);
        self->range = (Range *)Py_XNewRef(range);
        self->pick = pick;
    }
    return (PyObject *)self;
}

/* NULL if a whole map is viewed. */
static inline const Bounds *
bounds_of(const LiveView *self)
{
    return self->range == NULL ? NULL : &self->range->bounds;
}

static int
live_view_traverse(LiveView *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->map);
    Py_VISIT(self->range);
    return 0;
}

static void
live_view_dealloc(LiveView *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_DECREF(self->map);
    Py_XDECREF(self->range);
    type->tp_free(self);
    Py_DECREF(type);
}

static Py_ssize_t
live_view_length(LiveView *self)
{
    Span span;
    if (self->map->kind == HASHED) {
        return ((Map *)self->map)->table.used;
    }
    return sorted_span((Sorted *)self->map, bounds_of(self), &span) < 0 ? -1
                                                                        : span.stop - span.start;
}

static PyObject *
live_view_iterate(LiveView *self, int step)
{
    return self->map->kind == HASHED
        ? iterator_new((Map *)self->map, self->pick, step)
        : sorted_iterate((Sorted *)self->map, bounds_of(self), self->pick, step);
}

static PyObject *
live_view_iter(LiveView *self)
{
    return live_view_iterate(self, 1);
}

static PyObject *
live_view_reversed(LiveView *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_iterate(self, -1);
}

static PyObject *
live_view_mapping(LiveView *self, void *Py_UNUSED(closure))
{
    return PyDictProxy_New((PyObject *)self->map);
}

static int
values_contains(LiveView *self, PyObject *wanted)
{
    PyObject *iterator = live_view_iter(self), *value;
    int found = iterator == NULL ? -1 : 0;
    while (found == 0 && (value = Py_TYPE(iterator)->tp_iternext(iterator)) != NULL) {
        found = wanted == value ? 1 : is_equal(wanted, value);
        Py_DECREF(value);
    }
    Py_XDECREF(iterator);
    return found == 0 && PyErr_Occurred() ? -1 : found;
}

/* SORTED: as live_view_lookup. */
static int
live_view_lookup_sorted(LiveView *self, PyObject *key, Slot *found)
{
    Sorted *map = (Sorted *)self->map;
    Query query = {.built = NULL};
    Place place;
    int there = self->range == NULL ? sorted_find(map, key, &query, &place)
                                    : sorted_find_within(map, bounds_of(self), key, &place);
    if (there > 0) {
        *found = (Slot){Py_NewRef(key_at(place)), Py_NewRef(*value_cell(place)), 0};
    }
    query_end(&query);
    return there < 0 ? -1 : there;
}

/* Looks a key up in the view: 1 and new references to the stored key and value; 0; -1 and an
   exception on failure. */
static int
live_view_lookup(LiveView *self, PyObject *key, Slot *found)
{
    if (self->map->kind == SORTED) {
        return live_view_lookup_sorted(self, key, found);
    }
    const Table *table = &((Map *)self->map)->table;
    Py_hash_t hash = hash_of(key);
    if (hash == -1 && PyErr_Occurred()) {
        return -1;
    }
    Py_ssize_t slot_index = table_find(table, key, hash);
    if (slot_index < 0) {
        return slot_index == ABSENT ? 0 : -1;
    }
    *found = slot_at(table, slot_index);
    Py_INCREF(found->key);
    Py_INCREF(found->value);
    return 1;
}

/* Keys and Items: whether `wanted` is in the view. If it is, *found has new references to the
   stored key and value. -1 and an exception on failure. */
static int
live_view_find(LiveView *self, PyObject *wanted, Slot *found)
{
    if (self->pick == KEYS) {
        return live_view_lookup(self, wanted, found);
    }
    if (!PyTuple_Check(wanted) || PyTuple_GET_SIZE(wanted) != 2) {
        return 0;
    }
    int there = live_view_lookup(self, PyTuple_GET_ITEM(wanted, 0), found);
    if (there <= 0) {
        return there;
    }
    PyObject *asked = PyTuple_GET_ITEM(wanted, 1);
    int equal = asked == found->value ? 1 : is_equal(asked, found->value);
    if (equal <= 0) {
        slot_drop(*found);
    }
    return equal;
}

static int
live_view_contains(LiveView *self, PyObject *wanted)
{
    Slot found;
    if (self->pick == VALUES) {
        return values_contains(self, wanted);
    }
    int there = live_view_find(self, wanted, &found);
    if (there > 0) {
        slot_drop(found);
    }
    return there;
}

static const char *const live_view_names[] = {"HashMapKeys",   "HashMapValues",   "HashMapItems",
                                              "SortedMapKeys", "SortedMapValues", "SortedMapItems"};

static inline const char *
live_view_name(const LiveView *self)
{
    return live_view_names[self->pick + (self->map->kind == SORTED ? 3 : 0)];
}

static PyObject *
live_view_repr(LiveView *self)
{
    const char *name = live_view_name(self);
    int entered = Py_ReprEnter((PyObject *)self);
    if (entered != 0) {
        return entered < 0 ? NULL : PyUnicode_FromFormat("%s(...)", name);
    }
    PyObject *elements = PySequence_List((PyObject *)self);
    PyObject *text = elements == NULL ? NULL : PyUnicode_FromFormat("%s(%R)", name, elements);
    Py_XDECREF(elements);
    Py_ReprLeave((PyObject *)self);
    return text;
}

static PyObject *
live_view_reduce(LiveView *self, PyObject *Py_UNUSED(ignored))
{
    return raise_message(self->map->state, "cannot_copy",
                         Py_BuildValue("(ss)", live_view_name(self), "make a list of it"));
}

static PyMethodDef live_view_methods[] = {
    METHOD("__reversed__", live_view_reversed, METH_NOARGS,
           "Iterate from the last inserted to the first."),
    METHOD("__reduce__", live_view_reduce, METH_NOARGS,
           "Raises TypeError: a live view cannot be pickled or copied."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef live_view_attributes[] = {
    {"mapping", (getter)live_view_mapping, NULL, PyDoc_STR("The map itself, read-only."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* Raises TypeError. Without this function, object.__new__ would make a live view without a map. */
static PyObject *
live_view_tp_new(PyTypeObject *type, PyObject *Py_UNUSED(arguments), PyObject *Py_UNUSED(keywords))
{
    static const char *const methods[] = {"keys", "values", "items"};
    PyObject *module = PyType_GetModuleByDef(type, &core_module);
    if (module == NULL) {
        return NULL;
    }
    State *state = PyModule_GetState(module);
    Pick pick = PyType_IsSubtype(type, state->Keys) ? KEYS
        : PyType_IsSubtype(type, state->Values)     ? VALUES
                                                    : ITEMS;
    return raise_message(state, "not_made_by_hand",
                         Py_BuildValue("(ss)", live_view_names[pick], methods[pick]));
}

static PyType_Slot live_view_slots[] = {
    {Py_tp_new, live_view_tp_new},
    {Py_tp_doc,
     (void *)PyDoc_STR("LiveView(*args, **kwargs)\n--\n\nWhat the three live views share.")},
    {Py_tp_traverse, live_view_traverse},
    {Py_tp_dealloc, live_view_dealloc},
    {Py_tp_repr, live_view_repr},
    {Py_tp_iter, live_view_iter},
    {Py_sq_length, live_view_length},
    {Py_sq_contains, live_view_contains},
    {Py_tp_methods, live_view_methods},
    {Py_tp_getset, live_view_attributes},
    {0, NULL},
};

static PyType_Spec live_view_spec = {"keyview._core.LiveView", sizeof(LiveView), 0,
                                     Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
                                     live_view_slots};

/* -- the set operations of keys and items ------------------------------------------------------ */

/* Adds to a set the stored key or pair that `wanted` finds, not `wanted` itself, which may be a
   view. */
static int
set_view_collect(LiveView *self, PyObject *wanted, PyObject *collected)
{
    Slot found;
    int there = live_view_find(self, wanted, &found);
    if (there <= 0) {
        return there;
    }
    PyObject *stored =
        self->pick == KEYS ? Py_NewRef(found.key) : PyTuple_Pack(2, found.key, found.value);
    int done = stored == NULL ? -1 : PySet_Add(collected, stored);
    Py_XDECREF(stored);
    slot_drop(found);
    return done;
}

static PyObject *
set_view_and(LiveView *self, PyObject *other)
{
    PyObject *iterator = PyObject_GetIter(other);
    if (iterator == NULL) {
        return NULL;
    }
    PyObject *found = PySet_New(NULL), *wanted;
    while (found != NULL && (wanted = PyIter_Next(iterator)) != NULL) {
        if (set_view_collect(self, wanted, found) < 0) {
            Py_CLEAR(found);
        }
        Py_DECREF(wanted);
    }
    Py_DECREF(iterator);
    if (PyErr_Occurred()) {
        Py_CLEAR(found);
    }
    return found;
}

/* set(left), after a call of its `method` with `right`. As in a dict's live views. */
static PyObject *
set_changed(PyObject *left, const char *method, PyObject *right)
{
    PyObject *made = PySet_New(left);
    PyObject *done = made == NULL ? NULL : PyObject_CallMethod(made, method, "(O)", right);
    if (done == NULL) {
        Py_CLEAR(made);
    }
    Py_XDECREF(done);
    return made;
}

#define SET_OPERATION(name, left, method, right)                                                   \
    static PyObject *name(PyObject *self, PyObject *other)                                         \
    {                                                                                              \
        return set_changed(left, method, right);                                                   \
    }

SET_OPERATION(set_view_or, self, "update", other)
SET_OPERATION(set_view_ror, other, "update", self)
SET_OPERATION(set_view_sub, self, "difference_update", other)
SET_OPERATION(set_view_rsub, other, "difference_update", self)
SET_OPERATION(set_view_rxor, other, "symmetric_difference_update", self)

/* Adds to a set the elements of `source` that are not in `other`. */
static int
set_add_missing(PyObject *made, PyObject *source, PyObject *other)
{
    PyObject *iterator = PyObject_GetIter(source), *element;
    if (iterator == NULL) {
        return -1;
    }
    int done = 0;
    while (done >= 0 && (element = PyIter_Next(iterator)) != NULL) {
        done = PySequence_Contains(other, element);
        if (done == 0) {
            done = PySet_Add(made, element);
        }
        Py_DECREF(element);
    }
    Py_DECREF(iterator);
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *
set_view_xor(PyObject *self, PyObject *other)
{
    LiveView *view = (LiveView *)self;
    if (view->pick != ITEMS
        || !(PyDictItems_Check(other) || PyObject_TypeCheck(other, view->map->state->Items))) {
        return set_changed(self, "symmetric_difference_update", other);
    }
    /* Compare pair by pair, without a set of both: a pair that is in both need not be hashable. */
    PyObject *made = PySet_New(NULL);
    if (made != NULL
        && (set_add_missing(made, self, other) < 0 || set_add_missing(made, other, self) < 0)) {
        Py_CLEAR(made);
    }
    return made;
}

static PyMethodDef set_view_methods[] = {
    METHOD("__and__", set_view_and, METH_O,
           "A set of the stored keys or pairs that are in another iterable, too."),
    METHOD("__rand__", set_view_and, METH_O, "The same, from the right."),
    METHOD("__or__", set_view_or, METH_O, "A set of these and those of another iterable."),
    METHOD("__ror__", set_view_ror, METH_O, "The same, from the right."),
    METHOD("__sub__", set_view_sub, METH_O, "A set of these that are not in another iterable."),
    METHOD("__rsub__", set_view_rsub, METH_O,
           "A set of those of another iterable that are not in these."),
    METHOD("__xor__", set_view_xor, METH_O,
           "A set of what is in these or in another iterable, but not in both."),
    METHOD("__rxor__", set_view_rxor, METH_O, "The same, from the right."),
    {NULL, NULL, 0, NULL},
};

static PyType_Slot set_view_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("The set operations of keys and items.")},
    {Py_tp_traverse, live_view_traverse},
    {Py_tp_dealloc, live_view_dealloc},
    {Py_tp_methods, set_view_methods},
    {0, NULL},
};

/* The comparisons of Keys and Items, and `isdisjoint`, come from collections.abc.Set. */
static PyType_Spec set_view_spec = {"keyview._core.SetView", sizeof(LiveView), 0,
                                    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
                                    set_view_slots};

#endif

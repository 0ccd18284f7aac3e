/* Iterators and live views: the map's keys, values and items, in the order of insertion. */
#ifndef KEYVIEW_ITERATION_H
#define KEYVIEW_ITERATION_H

#include "entry.h"

typedef enum { KEYS, VALUES, ITEMS } Pick;

static void *
raise_changed_during(State *state, PyTypeObject *type, const char *what)
{
    return refuse(state, "changed_during", Py_BuildValue("(Ns)", PyType_GetName(type), what));
}

/* -- iterators ----------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Map *map;    /* NULL once it has ended: as a dict's, it stays ended, and keeps the map no longer. */
    PyTypeObject *changed; /* of the map, if it has ended because that changed: it says so whenever it is asked */
    Pick pick;
    int step;
    Py_ssize_t next;
    Py_ssize_t left;
    uint64_t version;
    PyObject *pair; /* what an iterator over items gave first, given again if nobody else has it */
} TableIterator;

static PyObject *
iterator_new(Map *map, Pick pick, int step)
{
    TableIterator *self = PyObject_GC_New(TableIterator, map->state->TableIterator);
    if (self == NULL) {
        return NULL;
    }
    self->map = (Map *)Py_NewRef(map);
    self->changed = NULL;
    self->pick = pick;
    self->step = step;
    self->next = step > 0 ? map->table.first : map->table.end - 1;
    self->left = map->table.used;
    self->version = map->table.version;
    self->pair = NULL;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static int
iterator_traverse(TableIterator *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->map);
    Py_VISIT(self->changed);
    Py_VISIT(self->pair);
    return 0;
}

static void
iterator_dealloc(TableIterator *self)
{
    PyObject_GC_UnTrack(self);
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(self->pair);
    Py_XDECREF(self->changed);
    Py_XDECREF(self->map);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

/* The next key; the table must be as it was, and some must be left. */
static inline const Pair *
iterator_slot(const Table *table, int step, Py_ssize_t *next)
{
    const Pair *slot;
    do {
        slot = pair_at(table, *next);
        *next += step;
    } while (slot->key == NULL);
    return slot;
}

static PyObject *
iterator_pair(TableIterator *self, const Pair *slot)
{
    PyObject *pair = self->pair;
    PyObject *key = Py_NewRef(slot->key), *value = Py_NewRef(slot->value);
    if (pair != NULL && Py_REFCNT(pair) == 1) {
        return pair_set(Py_NewRef(pair), key, value);
    }
    pair = PyTuple_New(2);
    if (pair == NULL) {
        Py_DECREF(key);
        Py_DECREF(value);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 0, key);
    PyTuple_SET_ITEM(pair, 1, value);
    if (self->pair == NULL) {
        self->pair = Py_NewRef(pair);
    }
    return pair;
}

static PyObject *
raise_iterator_changed(TableIterator *self)
{
    PyTypeObject *type = self->changed != NULL ? self->changed : Py_TYPE(self->map);
    return raise_changed_during(PyType_GetModuleState(Py_TYPE(self)), type, "iteration");
}

static PyObject *
iterator_end(TableIterator *self, int changed)
{
    if (changed) {
        self->changed = (PyTypeObject *)Py_NewRef(Py_TYPE(self->map));
    }
    Py_CLEAR(self->map);
    return changed ? raise_iterator_changed(self) : NULL;
}

static PyObject *
iterator_next(TableIterator *self)
{
    if (self->map == NULL) {
        return self->changed ? raise_iterator_changed(self) : NULL;
    }
    const Table *table = &self->map->table;
    if (self->version != table->version || self->left == 0) {
        return iterator_end(self, self->version != table->version);
    }
    self->left--;
    const Pair *slot = iterator_slot(table, self->step, &self->next);
    return self->pick == KEYS ? Py_NewRef(slot->key)
        : self->pick == VALUES ? Py_NewRef(slot->value)
        : iterator_pair(self, slot);
}

static PyObject *
iterator_length_hint(TableIterator *self, PyObject *Py_UNUSED(ignored))
{
    int good = self->map != NULL && self->version == self->map->table.version;
    return PyLong_FromSsize_t(good ? self->left : 0);
}

/* Appends what is left; -1 and an exception if that cannot be done. */
static int
iterator_append_rest(TableIterator *self, Map *map, PyObject *rest)
{
    Py_ssize_t next = self->next;
    for (Py_ssize_t left = self->left; left > 0; left--) {
        if (self->version != map->table.version) {
            raise_changed_during(map->state, Py_TYPE(map), "iteration");
            return -1;
        }
        const Pair *slot = iterator_slot(&map->table, self->step, &next);
        PyObject *key = Py_NewRef(slot->key), *value = Py_NewRef(slot->value);
        PyObject *item = self->pick == KEYS ? Py_NewRef(key)
            : self->pick == VALUES ? Py_NewRef(value)
            : PyTuple_Pack(2, key, value);
        Py_DECREF(key);
        Py_DECREF(value);
        int done = item == NULL ? -1 : PyList_Append(rest, item);
        Py_XDECREF(item);
        if (done < 0) {
            return -1;
        }
    }
    return 0;
}

static PyObject *
iterator_reduce(TableIterator *self, PyObject *Py_UNUSED(ignored))
{
    Map *map = (Map *)Py_XNewRef(self->map); /* Held: a destructor may end this very iterator. */
    PyObject *rest = PyList_New(0);
    int done = rest == NULL ? -1 : 0;
    if (done == 0 && map != NULL) {
        done = iterator_append_rest(self, map, rest);
    }
    else if (done == 0 && self->changed) {
        raise_iterator_changed(self);
        done = -1;
    }
    Py_XDECREF(map);
    if (done < 0) {
        Py_XDECREF(rest);
        return NULL;
    }
    State *state = PyType_GetModuleState(Py_TYPE(self));
    return Py_BuildValue("O(N)", state->iter, rest);
}

static PyMethodDef iterator_methods[] = {
    METHOD("__length_hint__", iterator_length_hint, METH_NOARGS, "How many there are to come."),
    METHOD("__reduce__", iterator_reduce, METH_NOARGS, "As a dict's: an iterator over what is left."),
    {NULL, NULL, 0, NULL},
};

static PyType_Slot iterator_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Iterates over a table, and notices every structural change of it.")},
    {Py_tp_traverse, iterator_traverse},
    {Py_tp_dealloc, iterator_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, iterator_next},
    {Py_tp_methods, iterator_methods},
    {0, NULL},
};

static PyType_Spec iterator_spec = {"keyview._core.TableIterator", sizeof(TableIterator), 0, FINAL_TYPE, iterator_slots};

/* -- extract_if ---------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Map *map;            /* Both are NULL once it has ended. */
    PyObject *predicate;
    int running;
    Py_ssize_t next;
    Py_ssize_t left; /* how many were there that have not been asked about */
    uint64_t version;
} Extraction;

static PyObject *
extraction_new(Map *map, PyObject *predicate)
{
    Extraction *self = PyObject_GC_New(Extraction, map->state->Extraction);
    if (self == NULL) {
        return NULL;
    }
    self->map = (Map *)Py_NewRef(map);
    self->predicate = Py_NewRef(predicate);
    self->running = 0;
    self->next = map->table.first;
    self->left = map->table.used;
    self->version = map->table.version;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static int
extraction_traverse(Extraction *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->map);
    Py_VISIT(self->predicate);
    return 0;
}

static void
extraction_dealloc(Extraction *self)
{
    PyObject_GC_UnTrack(self);
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(self->predicate);
    Py_XDECREF(self->map);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

/* Whether the predicate wants a slot, or -1. */
static int
extraction_asks(Extraction *self, PyObject *pair)
{
    PyObject *answer = PyObject_Call(self->predicate, pair, NULL);
    if (answer == NULL) {
        return -1;
    }
    int wanted = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return wanted;
}

static PyObject *
extraction_step(Extraction *self)
{
    Table *table = &self->map->table;
    while (self->left-- > 0) {
        if (self->version != table->version) {
            return raise_changed_during(self->map->state, Py_TYPE(self->map), "extract_if");
        }
        while (pair_at(table, self->next)->key == NULL) {
            self->next++;
        }
        Py_ssize_t number = self->next++;
        PyObject *key = Py_NewRef(pair_at(table, number)->key);
        PyObject *value = Py_NewRef(pair_at(table, number)->value);
        PyObject *pair = PyTuple_Pack(2, key, value);
        Py_DECREF(key);
        Py_DECREF(value);
        if (pair == NULL) {
            return NULL;
        }
        int wanted = extraction_asks(self, pair);
        Py_DECREF(pair);
        if (wanted < 0) {
            return NULL;
        }
        PyObject *taken = wanted ? pair_new() : NULL;
        if (wanted && taken == NULL) {
            return NULL;
        }
        /* The predicate, letting the pair go, or making one, may have run anything. */
        if (self->version != table->version) {
            Py_XDECREF(taken);
            return raise_changed_during(self->map->state, Py_TYPE(self->map), "extract_if");
        }
        if (wanted) {
            /* Gaps are not closed: that would move the slots that are still to be asked about. */
            Slot slot = table_take(table, number);
            self->version = table->version;
            return pair_set(taken, slot.key, slot.value);
        }
    }
    return NULL;
}

static PyObject *
extraction_next(Extraction *self)
{
    if (self->running) {
        PyErr_SetString(PyExc_ValueError, "generator already executing");
        return NULL;
    }
    if (self->map == NULL) {
        return NULL;
    }
    self->running = 1;
    PyObject *pair = extraction_step(self);
    self->running = 0;
    if (pair == NULL) { /* As a generator: once it has ended, or raised, it stays ended. */
        Py_CLEAR(self->predicate);
        Py_CLEAR(self->map);
    }
    return pair;
}

static PyType_Slot extraction_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Removes and yields what a predicate wants.")},
    {Py_tp_traverse, extraction_traverse},
    {Py_tp_dealloc, extraction_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, extraction_next},
    {0, NULL},
};

static PyType_Spec extraction_spec = {"keyview._core.Extraction", sizeof(Extraction), 0, FINAL_TYPE, extraction_slots};

/* -- live views ---------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Map *map;
    Pick pick;
} LiveView;

static PyObject *
live_view_new(PyTypeObject *type, Map *map, Pick pick)
{
    LiveView *self = (LiveView *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->map = (Map *)Py_NewRef(map);
        self->pick = pick;
    }
    return (PyObject *)self;
}

static int
live_view_traverse(LiveView *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->map);
    return 0;
}

static void
live_view_dealloc(LiveView *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_DECREF(self->map);
    type->tp_free(self);
    Py_DECREF(type);
}

static Py_ssize_t
live_view_length(LiveView *self)
{
    return self->map->table.used;
}

static PyObject *
live_view_iter(LiveView *self)
{
    return iterator_new(self->map, self->pick, 1);
}

static PyObject *
live_view_reversed(LiveView *self, PyObject *Py_UNUSED(ignored))
{
    return iterator_new(self->map, self->pick, -1);
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
    while (found == 0 && (value = iterator_next((TableIterator *)iterator)) != NULL) {
        found = wanted == value ? 1 : is_equal(wanted, value);
        Py_DECREF(value);
    }
    Py_XDECREF(iterator);
    return found == 0 && PyErr_Occurred() ? -1 : found;
}

/* Of Keys and Items: whether `wanted` is there. If so, what is stored is handed over in *found. */
static int
live_view_find(LiveView *self, PyObject *wanted, Slot *found)
{
    PyObject *key = wanted;
    if (self->pick == ITEMS) {
        if (!PyTuple_Check(wanted) || PyTuple_GET_SIZE(wanted) != 2) {
            return 0;
        }
        key = PyTuple_GET_ITEM(wanted, 0);
    }
    Py_hash_t hash = hash_of(key);
    if (hash == -1 && PyErr_Occurred()) {
        return -1;
    }
    Py_ssize_t number = table_find(&self->map->table, key, hash);
    if (number < 0) {
        return number == ABSENT ? 0 : -1;
    }
    *found = slot_at(&self->map->table, number);
    Py_INCREF(found->key);
    Py_INCREF(found->value);
    int equal = 1;
    if (self->pick == ITEMS) {
        PyObject *asked = PyTuple_GET_ITEM(wanted, 1);
        equal = asked == found->value ? 1 : is_equal(asked, found->value);
    }
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

static const char *const live_view_names[] = {"HashMapKeys", "HashMapValues", "HashMapItems"};

static PyObject *
live_view_repr(LiveView *self)
{
    const char *name = live_view_names[self->pick];
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
    return refuse(self->map->state, "cannot_copy",
                  Py_BuildValue("(ss)", live_view_names[self->pick], "make a list of it"));
}

static PyMethodDef live_view_methods[] = {
    METHOD("__reversed__", live_view_reversed, METH_NOARGS, "The same, last inserted first."),
    METHOD("__reduce__", live_view_reduce, METH_NOARGS, "Raises TypeError: a live view cannot be pickled or copied."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef live_view_attributes[] = {
    {"mapping", (getter)live_view_mapping, NULL, PyDoc_STR("The map itself, read-only."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* Else object.__new__ would make one without a map. */
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
        : PyType_IsSubtype(type, state->Values) ? VALUES
        : ITEMS;
    return refuse(state, "not_made_by_hand", Py_BuildValue("(ss)", live_view_names[pick], methods[pick]));
}

static PyType_Slot live_view_slots[] = {
    {Py_tp_new, live_view_tp_new},
    {Py_tp_doc, (void *)PyDoc_STR("LiveView(*args, **kwargs)\n--\n\nWhat the three live views share.")},
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

static PyType_Spec live_view_spec = {
    "keyview._core.LiveView", sizeof(LiveView), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, live_view_slots};

/* -- the set operations of keys and items -------------------------------------------------------- */

/* What is stored, whatever equal objects or views of them `other` holds. */
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

/* The other operations, as a dict's: a set of `left`, to which `method` has been applied with `right`. */
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

/* Adds the elements of `source` that are not in `other`. */
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
        || !(PyDictItems_Check(other) || PyObject_TypeCheck(other, view->map->state->Items)))
    {
        return set_changed(self, "symmetric_difference_update", other);
    }
    /* A pair that both have need not be hashable. */
    PyObject *made = PySet_New(NULL);
    if (made != NULL
        && (set_add_missing(made, self, other) < 0 || set_add_missing(made, other, self) < 0))
    {
        Py_CLEAR(made);
    }
    return made;
}

static PyMethodDef set_view_methods[] = {
    METHOD("__and__", set_view_and, METH_O, "A set of the stored keys or pairs that are in another iterable, too."),
    METHOD("__rand__", set_view_and, METH_O, "The same, from the right."),
    METHOD("__or__", set_view_or, METH_O, "A set of these and those of another iterable."),
    METHOD("__ror__", set_view_ror, METH_O, "The same, from the right."),
    METHOD("__sub__", set_view_sub, METH_O, "A set of these that are not in another iterable."),
    METHOD("__rsub__", set_view_rsub, METH_O, "A set of those of another iterable that are not in these."),
    METHOD("__xor__", set_view_xor, METH_O, "A set of what is in these or in another iterable, but not in both."),
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
static PyType_Spec set_view_spec = {
    "keyview._core.SetView", sizeof(LiveView), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, set_view_slots};

#endif

/* The iterators of a map and of its live views, and the iterator that `extract_if` returns.

   RELEASE LATE, SAME VERSION and HOLD are explained at the head of table.h. */
#ifndef KEYVIEW_ITERATORS_H
#define KEYVIEW_ITERATORS_H

#include "entry.h"

/* What an iterator or a live view gives of each pair. */
typedef enum { KEYS, VALUES, ITEMS } Pick;

static void *
raise_changed_during(State *state, PyTypeObject *type, const char *what)
{
    return raise_message(state, "changed_during",
                         Py_BuildValue("(Ns)", PyType_GetName(type), what));
}

/* -- iterators ----------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Map *map;              /* NULL once the iterator has ended: like a dict's, it stays ended */
    PyTypeObject *changed; /* the map's class, if the iterator ended because of a change */
    Pick pick;
    int step;        /* 1, or -1 for reversed() */
    Py_ssize_t next; /* the slot index from which the next key is looked for */
    Py_ssize_t left; /* pairs still to come */
    uint64_t version;
    PyObject *pair; /* ITEMS: the first pair, filled again if nobody else has a reference to it */
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

/* The next slot that is not a hole. The version must be the same, and a pair must be left. */
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

/* A tuple of the slot's key and value. As dict.items() does, fills the first tuple again if nobody
   else has it: a loop `for key, value in map.items()` makes one tuple. */
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
    return self->pick == KEYS  ? Py_NewRef(slot->key)
        : self->pick == VALUES ? Py_NewRef(slot->value)
                               : iterator_pair(self, slot);
}

static PyObject *
iterator_length_hint(TableIterator *self, PyObject *Py_UNUSED(ignored))
{
    int good = self->map != NULL && self->version == self->map->table.version;
    return PyLong_FromSsize_t(good ? self->left : 0);
}

/* Appends what is left to a list. -1 and an exception on failure. */
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
            : self->pick == VALUES          ? Py_NewRef(value)
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
    Map *map = (Map *)Py_XNewRef(self->map); /* HOLD: a destructor may end this iterator. */
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
    METHOD("__length_hint__", iterator_length_hint, METH_NOARGS, "How many items are left."),
    METHOD("__reduce__", iterator_reduce, METH_NOARGS,
           "As a dict's: an iterator over what is left."),
    {NULL, NULL, 0, NULL},
};

static PyType_Slot iterator_slots[] = {
    {Py_tp_doc,
     (void *)PyDoc_STR("Iterates over a table, and notices every structural change of it.")},
    {Py_tp_traverse, iterator_traverse},
    {Py_tp_dealloc, iterator_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, iterator_next},
    {Py_tp_methods, iterator_methods},
    {0, NULL},
};

static PyType_Spec iterator_spec = {"keyview._core.TableIterator", sizeof(TableIterator), 0,
                                    FINAL_TYPE, iterator_slots};

/* -- extract_if ---------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Map *map;            /* NULL once the iterator has ended */
    PyObject *predicate; /* NULL once the iterator has ended */
    int running;         /* the predicate is being called */
    Py_ssize_t next;     /* the slot index from which the next key is looked for */
    Py_ssize_t left;     /* pairs still to be asked about */
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

/* Whether the predicate is true for a pair. -1 and an exception on failure. */
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
        Py_ssize_t slot_index = self->next++;
        PyObject *key = Py_NewRef(pair_at(table, slot_index)->key);
        PyObject *value = Py_NewRef(pair_at(table, slot_index)->value);
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
        /* SAME VERSION: Python code may run in the predicate, when `pair` is released, and in the
           garbage collector when `taken` is made. */
        if (self->version != table->version) {
            Py_XDECREF(taken);
            return raise_changed_during(self->map->state, Py_TYPE(self->map), "extract_if");
        }
        if (wanted) {
            /* Holes are not closed: that would move the slots that are still to be asked about. */
            Slot slot = table_take(table, slot_index);
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
    if (pair == NULL) { /* Like a generator, the iterator stays ended once it ended or raised. */
        Py_CLEAR(self->predicate);
        Py_CLEAR(self->map);
    }
    return pair;
}

static PyType_Slot extraction_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Removes and yields the pairs for which a predicate is true.")},
    {Py_tp_traverse, extraction_traverse},
    {Py_tp_dealloc, extraction_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, extraction_next},
    {0, NULL},
};

static PyType_Spec extraction_spec = {"keyview._core.Extraction", sizeof(Extraction), 0, FINAL_TYPE,
                                      extraction_slots};

#endif

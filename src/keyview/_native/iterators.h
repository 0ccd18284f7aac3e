/* The iterators of collections and of live views, and the iterator that `extract_if` returns.

   RELEASE LATE, SAME VERSION and HOLD are explained at the head of table.h. */
#ifndef KEYVIEW_ITERATORS_H
#define KEYVIEW_ITERATORS_H

#include "entry.h"

/* What an iterator or a live view gives of each pair. */
typedef enum { KEYS, VALUES, ITEMS } Pick;

static void *
raise_changed_during(State *state, PyTypeObject *type, const char *what)
{
    int is_set = PyType_IsSubtype(type, state->Set) || PyType_IsSubtype(type, state->SortedSet);
    const char *kind = is_set ? "set" : "map";
    return raise_message(state, "changed_during",
                         Py_BuildValue("(Nss)", PyType_GetName(type), what, kind));
}

/* -- iterators --------------------------------------------------------------------------------- */

/* An iterator over a table or over a tree. */
typedef struct {
    PyObject_HEAD
    Owner *map;            /* NULL once the iterator has ended: like a dict's, it stays ended */
    PyTypeObject *changed; /* the map's class, if the iterator ended because of a change */
    Pick pick;
    int step;        /* 1, or -1 for reversed() */
    Leaf *leaf;      /* SORTED: the leaf of the next pair */
    Py_ssize_t next; /* HASHED: the slot index from which the next key is looked for; SORTED: the
                        index of the next pair in its leaf */
    Py_ssize_t left; /* pairs still to come */
    uint64_t version;
    PyObject *pair; /* ITEMS: the first pair, filled again if nobody else has a reference to it */
} Iterator;

static Iterator *
iterator_of(PyTypeObject *type, Owner *map, Pick pick, int step, Py_ssize_t left, uint64_t version)
{
    Iterator *self = PyObject_GC_New(Iterator, type);
    if (self == NULL) {
        return NULL;
    }
    self->map = (Owner *)Py_NewRef(map);
    self->changed = NULL;
    self->pick = pick;
    self->step = step;
    self->leaf = NULL;
    self->next = 0;
    self->left = left;
    self->version = version;
    self->pair = NULL;
    PyObject_GC_Track(self);
    return self;
}

static PyObject *
iterator_new(Map *map, Pick pick, int step)
{
    const Table *table = &map->table;
    Iterator *self = iterator_of(map->state->TableIterator, (Owner *)map, pick, step, table->used,
                                 table->version);
    if (self != NULL) {
        self->next = step > 0 ? table->first : table->end - 1;
    }
    return (PyObject *)self;
}

/* An iterator over `left` pairs of a tree, beginning at a place. */
static PyObject *
tree_iterator_new(Sorted *map, Pick pick, int step, Place place, Py_ssize_t left)
{
    Iterator *self =
        iterator_of(map->state->TreeIterator, (Owner *)map, pick, step, left, map->tree.version);
    if (self != NULL) {
        self->leaf = place.leaf;
        self->next = place.index;
    }
    return (PyObject *)self;
}

/* Over the pairs of a tree that are within bounds. */
static PyObject *
sorted_iterate(Sorted *map, const Bounds *bounds, Pick pick, int step)
{
    const Tree *tree = &map->tree;
    Span span;
    if (bounds == NULL) {
        Place place = step > 0 ? tree_first(tree) : tree_last(tree);
        return tree_iterator_new(map, pick, step, place, tree->used);
    }
    if (sorted_span(map, bounds, &span) < 0) {
        return NULL;
    }
    Place place = no_place();
    if (span.start < span.stop) {
        place = tree_place_of(tree, step > 0 ? span.start : span.stop - 1);
    }
    return tree_iterator_new(map, pick, step, place, span.stop - span.start);
}

static int
iterator_traverse(Iterator *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->map);
    Py_VISIT(self->changed);
    Py_VISIT(self->pair);
    return 0;
}

static void
iterator_dealloc(Iterator *self)
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
    Py_ssize_t slot_index = *next;
    const Pair *slot = pair_at(table, slot_index);
    while (slot->key == NULL) {
        slot_index += step;
        slot = pair_at(table, slot_index);
    }
    *next = slot_index + step;
    return slot;
}

/* The next pair of a tree, of which there must be one; for KEYS without its value, which a set has
   not. Advances *leaf and *next. */
static inline Pair
tree_iterator_pair(Leaf **leaf, Py_ssize_t *next, int step, Pick pick)
{
    Leaf *from = *leaf;
    Pair pair = {keys_of(from)[*next], pick == KEYS ? NULL : values_of(from)[*next]};
    *next += step;
    if (*next < 0) {
        *leaf = from->previous;
        *next = *leaf == NULL ? 0 : (*leaf)->count - 1;
    }
    else if (*next == from->count) {
        *leaf = from->next;
        *next = 0;
    }
    return pair;
}

/* A new tuple of a slot's key and value. The iterator may fill its first one again. */
Py_NO_INLINE static PyObject *
iterator_new_pair(Iterator *self, PyObject *key, PyObject *value)
{
    Py_INCREF(key);
    Py_INCREF(value);
    PyObject *pair = PyTuple_New(2);
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

/* A tuple of the slot's key and value. As dict.items() does, fills the first tuple again if nobody
   else has it: a loop `for key, value in map.items()` makes one tuple. */
static Py_ALWAYS_INLINE inline PyObject *
iterator_pair(Iterator *self, const Pair *slot)
{
    PyObject *pair = self->pair;
    if (pair == NULL || Py_REFCNT(pair) != 1) {
        return iterator_new_pair(self, slot->key, slot->value);
    }
    return pair_set(Py_NewRef(pair), Py_NewRef(slot->key), Py_NewRef(slot->value));
}

static PyObject *
raise_iterator_changed(Iterator *self)
{
    PyTypeObject *type = self->changed != NULL ? self->changed : Py_TYPE(self->map);
    return raise_changed_during(PyType_GetModuleState(Py_TYPE(self)), type, "iteration");
}

static PyObject *
iterator_end(Iterator *self, int changed)
{
    if (changed) {
        self->changed = (PyTypeObject *)Py_NewRef(Py_TYPE(self->map));
    }
    Py_CLEAR(self->map);
    return changed ? raise_iterator_changed(self) : NULL;
}

static Py_ALWAYS_INLINE inline PyObject *
iterator_picked(Iterator *self, Pick pick, const Pair *slot)
{
    return pick == KEYS  ? Py_NewRef(slot->key)
        : pick == VALUES ? Py_NewRef(slot->value)
                         : iterator_pair(self, slot);
}

/* As iterator_next, when nothing is left or the table has changed. */
Py_NO_INLINE static PyObject *
iterator_next_of_none(Iterator *self)
{
    if (self->map == NULL) {
        return self->changed ? raise_iterator_changed(self) : NULL;
    }
    return iterator_end(self, self->version != ((Map *)self->map)->table.version);
}

/* The next of what `pick` says, of a table. */
static Py_ALWAYS_INLINE inline PyObject *
iterator_next_of(Iterator *self, Pick pick)
{
    const Map *map = (const Map *)self->map;
    if (map == NULL || self->version != map->table.version || self->left == 0) {
        return iterator_next_of_none(self);
    }
    self->left--;
    return iterator_picked(self, pick, iterator_slot(&map->table, self->step, &self->next));
}

Py_NO_INLINE static PyObject *
iterator_next_item(Iterator *self)
{
    return iterator_next_of(self, ITEMS);
}

/* Calls no other function on the way to a key or value: it would have to save registers. */
static PyObject *
iterator_next(Iterator *self)
{
    Pick pick = self->pick;
    return pick == ITEMS ? iterator_next_item(self)
        : pick == KEYS   ? iterator_next_of(self, KEYS)
                         : iterator_next_of(self, VALUES);
}

static PyObject *
tree_iterator_next(Iterator *self)
{
    if (self->map == NULL) {
        return self->changed ? raise_iterator_changed(self) : NULL;
    }
    const Tree *tree = &((Sorted *)self->map)->tree;
    if (self->version != tree->version || self->left == 0) {
        return iterator_end(self, self->version != tree->version);
    }
    self->left--;
    Pair pair = tree_iterator_pair(&self->leaf, &self->next, self->step, self->pick);
    return iterator_picked(self, self->pick, &pair);
}

static PyObject *
iterator_length_hint(Iterator *self, PyObject *Py_UNUSED(ignored))
{
    int good = self->map != NULL && self->version == owner_version(self->map);
    return PyLong_FromSsize_t(good ? self->left : 0);
}

/* Appends what is left to a list. -1 and an exception on failure. */
static int
iterator_append_rest(Iterator *self, Owner *map, PyObject *rest)
{
    Py_ssize_t next = self->next;
    Leaf *leaf = self->leaf;
    for (Py_ssize_t left = self->left; left > 0; left--) {
        if (self->version != owner_version(map)) {
            raise_changed_during(map->state, Py_TYPE(map), "iteration");
            return -1;
        }
        Pair pair = map->kind == HASHED ? *iterator_slot(&((Map *)map)->table, self->step, &next)
                                        : tree_iterator_pair(&leaf, &next, self->step, self->pick);
        PyObject *key = Py_NewRef(pair.key);
        PyObject *value = self->pick == KEYS ? NULL : Py_NewRef(pair.value);
        PyObject *item = self->pick == KEYS ? Py_NewRef(key)
            : self->pick == VALUES          ? Py_NewRef(value)
                                            : PyTuple_Pack(2, key, value);
        Py_DECREF(key);
        Py_XDECREF(value);
        int done = item == NULL ? -1 : PyList_Append(rest, item);
        Py_XDECREF(item);
        if (done < 0) {
            return -1;
        }
    }
    return 0;
}

static PyObject *
iterator_reduce(Iterator *self, PyObject *Py_UNUSED(ignored))
{
    Owner *map = (Owner *)Py_XNewRef(self->map); /* HOLD: a destructor may end this iterator. */
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

static PyType_Spec iterator_spec = {"keyview._core.TableIterator", sizeof(Iterator), 0, FINAL_TYPE,
                                    iterator_slots};

static PyType_Slot tree_iterator_slots[] = {
    {Py_tp_doc,
     (void *)PyDoc_STR("Iterates over a tree, and notices every structural change of it.")},
    {Py_tp_traverse, iterator_traverse},
    {Py_tp_dealloc, iterator_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, tree_iterator_next},
    {Py_tp_methods, iterator_methods},
    {0, NULL},
};

static PyType_Spec tree_iterator_spec = {"keyview._core.TreeIterator", sizeof(Iterator), 0,
                                         FINAL_TYPE, tree_iterator_slots};

/* -- extract_if -------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Owner *map;          /* NULL once the iterator has ended */
    PyObject *predicate; /* NULL once the iterator has ended */
    int running;         /* the predicate is being called */
    Py_ssize_t next; /* HASHED: the slot index from which the next key is looked for; SORTED: the
                            position of the next pair */
    Py_ssize_t left; /* pairs still to be asked about */
    uint64_t version;
} Extraction;

static PyObject *
extraction_of(Owner *map, PyObject *predicate, Py_ssize_t next, Py_ssize_t left, uint64_t version)
{
    Extraction *self = PyObject_GC_New(Extraction, map->state->Extraction);
    if (self == NULL) {
        return NULL;
    }
    self->map = (Owner *)Py_NewRef(map);
    self->predicate = Py_NewRef(predicate);
    self->running = 0;
    self->next = next;
    self->left = left;
    self->version = version;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static PyObject *
extraction_new(Map *map, PyObject *predicate)
{
    const Table *table = &map->table;
    return extraction_of((Owner *)map, predicate, table->first, table->used, table->version);
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

/* Whether the predicate is true for a pair, or for the element of a set. -1 and an exception on
   failure. */
static int
extraction_asks(Extraction *self, Pair pair)
{
    PyObject *arguments[] = {NULL, Py_NewRef(pair.key), Py_XNewRef(pair.value)}; /* HOLD */
    size_t count = pair.value == NULL ? 1 : 2;
    PyObject *answer = PyObject_Vectorcall(self->predicate, arguments + 1,
                                           count | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    int wanted = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    Py_DECREF(arguments[1]);
    Py_XDECREF(arguments[2]);
    return wanted;
}

/* The pair that is asked about next; *at is where it is. */
static Pair
extraction_pair(Extraction *self, Place *place)
{
    if (self->map->kind == SORTED) {
        const Tree *tree = &((Sorted *)self->map)->tree;
        *place = tree_place_of(tree, self->next);
        return (Pair){key_at(*place), tree->has_values ? *value_cell(*place) : NULL};
    }
    const Table *table = &((Map *)self->map)->table;
    while (pair_at(table, self->next)->key == NULL) {
        self->next++;
    }
    Pair pair = *pair_at(table, self->next);
    return table->layout == ELEMENT ? (Pair){pair.key, NULL} : pair;
}

/* Removes that pair. */
static Pair
extraction_take(Extraction *self, Place place)
{
    if (self->map->kind == SORTED) {
        return tree_remove(&((Sorted *)self->map)->tree, place);
    }
    /* Holes are not closed: that would move the slots that are still to be asked about. */
    Slot slot = table_take(&((Map *)self->map)->table, self->next++);
    return (Pair){slot.key, slot.value};
}

static PyObject *
extraction_step(Extraction *self)
{
    while (self->left-- > 0) {
        if (self->version != owner_version(self->map)) {
            return raise_changed_during(self->map->state, Py_TYPE(self->map), "extract_if");
        }
        Place place = no_place();
        Pair pair = extraction_pair(self, &place);
        int has_value = pair.value != NULL, wanted = extraction_asks(self, pair);
        if (wanted < 0) {
            return NULL;
        }
        PyObject *taken = wanted && has_value ? pair_new() : NULL;
        if (wanted && has_value && taken == NULL) {
            return NULL;
        }
        /* SAME VERSION: Python code may run in the predicate, when the pair is released, and in the
           garbage collector when `taken` is made. */
        if (self->version != owner_version(self->map)) {
            Py_XDECREF(taken);
            return raise_changed_during(self->map->state, Py_TYPE(self->map), "extract_if");
        }
        if (wanted) {
            pair = extraction_take(self, place);
            self->version = owner_version(self->map);
            return has_value ? pair_set(taken, pair.key, pair.value) : pair.key;
        }
        self->next++;
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

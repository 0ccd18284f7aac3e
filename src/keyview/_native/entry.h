/* Occupied and Vacant: what one lookup found, and what can be done about it without another. */
#ifndef KEYVIEW_ENTRY_H
#define KEYVIEW_ENTRY_H

#include "storing.h"

typedef struct {
    PyObject_HEAD
    Map *map;
    PyObject *key;    /* Occupied: the stored key. Vacant: what was asked for, or the key it stands for. */
    Py_hash_t hash;
    Py_ssize_t number; /* Occupied: its slot. Vacant: ABSENT. */
    uint64_t version;  /* of the table, when that was true */
    int settled;       /* Occupied: it was used up. Vacant: `key` is the key to store. */
} Entry;

/* -- making and freeing -------------------------------------------------------------------------- */

/* Takes over the reference to the key. */
static inline PyObject *
entry_new(Kept *kept, PyTypeObject *type, Map *map, PyObject *key, Py_hash_t hash, Py_ssize_t number)
{
    uint64_t version = map->table.version; /* Now: making an object may run the garbage collector. */
    Entry *self;
    if (kept->count > 0) {
        self = kept->entries[--kept->count];
        Py_SET_REFCNT((PyObject *)self, 1);
    }
    else if ((self = PyObject_GC_New(Entry, type)) == NULL) {
        Py_DECREF(key);
        return NULL;
    }
    self->map = (Map *)Py_NewRef(map);
    self->key = key;
    self->hash = hash;
    self->number = number;
    self->version = version;
    self->settled = 0;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

/* Nothing may have run since the slot was found: its key is read here. */
static inline PyObject *
occupied_new(Map *map, Py_ssize_t number)
{
    State *state = map->state;
    Slot slot = slot_at(&map->table, number);
    return entry_new(&state->occupied, state->Occupied, map, Py_NewRef(slot.key), slot.hash, number);
}

static inline PyObject *
vacant_new(Map *map, PyObject *query, Py_hash_t hash)
{
    State *state = map->state;
    PyObject *made = entry_new(&state->vacant, state->Vacant, map, Py_NewRef(query), hash, ABSENT);
    if (made != NULL) {
        ((Entry *)made)->settled = is_plainly_a_key(query);
    }
    return made;
}

static int
entry_traverse(Entry *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->map);
    Py_VISIT(self->key);
    return 0;
}

static void
entry_dealloc(Entry *self)
{
    PyObject_GC_UnTrack(self);
    PyTypeObject *type = Py_TYPE(self);
    Map *map = self->map;
    PyObject *key = self->key;
    State *state = map->state;
    Kept *kept = type == state->Occupied ? &state->occupied : &state->vacant;
    if (KEPT_ENTRIES > 0 && kept->count < KEPT_ENTRIES) {
        kept->entries[kept->count++] = self;
        type = NULL;
    }
    else {
        PyObject_GC_Del(self);
    }
    Py_DECREF(key);
    Py_DECREF(map);
    Py_XDECREF(type);
}

static int
kept_traverse(const Kept *kept, visitproc visit, void *arg)
{
    for (int i = 0; i < kept->count; i++) {
        Py_VISIT(Py_TYPE((PyObject *)kept->entries[i]));
    }
    return 0;
}

static void
kept_free(Kept *kept)
{
    while (kept->count > 0) {
        PyObject *entry = kept->entries[--kept->count];
        PyTypeObject *type = Py_TYPE(entry);
        PyObject_GC_Del(entry);
        Py_DECREF(type);
    }
}

/* -- Occupied ------------------------------------------------------------------------------------ */

/* As occupied_current, once the table has changed or the entry was used up. */
static Py_ssize_t
occupied_refind(Entry *self)
{
    Map *map = self->map;
    Table *table = &map->table;
    do {
        if (self->settled) {
            refuse_one(map->state, "spent", self->key);
            return FAILED;
        }
        PyObject *known = Py_NewRef(self->key); /* Held: an __eq__ may use this very entry. */
        Py_ssize_t number = table_locate(table, known, self->hash);
        if (number < 0) {
            number = table_find(table, known, self->hash);
        }
        if (number == ABSENT) {
            refuse_one(map->state, "gone", known);
        }
        if (number >= 0) {
            self->number = number;
            self->version = table->version;
            Py_SETREF(self->key, Py_NewRef(pair_at(table, number)->key));
        }
        Py_DECREF(known);
        if (number < 0) {
            return FAILED;
        }
    } while (self->settled || self->version != table->version);
    return self->number;
}

/* The slot of the entry's key, looked for again only if the table has changed. */
static inline Py_ssize_t
occupied_current(Entry *self)
{
    if (self->version == self->map->table.version && !self->settled) {
        return self->number;
    }
    return occupied_refind(self);
}

static PyObject *
occupied_get_key(Entry *self, void *Py_UNUSED(closure))
{
    Py_ssize_t number = occupied_current(self);
    return number < 0 ? NULL : Py_NewRef(pair_at(&self->map->table, number)->key);
}

static PyObject *
occupied_value(Entry *self, PyObject *Py_UNUSED(ignored))
{
    Py_ssize_t number = occupied_current(self);
    return number < 0 ? NULL : value_at(self->map, number);
}

static PyObject *
occupied_get_value(Entry *self, void *Py_UNUSED(closure))
{
    return occupied_value(self, NULL);
}

static PyObject *
occupied_insert(Entry *self, PyObject *value)
{
    Py_ssize_t number = occupied_current(self);
    return number < 0 ? NULL : swap_value(self->map, number, value);
}

static int
occupied_set_value(Entry *self, PyObject *value, void *Py_UNUSED(closure))
{
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "can't delete attribute 'value'");
        return -1;
    }
    PyObject *old = occupied_insert(self, value);
    Py_XDECREF(old);
    return old == NULL ? -1 : 0;
}

static PyObject *
occupied_insert_entry(Entry *self, PyObject *value)
{
    return occupied_set_value(self, value, NULL) < 0 ? NULL : Py_NewRef(self);
}

static PyObject *
occupied_itself(Entry *self, PyObject *Py_UNUSED(ignored))
{
    return occupied_current(self) < 0 ? NULL : Py_NewRef(self);
}

static PyObject *
occupied_remove(Entry *self, PyObject *Py_UNUSED(ignored))
{
    Py_ssize_t number = occupied_current(self);
    if (number < 0) {
        return NULL;
    }
    Slot taken = table_remove(&self->map->table, number);
    self->settled = 1;
    Py_DECREF(taken.key);
    return taken.value;
}

static PyObject *
occupied_remove_entry(Entry *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *pair = pair_new();
    Py_ssize_t number = pair == NULL ? FAILED : occupied_current(self);
    if (number < 0) {
        Py_XDECREF(pair);
        return NULL;
    }
    self->settled = 1;
    Slot taken = table_remove(&self->map->table, number);
    return pair_set(pair, taken.key, taken.value);
}

static PyObject *
occupied_replace_key(Entry *self, PyObject *key)
{
    Py_ssize_t number = occupied_current(self);
    if (number < 0) {
        return NULL;
    }
    PyObject *stored = Py_NewRef(pair_at(&self->map->table, number)->key);
    PyObject *owned = NULL, *old = NULL;
    Py_hash_t hash = hash_of(key);
    if (hash == -1 && PyErr_Occurred()) {
        goto done;
    }
    int equal = hash != self->hash ? 0 : key == stored ? 1 : is_equal(key, stored);
    if (equal == 0) {
        refuse(self->map->state, "unequal_keys", PyTuple_Pack(2, key, stored));
    }
    if (equal > 0 && (owned = owned_key(self->map->state, key, hash)) != NULL
        && (number = occupied_current(self)) >= 0 && table_admit(&self->map->table, owned) == 0)
    {
        Pair *pair = pair_at(&self->map->table, number);
        old = pair->key;
        pair->key = Py_NewRef(owned);
        Py_SETREF(self->key, Py_NewRef(owned)); /* `old` is held: nothing is destroyed yet. */
    }
done:
    Py_DECREF(stored);
    Py_XDECREF(owned);
    return old;
}

static PyObject *
occupied_and_modify(Entry *self, PyObject *function)
{
    PyObject *value = occupied_value(self, NULL);
    if (value == NULL) {
        return NULL;
    }
    PyObject *made = PyObject_CallOneArg(function, value);
    PyObject *result = made == NULL ? NULL : occupied_insert_entry(self, made);
    Py_DECREF(value);
    Py_XDECREF(made);
    return result;
}

static PyObject *
occupied_and_modify_in_place(Entry *self, PyObject *function)
{
    PyObject *value = occupied_value(self, NULL);
    PyObject *made = value == NULL ? NULL : PyObject_CallOneArg(function, value);
    Py_XDECREF(value);
    if (made == NULL) {
        return NULL;
    }
    if (made != Py_None) {
        refuse_one(self->map->state, "lost_result", made);
        Py_DECREF(made);
        return NULL;
    }
    Py_DECREF(made);
    return occupied_itself(self, NULL);
}

static PyObject *
occupied_and_replace_entry_with(Entry *self, PyObject *function)
{
    Map *map = self->map;
    Py_ssize_t number = occupied_current(self);
    if (number < 0) {
        return NULL;
    }
    PyObject *key = Py_NewRef(pair_at(&map->table, number)->key), *value = value_at(map, number);
    PyObject *made = PyObject_CallFunctionObjArgs(function, key, value, NULL);
    Py_DECREF(key);
    Py_DECREF(value);
    if (made == NULL) {
        return NULL;
    }
    PyObject *result = NULL;
    if (made != map->state->REMOVE) {
        result = occupied_insert_entry(self, made);
    }
    else if ((result = vacant_new(map, self->key, self->hash)) != NULL) {
        if ((number = occupied_current(self)) < 0) {
            Py_CLEAR(result);
        }
        else {
            Entry *vacant = (Entry *)result;
            Slot taken = table_remove(&map->table, number);
            Py_SETREF(vacant->key, Py_NewRef(taken.key));
            vacant->version = map->table.version;
            vacant->settled = 1;
            slot_drop(taken);
        }
    }
    Py_DECREF(made);
    return result;
}

static PyObject *
occupied_repr(Entry *self)
{
    Py_ssize_t number = occupied_current(self);
    if (number < 0) {
        if (!PyErr_ExceptionMatches(self->map->state->StaleEntryError)) {
            return NULL;
        }
        PyErr_Clear();
        PyObject *known = Py_NewRef(self->key); /* Held: its repr may use this very entry. */
        PyObject *text = PyUnicode_FromFormat("<stale Occupied %R>", known);
        Py_DECREF(known);
        return text;
    }
    const Pair *slot = pair_at(&self->map->table, number);
    PyObject *key = Py_NewRef(slot->key), *value = Py_NewRef(slot->value);
    PyObject *text = PyUnicode_FromFormat("Occupied(%R, %R)", key, value);
    Py_DECREF(key);
    Py_DECREF(value);
    return text;
}

static PyObject *
occupied_reduce(Entry *self, PyObject *Py_UNUSED(ignored))
{
    return refuse(self->map->state, "cannot_copy", Py_BuildValue("(ss)", "an Occupied entry", "pickle or copy its map"));
}

/* -- Vacant -------------------------------------------------------------------------------------- */

/* The slot of the key, or ABSENT while the entry is as it was found. */
static inline Py_ssize_t
vacant_find(Entry *self)
{
    const Table *table = &self->map->table;
    while (self->version != table->version) {
        PyObject *query = Py_NewRef(self->key); /* Held: an __eq__ may use this very entry. */
        Py_ssize_t number = table_find(table, query, self->hash);
        uint64_t version = table->version;
        Py_DECREF(query); /* If it was used, this may run a destructor. */
        if (number == ABSENT) {
            self->version = version;
        }
        else if (number == FAILED || table->version == version) {
            return number;
        }
    }
    return ABSENT;
}

/* As find_or_add. A query whose key was built is handed over in *query, to be released when the slot
   has been read: it may have a destructor. */
static Py_ssize_t
vacant_find_or_add(Entry *self, PyObject *value, int *added, PyObject **query)
{
    Map *map = self->map;
    *added = 0;
    *query = NULL;
    Py_ssize_t number = vacant_find(self);
    if (number != ABSENT) {
        return number;
    }
    if (self->settled) {
        number = table_add(&map->table, self->key, self->hash, value);
        *added = number >= 0;
        return number;
    }
    *query = Py_NewRef(self->key);
    number = add_absent(map, *query, self->hash, value, added);
    if (*added) {
        Py_SETREF(self->key, Py_NewRef(pair_at(&map->table, number)->key)); /* The other is held. */
        self->settled = 1;
    }
    return number;
}

static PyObject *
vacant_stale(Entry *self)
{
    return refuse_one(self->map->state, "filled", self->key);
}

static PyObject *
vacant_get_key(Entry *self, void *Py_UNUSED(closure))
{
    if (!self->settled) {
        PyObject *query = Py_NewRef(self->key);
        PyObject *key = owned_key(self->map->state, query, self->hash);
        if (key != NULL) {
            Py_SETREF(self->key, key);
            self->settled = 1;
        }
        Py_DECREF(query);
        if (key == NULL) {
            return NULL;
        }
    }
    return Py_NewRef(self->key);
}

/* Stores the value and returns the Occupied, which is made first: once stored, nothing may fail. If the
   key is there by now, that is what is returned, or refused unless `there_is_fine`. */
static PyObject *
vacant_to_occupied(Entry *self, PyObject *value, int there_is_fine)
{
    Map *map = self->map;
    State *state = map->state;
    int added = 0;
    PyObject *query = NULL;
    Entry *made = (Entry *)entry_new(&state->occupied, state->Occupied, map, Py_NewRef(self->key),
                                     self->hash, ABSENT);
    Py_ssize_t number = FAILED;
    if (made != NULL) {
        made->version = UINT64_MAX; /* Not current yet, for who meets it in gc.get_objects(). */
        number = vacant_find_or_add(self, value, &added, &query);
    }
    if (number >= 0 && (added || there_is_fine)) {
        made->number = number;
        made->version = map->table.version;
        Py_SETREF(made->key, Py_NewRef(pair_at(&map->table, number)->key)); /* The other is held. */
    }
    else {
        Py_CLEAR(made);
    }
    Py_XDECREF(query);
    return number >= 0 && made == NULL ? vacant_stale(self) : (PyObject *)made;
}

static PyObject *
vacant_insert_entry(Entry *self, PyObject *value)
{
    return vacant_to_occupied(self, value, 0);
}

static PyObject *
vacant_insert(Entry *self, PyObject *value)
{
    int added;
    PyObject *query;
    Py_ssize_t number = vacant_find_or_add(self, value, &added, &query);
    Py_XDECREF(query);
    return number < 0 ? NULL : added ? Py_NewRef(value) : vacant_stale(self);
}

static PyObject *
vacant_or_insert(Entry *self, PyObject *value)
{
    int added;
    PyObject *query;
    Py_ssize_t number = vacant_find_or_add(self, value, &added, &query);
    PyObject *found = number < 0 ? NULL : value_at(self->map, number);
    Py_XDECREF(query);
    return found;
}

/* What is there, or what `made` made: a new reference, which is stolen, or NULL and an exception. */
static PyObject *
vacant_or_made(Entry *self, PyObject *made)
{
    if (made == NULL) {
        return NULL;
    }
    PyObject *value = vacant_or_insert(self, made);
    Py_DECREF(made);
    return value;
}

static PyObject *
vacant_or_insert_with(Entry *self, PyObject *factory)
{
    Py_ssize_t number = vacant_find(self);
    if (number != ABSENT) {
        return number < 0 ? NULL : value_at(self->map, number);
    }
    return vacant_or_made(self, made_by(factory));
}

static PyObject *
vacant_or_insert_with_key(Entry *self, PyObject *factory)
{
    Py_ssize_t number = vacant_find(self);
    if (number != ABSENT) {
        return number < 0 ? NULL : value_at(self->map, number);
    }
    PyObject *key = vacant_get_key(self, NULL);
    if (key == NULL) {
        return NULL;
    }
    PyObject *made = PyObject_CallOneArg(factory, key);
    Py_DECREF(key);
    return vacant_or_made(self, made);
}

static PyObject *
vacant_or_default(Entry *self, PyObject *Py_UNUSED(ignored))
{
    Py_ssize_t number = vacant_find(self);
    if (number != ABSENT) {
        return number < 0 ? NULL : value_at(self->map, number);
    }
    PyObject *factory = self->map->default_factory;
    if (factory == NULL) {
        return refuse(self->map->state, "no_default_factory", PyTuple_New(0));
    }
    Py_INCREF(factory);
    PyObject *made = made_by(factory);
    Py_DECREF(factory);
    return vacant_or_made(self, made);
}

static PyObject *
vacant_or_insert_entry(Entry *self, PyObject *value)
{
    return vacant_to_occupied(self, value, 1);
}

static PyObject *
vacant_or_insert_entry_with(Entry *self, PyObject *factory)
{
    Py_ssize_t number = vacant_find(self);
    if (number != ABSENT) {
        return number < 0 ? NULL : occupied_new(self->map, number);
    }
    PyObject *made = made_by(factory);
    if (made == NULL) {
        return NULL;
    }
    PyObject *entry = vacant_or_insert_entry(self, made);
    Py_DECREF(made);
    return entry;
}

static PyObject *
vacant_itself(Entry *self, PyObject *Py_UNUSED(ignored))
{
    Py_ssize_t number = vacant_find(self);
    if (number >= 0) {
        return vacant_stale(self);
    }
    return number == FAILED ? NULL : Py_NewRef(self);
}

static PyObject *
vacant_repr(Entry *self)
{
    PyObject *query = Py_NewRef(self->key);
    PyObject *text = PyUnicode_FromFormat("Vacant(%R)", query);
    Py_DECREF(query);
    return text;
}

static PyObject *
vacant_reduce(Entry *self, PyObject *Py_UNUSED(ignored))
{
    return refuse(self->map->state, "cannot_copy", Py_BuildValue("(ss)", "a Vacant entry", "pickle or copy its map"));
}

/* -- the two types ------------------------------------------------------------------------------- */

#define GENERIC                                                                                    \
    {"__class_getitem__", (PyCFunction)Py_GenericAlias, METH_O | METH_CLASS,                       \
     PyDoc_STR("See PEP 585.")}
#define METHOD(name, function, flags, text) {name, (PyCFunction)(void (*)(void))function, flags, PyDoc_STR(text)}

static PyMethodDef occupied_methods[] = {
    METHOD("insert", occupied_insert, METH_O, DOC_Occupied_insert),
    METHOD("insert_entry", occupied_insert_entry, METH_O, DOC_Occupied_insert_entry),
    METHOD("remove", occupied_remove, METH_NOARGS, DOC_Occupied_remove),
    METHOD("remove_entry", occupied_remove_entry, METH_NOARGS, DOC_Occupied_remove_entry),
    METHOD("replace_key", occupied_replace_key, METH_O, DOC_Occupied_replace_key),
    METHOD("or_insert", occupied_value, METH_O, DOC_Occupied_or_insert),
    METHOD("or_insert_with", occupied_value, METH_O, DOC_Occupied_or_insert_with),
    METHOD("or_insert_with_key", occupied_value, METH_O, DOC_Occupied_or_insert_with_key),
    METHOD("or_default", occupied_value, METH_NOARGS, DOC_Occupied_or_default),
    METHOD("or_insert_entry", occupied_itself, METH_O, DOC_Occupied_or_insert_entry),
    METHOD("or_insert_entry_with", occupied_itself, METH_O, DOC_Occupied_or_insert_entry_with),
    METHOD("and_modify", occupied_and_modify, METH_O, DOC_Occupied_and_modify),
    METHOD("and_modify_in_place", occupied_and_modify_in_place, METH_O, DOC_Occupied_and_modify_in_place),
    METHOD("and_replace_entry_with", occupied_and_replace_entry_with, METH_O, DOC_Occupied_and_replace_entry_with),
    METHOD("__reduce__", occupied_reduce, METH_NOARGS, "Raises TypeError: an entry cannot be pickled or copied."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef occupied_attributes[] = {
    {"key", (getter)occupied_get_key, NULL, PyDoc_STR(DOC_Occupied_key), NULL},
    {"value", (getter)occupied_get_value, (setter)occupied_set_value, PyDoc_STR(DOC_Occupied_value), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot occupied_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR(DOC_Occupied)},
    {Py_tp_traverse, entry_traverse},
    {Py_tp_dealloc, entry_dealloc},
    {Py_tp_repr, occupied_repr},
    {Py_tp_methods, occupied_methods},
    {Py_tp_getset, occupied_attributes},
    {0, NULL},
};

#define FINAL_TYPE (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION)

static PyType_Spec occupied_spec = {"keyview.Occupied", sizeof(Entry), 0, FINAL_TYPE, occupied_slots};

static PyMethodDef vacant_methods[] = {
    METHOD("insert", vacant_insert, METH_O, DOC_Vacant_insert),
    METHOD("insert_entry", vacant_insert_entry, METH_O, DOC_Vacant_insert_entry),
    METHOD("or_insert", vacant_or_insert, METH_O, DOC_Vacant_or_insert),
    METHOD("or_insert_with", vacant_or_insert_with, METH_O, DOC_Vacant_or_insert_with),
    METHOD("or_insert_with_key", vacant_or_insert_with_key, METH_O, DOC_Vacant_or_insert_with_key),
    METHOD("or_default", vacant_or_default, METH_NOARGS, DOC_Vacant_or_default),
    METHOD("or_insert_entry", vacant_or_insert_entry, METH_O, DOC_Vacant_or_insert_entry),
    METHOD("or_insert_entry_with", vacant_or_insert_entry_with, METH_O, DOC_Vacant_or_insert_entry_with),
    METHOD("and_modify", vacant_itself, METH_O, DOC_Vacant_and_modify),
    METHOD("and_modify_in_place", vacant_itself, METH_O, DOC_Vacant_and_modify_in_place),
    METHOD("and_replace_entry_with", vacant_itself, METH_O, DOC_Vacant_and_replace_entry_with),
    METHOD("__reduce__", vacant_reduce, METH_NOARGS, "Raises TypeError: an entry cannot be pickled or copied."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef vacant_attributes[] = {
    {"key", (getter)vacant_get_key, NULL, PyDoc_STR(DOC_Vacant_key), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot vacant_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR(DOC_Vacant)},
    {Py_tp_traverse, entry_traverse},
    {Py_tp_dealloc, entry_dealloc},
    {Py_tp_repr, vacant_repr},
    {Py_tp_methods, vacant_methods},
    {Py_tp_getset, vacant_attributes},
    {0, NULL},
};

static PyType_Spec vacant_spec = {"keyview.Vacant", sizeof(Entry), 0, FINAL_TYPE, vacant_slots};

#endif

/* Occupied and Vacant: the entry of one key, on which operations need no second lookup.

   RELEASE LATE, SAME VERSION and HOLD are explained at the head of table.h. */
#ifndef KEYVIEW_ENTRY_H
#define KEYVIEW_ENTRY_H

#include "foreign.h"
#include "insertion.h"

typedef struct {
    PyObject_HEAD
    State *state;    /* a part of the module, which the entry's class keeps alive */
    PyObject *owner; /* a Map, a Sorted, or any other mapping; `kind` says which */
    /* Occupied: the stored key if HASHED or SORTED, the query's key if FOREIGN.
       Vacant: the query, or the key to store once that was built; `key_owned` says which. */
    PyObject *key;
    union {
        Py_hash_t hash; /* of the query; if FOREIGN, of a view, and 0 for a key */
        Leaf *leaf;     /* SORTED: the leaf where the key is, or would be; see `version` */
    };
    Py_ssize_t slot_index; /* HASHED and Occupied: the slot of the key; SORTED: its index in the
                              leaf; else ABSENT */
    uint64_t version;      /* HASHED, SORTED: the version for which `slot_index` is right */
    char kind;             /* a Kind */
    char consumed;         /* Occupied: `remove` or `remove_entry` removed its pair */
    char key_owned;        /* Vacant: `key` is the key to store */
} Entry;

/* -- making and freeing ------------------------------------------------------------------------ */

/* A new entry of any kind, from the free list if there is one. Steals the reference to the key. */
static inline PyObject *
entry_new(State *state, PyTypeObject *type, FreeList *free_list, Kind kind, PyObject *owner,
          PyObject *key, Py_hash_t hash, Py_ssize_t slot_index, uint64_t version)
{
    Entry *self = free_list_take(free_list);
    if (self == NULL && (self = PyObject_GC_New(Entry, type)) == NULL) {
        Py_DECREF(key);
        return NULL;
    }
    self->state = state;
    self->owner = Py_NewRef(owner);
    self->key = key;
    self->hash = hash;
    self->slot_index = slot_index;
    self->version = version;
    self->kind = (char)kind;
    self->consumed = 0;
    self->key_owned = 0;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

/* Call directly after the lookup: if Python code ran in between, the slot index may be another
   key's. */
static inline PyObject *
occupied_new(Map *map, Py_ssize_t slot_index)
{
    State *state = map->state;
    Slot slot = slot_at(&map->table, slot_index);
    return entry_new(state, state->Occupied, &state->occupied, HASHED, (PyObject *)map,
                     Py_NewRef(slot.key), slot.hash, slot_index, map->table.version);
}

static inline PyObject *
vacant_new(Map *map, PyObject *query, Py_hash_t hash)
{
    State *state = map->state;
    PyObject *made = entry_new(state, state->Vacant, &state->vacant, HASHED, (PyObject *)map,
                               Py_NewRef(query), hash, ABSENT, map->table.version);
    if (made != NULL) {
        ((Entry *)made)->key_owned = (char)is_builtin_key(query);
    }
    return made;
}

/* Steals the reference to the key, which must not be a view. */
static inline PyObject *
foreign_occupied_new(State *state, PyObject *mapping, PyObject *key, Py_hash_t hash)
{
    return entry_new(state, state->Occupied, &state->occupied, FOREIGN, mapping, key, hash, ABSENT,
                     0);
}

/* Steals the reference to the query. */
static inline PyObject *
foreign_vacant_new(State *state, PyObject *mapping, PyObject *query, Py_hash_t hash, int key_owned)
{
    PyObject *made =
        entry_new(state, state->Vacant, &state->vacant, FOREIGN, mapping, query, hash, ABSENT, 0);
    if (made != NULL) {
        ((Entry *)made)->key_owned = (char)key_owned;
    }
    return made;
}

/* An entry of a tree: Occupied if its key is at the place, Vacant if it would be there. Steals the
   reference to the key. */
static inline PyObject *
sorted_entry_new(Sorted *map, int occupied, PyObject *key, Place place)
{
    State *state = map->state;
    PyTypeObject *type = occupied ? state->Occupied : state->Vacant;
    FreeList *free_list = occupied ? &state->occupied : &state->vacant;
    PyObject *made = entry_new(state, type, free_list, SORTED, (PyObject *)map, key, 0, place.index,
                               map->tree.version);
    if (made != NULL) {
        ((Entry *)made)->leaf = place.leaf;
    }
    return made;
}

static inline PyObject *
sorted_occupied_new(Sorted *map, Place place)
{
    return sorted_entry_new(map, 1, Py_NewRef(key_at(place)), place);
}

/* The key is that of the query, if that is known already. */
static inline PyObject *
sorted_vacant_new(Sorted *map, const Query *query, Place place)
{
    PyObject *key = Py_NewRef(query->key != NULL ? query->key : query->object);
    PyObject *made = sorted_entry_new(map, 0, key, place);
    if (made != NULL) {
        ((Entry *)made)->key_owned = query->key != NULL;
    }
    return made;
}

static int
entry_traverse(Entry *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->owner);
    Py_VISIT(self->key);
    return 0;
}

static void
entry_dealloc(Entry *self)
{
    PyObject_GC_UnTrack(self);
    PyTypeObject *type = Py_TYPE(self);
    PyObject *owner = self->owner;
    PyObject *key = self->key;
    State *state = self->state;
    FreeList *free_list = type == state->Occupied ? &state->occupied : &state->vacant;
    if (free_list_put(free_list, self)) {
        type = NULL;
    }
    else {
        PyObject_GC_Del(self);
    }
    Py_DECREF(key);
    Py_DECREF(owner);
    Py_XDECREF(type);
}

/* -- what differs by kind ---------------------------------------------------------------------- */

/* The methods are written with these functions, which are what differs between a Map and any other
   mapping. A comment begins with the entries that its function is for. `find` and `put` may run any
   Python code. */

static inline Table *
table_of(const Entry *self)
{
    return &((Map *)self->owner)->table;
}

/* As occupied_slot, when the table has changed or the entry was consumed. */
static Py_ssize_t
occupied_slot_again(Entry *self)
{
    Table *table = table_of(self);
    do {
        if (self->consumed) {
            raise_message_about(self->state, "entry_consumed", self->key);
            return FAILED;
        }
        PyObject *known = Py_NewRef(self->key); /* HOLD: an __eq__ may use this entry. */
        Py_ssize_t slot_index = table_locate(table, known, self->hash);
        if (slot_index < 0) {
            slot_index = table_find(table, known, self->hash);
        }
        if (slot_index == ABSENT) {
            raise_message_about(self->state, "key_removed", known);
        }
        if (slot_index >= 0) {
            self->slot_index = slot_index;
            self->version = table->version;
            Py_SETREF(self->key, Py_NewRef(pair_at(table, slot_index)->key));
        }
        Py_DECREF(known);
        if (slot_index < 0) {
            return FAILED;
        }
    } while (self->consumed || self->version != table->version);
    return self->slot_index;
}

/* HASHED, Occupied: the slot index of the key. Looks the key up again only if the table has
   changed. FAILED and an exception if the entry is stale. */
static inline Py_ssize_t
occupied_slot(Entry *self)
{
    if (self->version == table_of(self)->version && !self->consumed) {
        return self->slot_index;
    }
    return occupied_slot_again(self);
}

/* SORTED, Occupied: the place of the key. Looks the key up again only if the tree has changed.
   Without a leaf, and an exception is set, if the entry is stale. */
static Place
occupied_place(Entry *self)
{
    Sorted *map = (Sorted *)self->owner;
    while (self->consumed || self->version != map->tree.version) {
        if (self->consumed) {
            raise_message_about(self->state, "entry_consumed", self->key);
            return no_place();
        }
        PyObject *known = Py_NewRef(self->key); /* HOLD */
        Query query;
        Place place;
        int found = sorted_find(map, known, &query, &place);
        if (found == 0) {
            raise_message_about(self->state, "key_removed", known);
        }
        if (found > 0) {
            self->leaf = place.leaf;
            self->slot_index = place.index;
            self->version = map->tree.version;
            Py_SETREF(self->key, Py_NewRef(key_at(place)));
        }
        query_end(&query);
        Py_DECREF(known);
        if (found <= 0) {
            return no_place();
        }
    }
    return (Place){self->leaf, (int)self->slot_index};
}

/* SORTED, Occupied: as current_value. */
static PyObject *
sorted_current(Entry *self)
{
    Place place = occupied_place(self);
    return place.leaf == NULL ? NULL : Py_NewRef(*value_cell(place));
}

/* FOREIGN, Occupied: as current_value. */
static PyObject *
foreign_current(Entry *self)
{
    PyObject *value = NULL;
    int found = self->consumed ? 0 : foreign_get(self->state, self->owner, self->key, &value);
    if (found > 0 && !self->consumed) {
        return value;
    }
    Py_XDECREF(value);
    if (found >= 0) {
        raise_message_about(self->state, self->consumed ? "entry_consumed" : "key_removed",
                            self->key);
    }
    return NULL;
}

/* Occupied: the value, a new reference; NULL and an exception if the entry is stale. */
static inline PyObject *
current_value(Entry *self)
{
    if (self->kind != HASHED) {
        return self->kind == SORTED ? sorted_current(self) : foreign_current(self);
    }
    Py_ssize_t slot_index = occupied_slot(self);
    return slot_index < 0 ? NULL : value_at((Map *)self->owner, slot_index);
}

/* Occupied: the key, a new reference; NULL and an exception if the entry is stale. */
static PyObject *
current_key(Entry *self)
{
    if (self->kind == FOREIGN) {
        PyObject *value = foreign_current(self);
        Py_XDECREF(value);
        return value == NULL ? NULL : Py_NewRef(self->key);
    }
    if (self->kind == SORTED) {
        Place place = occupied_place(self);
        return place.leaf == NULL ? NULL : Py_NewRef(key_at(place));
    }
    Py_ssize_t slot_index = occupied_slot(self);
    return slot_index < 0 ? NULL : Py_NewRef(pair_at(table_of(self), slot_index)->key);
}

/* Occupied: the key and the value, new references; -1 and an exception if the entry is stale. */
static int
current_pair(Entry *self, PyObject **key, PyObject **value)
{
    if (self->kind == FOREIGN) {
        *value = foreign_current(self);
        *key = *value == NULL ? NULL : Py_NewRef(self->key);
        return *value == NULL ? -1 : 0;
    }
    if (self->kind == SORTED) {
        Place place = occupied_place(self);
        if (place.leaf == NULL) {
            return -1;
        }
        *key = Py_NewRef(key_at(place));
        *value = Py_NewRef(*value_cell(place));
        return 0;
    }
    Py_ssize_t slot_index = occupied_slot(self);
    if (slot_index < 0) {
        return -1;
    }
    const Pair *pair = pair_at(table_of(self), slot_index);
    *key = Py_NewRef(pair->key);
    *value = Py_NewRef(pair->value);
    return 0;
}

/* Occupied: -1 and an exception if the entry is stale. */
static inline int
current_check(Entry *self)
{
    if (self->kind == FOREIGN) {
        PyObject *value = foreign_current(self);
        Py_XDECREF(value);
        return value == NULL ? -1 : 0;
    }
    if (self->kind == SORTED) {
        return occupied_place(self).leaf == NULL ? -1 : 0;
    }
    return occupied_slot(self) < 0 ? -1 : 0;
}

/* Occupied: replaces the value. Returns the old value, a new reference; NULL and an exception on
   failure. */
static inline PyObject *
current_replace(Entry *self, PyObject *value)
{
    if (self->kind == FOREIGN) {
        PyObject *old = foreign_current(self);
        if (old != NULL && PyObject_SetItem(self->owner, self->key, value) < 0) {
            Py_CLEAR(old);
        }
        return old;
    }
    if (self->kind == SORTED) {
        Place place = occupied_place(self);
        return place.leaf == NULL ? NULL : replace_value_in(value_cell(place), value);
    }
    Py_ssize_t slot_index = occupied_slot(self);
    return slot_index < 0 ? NULL : replace_value((Map *)self->owner, slot_index, value);
}

/* FOREIGN, Occupied: as current_take. */
static Slot
foreign_take(Entry *self)
{
    PyObject *value;
    do {
        value = foreign_current(self);
        if (value == NULL) {
            return (Slot){NULL, NULL, 0};
        }
        Py_DECREF(value);
        value = foreign_pop(self->state, self->owner, self->key);
    } while (value == NULL && !PyErr_Occurred()); /* If the key is gone, foreign_current raises. */
    return (Slot){value == NULL ? NULL : Py_NewRef(self->key), value, self->hash};
}

/* Occupied: removes the pair. The references in the slot are the caller's now; the slot's key is
   NULL, and an exception set, on failure. */
static inline Slot
current_take(Entry *self)
{
    if (self->kind == FOREIGN) {
        return foreign_take(self);
    }
    if (self->kind == SORTED) {
        Place place = occupied_place(self);
        if (place.leaf == NULL) {
            return (Slot){NULL, NULL, 0};
        }
        Pair taken = tree_remove(&((Sorted *)self->owner)->tree, place);
        return (Slot){taken.key, taken.value, 0};
    }
    Py_ssize_t slot_index = occupied_slot(self);
    return slot_index < 0 ? (Slot){NULL, NULL, 0} : table_remove(table_of(self), slot_index);
}

/* HASHED, Vacant: the slot index if the key has been stored since, else ABSENT. FAILED and an
   exception on failure. */
static inline Py_ssize_t
vacant_slot(Entry *self)
{
    const Table *table = table_of(self);
    while (self->version != table->version) {
        PyObject *query = Py_NewRef(self->key); /* HOLD: an __eq__ may use this entry. */
        Py_ssize_t slot_index = table_find(table, query, self->hash);
        uint64_t version = table->version;
        Py_DECREF(query); /* May run a destructor, if the entry has another key by now. */
        if (slot_index == ABSENT) {
            self->version = version;
        }
        else if (slot_index == FAILED || table->version == version) {
            return slot_index;
        }
    }
    return ABSENT;
}

/* Vacant: the key to store, a new reference. Does not change the entry. */
static inline PyObject *
vacant_owned_key(Entry *self)
{
    if (self->key_owned) {
        return Py_NewRef(self->key);
    }
    PyObject *query = Py_NewRef(self->key); /* HOLD: building the key may use this entry. */
    PyObject *key = self->kind == SORTED ? sorted_key(self->state, query) /* It has no hash. */
                                         : owned_key(self->state, query, self->hash);
    Py_DECREF(query);
    return key;
}

/* Vacant: puts the key to store in place of the query. */
static inline void
vacant_set_key(Entry *self, PyObject *key)
{
    self->key_owned = 1;
    if (self->key != key) {
        Py_SETREF(self->key, Py_NewRef(key));
    }
}

/* SORTED, Vacant: 1 and the place of the key if it is there by now; 0 and the place where it would
   be; else FAILED. `asked` is the entry's key, held by the caller. Starts the query. */
static int
vacant_place(Entry *self, PyObject *asked, Query *query, Place *place)
{
    Sorted *map = (Sorted *)self->owner;
    if (query_start(query, map, asked) < 0) {
        return FAILED;
    }
    if (self->version == map->tree.version) {
        *place = (Place){self->leaf, (int)self->slot_index};
        return 0;
    }
    int found = tree_find(&map->tree, query, place);
    if (found == 0) {
        self->leaf = place->leaf;
        self->slot_index = place->index;
        self->version = map->tree.version;
    }
    return found;
}

/* FOREIGN, Vacant: as vacant_find, and the key to store, a new reference, in *key. */
static int
foreign_find(Entry *self, PyObject **key, PyObject **value)
{
    PyObject *query = Py_NewRef(self->key);
    int found = foreign_get(self->state, self->owner, query, value);
    Py_DECREF(query);
    *key = found > 0 ? vacant_owned_key(self) : NULL;
    if (found > 0 && *key == NULL) {
        Py_CLEAR(*value);
        found = -1;
    }
    return found;
}

/* Vacant: whether the key has been stored since. 1, and the value, a new reference, in *value; 0;
   or -1 and an exception. *value is NULL unless the result is 1. */
static inline int
vacant_find(Entry *self, PyObject **value)
{
    if (self->kind == FOREIGN) {
        PyObject *key;
        int found = foreign_find(self, &key, value);
        Py_XDECREF(key);
        return found;
    }
    if (self->kind == SORTED) {
        PyObject *asked = Py_NewRef(self->key); /* HOLD */
        Query query;
        Place place;
        int found = vacant_place(self, asked, &query, &place);
        *value = found > 0 ? Py_NewRef(*value_cell(place)) : NULL;
        query_end(&query);
        Py_DECREF(asked);
        return found;
    }
    Py_ssize_t slot_index = vacant_slot(self);
    *value = slot_index < 0 ? NULL : value_at((Map *)self->owner, slot_index);
    return slot_index == FAILED ? -1 : slot_index >= 0;
}

/* Vacant: an Occupied entry if the key has been stored since; NULL without an exception if not. */
static PyObject *
vacant_find_occupied(Entry *self)
{
    if (self->kind == FOREIGN) {
        PyObject *key, *value;
        if (foreign_find(self, &key, &value) <= 0) {
            return NULL;
        }
        Py_DECREF(value);
        return foreign_occupied_new(self->state, self->owner, key, self->hash);
    }
    if (self->kind == SORTED) {
        PyObject *asked = Py_NewRef(self->key), *entry = NULL; /* HOLD */
        Query query;
        Place place;
        if (vacant_place(self, asked, &query, &place) > 0) {
            entry = sorted_occupied_new((Sorted *)self->owner, place);
        }
        query_end(&query);
        Py_DECREF(asked);
        return entry;
    }
    Py_ssize_t slot_index = vacant_slot(self);
    return slot_index < 0 ? NULL : occupied_new((Map *)self->owner, slot_index);
}

/* HASHED, Vacant: as find_or_add. In *query is NULL, or a new reference to the query, for the
   caller to release after the slot was read (RELEASE LATE): the entry may have released the only
   other one. */
static Py_ssize_t
vacant_slot_or_add(Entry *self, PyObject *value, int *added, PyObject **query)
{
    Map *map = (Map *)self->owner;
    *added = 0;
    *query = NULL;
    Py_ssize_t slot_index = vacant_slot(self);
    if (slot_index != ABSENT) {
        return slot_index;
    }
    if (self->key_owned) {
        slot_index = table_add(&map->table, self->key, self->hash, value);
        *added = slot_index >= 0;
        return slot_index;
    }
    *query = Py_NewRef(self->key);
    slot_index = add_absent(map, *query, self->hash, value, added);
    if (*added) {
        vacant_set_key(self, pair_at(&map->table, slot_index)->key);
    }
    return slot_index;
}

/* SORTED, Vacant: as vacant_put; and turns `occupied`, unless it is NULL, to the pair. */
static PyObject *
sorted_put(Entry *self, PyObject *value, Entry *occupied, int *added)
{
    Sorted *map = (Sorted *)self->owner;
    PyObject *asked = Py_NewRef(self->key), *there = NULL, *key = NULL; /* HOLD */
    Query query;
    Place place;
    int done = vacant_place(self, asked, &query, &place);
    *added = 0;
    if (done == 0) {
        done = sorted_add(map, &query, value, &place);
        *added = done > 0;
    }
    if (done == CHANGED && query_again(&map->tree, &query) == 0) {
        done = sorted_find_or_add(map, &query, value, &place, added) == 0;
    }
    if (done > 0) {
        there = Py_NewRef(*value_cell(place));
        key = Py_NewRef(key_at(place));
        if (occupied != NULL) {
            occupied->leaf = place.leaf;
            occupied->slot_index = place.index;
            occupied->version = map->tree.version;
            Py_SETREF(occupied->key, Py_NewRef(key)); /* Runs nothing: `asked` is held. */
        }
    }
    if (*added) {
        vacant_set_key(self, key); /* Runs nothing: `asked` is held. */
    }
    query_end(&query);
    Py_XDECREF(key);
    Py_DECREF(asked);
    return there;
}

/* FOREIGN, Vacant: as vacant_put, and the key that was built, a new reference, in *key. */
static PyObject *
foreign_put(Entry *self, PyObject *value, int *added, PyObject **key)
{
    PyObject *mapping = self->owner, *there = NULL;
    *added = 0;
    if ((*key = vacant_owned_key(self)) == NULL) {
        return NULL;
    }
    if (stores_as_dict(mapping)) {
        there = dict_setdefault(mapping, *key, value);
        *added = there == value;
    }
    else if (foreign_get(self->state, mapping, *key, &there) == 0
             && PyObject_SetItem(mapping, *key, value) == 0) {
        there = Py_NewRef(value);
        *added = 1;
    }
    if (*added) {
        vacant_set_key(self, *key);
    }
    if (there == NULL) {
        Py_CLEAR(*key);
    }
    return there;
}

/* Vacant: stores the value unless the key has been stored since. Returns the value that is there
   now, a new reference; *added says whether it was stored here. */
static inline PyObject *
vacant_put(Entry *self, PyObject *value, int *added)
{
    if (self->kind == FOREIGN) {
        PyObject *key, *there = foreign_put(self, value, added, &key);
        Py_XDECREF(key);
        return there;
    }
    if (self->kind == SORTED) {
        return sorted_put(self, value, NULL, added);
    }
    PyObject *query;
    Py_ssize_t slot_index = vacant_slot_or_add(self, value, added, &query);
    PyObject *there = slot_index < 0 ? NULL : value_at((Map *)self->owner, slot_index);
    Py_XDECREF(query);
    return there;
}

/* Vacant: as vacant_put, and makes `occupied` the entry of the pair that is there now. -1 and an
   exception if nothing could be stored. */
static int
vacant_put_occupied(Entry *self, PyObject *value, Entry *occupied, int *added)
{
    if (self->kind == FOREIGN) {
        PyObject *key, *there = foreign_put(self, value, added, &key);
        if (there == NULL) {
            return -1;
        }
        Py_DECREF(there);
        Py_SETREF(occupied->key, key);
        occupied->consumed = 0;
        return 0;
    }
    if (self->kind == SORTED) {
        PyObject *there = sorted_put(self, value, occupied, added);
        Py_XDECREF(there);
        return there == NULL ? -1 : 0;
    }
    PyObject *query;
    Py_ssize_t slot_index = vacant_slot_or_add(self, value, added, &query);
    if (slot_index >= 0) {
        occupied->slot_index = slot_index;
        occupied->version = table_of(self)->version;
        /* Runs nothing: the query or `self` holds the old key. */
        Py_SETREF(occupied->key, Py_NewRef(pair_at(table_of(self), slot_index)->key));
    }
    Py_XDECREF(query);
    return slot_index < 0 ? -1 : 0;
}

/* The default_factory of the owner, or None. New reference. */
static PyObject *
default_factory_of(Entry *self)
{
    if (self->kind == FOREIGN) {
        return foreign_default_factory(self->state, self->owner);
    }
    PyObject *factory = ((Owner *)self->owner)->default_factory;
    return Py_NewRef(factory == NULL ? Py_None : factory);
}

/* -- Occupied ---------------------------------------------------------------------------------- */

static PyObject *
occupied_get_key(Entry *self, void *Py_UNUSED(closure))
{
    return current_key(self);
}

static PyObject *
occupied_value(Entry *self, PyObject *Py_UNUSED(ignored))
{
    return current_value(self);
}

static PyObject *
occupied_get_value(Entry *self, void *Py_UNUSED(closure))
{
    return current_value(self);
}

static PyObject *
occupied_insert(Entry *self, PyObject *value)
{
    return current_replace(self, value);
}

static int
occupied_set_value(Entry *self, PyObject *value, void *Py_UNUSED(closure))
{
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "can't delete attribute 'value'");
        return -1;
    }
    PyObject *old = current_replace(self, value);
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
    return current_check(self) < 0 ? NULL : Py_NewRef(self);
}

static PyObject *
occupied_remove(Entry *self, PyObject *Py_UNUSED(ignored))
{
    Slot taken = current_take(self);
    if (taken.key == NULL) {
        return NULL;
    }
    self->consumed = 1;
    Py_DECREF(taken.key);
    return taken.value;
}

static PyObject *
occupied_remove_entry(Entry *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *pair = pair_new(); /* Made first: after the removal nothing may fail. */
    if (pair == NULL) {
        return NULL;
    }
    Slot taken = current_take(self);
    if (taken.key == NULL) {
        Py_DECREF(pair);
        return NULL;
    }
    self->consumed = 1;
    return pair_set(pair, taken.key, taken.value);
}

/* HASHED: as occupied_replace_key. */
static PyObject *
occupied_replace_stored_key(Entry *self, PyObject *key)
{
    Py_ssize_t slot_index = occupied_slot(self);
    if (slot_index < 0) {
        return NULL;
    }
    Table *table = table_of(self);
    PyObject *stored = Py_NewRef(pair_at(table, slot_index)->key);
    PyObject *owned = NULL, *old = NULL;
    Py_hash_t hash = hash_of(key);
    if (hash == -1 && PyErr_Occurred()) {
        goto done;
    }
    int equal = hash != self->hash ? 0 : key == stored ? 1 : is_equal(key, stored);
    if (equal == 0) {
        raise_message(self->state, "unequal_keys", PyTuple_Pack(2, key, stored));
    }
    if (equal > 0 && (owned = owned_key(self->state, key, hash)) != NULL
        && (slot_index = occupied_slot(self)) >= 0 && table_admit(table, owned) == 0) {
        Pair *pair = pair_at(table, slot_index);
        old = pair->key;
        pair->key = Py_NewRef(owned);
        Py_SETREF(self->key, Py_NewRef(owned)); /* Runs nothing: `old` holds a reference. */
    }
done:
    Py_DECREF(stored);
    Py_XDECREF(owned);
    return old;
}

/* Stores an equal key in place of the stored one, and returns the old key. */
/* SORTED: as occupied_replace_key, whose key needs no hash here. */
static PyObject *
sorted_replace_key(Entry *self, PyObject *key)
{
    Sorted *map = (Sorted *)self->owner;
    Place place = occupied_place(self);
    if (place.leaf == NULL) {
        return NULL;
    }
    PyObject *stored = Py_NewRef(key_at(place)), *owned = NULL, *old = NULL;
    int equal = key == stored ? 1 : is_equal(key, stored);
    if (equal == 0) {
        raise_message(self->state, "unequal_keys", PyTuple_Pack(2, key, stored));
    }
    if (equal > 0 && (owned = sorted_key(self->state, key)) != NULL
        && (place = occupied_place(self)).leaf != NULL) {
        old = tree_swap_key(&map->tree, place, owned);
        Py_SETREF(self->key, Py_NewRef(owned)); /* Runs nothing: `old` is held. */
    }
    Py_DECREF(stored);
    Py_XDECREF(owned);
    return old;
}

static PyObject *
occupied_replace_key(Entry *self, PyObject *key)
{
    if (self->kind == HASHED) {
        return occupied_replace_stored_key(self, key);
    }
    if (self->kind == SORTED) {
        return sorted_replace_key(self, key);
    }
    if (current_check(self) < 0) {
        return NULL;
    }
    return raise_message(self->state, "cannot_replace_key",
                         Py_BuildValue("(N)", name_of_type(self->owner)));
}

static PyObject *
occupied_and_modify(Entry *self, PyObject *function)
{
    PyObject *value = current_value(self);
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
    PyObject *value = current_value(self);
    PyObject *made = value == NULL ? NULL : PyObject_CallOneArg(function, value);
    Py_XDECREF(value);
    if (made == NULL) {
        return NULL;
    }
    if (made != Py_None) {
        raise_message_about(self->state, "lost_result", made);
        Py_DECREF(made);
        return NULL;
    }
    Py_DECREF(made);
    return occupied_itself(self, NULL);
}

/* Removes the pair, and returns a Vacant entry. Makes the entry first: after the removal nothing
   may fail. */
static PyObject *
occupied_to_vacant(Entry *self)
{
    State *state = self->state;
    Entry *made = (Entry *)entry_new(state, state->Vacant, &state->vacant, (Kind)self->kind,
                                     self->owner, Py_NewRef(self->key), self->hash, ABSENT, 0);
    if (made == NULL) {
        return NULL;
    }
    Slot taken = current_take(self);
    if (taken.key == NULL) {
        Py_DECREF(made);
        return NULL;
    }
    if (self->kind == HASHED) {
        made->version = table_of(self)->version;
    }
    vacant_set_key(made, taken.key);
    slot_drop(taken);
    return (PyObject *)made;
}

static PyObject *
occupied_and_replace_entry_with(Entry *self, PyObject *function)
{
    PyObject *key, *value;
    if (current_pair(self, &key, &value) < 0) {
        return NULL;
    }
    PyObject *made = PyObject_CallFunctionObjArgs(function, key, value, NULL);
    Py_DECREF(key);
    Py_DECREF(value);
    if (made == NULL) {
        return NULL;
    }
    int removes = made == self->state->REMOVE;
    PyObject *result = removes ? occupied_to_vacant(self) : occupied_insert_entry(self, made);
    Py_DECREF(made);
    return result;
}

static PyObject *
occupied_repr(Entry *self)
{
    PyObject *key, *value;
    if (current_pair(self, &key, &value) < 0) {
        if (!PyErr_ExceptionMatches(self->state->StaleEntryError)) {
            return NULL;
        }
        PyErr_Clear();
        PyObject *known = Py_NewRef(self->key); /* HOLD: its __repr__ may use this entry. */
        PyObject *text = PyUnicode_FromFormat("<stale Occupied %R>", known);
        Py_DECREF(known);
        return text;
    }
    PyObject *text = PyUnicode_FromFormat("Occupied(%R, %R)", key, value);
    Py_DECREF(key);
    Py_DECREF(value);
    return text;
}

static PyObject *
occupied_reduce(Entry *self, PyObject *Py_UNUSED(ignored))
{
    return raise_message(self->state, "cannot_copy",
                         Py_BuildValue("(ss)", "an Occupied entry", "pickle or copy its map"));
}

/* -- Vacant ------------------------------------------------------------------------------------ */

static PyObject *
vacant_stale(Entry *self)
{
    return raise_message_about(self->state, "key_stored", self->key);
}

static PyObject *
vacant_get_key(Entry *self, void *Py_UNUSED(closure))
{
    if (!self->key_owned) {
        PyObject *key = vacant_owned_key(self);
        if (key == NULL) {
            return NULL;
        }
        PyObject *query = Py_NewRef(self->key); /* RELEASE LATE */
        vacant_set_key(self, key);
        Py_DECREF(key);
        Py_DECREF(query);
    }
    return Py_NewRef(self->key);
}

/* -1 and an exception if the key has been stored since. */
static int
vacant_check(Entry *self)
{
    PyObject *value;
    int found = vacant_find(self, &value);
    if (found > 0) {
        Py_DECREF(value);
        vacant_stale(self);
    }
    return found == 0 ? 0 : -1;
}

/* As vacant_check if FOREIGN, else 0. vacant_put alone cannot say for a dict whether the value that
   is there was stored by it, or was there before, being the same object. */
static inline int
vacant_check_foreign(Entry *self)
{
    return self->kind == FOREIGN ? vacant_check(self) : 0;
}

/* Stores the value and returns an Occupied entry. Makes the entry first: after the insertion
   nothing may fail. If the key has been stored since, the entry is about the pair that is there;
   NULL and StaleEntryError unless `there_is_fine`. */
static PyObject *
vacant_to_occupied(Entry *self, PyObject *value, int there_is_fine)
{
    State *state = self->state;
    int added = 0;
    Entry *made =
        (Entry *)entry_new(state, state->Occupied, &state->occupied, (Kind)self->kind, self->owner,
                           Py_NewRef(self->key), self->hash, ABSENT, UINT64_MAX);
    if (made == NULL) {
        return NULL;
    }
    /* Until the pair is stored, make the entry stale for code that finds it with gc.get_objects():
       no table ever has the version UINT64_MAX. */
    made->consumed = self->kind == FOREIGN;
    if (vacant_put_occupied(self, value, made, &added) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    if (!added && !there_is_fine) {
        Py_DECREF(made);
        return vacant_stale(self);
    }
    return (PyObject *)made;
}

static PyObject *
vacant_insert_entry(Entry *self, PyObject *value)
{
    return vacant_check_foreign(self) < 0 ? NULL : vacant_to_occupied(self, value, 0);
}

static PyObject *
vacant_insert(Entry *self, PyObject *value)
{
    int added;
    PyObject *there = vacant_check_foreign(self) < 0 ? NULL : vacant_put(self, value, &added);
    if (there == NULL || added) {
        return there;
    }
    Py_DECREF(there);
    return vacant_stale(self);
}

static PyObject *
vacant_or_insert(Entry *self, PyObject *value)
{
    int added;
    return vacant_put(self, value, &added);
}

/* As vacant_or_insert. Steals the reference to `made`, which may be NULL with an exception set. */
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
    PyObject *value;
    return vacant_find(self, &value) != 0 ? value : vacant_or_made(self, made_by(factory));
}

static PyObject *
vacant_or_insert_with_key(Entry *self, PyObject *factory)
{
    PyObject *value;
    if (vacant_find(self, &value) != 0) {
        return value;
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
    PyObject *value;
    if (vacant_find(self, &value) != 0) {
        return value;
    }
    PyObject *factory = default_factory_of(self);
    if (factory == NULL) {
        return NULL;
    }
    PyObject *made = factory != Py_None
        ? made_by(factory)
        : raise_message(self->state, "no_default_factory",
                        Py_BuildValue("(N)", name_of_type(self->owner)));
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
    PyObject *entry = vacant_find_occupied(self);
    if (entry != NULL || PyErr_Occurred()) {
        return entry;
    }
    PyObject *made = made_by(factory);
    if (made == NULL) {
        return NULL;
    }
    entry = vacant_or_insert_entry(self, made);
    Py_DECREF(made);
    return entry;
}

static PyObject *
vacant_itself(Entry *self, PyObject *Py_UNUSED(ignored))
{
    return vacant_check(self) < 0 ? NULL : Py_NewRef(self);
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
    return raise_message(self->state, "cannot_copy",
                         Py_BuildValue("(ss)", "a Vacant entry", "pickle or copy its map"));
}

/* -- the two types ----------------------------------------------------------------------------- */

#define GENERIC                                                                                    \
    {"__class_getitem__", (PyCFunction)Py_GenericAlias, METH_O | METH_CLASS,                       \
     PyDoc_STR("See PEP 585.")}
#define METHOD(name, function, flags, text)                                                        \
    {name, (PyCFunction)(void (*)(void))function, flags, PyDoc_STR(text)}

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
    METHOD("and_modify_in_place", occupied_and_modify_in_place, METH_O,
           DOC_Occupied_and_modify_in_place),
    METHOD("and_replace_entry_with", occupied_and_replace_entry_with, METH_O,
           DOC_Occupied_and_replace_entry_with),
    METHOD("__reduce__", occupied_reduce, METH_NOARGS,
           "Raises TypeError: an entry cannot be pickled or copied."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef occupied_attributes[] = {
    {"key", (getter)occupied_get_key, NULL, PyDoc_STR(DOC_Occupied_key), NULL},
    {"value", (getter)occupied_get_value, (setter)occupied_set_value, PyDoc_STR(DOC_Occupied_value),
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* `entry.value = value`, without looking for the attribute in the class, which has no subclasses. */
static int
occupied_setattr(Entry *self, PyObject *name, PyObject *value)
{
    return name == self->state->name_value ? occupied_set_value(self, value, NULL)
                                           : PyObject_GenericSetAttr((PyObject *)self, name, value);
}

static PyType_Slot occupied_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR(DOC_Occupied)},
    {Py_tp_traverse, entry_traverse},
    {Py_tp_dealloc, entry_dealloc},
    {Py_tp_repr, occupied_repr},
    {Py_tp_setattro, occupied_setattr},
    {Py_tp_methods, occupied_methods},
    {Py_tp_getset, occupied_attributes},
    {0, NULL},
};

#define FINAL_TYPE (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION)

static PyType_Spec occupied_spec = {"keyview.Occupied", sizeof(Entry), 0, FINAL_TYPE,
                                    occupied_slots};

static PyMethodDef vacant_methods[] = {
    METHOD("insert", vacant_insert, METH_O, DOC_Vacant_insert),
    METHOD("insert_entry", vacant_insert_entry, METH_O, DOC_Vacant_insert_entry),
    METHOD("or_insert", vacant_or_insert, METH_O, DOC_Vacant_or_insert),
    METHOD("or_insert_with", vacant_or_insert_with, METH_O, DOC_Vacant_or_insert_with),
    METHOD("or_insert_with_key", vacant_or_insert_with_key, METH_O, DOC_Vacant_or_insert_with_key),
    METHOD("or_default", vacant_or_default, METH_NOARGS, DOC_Vacant_or_default),
    METHOD("or_insert_entry", vacant_or_insert_entry, METH_O, DOC_Vacant_or_insert_entry),
    METHOD("or_insert_entry_with", vacant_or_insert_entry_with, METH_O,
           DOC_Vacant_or_insert_entry_with),
    METHOD("and_modify", vacant_itself, METH_O, DOC_Vacant_and_modify),
    METHOD("and_modify_in_place", vacant_itself, METH_O, DOC_Vacant_and_modify_in_place),
    METHOD("and_replace_entry_with", vacant_itself, METH_O, DOC_Vacant_and_replace_entry_with),
    METHOD("__reduce__", vacant_reduce, METH_NOARGS,
           "Raises TypeError: an entry cannot be pickled or copied."),
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

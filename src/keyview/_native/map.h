/* The methods of Map, the base class of HashMap. What needs no access to the table is in
   hashmap.py.

   RELEASE LATE and SAME VERSION are explained at the head of table.h. */
#ifndef KEYVIEW_MAP_H
#define KEYVIEW_MAP_H

#include "bulk.h"

/* -- making and freeing -------------------------------------------------------------------------- */

/* The free list of a class: HashMap and HashSet have one. */
static inline FreeList *
free_list_of(State *state, PyTypeObject *type)
{
    return type == state->specialized    ? &state->maps
        : type == state->specialized_set ? &state->sets
                                         : NULL;
}

static Map *
map_new_empty(PyTypeObject *type, State *state)
{
    FreeList *free_list = free_list_of(state, type);
    Map *self = free_list == NULL ? NULL : free_list_take(free_list);
    if (self != NULL) { /* It is as specialized_dealloc has left it: empty. */
        Py_INCREF(state->module);
        PyObject_GC_Track(self);
        return self;
    }
    self = (Map *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->kind = HASHED;
        table_init(&self->table, TEXT);
        Py_INCREF(state->module);
        self->state = state;
    }
    return self;
}

/* A new map without pairs, of the class of another map and with its default_factory. */
static Owner *
new_like(Owner *map)
{
    State *state = map->state;
    PyTypeObject *type = Py_TYPE(map);
    PyObject *made;
    if (type == state->specialized) {
        made = (PyObject *)map_new_empty(type, state);
    }
    else {
        PyTypeObject *base = map->kind == SORTED ? state->SortedMap : state->Map;
        made = PyObject_CallMethodOneArg((PyObject *)type, state->name_new, (PyObject *)type);
        if (made != NULL && !PyObject_TypeCheck(made, base)) {
            const char *name = map->kind == SORTED ? "SortedMap" : "HashMap";
            return raise_message(state, "not_a_map", Py_BuildValue("(ONs)", type, made, name));
        }
    }
    if (made != NULL) {
        Py_XSETREF(((Owner *)made)->default_factory, Py_XNewRef(map->default_factory));
    }
    return (Owner *)made;
}

static int
map_traverse(Map *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->state->module);
    Py_VISIT(self->default_factory);
    for (Py_ssize_t slot_index = self->table.first; slot_index < self->table.end; slot_index++) {
        Py_VISIT(pair_at(&self->table, slot_index)->key);
        Py_VISIT(pair_at(&self->table, slot_index)->value);
    }
    return 0;
}

static int
map_tp_clear(Map *self)
{
    Table taken = table_take_all(&self->table);
    Py_CLEAR(self->default_factory);
    table_drop(&taken);
    return 0;
}

static void
map_dealloc(Map *self)
{
    owner_dealloc((Owner *)self, (inquiry)map_tp_clear);
}

/* The tp_dealloc of HashMap and of HashSet, instead of CPython's own for classes that are written in Python, which
   looks for much that these do not have. CPython's own calls this one for an instance of a subclass. */
static void
specialized_dealloc(Map *self)
{
    PyTypeObject *type = Py_TYPE(self);
    FreeList *free_list = free_list_of(self->state, type);
    if (free_list == NULL) {
        map_dealloc(self);
        return;
    }
    /* Neither has a __del__, but somebody may give it one. */
    if (type->tp_finalize != NULL && PyObject_CallFinalizerFromDealloc((PyObject *)self) < 0) {
        return;
    }
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, specialized_dealloc);
    if (self->weak_references != NULL) {
        PyObject_ClearWeakRefs((PyObject *)self);
    }
    PyObject *module = self->state->module;
    Py_CLEAR(self->default_factory);
    table_drop(&self->table); /* In place: nobody has a reference to the map. */
    table_forget(&self->table);
    /* The collector remembers of an object whose __del__ was called that it was. */
    if (type->tp_finalize == NULL && free_list_put(free_list, self)) {
        type = NULL;
    }
    else {
        PyObject_GC_Del(self);
    }
    Py_DECREF(module);
    Py_XDECREF(type);
    Py_TRASHCAN_END
}

static PyObject *
map_copy(Map *self, PyObject *Py_UNUSED(ignored))
{
    State *state = self->state;
    Map *made = (Map *)new_like((Owner *)self);
    if (made == NULL || table_copy(&made->table, &self->table) < 0) {
        Py_XDECREF(made);
        return NULL;
    }
    if (Py_TYPE(self) != state->specialized) { /* Its instances may have attributes. */
        PyObject *done = PyObject_CallFunctionObjArgs(state->take_state, made, self, NULL);
        if (done == NULL) {
            Py_CLEAR(made);
        }
        Py_XDECREF(done);
    }
    return (PyObject *)made;
}

/* -- lookup -------------------------------------------------------------------------------------- */

/* As table_find, for a query whose hash is not known yet. */
static inline Py_ssize_t
map_find(Map *self, PyObject *query)
{
    Py_hash_t hash = hash_of(query);
    return hash == -1 && PyErr_Occurred() ? FAILED : table_find(&self->table, query, hash);
}

static Py_ssize_t
map_length(Map *self)
{
    return self->table.used;
}

/* Calls the __missing__ of the class, or raises KeyError if there is none. Like dict, looks for the
   method in the class only, not in the instance. */
static PyObject *
owner_missing(Owner *self, PyObject *query)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject *missing = _PyType_Lookup(type, self->state->name_missing); /* borrowed */
    if (missing == NULL) {
        return raise_key_error(query);
    }
    Py_INCREF(missing);
    /* A function can be called with the map as its first argument; no bound method is made. */
    if (PyType_HasFeature(Py_TYPE(missing), Py_TPFLAGS_METHOD_DESCRIPTOR)) {
        PyObject *value = PyObject_CallFunctionObjArgs(missing, self, query, NULL);
        Py_DECREF(missing);
        return value;
    }
    descrgetfunc bind = Py_TYPE(missing)->tp_descr_get;
    if (bind != NULL) {
        Py_SETREF(missing, bind(missing, (PyObject *)self, (PyObject *)type));
    }
    PyObject *value = missing == NULL ? NULL : PyObject_CallOneArg(missing, query);
    Py_XDECREF(missing);
    return value;
}

static PyObject *
map_getitem(Map *self, PyObject *query)
{
    Py_ssize_t slot_index = map_find(self, query);
    if (slot_index >= 0) {
        return value_at(self, slot_index);
    }
    return slot_index == ABSENT ? owner_missing((Owner *)self, query) : NULL;
}

static int
map_contains(Map *self, PyObject *query)
{
    Py_ssize_t slot_index = map_find(self, query);
    return slot_index >= 0 ? 1 : slot_index == ABSENT ? 0 : -1;
}

static PyObject *
map_get(Map *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("get", count, 1, 2)) {
        return NULL;
    }
    Py_ssize_t slot_index = map_find(self, arguments[0]);
    if (slot_index >= 0) {
        return value_at(self, slot_index);
    }
    return slot_index == FAILED ? NULL : Py_NewRef(count == 2 ? arguments[1] : Py_None);
}

/* The Occupied entry of a slot index, None for ABSENT, NULL for FAILED. */
static PyObject *
occupied_or_none(Map *self, Py_ssize_t slot_index)
{
    if (slot_index >= 0) {
        return occupied_new(self, slot_index);
    }
    return slot_index == FAILED ? NULL : Py_NewRef(Py_None);
}

static PyObject *
map_get_entry(Map *self, PyObject *query)
{
    return occupied_or_none(self, map_find(self, query));
}

/* A new (key, value) tuple for a slot index, None for ABSENT, NULL for FAILED. */
static PyObject *
pair_or_none(Map *self, Py_ssize_t slot_index)
{
    if (slot_index < 0) {
        return slot_index == FAILED ? NULL : Py_NewRef(Py_None);
    }
    PyObject *key = Py_NewRef(pair_at(&self->table, slot_index)->key),
             *value = value_at(self, slot_index);
    PyObject *pair = PyTuple_Pack(2, key, value);
    Py_DECREF(key);
    Py_DECREF(value);
    return pair;
}

static PyObject *
map_get_key_value(Map *self, PyObject *query)
{
    return pair_or_none(self, map_find(self, query));
}

static PyObject *
map_get_many(Map *self, PyObject *const *queries, Py_ssize_t count)
{
    PyObject *values = PyTuple_New(count);
    for (Py_ssize_t i = 0; values != NULL && i < count; i++) {
        Py_ssize_t slot_index = map_find(self, queries[i]);
        if (slot_index == FAILED) {
            Py_CLEAR(values);
        }
        else {
            PyTuple_SET_ITEM(values, i,
                             slot_index < 0 ? Py_NewRef(Py_None) : value_at(self, slot_index));
        }
    }
    return values;
}

static PyObject *
map_entry(Map *self, PyObject *query)
{
    Py_hash_t hash = hash_of(query);
    if (hash == -1 && PyErr_Occurred()) {
        return NULL;
    }
    Py_ssize_t slot_index = table_find(&self->table, query, hash);
    if (slot_index >= 0) {
        return occupied_new(self, slot_index);
    }
    return slot_index == FAILED ? NULL : vacant_new(self, query, hash);
}

/* -- insertion ----------------------------------------------------------------------------------- */

/* As find_or_add, for a query whose hash is not known yet. */
static inline Py_ssize_t
map_find_or_add(Map *self, PyObject *query, PyObject *value, int *added)
{
    Py_hash_t hash = hash_of(query);
    *added = 0;
    return hash == -1 && PyErr_Occurred() ? FAILED : find_or_add(self, query, hash, value, added);
}

static PyObject *
map_setdefault(Map *self, PyObject *const *arguments, Py_ssize_t count)
{
    int added;
    if (!takes("setdefault", count, 1, 2)) {
        return NULL;
    }
    PyObject *value = count == 2 ? arguments[1] : Py_None;
    Py_ssize_t slot_index = map_find_or_add(self, arguments[0], value, &added);
    return slot_index < 0 ? NULL : value_at(self, slot_index);
}

static PyObject *
map_insert(Map *self, PyObject *const *arguments, Py_ssize_t count)
{
    int added;
    if (!takes("insert", count, 2, 2)) {
        return NULL;
    }
    Py_ssize_t slot_index = map_find_or_add(self, arguments[0], arguments[1], &added);
    return slot_index < 0 ? NULL
        : added           ? Py_NewRef(Py_None)
                          : replace_value(self, slot_index, arguments[1]);
}

/* Raises OccupiedError with the entry, whose reference is stolen and which may be NULL with an
   exception set, the value that was given, and what is stored. */
static void
raise_occupied(State *state, PyObject *entry, PyObject *given, PyObject *key, PyObject *value)
{
    PyObject *type = state->OccupiedError, *error = NULL;
    if (entry != NULL) {
        error = PyObject_CallFunctionObjArgs(type, entry, given, key, value, NULL);
    }
    if (error != NULL) {
        PyErr_SetObject(type, error);
    }
    Py_XDECREF(entry);
    Py_XDECREF(error);
}

static PyObject *
map_try_insert(Map *self, PyObject *const *arguments, Py_ssize_t count)
{
    int added;
    if (!takes("try_insert", count, 2, 2)) {
        return NULL;
    }
    Py_ssize_t slot_index = map_find_or_add(self, arguments[0], arguments[1], &added);
    if (slot_index < 0 || added) {
        return slot_index < 0 ? NULL : Py_NewRef(arguments[1]);
    }
    Slot slot = slot_at(&self->table, slot_index);
    Py_INCREF(slot.key);
    Py_INCREF(slot.value);
    raise_occupied(self->state, occupied_new(self, slot_index), arguments[1], slot.key, slot.value);
    slot_drop(slot);
    return NULL;
}

static PyObject *
map_get_or_insert_with(Map *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("get_or_insert_with", count, 2, 2)) {
        return NULL;
    }
    PyObject *query = arguments[0];
    Table *table = &self->table;
    Py_hash_t hash = hash_of(query);
    Py_ssize_t slot_index =
        hash == -1 && PyErr_Occurred() ? FAILED : table_find(table, query, hash);
    if (slot_index != ABSENT) {
        return slot_index < 0 ? NULL : value_at(self, slot_index);
    }
    int added;
    uint64_t version = table->version;
    PyObject *made = made_by(arguments[1]);
    if (made == NULL) {
        return NULL;
    }
    slot_index = table->version == version ? add_absent(self, query, hash, made, &added)
                                           : find_or_add(self, query, hash, made, &added);
    PyObject *value = slot_index < 0 ? NULL : value_at(self, slot_index);
    Py_DECREF(made);
    return value;
}

static PyObject *
map_merge(Map *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("merge", count, 3, 3)) {
        return NULL;
    }
    Py_hash_t hash = hash_of(arguments[0]);
    if (hash == -1 && PyErr_Occurred()) {
        return NULL;
    }
    return merge(self, arguments[0], hash, arguments[1], arguments[2]);
}

static PyObject *
map_update(Map *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    if (!takes("update", count, 0, 1)
        || (count == 1 && put_all(self, "update", arguments[0], NULL) < 0)) {
        return NULL;
    }
    Py_ssize_t named = names == NULL ? 0 : PyTuple_GET_SIZE(names);
    for (Py_ssize_t i = 0; i < named; i++) {
        if (put_unhashed(self, PyTuple_GET_ITEM(names, i), arguments[count + i], NULL) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *
map_update_with(Map *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("update_with", count, 2, 2)
        || put_all(self, "update_with", arguments[0], arguments[1]) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* -- removal ------------------------------------------------------------------------------------- */

static int
map_setitem(Map *self, PyObject *key, PyObject *value)
{
    if (value != NULL) {
        return put_unhashed(self, key, value, NULL);
    }
    Py_ssize_t slot_index = map_find(self, key);
    if (slot_index < 0) {
        if (slot_index == ABSENT) {
            raise_key_error(key);
        }
        return -1;
    }
    slot_drop(table_remove(&self->table, slot_index));
    return 0;
}

/* Removes a slot, and returns its value. */
static PyObject *
take_value(Map *self, Py_ssize_t slot_index)
{
    Slot taken = table_remove(&self->table, slot_index);
    Py_DECREF(taken.key);
    return taken.value;
}

static PyObject *
map_pop(Map *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("pop", count, 1, 2)) {
        return NULL;
    }
    Py_ssize_t slot_index = map_find(self, arguments[0]);
    if (slot_index >= 0) {
        return take_value(self, slot_index);
    }
    return slot_index == FAILED ? NULL
        : count == 2            ? Py_NewRef(arguments[1])
                                : raise_key_error(arguments[0]);
}

static PyObject *
map_remove_entry(Map *self, PyObject *query)
{
    PyObject *pair = pair_new();
    Py_ssize_t slot_index = pair == NULL ? FAILED : map_find(self, query);
    if (slot_index >= 0) {
        Slot taken = table_remove(&self->table, slot_index);
        return pair_set(pair, taken.key, taken.value);
    }
    Py_XDECREF(pair);
    return slot_index == ABSENT ? raise_key_error(query) : NULL;
}

static const char *const last_only[] = {"last", NULL};

static PyObject *
map_popitem(Map *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *last = Py_True;
    if (!takes_named("popitem", arguments, count, names, 0, last_only, &last)) {
        return NULL;
    }
    int at_end = PyObject_IsTrue(last);
    PyObject *pair = at_end < 0 ? NULL : pair_new();
    if (pair == NULL) {
        return NULL;
    }
    if (self->table.used == 0) {
        Py_DECREF(pair);
        return raise_message(self->state, "empty_popitem",
                             Py_BuildValue("(N)", name_of_type((PyObject *)self)));
    }
    Slot taken = table_remove(&self->table, at_end ? self->table.end - 1 : self->table.first);
    return pair_set(pair, taken.key, taken.value);
}

/* As take_value, but the last slot takes the place of the one that is removed. */
static PyObject *
swap_take_value(Map *self, Py_ssize_t slot_index)
{
    Slot taken = table_swap_remove(&self->table, slot_index);
    Py_DECREF(taken.key);
    return taken.value;
}

static PyObject *
map_swap_remove(Map *self, PyObject *query)
{
    Py_ssize_t slot_index = map_find(self, query);
    return slot_index >= 0     ? swap_take_value(self, slot_index)
        : slot_index == ABSENT ? raise_key_error(query)
                               : NULL;
}

static PyObject *
map_clear(Map *self, PyObject *Py_UNUSED(ignored))
{
    Table taken = table_take_all(&self->table);
    table_drop(&taken);
    Py_RETURN_NONE;
}

static PyObject *
map_extract_if(Map *self, PyObject *predicate)
{
    return extraction_new(self, predicate);
}

/* Moves everything into another, empty one, whose reference is stolen; an iterator over that. */
static PyObject *
drain_into(Map *self, Map *drained, Pick pick)
{
    /* Make the iterator first: once the map is empty, nothing may fail. */
    PyObject *iterator = iterator_new(drained, pick, 1);
    if (iterator != NULL) {
        drained->table = table_take_all(&self->table);
        ((Iterator *)iterator)->next = drained->table.first;
        ((Iterator *)iterator)->left = drained->table.used;
        ((Iterator *)iterator)->version = drained->table.version;
    }
    Py_DECREF(drained);
    return iterator;
}

static PyObject *
map_drain(Map *self, PyObject *Py_UNUSED(ignored))
{
    Map *drained = map_new_empty(self->state->Map, self->state);
    return drained == NULL ? NULL : drain_into(self, drained, ITEMS);
}

/* -- by position --------------------------------------------------------------------------------- */

static PyObject *
map_first_entry(Map *self, PyObject *Py_UNUSED(ignored))
{
    return occupied_or_none(self, self->table.used == 0 ? ABSENT : self->table.first);
}

static PyObject *
map_last_entry(Map *self, PyObject *Py_UNUSED(ignored))
{
    return occupied_or_none(self, self->table.used == 0 ? ABSENT : self->table.end - 1);
}

/* The slot at a position, or FAILED. */
static Py_ssize_t
map_slot_at(Map *self, PyObject *position, const char *noun)
{
    PyObject *asked = PyNumber_Index(position);
    if (asked == NULL) {
        return FAILED;
    }
    int overflow;
    long long place = PyLong_AsLongLongAndOverflow(asked, &overflow);
    Py_ssize_t used = self->table.used;
    if (overflow || place >= used || place < -used) {
        raise_message(self->state, "no_position",
                      Py_BuildValue("(NNns)", name_of_type((PyObject *)self), asked, used, noun));
        return FAILED;
    }
    Py_DECREF(asked);
    Py_ssize_t counted = (Py_ssize_t)place + (place < 0 ? used : 0);
    return table_slot_at_position(&self->table, counted);
}

static PyObject *
map_at(Map *self, PyObject *position)
{
    return pair_or_none(self, map_slot_at(self, position, "keys"));
}

/* The position of the slot that a query found. */
static PyObject *
position_or_error(Map *self, PyObject *query, Py_ssize_t slot_index)
{
    return slot_index >= 0     ? PyLong_FromSsize_t(table_position_of(&self->table, slot_index))
        : slot_index == ABSENT ? raise_key_error(query)
                               : NULL;
}

static PyObject *
map_index_of(Map *self, PyObject *query)
{
    return position_or_error(self, query, map_find(self, query));
}

/* `move_to_end` of what `find` finds: a key of a map, or an element of a set. */
static PyObject *
move_to_end_by(Map *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names,
               Py_ssize_t (*find)(Map *, PyObject *))
{
    PyObject *taken[] = {NULL, Py_True};
    if (!takes_named("move_to_end", arguments, count, names, 1, last_only, taken)) {
        return NULL;
    }
    int last = PyObject_IsTrue(taken[1]);
    Py_ssize_t slot_index = last < 0 ? FAILED : find(self, taken[0]);
    if (slot_index < 0) {
        return slot_index == ABSENT ? raise_key_error(taken[0]) : NULL;
    }
    return table_move_to_end(&self->table, slot_index, last) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
map_move_to_end(Map *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    return move_to_end_by(self, arguments, count, names, map_find);
}

/* A list with the rank of each pair, key(key, value), by which `sort` sorts; writes each pair's
   slot index to `slot_indexes`. NULL and an exception if the map changes. This list and that of
   sort_positions are untracked by the garbage collector, so that gc.get_objects() gives them to
   nobody. */
static PyObject *
sort_ranks(Map *self, PyObject *key, Py_ssize_t *slot_indexes)
{
    Table *table = &self->table;
    uint64_t version = table->version;
    PyObject *ranks = PyList_New(0);
    if (ranks != NULL) {
        PyObject_GC_UnTrack(ranks);
    }
    for (Py_ssize_t slot_index = table->first; ranks != NULL && slot_index < table->end;
         slot_index++) {
        Slot slot = slot_at(table, slot_index);
        if (slot.key == NULL) {
            continue;
        }
        *slot_indexes++ = slot_index;
        PyObject *rank = key == Py_None ? Py_NewRef(slot.key) : ask_about(table, key, slot);
        if (rank == NULL || PyList_Append(ranks, rank) < 0) {
            Py_CLEAR(ranks);
        }
        Py_XDECREF(rank);
        if (ranks != NULL && table->version != version) {
            raise_changed_during(self->state, Py_TYPE(self), "sort");
            Py_CLEAR(ranks);
        }
    }
    return ranks;
}

/* The list [0, 1, ..., len(ranks) - 1], sorted by the ranks. */
static PyObject *
sort_positions(PyObject *ranks, PyObject *reverse)
{
    Py_ssize_t count = PyList_GET_SIZE(ranks);
    PyObject *positions = PyList_New(count);
    PyObject *rank_of = NULL, *sort = NULL, *named = NULL, *nothing = NULL, *done = NULL;
    if (positions == NULL) {
        return NULL;
    }
    PyObject_GC_UnTrack(positions);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *position = PyLong_FromSsize_t(i);
        if (position == NULL) {
            Py_DECREF(positions);
            return NULL;
        }
        PyList_SET_ITEM(positions, i, position);
    }
    if ((rank_of = PyObject_GetAttrString(ranks, "__getitem__")) != NULL
        && (sort = PyObject_GetAttrString(positions, "sort")) != NULL
        && (named = Py_BuildValue("{sOsO}", "key", rank_of, "reverse", reverse)) != NULL
        && (nothing = PyTuple_New(0)) != NULL) {
        done = PyObject_Call(sort, nothing, named);
    }
    Py_XDECREF(rank_of);
    Py_XDECREF(sort);
    Py_XDECREF(named);
    Py_XDECREF(nothing);
    if (done == NULL) {
        Py_CLEAR(positions);
    }
    Py_XDECREF(done);
    return positions;
}

static PyObject *
map_sort(Map *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    static const char *const known[] = {"key", "reverse", NULL};
    PyObject *taken[] = {Py_None, Py_False};
    Table *table = &self->table;
    if (!takes_named("sort", arguments, count, names, 0, known, taken)) {
        return NULL;
    }
    Py_ssize_t used = table->used;
    uint64_t version = table->version;
    Py_ssize_t *slot_indexes = PyMem_Malloc(2 * ((size_t)used + 1) * sizeof *slot_indexes);
    if (slot_indexes == NULL) {
        return PyErr_NoMemory();
    }
    Py_ssize_t *sorted = slot_indexes + used;
    PyObject *ranks = sort_ranks(self, taken[0], slot_indexes);
    PyObject *positions = ranks == NULL ? NULL : sort_positions(ranks, taken[1]);
    int done = -1;
    if (positions != NULL && table->version != version) {
        raise_changed_during(self->state, Py_TYPE(self), "sort");
    }
    else if (positions != NULL) {
        for (Py_ssize_t i = 0; i < used; i++) {
            sorted[i] = slot_indexes[PyLong_AsSsize_t(PyList_GET_ITEM(positions, i))];
        }
        done = table_reorder(table, sorted);
    }
    Py_XDECREF(positions);
    Py_XDECREF(ranks);
    PyMem_Free(slot_indexes);
    return done < 0 ? NULL : Py_NewRef(Py_None);
}

/* -- iteration ----------------------------------------------------------------------------------- */

static PyObject *
map_iter(Map *self)
{
    return iterator_new(self, KEYS, 1);
}

static PyObject *
map_reversed(Map *self, PyObject *Py_UNUSED(ignored))
{
    return iterator_new(self, KEYS, -1);
}

static PyObject *
map_keys(Map *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->state->Keys, (Owner *)self, NULL, KEYS);
}

static PyObject *
map_values(Map *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->state->Values, (Owner *)self, NULL, VALUES);
}

static PyObject *
map_items(Map *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->state->Items, (Owner *)self, NULL, ITEMS);
}

/* -- capacity ------------------------------------------------------------------------------------ */

static PyObject *
map_get_capacity(Map *self, void *Py_UNUSED(closure))
{
    return PyLong_FromSsize_t(capacity_of(&self->table));
}

/* Reserves memory for `additional` more keys; `caller` is the function that a message names. */
static PyObject *
reserve_for(Map *self, PyObject *caller, PyObject *additional)
{
    PyObject *asked = PyNumber_Index(additional);
    if (asked == NULL) {
        return NULL;
    }
    int overflow;
    long long count = PyLong_AsLongLongAndOverflow(asked, &overflow);
    Py_ssize_t used = self->table.used;
    if (count < 0 || overflow || count > MOST_KEYS - used) {
        const char *noun = self->table.layout == ELEMENT ? "elements" : "keys";
        raise_message(self->state,
                      overflow < 0 || (!overflow && count < 0) ? "negative_capacity"
                                                               : "too_much_capacity",
                      Py_BuildValue("(ONs)", caller, asked, noun));
        return NULL;
    }
    Py_DECREF(asked);
    return table_reserve(&self->table, (Py_ssize_t)count + used) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
map_reserve(Map *self, PyObject *additional)
{
    PyObject *caller = PyUnicode_FromString("reserve");
    PyObject *done = caller == NULL ? NULL : reserve_for(self, caller, additional);
    Py_XDECREF(caller);
    return done;
}

static PyObject *
map_shrink_to_fit(Map *self, PyObject *Py_UNUSED(ignored))
{
    return table_shrink(&self->table) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
map_sizeof(Map *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromSize_t((size_t)Py_TYPE(self)->tp_basicsize + table_bytes(&self->table));
}

/* -- default_factory ----------------------------------------------------------------------------- */

static PyObject *
owner_get_default_factory(Owner *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(self->default_factory == NULL ? Py_None : self->default_factory);
}

static int
owner_set_default_factory(Owner *self, PyObject *factory, void *Py_UNUSED(closure))
{
    if (factory == NULL) {
        PyErr_SetString(PyExc_AttributeError, "can't delete attribute 'default_factory'");
        return -1;
    }
    if (factory != Py_None && !PyCallable_Check(factory)) {
        raise_message_about(self->state, "factory_not_callable", factory);
        return -1;
    }
    Py_XSETREF(self->default_factory, factory == Py_None ? NULL : Py_NewRef(factory));
    return 0;
}

/* -- the type ------------------------------------------------------------------------------------ */

static PyMethodDef map_methods[] = {
    METHOD("get", map_get, METH_FASTCALL, DOC_Map_get),
    METHOD("get_entry", map_get_entry, METH_O, DOC_Map_get_entry),
    METHOD("get_key_value", map_get_key_value, METH_O, DOC_Map_get_key_value),
    METHOD("get_many", map_get_many, METH_FASTCALL, DOC_Map_get_many),
    METHOD("entry", map_entry, METH_O, DOC_Map_entry),
    METHOD("setdefault", map_setdefault, METH_FASTCALL, DOC_Map_setdefault),
    METHOD("insert", map_insert, METH_FASTCALL, DOC_Map_insert),
    METHOD("try_insert", map_try_insert, METH_FASTCALL, DOC_Map_try_insert),
    METHOD("get_or_insert_with", map_get_or_insert_with, METH_FASTCALL, DOC_Map_get_or_insert_with),
    METHOD("merge", map_merge, METH_FASTCALL, DOC_Map_merge),
    METHOD("update", map_update, METH_FASTCALL | METH_KEYWORDS, DOC_Map_update),
    METHOD("update_with", map_update_with, METH_FASTCALL, DOC_Map_update_with),
    METHOD("pop", map_pop, METH_FASTCALL, DOC_Map_pop),
    METHOD("remove_entry", map_remove_entry, METH_O, DOC_Map_remove_entry),
    METHOD("popitem", map_popitem, METH_FASTCALL | METH_KEYWORDS, DOC_Map_popitem),
    METHOD("swap_remove", map_swap_remove, METH_O, DOC_Map_swap_remove),
    METHOD("clear", map_clear, METH_NOARGS, DOC_Map_clear),
    METHOD("retain", map_retain, METH_O, DOC_Map_retain),
    METHOD("extract_if", map_extract_if, METH_O, DOC_Map_extract_if),
    METHOD("drain", map_drain, METH_NOARGS, DOC_Map_drain),
    METHOD("first_entry", map_first_entry, METH_NOARGS, DOC_Map_first_entry),
    METHOD("last_entry", map_last_entry, METH_NOARGS, DOC_Map_last_entry),
    METHOD("at", map_at, METH_O, DOC_Map_at),
    METHOD("index_of", map_index_of, METH_O, DOC_Map_index_of),
    METHOD("move_to_end", map_move_to_end, METH_FASTCALL | METH_KEYWORDS, DOC_Map_move_to_end),
    METHOD("sort", map_sort, METH_FASTCALL | METH_KEYWORDS, DOC_Map_sort),
    METHOD("copy", map_copy, METH_NOARGS, DOC_Map_copy),
    METHOD("__copy__", map_copy, METH_NOARGS, DOC_Map_copy),
    METHOD("keys", map_keys, METH_NOARGS, DOC_Map_keys),
    METHOD("values", map_values, METH_NOARGS, DOC_Map_values),
    METHOD("items", map_items, METH_NOARGS, DOC_Map_items),
    METHOD("reserve", map_reserve, METH_O, DOC_Map_reserve),
    METHOD("shrink_to_fit", map_shrink_to_fit, METH_NOARGS, DOC_Map_shrink_to_fit),
    METHOD("__reversed__", map_reversed, METH_NOARGS, "The keys, last inserted first."),
    METHOD("__sizeof__", map_sizeof, METH_NOARGS, "The size of the map in memory, in bytes."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

/* The keyword argument `name`, or None: a new reference. *keywords becomes a new reference to the
   other keyword arguments. */
static PyObject *
take_keyword(PyObject **keywords, PyObject *name)
{
    PyObject *found = *keywords == NULL ? NULL : PyDict_GetItemWithError(*keywords, name);
    if (found == NULL) {
        Py_XINCREF(*keywords);
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    Py_INCREF(found);
    *keywords = PyDict_Copy(*keywords); /* Not changed in place: the caller may have this dict. */
    if (*keywords == NULL || PyDict_DelItem(*keywords, name) < 0) {
        Py_CLEAR(found);
    }
    return found;
}

/* As put_all, of the source that a class is called with; messages name the class. */
static int
put_source(Map *self, PyObject *source)
{
    /* The name is not needed for most sources. */
    int named = !is_any_dict(source) && !is_exact_map(self->state, source);
    PyObject *name = NULL; /* HOLD: the source may rename the class. */
    const char *caller = NULL;
    if (named
        && ((name = PyType_GetName(Py_TYPE(self))) == NULL
            || (caller = PyUnicode_AsUTF8(name)) == NULL)) {
        Py_XDECREF(name);
        return -1;
    }
    int done = put_all(self, caller, source, NULL);
    Py_XDECREF(name);
    return done;
}

/* Whether a class was called with no more than a source. If not, 0 and TypeError. */
static int
takes_source(Map *self, Py_ssize_t count)
{
    if (count <= 1) {
        return 1;
    }
    PyObject *name = name_of_type((PyObject *)self);
    const char *caller = name == NULL ? NULL : PyUnicode_AsUTF8(name);
    if (caller != NULL) {
        takes(caller, count, 0, 1);
    }
    Py_XDECREF(name);
    return 0;
}

static int
map_init(Map *self, PyObject *arguments, PyObject *keywords)
{
    Py_ssize_t count = PyTuple_GET_SIZE(arguments);
    /* Check that the keywords are strings: CPython does so for functions in Python, not for those
       in C. */
    int good =
        takes_source(self, count) && (keywords == NULL || PyArg_ValidateKeywordArguments(keywords));
    PyObject *factory =
        good ? take_keyword(&keywords, self->state->name_default_factory) : (keywords = NULL);
    int done = factory == NULL || owner_set_default_factory((Owner *)self, factory, NULL) < 0
            || (count == 1 && put_source(self, PyTuple_GET_ITEM(arguments, 0)) < 0)
            || (keywords != NULL && put_source(self, keywords) < 0)
        ? -1
        : 0;
    Py_XDECREF(factory);
    Py_XDECREF(keywords);
    return done;
}

/* A map can be used before __init__ has run, as pickle and copy do. */
static PyObject *
map_new(PyTypeObject *type, PyObject *Py_UNUSED(arguments), PyObject *Py_UNUSED(keywords))
{
    State *state = state_of_class(type);
    return state == NULL ? NULL : (PyObject *)map_new_empty(type, state);
}

/* Calls a class with its arguments in a tuple and a dict, as CPython does for other classes. */
static PyObject *
call_class(PyObject *class, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *positional = PyTuple_New(count), *made = NULL;
    PyObject *named = names == NULL ? NULL : PyDict_New();
    int good = positional != NULL && (named == NULL) == (names == NULL);
    for (Py_ssize_t i = 0; good && i < count; i++) {
        PyTuple_SET_ITEM(positional, i, Py_NewRef(arguments[i]));
    }
    for (Py_ssize_t i = 0; good && named != NULL && i < PyTuple_GET_SIZE(names); i++) {
        good = PyDict_SetItem(named, PyTuple_GET_ITEM(names, i), arguments[count + i]) == 0;
    }
    if (good) {
        made = Py_TYPE(class)->tp_call(class, positional, named);
    }
    Py_XDECREF(positional);
    Py_XDECREF(named);
    return made;
}

/* The tp_vectorcall of HashMap, which subclasses do not inherit. */
static PyObject *
map_vectorcall(PyObject *class, PyObject *const *arguments, size_t flags, PyObject *names)
{
    PyTypeObject *type = (PyTypeObject *)class;
    Py_ssize_t count = PyVectorcall_NARGS(flags);
    /* Somebody may give HashMap another __new__ or __init__. */
    if (count > 1 || names != NULL || type->tp_new != map_new
        || type->tp_init != (initproc)map_init) {
        return call_class(class, arguments, count, names);
    }
    PyObject *made = map_new(type, NULL, NULL);
    if (made != NULL && count == 1 && put_source((Map *)made, arguments[0]) < 0) {
        Py_CLEAR(made);
    }
    return made;
}

/* Has the instances of HashMap, or of HashSet, made and freed by the functions above, which know nothing of attributes. */
static void
specialize_making(PyTypeObject *type, vectorcallfunc vectorcall)
{
    if (type->tp_basicsize == sizeof(Map) && type->tp_dictoffset == 0) {
        type->tp_dealloc = (destructor)specialized_dealloc;
        type->tp_vectorcall = vectorcall;
    }
}

static PyGetSetDef map_attributes[] = {
    {"capacity", (getter)map_get_capacity, NULL, PyDoc_STR(DOC_Map_capacity), NULL},
    {"default_factory", (getter)owner_get_default_factory, (setter)owner_set_default_factory,
     PyDoc_STR(DOC_Map_default_factory), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef map_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Map, weak_references), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot map_slots[] = {
    {Py_tp_doc,
     (void *)PyDoc_STR("Map(source=(), /, *, default_factory=None, **kwargs)\n--\n\n"
                       "The base of `keyview.HashMap` in C; see there.")},
    {Py_tp_new, map_new},
    {Py_tp_init, map_init},
    {Py_tp_traverse, map_traverse},
    {Py_tp_clear, map_tp_clear},
    {Py_tp_dealloc, map_dealloc},
    {Py_tp_hash, PyObject_HashNotImplemented},
    {Py_tp_richcompare, map_richcompare},
    {Py_tp_iter, map_iter},
    {Py_mp_length, map_length},
    {Py_mp_subscript, map_getitem},
    {Py_mp_ass_subscript, map_setitem},
    {Py_sq_contains, map_contains},
    {Py_tp_methods, map_methods},
    {Py_tp_getset, map_attributes},
    {Py_tp_members, map_members},
    {0, NULL},
};

static PyType_Spec map_spec = {
    "keyview._core.Map", sizeof(Map), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_MAPPING, map_slots};

#endif

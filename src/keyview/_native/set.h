/* Set: every operation of a HashSet that has to work on the table itself.

   A set is a map without values: the same object, whose table has slots of key and hash. The functions of maps
   that are not about values (clear, retain, sort, reserve, ...) serve sets, too; those that look a key up do not,
   because here the layout of the table is known.

   The algebra works on tables: a result is made in a new table, which becomes a set, or replaces the table of
   one, when it is complete. The elements of another HashSet are not hashed again. */
#ifndef KEYVIEW_SET_H
#define KEYVIEW_SET_H

#include "whole.h"

typedef Map Set;

/* A set, as the functions here get it. */
typedef struct {
    State *state;
    PyTypeObject *type; /* for messages */
    Table *table;
} Operand;

static inline Operand
operand(Set *self)
{
    return (Operand){self->state, Py_TYPE(self), &self->table};
}

static inline PyObject *
element_at(const Table *table, Py_ssize_t slot_index)
{
    return ((const Element *)table->slots)[slot_index].key;
}

/* -- lookup -------------------------------------------------------------------------------------- */

/* The slot that the query finds, or ABSENT, or FAILED. */
static inline Py_ssize_t
set_find(Set *self, PyObject *query)
{
    Py_hash_t hash = hash_of(query);
    return hash == -1 && PyErr_Occurred() ? FAILED : table_find_element(&self->table, query, hash);
}

/* Like set_find; but if the query is a set without a hash, look up a frozenset of it, as `set` does. *frozen is
   then a new reference to the frozenset, which the caller releases after it has read the slot. */
static Py_ssize_t
set_find_frozen(Set *self, PyObject *query, PyObject **frozen)
{
    *frozen = NULL;
    Py_hash_t hash = hash_of(query);
    if (hash != -1 || !PyErr_Occurred()) {
        return table_find_element(&self->table, query, hash);
    }
    if (!PyErr_ExceptionMatches(PyExc_TypeError)
        || !(PySet_Check(query) || PyObject_TypeCheck(query, self->state->Set))) {
        return FAILED;
    }
    PyErr_Clear();
    *frozen = PyFrozenSet_New(query);
    return *frozen == NULL ? FAILED : set_find(self, *frozen);
}

static int
set_contains(Set *self, PyObject *query)
{
    PyObject *frozen;
    Py_ssize_t slot_index = set_find_frozen(self, query, &frozen);
    Py_XDECREF(frozen);
    return slot_index >= 0 ? 1 : slot_index == ABSENT ? 0 : -1;
}

/* The element in a slot; None if the query was not found. */
static PyObject *
element_or_none(Set *self, Py_ssize_t slot_index)
{
    if (slot_index >= 0) {
        return Py_NewRef(element_at(&self->table, slot_index));
    }
    return slot_index == FAILED ? NULL : Py_NewRef(Py_None);
}

static PyObject *
set_get(Set *self, PyObject *query)
{
    return element_or_none(self, set_find(self, query));
}

/* -- insertion ----------------------------------------------------------------------------------- */

/* Like add_absent, for a set. */
static Py_ssize_t
element_add_absent(State *state, Table *table, PyObject *query, Py_hash_t hash, int *added)
{
    for (;;) {
        uint64_t version = table->version;
        Py_ssize_t slot_index = ABSENT;
        PyObject *key = owned_key(state, query, hash);
        if (key == NULL) {
            return FAILED;
        }
        if (table->version != version) { /* Building the key changed the set. */
            slot_index = table_find_element(table, query, hash);
        }
        if (slot_index == ABSENT) {
            slot_index = table_add_element(table, key, hash);
            *added = slot_index >= 0;
        }
        version = table->version;
        Py_DECREF(key); /* If it was not added, it may have a destructor. */
        if (slot_index >= 0 && table->version != version) {
            slot_index = table_find_element(table, query, hash);
        }
        if (slot_index != ABSENT) {
            return slot_index;
        }
    }
}

/* The slot that the query finds, or a new one; *added tells which. FAILED, and then nothing was stored. */
static Py_ALWAYS_INLINE inline Py_ssize_t
element_find_or_add(State *state, Table *table, PyObject *query, Py_hash_t hash, int *added)
{
    Py_ssize_t slot_index = UNSURE;
    *added = 0;
    if (is_of_builtins(query)) {
        slot_index = table_put_element(table, query, hash, added);
    }
    if (slot_index == UNSURE) {
        slot_index = table_find_element(table, query, hash);
    }
    return slot_index != ABSENT ? slot_index : element_add_absent(state, table, query, hash, added);
}

static inline Py_ssize_t
set_find_or_add(Set *self, PyObject *query, int *added)
{
    Py_hash_t hash = hash_of(query);
    *added = 0;
    return hash == -1 && PyErr_Occurred()
        ? FAILED
        : element_find_or_add(self->state, &self->table, query, hash, added);
}

static PyObject *
set_add(Set *self, PyObject *element)
{
    int added;
    return set_find_or_add(self, element, &added) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
set_insert(Set *self, PyObject *element)
{
    int added;
    return set_find_or_add(self, element, &added) < 0 ? NULL : PyBool_FromLong(added);
}

static PyObject *
set_get_or_insert(Set *self, PyObject *query)
{
    int added;
    return element_or_none(self, set_find_or_add(self, query, &added));
}

static PyObject *
set_replace(Set *self, PyObject *element)
{
    Table *table = &self->table;
    Py_hash_t hash = hash_of(element);
    if (hash == -1 && PyErr_Occurred()) {
        return NULL;
    }
    /* Build the key once: the loop then ends even if `__key__` removes the element each time. */
    PyObject *key = NULL;
    for (;;) {
        int added;
        Py_ssize_t slot_index = element_find_or_add(self->state, table, element, hash, &added);
        if (slot_index < 0 || added) {
            Py_XDECREF(key);
            return slot_index < 0 ? NULL : Py_NewRef(Py_None);
        }
        if (key == NULL) {
            uint64_t version = table->version;
            PyObject *old = Py_NewRef(element_at(table, slot_index));
            key = owned_key(self->state, element, hash);
            if (key != NULL && table->version != version) {
                slot_index = table_locate(table, old, hash);
            }
            Py_DECREF(old); /* The last reference only if the table no longer has it. */
            if (key == NULL) {
                return NULL;
            }
        }
        if (slot_index >= 0) {
            PyObject **cell = &((Element *)table->slots)[slot_index].key, *old = *cell;
            *cell = key;
            return old;
        } /* Else the element was removed meanwhile: store it again. */
    }
}

/* -- removal ------------------------------------------------------------------------------------- */

/* Removes a slot, and returns its element. */
static inline PyObject *
take_element(Set *self, Py_ssize_t slot_index)
{
    return table_remove(&self->table, slot_index).key;
}

static PyObject *
set_remove(Set *self, PyObject *query)
{
    PyObject *frozen;
    Py_ssize_t slot_index = set_find_frozen(self, query, &frozen);
    PyObject *taken = slot_index >= 0 ? take_element(self, slot_index) : NULL;
    if (slot_index == ABSENT) {
        raise_key_error(query);
    }
    Py_XDECREF(frozen);
    Py_XDECREF(taken);
    return taken == NULL ? NULL : Py_NewRef(Py_None);
}

static PyObject *
set_discard(Set *self, PyObject *query)
{
    PyObject *frozen;
    Py_ssize_t slot_index = set_find_frozen(self, query, &frozen);
    PyObject *taken = slot_index >= 0 ? take_element(self, slot_index) : NULL;
    Py_XDECREF(frozen);
    Py_XDECREF(taken);
    return slot_index == FAILED ? NULL : Py_NewRef(Py_None);
}

static PyObject *
set_take(Set *self, PyObject *query)
{
    Py_ssize_t slot_index = set_find(self, query);
    if (slot_index >= 0) {
        return take_element(self, slot_index);
    }
    return slot_index == ABSENT ? raise_key_error(query) : NULL;
}

static PyObject *
set_pop(Set *self, PyObject *Py_UNUSED(ignored))
{
    if (self->table.used == 0) {
        return raise_message(self->state, "empty_pop",
                             Py_BuildValue("(N)", name_of_type((PyObject *)self)));
    }
    return take_element(self, self->table.end - 1);
}

static PyObject *
set_swap_remove(Set *self, PyObject *query)
{
    Py_ssize_t slot_index = set_find(self, query);
    if (slot_index >= 0) {
        return table_swap_remove(&self->table, slot_index).key;
    }
    return slot_index == ABSENT ? raise_key_error(query) : NULL;
}

static Set *
set_new_empty(PyTypeObject *type, State *state)
{
    Set *self = map_new_empty(type, state);
    if (self != NULL) {
        table_init(&self->table, ELEMENT);
    }
    return self;
}

static PyObject *
set_drain(Set *self, PyObject *Py_UNUSED(ignored))
{
    Set *drained = set_new_empty(self->state->Set, self->state);
    return drained == NULL ? NULL : drain_into(self, drained, KEYS);
}

/* -- by position --------------------------------------------------------------------------------- */

static PyObject *
set_first(Set *self, PyObject *Py_UNUSED(ignored))
{
    return element_or_none(self, self->table.used == 0 ? ABSENT : self->table.first);
}

static PyObject *
set_last(Set *self, PyObject *Py_UNUSED(ignored))
{
    return element_or_none(self, self->table.used == 0 ? ABSENT : self->table.end - 1);
}

static PyObject *
set_at(Set *self, PyObject *position)
{
    return element_or_none(self, map_slot_at(self, position, "elements"));
}

static PyObject *
set_index_of(Set *self, PyObject *query)
{
    return position_or_error(self, query, set_find(self, query));
}

static PyObject *
set_move_to_end(Set *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    return move_to_end_by(self, arguments, count, names, set_find);
}

/* -- sources: the other iterables of an operation ------------------------------------------------- */

static PyObject *
set_iter(Set *self)
{
    return iterator_new(self, KEYS, 1);
}

/* The source, if it is a HashSet that does not override __iter__; else NULL, and the source is read as any
   iterable. */
static inline Set *
exact_set(State *state, PyObject *source)
{
    return PyObject_TypeCheck(source, state->Set)
            && Py_TYPE(source)->tp_iter == (getiterfunc)set_iter
        ? (Set *)source
        : NULL;
}

/* Iterates over a source, or over an operand. */
typedef struct {
    Operand set;        /* its table is NULL if the source is not a HashSet */
    PyObject *iterator; /* of any other source; a list or tuple itself */
    int is_sequence;
    uint64_t version;
    Py_ssize_t next;
    PyObject *key; /* what was found: a new reference */
    Py_hash_t hash;
} Walk;

static inline Walk
walk_operand(Operand set)
{
    return (Walk){.set = set, .version = set.table->version, .next = set.table->first};
}

static int
walk_start(Walk *walk, State *state, PyObject *source)
{
    Set *set = exact_set(state, source);
    if (set != NULL) {
        *walk = walk_operand(operand(set));
        return 0;
    }
    *walk = (Walk){.set = {state, NULL, NULL}};
    walk->is_sequence = PyList_CheckExact(source) || PyTuple_CheckExact(source);
    walk->iterator = walk->is_sequence ? Py_NewRef(source) : PyObject_GetIter(source);
    return walk->iterator == NULL ? -1 : 0;
}

/* 1 if there is another element, 0 if not; -1 and an exception, also if the set was changed meanwhile. */
static Py_ALWAYS_INLINE inline int
walk_next(Walk *walk)
{
    const Table *table = walk->set.table;
    if (table == NULL) {
        if (walk->is_sequence) { /* As its iterator does it; a list may change meanwhile. */
            if (walk->next >= PySequence_Fast_GET_SIZE(walk->iterator)) {
                return 0;
            }
            walk->key = Py_NewRef(PySequence_Fast_GET_ITEM(walk->iterator, walk->next++));
        }
        else {
            walk->key = PyIter_Next(walk->iterator);
            if (walk->key == NULL) {
                return PyErr_Occurred() ? -1 : 0;
            }
        }
        walk->hash = hash_of(walk->key);
        if (walk->hash == -1 && PyErr_Occurred()) {
            Py_CLEAR(walk->key);
            return -1;
        }
        return 1;
    }
    if (table->version != walk->version) {
        raise_changed_during(walk->set.state, walk->set.type, "iteration");
        return -1;
    }
    while (walk->next < table->end) {
        const Element *element = &((const Element *)table->slots)[walk->next++];
        if (element->key != NULL) {
            walk->key = Py_NewRef(element->key);
            walk->hash = element->hash;
            return 1;
        }
    }
    return 0;
}

static inline void
walk_end(Walk *walk)
{
    Py_XDECREF(walk->iterator);
}

/* -- results ------------------------------------------------------------------------------------- */

/* Elements that are known to differ, collected for a table of exactly their number. */
typedef struct {
    Element *elements;
    Py_ssize_t count;
} Gathered;

static int
gathered_start(Gathered *gathered, Py_ssize_t most)
{
    *gathered = (Gathered){PyMem_Malloc(((size_t)most + 1) * sizeof(Element)), 0};
    if (gathered->elements == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

/* Adds an element, and steals its reference. The array must be large enough. */
static inline void
gathered_push(Gathered *gathered, PyObject *key, Py_hash_t hash)
{
    gathered->elements[gathered->count++] = (Element){key, hash};
}

/* Releases what was gathered. */
static void
gathered_drop(Gathered *gathered)
{
    for (Py_ssize_t i = 0; i < gathered->count; i++) {
        Py_DECREF(gathered->elements[i].key);
    }
    PyMem_Free(gathered->elements);
}

/* Makes a table of the elements and returns 0, unless `done` is -1; else releases them and returns -1. */
static int
gathered_end(Gathered *gathered, int done, Table *made)
{
    Py_ssize_t count = gathered->count;
    table_init(made, ELEMENT);
    if (done >= 0 && count > 0) {
        done = table_allocate(made, bits_for(count), ELEMENT);
    }
    if (done >= 0 && count > 0) {
        memcpy(made->slots, gathered->elements, (size_t)count * sizeof(Element));
        made->end = made->used = count;
        index_fill(made);
        table_check(made);
    }
    for (Py_ssize_t i = 0; done < 0 && i < count; i++) {
        Py_DECREF(gathered->elements[i].key);
    }
    PyMem_Free(gathered->elements);
    return done < 0 ? -1 : 0;
}

/* A new set of the class of another, with the elements of a table, which is emptied in any case. */
static PyObject *
set_made_like(Set *self, Table *made)
{
    State *state = self->state;
    PyTypeObject *type = Py_TYPE(self);
    PyObject *set = type == state->specialized_set
        ? (PyObject *)set_new_empty(type, self->state)
        : PyObject_CallMethodOneArg((PyObject *)type, state->name_new, (PyObject *)type);
    if (set != NULL && !PyObject_TypeCheck(set, state->Set)) {
        raise_message(state, "not_a_set", Py_BuildValue("(ONs)", type, set, "HashSet"));
        set = NULL;
    }
    if (set == NULL) {
        table_drop(made);
        return NULL;
    }
    Table old = table_take_all(&((Set *)set)->table);
    made->version = old.version + 1;
    ((Set *)set)->table = *made;
    table_drop(&old);
    return set;
}

/* Replaces the elements of a set by those of a table. */
static void
set_become(Set *self, Table *made)
{
    Table old = self->table;
    made->version = old.version + 1;
    self->table = *made;
    table_drop(&old);
}

/* -- the algebra --------------------------------------------------------------------------------- */

/* Reserves memory for `count` elements that are known to differ, if the table is empty. */
static int
presize_elements(Table *table, Py_ssize_t count)
{
    return table->used > 0 || count <= capacity_of(table) ? 0 : table_reserve(table, count);
}

/* Adds elements of a set, frozenset or dict to an empty table. They are known to differ, as long as comparing
   them runs no Python code; from the first for which it may, the elements are left to the caller. */
static int
add_differing(Table *table, PyObject *source)
{
    int is_set = PyAnySet_CheckExact(source);
    if (table->used > 0 || !(is_set || is_any_dict(source))) {
        return 0;
    }
    if (presize_elements(table, is_set ? PySet_GET_SIZE(source) : PyDict_GET_SIZE(source)) < 0) {
        return -1;
    }
    PyObject *iterator = PyObject_GetIter(source), *key;
    int done = iterator == NULL ? -1 : 0;
    while (done == 0 && (key = PyIter_Next(iterator)) != NULL) {
        if (is_builtin_key(key)) {
            done = table_add_element(table, key, hash_of(key)) < 0 ? -1 : 0;
        }
        else {
            done = 1;
        }
        Py_DECREF(key);
    }
    Py_XDECREF(iterator);
    return done < 0 || PyErr_Occurred() ? -1 : 0;
}

/* The capacity with which the elements of a list are begun to be read: how many are equal is not known. */
enum { FEW_AT_FIRST = 42 };

/* Grows a table that became full while a list or tuple is read: to what the rest needs if as many of its
   elements are new as so far, but at most to eight times its size. */
static int
grow_ahead(Table *table, const Walk *walk)
{
    Py_ssize_t rest = Py_MAX(PySequence_Fast_GET_SIZE(walk->iterator) - walk->next, 0);
    double rate = Py_MIN((double)table->used / (double)walk->next, 1.0);
    Py_ssize_t needed = table->used + (Py_ssize_t)((double)rest * rate);
    return needed > capacity_of(table) ? table_reserve(table, Py_MIN(needed, 8 * table->used)) : 0;
}

/* Whether the next element of a list or tuple is of builtin classes. */
static inline int
next_is_of_builtins(const Walk *walk)
{
    return walk->next < PySequence_Fast_GET_SIZE(walk->iterator)
        && is_of_builtins(PySequence_Fast_GET_ITEM(walk->iterator, walk->next));
}

/* Adds elements of a list or tuple, as long as that runs no Python code. */
static int
add_run(Table *table, Walk *walk)
{
    PyObject *list = walk->iterator;
    if (capacity_of(table) == 0
        && table_reserve(table, Py_MIN(PySequence_Fast_GET_SIZE(list), FEW_AT_FIRST)) < 0) {
        return -1;
    }
    for (;;) {
        Py_ssize_t rest = PySequence_Fast_GET_SIZE(list) - walk->next;
        if (rest <= 0) {
            return 0;
        }
        walk->next += table_put_many(table, PySequence_Fast_ITEMS(list) + walk->next, rest);
        Py_ssize_t capacity = capacity_of(table);
        if (table->used == capacity && grow_ahead(table, walk) < 0) {
            return -1;
        }
        if (capacity_of(table) == capacity) {
            return 0;
        }
    }
}

/* Adds the elements of another HashSet, which are no views. */
static int
add_from_set(Operand set, Set *source)
{
    Table *table = set.table, *theirs = &source->table;
    uint64_t version = theirs->version;
    for (Py_ssize_t next = theirs->first; next < theirs->end; next++) {
        Element element = ((const Element *)theirs->slots)[next];
        int added;
        if (element.key == NULL) {
            continue;
        }
        Py_ssize_t slot_index = table_put_element(table, element.key, element.hash, &added);
        if (slot_index == UNSURE) {
            Py_INCREF(element.key); /* HOLD */
            slot_index = table_find_any(table, element.key, element.hash);
            if (slot_index == ABSENT) {
                slot_index = table_add_element(table, element.key, element.hash);
            }
            Py_DECREF(element.key);
            if (slot_index >= 0 && theirs->version != version) {
                raise_changed_during(set.state, Py_TYPE(source), "iteration");
                return -1;
            }
        }
        if (slot_index < 0) {
            return -1;
        }
    }
    return 0;
}

static int
add_all(Operand set, PyObject *source)
{
    Table *table = set.table;
    Set *theirs = exact_set(set.state, source);
    if (theirs != NULL) {
        return &theirs->table == table ? 0
            : table->used == 0         ? table_copy(table, &theirs->table)
                                       : add_from_set(set, theirs);
    }
    Walk walk;
    if (add_differing(table, source) < 0 || walk_start(&walk, set.state, source) < 0) {
        return -1;
    }
    int more;
    for (;;) {
        if (walk.is_sequence && next_is_of_builtins(&walk) && add_run(table, &walk) < 0) {
            more = -1;
            break;
        }
        more = walk_next(&walk);
        if (more <= 0) {
            break;
        }
        int added;
        Py_ssize_t slot_index = element_find_or_add(set.state, table, walk.key, walk.hash, &added);
        int is_full = added && table->end == capacity_of(table);
        Py_DECREF(walk.key);
        if (slot_index < 0 || (is_full && walk.is_sequence && grow_ahead(table, &walk) < 0)) {
            more = -1;
            break;
        }
    }
    walk_end(&walk);
    return more;
}

static int
discard_each(Operand set, PyObject *source)
{
    Walk walk;
    int more;
    if (walk_start(&walk, set.state, source) < 0) {
        return -1;
    }
    while ((more = walk_next(&walk)) > 0) {
        Py_ssize_t slot_index = table_find_element(set.table, walk.key, walk.hash);
        if (slot_index >= 0) {
            Py_DECREF(table_remove(set.table, slot_index).key);
        }
        Py_DECREF(walk.key);
        if (slot_index == FAILED) {
            more = -1;
            break;
        }
    }
    walk_end(&walk);
    return more;
}

/* Gathers the elements of one HashSet that are found in another, or those that are not. If `finds` is not
   NULL, it has a byte for each slot of the other, which becomes 1 if an element finds the slot; of no use if
   the version of the other changes. */
static int
gather(Operand set, const Table *other, int found, Gathered *gathered, char *finds)
{
    const Table *table = set.table;
    uint64_t version = table->version, other_version = other->version;
    for (Py_ssize_t next = table->first; next < table->end; next++) {
        Element element = ((const Element *)table->slots)[next];
        if (element.key == NULL) {
            continue;
        }
        Py_ssize_t slot_index = find_element_quietly(other, element.key, element.hash);
        int asks = slot_index == UNSURE;
        if (asks) {
            Py_INCREF(element.key); /* HOLD */
            slot_index = table_find_any(other, element.key, element.hash);
        }
        if (slot_index != FAILED && (slot_index >= 0) == found) {
            gathered_push(gathered, Py_NewRef(element.key), element.hash);
        }
        if (finds != NULL && slot_index >= 0 && other->version == other_version) {
            finds[slot_index] = 1;
        }
        if (!asks) {
            continue;
        }
        Py_DECREF(element.key);
        if (slot_index == FAILED) {
            return -1;
        }
        if (table->version != version) {
            raise_changed_during(set.state, set.type, "iteration");
            return -1;
        }
    }
    return 0;
}

static int
compare_indices(const void *left, const void *right)
{
    Py_ssize_t a = *(const Py_ssize_t *)left, b = *(const Py_ssize_t *)right;
    return (a > b) - (a < b);
}

/* Reorders the elements of `found`, which were found in `table`, as they are ordered there. Removes those that
   are no longer there. */
static int
arrange(Table *found, const Table *table)
{
    Py_ssize_t *places = PyMem_Malloc(((size_t)found->used + 1) * sizeof *places), count = 0;
    if (places == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t slot_index = 0; slot_index < found->end; slot_index++) {
        const Element *element = &((const Element *)found->slots)[slot_index];
        Py_ssize_t place = table_locate(table, element->key, element->hash);
        if (place >= 0) {
            places[count++] = place;
        }
    }
    qsort(places, (size_t)count, sizeof *places, compare_indices);
    Gathered gathered;
    int done = gathered_start(&gathered, count);
    for (Py_ssize_t i = 0; done == 0 && i < count; i++) {
        const Element *element = &((const Element *)table->slots)[places[i]];
        gathered_push(&gathered, Py_NewRef(element->key), element->hash);
    }
    PyMem_Free(places);
    Table old = *found;
    if (done == 0) {
        done = gathered_end(&gathered, 0, found);
    }
    if (done == 0) {
        table_drop(&old);
    }
    else {
        *found = old;
    }
    return done;
}

/* A table of the elements of a set that those of any source find, in the order of the set. */
static int
find_each(Operand set, PyObject *source, Table *found)
{
    Walk walk;
    Table *table = set.table;
    uint64_t version = table->version;
    Py_ssize_t last = -1;
    int more, ordered = 1;
    table_init(found, ELEMENT);
    if (walk_start(&walk, set.state, source) < 0) {
        return -1;
    }
    while ((more = walk_next(&walk)) > 0) {
        Py_ssize_t slot_index = table_find_element(table, walk.key, walk.hash);
        if (slot_index >= 0) {
            const Element *element = &((const Element *)table->slots)[slot_index];
            if (slot_index <= last) {
                ordered = 0;
            }
            last = slot_index;
            if ((ordered || table_locate(found, element->key, element->hash) == ABSENT)
                && table_add_element(found, element->key, element->hash) < 0) {
                slot_index = FAILED;
            }
        }
        Py_DECREF(walk.key);
        if (slot_index == FAILED) {
            more = -1;
            break;
        }
        if (table->version != version) {
            ordered = 0;
        }
    }
    walk_end(&walk);
    if (more == 0 && !ordered) {
        more = arrange(found, table);
    }
    if (more < 0) {
        table_drop(found);
        return -1;
    }
    return 0;
}

/* A table of the elements that a source has, too. Of two HashSets, the smaller one is iterated. */
static int
common(Operand set, PyObject *source, Table *made)
{
    Set *theirs = exact_set(set.state, source);
    if (theirs == NULL || theirs->table.used < set.table->used) {
        return find_each(set, source, made);
    }
    Gathered gathered;
    if (gathered_start(&gathered, set.table->used) < 0) {
        return -1;
    }
    return gathered_end(&gathered, gather(set, &theirs->table, 1, &gathered, NULL), made);
}

/* A table of the elements that a source does not have. */
static int
without(Operand set, PyObject *source, Table *made)
{
    Set *theirs = exact_set(set.state, source);
    if (theirs != NULL) {
        Gathered gathered;
        if (gathered_start(&gathered, set.table->used) < 0) {
            return -1;
        }
        return gathered_end(&gathered, gather(set, &theirs->table, 0, &gathered, NULL), made);
    }
    table_init(made, ELEMENT);
    if (table_copy(made, set.table) < 0) {
        return -1;
    }
    if (discard_each((Operand){set.state, set.type, made}, source) < 0) {
        table_drop(made);
        return -1;
    }
    return 0;
}

/* Gathers the elements in slots that no element has found. */
static void
gather_others(const Table *table, const char *finds, Gathered *gathered)
{
    for (Py_ssize_t next = table->first; next < table->end; next++) {
        const Element *element = &((const Element *)table->slots)[next];
        if (element->key != NULL && !finds[next]) {
            gathered_push(gathered, Py_NewRef(element->key), element->hash);
        }
    }
}

/* Moves all that was gathered behind what was gathered elsewhere, where there must be memory. */
static void
gathered_move(Gathered *from, Gathered *to)
{
    memcpy(to->elements + to->count, from->elements, (size_t)from->count * sizeof(Element));
    to->count += from->count;
    from->count = 0;
}

/* A table of the elements that only one of two sets has: those of the first, then those of the other. Each of
   the other is looked up in the first, and no two elements are compared again. */
static int
exclusive_of(Operand set, Operand other, Table *made)
{
    Gathered left = {NULL, 0}, right = {NULL, 0};
    uint64_t version = set.table->version;
    char *finds = PyMem_Calloc((size_t)set.table->end + 1, 1);
    int done = finds == NULL || gathered_start(&right, other.table->used) < 0 ? -1 : 0;
    if (finds == NULL) {
        PyErr_NoMemory();
    }
    if (done == 0) {
        done = gather(other, set.table, 0, &right, finds);
    }
    if (done == 0) { /* Comparing may have added elements to the first set. */
        done = gathered_start(&left, set.table->used + right.count);
    }
    if (done == 0 && set.table->version == version) {
        gather_others(set.table, finds, &left);
    }
    else if (done == 0) {
        done = gather(set, other.table, 0, &left, NULL);
    }
    if (done == 0) {
        gathered_move(&right, &left);
    }
    PyMem_Free(finds);
    gathered_drop(&right);
    return gathered_end(&left, done, made);
}

static int
exclusive(Operand set, PyObject *source, Table *made)
{
    Set *theirs = exact_set(set.state, source);
    if (theirs != NULL) {
        return exclusive_of(set, operand(theirs), made);
    }
    Table other;
    table_init(&other, ELEMENT);
    Operand copied = {set.state, set.type, &other};
    int done = add_all(copied, source);
    if (done == 0) {
        done = exclusive_of(set, copied, made);
    }
    table_drop(&other);
    return done;
}

/* Whether a source has an element that is found (or, if `found` is 0, that is not). The first ends the search. */
static int
any_is(Operand set, PyObject *source, int found)
{
    Walk walk;
    int more;
    if (walk_start(&walk, set.state, source) < 0) {
        return -1;
    }
    while ((more = walk_next(&walk)) > 0) {
        Py_ssize_t slot_index = table_find_element(set.table, walk.key, walk.hash);
        Py_DECREF(walk.key);
        if (slot_index == FAILED || (slot_index >= 0) == found) {
            more = slot_index == FAILED ? -1 : 1;
            break;
        }
    }
    walk_end(&walk);
    return more;
}

/* Whether every element of a source is found. */
static int
holds_all(Operand set, PyObject *source)
{
    Set *theirs = exact_set(set.state, source);
    if (theirs != NULL && theirs->table.used > set.table->used) {
        return 0;
    }
    int missing = any_is(set, source, 0);
    return missing < 0 ? -1 : !missing;
}

/* Whether an element of a source is found. Of two HashSets, the smaller one is iterated. */
static int
holds_any(Set *self, PyObject *source)
{
    Set *theirs = exact_set(self->state, source);
    if (theirs != NULL && theirs->table.used > self->table.used) {
        Walk walk = walk_operand(operand(self));
        int more;
        while ((more = walk_next(&walk)) > 0) {
            Py_ssize_t slot_index = table_find_element(&theirs->table, walk.key, walk.hash);
            Py_DECREF(walk.key);
            if (slot_index != ABSENT) {
                return slot_index == FAILED ? -1 : 1;
            }
        }
        return more;
    }
    return any_is(operand(self), source, 1);
}

/* Whether another set has an element. An element that cannot be looked up there is not there. */
static int
is_in_set(PyObject *other, PyObject *element)
{
    int found = PySequence_Contains(other, element);
    if (found < 0 && PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        return 0;
    }
    return found;
}

/* Whether every element is found in another HashSet. */
static int
within_ours(Set *self, const Table *other)
{
    const Table *table = &self->table;
    uint64_t version = table->version;
    for (Py_ssize_t next = table->first; next < table->end; next++) {
        Element element = ((const Element *)table->slots)[next];
        if (element.key == NULL) {
            continue;
        }
        Py_ssize_t slot_index = find_element_quietly(other, element.key, element.hash);
        if (slot_index == UNSURE) {
            Py_INCREF(element.key); /* HOLD */
            slot_index = table_find_any(other, element.key, element.hash);
            Py_DECREF(element.key);
            if (slot_index >= 0 && table->version != version) {
                raise_changed_during(self->state, Py_TYPE(self), "iteration");
                return -1;
            }
        }
        if (slot_index < 0) {
            return slot_index == FAILED ? -1 : 0;
        }
    }
    return 1;
}

/* Whether every element is found in another set, of any class. */
static int
within(Set *self, PyObject *other)
{
    Set *theirs = exact_set(self->state, other);
    if (theirs != NULL) {
        return within_ours(self, &theirs->table);
    }
    Walk walk = walk_operand(operand(self));
    int more;
    while ((more = walk_next(&walk)) > 0) {
        int found = is_in_set(other, walk.key);
        Py_DECREF(walk.key);
        if (found <= 0) {
            return found;
        }
    }
    return more < 0 ? -1 : 1;
}

/* -- the named methods --------------------------------------------------------------------------- */

static PyObject *
set_union(Set *self, PyObject *const *others, Py_ssize_t count)
{
    Table made;
    table_init(&made, ELEMENT);
    int done = table_copy(&made, &self->table);
    for (Py_ssize_t i = 0; done == 0 && i < count; i++) {
        done = add_all((Operand){self->state, Py_TYPE(self), &made}, others[i]);
    }
    if (done < 0) {
        table_drop(&made);
        return NULL;
    }
    return set_made_like(self, &made);
}

typedef int (*Step)(Operand set, PyObject *source, Table *made);

/* Applies a step with each of the others, at least one, to the table that the last step made. */
static int
steps(Operand set, Step step, PyObject *const *others, Py_ssize_t count, Table *made)
{
    if (step(set, others[0], made) < 0) {
        return -1;
    }
    for (Py_ssize_t i = 1; i < count; i++) {
        Table before = *made;
        int done = step((Operand){set.state, set.type, &before}, others[i], made);
        table_drop(&before);
        if (done < 0) {
            return -1;
        }
    }
    return 0;
}

static PyObject *
set_step(Set *self, Step step, PyObject *const *others, Py_ssize_t count)
{
    Table made;
    if (count == 0) {
        return set_union(self, NULL, 0);
    }
    return steps(operand(self), step, others, count, &made) < 0 ? NULL : set_made_like(self, &made);
}

static PyObject *
set_step_update(Set *self, Step step, PyObject *const *others, Py_ssize_t count)
{
    Table made;
    if (count > 0) {
        if (steps(operand(self), step, others, count, &made) < 0) {
            return NULL;
        }
        set_become(self, &made);
    }
    Py_RETURN_NONE;
}

static PyObject *
set_intersection(Set *self, PyObject *const *others, Py_ssize_t count)
{
    return set_step(self, common, others, count);
}

static PyObject *
set_difference(Set *self, PyObject *const *others, Py_ssize_t count)
{
    return set_step(self, without, others, count);
}

static PyObject *
set_symmetric_difference(Set *self, PyObject *other)
{
    return set_step(self, exclusive, &other, 1);
}

static PyObject *
set_update(Set *self, PyObject *const *others, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        if (add_all(operand(self), others[i]) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *
set_intersection_update(Set *self, PyObject *const *others, Py_ssize_t count)
{
    return set_step_update(self, common, others, count);
}

static PyObject *
set_difference_update(Set *self, PyObject *const *others, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        if (others[i] == (PyObject *)self) {
            Table taken = table_take_all(&self->table);
            table_drop(&taken);
        }
        else if (discard_each(operand(self), others[i]) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *
set_symmetric_difference_update(Set *self, PyObject *other)
{
    return set_step_update(self, exclusive, &other, 1);
}

/* Whether an object is a set of any class, which operators and comparisons require. */
static int
is_any_set(State *state, PyObject *other)
{
    return PyAnySet_Check(other) || PyObject_TypeCheck(other, state->Set)
            || PyObject_TypeCheck(other, state->SortedSet)
        ? 1
        : PyObject_IsInstance(other, state->AbstractSet);
}

/* Whether every element is in the other set, and that is as large (`strictly`: larger). */
static int
is_within(Set *self, PyObject *other, int strictly)
{
    Py_ssize_t length = PyObject_Size(other);
    return length < 0 ? -1 : self->table.used + strictly > length ? 0 : within(self, other);
}

static PyObject *
set_issubset(Set *self, PyObject *other)
{
    int is_set = is_any_set(self->state, other), within = is_set;
    if (is_set > 0) {
        within = is_within(self, other, 0);
    }
    else if (is_set == 0) {
        Table found;
        within = common(operand(self), other, &found);
        if (within == 0) {
            within = found.used == self->table.used;
            table_drop(&found);
        }
    }
    return within < 0 ? NULL : PyBool_FromLong(within);
}

static PyObject *
set_issuperset(Set *self, PyObject *other)
{
    int holds = holds_all(operand(self), other);
    return holds < 0 ? NULL : PyBool_FromLong(holds);
}

static PyObject *
set_isdisjoint(Set *self, PyObject *other)
{
    int holds = holds_any(self, other);
    return holds < 0 ? NULL : PyBool_FromLong(!holds);
}

static PyObject *
set_richcompare(Set *self, PyObject *other, int operation)
{
    int answer = is_any_set(self->state, other);
    if (answer <= 0) {
        return answer < 0 ? NULL : Py_NewRef(Py_NotImplemented);
    }
    if (operation == Py_LE || operation == Py_LT) {
        answer = is_within(self, other, operation == Py_LT);
    }
    else {
        Py_ssize_t length = PyObject_Size(other), used = self->table.used;
        int strictly = operation == Py_GT;
        if (length < 0) {
            return NULL;
        }
        if (operation == Py_EQ || operation == Py_NE) {
            answer = length != used ? 0 : within(self, other);
        }
        else {
            answer = used < length + strictly ? 0 : holds_all(operand(self), other);
        }
    }
    return answer < 0 ? NULL : PyBool_FromLong(answer == (operation != Py_NE));
}

/* -- the operators ------------------------------------------------------------------------------- */

/* The state of the module, from one of two operands, of which at least one is a HashSet. */
static State *
state_of_operands(PyObject *left, PyObject *right)
{
    if (!PyAnySet_Check(left)) {
        PyObject *module = PyType_GetModuleByDef(Py_TYPE(left), &core_module);
        if (module != NULL) {
            return PyModule_GetState(module);
        }
        PyErr_Clear();
    }
    PyObject *module = PyType_GetModuleByDef(Py_TYPE(right), &core_module);
    return module == NULL ? NULL : PyModule_GetState(module);
}

/* The result of an operator. If the left operand is not a HashSet, a HashSet is made of it. */
static PyObject *
set_operate(PyObject *left, PyObject *right, Step step)
{
    State *state = state_of_operands(left, right);
    if (state == NULL) {
        return NULL;
    }
    int ours = PyObject_TypeCheck(left, state->Set);
    int is_set = is_any_set(state, ours ? right : left);
    if (is_set <= 0) {
        return is_set < 0 ? NULL : Py_NewRef(Py_NotImplemented);
    }
    if (ours) {
        return step == NULL ? set_union((Set *)left, &right, 1)
                            : set_step((Set *)left, step, &right, 1);
    }
    Table theirs, made;
    table_init(&theirs, ELEMENT);
    Operand copied = {state, Py_TYPE(right), &theirs};
    int done = add_all(copied, left);
    if (done == 0) {
        done = step == NULL ? add_all(copied, right) : step(copied, right, &made);
    }
    if (done == 0 && step == NULL) {
        return set_made_like((Set *)right, &theirs);
    }
    table_drop(&theirs);
    return done < 0 ? NULL : set_made_like((Set *)right, &made);
}

static PyObject *
set_or(PyObject *left, PyObject *right)
{
    return set_operate(left, right, NULL);
}

static PyObject *
set_and(PyObject *left, PyObject *right)
{
    return set_operate(left, right, common);
}

static PyObject *
set_subtract(PyObject *left, PyObject *right)
{
    return set_operate(left, right, without);
}

static PyObject *
set_xor(PyObject *left, PyObject *right)
{
    return set_operate(left, right, exclusive);
}

/* Calls the method of an operator such as `|=`, and returns the set itself. */
static PyObject *
set_operate_inplace(Set *self, PyObject *other,
                    PyObject *(*method)(Set *, PyObject *const *, Py_ssize_t))
{
    int is_set = is_any_set(self->state, other);
    if (is_set <= 0) {
        return is_set < 0 ? NULL : Py_NewRef(Py_NotImplemented);
    }
    PyObject *done = method(self, &other, 1);
    Py_XDECREF(done);
    return done == NULL ? NULL : Py_NewRef(self);
}

static PyObject *
set_inplace_or(Set *self, PyObject *other)
{
    return set_operate_inplace(self, other, set_update);
}

static PyObject *
set_inplace_and(Set *self, PyObject *other)
{
    return set_operate_inplace(self, other, set_intersection_update);
}

static PyObject *
set_inplace_subtract(Set *self, PyObject *other)
{
    return set_operate_inplace(self, other, set_difference_update);
}

static PyObject *
set_exclusive_update(Set *self, PyObject *const *others, Py_ssize_t count)
{
    return set_step_update(self, exclusive, others, count);
}

static PyObject *
set_inplace_xor(Set *self, PyObject *other)
{
    return set_operate_inplace(self, other, set_exclusive_update);
}

/* -- the type ------------------------------------------------------------------------------------ */

static int
set_traverse(Set *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->state->module);
    for (Py_ssize_t slot_index = self->table.first; slot_index < self->table.end; slot_index++) {
        Py_VISIT(element_at(&self->table, slot_index));
    }
    return 0;
}

/* A set can be used before __init__ has run, as pickle and copy do. */
static PyObject *
set_new(PyTypeObject *type, PyObject *Py_UNUSED(arguments), PyObject *Py_UNUSED(keywords))
{
    State *state = state_of_class(type);
    return state == NULL ? NULL : (PyObject *)set_new_empty(type, state);
}

static int
set_init(Set *self, PyObject *arguments, PyObject *keywords)
{
    Py_ssize_t count = PyTuple_GET_SIZE(arguments);
    if (keywords != NULL && PyDict_GET_SIZE(keywords) > 0) {
        PyErr_SetString(PyExc_TypeError, "HashSet() takes no keyword arguments");
        return -1;
    }
    if (!takes("HashSet", count, 0, 1)) {
        return -1;
    }
    Table taken = table_take_all(&self->table);
    table_drop(&taken);
    return count == 0 ? 0 : add_all(operand(self), PyTuple_GET_ITEM(arguments, 0));
}

/* The tp_vectorcall of HashSet, which subclasses do not inherit. */
static PyObject *
set_vectorcall(PyObject *class, PyObject *const *arguments, size_t flags, PyObject *names)
{
    PyTypeObject *type = (PyTypeObject *)class;
    Py_ssize_t count = PyVectorcall_NARGS(flags);
    /* Somebody may give HashSet another __new__ or __init__. */
    if (count > 1 || names != NULL || type->tp_new != set_new
        || type->tp_init != (initproc)set_init) {
        return call_class(class, arguments, count, names);
    }
    PyObject *made = set_new(type, NULL, NULL);
    if (made != NULL && count == 1 && add_all(operand((Set *)made), arguments[0]) < 0) {
        Py_CLEAR(made);
    }
    return made;
}

static PyMethodDef set_methods[] = {
    METHOD("get", set_get, METH_O, DOC_Set_get),
    METHOD("add", set_add, METH_O, DOC_Set_add),
    METHOD("insert", set_insert, METH_O, DOC_Set_insert),
    METHOD("get_or_insert", set_get_or_insert, METH_O, DOC_Set_get_or_insert),
    METHOD("replace", set_replace, METH_O, DOC_Set_replace),
    METHOD("update", set_update, METH_FASTCALL, DOC_Set_update),
    METHOD("remove", set_remove, METH_O, DOC_Set_remove),
    METHOD("discard", set_discard, METH_O, DOC_Set_discard),
    METHOD("take", set_take, METH_O, DOC_Set_take),
    METHOD("pop", set_pop, METH_NOARGS, DOC_Set_pop),
    METHOD("swap_remove", set_swap_remove, METH_O, DOC_Set_swap_remove),
    METHOD("clear", map_clear, METH_NOARGS, DOC_Set_clear),
    METHOD("retain", map_retain, METH_O, DOC_Set_retain),
    METHOD("extract_if", map_extract_if, METH_O, DOC_Set_extract_if),
    METHOD("drain", set_drain, METH_NOARGS, DOC_Set_drain),
    METHOD("union", set_union, METH_FASTCALL, DOC_Set_union),
    METHOD("intersection", set_intersection, METH_FASTCALL, DOC_Set_intersection),
    METHOD("difference", set_difference, METH_FASTCALL, DOC_Set_difference),
    METHOD("symmetric_difference", set_symmetric_difference, METH_O, DOC_Set_symmetric_difference),
    METHOD("intersection_update", set_intersection_update, METH_FASTCALL,
           DOC_Set_intersection_update),
    METHOD("difference_update", set_difference_update, METH_FASTCALL, DOC_Set_difference_update),
    METHOD("symmetric_difference_update", set_symmetric_difference_update, METH_O,
           DOC_Set_symmetric_difference_update),
    METHOD("issubset", set_issubset, METH_O, DOC_Set_issubset),
    METHOD("issuperset", set_issuperset, METH_O, DOC_Set_issuperset),
    METHOD("isdisjoint", set_isdisjoint, METH_O, DOC_Set_isdisjoint),
    METHOD("first", set_first, METH_NOARGS, DOC_Set_first),
    METHOD("last", set_last, METH_NOARGS, DOC_Set_last),
    METHOD("at", set_at, METH_O, DOC_Set_at),
    METHOD("index_of", set_index_of, METH_O, DOC_Set_index_of),
    METHOD("move_to_end", set_move_to_end, METH_FASTCALL | METH_KEYWORDS, DOC_Set_move_to_end),
    METHOD("sort", map_sort, METH_FASTCALL | METH_KEYWORDS, DOC_Set_sort),
    METHOD("reserve", map_reserve, METH_O, DOC_Set_reserve),
    METHOD("shrink_to_fit", map_shrink_to_fit, METH_NOARGS, DOC_Set_shrink_to_fit),
    METHOD("__reversed__", map_reversed, METH_NOARGS, "The elements, last inserted first."),
    METHOD("__sizeof__", map_sizeof, METH_NOARGS, "The size of the set in memory, in bytes."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef set_attributes[] = {
    {"capacity", (getter)map_get_capacity, NULL, PyDoc_STR(DOC_Set_capacity), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot set_slots[] = {
    {Py_tp_doc,
     (void *)PyDoc_STR("Set(source=(), /)\n--\n\n"
                       "The base of `keyview.HashSet` in C; see there.")},
    {Py_tp_new, set_new},
    {Py_tp_init, set_init},
    {Py_tp_traverse, set_traverse},
    {Py_tp_clear, map_tp_clear},
    {Py_tp_dealloc, map_dealloc},
    {Py_tp_hash, PyObject_HashNotImplemented},
    {Py_tp_richcompare, set_richcompare},
    {Py_tp_iter, set_iter},
    {Py_sq_length, map_length},
    {Py_sq_contains, set_contains},
    {Py_nb_or, set_or},
    {Py_nb_and, set_and},
    {Py_nb_subtract, set_subtract},
    {Py_nb_xor, set_xor},
    {Py_nb_inplace_or, set_inplace_or},
    {Py_nb_inplace_and, set_inplace_and},
    {Py_nb_inplace_subtract, set_inplace_subtract},
    {Py_nb_inplace_xor, set_inplace_xor},
    {Py_tp_methods, set_methods},
    {Py_tp_getset, set_attributes},
    {Py_tp_members, map_members},
    {0, NULL},
};

static PyType_Spec set_spec = {"keyview._core.Set", sizeof(Set), 0,
                               Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
                               set_slots};

#endif

/* Loops over many pairs: update, fill, group, count, retain, comparison.

   RELEASE LATE and SAME VERSION are explained at the head of table.h. */
#ifndef KEYVIEW_BULK_H
#define KEYVIEW_BULK_H

#include "adopt.h"
#include "live_views.h"

/* Python 3.15 has a frozendict, which is read like a dict. */
#if PY_VERSION_HEX >= 0x030F0000
#define is_any_dict PyAnyDict_CheckExact
#else
#define is_any_dict PyDict_CheckExact
#endif

/* -- storing pairs ----------------------------------------------------------------------------- */

/* Stores a pair: by `insert`, or by `merge` if `combine` is not NULL. The functions put_... below
   do so for every pair of a source. -1 and an exception on failure: pairs before that one are
   stored. */
static inline int
put(Map *map, PyObject *key, Py_hash_t hash, PyObject *value, PyObject *combine)
{
    if (combine == NULL) {
        return insert(map, key, hash, value);
    }
    PyObject *merged = merge(map, key, hash, value, combine);
    Py_XDECREF(merged);
    return merged == NULL ? -1 : 0;
}

static int
put_unhashed(Map *map, PyObject *key, PyObject *value, PyObject *combine)
{
    Py_hash_t hash = hash_of(key);
    return hash == -1 && PyErr_Occurred() ? -1 : put(map, key, hash, value, combine);
}

/* Stores a pair in a map of either kind. */
static int
put_pair(Owner *owner, PyObject *key, PyObject *value, PyObject *combine)
{
    return owner->kind == SORTED ? sorted_put_pair((Sorted *)owner, key, value, combine)
                                 : put_unhashed((Map *)owner, key, value, combine);
}

/* Reserves memory for `count` keys if the map is empty. */
static int
presize(Map *map, Py_ssize_t count)
{
    Table *table = &map->table;
    if (table->used > 0 || count <= capacity_of(table)) {
        return 0;
    }
    return table_reserve(table, count);
}

static int
put_map(Map *map, Map *source, PyObject *combine)
{
    Table *table = &source->table;
    if (map->table.used == 0) {
        return table_copy(&map->table, table);
    }
    uint64_t version = table->version;
    for (Py_ssize_t slot_index = table->first; slot_index < table->end; slot_index++) {
        Slot slot = slot_at(table, slot_index);
        if (slot.key == NULL) {
            continue;
        }
        Py_INCREF(slot.key);
        Py_INCREF(slot.value);
        int done = put(map, slot.key, slot.hash, slot.value, combine);
        slot_drop(slot);
        if (done < 0) {
            return -1;
        }
        if (table->version != version) {
            raise_changed_during(source->state, Py_TYPE(source), "iteration");
            return -1;
        }
    }
    return 0;
}

/* The last `count` pairs of a dict, from PyDict_Next's position `next` on: new references, in a new
   array. */
static Pair *
pairs_from(PyObject *source, Py_ssize_t next, Py_ssize_t count)
{
    Pair *pairs = PyMem_Malloc(((size_t)count + 1) * sizeof *pairs);
    if (pairs == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyDict_Next(source, &next, &pairs[i].key, &pairs[i].value);
        Py_INCREF(pairs[i].key);
        Py_INCREF(pairs[i].value);
    }
    return pairs;
}

static int
put_dict(Map *map, PyObject *source, PyObject *combine)
{
    Py_ssize_t size = PyDict_GET_SIZE(source), done = 0, next = 0, position = 0;
    PyObject *key, *value;
    Table *table = &map->table;
    int adopted = PyDict_CheckExact(source) ? table_adopt(map->state, table, source) : 0;
    if (adopted != 0) {
        return adopted < 0 ? -1 : 0;
    }
    if (presize(map, size) < 0) {
        return -1;
    }
    /* The keys of a dict are unequal. While the map has only keys of this dict, they need no
       comparison. */
    int differ = table->used == 0;
    while (differ && PyDict_Next(source, &next, &key, &value) && is_builtin_key(key)) {
        if (table_add(table, key, hash_of(key), value) < 0) {
            return -1;
        }
        position = next;
        done++;
    }
    if (done == size) {
        return 0;
    }
    /* Read all the rest first. From here on Python code may run, and reorder the dict: PyDict_Next
       would then give some pairs twice and skip others. */
    Py_ssize_t count = size - done, i;
    Pair *pairs = pairs_from(source, position, count);
    uint64_t version = table->version;
    int good = pairs == NULL ? -1 : 0;
    for (i = 0; good == 0 && i < count; i++) {
        key = pairs[i].key;
        value = pairs[i].value;
        Py_hash_t hash = hash_of(key);
        int view = hash == -1 && PyErr_Occurred() ? -1 : is_view(map->state, key);
        differ = differ && !view && table->version == version;
        if (view < 0) {
            good = -1;
        }
        else if (differ) {
            good = table_add(table, key, hash, value) < 0 ? -1 : 0;
            version = table->version;
        }
        else {
            good = put(map, key, hash, value, combine);
        }
        if (good == 0 && PyDict_GET_SIZE(source) != size) {
            PyErr_SetString(PyExc_RuntimeError, "dictionary changed size during iteration");
            good = -1;
        }
    }
    for (i = 0; pairs != NULL && i < count; i++) {
        Py_DECREF(pairs[i].key);
        Py_DECREF(pairs[i].value);
    }
    PyMem_Free(pairs);
    return good;
}

static int
put_mapping(Owner *map, PyObject *source, PyObject *combine)
{
    PyObject *keys = PyObject_CallMethodNoArgs(source, map->state->name_keys);
    PyObject *iterator = keys == NULL ? NULL : PyObject_GetIter(keys), *key;
    Py_XDECREF(keys);
    if (iterator == NULL) {
        return -1;
    }
    int done = 0;
    while (done == 0 && (key = PyIter_Next(iterator)) != NULL) {
        PyObject *value = PyObject_GetItem(source, key);
        done = value == NULL ? -1 : put_pair(map, key, value, combine);
        Py_DECREF(key);
        Py_XDECREF(value);
    }
    Py_DECREF(iterator);
    return done < 0 || PyErr_Occurred() ? -1 : 0;
}

/* The tuple of an element, which like in dict() may be any iterable of length 2. New reference;
   NULL and an exception for any other element. */
static PyObject *
as_pair(State *state, const char *caller, PyObject *element, Py_ssize_t position)
{
    PyObject *pair = PyTuple_CheckExact(element) ? Py_NewRef(element) : PySequence_Tuple(element);
    if (pair == NULL) {
        /* A TypeError that the element's own __iter__ raised propagates. */
        int iterable = Py_TYPE(element)->tp_iter != NULL;
        if (!iterable && PyErr_ExceptionMatches(PyExc_TypeError)) {
            PyErr_Clear();
            raise_message(state, "not_a_pair", Py_BuildValue("(sOn)", caller, element, position));
        }
        return NULL;
    }
    Py_ssize_t length = PyTuple_GET_SIZE(pair);
    if (length != 2) {
        Py_DECREF(pair);
        return raise_message(state, "wrong_length",
                             Py_BuildValue("(sOnn)", caller, element, position, length));
    }
    return pair;
}

/* A key and a value. `held` is what keeps them. */
typedef struct {
    PyObject *key, *value, *held;
} Keyed;

/* The key and the value of an element: of a pair, or key(element) and the element, if there is a function
   `key` and not None. -1 and an exception on failure. */
static int
keyed(State *state, const char *caller, PyObject *key, PyObject *element, Py_ssize_t position,
      Keyed *found)
{
    if (key != Py_None) {
        PyObject *made = PyObject_CallOneArg(key, element);
        *found = (Keyed){made, element, made};
        return made == NULL ? -1 : 0;
    }
    PyObject *pair = as_pair(state, caller, element, position);
    if (pair == NULL) {
        return -1;
    }
    *found = (Keyed){PyTuple_GET_ITEM(pair, 0), PyTuple_GET_ITEM(pair, 1), pair};
    return 0;
}

/* What is done with a key and its value. */
typedef int (*Add)(Owner *map, PyObject *key, PyObject *value, PyObject *combine);

/* Calls `add` for every element of an iterable, as `keyed` reads it. */
static Py_ALWAYS_INLINE inline int
put_each(Owner *map, const char *caller, PyObject *source, Add add, PyObject *combine,
         PyObject *key)
{
    PyObject *iterator = PyObject_GetIter(source), *element;
    if (iterator == NULL) {
        return -1;
    }
    int done = 0;
    for (Py_ssize_t position = 0; done == 0 && (element = PyIter_Next(iterator)) != NULL;
         position++) {
        Keyed found;
        done = keyed(map->state, caller, key, element, position, &found);
        if (done == 0) {
            done = add(map, found.key, found.value, combine);
            Py_DECREF(found.held);
        }
        Py_DECREF(element);
    }
    Py_DECREF(iterator);
    return done < 0 || PyErr_Occurred() ? -1 : 0;
}

/* Stores every pair of an iterable. */
static int
put_pairs(Owner *map, const char *caller, PyObject *source, PyObject *combine)
{
    return put_each(map, caller, source, put_pair, combine, Py_None);
}

static PyObject *map_iter(Map *self);

/* Whether `source` is a map whose class does not override __iter__, so that its table may be read.
   As dict.update does with a subclass of dict, any other map is read by its methods. */
static inline int
is_exact_map(State *state, PyObject *source)
{
    return PyObject_TypeCheck(source, state->Map)
        && Py_TYPE(source)->tp_iter == (getiterfunc)map_iter;
}

static int
has_keys(State *state, PyObject *source)
{
    PyObject *keys = PyObject_GetAttr(source, state->name_keys);
    if (keys == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError)) {
            return -1;
        }
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(keys);
    return 1;
}

/* Stores all pairs of a source that is read by its Python interface. -1 and an exception on
   failure. */
static int
put_read(Owner *map, const char *caller, PyObject *source, PyObject *combine)
{
    if (PyList_CheckExact(source) || PyTuple_CheckExact(source)) {
        return put_pairs(map, caller, source, combine);
    }
    int mapping = has_keys(map->state, source);
    return mapping < 0 ? -1
        : mapping      ? put_mapping(map, source, combine)
                       : put_pairs(map, caller, source, combine);
}

/* Stores all pairs of a source, as dict.update reads it. -1 and an exception on failure. */
static int
put_all(Map *map, const char *caller, PyObject *source, PyObject *combine)
{
    if (is_any_dict(source)) {
        return put_dict(map, source, combine);
    }
    if (is_exact_map(map->state, source)) {
        return put_map(map, (Map *)source, combine);
    }
    return put_read((Owner *)map, caller, source, combine);
}

/* -- fromkeys, grouped, reduced and counted: loops for the class methods of maps --------------- */

static PyObject *
map_fill(Owner *self, PyObject *keys, PyObject *value)
{
    PyObject *iterator = PyObject_GetIter(keys), *key;
    if (iterator == NULL) {
        return NULL;
    }
    int done = 0;
    while (done == 0 && (key = PyIter_Next(iterator)) != NULL) {
        done = put_pair(self, key, value, NULL);
        Py_DECREF(key);
    }
    Py_DECREF(iterator);
    return done < 0 || PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}

/* The list under a key, which is made if the key is absent. New reference. */
static PyObject *
group_of(Map *self, PyObject *key)
{
    Py_hash_t hash = hash_of(key);
    Py_ssize_t slot_index =
        hash == -1 && PyErr_Occurred() ? FAILED : table_find(&self->table, key, hash);
    if (slot_index != ABSENT) {
        return slot_index == FAILED ? NULL : value_at(self, slot_index);
    }
    int added;
    uint64_t version = self->table.version;
    PyObject *group = PyList_New(0);
    if (group == NULL) {
        return NULL;
    }
    slot_index = version == self->table.version ? add_absent(self, key, hash, group, &added)
                                                : find_or_add(self, key, hash, group, &added);
    Py_SETREF(group, slot_index < 0 ? NULL : value_at(self, slot_index));
    return group;
}

/* Appends a value to the list under a key. */
static int
group_one(Owner *self, PyObject *key, PyObject *value, PyObject *Py_UNUSED(combine))
{
    PyObject *group = self->kind == SORTED
        ? sorted_value_or_made((Sorted *)self, key, (PyObject *)&PyList_Type)
        : group_of((Map *)self, key);
    if (group == NULL) {
        return -1;
    }
    int done;
    if (PyList_CheckExact(group)) {
        done = PyList_Append(group, value);
    }
    else { /* Python code that ran in between stored another object under the key. */
        PyObject *result = PyObject_CallMethodOneArg(group, self->state->name_append, value);
        done = result == NULL ? -1 : 0;
        Py_XDECREF(result);
    }
    Py_DECREF(group);
    return done;
}

static PyObject *
map_group(Owner *self, PyObject *source, PyObject *key)
{
    return put_each(self, "grouped", source, group_one, NULL, key) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
map_reduce(Owner *self, PyObject *source, PyObject *combine, PyObject *key)
{
    return put_each(self, "reduced", source, put_pair, combine, key) < 0 ? NULL
                                                                         : Py_NewRef(Py_None);
}

/* Adds 1 to the value under a key, or stores 1 if the key is absent. */
static int
count_one(Map *self, PyObject *key)
{
    int added;
    PyObject *one = self->state->one;
    Py_hash_t hash = hash_of(key);
    if (hash == -1 && PyErr_Occurred()) {
        return -1;
    }
    Py_ssize_t slot_index = find_or_add(self, key, hash, one, &added);
    if (slot_index < 0 || added) {
        return slot_index < 0 ? -1 : 0;
    }
    PyObject *sum;
    int done = 0;
    if (adds_without_python(self, slot_index, one)) {
        sum = add_without_python(self, slot_index, one);
    }
    else {
        PyObject *old = value_at(self, slot_index);
        sum = PyNumber_Add(old, one);
        done = sum == NULL ? -1 : insert(self, key, hash, sum);
        Py_DECREF(old);
    }
    Py_XDECREF(sum);
    return sum == NULL ? -1 : done;
}

static PyObject *
map_count(Owner *self, PyObject *source, PyObject *key)
{
    PyObject *iterator = PyObject_GetIter(source), *element;
    if (iterator == NULL) {
        return NULL;
    }
    int done = 0;
    while (done == 0 && (element = PyIter_Next(iterator)) != NULL) {
        PyObject *counted = key == Py_None ? Py_NewRef(element) : PyObject_CallOneArg(key, element);
        done = counted == NULL ? -1
            : self->kind == SORTED
            ? sorted_put_pair((Sorted *)self, counted, self->state->one, self->state->add)
            : count_one((Map *)self, counted);
        Py_XDECREF(counted);
        Py_DECREF(element);
    }
    Py_DECREF(iterator);
    return done < 0 || PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}

/* -- retain ------------------------------------------------------------------------------------ */

/* What a function says of a key and its value, or of an element. */
static PyObject *
ask_about(const Table *table, PyObject *function, Slot slot)
{
    Layout layout = table->layout;
    size_t count = layout == ELEMENT ? 1 : 2;
    PyObject *arguments[] = {NULL, slot.key, slot.value};
    slot_hold(table, slot);
    PyObject *answer =
        PyObject_Vectorcall(function, arguments + 1, count | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    slot_release(layout, slot);
    return answer;
}

/* Calls the predicate for every pair, and writes the slot indexes for which it is false to
   `doomed`. Their number, or -1 and an exception. */
static Py_ssize_t
retain_asks(Map *self, PyObject *predicate, Py_ssize_t *doomed)
{
    Table *table = &self->table;
    uint64_t version = table->version;
    Py_ssize_t count = 0;
    for (Py_ssize_t slot_index = table->first; slot_index < table->end; slot_index++) {
        Slot slot = slot_at(table, slot_index);
        if (slot.key == NULL) {
            continue;
        }
        PyObject *answer = ask_about(table, predicate, slot);
        int wanted = answer == NULL ? -1 : PyObject_IsTrue(answer);
        Py_XDECREF(answer);
        if (wanted < 0) {
            return -1;
        }
        if (table->version != version) {
            raise_changed_during(self->state, Py_TYPE(self), "retain");
            return -1;
        }
        if (!wanted) {
            doomed[count++] = slot_index;
        }
    }
    return count;
}

static PyObject *
map_retain(Map *self, PyObject *predicate)
{
    Table *table = &self->table;
    /* Allocate first: after the first removal nothing may fail. */
    size_t most = (size_t)table->used + 1;
    Py_ssize_t *doomed = PyMem_Malloc(most * sizeof *doomed);
    Slot *taken = PyMem_Malloc(most * sizeof *taken);
    Py_ssize_t count = -1;
    if (doomed == NULL || taken == NULL) {
        PyErr_NoMemory();
    }
    else {
        count = retain_asks(self, predicate, doomed);
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        taken[i] = table_take(table, doomed[i]);
    }
    if (count > 0) {
        table_close_holes(table);
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        slot_release(table->layout, taken[i]);
    }
    PyMem_Free(doomed);
    PyMem_Free(taken);
    return count < 0 ? NULL : Py_NewRef(Py_None);
}

/* -- comparison -------------------------------------------------------------------------------- */

/* What a map is compared with, by how a value is found there. */
typedef enum { A_DICT, A_MAP, ANOTHER } Compared;

enum { NOWHERE = -1 };

/* The value of another mapping under a slot's key, a new reference. NULL if the key is absent; NULL
   and an exception on failure. `next` is where the other mapping has this key if the two are in one order, as
   a copy is: then nothing is searched. NOWHERE after the first key that was not there. */
static PyObject *
other_value(Map *self, PyObject *other, Compared kind, const Slot *slot, PyObject *missing,
            Py_ssize_t *next)
{
    if (kind == A_DICT) {
        PyObject *key, *value;
        if (*next != NOWHERE && PyDict_Next(other, next, &key, &value) && key == slot->key) {
            return Py_NewRef(value);
        }
        *next = NOWHERE;
        return Py_XNewRef(_PyDict_GetItem_KnownHash(other, slot->key, slot->hash));
    }
    if (kind == A_MAP) {
        const Table *table = &((Map *)other)->table;
        Py_ssize_t slot_index = *next == NOWHERE ? table->end : Py_MAX(*next, table->first);
        while (slot_index < table->end && pair_at(table, slot_index)->key == NULL) {
            slot_index++;
        }
        if (slot_index < table->end && pair_at(table, slot_index)->key == slot->key
            && slot_at(table, slot_index).hash == slot->hash) { /* Some keys change theirs. */
            *next = slot_index + 1;
        }
        else {
            *next = NOWHERE;
            slot_index = table_find(table, slot->key, slot->hash);
        }
        return slot_index < 0 ? NULL : value_at((Map *)other, slot_index);
    }
    PyObject *found =
        PyObject_CallMethodObjArgs(other, self->state->name_get, slot->key, missing, NULL);
    if (found == missing) {
        Py_CLEAR(found);
    }
    return found;
}

/* Whether a map and another mapping have equal pairs. -1 and an exception on failure. */
static int
is_equal_to(Map *self, PyObject *other)
{
    Table *table = &self->table;
    Py_ssize_t length = PyObject_Size(other);
    if (length != table->used) {
        return length < 0 ? -1 : 0;
    }
    Compared kind = PyDict_CheckExact(other)          ? A_DICT
        : PyObject_TypeCheck(other, self->state->Map) ? A_MAP
                                                      : ANOTHER;
    PyObject *missing = NULL;
    if (kind == ANOTHER) {
        missing = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type);
        if (missing == NULL) {
            return -1;
        }
    }
    int equal = 1;
    Py_ssize_t next = 0;
    for (Py_ssize_t slot_index = table->first; equal > 0 && slot_index < table->end; slot_index++) {
        Slot slot = slot_at(table, slot_index);
        if (slot.key == NULL) {
            continue;
        }
        Py_INCREF(slot.key);
        Py_INCREF(slot.value);
        PyObject *found = other_value(self, other, kind, &slot, missing, &next);
        equal = found == NULL     ? (PyErr_Occurred() ? -1 : 0)
            : found == slot.value ? 1
                                  : is_equal(slot.value, found);
        Py_XDECREF(found);
        slot_drop(slot);
    }
    Py_XDECREF(missing);
    return equal;
}

static PyObject *
map_richcompare(Map *self, PyObject *other, int operation)
{
    /* A sorted map looks its keys up here, because the keys here need not compare with them. */
    if ((operation != Py_EQ && operation != Py_NE)
        || PyObject_TypeCheck(other, self->state->SortedMap)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    int mapping = PyObject_TypeCheck(other, self->state->Map) || PyDict_Check(other)
        ? 1
        : PyObject_IsInstance(other, self->state->Mapping);
    if (mapping <= 0) {
        return mapping < 0 ? NULL : Py_NewRef(Py_NotImplemented);
    }
    int equal = is_equal_to(self, other);
    return equal < 0 ? NULL : PyBool_FromLong(equal == (operation == Py_EQ));
}

#endif
